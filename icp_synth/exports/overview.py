"""The first screen: the segments, what their people share, how well they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from icp_synth.domain.profiles import Synthesis
from icp_synth.domain.segments import IN_COVERAGE
from icp_synth.domain.themes import Segment
from icp_synth.exports.board import ThemeShown
from icp_synth.exports.formatting import percent
from icp_synth.exports.people import Person
from icp_synth.exports.steadiness import held_by, steadiness
from icp_synth.exports.words import Words

_SHARED = 3
"""Themes by which a segment is described."""

_NAMED = 12
"""People named on a segment's card; the others are counted."""


@dataclass(frozen=True)
class SharedTheme:
    """A theme of a segment: k of its n people, and k of the other participants.

    Attributes:
        of_others: Whom the segment is compared with; nobody else, where it is 0.
        told: All of it in words, no contrast with nobody.
    """

    theme: ThemeShown
    k: int
    n: int
    others: int
    of_others: int
    told: str


@dataclass(frozen=True)
class SegmentShown:
    """A segment of the first screen.

    Attributes:
        at: Its position, for its colour.
        share: How much of it comes back when people are redrawn, 0 to 1.
        stability: What that says, with its figure; empty where nothing was divided.
        moved: How many change company when one person is left out; may be empty.
        more: People who are not named here.
        unquoted: Of its people, who may not be quoted.
        elsewhere: Others with whom it is compared.
        cards: (anchor, name) of the ICPs drafted from it.
    """

    at: int
    name: str
    people: tuple[Person, ...]
    more: int
    n: int
    share: float
    stability: str
    decided: str
    moved: str
    unquoted: int
    elsewhere: int
    shared: tuple[SharedTheme, ...]
    cards: tuple[tuple[str, str], ...]


def segments_of(
    synthesis: Synthesis,
    themes: Sequence[ThemeShown],
    *,
    people: Mapping[str, Person],
    cards: Mapping[str, tuple[str, str]],
    names: Sequence[str],
    words: Words,
) -> tuple[SegmentShown, ...]:
    """Return the segments, each with the themes that tell it from the others.

    Args:
        synthesis: What is published.
        themes: Those that the report shows.
        people: Participants by name.
        cards: Anchor and name of each drafted ICP, by id.
        names: What the segments are called, in their order.
        words: The report's language.
    """
    unquoted = set(synthesis.frame.unquoted)
    return tuple(
        SegmentShown(
            at=at,
            name=names[at],
            people=_people(segment, people)[:_NAMED],
            more=max(0, len(segment.participants) - _NAMED),
            n=len(segment.participants),
            share=segment.stability or 0.0,
            stability=steadiness(segment, words),
            decided=held_by(segment, words),
            moved=_moved(synthesis, segment, words),
            unquoted=len(unquoted.intersection(segment.participants)),
            elsewhere=len(_others(segment, synthesis)),
            shared=tuple(_shared(segment, themes, synthesis, words)),
            cards=tuple(
                cards[icp.id]
                for icp in synthesis.icps
                if icp.segment == segment.id and icp.id in cards
            ),
        )
        for at, segment in enumerate(synthesis.segments)
    )


def division_of(synthesis: Synthesis, words: Words) -> tuple[str, ...]:
    """Return what a person should be told of the segments, one sentence each."""
    found = synthesis.coverage.get(IN_COVERAGE, {})
    told = [
        words(f"segment_code.{code}")
        for code in found.get("codes", ())
        if f"segment_code.{code}" in words.table
    ]
    if (movement := found.get("movement")) is not None:
        told.append(words("segment.movement", share=percent(movement)))
    return tuple(told)


def undivided_of(synthesis: Synthesis, words: Words) -> str:
    """Return why everybody stands in one segment, with what was tried, or nothing.

    How alike the groups of two draws are is told beside how alike chance makes them.
    """
    found = synthesis.coverage.get(IN_COVERAGE, {})
    if len(synthesis.segments) != 1 or "one_group" not in found.get("codes", ()):
        return ""
    n = len(synthesis.segments[0].participants)
    told = [words("segment.everybody", n=f"{n:,}")]
    tried = [
        words(
            "segment.tried_one",
            n=one["cuts"],
            agreement=f"{one['agreement']:.2f}",
            chance=f"{one['by_chance']:.2f}",
        )
        for one in found.get("candidates", ())
        if one.get("agreement") is not None and one.get("by_chance") is not None
    ]
    if tried:
        told.append(words("segment.tried", tried=words("signal.joint").join(tried)))
    return ("" if words.language == "zh" else " ").join(told)


def _people(segment: Segment, people: Mapping[str, Person]) -> tuple[Person, ...]:
    return tuple(people[name] for name in segment.participants if name in people)


def _moved(synthesis: Synthesis, segment: Segment, words: Words) -> str:
    shares = synthesis.coverage.get(IN_COVERAGE, {}).get("movement_by_segment", {})
    share = shares.get(segment.id)
    return "" if share is None else words("segment.moved", share=percent(share))


def _others(segment: Segment, synthesis: Synthesis) -> set[str]:
    """Return whom a segment is compared with.

    Who was not heard has said neither yes nor no: they are no others.
    """
    everybody = {one.id for one in synthesis.participants}
    return everybody.difference(segment.participants, synthesis.frame.unheard)


def _shared(
    segment: Segment,
    themes: Sequence[ThemeShown],
    synthesis: Synthesis,
    words: Words,
) -> list[SharedTheme]:
    """Return the themes that at least two of the segment share, most telling first."""
    inside = set(segment.participants)
    n = len(inside.difference(synthesis.frame.unread))
    others = len(_others(segment, synthesis))
    found = []
    for theme in themes:
        k = len(inside.intersection(theme.theme.participants))
        rest = theme.theme.n - k
        if k >= 2:
            lead = k / n - (rest / others if others else 0.0)
            told = words("count.of", k=k, n=n)
            if others:
                told = words("segment.shared", k=k, n=n, others=rest, of_others=others)
            found.append((-lead, SharedTheme(theme, k, n, rest, others, told)))
    found.sort(key=lambda pair: (pair[0], pair[1].theme.theme.id))
    return [shared for _, shared in found[:_SHARED]]
