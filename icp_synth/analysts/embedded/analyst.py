"""The embedded analyst: reads with cues and a small linear model, and only quotes.

It needs no key, no network and no download. It writes no statements of its own: a
statement is the insight's first quote. It is a baseline, and its pages say so.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from icp_synth.analysts.embedded import cues as cue_file
from icp_synth.analysts.embedded.facts import Fact, facts
from icp_synth.analysts.embedded.features import Read, Segment
from icp_synth.analysts.embedded.judge import judge
from icp_synth.analysts.embedded.sentences import Piece, is_chinese, segments
from icp_synth.analysts.embedded.strength import intensity, signals
from icp_synth.analysts.embedded.trim import trim, trim_around
from icp_synth.analysts.embedded.wording import name_themes, word_skeleton
from icp_synth.analysts.protocol import Drafts
from icp_synth.domain.fields import KIND_OF, Kind
from icp_synth.domain.ids import sha256_bytes
from icp_synth.domain.insights import InsightDraft, QuoteDraft
from icp_synth.embedding.words import pieces

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from icp_synth.analysts.protocol import Skeleton, ThemeToName, Wordings
    from icp_synth.domain.passages import Rendered, RenderedTurn

_SAME = 0.75
"""Share of stems that two quotes of one person need to be one insight."""

_MOST_QUOTES = 3
_NEAR = 2
"""Turns between a question and an answer that it still informs."""


class _Item(NamedTuple):
    turn: int
    piece: Piece
    kind: Kind
    category: str
    fact: Fact | None


class _Said(NamedTuple):
    """What a draft says, to find the next one that says the same."""

    participant: str | None
    kind: Kind
    fact: str | None
    words: frozenset[str]
    draft: int


class EmbeddedAnalyst:
    """Reads interviews without a model.

    Example:
        >>> EmbeddedAnalyst().name
        'embedded-v1'
    """

    name = "embedded-v1"
    model: str | None = None
    guesses_kinds = True

    def fingerprints(self) -> Mapping[str, str]:
        """Return `extract`, over all code and data, and each data file by itself."""
        files = {
            name: f"{name}@{version}#{sha256_bytes(data)[:12]}"
            for name, version, data in cue_file.files()
        }
        return {"extract": f"{self.name}#{_code()}", **files}

    def extract(self, rendered: Rendered) -> Drafts:
        """Read one window; every draft is one verbatim quote, or a few that agree."""
        drafts: list[InsightDraft] = []
        said: list[_Said] = []
        question: RenderedTurn | None = None
        for turn in rendered.turns:
            if turn.speaks != "participant":
                question = turn
            elif turn.use == "body":
                near = question is not None and turn.number - question.number <= _NEAR
                asked = question.text if question is not None and near else ""
                for item in _read_turn(turn, asked):
                    _add(drafts, said, turn, item)
        return Drafts(drafts=tuple(drafts))

    def name_themes(self, themes: Sequence[ThemeToName], language: str) -> Wordings:
        """Name each theme by its most central quote, trimmed at clause borders."""
        del language  # A quote stays in the language in which it was said.
        return name_themes(themes)

    def draft(self, skeleton: Skeleton, language: str) -> Wordings:
        """Keep the claims as they stand, and title them by what defines the group."""
        del language  # Labels come in the report's language; quotes stay as said.
        return word_skeleton(skeleton)


@lru_cache(maxsize=1)
def _code() -> str:
    """Return a hash of everything that decides a reading, cues and code alike."""
    package = resources.files("icp_synth.analysts.embedded")
    parts = [
        file.read_bytes()
        for folder in (package, package / "data")
        for file in sorted(folder.iterdir(), key=lambda one: one.name)
        if file.is_file()
    ]
    return sha256_bytes(b"\0".join(parts))[:12]


def _read_turn(turn: RenderedTurn, question: str) -> list[_Item]:
    """Return what a turn states, in order; a fact joins the trait that states it."""
    text = turn.text
    stated = facts(text)
    items: list[_Item] = []
    for index, piece in enumerate(segments(text)):
        language = "zh" if is_chinese(piece.of(text)) else "en"
        verdict = judge(Segment(piece.of(text), question, index, language))
        own = [fact for fact in stated if piece.start <= fact.at.start < piece.end]
        if verdict is not None:
            fact = own.pop(0) if own and verdict.kind == "trait" else None
            category = fact.category if fact else verdict.category
            quote = (
                trim_around(text, piece, fact.at)
                if fact is not None
                else trim(text, piece, _wanted(verdict.seen, verdict.kind, language))
            )
            items.append(_Item(turn.number, quote, verdict.kind, category, fact))
        items.extend(
            _Item(
                turn.number,
                trim_around(text, piece, fact.at),
                "trait",
                fact.category,
                fact,
            )
            for fact in own
        )
    return items


def _wanted(seen: Read, kind: Kind, language: str) -> re.Pattern[str] | None:
    """Return what a quote must hold: the cues of its kind."""
    names = {cue.name for cue in seen.cues if KIND_OF[cue.category] == kind}
    patterns = [
        cue.pattern.pattern
        for cue in cue_file.cue_set(language).cues
        if cue.name in names
    ]
    return _union(tuple(patterns)) if patterns else None


@lru_cache(maxsize=4096)
def _union(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _add(
    drafts: list[InsightDraft], said: list[_Said], turn: RenderedTurn, item: _Item
) -> None:
    """Add a draft, or a further quote to the draft that says the same."""
    quote = QuoteDraft(turn=item.turn, text=_once(turn.text, item.piece))
    fact = item.fact
    told = _Said(
        participant=turn.participant,
        kind=item.kind,
        fact=f"{fact.field}={fact.value.lower()}" if fact else None,
        words=frozenset(pieces(quote.text)),
        draft=len(drafts),
    )
    for before in said:
        if _same(before, told):
            held = drafts[before.draft]
            if quote not in held.quotes and len(held.quotes) < _MOST_QUOTES:
                quotes = (*held.quotes, quote)
                drafts[before.draft] = held.model_copy(update={"quotes": quotes})
            return
    said.append(told)
    strength = intensity(quote.text) if item.kind != "trait" else None
    drafts.append(
        InsightDraft(
            kind=item.kind,
            category=item.category,
            statement=quote.text,
            statement_origin="verbatim",
            quotes=(quote,),
            intensity=strength,
            signals=signals(item.category, strength),
            attribute=fact.field if fact else None,
            value=fact.value if fact else None,
            normal=fact.normal if fact else None,
        )
    )


def _same(before: _Said, told: _Said) -> bool:
    if (before.participant, before.kind, before.fact) != (
        told.participant,
        told.kind,
        told.fact,
    ):
        return False
    shared, either = before.words & told.words, before.words | told.words
    return told.fact is not None or len(shared) >= _SAME * max(1, len(either))


def _once(text: str, piece: Piece) -> str:
    """Return the quote, longer by whole words where it stands twice in the turn."""
    start, end = piece
    while text.count(text[start:end]) > 1 and (start > 0 or end < len(text)):
        start, end = max(0, start - 1), min(len(text), end + 1)
        while start > 0 and text[start].isascii() and not text[start - 1].isspace():
            start -= 1
        while end < len(text) and text[end - 1].isascii() and not text[end].isspace():
            end += 1
    return text[start:end].strip()
