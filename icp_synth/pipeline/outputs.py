"""Write what a run made: names, synthesis and reports, with people's decisions."""

from __future__ import annotations

from collections.abc import Mapping

from icp_synth.domain.ids import content_id
from icp_synth.domain.profiles import Claim, Icp, Persona, Synthesis
from icp_synth.exports.html import to_html
from icp_synth.exports.json import to_json
from icp_synth.exports.markdown import to_markdown
from icp_synth.pipeline.assemble import Assembly
from icp_synth.pipeline.events import Said
from icp_synth.pipeline.publishing import forget_words, publishable
from icp_synth.pipeline.work import Work
from icp_synth.project.decisions import bind, read_decisions
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
    synthesis = _decided(work, assembly.synthesis())
    transcripts = publishable(work.transcripts, work.people.values())
    language = work.settings.language
    body = to_json(synthesis)
    outputs = {
        "synthesis.json": body,
        "report.html": to_html(synthesis, transcripts, language=language),
        "report.md": to_markdown(synthesis, transcripts, language=language),
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


def _decided(work: Work, synthesis: Synthesis) -> Synthesis:
    """Put people's decisions on the claims that they were made about."""
    decisions = read_decisions(work.folder)
    if decisions.problems:
        files = ", ".join(sorted({one.file for one in decisions.problems}))
        message = (
            f"decisions/ has lines that do not hold, in {files}: `icp-synth doctor"
            f" --project {work.folder}` says which and why."
        )
        work.emit(Said(message=message))
    if not decisions.records:
        return synthesis
    profiles: list[Icp | Persona] = [*synthesis.icps, *synthesis.personas]
    claims = [claim for profile in profiles for claim in profile.claims]
    bound = bind(decisions.records, claims, work.texts())
    decided = iter(bound.claims)
    new = [
        _with_claims(
            profile, tuple(_edited(next(decided), bound.texts) for _ in profile.claims)
        )
        for profile in profiles
    ]
    coverage = {
        **synthesis.coverage,
        "decisions": {
            "bound": sum(one.decision is not None for one in bound.claims),
            "lost": len(bound.lost),
            "problems": len(decisions.problems),
        },
    }
    return synthesis.model_copy(
        update={
            "icps": tuple(one for one in new if isinstance(one, Icp)),
            "personas": tuple(one for one in new if isinstance(one, Persona)),
            "coverage": coverage,
        }
    )


def _edited(claim: Claim, texts: Mapping[str, str]) -> Claim:
    text = texts.get(claim.id)
    return claim if text is None else claim.model_copy(update={"text": text})


def _with_claims(profile: Icp | Persona, claims: tuple[Claim, ...]) -> Icp | Persona:
    """Return the profile with decided claims; `reviewed` when nothing is left open."""
    settled = claims and all(
        claim.decision is not None and not claim.decision.stale for claim in claims
    )
    reviewed = profile.status == "draft" and settled
    status = "reviewed" if reviewed else profile.status
    return profile.model_copy(update={"claims": claims, "status": status})
