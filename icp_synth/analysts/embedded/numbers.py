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
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 10**9}
_WORD = "|".join(
    sorted({*_UNITS, *_TENS, *_SCALES, "dozen", "couple", "half"}, key=len)[::-1]
)
_SPELLED = (
    rf"(?:a |an |one )?(?:{_WORD})(?:(?: and |[ -])(?:{_WORD}))*(?: of)?(?: thousand)?"
)
_DIGITS = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?:\s?(?:million|billion))?"
    r"|\d+(?:\.\d+)?(?:\s?(?:k|m|million|billion|thousand|hundred)\b)?"
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


def one_en(text: str) -> float | None:
    """Return the value of one English number in lower case, or None.

    Example:
        >>> one_en("two hundred and fifty"), one_en("1,200"), one_en("3k")
        (250.0, 1200.0, 3000.0)
    """
    text = text.strip()
    digits = re.match(r"\d[\d,]*(?:\.\d+)?", text)
    if digits:
        value = float(digits.group().replace(",", ""))
        rest = text[digits.end() :].strip()
        scale = {"k": 1000, "m": 1_000_000, **_SCALES}.get(rest, 1)
        return value * scale
    total, current, seen = 0.0, 0.0, False
    for word in re.split(r"[\s-]+", text):
        if word in {"and", "of", "a", "an"}:
            continue
        seen = True
        if word in _UNITS or word in _TENS:
            current += _UNITS.get(word, 0) + _TENS.get(word, 0)
        elif word == "couple":
            current += 2
        elif word == "half":
            current += 0.5
        elif word == "dozen":
            current = max(current, 1) * 12
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in _SCALES:
            total += max(current, 1) * _SCALES[word]
            current = 0
        else:
            return None
    return total + current if seen else None


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


def quantity_en(text: str) -> Quantity | None:
    """Return the range that an English phrase names, or None.

    Example:
        >>> quantity_en("between 40 and 50"), quantity_en("over 200")
        (Quantity(low=40.0, high=50.0), Quantity(low=200.0, high=None))
    """
    text = text.lower()
    found = [match.group() for match in _ONE_EN.finditer(text)]
    values = [value for one in found if (value := one_en(one)) is not None]
    if not values:
        return None
    if len(values) == 1:
        if re.search(_OVER, text) or text.rstrip().endswith(("plus", "+")):
            return Quantity(values[0], None)
        if re.search(_UNDER, text):
            return Quantity(None, values[0])
        return Quantity(values[0], values[0])
    low, high = values[0], values[1]
    scale = 1000 if re.search(r"\dk|thousand", found[1]) else 1
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
