"""Figures on a terminal: the few that answer the question, or all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from icp_synth.cli.console import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from icp_synth.evaluation.metrics import Row
    from icp_synth.evaluation.results import Result

_KINDS = ("", ".trait", ".pain", ".motivation")
_BESIDE = (
    ("item_precision", "codebook"),
    ("item_recall", "codebook"),
    ("category_accuracy", "matched"),
    ("verified_rate", "raw"),
    ("quarantine_rate", "raw"),
    ("interview_coverage", "turns"),
    ("window_coverage", "contract"),
    ("cost_per_case", "usage"),
)


def show_result(result: Result, *, every: bool) -> None:
    """Print a result for people.

    Args:
        result: Of one folder.
        every: All metrics, not only those that answer the question.
    """
    cases = max((row.n_cases for row in result.metrics), default=0)
    say(
        f"{result.dataset}: {result.status}, {cases} of {len(result.labels)} interviews"
    )
    if result.origin:
        say(f"labels: {result.origin}")
    if every:
        _all(result.metrics)
        _matcher(result)
    else:
        _few(result)
    say(f"page: {result.out['page']}")
    say(f"all figures: {result.out['result']}")


def _few(result: Result) -> None:
    say(
        f"\n{'item F1 by the codebook':<38}{'all (95 % interval)':<25}"
        "trait / pain / motivation"
    )
    for rows in (result.metrics, result.baselines):
        for model in dict.fromkeys(row.model for row in rows):
            found = {row.name: row for row in rows if _is_item(row, model)}
            if found:
                kinds = " / ".join(_value(found[f"item_f1{of}"]) for of in _KINDS[1:])
                whole = f"{_value(found['item_f1'])} {_interval(found['item_f1'])}"
                say(f"  {model:<34}  {whole:<25}{kinds}")
    if result.ceiling is not None:
        said = f" ({result.ceiling.origin})" if result.ceiling.origin else ""
        say(f"  {'ceiling':<34}  {result.ceiling.value:.3f}{said}")
    for model in dict.fromkeys(row.model for row in result.metrics):
        say(f"\n{model}")
        for name, mode in _BESIDE:
            for row in result.metrics:
                named = (row.model, row.name, row.mode) == (model, name, mode)
                if named and (row.value is not None or mode != "usage"):
                    say(_line(row, model=False))
    say("")


def _is_item(row: Row, model: str) -> bool:
    return row.model == model and row.mode == "codebook" and row.n_cases > 0


def _all(rows: Sequence[Row]) -> None:
    say(f"{'metric':<30}{'mode':<20}{'model':<20}{'value':>9}  95 % interval")
    for row in rows:
        rare = row.name.startswith(("windows_", "quote_status."))
        if row.n_cases and (row.value or not rare):
            say(_line(row, model=True))


def _matcher(result: Result) -> None:
    """Say how good the judgement is that the modes with tau rest on."""
    found = result.matcher
    if found is None or found.macro_f1 is None:
        say("how well tau tells statements apart is not known on these labels")
        return
    pairs = f"{found.n_same} and {found.n_different} pairs"
    quality = f"macro F1 {found.macro_f1:.3f}"
    say(f"tau={found.tau:g} tells statements apart with {quality} ({pairs})")
    say(f"  {found.origin}")


def _line(row: Row, *, model: bool) -> str:
    said = "; ".join(one for one in (_interval(row), row.reason) if one)
    named = f"{row.name:<30}{row.mode:<20}" + (f"{row.model:<20}" if model else "")
    return f"{'' if model else '  '}{named}{_value(row):>9}  {said}".rstrip()


def _value(row: Row) -> str:
    if row.value is None:
        return "n/a"
    whole = row.mode == "usage" and row.value == int(row.value)
    return f"{int(row.value):,}" if whole else f"{row.value:.3f}"


def _interval(row: Row) -> str:
    if row.ci_low is None or row.ci_high is None:
        return ""
    return f"{row.ci_low:.3f} to {row.ci_high:.3f}"
