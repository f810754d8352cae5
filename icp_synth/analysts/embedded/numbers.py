"""Read quantities out of talk: digits and number words, English and Chinese.

A quantity is a range `[low, high]`; both ends are equal for a plain or rounded number
("about two hundred"), one end is open for "over 200" or "不到五十".
"""

from __future__ import annotations

import re
from typing import NamedTuple

from icp_synth.domain.numerals import (
    ONE_EN as ONE_EN,
    ONE_ZH as ONE_ZH,
    one_en as one_en,
    one_zh as one_zh,
)

_ROUGH = (
    r"(?:about|around|roughly|approximately|almost|nearly|some|maybe|probably|like"
    r"|something like|close to|just|only|now|currently|in total|a total of|well"
    r"|i think|say)\s+"
)
_OVER = r"(?:over|more than|at least|upwards of|north of|just over|well over)\s+"
_UNDER = r"(?:under|less than|fewer than|up to|at most|below|just under|not even)\s+"
QUANTITY_EN = (
    rf"(?:{_ROUGH})*(?:{_OVER}|{_UNDER})?(?:between\s+)?(?:[$€£]|nt\$\s?|usd\s|eur\s)?"
    rf"{ONE_EN}(?:\s?(?:to|-|–|or|and)\s?(?:[$€£])?{ONE_EN})?(?:\s?(?:plus|\+))?"
)
"""A number, a range, or a number with an open end, as a regex."""

QUANTITY_ZH = (
    rf"(?:(?:大概|大約|差不多|將近|快|約|接近|超過|至少|不到|不超過|最多|總共|一共|共)(?:有|是|在)?)*"
    rf"{ONE_ZH}(?:(?:到|至|-|~|～|、|或){ONE_ZH})?(?:多|幾|餘)?"
)
"""A Chinese number, a range, or a number with an open end, as a regex."""

_ONE_EN = re.compile(ONE_EN)
_ONE_ZH = re.compile(ONE_ZH)


class Quantity(NamedTuple):
    """A range; an open end is None."""

    low: float | None
    high: float | None

    def times(self, factor: float) -> Quantity:
        """Return the range in another unit."""
        low, high = (
            None if end is None else round(end * factor, 2)
            for end in (self.low, self.high)
        )
        return Quantity(low, high)

    def plus(self, more: float) -> Quantity:
        """Return the range moved up."""
        low, high = (
            None if end is None else end + more for end in (self.low, self.high)
        )
        return Quantity(low, high)


def quantity_en(text: str, *, spoken: bool = False) -> Quantity | None:
    """Return the range that an English phrase names, or None.

    Args:
        text: The phrase.
        spoken: Read "eleven-fifty" as 1,150, as prices are said.

    Example:
        >>> quantity_en("between 40 and 50"), quantity_en("over 200")
        (Quantity(low=40.0, high=50.0), Quantity(low=200.0, high=None))
    """
    text = text.lower()
    found = [match.group() for match in _ONE_EN.finditer(text)]
    values = [one_en(one, spoken=spoken) for one in found]
    read = [value for value in values if value is not None]
    if not read or len(read) < len(values):
        return None
    if len(read) == 1:
        if re.search(_OVER, text) or text.rstrip().endswith(("plus", "+")):
            return Quantity(read[0], None)
        if re.search(_UNDER, text):
            return Quantity(None, read[0])
        return Quantity(read[0], read[0])
    low, high = read[0], read[1]
    scale = 1000 if re.search(r"\dk|thousand|grand", found[1]) else 1
    scale = 1_000_000 if "million" in found[1] else scale
    if low < scale and low * scale <= high:
        low *= scale
    return Quantity(low, high) if low <= high else Quantity(low, low)


def quantity_zh(text: str) -> Quantity | None:
    """Return the range that a Chinese phrase names, or None.

    `三百多` is more than 300 and less than 400: the last place that is named bounds it.

    Example:
        >>> quantity_zh("三百多"), quantity_zh("四、五十")
        (Quantity(low=300.0, high=399.0), Quantity(low=40.0, high=50.0))
    """
    found = [match.group() for match in _ONE_ZH.finditer(text)]
    values = [value for one in found if (value := one_zh(one)) is not None]
    if not values:
        return None
    neighbours = re.fullmatch(
        r"([一二兩三四五六七八九])([二三四五六七八九])([十百千萬]+)", found[0]
    )
    if len(values) == 1 and neighbours:
        first, second, scale = neighbours.groups()
        return Quantity(one_zh(first + scale), one_zh(second + scale))
    if len(values) == 1:
        return _open_zh(text, values[0])
    low, high = values[0], values[1]
    if low < 10 <= high:
        low *= 10 ** (len(str(int(high))) - 1)
    return Quantity(low, high) if low <= high else Quantity(values[0], values[0])


def _open_zh(text: str, value: float) -> Quantity:
    if re.search(rf"{ONE_ZH}[多幾餘]", text):
        place = 10 ** (len(str(int(value))) - len(str(int(value)).rstrip("0") or "0"))
        return Quantity(value, value + max(place, 1) - 1)
    if "超過" in text or "至少" in text:
        return Quantity(value, None)
    if "不到" in text or "最多" in text or "不超過" in text:
        return Quantity(None, value)
    return Quantity(value, value)


_YEAR_EN = re.compile(r"\b(?:years?|yrs?)\b")
_MONTH_EN = re.compile(r"\bmonths?\b")
_HALF_EN = re.compile(r"years? and a half")
_ONE_YEAR_EN = re.compile(r"\b(?:a|one) year\b")


def years_en(text: str) -> Quantity | None:
    """Return a stretch of time in years, or None.

    Example:
        >>> years_en("two and a half years"), years_en("a year and a half")
        (Quantity(low=2.5, high=2.5), Quantity(low=1.5, high=1.5))
        >>> years_en("eighteen months")
        Quantity(low=1.5, high=1.5)
    """
    found = Quantity(1, 1) if _ONE_YEAR_EN.search(text) else quantity_en(text)
    if found is None:
        return None
    if _HALF_EN.search(text):
        return found.plus(0.5)
    if _MONTH_EN.search(text) and not _YEAR_EN.search(text):
        return found.times(1 / 12)
    return found


def years_zh(text: str) -> Quantity | None:
    """Return a stretch of time in years, or None.

    Example:
        >>> years_zh("兩年半"), years_zh("三年多")
        (Quantity(low=2.5, high=2.5), Quantity(low=3.0, high=4.0))
    """
    if re.search(r"(?<!年)半年", text):
        return Quantity(0.5, 0.5)
    found = quantity_zh(text)
    if found is None:
        return None
    if "年" not in text:
        return found.times(1 / 12)
    if "年半" in text:
        return found.plus(0.5)
    if re.search("年[多幾餘]", text) and found.low is not None:
        return Quantity(found.low, found.low + 1)
    return found
