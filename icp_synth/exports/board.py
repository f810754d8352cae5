"""Themes: the quotes board by kind, and the map of who said what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from icp_synth.domain.fields import KINDS
from icp_synth.domain.profiles import Synthesis
from icp_synth.domain.themes import Theme
from icp_synth.exports.evidence import Evidence
from icp_synth.exports.formatting import field_label, percent
from icp_synth.exports.frame import is_baseline
from icp_synth.exports.people import Person, anchor, segment_names
from icp_synth.exports.statements import Said, Voices, title, voices
from icp_synth.exports.words import Words

MOST_THEMES = 30
"""Themes shown of each kind, and rows of the map; the others are counted.

Of a reading without a model, so many in all: below the best supported its groups are
mostly chance.
"""

GRID_PEOPLE = 32
"""Up to so many participants the map is a table with a column each."""


@dataclass(frozen=True)
class ThemeShown:
    """A theme of the board; `low` and `high` are whole percentages as text."""

    theme: Theme
    anchor: str
    said: Said
    low: str | None
    high: str | None
    categories: tuple[str, ...]
    voices: Voices


@dataclass(frozen=True)
class Board:
    """The themes of one kind; `left` are further ones that are not shown."""

    kind: str
    themes: tuple[ThemeShown, ...]
    left: int


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
        columns: Participants, by segment; those who fit none last.
        bands: (position of the segment or None, name, number of columns).
        grid: Few enough people for a column with a name each.
    """

    columns: tuple[Person, ...]
    bands: tuple[tuple[int | None, str, int], ...]
    rows: tuple[MapRow, ...]
    grid: bool


def boards_of(
    synthesis: Synthesis, evidence: Evidence, *, words: Words
) -> tuple[Board, ...]:
    """Return a board for each kind that has themes: pains, motivations, traits."""
    order = ("pain", "motivation", "trait")
    best = synthesis.themes
    if is_baseline(synthesis.manifest):
        best = best[:MOST_THEMES]
    boards = []
    for kind in sorted(KINDS, key=order.index):
        shown = [theme for theme in best if theme.kind == kind][:MOST_THEMES]
        there = sum(theme.kind == kind for theme in synthesis.themes)
        if there:
            boards.append(
                Board(
                    kind=kind,
                    themes=tuple(
                        theme_of(theme, evidence, words=words) for theme in shown
                    ),
                    left=there - len(shown),
                )
            )
    return tuple(boards)


def theme_of(theme: Theme, evidence: Evidence, *, words: Words) -> ThemeShown:
    """Return a theme with its central quote as its name, then other people's."""
    said = title(theme.label, theme.insights, evidence)
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
        voices=voices(theme.insights, evidence, without=said.citation),
    )


def map_of(
    synthesis: Synthesis,
    evidence: Evidence,
    *,
    boards: Sequence[Board],
    people: Mapping[str, Person],
    words: Words,
) -> ThemeMap:
    """Return the map of the best supported themes of all kinds."""
    segments = segment_names(synthesis, words)
    last = len(segments)
    columns = sorted(
        people.values(),
        key=lambda person: last if person.segment is None else person.segment,
    )
    sizes = Counter(person.segment for person in columns)
    rest = words("people.unassigned") if segments else words("people.name")
    bands = [(at, label, sizes[at]) for at, label in enumerate(segments) if sizes[at]]
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
    tail = [(None, rest, sizes[None])] if sizes[None] else []
    return ThemeMap(
        columns=tuple(columns),
        bands=(*bands, *tail),
        rows=tuple(rows),
        grid=len(columns) <= GRID_PEOPLE,
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
        group = [person for person in columns if person.segment == place]
        if group:
            name = words("people.unassigned") if place is None else segments[place]
            k = sum(told.get(person.id, 0) > 0 for person in group)
            counts.append(words("map.by_segment", name=name, k=k, n=len(group)))
    return "; ".join(counts)
