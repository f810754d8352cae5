"""The command line in a process that a test can kill at an exact place.

`python -m tests.faults.crash_driver PLACE N ARG…` ends the process by SIGKILL the
N-th time that it passes the failpoint PLACE. Once Ctrl-C is heeded it says "begins".
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence

from icp_synth import failpoints, interrupts


def arm(place: str, times: int) -> None:
    """Replace `failpoint` before anything else imports it."""
    left = times

    def failpoint(name: str) -> None:
        nonlocal left
        left -= name == place
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    failpoints.failpoint = failpoint


def announce() -> None:
    """Say so on standard error as soon as Ctrl-C is heeded."""
    heed = interrupts.heed

    def heed_and_say(words: Sequence[str] = ()) -> None:
        heed(words)
        os.write(2, b"begins\n")

    interrupts.heed = heed_and_say


if __name__ == "__main__":
    arm(sys.argv[1], int(sys.argv[2]))
    announce()
    from icp_synth.cli.entry import main

    main(sys.argv[3:])
