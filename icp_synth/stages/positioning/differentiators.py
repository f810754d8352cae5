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
from icp_synth.stages.positioning.rivals import by_category, mentions, rival_rows
from icp_synth.stages.positioning.shared import (
    enough,
    heads_of,
    in_common,
    keys_of,
    terms,
)
from icp_synth.stages.positioning.study import JUDGES_IT, Told, is_tenure, words_of

_WITHOUT_HEAD = 3
"""Things in common from which what is worded alike need not name the head."""


def differentiator_table(told: Told) -> DifferentiatorTable:
    """Return the brief's rivals and differentiators with who speaks of them.

    A statement is about a differentiator when it praises or runs down our product,
    and names two of the things that this names, or a rare one, and among them what it
    is about: who has fewer telephone calls from customers says nothing of support by
    telephone.

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
        if one.category in JUDGES_IT and not is_tenure(one)
    ]
    about = _about(told, sentence, judging)
    ours = [one for one in about if told.of_product(one)]
    by_rival = {
        row.rival: mentions(
            [
                (one, "compared" if told.names_product(one) else by_category(one))
                for one in about
                if names_any(words_of(one), row.names)
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


def _about(told: Told, sentence: str, insights: Iterable[Insight]) -> list[Insight]:
    """Return what names the same things as a differentiator."""
    judging = list(insights)
    whole, heads = terms(sentence), heads_of(sentence)
    alike = told.alike([sentence], judging)
    found = []
    for one in judging:
        keys = keys_of(words_of(one))
        shared = in_common(whole, keys)
        near = alike[sentence, one.id] >= told.near and len(shared) >= _WITHOUT_HEAD
        if enough(shared) and (near or in_common(heads, keys)):
            found.append(one)
    return found
