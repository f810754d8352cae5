"""Divide people by how often many divisions put them together.

One division of people of whom each has some twenty things is a throw of dice: other
topics would have come up in another hour. So what they have in common is drawn anew
many times, they are divided each time, and two people belong together as far as the
draws put them together (consensus clustering, Monti et al. 2003).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from icp_synth.stages.segments.cuts import Labels, divide, partitions
from icp_synth.stages.segments.drawing import Shared, drawn_distances
from icp_synth.stages.segments.likeness import Floats

DRAWS = 60
"""Draws from which people are divided, and as many by which that is judged."""

DRAWN = 0
"""Seed of the draws from which people are divided."""

_JUDGES = 1


class Draws(NamedTuple):
    """Divisions of people after what they have in common was drawn anew.

    Attributes:
        numbers: Numbers of groups.
        labels: The group of each person, shape (draws, numbers, people).
    """

    numbers: tuple[int, ...]
    labels: NDArray[np.int16]

    def of(self, number: int) -> NDArray[np.int16]:
        """Return the divisions into so many groups, shape (draws, people)."""
        found: NDArray[np.int16] = self.labels[:, self.numbers.index(number)]
        return found


def draw(
    shared: Shared, numbers: Sequence[int], *, judges: bool = False, times: int = DRAWS
) -> Draws:
    """Divide the people at each number of groups, many times.

    What the people have in common is drawn anew with replacement, all that comes from
    one source together. Things are drawn and not people, since a group of three is
    gone as soon as one of them is not drawn; what one person carries is asked by
    leaving them out.

    Args:
        shared: Who has and shares what (`shared_of`).
        numbers: Of groups.
        judges: Other draws than those from which people are divided.
        times: How many draws.
    """
    labels = np.empty((times, len(numbers), len(shared.own)), dtype=np.int16)
    seed = _JUDGES if judges else DRAWN
    for i, distances in enumerate(drawn_distances(shared, seed, times)):
        labels[i] = partitions(distances, numbers)
    return Draws(tuple(numbers), labels)


def agreed(draws: Draws, number: int) -> Labels:
    """Return the division into so many groups by how often draws agree on pairs."""
    return divide(apart(draws.of(number)), number)


def apart(labels: NDArray[np.int16]) -> Floats:
    """Return the share of divisions in which two people are apart, (people, people).

    Args:
        labels: Shape (divisions, people).
    """
    people = labels.shape[1]
    # Small numbers are counted several times as fast; none is above the draws.
    counted = np.uint8 if len(labels) <= np.iinfo(np.uint8).max else np.uint32
    together = np.zeros((people, people), dtype=counted)
    for one in labels:
        together += one[:, None] == one[None, :]
    shares: Floats = np.round(1.0 - together.astype(np.float64) / len(labels), 9)
    return shares
