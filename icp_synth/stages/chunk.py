"""Cut a transcript into windows (what is read) and passages (what is searched).

Slices are made from turns, never found again by searching, so every offset is
right by construction. The bodies of a transcript's windows partition its
participant turns, character for character; whatever else a window holds is
context and cannot be cited. Turns that are withheld stand in none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from icp_synth.domain.ids import content_id
from icp_synth.domain.passages import Passage, Slice, Use, Window
from icp_synth.domain.transcripts import Transcript, Turn
from icp_synth.domain.values import Value

Count = Callable[[str], int]
"""Counts the tokens of a text."""

VERSION = "chunk/1"

_SEPARATORS = [
    *("\n\n", "\n", "。", "！", "？", r"\. ", "! ", r"\? ", "；", "; ", "，", ", "),
    r"(?:\S{1,24}\s){8}",
    *(" ", "(?s:.{64})", "(?s:.{8})", ""),
]
"""Where a long turn may be cut, best first, as regular expressions.

Counters round up, so a count of many small parts runs high: eight words, and then
64 or 8 characters, are tried before single ones. It is also what keeps it fast.
"""

_QUESTION_SHARE = 8
"""A repeated question takes at most one part in eight of a budget."""


class Budgets(Value):
    """How many tokens a window and a passage may hold."""

    window: int = 6000
    passage: int = 400


class Chunks(Value):
    """The windows and passages of one transcript, in its order."""

    windows: tuple[Window, ...]
    passages: tuple[Passage, ...]


def chunk(
    transcript: Transcript, count: Count, budgets: Budgets | None = None
) -> Chunks:
    """Cut one transcript by turns.

    Args:
        transcript: With roles decided.
        count: The project's token counter.
        budgets: Sizes in tokens; the defaults of `Budgets` when None.

    Returns:
        Windows whose bodies partition the participant turns, and passages of one
        participant each, with the question before them as context.

    Example:
        >>> chunk(transcript, count=estimate_v1).windows[0].slices[0].use
        'context'
    """
    sizes = budgets or Budgets()
    cutter = _Cutter(transcript, count)
    return Chunks(
        windows=tuple(_windows(cutter, sizes.window)),
        passages=tuple(_passages(cutter, sizes.passage)),
    )


class _Cutter:
    """Cuts turns of one transcript into slices; counts and cuts each but once."""

    def __init__(self, transcript: Transcript, count: Count) -> None:
        self.transcript = transcript
        self.turns = tuple(turn for turn in transcript.turns if not turn.withheld)
        self._count = count
        self._sizes: dict[tuple[int, int], int] = {}
        self._cut: dict[tuple[int, int], list[Slice]] = {}

    def size(self, piece: Slice | Turn) -> int:
        """Return the tokens of a stretch."""
        place = (piece.start, piece.end)
        if place not in self._sizes:
            self._sizes[place] = self._count(piece.span.of(self.transcript.text))
        return self._sizes[place]

    def pieces(self, turn: Turn, budget: int) -> list[Slice]:
        """Return the turn whole, or split at overlap 0 where it is too long."""
        use: Use = "body" if turn.speaks == "participant" else "context"
        if self.size(turn) <= budget:
            return [Slice(turn=turn.index, start=turn.start, end=turn.end, use=use)]
        known = self._cut.get((turn.index, budget))
        if known is None:
            known = list(self._split(turn, max(1, budget), use))
            self._cut[turn.index, budget] = known
        return known

    def _split(self, turn: Turn, budget: int, use: Use) -> Iterator[Slice]:
        text = turn.span.of(self.transcript.text)
        parts = _split(text, budget, self._count)
        if "".join(parts) != text:
            msg = f"turn {turn.index} of {self.transcript.id!r} was not cut whole"
            raise AssertionError(msg)
        at = turn.start
        for part in parts:
            yield Slice(turn=turn.index, start=at, end=at + len(part), use=use)
            at += len(part)

    def question(self, turn: Turn | None, budget: int) -> list[Slice]:
        """Return the question as context: its last part where it is long."""
        if turn is None or turn.start == turn.end:
            return []
        last = self.pieces(turn, budget // _QUESTION_SHARE)[-1]
        return [last.model_copy(update={"use": "context"})]


def _split(text: str, budget: int, count: Count) -> list[str]:
    """Split with langchain's splitter; the parts joined are the text again."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        separators=_SEPARATORS,
        is_separator_regex=True,
        keep_separator="end",
        strip_whitespace=False,
        chunk_size=budget,
        chunk_overlap=0,
        length_function=count,
    )
    return splitter.split_text(text)


def _windows(cutter: _Cutter, budget: int) -> Iterator[Window]:
    """Fill windows with whole exchanges, then turns, then parts of a turn."""
    open_slices: list[Slice] = []
    used = index = 0
    question: Turn | None = None
    for exchange in _exchanges(cutter.turns):
        pieces = [
            (turn, piece)
            for turn in exchange
            for piece in cutter.pieces(turn, budget - budget // _QUESTION_SHARE)
        ]
        whole = sum(cutter.size(piece) for _, piece in pieces)
        if used + whole > budget and _has_body(open_slices):
            yield _window(cutter, index, open_slices)
            open_slices, used, index = [], 0, index + 1
        for turn, piece in pieces:
            size = cutter.size(piece)
            if open_slices and used + size > budget:
                if _has_body(open_slices):
                    yield _window(cutter, index, open_slices)
                    index += 1
                # Of a question that leaves no room, and at a cut, its end is kept.
                answers = piece.use == "body"
                open_slices = cutter.question(question, budget) if answers else []
                used = sum(cutter.size(one) for one in open_slices)
            open_slices.append(piece)
            used += size
            if turn.speaks != "participant":
                question = turn
    if _has_body(open_slices):
        yield _window(cutter, index, open_slices)


def _exchanges(turns: Iterable[Turn]) -> Iterator[list[Turn]]:
    """Group turns that say something into questions and the answers to them."""
    current: list[Turn] = []
    answered = False
    for turn in turns:
        if turn.start == turn.end:
            continue
        if answered and turn.speaks != "participant":
            yield current
            current, answered = [], False
        current.append(turn)
        answered = turn.speaks == "participant"
    if current:
        yield current


def _passages(cutter: _Cutter, budget: int) -> Iterator[Passage]:
    """Make a passage of each answer, with the last words of somebody else."""
    before: Turn | None = None
    last: Turn | None = None
    for turn in cutter.turns:
        if turn.start == turn.end:
            continue
        if last is not None and last.participant != turn.participant:
            before = last
        last = turn
        if turn.speaks != "participant":
            continue
        question = cutter.question(before, budget)
        room = budget - sum(cutter.size(piece) for piece in question)
        for piece in cutter.pieces(turn, room):
            yield _passage(cutter, turn, (*question, piece))


def _has_body(slices: Iterable[Slice]) -> bool:
    return any(piece.use == "body" for piece in slices)


def _shape(slices: Iterable[Slice]) -> list[list[int | str]]:
    return [[piece.turn, piece.start, piece.end, piece.use] for piece in slices]


def _window(cutter: _Cutter, index: int, slices: list[Slice]) -> Window:
    transcript = cutter.transcript
    return Window(
        id=content_id("win", transcript.text_sha256, _shape(slices)),
        transcript=transcript.id,
        index=index,
        slices=tuple(slices),
        tokens=sum(cutter.size(piece) for piece in slices),
    )


def _passage(cutter: _Cutter, turn: Turn, slices: tuple[Slice, ...]) -> Passage:
    transcript = cutter.transcript
    return Passage(
        id=content_id("psg", transcript.text_sha256, _shape(slices)),
        transcript=transcript.id,
        participant=turn.participant or "",
        slices=slices,
        tokens=sum(cutter.size(piece) for piece in slices),
    )
