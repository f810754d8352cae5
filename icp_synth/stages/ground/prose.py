"""Find the quoted passages of a report: quote marks of any kind, block quotes."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import category

from icp_synth.stages.ground.scripts import cjk_count

_LEAST = 15
_LEAST_CJK = 6

_MASKED = re.compile(
    r"""
      \A---[^\S\n]*\n.*?\n---[^\S\n]*$         # front matter
    | ^[^\S\n]{0,3}(?P<fence>```+|~~~+).*?^[^\S\n]{0,3}(?P=fence)[^\n]*$
    | <!--.*?-->
    | </?[A-Za-z][^<>]*>                       # tags, with their attributes
    | (?<=\])\([^()\n]*\)                      # where a link leads, with its title
    """,
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_AS_CHARACTER = 0xF0000
"""Where an escaped mark is put while marks are looked for: it is none."""
_LITERAL = re.compile(r"[\U000F0021-\U000F007E]")
_CODE = re.compile(r"⟨U\+([0-9A-F]{4,6})⟩")
"""How report.md shows a character that nobody sees."""
_HIDDEN = frozenset({"Cc", "Cf", "Cn"})

_BLOCK = re.compile(r"(?:^[^\S\n]{0,3}>[^\n]*(?:\n|\Z))+", re.MULTILINE)
_BLOCK_MARK = re.compile(r"^[^\S\n]{0,3}(?:>[^\S\n]?)+", re.MULTILINE)
_PARAGRAPH = re.compile(r"\S(?:(?!\n[^\S\n]*\n).)*", re.DOTALL)
_QUOTED = re.compile(
    r"""
      “(?P<curly>[^“”]*(?:“[^“”]*”[^“”]*)*)”
    | "(?P<straight>[^\s"](?:[^"]*[^\s"])?)"
    | 「(?P<corner>[^「」]*(?:「[^「」]*」[^「」]*)*)」
    | 『(?P<white_corner>[^『』]+)』
    | «(?P<angle>[^«»]+)»
    | (?<!\w)‘(?P<curly_single>[^‘]+?)’(?!\w)
    | (?<![\w'])'(?P<straight_single>[^\s'](?:[^']|(?<=\w)'(?=\w))*?)'(?![\w'])
    """,
    re.VERBOSE,
)
_ATTRIBUTION = re.compile(
    r"(?:\n|(?<=[.!?。！？…\"'”’」』»)）*_]))[^\S\n]*(?:[—–―]|--|-(?=\s))[^\n]*\Z"
)


class Passage(NamedTuple):
    """A quoted passage and the line, from 1, where it begins."""

    line: int
    text: str


def passages(report: str) -> Iterator[Passage]:
    """Yield the quoted passages of a Markdown or text report, in order.

    A passage stands in straight, curly, corner or angle quote marks within one
    paragraph, or is a paragraph of a block quote; one that opens with a quote mark
    counts by what such marks hold, and of others the attribution ("— Ann") is left
    out. Passages under 15 characters do not count, unless they hold six CJK
    characters; nor do code, comments, tags and front matter. A mark behind a backslash
    is the character that it is, and a passage is given as its reader sees it.

    Args:
        report: The text.
    """
    lines = report.replace("\r\n", "\n").replace("\r", "\n")
    literal = _ESCAPED.sub(lambda found: chr(_AS_CHARACTER + ord(found[1])), lines)
    text = _MASKED.sub(_blank, literal)
    found: list[tuple[int, str]] = []
    for block in _BLOCK.finditer(text):
        found += _of_block(block.group(), block.start())
    prose = _BLOCK.sub(_blank, text)
    for paragraph in _PARAGRAPH.finditer(prose):
        found += _quoted(paragraph.group(), paragraph.start())
    for start, words in sorted(found):
        yield Passage(text.count("\n", 0, start) + 1, words)


def _as_seen(words: str) -> str:
    """Return a passage without what Markdown and report.md write for its characters."""
    plain = _LITERAL.sub(lambda found: chr(ord(found[0]) - _AS_CHARACTER), words)
    return _CODE.sub(_hidden, plain)


def _hidden(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    known = code <= sys.maxunicode and category(chr(code)) in _HIDDEN
    return chr(code) if known else found[0]


def _blank(match: re.Match[str]) -> str:
    """Return white space of the same length, so that places and lines stay."""
    return "".join("\n" if character == "\n" else " " for character in match.group())


def _of_block(block: str, offset: int) -> Iterator[tuple[int, str]]:
    """Yield the passages of a block quote: marked ones, else whole paragraphs."""
    text = _BLOCK_MARK.sub(_blank, block)
    for paragraph in _PARAGRAPH.finditer(text):
        start = offset + paragraph.start()
        if _QUOTED.match(paragraph.group().lstrip("*_")):
            yield from _quoted(paragraph.group(), start)
            continue
        lines = paragraph.group().strip().split("\n")
        quote = _ATTRIBUTION.sub("", "\n".join(line.strip() for line in lines))
        words = _as_seen(quote.strip())
        if _counts(words):
            yield start, words


def _quoted(paragraph: str, offset: int) -> Iterator[tuple[int, str]]:
    for match in _QUOTED.finditer(paragraph):
        words = _as_seen(match.group(match.lastgroup or 0).strip())
        if _counts(words):
            yield offset + match.start(), words


def _counts(words: str) -> bool:
    return len(words) >= _LEAST or cjk_count(words) >= _LEAST_CJK
