"""Hold what stands against new interviews: does it still hold?"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from icp_synth.domain.diffs import Owner
from icp_synth.domain.drifts import (
    ClaimDrift,
    DriftVerdict,
    Interval,
    OwnerDrift,
    Shift,
)
from icp_synth.domain.statistics import newcombe, wilson

LEAST_NEW = 5
"""New people under whom nothing is said of a claim."""

LEAST_FOR_SHIFT = 20
"""People known on each side under whom no index is computed."""

_LEAST_AGAINST = 2
_RULE_OF_THUMB = 0.25
_SMOOTHED = 0.5
_BY_CHANCE = 0.025
"""Of claims that hold, how many seem weaker: a 95 % interval errs on this side."""
_UNLIKELY = 0.05


class HeldClaim(NamedTuple):
    """A standing claim with where everybody stands.

    Attributes:
        supporters: Of the earlier people who support it.
        supports, contradicts, silent: New people; who is in none is unjudged.
    """

    owner: Owner
    claim: str
    field: str
    text: str
    supporters: Collection[str]
    supports: Collection[str]
    contradicts: Collection[str] = ()
    silent: Collection[str] = ()


def drift_of(held: HeldClaim, *, before_of: int, new: Collection[str]) -> ClaimDrift:
    """Say whether a claim holds among new people.

    Args:
        held: The claim.
        before_of: How many people it rested on.
        new: The new people.
    """
    supports = tuple(sorted(set(held.supports) & set(new)))
    against = tuple(sorted((set(held.contradicts) & set(new)) - set(supports)))
    silent = tuple(sorted((set(held.silent) & set(new)) - {*supports, *against}))
    k, n, before = len(supports), len(new), len(held.supporters)
    difference = newcombe(k, n, before, before_of) if n and before_of else None
    return ClaimDrift(
        owner=held.owner,
        claim=held.claim,
        field=held.field,
        text=held.text,
        before=before,
        before_of=before_of,
        supports=supports,
        contradicts=against,
        silent=silent,
        unjudged=tuple(sorted(set(new) - {*supports, *against, *silent})),
        share=round(k / n, 4) if n else None,
        interval=_rounded(wilson(k, n)),
        difference=_rounded(difference),
        verdict=_verdict(k, len(against), n, difference),
    )


def _verdict(k: int, against: int, n: int, difference: Interval | None) -> DriftVerdict:
    if against >= _LEAST_AGAINST and against > k:
        return "contradicted"
    if n < LEAST_NEW:
        return "too_few"
    if difference is not None and difference[1] < 0:
        return "weaker"
    return "holds" if k else "too_few"


def by_owner(claims: Sequence[ClaimDrift]) -> tuple[OwnerDrift, ...]:
    """Count the verdicts of each ICP's and persona's claims, in their order.

    One claim of many seems weaker by chance: new interviews disagree with an ICP where
    a claim of it is contradicted, or more are weaker than chance makes of so many.
    """
    counts: dict[Owner, Counter[str]] = {}
    for one in claims:
        counts.setdefault(one.owner, Counter())[one.verdict] += 1
    return tuple(
        OwnerDrift(
            owner=owner,
            holds=found["holds"],
            weaker=found["weaker"],
            contradicted=found["contradicted"],
            too_few=found["too_few"],
            disagrees=bool(found["contradicted"])
            or _beyond_chance(found["weaker"], found.total()),
        )
        for owner, found in counts.items()
    )


def _beyond_chance(weaker: int, of: int) -> bool:
    from scipy.stats import binom

    return weaker > 0 and float(binom.sf(weaker - 1, of, _BY_CHANCE)) < _UNLIKELY


def shift_of(what: str, before: Sequence[str], after: Sequence[str]) -> Shift:
    """Compare the make-up of earlier and new people in one respect.

    Args:
        what: In which.
        before: One value an earlier person of whom it is known.
        after: One a new person.

    Source:
        PSI with its sampling critical value (Yurdakul 2018):
        chi-squared(0.95, bins − 1) · (1/n + 1/m).
    """
    old, new = Counter(before), Counter(after)
    bins = tuple((one, old[one], new[one]) for one in sorted({*old, *new}))
    n, m = len(before), len(after)
    if min(n, m) < LEAST_FOR_SHIFT or len(bins) < 2:
        return Shift(what=what, before=n, after=m, bins=bins, code="too_few")
    from scipy.stats import chi2

    psi = _psi([(a, b) for _, a, b in bins])
    critical = float(chi2.ppf(0.95, len(bins) - 1)) * (1 / n + 1 / m)
    return Shift(
        what=what,
        before=n,
        after=m,
        bins=bins,
        psi=round(psi, 4),
        critical=round(critical, 4),
        code="shifted" if psi > max(critical, _RULE_OF_THUMB) else "steady",
    )


def shifts_of(
    values: Mapping[str, Mapping[str, str]],
    *,
    before: Collection[str],
    new: Collection[str],
) -> tuple[Shift, ...]:
    """Compare the make-up of earlier and new people in every respect, by name.

    Args:
        values: Respect → participant → value; who is not there is not known.
        before: The earlier people.
        new: The new ones.
    """
    return tuple(
        shift_of(
            what,
            [known[name] for name in sorted(before) if name in known],
            [known[name] for name in sorted(new) if name in known],
        )
        for what, known in sorted(values.items())
    )


def _psi(bins: Sequence[tuple[int, int]]) -> float:
    n = sum(a for a, _ in bins) + _SMOOTHED * len(bins)
    m = sum(b for _, b in bins) + _SMOOTHED * len(bins)
    shares = [((a + _SMOOTHED) / n, (b + _SMOOTHED) / m) for a, b in bins]
    return sum((q - p) * math.log(q / p) for p, q in shares)


def _rounded(interval: Interval | None) -> Interval | None:
    if interval is None:
        return None
    return round(interval[0], 4), round(interval[1], 4)
