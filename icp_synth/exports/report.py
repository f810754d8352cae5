"""The report as one value, before it is HTML or Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from icp_synth.domain.profiles import (
    Fact,
    Manifest,
    Status,
    Synthesis,
    TranscriptEntry,
)
from icp_synth.domain.transcripts import Transcript
from icp_synth.exports.analyses import Analyses, analyses_of
from icp_synth.exports.board import Board, ThemeMap, boards_of, map_of
from icp_synth.exports.cards import Card, CardMaker
from icp_synth.exports.claims import ClaimShown
from icp_synth.exports.coverage import Heard, heard_of
from icp_synth.exports.evidence import Citation, Evidence
from icp_synth.exports.filters import Filters, filters_of
from icp_synth.exports.formatting import (
    field_label,
    flat,
    instant,
    normal_in_words,
    percent,
)
from icp_synth.exports.frame import frame_line, groups_of, is_baseline, notes_on
from icp_synth.exports.matrix import ClaimMatrix, matrix_of
from icp_synth.exports.overlaps import Overlaps, overlaps_of
from icp_synth.exports.overview import SegmentShown, segments_of
from icp_synth.exports.people import Person, people_of
from icp_synth.exports.positions import (
    PositioningShown,
    TopDownShown,
    positioning_of,
    top_down_of,
)
from icp_synth.exports.titles import segment_titles
from icp_synth.exports.words import Words, words_of

BY_TRANSCRIPT = "by_transcript"
TOP = 4
"""Themes of each kind in the overview."""


@dataclass(frozen=True)
class FactShown:
    """A fact as said, its value in a form that can be compared, and its quote."""

    label: str
    value: str
    normal: str
    citation: Citation


@dataclass(frozen=True)
class ParticipantShown:
    """A row of the table of participants."""

    person: Person
    facts: tuple[FactShown, ...]


@dataclass(frozen=True)
class SourceShown:
    """An interview; `cited` is a percentage in words, empty where unknown."""

    entry: TranscriptEntry
    cited: str


@dataclass(frozen=True)
class Refusals:
    """Quotes that were refused, by reason and by interview; never their text."""

    total: int
    by_reason: tuple[tuple[str, int], ...]
    by_source: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Report:
    """Everything a report shows, in order.

    Attributes:
        draft: Somebody still has to review something.
        baseline: The embedded analyst read: quotes, no interpretations.
        frame: The sample in one line, for every card.
        carries: How far it carries, in one sentence.
        groups: (group's key, its name, its people), for the picture of the sample.
        top: The best supported themes by kind.
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
    made: str
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
    minority: tuple[ClaimShown, ...]
    boards: tuple[Board, ...]
    map: ThemeMap
    matrix: ClaimMatrix
    analyses: Analyses
    filters: Filters
    people_columns: tuple[str, ...]
    participants: tuple[ParticipantShown, ...]
    segment_names: tuple[str, ...]
    refusals: Refusals
    transcripts: tuple[SourceShown, ...]
    coverage: tuple[tuple[str, str], ...]
    heard: Heard
    manifest: tuple[tuple[str, str], ...]
    inputs: tuple[tuple[str, str], ...]
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
    people = people_of(synthesis, words)
    evidence = Evidence(synthesis, transcripts, people=people)
    maker = CardMaker(synthesis, evidence, people=people, words=words)
    icps = tuple(maker.icp(icp) for icp in synthesis.icps)
    personas = tuple(maker.persona(persona) for persona in synthesis.personas)
    negative = tuple(card for icp in synthesis.negative for card in maker.negative(icp))
    audience = maker.claims(synthesis.audience.claims)
    minority = maker.claims(synthesis.minority)
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
    by_transcript = synthesis.coverage.get(BY_TRANSCRIPT, {})
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
        made=_made(synthesis.manifest, words),
        groups=groups_of(synthesis.frame, words),
        figures=_figures(synthesis, words),
        segments=segments_of(
            synthesis,
            themes,
            people=people,
            cards=maker.names(),
            names=names,
            words=words,
        ),
        unassigned=tuple(people[one] for one in synthesis.unassigned if one in people),
        top=tuple(Board(b.kind, b.themes[:TOP], left=0) for b in boards),
        icps=icps,
        personas=personas,
        negative=negative,
        overlaps=overlaps_of(synthesis, maker.names(), words),
        positioning=positioning_of(synthesis, maker, evidence, words),
        top_down=top_down_of(
            synthesis.top_down, evidence, names=maker.names(), words=words
        ),
        audience=audience,
        minority=minority,
        boards=boards,
        map=who_said,
        matrix=matrix_of(
            (*icps, *personas, *negative), who_said.columns, who_said.bands
        ),
        analyses=analyses_of(synthesis, themes, evidence, segments=names, words=words),
        filters=filters_of(people.values(), words),
        people_columns=tuple(_people_columns(people.values())),
        participants=tuple(
            ParticipantShown(person, tuple(_facts(person, evidence, words)))
            for person in people.values()
        ),
        segment_names=names,
        refusals=_refusals(synthesis, words),
        transcripts=tuple(
            SourceShown(entry, _cited_share(by_transcript.get(entry.id)))
            for entry in synthesis.transcripts
        ),
        coverage=_coverage(synthesis.coverage, words),
        heard=heard_of(synthesis, transcripts, people=people),
        manifest=_manifest(synthesis.manifest, words),
        inputs=tuple(sorted(synthesis.manifest.inputs.items())),
        cited=evidence.citations,
    )


def is_draft(synthesis: Synthesis) -> bool:
    """Tell whether something that was drafted is not reviewed yet, or nothing was."""
    drafted = [status for status in _statuses(synthesis) if status != "too_little"]
    return not drafted or any(status != "reviewed" for status in drafted)


def _statuses(synthesis: Synthesis) -> list[Status]:
    icps = [icp.status for icp in synthesis.icps]
    return icps + [persona.status for persona in synthesis.personas]


def subject_of(manifest: Manifest) -> tuple[str, str]:
    """Return the product's name and what it is, from the brief in the settings."""
    product = manifest.settings.get("product", "")
    if isinstance(product, Mapping):
        return str(product.get("name", "")), str(product.get("what", ""))
    return str(product or ""), str(manifest.settings.get("what", "") or "")


def _made(manifest: Manifest, words: Words) -> str:
    if is_baseline(manifest):
        who = words("page.analyst_embedded")
    else:
        model = manifest.model or words("made.no_model")
        who = words("page.analyst_model", name=manifest.analyst, model=model)
    when = instant(manifest.created)
    return words("page.made", when=when, analyst=who, version=manifest.version)


def _figures(synthesis: Synthesis, words: Words) -> tuple[tuple[int, str], ...]:
    counts = {
        "people": synthesis.frame.participants,
        "interviews": len(synthesis.transcripts),
        "insights": len(synthesis.insights),
        "themes": len(synthesis.themes),
        "drafts": sum(status != "too_little" for status in _statuses(synthesis)),
        "refused": len(synthesis.quarantined),
    }
    return tuple((n, words.count(f"figure.{key}", n)) for key, n in counts.items())


def _people_columns(people: Collection[Person]) -> Iterator[str]:
    """Yield the columns of which anything is known of anyone."""
    if any(person.group for person in people):
        yield "group"
    if any(person.role for person in people):
        yield "company"
    if any(person.segment is not None for person in people):
        yield "segment"


def _facts(person: Person, evidence: Evidence, words: Words) -> Iterator[FactShown]:
    for field, facts in sorted(person.entry.facts.items()):
        for fact in facts:
            yield FactShown(
                label=field_label(field, words),
                value=fact.value,
                normal=normal_in_words(fact.normal),
                citation=_first_quote(fact, evidence),
            )


def _first_quote(fact: Fact, evidence: Evidence) -> Citation:
    insight = evidence.insight(fact.insights[0])
    return evidence.cite(insight, insight.quotes[0])


def _refusals(synthesis: Synthesis, words: Words) -> Refusals:
    paths = {entry.id: entry.path for entry in synthesis.transcripts}
    reasons = Counter[str](each.reason for each in synthesis.quarantined)
    sources = Counter(
        paths.get(each.transcript, each.transcript) for each in synthesis.quarantined
    )

    def ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))

    return Refusals(
        total=len(synthesis.quarantined),
        by_reason=tuple((words.named("reason", r), n) for r, n in ranked(reasons)),
        by_source=tuple(ranked(sources)),
    )


def _coverage(coverage: Mapping[str, Any], words: Words) -> tuple[tuple[str, str], ...]:
    """Return one row for each part, its figures side by side."""
    rows: dict[str, list[str]] = {}
    overall = {key: part for key, part in coverage.items() if key != BY_TRANSCRIPT}
    for path, text in flat(overall):
        names = [words.named("coverage", key) for key in path]
        rows.setdefault(names[0], []).append(" ".join((*names[1:], text)))
    return tuple((name, "; ".join(texts)) for name, texts in rows.items())


def _cited_share(counts: Mapping[str, int] | None) -> str:
    """Return the share of the participants' words that is cited, e.g. `23 %`."""
    if not counts or not counts.get("all"):
        return ""
    return f"{percent(counts['cited'] / counts['all'])} %"


def _manifest(manifest: Manifest, words: Words) -> tuple[tuple[str, str], ...]:
    """Return how it was made, all but the inputs' hashes (R16)."""
    plain = {
        "created": manifest.created,
        "analyst": manifest.analyst,
        "model": manifest.model or words("made.no_model"),
        "version": manifest.version,
        "code": manifest.code,
        "embedding": manifest.embedding,
        "tokens": manifest.tokens,
    }
    nested = {
        "prompts": manifest.prompts,
        "readers": Counter(manifest.readers.values()),
        "settings": manifest.settings,
    }
    rows = [(words(f"made.{key}"), value) for key, value in plain.items() if value]
    for key, values in nested.items():
        rows.extend(
            (f"{words(f'made.{key}')} · {'.'.join(path)}", text)
            for path, text in flat(values, number=str)
        )
    return tuple(rows)
