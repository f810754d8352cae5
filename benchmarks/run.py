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
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PROGRAM: Final = str(Path(sys.executable).with_name("icp-synth"))
SERVER: Final = ROOT / "tests" / "servers" / "openai_server.py"
HEAVY: Final = ("chromadb", "sklearn", "scipy", "langchain", "langchain_core", "openai")
LATENCY: Final = 1.0
IN_FLIGHT: Final = 32
FEW: Final = 32
MORE: Final = 320
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

    The time of few interviews is taken from that of many, so that starting up does
    not count but all the work that each interview costs does.
    """
    if not data.is_file():
        message = "the throughput is measured on a table of interviews"
        raise BenchFailed(message)
    with model_server() as address:
        seconds = []
        for count in (FEW, FEW + MORE):
            table = work / f"{count}.csv"
            write_table(data, table, count)
            model = ["--model", "bench", "--base-url", address]
            # Answers that are made up may leave quotes unverified or files partial.
            command = run_command(table, work / f"model-{count}", *model)
            done = measure(command, codes=(0, 3), ICP_SYNTH_IN_FLIGHT=str(IN_FLIGHT))
            seconds.append(done.seconds)
    rate = MORE / (seconds[1] - seconds[0])
    ideal = IN_FLIGHT / LATENCY
    yield Figure("calls a second, 32 in flight", rate, ideal, "the ideal", "calls/s")


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


@contextmanager
def model_server() -> Iterator[str]:
    """Run the tests' model server as its own process; give its base URL."""
    command = [sys.executable, str(SERVER), "--latency", str(LATENCY)]
    with subprocess.Popen(
        command,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT)},
    ) as process:
        try:
            yield server_address(process)
        finally:
            process.terminate()


def server_address(process: subprocess.Popen[str]) -> str:
    """Return the base URL that the server prints when it is up.

    Args:
        process: The server; the first address on its output is taken.

    Returns:
        Scheme, host, port and `/v1`.

    Raises:
        BenchFailed: When it ends before it says one.
    """
    said = []
    for line in process.stdout or ():
        said.append(line)
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        if found is not None:
            return found[0] + "/v1"
    message = f"the model server gave no address: {''.join(said)[-2000:]}"
    raise BenchFailed(message)


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
