"""Measure every labelled folder, and fail where a figure fell below its threshold.

    .venv/bin/python scripts/gate.py [PROJECT]

The embedded analyst reads each folder of `evals/`; each recording in its `recorded/`
is replayed: its answers are imported, none may be missing, and the recording of
today's prompts must reach `evals/thresholds.toml` too. Nothing is sent anywhere.
"""

from __future__ import annotations

import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.demo import (
    ROOT,
    WAITING,
    Answer,
    DemoFailed,
    icp_synth,
)

EVALS: Final = Path("evals")
THRESHOLDS: Final = EVALS / "thresholds.toml"


@dataclass(frozen=True)
class Recording:
    """Answers to the requests of one labelled folder.

    Attributes:
        name: Of its folder: the prompt's id and version, and what else was set.
        folder: The labelled folder.
        model: The name that the requests were made for.
        flags: What else `eval run` was given.
        answers: Batch output files, in the order in which they were asked for.
        gated: Whether its figures must reach the thresholds.
    """

    name: str
    folder: Path
    model: str
    flags: tuple[str, ...]
    answers: tuple[Path, ...]
    gated: bool


def labelled_folders() -> list[Path]:
    """Return the folders of `evals/` that hold labels, relative to the repository."""
    found = (ROOT / EVALS).glob("*/reference")
    return sorted(path.parent.relative_to(ROOT) for path in found)


def recordings(folder: Path) -> list[Recording]:
    """Return the recordings of a labelled folder, by name."""
    found = []
    for path in sorted((ROOT / folder / "recorded").glob("*/recorded.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        place = path.parent.relative_to(ROOT)
        found.append(
            Recording(
                name=place.name,
                folder=folder,
                model=table["model"],
                flags=tuple(table.get("flags", ())),
                answers=tuple(place / name for name in table["answers"]),
                gated=table.get("gated", False),
            )
        )
    return found


def replay(one: Recording, project: Path) -> Answer:
    """Run an evaluation from recorded answers alone.

    Args:
        one: The recording.
        project: Where its readings are kept.

    Raises:
        DemoFailed: An answer is missing or cannot be used, or a figure is too low.
    """
    place = ("--project", str(project))
    asked: tuple[str | Path, ...] = (
        *("eval", "run", one.folder, *place),
        *("--model", one.model, *one.flags),
    )
    gate = ("--fail-under", str(THRESHOLDS)) if one.gated else ()
    for answers in one.answers:
        if icp_synth(*asked).code != WAITING:
            msg = f"{one.folder} {one.name}: nothing waits for {answers.name}"
            raise DemoFailed(msg, 1)
        taken = icp_synth("batch", "import", answers, "--eval", one.folder, *place)
        if any(taken.report[name] for name in ("failed", "unknown")):
            msg = f"{one.folder} {one.name}: {answers.name}: {taken.report}"
            raise DemoFailed(msg, 1)
    return icp_synth(*asked, *gate)


def main(project: Path) -> int:
    """Measure everything; return the exit code."""
    failed = []
    for folder in labelled_folders():
        place = project / folder.name
        gate = ("--fail-under", str(THRESHOLDS))
        done = icp_synth("eval", "run", folder, "--project", place / "embedded", *gate)
        failed += _verdict(f"{folder} embedded", done)
        for one in recordings(folder):
            done = replay(one, place / one.name)
            failed += _verdict(f"{folder} {one.name}", done)
    for said in failed:
        print(f"failed: {said}", file=sys.stderr)
    return 1 if failed else 0


def _verdict(name: str, done: Answer) -> list[str]:
    """Print the figure; return what is wrong."""
    rows = [
        row
        for row in done.report.get("metrics", [])
        if (row["name"], row["mode"]) == ("item_f1", "codebook")
    ]
    for row in rows:
        value = "n/a" if row["value"] is None else f"{row['value']:.3f}"
        print(f"  {name}: item F1 {value} over {row['n_cases']} interviews")
    if done.code == 0 and rows:
        return []
    return [f"{name}: exit {done.code} {'; '.join(done.report.get('failed', []))}"]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(main(Path(sys.argv[1])))
    with tempfile.TemporaryDirectory() as kept:
        sys.exit(main(Path(kept)))
