"""What was read, what was left out, and which quotes were refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from icp_synth.domain.profiles import Synthesis, TranscriptEntry
from icp_synth.domain.segments import IN_COVERAGE
from icp_synth.domain.source_kinds import source_kind_of
from icp_synth.exports.formatting import flat, percent
from icp_synth.exports.words import Words

BY_TRANSCRIPT = "by_transcript"

_ELSEWHERE = frozenset(
    {
        BY_TRANSCRIPT,
        "challenge",
        "decisions",
        "refused_criteria",
        IN_COVERAGE,
        "theme_names",
    }
)
"""Parts of the coverage that other sections say in words."""


@dataclass(frozen=True)
class SourceShown:
    """An interview.

    Attributes:
        kind: Of source, in words; empty where nothing is stated of any.
        cited: Share of its participants' words that is cited; empty where unknown.
    """

    entry: TranscriptEntry
    kind: str
    cited: str


@dataclass(frozen=True)
class Refusals:
    """Quotes that were refused, by reason and by interview; never their text."""

    total: int
    by_reason: tuple[tuple[str, int], ...]
    by_source: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Sources:
    """What was read; `counts` are (what, figures in words)."""

    counts: tuple[tuple[str, str], ...]
    transcripts: tuple[SourceShown, ...]
    refusals: Refusals

    @property
    def kinds(self) -> bool:
        """Whether a kind of source is stated of any of them."""
        return any(one.kind for one in self.transcripts)


def sources_of(synthesis: Synthesis, words: Words) -> Sources:
    """Return what was read and what came of it."""
    shares = synthesis.coverage.get(BY_TRANSCRIPT, {})
    stated = any(one.source_kind for one in synthesis.transcripts)

    def kind(entry: TranscriptEntry) -> str:
        code = source_kind_of(entry.source_kind)
        # A kind that the list does not hold is called what it was called.
        known = entry.source_kind if code == "other" else None
        return known or words(f"source_kind.{code}")

    return Sources(
        counts=_counts(synthesis.coverage, words),
        transcripts=tuple(
            SourceShown(
                entry, kind(entry) if stated else "", _cited_share(shares.get(entry.id))
            )
            for entry in synthesis.transcripts
        ),
        refusals=_refusals(synthesis, words),
    )


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


def _counts(coverage: Mapping[str, Any], words: Words) -> tuple[tuple[str, str], ...]:
    """Return one row for each part, its figures side by side."""
    rows: dict[str, list[str]] = {}
    overall = {key: part for key, part in coverage.items() if key not in _ELSEWHERE}
    for path, text in flat(overall):
        names = [words.named("coverage", key) for key in path]
        rows.setdefault(names[0], []).append(" ".join((*names[1:], text)))
    return tuple((name, words.joined(texts)) for name, texts in rows.items())


def _cited_share(counts: Mapping[str, int] | None) -> str:
    """Return the share of the participants' words that is cited, e.g. `23 %`."""
    if not counts or not counts.get("all"):
        return ""
    return f"{percent(counts['cited'] / counts['all'])} %"
