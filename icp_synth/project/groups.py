"""Groups that people decide: what stands, who wrote it, and the one way to save it.

`icp-synth segments --edit` and the review page write segments.yaml through here, so a
name, a comment and the order of a file are the same whoever asks. A save names the
version that it began from: what somebody else wrote meanwhile is never overwritten
unseen, nor are comments that a person put there.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from icp_synth.domain.profiles import Participant, Synthesis
from icp_synth.domain.themes import Segment
from icp_synth.domain.values import Value
from icp_synth.errors import SettingsError
from icp_synth.project.files import sync_folder, writing_to
from icp_synth.project.lock import hold
from icp_synth.project.segments_file import (
    FILE,
    HEAD,
    Group,
    Line,
    Placed,
    SegmentsFile,
    parse_segments,
    write_segments,
)

ABSENT = "absent"
"""The version of a file that is not there."""

_LOCK = Path(".icp", "segments.lock")
_SCORE = re.compile(r"(?:^|, )score \d\.\d\d$")
_COMMENT = re.compile(r"(?:^|(?<=\s))#(.*)")


class Saved(Value):
    """It was written (or removed); `version` is what stands now."""

    version: str


class Changed(Value):
    """Nothing was written: the file is not the one that the save began from."""

    version: str


class WouldLose(Value):
    """Nothing was written: `lines` of the standing file would be lost."""

    lines: tuple[str, ...]


def version_of(content: bytes | None) -> str:
    """Return the version of a file's bytes, `absent` where there is no file."""
    return ABSENT if content is None else hashlib.sha256(content).hexdigest()


def read_bytes(folder: Path) -> bytes | None:
    """Return the bytes of segments.yaml, None where there is none.

    Raises:
        SettingsError: It is there and cannot be read.
    """
    path = folder / FILE
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as cause:
        msg = f"{path} cannot be read: {cause.strerror}."
        raise SettingsError(msg, hint="Make it readable and try again.") from cause


def present_groups(synthesis: Synthesis) -> SegmentsFile:
    """Return the segments of a synthesis as segments.yaml would name them.

    A segment without a label of its own is named by its id; so is the second of two
    with one label.
    """
    named = zip(synthesis.segments, _names(synthesis.segments), strict=True)
    return SegmentsFile(
        segments=tuple(
            Group(name=name, participants=placed(segment.participants))
            for segment, name in named
        ),
        unassigned=placed(synthesis.unassigned),
    )


def placed(names: Iterable[str]) -> tuple[Placed, ...]:
    """Return participants as a file places them, in this order."""
    return tuple(Placed(name=name) for name in names)


def follows(synthesis: Synthesis, given: SegmentsFile | None) -> bool:
    """Tell whether the segments of a synthesis are those that the next run would have.

    Args:
        synthesis: The last one.
        given: segments.yaml with the names of participants; None without it.
    """
    decided = sorted(
        (one.label, sorted(one.participants))
        for one in synthesis.segments
        if one.decided
    )
    if given is None:
        return not decided
    wanted = sorted(
        (group.name, sorted(one.name for one in group.participants))
        for group in given.segments
        if group.participants
    )
    return wanted == decided


def save_groups(
    folder: Path,
    groups: SegmentsFile,
    people: Iterable[Participant],
    *,
    expected: str,
    drop: bool = False,
) -> Saved | Changed | WouldLose:
    """Write segments.yaml if it is still the version that the groups began from.

    Args:
        folder: The project folder.
        groups: Who belongs where, by the names that participants have.
        people: All of the study, for the words beside each name.
        expected: `version_of` the file that was read, `absent` for none.
        drop: Whether comments of a person may be lost.

    Raises:
        ProjectLocked: Another process saves at this moment.
        StorageError: It cannot be written.
    """
    known = {one.id: one for one in people}

    def lines(listed: Iterable[Placed]) -> list[Line]:
        return [
            Line(one.name, _comment(known[one.name]) if one.name in known else "")
            for one in listed
        ]

    with hold(folder / _LOCK):
        standing = read_bytes(folder)
        version = version_of(standing)
        if version != expected:
            return Changed(version=version)
        if standing is not None and not drop:
            lost = lost_by_saving(standing, known.values())
            if lost:
                return WouldLose(lines=lost)
        write_segments(
            folder,
            [(one.name, lines(one.participants)) for one in groups.segments],
            lines(groups.unassigned),
            by=groups.by,
        )
        return Saved(version=version_of(read_bytes(folder)))


def remove_groups(folder: Path, *, expected: str) -> Saved | Changed:
    """Delete segments.yaml, so that the program groups people again.

    Args:
        folder: The project folder.
        expected: As for `save_groups`.

    Raises:
        ProjectLocked: Another process saves at this moment.
        StorageError: It cannot be deleted.
    """
    path = folder / FILE
    with hold(folder / _LOCK):
        version = version_of(read_bytes(folder))
        if version != expected:
            return Changed(version=version)
        with writing_to(path):
            path.unlink(missing_ok=True)
            sync_folder(folder)
        return Saved(version=ABSENT)


def lost_by_saving(content: bytes, people: Iterable[Participant]) -> tuple[str, ...]:
    """Return what a person wrote into a file and saving would not keep, as lines.

    These are comments that the program did not write, or every line where the file
    does not hold together.

    Args:
        content: Of segments.yaml.
        people: All of the study: the program's comments say who they are.
    """
    text = content.decode("utf-8-sig", errors="replace")
    try:
        parse_segments(text)
    except SettingsError:
        return tuple(line for line in text.splitlines() if line.strip())
    own = {line.removeprefix("#").strip() for line in HEAD.splitlines()}
    own |= {_SCORE.sub("", _comment(one)) for one in people}
    return tuple(
        f"# {said}"
        for said in _comments(text)
        if said and said not in own and _SCORE.sub("", said) not in own
    )


def _comments(text: str) -> Iterator[str]:
    """Yield the comments of a YAML text, without their mark."""
    import yaml

    characters = list(text)
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        if isinstance(token, yaml.ScalarToken):
            # A # inside a name is part of it.
            for at in range(token.start_mark.index, token.end_mark.index):
                if characters[at] != "\n":
                    characters[at] = "x"
    hidden = "".join(characters)
    place = 0
    for line in hidden.splitlines(keepends=True):
        found = _COMMENT.search(line)
        if found is not None:
            start = place + found.start(1)
            yield text[start : place + len(line)].strip()
        place += len(line)


def _names(segments: Iterable[Segment]) -> list[str]:
    """Return a name for each segment, its id where it has none of its own."""
    names: list[str] = []
    for one in segments:
        name = " ".join(one.label.split()) or one.id
        names.append(f"{name} ({one.id})" if name in names else name)
    return names


def _comment(person: Participant) -> str:
    """Return who somebody is, in a few words for people."""
    label = person.label if person.label != person.id else None
    score = person.segment_score
    said = (label, person.job, person.company, person.group)
    fits = f"score {score:.2f}" if score is not None else None
    return " ".join(", ".join(one for one in (*said, fits) if one).split())
