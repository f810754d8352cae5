"""Pieces of Markdown that several sections share: titles, quotes, footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from icp_synth.exports.brief_names import OMITTED
from icp_synth.exports.escaping import escape_markdown as safe
from icp_synth.exports.evidence import Citation
from icp_synth.exports.markdown.quoting import quotation
from icp_synth.exports.statements import Said, Voices
from icp_synth.exports.titles import JOINT, Title
from icp_synth.exports.words import CHINESE, ENGLISH, Words

Lines = Iterator[str]

_NAME = re.compile(r"\\`([\w/:]+)\\`")
"""The name of a field as the test plans write it, escaped."""


def own(text: str) -> str:
    """Return text that no participant said: escaped, names of fields as code."""
    return _NAME.sub(r"`\1`", safe(text))


def heading(level: int, text: str) -> Lines:
    """Yield a heading with the empty lines around it."""
    yield from ("", f"{'#' * level} {text}", "")


def title(name: Title, words: Words) -> str:
    """Return a card's name, quotes with their footnotes, long ones cut short."""
    return JOINT.join(
        said(part, words, mark=f" {OMITTED}" if cut else "") for part, cut in name.heads
    )


def said(one: Said, words: Words, *, mark: str = "") -> str:
    """Return a title: as a quote with its footnote, or as the words that it is.

    Args:
        one: A title.
        words: The report's language.
        mark: Stands behind a quote, before its footnote.
    """
    example = f"{words('claim.eg')} " if one.example else ""
    if one.citation is None:
        return f"{example}{own(one.text)}"
    return f"{example}{quoted(one.text, one.citation)}{mark} [^{one.citation.key}]"


def quoted(text: str, citation: Citation) -> str:
    """Return the words in the quotation marks of their own language."""
    table = CHINESE if citation.language == "zh" else ENGLISH
    return quotation(text, table["quote.marks"].format(text=""))


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
