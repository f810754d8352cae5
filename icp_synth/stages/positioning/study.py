"""What this step looks at, and when a statement is about the product."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from icp_synth.domain.brief import Brief
from icp_synth.domain.challenges import Stance
from icp_synth.domain.insights import Insight
from icp_synth.domain.likeness import Judge, Likeness, nobody_judges
from icp_synth.domain.mentions import (
    aliases,
    named_last,
    names_another,
    names_any,
    spellings,
)
from icp_synth.domain.transcripts import Transcript

PRAISE = frozenset({"like", "reason_to_stay", "advocacy", "desired_gain"})
COMPLAINT = frozenset(
    {"dislike", "objection", "problem", "obstacle", "workaround", "fear"}
)


JUDGES_IT = PRAISE | {"dislike", "objection"}
"""Categories in which a product is praised or run down. A price that somebody names
or a telephone that rings is told in others, and says nothing of what sets us apart."""

AGAINST = frozenset({"dislike", "objection"})

WAYS = frozenset({"trigger", "purchase_pattern", "behaviour"})
"""Categories in which people tell how they came to it and use it: the free month that
somebody tried speaks of a differentiator without praising it."""

_THE_PRODUCT = re.compile(
    r"\b(?:the|this|your|our|that) "
    r"(?:app|product|system|software|tool|program|platform)\b"
    r"|(?:這|这|那)(?:個|套|个)?(?:系統|系统|軟體|软件|產品|产品|工具)|系統|系统|[Aa]pp"
)
_WISH = re.compile(
    r"\b(?:wants?|wanted|wish(?:es)?|hopes?|would (?:like|love)|looks? for|looking for"
    r"|dreams? of|needs?)\b|希望|想要|盼|期待",
    re.IGNORECASE,
)


def is_tenure(insight: Insight) -> bool:
    """Tell whether it merely says for how long they have been with us."""
    return insight.attribute == "tenure"


def is_wish(insight: Insight) -> bool:
    """Tell whether it is wished for, and not had.

    Example: "希望出門前就知道" is sought; "He is paid in six days" is gained.
    """
    return _WISH.search(insight.statement) is not None


Alike = Mapping[tuple[str, str], float]
"""(text, insight id) → cosine."""


@dataclass(frozen=True)
class Told:
    """Everything that positioning is read from.

    Attributes:
        brief: Product, rivals, differentiators, value proposition.
        people: Everybody who was interviewed.
        insights: By id.
        likeness: Of texts.
        near: The least cosine from which two texts are about the same thing.
        transcripts: To find rivals that no insight mentions; may be empty.
        stayed: Whose reasons count as reasons to stay: all who have not left. None
            is everybody.
        judge: Says whether a statement supports or contradicts a sentence.
    """

    brief: Brief
    people: Collection[str]
    insights: Mapping[str, Insight]
    likeness: Likeness
    near: float
    transcripts: Sequence[Transcript] = ()
    stayed: Collection[str] | None = None
    judge: Judge = nobody_judges

    def ordered(self) -> list[Insight]:
        """Return the insights by place in the source."""
        return sorted(
            self.insights.values(),
            key=lambda one: (one.transcript, one.quotes[0].start, one.id),
        )

    def counted(self) -> frozenset[str]:
        """Return the people whose reasons to stay are looked at."""
        everybody = frozenset(self.people)
        return everybody if self.stayed is None else everybody & frozenset(self.stayed)

    def may_have_left(self, name: str) -> bool:
        """Tell whether somebody may have left us: nobody is known to have, or they."""
        counted = self.counted()
        return name not in counted or counted == frozenset(self.people)

    def stance(self, sentence: str, insight: Insight) -> Stance:
        """Return what the judge says of a sentence by somebody's words.

        Each wording is judged by itself; what contradicts in one of them contradicts.
        """
        quotes = (quote.text for quote in insight.quotes)
        wordings = list(dict.fromkeys((insight.statement, *quotes)))
        found = set(self.judge(sentence, wordings))
        order: tuple[Stance, ...] = ("contradicts", "supports", "unjudged")
        return next((one for one in order if one in found), "silent")

    def alike(self, texts: Sequence[str], insights: Sequence[Insight]) -> Alike:
        """Return how alike texts are to insights, by statement or best quote."""
        wordings = [
            tuple(dict.fromkeys((one.statement, *(q.text for q in one.quotes))))
            for one in insights
        ]
        every = list(dict.fromkeys(text for own in wordings for text in own))
        rows = self.likeness(list(texts), every) if texts and every else []
        found: dict[tuple[str, str], float] = {}
        for text, row in zip(texts, rows, strict=False):
            by_wording = dict(zip(every, row, strict=True))
            for one, own in zip(insights, wordings, strict=True):
                found[text, one.id] = max(by_wording[word] for word in own)
        return found

    def of_product(self, insight: Insight) -> bool:
        """Tell whether it praises or runs down our product, and nothing else.

        In an interview about the product that is what praise and complaints are
        about, unless they name a rival, another product, or what was before it. What
        is held against something is against what was named last, if not here then
        before in the same answer or in its question.
        """
        if insight.category not in JUDGES_IT or is_tenure(insight):
            return False
        if self.names_product(insight):
            return True
        against = insight.category in AGAINST
        other = self.names_other(insight) or (against and self.of_other(insight))
        return not other

    def of_other(self, insight: Insight) -> bool:
        """Tell whether a rival was named last before something was said."""
        brands = [row for row in map(aliases, self.brief.rivals) if len(row) == 1]
        said = self.until(insight)
        ours = (self.brief.product,)
        return named_last(said, ours, [name for row in brands for name in row]) == (
            "theirs"
        )

    def names_other(self, insight: Insight) -> bool:
        """Tell whether it names a rival, or another product without its name."""
        words = words_of(insight)
        return self.names_rival(insight) or names_another(words)

    def names_product(self, insight: Insight) -> bool:
        """Tell whether it names the product."""
        return names_any(words_of(insight), (self.brief.product,))

    def asked(self, insight: Insight) -> str:
        """Return what the interviewer said just before; empty where unknown."""
        return self.until(insight).partition("\0")[0]

    def until(self, insight: Insight) -> str:
        """Return the question, NUL, and the answer to the end of the first quote."""
        spoken = insight.quotes[0]
        for transcript in self.transcripts:
            if transcript.id != insight.transcript:
                continue
            asked = ""
            for turn in transcript.turns:
                if turn.index == spoken.turn:
                    said = transcript.text[turn.start : spoken.end]
                    return f"{asked}\0{said}"
                whole = turn.span.of(transcript.text)
                asked = whole if turn.speaks == "interviewer" else ""
        return ""

    def answer(self, insight: Insight) -> str:
        """Return the whole answer in which something was said; empty where unknown."""
        spoken = insight.quotes[0].turn
        return next(
            (
                turn.span.of(transcript.text)
                for transcript in self.transcripts
                if transcript.id == insight.transcript
                for turn in transcript.turns
                if turn.index == spoken
            ),
            "",
        )

    def refers_to_product(self, insight: Insight) -> bool:
        """Tell whether it names the product, or speaks of "the app"."""
        words = words_of(insight)
        return self.names_product(insight) or _THE_PRODUCT.search(words) is not None

    def names_rival(self, insight: Insight) -> bool:
        """Tell whether it names any of the rivals."""
        names = [
            spelling
            for rival in self.brief.rivals
            for name in aliases(rival)
            for spelling in spellings(name)
        ]
        return names_any(words_of(insight), names)


def words_of(insight: Insight) -> str:
    """Return all words of an insight, to look for names in."""
    quotes = (quote.text for quote in insight.quotes)
    return " · ".join([insight.statement, insight.value or "", *quotes])
