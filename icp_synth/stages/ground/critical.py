"""What a changed word changes: a number or unit, a negation, or something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from icp_synth.domain.numerals import NO_NUMBER, NUMBER_WORDS, NUMERAL

Change = Literal["altered_number", "altered_negation", "altered_words"]


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_UNITS = _listed(
    """
    second seconds sec secs minute minutes min mins hour hours hr hrs hourly day days
    daily week weeks weekly fortnight fortnights month months monthly quarter
    quarterly year years yearly annual annually yr yrs decade decades century
    centuries percent percentage dollar dollars cent cents euro euros pound pounds
    buck bucks quid yen yuan rmb usd eur gbp twd ntd jpy cny kilometer kilometers
    kilometre kilometres km mile miles meter meters metre metres cm mm inch inches
    feet gram grams kilo kilos kg ton tons tonne tonnes lb lbs kb mb gb tb degree
    degrees pm
    """
)
_NEGATIONS = _listed(
    """
    not no none nobody nothing nowhere neither nor never without hardly barely
    scarcely seldom rarely cannot nope nah unable dont doesnt didnt cant wont isnt
    arent wasnt werent wouldnt couldnt shouldnt havent hasnt hadnt aint
    """
)
_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non")

_CJK_NUMBER = re.compile(
    rf"""
      {NUMERAL}+ | 雙倍 | 双倍 | 加倍 | 翻倍
    | 小時 | 小时 | 鐘頭 | 钟头 | 分鐘 | 分钟 | 秒鐘 | 秒钟 | 星期 | 禮拜 | 礼拜
    | 個月 | 个月 | 公里 | 公尺 | 公斤 | 公分 | 美元 | 美金 | 歐元 | 欧元 | 日圓 | 日元
    | 台幣 | 臺幣 | 台币 | 新臺幣 | 人民幣 | 人民币
    | (?:(?<={NUMERAL})|(?<=[0-9每幾几整]))
      [天日週周月季年歲岁秒分元塊块毛角斤米度倍成折趴]
    """,
    re.VERBOSE,
)
_NO_NUMBER = re.compile(NO_NUMBER)
_CJK_NEGATION = re.compile("[不沒没無无別别未非勿否莫甭毋]")
_NO_NEGATION = re.compile(
    "特別|特别|區別|区别|個別|个别|分別|分别|級別|级别|性別|性别|類別|类别|別人|别人|別的"
    "|别的|識別|识别|告別|告别|非常|非洲|未來|未来|否則|否则|是否|不過|不过|不但|不僅|不仅"
    "|不管|不論|不论|無論|无论|不斷|不断"
)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: a folded text, and its tokens that differ.

    Attributes:
        text: The quote, or the stretch of the source with what surrounds it.
        changed: Half-open stretches of `text`, one a token that is not aligned.
    """

    text: str
    changed: tuple[tuple[int, int], ...]

    def words(self) -> Iterator[str]:
        """Yield the tokens that differ."""
        for start, end in self.changed:
            yield self.text[start:end].removesuffix("'s")


def judge(quote: Side, source: Side) -> Change:
    """Say what the difference of a quote and its source holds.

    Numbers and units come before negations, these before everything else.
    """
    sides = (quote, source)
    if any(_holds_number(side) for side in sides):
        return "altered_number"
    if any(_holds_negation(side) for side in sides) or _prefixed(quote, source):
        return "altered_negation"
    return "altered_words"


def _holds_number(side: Side) -> bool:
    for word in side.words():
        figure = any(character.isdecimal() for character in word)
        if figure or word in NUMBER_WORDS or word in _UNITS:
            return True
    return _touches(side, _CJK_NUMBER, _NO_NUMBER)


def _holds_negation(side: Side) -> bool:
    for word in side.words():
        if word in _NEGATIONS or word.endswith("n't"):
            return True
    return _touches(side, _CJK_NEGATION, _NO_NEGATION)


def _prefixed(quote: Side, source: Side) -> bool:
    """Tell whether a word became its opposite: "usable" and "unusable"."""
    ours, theirs = set(quote.words()), set(source.words())
    return any(
        prefix + word in theirs or (word in theirs and prefix + word in ours)
        for word in ours | theirs
        for prefix in _PREFIXES
        if len(word) > 2 and (word in ours or prefix + word in ours)
    )


def _touches(side: Side, terms: re.Pattern[str], idioms: re.Pattern[str]) -> bool:
    """Tell whether a changed character belongs to a term.

    A word that only looks like one (非常, 一直) does not count when it changed as a
    whole; where only its telling character changed, it does.
    """
    changed = {at for start, end in side.changed for at in range(start, end)}
    excused = {
        at
        for match in idioms.finditer(side.text)
        if changed.issuperset(range(*match.span()))
        for at in range(*match.span())
    }
    return any(
        at in changed and at not in excused
        for match in terms.finditer(side.text)
        for at in range(*match.span())
    )
