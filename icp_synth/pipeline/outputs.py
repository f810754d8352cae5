"""Write what a run made: names, synthesis and reports, with people's decisions."""

from __future__ import annotations

from icp_synth.domain.ids import content_id
from icp_synth.domain.profiles import Synthesis
from icp_synth.exports.html import to_html
from icp_synth.exports.json import to_json
from icp_synth.exports.markdown import to_markdown
from icp_synth.exports.report import build_report
from icp_synth.pipeline.assemble import Assembly
from icp_synth.pipeline.deciding import decided
from icp_synth.pipeline.publishing import forget_words, publishable
from icp_synth.pipeline.work import Work
from icp_synth.project.files import write_atomic
from icp_synth.project.names import write_names


def write(work: Work, created: str, *, keep_names: bool) -> Synthesis:
    """Write names.json and the three outputs, each whole or not at all.

    Args:
        work: Through all stages.
        created: ISO 8601, for the manifest.
        keep_names: False while answers are missing: names.json stays as it is, so
            that the run that has them gives the ids that it gives when nothing fails.
    """
    assembly = Assembly(work, created)
    synthesis = decided(work, assembly.synthesis())
    transcripts = publishable(work.transcripts, work.people.values())
    report = build_report(synthesis, transcripts, language=work.settings.language)
    body = to_json(synthesis)
    outputs = {
        "synthesis.json": body,
        "report.html": to_html(report),
        "report.md": to_markdown(report),
    }
    if keep_names:
        given, held = assembly.assignment.names, work.ledger.transcripts
        write_names(work.folder, forget_words(given, held.all(), held.people()))
    for name, text in outputs.items():
        write_atomic(work.folder / "out" / name, text)
    manifest = synthesis.manifest.model_dump(mode="json")
    work.ledger.runs.put_synthesis(
        synthesis_version(synthesis), manifest=manifest, body=body
    )
    return synthesis


def synthesis_version(synthesis: Synthesis) -> str:
    """Return the content hash of a synthesis, whenever it was made."""
    content = synthesis.model_dump(mode="json")
    del content["manifest"]["created"]
    return content_id("syn", content)
