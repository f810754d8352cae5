"""Tell at once that nothing changed since a run ended, without any reading.

Looked at before the run: the files of the sources (size and times), what people
wrote, prompts, settings, and the package's own files. Looked at after it: what it
wrote, and what the ledger holds of the sources. A change while a run goes on is seen
by the next.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from icp_synth.domain.brief import Study
from icp_synth.domain.ids import content_id, sha256_bytes
from icp_synth.errors import NotFound
from icp_synth.pipeline.ingest import READ_STATE
from icp_synth.pipeline.result import OUTPUTS
from icp_synth.pipeline.sources import find
from icp_synth.project.brief import load_study
from icp_synth.project.ledger import Ledger
from icp_synth.project.passed import PEOPLES
from icp_synth.prompting import packaged_prompts
from icp_synth.settings import Settings, resolve
from icp_synth.version import __version__

BEGUN_STATE = "begun"
"""When the run began that is under way, or that something ended before its end."""

_STATE = "last_run"
_PACKAGE = Path(__file__).parent.parent


class LastRun(NamedTuple):
    """A run that need not be done again while its digests hold."""

    inputs: str
    outputs: str
    result: dict[str, Any]


def inputs_digest(folder: Path, flags: Mapping[str, Any]) -> str:
    """Return a hash of everything that a run depends on.

    Args:
        folder: The project folder.
        flags: As for `icp_synth.settings.resolve`.

    Raises:
        NotFound: A source is not there any more.
        SettingsError: study.toml or a setting does not hold together.
    """
    study = load_study(folder)
    settings = resolve(flags, os.environ, study)
    return content_id(
        "inputs",
        __version__,
        settings.model_dump(mode="json"),
        _sources(folder, study),
        [[path.name, _hash(path)] for path in _peoples(folder, settings)],
        [_stamp(path) for path in _code()],
    )


def kept_result(folder: Path, inputs: str) -> dict[str, Any] | None:
    """Return the result of the last run if nothing has changed since, else None."""
    try:
        with Ledger.open(folder, write=False) as ledger:
            begun = ledger.runs.get_state(BEGUN_STATE)
            last = ledger.runs.get_state(_STATE)
            outputs = _outputs_digest(folder, ledger)
    except NotFound:
        return None
    if not last or begun:
        return None
    kept = LastRun(**last)
    same = kept.inputs == inputs and kept.outputs == outputs
    return kept.result if same else None


def remember(
    folder: Path, ledger: Ledger, *, inputs: str, result: Mapping[str, Any]
) -> None:
    """Keep the result of a run, with what it depended on and what it left."""
    last = LastRun(inputs, _outputs_digest(folder, ledger), dict(result))
    ledger.runs.set_state(_STATE, last._asdict())


def _sources(folder: Path, study: Study) -> list[Any]:
    found = find(folder, study)
    return [
        [_stamp(file.path) for file in found.files if file.path is not None],
        [[path.name, _hash(path)] for path in found.people],
        list(found.ignored),
        [report.model_dump(mode="json") for report in found.reports],
    ]


def _peoples(folder: Path, settings: Settings) -> Iterable[Path]:
    """Return the small files that are compared by what stands in them."""
    yield from (folder / name for name in PEOPLES)
    yield from sorted((folder / "decisions").glob("*.jsonl"))
    yield from sorted(packaged_prompts().glob("*.md"))
    if settings.prompts:
        yield from sorted(Path(settings.prompts).glob("*.md"))


def _code() -> list[Path]:
    """Return the package's own files, so that an edit in place counts as a change."""
    return sorted(
        path
        for path in _PACKAGE.rglob("*")
        if path.suffix != ".pyc" and path.name != "__pycache__"
    )


def _outputs_digest(folder: Path, ledger: Ledger) -> str:
    return content_id(
        "outputs",
        [_stamp(folder / "out" / name) for name in OUTPUTS.values()],
        _hash(folder / "names.json"),
        ledger.runs.get_state(READ_STATE),
    )


def _hash(path: Path) -> str | None:
    return sha256_bytes(path.read_bytes()) if path.is_file() else None


def _stamp(path: Path) -> list[Any]:
    """Return what changes when a file does; its rights change the last of them."""
    try:
        stat = path.stat()
    except OSError:
        return [path.name, None]
    return [path.name, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns]
