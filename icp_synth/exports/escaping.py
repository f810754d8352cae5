"""Untrusted text made safe to show: HTML by the template, Markdown here.

What people and models wrote may hold markup, and characters that nobody sees: text
direction overrides, zero-width characters, tag characters, control codes. They are
shown by their code and flagged, never dropped, so that a reader sees what stands in
the source (shared rule: shown escaped and flagged).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import Markup, escape

HIDDEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 and C1 controls, but for tab and line end
    "\u200b\u2060\ufeff"  # zero-width space, word joiner, byte order mark
    "\u202a-\u202e\u2066-\u2069"  # direction embeddings, overrides, isolates
    "\ud800-\udfff"  # lone surrogates
    "\U000e0000-\U000e007f"  # tag characters
    "]"
)
"""Characters that change or hide text without being seen. Joiners that scripts and
emoji need (U+200C, U+200D) and soft hyphens stay as they are."""


_FIELD = re.compile(r"`([\w/:]+)`")
"""The name of a field as the test plans write it."""


def has_hidden(text: str) -> bool:
    """Tell whether the text holds characters that nobody sees."""
    return HIDDEN.search(text) is not None


def code_of(character: str) -> str:
    """Return the code of a character, e.g. `U+202E`."""
    return f"U+{ord(character):04X}"


def show_html(text: str, *, hint: Callable[[str], str]) -> Markup:
    """Return the text escaped for HTML, hidden characters as visible codes.

    Args:
        text: Anything a source, a person or a model wrote.
        hint: Given a code, says what it is, for those who hover or listen.
    """
    pieces: list[Markup] = []
    last = 0
    for found in HIDDEN.finditer(text):
        code = code_of(found.group())
        pieces.append(escape(text[last : found.start()]))
        pieces.append(
            Markup('<span class="hidden-char" title="{}">{}</span>').format(
                hint(code), code
            )
        )
        last = found.end()
    pieces.append(escape(text[last:]))
    return Markup("").join(pieces)


def show_coded(text: str, *, shown: Callable[[str], Markup]) -> Markup:
    """Return a text of ours for HTML, names of fields between backticks as code.

    Args:
        text: As a test plan writes it, e.g. ``Count in the column `sites` …``.
        shown: Escapes each piece.

    Example:
        >>> str(show_coded("the column `sites` <", shown=escape))
        'the column <code>sites</code> &lt;'
    """
    return Markup("").join(
        Markup("<code>{}</code>").format(shown(piece)) if at % 2 else shown(piece)
        for at, piece in enumerate(_FIELD.split(text))
    )


def show_plain(text: str) -> str:
    """Return the text with hidden characters by their code, for an attribute."""
    return HIDDEN.sub(lambda found: f"⟨{code_of(found.group())}⟩", text)


_ANYWHERE = re.compile(
    r"[\\`*<\[\]|~$]|!(?=\[)|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])|:(?=//)"
)
_AT_START = re.compile(r"^(\s*)([#>+=-]|\d+(?=[.)](?:\s|$)))", re.MULTILINE)


def escape_markdown(text: str) -> str:
    r"""Return the text so that Markdown shows it as it is, on one line.

    Line breaks become spaces (a footnote is one paragraph). A backslash stands only
    where a mark would otherwise act, so that quotes stay readable as plain text.

    Example:
        >>> escape_markdown("a [link](x) & <b>")
        'a \\[link\\](x) & \\<b>'
    """
    line = " ".join(text.split("\n"))
    inner = _ANYWHERE.sub(lambda found: "\\" + found.group(), show_plain(line))
    return _AT_START.sub(_guard_start, inner)


def _guard_start(found: re.Match[str]) -> str:
    space, mark = found.groups()
    # A list number is guarded behind its digits: `1.` is written `1\.`.
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"
