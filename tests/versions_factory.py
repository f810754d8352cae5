"""Small syntheses, and the same a version later, for what compares them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from icp_synth.domain.ids import sha256_text
from icp_synth.domain.profiles import (
    Claim,
    Confidence,
    Coverage,
    Criterion,
    Frame,
    Icp,
    Manifest,
    Participant,
    Persona,
    Synthesis,
    TranscriptEntry,
)
from icp_synth.domain.reviews import Anchor
from icp_synth.domain.themes import Segment, Theme
from tests.synthesis_factory import make_insight

LENGTH = 20
PEOPLE = tuple(f"p{i:02}" for i in range(1, 9))


def text_of(name: str) -> str:
    """Return an interview of a hundred different quotes of twenty letters."""
    return "".join(f"{name} says {at:011}" for at in range(99))


class Said(NamedTuple):
    """One claim: where, and who said it at which place of their interview."""

    field: str
    at: int
    people: Sequence[str]
    against: Sequence[str] = ()
    confidence: float | None = None
    text: str = ""


PAIN = Said("pain/problem", 1, ("p01", "p02", "p03"))
GOAL = Said("motivation/goal", 2, ("p01", "p02"))
SIZE = Said("headcount_company", 3, ("p01", "p03"))
OTHER = Said("pain/problem", 4, ("p05", "p06", "p07"))

CRITERION = Criterion(
    field="headcount_company",
    operator="between",
    value=(10.0, 49.0),
    unit="people",
    status="assumption",
    coverage=Coverage(known=2, of=4),
)


def study(
    *,
    people: Sequence[str] = PEOPLE,
    segments: Mapping[str, Sequence[str]] | None = None,
    claims: Mapping[str, Sequence[Said]] | None = None,
    themes: Sequence[Said] = (PAIN, GOAL, OTHER),
    criteria: Sequence[Criterion] = (CRITERION,),
    texts: Mapping[str, str] | None = None,
    facts: Mapping[str, Any] | None = None,
    dates: Mapping[str, str] | None = None,
    created: str = "2026-01-01T00:00:00Z",
) -> Synthesis:
    """Build a synthesis of two segments, an ICP and a persona each.

    `claims` goes by the id of an ICP or persona; `texts` replaces interviews.
    """
    groups = segments or {"segment-01": PEOPLE[:4], "segment-02": PEOPLE[4:8]}
    held = claims or {
        "icp-01": (PAIN, SIZE),
        "icp-02": (OTHER,),
        "persona-01": (PAIN, GOAL),
        "persona-02": (OTHER,),
    }
    told = [*themes, *(one for given in held.values() for one in given)]
    insights = {
        (one.field, one.at, name): _insight(one, name)
        for one in told
        for name in one.people
    }
    said = {name: (texts or {}).get(name, text_of(name)) for name in people}
    home = {name: one for one, names in groups.items() for name in names}
    pairs = [(f"{at:02}", names) for at, names in enumerate(groups.values(), start=1)]

    def claims_of(owner: str) -> tuple[Claim, ...]:
        return tuple(_claim(one, people, said) for one in held.get(owner, ()))

    return Synthesis(
        manifest=Manifest(
            version="0",
            created=created,
            inputs={},
            analyst="embedded",
            model=None,
            prompts={},
            embedding="embedded-v1",
            tokens="estimate-v1",
            settings={},
            readers={},
            code="0",
        ),
        frame=Frame(participants=len(people), by_group={}, persona_type="qualitative"),
        transcripts=tuple(
            TranscriptEntry(
                id=name,
                path=name,
                sha256=sha256_text(said[name]),
                text_sha256=sha256_text(said[name]),
                participants=(name,),
                language="en",
                date=(dates or {}).get(name),
                turns=1,
                source_kind=None,
            )
            for name in people
        ),
        participants=tuple(
            Participant(
                id=name,
                label=name,
                segment=home.get(name),
                transcripts=(name,),
                facts=(facts or {}).get(name, {}),
            )
            for name in people
        ),
        insights=tuple(
            one for key, one in sorted(insights.items()) if key[2] in people
        ),
        quarantined=(),
        themes=tuple(_theme(one, insights, len(people)) for one in themes),
        segments=tuple(
            Segment(id=name, version=name, label=name, participants=tuple(names))
            for name, names in groups.items()
        ),
        unassigned=tuple(name for name in people if name not in home),
        icps=tuple(
            Icp(
                id=f"icp-{number}",
                version="v",
                name=f"ICP {number}",
                status="draft",
                segment=f"segment-{number}",
                type="account",
                n=len(names),
                criteria=tuple(criteria) if number == "01" else (),
                claims=claims_of(f"icp-{number}"),
            )
            for number, names in pairs
        ),
        personas=tuple(
            Persona(
                id=f"persona-{number}",
                version="v",
                name=f"Persona {number}",
                status="draft",
                icps=(f"icp-{number}",),
                participants=tuple(names),
                type="qualitative",
                n=len(names),
                claims=claims_of(f"persona-{number}"),
            )
            for number, names in pairs
        ),
    )


def _insight(one: Said, name: str) -> Any:
    start = one.at * LENGTH
    return make_insight(
        name,
        f"{one.field} {one.at}",
        category=one.field.split("/")[-1] if "/" in one.field else "firmographic",
        kind="pain",
        at=start,
        quote=text_of(name)[start : start + LENGTH],
    )


def _claim(one: Said, people: Sequence[str], texts: Mapping[str, str]) -> Claim:
    against = set(one.against)
    known = [name for name in one.people if name in people]
    return Claim(
        id=f"clm-{one.field}-{one.at}",
        field=one.field,
        text=one.text or f"{one.field} {one.at}",
        basis="evidence",
        insights=tuple(_insight(one, name).id for name in known),
        anchors=tuple(_anchor(name, one.at, texts) for name in known),
        supports=tuple(known),
        contradicts=tuple(sorted(against)),
        silent=tuple(name for name in people if name not in {*known, *against}),
        confidence=Confidence(value=one.confidence),
    )


def _anchor(name: str, at: int, texts: Mapping[str, str]) -> Anchor:
    """Return where the quote stands in the text, which may have been corrected."""
    quote = text_of(name)[at * LENGTH : (at + 1) * LENGTH]
    text = texts[name]
    start = max(text.find(quote), 0)
    return Anchor(
        transcript=name,
        quote=text[start : start + LENGTH],
        before=text[max(0, start - 32) : start],
        after=text[start + LENGTH : start + LENGTH + 32],
        start=start,
    )


def _theme(one: Said, insights: Mapping[Any, Any], of: int) -> Theme:
    name = f"theme-{one.field}-{one.at}"
    return Theme(
        id=name,
        version=name,
        kind="motivation" if one.field.startswith("motivation") else "pain",
        label=name,
        insights=tuple(insights[one.field, one.at, who].id for who in one.people),
        participants=tuple(one.people),
        n=len(one.people),
        of=of,
    )
