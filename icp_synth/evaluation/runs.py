"""Past runs: each in a folder of its own below its project, found again by id or path.

A run is a content hash of what it measured, so that the same run made twice is one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from icp_synth.domain.ids import content_id
from icp_synth.domain.values import Value
from icp_synth.errors import NotFound, UsageError
from icp_synth.evaluation.usage import LATENCY
from icp_synth.project.files import write_atomic

RUNS = "runs"
RESULT = "result.json"
ITEMS = "items.jsonl"
PAGE = "report.html"
ORDER = "order.json"

_NOT_CONTENT = ("cost", "out")
"""Parts of a result that differ between two runs that measured the same."""


class PastRun(Value):
    """A run as it was kept.

    Attributes:
        id: Content hash of what it measured.
        folder: Where its files lie.
        order: How it was asked for, with `created` (ISO 8601).
        result: result.json, whole.
    """

    id: str
    folder: str
    order: Mapping[str, Any]
    result: Mapping[str, Any]

    @property
    def path(self) -> Path:
        """Its folder."""
        return Path(self.folder)

    @property
    def models(self) -> tuple[str, ...]:
        """The models that it measured, in their order."""
        return tuple(run["model"] for run in self.result["runs"])

    def items(self) -> list[dict[str, Any]]:
        """Read what became of each label and prediction.

        Raises:
            NotFound: The run's items.jsonl is gone.
        """
        path = self.path / ITEMS
        if not path.is_file():
            msg = f"{path} is not there."
            raise NotFound(msg, hint="`icp-synth eval retry` writes it again.")
        text = path.read_text("utf-8")
        # Not splitlines(): a quote may hold U+2028, which is no line end of JSONL.
        return [json.loads(line) for line in text.split("\n") if line]


def keep_run(
    project: Path,
    result: Mapping[str, Any],
    files: Mapping[str, str],
    order: Mapping[str, Any],
) -> Path:
    """Keep a run, and as the latest one in `out/`.

    Args:
        project: The evaluation's project folder.
        result: What was measured, as JSON.
        files: Further files by name.
        order: How it was asked for; the first time stands where it ran before.

    Returns:
        The run's folder.
    """
    body = json.dumps(result, ensure_ascii=False, indent=1) + "\n"
    measured = {k: v for k, v in result.items() if k not in _NOT_CONTENT}
    rows = measured.get("metrics", [])
    measured["metrics"] = [row for row in rows if row["name"] not in LATENCY]
    name = content_id("run", json.dumps(measured, sort_keys=True))
    folder = project / RUNS / name
    known = _json(folder / ORDER) if (folder / ORDER).is_file() else None
    created = (known or order)["created"]
    asked = {**order, "created": created, "id": name}
    written = {
        **files,
        RESULT: body,
        ORDER: json.dumps(asked, ensure_ascii=False, indent=1) + "\n",
    }
    for place in (folder, project / "out"):
        for file, text in written.items():
            write_atomic(place / file, text)
    return folder


def past_runs(projects: Sequence[Path]) -> tuple[PastRun, ...]:
    """Return the runs that are kept, oldest first.

    Args:
        projects: Evaluation projects; one that holds several (`eval run DIR DIR
            --project P`) gives the runs of all.
    """
    folders = {
        path.parent.resolve()
        for project in projects
        for pattern in (f"{RUNS}/*/{ORDER}", f"*/{RUNS}/*/{ORDER}")
        for path in project.glob(pattern)
    }
    found = [load_run(folder) for folder in folders]
    return tuple(sorted(found, key=lambda one: (one.order.get("created", ""), one.id)))


def find_run(named: str, projects: Sequence[Path] = ()) -> tuple[PastRun, str | None]:
    """Return the run that a person means, and which of its models.

    Args:
        named: A run's folder, a project's `out` folder, a result.json, or a run's id
            (or its beginning) in one of the projects; `#MODEL` after it chooses one of
            several models.
        projects: Where ids are looked for.

    Raises:
        NotFound: There is no such run.
        UsageError: The beginning of an id fits several runs, or the run has no such
            model.
    """
    place, _, model = named.partition("#")
    run = _by_path(Path(place)) or _by_id(place, projects)
    if model and model not in run.models:
        msg = f"The run {place} has no model {model!r}."
        raise UsageError(msg, hint=f"It has {', '.join(run.models)}.")
    return run, model or None


def load_run(folder: Path) -> PastRun:
    """Read a folder that holds a result.

    Raises:
        NotFound: It holds none.
        UsageError: Its files are no JSON.
    """
    if not (folder / RESULT).is_file():
        msg = f"{folder} holds no {RESULT}."
        raise NotFound(msg, hint="`icp-synth eval run DIR` writes one.")
    order = _json(folder / ORDER) if (folder / ORDER).is_file() else {}
    result = _json(folder / RESULT)
    if not isinstance(result.get("runs"), list):
        msg = f"{folder / RESULT} is no result of `eval run`."
        raise UsageError(msg, hint="Give a folder that `icp-synth eval list` names.")
    name = order.get("id", folder.name)
    return PastRun(id=name, folder=str(folder), order=order, result=result)


def _by_path(path: Path) -> PastRun | None:
    if path.is_file() and path.name == RESULT:
        return load_run(path.parent)
    if path.is_dir():
        latest = path / "out"
        here = latest if not (path / RESULT).is_file() and latest.is_dir() else path
        return load_run(here)
    return None


def _by_id(name: str, projects: Sequence[Path]) -> PastRun:
    runs = past_runs(projects)
    found = [run for run in runs if name and run.id.startswith(name)]
    exact = [run for run in found if run.id == name]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if found:
        msg = f"{name!r} fits several runs: {', '.join(run.id for run in found)}."
        raise UsageError(msg, hint="Give more of the id.")
    msg = f"There is no run {name!r}."
    known = ", ".join(run.id for run in runs[-5:]) or "none here"
    hint = f"The latest: {known}. A path to a run's folder will do as well."
    raise NotFound(msg, hint=hint)


def _json(path: Path) -> dict[str, Any]:
    try:
        read = json.loads(path.read_text("utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        msg = f"{path} is not JSON: {error}."
        raise UsageError(msg, hint="Run the evaluation again: it is rewritten.") from (
            error
        )
    if not isinstance(read, dict):
        msg = f"{path} holds no JSON object."
        raise UsageError(msg, hint="Run the evaluation again: it is rewritten.")
    return read
