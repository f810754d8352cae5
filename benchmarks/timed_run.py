"""One run of the program that notes when its model calls began and ended.

    python benchmarks/timed_run.py TABLE PROJECT ADDRESS IN_FLIGHT TIMES

It does what `icp-synth run TABLE --model bench --base-url ADDRESS` does, and writes
seconds by `time.monotonic`, which all processes of a machine share, to TIMES.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from icp_synth import Project
from icp_synth.pipeline.events import Advanced, Event, StageBegan, StageEnded

STAGE = "extract"


class Watch:
    """Notes the clock and the CPU time at the events that count.

    Attributes:
        times: `began` and `ended` of the stage; `first` and `last` answer recorded.
        cpu: CPU seconds of this process at the same events.
        calls: How many answers the stage needs.
    """

    def __init__(self) -> None:
        self.times: dict[str, float] = {}
        self.cpu: dict[str, float] = {}
        self.calls = 0

    def __call__(self, event: Event) -> None:
        """Take one event; what stands already is not noted again."""
        if isinstance(event, StageBegan) and event.stage == STAGE:
            self._note("began")
        elif isinstance(event, StageEnded) and event.stage == STAGE:
            self._note("ended")
        elif isinstance(event, Advanced) and event.stage == STAGE:
            # An answer is told of after it was stored.
            self.calls = event.total
            self._note("first")
            if event.done == event.total:
                self._note("last")

    def _note(self, name: str) -> None:
        self.times.setdefault(name, time.monotonic())
        self.cpu.setdefault(name, time.process_time())


def main() -> None:
    """Run once, as the words of the command line say."""
    table, project, address, in_flight, times = sys.argv[1:]
    watch = Watch()
    Project(project, emit=watch).run(
        table, model="bench", base_url=address, in_flight=int(in_flight)
    )
    noted = {"times": watch.times, "cpu": watch.cpu, "calls": watch.calls}
    Path(times).write_text(json.dumps(noted), encoding="utf-8")


if __name__ == "__main__":
    main()
