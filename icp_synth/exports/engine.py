"""The template engine of every page, and what its content policy is made of.

A page shows what transcripts, people and models wrote, so that the net under it is
made once: all text is escaped, a name that a template misspells is an error, and no
hidden character passes, even where a filter was forgotten.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache, partial
from importlib.resources import files

import jinja2
from markupsafe import Markup

from icp_synth.exports.escaping import show_coded, show_html, show_plain
from icp_synth.exports.words import Words


def engine_for(package: str, words: Words) -> jinja2.Environment:
    """Return a new engine for the templates of a package.

    Its filter `shown` escapes a text and shows hidden characters by their code, with
    what they are for those who hover or listen; `coded` shows names between backticks
    as code besides.

    Args:
        package: Its templates lie in `templates/`.
        words: Of the page's language.
    """
    engine = jinja2.Environment(
        loader=jinja2.PackageLoader(package, "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # A net under the filters: no hidden character passes where one was forgotten.
        finalize=_without_hidden,
    )
    engine.filters["shown"] = partial(_shown, words)
    engine.filters["coded"] = partial(show_coded, shown=partial(_shown, words))
    return engine


def policy_hash(text: str) -> str:
    """Return how a content policy names one script or style.

    Args:
        text: What stands between the tags, to the letter.

    Source:
        Content Security Policy Level 3, section 2.3.1 (hash-source).

    Example:
        >>> policy_hash("")
        'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@cache
def shipped(package: str, name: str) -> str:
    """Return the text of a file that comes with a package.

    Args:
        package: Dotted name.
        name: POSIX path below it.
    """
    return files(package).joinpath(name).read_text("utf-8")


def _without_hidden(value: object) -> object:
    if isinstance(value, str) and not isinstance(value, Markup):
        return show_plain(value)
    return value


def _shown(words: Words, text: str) -> Markup:
    return show_html(text, hint=lambda code: words("quote.hidden_one", code=code))
