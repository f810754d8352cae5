"""Segments in a run: how people talk, and the groups that segments.yaml decides."""

from __future__ import annotations

from collections import Counter, defaultdict

from icp_synth.pipeline.events import Said
from icp_synth.pipeline.work import Work
from icp_synth.project.segments_file import FILE, read_segments, resolve_people
from icp_synth.stages.matters import STEP, Matters
from icp_synth.stages.segments import Regrouping, Talk

_NAMED = 5
_UNKNOWN = "und"


def given_segments(work: Work) -> Regrouping | None:
    """Return the groups of segments.yaml, or None where people wrote none.

    Raises:
        SettingsError: The file does not hold together, or names somebody who is not
            in the study; the message names the line.
    """
    given = read_segments(work.folder)
    if given is None:
        return None
    known = {name: person.label for name, person in work.people.items()}
    there = resolve_people(given, known, name=str(work.folder / FILE))
    groups = [group for group in there.segments if group.participants]
    return Regrouping(
        groups=tuple(tuple(one.name for one in group.participants) for group in groups),
        labels=tuple(group.name for group in groups),
        unassigned=tuple(one.name for one in there.unassigned),
        by=there.by,
    )


def talk_of(work: Work, matters: Matters) -> Talk:
    """Return what topics come from and weigh, and people's languages and lengths.

    Somebody of several interviews speaks the language of most of them.
    """
    spoken: dict[str, Counter[str]] = defaultdict(Counter)
    for transcript in work.transcripts:
        if transcript.language != _UNKNOWN:
            for name in transcript.participants:
                spoken[name][transcript.language] += 1
    topics = {one for has in matters.features.values() for one in has}
    return Talk(
        sources={one: one.rpartition(",")[0] for one in sorted(topics)},
        weights=dict.fromkeys(sorted(topics), STEP),
        languages={
            name: min(times, key=lambda one: (-times[one], one))
            for name, times in sorted(spoken.items())
        },
        sentences=matters.sentences,
    )


def tell_not_mentioned(work: Work) -> None:
    """Say whom segments.yaml leaves out: they stand among the unassigned."""
    found = work.segmentation
    missing = found.report.not_mentioned
    if not missing:
        return
    nearest = {
        one.participant: found.labels[one.nearest]
        for one in found.report.memberships
        if one.nearest is not None
    }
    shown = [
        f"{name} (most like {nearest[name]!r})" if name in nearest else name
        for name in missing[:_NAMED]
    ]
    more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
    message = (
        f"{FILE} does not mention {', '.join(shown)}{more}: unassigned until it does."
    )
    work.emit(Said(message=message))
