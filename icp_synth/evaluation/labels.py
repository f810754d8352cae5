"""Label files: one interview's labels, checked against the text that they cite."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict, Field, ValidationError

from icp_synth.domain.fields import CATEGORIES, Kind
from icp_synth.domain.ids import sha256_bytes
from icp_synth.domain.spans import Span
from icp_synth.domain.values import Value

CODEBOOK = 1
"""The version of the codebook that labels and readings share."""


class _Open(Value):
    """A part of a label file; keys that nothing here needs are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class LabelQuote(_Open):
    """A cited stretch: `text == canonical_text[start:end]`, in code points."""

    start: int
    end: int
    text: str


class Label(_Open):
    """One labelled insight.

    `status` is `agreed` where all annotators gave it, `optional` where only one did:
    an optional label is neither asked for nor counted against a reading. Of
    `explicit`, `intensity`, `signals`, `attribute` and `value` None is "not labelled";
    `statements` are those of the single annotators, where they are kept.
    """

    kind: Kind
    category: str
    statement: str
    quotes: tuple[LabelQuote, ...] = Field(min_length=1)
    status: Literal["agreed", "optional"] = "agreed"
    explicit: bool | None = None
    intensity: int | None = Field(default=None, ge=1, le=3)
    signals: tuple[str, ...] | None = None
    attribute: str | None = None
    value: str | None = None
    statements: tuple[str, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        """The stretches of its quotes, in their order."""
        return tuple(Span(start=one.start, end=one.end) for one in self.quotes)


class LabelFile(_Open):
    """The labels of one interview.

    `transcript` is the name of its text without the ending.
    """

    transcript: str = Field(min_length=1)
    text_sha256: str
    codebook: int = CODEBOOK
    labels: tuple[Label, ...]


class Loaded(Value):
    """A label file with the hash of its bytes, or what is wrong with it.

    `problems` are sentences that name file and field; then `file` is None.
    """

    path: str
    sha256: str = ""
    file: LabelFile | None = None
    problems: tuple[str, ...] = ()


def load_labels(path: Path, own: Collection[tuple[Kind, str]] = ()) -> Loaded:
    """Read one label file; whatever is wrong with it is said, all at once.

    Args:
        path: JSON, as contracts.md describes it.
        own: Categories beside those of the codebook, as (kind, category).
    """
    name = str(path)
    try:
        data = path.read_bytes()
        raw = json.loads(data.decode("utf-8-sig"))
    except OSError as error:
        return Loaded(path=name, problems=(f"{name}: {error.strerror}",))
    except UnicodeDecodeError as error:
        return Loaded(path=name, problems=(f"{name}: no UTF-8 ({error.reason})",))
    except json.JSONDecodeError as error:
        said = f"{name}, line {error.lineno}: {error.msg}"
        return Loaded(path=name, problems=(said,))
    try:
        # Through JSON, so that lists become tuples and true is not taken for 1.
        file = LabelFile.model_validate_json(json.dumps(raw))
    except ValidationError as error:
        problems = tuple(
            f"{name}: {_place(one['loc'])}: {one['msg']}" for one in error.errors()
        )
        return Loaded(path=name, problems=problems)
    problems = tuple(f"{name}: {said}" for said in _faults(file, own))
    if problems:
        return Loaded(path=name, problems=problems)
    return Loaded(path=name, sha256=sha256_bytes(data), file=file)


def misfits(file: LabelFile, text: str, text_sha256: str) -> tuple[str, ...]:
    """Return how labels do not fit the text that they cite, a sentence each.

    Args:
        file: As loaded.
        text: The canonical text.
        text_sha256: Of its UTF-8.
    """
    if file.text_sha256 != text_sha256:
        return (f"text_sha256: the labels are of another text than {text_sha256}",)
    return tuple(
        f"labels[{row}].quotes[{at}]: {fault}"
        for row, label in enumerate(file.labels)
        for at, quote in enumerate(label.quotes)
        if (fault := _misfit(quote, text))
    )


def _misfit(quote: LabelQuote, text: str) -> str:
    if quote.end > len(text):
        return f"end {quote.end} is past the text's {len(text)} code points"
    if text[quote.start : quote.end] != quote.text:
        return f"text is not what stands at {quote.start} to {quote.end}"
    return ""


def _faults(file: LabelFile, own: Collection[tuple[Kind, str]]) -> Iterator[str]:
    """Yield what is wrong with labels whatever the text."""
    if file.codebook != CODEBOOK:
        yield f"codebook: version {file.codebook} is not {CODEBOOK}"
    seen: dict[tuple[Any, ...], int] = {}
    for row, label in enumerate(file.labels):
        place = f"labels[{row}]"
        known = label.category in CATEGORIES[label.kind]
        if not known and (label.kind, label.category) not in own:
            yield f"{place}.category: no category {label.category!r} of {label.kind}"
        for at, quote in enumerate(label.quotes):
            if not 0 <= quote.start < quote.end:
                span = f"{quote.start} to {quote.end}"
                yield f"{place}.quotes[{at}]: {span} is no stretch of a text"
        spans = tuple(sorted((one.start, one.end) for one in label.quotes))
        same = (label.kind, label.category, label.statement, spans)
        if same in seen:
            yield f"{place}: the same as labels[{seen[same]}]"
        seen.setdefault(same, row)


def _place(location: tuple[int | str, ...]) -> str:
    """Return a field's place: `labels[3].quotes[0].start`."""
    parts = [f"[{one}]" if isinstance(one, int) else f".{one}" for one in location]
    return "".join(parts).removeprefix(".") or "the file"
