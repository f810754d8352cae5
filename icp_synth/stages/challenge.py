"""Hold claims against what people said whom they do not cite."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from icp_synth.domain.challenges import Challenged, Scope, Stance, Stances
from icp_synth.domain.ids import content_id
from icp_synth.domain.insights import Insight, Quarantined
from icp_synth.domain.profiles import Claim

if TYPE_CHECKING:
    from icp_synth.analysts.protocol import Verdict
    from icp_synth.domain.passages import Passage

VERSION = "challenge/4"

_OF_SEVERAL = frozenset({"audience", "why_us"})
"""Fields of claims that rest on a theme of any kind."""

PASSAGES_A_PERSON = 2
"""Passages of one person, so that one who talks much does not stand for all."""

_SAME = 0.5
"""Share of the shorter quote that two quotes share where they are the same words."""

DESCRIBES: frozenset[str] = frozenset(
    {
        *("role", "firmographic", "technology"),
        *("budget_price", "demographic", "socioeconomic"),
    }
)
"""Categories of traits in which people merely differ: another trade does not speak
against a claim about cleaning firms."""

WISHES: frozenset[str] = frozenset({"goal", "desired_gain"})
"""Categories of what people want: who has no such trouble has not said that they do
not want it."""

_NO_TROUBLE = re.compile(
    r"(?:\b(?:no|never|not|nobody|none|without)\b|n['’]t\b)[^.!?;]*?"
    r"\b(?:issues?|problems?|troubles?|bother\w*|difficult\w*|worr(?:y|ies))\b"
    r"|(?:沒|没|不是|從來不|从来不)[^。！？]{0,6}(?:問題|问题|困擾|困扰|麻煩|麻烦)",
    re.IGNORECASE,
)
_NO_WISH = re.compile(
    r"(?:\b(?:not|never|nobody|no one)|n['’]t) (?:\w+ )?(?:want|need|care|like|ask)"
    r"|\bno (?:need|use|point)\b|\bpointless\b|\buseless\b"
    r"|不想|不要|不需要|用不著|用不着|不必|沒必要|没必要",
    re.IGNORECASE,
)

Ground = Callable[[str, "Passage", Claim], "Insight | Quarantined"]
"""From a judge's quote, the passage it was given for and the claim, to the insight that
holds it, or to why there is none."""


def rests_on_words(claim: Claim) -> bool:
    """Tell whether a claim says something that others can deny.

    A fact is none: it is a value that these people gave, and another person's other
    value does not speak against it.
    """
    return "/" in claim.field or claim.field in _OF_SEVERAL


def rests_on(claim: Claim) -> str:
    """Return what is one for claims of the same insights and the same people.

    A theme, an ICP, a persona and a reason to stay may word them differently; who says
    otherwise is asked once, and counted alike in all of these places.
    """
    return content_id("rst", sorted(claim.insights), sorted(claim.supports))


def challengeable(
    claims: Iterable[Claim],
    scope: Scope,
    *,
    named: Callable[[Claim], float] | None = None,
) -> tuple[Claim, ...]:
    """Return the claims that are held against others, best supported first.

    Facts are not among them, nor is what everybody says; of claims that rest on the
    same insights one is. The places that this frees go to what somebody else seems to
    speak of: a claim of few may be the one that is disputed.

    Args:
        claims: Of all profiles; one may stand in several.
        scope: How many.
        named: How near others come to a claim; without it support decides alone.
    """
    once = {one.id: one for one in claims if rests_on_words(one) and one.unjudged}
    ranked = sorted(once.values(), key=lambda one: (-len(one.supports), one.id))
    first: dict[str, Claim] = {}
    for one in ranked:
        first.setdefault(rests_on(one), one)
    kept, most = list(first.values()), scope.most
    if not most or named is None or len(kept) <= most:
        return tuple(kept[:most])
    sure = len({rests_on(one) for one in ranked[:most]})
    near = {one.id: named(one) for one in kept[sure:]}
    others = sorted(kept[sure:], key=lambda one: (-near[one.id], one.id))
    return (*kept[:sure], *others[: most - sure])


def challenge(
    claim: Claim,
    passages: Mapping[int, Passage],
    verdicts: Sequence[Verdict],
    ground: Ground,
    *,
    describes: bool = False,
    wishes: bool = False,
) -> Challenged:
    """Return where the people of some passages stand.

    Who contradicts a claim in one passage and supports it in another contradicts it;
    both are kept. Silent is who was judged silent in every passage that was shown. A
    quote that is not there leaves its passage unjudged.

    Args:
        claim: That cites none of these people.
        passages: By the number that the judge saw.
        verdicts: At most one a passage.
        ground: Finds a quote in its passage's speaker's words.
        describes: It says what its people are (`DESCRIBES`): who is otherwise does not
            contradict it, and says nothing of it.
        wishes: It says what its people want (`WISHES`): who has no such trouble says
            nothing of it either, unless they say that they do not want it.
    """
    stances: dict[str, list[Stance]] = defaultdict(list)
    cited: dict[tuple[str, Stance], set[str]] = defaultdict(set)
    found: dict[str, Insight] = {}
    refused = []
    by_number = {one.number: one for one in verdicts}
    for number, passage in sorted(passages.items()):
        verdict = by_number.get(number)
        stance: Stance = verdict.stance if verdict is not None else "unjudged"
        if verdict is not None and set_aside(
            verdict, describes=describes, wishes=wishes
        ):
            stance = "silent"
        if verdict is not None and stance in {"supports", "contradicts"}:
            insight = ground(verdict.quote, passage, claim)
            if isinstance(insight, Quarantined):
                refused.append(insight)
                stance = "unjudged"
            else:
                found[insight.id] = insight
                cited[passage.participant, stance].add(insight.id)
        stances[passage.participant].append(stance)
    settled = {name: _settled(each) for name, each in stances.items()}
    looked_at = {
        one.participant for number, one in passages.items() if number in by_number
    }

    def people(stance: Stance) -> tuple[str, ...]:
        return tuple(sorted(name for name, one in settled.items() if one == stance))

    def insights(stance: Stance, of: Stance) -> tuple[str, ...]:
        # Words that one judge took both ways stand on the side of doubt.
        against = {one for name in people(stance) for one in cited[name, "contradicts"]}
        ids = {one for name in people(stance) for one in cited[name, of]}
        return tuple(sorted(ids - against if of == "supports" else ids))

    return Challenged(
        stances=Stances(
            supports=people("supports"),
            contradicts=people("contradicts"),
            silent=people("silent"),
            insights=insights("supports", "supports"),
            counter=insights("contradicts", "contradicts"),
            divided=insights("contradicts", "supports"),
            looked_at=tuple(sorted(looked_at)),
        ),
        insights=tuple(found[one] for one in sorted(found)),
        quarantined=tuple(refused),
    )


def set_aside(verdict: Verdict, *, describes: bool, wishes: bool) -> bool:
    """Tell whether what a judge found against a claim says nothing of it.

    Args:
        verdict: On one passage.
        describes: As for `challenge`.
        wishes: As for `challenge`.
    """
    if verdict.stance != "contradicts":
        return False
    untroubled = bool(_NO_TROUBLE.search(verdict.quote))
    return describes or (wishes and untroubled and not _NO_WISH.search(verdict.quote))


def _settled(stances: Sequence[Stance]) -> Stance:
    if "contradicts" in stances:
        return "contradicts"
    if "supports" in stances:
        return "supports"
    return "unjudged" if "unjudged" in stances else "silent"


def with_stances(claim: Claim, stances: Stances | None) -> Claim:
    """Return a claim with where everybody stands; unchanged where none was judged.

    `supports`, `contradicts`, `silent` and `unjudged` partition the same people as
    before. Whom it cites and who takes it back contradicts it, and what they said for
    it is `divided`. Where all whom it quotes do so it cites the others who carry it;
    where nobody does, they stay among `supports` and their later words stand in
    `counter` all the same.
    """
    if stances is None:
        return claim
    cited = dict.fromkeys((*claim.insights, *stances.insights))
    taken = {*stances.counter, *stances.divided}
    left = tuple(one for one in cited if one not in taken)
    supports = {*claim.supports, *stances.supports}
    withdrawn = set(stances.withdrawn)
    divided = stances.divided
    if not left and supports - withdrawn:
        left = tuple(one for one in stances.carrying if one not in taken)
    if not left or not supports - withdrawn:
        # Nobody is left to carry it: they stay, with what they said against it.
        left, withdrawn = tuple(cited), set()
        divided = tuple(one for one in divided if one not in cited)
    supports -= withdrawn
    # Whom the claim cites supports it, whatever else was judged.
    contradicts = {*stances.contradicts, *withdrawn} - supports
    silent = set(stances.silent) - supports - contradicts
    judged = supports | contradicts | silent
    return claim.model_copy(
        update={
            "insights": left,
            "counter": stances.counter,
            "divided": divided,
            "supports": tuple(sorted(supports)),
            "contradicts": tuple(sorted(contradicts)),
            "silent": tuple(sorted(silent)),
            "looked_at": stances.looked_at,
            "unjudged": tuple(one for one in claim.unjudged if one not in judged),
        }
    )


def already_said(insight: Insight, known: Iterable[Insight]) -> Insight | None:
    """Return the insight that holds the same words of the same person, if there is one.

    A judged quote that was read before is that insight, with its own kind.

    Args:
        insight: Made of a judged quote.
        known: What was read in the interviews.
    """
    best: tuple[float, str] | None = None
    kept: dict[str, Insight] = {}
    for one in known:
        if (one.participant, one.transcript) != (
            insight.participant,
            insight.transcript,
        ):
            continue
        shared = max(
            _overlap((a.start, a.end), (b.start, b.end))
            for a in insight.quotes
            for b in one.quotes
        )
        kept[one.id] = one
        if shared >= _SAME and (best is None or (-shared, one.id) < best):
            best = (-shared, one.id)
    return kept[best[1]] if best is not None else None


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Return how much of the shorter stretch lies in the other."""
    common = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, common) / max(1, min(a[1] - a[0], b[1] - b[0]))
