"""Lay two syntheses side by side: what is which, whatever became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from icp_synth.domain.profiles import Claim, Synthesis
from icp_synth.domain.themes import Theme
from icp_synth.project.anchors import Places, in_common
from icp_synth.stages.diff.named import (
    NamedPairs,
    icps_of,
    pair_named,
    personas_of,
    segments_of,
    themes_of,
)
from icp_synth.stages.diff.pairs import (
    Placing,
    Standing,
    pair_claims,
    places_of,
    standing_claims,
)

_HELD = 0.5
"""Least share of a claim's quotes that a theme holds to stand for it."""


class Aligned(NamedTuple):
    """Two syntheses side by side.

    Attributes:
        before, after: Their claims, in order.
        claims: Index before → index after.
        negative_personas: Of negative ICPs that are one, as in `same_owner`.
        new_themes: Themes of the newer one, with the places of their quotes.
        unplaced: Corrected transcripts whose text is not at hand.
    """

    before: Sequence[Standing]
    after: Sequence[Standing]
    claims: Mapping[int, int]
    themes: NamedPairs
    segments: NamedPairs
    icps: NamedPairs
    negative: NamedPairs
    personas: NamedPairs
    negative_personas: Mapping[tuple[str, str], str]
    new_themes: Sequence[tuple[Theme, Places]]
    unplaced: tuple[str, ...]

    def same_owner(self) -> dict[tuple[str, str], str]:
        """Return sort and id of an ICP or persona before → its id after."""
        owners = _owners(self.icps, self.negative, self.personas)
        return {**owners, **self.negative_personas}

    def claim(self, before: int) -> Claim | None:
        """Return what became of a claim, by its index before."""
        after = self.claims.get(before)
        return None if after is None else self.after[after].claim

    def theme(self, before: int) -> Theme | None:
        """Return the newer theme that holds at least half of a claim's quotes."""
        places = self.before[before].places
        if "/" not in self.before[before].claim.field or not places.found:
            return None
        shares = [
            (in_common(places, held) / places.size, -i)
            for i, (_, held) in enumerate(self.new_themes)
        ]
        share, at = max(shares, default=(0.0, 0))
        return self.new_themes[-at][0] if share >= _HELD else None


def align(
    old: Synthesis, new: Synthesis, texts: Mapping[str, str] | None = None
) -> Aligned:
    """Lay two syntheses side by side.

    Args:
        old: The older one.
        new: The newer one.
        texts: Transcript → canonical text of the newer one, to find what was quoted
            from texts that were corrected since.
    """
    placing = Placing(old, new, texts or {})
    now = themes_of(new, places_of)
    icps = pair_named(
        icps_of(old, old.icps, placing.old), icps_of(new, new.icps, places_of)
    )
    negative = pair_named(
        icps_of(old, old.negative, placing.old), icps_of(new, new.negative, places_of)
    )
    personas = pair_named(personas_of(old, placing.old), personas_of(new, places_of))
    of_negative = _negative_personas(old, new, negative)
    owners = _owners(icps, negative, personas) | of_negative
    before = standing_claims(old, placing.old)
    after = standing_claims(new, places_of)
    return Aligned(
        before=before,
        after=after,
        claims=pair_claims(before, after, owners),
        themes=pair_named(themes_of(old, placing.old), now),
        segments=pair_named(segments_of(old), segments_of(new)),
        icps=icps,
        negative=negative,
        personas=personas,
        negative_personas=of_negative,
        new_themes=tuple(zip(new.themes, now.places, strict=True)),
        unplaced=placing.unplaced,
    )


def _negative_personas(
    old: Synthesis, new: Synthesis, pairs: NamedPairs
) -> dict[tuple[str, str], str]:
    """Return the negative personas that are one: those of one negative ICP."""
    before = {one.id: one.persona for one in old.negative}
    after = {one.id: one.persona for one in new.negative}
    return {
        ("negative_persona", was.id): now.id
        for i, j in pairs.same.items()
        if (was := before[i]) is not None and (now := after[j]) is not None
    }


def _owners(
    icps: NamedPairs, negative: NamedPairs, personas: NamedPairs
) -> dict[tuple[str, str], str]:
    sorts = {"icp": icps, "negative": negative, "persona": personas}
    return {
        (sort, before): now
        for sort, pairs in sorts.items()
        for before, now in pairs.same.items()
    }
