"""Whose words may be read, and whose may be quoted, as people wrote it down.

A "no" is taken for the most that it may mean: one that fits no single speaker of an
interview holds for everybody in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from icp_synth.domain.transcripts import Notice, Turn
from icp_synth.project.people import ParticipantRow, says_no
from icp_synth.stages.read.roles import label_of_row
from icp_synth.stages.read.words import label_key

Permission = Literal["consent", "quote_ok"]


def refused(
    permission: Permission,
    labels: Mapping[str, str],
    answering: Sequence[str],
    *,
    rows: Sequence[ParticipantRow],
    meta: Mapping[str, str],
    of_table: bool = False,
) -> frozenset[str]:
    """Return the speakers for whom a permission is refused.

    Args:
        permission: Of what.
        labels: Label by `label_key`.
        answering: Keys of the participants; "" stands for turns without a label.
        rows: The interview's rows of participants.csv.
        meta: Front matter, or the columns of a table.
        of_table: The interview is a row of a table: a label of the table's rows may
            be meant for another interview.

    Returns:
        Keys of labels.
    """
    found: set[str] = set()
    for row in rows:
        if not says_no(getattr(row, permission)):
            continue
        key = label_of_row(row, labels)
        if key is not None:
            found.add(key)
        elif row.speaks != "interviewer" and not (row.label and of_table):
            found.update(answering)
    if says_no(meta.get(permission)):
        found.update(answering)
    return frozenset(found)


def withhold(turns: Sequence[Turn], keys: frozenset[str]) -> tuple[Turn, ...]:
    """Return the turns; those of these speakers are nobody's, and marked."""
    nobody = {"speaks": None, "participant": None, "withheld": True}
    return tuple(
        turn.model_copy(update=nobody) if label_key(turn.label or "") in keys else turn
        for turn in turns
    )


def notice_of(names: Sequence[str]) -> Notice:
    """Return what `status` says of people whose words are not read."""
    message = f"Not read, as consent is no: {', '.join(names)}."
    return Notice(code="no_consent", message=message)
