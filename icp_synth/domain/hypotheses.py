"""Top-down: what somebody believes of ideal customers before anyone was asked."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Literal, Self

from pydantic import Field, model_validator

from icp_synth.domain.claims import Claim, Criterion
from icp_synth.domain.fields import OTHER, PROFILE_FIELDS, ProfileField
from icp_synth.domain.measurable import RefusedCriterion
from icp_synth.domain.values import Value

Operator = Literal["=", "in", "not in", ">=", "<=", "between", "says"]
"""`says` is for what only words can carry: a pain, a goal, a habit."""

OPERATORS: tuple[Operator, ...] = ("=", "in", "not in", ">=", "<=", "between", "says")

EVIDENCE_FROM = 3
"""So many people make an assumption evidence, where nobody contradicts it."""

TopDownCode = Literal["separate", "overlaps", "untested"]
"""How a top-down ICP stands beside those found in the interviews.

- `separate`: its people are others than those of every ICP found.
- `overlaps`: at least half of its people and an ICP's are the same.
- `untested`: nobody who was interviewed belongs to it; all of it is assumption.
"""


class Hypothesis(Value):
    """One assumption about an ideal customer, and how to test it.

    Attributes:
        icp: The name of the top-down ICP that it belongs to; may be empty.
        field: A profile field, `other:NAME`, or `KIND/CATEGORY`.
        operator: One that the field takes; `says` beside fields of words.
        value: A word, words, a figure, or two figures for `between`.
        unit: Of figures: `people`, `per month`, `GBP per year` …; the field's own
            where it is left out.
        scope: It says whom the ICP is about: others are not asked about it.
        confidence: 0 to 1, of whoever wrote it.
        test: How it will be found out.
        line: Where it stands in its file; None in study.toml.
    """

    icp: str = ""
    field: str
    operator: Operator = "="
    value: str | float | tuple[float, float] | tuple[str, ...]
    unit: str | None = None
    scope: bool = False
    confidence: float | None = Field(default=None, ge=0, le=1)
    test: str = ""
    line: int | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        known = PROFILE_FIELDS.get(self.field)
        allowed = _operators(known, self.field)
        if self.operator not in allowed:
            msg = f"{self.field} takes {', '.join(allowed)}, not {self.operator!r}"
            raise ValueError(msg)
        if _is_figure(known) and self.operator in {"=", ">=", "<="}:
            if not isinstance(self.value, float) or not isfinite(self.value):
                msg = f"{self.field} {self.operator} needs a number"
                raise ValueError(msg)
        elif self.operator == "between":
            _check_range(self.value)
        elif self.operator in {"in", "not in"}:
            if not _are_words(self.value):
                msg = f"{self.operator!r} needs a list of words"
                raise ValueError(msg)
        elif not isinstance(self.value, str) or not self.value.strip():
            msg = f"{self.field} {self.operator} needs words"
            raise ValueError(msg)
        return self

    def words(self) -> tuple[str, ...]:
        """Return the words that it names; nothing for figures."""
        if isinstance(self.value, str):
            return (self.value,)
        if isinstance(self.value, tuple):
            return tuple(one for one in self.value if isinstance(one, str))
        return ()

    def text(self) -> str:
        """Return it in short, for a claim.

        Example:
            >>> Hypothesis(field="sites", operator=">=", value=3).text()
            '≥ 3 sites'
        """
        known = PROFILE_FIELDS.get(self.field)
        unit = self.unit or (known.unit if known else None)
        if isinstance(self.value, str):
            return self.value
        if isinstance(self.value, float):
            figure = f"{self.value:,.10g}"
        elif self.operator == "between":
            figure = "–".join(f"{end:,.10g}" for end in self.value)
        else:
            figure = " / ".join(str(one) for one in self.value)
            unit = None
        sign = {">=": "≥ ", "<=": "≤ ", "not in": "not: "}.get(self.operator, "")
        return f"{sign}{figure}{f' {unit}' if unit else ''}"

    def says_the_same(self, other: Hypothesis) -> bool:
        """Tell whether both assume one thing, whatever the confidence and the test."""
        about = ("field", "operator", "value", "unit")
        return icp_key(self.icp) == icp_key(other.icp) and all(
            getattr(self, name) == getattr(other, name) for name in about
        )


def icp_key(name: str) -> str:
    """Return the form in which names of assumed ICPs are compared.

    Example:
        >>> icp_key(" Gym  chains")
        'gym chains'
    """
    return " ".join(name.casefold().split())


def _are_words(value: object) -> bool:
    return (
        isinstance(value, tuple)
        and bool(value)
        and all(isinstance(one, str) and one.strip() for one in value)
    )


def _operators(known: ProfileField | None, field: str) -> tuple[str, ...]:
    if known is None:
        words: tuple[str, ...] = ("=", "in", "not in", "says")
        return words if field.startswith(OTHER) else ("says",)
    if _is_figure(known):
        return known.operators
    return (*known.operators, "says")


def _is_figure(known: ProfileField | None) -> bool:
    return known is not None and known.type in {"number", "money"}


def _check_range(value: object) -> None:
    ends = value if isinstance(value, tuple) else ()
    figures = [end for end in ends if isinstance(end, float) and isfinite(end)]
    if len(ends) != 2 or len(figures) != 2 or figures[0] > figures[1]:
        msg = "'between' needs two numbers, the smaller first"
        raise ValueError(msg)


class Weighed(Value):
    """One hypothesis against what the participants said.

    `supports`, `contradicts`, `silent`, `unclear` and `outside` partition the
    participants; all are sorted.

    Attributes:
        unclear: They gave a figure that cannot be compared: another currency or
            unit, a range that reaches over the edge, a word without a number; or
            they said something worded alike that nobody judged.
        outside: Whom the top-down ICP is not about (its scope).
        insights: Of those who support it, in the order of the names.
        counter: That contradict it.
        by_likeness: Those unclear whose words were found alike and judged by nobody.
        near: The insights in which they say so.
        status: `evidence` from `EVIDENCE_FROM` supporters on, where nobody
            contradicts; else `assumption`.
        test: How it will be found out: in the words of the hypothesis, or proposed
            from its field where these have none.
    """

    hypothesis: Hypothesis
    supports: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    insights: tuple[str, ...] = ()
    counter: tuple[str, ...] = ()
    by_likeness: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    status: Literal["assumption", "evidence"] = "assumption"
    test: str = ""


class TopDown(Value):
    """A top-down ICP: whom it is about, and how it stands beside those found.

    Attributes:
        name: As its hypotheses call it.
        code: Whether it is an ICP of its own.
        icp: Its id among `icps`, made of its name; None where it `overlaps`.
        participants: Who was interviewed and belongs to it, sorted.
        nearest: The ICP found with the most people in common, or None.
        overlap: Jaccard index with it, 0 to 1.
        weighed: Its hypotheses, in the order of the file.
        criteria: Of those that a list of accounts can be filtered by.
        refused: What would be one and cannot be measured, with the reason.
        claims: One a hypothesis; `inference` where nobody supports it.
    """

    name: str
    code: TopDownCode
    icp: str | None = None
    participants: tuple[str, ...]
    nearest: str | None = None
    overlap: float = 0.0
    weighed: tuple[Weighed, ...]
    criteria: tuple[Criterion, ...] = ()
    refused: tuple[RefusedCriterion, ...] = ()
    claims: tuple[Claim, ...] = ()

    @property
    def counts(self) -> Mapping[str, int]:
        """How many of its hypotheses are evidence, and how many are not yet."""
        evidence = sum(one.status == "evidence" for one in self.weighed)
        return {"evidence": evidence, "assumption": len(self.weighed) - evidence}
