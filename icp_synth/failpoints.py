"""Named places where a test may end the process, as a crash would.

`ICP_SYNTH_FAILPOINT=after_fsync` ends the process by SIGKILL the first time it
passes `failpoint("after_fsync")`; `ICP_SYNTH_FAILPOINT=chroma_query:SEGV` sends
another signal. Nothing is caught and no handler runs: what is on the disk then is
what a power cut would have left, short of the kernel's own buffers.

This module imports nothing of the package and lies below every floor, so that each
door to the disk or the network can name its places.
"""

from __future__ import annotations

import os
import signal

VARIABLE = "ICP_SYNTH_FAILPOINT"


def failpoint(name: str) -> None:
    """End the process here when the environment asks for this place.

    Args:
        name: The place, e.g. `after_temp_write`. Lower case and underscores.
    """
    wanted, _, how = os.environ.get(VARIABLE, "").partition(":")
    if wanted == name:
        os.kill(os.getpid(), signal.Signals[f"SIG{how or 'KILL'}"])
