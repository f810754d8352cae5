"""Decisions of people: read, append, check the chain.

`decisions/NAME.jsonl` holds one reviewer's decisions, a line each, only ever
appended. A line names the hash of the line before it, and is itself hashed over the
*hashes* of its texts: so a text can be erased one day (the text becomes null) and the
chain still shows that nothing else was changed.

To which of the present claims a decision belongs is told in `project.binding`.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from icp_synth.domain.choices import Implication
from icp_synth.domain.ids import canonical_json, sha256_text
from icp_synth.domain.profiles import Claim
from icp_synth.domain.reviews import Anchor
from icp_synth.domain.values import Value
from icp_synth.errors import UsageError
from icp_synth.failpoints import failpoint
from icp_synth.project.files import sync_folder, writing_to
from icp_synth.project.lock import hold

FOLDER = "decisions"

Said = Literal["accepted", "edited", "rejected", "chosen"]

CHOSEN = "chosen"
"""The verdict of a choice between two ICPs; it is about no claim."""

_FIRST = "0" * 64
_NAME = re.compile(r"^[^\\/:*?\"<>|\x00-\x1f.][^\\/:*?\"<>|\x00-\x1f]{0,63}$")


class KeptAnchor(Value):
    """An anchor with the hash of its content; `anchor` is None once erased."""

    sha256: str
    anchor: Anchor | None


class Verdict(Value):
    """What a reviewer says, before it is chained.

    Attributes:
        verdict: What was decided.
        field: The claim's field; with `anchors` the claim's identity.
        anchors: Of the claim's quotes, as they stood.
        wording_sha256: Of the text of a claim without anchors, which nothing else
            tells from others of its field; else empty.
        text: The reviewer's words: the new text of an edited claim, or a remark.
        about: Id of the ICP or persona on whose card it was decided; not binding. Of
            a choice the ICP that was chosen.
        against: Of a choice the ICP that was not chosen.
        implications: Of a choice what it means for whom, with ids of claims.
    """

    verdict: Said
    field: str
    anchors: tuple[Anchor, ...]
    wording_sha256: str = ""
    text: str | None = None
    about: str = ""
    against: str = ""
    implications: tuple[Implication, ...] = ()

    @classmethod
    def on(
        cls, claim: Claim, said: Said, *, text: str | None = None, about: str = ""
    ) -> Verdict:
        """Return a verdict on a claim, bound to what tells it from others.

        Args:
            claim: As it stands.
            said: What was decided.
            text: The reviewer's words.
            about: Id of the card on which it was decided.
        """
        return cls(
            verdict=said,
            field=claim.field,
            anchors=claim.anchors,
            wording_sha256="" if claim.anchors else sha256_text(claim.text),
            text=text,
            about=about,
        )


class Record(Value):
    """One line of a decisions file.

    Attributes:
        seq: Counts from 1 in its file.
        by: The reviewer, as the file's name.
        at: When, ISO 8601.
        text_sha256: Of `text`; None where there never was one.
        text: None where there never was one, or once it is erased.
        prev: `hash` of the line before; zeros in the first.
        hash: Over everything here but texts, whose hashes stand for them.
    """

    seq: int
    by: str
    at: str
    verdict: Said
    field: str
    about: str = ""
    against: str = ""
    implications: tuple[Implication, ...] = ()
    wording_sha256: str = ""
    anchors: tuple[KeptAnchor, ...]
    text_sha256: str | None
    text: str | None
    prev: str
    hash: str


class Problem(Value):
    """Something in a decisions file that does not hold; `line` counts from 1."""

    file: str
    line: int
    code: Literal["broken_line", "broken_chain", "altered", "altered_text"]
    message: str


class Decisions(Value):
    """All decisions of a project, in order of time, and what was wrong."""

    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()


def append(project: Path, reviewer: str, verdict: Verdict, *, at: str) -> Record:
    """Append one decision to a reviewer's file, durably.

    It takes the lock of that folder, not the ledger's: people may review while a
    run goes on.

    Args:
        project: The project folder.
        reviewer: Becomes the file's name.
        verdict: What was decided.
        at: When, ISO 8601.

    Returns:
        The line as written.

    Raises:
        UsageError: The reviewer's name cannot be a file's name.
        ProjectLocked: Another process is writing a decision.
        StorageError: The disk is full or not writable.
    """
    if not _NAME.match(reviewer):
        msg = f"{reviewer!r} cannot be the name of a reviewer."
        raise UsageError(msg, hint="Use letters, digits, spaces and dashes.")
    folder = project / FOLDER
    path = folder / f"{reviewer}.jsonl"
    with hold(folder / ".lock"):
        before, _ = _read_file(path)
        record = _chained(before[-1] if before else None, reviewer, verdict, at=at)
        _append_line(path, canonical_json(record.model_dump(mode="json")))
    return record


def read_decisions(project: Path) -> Decisions:
    """Read every decisions file and check every chain.

    A line that cannot be read, or that does not fit its chain, is a problem and is
    said; the decisions on the other lines still count.

    Returns:
        Records by time, then reviewer, then place in the file.
    """
    records: list[Record] = []
    problems: list[Problem] = []
    for path in sorted((project / FOLDER).glob("*.jsonl")):
        found, wrong = _read_file(path)
        records += found
        problems += wrong
    records.sort(key=lambda record: (record.at, record.by, record.seq))
    return Decisions(records=tuple(records), problems=tuple(problems))


def _chained(
    before: Record | None, reviewer: str, verdict: Verdict, *, at: str
) -> Record:
    record = Record(
        seq=before.seq + 1 if before else 1,
        by=reviewer,
        at=at,
        verdict=verdict.verdict,
        field=verdict.field,
        about=verdict.about,
        against=verdict.against,
        implications=verdict.implications,
        wording_sha256=verdict.wording_sha256,
        anchors=tuple(
            KeptAnchor(sha256=_anchor_hash(anchor), anchor=anchor)
            for anchor in verdict.anchors
        ),
        text_sha256=sha256_text(verdict.text) if verdict.text is not None else None,
        text=verdict.text,
        prev=before.hash if before else _FIRST,
        hash="",
    )
    return record.model_copy(update={"hash": _hash(record)})


def _anchor_hash(anchor: Anchor) -> str:
    return sha256_text(canonical_json(anchor.model_dump()))


def _hash(record: Record) -> str:
    chained = record.model_dump(mode="json", exclude={"hash", "text", "anchors"})
    # What a line does not say is not hashed: lines from before it could be said hold.
    for name in ("against", "implications", "wording_sha256"):
        if not chained[name]:
            del chained[name]
    chained["anchors"] = [kept.sha256 for kept in record.anchors]
    return sha256_text(canonical_json(chained))


def _read_file(path: Path) -> tuple[list[Record], list[Problem]]:
    records: list[Record] = []
    problems: list[Problem] = []
    if not path.is_file():
        return records, problems
    previous = _FIRST
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            record = Record.model_validate(json.loads(line))
        except ValueError as cause:
            reason = str(cause).splitlines()[0]
            problems.append(_problem(path, number, "broken_line", reason))
            continue
        problems += _faults(path, number, record, previous)
        previous = record.hash
        records.append(record)
    return records, problems


def _faults(path: Path, number: int, record: Record, previous: str) -> list[Problem]:
    found = []
    if record.prev != previous:
        said = "A line before this one is missing, or was changed."
        found.append(_problem(path, number, "broken_chain", said))
    if _hash(record) != record.hash:
        said = "This line was changed after it was written."
        found.append(_problem(path, number, "altered", said))
    texts: Iterable[tuple[str | None, str | None]] = (
        (record.text_sha256, None if record.text is None else sha256_text(record.text)),
        *(
            (kept.sha256, None if kept.anchor is None else _anchor_hash(kept.anchor))
            for kept in record.anchors
        ),
    )
    if any(actual is not None and actual != expected for expected, actual in texts):
        said = "A text of this line was changed after it was written."
        found.append(_problem(path, number, "altered_text", said))
    return found


def _problem(
    path: Path,
    line: int,
    code: Literal["broken_line", "broken_chain", "altered", "altered_text"],
    message: str,
) -> Problem:
    return Problem(file=path.name, line=line, code=code, message=message)


def _append_line(path: Path, line: str) -> None:
    """Append one line and flush it; a line that a crash cut short stays as it is."""
    content = f"{line}\n".encode()
    with writing_to(path, size=len(content)), path.open("ab+") as file:
        size = file.seek(0, os.SEEK_END)
        if size:
            file.seek(size - 1)
            if file.read(1) != b"\n":
                content = b"\n" + content
        failpoint("before_decision")
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)
