"""Names and titles made of what participants said; nothing is invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from icp_synth.analysts.embedded.sentences import Piece, clauses, is_chinese, length
from icp_synth.analysts.embedded.trim import tidy
from icp_synth.analysts.protocol import ClaimToWord, Wordings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from icp_synth.analysts.protocol import GroupToName, Skeleton, ThemeToName

_HEADING_WORDS = 16
_HEADING_CHARACTERS = 28
_TITLE_FIELDS = ("role", "industry", "headcount_company", "technology")
_TITLE_PARTS = 2
_TITLE_SHARE = 0.6
"""Of a group, who hold a fact that may stand in its name."""
_TITLE_LENGTH = 90
_JOINT = " · "


def name_themes(themes: Sequence[ThemeToName]) -> Wordings:
    """Return the most central quote of each theme, short enough for a heading."""
    return Wordings(texts={theme.number: _name(theme) for theme in themes})


def name_groups(groups: Sequence[GroupToName]) -> Wordings:
    """Return the words that all themes of each group share, as "signal · app"."""
    return Wordings(texts={one.number: _JOINT.join(one.words) for one in groups})


def heading(quote: str) -> str:
    """Return a quote cut to whole clauses that fit a heading.

    A first clause that is too long by itself is kept whole: a cut inside a clause
    could turn its meaning round.
    """
    text = tidy(quote)
    most = _HEADING_CHARACTERS if is_chinese(text) else _HEADING_WORDS
    if length(text) <= most:
        return text
    parts = clauses(text, Piece(0, len(text)))
    end = parts[0].end
    for part in parts[1:]:
        if length(text[: part.end]) > most:
            break
        end = part.end
    return text[parts[0].start : end]


def word_skeleton(skeleton: Skeleton) -> Wordings:
    """Return the claims' own labels, and a title of what defines the group."""
    texts = {claim.number: claim.label for claim in skeleton.claims}
    return Wordings(texts=texts, title=_title(skeleton.claims))


def _text(claim: ClaimToWord) -> str:
    """Return a fact's value; of a theme the most central quote of this group."""
    if "/" in claim.field and claim.quotes:
        return claim.quotes[0]
    return claim.label


def _name(theme: ThemeToName) -> str:
    candidates = theme.quotes or theme.statements
    return heading(candidates[0]) if candidates else ""


def _title(claims: Sequence[ClaimToWord]) -> str | None:
    """Join the first fact that says who most are and the best supported theme."""
    facts = sorted(
        (
            claim
            for claim in claims
            if claim.field in _TITLE_FIELDS
            and claim.supports >= _TITLE_SHARE * claim.of
        ),
        key=lambda claim: (_TITLE_FIELDS.index(claim.field), claim.number),
    )
    themes = sorted(
        (claim for claim in claims if "/" in claim.field),
        key=lambda claim: (-claim.supports, claim.number),
    )
    chosen = [*facts[:1], *themes][:_TITLE_PARTS] or _most_held(claims)
    parts = list(dict.fromkeys(heading(_text(one)) for one in chosen if _text(one)))
    title = _JOINT.join(parts)
    return (title if len(title) <= _TITLE_LENGTH else parts[0]) or None


def _most_held(claims: Sequence[ClaimToWord]) -> list[ClaimToWord]:
    """Return the claim that most people hold, if most of the group do."""
    held = [one for one in claims if one.supports >= _TITLE_SHARE * one.of]
    return sorted(held, key=lambda one: (-one.supports, one.number))[:1]
