"""From labels as people gave them to labels that hold, or to what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from icp_synth.domain.spans import Span
from icp_synth.domain.transcripts import Transcript
from icp_synth.evaluation.labelling import fields
from icp_synth.evaluation.labelling.given import (
    Draft,
    DraftQuote,
    Extra,
    Given,
    Problem,
)
from icp_synth.evaluation.labelling.locating import Misquoted, QuoteFinder
from icp_synth.evaluation.labels import CODEBOOK

Body = dict[str, Any]
"""A label, or a label file, as its JSON."""


class Settled(NamedTuple):
    """The labels of one interview, or what is wrong with them.

    Attributes:
        body: The label file; None where anything is wrong.
        problems: All that is wrong, in the order of the file.
        verbatim: Labels without a statement, which got their first quote as one.
    """

    body: Body | None
    problems: tuple[Problem, ...]
    verbatim: int = 0


def settle(given: Given, *, extra: Extra = ()) -> Settled:
    """Check every label of one interview against the codebook and the text.

    Args:
        given: What one annotator gave.
        extra: Own categories.

    Returns:
        The label file with its labels by place in the text, each quote a slice of
        the canonical text; or every fault, none of them hidden by another.
    """
    if given.transcript is None:
        return Settled(None, given.problems)
    settler = _Settler(given.file, given.transcript, extra)
    labels = [(draft, settler.label(draft)) for draft in given.drafts]
    settler.refuse_twins(labels)
    if given.problems or settler.problems:
        told = [*given.problems, *settler.problems]
        return Settled(None, tuple(sorted(told, key=lambda one: one.line or 0)))
    kept = [label for _, label in labels if label is not None]
    if not any(label["signals"] for label in kept):
        # No signal anywhere: they were not labelled, rather than not there.
        kept = [_without(label, "signals") for label in kept]
    if given.annotator:
        kept = [{**label, "annotator": given.annotator} for label in kept]
    verbatim = sum("statement_origin" in label for label in kept)
    return Settled(file_body(given.name, given.transcript, kept), (), verbatim)


def file_body(name: str, transcript: Transcript, labels: Sequence[Body]) -> Body:
    """Return a label file with its labels in their order."""
    return {
        "transcript": name,
        "text_sha256": transcript.text_sha256,
        "codebook": CODEBOOK,
        "labels": sorted(labels, key=by_place),
    }


def by_place(label: Body) -> tuple[object, ...]:
    """Return what labels are sorted by: place, kind, category, statement."""
    places = [(quote["start"], quote["end"]) for quote in label["quotes"]]
    return (places, label["kind"], label["category"], label["statement"])


def _without(label: Body, key: str) -> Body:
    return {name: value for name, value in label.items() if name != key}


class _Settler:
    """Checks the labels of one file and gathers what is wrong."""

    def __init__(self, file: str, transcript: Transcript, extra: Extra) -> None:
        self._file = file
        self._text = transcript.text
        self._finder = QuoteFinder(transcript)
        self._extra = extra
        self.problems: list[Problem] = []

    def label(self, draft: Draft) -> Body | None:
        """Return a label, or None after all that is wrong with it was noted."""
        before = len(self.problems)

        def tell(field: str) -> Callable[[str], None]:
            return lambda said: self._tell(draft, field, said)

        at = "category" if draft.category else "kind"
        named = fields.attempt(
            lambda: fields.kind_and_category(draft.kind, draft.category, self._extra),
            tell(at),
        )
        kind, category = named or (None, "")
        explicit = fields.attempt(
            lambda: fields.explicit_of(draft.explicit), tell("explicit")
        )
        intensity = fields.attempt(
            lambda: fields.intensity_of(draft.intensity, kind), tell("intensity")
        )
        signals = fields.attempt(
            lambda: fields.signals_of(draft.signals), tell("signals")
        )
        status = fields.attempt(lambda: fields.status_of(draft.status), tell("status"))
        for field in ("attribute", "value"):
            if getattr(draft, field) and kind not in {None, "trait"}:
                tell(field)("only a trait has one")
        spans = self._spans(draft)
        if len(self.problems) > before or not spans:
            return None
        quotes = [
            {"start": span.start, "end": span.end, "text": span.of(self._text)}
            for span in spans
        ]
        statement = draft.statement.strip()
        return {
            "kind": kind,
            "category": category,
            "statement": statement or quotes[0]["text"],
            **({} if statement else {"statement_origin": "verbatim"}),
            "quotes": quotes,
            **({} if explicit is None else {"explicit": explicit}),
            "intensity": intensity,
            "signals": list(signals or ()),
            "attribute": draft.attribute.strip() or None,
            "value": draft.value.strip() or None,
            "status": status,
            **({"note": draft.note.strip()} if draft.note.strip() else {}),
        }

    def refuse_twins(self, labels: Sequence[tuple[Draft, Body | None]]) -> None:
        """Note each label that stands in the file twice."""
        first: dict[str, Draft] = {}
        for draft, label in labels:
            if label is None:
                continue
            same = repr(by_place(label))
            if same in first:
                where = first[same]
                place = f"line {where.line}" if where.line else where.field
                self._tell(draft, "", f"the same label as in {place}")
            first.setdefault(same, draft)

    def _spans(self, draft: Draft) -> list[Span]:
        found: list[Span] = []
        if not draft.quotes:
            self._tell(draft, "quote", "the label has no quote")
        for quote in draft.quotes:
            try:
                span = self._finder.find(quote)
            except Misquoted as misquoted:
                self._tell(quote, misquoted.field, str(misquoted))
                continue
            if span in found:
                self._tell(quote, "quote", "the label has this quote twice")
            found.append(span)
        return sorted(found, key=lambda span: (span.start, span.end))

    def _tell(self, where: Draft | DraftQuote, field: str, said: str) -> None:
        self.problems.append(
            Problem(
                file=self._file,
                line=where.line,
                field=where.place(field),
                message=said,
            )
        )
