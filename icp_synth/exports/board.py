"""Themes: the quotes board by kind, and the map of who said what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from icp_synth.domain.fields import KINDS
from icp_synth.domain.profiles import Synthesis
from icp_synth.domain.stability import stability_verdict
from icp_synth.domain.themes import ParentTheme, Theme
from icp_synth.exports.evidence import Evidence
from icp_synth.exports.formatting import field_label, percent
from icp_synth.exports.frame import is_baseline
from icp_synth.exports.people import Person, anchor
from icp_synth.exports.statements import (
    Said,
    Voices,
    stands_for,
    title,
    voices,
)
from icp_synth.exports.words import Words

MOST_THEMES = 30
"""Themes shown of each kind, and rows of the map; the others are counted.

Of a reading without a model, so many in all: below the best supported its groups are
mostly chance.
"""

_ASIDE = ("", "unquoted", "unread")
"""Why somebody stands in no segment, in the order of the map's columns."""

GRID_PEOPLE = 32
"""Up to so many participants the map is a table with a column each."""


@dataclass(frozen=True)
class ThemeShown:
    """A theme of the board.

    Attributes:
        low, high: Whole percentages as text, None where there is no interval.
        asked: How many of those who were asked say it, in words; empty where unknown.
        verdict: What its stability says, or why there is none, in words.
        shaky: It was not found again often enough.
        dominated: Who alone holds most of its mentions, or None.
        group: (anchor, label) of the group of themes that it belongs to, or None.
    """

    theme: Theme
    anchor: str
    said: Said
    low: str | None
    high: str | None
    categories: tuple[str, ...]
    voices: Voices
    asked: str = ""
    verdict: str = ""
    shaky: bool = False
    dominated: Person | None = None
    group: tuple[str, str] | None = None


@dataclass(frozen=True)
class GroupShown:
    """A group of themes: its label, and who is in one of them."""

    anchor: str
    label: Said
    n: int
    of: int
    low: str | None
    high: str | None
    themes: tuple[ThemeShown, ...]


@dataclass(frozen=True)
class Board:
    """The themes of one kind.

    Attributes:
        themes: All that are shown, most people first.
        left: Further ones that are not shown.
        groups: Groups of the shown themes; empty where nothing was grouped.
        alone: Shown themes that stand in no group.
    """

    kind: str
    themes: tuple[ThemeShown, ...]
    left: int
    groups: tuple[GroupShown, ...] = ()
    alone: tuple[ThemeShown, ...] = ()


@dataclass(frozen=True)
class MapRow:
    """A theme over the map's columns.

    Attributes:
        cells: Mentions by participant, in the order of the columns.
        by_segment: In words, for those who do not see the picture.
    """

    theme: ThemeShown
    cells: tuple[int, ...]
    by_segment: str


@dataclass(frozen=True)
class ThemeMap:
    """Who said what.

    Attributes:
        columns: Participants, by segment; then those who fit none, who may not be
            quoted, and of whom nothing was read.
        bands: (position of the segment or None, name, number of columns).
        grid: Few enough people for a column with a name each.
    """

    columns: tuple[Person, ...]
    bands: tuple[tuple[int | None, str, int], ...]
    rows: tuple[MapRow, ...]
    grid: bool


def boards_of(
    synthesis: Synthesis,
    evidence: Evidence,
    *,
    parents: Sequence[ParentTheme] = (),
    people: Mapping[str, Person],
    words: Words,
) -> tuple[Board, ...]:
    """Return a board for each kind that has themes: pains, motivations, traits.

    Args:
        synthesis: What is published.
        evidence: Cuts and numbers the quotes.
        parents: Groups of themes; none leaves the boards in one level.
        people: Participants by name.
        words: The report's language.
    """
    order = ("pain", "motivation", "trait")
    best = synthesis.themes
    if is_baseline(synthesis.manifest):
        best = best[:MOST_THEMES]
    boards = []
    for kind in sorted(KINDS, key=order.index):
        there = [theme for theme in synthesis.themes if theme.kind == kind]
        shown = _with_groups(
            [theme for theme in best if theme.kind == kind][:MOST_THEMES],
            there,
            parents,
        )
        if there:
            themes = tuple(
                theme_of(theme, evidence, people=people, words=words) for theme in shown
            )
            boards.append(_board(kind, themes, len(there), parents, evidence))
    return tuple(boards)


def _with_groups(
    shown: Sequence[Theme], there: Sequence[Theme], parents: Sequence[ParentTheme]
) -> list[Theme]:
    """Return the themes to show, with all of a group of which two are shown."""
    kept = {one.id for one in shown}
    for parent in parents:
        if len(kept.intersection(parent.themes)) > 1:
            kept.update(parent.themes)
    return [one for one in there if one.id in kept]


def _board(
    kind: str,
    themes: Sequence[ThemeShown],
    there: int,
    parents: Sequence[ParentTheme],
    evidence: Evidence,
) -> Board:
    """Sort the shown themes into their groups; a group needs two that are shown."""
    groups = []
    grouped: set[str] = set()
    for parent in (one for one in parents if one.kind == kind):
        inside = tuple(one for one in themes if one.theme.id in parent.themes)
        if len(inside) < 2:
            continue
        grouped.update(one.theme.id for one in inside)
        low, high = parent.interval or (None, None)
        cited = [name for one in inside for name in one.theme.insights]
        groups.append(
            GroupShown(
                anchor=anchor("g", parent.id),
                label=stands_for(title(parent.label, cited, evidence), parent.n),
                n=parent.n,
                of=parent.of,
                low=None if low is None else percent(low),
                high=None if high is None else percent(high),
                themes=inside,
            )
        )
    return Board(
        kind=kind,
        themes=tuple(themes),
        left=there - len(themes),
        groups=tuple(groups),
        alone=tuple(one for one in themes if one.theme.id not in grouped),
    )


def theme_of(
    theme: Theme, evidence: Evidence, *, people: Mapping[str, Person], words: Words
) -> ThemeShown:
    """Return a theme with its central quote as its name, then other people's."""
    said = stands_for(title(theme.label, theme.insights, evidence), theme.n)
    categories = Counter(
        evidence.insight(name).category for name in theme.insights
    ).most_common(2)
    low, high = theme.interval or (None, None)
    return ThemeShown(
        theme=theme,
        anchor=anchor("t", theme.id),
        said=said,
        low=None if low is None else percent(low),
        high=None if high is None else percent(high),
        categories=tuple(
            field_label(f"{theme.kind}/{category}", words) for category, _ in categories
        ),
        voices=voices(theme.insights, evidence, without=said.citation, visible=1),
        asked=_asked(theme, words),
        verdict=_verdict(theme, words),
        shaky=theme.stability_verdict == "unstable",
        dominated=people.get(theme.dominated_by or ""),
    )


def _asked(theme: Theme, words: Words) -> str:
    """Return how many of those who were asked say it, and what they were asked."""
    if theme.asked is None:
        return ""
    if theme.said_when_asked is None:
        return words("count.asked", n=theme.asked)
    said, asked = theme.said_when_asked, theme.asked
    if theme.asked_by is None:
        return words("count.said_when_asked", k=said, n=asked)
    question = words("quote.marks", text=theme.asked_by)
    return words("count.said_when_asked_by", k=said, n=asked, question=question)


def _verdict(theme: Theme, words: Words) -> str:
    if theme.stability is not None:
        verdict = theme.stability_verdict or stability_verdict(theme.stability)
        value = f"{theme.stability:.2f}"
        if not verdict:
            return value
        said = words(f"stability.{verdict}")
        return words("count.stability", verdict=said, value=value)
    if theme.stability_reason is not None:
        return words(f"stability.{theme.stability_reason}")
    return ""


def map_of(
    evidence: Evidence,
    *,
    boards: Sequence[Board],
    people: Mapping[str, Person],
    segments: Sequence[str],
    words: Words,
) -> ThemeMap:
    """Return the map of the best supported themes of all kinds.

    Args:
        evidence: Finds the insights.
        boards: The themes to choose from.
        people: Participants by name.
        segments: What the segments are called, in their order.
        words: The report's language.
    """
    columns = sorted(people.values(), key=lambda person: _place(person, len(segments)))
    shown = [theme for board in boards for theme in board.themes]
    shown.sort(key=lambda row: (-row.theme.n, -len(row.theme.insights)))
    rows = []
    for row in shown[:MOST_THEMES]:
        told = Counter(
            evidence.insight(name).participant for name in row.theme.insights
        )
        rows.append(
            MapRow(
                theme=row,
                cells=tuple(told[person.id] for person in columns),
                by_segment=_by_segment(told, columns, segments, words),
            )
        )
    return ThemeMap(
        columns=tuple(columns),
        bands=_bands(columns, segments, words),
        rows=tuple(rows),
        grid=len(columns) <= GRID_PEOPLE,
    )


def _place(person: Person, segments: int) -> int:
    """Return the band that somebody stands in: a segment, or why they are in none."""
    if person.segment is not None:
        return person.segment
    return segments + _ASIDE.index(person.unheard)


def _bands(
    columns: Sequence[Person], segments: Sequence[str], words: Words
) -> tuple[tuple[int | None, str, int], ...]:
    sizes = Counter(_place(person, len(segments)) for person in columns)
    fitting = words("people.unassigned") if segments else words("people.name")
    names = [*segments, fitting, *(words(f"people.{one}") for one in _ASIDE if one)]
    return tuple(
        (at if at < len(segments) else None, name, sizes[at])
        for at, name in enumerate(names)
        if sizes[at]
    )


def _by_segment(
    told: Mapping[str, int],
    columns: Sequence[Person],
    segments: Sequence[str],
    words: Words,
) -> str:
    if not segments:
        return ""
    places: list[int | None] = [*range(len(segments)), None]
    counts = []
    for place in places:
        group = [
            person
            for person in columns
            if person.segment == place and not (place is None and person.unheard)
        ]
        if group:
            name = words("people.unassigned") if place is None else segments[place]
            k = sum(told.get(person.id, 0) > 0 for person in group)
            counts.append(words("map.by_segment", name=name, k=k, n=len(group)))
    return words.joined(counts)
