"""Figures, times and values in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from icp_synth.domain.conditions import Conditional
from icp_synth.domain.fields import PROFILE_FIELDS
from icp_synth.domain.insights import Normal
from icp_synth.exports.words import Words, words_of

_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|\+00:00)?")

_CURRENCY = re.compile(r"([A-Z]{3})\s+(.+)")
"""A unit that begins with a currency: `GBP per month`."""

_FIGURE = re.compile(r"((?:[A-Z]{3} )?[\d.,–≥≤ ]*\d) ([^\W\d]+(?: [^\W\d]+)?)")
"""A figure with its unit, as a claim says it: `≥ 55 customers`."""

_AGE = "歲"
_MANY = {"person": "people", "%": "percent"}
"""Units whose plural is not made with an s, or that are signs."""

_MOST_LISTED = 12

_CALENDAR = range(1500, 2200)
"""Years of the calendar: no company is so many years old."""


def clock(milliseconds: int | None) -> str | None:
    """Return a time into the recording, e.g. `00:12:05`, or None.

    Example:
        >>> clock(725_000)
        '00:12:05'
    """
    if milliseconds is None:
        return None
    seconds = milliseconds // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def recording(media: str | None, milliseconds: int | None) -> str | None:
    """Return the address of a moment in a recording (W3C media fragments), or None.

    A web address is taken as it is; a file is looked for from the project folder, in
    whose `out/` the report lies. Anything else that a browser might run is no address.

    Example:
        >>> recording("calls/ann.mp3", 725_000)
        '../calls/ann.mp3#t=725'
    """
    if not media or milliseconds is None:
        return None
    scheme = urlsplit(media).scheme.lower()
    at = f"#t={milliseconds // 1000}"
    if scheme in {"http", "https"}:
        return f"{media.partition('#')[0]}{at}"
    if scheme or media.startswith(("/", "\\")):
        return None
    return f"../{quote(media)}{at}"


def instant(created: str) -> str:
    """Return an ISO instant as people write it; anything else unchanged."""
    found = _INSTANT.fullmatch(created)
    if found is None:
        return created
    day, time, zone = found.groups()
    return f"{day} {time}{' UTC' if zone else ''}"


def figure(value: float) -> str:
    """Return a number with thousands separated and at most three decimals."""
    rounded = round(value, 3)
    return f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:,g}"


def percent(share: float) -> str:
    """Return a share of 1 as a whole percentage without the sign."""
    return f"{share * 100:.0f}"


def normal_in_words(
    normal: Normal | None, words: Words | None = None, field: str | None = None
) -> str:
    """Return a normalised value, e.g. `EUR 50–200 per month (2025)`; may be empty.

    Args:
        normal: A figure, or none.
        words: The report's language; English without.
        field: Whose value it is: Chinese counts a person's years otherwise.
    """
    if normal is None or (normal.low is None and normal.high is None):
        return ""
    ends = [end for end in (normal.low, normal.high) if end is not None]
    in_years = normal.unit is not None and normal.unit.startswith(("year", "年"))
    if in_years and all(end in _CALENDAR for end in ends):
        # Not 1,987: that would be a count of years.
        amount = "–".join(dict.fromkeys(f"{end:.0f}" for end in ends))
    elif normal.low is None:
        amount = f"≤ {figure(normal.high or 0)}"
    elif normal.high is None:
        amount = f"≥ {figure(normal.low)}"
    elif normal.low == normal.high:
        amount = figure(normal.low)
    else:
        amount = f"{figure(normal.low)}–{figure(normal.high)}"
    amount = " ".join(filter(None, (normal.currency, amount)))
    one = normal.low == normal.high == 1 and not normal.currency
    told = in_unit(
        amount, _unit_of(normal.unit, field), words or words_of("en"), one=one
    )
    return f"{told} ({normal.asof})" if normal.asof else told


def _unit_of(unit: str | None, field: str | None) -> str | None:
    """Return the unit that a figure is told in: of a person's age its own."""
    return _AGE if field == "age" and unit in {"year", "years", "年"} else unit


def in_unit(amount: str, unit: str | None, words: Words, *, one: bool = False) -> str:
    """Return an amount with its unit, e.g. `35–60 people`, `每月 310–620`.

    Args:
        amount: As it is written.
        unit: What it counts; one that the words do not know stands as it was said.
        words: The report's language.
        one: The amount is one: a person, and not people.
    """
    if not unit:
        return amount
    key = "_".join(unit.casefold().split())
    for name in (key, _MANY.get(key, f"{key}s")):
        if f"unit.{name}.one" in words.table:
            return words(f"unit.{name}.{'one' if one else 'many'}", amount=amount)
    return f"{amount} {unit}"


def figure_in_words(text: str, words: Words, field: str | None = None) -> str:
    """Return a figure with its unit in the report's language; another text as it is.

    Example:
        >>> figure_in_words("85–320 people", words_of("zh"))
        '85–320 人'
    """
    found = _FIGURE.fullmatch(text)
    if found is None:
        return text
    unit = _unit_of(found[2], field) or ""
    return in_unit(found[1], unit, words, one=found[1] == "1")


def condition_value(condition: Conditional, words: Words) -> str:
    """Return what a condition compares with, with its unit."""
    value = condition.value
    if isinstance(value, str):
        text = value
    elif isinstance(value, (int, float)):
        text = figure(value)
    elif condition.operator == "between":
        text = "–".join(dict.fromkeys(_leaf(part) for part in value))
    else:
        # Not a comma: what is listed may hold one.
        text = " · ".join(_leaf(part) for part in value)
    one = value == 1 or value in ((1,), (1, 1))
    found = _CURRENCY.fullmatch(condition.unit or "")
    if found is None:
        return in_unit(text, condition.unit, words, one=one)
    return in_unit(f"{text} {found[1]}", found[2], words)


def field_label(field: str, words: Words) -> str:
    """Return a claim's or fact's field in words; a name of people's own as it is."""
    group, _, name = field.rpartition("/")
    if group == "signal":
        return words.named("signal", name)
    if group:
        return words.named("category", name)
    return words.named("field", name.removeprefix("other:"))


def field_kind(field: str) -> str:
    """Return which part of a card a claim belongs to: a kind, or `other`."""
    group = field.partition("/")[0]
    if field in PROFILE_FIELDS or field.startswith("other:"):
        return "trait"
    return group if group in {"trait", "pain", "motivation"} else "other"


def flat(
    values: Mapping[str, Any],
    *,
    path: tuple[str, ...] = (),
    number: Callable[[float], str] = figure,
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the leaves of nested mappings as (path of keys, text), by key.

    A short list of plain values is joined; another is given by its length.

    Args:
        values: As in a manifest or a coverage table.
        path: Keys that lead to `values`.
        number: How numbers are written.
    """
    for key in sorted(values, key=str):
        value, here = values[key], (*path, str(key))
        if isinstance(value, Mapping):
            yield from flat(value, path=here, number=number)
        else:
            yield here, _leaf(value, number)


def _leaf(value: Any, number: Callable[[float], str] = figure) -> str:
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "–"}[value]
    if isinstance(value, (int, float)):
        return number(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        simple = all(isinstance(item, (str, int, float)) for item in value)
        if simple and len(value) <= _MOST_LISTED:
            return ", ".join(_leaf(item, number) for item in value)
        return f"({len(value):,})"
    return str(value)
