"""Names and titles made of what participants said; nothing is invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from icp_synth.analysts.embedded.theme_names import whole_heading
from icp_synth.analysts.embedded.trim import tidy
from icp_synth.analysts.protocol import ClaimToWord, Wordings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from icp_synth.analysts.protocol import GroupToName, Skeleton

_TITLE_FIELDS = ("role", "industry", "technology")
"""Facts that say who somebody is in words; a figure names nobody."""

_TITLE_PARTS = 2
_TITLE_SHARE = 0.6
"""Of a group, who hold what stands in its name, a fact or a theme."""
_TITLE_LENGTH = 90
_JOINT = " · "


def name_groups(groups: Sequence[GroupToName]) -> Wordings:
    """Return the words that all themes of each group share, as "signal · app"."""
    return Wordings(texts={one.number: _JOINT.join(one.words) for one in groups})


def heading(quote: str) -> str:
    """Return a quote cut to whole clauses that fit a heading, or the whole quote.

    It is cut only where nothing that follows could turn its meaning round.
    """
    return whole_heading(quote) or tidy(quote)


def word_skeleton(skeleton: Skeleton) -> Wordings:
    """Return the claims' own labels, and a title of what defines the group."""
    texts = {claim.number: claim.label for claim in skeleton.claims}
    return Wordings(texts=texts, title=_title(skeleton))


def _text(claim: ClaimToWord) -> str:
    """Return a fact's value; of a theme the most central quote of this group."""
    if "/" in claim.field and claim.quotes:
        return claim.quotes[0]
    return claim.label


def _title(skeleton: Skeleton) -> str | None:
    """Join what most of the group are and what most of them say.

    Where most of them share nothing, a group beside others is named by the theme that
    tells it from them best; the one group of everybody stays without a name.
    """
    held = [one for one in skeleton.claims if one.supports >= _TITLE_SHARE * one.of]
    facts = sorted(
        (one for one in held if one.field in _TITLE_FIELDS),
        key=lambda claim: (_TITLE_FIELDS.index(claim.field), claim.number),
    )
    chosen = [*facts[:1], *_themes(held)]
    if not chosen and skeleton.divided:
        chosen = _themes(skeleton.claims)[:1]
    chosen = chosen or _most_supported(held)
    texts = (heading(_text(one)) for one in chosen[:_TITLE_PARTS] if _text(one))
    parts = list(dict.fromkeys(texts))
    title = _JOINT.join(parts)
    return (title if len(title) <= _TITLE_LENGTH else parts[0]) or None


def _themes(claims: Sequence[ClaimToWord]) -> list[ClaimToWord]:
    """Return the claims of themes, what tells the group from others best first."""
    return sorted(
        (claim for claim in claims if "/" in claim.field),
        key=lambda claim: claim.number,
    )


def _most_supported(claims: Sequence[ClaimToWord]) -> list[ClaimToWord]:
    return sorted(claims, key=lambda one: (-one.supports, one.number))[:1]
