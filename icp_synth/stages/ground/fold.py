"""Fold what may differ without changing what was said, with the way back.

Folded are the forms that contracts.md lists ("Status of a quote") and no other:
NFC, white space, soft hyphens and zero-width characters, quote marks, dash forms,
case, Markdown marks, full-width forms. Every folded code point knows the stretch of
the source that it came from, also where NFC composes two code points into one and
where case folding makes two out of one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from icp_synth.stages.ground.scripts import is_cjk, is_unspaced

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufe00-\ufe0f\ufeff]"
)
_SINGLE = frozenset("'‘’‚‛`´ʼ′‹›")
_DOUBLE = frozenset('"“”„‟″«»「」『』﹁﹂﹃﹄〝〞〟')
_HYPHENS = frozenset("-‐‑−﹣")
_DASHES = frozenset("‒–—―⸺⸻﹘")

_PUNCTUATION = frozenset(",.;:!?()[]…")
_CURRENCIES = frozenset("$€£¥₩₹")
_SIGNS = _CURRENCIES | frozenset("%‰°")

_MARKDOWN = re.compile(
    r"""
      (?P<line>^[^\S\n]{0,3}(?:\#{1,6}|>+|[-*+])(?=[^\S\n]))  # heading, quote, bullet
    | (?P<escape>\\[!-/:-@\[-`{-~])
    | (?P<emphasis>\*+|_+|~~+|`+)                             # also struck out, code
    """,
    re.MULTILINE | re.VERBOSE,
)
_SPACES = re.compile("(?P<left> *)(?P<dash>[-—]+)(?P<right> *)| +")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; its code point `i` came from `source[starts[i]:ends[i]]`."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def whole(self, start: int, end: int) -> bool:
        """Tell whether a folded stretch cuts no code point of the source in two."""
        opens = start == 0 or self.ends[start - 1] <= self.starts[start]
        closes = end == len(self.text) or self.ends[end - 1] <= self.starts[end]
        return opens and closes

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the source's half-open stretch of a folded one that is not empty."""
        return self.starts[start], self.ends[end - 1]


@dataclass(slots=True)
class _Draft:
    """A folded text in the making."""

    text: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def put(self, folded: str, start: int, end: int) -> None:
        self.text.append(folded)
        self.starts += [start] * len(folded)
        self.ends += [end] * len(folded)

    def take(self, other: Folded, start: int, end: int) -> None:
        self.text.append(other.text[start:end])
        self.starts += other.starts[start:end]
        self.ends += other.ends[start:end]

    def done(self) -> Folded:
        return Folded("".join(self.text), tuple(self.starts), tuple(self.ends))


def fold(text: str, *, marks: bool = True) -> Folded:
    """Fold a text.

    Args:
        text: Source or quote.
        marks: Keep quote marks, in one form for single and one for double. Without,
            marks that quote are left out; apostrophes within a word and the signs
            of feet and inches stay.

    Returns:
        The folded text with the map to the source. White space is one space where
        it separates words; there is none at the ends, beside CJK characters and
        punctuation, around long dashes, and between a number and its sign ("50 %").

    Example:
        >>> fold("Ｅvery “Monday”  —  I").text
        'every "monday"-i'
    """
    folded = _by_cluster(text)
    if not marks:
        folded = _without_quote_marks(folded)
    return _spaced(folded)


def join(parts: Iterable[tuple[int, Folded]], separator: str = "\n") -> Folded:
    """Join folded stretches of one source; `separator` stands in no folded text.

    Args:
        parts: The offset of each stretch in the source, and the stretch folded.
        separator: One character, of no length in the source.
    """
    draft = _Draft()
    for offset, part in parts:
        draft.put(separator, offset, offset)
        draft.text.append(part.text)
        draft.starts += [offset + start for start in part.starts]
        draft.ends += [offset + end for end in part.ends]
    return draft.done()


def is_quote_mark(character: str) -> bool:
    """Tell whether the character opens or closes a quotation, or is an apostrophe."""
    return character in _SINGLE or character in _DOUBLE


def _by_cluster(text: str) -> Folded:
    """Fold each run of code points that NFC composes; leave out what marks nothing."""
    dropped = _markdown_marks(text)
    if not unicodedata.is_normalized("NFC", _INVISIBLE.sub("", text)):
        draft = _Draft()
        for cluster, start, end in _clusters(text, dropped):
            draft.put(_fold_cluster(cluster), start, end)
        return draft.done()
    forms = {character: _fold_cluster(character) for character in set(text)}
    folded = [forms[character] for character in text]
    for index in dropped:
        folded[index] = ""
    places = [index for index, form in enumerate(folded) for _ in form]
    return Folded("".join(folded), tuple(places), tuple(index + 1 for index in places))


def _markdown_marks(text: str) -> frozenset[int]:
    """Return the places of Markdown marks; `2*3`, `4 * 5` and `a_b` have none."""
    found: set[int] = set()
    for match in _MARKDOWN.finditer(text):
        start, end = match.span()
        if match.lastgroup == "escape":
            found.add(start)
        elif match.lastgroup == "line" or not _is_plain(text, start, end):
            found.update(range(start, end))
    return frozenset(found)


def _is_plain(text: str, start: int, end: int) -> bool:
    """Tell whether a run of `*`, `_`, `~` or a backtick marks nothing."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    within_word = _in_word(before) and _in_word(after)
    return within_word or (before.isspace() and after.isspace())


def _in_word(character: str) -> bool:
    return character.isalnum() and not is_cjk(character)


def _clusters(text: str, dropped: frozenset[int]) -> Iterator[tuple[str, int, int]]:
    """Yield the runs of code points that NFC composes, each with its place."""
    cluster, start, end = "", 0, 0
    for index, character in enumerate(text):
        if index in dropped or _INVISIBLE.match(character):
            continue
        if cluster and _composes(cluster, character):
            cluster, end = cluster + character, index + 1
            continue
        if cluster:
            yield cluster, start, end
        cluster, start, end = character, index, index + 1
    if cluster:
        yield cluster, start, end


def _composes(cluster: str, character: str) -> bool:
    if character.isascii():
        return False
    if unicodedata.combining(character):
        return True
    apart = unicodedata.normalize("NFC", cluster)
    alone = unicodedata.normalize("NFC", character)
    return unicodedata.normalize("NFC", cluster + character) != apart + alone


@cache
def _fold_cluster(cluster: str) -> str:
    """Fold one cluster: nothing for what cannot be seen, a space for white space."""
    if _INVISIBLE.match(cluster):
        return ""
    narrow = "".join(_narrow(character) for character in cluster)
    if narrow.isspace():
        return " "
    for forms, form in (
        (_SINGLE, "'"),
        (_DOUBLE, '"'),
        (_HYPHENS, "-"),
        (_DASHES, "—"),
    ):
        if narrow in forms:
            return form
    caseless = unicodedata.normalize("NFD", narrow).casefold()
    return unicodedata.normalize("NFC", caseless)


def _narrow(character: str) -> str:
    """Return the ordinary form of a full-width character."""
    kind, _, form = unicodedata.decomposition(character).partition(" ")
    return chr(int(form, 16)) if kind == "<wide>" else character


def _without_quote_marks(folded: Folded) -> Folded:
    draft = _Draft()
    text, kept = folded.text, 0
    for match in re.finditer("['\"]", text):
        at = match.start()
        before = text[at - 1 : at]
        after = text[at + 1 : at + 2]
        apostrophe = match.group() == "'" and _in_word(before) and _in_word(after)
        if apostrophe or before.isdigit():
            continue
        draft.take(folded, kept, at)
        kept = at + 1
    draft.take(folded, kept, len(text))
    return draft.done()


def _spaced(folded: Folded) -> Folded:
    """Make runs of white space and of dashes one, and drop white space of no meaning.

    A dash takes the white space beside it: a long one always, a hyphen where there
    is some on both sides ("slow - and" is "slow — and"; "two- or" stays).
    """
    draft = _Draft()
    text, kept = folded.text, 0
    for match in _SPACES.finditer(text):
        start, end = match.span()
        draft.take(folded, kept, start)
        kept = end
        if match["dash"] is None:
            _put_space(draft, folded, start, end)
            continue
        left, right = match.span("dash")
        open_left = left > start or start == 0
        open_right = end > right or end == len(text)
        long = "—" in match["dash"] or right - left > 1
        apart = not (long or (open_left and open_right))
        if apart and left > start:
            _put_space(draft, folded, start, left)
        draft.put("-", folded.starts[left], folded.ends[right - 1])
        if apart and end > right:
            _put_space(draft, folded, right, end)
    draft.take(folded, kept, len(text))
    return draft.done()


def _put_space(draft: _Draft, folded: Folded, start: int, end: int) -> None:
    """Put one space for `folded.text[start:end]`, unless it separates nothing."""
    if start == 0 or end == len(folded.text):
        return
    before, after = folded.text[start - 1], folded.text[end]
    if not _is_idle(before, after):
        draft.put(" ", folded.starts[start], folded.ends[end - 1])


def _is_idle(before: str, after: str) -> bool:
    """Tell whether white space between two characters carries no meaning."""
    if after.isdigit():
        return is_unspaced(before) or before in _CURRENCIES
    if before.isdigit() and after in _SIGNS:
        return True
    beside = (before, after)
    return any(is_unspaced(each) or each in _PUNCTUATION for each in beside)
