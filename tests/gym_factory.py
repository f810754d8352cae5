"""An invented study: a CRM with inventory, sold to shops, and now asked for by gyms.

The case is that of a product whose first customers are one kind of company (shops) and
whose new buyers are another (gym chains: the gym's manager, and whoever purchases what
the gym sells). All words are invented for these tests.
"""

from __future__ import annotations

from typing import NamedTuple

from icp_synth.domain.insights import Insight, Normal, Quote, insight_id
from icp_synth.domain.transcripts import Transcript
from tests.factories import make_transcript

SHOPS = ("bea", "carl", "dora", "emil", "fay")
GYMS = ("gus", "hana", "ivo", "jo")

_SAID = {
    "bea": "I own a bicycle shop. We are 4 people and one shop.",
    "carl": "I own a shoe shop with 6 people. Returns pile up on my desk.",
    "dora": "I own a toy shop. There are 5 of us. Returns pile up here too.",
    "emil": "I own a garden shop, 8 people. Counting shelves eats my Sundays.",
    "fay": "I own a book shop with 3 people. Counting shelves takes a Sunday.",
    "gus": (
        "I am a gym manager, we run 4 gyms with 60 people. Members are in one system "
        "and the stock of drinks in another."
    ),
    "hana": (
        "I am the gym manager of 6 gyms, 90 people. The stock of drinks is in another "
        "system than the members."
    ),
    "ivo": (
        "I am the retail purchaser of a gym chain with 12 gyms. Stock and members are "
        "kept in two systems, so I order blind."
    ),
    "jo": "I am a gym manager in one gym, 9 people. I write everything on paper.",
}


class Gym(NamedTuple):
    """The study: interviews, and what was read in them."""

    transcripts: tuple[Transcript, ...]
    insights: tuple[Insight, ...]


def gym_study() -> Gym:
    """Return the study; every quote is a slice of its transcript."""
    transcripts = {
        name: make_transcript(
            [
                ("Q", "interviewer", "Tell me about your work."),
                (name, "participant", t),
            ],
            id=name,
        )
        for name, t in _SAID.items()
    }
    found: list[Insight] = []
    for name, kind in zip(
        SHOPS, ("bicycle", "shoe", "toy", "garden", "book"), strict=True
    ):
        found += [
            _trait(transcripts[name], "industry", f"{kind} shop"),
            _trait(transcripts[name], "role", "own", said="owner"),
        ]
    for name, people in (("bea", "4"), ("carl", "6"), ("dora", "5"), ("emil", "8")):
        found.append(_people(transcripts[name], people))
    found.append(_trait(transcripts["bea"], "sites", "one shop", number=1))
    for name, sites in (("gus", 4), ("hana", 6), ("ivo", 12)):
        found.append(_trait(transcripts[name], "sites", f"{sites} gyms", number=sites))
        found.append(_trait(transcripts[name], "industry", "gym"))
    found.append(_trait(transcripts["jo"], "industry", "gym"))
    found.append(_trait(transcripts["jo"], "sites", "one gym", number=1))
    for name, people in (("gus", "60"), ("hana", "90"), ("jo", "9")):
        found.append(_people(transcripts[name], people))
    for name in ("gus", "hana", "jo"):
        found.append(_trait(transcripts[name], "role", "gym manager"))
    found.append(_trait(transcripts["ivo"], "role", "retail purchaser"))
    found += [
        _pain(transcripts["gus"], "Members are in one system and the stock of drinks"),
        _pain(transcripts["hana"], "The stock of drinks is in another system"),
        _pain(transcripts["ivo"], "Stock and members are kept in two systems"),
        _pain(transcripts["carl"], "Returns pile up on my desk"),
        _pain(transcripts["dora"], "Returns pile up here too"),
        _pain(transcripts["emil"], "Counting shelves eats my Sundays"),
        _pain(transcripts["fay"], "Counting shelves takes a Sunday"),
    ]
    return Gym(tuple(transcripts.values()), tuple(found))


def _people(transcript: Transcript, count: str) -> Insight:
    # "There are 5 of us" is said without the word.
    quote = f"{count} people" if f"{count} people" in transcript.text else count
    return _trait(transcript, "headcount_company", quote, number=float(count))


def _trait(
    transcript: Transcript,
    attribute: str,
    quote: str,
    *,
    said: str | None = None,
    number: float | None = None,
) -> Insight:
    unit = "people" if attribute == "headcount_company" else None
    normal = None if number is None else Normal(low=number, high=number, unit=unit)
    category = "role" if attribute == "role" else "firmographic"
    return _insight(
        transcript,
        quote,
        kind="trait",
        category=category,
        attribute=attribute,
        value=said or quote,
        normal=normal,
    )


def _pain(transcript: Transcript, quote: str) -> Insight:
    return _insight(transcript, quote, kind="pain", category="problem")


def _insight(transcript: Transcript, quote: str, **more: object) -> Insight:
    start = transcript.text.index(quote)
    held = Quote(start=start, end=start + len(quote), text=quote, turn=1)
    built = Insight.model_validate(
        {
            "id": "",
            "participant": transcript.id,
            "transcript": transcript.id,
            "statement": quote,
            "statement_origin": "verbatim",
            "quotes": (held,),
            **more,
        }
    )
    return built.model_copy(update={"id": insight_id(transcript.text_sha256, built)})
