"""Second pass of the speaker rule: which labels are speakers.

A label is one when somebody vouched for it (a flag, participants.csv, front
matter), when it stands at least twice at the start of a line, or when it has the
very form of labels that were accepted. A form that is but words and a colon proves
little, so there a single label must also look like a name. Everything else stays
text; a line that looks like an accepted label and was refused ends the turn before
it, so that nobody is credited with words that may be another's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from icp_synth.domain.transcripts import Notice
from icp_synth.stages.read.heads import (
    Anchor,
    Candidate,
    Form,
    Line,
    anchor_of,
    candidate_of,
)
from icp_synth.stages.read.words import (
    is_generic_label,
    is_interviewer_label,
    is_name_shaped,
    label_key,
    may_be_label,
    reads_as_sentence,
)

_DOMINATED = 0.25
"""A way of setting labels counts when it has this share of the commonest way."""

_SHOWN = 20
_PAIRS = (("q", "a"), ("i", "r"), ("i", "p"), ("問", "答"), ("问", "答"))
_LONGEST_BARE = 40
_Way = tuple[int, bool, str, bool]
_SENTENCE_ENDS = (".", "?", "!", "…", "。", "？", "！")


class Heads(NamedTuple):
    """What opens and ends turns in a sequence of lines.

    Attributes:
        accepted: Labels, by line.
        refused: Lines that look like labels and are none; each ends a turn.
        anchors: Times that stand by themselves; each ends a turn.
        notices: What was refused, for the report.
    """

    accepted: tuple[Candidate, ...]
    refused: tuple[Candidate, ...]
    anchors: tuple[Anchor, ...]
    notices: tuple[Notice, ...]


def find_heads(
    lines: Sequence[Line], *, known: Collection[str] = (), cues: bool = False
) -> Heads:
    """Find the labels of a text.

    Args:
        lines: The lines of the text, or the lines of its cues.
        known: Names that somebody vouched for.
        cues: The lines are cues: times and headings mean nothing, a label stands
            before its words.

    Returns:
        Accepted and refused labels and time anchors, each in the order of lines.
    """
    keys = frozenset(label_key(name) for name in known)
    anchors: list[Anchor] = []
    candidates: list[Candidate] = []
    for index, line in enumerate(lines):
        anchor = None if cues else anchor_of(index, line.text)
        if anchor:
            anchors.append(anchor)
            continue
        candidate = candidate_of(index, line)
        if candidate and (candidate.form.colon or not cues):
            candidates.append(candidate)
    accepted = _accept(candidates, keys, lines)
    if not accepted and not cues:
        candidates = _bare_names(lines, keys)
        accepted = candidates
    refused = _refuse(candidates, accepted)
    return Heads(tuple(accepted), tuple(refused), tuple(anchors), _tell(refused, lines))


def _accept(
    candidates: Sequence[Candidate], keys: frozenset[str], lines: Sequence[Line]
) -> list[Candidate]:
    """Apply the rule: vouched for, repeated, or in the form of those."""
    counts = Counter(label_key(candidate.label) for candidate in candidates)
    vouched = [c for c in candidates if label_key(c.label) in keys]
    words = _role_words(counts)
    seeds = [
        c
        for c in candidates
        if may_be_label(c.label)
        and (
            counts[label_key(c.label)] >= 2
            or label_key(c.label) in words
            or (c.form.time == "gap" and is_name_shaped(c.label))
        )
    ]
    strong = _in_main_ways(seeds, vouched)
    sure = {label_key(c.label) for c in strong if counts[label_key(c.label)] >= 2}
    sure |= {label_key(c.label) for c in vouched}
    first = next((c.line for c in candidates if label_key(c.label) in sure), 0)
    names = {label_key(c.label) for c in (*strong, *vouched)}
    forms = {c.form for c in (*strong, *vouched)}
    ways = {_way(c.form) for c in strong}
    return [
        c
        for c in candidates
        if (label_key(c.label) in sure and _stands_apart(c.form, ways))
        or (
            _stands_apart(c.form, ways)
            and (
                label_key(c.label) in names or (c.form in forms and _earns_its_form(c))
            )
            and not (c.line < first and _is_header(c, lines[c.line].text))
        )
    ]


def _stands_apart(form: Form, ways: Collection[_Way]) -> bool:
    """Tell whether a known name is a label here, and not the start of a sentence.

    A bold name before plain words (`**Anna** started transcription`) is a label
    only where the file's labels are set so.
    """
    return bool(form.colon) or form.alone or _way(form) in ways


def _is_header(candidate: Candidate, line: str) -> bool:
    """Tell whether a line above the talk is a field: `Interviewer: Jane Doe`."""
    if candidate.form.marked or candidate.form.alone:
        return False
    value = line[candidate.text_start :].strip()
    return len(value.split()) <= 6 and not value.endswith(_SENTENCE_ENDS)


def _role_words(counts: Counter[str]) -> frozenset[str]:
    """Return labels that need no repetition: they name a part in an interview."""
    told = {
        key
        for key in counts
        if len(key) > 1 and (is_interviewer_label(key) or is_generic_label(key))
    }
    for pair in _PAIRS:
        if all(key in counts for key in pair):
            told.update(pair)
    return frozenset(told)


def _in_main_ways(
    seeds: Sequence[Candidate], vouched: Sequence[Candidate]
) -> list[Candidate]:
    """Keep the seeds that are set in one of the file's main ways.

    In a file whose speakers are headings, `first point:` may well stand twice.
    """
    ways = Counter(_way(c.form) for c in (*seeds, *vouched))
    most = max(ways.values(), default=0)
    apart = any(_stands_apart(c.form, ()) for c in seeds)
    return [
        c
        for c in seeds
        if ways[_way(c.form)] >= _DOMINATED * most
        and (not apart or _stands_apart(c.form, ()))
    ]


def _way(form: Form) -> _Way:
    return form.heading, form.bold, form.time, form.item


def _earns_its_form(candidate: Candidate) -> bool:
    if _is_talk(candidate):
        return False
    return candidate.form.marked or is_name_shaped(candidate.label)


def _is_talk(candidate: Candidate) -> bool:
    return not candidate.form.heading and reads_as_sentence(candidate.label)


def _refuse(
    candidates: Sequence[Candidate], accepted: Sequence[Candidate]
) -> list[Candidate]:
    """Return what has the form of an accepted label, is none, and is no sentence."""
    lines = {candidate.line for candidate in accepted}
    forms = {candidate.form for candidate in accepted}
    return [
        candidate
        for candidate in candidates
        if candidate.line not in lines
        and candidate.form in forms
        and not _is_talk(candidate)
    ]


def _bare_names(lines: Sequence[Line], keys: frozenset[str]) -> list[Candidate]:
    """Find names alone on their line, without any mark: the last resort.

    Exports without time stamps look so: an empty line, a name, the words. At least
    two names that occur twice each are asked for, or one that was vouched for.
    """
    found = [
        Candidate(index, line.text.strip(), Form(alone=True), len(line.text), None)
        for index, line in enumerate(lines)
        if 0 < len(line.text.strip()) <= _LONGEST_BARE
        and not line.text.rstrip().endswith((".", ",", "!", "?", "…", "。", "，"))
        and (index == 0 or not lines[index - 1].text.strip())
        and index + 1 < len(lines)
        and lines[index + 1].text.strip()
        and (label_key(line.text) in keys or is_name_shaped(line.text))
    ]
    counts = Counter(label_key(candidate.label) for candidate in found)
    twice = [key for key, count in counts.items() if count >= 2]
    if len(twice) >= 2 or any(key in keys for key in counts):
        return found
    return []


def _tell(refused: Sequence[Candidate], lines: Sequence[Line]) -> tuple[Notice, ...]:
    shown = [
        Notice(
            code="label_refused",
            message=(
                f"“{candidate.label}” stands like a speaker and was not taken for one;"
                " --participant or --interviewer makes it one."
            ),
            line=candidate.line + 1,
            text=lines[candidate.line].text[:120],
        )
        for candidate in refused[:_SHOWN]
    ]
    if len(refused) > _SHOWN:
        more = len(refused) - _SHOWN
        shown.append(
            Notice(code="label_refused", message=f"{more} more lines like these.")
        )
    return tuple(shown)
