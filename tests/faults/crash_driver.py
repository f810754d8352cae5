"""The command line in a process that a test can kill at an exact place.

`python -m tests.faults.crash_driver PLACE N ARG…` ends the process by SIGKILL the
N-th time that it passes the failpoint PLACE.
"""

from __future__ import annotations

import os
import signal
import sys

from icp_synth import failpoints


def arm(place: str, times: int) -> None:
    """Replace `failpoint` before anything else imports it."""
    left = times

    def failpoint(name: str) -> None:
        nonlocal left
        left -= name == place
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    failpoints.failpoint = failpoint


if __name__ == "__main__":
    arm(sys.argv[1], int(sys.argv[2]))
    from icp_synth.cli.app import main

    main(sys.argv[3:])
