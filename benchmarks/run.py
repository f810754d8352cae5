"""Times and sizes of the main job, each beside a yardstick of the same run.

    make bench DATA=interviews.csv
    .venv/bin/python benchmarks/run.py --data interviews.csv --only report,help

DATA is a table with one interview a row (its id in the first column, its text in the
second), or a folder of transcripts. What is printed is a figure, the yardstick
measured in the same run, and their ratio: seconds differ from machine to machine,
ratios much less. Nothing here is a test; tests assert no times.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import itertools
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
PROGRAM: Final = str(Path(sys.executable).with_name("icp-synth"))
SERVER: Final = ROOT / "tests" / "servers" / "openai_server.py"
HEAVY: Final = ("chromadb", "sklearn", "scipy", "langchain", "langchain_core", "openai")
LATENCY: Final = 1.0
IN_FLIGHT: Final = 32
READING: Final = "extraction"
"""Name of the schema of the calls that read interviews."""
CALLS: Final = 640
"""Twenty rounds of 32, so that the first and the last of them weigh little."""

REPEATS: Final = 7

# What a yardstick reads: the same texts, once, with scikit-learn's vectors of words.
VECTORS: Final = """
import sys, pathlib
from sklearn.feature_extraction.text import TfidfVectorizer
path = pathlib.Path(sys.argv[1])
files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
lines = [l for p in files for l in p.read_text("utf-8", "replace").splitlines()]
TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5)).fit_transform(lines)
"""


class BenchFailed(Exception):
    """A command that is measured did not end well."""


@dataclass(frozen=True)
class Measured:
    """One child process.

    Attributes:
        seconds: Wall clock from start to end.
        megabytes: Peak resident memory, in MB.
        errors: What it wrote to standard error.
    """

    seconds: float
    megabytes: float
    errors: str


@dataclass(frozen=True)
class Figure:
    """A measured value and what it is held against.

    Attributes:
        name: What was measured.
        value: The value, in `unit`.
        yardstick: What the value is divided by, in the same unit.
        against: What the yardstick is.
        unit: Of both.
    """

    name: str
    value: float
    yardstick: float
    against: str
    unit: str = "s"

    def __str__(self) -> str:
        ratio = self.value / self.yardstick
        left = f"{self.name:<44} {self.value:>8.2f} {self.unit:<7}"
        return f"{left} {ratio:>6.2f} x {self.against} ({self.yardstick:.2f})"


def measure(
    command: Sequence[str | Path], *, codes: tuple[int, ...] = (0,), **extra: str
) -> Measured:
    """Run one child alone and take its time and its peak memory.

    Args:
        command: What to run.
        codes: Exit codes that count as well ended.
        extra: Environment variables beside ours.

    Returns:
        Its seconds, megabytes and standard error.

    Raises:
        BenchFailed: When it ends with another code.
    """
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("OPENAI_", "ICP_SYNTH_"))
    }
    with tempfile.TemporaryFile() as errors:
        began = time.perf_counter()
        child = subprocess.Popen(
            [str(word) for word in command],
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env={**environment, **extra},
        )
        # wait4 gives the usage of this one child; getrusage would mix all of them.
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        text = errors.read().decode("utf-8", "replace")
    if child.returncode not in codes:
        words = " ".join(map(str, command))
        message = f"{words}\nended with {child.returncode}\n{text[-2000:]}"
        raise BenchFailed(message)
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Measured(seconds, kilobytes / 1000, text)


def run_command(data: Path, project: Path, *more: str) -> list[str | Path]:
    """Return the command that reads the data into a project."""
    return [PROGRAM, "run", data, "--project", project, "--json", *more]


# ---------------------------------------------------------------- what is measured
def report(data: Path, work: Path) -> Iterator[Figure]:
    """Yield the figures of files to report, and of a rerun that changes nothing."""
    project = work / "report"
    vectors = measure([sys.executable, "-c", VECTORS, data])
    first = measure(run_command(data, project))
    yardstick = "TF-IDF of the same texts"
    name = "files to report, embedded"
    yield Figure(name, first.seconds, vectors.seconds, yardstick)
    yield Figure(name, first.seconds, 60.0, "the limit of 60 s")
    yield Figure("peak memory", first.megabytes, vectors.megabytes, yardstick, "MB")
    yield Figure("peak memory", first.megabytes, 1500.0, "the limit of 1.5 GB", "MB")
    again = measure(run_command(data, project))
    yield Figure("unchanged rerun", again.seconds, first.seconds, "the first run")
    yield Figure("unchanged rerun", again.seconds, 2.0, "the limit of 2 s")
    words = run_command(data, project)
    traced = measure([sys.executable, "-X", "importtime", *words])
    found = heavy_imports(traced.errors)
    print(
        f"{'unchanged rerun imports of the heavy ones':<44} {', '.join(found) or '-'}"
    )


def heavy_imports(trace: str) -> list[str]:
    """Return the heavy packages that a trace of `-X importtime` names.

    Args:
        trace: Standard error of the traced process.

    Returns:
        Their names, in the order of `HEAVY`.
    """
    names = set(re.findall(r"^import time:.*\|\s*([\w.]+)\s*$", trace, re.MULTILINE))
    return [name for name in HEAVY if name in names]


def help_page(data: Path, work: Path) -> Iterator[Figure]:
    """Yield the time of `--help`, held against importing typer."""
    del data, work
    commands = ([PROGRAM, "--help"], [sys.executable, "-c", "import typer"])
    # The two take turns, so that a busy moment of the machine meets both.
    times = [[measure(c).seconds for c in commands] for _ in range(REPEATS)]
    ours, theirs = (statistics.median(column) for column in zip(*times, strict=True))
    yield Figure("icp-synth --help", ours, theirs, "import typer (limit 1.5 x)")


def throughput(data: Path, work: Path) -> Iterator[Figure]:
    """Yield the calls a second with 32 in flight, held against the ideal.

    What is timed: from the first request at the server to the moment at which the
    last answer of the reading is stored, over 640 interviews of one call each. Starting
    up, reading files and grounding stand outside it, and are in the two figures
    that follow: the whole stage, and the whole run.
    """
    if not data.is_file():
        message = "the throughput is measured on a table of interviews"
        raise BenchFailed(message)
    table, times = work / "many.csv", work / "times.json"
    write_table(data, table, CALLS)
    script = ROOT / "benchmarks" / "timed_run.py"
    with model_server() as server:
        words: list[str | Path] = [sys.executable, script, table]
        words += [work / "model", server.address, str(IN_FLIGHT), times]
        done = measure(words)
        load = os.getloadavg()[0]
        served = server.end()
    noted = json.loads(times.read_text(encoding="utf-8"))
    at, cpu, calls = noted["times"], noted["cpu"], noted["calls"]
    reading = [(came, went) for name, came, went in served["served"] if name == READING]
    if len(reading) != calls:
        message = f"{calls} windows were read with {len(reading)} calls"
        raise BenchFailed(message)
    sent = min(came for came, _ in reading)
    ideal = IN_FLIGHT / LATENCY
    name = "calls a second, first sent to last kept"
    yield Figure(name, calls / (at["last"] - sent), ideal, "the ideal", "calls/s")
    least = calls / ideal
    stage = at["ended"] - at["began"]
    yield Figure("the stage, with prompts and grounding", stage, least, "the ideal")
    yield Figure("the whole run", done.seconds, least, "the ideal")
    took = statistics.median(went - came for came, went in reading)
    yield Figure("an answer at the server, median", took, LATENCY, "its latency")
    each = 1000 * (cpu["last"] - cpu["first"]) / (calls - 1)
    theirs = 1000 * served["cpu"] / len(served["served"])
    yield Figure("CPU a call", each, theirs, "the server's CPU a call", "ms")
    yield Figure("load average", load, os.cpu_count() or 1, "the cores", "jobs")


def write_table(data: Path, table: Path, count: int) -> None:
    """Write a table of so many interviews, all of them different texts.

    Args:
        data: A table of interviews; its first two columns are id and text.
        table: What is written.
        count: How many rows; the rows of `data` come again with another ending.
    """
    csv.field_size_limit(sys.maxsize)
    with data.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    head, body = rows[0][:2], rows[1:]
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        for number, row in zip(range(count), itertools.cycle(body), strict=False):
            words = hashlib.sha256(str(number).encode()).hexdigest()[:12]
            writer.writerow([f"interview-{number:04}", f"{row[1]} ({words})"])


class ModelServer:
    """The tests' model server as a process of its own.

    Attributes:
        address: Its base URL, with `/v1`.

    Raises:
        BenchFailed: When it ends before it says its address.
    """

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        said = []
        for line in process.stdout or ():
            said.append(line)
            found = re.search(r"http://127\.0\.0\.1:\d+/v1", line)
            if found is not None:
                self.address = found[0]
                return
        message = f"the model server gave no address: {''.join(said)[-2000:]}"
        raise BenchFailed(message)

    def end(self) -> dict[str, Any]:
        """End it, and return what it served and its CPU seconds."""
        self._process.terminate()
        told, _ = self._process.communicate()
        ended: dict[str, Any] = json.loads(told.splitlines()[-1])
        return ended


@contextmanager
def model_server() -> Iterator[ModelServer]:
    """Run the tests' model server; end it if nobody did."""
    command = [sys.executable, str(SERVER), "--latency", str(LATENCY)]
    with subprocess.Popen(
        command,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT)},
    ) as process:
        try:
            yield ModelServer(process)
        finally:
            process.terminate()


BENCHES: Final[dict[str, Callable[[Path, Path], Iterator[Figure]]]] = {
    "report": report,
    "help": help_page,
    "throughput": throughput,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was asked for and print it line by line.

    Args:
        arguments: Words of the command line; None takes those of the process.

    Returns:
        0, or 1 when something that was to be measured failed.
    """
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, required=True, help="table or folder")
    parser.add_argument("--only", default=",".join(BENCHES), help="names, by comma")
    options = parser.parse_args(arguments)
    if not Path(PROGRAM).exists():
        parser.error(f"{PROGRAM} is not there: `make bench` installs it first")
    unknown = sorted(set(options.only.split(",")) - BENCHES.keys())
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}; there are {', '.join(BENCHES)}")
    work = Path(tempfile.mkdtemp(prefix="icp-synth-bench-"))
    code = 0
    try:
        for name in options.only.split(","):
            try:
                for figure in BENCHES[name](options.data.resolve(), work):
                    print(figure, flush=True)
            except BenchFailed as error:
                print(f"{name}: {error}", file=sys.stderr)
                code = 1
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return code


if __name__ == "__main__":
    raise SystemExit(main())
