"""How long segments take, and the report that leaves each person out.

    python benchmarks/segments.py [--sizes 100 200 500]

People are made up: each belongs to one of five groups or to none, has some themes of
the group, some of anybody's, topics in steps that go together, and two facts. Each size
runs in a process of its own and prints seconds of the processor, and a fingerprint of
what came out: a change that only makes it faster leaves that alone.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import sys
import time
from typing import NamedTuple

import numpy as np

from icp_synth.stages.segments import Talk, find_segments, report_segments

GROUPS = 5
THEMES_OF_A_GROUP = 12
THEMES_OF_ANYBODY = 400
TOPICS = 300
HELD_BY_EACH = 20
TOPICS_OF_EACH = 15
STEPS = 3
LANGUAGES = ("en", "zh")
SECOND_LANGUAGE = 0.1
"""Share of the people who speak the second one."""


class Measured(NamedTuple):
    """One size.

    Attributes:
        people: How many.
        find: Seconds of the processor in which segments are found.
        report: The same for the report, with everybody left out in turn.
        segments: How many were found.
        print: Of the segmentation with its report.
    """

    people: int
    find: float
    report: float
    segments: int
    print: str


def made_people(n: int, *, seed: int = 0) -> tuple[dict[str, frozenset[str]], Talk]:
    """Return who has what, and what it comes from, of n people."""
    random = np.random.default_rng(seed)
    features: dict[str, frozenset[str]] = {}
    sources: dict[str, str] = {}
    for i in range(n):
        group = int(random.integers(0, GROUPS + 1))
        held = {
            f"theme {t}" for t in random.integers(0, THEMES_OF_ANYBODY, HELD_BY_EACH)
        }
        if group < GROUPS:
            own = random.integers(0, THEMES_OF_A_GROUP, 6)
            held |= {f"theme of {group}: {t}" for t in own}
        for topic in random.integers(0, TOPICS, TOPICS_OF_EACH).tolist():
            for step in range(int(random.integers(1, STEPS + 1))):
                sources[f"topic {topic}/{step}"] = f"topic {topic}"
                held.add(f"topic {topic}/{step}")
        held |= {f"size {random.integers(0, 4)}", f"role {random.integers(0, 9)}"}
        features[f"P{i:04}"] = frozenset(held)
    second = random.random(n) < SECOND_LANGUAGE
    spoken = {name: LANGUAGES[int(second[i])] for i, name in enumerate(features)}
    said = {name: int(random.integers(20, 200)) for name in features}
    return features, Talk(sources=sources, languages=spoken, sentences=said)


def measure(n: int) -> Measured:
    """Find the segments of n people, report them, and return what it took."""
    features, talk = made_people(n)
    began = time.process_time()
    found = find_segments(features, talk)
    between = time.process_time()
    told = report_segments(features, found, talk)
    ended = time.process_time()
    return Measured(
        people=n,
        find=between - began,
        report=ended - between,
        segments=len(told.groups),
        print=hashlib.sha256(told.model_dump_json().encode()).hexdigest()[:12],
    )


def main() -> None:
    """Measure the sizes asked for, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[100, 200, 500])
    asked = parser.parse_args()
    sys.stdout.write("people  find  report  segments  print\n")
    fresh = multiprocessing.get_context("spawn")
    for n in asked.sizes:
        with fresh.Pool(1) as pool:
            one = pool.apply(measure, (n,))
        sys.stdout.write(
            f"{one.people:>6,}  {one.find:>4.1f}  {one.report:>6.1f}"
            f"  {one.segments:>8}  {one.print}\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main()
