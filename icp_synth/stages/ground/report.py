"""Check quotes, whoever gave them, against the transcripts that they cite."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import get_args

from icp_synth.domain.insights import VERIFIED, Located, QuoteStatus
from icp_synth.domain.spans import Span
from icp_synth.domain.transcripts import Transcript, Turn
from icp_synth.domain.values import Value
from icp_synth.errors import NameClash
from icp_synth.stages.ground.locate import Locator
from icp_synth.stages.ground.quotes import QuoteRow

_STATUSES: tuple[QuoteStatus, ...] = get_args(QuoteStatus)
_ROLES_UNKNOWN = "Nobody knows who speaks: every turn was taken for a participant's."


class Part(Value):
    """A slice of the canonical text: half-open code points, and the words there."""

    start: int
    end: int
    text: str


class CheckedQuote(Value):
    """One quote and what became of it.

    Attributes:
        row: The row of the file of quotes.
        transcript: Name of the transcript that holds it, or that the row names.
        text: The words as given.
        status: By contracts.md, "Status of a quote".
        start: Half-open code points of the canonical text, where `exact`, `folded`
            or `interviewer`.
        end: As `start`.
        parts: Slices of the source for `elided` and `stitched`.
        nearest: The slice that an altered quote resembles.
        reason: Sentences for a person; may be empty.
        line: Line of a report, from 1.
    """

    row: int
    transcript: str | None
    text: str
    status: QuoteStatus
    start: int | None = None
    end: int | None = None
    parts: tuple[Part, ...] = ()
    nearest: Part | None = None
    reason: str = ""
    line: int | None = None


class Verification(Value):
    """All quotes of a file, checked; dumped, the shape of `verify --json`.

    `counts` holds the statuses that occur, in the order of contracts.md.
    """

    quotes: tuple[CheckedQuote, ...]
    counts: Mapping[str, int]

    def unverified(self, *, allow_elided: bool = False) -> tuple[CheckedQuote, ...]:
        """Return the quotes that must not be published as they are.

        Args:
            allow_elided: Let those pass that mark what they leave out.
        """
        passed = VERIFIED | {"elided"} if allow_elided else VERIFIED
        return tuple(quote for quote in self.quotes if quote.status not in passed)


def verify(rows: Sequence[QuoteRow], transcripts: Sequence[Transcript]) -> Verification:
    """Check each quote against the transcript that its row names, else against all.

    Args:
        rows: As `load_quotes` gives them.
        transcripts: Where none of a transcript's turns has a role, every turn is
            taken for a participant's, and the quote's `reason` says so.

    Returns:
        One checked quote a row, in their order.

    Raises:
        NameClash: A row names a transcript in a way that fits several.
    """
    shelf = [_Volume(transcript) for transcript in transcripts]
    names = _names(shelf)
    quotes = tuple(_check(row, shelf, names) for row in rows)
    counts = Counter(quote.status for quote in quotes)
    return Verification(
        quotes=quotes,
        counts={status: counts[status] for status in _STATUSES if status in counts},
    )


class _Volume:
    """A transcript with its locator."""

    def __init__(self, transcript: Transcript) -> None:
        self.roles_known = any(
            turn.speaks or turn.withheld for turn in transcript.turns
        )
        self.transcript = transcript if self.roles_known else _all_cited(transcript)
        self.locator = Locator(self.transcript)


def _all_cited(transcript: Transcript) -> Transcript:
    """Take every turn, or the whole text of a file without any, for evidence."""
    whole = Turn(index=0, start=0, end=len(transcript.text))
    turns = tuple(
        turn.model_copy(
            update={
                "speaks": "participant",
                "participant": turn.label or transcript.id,
            }
        )
        for turn in transcript.turns or (whole,)
    )
    return transcript.model_copy(update={"turns": turns})


def _names(shelf: Sequence[_Volume]) -> dict[str, list[_Volume]]:
    """Map what a row may call a transcript to those that it fits.

    A full name goes before a shorter form of another transcript's name.
    """
    found: dict[str, list[_Volume]] = {}
    for volume in shelf:
        transcript = volume.transcript
        full = {transcript.id, transcript.path}
        for name in {short for long in full for short in _short_forms(long)} - full:
            found.setdefault(name, []).append(volume)
    exact: dict[str, list[_Volume]] = {}
    for volume in shelf:
        for name in {volume.transcript.id, volume.transcript.path}:
            exact.setdefault(name, []).append(volume)
    return found | exact


def _short_forms(name: str) -> set[str]:
    """Return a name without its folder, its ending, or its file (`FILE#ID`)."""
    path = PurePosixPath(name)
    forms = {path.name, path.stem, str(path.with_suffix("")) if path.suffix else name}
    _, mark, item = name.rpartition("#")
    return forms | {item} if mark else forms


def _check(
    row: QuoteRow, shelf: Sequence[_Volume], names: Mapping[str, list[_Volume]]
) -> CheckedQuote:
    if row.transcript is None:
        return _check_all(row, shelf)
    fitting = names.get(row.transcript, [])
    if len(fitting) > 1:
        which = ", ".join(repr(volume.transcript.id) for volume in fitting)
        msg = f"row {row.row}: {row.transcript!r} fits several transcripts: {which}."
        raise NameClash(
            msg,
            hint="Give the whole name in that row.",
        )
    if not fitting:
        reason = f"There is no transcript {row.transcript!r} among those given."
        return _checked(row, None, Located(status="not_found", reason=reason))
    volume = fitting[0]
    found = volume.locator.locate(row.text, turn=row.turn, participant=row.participant)
    if found.status == "not_found":
        other = next((v for v in shelf if v.locator.holds(row.text)), volume)
        if other is not volume:
            reason = f"It stands in {other.transcript.id!r}, not in the one named."
            found = found.model_copy(update={"reason": reason})
    return _checked(row, volume, found)


def _check_all(row: QuoteRow, shelf: Sequence[_Volume]) -> CheckedQuote:
    """Look in every transcript; the best status counts, of equals the first.

    Those that hold the words letter for letter come before the others: what is exact
    in one of them is looked for nowhere else.
    """
    best: tuple[int, _Volume, Located] | None = None
    for volume in sorted(shelf, key=lambda one: row.text not in one.transcript.text):
        found = volume.locator.locate(row.text, participant=row.participant)
        rank = _STATUSES.index(found.status)
        if best is None or rank < best[0]:
            best = (rank, volume, found)
        if found.status in {"exact", "too_short"}:
            break
    if best is None:
        reason = "There is no transcript to look in."
        return _checked(row, None, Located(status="not_found", reason=reason))
    _, volume, found = best
    nowhere = found.status in {"not_found", "too_short"}
    return _checked(row, None if nowhere else volume, found)


def _checked(row: QuoteRow, volume: _Volume | None, found: Located) -> CheckedQuote:
    text = volume.transcript.text if volume else ""
    reasons = [found.reason] if found.reason else []
    if volume and not volume.roles_known:
        reasons.append(_ROLES_UNKNOWN)
    return CheckedQuote(
        row=row.row,
        transcript=volume.transcript.id if volume else row.transcript,
        text=row.text,
        status=found.status,
        start=found.span.start if found.span else None,
        end=found.span.end if found.span else None,
        parts=tuple(_part(span, text) for span in found.parts),
        nearest=_part(found.nearest, text) if found.nearest else None,
        reason=" ".join(reasons),
        line=row.line,
    )


def _part(span: Span, text: str) -> Part:
    return Part(start=span.start, end=span.end, text=span.of(text))
