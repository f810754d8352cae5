"""Why people left or do not fit, in their own words, and what would bring them back.

Read by plain words in English and Chinese, and by what they had just been asked; no
sentence is written here, only chosen.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from icp_synth.domain.insights import Insight
from icp_synth.domain.mentions import aliases, named_last, names_another, names_any
from icp_synth.stages.draft.asked_why import asked_why

_REFUSALS = frozenset({"objection", "dislike"})
_TROUBLES = frozenset({"problem", "obstacle", "workaround", "fear"})
_FIRST = 4
"""What a word of leaving, or an answer to why they left, is worth beside intensity."""

_LEAVING = re.compile(
    r"\b(?:cancel(?:l?ed|l?ing|lation|s)?|unsubscrib\w+|quit|churn\w*"
    r"|switch(?:ed|ing)?|(?:we|i|they|he|she)(?:['’]ve| have| had)? left"
    r"|(?:we|i|they|he|she)['’]d? leave|leav(?:e|es|ing) (?:it|you|the product)"
    r"|went back to|gave (?:it|this|that) up|dropped (?:it|the)"
    r"|stopped (?:using|paying)|(?:not|n['’]t|never) renew\w*|got rid of)\b"
    r"|取消|退訂|退订|解約|解约|停用|不續|不续|不再用|不用了|換成|换成|改用|離開|离开",
    re.IGNORECASE,
)
_TIME_OF_IT = re.compile(
    r"\b(?:when|after|before|since|until|by the time) (?:we|i|they|he|she|you)"
    r"(?:['’]ve| have| had)? (?:left|quit|cancell?ed|switched)\b"
    r"|(?:離開|离开|取消|退訂|退订|解約|解约|停用)(?:的時候|的时候|之前|以前|之後|之后|以後|以后)",
    re.IGNORECASE,
)
"""It tells when something was, not why they left."""
_OFFER = re.compile(
    r"\b(?:apps?|program(?:me)?s?|software|tools?|product|system|subscription"
    r"|subscrib\w+|licen[cs]es?|seats?|pric(?:e|es|ed|ing)|pay(?:s|ing)?|paid"
    r"|costs?|costly|expensive|fees?|contract|trial|set-?up|onboarding|support"
    r"|features?|updates?|vendor|supplier|provider)\b"
    r"|價格|价格|費用|费用|收費|收费|太貴|太贵|軟體|软件|系統|系统|程式|程序|產品|产品"
    r"|訂閱|订阅|合約|合约|功能|客服",
    re.IGNORECASE,
)
_ASKED_START = re.compile(
    r"\b(?:brought|led) you (?:to|here)|\b(?:made|got) you (?:start|get|buy|try|look"
    r"|choose|sign|onto|into)\b|\bin the first place\b"
    r"|\bhow did you (?:come|get|find|hear|start)\b|\bhop(?:e|ed|ing) for\b"
    r"|一開始|一开始|當初|当初|怎麼會?(?:開始|知道|找到)|怎么会?(?:开始|知道|找到)",
    re.IGNORECASE,
)
"""What is told in answer is why they came, whatever it says of money."""
_PAY_MORE = re.compile(
    r"\b(?:i|we|they|he|she)(?:['’]d| would)"
    r"(?: (?!never\b|not\b|hardly\b|scarcely\b|barely\b|rather\b)\w+)? (?:have )?"
    r"(?:paid|pay|given?|gave) (?:(?!no\b|not\b|nothing\b|never\b)\w+ )?"
    r"(?:more|extra|twice|double)\b"
    r"|(?<!not )(?<!never )(?<!hardly )(?<!n't )(?<!n’t )\bglad(?:ly)? (?:to )?pay\b"
    r"|(?<![不没沒未誰谁])(?<![不没沒未][太會会想再很大能有])"
    r"(?:願意|愿意|情願|情愿|可以)(?:再)?(?:多付|付更多|多出|加錢|加钱)",
    re.IGNORECASE,
)
"""What they would have paid is no reason to go; what they would not have, is one."""
_ASKED_BACK = re.compile(
    r"\b(?:com(?:e|ing) back|bring (?:you|them) back|win (?:you|them) back|return"
    r"|have (?:kept|made) (?:you|them)|(?:need|have) to (?:change|happen))\b"
    r"|回來|回来|回頭|回头|才會再|才会再|留住|留下來|留下来",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:if|unless|once|as soon as|provided|until|only when|in order to)\b"
    r"|如果|要是|假如|若是|只要|除非|等到|等你們|等你们",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:(?:come|came|be|go|am|['’]m) back|return\w*|again|re-?join\w*"
    r"|re-?subscrib\w+|renew\w*|reconsider\w*|right customer|sign up|buy it|take it"
    r"|would fit|would (?:have )?stay(?:ed)?|['’]d (?:have )?stay(?:ed)?)\b"
    r"|回來|回来|回頭|回头|再用|再買|再买|再簽|再签|再考慮|再考虑|續約|续约|續訂|续订",
    re.IGNORECASE,
)

_POINTS = re.compile(
    r"\b(?:do|does|did|change|fix|had|have|get|make|solve)\s+(?:all\s+)?(?:of\s+)?"
    r"(?:these|those|that|this|them|it|so)\b(?:\s+(?:two|three|four|five|things?|all))*"
    r"(?=\s*(?:[,.;!?]|then\b|and\b|i\b|we\b|$))"
    r"|(?:做到|改好|弄好|做好)(?:這|这|那|它)[幾几些兩三四个個點点]*",
    re.IGNORECASE,
)
"""A condition that only points to what was said elsewhere: "if they do these three"."""

_SENTENCE = re.compile(r"[^.!?。！？\n]+")
_QUESTION = re.compile(r"[^.!?。！？\n]+[?？]")


class About(NamedTuple):
    """What is needed to tell what somebody speaks of.

    Attributes:
        product: Its name; may be empty.
        rivals: As the brief names them.
        asked: Insight → the words of the interviewer just before it was said, of its
            first quote.
        answers: Insight → the whole answer in which its first quote was said.
        asked_again: Insight → those words before its other quotes, where it has some
            that stand in other answers.
    """

    product: str = ""
    rivals: tuple[str, ...] = ()
    asked: Mapping[str, str] = {}
    answers: Mapping[str, str] = {}
    asked_again: Mapping[str, tuple[str, ...]] = {}

    def question(self, insight: Insight) -> str:
        """Return the questions just before; empty where none is known."""
        return "\n".join(_QUESTION.findall(self.asked.get(insight.id, "")))

    def questions(self, insight: Insight) -> tuple[str, ...]:
        """Return the questions before any of its quotes: one may be said twice."""
        before = (self.asked.get(insight.id, ""), *self.asked_again.get(insight.id, ()))
        return tuple(one for words in before for one in _QUESTION.findall(words))

    def until(self, insight: Insight) -> str:
        """Return question and answer up to the end of what was said, as known."""
        answer, first = self.answers.get(insight.id, ""), insight.quotes[0].text
        before, found, _ = answer.partition(first)
        said = before + found if found else first
        return "\n".join((self.asked.get(insight.id, ""), said))

    def of_other(self, insight: Insight) -> bool:
        """Tell whether it is of a rival or of another product, not of ours.

        It says so itself, or a rival was the last that was named before.
        """
        if self.names_us(insight):
            return False
        if self.names_a_rival(insight) or names_another(words_of(insight)):
            return True
        brands = [row for row in map(aliases, self.rivals) if len(row) == 1]
        theirs = [name for row in brands for name in row]
        return named_last(self.until(insight), [self.product], theirs) == "theirs"

    def names_us(self, insight: Insight) -> bool:
        """Tell whether the product is named."""
        return bool(self.product) and names_any(words_of(insight), [self.product])

    def names_a_rival(self, insight: Insight) -> bool:
        """Tell whether a rival is named, by the rule of `domain.mentions`."""
        said = words_of(insight)
        return any(names_any(said, aliases(name)) for name in self.rivals)

    def of_a_rival(self, insight: Insight) -> bool:
        """Tell whether a rival is named and the product is not."""
        return self.names_a_rival(insight) and not self.names_us(insight)


def words_of(insight: Insight) -> str:
    """Return statement, value and quotes as one text."""
    quotes = (quote.text for quote in insight.quotes)
    return "\n".join((insight.statement, insight.value or "", *quotes))


def speaks_of_the_offer(insight: Insight, about: About) -> bool:
    """Tell whether what is said is about the product, its price or its supplier."""
    if about.of_a_rival(insight):
        return False
    return about.names_us(insight) or bool(_OFFER.search(words_of(insight)))


def in_turn(ranked: Iterable[Insight], most: int) -> tuple[Insight, ...]:
    """Return the best of everybody, then everybody's second best, and so on.

    Args:
        ranked: Best first.
        most: How many are kept.
    """
    by_person: dict[str, list[Insight]] = defaultdict(list)
    for one in ranked:
        by_person[one.participant].append(one)
    rounds = max(map(len, by_person.values()), default=0)
    rows = [
        said[at]
        for at in range(rounds)
        for said in by_person.values()
        if at < len(said)
    ]
    return tuple(rows[:most])


def reasons_of(
    insights: Iterable[Insight], about: About, *, most: int
) -> tuple[Insight, ...]:
    """Return what these people say of why they left or do not fit, most telling first.

    Objections, what they dislike, problems and triggers that have to do with the
    product: they name it or speak of what is sold, of leaving, or were asked about
    that. What they say of a rival is none, unless they left for it; nor is the
    trigger that once made them start.

    Args:
        insights: Of these people.
        about: Names, and what they had been asked.
        most: How many are returned, people in turn.
    """
    weighed = [(_weight(one, about), one) for one in insights]
    held = [(weight, one) for weight, one in weighed if weight is not None]
    held.sort(key=lambda pair: (-pair[0], *place(pair[1])))
    return in_turn((one for _, one in held), most)


def _weight(insight: Insight, about: About) -> int | None:
    """Return how telling an insight is as a reason; None where it is none.

    The words themselves have to tell it: that a reader's statement speaks of leaving
    is too little where the quotes speak neither of that nor of what is sold.
    """
    leaving = bool(_LEAVING.search(_TIME_OF_IT.sub(" ", words_of(insight))))
    asked = asked_why(about.questions(insight))
    said = "\n".join(quote.text for quote in insight.quotes)
    left = bool(_LEAVING.search(_TIME_OF_IT.sub(" ", said)))
    category = insight.category
    if _PAY_MORE.search(said) and not left:
        return None
    if about.of_a_rival(insight) and not leaving:
        return None
    if not (leaving or asked) and _ASKED_START.search(about.question(insight)):
        return None
    ours = leaving or asked or speaks_of_the_offer(insight, about)
    if category == "trigger":
        told = bool(_LEAVING.search(said) or _OFFER.search(said))
        counts = leaving and (told or asked or about.names_a_rival(insight))
    elif category in _REFUSALS | _TROUBLES:
        counts = category == "objection" or ours
    else:
        counts = leaving and insight.kind == "trait" and insight.attribute is None
    if not counts:
        return None
    first = _FIRST * leaving + _FIRST * asked + 2 * (category in _REFUSALS)
    return first + (insight.intensity or 1) + about.names_us(insight)


def conditions_of(
    insights: Iterable[Insight], about: About, *, most: int
) -> tuple[Insight, ...]:
    """Return what these people say would bring them back.

    First what they put as a condition ("if they do these three I come back"), then
    what they want in answer to being asked about coming back. A condition that only
    points ("if they do these three") stands where they name nothing that it could be.

    Args:
        insights: Of these people.
        about: Names, and what they had been asked.
        most: How many are returned, people in turn.
    """
    ranked = []
    pointing: list[tuple[int, str, int, str, Insight]] = []
    for one in insights:
        quotes = [quote.text for quote in one.quotes]
        condition = any(
            _CONDITION.search(sentence) and _BACK.search(sentence)
            for sentence in _SENTENCE.findall(words_of(one))
        )
        if condition and any(_POINTS.search(quote) for quote in quotes):
            pointing.append((-(one.intensity or 1), *place(one), one))
            continue
        wanted = one.category in {"goal", "budget_price", "obstacle"} and any(
            _ASKED_BACK.search(asked) for asked in about.questions(one)
        )
        if (condition or wanted) and not about.of_a_rival(one):
            ranked.append((not condition, -(one.intensity or 1), *place(one), one))
    ranked.sort(key=lambda row: row[:-1])
    told = {row[-1].participant for row in ranked}
    alone = [row[-1] for row in sorted(pointing) if row[-1].participant not in told]
    return in_turn((*(row[-1] for row in ranked), *alone), most)


def place(insight: Insight) -> tuple[str, int, str]:
    """Return where an insight stands in the sources, to sort by."""
    return insight.transcript, insight.quotes[0].start, insight.id
