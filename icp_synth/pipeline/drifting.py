"""Which interviews are new, and what they say of the claims that stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path

from icp_synth.domain.drifts import DriftCode, DriftReport
from icp_synth.domain.fields import PROFILE_FIELDS
from icp_synth.domain.insights import Insight
from icp_synth.domain.profiles import Claim, Fact, Synthesis
from icp_synth.errors import NotFound, UsageError
from icp_synth.pipeline.versions import (
    LATEST,
    Found,
    find_version,
    list_versions,
    texts_of,
)
from icp_synth.stages.diff import Aligned, Standing, align
from icp_synth.stages.drift import (
    LEAST_NEW,
    HeldClaim,
    by_owner,
    drift_of,
    shifts_of,
)
from icp_synth.stages.facts import feature

_LIKE_A_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:T.*)?")


def drift(folder: Path, since: str | None = None) -> DriftReport:
    """Hold the standing claims against the interviews that came after them.

    Args:
        folder: The project folder; the new interviews have gone through `run`.
        since: A version, whose claims stand and whose transcripts are not new; or a
            date (ISO 8601): transcripts of that day and later are new, and what
            stands is the newest synthesis made before it, else the newest without
            them. By default the newest synthesis that lacks a transcript of the
            latest one.

    Raises:
        NotFound: Nothing is new, or there is no such version.
        UsageError: There is no such date.
    """
    latest = find_version(folder, LATEST)
    day = _day(since)
    if day is not None:
        standing, new = _since_day(folder, latest, day)
    else:
        standing = find_version(folder, since) if since else _before(folder, latest)
        known = {one.id for one in standing.synthesis.transcripts}
        new = {one.id for one in latest.synthesis.transcripts} - known
    if not new:
        msg = f"No interview is newer than {since or standing.name}."
        hint = "Add some and run, or name an earlier version or day with --since."
        raise NotFound(msg, hint=hint)
    return _report(folder, standing, latest, new)


def _report(
    folder: Path, standing: Found, latest: Found, transcripts: Collection[str]
) -> DriftReport:
    old, new = standing.synthesis, latest.synthesis
    fresh, again = _people(new, transcripts, {one.id for one in old.participants})
    before = {one.id for one in old.participants} - fresh
    aligned = align(old, new, texts_of(folder, new))
    facts = {one.id: one.facts for one in new.participants}
    insights = {one.id: one for one in old.insights}
    claims = tuple(
        drift_of(
            _held(one, i, aligned, before=before, facts=facts, insights=insights),
            before_of=len(before),
            new=fresh,
        )
        for i, one in enumerate(aligned.before)
        if one.owner.sort in {"icp", "persona", "audience"}
    )
    owners = by_owner(claims)
    shifts = shifts_of(_values(new), before=before, new=fresh)
    said: dict[DriftCode, bool] = {
        "disagrees": any(one.disagrees for one in owners),
        "too_few_people": len(fresh) < LEAST_NEW,
        "interviewed_again": bool(again),
        "shifted": any(one.code == "shifted" for one in shifts),
    }
    return DriftReport(
        standing=standing.name,
        latest=latest.name,
        transcripts=tuple(sorted(transcripts)),
        people=tuple(sorted(fresh)),
        again=tuple(sorted(again)),
        before=len(before),
        claims=claims,
        owners=owners,
        shifts=shifts,
        codes=tuple(code for code, holds in said.items() if holds),
    )


def _people(
    synthesis: Synthesis, transcripts: Collection[str], known: Collection[str]
) -> tuple[set[str], set[str]]:
    """Return who is only in new transcripts, and who is in old ones too."""
    new = {
        one.id
        for one in synthesis.participants
        if one.transcripts and set(one.transcripts) <= set(transcripts)
    }
    touched = {
        one.id
        for one in synthesis.participants
        if set(one.transcripts) & set(transcripts)
    }
    return new, (touched - new) & set(known)


def _held(
    one: Standing,
    index: int,
    aligned: Aligned,
    *,
    before: Collection[str],
    facts: Mapping[str, Mapping[str, tuple[Fact, ...]]],
    insights: Mapping[str, Insight],
) -> HeldClaim:
    """Gather who of the newest synthesis bears a standing claim out.

    They do if its successor says so, if they are in the theme that holds its quotes,
    or if they state the same fact.
    """
    now = aligned.claim(index)
    theme = aligned.theme(index)
    cited = [insights[name] for name in one.claim.insights if name in insights]
    same, other = _by_facts(one.claim, cited, facts)
    return HeldClaim(
        owner=one.owner,
        claim=one.claim.id,
        field=one.claim.field,
        text=one.claim.text,
        supporters=set(one.claim.supports) & set(before),
        supports={
            *(now.supports if now else ()),
            *(theme.participants if theme else ()),
            *same,
        },
        contradicts={*(now.contradicts if now else ()), *other},
        silent=now.silent if now else (),
    )


def _by_facts(
    claim: Claim,
    cited: Iterable[Insight],
    facts: Mapping[str, Mapping[str, tuple[Fact, ...]]],
) -> tuple[set[str], set[str]]:
    """Return who states the claim's fact, and whose figure is in another band."""
    known = PROFILE_FIELDS.get(claim.field)
    if known is None:
        return set(), set()
    wanted = {
        feature(
            claim.field,
            Fact(value=one.value, normal=one.normal, insights=(one.id,)),
        )
        for one in cited
        if one.attribute == claim.field and one.value
    } - {None}
    if not wanted:
        return set(), set()
    same, other = set(), set()
    for name, said in facts.items():
        values = {feature(claim.field, fact) for fact in said.get(claim.field, ())}
        if values & wanted:
            same.add(name)
        elif values - {None} and known.type == "number":
            other.add(name)
    return same, other


def _values(synthesis: Synthesis) -> dict[str, dict[str, str]]:
    """Return respect → participant → value, for whatever has one value a person."""
    values: dict[str, dict[str, str]] = defaultdict(dict)
    for one in synthesis.participants:
        if one.group:
            values["group"][one.id] = one.group
        if one.segment:
            values["segment"][one.id] = one.segment
        for field, said in one.facts.items():
            last = feature(field, said[-1]) if said else None
            if last is not None:
                values[field][one.id] = last.partition("=")[2]
    return dict(values)


def _since_day(folder: Path, latest: Found, day: date) -> tuple[Found, set[str]]:
    new = {
        one.id
        for one in latest.synthesis.transcripts
        if one.date is not None and _at_least(one.date, day)
    }
    if not new:
        dated = sum(one.date is not None for one in latest.synthesis.transcripts)
        msg = (
            f"No interview is of {day} or later; {dated} of"
            f" {len(latest.synthesis.transcripts)} have a date."
        )
        hint = "Put dates into participants.csv, or name a version with --since."
        raise NotFound(msg, hint=hint)
    made_before = [
        one.version for one in list_versions(folder) if not _at_least(one.created, day)
    ]
    standing = find_version(folder, made_before[-1]) if made_before else None
    return standing or _before(folder, latest, new), new


def _before(folder: Path, latest: Found, new: Collection[str] = ()) -> Found:
    """Return the newest synthesis that lacks a new transcript; all those, if named."""
    there = {one.id for one in latest.synthesis.transcripts}
    for version in reversed(list_versions(folder)[:-1]):
        found = find_version(folder, version.version)
        held = {one.id for one in found.synthesis.transcripts}
        if (new and not held & set(new)) or (not new and there - held):
            return found
    if new:
        return latest
    msg = "Every synthesis was made of the same interviews."
    raise NotFound(msg, hint="Add new ones and run, or name a day with --since.")


def _day(said: str | None) -> date | None:
    """Return the day that is named; None where a version is.

    Raises:
        UsageError: It is written as a day, and there is none of that date.
    """
    try:
        return date.fromisoformat(said) if said else None
    except ValueError as error:
        if said and _LIKE_A_DAY.fullmatch(said):
            msg = f"There is no such date: {said}."
            hint = "Write a day as 2026-05-01: year, month, day."
            raise UsageError(msg, hint=hint) from error
        return None


def _at_least(said: str, day: date) -> bool:
    """Tell whether a date, as far as it is given, is that day or later."""
    try:
        return date.fromisoformat(said[:10]) >= day
    except ValueError:
        return said[:7] > day.isoformat()[: len(said[:7])]
