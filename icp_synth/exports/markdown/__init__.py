"""report.md: the report as plain text, each quote a footnote with its source.

Everything that people or a model wrote is escaped; a footnote names the quote, the
participant, the time and the file. The turns around a quote are in report.html.
"""

from __future__ import annotations

from icp_synth.exports.markdown.cards import cards
from icp_synth.exports.markdown.findings import findings
from icp_synth.exports.markdown.head import head, overview
from icp_synth.exports.markdown.positions import positioning, top_down
from icp_synth.exports.markdown.quoting import settled
from icp_synth.exports.markdown.sources import sources
from icp_synth.exports.markdown.text import Lines, footnote, heading
from icp_synth.exports.report import Report

_READ = (
    *("quotes", "counts", "asked", "interval", "stance", "basis", "examples"),
    *("flagged", "criteria", "singles", "signals", "leading", "confidence", "segments"),
)


def to_markdown(report: Report) -> str:
    """Return the report as Markdown with footnotes (`[^e12]`)."""
    page = "\n".join(_lines(report)) + "\n"
    return settled(page, (one.text for one in report.cited))


def _lines(report: Report) -> Lines:
    words = report.words
    yield from head(report, words)
    yield from overview(report, words)
    yield from cards("icps", report.icps, report)
    yield from cards("personas", report.personas, report)
    if report.negative:
        yield from cards("negative", report.negative, report)
    yield from positioning(report.positioning, words)
    yield from top_down(report.top_down, words)
    yield from findings(report, words)
    yield from sources(report, words)
    yield from heading(2, words("section.read"))
    for key in _READ:
        yield f"- {words(f'read.{key}')}"
    yield ""
    for citation in report.cited:
        yield footnote(citation, words)
