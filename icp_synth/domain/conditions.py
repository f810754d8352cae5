"""Whether a measurable condition holds of a value: yes, no, or not known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import inf
from typing import Protocol

from icp_synth.domain.fields import comparable
from icp_synth.domain.insights import Normal
from icp_synth.domain.values import Value

Wanted = str | float | tuple[float, float] | tuple[str, ...]
"""What a condition compares with: a word, a figure, a range, some words."""

Known = str | float | Normal
"""What is known of an account or a person in one field."""

NUMERIC = frozenset({">=", "<=", "between"})

SEVERAL_VALUES = frozenset({"technology", "media", "language", "geography"})
"""Fields of which one may have several: naming another is no "no"."""

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
        """What its figures count; None fits every unit."""


class Condition(Value):
    """An operator and what it compares with; ends are inclusive."""

    operator: str
    value: Wanted
    unit: str | None = None


def matches(criterion: Conditional, value: Known) -> bool | None:
    """Tell whether a condition holds of one value.

    Args:
        criterion: Its figures include both ends.
        value: A figure, a range as it was said, or words.

    Returns:
        None where the value does not tell: a range that reaches over an end, another
        unit, words where figures are compared.

    Raises:
        ValueError: There is no such operator.

    Example:
        >>> mary = Condition(operator="between", value=(10, 1000), unit="people")
        >>> [matches(mary, n) for n in (9, 10, 1000, 1001)]
        [False, True, True, False]
    """
    if criterion.operator in NUMERIC or _is_figure(criterion):
        return _within(_span(criterion), criterion.unit, value)
    if criterion.operator not in {"=", "in", "not in"}:
        msg = f"there is no operator {criterion.operator!r}"
        raise ValueError(msg)
    if isinstance(value, Normal):
        return None
    said = comparable(str(value))
    named = said in {comparable(str(one)) for one in _words(criterion.value)}
    return not named if criterion.operator == "not in" else named


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
        return matches(criterion, values[-1])
    found = [matches(criterion, value) for value in values]
    if criterion.operator == "not in":
        return None if None in found else all(found)
    if True in found:
        return True
    return None if field in SEVERAL_VALUES or None in found else False


def meet(one: Conditional, other: Conditional) -> bool | None:
    """Tell whether some value can fulfil both; None where they cannot be compared."""
    figures = [c.operator in NUMERIC or _is_figure(c) for c in (one, other)]
    if any(figures) and not all(figures):
        return None
    if all(figures):
        if one.unit and other.unit and one.unit != other.unit:
            return None
        (low, high), (least, most) = _span(one), _span(other)
        return low <= most and least <= high
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


def _within(wanted: tuple[float, float], unit: str | None, value: Known) -> bool | None:
    if isinstance(value, Normal):
        counted = unit_of(value)
        if unit and counted and unit != counted:
            return None
        low = -inf if value.low is None else value.low
        high = inf if value.high is None else value.high
        if (low, high) == (-inf, inf):
            return None
    elif isinstance(value, str):
        figure = _FIGURE.fullmatch(value.strip())
        if figure is None:
            return None
        low = high = float(figure.group().replace(",", ""))
    else:
        low = high = float(value)
    if wanted[0] <= low and high <= wanted[1]:
        return True
    return False if high < wanted[0] or low > wanted[1] else None
