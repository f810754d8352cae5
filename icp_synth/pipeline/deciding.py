"""Put people's decisions on every claim of a synthesis that they were made about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from icp_synth.domain.placed import placed_claims
from icp_synth.domain.profiles import Claim, Icp, NegativeIcp, Persona, Synthesis
from icp_synth.domain.spans import Span
from icp_synth.pipeline.events import Said
from icp_synth.pipeline.publishing import shown_texts
from icp_synth.pipeline.work import Work
from icp_synth.project.anchors import Finder
from icp_synth.project.binding import bind
from icp_synth.project.decisions import Record, read_decisions

P = TypeVar("P", Icp, NegativeIcp, Persona)

Change = Callable[[Claim], Claim]


def decided(work: Work, synthesis: Synthesis) -> Synthesis:
    """Return the synthesis with decisions, and with those that lost their place.

    `coverage.decisions` counts claims that are `bound` and, of these, `stale`; lines
    that hold no longer (`problems`); and lists the decisions that bind to no claim
    under `lost_decisions`, by time. A profile is `reviewed` when every claim of it is
    decided and none is stale.

    Args:
        work: Of the project that the decisions lie in.
        synthesis: As it was put together, without decisions.
    """
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
    claims = claims_in(synthesis)
    bound = bind(decisions.records, claims, work.texts())
    in_order = iter(bound.claims)

    def decide(_: Claim) -> Claim:
        return _edited(next(in_order), bound.texts)

    held = [one.decision for one in bound.claims if one.decision is not None]
    shown = shown_texts(work.transcripts, work.people.values())
    coverage = {
        **synthesis.coverage,
        "decisions": {
            "bound": len(held),
            "stale": sum(one.stale for one in held),
            "lost": len(bound.lost),
            "problems": len(decisions.problems),
            "lost_decisions": _listed(bound.lost, shown),
        },
    }
    return each_claim(synthesis, decide).model_copy(update={"coverage": coverage})


def claims_in(synthesis: Synthesis) -> list[Claim]:
    """Return every claim of a synthesis, one that stands in several places each time.

    In the order of `placed_claims`.
    """
    return [one.claim for one in placed_claims(synthesis)]


def each_claim(synthesis: Synthesis, change: Change) -> Synthesis:
    """Return the synthesis with every claim changed, in the order of `claims_in`.

    Args:
        synthesis: With its claims.
        change: From a claim to what stands in its place.
    """

    def changed(claims: Iterable[Claim]) -> tuple[Claim, ...]:
        return tuple(change(one) for one in claims)

    return synthesis.model_copy(
        update={
            "audience": synthesis.audience.model_copy(
                update={"claims": changed(synthesis.audience.claims)}
            ),
            "icps": tuple(_with(one, change) for one in synthesis.icps),
            "personas": tuple(_with(one, change) for one in synthesis.personas),
            "negative": tuple(_negative(one, change) for one in synthesis.negative),
            "minority": changed(synthesis.minority),
            "positioning": synthesis.positioning.model_copy(
                update={"why_us": changed(synthesis.positioning.why_us)}
            ),
            "top_down": tuple(
                one.model_copy(update={"claims": changed(one.claims)})
                for one in synthesis.top_down
            ),
        }
    )


def _with(profile: P, change: Change) -> P:
    """Return a profile with changed claims; `reviewed` when nothing is left open."""
    claims = tuple(change(one) for one in profile.claims)
    settled = claims and all(
        claim.decision is not None and not claim.decision.stale for claim in claims
    )
    reviewed = profile.status == "draft" and settled
    status = "reviewed" if reviewed else profile.status
    return profile.model_copy(update={"claims": claims, "status": status})


def _negative(icp: NegativeIcp, change: Change) -> NegativeIcp:
    changed = _with(icp, change)
    persona = icp.persona and _with(icp.persona, change)
    return changed.model_copy(update={"persona": persona})


def _edited(claim: Claim, texts: Mapping[str, str]) -> Claim:
    text = texts.get(claim.id)
    return claim if text is None else claim.model_copy(update={"text": text})


def _listed(lost: Sequence[Record], texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return decisions that lost their place, with the quotes that still stand.

    Args:
        lost: By time.
        texts: Transcript name → what may be shown of it; what was said by somebody
            who may not be quoted any more is not found in it.
    """
    finder = Finder(texts)
    return [
        {
            "by": one.by,
            "at": one.at,
            "verdict": one.verdict,
            "field": one.field,
            "about": one.about,
            "text": one.text,
            "anchors": len(one.anchors),
            "quotes": [
                {
                    "transcript": place.transcript,
                    "start": place.start,
                    "end": place.end,
                    "text": Span(start=place.start, end=place.end).of(
                        texts[place.transcript]
                    ),
                }
                for place in finder.find_all(
                    kept.anchor for kept in one.anchors if kept.anchor is not None
                ).found
            ],
        }
        for one in lost
    ]
