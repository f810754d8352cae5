"""What one person each answers to a question, where hardly two share an answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from icp_synth.domain.insights import Insight
from icp_synth.stages.questions.asks import Asks, Told

_ENOUGH = 0.5
"""Share of those who answer who stand behind shared answers: then these will do."""


def one_each(
    group: Asks,
    insights: Iterable[Insight],
    told: Mapping[str, Told],
    *,
    counted: Collection[str],
) -> tuple[Insight, ...]:
    """Return an answer of each person whom no shared answer counts.

    Of one who says both what they had and what made them start, both; the first of
    each in their interview, what stands in a field of the question before the rest.

    Args:
        group: What is asked for.
        insights: Of the whole study.
        told: By insight.
        counted: Who carries a claim or theme that is shown.

    Returns:
        By place in the source; empty where shared answers count half of all.
    """
    found: dict[str, dict[str, Insight]] = defaultdict(dict)
    for one in sorted(insights, key=lambda each: _rank(group, each)):
        if _answers(group, one, told.get(one.id, Told())):
            said = found[one.participant]
            if one.statement_origin == "written" or not said:
                said.setdefault(one.kind, one)
    if len(found.keys() & set(counted)) >= _ENOUGH * len(found):
        return ()
    alone = (
        one for name in found.keys() - set(counted) for one in found[name].values()
    )
    return tuple(sorted(alone, key=_place))


def _within(group: Asks, insight: Insight) -> bool:
    return bool(
        group.fields & {insight.attribute, f"{insight.kind}/{insight.category}"}
    )


def _answers(group: Asks, insight: Insight, told: Told) -> bool:
    """Tell whether an insight answers; of words alone, a field has to be stated."""
    if group.tells is not None:
        return group.tells(insight, told)
    sure = insight.statement_origin == "written" or insight.attribute in group.fields
    return sure and _within(group, insight)


def _rank(group: Asks, insight: Insight) -> tuple[bool, str, int, str]:
    return not _within(group, insight), *_place(insight)


def _place(insight: Insight) -> tuple[str, int, str]:
    return insight.transcript, insight.quotes[0].start, insight.id
