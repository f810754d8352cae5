"""The board: everybody of a study as a card, in the segments that stand now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from icp_synth.domain.fields import PROFILE_FIELDS
from icp_synth.domain.profiles import Synthesis
from icp_synth.domain.segments import IN_COVERAGE
from icp_synth.domain.themes import Theme
from icp_synth.domain.values import Value
from icp_synth.errors import SettingsError
from icp_synth.exports.escaping import show_plain
from icp_synth.exports.people import people_of
from icp_synth.exports.words import Words
from icp_synth.project.groups import (
    follows,
    lost_by_saving,
    placed,
    present_groups,
    read_bytes,
    version_of,
)
from icp_synth.project.segments_file import (
    FILE,
    SegmentsFile,
    parse_segments,
    resolve_people,
)

_SHARED = 2
"""People who must have a thing before it can be shared."""


class Problem(Value):
    """What is wrong with a file that people wrote, and what to do."""

    message: str
    hint: str


class Standing(Value):
    """segments.yaml as it stands, or what stands in its place.

    Attributes:
        version: Of the file's bytes, `absent` where there is none.
        given: The file's groups; None where there is none, or it does not hold
            together.
        problem: Why it does not.
        lost: What a person wrote there that saving would not keep.
    """

    version: str
    given: SegmentsFile | None = None
    problem: Problem | None = None
    lost: tuple[str, ...] = ()


def standing(folder: Path, synthesis: Synthesis) -> Standing:
    """Return segments.yaml with the names of participants.

    A file that does not hold together is no error here: the page shows why, and
    somebody can put it right, there or in the file.

    Raises:
        SettingsError: It cannot be read at all.
    """
    content = read_bytes(folder)
    version = version_of(content)
    if content is None:
        return Standing(version=version)
    known = {one.id: one.label for one in synthesis.participants}
    lost = lost_by_saving(content, synthesis.participants)
    try:
        text = content.decode("utf-8-sig", errors="replace")
        given = resolve_people(parse_segments(text, name=FILE), known, name=FILE)
    except SettingsError as error:
        problem = Problem(message=error.message, hint=error.hint)
        return Standing(version=version, problem=problem, lost=lost)
    return Standing(version=version, given=given, lost=lost)


def board_of(
    synthesis: Synthesis, stands: Standing, words: Words, *, by: str, command: str
) -> dict[str, Any]:
    """Return what the page needs to show and change the groups, as JSON data.

    Args:
        synthesis: The last one.
        stands: segments.yaml.
        words: Of the page.
        by: Who is assumed to decide where the file does not say it.
        command: What a person types to have it drafted.
    """
    given = stands.given
    groups = present_groups(synthesis) if given is None else given
    known = frozenset(one.id for one in synthesis.participants)
    missing = sorted(known - groups.everybody())
    cards, things = _cards(synthesis, words)
    return {
        "version": stands.version,
        "source": "run" if given is None else "file",
        "decided": any(one.decided for one in synthesis.segments),
        "current": stands.problem is None and follows(synthesis, given),
        "problem": stands.problem and stands.problem.model_dump(),
        "lost": [show_plain(line) for line in stands.lost],
        "by": groups.by or by,
        "command": command,
        "written_by": groups.by,
        "columns": [
            {
                "name": show_plain(one.name),
                "people": [who.name for who in one.participants],
            }
            for one in groups.segments
        ],
        "unassigned": [
            *(one.name for one in groups.unassigned),
            *(missing if given is not None else ()),
        ],
        "not_mentioned": missing if given is not None else [],
        "people": cards,
        "things": things,
        "drafted": {
            "version": synthesis.manifest.version,
            "created": synthesis.manifest.created,
        },
    }


def complete(groups: SegmentsFile, synthesis: Synthesis) -> SegmentsFile:
    """Return groups in which everybody of the study stands, the rest unassigned.

    Raises:
        SettingsError: Somebody is not known or stands twice, or two segments have
            one name.
    """
    known = {one.id for one in synthesis.participants}
    given = [one.name for part in groups.segments for one in part.participants]
    given += [one.name for one in groups.unassigned]
    _refuse(set(given) - known, "not in the study")
    _refuse(_twice(given), "in two places")
    _refuse(_twice(one.name for one in groups.segments), "the name of two segments")
    missing = sorted(known.difference(given))
    unassigned = (*groups.unassigned, *placed(missing))
    return groups.model_copy(update={"unassigned": unassigned})


def _twice(names: Iterable[str]) -> set[str]:
    return {name for name, times in Counter(names).items() if times > 1}


def _refuse(names: set[str], why: str) -> None:
    if names:
        msg = f"{', '.join(map(repr, sorted(names)))}: {why}."
        raise SettingsError(msg, hint="Load the page again; your edit is kept.")


def _cards(
    synthesis: Synthesis, words: Words
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return a card for each participant, and the things that several have."""
    report = synthesis.coverage.get(IN_COVERAGE) or {}
    nearest = {
        one["participant"]: one["nearest"] for one in report.get("memberships", ())
    }
    labels = {one.id: " ".join(one.label.split()) for one in synthesis.segments}
    people = people_of(synthesis, words)
    namesakes = Counter(one.name for one in people.values())
    things, has = _things(synthesis, words)
    cards = [
        {
            "id": one.id,
            "name": show_plain(one.name),
            "full": show_plain(one.id) if namesakes[one.name] > 1 else "",
            "job": show_plain(one.entry.job or ""),
            "company": show_plain(one.entry.company or ""),
            "group": show_plain(one.group),
            "score": one.entry.segment_score,
            "segment": show_plain(labels.get(one.entry.segment or "", "")),
            "nearest": show_plain(labels.get(nearest.get(one.id) or "", "")),
            "anchor": one.anchor,
            "has": has.get(one.id, []),
        }
        for one in people.values()
    ]
    return cards, things


def _things(
    synthesis: Synthesis, words: Words
) -> tuple[list[dict[str, Any]], Mapping[str, list[int]]]:
    """Return themes and facts that at least two people have, and who has which."""
    quoted = {
        one.id: "\n".join(quote.text for quote in one.quotes)
        for one in synthesis.insights
    }
    named: list[tuple[dict[str, Any], Iterable[str]]] = [
        (_theme(one, quoted), one.participants) for one in synthesis.themes
    ]
    named += [
        ({"kind": "fact", "label": show_plain(label), "quote": False}, people)
        for label, people in sorted(_facts(synthesis, words).items())
    ]
    things: list[dict[str, Any]] = []
    has: dict[str, list[int]] = defaultdict(list)
    for thing, holders in named:
        everybody = sorted(set(holders))
        if len(everybody) < _SHARED:
            continue
        for name in everybody:
            has[name].append(len(things))
        things.append({**thing, "people": len(everybody)})
    return things, has


def _theme(theme: Theme, quoted: Mapping[str, str]) -> dict[str, Any]:
    """Return a theme as a thing; a name that somebody said is marked as a quote."""
    said = any(theme.label in quoted.get(name, "") for name in theme.insights)
    return {"kind": theme.kind, "label": show_plain(theme.label), "quote": said}


def _facts(synthesis: Synthesis, words: Words) -> Mapping[str, set[str]]:
    """Return who said the same of a profile field; protected ones divide nobody."""
    found: dict[str, set[str]] = defaultdict(set)
    spelled: dict[tuple[str, str], str] = {}
    for person in synthesis.participants:
        for field, facts in sorted(person.facts.items()):
            known = PROFILE_FIELDS.get(field)
            if known is not None and known.protected:
                continue
            for fact in facts:
                value = " ".join(fact.value.split())
                value = spelled.setdefault((field, value.casefold()), value)
                label = words("thing.fact", field=words.named("field", field), it=value)
                found[label].add(person.id)
    return found
