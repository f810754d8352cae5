"""Write constraints.txt: the pinned versions that `make` installs.

    python -m venv /tmp/fresh && /tmp/fresh/bin/pip install '.[dev]' virtualenv
    /tmp/fresh/bin/python scripts/constraints.py

Takes the versions from the environment it runs in, and only of what core, `dev` and
the fallback that makes the environment (virtualenv) need. Each line ends with the
part it belongs to and its size on disk, from which `bootstrap.py` says beforehand
how much will be installed. No line names a host: where packages come from is the
business of each machine's pip configuration.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from packaging.requirements import Requirement

from scripts.distributions import ROOT, closure, installed_bytes, requirements

HEADER: Final = """\
# Versions that were tested together, on Python 3.11. Written by scripts/constraints.py.
# After each version: the part that needs it, and its size on disk.
"""


def lines() -> list[str]:
    """Return one pinned line for every distribution, sorted by name.

    Returns:
        Lines such as `numpy==2.4.6  # core 71.2 MB`; the part is the first of core,
        `dev` and `venv` that needs the distribution.
    """
    parts = {
        "core": closure([*requirements(), Requirement("hatchling")]),
        "dev": closure(requirements(["dev"])),
        "venv": closure([Requirement("virtualenv")]),
    }
    found: dict[str, str] = {}
    for part, distributions in parts.items():
        for name, distribution in distributions.items():
            megabytes = installed_bytes(distribution) / 1e6
            line = f"{name}=={distribution.version}  # {part} {megabytes:.1f} MB"
            found.setdefault(name, line)
    return [found[name] for name in sorted(found)]


def main() -> int:
    """Write the file and say how many lines it has.

    Returns:
        0.
    """
    pinned = lines()
    text = HEADER + "\n".join(pinned) + "\n"
    (ROOT / "constraints.txt").write_text(text, encoding="utf-8")
    print(f"constraints.txt: {len(pinned)} versions")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
