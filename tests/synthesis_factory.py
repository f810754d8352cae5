"""Small builders of what the synthesis works on: insights, vectors, people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from icp_synth.domain.fields import Kind
from icp_synth.domain.ids import sha256_text
from icp_synth.domain.insights import Insight, Quote, insight_id
from icp_synth.domain.themes import Theme
from icp_synth.domain.transcripts import Person
from icp_synth.stages.draft import Findings
from icp_synth.stages.facts import gather_facts

Vectors = NDArray[np.float32]


def text_hash(transcript: str) -> str:
    """Return what stands for the hash of a transcript's text."""
    return sha256_text(f"text of {transcript}")


def make_insight(
    participant: str = "Ann",
    statement: str = "Counting stock takes her Sundays.",
    *,
    kind: Kind = "pain",
    category: str = "problem",
    at: int = 0,
    quote: str = "Counting ate my Sunday",
    transcript: str | None = None,
    **more: Any,
) -> Insight:
    """Build an insight with one quote that stands at `at`."""
    values: dict[str, Any] = {
        "id": "",
        "participant": participant,
        "transcript": transcript or participant,
        "kind": kind,
        "category": category,
        "statement": statement,
        "statement_origin": "written",
        "quotes": (Quote(start=at, end=at + len(quote), text=quote, turn=0),),
        **more,
    }
    built = Insight.model_validate(values)
    named = insight_id(text_hash(built.transcript), built)
    return built.model_copy(update={"id": named})


def make_trait(
    participant: str, attribute: str, value: str, *, at: int = 0, **more: Any
) -> Insight:
    """Build a trait that states a profile field."""
    return make_insight(
        participant,
        f"States {attribute} {value}.",
        kind="trait",
        category=more.pop("category", "firmographic"),
        at=at,
        quote=f"it is {value}",
        attribute=attribute,
        value=value,
        **more,
    )


def make_theme(label: str, insights: Sequence[Insight], *, of: int) -> Theme:
    """Build a theme of some insights."""
    people = tuple(sorted({one.participant for one in insights}))
    return Theme(
        id=label,
        version=label,
        kind=insights[0].kind,
        label=label,
        insights=tuple(one.id for one in insights),
        participants=people,
        n=len(people),
        of=of,
    )


def make_findings(
    people: Mapping[str, Person] | Sequence[str],
    *,
    shared: Mapping[str, Sequence[str]] | None = None,
    traits: Sequence[Insight] = (),
    category: str = "problem",
) -> Findings:
    """Build a study: label of a theme → who has it, and some traits."""
    if not isinstance(people, Mapping):
        people = {name: Person(id=name, label=name) for name in people}
    themes, insights = [], list(traits)
    for number, (label, names) in enumerate((shared or {}).items()):
        said = [
            make_insight(name, f"{label} ({name})", at=100 * number, category=category)
            for name in names
        ]
        insights.extend(said)
        themes.append(make_theme(label, said, of=len(people)))
    return Findings(
        people=people,
        insights={one.id: one for one in insights},
        themes=tuple(themes),
        facts=gather_facts(traits),
    )


def unit(rows: Any) -> Vectors:
    """Return the rows with length 1."""
    array = np.asarray(rows, dtype=np.float64)
    lengths = np.linalg.norm(array, axis=1, keepdims=True)
    return np.asarray(array / np.maximum(lengths, 1e-12), dtype=np.float32)


def planted(
    *,
    n: int,
    groups: int,
    dimension: int = 64,
    noise: float = 0.8,
    stray: float = 0.0,
    seed: int = 0,
) -> tuple[Vectors, NDArray[np.int64]]:
    """Return vectors around random centres, and the group of each; strays alone."""
    random = np.random.default_rng(seed)
    centres = unit(random.normal(size=(groups, dimension)))
    truth = np.sort(random.integers(0, groups, n))
    rows = centres[truth] + random.normal(size=(n, dimension)) * noise / dimension**0.5
    lost = random.random(n) < stray
    rows[lost] = random.normal(size=(int(lost.sum()), dimension))
    truth[lost] = groups + np.arange(int(lost.sum()))
    return unit(rows), truth
