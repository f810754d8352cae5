"""Make `.venv` with icp-synth in it; do nothing when that is already so.

    python3 scripts/bootstrap.py           what `make demo` needs
    python3 scripts/bootstrap.py dev       and what `make test` needs

Standard library only, since it runs before anything is installed. It works where
Debian has taken `ensurepip` out of Python (then virtualenv makes the environment),
says beforehand how much will be installed, and leaves a stamp, so that the second
time costs nothing. Where packages come from is left to the pip configuration of the
machine.
"""

import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from pathlib import Path

# This file is kept free of newer syntax, so that an old Python gets as far as this.
if sys.version_info < (3, 11):  # noqa: UP036 - the check is for those who have less
    raise SystemExit(
        "icp-synth needs Python 3.11 or later; this is "
        + platform.python_version()
        + ". Say which one to use: make demo PYTHON=/path/to/python3.11"
    )

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
CONSTRAINTS = ROOT / "constraints.txt"
_PIN = re.compile(r"^(?P<name>\S+)==\S+\s+# (?P<part>\w+) (?P<size>[\d.]+) MB$")
_FOUND = re.compile(
    r"^(?:Collecting (?P<name>[\w.-]+)|Processing \S*?(?P<file>[\w.]+)-\d\S*\.whl)"
)
_TELL_EVERY = 10.0


class Failed(Exception):
    """Something that the user has to know about; the message says what to do."""


# ------------------------------------------------------------------ the stamp
def fingerprint(root: Path, venv: Path) -> str:
    """Return a key that changes when the environment has to be made anew.

    Args:
        root: The folder of pyproject.toml and constraints.txt.
        venv: Where the environment is; its scripts hold that path.

    Returns:
        A hash of both files, the Python version and the place.
    """
    digest = hashlib.sha256()
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((root / name).read_bytes())
        digest.update(b"\0")
    digest.update(f"{platform.python_version()} {sys.platform} {venv}".encode())
    return digest.hexdigest()


def stamp_path(venv: Path) -> Path:
    """Return where the stamp of an environment lies."""
    return venv / "icp-synth.stamp"


def installed_extras(venv: Path, key: str) -> set[str] | None:
    """Return the extras that are installed, or None when nothing usable is.

    Args:
        venv: The environment.
        key: The fingerprint that its stamp has to have.
    """
    try:
        stamp = json.loads(stamp_path(venv).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if stamp.get("key") != key or not venv_python(venv).exists():
        return None
    return set(stamp.get("extras", []))


# ------------------------------------------------------------ the environment
def venv_python(venv: Path) -> Path:
    """Return the Python of an environment."""
    return venv / "bin" / "python"


def has_pip(venv: Path) -> bool:
    """Return whether the environment runs this version of Python and has pip."""
    python = venv_python(venv)
    if not python.exists():
        return False
    code = "import pip, platform; print(platform.python_version())"
    answer = run([str(python), "-c", code])
    return answer.returncode == 0 and answer.stdout.strip() == platform.python_version()


def run(
    command: list[str], environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, quietly, and return what it said."""
    return subprocess.run(
        command,
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment,
    )


def why(answer: subprocess.CompletedProcess[str]) -> str:
    """Return what a failed command said, cut short, or nothing when it worked."""
    if answer.returncode == 0:
        return ""
    lines = [line.strip() for line in answer.stdout.splitlines()]
    said = " ".join(line for line in lines if not line.startswith("WARNING"))
    return textwrap.shorten(said, 200) or f"exit code {answer.returncode}"


def pip_environment() -> dict[str, str]:
    """Return the environment, with two settings that would forbid what we do off."""
    return {**os.environ, "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}


def with_venv(venv: Path) -> str:
    """Make the environment with the standard library; return why it failed."""
    return why(run([sys.executable, "-m", "venv", "--clear", str(venv)]))


def with_virtualenv(venv: Path) -> str:
    """Make it with virtualenv, fetched by pip into a folder that is then removed."""
    with tempfile.TemporaryDirectory() as folder:
        fetch = [sys.executable, "-m", "pip", "install", "--quiet", "--no-input"]
        fetch += ["--target", folder, "-c", str(CONSTRAINTS), "virtualenv"]
        failed = why(run(fetch, pip_environment()))
        if failed:
            return failed
        make = [sys.executable, "-m", "virtualenv", "--clear", "--no-download"]
        return why(run([*make, str(venv)], {**os.environ, "PYTHONPATH": folder}))


def with_apt(venv: Path) -> str:
    """Install Debian's venv package, when this is root, and try again."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return "only root can use apt-get, and only on Debian and its kin"
    package = "python{}.{}-venv".format(*sys.version_info[:2])
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update"], environment)
    command = ["apt-get", "install", "-y", "--no-install-recommends", package]
    return why(run(command, environment)) or with_venv(venv)


WAYS = (
    ("python -m venv", with_venv),
    ("virtualenv through pip", with_virtualenv),
    ("apt-get", with_apt),
)


def make_venv(venv: Path) -> None:
    """Make the environment by the first way that works here.

    Args:
        venv: Where it is to be; whatever lies there is replaced.

    Raises:
        Failed: When there is no way.
    """
    if venv.exists():
        tell(f"replacing {venv}, which has no pip or another version of Python")
    for name, way in WAYS:
        failed = way(venv)
        if not failed and has_pip(venv):
            return
        tell(f"no environment by {name}: {failed or 'it has no pip'}")
    message = (
        "cannot make a virtual environment. On Debian or Ubuntu do "
        "`sudo apt-get install python3-venv python3-pip`, then try again."
    )
    raise Failed(message)


# ------------------------------------------------------------------ installing
def announced(constraints: str, extras: set[str]) -> tuple[int, float]:
    """Return how many packages will be installed and about how many megabytes.

    Args:
        constraints: The text of constraints.txt.
        extras: The extras that are asked for.

    Returns:
        Number of packages, megabytes on disk.
    """
    parts = {"core", *extras}
    pins = [m for m in map(_PIN.match, constraints.splitlines()) if m is not None]
    sizes = [float(pin["size"]) for pin in pins if pin["part"] in parts]
    return len(sizes), sum(sizes)


class Progress:
    """What is said while pip works: a line that changes, or one now and then."""

    def __init__(self, total: int, site: Path) -> None:
        self.total = total
        self.site = site
        self.seen: set[str] = set()
        self.live = sys.stdout.isatty()
        self.last = 0.0

    def hear(self, line: str) -> None:
        """Take in one line of pip's output."""
        found = _FOUND.match(line)
        if found is not None:
            self.seen.add(
                re.sub(r"[-_.]+", "-", found["name"] or found["file"]).lower()
            )

    def show(self) -> None:
        """Say how far it is, unless that was said just now."""
        now = time.monotonic()
        if not self.live and now - self.last < _TELL_EVERY:
            return
        self.last = now
        found = min(len(self.seen), self.total)
        done = min(len(list(self.site.glob("*.dist-info"))), self.total)
        text = f"found {found} of {self.total} packages, installed {done}"
        if self.live:
            print(f"\r  {text:60}", end="", flush=True)
        else:
            print(f"  {text}", flush=True)

    def end(self) -> None:
        """Leave the line that changes."""
        if self.live:
            print()


def follow(command: list[str], log: Path, progress: Progress) -> None:
    """Run pip, keep what it says in a log, and show how far it is.

    Args:
        command: The pip command.
        log: Where its output goes.
        progress: What is shown meanwhile.

    Raises:
        Failed: When pip fails; with the last lines of the log.
    """
    with log.open("a", encoding="utf-8") as keep:
        process = subprocess.Popen(
            command,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            errors="replace",
            env=pip_environment(),
        )

        def listen() -> None:
            for line in process.stdout or ():
                keep.write(line)
                progress.hear(line)

        reader = threading.Thread(target=listen, daemon=True)
        with process:
            reader.start()
            while reader.is_alive():
                progress.show()
                reader.join(timeout=1.0)
    progress.end()
    if process.returncode != 0:
        tail = log.read_text(encoding="utf-8").splitlines()[-12:]
        raise Failed("\n  ".join([f"pip failed; its words are in {log}:", *tail]))


def install(venv: Path, extras: set[str]) -> None:
    """Install the package, editable, with the pinned versions.

    Args:
        venv: The environment.
        extras: Extras to install beside the core.
    """
    log = venv / "install.log"
    total, _ = announced(CONSTRAINTS.read_text(encoding="utf-8"), extras)
    site = next((venv / "lib").glob("python*/site-packages"))
    progress = Progress(total, site)
    pip = [str(venv_python(venv)), "-m", "pip", "install", "--no-input"]
    pip += ["--progress-bar", "off", "-c", str(CONSTRAINTS)]
    # The build backend comes first and pinned, instead of pip fetching its newest.
    follow([*pip, "hatchling"], log, progress)
    target = str(ROOT) + ("[{}]".format(",".join(sorted(extras))) if extras else "")
    follow([*pip, "--no-build-isolation", "-e", target], log, progress)


def tell(text: str) -> None:
    """Print one line of news at once."""
    print(f"[setup] {text}", flush=True)


def main(extras: list[str]) -> int:
    """Bring the environment up to what is asked for.

    Args:
        extras: Extras to install beside the core.

    Returns:
        0 when it stands, 2 when it could not be made.
    """
    wanted = set(extras)
    key = fingerprint(ROOT, VENV)
    have = installed_extras(VENV, key)
    if have is not None and wanted <= have:
        return 0
    wanted |= have or set()
    started = time.monotonic()
    count, megabytes = announced(CONSTRAINTS.read_text(encoding="utf-8"), wanted)
    tell(
        f"installing icp-synth and {count} packages, about {megabytes:.0f} MB on disk,"
        f" into {VENV}; once, for a few minutes"
    )
    try:
        if not has_pip(VENV):
            make_venv(VENV)
        install(VENV, wanted)
    except Failed as error:
        tell(str(error))
        return 2
    stamp = {"key": key, "extras": sorted(wanted)}
    stamp_path(VENV).write_text(json.dumps(stamp) + "\n", encoding="utf-8")
    tell(f"ready after {time.monotonic() - started:.0f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
