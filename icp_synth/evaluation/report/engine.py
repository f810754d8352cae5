"""How a page is put together: templates, style, script, and the data it carries.

A page names the hashes of its one style and its one script in its content policy, so
that nothing else in it can run, whatever a transcript or a model wrote.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from functools import cache, partial
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup

from icp_synth.evaluation.report import figures
from icp_synth.exports.escaping import HIDDEN, show_html, show_plain
from icp_synth.exports.words import Words

_HERE = "icp_synth.evaluation.report"
_ACTIVE = re.compile(f"[<>&\u2028\u2029]|{HIDDEN.pattern}")


def assemble(
    template: str, words: Words, *, scripts: Sequence[str] = (), **values: Any
) -> str:
    """Return a page.

    Args:
        template: Its name in `templates/`.
        words: Of its language.
        scripts: Files of `script/` that it runs, in order.
        values: What the template shows.
    """
    style = _read("icp_synth.exports", "templates/report.css")
    style += _read(_HERE, "templates/eval.css")
    script = _script(scripts) if scripts else ""
    page = _environment(words.language).get_template(template)
    return page.render(
        words=words,
        style=_ours(style),
        script=_ours(script),
        policy=_policy(style, script),
        **values,
    )


def island(value: object) -> Markup:
    """Return JSON that can stand in a script element.

    Marks that end the element or a line, and characters that nobody sees, are
    written as escapes, so that the text cannot leave it and every byte is UTF-8.

    Args:
        value: Anything that JSON holds.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _ours(_ACTIVE.sub(_escape, text))


def _escape(found: re.Match[str]) -> str:
    escaped = json.dumps(found.group())[1:-1]
    return escaped if escaped[0] == "\\" else f"\\u{ord(escaped):04x}"


def _policy(style: str, script: str) -> Markup:
    parts = ["default-src 'none'", f"style-src '{_hash(style)}'"]
    parts += [f"script-src '{_hash(script)}'"] if script else []
    return _ours("; ".join([*parts, "base-uri 'none'", "form-action 'none'"]))


def _ours(text: str) -> Markup:
    """Mark as markup what holds no text of others, or only escaped JSON."""
    return Markup(text)  # noqa: S704 - shipped files, hashes, or escaped by `island`


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@cache
def _read(package: str, name: str) -> str:
    return files(package).joinpath(name).read_text("utf-8")


def _script(names: Sequence[str]) -> str:
    parts = [_read(_HERE, f"script/{name}") for name in names]
    return '"use strict";\n(() => {\n' + "\n".join(parts) + "})();\n"


@cache
def _environment(language: str) -> jinja2.Environment:
    from icp_synth.evaluation.report.words import words_of

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(_HERE, "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # A net under the filters: no hidden character passes where one was forgotten.
        finalize=_without_hidden,
    )
    words = words_of(language)
    environment.filters["shown"] = partial(_shown, words)
    environment.filters["score"] = partial(figures.score, words=words)
    return environment


def _without_hidden(value: object) -> object:
    if isinstance(value, str) and not isinstance(value, Markup):
        return show_plain(value)
    return value


def _shown(words: Words, text: str) -> Markup:
    return show_html(text, hint=lambda code: words("quote.hidden_one", code=code))
