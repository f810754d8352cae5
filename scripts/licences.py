"""Check that no dependency stands under a licence that this project cannot take.

    python scripts/licences.py            the dependencies of core and `dev`
    python scripts/licences.py accounts   and those of further extras

icp-synth is Apache-2.0: GPL and AGPL are refused, LGPL needs a reason named here,
and a distribution that states no licence at all is refused until someone has looked.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from importlib.metadata import Distribution

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.distributions import closure, requirements

ALLOWED: Final[dict[str, str]] = {}
"""Canonical name to the reason why its licence is all right despite the rule."""

_COPYLEFT = re.compile(r"\bA?GPL|\bLGPL|Affero|(?:Lesser )?General Public", re.I)
_OR = re.compile(r"\s+OR\s+")


@dataclass(frozen=True)
class Refused:
    """One distribution that may not be a dependency.

    Attributes:
        name: Canonical name of the distribution.
        licence: What its metadata says, or an empty string.
        reason: Why it is refused.
    """

    name: str
    licence: str
    reason: str


def licence_of(distribution: Distribution) -> str:
    """Return what the metadata of a distribution says about its licence.

    The SPDX expression rules where there is one. The classifiers come next. The old
    free field comes last, by its first line: it may hold a whole licence text, whose
    annexes name the licences of other programs (scipy's does).

    Args:
        distribution: An installed distribution.

    Returns:
        The statement, or an empty string when there is none.
    """
    fields = distribution.metadata
    if "License-Expression" in fields:
        return fields["License-Expression"]
    classifiers = [
        line.rsplit(" :: ", 1)[-1]
        for line in fields.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    named = [line for line in classifiers if line != "OSI Approved"]
    if named:
        return " AND ".join(named)
    lines = fields["License"].strip().splitlines() if "License" in fields else []
    return lines[0].strip() if lines else ""


def is_copyleft(licence: str) -> bool:
    """Return whether a statement leaves no choice but a GPL-like licence.

    Args:
        licence: An SPDX expression or free words.

    Returns:
        False for `MIT OR GPL-2.0-only`, where the other half can be chosen.
    """
    choices = _OR.split(licence)
    return all(_COPYLEFT.search(choice) for choice in choices)


def refused(distributions: dict[str, Distribution]) -> list[Refused]:
    """Return the distributions whose licence the project cannot take.

    Args:
        distributions: Canonical name to distribution.

    Returns:
        One entry each, by name; empty when all is well.
    """
    found = []
    for name, distribution in sorted(distributions.items()):
        licence = licence_of(distribution)
        if name in ALLOWED:
            continue
        if not licence:
            found.append(Refused(name, licence, "states no licence"))
        elif is_copyleft(licence):
            found.append(Refused(name, licence, "GPL family"))
    return found


def main(extras: list[str]) -> int:
    """Print what was checked and what was refused.

    Args:
        extras: Extras to check beside core and `dev`.

    Returns:
        0 when nothing was refused, otherwise 1.
    """
    distributions = closure(requirements(["dev", *extras]))
    found = refused(distributions)
    for item in found:
        print(f"{item.name}: {item.reason} ({item.licence or 'nothing'})")
    print(f"{len(distributions)} distributions checked, {len(found)} refused")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
