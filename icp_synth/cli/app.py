"""The command line: the commands, and how each error leaves the process."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from pathlib import Path
from typing import NoReturn

import typer

from icp_synth.cli import batch, export, look, run, schema, sources, text
from icp_synth.errors import IcpSynthError
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


for _module in (run, sources, look, text, export, batch, schema):
    _module.register(app)


def main() -> NoReturn:
    """Run the command line and end the process with the exit code of contracts.md."""
    try:
        app(prog_name="icp-synth", standalone_mode=True)
    except IcpSynthError as error:
        _tell(error)
        _leave(error.exit_code)
    except KeyboardInterrupt:
        sys.stderr.write("icp-synth: interrupted; `icp-synth run` goes on from here.\n")
        _leave(130)
    except BrokenPipeError:
        # Whoever read our output is gone; Python must not flush into it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _leave(0)
    except Exception:  # noqa: BLE001 - the last door: told, reported, exit 70
        _report()
        _leave(70)
    _leave(0)


def _tell(error: IcpSynthError) -> None:
    sys.stderr.write(f"icp-synth: {error.message}\n")
    if error.hint:
        sys.stderr.write(f"  {error.hint}\n")


def _report() -> None:
    """Write what happened to a file that can be sent to whoever mends it."""
    handle, name = tempfile.mkstemp(prefix="icp-synth-error-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"icp-synth {__version__}, Python {sys.version}\n")
        file.write(f"command: {Path(sys.argv[0]).name} {' '.join(sys.argv[1:2])}\n\n")
        file.write(traceback.format_exc())
    last = traceback.format_exc().strip().splitlines()[-1]
    sys.stderr.write(f"icp-synth: unexpected error: {last}\n")
    sys.stderr.write(f"  What happened is in {name}; nothing that was done is lost.\n")


def _leave(code: int) -> NoReturn:
    sys.exit(code)
