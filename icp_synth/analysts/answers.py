"""What a model may write, and the strict schemas that say so to an endpoint.

Two types a call: these are the answers, `InsightDraft` and `Wordings` are what
we make of them. No answer carries an id that is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from icp_synth.domain.fields import CATEGORIES, KINDS, PROFILE_FIELDS, SIGNALS


class _Answer(BaseModel):
    """Extra keys are refused, since the schema that was sent forbids them."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class QuoteAnswer(_Answer):
    """A turn number and words of that turn."""

    turn: int
    text: str


class InsightAnswer(_Answer):
    """One insight as the model gives it."""

    quotes: list[QuoteAnswer]
    kind: str
    category: str
    statement: str
    explicit: bool
    intensity: int | None
    signals: list[str]
    attribute: str | None
    value: str | None
    low: float | None
    high: float | None
    unit: str | None
    currency: str | None


class Extraction(_Answer):
    """The answer to `extract`."""

    insights: list[InsightAnswer]


class NumberedText(_Answer):
    """A text for a number that we gave."""

    number: int
    text: str


class ThemeName(NumberedText):
    """A theme's name, and which of its statements do not say what it says."""

    not_held: list[int]


class ThemeNames(_Answer):
    """The answer to `name_themes`."""

    names: list[ThemeName]


class GroupNames(_Answer):
    """The answer to `name_groups`."""

    names: list[NumberedText]


class ClaimText(_Answer):
    """A sentence for a claim, or null where its statements share none."""

    number: int
    text: str | None


class Wording(_Answer):
    """The answer to `draft`."""

    title: str
    claims: list[ClaimText]


class VerdictAnswer(_Answer):
    """What one passage says of the claim."""

    passage: int
    stance: Literal["supports", "contradicts", "silent"]
    quote: str | None


class Judgement(_Answer):
    """The answer to `judge`."""

    verdicts: list[VerdictAnswer]


def extraction_schema(extra: Sequence[str] = ()) -> Mapping[str, Any]:
    """Return the strict schema of `extract`; quotes stand before what they carry.

    Args:
        extra: Own categories of study.toml.
    """
    categories = [name for entries in CATEGORIES.values() for name in entries]
    signs = [f"{sign}{name}" for name in SIGNALS for sign in "+-"]
    insight = _closed(
        quotes=_many(_closed(turn=_INTEGER, text=_STRING)),
        kind=_one_of(KINDS),
        category=_one_of(list(dict.fromkeys([*categories, *extra]))),
        statement=_STRING,
        explicit={"type": "boolean"},
        intensity={"type": ["integer", "null"], "enum": [1, 2, 3, None]},
        signals=_many(_one_of(signs)),
        attribute={
            "type": ["string", "null"],
            "enum": [*PROFILE_FIELDS, "other", None],
        },
        value=_OR_NULL,
        low={"type": ["number", "null"]},
        high={"type": ["number", "null"]},
        unit=_OR_NULL,
        currency=_OR_NULL,
    )
    return _closed(insights=_many(insight))


def theme_names_schema() -> Mapping[str, Any]:
    """Return the strict schema of `name_themes`; members are judged by the text."""
    name = _closed(number=_INTEGER, text=_STRING, not_held=_many(_INTEGER))
    return _closed(names=_many(name))


def group_names_schema() -> Mapping[str, Any]:
    """Return the strict schema of `name_groups`."""
    return _closed(names=_many(_closed(number=_INTEGER, text=_STRING)))


def wording_schema() -> Mapping[str, Any]:
    """Return the strict schema of `draft`; a claim may stay without a sentence."""
    return _closed(title=_STRING, claims=_many(_closed(number=_INTEGER, text=_OR_NULL)))


def verdicts_schema() -> Mapping[str, Any]:
    """Return the strict schema of `judge`; the quote stands before what it shows."""
    verdict = _closed(
        passage=_INTEGER,
        quote=_OR_NULL,
        stance=_one_of(["supports", "contradicts", "silent"]),
    )
    return _closed(verdicts=_many(verdict))


_STRING = {"type": "string"}
_INTEGER = {"type": "integer"}
_OR_NULL = {"type": ["string", "null"]}


def _closed(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _many(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": dict(items)}


def _one_of(names: Sequence[str]) -> dict[str, Any]:
    return {"type": "string", "enum": list(names)}
