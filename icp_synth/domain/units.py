"""What a figure counts: one unit a field, whatever the speaker calls it.

"40 employees", "40 人" and "40 people" are one headcount; 18 months of tenure are 1.5
years. Amounts keep their currency, and one that nobody named is not any of them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from icp_synth.domain.fields import PROFILE_FIELDS, ProfileField
from icp_synth.domain.insights import Normal

COUNTS = frozenset({"people", "sites", "customers"})
"""Units of which there are only whole ones."""

_FIRST_YEAR, _LAST_YEAR = 1700, 2200
_DAYS: Mapping[str, float] = {"day": 1, "week": 7, "month": 365.25 / 12, "year": 365.25}
_SPLIT = re.compile(r"[\s/]+")
_CURRENCY = re.compile(r"\b[A-Z]{3}\b")
_SHARE = re.compile(r"%|％|\bper ?cent\b|成$", re.IGNORECASE)


class Unit(NamedTuple):
    """A unit taken apart; `thing` is what is left of the words."""

    currency: str | None
    period: str | None
    thing: str


class _Words(NamedTuple):
    """The data file: word → unit, of all fields and of single ones."""

    things: Mapping[str, str]
    fields: Mapping[str, Mapping[str, str]]
    open: frozenset[str]
    periods: Mapping[str, str]
    silent: frozenset[str]


def parse(text: str | None, currency: str | None = None) -> Unit:
    """Take a unit apart.

    Args:
        text: As somebody wrote it.
        currency: ISO 4217, where it stands apart from the text.

    Example:
        >>> parse("GBP per month")
        Unit(currency='GBP', period='month', thing='')
    """
    words = text or ""
    if found := _CURRENCY.search(words):
        currency = currency or found.group()
        words = words.replace(found.group(), " ")
    known = _words()
    period, rest = None, []
    for word in filter(None, _SPLIT.split(words.casefold())):
        if word in known.periods:
            period = known.periods[word]
        elif word not in known.silent:
            rest.append(word)
    return Unit(currency, period, " ".join(rest))


def canonical(field: str, normal: Normal, year: int | None = None) -> Normal:
    """Return a figure in the one unit of its field, where it can be put into it.

    Args:
        field: A profile field; of any other the figure is returned as it is.
        normal: As it was said.
        year: In which it was said: then a calendar year ("founded in 1987"), of a
            field that is a stretch of years, is how long ago that was, to the year.

    Returns:
        The catalogue's unit for what is counted and for stretches of time; for an
        amount `per month` and the like. A unit that is another is left as it is.

    Example:
        >>> canonical("tenure", Normal(low=18, high=18, unit="months"))
        Normal(low=1.5, high=1.5, unit='years', currency=None, asof=None)
    """
    known = PROFILE_FIELDS.get(field)
    if known is None or known.type not in {"number", "money"}:
        return normal
    if year is not None and parse(known.unit).period == "year" and _is_year(normal):
        return normal.model_copy(
            update={
                "low": None if normal.high is None else max(0.0, year - normal.high),
                "high": None if normal.low is None else max(0.0, year - normal.low),
                "unit": known.unit,
            }
        )
    said = parse(normal.unit, normal.currency)
    if known.type == "money":
        return normal if _SHARE.search(said.thing) else _amount(normal, said, known)
    scale = _scale(parse(known.unit), said, known)
    return normal if scale is None else _times(normal, scale, known.unit)


def _is_year(normal: Normal) -> bool:
    ends = [end for end in (normal.low, normal.high) if end is not None]
    return bool(ends) and all(_FIRST_YEAR <= end <= _LAST_YEAR for end in ends)


def factor(wanted: str | None, said: Normal, field: str | None = None) -> float | None:
    """Return what a said figure is multiplied with to be in a wanted unit.

    Args:
        wanted: The unit of a condition; None is that of the field, and fits every
            amount.
        said: The figure.
        field: Whose; without it only one and the same unit fits.

    Returns:
        None where the two cannot be compared: euros and an unknown currency, people
        and sites, a year of the calendar and years.
    """
    known = PROFILE_FIELDS.get(field or "")
    mine, theirs = parse(wanted), parse(said.unit, said.currency)
    if known is None or known.type not in {"number", "money"}:
        plain = not wanted or theirs == Unit(None, None, "")
        return 1.0 if plain or _same(mine, theirs, {}) else None
    if known.type == "money" and not wanted:
        return 1.0
    return _scale(mine if wanted else parse(known.unit), theirs, known)


def whole(unit: str | None) -> bool:
    """Tell whether a unit counts what there are only whole ones of."""
    return parse(unit).thing in COUNTS


def _scale(wanted: Unit, said: Unit, known: ProfileField) -> float | None:
    words = _words().fields.get(known.name, {})
    own = parse(known.unit)
    if known.type == "money":
        same = wanted.currency == said.currency
        per = {_thing(one.thing, words) for one in (wanted, said)}
        both = wanted.period or own.period, said.period or own.period
        return _rate(*both) if same and len(per) == 1 else None
    if said.currency or _SHARE.search(said.thing):
        return None
    if own.period is not None:
        # A duration: "18 months" of tenure, in years. "year founded" is none.
        plain = said.period is not None and not said.thing
        into = _DAYS[wanted.period or own.period]
        return _DAYS[said.period or own.period] / into if plain else None
    things = {_thing(one.thing or own.thing, words) for one in (wanted, said)}
    if known.name in _words().open:
        # Whatever the field counts: farms, gyms, addresses; but people are no sites.
        things &= COUNTS
    return 1.0 if things <= {own.thing} and not said.period else None


def _rate(wanted: str | None, said: str | None) -> float | None:
    """Return 12 for a monthly sum that is wanted by the year, and so on."""
    if wanted == said:
        return 1.0
    if wanted is None or said is None:
        return None
    return {("year", "month"): 12.0, ("month", "year"): 1 / 12}.get((wanted, said))


def _same(one: Unit, other: Unit, words: Mapping[str, str]) -> bool:
    mine, theirs = (
        unit._replace(thing=_thing(unit.thing, words)) for unit in (one, other)
    )
    return mine == theirs


def _thing(said: str, words: Mapping[str, str]) -> str:
    """Return the name of a unit, or the words themselves."""
    if not said:
        return said
    things = _words().things
    last = said.rpartition(" ")[2]
    for word in (said, last):
        if found := words.get(word) or things.get(word):
            return found
    return said


def _amount(normal: Normal, said: Unit, known: ProfileField) -> Normal:
    own = parse(known.unit).period
    period = own or said.period
    scale = _rate(own, said.period or own) if own else 1.0
    if scale is None:
        period, scale = said.period, 1.0
    parts = [f"per {part}" for part in (said.thing, period) if part]
    in_unit = _times(normal, scale, " ".join(parts) or None)
    return in_unit.model_copy(update={"currency": said.currency})


def _times(normal: Normal, scale: float, unit: str | None) -> Normal:
    low, high = (
        end if end is None or scale == 1.0 else round(end * scale, 2)
        for end in (normal.low, normal.high)
    )
    return normal.model_copy(update={"low": low, "high": high, "unit": unit})


@cache
def _words() -> _Words:
    text = files("icp_synth.domain").joinpath("units.toml").read_text("utf-8")
    data: dict[str, Any] = tomllib.loads(text)
    return _Words(
        things=_by_word(data["things"]),
        fields={name: _by_word(units) for name, units in data["fields"].items()},
        open=frozenset(data["open"]["fields"]),
        periods=_by_word(data["periods"]),
        silent=frozenset(data["silent"]["words"]),
    )


def _by_word(units: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {word: unit for unit, words in units.items() for word in words}
