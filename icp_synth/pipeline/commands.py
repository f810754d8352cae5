"""Commands that a message tells people to type; they work when pasted."""

from __future__ import annotations

import shlex
from pathlib import Path


def command(folder: Path, *words: str) -> str:
    """Return a command for a project, quoted for a shell.

    Example:
        >>> command(Path("my study"), "sources", "remove", "talks")
        "icp-synth sources remove talks --project 'my study'"
    """
    return shlex.join(["icp-synth", *words, "--project", str(folder)])
