"""What is kept of a run, and the pages that people look at."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from icp_synth.evaluation.compared import RunComparison
from icp_synth.evaluation.dataset import Dataset, load_dataset
from icp_synth.evaluation.measuring import Measured
from icp_synth.evaluation.report.comparison_page import render_comparison
from icp_synth.evaluation.report.run_page import render_run
from icp_synth.evaluation.report.values import Refused, ShownText, Side, lines_of
from icp_synth.evaluation.results import ModelRun, Result
from icp_synth.evaluation.runs import ITEMS, PAGE, RESULT, PastRun, keep_run


def file_run(
    result: Result,
    measured: Sequence[Measured],
    *,
    dataset: Dataset,
    project: Path,
    order: Mapping[str, Any],
    language: str = "en",
) -> Result:
    """Write a run to a folder of its own below a project, and as the latest to `out/`.

    Args:
        result: What was measured.
        measured: Each model's readings.
        dataset: The interviews, for the page.
        project: The project folder.
        order: How it was asked for, so that it can be made again.
        language: Of the page's own words, `en` or `zh`.

    Returns:
        The result with the paths, which the file itself does not name.
    """
    lines = [
        {"model": one.run.model, "epoch": scored.epoch, **line}
        for one in measured
        for scored in one.scored
        for line in scored.lines
    ]
    body = result.model_dump(mode="json", exclude={"out"})
    texts = {case.name: ShownText.of(case.transcript) for case in dataset.cases}
    page = render_run(
        body,
        lines,
        texts,
        refused=list(_refused(one.run for one in measured)),
        language=language,
    )
    items = "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in lines)
    folder = keep_run(project, body, {ITEMS: items, PAGE: page}, order)
    latest = project / "out"
    named = {"result": RESULT, "items": ITEMS, "page": PAGE}
    paths = {name: (latest / file).as_posix() for name, file in named.items()}
    return result.model_copy(update={"out": {**paths, "run": folder.as_posix()}})


def _refused(runs: Iterable[ModelRun]) -> Iterable[Refused]:
    for run in runs:
        for one in run.refused:
            yield Refused(
                case=one.case,
                model=run.model,
                status=one.status,
                quote=one.quote,
                statement=one.statement,
            )


def comparison_page(
    first: tuple[PastRun, str | None],
    second: tuple[PastRun, str | None],
    found: RunComparison,
    *,
    language: str = "en",
) -> str:
    """Return the page of two runs compared.

    Args:
        first: A run with the model that is meant.
        second: Likewise.
        found: What was compared.
        language: Of the page's own words, `en` or `zh`.
    """
    one, two = (
        Side(
            name=run.id,
            model=side.model,
            result=run.result,
            lines=lines_of(line for line in run.items() if line["model"] == side.model),
        )
        for (run, _), side in ((first, found.first), (second, found.second))
    )
    texts = _texts(second[0])
    return render_comparison(found.metrics, one, two, texts, language=language)


def _texts(run: PastRun) -> dict[str, ShownText]:
    """Return the texts of a run, where its folder still holds them."""
    folder = Path(run.order.get("folder", ""))
    if not run.order or not folder.is_dir():
        return {}
    return {
        case.name: ShownText.of(case.transcript) for case in load_dataset(folder).cases
    }
