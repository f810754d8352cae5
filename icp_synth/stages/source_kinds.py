"""Count the kinds of source that carry a claim: triangulation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from icp_synth.domain.insights import Insight
from icp_synth.domain.profiles import Claim, TranscriptEntry
from icp_synth.domain.source_kinds import (
    SOURCE_KINDS,
    SourceCarriers,
    SourceKind,
    source_kind_of,
)
from icp_synth.domain.transcripts import Transcript


def kinds_of(
    transcripts: Iterable[Transcript | TranscriptEntry],
) -> dict[str, SourceKind]:
    """Return transcript → kind of source, as participants.csv or the file says."""
    return {one.id: source_kind_of(one.source_kind) for one in transcripts}


def source_kinds(
    claim: Claim, insights: Mapping[str, Insight], kinds: Mapping[str, SourceKind]
) -> SourceCarriers:
    """Return which kinds of source carry a claim, and whose words they are.

    Args:
        claim: Its cited insights are looked at, those against it are not.
        insights: By id.
        kinds: Transcript → kind, of `kinds_of`.

    Returns:
        People by kind. Sources whose kind nobody stated are no kind of their own
        beside others: two interviews and an unnamed source are one kind.

    Source:
        Triangulation of data sources: Denzin 1978.
    """
    people: dict[SourceKind, set[str]] = defaultdict(set)
    for one in claim.insights:
        insight = insights[one]
        people[kinds.get(insight.transcript, "unstated")].add(insight.participant)
    stated = [kind for kind in SOURCE_KINDS if kind in people and kind != "unstated"]
    return SourceCarriers(
        participants={
            kind: tuple(sorted(people[kind])) for kind in SOURCE_KINDS if kind in people
        },
        kinds=len(stated) or int(bool(people)),
    )
