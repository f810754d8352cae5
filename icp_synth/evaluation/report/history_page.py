"""The page of past runs: one row a model, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from icp_synth.errors import UsageError
from icp_synth.evaluation.report import figures
from icp_synth.evaluation.report.engine import assemble
from icp_synth.evaluation.report.making import cost_in_words
from icp_synth.evaluation.report.run_page import HEAD
from icp_synth.evaluation.report.values import PastRun
from icp_synth.evaluation.report.words import words_of
from icp_synth.exports.formatting import instant
from icp_synth.exports.words import Words


@dataclass(frozen=True)
class HistoryRow:
    """One model of one past run.

    `first` and `models` say where a run begins and how many rows it has.
    """

    when: str
    name: str
    dataset: str
    sha: str
    cases: int
    model: str
    f1: figures.Figure | None
    status: str
    complete: bool
    cost: str
    page: str | None
    first: bool
    models: int


def render_history(runs: Sequence[PastRun], *, language: str = "en") -> str:
    """Return the page of past runs.

    Args:
        runs: In any order.
        language: `en` or `zh`: of the page's own words.

    Returns:
        One self-contained HTML file without scripts; it links to the runs' pages.

    Raises:
        UsageError: When there are no words for the language, or a page's place is
            not relative.
    """
    words = words_of(language)
    ordered = sorted(
        runs,
        key=lambda run: (run.when, run.name, run.page or "", run.result["dataset"]),
        reverse=True,
    )
    return assemble(
        "history.html.j2",
        words,
        title=words("history.title"),
        total=len(ordered),
        rows=[row for run in ordered for row in _rows(run, words)],
    )


def _rows(run: PastRun, words: Words) -> Iterator[HistoryRow]:
    result = run.result
    found = figures.rows_named(result["metrics"], *HEAD[0])
    by_model = {row["model"]: row for row in found}
    models = [one["model"] for one in result["runs"]] or list(by_model) or [""]
    page = None if run.page is None else _relative(run.page)
    for number, model in enumerate(models):
        row = by_model.get(model)
        yield HistoryRow(
            when=instant(run.when),
            name=run.name,
            dataset=result["dataset"],
            sha=result["dataset_sha"],
            cases=len(result["labels"]),
            model=model,
            f1=figures.figure(row, words) if row is not None else None,
            status=words.named("history.status", result["status"]),
            complete=result["status"] == "success",
            cost=cost_in_words(result["cost"], words),
            page=page,
            first=number == 0,
            models=len(models),
        )


def _relative(page: str) -> str:
    parts = urlsplit(page)
    if parts.scheme or parts.netloc or page.startswith(("/", "\\")):
        msg = f"{page!r} is not a place relative to the history's page."
        raise UsageError(msg, hint="Give a POSIX path without drive or scheme.")
    # What is left of a colon would be read as a scheme.
    path = quote(page, safe="/")
    return path if path.startswith(".") else f"./{path}"
