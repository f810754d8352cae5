"""Labelled interviews with planted predictions, for tests of metrics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from icp_synth.domain.fields import Kind
from icp_synth.domain.ids import sha256_text
from icp_synth.domain.insights import Insight, Quote
from icp_synth.domain.transcripts import Transcript, Turn
from icp_synth.evaluation.dataset import Case
from icp_synth.evaluation.labels import Label, LabelFile, LabelQuote
from icp_synth.project.ledger import Reading

TEXT = "".join(f"w{number:03} " for number in range(200))
"""A thousand characters; every ten are words of their own."""

Place = tuple[int, int]


def label(*places: Place, kind: Kind = "pain", **changes: Any) -> Label:
    """Return a label that cites these stretches of `TEXT`."""
    category = {"pain": "fear", "trait": "role", "motivation": "goal"}[kind]
    return Label(
        **{
            "kind": kind,
            "category": category,
            "statement": TEXT[slice(*places[0])],
            "quotes": tuple(
                LabelQuote(start=start, end=end, text=TEXT[start:end])
                for start, end in places
            ),
            **changes,
        }
    )


def insight(*places: Place, kind: Kind = "pain", **changes: Any) -> Insight:
    """Return a prediction that cites these stretches of `TEXT`."""
    category = {"pain": "fear", "trait": "role", "motivation": "goal"}[kind]
    return Insight(
        **{
            "id": f"{kind}{places}{sorted(changes.items())}",
            "participant": "Anna",
            "transcript": "anna",
            "kind": kind,
            "category": category,
            "statement": TEXT[slice(*places[0])],
            "statement_origin": "written",
            "quotes": tuple(
                Quote(start=start, end=end, text=TEXT[start:end], turn=0)
                for start, end in places
            ),
            **changes,
        }
    )


def transcript(name: str = "anna", *, turns: int = 4) -> Transcript:
    """Return an interview of `TEXT` in participant turns of equal length."""
    size = len(TEXT) // turns
    return Transcript(
        id=name,
        path=f"{name}.txt",
        sha256=sha256_text(TEXT),
        text_sha256=sha256_text(TEXT),
        reader="text/1",
        text=TEXT,
        turns=tuple(
            Turn(index=at, start=at * size, end=(at + 1) * size, speaks="participant")
            for at in range(turns)
        ),
    )


def case(labels: Sequence[Label] = (), name: str = "anna") -> Case:
    """Return a labelled interview."""
    found = transcript(name)
    file = LabelFile(
        transcript=name, text_sha256=found.text_sha256, labels=tuple(labels)
    )
    return Case(name=name, label_sha256="", labels=file, transcript=found)


def reading(insights: Sequence[Insight] = (), **counts: int) -> Reading:
    """Return a reading of one window that is done."""
    return Reading(
        transcript="anna",
        window="w",
        fingerprint="f",
        outcome="done",
        insights=tuple(insights),
        counts=counts,
    )
