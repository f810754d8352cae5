"""The report as one value, before it is HTML or Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from icp_synth.domain.profiles import Status, Synthesis
from icp_synth.domain.transcripts import Transcript
from icp_synth.exports.analyses import Analyses, analyses_of
from icp_synth.exports.asked import Asked, asked_of
from icp_synth.exports.board import Board, ThemeMap, boards_of, map_of
from icp_synth.exports.card import Card
from icp_synth.exports.cards import CardMaker
from icp_synth.exports.checks import Checks, checks_of
from icp_synth.exports.claims import ClaimShown, by_people
from icp_synth.exports.contested import MinorityShown, contested_of, minority_of
from icp_synth.exports.coverage import Heard, heard_of
from icp_synth.exports.evidence import Citation, Evidence
from icp_synth.exports.filters import Filters, filters_of
from icp_synth.exports.frame import (
    aside_of,
    frame_line,
    groups_of,
    is_baseline,
    notes_on,
    nothing_drafted,
)
from icp_synth.exports.made import Made, made_of, subject_of
from icp_synth.exports.matrix import ClaimMatrix, matrix_of
from icp_synth.exports.overlaps import Overlaps, overlaps_of
from icp_synth.exports.overview import (
    SegmentShown,
    division_of,
    segments_of,
    undivided_of,
)
from icp_synth.exports.participants import Participants, participants_of
from icp_synth.exports.people import Person, people_of
from icp_synth.exports.positions import (
    PositioningShown,
    TopDownShown,
    positioning_of,
    top_down_of,
)
from icp_synth.exports.sources import Sources, sources_of
from icp_synth.exports.titles import segment_titles
from icp_synth.exports.words import Words, words_of

TOP = 4
"""Themes of each kind in the overview."""


@dataclass(frozen=True)
class Report:
    """Everything a report shows, in order.

    Attributes:
        draft: Somebody still has to review something.
        baseline: The embedded analyst read: quotes, no interpretations.
        frame: The sample in one line, for every card.
        carries: How far it carries, in one sentence.
        asked: Its goal and questions, and when somebody should look at it again.
        of: Participants of the study.
        aside: How many of them may not be quoted, and where they count; may be empty.
        compared: That groups are compared without these; may be empty.
        groups: (group's key, its name, its people), for the picture of the sample.
        top: The best supported themes by kind.
        contested: Claims that somebody contradicts.
        division: How well the segments hold, one sentence each.
        undivided: Why everybody stands in one segment; empty where they do not.
        nothing: Why there is no card, where there is none.
        cited: Every quote that is shown, by number.
    """

    words: Words
    title: str
    subject: str
    what: str
    draft: bool
    baseline: bool
    frame: str
    carries: str
    notes: tuple[str, ...]
    made: Made
    asked: Asked
    nothing: str
    of: int
    aside: str
    compared: str
    groups: tuple[tuple[str, str, int], ...]
    figures: tuple[tuple[int, str], ...]
    segments: tuple[SegmentShown, ...]
    unassigned: tuple[Person, ...]
    top: tuple[Board, ...]
    icps: tuple[Card, ...]
    personas: tuple[Card, ...]
    negative: tuple[Card, ...]
    overlaps: Overlaps
    positioning: PositioningShown
    top_down: tuple[TopDownShown, ...]
    audience: tuple[ClaimShown, ...]
    minority: tuple[MinorityShown, ...]
    contested: tuple[ClaimShown, ...]
    boards: tuple[Board, ...]
    map: ThemeMap
    matrix: ClaimMatrix
    analyses: Analyses
    filters: Filters
    participants: Participants
    segment_names: tuple[str, ...]
    division: tuple[str, ...]
    undivided: str
    sources: Sources
    heard: Heard
    checks: Checks
    cited: tuple[Citation, ...]


def build_report(
    synthesis: Synthesis, transcripts: Mapping[str, Transcript], *, language: str
) -> Report:
    """Return what a report shows, every quote cut out of its transcript again.

    Args:
        synthesis: What is published.
        transcripts: Canonical texts by name, of all that is cited.
        language: `en` or `zh`: of the report's own words.

    Raises:
        UsageError: When there are no words for the language.
        IcpSynthError: When a quote is not the slice of its source.
    """
    words = words_of(language)
    if is_baseline(synthesis.manifest):
        words = words.by_rules()
    people = people_of(synthesis, words)
    evidence = Evidence(synthesis, transcripts, people=people)
    maker = CardMaker(synthesis, evidence, people=people, words=words)
    # Those that the interviews gave come first, what was believed in after them.
    icps = tuple(sorted(map(maker.icp, synthesis.icps), key=_place))
    personas = tuple(sorted(map(maker.persona, synthesis.personas), key=_place))
    negative = tuple(card for icp in synthesis.negative for card in maker.negative(icp))
    cards = (*icps, *personas, *negative)
    contested = contested_of(cards)
    boards = boards_of(
        synthesis,
        evidence,
        parents=synthesis.theme_groups,
        people=people,
        words=words,
    )
    themes = [theme for board in boards for theme in board.themes]
    names = segment_titles(synthesis, evidence, words)
    who_said = map_of(
        evidence, boards=boards, people=people, segments=names, words=words
    )
    aside, compared = aside_of(synthesis.frame, words)
    name, what = subject_of(synthesis.manifest)
    return Report(
        words=words,
        title=words("page.title", name=name) if name else words("page.untitled"),
        subject=name or words("page.untitled"),
        what=what,
        draft=is_draft(synthesis),
        baseline=is_baseline(synthesis.manifest),
        frame=frame_line(synthesis.frame, words),
        carries=words(f"carries.{synthesis.frame.persona_type}"),
        notes=tuple(notes_on(synthesis.frame, words)),
        made=made_of(
            synthesis.manifest,
            words,
            listed={one.path for one in synthesis.transcripts},
        ),
        asked=asked_of(synthesis, cards, themes, evidence),
        nothing=nothing_drafted(synthesis, words),
        of=synthesis.frame.participants,
        aside=aside,
        compared=compared,
        groups=groups_of(synthesis.frame, words),
        figures=_figures(synthesis, cards, words),
        segments=segments_of(
            synthesis,
            themes,
            people=people,
            cards=maker.names(),
            names=names,
            words=words,
        ),
        unassigned=tuple(
            people[one]
            for one in synthesis.unassigned
            if one in people and not people[one].unheard
        ),
        top=tuple(Board(b.kind, b.themes[:TOP], left=0) for b in boards),
        icps=icps,
        personas=personas,
        negative=negative,
        overlaps=overlaps_of(synthesis, maker.names(), words, people=people),
        positioning=positioning_of(synthesis, maker, evidence, words),
        top_down=top_down_of(
            synthesis.top_down, evidence, names=maker.names(), words=words
        ),
        audience=by_people(maker.claims(synthesis.audience.claims)),
        minority=minority_of(
            synthesis, maker.claims(synthesis.minority), contested, cards
        ),
        contested=contested,
        boards=boards,
        map=who_said,
        matrix=matrix_of(cards, who_said.columns, who_said.bands),
        analyses=analyses_of(synthesis, themes, evidence, segments=names, words=words),
        filters=filters_of(people.values(), words),
        participants=participants_of(people, evidence, words),
        segment_names=names,
        division=division_of(synthesis, words),
        undivided=undivided_of(synthesis, words),
        sources=sources_of(synthesis, words),
        heard=heard_of(synthesis, transcripts, people=people),
        checks=checks_of(synthesis, cards, contested, words),
        cited=evidence.citations,
    )


def _place(card: Card) -> tuple[bool, bool, int]:
    """Return what cards are sorted by: assumed ones last, else as the segments are."""
    return card.assumed, card.segment is None, card.segment or 0


def is_draft(synthesis: Synthesis) -> bool:
    """Tell whether something that was drafted is not reviewed yet, or nothing was."""
    drafted = [status for status in _statuses(synthesis) if status != "too_little"]
    return not drafted or any(status != "reviewed" for status in drafted)


def _statuses(synthesis: Synthesis) -> list[Status]:
    icps = [icp.status for icp in synthesis.icps]
    return icps + [persona.status for persona in synthesis.personas]


def _figures(
    synthesis: Synthesis, cards: Sequence[Card], words: Words
) -> tuple[tuple[int, str], ...]:
    counts = {
        "people": synthesis.frame.participants,
        "interviews": len(synthesis.transcripts),
        "insights": len(synthesis.insights),
        "themes": len(synthesis.themes),
        "drafts": sum(not (card.reason or card.assumed) for card in cards),
        "refused": len(synthesis.quarantined),
    }
    return tuple((n, words.count(f"figure.{key}", n)) for key, n in counts.items())
