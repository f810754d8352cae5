"""Who speaks of which differentiator of the product, and of which rival beside it."""

from __future__ import annotations

from collections.abc import Iterable

from icp_synth.domain.insights import Insight
from icp_synth.domain.mentions import names_any
from icp_synth.domain.positioning import (
    DifferentiatorRow,
    DifferentiatorTable,
    RivalRow,
)
from icp_synth.stages.positioning.matters import matters_of
from icp_synth.stages.positioning.rivals import by_category, mentions, rival_rows
from icp_synth.stages.positioning.shared import (
    enough,
    heads_of,
    in_common,
    keys_of,
    terms,
)
from icp_synth.stages.positioning.study import (
    AGAINST,
    JUDGES_IT,
    WAYS,
    Told,
    is_tenure,
    words_of,
)

_WITHOUT_HEAD = 3
"""Things in common from which what is worded alike need not name the head."""


def differentiator_table(told: Told) -> DifferentiatorTable:
    """Return the brief's rivals and differentiators with who speaks of them.

    A statement is about a differentiator when it praises or runs down our product, or
    tells how somebody came to it or uses it, and names two of the things that this
    names, or a rare one, and among them what it is about: who has fewer telephone
    calls from customers says nothing of support by telephone. Of trial, price, term and
    set-up it is enough to speak of the matter (`matters`), in whatever words. What
    somebody holds against a rival counts beside the rival, which may be named
    elsewhere in their answer.

    Args:
        told: All that was said.
    """
    rivals = rival_rows(told)
    return DifferentiatorTable(
        rivals=rivals,
        differentiators=tuple(
            _row(told, sentence, rivals)
            for sentence in dict.fromkeys(told.brief.differentiators)
        ),
        of=len(told.people),
    )


def _row(told: Told, sentence: str, rivals: Iterable[RivalRow]) -> DifferentiatorRow:
    of = len(told.people)
    judging = [
        one
        for one in told.ordered()
        if one.category in JUDGES_IT | WAYS and not is_tenure(one)
    ]
    about = _about(told, sentence, judging)
    ours = [one for one in about if told.of_product(one) or _way_of_ours(told, one)]
    by_rival = {
        row.rival: mentions(
            [
                (one, "compared" if told.names_product(one) else by_category(one))
                for one in about
                if names_any(_with_answer(told, one), row.names)
            ],
            of,
        )
        for row in rivals
    }
    return DifferentiatorRow(
        differentiator=sentence,
        mentions=mentions([(one, by_category(one)) for one in ours], of),
        by_rival={rival: one for rival, one in by_rival.items() if one.n},
    )


def _with_answer(told: Told, insight: Insight) -> str:
    """Return where a rival may be named: in what was said, or in the whole answer.

    The answer is looked at for what is held against somebody else, and for that alone.
    """
    words = words_of(insight)
    if insight.category not in AGAINST or told.of_product(insight):
        return words
    return f"{words} {told.answer(insight)}"


def _way_of_ours(told: Told, insight: Insight) -> bool:
    """Tell whether it is how one who is with us came to the product, or uses it."""
    return (
        insight.category in WAYS
        and insight.participant in told.counted()
        and (told.names_product(insight) or not told.names_other(insight))
    )


def _about(told: Told, sentence: str, insights: Iterable[Insight]) -> list[Insight]:
    """Return what names the same things as a differentiator."""
    judging = list(insights)
    whole, heads, matters = terms(sentence), heads_of(sentence), matters_of(sentence)
    alike = told.alike([sentence], judging)
    found = []
    for one in judging:
        if matters & matters_of(words_of(one)):
            found.append(one)
            continue
        keys = keys_of(words_of(one))
        shared = in_common(whole, keys)
        near = alike[sentence, one.id] >= told.near and len(shared) >= _WITHOUT_HEAD
        if enough(shared) and (near or in_common(heads, keys)):
            found.append(one)
    return found
