"""versions, diff, drift: what changed, and whether what stands still holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from icp_synth.cli.console import counted, print_json, say
from icp_synth.cli.flags import JsonFlag, ProjectFlag

if TYPE_CHECKING:
    from icp_synth.domain.diffs import (
        ClaimChange,
        ClaimFigures,
        CriterionState,
        Owner,
        SynthesisDiff,
    )
    from icp_synth.domain.drifts import DriftReport

HERE = Path()
_NAMED = "latest, previous, a version or its beginning, or a synthesis.json."


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("versions")(versions)
    app.command("diff")(diff)
    app.command("drift")(drift)


def versions(project: ProjectFlag = HERE, as_json: JsonFlag = False) -> None:
    """List the syntheses that the project has had, oldest first.

    Example: icp-synth versions --project study
    """
    from icp_synth.pipeline.project import Project
    from icp_synth.pipeline.versions import list_versions

    found = list_versions(project)
    review = Project(project).status().review
    if as_json:
        print_json(
            {
                "versions": [one.model_dump(mode="json") for one in found],
                "review": review.model_dump(mode="json") if review else None,
            }
        )
        return
    for one in found:
        counts = (
            counted(one.transcripts, "transcript"),
            counted(one.participants, "participant"),
            counted(one.themes, "theme"),
            counted(one.icps, "ICP"),
            counted(one.personas, "persona"),
        )
        by = one.model or one.analyst
        say(f"{one.version}  {one.created}  {', '.join(counts)}  [{by}]")
    if review is not None:
        late = ", overdue" if review.code == "overdue" else ""
        say(f"review by {review.by}{late}")


def diff(
    before: Annotated[
        str, typer.Argument(metavar="A", help=f"The older one: {_NAMED}")
    ] = "previous",
    after: Annotated[
        str, typer.Argument(metavar="B", help="The newer one, likewise.")
    ] = "latest",
    project: ProjectFlag = HERE,
    as_json: JsonFlag = False,
) -> None:
    """Say what changed from one synthesis to another.

    Example: icp-synth diff previous latest --project study
    """
    from icp_synth.pipeline.versions import compare_versions

    found = compare_versions(project, before, after)
    if as_json:
        print_json(
            {
                "before": found.before,
                "after": found.after,
                "changed": not found.diff.empty,
                **found.diff.model_dump(mode="json"),
            }
        )
        return
    say(f"{found.before} → {found.after}")
    _show_diff(found.diff)


def drift(
    project: ProjectFlag = HERE,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            help="A day (2026-05-01) or a version; what came after it is new. "
            "Default: what the newest synthesis has and an earlier one lacks.",
        ),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Say whether new interviews bear out the claims that stand.

    Example: icp-synth drift --since 2026-05-01 --project study
    """
    from icp_synth.pipeline.drifting import drift as hold_against

    found = hold_against(project, since)
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    _show_drift(found)


def _show_diff(found: SynthesisDiff) -> None:
    if found.empty:
        say("nothing changed")
    for transcript in found.transcripts:
        say(f"transcript {transcript.change}: {transcript.id}")
    for profile in found.profiles:
        into = f" → {profile.into}" if profile.into else ""
        status = f" ({profile.before} → {profile.after})" if profile.after else ""
        say(f"{profile.sort} {profile.change}: {profile.id}{into}{status}")
    for person in found.people:
        where = f"{person.before or 'unassigned'} → {person.after or 'unassigned'}"
        moved = f" ({where})" if person.change == "moved" else ""
        say(f"participant {person.change}: {person.participant}{moved}")
    for theme in found.themes:
        into = f" → {theme.into}" if theme.into else ""
        say(f"theme {theme.change}: {theme.id}{into} {theme.label}")
    for claim in found.claims:
        _show_claim(claim)
    for one in found.criteria:
        what = f" ({', '.join(one.what)})" if one.what else ""
        say(
            f"criterion {one.change}: {one.icp.id} {one.field}{what}:"
            f" {_criterion(one.before)} → {_criterion(one.after)}"
        )
    if found.not_compared:
        say("confidence is not compared: --no-stability made one of the two")
    if found.unplaced:
        names = ", ".join(found.unplaced)
        say(f"corrected, and without their texts here: {names}")


def _show_claim(one: ClaimChange) -> None:
    came = f" from {_place(one.came_from)}" if one.came_from else ""
    say(
        f"claim {one.change}: {_place(one.owner)} {one.field}{came}:"
        f" {_figures(one.before)} → {_figures(one.after)} {one.text}"
    )
    for sign, names in (("+", one.joined), ("-", one.left)):
        if names and one.change not in {"new", "gone"}:
            say(f"  {sign} {', '.join(names)}")


def _place(owner: Owner) -> str:
    return owner.id or owner.sort


def _once(*words: str) -> str:
    """Join the words, each once: the audience's claims have its name as their field."""
    return " ".join(dict.fromkeys(filter(None, words)))


def _figures(one: ClaimFigures | None) -> str:
    if one is None:
        return "–"
    sure = f", confidence {one.confidence:.2f}" if one.confidence is not None else ""
    against = f", {one.contradicts} against" if one.contradicts else ""
    return f"{one.supports} of {one.of}{against}{sure}"


def _criterion(one: CriterionState | None) -> str:
    if one is None:
        return "–"
    if isinstance(one.value, tuple):
        joined = " to " if one.operator == "between" else ", "
        value = joined.join(str(part) for part in one.value)
    else:
        value = str(one.value)
    unit = f" {one.unit}" if one.unit else ""
    weight = f", weight {one.weight:g}" if one.weight is not None else ""
    known = f"{one.known} of {one.of}"
    return f"{one.operator} {value}{unit} ({one.status}, {known}{weight})"


def _show_drift(found: DriftReport) -> None:
    say(
        f"{counted(len(found.people), 'new participant')} in"
        f" {counted(len(found.transcripts), 'new transcript')}, held against"
        f" {found.standing} ({counted(found.before, 'participant')})"
    )
    for owner in found.owners:
        counts = (
            f"{owner.holds} hold",
            f"{owner.weaker} weaker",
            f"{owner.contradicted} contradicted",
            f"{owner.too_few} too few to tell",
        )
        name = _once(_place(owner.owner), owner.owner.name)
        say(f"{name}: {', '.join(counts)}")
    for one in found.claims:
        share = "–"
        if one.interval is not None and one.share is not None:
            low, high = one.interval
            share = f"{one.share:.0%} ({low:.0%} to {high:.0%})"
        against = f", {len(one.contradicts)} against" if one.contradicts else ""
        say(
            f"{one.verdict:<12} {_once(_place(one.owner), one.field)}: {one.before} of"
            f" {one.before_of} before, now {len(one.supports)} of"
            f" {len(found.people)}{against}, {share}: {one.text}"
        )
    for shift in found.shifts:
        if shift.psi is not None:
            say(
                f"{shift.code:<12} {shift.what}: PSI {shift.psi:.2f}, by chance up to"
                f" {shift.critical:.2f}"
            )
    for code in found.codes:
        say(_CODES[code])


_CODES = {
    "disagrees": "the new interviews disagree with what stands: look at it again",
    "too_few_people": "fewer than five new participants: too few to tell",
    "interviewed_again": "people who were interviewed again count as before",
    "shifted": "the make-up of the people changed",
}
