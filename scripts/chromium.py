"""Find a browser for the browser tests; install one where that is possible.

    .venv/bin/python scripts/chromium.py       prints where it is

Looks at CHROMIUM, then for Chromium, Chrome or the headless shell on the PATH. When
there is none, root on Debian and its kin gets the package `chromium`; anyone else is
told what to do. Nothing is downloaded by any other way.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

NAMES: Final = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "chromium-headless-shell",
    "chrome-headless-shell",
    "headless_shell",
)
BUNDLES: Final = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
ADVICE: Final = (
    "Install Chromium or Chrome (on Debian: sudo apt-get install chromium), or name "
    "the program: CHROMIUM=/path/to/chromium make test-all"
)


class NoBrowser(Exception):
    """There is no browser; the message says what to do."""


def find(environment: Mapping[str, str]) -> Path | None:
    """Return where a browser is, or None when there is none.

    Args:
        environment: Holds PATH, and CHROMIUM where a program is named.

    Raises:
        NoBrowser: When CHROMIUM names something that cannot be run.
    """
    named = environment.get("CHROMIUM")
    if named:
        program = shutil.which(named, path=environment.get("PATH"))
        if program is None:
            msg = f"CHROMIUM names {named}, which is no program that can be run."
            raise NoBrowser(msg)
        return Path(program)
    for name in (*NAMES, *BUNDLES):
        program = shutil.which(name, path=environment.get("PATH"))
        if program is not None:
            return Path(program)
    return None


def install() -> None:
    """Install Debian's package.

    Raises:
        NoBrowser: When this is not root, not Debian, or apt-get fails.
    """
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        msg = f"There is no Chromium here. {ADVICE}"
        raise NoBrowser(msg)
    print("[setup] installing the Debian package chromium", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update"],
        ["apt-get", "install", "-y", "--no-install-recommends", "chromium"],
    ):
        answer = subprocess.run(
            command,
            check=False,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=quiet,
        )
        if answer.returncode != 0:
            last = " ".join(answer.stdout.splitlines()[-2:])
            msg = f"`{' '.join(command)}` failed: {last}\n{ADVICE}"
            raise NoBrowser(msg)


def ensure() -> Path:
    """Return where a browser is, after installing one if need be.

    Raises:
        NoBrowser: When there is none and none can be installed.
    """
    found = find(os.environ)
    if found is None:
        install()
        found = find(os.environ)
    if found is None:
        msg = f"The package chromium put no program on the PATH. {ADVICE}"
        raise NoBrowser(msg)
    return found


def main() -> int:
    """Say where the browser is.

    Returns:
        0 when there is one, 2 when there is none.
    """
    try:
        found = ensure()
    except NoBrowser as error:
        print(f"[setup] {error}", file=sys.stderr)
        return 2
    print(f"[setup] browser: {found}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
