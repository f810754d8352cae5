"""The JSON schemas that `icp-synth schema` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import Field

from icp_synth.domain.codebook import OwnCategory
from icp_synth.domain.fields import (
    CATEGORIES,
    CODEBOOK_VERSION,
    KINDS,
    PROFILE_FIELDS,
    SIGNALS,
    Kind,
    claim_fields,
)
from icp_synth.domain.insights import Intensity, Normal
from icp_synth.domain.profiles import Synthesis
from icp_synth.domain.values import Value
from icp_synth.errors import NotFound

NAMES = ("synthesis", "fields", "labels")


class LabelQuote(Value):
    """A quote of a label; `text` is the slice that the offsets name."""

    start: int
    end: int
    text: str


class Label(Value):
    """One labelled insight."""

    kind: Kind
    category: str
    statement: str
    quotes: tuple[LabelQuote, ...] = Field(min_length=1)
    explicit: bool = True
    intensity: Intensity | None = None
    signals: tuple[str, ...] = ()
    attribute: str | None = None
    value: str | None = None
    normal: Normal | None = None
    status: Literal["agreed", "optional", "single"] = "agreed"
    annotator: str | None = None


class LabelFile(Value):
    """The labels of one interview."""

    transcript: str
    text_sha256: str
    codebook: int = CODEBOOK_VERSION
    labels: tuple[Label, ...]


def schema_of(name: str, own: Sequence[OwnCategory] = ()) -> dict[str, Any]:
    """Return a schema by name.

    Args:
        name: One of `NAMES`.
        own: A study's own categories, listed among the fields.

    Raises:
        NotFound: There is no such schema.
    """
    if name == "synthesis":
        return Synthesis.model_json_schema()
    if name == "labels":
        return LabelFile.model_json_schema()
    if name == "fields":
        return _fields(own)
    msg = f"There is no schema {name!r}."
    raise NotFound(msg, hint=f"Choose one of {', '.join(NAMES)}.")


def _fields(own: Sequence[OwnCategory]) -> dict[str, Any]:
    extra = tuple((one.kind, one.category) for one in own)
    return {
        "codebook": CODEBOOK_VERSION,
        "fields": [field.model_dump(mode="json") for field in PROFILE_FIELDS.values()],
        "kinds": {kind: dict(CATEGORIES[kind]) for kind in KINDS},
        "signals": dict(SIGNALS),
        "own_categories": [one.model_dump(mode="json") for one in own],
        "claim_fields": list(claim_fields(extra)),
    }
