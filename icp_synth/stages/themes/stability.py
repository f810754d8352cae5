"""How stable a theme is when other people had been interviewed.

Participants are drawn again with replacement, their statements are clustered by the
rule that made the themes, and each theme is looked for among what comes out. People
are drawn and not statements, since what one person says hangs together.

Source: domain reference 3.13; the overlap is that of Hennig 2007 (cluster-wise
stability, Computational Statistics & Data Analysis 52).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from icp_synth.domain.fields import KINDS
from icp_synth.domain.insights import Insight
from icp_synth.domain.themes import ThemeStability
from icp_synth.stages.themes.alike import alike, by_gram
from icp_synth.stages.themes.clusters import (
    cosine_distances,
    cut_distances,
    one_thread,
)
from icp_synth.stages.themes.groups import ThemeGroup, in_order, numbers_of
from icp_synth.stages.themes.meaning import Meanings, apart

DRAWS = 50
"""Resamples; two people of a theme stand together in about four of ten."""

MOST_STATEMENTS = 2000
"""Most statements of a kind that are clustered anew so often."""

LEAST_PEOPLE = 5
"""Fewer people give too few different resamples."""

LEAST_IN_THEME = 3
"""Two people who stand together by chance stand together in every resample that has
both: of so few nothing can be told."""

LEAST_DRAWS = 10
"""Fewer resamples in which a theme could be found say nothing of it."""

_SEED = 0

Whole = NDArray[np.int64]


def theme_stability(
    themes: Sequence[ThemeGroup],
    insights: Sequence[Insight],
    vectors: NDArray[np.float32],
    threshold: float,
    *,
    likeness: float = 0.0,
    meanings: Meanings | None = None,
    judged_out: Collection[str] = (),
) -> tuple[ThemeStability, ...]:
    """Return how stable each theme is against drawing the participants again.

    In each resample the largest Jaccard overlap of a theme's statements with a theme
    found there counts, over the distinct statements that were drawn; resamples in
    which fewer than two of its people were drawn cannot hold it and do not count. The
    value is the mean.

    Args:
        themes: As `group_themes` gave them for the rest of the arguments.
        insights: Of all participants.
        vectors: Unit vectors of their statements, shape (len(insights), d).
        threshold: Largest average cosine distance within a theme.
        likeness: As for `group_themes`.
        meanings: As for `group_themes`.
        judged_out: Ids of insights that left a theme since they do not carry its name:
            they cluster as ever, and count in no overlap.

    Returns:
        One a theme, in the order given; without a value there is a reason, and a
        theme of two people has none. The order in which insights are given changes
        nothing.
    """
    people = numbers_of(insights)
    count = int(people.max()) + 1 if len(people) else 0
    if count < LEAST_PEOPLE:
        return tuple(ThemeStability(reason="too_few_people") for _ in themes)
    row_of = {one.id: row for row, one in enumerate(insights)}
    members = [[row_of[one.id] for one in theme.insights] for theme in themes]
    ordered = in_order(insights)
    found: dict[int, ThemeStability] = {}
    for kind in KINDS:
        rows = np.array([i for i in ordered if insights[i].kind == kind], np.int64)
        places = [i for i, theme in enumerate(themes) if theme.kind == kind]
        if len(rows) > MOST_STATEMENTS:
            too_many = ThemeStability(reason="too_many_statements")
            found |= dict.fromkeys(places, too_many)
            continue
        place_of = {int(row): place for place, row in enumerate(rows)}
        wanted = [
            np.array([place_of[row] for row in members[i]], np.int64) for i in places
        ]
        with one_thread():
            study = _Study(vectors[rows], people[rows], threshold, likeness)
            if meanings is not None:
                apart(study.distances, meanings.pairs(rows.tolist()))
            out = np.array([insights[row].id in judged_out for row in rows], bool)
            overlaps = _overlaps(study, wanted, _drawn(count, DRAWS), out)
        found |= {
            place: _summed_up(overlaps[:, column], len(themes[place].participants))
            for column, place in enumerate(places)
        }
    return tuple(found[i] for i in range(len(themes)))


class _Study:
    """The statements of one kind, with what every resample needs of them."""

    def __init__(
        self,
        vectors: NDArray[np.float32],
        people: Whole,
        threshold: float,
        likeness: float,
    ) -> None:
        self.people = people
        self.distances = cosine_distances(vectors)
        rows = vectors.astype(np.float64)
        self.products = rows @ rows.T
        self._threshold = threshold
        self._likeness = likeness

    def themes_of(self, rows: Whole) -> Iterator[Whole]:
        """Yield the themes of some rows, which may repeat, each as distinct rows."""
        if not len(rows):
            return
        (labels,) = cut_distances(self.distances[np.ix_(rows, rows)], [self._threshold])
        order = np.argsort(labels, kind="stable")
        edges = np.flatnonzero(np.diff(labels[order])) + 1
        for places in np.split(order, edges):
            group = np.unique(rows[places])
            if (self.people[group] == self.people[group[0]]).all():
                continue
            gram = by_gram(self.products[np.ix_(group, group)])
            kept = group[alike(self.people[group], gram, self._likeness)]
            if len(np.unique(self.people[kept])) > 1:
                yield kept


def _drawn(count: int, draws: int) -> Whole:
    """Return how often each person stands in each resample, shape (draws, count)."""
    random = np.random.default_rng(_SEED)
    picks = random.integers(0, count, size=(draws, count))
    times = [np.bincount(row, minlength=count) for row in picks]
    return np.array(times, dtype=np.int64)


def _overlaps(
    study: _Study, themes: Sequence[Whole], drawn: Whole, out: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return each theme's best overlap in each resample, NaN where it cannot be.

    What stands in `out` has been judged to belong to no theme, and makes none larger.
    """
    overlaps = np.full((len(drawn), len(themes)), np.nan)
    for draw, times in enumerate(drawn):
        repeats = times[study.people]
        rows = np.repeat(np.arange(len(repeats)), repeats)
        label = np.full(len(repeats), -1)
        sizes = []
        for number, group in enumerate(study.themes_of(rows)):
            label[group] = number
            sizes.append(int((~out[group]).sum()))
        for column, theme in enumerate(themes):
            there = theme[repeats[theme] > 0]
            if len(np.unique(study.people[there])) < 2:
                continue
            overlaps[draw, column] = _best(label[there], np.array(sizes, np.int64))
    return overlaps


def _best(labels: Whole, sizes: Whole) -> float:
    """Return the largest Jaccard overlap of a theme with the themes of a resample.

    Args:
        labels: Where each of its statements went; -1 for none.
        sizes: Statements in each of the resample's themes.
    """
    into = labels[labels >= 0]
    if not len(into):
        return 0.0
    both = np.bincount(into, minlength=len(sizes))
    return float((both / (len(labels) + sizes - both)).max())


def _summed_up(overlaps: NDArray[np.float64], people: int) -> ThemeStability:
    known = overlaps[~np.isnan(overlaps)]
    if people < LEAST_IN_THEME or len(known) < LEAST_DRAWS:
        return ThemeStability(draws=len(known), reason="too_few_people")
    return ThemeStability(value=round(float(known.mean()), 4), draws=len(known))
