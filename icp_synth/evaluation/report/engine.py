"""How a page is put together: templates, style, script, and the data it carries.

A page names the hashes of its one style and its one script in its content policy, so
that nothing else in it can run, whatever a transcript or a model wrote.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from icp_synth.evaluation.report import figures
from icp_synth.exports.engine import engine_for, policy_hash, shipped
from icp_synth.exports.escaping import HIDDEN
from icp_synth.exports.words import Words

if TYPE_CHECKING:
    import jinja2

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
    style = shipped("icp_synth.exports", "templates/report.css")
    style += shipped(_HERE, "templates/eval.css")
    script = _script(scripts) if scripts else ""
    page = _engine(words.language).get_template(template)
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
    parts = ["default-src 'none'", f"style-src '{policy_hash(style)}'"]
    parts += [f"script-src '{policy_hash(script)}'"] if script else []
    return _ours("; ".join([*parts, "base-uri 'none'", "form-action 'none'"]))


def _ours(text: str) -> Markup:
    """Mark as markup what holds no text of others, or only escaped JSON."""
    return Markup(text)  # noqa: S704 - shipped files, hashes, or escaped by `island`


def _script(names: Sequence[str]) -> str:
    parts = [shipped(_HERE, f"script/{name}") for name in names]
    return '"use strict";\n(() => {\n' + "\n".join(parts) + "})();\n"


@cache
def _engine(language: str) -> jinja2.Environment:
    from icp_synth.evaluation.report.words import words_of

    words = words_of(language)
    engine = engine_for(_HERE, words)
    engine.filters["score"] = partial(figures.score, words=words)
    return engine
