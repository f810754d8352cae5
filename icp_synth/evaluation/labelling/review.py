"""Labels from what reviewers decided of a project's claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from icp_synth.domain.insights import Insight
from icp_synth.domain.profiles import Claim, Synthesis
from icp_synth.domain.transcripts import Transcript
from icp_synth.errors import NotFound, UsageError
from icp_synth.evaluation.labelling.given import Draft, DraftQuote, Given, Problem
from icp_synth.project.binding import bind
from icp_synth.project.decisions import FOLDER, Record, read_decisions
from icp_synth.project.ledger import Ledger

_SYNTHESIS = Path("out", "synthesis.json")


def read_review(project: Path) -> tuple[Given, ...]:
    """Read decisions as labels, for each reviewer apart.

    An insight that an accepted claim rests on is a label; under an edited claim its
    statement is the reviewer's text. An insight that only rejected claims rest on is
    none, and is counted. Decisions are bound to the claims of the last synthesis as
    a run binds them.

    Args:
        project: A project with decisions and a synthesis.

    Returns:
        One for each reviewer and interview, and one a reviewer with what could not
        be used. Labels are only of what the reading found: they can show wrong
        insights, and never missed ones.

    Raises:
        NotFound: There are no decisions, or no synthesis.
        UsageError: The synthesis cannot be read.
    """
    decisions = read_decisions(project)
    if not decisions.records and not decisions.problems:
        msg = f"{project} has no decisions in {FOLDER}/."
        raise NotFound(msg, hint="Review its claims first.")
    synthesis = _synthesis(project)
    with Ledger.open(project, write=False) as ledger:
        transcripts = {one.id: one for one in ledger.transcripts.all()}
    broken = tuple(
        Problem(
            file=(project / FOLDER / one.file).as_posix(),
            line=one.line,
            field=one.code,
            message=one.message.rstrip("."),
        )
        for one in decisions.problems
    )
    found: list[Given] = []
    for reviewer in sorted({record.by for record in decisions.records}):
        own = [record for record in decisions.records if record.by == reviewer]
        file = (project / FOLDER / f"{reviewer}.jsonl").as_posix()
        found += _of_reviewer(file, own, synthesis, transcripts)
    if broken:
        found.append(Given(file=(project / FOLDER).as_posix(), problems=broken))
    return tuple(found)


def _of_reviewer(
    file: str,
    records: Sequence[Record],
    synthesis: Synthesis,
    transcripts: Mapping[str, Transcript],
) -> list[Given]:
    texts = {name: one.text for name, one in transcripts.items()}
    claims = _claims(synthesis)
    bound = bind(records, claims, texts)
    statements, counts = _verdicts(bound.claims, bound.texts)
    counts["decisions that lost their place"] = len(bound.lost)
    by_transcript: dict[str, list[Draft]] = {}
    seen: set[tuple[str, str]] = set()
    for insight in synthesis.insights:
        if insight.id not in statements:
            continue
        draft = _draft(insight, statements[insight.id])
        # One new wording of two insights on the same words is one label.
        content = (insight.transcript, _content(draft))
        if content in seen:
            counts["insights that an edit made the same"] += 1
            continue
        seen.add(content)
        by_transcript.setdefault(insight.transcript, []).append(draft)
    by = records[0].by
    given = []
    for name, drafts in sorted(by_transcript.items()):
        transcript = transcripts.get(name)
        gone = Problem(file=file, field=name, message="its text is not in the project")
        given.append(
            Given(
                file=file,
                name=_plain_name(name),
                transcript=transcript,
                annotator=by,
                drafts=tuple(drafts),
                problems=() if transcript else (gone,),
            )
        )
    notes = [f"{file}: not used: {what}: {n}" for what, n in counts.items() if n]
    given.append(Given(file=file, annotator=by, notes=tuple(notes)))
    return given


def _verdicts(
    claims: Sequence[Claim], edited: Mapping[str, str]
) -> tuple[dict[str, str | None], Counter[str]]:
    """Return insight → statement where edited, and what cannot be used, counted."""
    statements: dict[str, str | None] = {}
    counts: Counter[str] = Counter()
    rejected: set[str] = set()
    for claim in claims:
        if claim.decision is None:
            continue
        if claim.decision.verdict == "rejected":
            counts["rejected claims"] += 1
            rejected |= set(claim.insights)
            continue
        if not claim.insights:
            counts["claims that rest on no insight"] += 1
        for insight in claim.insights:
            # An edited claim says more than that another one was accepted.
            statements[insight] = edited.get(claim.id) or statements.get(insight)
    counts["insights of rejected claims alone"] = len(rejected - set(statements))
    return statements, counts


def _draft(insight: Insight, statement: str | None) -> Draft:
    verbatim = insight.statement_origin == "verbatim" and statement is None
    return Draft(
        kind=insight.kind,
        category=insight.category,
        statement="" if verbatim else statement or insight.statement,
        quotes=tuple(
            DraftQuote(text=one.text, start=one.start, end=one.end, field=insight.id)
            for one in insight.quotes
        ),
        explicit="yes" if insight.explicit else "no",
        intensity=str(insight.intensity or ""),
        signals=" ".join(insight.signals),
        attribute=insight.attribute or "",
        value=insight.value or "",
        field=insight.id,
    )


def _content(draft: Draft) -> str:
    """Return all of a draft but the ids that it came from."""
    return draft.model_dump_json(
        exclude={"field": True, "quotes": {"__all__": {"field"}}}
    )


def _claims(synthesis: Synthesis) -> tuple[Claim, ...]:
    everything = [
        *synthesis.audience.claims,
        *synthesis.minority,
        *(
            claim
            for icp in (*synthesis.icps, *synthesis.negative)
            for claim in icp.claims
        ),
        *(claim for persona in synthesis.personas for claim in persona.claims),
    ]
    # The same claim may stand on several cards; it is decided once.
    return tuple({claim.id: claim for claim in everything}.values())


def _synthesis(project: Path) -> Synthesis:
    path = project / _SYNTHESIS
    try:
        return Synthesis.model_validate_json(path.read_bytes())
    except FileNotFoundError as error:
        msg = f"{project} has no synthesis."
        raise NotFound(msg, hint=f"icp-synth run --project {project}") from error
    except ValidationError as error:
        msg = f"{path} is no synthesis of this version."
        raise UsageError(msg, hint=f"icp-synth run --project {project}") from error


def _plain_name(name: str) -> str:
    """Return a transcript's name as a text of a folder is called."""
    path = PurePosixPath(name)
    return "-".join((*path.parent.parts, path.stem if "#" not in name else path.name))
