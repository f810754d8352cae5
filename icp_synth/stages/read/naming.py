"""From a document to a transcript: names of people, and what is known of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from icp_synth.domain.groups import group_spelled
from icp_synth.domain.ids import sha256_text
from icp_synth.domain.transcripts import Document, Notice, Person, Transcript, Turn
from icp_synth.domain.values import Value
from icp_synth.project.people import ParticipantRow
from icp_synth.stages.read.language import detect_language
from icp_synth.stages.read.options import ReadOptions
from icp_synth.stages.read.permission import notice_of, refused, withhold
from icp_synth.stages.read.roles import Roles, decide_roles, label_of_row, labels_of
from icp_synth.stages.read.words import is_generic_label, label_key

_PERSON_FIELDS = (
    "company",
    "account",
    "job",
    "group",
    "language",
    "date",
    "consent",
)


class Named(NamedTuple):
    """A transcript, and its participants as people."""

    transcript: Transcript
    people: tuple[Person, ...]


class JoinProposal(Value):
    """The same proper name in several files, not yet taken for one person.

    Attributes:
        label: As in the first of the files.
        participants: The participants' names, sorted.
        alone: Nobody else is a participant in these files.
        asks: In how many other files the same label is an interviewer's.
    """

    label: str
    participants: tuple[str, ...]
    alone: bool = True
    asks: int = 0


def to_transcript(
    document: Document,
    path: str,
    *,
    options: ReadOptions,
    rows: Sequence[ParticipantRow] = (),
) -> Named:
    """Decide roles and names of a document.

    Args:
        document: As a reader parsed it.
        path: Path within its source; of a table's row `FILE#ID`.
        options: Flags.
        rows: The file's rows of participants.csv.

    Returns:
        The transcript; `left_out` says why where nothing of it is evidence.
    """
    roles = decide_roles(document, options, rows)
    name = next((row.transcript for row in rows if row.transcript), None) or path
    labels = labels_of(document.turns)
    names = _names(name, labels, roles, options, (rows, document.meta))
    turns = tuple(_with_role(turn, roles, names) for turn in document.turns)
    silent = _silent(labels, names, options, rows, document)
    turns = withhold(turns, silent)
    meta = _meta(rows, document.meta)
    transcript = Transcript(
        id=name,
        path=path,
        sha256=document.sha256,
        text_sha256=sha256_text(document.text),
        reader=document.reader,
        text=document.text,
        turns=turns,
        participants=_in_order(turn.participant for turn in turns),
        interviewers=tuple(
            label
            for key, label in labels.items()
            if roles.speaks.get(key) == "interviewer" and key not in silent
        ),
        roles_by=roles.by,
        language=meta.get("language") or _language(document, turns),
        date=meta.get("date"),
        source_kind=meta.get("kind_of_source"),
        media=meta.get("media"),
        left_out=roles.reason or _nobody_consents(turns, silent),
        notices=(*document.notices, *roles.notices, *_unread(labels, names, silent)),
        counts=document.counts,
    )
    people = _people(transcript, labels, names, rows, document)
    return Named(transcript, people)


def _silent(
    labels: Mapping[str, str],
    names: Mapping[str, str],
    options: ReadOptions,
    rows: Sequence[ParticipantRow],
    document: Document,
) -> frozenset[str]:
    """Return the keys of those who do not consent, here or in another file."""
    elsewhere = {key for key, name in names.items() if name in options.refusing}
    here = refused(
        "consent",
        labels,
        tuple(names),
        rows=rows,
        meta=document.meta,
        of_table=document.item is not None,
    )
    return here | elsewhere


def _nobody_consents(turns: Sequence[Turn], silent: frozenset[str]) -> str | None:
    if not silent or any(turn.speaks == "participant" for turn in turns):
        return None
    return "nobody else in it is a participant, and consent is no"


def _unread(
    labels: Mapping[str, str], names: Mapping[str, str], silent: frozenset[str]
) -> tuple[Notice, ...]:
    if not silent:
        return ()
    known = [names.get(key, labels.get(key, key)) for key in sorted(silent)]
    return (notice_of(known),)


def propose_joins(transcripts: Iterable[Transcript]) -> tuple[JoinProposal, ...]:
    """Find proper names that speak in several files as different participants.

    Labels that name nobody (`User`, `Speaker 2`, `受訪者`) are never proposed, and
    transcripts that are left out are passed over.

    Returns:
        Proposals sorted by label. The same `participant` in participants.csv makes
        each one person; so does `--participant LABEL`, which makes interviewers of all
        others in these files.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    beside: set[str] = set()
    asks: Counter[str] = Counter()
    for transcript in transcripts:
        if transcript.left_out is not None:
            continue
        asks.update({label_key(label) for label in transcript.interviewers})
        for turn in transcript.participant_turns():
            if turn.label and turn.participant and not is_generic_label(turn.label):
                key = label_key(turn.label)
                found[key].setdefault(turn.participant, turn.label)
                if len(transcript.participants) > 1:
                    beside.add(key)
    return tuple(
        JoinProposal(
            label=min(found[key].values()),
            participants=tuple(sorted(found[key])),
            alone=key not in beside,
            asks=asks[key],
        )
        for key in sorted(found)
        if len(found[key]) > 1
    )


def _names(
    transcript: str,
    labels: Mapping[str, str],
    roles: Roles,
    options: ReadOptions,
    told: tuple[Sequence[ParticipantRow], Mapping[str, str]],
) -> dict[str, str]:
    """Name the participants by key of their label ("" for none).

    participants.csv first, then a proper name given by `--participant`, then front
    matter, which speaks for the file's only participant; else transcript and label.
    """
    rows, meta = told
    answering = [key for key, role in roles.speaks.items() if role == "participant"]
    by_row = {
        label_of_row(row, labels) or "": row.participant
        for row in rows
        if row.participant and row.speaks != "interviewer"
    }
    by_flag = {
        label_key(name): name.strip()
        for name in options.participants
        if not is_generic_label(name)
    }
    alone = len(answering) == 1
    stated = meta.get("participant", "")
    names: dict[str, str] = {}
    for key in answering:
        default = f"{transcript}#{labels[key]}" if key else transcript
        candidates = (
            by_row.get(key),
            by_row.get("") if alone else None,
            by_flag.get(key),
            stated if alone and not is_generic_label(stated) else None,
        )
        names[key] = next((name for name in candidates if name), default)
    return names


def _with_role(turn: Turn, roles: Roles, names: Mapping[str, str]) -> Turn:
    key = label_key(turn.label) if turn.label else ""
    speaks = roles.speaks.get(key)
    if speaks is None:
        return turn
    return turn.model_copy(update={"speaks": speaks, "participant": names.get(key)})


def _in_order(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _meta(rows: Sequence[ParticipantRow], meta: Mapping[str, str]) -> dict[str, str]:
    """Return what is said of the transcript; participants.csv before front matter."""
    told: dict[str, str] = {}
    for field in ("language", "date", "kind_of_source", "media"):
        values = [getattr(row, field) for row in rows] + [meta.get(field)]
        value = next((value for value in values if value), None)
        if value:
            told[field] = value
    return told


def _language(document: Document, turns: Sequence[Turn]) -> str:
    said: list[str] = []
    length = 0
    for turn in turns:
        if turn.speaks == "participant" and length < 20_000:
            said.append(document.text[turn.start : turn.end])
            length += len(said[-1])
    return detect_language("\n".join(said) or document.text)


def _people(
    transcript: Transcript,
    labels: Mapping[str, str],
    names: Mapping[str, str],
    rows: Sequence[ParticipantRow],
    document: Document,
) -> tuple[Person, ...]:
    meta = document.meta
    unquoted = refused(
        "quote_ok",
        labels,
        tuple(names),
        rows=rows,
        meta=meta,
        of_table=document.item is not None,
    )
    alone = len(names) == 1
    people: dict[str, Person] = {}
    for key, name in names.items():
        own = [row for row in rows if (label_of_row(row, labels) or "") == key]
        if alone:
            own += [row for row in rows if label_of_row(row, labels) is None]
        told = {
            field: next(
                (value for row in own if (value := getattr(row, field))),
                meta.get(field) if alone else None,
            )
            for field in _PERSON_FIELDS
        }
        told["group"] = group_spelled(told["group"])
        people.setdefault(
            name,
            Person(
                id=name,
                label=labels.get(key, name),
                quote_ok=name not in {names.get(one) for one in unquoted},
                **told,
            ),
        )
    return tuple(people[name] for name in transcript.participants if name in people)
