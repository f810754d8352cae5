"""report.html: one file that loads nothing, from a network or from anywhere else.

Every text is escaped by the template engine, hidden characters are shown by their
code, and a content policy forbids images, fonts, connections and every script but the
one whose hash it names (the filters): what a transcript holds stays text.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache, partial
from importlib.resources import files

import jinja2
from markupsafe import Markup

from icp_synth.domain.profiles import Synthesis
from icp_synth.domain.transcripts import Transcript
from icp_synth.exports.escaping import show_html, show_plain
from icp_synth.exports.report import Report, build_report
from icp_synth.exports.words import Words, words_of


def to_html(
    synthesis: Synthesis, transcripts: Mapping[str, Transcript], *, language: str
) -> str:
    """Return the report as one HTML page.

    Args:
        synthesis: What is published.
        transcripts: Canonical texts by name, of all that is cited.
        language: `en` or `zh`: of the page's own words.

    Raises:
        UsageError: When there are no words for the language.
        IcpSynthError: When a quote is not the slice of its source.
    """
    report = build_report(synthesis, transcripts, language=language)
    return render(report)


def render(report: Report) -> str:
    """Return the page of a report."""
    template = _environment(report.words.language).get_template("report.html.j2")
    script = _script()
    return template.render(
        report=report,
        words=report.words,
        report_anchor={
            it.person.id: it.person.anchor for it in report.participants.rows
        },
        script=Markup(script),  # noqa: S704 - a shipped file
        script_hash=Markup(_hash(script)),  # noqa: S704 - letters of base 64
    )


@cache
def _script() -> str:
    return files("icp_synth.exports").joinpath("templates/filter.js").read_text("utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@cache
def _environment(language: str) -> jinja2.Environment:
    """Return the engine of one language; it keeps the templates it compiled."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("icp_synth.exports", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # A net under the filters: no hidden character passes where one was forgotten.
        finalize=_without_hidden,
    )
    environment.filters["shown"] = partial(_shown, words_of(language))
    environment.filters["plainly"] = show_plain
    return environment


def _without_hidden(value: object) -> object:
    if isinstance(value, str) and not isinstance(value, Markup):
        return show_plain(value)
    return value


def _shown(words: Words, text: str) -> Markup:
    """Escape a text, hidden characters by their code."""
    return show_html(text, hint=lambda code: words("quote.hidden_one", code=code))
