"""How a synthesis was made, from what, and whom the sample holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from icp_synth.domain.fields import CODEBOOK_VERSION
from icp_synth.domain.ids import sha256_text
from icp_synth.domain.profiles import (
    Frame,
    Manifest,
    TranscriptEntry,
    persona_type,
)
from icp_synth.pipeline.heard import heard
from icp_synth.pipeline.notes import frame_notes
from icp_synth.pipeline.work import Work
from icp_synth.stages import (
    carried,
    challenge,
    confidence,
    contrasts,
    minority,
    near,
    saturation,
    segments as segment_stage,
    taken_back,
    themes as theme_stage,
)
from icp_synth.version import __version__


def manifest_of(work: Work, created: str) -> Manifest:
    """Return enough to make the synthesis again.

    Args:
        work: Through all stages.
        created: ISO 8601.
    """
    settings, review_by = work.settings, work.study.review.by
    return Manifest(
        version=__version__,
        created=created,
        inputs={one.id: one.sha256 for one in work.transcripts},
        analyst=work.analyst.name,
        model=work.analyst.model,
        prompts=dict(work.analyst.fingerprints()),
        embedding=work.embedder.name,
        tokens=settings.token_encoding or "estimate-v1",
        settings={
            "product": {
                "name": work.study.brief.product,
                "what": work.study.brief.what,
            },
            "codebook": CODEBOOK_VERSION,
            "language": settings.language,
            "window": settings.window,
            "parameters": dict(settings.parameters),
            "themes": theme_stage.VERSION,
            "theme_threshold": theme_stage.THRESHOLD_OF_QUOTES
            if work.analyst.guesses_kinds
            else theme_stage.threshold_for(work.embedder.name),
            "segments": segment_stage.VERSION,
            "stages": {
                "carried": carried.VERSION,
                "challenge": challenge.VERSION,
                "confidence": confidence.VERSION,
                "contrasts": contrasts.VERSION,
                "minority": minority.VERSION,
                "near": near.VERSION,
                "saturation": saturation.VERSION,
                "taken_back": taken_back.VERSION,
            },
            "preset": settings.preset,
            **({"no_stability": True} if settings.no_stability else {}),
            "brief": sha256_text(work.study.brief.model_dump_json()),
            # A day that the study names; without one a report counts a year.
            **({"review_by": review_by.isoformat()} if review_by else {}),
        },
        readers={one.id: one.reader for one in work.transcripts},
        code=f"icp-synth/{__version__}",
    )


def frame_of(work: Work) -> Frame:
    """Return whom the sample holds, and how far it carries."""
    told = heard(work)
    groups = Counter(person.group or "" for person in work.people.values())
    named: Mapping[str, int] = {name: groups[name] for name in sorted(groups) if name}
    return Frame(
        participants=len(work.people),
        by_group=named,
        persona_type=persona_type(len(work.people)),
        notes=frame_notes(work),
        unheard=tuple(sorted(set(work.people) - set(told.people))),
        unquoted=told.silenced,
    )


def entries_of(work: Work) -> tuple[TranscriptEntry, ...]:
    """Return the transcripts as they are listed, by name."""
    return tuple(
        TranscriptEntry(
            id=one.id,
            path=one.path,
            sha256=one.sha256,
            text_sha256=one.text_sha256,
            participants=one.participants,
            language=one.language,
            date=one.date,
            turns=len(one.turns),
            source_kind=one.source_kind,
        )
        for one in sorted(work.transcripts, key=lambda one: one.id)
    )
