"""Which claim of one synthesis is which of another.

Claims have no name: of one field, those with the same anchors are one, or those with
half of them in common.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from icp_synth.domain.diffs import Owner
from icp_synth.domain.placed import Placed, placed_claims
from icp_synth.domain.profiles import Claim, Synthesis
from icp_synth.domain.reviews import Anchor
from icp_synth.project.anchors import Finder, Place, Places, jaccard

STILL_THE_SAME = 0.5
"""Least Jaccard of anchors at which two claims of one field are one."""


class Standing(NamedTuple):
    """A claim, where it stands, and the places of its quotes in the present texts."""

    owner: Owner
    claim: Claim
    places: Places


class Placing:
    """Finds quotes of the older synthesis in the texts of the newer one.

    In a transcript whose text did not change a quote is where it was, and no text is
    needed; in a corrected one it is looked for.

    Args:
        old: The older synthesis.
        new: The newer one.
        texts: Transcript → canonical text now; may lack some.
    """

    def __init__(
        self, old: Synthesis, new: Synthesis, texts: Mapping[str, str]
    ) -> None:
        before = {one.id: one.text_sha256 for one in old.transcripts}
        now = {one.id: one.text_sha256 for one in new.transcripts}
        self._corrected = {
            name for name in before if name in now and before[name] != now[name]
        }
        self._now = set(now)
        self._finder = Finder(
            {name: text for name, text in texts.items() if name in self._corrected}
        )
        self.unplaced = tuple(sorted(self._corrected - set(texts)))

    def old(self, anchors: Iterable[Anchor]) -> Places:
        """Return where quotes of the older synthesis stand now."""
        given = set(anchors)
        looked_for = {one for one in given if one.transcript in self._corrected}
        there = {one for one in given - looked_for if one.transcript in self._now}
        found = self._finder.find_all(looked_for)
        direct = places_of(there)
        gone = len(given) - len(there) - len(looked_for)
        return Places(tuple(sorted({*found.found, *direct.found})), found.gone + gone)


def places_of(anchors: Iterable[Anchor]) -> Places:
    """Return the places of anchors in the texts that they were made from."""
    return Places(
        tuple(
            sorted(
                {
                    Place(one.transcript, one.start, one.start + len(one.quote))
                    for one in anchors
                }
            )
        )
    )


def standing_claims(
    synthesis: Synthesis, place: Callable[[Iterable[Anchor]], Places]
) -> list[Standing]:
    """Return every claim of a synthesis with its owner, in order."""
    return [
        Standing(one.owner, one.claim, place(one.claim.anchors))
        for one in _each_once(placed_claims(synthesis))
    ]


def _each_once(placed: Iterable[Placed]) -> Iterable[Placed]:
    """Leave out assumptions that stand in an ICP of their own as well."""
    seen: set[str] = set()
    for one in placed:
        if one.owner.sort != "top_down" or one.claim.id not in seen:
            yield one
        seen.add(one.claim.id)


def pair_claims(
    old: Sequence[Standing],
    new: Sequence[Standing],
    same_owner: Mapping[tuple[str, str], str],
) -> dict[int, int]:
    """Return old index → new index of claims that are one.

    Within one field; first those that stand in what is the same ICP or persona, then
    those that stand elsewhere. A claim without anchors is the one with the same text.

    Args:
        old: Of the older synthesis, its places found in the newer texts.
        new: Of the newer one.
        same_owner: Sort and id of an owner before → id of what it is now.
    """

    def home(one: Standing) -> tuple[str, str, str]:
        owner = one.owner
        now = same_owner.get((owner.sort, owner.id), f"gone {owner.id}")
        return owner.sort, now if owner.id else "", one.claim.field

    def at_home(one: Standing) -> tuple[str, str, str]:
        return one.owner.sort, one.owner.id, one.claim.field

    pairs = _pairs_within(old, new, range(len(old)), range(len(new)), (home, at_home))
    rest_old = [i for i in range(len(old)) if i not in pairs]
    rest_new = [j for j in range(len(new)) if j not in set(pairs.values())]

    def anywhere(one: Standing) -> tuple[str, str, str]:
        return one.owner.sort, "", one.claim.field

    return pairs | _pairs_within(old, new, rest_old, rest_new, (anywhere, anywhere))


Key = Callable[[Standing], tuple[str, str, str]]


def _pairs_within(
    old: Sequence[Standing],
    new: Sequence[Standing],
    rows: Iterable[int],
    columns: Iterable[int],
    keys: tuple[Key, Key],
) -> dict[int, int]:
    of_old: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    of_new: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for i in rows:
        of_old[keys[0](old[i])].append(i)
    for j in columns:
        of_new[keys[1](new[j])].append(j)
    pairs: dict[int, int] = {}
    for key in sorted(of_old.keys() & of_new.keys()):
        weights = [
            [_same_claim(old[i], new[j]) for j in of_new[key]] for i in of_old[key]
        ]
        for row, column in _best(weights):
            pairs[of_old[key][row]] = of_new[key][column]
    return pairs


def _same_claim(one: Standing, other: Standing) -> float:
    if not one.places and not other.places:
        return float(one.claim.text == other.claim.text)
    share = jaccard(one.places, other.places)
    return share if share >= STILL_THE_SAME else 0.0


def _best(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    from scipy.optimize import linear_sum_assignment

    table = np.round(np.array(weights), 6)
    found = zip(*linear_sum_assignment(table, maximize=True), strict=True)
    return [(int(a), int(b)) for a, b in found if table[a, b] > 0]
