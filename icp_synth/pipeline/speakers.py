"""Names that were given for speakers, held against the speakers there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from icp_synth.domain.transcripts import Transcript
from icp_synth.errors import NotFound
from icp_synth.stages.read import ReadOptions
from icp_synth.stages.read.words import label_key

_SHOWN: Final = 12


class Unknown(NamedTuple):
    """A name that no speaker of any file has.

    Attributes:
        flag: `interviewer` or `participant`.
        name: As it was given.
        typed: On the command line, and not in study.toml.
    """

    flag: str
    name: str
    typed: bool


def unknown_names(
    options: ReadOptions, flags: Mapping[str, Any], transcripts: Sequence[Transcript]
) -> tuple[Unknown, ...]:
    """Return the names that fit no speaker.

    Args:
        options: The names that hold for this reading, wherever they stand.
        flags: What was given on the command line, by the names of the settings.
        transcripts: All that were decoded, left-out ones too.
    """
    known = {label_key(label) for label in _files_of(transcripts)}
    held = {"interviewer": options.interviewers, "participant": options.participants}
    return tuple(
        Unknown(flag, name, typed=name in (flags.get(f"{flag}s") or ()))
        for flag, names in held.items()
        for name in names
        if label_key(name) not in known
    )


def refuse_typed(unknown: Sequence[Unknown], transcripts: Sequence[Transcript]) -> None:
    """Stop where a name of the command line fits nobody.

    A mistyped interviewer would be counted as a participant, and a mistyped
    participant left out: neither is a report that anybody asked for. Where nothing at
    all could be decoded the files are to blame, not the names.

    Raises:
        NotFound: It names the speakers there are.
    """
    wrong = [f"{one.name!r} (--{one.flag})" for one in unknown if one.typed]
    if not wrong or not transcripts:
        return
    msg = f"No speaker is called {' or '.join(wrong)}."
    files = _files_of(transcripts)
    if not files:
        hint = (
            "No file names its speakers; --single-speaker takes each as one"
            " participant's words."
        )
        raise NotFound(msg, hint=hint)
    often = sorted(files.items(), key=lambda one: (-one[1], one[0]))
    shown = [f"{label} ({_in_files(count)})" for label, count in often[:_SHOWN]]
    if len(often) > _SHOWN:
        shown.append(f"and {len(often) - _SHOWN} more")
    raise NotFound(msg, hint=f"There are: {', '.join(shown)}.")


def tell_standing(unknown: Sequence[Unknown]) -> Iterator[str]:
    """Say which names of study.toml fit nobody; they may fit files that come yet."""
    for one in unknown:
        if not one.typed:
            yield (
                f"study.toml: no speaker is called {one.name!r}, which stands under"
                f" {one.flag} of [sources]."
            )


def _files_of(transcripts: Sequence[Transcript]) -> Counter[str]:
    """Return label → in how many files it speaks, as it is first written."""
    spelled: dict[str, str] = {}
    files: Counter[str] = Counter()
    for one in transcripts:
        for label in dict.fromkeys(turn.label for turn in one.turns if turn.label):
            files[spelled.setdefault(label_key(label), label)] += 1
    return files


def _in_files(count: int) -> str:
    return f"{count} file" if count == 1 else f"{count} files"
