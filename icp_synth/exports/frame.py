"""Whom the sample holds: one line for every card, the groups, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from icp_synth.domain.profiles import Frame, Manifest, Synthesis
from icp_synth.domain.segments import IN_COVERAGE
from icp_synth.exports.words import Words

EMBEDDED = "embedded"
"""The first word of the name of every analyst that reads without a model."""

_GROUP_ORDER = ("super-user", "churned", "new", "prospect")


def is_baseline(manifest: Manifest) -> bool:
    """Tell whether the embedded analyst read, e.g. `embedded` or `embedded-v1`."""
    return manifest.analyst.partition("-")[0] == EMBEDDED


def nobody_drafted_from(synthesis: Synthesis) -> bool:
    """Tell whether all who were heard left or are of a group not drafted from."""
    codes = synthesis.coverage.get(IN_COVERAGE, {}).get("codes", ())
    return "nobody" in codes and bool(synthesis.insights)


def with_pointer(why: str, synthesis: Synthesis, words: Words) -> str:
    """Return why nobody is drafted from, and where it says more if it does."""
    if not synthesis.negative:
        return why
    space = "" if words.language == "zh" else " "
    return f"{why}{space}{words('card.see_negative')}"


def nothing_drafted(synthesis: Synthesis, words: Words) -> str:
    """Return what stands where no card does."""
    if not nobody_drafted_from(synthesis):
        return words("card.none")
    return with_pointer(words("card.none_left"), synthesis, words)


def frame_line(frame: Frame, words: Words) -> str:
    """Return the sample in one line, e.g. `n = 3: 2 super-users, 1 new; proto …`."""
    comma = "、" if words.language == "zh" else ", "
    how = words(f"type.{frame.persona_type}")
    n = f"{frame.participants:,}"
    groups = _grouped(frame)
    listed = [_group_count(key, count, words) for key, count in groups.items()]
    line = words("frame.line", n=n, groups=comma.join(listed), type=how)
    if not groups:
        people = words.count("frame.people", frame.participants)
        line = words("frame.plain", n=people, type=how)
    return with_unquoted(line, len(frame.unquoted), words)


def with_unquoted(line: str, people: int, words: Words) -> str:
    """Return what tells n, with how many of them may not be quoted."""
    if not people:
        return line
    mark = "；" if words.language == "zh" else "; "
    return f"{line}{mark}{words.count('frame.unquoted', people)}"


def aside_of(frame: Frame, words: Words) -> tuple[str, str]:
    """Return what is said of who may not be quoted; empty where everybody may be.

    Returns:
        What their place in "k of n" is, and that nobody is compared with them.
    """
    people = len(frame.unquoted)
    if not people:
        return "", ""
    return (
        words.count("frame.aside", people, of=f"{frame.participants:,}"),
        words.count("frame.compared", people),
    )


def _grouped(frame: Frame) -> dict[str, int]:
    """Return people by group, known groups first; empty where none is recorded."""

    def place(key: str) -> tuple[int, str]:
        known = key in _GROUP_ORDER
        return (_GROUP_ORDER.index(key) if known else len(_GROUP_ORDER), key)

    groups = {key: n for key, n in frame.by_group.items() if n}
    if (rest := frame.participants - sum(groups.values())) > 0:
        groups["unknown"] = groups.get("unknown", 0) + rest
    if set(groups) <= {"unknown"}:
        return {}
    return {key: groups[key] for key in sorted(groups, key=place)}


def _group_count(key: str, n: int, words: Words) -> str:
    if f"group.{key}.one" in words.table:
        return words.count(f"group.{key}", n)
    return words("group.other", n=f"{n:,}", name=key)


def groups_of(frame: Frame, words: Words) -> tuple[tuple[str, str, int], ...]:
    """Return (key, people in words, people) by group, for the picture of the sample."""
    groups = _grouped(frame)
    if not groups:
        n = frame.participants
        return (("unknown", words.count("frame.people", n), n),) if n else ()
    return tuple(
        (key, _group_count(key, n, words), n) for key, n in groups.items() if n
    )


def notes_on(frame: Frame, words: Words) -> Iterator[str]:
    """Yield what the sample cannot tell, ours first, then the study's own notes."""
    groups = _grouped(frame)
    if not groups:
        yield words("frame.ungrouped")
    elif set(groups) == {"super-user"}:
        yield words("frame.only")
    yield from frame.notes
