"""What this project asks for, and what of it is installed.

The closure of the requirements in pyproject.toml over the installed
distributions: the base of the pinned versions (`constraints.py`) and of the
licence check (`licences.py`). Reads metadata only; imports none of the packages.
"""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parent.parent
_BLOCK = 4096


class NotInstalled(LookupError):
    """A distribution that pyproject.toml asks for is not in this environment."""


def project_table(root: Path = ROOT) -> dict[str, object]:
    """Return the `[project]` table of pyproject.toml.

    Args:
        root: The folder that holds pyproject.toml.

    Returns:
        The table as TOML gives it.
    """
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    table: dict[str, object] = tomllib.loads(text)["project"]
    return table


def requirements(extras: Iterable[str] = (), *, root: Path = ROOT) -> list[Requirement]:
    """Return the core requirements and those of the named extras.

    Args:
        extras: Names from `[project.optional-dependencies]`.
        root: The folder that holds pyproject.toml.

    Returns:
        The requirements in the order of the file, core first.
    """
    table = project_table(root)
    core = table["dependencies"]
    optional = table["optional-dependencies"]
    if not isinstance(core, list) or not isinstance(optional, dict):
        message = f"{root / 'pyproject.toml'}: dependencies are not lists"
        raise TypeError(message)
    lines = [*core, *(line for extra in extras for line in optional[extra])]
    return [Requirement(line) for line in lines]


def _wanted(requirement: Requirement, extras: frozenset[str]) -> bool:
    marker = requirement.marker
    if marker is None:
        return True
    return any(marker.evaluate({"extra": extra}) for extra in extras | {""})


def _children(name: str, extras: frozenset[str]) -> Iterator[Requirement]:
    try:
        lines = metadata.distribution(name).requires or []
    except metadata.PackageNotFoundError as error:
        message = f"{name} is required but not installed; run `make test` first"
        raise NotInstalled(message) from error
    for line in lines:
        requirement = Requirement(line)
        if _wanted(requirement, extras):
            yield requirement


def closure(roots: Iterable[Requirement]) -> dict[str, metadata.Distribution]:
    """Return every installed distribution that the roots need, themselves included.

    Args:
        roots: Direct requirements; those whose marker does not hold are left out.

    Returns:
        Canonical name to distribution, sorted by name.

    Raises:
        NotInstalled: When one of them is missing here.
    """
    seen: dict[str, set[str]] = {}
    queue = [item for item in roots if _wanted(item, frozenset())]
    while queue:
        requirement = queue.pop()
        name = canonicalize_name(requirement.name)
        known = name in seen
        extras = seen.setdefault(name, set())
        if known and requirement.extras <= extras:
            continue
        extras |= requirement.extras
        queue.extend(_children(name, frozenset(extras)))
    return {name: metadata.distribution(name) for name in sorted(seen)}


def installed_bytes(distribution: metadata.Distribution) -> int:
    """Return the bytes that a distribution takes on disk, compiled files included.

    Args:
        distribution: An installed distribution.

    Returns:
        The sum over the files of its record that exist, each in whole blocks, as
        `du` counts them.
    """
    paths = (Path(str(distribution.locate_file(f))) for f in distribution.files or ())
    sizes = (path.stat().st_size for path in paths if path.is_file())
    return sum(-(-size // _BLOCK) * _BLOCK for size in sizes)
