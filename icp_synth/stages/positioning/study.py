"""What this step looks at, and when a statement is about the product."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from icp_synth.domain.brief import Brief
from icp_synth.domain.insights import Insight
from icp_synth.domain.likeness import Judge, Likeness, nobody_judges
from icp_synth.domain.mentions import aliases, names_any
from icp_synth.domain.transcripts import Transcript

PRAISE = frozenset({"like", "reason_to_stay", "advocacy", "desired_gain"})
COMPLAINT = frozenset(
    {"dislike", "objection", "problem", "obstacle", "workaround", "fear"}
)


SPEAKS_OF_IT = frozenset(
    {
        *(PRAISE | COMPLAINT),
        *("goal", "trigger", "brand_affinity", "purchase_pattern"),
        *("budget_price", "channel", "behaviour", "psychographic"),
    }
)
"""Of what people say, that which can be about a differentiator: not who they are."""


def is_tenure(insight: Insight) -> bool:
    """Tell whether it merely says for how long they have been with us."""
    return insight.attribute == "tenure"


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

    def near_to(self, sentences: Sequence[str]) -> dict[str, list[str]]:
        """Return sentence → ids of the insights that are near, best first."""
        ids = [one.id for one in self.ordered()]
        if not sentences or not ids:
            return {sentence: [] for sentence in sentences}
        texts = [self.insights[one].statement for one in ids]
        rows = self.likeness(list(sentences), texts)
        return {
            sentence: [
                one
                for cosine, one in sorted(
                    zip(row, ids, strict=True), key=lambda pair: (-pair[0], pair[1])
                )
                if cosine >= self.near
            ]
            for sentence, row in zip(sentences, rows, strict=True)
        }

    def names_product(self, insight: Insight) -> bool:
        """Tell whether it names the product."""
        return names_any(words_of(insight), (self.brief.product,))

    def names_rival(self, insight: Insight) -> bool:
        """Tell whether it names any of the rivals."""
        names = [name for rival in self.brief.rivals for name in aliases(rival)]
        return names_any(words_of(insight), names)


def words_of(insight: Insight) -> str:
    """Return all words of an insight, to look for names in."""
    quotes = (quote.text for quote in insight.quotes)
    return " · ".join([insight.statement, insight.value or "", *quotes])
