"""Which theme, segment, ICP or persona of one synthesis is which of another.

They are paired as names are inherited from run to run, by people and anchors, and
then, for what drifted far over several versions, by their id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from icp_synth.domain.profiles import Icp, Synthesis
from icp_synth.domain.reviews import Anchor
from icp_synth.project.anchors import Places
from icp_synth.project.matching import Candidate, match, mergers

Place = Callable[[Iterable[Anchor]], Places]
"""Finds a set of quotes in the present texts."""


_ASSUMED = "hypotheses"
"""The kind of ICPs whose id is made of the name that people gave: it is enough."""


class Named(NamedTuple):
    """Things with a name, as the matcher takes them."""

    ids: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    places: tuple[Places, ...]


class NamedPairs(NamedTuple):
    """What became of the things with a name.

    Attributes:
        same: Old id → new id.
        merged: Old id → the new id that holds most of its quotes.
        gone: Old ids with no successor, in order.
        new: New ids with no predecessor, in order.
    """

    same: dict[str, str]
    merged: dict[str, str]
    gone: tuple[str, ...]
    new: tuple[str, ...]


def pair_named(old: Named, new: Named) -> NamedPairs:
    """Pair things of one sort, as names are inherited from run to run."""
    pairs = match(
        old.candidates, new.candidates, old_places=old.places, new_places=new.places
    )
    taken = set(pairs.values())
    at = {name: j for j, name in enumerate(new.ids)}
    for i, name in enumerate(old.ids):
        j = at.get(name)
        if i in pairs or j is None or j in taken:
            continue
        mine, theirs = old.candidates[i], new.candidates[j]
        shared = set(mine.participants) & set(theirs.participants)
        if mine.kind == theirs.kind and (shared or mine.kind == _ASSUMED):
            pairs[i] = j
            taken.add(j)
    merged = mergers(
        old.candidates,
        new.candidates,
        old_places=old.places,
        new_places=new.places,
        matched=pairs,
    )
    return NamedPairs(
        same={old.ids[i]: new.ids[j] for i, j in pairs.items()},
        merged={old.ids[i]: new.ids[j] for i, j in merged.items()},
        gone=tuple(
            name for i, name in enumerate(old.ids) if i not in pairs and i not in merged
        ),
        new=tuple(name for j, name in enumerate(new.ids) if j not in taken),
    )


def themes_of(synthesis: Synthesis, place: Place) -> Named:
    """Return the themes of a synthesis."""
    quotes: dict[str, tuple[Anchor, ...]] = {
        one.id: quotes_of(synthesis, one.insights) for one in synthesis.themes
    }
    return Named(
        ids=tuple(one.id for one in synthesis.themes),
        candidates=tuple(
            Candidate(sort="theme", kind=one.kind, participants=one.participants)
            for one in synthesis.themes
        ),
        places=tuple(place(quotes[one.id]) for one in synthesis.themes),
    )


def segments_of(synthesis: Synthesis) -> Named:
    """Return the segments of a synthesis; people alone say which is which."""
    return Named(
        ids=tuple(one.id for one in synthesis.segments),
        candidates=tuple(
            Candidate(sort="segment", participants=one.participants)
            for one in synthesis.segments
        ),
        places=tuple(Places(()) for _ in synthesis.segments),
    )


def icps_of(
    synthesis: Synthesis,
    icps: Sequence[Icp],
    place: Place,
) -> Named:
    """Return ICPs; their people are those of their segment, else all who support."""
    people = {one.id: one.participants for one in synthesis.segments}

    def members(icp: Icp) -> tuple[str, ...]:
        if icp.segment in people:
            return people[icp.segment]
        return tuple(sorted({who for claim in icp.claims for who in claim.supports}))

    return Named(
        ids=tuple(one.id for one in icps),
        candidates=tuple(
            Candidate(sort="icp", kind=_kind(one), participants=members(one))
            for one in icps
        ),
        places=tuple(
            place([anchor for claim in one.claims for anchor in claim.anchors])
            for one in icps
        ),
    )


def _kind(icp: Icp) -> str:
    return _ASSUMED if icp.origin == "hypotheses" else icp.type


def personas_of(synthesis: Synthesis, place: Place) -> Named:
    """Return the personas of a synthesis."""
    return Named(
        ids=tuple(one.id for one in synthesis.personas),
        candidates=tuple(
            Candidate(sort="persona", participants=one.participants)
            for one in synthesis.personas
        ),
        places=tuple(
            place([anchor for claim in one.claims for anchor in claim.anchors])
            for one in synthesis.personas
        ),
    )


def quotes_of(synthesis: Synthesis, ids: Iterable[str]) -> tuple[Anchor, ...]:
    """Return the quotes of insights as anchors without surroundings."""
    wanted = set(ids)
    return tuple(
        Anchor(
            transcript=one.transcript,
            quote=quote.text,
            before="",
            after="",
            start=quote.start,
        )
        for one in synthesis.insights
        if one.id in wanted
        for quote in one.quotes
    )
