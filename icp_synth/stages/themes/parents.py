"""A second level: themes of one kind that are near one another.

A second, wider cut of an average linkage, over the centres of the themes. It adapts to
the vectors: the cut is the one at which most groups of two and more themes stand, of
equal ones the widest, and no theme is put to others that are as far from it as themes
of its kind are on average. A theme that is near no other has no parent.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from icp_synth.domain.fields import KINDS
from icp_synth.domain.ids import content_id
from icp_synth.domain.insights import Insight
from icp_synth.domain.statistics import wilson
from icp_synth.domain.themes import ParentTheme, Theme
from icp_synth.stages.themes.centres import theme_centres
from icp_synth.stages.themes.clusters import Labels, cut_distances, one_thread
from icp_synth.stages.themes.groups import ThemeGroup

Places = tuple[int, ...]


def find_parents(
    themes: Sequence[ThemeGroup],
    insights: Sequence[Insight],
    vectors: NDArray[np.float32],
) -> tuple[Places, ...]:
    """Gather the themes of each kind that are near one another.

    Args:
        themes: As `group_themes` gave them.
        insights: Of all participants.
        vectors: Unit vectors of their statements, shape (len(insights), d).

    Returns:
        Places in `themes`, at least two together, the most central theme first; by the
        first of each.
    """
    with one_thread():
        centres = theme_centres(themes, insights, vectors)
        likeness = np.round(centres @ centres.T, 6)
    found = []
    for kind in KINDS:
        places = np.array([i for i, one in enumerate(themes) if one.kind == kind], int)
        labels = _cut(likeness[np.ix_(places, places)])
        for label in np.unique(labels):
            members = places[labels == label]
            if len(members) > 1:
                found.append(_central_first(members, likeness))
    return tuple(sorted(found, key=min))


def parent_of(places: Places, themes: Sequence[Theme], *, of: int) -> ParentTheme:
    """Return the group of themes as it is published; its people count once.

    Args:
        places: One of those that `find_parents` gave.
        themes: In the same order as there, with their names and labels.
        of: Participants of the study.

    Returns:
        Its id is its version, until a name is given to it.
    """
    members = [themes[i] for i in places]
    people = sorted({name for one in members for name in one.participants})
    kind = members[0].kind
    version = content_id("par", kind, sorted(one.version for one in members))
    return ParentTheme(
        id=version,
        version=version,
        kind=kind,
        label=members[0].label,
        themes=tuple(one.id for one in members),
        participants=tuple(people),
        n=len(people),
        of=of,
        interval=wilson(len(people), of),
    )


def _cut(likeness: NDArray[np.float64]) -> Labels:
    """Return a number for each theme; those that stand alone have one of their own."""
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    count = len(likeness)
    alone: Labels = np.arange(count, dtype=np.int64)
    if count < 3:
        return alone
    distances = np.maximum(1.0 - likeness, 0.0)
    np.fill_diagonal(distances, 0.0)
    pairs = squareform(distances, checks=False)
    usual = round(float(pairs.mean()), 6)
    heights = linkage(pairs, method="average")[:, 2]
    cuts = sorted({float(height) for height in heights if height < usual})
    if not cuts:
        return alone
    best, most = alone, 0
    for labels in cut_distances(distances, cuts):
        groups = int((np.bincount(labels) > 1).sum())
        if groups >= most:
            best, most = labels, groups
    return best


def _central_first(members: NDArray[np.int64], likeness: NDArray[np.float64]) -> Places:
    inner = np.round(likeness[np.ix_(members, members)].mean(axis=1), 6)
    order = sorted(range(len(members)), key=lambda i: (-inner[i], members[i]))
    return tuple(int(members[i]) for i in order)
