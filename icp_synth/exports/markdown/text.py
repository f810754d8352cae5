"""Pieces of Markdown that several sections share: titles, quotes, footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from icp_synth.exports.escaping import escape_markdown as safe
from icp_synth.exports.evidence import Citation
from icp_synth.exports.statements import Said, Voices
from icp_synth.exports.titles import JOINT, Title
from icp_synth.exports.words import CHINESE, ENGLISH, Words

Lines = Iterator[str]

_MARKED = re.compile(
    r"""(?P<open>[“«「『]|(?<![\w"])"(?=\S))
    (?P<words>[^“”«»「」『』"]*?[^“”«»「」『』"\s.?!,;。？！，…])
    (?P<end>[.?!,;。？！，…]*)(?P<close>[”»」』]|(?<=\S)")""",
    re.VERBOSE,
)
_NAME = re.compile(r"\\`([\w/:]+)\\`")
"""The name of a field as the test plans write it, escaped."""


def unquoted(text: str) -> str:
    """Return Markdown with what stands in quotation marks in italics.

    Quotation marks are for what a participant said: whoever checks the report's
    quotes against the interviews (`icp-synth verify`) takes all else for invented.

    Example:
        >>> unquoted("“Not looked at”: nobody has looked.")
        '*Not looked at*: nobody has looked.'
    """
    return _MARKED.sub(r"*\g<words>*\g<end>", text)


def own(text: str) -> str:
    """Return text that no participant said: escaped, names of fields as code."""
    return unquoted(_NAME.sub(r"`\1`", safe(text)))


def heading(level: int, text: str) -> Lines:
    """Yield a heading with the empty lines around it."""
    yield from ("", f"{'#' * level} {text}", "")


def title(name: Title, words: Words) -> str:
    """Return a card's name, quotes with their footnotes."""
    return JOINT.join(said(part, words) for part in name.parts or (name.said,))


def said(one: Said, words: Words) -> str:
    """Return a title: as a quote with its footnote, or as the words that it is."""
    example = f"{words('claim.eg')} " if one.example else ""
    if one.citation is None:
        return f"{example}{own(one.text)}"
    return f"{example}{quoted(one.text, one.citation)} [^{one.citation.key}]"


def quoted(text: str, citation: Citation) -> str:
    """Return the words in the quotation marks of their own language."""
    table = CHINESE if citation.language == "zh" else ENGLISH
    return table["quote.marks"].format(text=safe(text))


def marks(*heard: Voices) -> str:
    """Return references to the footnotes of quotes, e.g. ` [^e2] [^e3]`."""
    return "".join(f" [^{one.key}]" for voices in heard for one in voices.all)


def spoken(heard: Voices, words: Words) -> str:
    """Return the quotes themselves, each with whose it is and its footnote."""
    return words.joined(
        f"{quoted(one.text, one)} {safe(one.who.name)} [^{one.key}]"
        for one in heard.all
    )


def table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Lines:
    """Yield a table; the cells are Markdown already."""
    yield ""
    yield f"| {' | '.join(heads)} |"
    yield "|" + " --- |" * len(heads)
    for row in rows:
        yield f"| {' | '.join(row)} |"


def footnote(citation: Citation, words: Words) -> str:
    """Return a quote with participant, group, time and file."""
    who = (citation.who.name, citation.who.group, citation.time, citation.path)
    source = words.listed(safe(part) for part in who if part)
    flags = [
        *([words("quote.leading")] if citation.quote.leading else []),
        *([] if citation.insight.explicit else [words("quote.implied")]),
        *([words("quote.hidden")] if citation.hidden else []),
    ]
    tail = words.aside(words.joined(flags)) if flags else ""
    return f"[^{citation.key}]: {quoted(citation.text, citation)} – {source}{tail}"
