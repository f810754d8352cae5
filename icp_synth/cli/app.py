"""The command line: the commands, and how each error leaves the process."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

import typer

from icp_synth.cli import (
    batch,
    choose,
    evals,
    export,
    guide,
    look,
    opening,
    review,
    run,
    schema,
    segments,
    sources,
    teams,
    text,
    versions,
)
from icp_synth.cli.console import note, speak_utf8
from icp_synth.errors import IcpSynthError, ReadError
from icp_synth.interrupts import EXIT, goes_on
from icp_synth.version import __version__

app = typer.Typer(
    name="icp-synth",
    help=(
        "Read interviews with your best customers and draft cited ideal customer "
        "profiles and personas.\n\nExample: icp-synth run interviews/ --project study"
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"icp-synth {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version."
    ),
) -> None:
    del version


for _module in (
    run,
    sources,
    segments,
    choose,
    look,
    text,
    export,
    opening,
    review,
    versions,
    guide,
    teams,
    batch,
    evals,
    schema,
):
    _module.register(app)


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line in a process that others own, and raise SystemExit.

    The program itself begins in `entry`, which also takes Ctrl-C over.

    Args:
        args: Words after the program's name; those of the process when None.
    """
    sys.exit(exit_code(args))


def exit_code(args: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code of contracts.md.

    Args:
        args: Words after the program's name; those of the process when None.
    """
    speak_utf8()
    try:
        app(args, prog_name="icp-synth", standalone_mode=True)
    except SystemExit as ended:
        # The library of the command line ends so, also after Ctrl-C (130).
        code = ended.code if isinstance(ended.code, int) else 0
        if code == EXIT:
            note(goes_on())
        return code
    except IcpSynthError as error:
        _tell(error)
        return error.exit_code
    except Exception:  # noqa: BLE001 - the last door: told, reported, exit 70
        _report()
        return 70
    return 0


def _tell(error: IcpSynthError) -> None:
    place = f" ({error.place})" if isinstance(error, ReadError) and error.place else ""
    note(f"icp-synth: {error.message}{place}")
    if error.hint:
        note(f"  {error.hint}")


def _report() -> None:
    """Write what happened to a file that can be sent to whoever mends it."""
    import os
    import tempfile
    import traceback

    told = traceback.format_exc()
    try:
        handle, name = tempfile.mkstemp(prefix="icp-synth-error-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            file.write(f"icp-synth {__version__}, Python {sys.version}\n")
            file.write(f"command: {' '.join(sys.argv[1:2])}\n\n{told}")
        where = f"What happened is in {name}; nothing that was done is lost."
    except OSError as error:
        where = f"No report could be written ({error.strerror}).\n{told}"
    note(f"icp-synth: unexpected error: {told.strip().splitlines()[-1]}")
    note(f"  {where}")
