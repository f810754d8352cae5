"""Quotation marks in report.md: for what a participant said, and for nothing else.

Whoever checks the report's quotes against the interviews (`icp-synth verify`) takes
every passage in quotation marks for a quote. So each is written by `quotation`, which
remembers its place until the page is whole; then `settled` sees to it that nothing else
on the page reads as one, wherever it came from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from icp_synth.embedding.words import CJK
from icp_synth.exports.escaping import escape_markdown as safe

_OPEN: Final = "\ufdd0"
_SHUT: Final = "\ufdd1"
"""Stand around a quote until the page is whole; Unicode keeps them for such uses."""

_PAIRS: Final = ("“”", "「」", "«»", "『』")
_NESTING: Final = frozenset({"“”", "「」"})
"""Marks that a reader of the page understands once more within themselves."""

_QUOTE = re.compile(f"{_OPEN}([^{_OPEN}{_SHUT}]*){_SHUT}")
_MARKED = re.compile(
    r"""(?:[“«「『]|(?<!\w)‘|(?<![\w"])"(?=\S)|(?<![\w'])'(?=\S))
    (?P<words>(?:[^“”«»「」『』‘’"'\n]|(?<=\w)['’](?=\w))*?
              (?:[^“”«»「」『』‘’"'\s.?!,;。？！，…]))
    (?P<end>[.?!,;。？！，…]*)
    (?:[”»」』]|(?<=\S)"|(?<=\S)[’'](?!\w))""",
    re.VERBOSE,
)
_OPENING = re.compile(r"""[“«「『]|"(?=\S)|(?<![^\W_])(?:‘|'(?=\S))""")
"""What begins a quote for whoever reads on to the next mark."""

_TOKEN = re.compile(
    rf"""(?P<character>[{CJK}]) | \d+(?:[.,:/]\d+)*[^\W_{CJK}]*
    | [^\W_{CJK}]+(?:['’][^\W_{CJK}]+)*""",
    re.VERBOSE,
)
_CHECKED: Final = 15
_ENOUGH: Final = 6
"""A passage of so many characters is checked, and is found for certain when it has
three words or six CJK characters (contracts.md)."""


def quotation(text: str, marks: str) -> str:
    """Return a participant's words in quotation marks, escaped for Markdown.

    Marks that the words hold themselves are not put around them: others are. Two long
    words stand in italics, for nobody can tell their place among all others.

    Args:
        text: A slice of a transcript.
        marks: The pair of the words' language, e.g. `“”`.
    """
    if not _is_checkable(text):
        plain = _OPENING.sub(_referred, f"*{safe(text)}*")
        return f"{_OPEN}{plain}{_SHUT}"
    pair = next((one for one in (marks, *_PAIRS) if _may_hold(one, text)), marks)
    return f"{_OPEN}{pair[0]}{safe(text)}{pair[1]}{_SHUT}"


def settled(page: str, quotes: Iterable[str]) -> str:
    """Return the finished page: only participants' words stand in quotation marks.

    What else stands in a pair of marks is set in italics; an opening mark that is left
    alone becomes its character reference, which looks the same.

    Args:
        page: Markdown, its quotes written by `quotation`.
        quotes: All that is cited; a name made of one keeps its marks.

    Example:
        >>> settled("“Not looked at”: nobody has looked.", [])
        '*Not looked at*: nobody has looked.'
    """
    cited = "\n".join(map(safe, quotes))

    def settle(found: re.Match[str]) -> str:
        whole, words = found[0], found["words"]
        paired = whole[0] + whole[-1] in _PAIRS
        kept = paired and _is_checkable(words) and _stands_in(cited, words)
        return f"{_OPEN}{whole}{_SHUT}" if kept else _in_italics(found)

    marked = _elsewhere(page, lambda part: _MARKED.sub(settle, part))
    return _QUOTE.sub(
        r"\1", _elsewhere(marked, lambda part: _OPENING.sub(_referred, part))
    )


def _elsewhere(text: str, change: Callable[[str], str]) -> str:
    """Change what stands outside quotes."""
    found, last = [], 0
    for quote in _QUOTE.finditer(text):
        found += [change(text[last : quote.start()]), quote[0]]
        last = quote.end()
    return "".join([*found, change(text[last:])])


def _in_italics(found: re.Match[str]) -> str:
    return f"*{found['words']}*{found['end']}"


def _referred(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};"


def _stands_in(cited: str, words: str) -> bool:
    """Tell whether somebody says the words, whole: "port" is not said in "support"."""
    letter = rf"[^\W{CJK}]"
    whole = rf"(?<!{letter}){re.escape(words)}(?!{letter})"
    return words in cited and re.search(whole, cited) is not None


def _may_hold(pair: str, text: str) -> bool:
    """Tell whether marks around a text are told from those that it holds."""
    depth, deepest = 0, 1 if pair in _NESTING else 0
    for character in text:
        depth += (character == pair[0]) - (character == pair[1])
        if not 0 <= depth <= deepest:
            return False
    return depth == 0


def _is_checkable(text: str) -> bool:
    """Tell whether `verify` passes over a true quote or finds it for certain."""
    tokens = _TOKEN.finditer(text)
    weight = sum(1 if token["character"] else 2 for token in tokens)
    return weight >= _ENOUGH or len(text) < _CHECKED
