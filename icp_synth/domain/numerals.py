"""Numbers as people say them: in digits, in English words, in Chinese numerals."""

from __future__ import annotations

import re

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

_ZH_DIGIT = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    "兩": 2,
    "〇": 0,
}
_ZH_SCALE = {"十": 10, "百": 100, "千": 1000}
_ZH_BIG = {"萬": 10_000, "億": 100_000_000}
ONE_ZH = r"(?:\d[\d,]*(?:\.\d+)?[百千萬億]*|[零〇一二兩三四五六七八九十百千萬億]+)"
"""One Chinese number, as a regex."""


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


_OTHER_WORDS = """
    dozen dozens half halves hundreds thousands millions billions trillion trillions
    double triple quadruple once twice thrice first second third fourth fifth sixth
    seventh eighth ninth tenth thirds quarters tenths ones twos tens
"""
NUMBER_WORDS = frozenset(
    {*_UNITS, *_TENS, *(set(_SCALES) - {"grand"}), *_OTHER_WORDS.split()}
)
"""English words that tell a number, an order or a multiple."""

NUMERAL = "[〇零一二三四五六七八九十百千萬万億亿兩两倆俩仨廿卅半]"
"""A Chinese numeral, as a regex class."""

NO_NUMBER = (
    "一直|一樣|一样|一下|一些|一般|一起|一定|一旦|一邊|一边|一面|一致|一切|一向|一點|一点"
    "|萬一|万一|統一|统一|唯一|十分|百貨|百货|千禧|百度|三明治|四處|四处|進一步|进一步"
)
"""Words that hold a numeral and tell no number, as a regex."""

_SINGLE_EN = re.compile(ONE_EN)
_SINGLE_ZH = re.compile(ONE_ZH)
_IDIOM_ZH = re.compile(f"{NO_NUMBER}|百分之|千萬(?=別|不|要)|第{NUMERAL}+")
_MEASURED = re.compile(
    "[個天年週月季次人家小時分秒成倍元塊萬千百日號歲間台部輛趟點樓張件份種名位條封通筆組層%％]"
)
_SCALES_ZH = "".join([*_ZH_SCALE, *_ZH_BIG])
_ONE_EN_WORD = re.compile(r"\b(?:an?|one)\b")


def stated_values(text: str) -> frozenset[float]:
    """Return the numbers that a sentence states, whichever way they are written.

    "One" and 一 are none by themselves, since they are said of anything, nor is a
    lonely Chinese numeral that counts nothing, nor an order (第二).

    Args:
        text: Chinese in Traditional characters.

    Example:
        >>> sorted(stated_values("Three hundred of them lose 1.5 hours"))
        [1.5, 300.0]
        >>> sorted(stated_values("他們每週花十五個小時"))
        [15.0]
    """
    found: set[float] = set()
    for match in _SINGLE_EN.finditer(text.lower()):
        value = _read_en(match.group())
        if value is not None and match.group().strip() not in {"one", "a", "an"}:
            found.add(value)
    bare = _IDIOM_ZH.sub(" ", text)
    for match in _SINGLE_ZH.finditer(bare):
        run = match.group()
        if run[0].isdigit():
            if run[-1] in _SCALES_ZH:
                # 1.5萬: the English reading has seen the digits alone.
                found -= _value_zh(run.rstrip(_SCALES_ZH))
                found |= _value_zh(run)
        elif len(run) > 1 or (run != "一" and _MEASURED.match(bare, match.end())):
            found |= _runs(run)
    return frozenset(found)


def values_in(text: str) -> frozenset[float]:
    """Return every number that a text can be read to hold, generously.

    What `stated_values` leaves out is in it: "an hour" is one hour, "two fifty" is 2,
    50 and 250, "twice" is 2.

    Args:
        text: Chinese in Traditional characters.

    Example:
        >>> sorted(values_in("two fifty a month, or an hour"))
        [1.0, 2.0, 50.0, 250.0]
    """
    lowered = text.lower()
    found = set(stated_values(text))
    for match in _SINGLE_EN.finditer(lowered):
        said = match.group()
        parts = re.split(r"[\s-]+", said) if one_en(said) is None else [said]
        found |= {value for part in parts if (value := _read_en(part)) is not None}
    for match in _SINGLE_ZH.finditer(_IDIOM_ZH.sub(" ", text)):
        run = match.group()
        found |= _value_zh(run) if run[0].isdigit() else _runs(run)
    found |= {1.0} if _ONE_EN_WORD.search(lowered) or "一" in text else set()
    found |= {2.0} if re.search(r"\b(?:twice|double|second)\b|第二", lowered) else set()
    return frozenset(found)


def _read_en(text: str) -> float | None:
    value = one_en(text)
    return one_en(text, spoken=True) if value is None else value


def _value_zh(run: str) -> set[float]:
    value = one_zh(run.rstrip(",."))
    return set() if value is None else {value}


def _runs(run: str) -> set[float]:
    """Return what Chinese numerals say; 兩三 is two or three."""
    if len(run) == 2 and all(mark in _ZH_DIGIT for mark in run):
        return {float(_ZH_DIGIT[mark]) for mark in run}
    return _value_zh(run)
