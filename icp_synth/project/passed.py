"""What is never a source: the program's own files and folders, and hidden ones."""

from __future__ import annotations

import re

PEOPLES = (
    "study.toml",
    "participants.csv",
    "accounts.csv",
    "segments.yaml",
    "hypotheses.yaml",
    "hypotheses.toml",
)
"""Files that people write beside their interviews, and that a run reads as such."""

_FOLDERS = frozenset({".icp", "out", "decisions", "recorded", "evals"})
_FILES = frozenset({*PEOPLES, "criteria.yaml", "names.json", "truth.toml"})
_STEMS = re.compile(r"(?:readme|license|licence|provenance|attribution)", re.I)


def is_passed_folder(name: str) -> bool:
    """Tell whether nothing in a folder of this name is a source."""
    return name.startswith(".") or name in _FOLDERS


def is_passed_file(name: str) -> bool:
    """Tell whether a file of this name is never a source: hidden, or of a project."""
    return name.startswith((".", "~$")) or name in _FILES or bool(_STEMS.match(name))
