"""Read the sample interviews twice, and say what came out.

    .venv/bin/python scripts/demo.py

`demo/embedded` is read by the embedded analyst, which needs no model. `demo/recorded`
is read by a language model whose answers lie in `transcripts/sample/recorded/`: they
are imported batch by batch until nothing is pending. Nothing is sent anywhere; keys
in the environment are not passed on, so that a missing answer is an error and never
a call.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
SAMPLE: Final = Path("transcripts/sample")
RECORDED: Final = SAMPLE / "recorded"
DEMO: Final = Path("demo")
BEST: Final = 5
WAITING: Final = 3

Json = dict[str, Any]


class DemoFailed(Exception):
    """A command did not do what it should.

    Attributes:
        code: The exit code that the demo ends with.
    """

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Answer:
    """What one command gave.

    Attributes:
        code: Its exit code.
        report: The object it printed with `--json`; empty when it printed none.
    """

    code: int
    report: Json


@dataclass(frozen=True)
class Recording:
    """A recorded reading, as `recorded/recorded.toml` describes it.

    Attributes:
        model: The name that the requests were made for.
        answers: Batch output files in the order in which they were asked for.
    """

    model: str
    answers: tuple[Path, ...]


def offline_environment(environment: dict[str, str]) -> dict[str, str]:
    """Return the environment without keys, endpoints and settings of the program.

    Args:
        environment: Names and values as the shell gives them.
    """
    return {
        name: value
        for name, value in environment.items()
        if not name.endswith(("_API_KEY", "_BASE_URL"))
        and not name.startswith(("OPENAI_", "ICP_SYNTH_"))
    }


def icp_synth(*words: str | Path) -> Answer:
    """Run one command of the program with `--json`.

    Args:
        words: The command and its arguments.

    Returns:
        Exit code and report; messages and progress go to the terminal.
    """
    program = Path(sys.executable).with_name("icp-synth")
    print("$ icp-synth", *words, flush=True)
    done = subprocess.run(
        [program, *map(str, words), "--json"],
        cwd=ROOT,
        check=False,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=offline_environment(dict(os.environ)),
    )
    text = done.stdout.strip()
    return Answer(done.returncode, json.loads(text) if text else {})


def read_recording(folder: Path) -> Recording:
    """Read `recorded.toml`.

    Args:
        folder: The folder that holds it and the answers.

    Returns:
        The model's name and the answer files.
    """
    text = (folder / "recorded.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    answers = tuple(folder / name for name in table["answers"])
    return Recording(model=table["model"], answers=answers)


def read_embedded() -> None:
    """Read the sample with the embedded analyst.

    Raises:
        DemoFailed: When the run does not end with everything done.
    """
    answer = icp_synth("run", SAMPLE, "--project", DEMO / "embedded")
    if answer.code != 0:
        message = f"the embedded reading ended with exit code {answer.code}"
        raise DemoFailed(message, answer.code)


def read_recorded(recording: Recording) -> None:
    """Read the sample with recorded answers: run, import what it waits for, run.

    Args:
        recording: The model's name and its answers.

    Raises:
        DemoFailed: When a run fails, or still waits after the last answer.
    """
    project = DEMO / "recorded"
    asking = ["--model", recording.model, "--prompts", str(RECORDED / "prompts")]
    left = list(recording.answers)
    while True:
        run = icp_synth("run", SAMPLE, "--project", project, *asking)
        if run.code == 0:
            return
        if run.code != WAITING or run.report.get("status") != "waiting":
            message = f"the recorded reading ended with exit code {run.code}"
            raise DemoFailed(message, run.code)
        if not left:
            pending = run.report.get("pending", "some")
            message = f"no recorded answer for {pending} requests of {project}"
            raise DemoFailed(message, run.code)
        path = left.pop(0).relative_to(ROOT)
        imported = icp_synth("batch", "import", path, "--project", project)
        if imported.code not in {0, WAITING}:
            message = f"{path} could not be imported"
            raise DemoFailed(message, imported.code)


def best_supported(synthesis: Json, *, limit: int = BEST) -> list[str]:
    """Return the claims that most people support, as lines.

    Args:
        synthesis: The content of synthesis.json.
        limit: How many.

    Returns:
        `k of n  text` lines: what personas and ICPs claim beside mere facts, and
        themes where nothing was drafted; the best supported first, each text once.
    """
    claims = [
        (len(claim["supports"]), _people(claim), claim["text"])
        for card in (*synthesis["personas"], *synthesis["icps"])
        for claim in card["claims"]
        if claim["basis"] == "evidence" and "/" in claim["field"]
    ]
    themes = [(t["n"], t["of"], t["label"]) for t in synthesis["themes"]]
    best: dict[str, str] = {}
    for k, n, text in sorted(claims, key=_rank) + sorted(themes, key=_rank):
        best.setdefault(text, f"{k:>3} of {n:<3} {text}")
    return list(best.values())[:limit]


def _people(claim: Json) -> int:
    answers = ("supports", "contradicts", "silent", "unjudged")
    return sum(len(claim[answer]) for answer in answers)


def _rank(line: tuple[int, int, str]) -> tuple[int, str]:
    return -line[0], line[2]


def describe(project: Path) -> None:
    """Print where a project's report lies and what it says above all.

    Args:
        project: The project folder, relative to the repository.
    """
    path = ROOT / project / "out" / "synthesis.json"
    synthesis = json.loads(path.read_text(encoding="utf-8"))
    counts = ", ".join(
        f"{len(synthesis[name])} {word}"
        for name, word in (
            ("participants", "participants"),
            ("insights", "insights"),
            ("themes", "themes"),
            ("icps", "ICPs"),
            ("personas", "personas"),
        )
    )
    print(f"\n{project}: {counts}")
    print("  best supported:")
    for line in best_supported(synthesis):
        print(f"  {line}")
    print(f"  report: {path.with_name('report.html')}")


def main() -> int:
    """Read, then describe.

    Returns:
        0, or the exit code of the command that failed.
    """
    projects = [DEMO / "embedded"]
    try:
        read_embedded()
        if (ROOT / RECORDED / "recorded.toml").is_file():
            read_recorded(read_recording(ROOT / RECORDED))
            projects.append(DEMO / "recorded")
        else:
            print(f"no recorded reading in {RECORDED}: only {DEMO / 'embedded'}")
    except DemoFailed as error:
        print(f"make demo: {error}", file=sys.stderr)
        return error.code
    for project in projects:
        describe(project)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
