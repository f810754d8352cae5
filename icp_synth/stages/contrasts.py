"""Compare two sets of people: groups known beforehand, or segments.

Groups that were known before anybody was heard are tested. Segments are described and
not tested: they were cut from the features that are compared, so that a test would find
"differences" in noise as well.

Sources: domain reference 3.4; Fisher's exact test; Newcombe 1998 (Statistics in
Medicine 17, method 10) for the difference; Benjamini & Hochberg 1995 for the
correction over all tests of one contrast; Tarone 1990 (Biometrics 46) for what is no
test: a feature that so few people have that no way of sharing it out could reach .05.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from itertools import combinations

from icp_synth.domain.contrasts import (
    Contrast,
    ContrastVerdict,
    Difference,
    Feature,
    Share,
)
from icp_synth.domain.statistics import newcombe, wilson

VERSION = "contrasts/3"
ALPHA = 0.05
LEAST_PEOPLE = 2
"""A set of fewer people is not compared."""

LEAST_TESTED = 5
"""With fewer people on one side nothing is said but that they are too few."""

_DIGITS = 9


def contrast(
    features: Sequence[Feature],
    first: tuple[str, Collection[str]],
    second: tuple[str, Collection[str]],
    *,
    tested: bool = True,
) -> Contrast:
    """Compare two sets of people in every feature that one of them has.

    Args:
        features: Themes and facts; one that nobody of the two sets has, or of which
            nothing is known in one of them, makes no test.
        first: Name and participants.
        second: Name and participants; nobody stands in both.
        tested: Whether the sets were known beforehand; others are described.

    Returns:
        Differences by p, then size, then id, whatever the order of `features`; those
        of which too few people tell stand last and are no tests.

    Raises:
        ValueError: Somebody stands in both sets.
    """
    here, there = frozenset(first[1]), frozenset(second[1])
    if here & there:
        msg = f"{first[0]!r} and {second[0]!r} share people: {sorted(here & there)}"
        raise ValueError(msg)
    counted = [
        (feature, one, other)
        for feature in sorted(features, key=lambda one: one.id)
        for one, other in [(_share(feature, here), _share(feature, there))]
        if one.n and other.n and one.k + other.k
    ]
    tests = [each for each in counted if tested and _testable(each[1], each[2])]
    p_values = [fisher(one.k, one.n, other.k, other.n) for _, one, other in tests]
    figures = dict(
        zip(
            (each[0].id for each in tests),
            zip(p_values, adjusted(p_values), strict=True),
            strict=True,
        )
    )
    differences = [
        _difference(
            feature,
            one,
            other,
            figures.get(feature.id),
            untested="too_few" if tested or _few(one, other) else "descriptive",
        )
        for feature, one, other in counted
    ]
    differences.sort(
        key=lambda one: (
            one.verdict == "too_few",
            1.0 if one.p is None else one.p,
            -abs(one.difference),
            one.feature,
        )
    )
    return Contrast(
        first=first[0],
        second=second[0],
        n=(len(here), len(there)),
        tests=len(tests),
        differences=tuple(differences),
    )


def between(
    features: Sequence[Feature], sets: Mapping[str, Collection[str]]
) -> tuple[Contrast, ...]:
    """Compare each two of several sets, by name; sets under two people are left out."""
    large = {name: who for name, who in sets.items() if len(set(who)) >= LEAST_PEOPLE}
    return tuple(
        contrast(features, (one, large[one]), (other, large[other]))
        for one, other in combinations(sorted(large), 2)
    )


def against_rest(
    features: Sequence[Feature],
    sets: Mapping[str, Collection[str]],
    everybody: Collection[str],
) -> tuple[Contrast, ...]:
    """Describe each of several segments beside everybody else, by name."""
    found = []
    for name, who in sorted(sets.items()):
        rest = frozenset(everybody) - frozenset(who)
        if min(len(set(who)), len(rest)) >= LEAST_PEOPLE:
            found.append(contrast(features, (name, who), ("", rest), tested=False))
    return tuple(found)


@cache
def fisher(k1: int, n1: int, k2: int, n2: int) -> float:
    """Return Fisher's exact p, two-sided, of k1 of n1 against k2 of n2.

    Example:
        >>> round(fisher(5, 10, 0, 10), 6)
        0.032508
    """
    import numpy as np
    from scipy.stats import fisher_exact

    found = fisher_exact(np.array([[k1, n1 - k1], [k2, n2 - k2]]))
    return min(1.0, round(float(found.pvalue), _DIGITS))


def least_p(one: Share, other: Share) -> float:
    """Return the smallest p that so many holders, however shared out, can give.

    Example:
        >>> round(least_p(Share(k=1, n=2), Share(k=0, n=12)), 3)
        0.143
    """
    held = one.k + other.k
    most, least = min(held, one.n), max(0, held - other.n)
    return min(
        fisher(most, one.n, held - most, other.n),
        fisher(least, one.n, held - least, other.n),
    )


def adjusted(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return Benjamini and Hochberg's q of each p, in the same order.

    Example:
        >>> adjusted([0.01, 0.04, 0.03, 0.005])
        (0.02, 0.04, 0.04, 0.02)
    """
    if not p_values:
        return ()
    from scipy.stats import false_discovery_control

    found = false_discovery_control(list(p_values), method="bh")
    return tuple(min(1.0, round(float(q), _DIGITS)) for q in found)


def _share(feature: Feature, people: frozenset[str]) -> Share:
    asked = people if feature.known is None else people & feature.known
    k = len(asked & feature.holders)
    return Share(k=k, n=len(asked), interval=wilson(k, len(asked)))


def _few(one: Share, other: Share) -> bool:
    return min(one.n, other.n) < LEAST_TESTED


def _testable(one: Share, other: Share) -> bool:
    return not _few(one, other) and least_p(one, other) < ALPHA


def _difference(
    feature: Feature,
    one: Share,
    other: Share,
    figures: tuple[float, float] | None,
    *,
    untested: ContrastVerdict,
) -> Difference:
    first, second = one.k / one.n, other.k / other.n
    p, q = figures or (None, None)
    return Difference(
        feature=feature.id,
        sort=feature.sort,
        label=feature.label,
        first=one,
        second=other,
        difference=first - second,
        interval=newcombe(one.k, one.n, other.k, other.n),
        lift=first / second if second else None,
        p=p,
        q=q,
        verdict=untested if figures is None else _verdict(*figures),
    )


def _verdict(p: float, q: float) -> ContrastVerdict:
    if q < ALPHA:
        return "different"
    return "suggestive" if p < ALPHA else "not_distinguishable"
