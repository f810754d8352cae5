"""First pass of the speaker rule: which lines could open a turn, and how.

Nothing is decided here; `labels` accepts or refuses. Every pattern is anchored and
bounded, so that a line costs the same however long it is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from icp_synth.stages.read.times import TIME, is_timing_line, parse_time, parse_timing
from icp_synth.stages.read.words import visible

_REACH = 200
"""Code points at the start of a line within which a label must end."""

_LONGEST = 60
_COLON = "[:\uff1a\u2236\ufe55]"
_NOT_COLON = "[^:\uff1a\u2236\ufe55\\n]"
_EMPHASIS = r"(?:\*{1,3}+|_{2})"
_IN_BRACKETS = rf"[\[(（【]\s{{0,3}}+(?:{TIME})\s{{0,3}}+[\])）】]"

# Quantifiers are possessive where two of them could share a run of blanks or stars:
# a hostile line then costs as little as any other.
_TIMED_TEXT = re.compile(
    rf"\s*+[\[(]\s*+(?P<timing>{TIME}\s*+-->\s*+{TIME})\s*+[\])]\s*+"
)
_TIME_ALONE = re.compile(
    rf"\s*+(?P<heading>#{{1,6}}+\s++)?(?P<open>[\[(])?\s*+(?P<time>{TIME})\s*+[\])]?\s*+$"
)
_GAP = re.compile(
    rf"(?P<heading>#{{1,6}}+\s++)?(?P<emphasis>{_EMPHASIS})?"
    rf"(?P<label>{_NOT_COLON}{{1,{_LONGEST}}}?){_EMPHASIS}?"
    rf"(?:[ \xa0]{{0,9}}+\t[ \t\xa0]{{0,9}}+|\s{{2,20}}+)"
    rf"[\[(（]?(?P<time>{TIME})[\])）]?{_EMPHASIS}?\s*+$"
)
_BRACKETED_NAME = re.compile(
    rf"\[(?P<label>[^\]:\n]{{1,{_LONGEST}}})\]\s++(?P<time>{TIME})\s*+$"
)
_COLON_LINE = re.compile(
    rf"(?P<heading>#{{1,6}}+\s*+)?(?P<change>(?:>>|&gt;&gt;)\s*+)?"
    rf"(?P<emphasis>{_EMPHASIS}(?!\s))?"
    rf"(?:(?P<before>{_IN_BRACKETS}|{TIME}(?=\s))\s*+[-\u2013\u2014|]?\s*+)?"
    rf"(?P<emphasis2>{_EMPHASIS}(?!\s))?"
    rf"(?P<label>[^\s:*\uff1a\u2236\ufe55]{_NOT_COLON}{{0,{_LONGEST - 1}}}?)"
    rf"(?P<close1>{_EMPHASIS})?\s{{0,3}}+(?:(?P<after>{_IN_BRACKETS})\s{{0,3}}+)?"
    rf"(?:(?P<close2>{_EMPHASIS})\s{{0,3}}+)?"
    rf"(?P<colon>{_COLON})(?!//)(?P<close3>{_EMPHASIS})?"
    rf"(?P<behind>\s*+{_IN_BRACKETS})?[ \t\u3000\xa0]*+"
)
_BARE_HEADING = re.compile(
    rf"(?P<heading>#{{1,6}}+)\s++(?P<label>[^\n]{{1,{_LONGEST}}})$"
)
_BARE_BOLD = re.compile(
    rf"{_EMPHASIS}(?!\s)(?P<label>[^*_\n]{{1,{_LONGEST}}}+){_EMPHASIS}"
    rf"\s*+(?P<time>{_IN_BRACKETS})?\s*+$"
)
_LEAD = re.compile(r"\s*+(?P<item>[-*+>\u2022]\s++)?+")
_WORTH_A_LOOK = re.compile(rf"{_COLON}|^\s*+(?:[-+>\u2022]\s++)?+(?:#|\*|__)")
_CHANGE = re.compile(r"\s*+(?:>>|&gt;&gt;)\s*+")
_LABEL_MARKS = "*_ \t\u3000\xa0"


class Line(NamedTuple):
    """A line of a file; `bold` code points at its start are set in bold (DOCX)."""

    text: str
    bold: int = 0


class Form(NamedTuple):
    """How a label is set; equal forms are labels of one kind.

    Attributes:
        heading: Level, 0 for none.
        bold: Set in bold.
        time: `before`, `after`, `gap`, or empty.
        colon: The colon itself, or empty.
        alone: Nothing else stands on its line.
        item: Behind the mark of a list or a quotation (`- `, `> `).
    """

    heading: int = 0
    bold: bool = False
    time: str = ""
    colon: str = ""
    alone: bool = False
    item: bool = False

    @property
    def marked(self) -> bool:
        """Whether the form is more than words and a colon."""
        return bool(self.heading or self.bold or self.time)


class Candidate(NamedTuple):
    """A line that could open a turn.

    Attributes:
        line: Index of the line.
        label: As in the file, without marks and time.
        form: How it is set.
        text_start: Code point of the line where the turn's text starts.
        start_ms: The time beside it, if any.
    """

    line: int
    label: str
    form: Form
    text_start: int
    start_ms: int | None


class Anchor(NamedTuple):
    """A time that stands by itself: it ends the turn before it.

    `text_start` is where words go on in the line, `bare` tells a section anchor
    (`00:05:12`) from a timing line with its arrow.
    """

    line: int
    text_start: int
    start_ms: int | None
    end_ms: int | None
    bare: bool


def anchor_of(index: int, line: str) -> Anchor | None:
    """Return the time that stands by itself on the line or opens it, if any."""
    if "-->" in line[:_REACH] and is_timing_line(line[:_REACH]):
        timed = _TIMED_TEXT.match(line)
        timing = parse_timing(timed["timing"] if timed else line[:_REACH])
        if timing is None:
            return None
        start = timed.end() if timed else len(line)
        return Anchor(index, start, timing[0], timing[1], bare=False)
    if len(line) > _LONGEST or ":" not in line:
        return None
    alone = _TIME_ALONE.match(line)
    if alone and not alone["open"]:
        return Anchor(index, len(line), parse_time(alone["time"]), None, bare=True)
    return None


def candidate_of(index: int, line: Line) -> Candidate | None:
    """Return what the line would be as the head of a turn, or None.

    A time on a clock (`at 10:30 we met`) and an address (`https://x`) are none.
    """
    text, head = line.text, line.text[:_REACH]
    if not line.bold and not _WORTH_A_LOOK.search(head):
        return None
    cleaned = head if head.isascii() else visible(head)
    lead = _LEAD.match(cleaned)
    indent = lead.end() if lead else 0
    found = _scan(index, cleaned[indent:], len(text) - indent, line.bold - indent)
    if found is None:
        return None
    start = found.text_start + indent
    if len(cleaned) != len(head):
        start = _original_offset(text, start, len(cleaned))
    item = bool(lead and lead["item"])
    return found._replace(text_start=start, form=found.form._replace(item=item))


def change_mark(line: str) -> int:
    """Return the length of a captioner's `>>` at the start of the line, or 0."""
    match = _CHANGE.match(line)
    return match.end() if match else 0


def _original_offset(text: str, offset: int, cleaned: int) -> int:
    """Map an offset of the copy without invisible characters back to the text."""
    if offset >= cleaned and len(text) <= _REACH:
        return len(text)
    seen = 0
    for position, char in enumerate(text):
        if seen == offset:
            return position
        seen += bool(visible(char))
    return len(text)


def _scan(index: int, text: str, length: int, bold: int) -> Candidate | None:
    """Try the ways of setting a label, the most telling first.

    Args:
        index: The line's index.
        text: The start of the line, at most `_REACH` code points.
        length: Code points of the whole line.
        bold: How many code points at its start are bold.
    """
    whole = length <= _REACH
    return (
        (whole and _by_gap(index, text, length, bold))
        or _by_colon(index, text, length, bold)
        or (whole and _by_mark(index, text, length, bold))
        or None
    )


def _by_gap(index: int, text: str, length: int, bold: int) -> Candidate | None:
    if ":" not in text:
        return None
    match = _GAP.match(text) or _BRACKETED_NAME.match(text)
    if not match:
        return None
    label = match["label"].strip(_LABEL_MARKS)
    if not _has_letter(label):
        return None
    groups = match.groupdict()
    form = Form(
        heading=len((groups.get("heading") or "").strip()),
        bold=bool(groups.get("emphasis")) or bold > 0,
        time="gap",
        alone=True,
    )
    return Candidate(index, label, form, length, parse_time(match["time"]))


def _by_colon(index: int, text: str, length: int, bold: int) -> Candidate | None:
    match = _COLON_LINE.match(text)
    if not match or not _has_letter(match["label"]):
        return None
    label = match["label"].strip(_LABEL_MARKS)
    rest = text[match.end("colon") :]
    if label[-1:].isdigit() and rest[:1].isdigit():
        return None
    times = [match[name] for name in ("before", "after", "behind") if match[name]]
    form = Form(
        heading=len((match["heading"] or "").strip()),
        bold=_is_bold(match) or bold >= match.end("label"),
        time="before" if match["before"] else "after" if match["after"] else "",
        colon=match["colon"],
        alone=not text[match.end() :].strip() and length <= _REACH,
    )
    start = length if form.alone else match.end()
    time = parse_time(times[0].strip("[]()（）【】 \t")) if times else None
    return Candidate(index, label, form, start, time)


def _is_bold(match: re.Match[str]) -> bool:
    opened = match["emphasis"] or match["emphasis2"]
    closed = match["close1"] or match["close2"] or match["close3"]
    return bool(opened and closed)


def _by_mark(index: int, text: str, length: int, bold: int) -> Candidate | None:
    """Recognise a label by heading or bold alone, without a colon."""
    heading = _BARE_HEADING.match(text.rstrip(" \t#*_"))
    if heading and _has_letter(heading["label"]):
        label = heading["label"].strip(_LABEL_MARKS)
        form = Form(heading=len(heading["heading"]), alone=True)
        return Candidate(index, label, form, length, None)
    strong = _BARE_BOLD.match(text)
    if strong and _has_letter(strong["label"]):
        time = strong["time"] or ""
        form = Form(bold=True, time="after" if time else "", alone=True)
        label = strong["label"].strip(_LABEL_MARKS)
        return Candidate(index, label, form, length, parse_time(time.strip("[]() ")))
    set_bold = text[: max(0, bold)].strip()
    if set_bold and len(set_bold) <= _LONGEST and _has_letter(set_bold):
        alone = not text[bold:].strip()
        form = Form(bold=True, alone=alone)
        start = length if alone else bold + _blank(text[bold:])
        return Candidate(index, set_bold, form, start, None)
    return None


def _blank(text: str) -> int:
    return len(text) - len(text.lstrip())


def _has_letter(label: str) -> bool:
    return any(char.isalnum() for char in label)
