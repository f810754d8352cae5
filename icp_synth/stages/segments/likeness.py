"""How alike people are: weighted Jaccard over what holds for them.

One table holds themes (a person is in them or not), topics that a person comes back
to, in steps of how far they stand out (a weighted Jaccard likeness of the lesser over
the greater), and profile facts: a category is its word, a number the band that it
falls into (`icp_synth.stages.facts`). Banding makes a number a feature like the others,
which is Gower's way of mixing kinds with a step for a slope: 40 and 45 people are one
band, 40 and 400 are two, and who did not say is unlike nobody for it. What two people
both lack counts nothing: silence in an interview is no likeness.

People of two languages share less than people of one, however alike they are, since
themes and topics are found by words. So a likeness is divided by what is usual between
their two languages: a pair of one language and a pair of two count as alike where both
are as much above what is usual among such pairs.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from icp_synth.domain.values import Value

Floats = NDArray[np.float64]

LEAST_FEATURES = 2
_PAIRS = 10
"""Pairs of two languages from which their own mean counts more than that of all."""

_MOST_SCALE = 3.0
"""Languages that share next to nothing are not blown up to share as much as others."""


class Talk(Value):
    """What is known of the talk that features come from; all of it may be empty.

    Attributes:
        sources: Feature → what it comes from; features of one source are resampled
            together. By default each is its own.
        weights: Feature → what it weighs; by default how rare it is.
        languages: Participant → language; who is missing counts to the commonest.
        sentences: Participant → how many they say.
    """

    sources: Mapping[str, str] = {}
    weights: Mapping[str, float] = {}
    languages: Mapping[str, str] = {}
    sentences: Mapping[str, int] = {}


class Table(NamedTuple):
    """Who has what, as far as at least two people have it.

    Attributes:
        people: Sorted; those with at least two shared features.
        has: 1 where a person has a feature, shape (people, features).
        weights: One a feature: as given, else `ln((n + 1) / people who have it)`.
        sources: One a feature: the number of the source that it comes from.
        languages: One a person: the number of their language.
    """

    people: tuple[str, ...]
    has: Floats
    weights: Floats
    sources: NDArray[np.int64]
    languages: NDArray[np.int64]


def table_of(features: Mapping[str, frozenset[str]], talk: Talk) -> Table:
    """Return the table of those who share at least two things with others in it.

    Args:
        features: Participant → names of what holds for them.
        talk: Its sources and languages.
    """
    people, counts = _sharing(features)
    names = sorted(one for one, n in counts.items() if n > 1)
    column = {one: i for i, one in enumerate(names)}
    has = np.zeros((len(people), len(names)))
    for row, name in enumerate(people):
        for one in features[name]:
            if one in column:
                has[row, column[one]] = 1.0
    rare = {one: math.log((len(people) + 1) / counts[one]) for one in names}
    weights = np.array([talk.weights.get(one, rare[one]) for one in names])
    given = [talk.sources.get(one, one) for one in names]
    return Table(
        people=people,
        has=has,
        weights=weights,
        sources=_numbered(given),
        languages=_numbered(languages_of(people, talk)),
    )


def languages_of(people: Sequence[str], talk: Talk) -> list[str]:
    """Return the language of each, the commonest one of whom none is known."""
    known = Counter(talk.languages[one] for one in people if one in talk.languages)
    usual = min(known, key=lambda one: (-known[one], one), default="")
    return [talk.languages.get(one, usual) for one in people]


def _sharing(
    features: Mapping[str, frozenset[str]],
) -> tuple[tuple[str, ...], Counter[str]]:
    """Return who shares two features with others who do, and how many have each.

    Who leaves takes what only they and another had along, which may be why that other
    one stood in the table: it is asked again until everybody stays.
    """
    people = tuple(sorted(features))
    while True:
        counts = Counter(one for name in people for one in features[name])
        staying = tuple(
            name
            for name in people
            if sum(counts[one] > 1 for one in features[name]) >= LEAST_FEATURES
        )
        if staying == people:
            return people, counts
        people = staying


def _numbered(names: Sequence[str]) -> NDArray[np.int64]:
    number = {name: i for i, name in enumerate(sorted(set(names)))}
    return np.array([number[name] for name in names], dtype=np.int64)


def distances_of(table: Table) -> Floats:
    """Return weighted Jaccard distances between languages alike, (people, people)."""
    both = (table.has * table.weights) @ table.has.T
    own = table.has @ table.weights
    either = own[:, None] + own[None, :] - both
    alike = np.divide(both, either, out=np.zeros_like(both), where=either > 0)
    distances = 1.0 - np.minimum(alike * _scales(alike, table.languages), 1.0)
    np.fill_diagonal(distances, 0.0)
    rounded: Floats = np.round(distances, 9)
    return rounded


def _scales(alike: Floats, languages: NDArray[np.int64]) -> Floats:
    """Return what each likeness is multiplied by, so that languages are on a par.

    The mean likeness of all pairs over that of the pairs of these two languages, to
    which ten pairs are added of the mean of all pairs of one language, or of two.
    """
    scales = np.ones_like(alike)
    spoken = np.unique(languages)
    if len(spoken) < 2:
        return scales
    pairs = np.triu(np.ones_like(alike, dtype=bool), 1)
    within = languages[:, None] == languages[None, :]
    usual = float(alike[pairs].mean())
    for same in (within, ~within):
        if not (pairs & same).any():
            continue
        prior = float(alike[pairs & same].mean())
        for one in spoken:
            for other in spoken[spoken >= one]:
                here = (languages[:, None] == one) & (languages[None, :] == other)
                here = (here | here.T) & same
                scales[here] = scale_between(alike[pairs & here], usual, prior)
    return scales


def scale_between(alike: Floats, usual: float, prior: float) -> float:
    """Return what likenesses between two languages are multiplied by.

    Args:
        alike: Likenesses of the pairs of these languages.
        usual: Mean likeness of all pairs.
        prior: Mean likeness of all pairs of one language, or of two.
    """
    mean = float(alike.sum() + _PAIRS * prior) / (len(alike) + _PAIRS)
    return min(usual / mean, _MOST_SCALE) if mean > 0 else 1.0
