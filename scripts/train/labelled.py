"""Labelled interviews as the analyst meets them: segments with what is true of each."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from icp_synth.analysts.embedded.features import Read, read_turn
from icp_synth.analysts.embedded.turns import answers
from icp_synth.domain.spans import Span
from icp_synth.evaluation.matching import Item
from icp_synth.llm.tokens import counter
from icp_synth.stages.chunk import chunk
from icp_synth.stages.extract import render
from icp_synth.stages.read import ReadOptions, read_source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from icp_synth.domain.fields import Kind
    from icp_synth.domain.passages import Rendered

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data"
_LEAST = 0.5


@dataclass(frozen=True)
class Example:
    """One segment: place in the text, features, kinds that it states, categories.

    What only one of two annotators saw is learnt as well: it counts as neither right
    nor wrong in a score.
    """

    start: int
    end: int
    language: str
    read: Read
    truth: dict[Kind, str]


@dataclass(frozen=True)
class Case:
    """One labelled interview."""

    name: str
    language: str
    sha256: str
    windows: tuple[Rendered, ...]
    agreed: tuple[Item, ...]
    optional: tuple[Item, ...]
    examples: list[Example] = field(default_factory=list)


@lru_cache(maxsize=4)
def cases(folder: str, labels: str) -> tuple[Case, ...]:
    """Return the labelled interviews of a folder of `../shared/data`, by name."""
    about = tomllib.loads((SHARED / folder / "case.toml").read_text("utf-8"))
    options = ReadOptions(
        interviewers=tuple(about.get("interviewers", ())),
        participants=tuple(about.get("participants", ())),
    )
    found = []
    for path in sorted((SHARED / folder / labels).glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        text = (SHARED / folder / "texts" / f"{path.stem}.txt").read_bytes()
        (read,) = read_source(text, f"{path.stem}.txt", options=options).transcripts
        if read.text_sha256 != data["text_sha256"]:
            msg = f"{path}: the labels are of another text"
            raise SystemExit(msg)
        transcript = read.model_copy(update={"language": about["language"]})
        windows = chunk(transcript, counter("estimate-v1")).windows
        items = [
            (label["status"] == "optional", _item(label)) for label in data["labels"]
        ]
        case = Case(
            name=path.stem,
            language=about["language"],
            sha256=read.text_sha256,
            windows=tuple(render(window, transcript) for window in windows),
            agreed=tuple(item for optional, item in items if not optional),
            optional=tuple(item for optional, item in items if optional),
        )
        case.examples.extend(_examples(case))
        found.append(case)
    return tuple(found)


def single() -> tuple[Case, ...]:
    """Return the thirty-two English interviews that are never used for scoring."""
    return cases("labels-creatives-en", "single")


def reference() -> tuple[Case, ...]:
    """Return the sixteen English interviews that are scored."""
    return cases("labels-creatives-en", "reference")


def visits() -> tuple[Case, ...]:
    """Return the six Chinese visits that are scored."""
    return cases("labels-visits-zh", "reference")


def examples(of: Sequence[Case]) -> list[Example]:
    """Return the segments of several interviews."""
    return [example for case in of for example in case.examples]


def _item(label: dict[str, Any]) -> Item:
    return Item(
        kind=label["kind"],
        category=label["category"],
        spans=tuple(
            Span(start=quote["start"], end=quote["end"]) for quote in label["quotes"]
        ),
    )


def _examples(case: Case) -> list[Example]:
    found = []
    for window in case.windows:
        for answer in answers(window):
            seen = read_turn(answer.segments)
            for place, segment, read in zip(
                answer.places, answer.segments, seen, strict=True
            ):
                span = Span(
                    start=answer.turn.canonical(place.start),
                    end=answer.turn.canonical(place.end),
                )
                truth: dict[Kind, str] = {}
                for item in (*case.agreed, *case.optional):
                    if _meets(item, span):
                        truth.setdefault(item.kind, item.category)
                found.append(
                    Example(
                        start=span.start,
                        end=span.end,
                        language=segment.language,
                        read=read,
                        truth=truth,
                    )
                )
    return found


def _meets(item: Item, span: Span) -> bool:
    return any(span.overlap_of_shorter(one) >= _LEAST for one in item.spans)
