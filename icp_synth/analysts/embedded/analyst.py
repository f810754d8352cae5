"""The embedded analyst: reads with cues and a small linear model, and only quotes.

It needs no key, no network and no download. It writes no statements of its own: a
statement is the insight's first quote. It is a baseline, and its pages say so.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from icp_synth.analysts.embedded import cues as cue_file, model
from icp_synth.analysts.embedded.facts import Fact, facts
from icp_synth.analysts.embedded.features import Read, Segment, read
from icp_synth.analysts.embedded.sentences import Piece, is_chinese, length, segments
from icp_synth.analysts.embedded.trim import trim
from icp_synth.analysts.embedded.wording import name_themes, word_skeleton
from icp_synth.analysts.protocol import Drafts
from icp_synth.domain.fields import KIND_OF, Kind
from icp_synth.domain.ids import sha256_bytes
from icp_synth.domain.insights import InsightDraft, QuoteDraft
from icp_synth.embedding.words import pieces

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from icp_synth.analysts.protocol import Skeleton, ThemeToName, Wordings
    from icp_synth.domain.insights import Intensity
    from icp_synth.domain.passages import Rendered, RenderedTurn

_NEVER = frozenset({"meta", "question", "irony"})
_LEAST_WORDS = 5
_LEAST_CHARACTERS = 9
_LEAST_CUE = 1.3
_TRAIT_SHARE = 0.75
_SAME = 0.75
_STRONG = re.compile(
    r"\b(?:really|very|huge|hugely|extremely|incredibly|always|constantly|every time|never"
    r"|biggest|worst|best|most|so much|absolutely|completely|massive|definitely|all the"
    r" time)\b|非常|太|超|一直|每次|最|真的|完全|根本|老是|總是"
)
_DECISIVE = re.compile(
    r"\b(?:\d+|two|three|four|five|six|ten|half|whole|entire) (?:\w+ )?(?:hours?|days?|weeks?)"
    r"\b|[$€£]\s?\d|\b(?:nightmare|unacceptable|cancel\w*|quit|disaster|deal[- ]?breaker"
    r"|hate|love)\b|(?:\d|[一二兩三四五六七八九十半])(?:個)?(?:小時|天|週|禮拜)|崩潰|災難|取消|受不了"
)
_OWN = frozenset(
    {"role", "firmographic", "technology", "budget_price", "demographic"}
)
"""Traits that must be the speaker's own and real: not a friend's, not supposed."""

_SPEAKER = re.compile(r"\b(?:i|i'm|i've|i'd|we|we're|we've)\b|我")
_SIGNALS = {
    "workaround": "+willing",
    "trigger": "+willing",
    "advocacy": "+advocacy_potential",
    "objection": "-willing",
}


class _Item(NamedTuple):
    turn: int
    piece: Piece
    kind: Kind
    category: str
    fact: Fact | None


class EmbeddedAnalyst:
    """Reads interviews without a model.

    Example:
        >>> EmbeddedAnalyst().name
        'embedded-v1'
    """

    name = "embedded-v1"
    model: str | None = None

    def fingerprints(self) -> Mapping[str, str]:
        """Return each data file that decides a reading, as `ID@VERSION#HASH`."""
        return {
            name: f"{name}@{version}#{sha256_bytes(data)[:12]}"
            for name, version, data in cue_file.files()
        }

    def extract(self, rendered: Rendered) -> Drafts:
        """Read one window; every draft is one verbatim quote, or two that agree."""
        drafts: list[InsightDraft] = []
        question, asker = "", None
        said: list[tuple[frozenset[str], Kind, str | None, int]] = []
        for turn in rendered.turns:
            if turn.speaks != "participant":
                question, asker = turn.text, turn.number
                continue
            if turn.use != "body":
                continue
            near = asker is not None and turn.number - asker <= 2
            for item in _read_turn(turn, question if near else ""):
                _add(drafts, said, turn, item)
        return Drafts(drafts=tuple(drafts))

    def name_themes(self, themes: Sequence[ThemeToName], language: str) -> Wordings:
        """Name each theme by its most central quote, trimmed at clause borders."""
        del language  # A quote stays in the language in which it was said.
        return name_themes(themes)

    def draft(self, skeletons: Sequence[Skeleton], language: str) -> list[Wordings]:
        """Word each skeleton: the claims as they stand, titled by what defines it."""
        return [word_skeleton(skeleton, language) for skeleton in skeletons]


def _read_turn(turn: RenderedTurn, question: str) -> list[_Item]:
    text = turn.text
    found = segments(text)
    stated = facts(text)
    items: list[_Item] = []
    used: set[Fact] = set()
    for index, piece in enumerate(found):
        language = "zh" if is_chinese(piece.of(text)) else "en"
        segment = Segment(piece.of(text), question, index, language)
        own = [fact for fact in stated if _within(fact, piece)]
        best = _judge(segment)
        if best is None and not own:
            continue
        if best is not None:
            kind, category, seen = best
            fact = own[0] if own and kind == "trait" else None
            if fact is not None:
                used.add(fact)
                category = fact.category
            quote = trim(text, piece, _wanted(seen, kind, language, fact))
            items.append(_Item(turn.number, quote, kind, category, fact))
        items.extend(
            _Item(turn.number, _fact_quote(text, fact, piece), "trait", fact.category, fact)
            for fact in own
            if fact not in used
        )
        used.update(own)
    return items


def _judge(segment: Segment) -> tuple[Kind, str, Read] | None:
    """Return kind and category of a segment, or None where it states nothing."""
    words = length(segment.text)
    least = _LEAST_CHARACTERS if segment.language == "zh" else _LEAST_WORDS
    if words < least:
        return None
    plain_text = cue_file.plain(segment.text)
    seen = read(segment)
    if seen.guards & _NEVER:
        return None
    chances = model.kinds(seen, segment.language)
    if segment.language == "zh":
        chances = _sober(chances, seen)
    kind = max(chances, key=lambda name: (chances[name], name))
    if chances[kind] < model.threshold(segment.language):
        return None
    category = model.category(seen, kind)
    if kind == "trait" and "others" in seen.guards and not _SPEAKER.search(plain_text):
        return None
    if category in _OWN and seen.guards & {"others", "hypothetical"}:
        return None
    return kind, category, seen


def _sober(chances: dict[Kind, float], seen: Read) -> dict[Kind, float]:
    """Ask Chinese talk for a cue of the kind, and traits for a speaker in it.

    The shared weights come from English talk, where what has no cue is often a trait.
    """
    held: dict[Kind, float] = dict.fromkeys(chances, 0.0)
    for cue in seen.cues:
        held[KIND_OF[cue.category]] += cue.weight * cue.sign
    sober = {
        kind: chance if held[kind] >= _LEAST_CUE else 0.0
        for kind, chance in chances.items()
    }
    if "first" not in seen.features or "others" in seen.guards:
        sober["trait"] = 0.0
    sober["trait"] *= _TRAIT_SHARE
    return sober


def _within(fact: Fact, piece: Piece) -> bool:
    return piece.start <= fact.at.start < piece.end


def _wanted(
    seen: Read, kind: Kind, language: str, fact: Fact | None
) -> re.Pattern[str] | None:
    """Return what a quote must hold: the cues of its kind and its fact's value."""
    names = {cue.name for cue in seen.cues if KIND_OF[cue.category] == kind}
    patterns = [
        cue.pattern.pattern
        for cue in cue_file.cue_set(language).cues
        if cue.name in names
    ]
    if fact is not None:
        patterns.append(re.escape(cue_file.plain(fact.value)))
    return _union(tuple(patterns)) if patterns else None


@lru_cache(maxsize=4096)
def _union(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _fact_quote(text: str, fact: Fact, piece: Piece) -> Piece:
    """Return the clause that states a fact."""
    value = _union((re.escape(cue_file.plain(fact.value)),))
    place = Piece(min(piece.start, fact.at.start), max(piece.end, fact.at.end))
    quote = trim(text, place, value)
    if quote.start <= fact.at.start and fact.at.end <= quote.end:
        return quote
    return place


def _add(
    drafts: list[InsightDraft],
    said: list[tuple[frozenset[str], Kind, str | None, int]],
    turn: RenderedTurn,
    item: _Item,
) -> None:
    """Add a draft, or a second quote to the draft that says the same."""
    quote = QuoteDraft(turn=item.turn, text=_once(turn.text, item.piece))
    words = frozenset(pieces(quote.text))
    fact = f"{item.fact.field}={item.fact.value.lower()}" if item.fact else None
    for held, kind, held_fact, at in said:
        same = len(held & words) >= _SAME * max(1, len(held | words))
        if kind == item.kind and (fact == held_fact and (fact is not None or same)):
            _second(drafts, at, quote)
            return
    said.append((words, item.kind, fact, len(drafts)))
    strength = _intensity(quote.text) if item.kind != "trait" else None
    drafts.append(
        InsightDraft(
            kind=item.kind,
            category=item.category,
            statement=quote.text,
            statement_origin="verbatim",
            quotes=(quote,),
            intensity=strength,
            signals=_signals(item.category, strength),
            attribute=item.fact.field if item.fact else None,
            value=item.fact.value if item.fact else None,
            normal=item.fact.normal if item.fact else None,
        )
    )


def _second(drafts: list[InsightDraft], at: int, quote: QuoteDraft) -> None:
    held = drafts[at]
    if quote not in held.quotes and len(held.quotes) < 3:
        drafts[at] = held.model_copy(update={"quotes": (*held.quotes, quote)})


def _once(text: str, piece: Piece) -> str:
    """Return the quote, longer where its words stand twice in the turn."""
    start, end = piece
    while text.count(text[start:end]) > 1 and (start > 0 or end < len(text)):
        start, end = max(0, start - 1), min(len(text), end + 1)
        while start > 0 and not text[start - 1].isspace() and text[start].isascii():
            start -= 1
        while end < len(text) and not text[end].isspace() and text[end - 1].isascii():
            end += 1
    return text[start:end].strip()


def _intensity(text: str) -> Intensity:
    lowered = cue_file.plain(text)
    if _DECISIVE.search(lowered):
        return 3
    return 2 if _STRONG.search(lowered) else 1


def _signals(category: str, strength: Intensity | None) -> tuple[str, ...]:
    if category in {"problem", "obstacle"} and strength is not None and strength > 1:
        return ("+ready",)
    own = _SIGNALS.get(category)
    return (own,) if own else ()
