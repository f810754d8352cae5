"""eval agree: how far annotators agree, people or machines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from icp_synth.cli.console import note, print_json, say
from icp_synth.cli.evals.label import read_options
from icp_synth.cli.evals.places import projects_in
from icp_synth.cli.flags import (
    EncodingFlag,
    InterviewerFlag,
    JsonFlag,
    ParticipantFlag,
    SingleFlag,
)

if TYPE_CHECKING:
    from icp_synth.evaluation.annotators import AgreementReport
    from icp_synth.evaluation.resampling import Estimate


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("agree")(agree)


def agree(
    named: Annotated[
        list[str],
        typer.Argument(
            metavar="A B...", help="Folders of labels, or runs (RUN or RUN#MODEL)."
        ),
    ],
    texts: Annotated[
        Path | None,
        typer.Option(
            "--texts", help="The folder with texts/ and case.toml; found nearby."
        ),
    ] = None,
    folders: Annotated[
        list[Path] | None,
        typer.Option("--in", metavar="DIR", help="Where ids of runs are looked for."),
    ] = None,
    interviewer: InterviewerFlag = None,
    participant: ParticipantFlag = None,
    single_speaker: SingleFlag = False,
    encoding: EncodingFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Compare annotators of the same interviews: spans, kinds, categories.

    Example: icp-synth eval agree labels/annotator-a labels/annotator-b
    """
    from icp_synth.evaluation.annotators import agree as compare

    options = read_options(interviewer, participant, single_speaker, encoding)
    found = compare(named, base=texts, options=options, projects=projects_in(folders))
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        _show(found)
    if found.left_out:
        note(f"not read by all, and left out: {', '.join(found.left_out)}")


def _show(found: AgreementReport) -> None:
    say(f"{', '.join(found.annotators)}: {len(found.cases)} interviews\n")
    say("marked stretches (kind equal, quotes sharing half of the shorter)")
    for pair in found.pairs:
        items, alone = pair.items, pair.spans_alone
        said = f"{items.n_first} and {items.n_second} items, {items.pairs} pairs"
        say(f"  {pair.first} and {pair.second}: {said}")
        say(f"    F1 {_or_na(items.f1)}; whatever the kind {_or_na(alone.f1)}")
        say(f"    characters F1 {_or_na(items.character_f1)}")
    names = ("percent", "kappa", "alpha", "AC1")
    say(f"\n{'of':<12}{'units':>6}  " + "".join(f"{name:<24}" for name in names))
    for unit in found.units:
        one = unit.agreement
        figures = (one.percent, one.kappa, one.alpha, one.ac1)
        row = "".join(f"{_estimate(figure):<24}" for figure in figures)
        say(f"{unit.of:<12}{one.n_units:>6}  {row}".rstrip())
        common = sorted(one.prevalence, key=lambda share: -share.share)[:3]
        shares = ", ".join(f"{s.category} {s.share:.0%}" for s in common)
        say(f"{'':<20}{unit.unit}; prevalence {shares}")
        if one.kappa.reason:
            say(f"{'':<20}{one.kappa.reason}")


def _estimate(one: Estimate) -> str:
    if one.low is None or one.high is None:
        return _or_na(one.value)
    return f"{_or_na(one.value)} ({one.low:.3f} to {one.high:.3f})"


def _or_na(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.3f}"
