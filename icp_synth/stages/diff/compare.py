"""Compare two syntheses: what is new, gone, stronger, weaker, moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from icp_synth.domain.diffs import (
    ClaimChange,
    ClaimFigures,
    PersonChange,
    ProfileChange,
    SynthesisDiff,
    ThemeChange,
    TranscriptChange,
)
from icp_synth.domain.profiles import Icp, Persona, Synthesis
from icp_synth.domain.themes import Segment
from icp_synth.stages.diff.align import Aligned, align
from icp_synth.stages.diff.criteria import compare_criteria
from icp_synth.stages.diff.named import NamedPairs
from icp_synth.stages.diff.pairs import Standing

LEAST_CONFIDENCE = 0.01
"""Difference of confidence below which a claim is as strong as before."""


def compare(
    old: Synthesis, new: Synthesis, texts: Mapping[str, str] | None = None
) -> SynthesisDiff:
    """Return what changed from one synthesis to another.

    A claim is stronger or weaker by its confidence where both have one that differs,
    otherwise by how many participants support it less how many contradict it. Where
    the stability of themes was measured for one only, confidence is not compared.

    Args:
        old: The older synthesis.
        new: The newer one.
        texts: Transcript → canonical text now, to find what was quoted from texts
            that were corrected since.

    Returns:
        All changes, in the order of the newer synthesis, what is gone last. Equal
        syntheses give an empty diff, whenever they were made.
    """
    aligned = align(old, new, texts)
    return SynthesisDiff(
        claims=_claims(old, new, aligned),
        criteria=compare_criteria(
            old, new, aligned.icps.same, negative=aligned.negative.same
        ),
        people=_people(old, new, aligned.segments),
        themes=_themes(old, new, aligned.themes),
        profiles=(
            *_profiles("segment", old.segments, new.segments, aligned.segments),
            *_profiles("icp", old.icps, new.icps, aligned.icps),
            *_profiles("negative", old.negative, new.negative, aligned.negative),
            *_profiles("persona", old.personas, new.personas, aligned.personas),
        ),
        transcripts=_transcripts(old, new),
        unplaced=aligned.unplaced,
        not_compared=() if _measured(old) == _measured(new) else ("confidence",),
    )


def _measured(one: Synthesis) -> bool:
    """Tell whether the stability of themes was to be measured."""
    off = one.manifest.settings.get("no_stability", False)
    return not (off or any(theme.stability_reason == "off" for theme in one.themes))


def _claims(
    old: Synthesis, new: Synthesis, aligned: Aligned
) -> tuple[ClaimChange, ...]:
    before, after, pairs = aligned.before, aligned.after, aligned.claims
    came_from = {j: before[i] for i, j in pairs.items()}
    n = (len(old.participants), len(new.participants))
    same_owner = aligned.same_owner()
    trusted = _measured(old) == _measured(new)
    changes = [
        _changed(came_from.get(j), one, n, same_owner, trusted=trusted)
        for j, one in enumerate(after)
    ]
    gone = [
        ClaimChange(
            change="gone",
            owner=one.owner,
            field=one.claim.field,
            text=one.claim.text,
            before=_figures(one, n[0]),
            left=one.claim.supports,
        )
        for i, one in enumerate(before)
        if i not in pairs
    ]
    return (*(one for one in changes if one is not None), *gone)


def _changed(
    was: Standing | None,
    now: Standing,
    n: tuple[int, int],
    same_owner: Mapping[tuple[str, str], str],
    *,
    trusted: bool,
) -> ClaimChange | None:
    after = _figures(now, n[1])
    change = ClaimChange(
        change="new",
        owner=now.owner,
        field=now.claim.field,
        text=now.claim.text,
        after=after,
        joined=now.claim.supports,
    )
    if was is None:
        return change
    before = _figures(was, n[0])
    mine, theirs = set(was.claim.supports), set(now.claim.supports)
    update = {
        "before": before,
        "joined": tuple(sorted(theirs - mine)),
        "left": tuple(sorted(mine - theirs)),
    }
    home = was.owner
    if home.id and same_owner.get((home.sort, home.id)) != now.owner.id:
        more = {"change": "moved", "came_from": home}
        return change.model_copy(update=update | more)
    direction, by = _direction(before, after, trusted=trusted)
    if not direction:
        return None
    word = "stronger" if direction > 0 else "weaker"
    return change.model_copy(update=update | {"change": word, "by": by})


def _direction(
    before: ClaimFigures, after: ClaimFigures, *, trusted: bool
) -> tuple[float, str | None]:
    if trusted and before.confidence is not None and after.confidence is not None:
        more = round(after.confidence - before.confidence, 6)
        if abs(more) >= LEAST_CONFIDENCE:
            return more, "confidence"
    net = (after.supports - after.contradicts) - (before.supports - before.contradicts)
    return float(net), "supports" if net else None


def _figures(one: Standing, of: int) -> ClaimFigures:
    return ClaimFigures(
        supports=len(one.claim.supports),
        contradicts=len(one.claim.contradicts),
        of=of,
        confidence=one.claim.confidence.value,
    )


def _people(
    old: Synthesis, new: Synthesis, segments: NamedPairs
) -> tuple[PersonChange, ...]:
    before = {one.id: one.segment for one in old.participants}
    after = {one.id: one.segment for one in new.participants}
    changes = []
    for name in sorted({*before, *after}):
        was, now = before.get(name), after.get(name)
        if name not in after:
            changes.append(PersonChange(change="gone", participant=name, before=was))
        elif name not in before:
            changes.append(PersonChange(change="new", participant=name, after=now))
        elif (segments.same.get(was) if was else None) != now:
            changes.append(
                PersonChange(change="moved", participant=name, before=was, after=now)
            )
    return tuple(changes)


def _themes(
    old: Synthesis, new: Synthesis, pairs: NamedPairs
) -> tuple[ThemeChange, ...]:
    before = {one.id: one for one in old.themes}
    after = {one.id: one for one in new.themes}

    def change(what: str, name: str, into: str | None = None) -> ThemeChange:
        theme = after[name] if what == "new" else before[name]
        return ThemeChange.model_validate(
            {
                "change": what,
                "id": theme.id,
                "kind": theme.kind,
                "label": theme.label,
                "n": theme.n,
                "into": into,
            }
        )

    return (
        *(change("new", name) for name in pairs.new),
        *(change("merged", name, into) for name, into in pairs.merged.items()),
        *(change("gone", name) for name in pairs.gone),
    )


def _profiles(
    sort: str,
    old: Sequence[Icp | Persona | Segment],
    new: Sequence[Icp | Persona | Segment],
    pairs: NamedPairs,
) -> Iterable[ProfileChange]:
    before = {one.id: one for one in old}
    after = {one.id: one for one in new}

    def change(what: str, one: Icp | Persona | Segment, **more: str) -> ProfileChange:
        name = one.label if isinstance(one, Segment) else one.name
        given = {"change": what, "sort": sort, "id": one.id, "name": name, **more}
        return ProfileChange.model_validate(given)

    for name in pairs.new:
        yield change("new", after[name])
    for was, now in pairs.same.items():
        one, other = before[was], after[now]
        if isinstance(one, Segment) or isinstance(other, Segment):
            continue
        if one.status != other.status:
            yield change("status", other, before=one.status, after=other.status)
    for name, into in pairs.merged.items():
        yield change("merged", before[name], into=into)
    for name in pairs.gone:
        yield change("gone", before[name])


def _transcripts(old: Synthesis, new: Synthesis) -> tuple[TranscriptChange, ...]:
    before = {one.id: one.text_sha256 for one in old.transcripts}
    after = {one.id: one.text_sha256 for one in new.transcripts}
    changes = []
    for name in sorted({*before, *after}):
        if name not in before:
            changes.append(TranscriptChange(change="new", id=name))
        elif name not in after:
            changes.append(TranscriptChange(change="gone", id=name))
        elif before[name] != after[name]:
            changes.append(TranscriptChange(change="corrected", id=name))
    return tuple(changes)
