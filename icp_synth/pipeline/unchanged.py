"""Tell at once that nothing changed since a run was done, without any reading.

Looked at: the files of the sources (size and time), people's plain files, prompts,
settings, the code's version, and the outputs themselves.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from icp_synth.domain.ids import content_id, sha256_bytes
from icp_synth.errors import NotFound
from icp_synth.pipeline.ingest import found_sources
from icp_synth.pipeline.work import Work
from icp_synth.project.brief import load_study
from icp_synth.project.ledger import Ledger
from icp_synth.prompting import packaged_prompts
from icp_synth.settings import resolve
from icp_synth.version import __version__

_STATE = "last_run"
_OUTPUTS = ("synthesis.json", "report.html", "report.md")
_PEOPLES = ("study.toml", "participants.csv", "names.json", "segments.yaml")


def kept_result(folder: Path, flags: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the result of the last run if nothing has changed since, else None."""
    try:
        with Ledger.open(folder, write=False) as ledger:
            last = ledger.runs.get_state(_STATE)
    except NotFound:
        return None
    if not last or last["digest"] != _digest(folder, flags):
        return None
    result: dict[str, Any] = last["result"]
    return result


def remember(work: Work, flags: Mapping[str, Any], result: dict[str, Any]) -> None:
    """Keep the result of a run that is done, with what it depends on."""
    value = {"digest": _digest(work.folder, flags), "result": result}
    work.ledger.runs.set_state(_STATE, value)


def _digest(folder: Path, flags: Mapping[str, Any]) -> str:
    study = load_study(folder)
    settings = resolve(flags, os.environ, study)
    own = Path(settings.prompts) if settings.prompts else None
    prompts = [packaged_prompts(), *([own] if own else [])]
    people = [
        *(folder / name for name in _PEOPLES),
        *sorted((folder / "decisions").glob("*.jsonl")),
        *(path for place in prompts for path in sorted(place.glob("*.md"))),
    ]
    sources, beside = found_sources(folder, study)
    return content_id(
        "run",
        __version__,
        settings.model_dump(mode="json"),
        [[path.name, _hash(path)] for path in [*people, *beside]],
        [_stamp(path) for path in sources],
        [_stamp(folder / "out" / name) for name in _OUTPUTS],
        [_stamp(path) for path in _code()],
    )


def _code() -> Iterable[Path]:
    """Return the package's own files, so that an edit in place counts as a change."""
    return sorted(Path(__file__).parent.parent.rglob("*.py"))


def _hash(path: Path) -> str | None:
    return sha256_bytes(path.read_bytes()) if path.is_file() else None


def _stamp(path: Path) -> list[Any]:
    try:
        stat = path.stat()
    except OSError:
        return [str(path), None, None]
    return [str(path), stat.st_size, stat.st_mtime_ns]
