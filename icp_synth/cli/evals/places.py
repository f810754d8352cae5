"""Where past runs are looked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def projects_in(folders: Sequence[Path] | None) -> list[Path]:
    """Return the evaluation projects in some folders.

    Args:
        folders: Labelled folders, evaluation projects, or folders that hold either;
            without any the working folder and `evals/` in it.
    """
    from icp_synth.evaluation.runner import PROJECT

    places = list(folders or [Path(), Path("evals")])
    inside = [one for place in places if place.is_dir() for one in place.iterdir()]
    candidates = [*places, *sorted(one for one in inside if one.is_dir())]
    found = [path for one in candidates for path in (one, one / PROJECT)]
    return [path for path in found if path.is_dir()]
