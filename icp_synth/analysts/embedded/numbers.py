"""Read quantities out of talk: digits and number words, English and Chinese.

A quantity is a range `[low, high]`; both ends are equal for a plain or rounded number
("about two hundred"), one end is open for "over 200" or "不到五十".
"""

from __future__ import annotations

import re
from typing import NamedTuple

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen"
    " fourteen fifteen sixteen seventeen eighteen nineteen"
)
_ROUND = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS = {word: value for value, word in enumerate(_SMALL.split())}
_TENS = {word: 10 * value for value, word in enumerate(_ROUND.split(), start=2)}
_SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "grand": 1000,
    "million": 1_000_000,
    "billion": 10**9,
}
_TIMES = {"hundred": 100, "dozen": 12}
_PLUS = {"couple": 2, "half": 0.5}
_SILENT = frozenset({"and", "of", "a", "an", "odd", ""})
_WORD = "|".join(
    sorted({*_UNITS, *_TENS, *_SCALES, "dozen", "couple", "half"}, key=len)[::-1]
)
# "three hundred and ten" is one number; "three and ten" is two.
_AND = r"(?:(?<=hundred)|(?<=thousand)|(?<=million)) and "
_SPELLED = (
    rf"(?:a |an |one )?(?:{_WORD})(?:(?:{_AND}|[ -](?:a |of )?)(?:{_WORD}))*"
    r"(?: and a half)?(?:[ -]odd)?(?: of)?(?: (?:thousand|grand|dozen))?"
)
_DIGITS = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?:\s?(?:million|billion))?"
    r"|\d+(?:\.\d+)?(?:\s?(?:k|m|million|billion|thousand|grand|hundred)\b)?"
)
ONE_EN = rf"(?:{_DIGITS}|\b{_SPELLED}\b)"
"""One English number, as a regex without groups that capture."""

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

_ZH_DIGIT = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    "兩": 2,
    "〇": 0,
}
_ZH_SCALE = {"十": 10, "百": 100, "千": 1000}
_ZH_BIG = {"萬": 10_000, "億": 100_000_000}
ONE_ZH = r"(?:\d[\d,]*(?:\.\d+)?[百千萬億]*|[零〇一二兩三四五六七八九十百千萬億]+)"
"""One Chinese number, as a regex."""

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


def one_en(text: str, *, spoken: bool = False) -> float | None:
    """Return the value of one English number in lower case, or None.

    Args:
        text: The number.
        spoken: Read "eleven-fifty" as 1,150, as prices are said. Without it such a
            number is none: it may be a year, a time or a range.

    Example:
        >>> one_en("two hundred and fifty"), one_en("1,200"), one_en("3k")
        (250.0, 1200.0, 3000.0)
        >>> one_en("eleven-fifty"), one_en("eleven-fifty", spoken=True)
        (None, 1150.0)
    """
    text = text.strip()
    digits = re.match(r"\d[\d,]*(?:\.\d+)?", text)
    if digits:
        value = float(digits.group().replace(",", ""))
        rest = text[digits.end() :].strip()
        scale = {"k": 1000, "m": 1_000_000, **_SCALES}.get(rest, 1)
        return value * scale
    words = [word for word in re.split(r"[\s-]+", text) if word not in _SILENT]
    total, current = 0.0, 0.0
    for word in words:
        if word in _SCALES and word != "hundred":
            total, current = total + (current or 1) * _SCALES[word], 0.0
            continue
        joined = _with(current, word, spoken=spoken)
        if joined is None:
            return None
        current = joined
    return total + current if words else None


def _with(current: float, word: str, *, spoken: bool) -> float | None:
    """Return a number below a thousand with its next word, or None for no number."""
    if word in _UNITS or word in _TENS:
        value = _UNITS.get(word, 0) + _TENS.get(word, 0)
        return _joined(current, value, spoken=spoken)
    if word in _TIMES:
        return (current or 1) * _TIMES[word]
    return current + _PLUS[word] if word in _PLUS else None


def _joined(current: float, value: int, *, spoken: bool) -> float | None:
    """Return a number with the next word of it: 40 and 5, 100 and 40, 11 and 50."""
    tens = current % 100
    if tens == 0 or (tens >= 20 and tens % 10 == 0 and 0 < value < 10):
        return current + value
    return current * 100 + value if spoken and current < 100 and value > 9 else None


def one_zh(text: str) -> float | None:
    """Return the value of one Chinese number, or None.

    Example:
        >>> one_zh("三百二十"), one_zh("兩萬"), one_zh("1.5萬"), one_zh("二〇一八")
        (320.0, 20000.0, 15000.0, 2018.0)
    """
    digits = re.match(r"\d[\d,]*(?:\.\d+)?", text)
    if digits:
        value = float(digits.group().replace(",", ""))
        for mark in text[digits.end() :]:
            value *= {**_ZH_SCALE, **_ZH_BIG}[mark]
        return value
    if len(text) >= 3 and all(mark in _ZH_DIGIT for mark in text):
        return float("".join(str(_ZH_DIGIT[mark]) for mark in text))
    total, section, digit, last = 0.0, 0.0, 0.0, 1.0
    for mark in text:
        if mark in _ZH_DIGIT:
            digit = _ZH_DIGIT[mark]
            last = 1.0 if mark in "零〇" else last
        elif mark in _ZH_SCALE:
            section += (digit or 1) * _ZH_SCALE[mark]
            digit, last = 0.0, float(_ZH_SCALE[mark])
        else:
            total += (section + digit or 1) * _ZH_BIG[mark]
            section, digit, last = 0.0, 0.0, float(_ZH_BIG[mark])
    # 三百二 is 320: a digit that ends the number belongs to the next lower place.
    return total + section + digit * (last / 10 if last >= 100 else 1)


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
