"""Who speaks of which rival and of which differentiator, and how."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from icp_synth.domain.insights import Insight
from icp_synth.domain.mentions import aliases, names_any
from icp_synth.domain.positioning import (
    DifferentiatorRow,
    DifferentiatorTable,
    Mentions,
    MentionStance,
    RivalRow,
)
from icp_synth.domain.statistics import wilson
from icp_synth.stages.positioning.study import (
    COMPLAINT,
    PRAISE,
    SPEAKS_OF_IT,
    Told,
    is_tenure,
    words_of,
)

_STANCES: tuple[MentionStance, ...] = ("praise", "complaint", "compared", "mention")


def differentiator_table(told: Told) -> DifferentiatorTable:
    """Return the brief's rivals and differentiators with who speaks of them.

    People are counted, not mentions: ten remarks of one person are one. A rival is
    found by its names; a differentiator by likeness of what was said. What names
    rival and product together is `compared`, since code cannot tell which of them
    is praised.

    Args:
        told: Of its transcripts, participants' turns tell who names a rival
            without any insight saying so.
    """
    insights = told.ordered()
    of = len(told.people)
    rivals = {
        rival: [one for one in insights if names_any(words_of(one), aliases(rival))]
        for rival in dict.fromkeys(told.brief.rivals)
    }
    near = told.near_to(list(dict.fromkeys(told.brief.differentiators)))
    return DifferentiatorTable(
        rivals=tuple(
            RivalRow(
                rival=rival,
                names=aliases(rival),
                mentions=_of_rival(told, found, of),
                only_named=_only_named(told, rival, found),
            )
            for rival, found in rivals.items()
        ),
        differentiators=tuple(
            _row(told, sentence, frozenset(ids), rivals)
            for sentence, ids in near.items()
        ),
        of=of,
    )


def _row(
    told: Told,
    sentence: str,
    ids: frozenset[str],
    rivals: dict[str, list[Insight]],
) -> DifferentiatorRow:
    of = len(told.people)
    found = [
        one
        for one in told.ordered()
        if one.id in ids and one.category in SPEAKS_OF_IT and not is_tenure(one)
    ]
    both = {
        rival: _of_rival(told, [one for one in named if one.id in ids], of)
        for rival, named in rivals.items()
    }
    return DifferentiatorRow(
        differentiator=sentence,
        mentions=_mentions([(one, _stance(one)) for one in found], of),
        by_rival={rival: one for rival, one in both.items() if one.n},
    )


def _of_rival(told: Told, found: Iterable[Insight], of: int) -> Mentions:
    return _mentions(
        [
            (one, "compared" if told.names_product(one) else _stance(one))
            for one in found
        ],
        of,
    )


def _stance(insight: Insight) -> MentionStance:
    if insight.category in PRAISE:
        return "praise"
    return "complaint" if insight.category in COMPLAINT else "mention"


def _mentions(found: Sequence[tuple[Insight, MentionStance]], of: int) -> Mentions:
    people: dict[MentionStance, set[str]] = defaultdict(set)
    quotes: dict[str, str] = {}
    for insight, stance in found:
        people[stance].add(insight.participant)
        quotes.setdefault(insight.participant, insight.quotes[0].text)
    names = tuple(sorted(quotes))
    return Mentions(
        participants=names,
        n=len(names),
        of=of,
        stances={
            stance: tuple(sorted(people[stance]))
            for stance in _STANCES
            if stance in people
        },
        insights=tuple(one.id for one, _ in found),
        quotes=tuple(quotes[name] for name in names),
        interval=wilson(len(names), of),
    )


def _only_named(told: Told, rival: str, found: Iterable[Insight]) -> tuple[str, ...]:
    """Return who names the rival in a turn of which nothing was taken."""
    names = aliases(rival)
    counted = {one.participant for one in found}
    speakers = {
        turn.participant
        for transcript in told.transcripts
        for turn in transcript.participant_turns()
        if turn.participant in told.people
        and names_any(turn.span.of(transcript.text), names)
    }
    return tuple(sorted(name for name in speakers if name and name not in counted))
