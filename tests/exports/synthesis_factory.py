"""A small invented synthesis: six people about one invented product."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from icp_synth.domain.ids import sha256_text
from icp_synth.domain.insights import Insight, Normal, Quarantined, Quote
from icp_synth.domain.profiles import (
    Claim,
    Coverage,
    Criterion,
    Fact,
    Frame,
    Icp,
    Manifest,
    Participant,
    Persona,
    Synthesis,
    TranscriptEntry,
)
from icp_synth.domain.themes import Segment, Theme
from icp_synth.domain.transcripts import Transcript
from tests.factories import make_transcript

REFUSED = "we close the books in two hours flat"
"""The text of a quote that was refused; no report may show it."""

CLOSE = "the month-end close eats nine days"
SAME = "closing the month takes us over a week"
ALSO = "nine days, every month, for the close"
WANT = "I just want to leave at five"
TEAM = "we are about 200 people"
AGAINST = "our close is done by the second day"
CHINESE = "每個月結帳都要拖九天"

PEOPLE = ("ann", "bea", "cem", "dai", "eve", "fei")


def transcripts() -> dict[str, Transcript]:
    """Return one interview a person; the fifth contradicts, the sixth is Chinese."""
    told = {
        "ann": f"Well, {CLOSE}. And {TEAM}, more or less. {WANT}.",
        "bea": f"For us it is the same: {SAME}. {WANT.replace('five', 'six')}.",
        "cem": f"Oh, {ALSO}. It is a drag.",
        "dai": "We are happy, thank you.",
        "eve": f"Honestly, {AGAINST}.",
        "fei": f"是的，{CHINESE}。",
    }
    return {
        name: make_transcript(
            [
                ("Interviewer", "interviewer", "The close is painful, is it not?"),
                (name, "participant", words),
                ("Interviewer", "interviewer", "I see. And then?"),
            ],
            id=f"{name}.txt",
            language="zh" if name == "fei" else "en",
            times=[0, 725_000, 760_000],
        )
        for name, words in told.items()
    }


def by_id(texts: Mapping[str, Transcript]) -> dict[str, Transcript]:
    """Return transcripts by their name, as an export takes them."""
    return {one.id: one for one in texts.values()}


def make_insight(
    transcript: Transcript, words: str, *, kind: str = "pain", **values: Any
) -> Insight:
    """Build a verbatim insight on the first occurrence of `words`."""
    start = transcript.text.index(words)
    turn = transcript.turn_at(start)
    assert turn is not None
    quote = Quote(
        start=start,
        end=start + len(words),
        text=words,
        turn=turn.index,
        time=turn.start_ms,
        leading=bool(values.pop("leading", False)),
    )
    categories = {"pain": "problem", "motivation": "goal", "trait": "firmographic"}
    given: dict[str, Any] = {
        "id": f"ins-{transcript.id}-{start}",
        "participant": transcript.participants[0],
        "transcript": transcript.id,
        "kind": kind,
        "category": categories[kind],
        "statement": words,
        "statement_origin": "verbatim",
        "quotes": (quote,),
    }
    return Insight(**{**given, **values})


def make_claim(text: str, insights: tuple[Insight, ...], **values: Any) -> Claim:
    """Build an evidence claim supported by the people of its insights."""
    supports = tuple(sorted({one.participant for one in insights}))
    against = tuple(values.get("contradicts", ()))
    rest = tuple(name for name in PEOPLE if name not in {*supports, *against})
    given: dict[str, Any] = {
        "id": f"clm-{sha256_text(text)[:8]}",
        "field": "pain/problem",
        "text": text,
        "basis": "evidence" if insights else "inference",
        "insights": tuple(one.id for one in insights),
        "supports": supports,
        "silent": rest[:1],
        "unjudged": rest[1:],
    }
    return Claim(**{**given, **values})


def synthesis(texts: Mapping[str, Transcript], **values: Any) -> Synthesis:
    """Build the synthesis over `transcripts()`; `values` replace its fields."""
    ann, bea, cem, eve = (texts[name] for name in ("ann", "bea", "cem", "eve"))
    close = (
        make_insight(ann, CLOSE, leading=True),
        make_insight(bea, SAME, explicit=False),
        make_insight(cem, ALSO),
        make_insight(texts["fei"], CHINESE),
    )
    want = (
        make_insight(ann, WANT, kind="motivation"),
        make_insight(bea, "I just want to leave at six", kind="motivation"),
    )
    team = make_insight(ann, TEAM, kind="trait", attribute="headcount_company")
    against = make_insight(eve, AGAINST)
    slow = make_claim(CLOSE, close, counter=(against.id,), contradicts=("eve",))
    guess = make_claim("They buy in spring.", (), field="audience", silent=())
    given: dict[str, Any] = {
        "manifest": manifest(texts),
        "frame": Frame(
            participants=len(PEOPLE),
            by_group={"super-user": 4, "churned": 1},
            persona_type="qualitative",
        ),
        "transcripts": tuple(_entry(one) for one in texts.values()),
        "participants": tuple(_person(name, team) for name in PEOPLE),
        "insights": (*close, *want, team, against),
        "quarantined": (
            Quarantined(
                transcript=ann.id,
                statement=REFUSED,
                quote=REFUSED,
                reason="altered_number",
            ),
        ),
        "themes": (
            _theme("theme-1", "pain", CLOSE, close),
            _theme("theme-2", "motivation", WANT, want),
        ),
        "segments": (
            Segment(
                id="segment-1",
                version="v",
                label="slow closers",
                participants=("ann", "bea", "cem"),
            ),
        ),
        "unassigned": ("dai", "eve", "fei"),
        "icps": (_icp((slow, guess)),),
        "personas": (_persona((slow,)), _too_little()),
    }
    return Synthesis(**{**given, **values})


def manifest(texts: Mapping[str, Transcript], **values: Any) -> Manifest:
    """Build a manifest of the embedded analyst."""
    given: dict[str, Any] = {
        "version": "0.1.0",
        "created": "2026-11-22T09:30:00Z",
        "inputs": {one.path: one.sha256 for one in texts.values()},
        "analyst": "embedded",
        "model": None,
        "prompts": {"cues": "cues@1"},
        "embedding": "embedded/1",
        "tokens": "estimate-v1",
        "settings": {"product": "Ledgerly", "theme_threshold": 0.62},
        "readers": {one.path: one.reader for one in texts.values()},
        "code": "0.1.0",
    }
    return Manifest(**{**given, **values})


def _entry(one: Transcript) -> TranscriptEntry:
    return TranscriptEntry(
        id=one.id,
        path=one.path,
        sha256=one.sha256,
        text_sha256=one.text_sha256,
        participants=one.participants,
        language=one.language,
        date=None,
        turns=len(one.turns),
        source_kind=None,
    )


def _person(name: str, team: Insight) -> Participant:
    size = Normal(low=200, high=200, unit="people")
    fact = Fact(value="about 200 people", normal=size, insights=(team.id,))
    groups = {"eve": "churned", "fei": None}
    return Participant(
        id=name,
        label=name,
        group=groups.get(name, "super-user"),
        segment="segment-1" if name in {"ann", "bea", "cem"} else None,
        transcripts=(f"{name}.txt",),
        facts={"headcount_company": (fact,)} if name == "ann" else {},
    )


def _theme(name: str, kind: str, label: str, insights: tuple[Insight, ...]) -> Theme:
    people = tuple(sorted({one.participant for one in insights}))
    return Theme.model_validate(
        {
            "id": name,
            "version": "v",
            "kind": kind,
            "label": label,
            "insights": tuple(one.id for one in insights),
            "participants": people,
            "n": len(people),
            "of": len(PEOPLE),
            "interval": (0.3, 0.9),
        }
    )


def _icp(claims: tuple[Claim, ...]) -> Icp:
    return Icp(
        id="icp-1",
        version="v",
        name="Firms that close slowly",
        status="draft",
        segment="segment-1",
        type="account",
        n=2,
        criteria=(
            Criterion(
                field="headcount_company",
                operator="between",
                value=(50, 200),
                unit="people",
                status="evidence",
                coverage=Coverage(known=1, of=3),
            ),
        ),
        claims=claims,
        personas=("persona-1",),
    )


def _persona(claims: tuple[Claim, ...]) -> Persona:
    return Persona(
        id="persona-1",
        version="v",
        name="People who close the books",
        status="draft",
        icps=("icp-1",),
        participants=("ann", "bea", "cem"),
        type="proto",
        n=3,
        claims=claims,
    )


def _too_little() -> Persona:
    return Persona(
        id="persona-2",
        version="v",
        name="Too little to draft",
        status="too_little",
        icps=(),
        participants=("dai", "eve"),
        type="proto",
        n=2,
    )
