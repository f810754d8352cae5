"""Where the process of the command line begins and ends: Ctrl-C is heeded first."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

from icp_synth import interrupts


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line as a process: with Ctrl-C, at any time, it exits 130.

    Args:
        args: Words after the program's name; those of the process when None.
    """
    try:
        interrupts.heed(sys.argv[1:] if args is None else args)
        # The commands take a while to import.
        from icp_synth.cli.app import exit_code

        code = exit_code(args)
        interrupts.over()
    except KeyboardInterrupt:
        from icp_synth.cli.console import note

        note(interrupts.goes_on())
        code = interrupts.EXIT
    sys.exit(code)
