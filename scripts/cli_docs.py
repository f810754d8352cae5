"""Write docs/cli.md from the command line itself; `--check` only compares."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import typer

from icp_synth.cli.app import app

TARGET = Path(__file__).parent.parent / "docs" / "cli.md"


def page() -> str:
    """Return the page: the help of every command, in the order of `--help`."""
    root = typer.main.get_command(app)
    parts = [
        "# Command line\n\nMade by `python scripts/cli_docs.py` from the commands "
        "themselves; a test holds that it is current.\n"
    ]
    parts += [_section(path, command) for path, command in _walk("icp-synth", root)]
    return "\n".join(parts)


def _walk(path: str, command: Any) -> list[tuple[str, Any]]:
    found = [(path, command)]
    for name, child in getattr(command, "commands", {}).items():
        found += _walk(f"{path} {name}", child)
    return found


def _section(path: str, command: Any) -> str:
    context = typer.Context(command, info_name=path, terminal_width=88)
    return f"## {path}\n\n```\n{command.get_help(context).rstrip()}\n```\n"


def main() -> int:
    """Write the page, or compare it."""
    made = page()
    if "--check" in sys.argv[1:]:
        same = TARGET.is_file() and TARGET.read_text("utf-8") == made
        sys.stdout.write("current\n" if same else "docs/cli.md is out of date\n")
        return 0 if same else 1
    TARGET.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
