"""report.html: one file that loads nothing, from a network or from anywhere else.

Every text is escaped by the template engine, hidden characters are shown by their
code, and a content policy forbids images, fonts, connections and every script but the
one whose hash it names (the filters): what a transcript holds stays text.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from icp_synth.exports.engine import engine_for, policy_hash, shipped
from icp_synth.exports.escaping import show_plain
from icp_synth.exports.report import Report
from icp_synth.exports.words import words_of

if TYPE_CHECKING:
    import jinja2

_HERE: Final = "icp_synth.exports"


def to_html(report: Report) -> str:
    """Return the report as one HTML page."""
    template = _engine(report.words.language).get_template("report.html.j2")
    script = shipped(_HERE, "templates/filter.js")
    return template.render(
        report=report,
        words=report.words,
        report_anchor={
            it.person.id: it.person.anchor for it in report.participants.rows
        },
        script=Markup(script),  # noqa: S704 - a shipped file
        script_hash=Markup(policy_hash(script)),  # noqa: S704 - letters of base 64
    )


@cache
def _engine(language: str) -> jinja2.Environment:
    """Return the engine of one language; it keeps the templates it compiled."""
    engine = engine_for(_HERE, words_of(language))
    engine.filters["plainly"] = show_plain
    return engine
