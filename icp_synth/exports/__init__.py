"""What leaves the program: one registry of formats, one file each.

Example:
    >>> sorted(FORMATS)
    ['html', 'json', 'jsonl', 'markdown']
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from icp_synth.domain.profiles import Synthesis
from icp_synth.domain.transcripts import Transcript


@dataclass(frozen=True)
class Options:
    """What a format may need to know.

    Attributes:
        language: `en` or `zh`: of a report's own words.
        step: For `jsonl`, which records; None for all.
    """

    language: str = "en"
    step: str | None = None


@dataclass(frozen=True)
class Exported:
    """A file's text and how many records it holds (claims, for the reports)."""

    text: str
    items: int


Writer = Callable[[Synthesis, Mapping[str, Transcript], Options], Exported]


@dataclass(frozen=True)
class Format:
    """A format: the ending of its files, and what writes it."""

    suffix: str
    write: Writer


def _json(synthesis: Synthesis, _: Mapping[str, Transcript], __: Options) -> Exported:
    from icp_synth.exports.json import to_json

    return Exported(to_json(synthesis), len(synthesis.insights))


def _jsonl(
    synthesis: Synthesis, _: Mapping[str, Transcript], options: Options
) -> Exported:
    from icp_synth.exports.jsonl import to_jsonl

    text = to_jsonl(synthesis, step=options.step)
    return Exported(text, text.count("\n"))


def _html(
    synthesis: Synthesis, transcripts: Mapping[str, Transcript], options: Options
) -> Exported:
    from icp_synth.exports.html import to_html
    from icp_synth.exports.report import build_report

    report = build_report(synthesis, transcripts, language=options.language)
    return Exported(to_html(report), _claims(synthesis))


def _markdown(
    synthesis: Synthesis, transcripts: Mapping[str, Transcript], options: Options
) -> Exported:
    from icp_synth.exports.markdown import to_markdown
    from icp_synth.exports.report import build_report

    report = build_report(synthesis, transcripts, language=options.language)
    return Exported(to_markdown(report), _claims(synthesis))


def _claims(synthesis: Synthesis) -> int:
    icps = sum(len(icp.claims) for icp in (*synthesis.icps, *synthesis.negative))
    personas = sum(len(persona.claims) for persona in synthesis.personas)
    return icps + personas + len(synthesis.audience.claims) + len(synthesis.minority)


FORMATS: Mapping[str, Format] = {
    "html": Format(".html", _html),
    "json": Format(".json", _json),
    "jsonl": Format(".jsonl", _jsonl),
    "markdown": Format(".md", _markdown),
}
"""Name of a format, as `export --format` takes it, to how it is written."""
