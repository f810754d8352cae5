"""Who asks and who answers: the first of five that decides, or nobody.

In this order: flags, participants.csv, front matter, what labels mean, behaviour.
Only a participant's words can be evidence, so doubt leaves the file out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from icp_synth.domain.transcripts import Document, Notice, Speaks, Turn
from icp_synth.project.people import ParticipantRow
from icp_synth.stages.read.options import ReadOptions
from icp_synth.stages.read.words import (
    is_interviewer_label,
    is_participant_label,
    is_presentation,
    label_key,
)

QUESTION_SHARE = 0.6
"""An interviewer asks at least this share of the question sentences …"""

WORD_SHARE = 0.5
"""… and speaks at most this share of the words."""

_QUESTION = re.compile(r"[?？]+")
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+(?:['’][^\W_]+)*")
_PAIRS = (("i", "r"), ("i", "p"))
_SHOWN = 8


class Roles(NamedTuple):
    """What was decided.

    Attributes:
        speaks: Role by `label_key`; the key "" stands for turns without a label.
        by: What decided; empty when nothing did.
        reason: Why the transcript is left out, and what would decide; else None.
        notices: What the decision took for granted.
    """

    speaks: Mapping[str, Speaks]
    by: str = ""
    reason: str | None = None
    notices: tuple[Notice, ...] = ()


def decide_roles(
    document: Document, options: ReadOptions, rows: Sequence[ParticipantRow]
) -> Roles:
    """Decide who is a participant and who interviews.

    Args:
        document: As parsed.
        options: Names given by flags, `single_speaker`.
        rows: The file's rows of participants.csv.

    Returns:
        Roles of all labels that the decider speaks about.
    """
    labels = labels_of(document.turns)
    if not document.turns:
        empty = "the file is empty" if not document.text.strip() else "nobody speaks"
        cells = (one.message for one in document.notices if one.code == "no_cell")
        empty = next(cells, empty)
        return Roles({}, reason=f"{empty}: no words of a participant stand in it")
    if not labels:
        return _without_labels(options, rows)
    decided = (
        _by_flags(labels, options)
        or _by_rows(labels, rows)
        or _by_front_matter(labels, document.meta)
        or _by_labels(labels, document.turns)
        or _by_behaviour(labels, document)
    )
    if decided is None:
        names = ", ".join(list(labels.values())[:_SHOWN])
        reason = (
            f"nothing tells who interviews (labels: {names}); give --interviewer NAME"
            " or --participant NAME, or a row with label and speaks in"
            " participants.csv"
        )
        return Roles({}, reason=reason)
    if "participant" not in decided.speaks.values():
        reason = (
            f"no participant speaks: by {decided.by} every label is an interviewer's;"
            " give --participant NAME, or a row in participants.csv"
        )
        return decided._replace(reason=reason)
    return decided


def labels_of(turns: Sequence[Turn]) -> dict[str, str]:
    """Return label by `label_key`, in order of speech; shared screens are none."""
    found: dict[str, str] = {}
    for turn in turns:
        if turn.label and not is_presentation(turn.label):
            found.setdefault(label_key(turn.label), turn.label)
    return found


def label_of_row(row: ParticipantRow, labels: Mapping[str, str]) -> str | None:
    """Return the key of the label that a row is about, or None for no label."""
    for name in (row.label, row.participant):
        if name and label_key(name) in labels:
            return label_key(name)
    return None


def _without_labels(options: ReadOptions, rows: Sequence[ParticipantRow]) -> Roles:
    if options.single_speaker:
        return Roles({"": "participant"}, by="--single-speaker")
    if any(row.speaks == "participant" and not row.label for row in rows):
        return Roles({"": "participant"}, by="participants.csv")
    reason = (
        "no speaker labels were found; --single-speaker takes the file as one"
        " participant's words, and so does a row in participants.csv with speaks ="
        " participant and no label"
    )
    return Roles({}, reason=reason)


def _by_flags(labels: Mapping[str, str], options: ReadOptions) -> Roles | None:
    asking = {label_key(name) for name in options.interviewers} & labels.keys()
    answering = {label_key(name) for name in options.participants} & labels.keys()
    if not asking and not answering:
        return None
    flags = [
        flag
        for flag, named in (("--interviewer", asking), ("--participant", answering))
        if named
    ]
    return Roles(_rest_are_others(labels, asking, answering), by=", ".join(flags))


def _rest_are_others(
    labels: Mapping[str, str], asking: set[str], answering: set[str]
) -> dict[str, Speaks]:
    """Give the labels that nobody spoke about the other role.

    Where participants are named, all others interview: their words are no evidence
    unless somebody says so.
    """
    rest: Speaks = "interviewer" if answering else "participant"
    roles: dict[str, Speaks] = {}
    for key in labels:
        if key in answering:
            roles[key] = "participant"
        elif key in asking:
            roles[key] = "interviewer"
        else:
            roles[key] = rest
    return roles


def _by_rows(labels: Mapping[str, str], rows: Sequence[ParticipantRow]) -> Roles | None:
    asking: set[str] = set()
    answering: set[str] = set()
    for row in rows:
        key = label_of_row(row, labels)
        if key is not None:
            (asking if row.speaks == "interviewer" else answering).add(key)
    if not asking and not answering:
        return None
    roles = _rest_are_others(labels, asking, answering)
    rest = [labels[key] for key in labels if key not in asking | answering]
    if not rest or not answering:
        return Roles(roles, by="participants.csv")
    message = (
        f"Taken for interviewers, as no row names them: {', '.join(rest[:_SHOWN])}."
    )
    notice = Notice(code="speaker_without_row", message=message)
    return Roles(roles, by="participants.csv", notices=(notice,))


def _by_front_matter(
    labels: Mapping[str, str], meta: Mapping[str, str]
) -> Roles | None:
    asking = _named(meta, labels, ("interviewer", "interviewers"))
    answering = _named(meta, labels, ("participant", "participants"))
    label = label_key(meta.get("label", ""))
    if label in labels:
        (asking if meta.get("speaks") == "interviewer" else answering).add(label)
    if not asking and not answering:
        return None
    return Roles(_rest_are_others(labels, asking, answering), by="front matter")


def _named(
    meta: Mapping[str, str], labels: Mapping[str, str], keys: tuple[str, ...]
) -> set[str]:
    names = (name for key in keys for name in meta.get(key, "").split(";"))
    return {label_key(name) for name in names} & labels.keys()


def _by_labels(labels: Mapping[str, str], turns: Sequence[Turn]) -> Roles | None:
    asking = {key for key in labels if is_interviewer_label(key)}
    answering = {key for key in labels if is_participant_label(key)}
    if not asking:
        asking = _alternating_pair(labels, turns)
    if asking:
        return Roles(_rest_are_others(labels, asking, set()), by="labels")
    if answering:
        return Roles(_rest_are_others(labels, set(), answering), by="labels")
    return None


def _alternating_pair(labels: Mapping[str, str], turns: Sequence[Turn]) -> set[str]:
    """Return the asking letter of `I`/`R` or `I`/`P`, if the two take turns."""
    for asks, answers in _PAIRS:
        if set(labels) != {asks, answers}:
            continue
        keys = [label_key(turn.label) for turn in turns if turn.label]
        changes = sum(a != b for a, b in pairwise(keys))
        if len(keys) > 1 and changes == len(keys) - 1:
            return {asks}
    return set()


def _by_behaviour(labels: Mapping[str, str], document: Document) -> Roles | None:
    """Take for the interviewer, of exactly two, who asks most and speaks less."""
    if len(labels) != 2:
        return None
    questions = dict.fromkeys(labels, 0)
    words = dict.fromkeys(labels, 0)
    for turn in document.turns:
        key = label_key(turn.label or "")
        if key in labels:
            said = document.text[turn.start : turn.end]
            questions[key] += len(_QUESTION.findall(said))
            words[key] += len(_WORD.findall(said))
    asked, spoken = sum(questions.values()), sum(words.values())
    for key in labels:
        if (
            asked
            and questions[key] >= QUESTION_SHARE * asked
            and words[key] <= WORD_SHARE * spoken
        ):
            return Roles(_rest_are_others(labels, {key}, set()), by="behaviour")
    return None
