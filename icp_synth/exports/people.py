"""Participants as a report shows them: short names, groups, segments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from icp_synth.domain.ids import sha256_text
from icp_synth.domain.profiles import Participant, Synthesis
from icp_synth.domain.themes import Segment
from icp_synth.exports.words import Words

_LONGEST_LABEL = 32


@dataclass(frozen=True)
class Person:
    """A participant in a report.

    Attributes:
        id: The participant's name in every output.
        name: What is shown: the label where nobody shares it, else the name without
            the beginning and the end that all share.
        anchor: Of the row in the table of participants.
        group: In words; empty where no group is known.
        segment: Position in the report's segments, or None.
        unheard: `unquoted` who may not be quoted, `unread` of whom nothing was read;
            empty for everybody else.
        comma: Between names, in the report's language.
    """

    id: str
    name: str
    anchor: str
    group: str
    segment: int | None
    entry: Participant
    unheard: str = ""
    comma: str = ", "

    @property
    def role(self) -> str:
        """Job and company, as far as they are known."""
        return self.comma.join(filter(None, (self.entry.job, self.entry.company)))


def anchor(kind: str, name: str) -> str:
    """Return an HTML id that stays with the name and holds nothing of its text."""
    return f"{kind}-{sha256_text(name)[:10]}"


def people_of(synthesis: Synthesis, words: Words) -> dict[str, Person]:
    """Return the study's participants by name, in the order of synthesis.json."""
    segments = _segment_of(synthesis.segments)
    names = _short_names(synthesis.participants)
    unheard = dict.fromkeys(synthesis.frame.unread, "unread")
    unheard |= dict.fromkeys(synthesis.frame.unquoted, "unquoted")
    return {
        entry.id: Person(
            id=entry.id,
            name=names[entry.id],
            anchor=anchor("p", entry.id),
            group=words.named("group.name", entry.group) if entry.group else "",
            segment=segments.get(entry.id),
            entry=entry,
            unheard=unheard.get(entry.id, ""),
            comma=words("mark.comma"),
        )
        for entry in synthesis.participants
    }


def segment_names(synthesis: Synthesis, words: Words) -> tuple[str, ...]:
    """Return the labels of the segments, a number where one has no label."""
    return tuple(
        segment.label or words("people.segment_number", n=number)
        for number, segment in enumerate(synthesis.segments, start=1)
    )


def _segment_of(segments: Sequence[Segment]) -> dict[str, int]:
    return {
        name: position
        for position, segment in enumerate(segments)
        for name in segment.participants
    }


def _short_names(participants: Sequence[Participant]) -> dict[str, str]:
    labels = Counter(entry.label for entry in participants)
    names = [entry.id for entry in participants]
    start = _shared(names, marks="/# ")
    end = _shared([name[::-1] for name in names], marks="# ")
    return {
        entry.id: _short_name(
            entry,
            unique=labels[entry.label] == 1,
            rest=entry.id[start : len(entry.id) - end].strip(),
        )
        for entry in participants
    }


def _short_name(entry: Participant, *, unique: bool, rest: str) -> str:
    """Return how a person is called on the page.

    A name that was given (`participants.csv`) is its own; one made of file and label
    gives way to the label, or to what tells it from the others.
    """
    if not entry.id.endswith(f"#{entry.label}"):
        return entry.id if len(entry.id) <= _LONGEST_LABEL else rest or entry.id
    if unique and 0 < len(entry.label) <= _LONGEST_LABEL:
        return entry.label
    return rest or entry.id


def _shared(names: Sequence[str], *, marks: str) -> int:
    """Return how long a beginning all names share, cut behind one of the marks."""
    if len(names) < 2:
        return 0
    # What the first and the last in order share, all between them share.
    first, last = min(names), max(names)
    same = next(
        (at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b),
        min(len(first), len(last)),
    )
    return max(first.rfind(mark, 0, same) for mark in marks) + 1
