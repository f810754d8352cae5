"""Marked stretches of exported texts, whichever program they come from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from icp_synth.domain.transcripts import Transcript
from icp_synth.evaluation.labelling.given import Draft, DraftQuote
from icp_synth.evaluation.labelling.locating import same_words
from icp_synth.evaluation.labelling.offsets import Marked, Ruler, Unit, units_of
from icp_synth.evaluation.texts import Texts, Unread, nfc
from icp_synth.stages.read.decode import unify_line_ends

_MARK = "﻿"

Tell = Callable[[int | None, str, str], None]
"""Notes a problem: line, field, what is wrong."""


@dataclass(frozen=True)
class Region:
    """One stretch with one label.

    Attributes:
        id: By which relations name it.
        label: As written, such as `pain/fear`.
        start: In the unit of the program.
        text: The words, where the program gives them.
        line: Of its file.
        place: The path of its offsets in JSON.
        label_place: The path of its label.
        parts: What else is said of it, by the names of `PARTS`.
        places: The paths of those.
    """

    id: str
    label: str
    start: int
    end: int
    text: str | None = None
    line: int | None = None
    place: str = ""
    label_place: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Exported:
    """A text as a program exported it, beside the interview that it is.

    Attributes:
        text: With the line ends that offsets count.
        transcript: Whose canonical text it is.
        name: The interview's.
    """

    text: str
    transcript: Transcript
    name: str


def recognise(text: str, name: object, texts: Texts) -> Exported:
    """Return which interview an exported text is.

    Args:
        text: As exported.
        name: The interview's name, where the export has it; else it is known by its
            text.
        texts: The folder of texts.

    Raises:
        Unread: It is none of them, or another text than the one of its name.
    """
    canonical = unify_line_ends(text.removeprefix(_MARK))
    if not isinstance(name, str) or not name:
        found = texts.named_by(canonical)
        if found is None:
            msg = (
                f"it is none of the texts in {texts.folder}: was it changed on import?"
            )
            raise Unread(msg)
        return Exported(text, texts.transcript(found), found)
    transcript = texts.transcript(name)
    if transcript.text != canonical:
        msg = f"it is another text than {name!r} in {texts.folder}"
        raise Unread(msg)
    known = next(one for one, path in texts.files if nfc(name) in {one, nfc(path.name)})
    return Exported(text, transcript, known)


def to_code_points(
    regions: Sequence[Region], exported: Exported, unit: Unit | None, tell: Tell
) -> tuple[Region, ...]:
    """Return stretches with their offsets in the canonical text.

    Args:
        regions: Of one annotation.
        exported: Its text.
        unit: What offsets count; None finds out, where that can be known.
        tell: Told of stretches that cannot be placed; they are left out.
    """
    if not regions:
        return ()
    if unit is None:
        marked = [Marked(one.start, one.end, one.text) for one in regions]
        fitting = units_of(exported.text, marked, same_words)
        if len(fitting) > 1:
            said = (
                "the text has characters that some programs count twice (emoji), and "
                "nothing here tells how: say --offsets utf-16 or --offsets code-points"
            )
            tell(regions[0].line, regions[0].place, said)
            return ()
        # Where neither fits, each stretch is told to differ from its words.
        unit = fitting[0] if fitting else "code-points"
    ruler = Ruler(exported.text, unit)
    shifts = _shifts(exported.text)
    placed = []
    for one in regions:
        start, end = ruler.code_point(one.start), ruler.code_point(one.end)
        if start is None or end is None:
            size = len(exported.text)
            said = (
                f"{one.start} to {one.end} is no stretch of a text of {size} code "
                f"points, or cuts a character in two (counted as {unit})"
            )
            tell(one.line, one.place, said)
            continue
        start -= bisect_right(shifts, start - 1)
        end -= bisect_right(shifts, end - 1)
        placed.append(replace(one, start=start, end=end))
    return tuple(placed)


def drafts_of(
    regions: Sequence[Region], relations: Sequence[tuple[str, str]]
) -> tuple[tuple[Draft, ...], int]:
    """Return labels, one a stretch; related stretches of one label are one label.

    Args:
        regions: With offsets in the canonical text.
        relations: Pairs of ids.

    Returns:
        The labels in their order, and how many relations were not used since the
        stretches have different labels or are not there.
    """
    by_id: dict[str, list[int]] = {}
    for at, one in enumerate(regions):
        by_id.setdefault(one.id, []).append(at)
    head = list(range(len(regions)))
    unused = 0
    for one_id, other_id in relations:
        pairs = [
            (at, other)
            for at in by_id.get(one_id, ())
            for other in by_id.get(other_id, ())
            if regions[at].label == regions[other].label and at != other
        ]
        unused += not pairs
        for at, other in pairs:
            low, high = sorted((head[at], head[other]))
            head = [low if one == high else one for one in head]
    groups: dict[int, list[Region]] = {}
    for at, one in enumerate(regions):
        groups.setdefault(head[at], []).append(one)
    return tuple(_draft(group) for group in groups.values()), unused


def _draft(group: Sequence[Region]) -> Draft:
    first = group[0]
    parts = {name: said for one in reversed(group) for name, said in one.parts.items()}
    places = {name: at for one in reversed(group) for name, at in one.places.items()}
    quotes = tuple(
        DraftQuote(
            text=one.text or "",
            start=one.start,
            end=one.end,
            line=one.line,
            field=one.place,
        )
        for one in group
    )
    return Draft(
        category=first.label,
        quotes=quotes,
        line=first.line,
        field=first.place,
        names={**places, "category": first.label_place, "kind": first.label_place},
        **parts,
    )


def _shifts(text: str) -> list[int]:
    """Return where characters stand that the canonical text does not have."""
    mark = [0] if text.startswith(_MARK) else []
    ends = [at for at, one in enumerate(text) if one == "\r"]
    return mark + [at for at in ends if text[at + 1 : at + 2] == "\n"]
