"""What only one or two people say, and should be heard all the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from icp_synth.domain.ids import content_id
from icp_synth.domain.insights import Insight
from icp_synth.domain.profiles import Claim
from icp_synth.domain.themes import Theme
from icp_synth.embedding.words import is_cjk, pieces

VERSION = "minority/1"

_FEW = 2
_STRONG = 3
_SHORT = 3
"""Letters that a word has at least one more of."""

_MOST = 12
_MOST_OF_ONE = 2


class _View(NamedTuple):
    """Some insights of one or two people, and why they are shown."""

    insights: tuple[Insight, ...]
    against: int
    insistence: int
    label: str

    @property
    def people(self) -> tuple[str, ...]:
        return tuple(sorted({one.participant for one in self.insights}))

    def rank(self) -> tuple[int, int, int, int, str, str, int]:
        first = self.insights[0]
        quotes = sum(len(one.quotes) for one in self.insights)
        return (
            -self.against,
            -self.insistence,
            -len(self.people),
            -quotes,
            first.transcript,
            first.participant,
            first.quotes[0].start,
        )


def minority(
    insights: Sequence[Insight],
    themes: Sequence[Theme],
    claims: Sequence[Claim],
    everybody: Sequence[str],
) -> tuple[Claim, ...]:
    """Return what few people say against many, or put with all force.

    A view is a theme of at most two people, or an insight in no larger theme, that is
    put with the greatest intensity or contradicts a claim which more people support
    than contradict. What contradicts comes first, then what a person comes back to in
    words that nobody else uses; no person gives more than two.

    Args:
        insights: All that are published.
        themes: All.
        claims: Of ICPs and personas, with their counter-evidence.
        everybody: All participants.

    Returns:
        At most twelve evidence claims, by support, then id.
    """
    by_id = {one.id: one for one in insights}
    against, insistence = _against(claims), _insistence(insights)
    shared = {one for theme in themes if theme.n > _FEW for one in theme.insights}
    cited = {one for claim in claims for one in claim.insights}
    small = [theme for theme in themes if theme.n <= _FEW]
    grouped = {one for theme in small for one in theme.insights}
    views = [
        _View(
            tuple(by_id[one] for one in theme.insights),
            max(against[one] for one in theme.insights),
            max(insistence[one] for one in theme.insights),
            theme.label,
        )
        for theme in small
        if not cited.issuperset(theme.insights)
    ]
    views += [
        _View((one,), against[one.id], insistence[one.id], one.statement)
        for one in insights
        if one.id not in grouped | shared
        and (against[one.id] or (one.kind != "trait" and one.id not in cited))
    ]
    heard = [view for view in views if view.against or _strong(view)]
    kept: list[_View] = []
    told: Counter[str] = Counter()
    seen: set[tuple[tuple[str, ...], str]] = set()
    for view in sorted(heard, key=_View.rank):
        if len(kept) == _MOST:
            break
        same = (view.people, view.label) in seen
        seen.add((view.people, view.label))
        if not same and all(told[name] < _MOST_OF_ONE for name in view.people):
            told.update(view.people)
            kept.append(view)
    found = [_claim(view, everybody) for view in kept]
    return tuple(sorted(found, key=lambda one: (-len(one.supports), one.id)))


def _against(claims: Sequence[Claim]) -> Mapping[str, int]:
    """Return insight → the most people who support what it contradicts."""
    found: Counter[str] = Counter()
    for claim in claims:
        if len(claim.supports) > len(claim.contradicts):
            for one in claim.counter:
                found[one] = max(found[one], len(claim.supports))
    return found


def _insistence(insights: Sequence[Insight]) -> Mapping[str, int]:
    """Return insight → how many others of its person share a word of that person alone.

    A matter that only one participant speaks of, and keeps speaking of.
    """
    words = {one.id: _words(one) for one in insights}
    users: dict[str, set[str]] = defaultdict(set)
    times: Counter[tuple[str, str]] = Counter()
    for one in insights:
        for word in words[one.id]:
            users[word].add(one.participant)
            times[one.participant, word] += 1
    return {
        one.id: max(
            (
                times[one.participant, word] - 1
                for word in words[one.id]
                if len(users[word]) == 1
            ),
            default=0,
        )
        for one in insights
    }


def _words(insight: Insight) -> frozenset[str]:
    """Return the stems, or pairs of Chinese characters, of statement and quotes."""
    said = [insight.statement, *(quote.text for quote in insight.quotes)]
    found: set[str] = set()
    for piece in pieces(" ".join(said)):
        if is_cjk(piece):
            found.update(piece[at : at + 2] for at in range(len(piece) - 1))
        elif len(piece) > _SHORT:
            found.add(piece)
    return frozenset(found)


def _strong(view: _View) -> bool:
    return any(one.intensity == _STRONG for one in view.insights)


def _claim(view: _View, everybody: Sequence[str]) -> Claim:
    first = view.insights[0]
    ids = tuple(one.id for one in view.insights)
    field = f"{first.kind}/{first.category}"
    return Claim(
        id=content_id("clm", "minority", field, sorted(ids), view.label),
        field=field,
        text=view.label,
        basis="evidence",
        insights=ids,
        supports=view.people,
        unjudged=tuple(sorted(set(everybody) - set(view.people))),
    )
