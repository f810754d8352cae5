"""Which trade a group is of, where its people name what they work on and not the trade.

"We clean stairwells" and "we do surgeries" are one trade told by its customers: the
words differ, and a theme holds them together. Where most of a group carry such a theme
and two of them call the trade by one word, that word is the trade of all who carry it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from icp_synth.domain.conditions import Known
from icp_synth.domain.insights import Insight
from icp_synth.domain.profiles import Claim, Criterion
from icp_synth.stages.draft.findings import Seed, lift_among
from icp_synth.stages.draft.profiles import KIND_OF_FIRM, Profile
from icp_synth.stages.draft.scorecards import Facts

_LEAST_HOLDERS = 3
_LEAST_SHARE = 0.5
_THEME = "trait/firmographic"


class Settled(NamedTuple):
    """A trade that a theme settles.

    Attributes:
        at: Place of the seed among the profile's.
        seed: That seed, held by everybody who carries the theme.
        claim: Id of the theme's claim.
    """

    at: int
    seed: Seed
    claim: str


def holds_for_most(seed: Seed) -> bool:
    """Tell whether three people say a word, and half of those who told at all."""
    return seed.within >= max(_LEAST_HOLDERS, _LEAST_SHARE * seed.known)


def settled_trade(
    profile: Profile, claims: Sequence[Claim], insights: Mapping[str, Insight]
) -> Settled | None:
    """Return the trade of a group that too few of its people call by its name.

    A theme settles it when it is about the trade (most of its people in the group told
    theirs in it), three accounts and half of all carry it, and so do all who use the
    word. None where some word holds for most by itself, or nothing settles it.

    Args:
        profile: An ICP's skeleton.
        claims: One a seed, in the same order.
        insights: By id; without them nothing is settled.
    """
    if profile.everybody or not profile.accounts:
        return None
    trades = [
        (at, seed)
        for at, seed in enumerate(profile.seeds)
        if seed.field == KIND_OF_FIRM
    ]
    if any(holds_for_most(seed) for _, seed in trades):
        return None
    mine = frozenset(profile.participants)
    for seed_of_theme, claim in zip(profile.seeds, claims, strict=True):
        carriers = mine.intersection(claim.supports)
        if (
            seed_of_theme.field != _THEME
            or profile.count(carriers) < _LEAST_HOLDERS
            or profile.count(carriers) < _LEAST_SHARE * profile.count(mine)
            or not _of_trade(seed_of_theme, mine, insights)
        ):
            continue
        for at, seed in trades:
            if mine.intersection(seed.supports) <= carriers:
                return Settled(at, _held_by(seed, mine, claim.supports), claim.id)
    return None


def with_trades(
    facts: Facts, criteria: Iterable[Criterion], claims: Iterable[Claim]
) -> Facts:
    """Return facts in which everybody of whom a theme settled the trade has it.

    Args:
        facts: Participant → field → values.
        criteria: Of ICPs.
        claims: Of the same ICPs.
    """
    themes = {one.id: one for one in claims if one.field == _THEME}
    found: dict[str, Mapping[str, Sequence[Known]]] = dict(facts)
    for one in criteria:
        theme = themes.get(one.claim or "")
        if one.field != KIND_OF_FIRM or theme is None:
            continue
        word = str(one.value[0] if isinstance(one.value, tuple) else one.value)
        for name in theme.supports:
            mine = found.get(name, {})
            said = mine.get(KIND_OF_FIRM, ())
            if word not in said:
                found[name] = {**mine, KIND_OF_FIRM: (*said, word)}
    return found


def _of_trade(
    theme: Seed, group: frozenset[str], insights: Mapping[str, Insight]
) -> bool:
    """Tell whether most who make a theme told their trade in it, not a figure."""
    cited = [insights[one] for one in theme.insights if one in insights]
    people = {one.participant for one in cited} & group
    told = {one.participant for one in cited if one.attribute == KIND_OF_FIRM} & group
    return len(told) > _LEAST_SHARE * len(people)


def _held_by(seed: Seed, mine: frozenset[str], carriers: Sequence[str]) -> Seed:
    supports = frozenset(seed.supports).union(carriers)
    known = frozenset(seed.known_by) | (supports & mine)
    others = frozenset(seed.others) - supports
    return seed.model_copy(
        update={
            "supports": tuple(sorted(supports)),
            "within": len(supports & mine),
            "known_by": tuple(sorted(known)),
            "others": tuple(sorted(others)),
            "lift": lift_among(supports, known, (supports | others) - mine),
        }
    )
