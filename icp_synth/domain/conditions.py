"""Whether a measurable condition holds of a value: yes, no, or not known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import inf
from typing import Protocol

from icp_synth.domain.fields import comparable
from icp_synth.domain.insights import Normal
from icp_synth.domain.units import factor
from icp_synth.domain.values import Value

Wanted = str | float | tuple[float, float] | tuple[str, ...]
"""What a condition compares with: a word, a figure, a range, some words."""

Known = str | float | Normal
"""What is known of an account or a person in one field."""

NUMERIC = frozenset({">=", "<=", "between"})

SEVERAL_VALUES = frozenset({"technology", "media", "language", "geography"})
"""Fields of which one may have several: naming another is no "no"."""

_LISTED = re.compile(r"[,;、，；/&]|\band\b|\bas well as\b")
_FIGURE = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?")


class Conditional(Protocol):
    """Anything that compares: a criterion, a row of a scorecard."""

    @property
    def operator(self) -> str:
        """One of `=`, `>=`, `<=`, `between`, `in`, `not in`."""

    @property
    def value(self) -> Wanted:
        """What it compares with."""

    @property
    def unit(self) -> str | None:
        """What its figures count; None is what the field counts."""


class Condition(Value):
    """An operator and what it compares with; ends are inclusive."""

    operator: str
    value: Wanted
    unit: str | None = None


def condition_of(span: Normal) -> Condition:
    """Return that a figure lies in a range; an end of None is open.

    Example:
        >>> condition_of(Normal(low=200, unit="people"))
        Condition(operator='>=', value=200.0, unit='people')
    """
    unit = unit_of(span)
    if span.high is None:
        return Condition(operator=">=", value=span.low or 0.0, unit=unit)
    if span.low is None:
        return Condition(operator="<=", value=span.high, unit=unit)
    return Condition(operator="between", value=(span.low, span.high), unit=unit)


def matches(
    criterion: Conditional, value: Known, field: str | None = None
) -> bool | None:
    """Tell whether a condition holds of one value.

    Args:
        criterion: Its figures include both ends.
        value: A figure, a range as it was said, or words.
        field: Whose value it is: "employees" are the people of a headcount, 18 months
            of a tenure are 1.5 years.

    Returns:
        None where the value does not tell: a range that reaches over an end, another
        unit or currency, words where figures are compared.

    Raises:
        ValueError: There is no such operator.

    Example:
        >>> mary = Condition(operator="between", value=(10, 1000), unit="people")
        >>> [matches(mary, n) for n in (9, 10, 1000, 1001)]
        [False, True, True, False]
    """
    if criterion.operator in NUMERIC or _is_figure(criterion):
        return _within(criterion, value, field)
    if criterion.operator not in {"=", "in", "not in"}:
        msg = f"there is no operator {criterion.operator!r}"
        raise ValueError(msg)
    if isinstance(value, Normal):
        return None
    said = {comparable(str(value)), *map(comparable, parts(str(value)))}
    named = bool(said & {comparable(str(one)) for one in _words(criterion.value)})
    return not named if criterion.operator == "not in" else named


def parts(value: str) -> tuple[str, ...]:
    """Return what a value lists, one by one; of one that lists nothing, itself.

    Example:
        >>> parts("Xero, payroll bureau"), parts("a freelance writer and editor")
        (('Xero', 'payroll bureau'), ('a freelance writer', 'editor'))
    """
    found = (part.strip() for part in _LISTED.split(value))
    return tuple(part for part in found if part) or (value,)


def holds(criterion: Conditional, field: str, values: Sequence[Known]) -> bool | None:
    """Tell whether a condition holds of all that is known in a field.

    Of several figures the last counts. One fitting word is enough; another word in a
    field that may have several (`technology`) leaves it open.

    Returns:
        None where nothing is known, or what is known does not tell.
    """
    if not values:
        return None
    if criterion.operator in NUMERIC or _is_figure(criterion):
        return matches(criterion, values[-1], field)
    found = [matches(criterion, value) for value in values]
    if criterion.operator == "not in":
        return None if None in found else all(found)
    if True in found:
        return True
    return None if field in SEVERAL_VALUES or None in found else False


def meet(one: Conditional, other: Conditional, field: str | None = None) -> bool | None:
    """Tell whether some value can fulfil both; None where they cannot be compared."""
    figures = [c.operator in NUMERIC or _is_figure(c) for c in (one, other)]
    if any(figures) and not all(figures):
        return None
    if all(figures):
        scale = 1.0
        if one.unit and other.unit:
            scale = factor(one.unit, Normal(unit=other.unit), field) or 0.0
        if not scale:
            return None
        (low, high), (least, most) = _span(one), _span(other)
        return low <= most * scale and least * scale <= high
    mine, theirs = (
        {comparable(str(word)) for word in _words(c.value)} for c in (one, other)
    )
    if one.operator == "not in":
        return other.operator == "not in" or bool(theirs - mine)
    return bool(mine - theirs if other.operator == "not in" else mine & theirs)


def unit_of(normal: Normal | None) -> str | None:
    """Return currency and unit as a condition names them.

    Example:
        >>> unit_of(Normal(low=30, currency="USD", unit="per month"))
        'USD per month'
    """
    if normal is None:
        return None
    return " ".join(one for one in (normal.currency, normal.unit) if one) or None


def _is_figure(criterion: Conditional) -> bool:
    value = criterion.value
    first = value[0] if isinstance(value, tuple) and value else value
    return isinstance(first, int | float)


def _span(criterion: Conditional) -> tuple[float, float]:
    value = criterion.value
    if isinstance(value, tuple):
        low, high = float(value[0]), float(value[-1])
    else:
        low = high = float(value)
    match criterion.operator:
        case ">=":
            return low, inf
        case "<=":
            return -inf, high
    return low, high


def _words(value: Wanted) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


def _within(criterion: Conditional, value: Known, field: str | None) -> bool | None:
    figure = _figure(criterion, value, field)
    if figure is None:
        return None
    low, high = figure
    least, most = _span(criterion)
    if least <= low and high <= most:
        return True
    return False if high < least or low > most else None


def _figure(
    criterion: Conditional, value: Known, field: str | None
) -> tuple[float, float] | None:
    """Return both ends of a value in the unit of a condition."""
    if isinstance(value, Normal):
        scale = factor(criterion.unit, value, field)
        if scale is None or (value.low is None and value.high is None):
            return None
        low = -inf if value.low is None else value.low * scale
        high = inf if value.high is None else value.high * scale
        return low, high
    if isinstance(value, str):
        figure = _FIGURE.fullmatch(value.strip())
        if figure is None:
            return None
        value = float(figure.group().replace(",", ""))
    return float(value), float(value)
