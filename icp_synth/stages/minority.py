"""What only one or two people say against many, or set apart from all others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from icp_synth.domain.ids import content_id
from icp_synth.domain.insights import Insight
from icp_synth.domain.likeness import Likeness
from icp_synth.domain.profiles import Claim
from icp_synth.domain.themes import Theme
from icp_synth.embedding.words import is_cjk, pieces

VERSION = "minority/3"

_FEW = 2
_STRONG = 3
_SHORT = 3
"""Letters that a word has at least one more of."""

_MOST = 8
_MOST_OF_ONE = 2

_STANCES = frozenset({"dislike", "objection", "fear"})
"""What somebody rejects or dreads is a view; what happens to them is none."""


class _Opposed(NamedTuple):
    """The best supported claim that an insight contradicts."""

    claim: str
    people: int


_NOTHING = _Opposed("", 0)


class _View(NamedTuple):
    """Some insights of one or two people, and why they are shown."""

    insights: tuple[Insight, ...]
    opposes: _Opposed
    insistence: int
    label: str

    @property
    def people(self) -> tuple[str, ...]:
        return tuple(sorted({one.participant for one in self.insights}))

    def rank(self) -> tuple[int, int, int, int, str, str, int]:
        first = self.insights[0]
        quotes = sum(len(one.quotes) for one in self.insights)
        return (
            -self.opposes.people,
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
    *,
    likeness: Likeness | None = None,
    near: float = 1.0,
) -> tuple[Claim, ...]:
    """Return what few people say against many, or what sets them apart.

    A view is a theme of at most two people, or an insight in no larger theme, that
    contradicts a claim which more people support than contradict (of such a theme
    only the insights that contradict it, and their people); or that rejects or
    dreads something with the greatest intensity. What at least two other people say
    as well is none: they contradict the same claim, or their words of that kind are
    near. Contradictions come first, those of most people before others, then what a
    person comes back to in words that nobody else uses; no person gives more than two.

    Args:
        insights: All that are published.
        themes: All.
        claims: Of ICPs and personas, with their counter-evidence.
        everybody: All participants.
        likeness: Of texts; without it, no view is folded by its words.
        near: The cosine from which others say the same.

    Returns:
        At most eight evidence claims in that order, with the claim that each
        `opposes`.
    """
    by_id = {one.id: one for one in insights}
    opposed, insistence = _opposed(claims), _insistence(insights)
    shared = {one for theme in themes if theme.n > _FEW for one in theme.insights}
    cited = {one for claim in claims for one in claim.insights}
    small = [theme for theme in themes if theme.n <= _FEW]
    grouped = {one for theme in small for one in theme.insights}
    views = [
        _View(
            part,
            opposed.get(part[0].id, _NOTHING),
            max(insistence[one.id] for one in part),
            theme.label if len(part) == len(theme.insights) else part[0].statement,
        )
        for theme in small
        if not cited.issuperset(theme.insights)
        for part in _parts([by_id[one] for one in theme.insights], opposed)
    ]
    views += [
        _View((one,), opposed.get(one.id, _NOTHING), insistence[one.id], one.statement)
        for one in insights
        if one.id not in grouped and (one.id in opposed or one.id not in shared | cited)
    ]
    heard = [view for view in views if view.opposes.people or _strong(view)]
    heard = _apart(heard, insights, likeness, near)
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
    return tuple(_claim(view, everybody) for view in kept)


def still_of_few(views: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the views that no two other people share, once they were judged.

    Args:
        views: In their order, which is kept.
    """
    return tuple(one for one in views if len(one.supports) <= _FEW)


def _opposed(claims: Sequence[Claim]) -> Mapping[str, _Opposed]:
    """Return insight → the claim of most people that it contradicts.

    Three people who contradict a claim are no minority view but a dispute.
    """
    found: dict[str, _Opposed] = {}
    for claim in sorted(claims, key=lambda one: (-len(one.supports), one.id)):
        against, speaks = len(claim.contradicts), len(claim.supports)
        if against <= _FEW and speaks > max(against, _FEW):
            for one in claim.counter:
                found.setdefault(one, _Opposed(claim.id, speaks))
    return found


def _parts(
    insights: Sequence[Insight], opposed: Mapping[str, _Opposed]
) -> list[tuple[Insight, ...]]:
    """Split a small theme by the claim that its insights contradict, or none.

    What stands beside a contradiction in a theme contradicts nothing by that.
    """
    found: dict[_Opposed, list[Insight]] = defaultdict(list)
    for one in insights:
        found[opposed.get(one.id, _NOTHING)].append(one)
    return [tuple(each) for each in found.values()]


def _apart(
    views: Sequence[_View],
    insights: Sequence[Insight],
    likeness: Likeness | None,
    near: float,
) -> list[_View]:
    """Leave out what at least two others say in near words of the same kind.

    What contradicts was held against all others already.
    """
    if likeness is None:
        return list(views)
    others = [one for one in insights if one.kind != "trait"]
    rows = likeness([view.label for view in views], [one.statement for one in others])
    return [
        view
        for view, row in zip(views, rows, strict=True)
        if view.opposes.people
        or len(
            {
                one.participant
                for one, cosine in zip(others, row, strict=True)
                if cosine >= near
                and one.kind == view.insights[0].kind
                and one.participant not in view.people
            }
        )
        < _FEW
    ]


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
    """Tell whether everybody in a view rejects or dreads something with all force."""
    forced = {
        one.participant
        for one in view.insights
        if one.intensity == _STRONG and one.category in _STANCES
    }
    return forced == set(view.people)


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
        opposes=view.opposes.claim or None,
    )
