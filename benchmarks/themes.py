"""How long themes take: made vectors of many statements, through `group_themes`.

    python benchmarks/themes.py [--sizes 10000 100000] [--dimension 2048]

Prints seconds and the most memory that the process held. Each size runs in a process
of its own, so that one does not pay for the memory of another. Statements are of three
kinds in equal parts and come from one person in twenty of them; a part of them belongs
to no theme. Vectors are as sparse as those of the embedded embedder.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import time
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from icp_synth.domain.fields import CATEGORIES, KINDS
from icp_synth.domain.insights import Insight, Quote
from icp_synth.stages.themes import LIKENESS_OF_QUOTES, group_themes, threshold_for

STATEMENTS_A_PERSON = 20
THEMES_A_KIND = 150
STRAY = 0.3
WORDS_OF_A_THEME = 25
SAID_OF_IT = 8
SAID_OTHERWISE = 20
WEIGHT_OTHERWISE = 0.5


class Measured(NamedTuple):
    """One size.

    Attributes:
        statements: How many.
        seconds: Of `group_themes`, by the clock, with what it imports.
        cpu: Seconds of the processor for the same.
        mebibytes: Most memory held, that of the vectors among it.
        themes: How many were found.
    """

    statements: int
    seconds: float
    cpu: float
    mebibytes: float
    themes: int


def made_vectors(
    n: int, dimension: int, *, seed: int = 0
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return unit vectors of statements, each a bag of about thirty hashed words.

    Eight are of its theme's vocabulary, the rest are any and weigh half.

    Returns:
        Shape (n, dimension), and the theme of each, -1 for one of none.
    """
    random = np.random.default_rng(seed)
    vocabulary = random.integers(0, dimension, (THEMES_A_KIND, WORDS_OF_A_THEME))
    theme = random.integers(0, THEMES_A_KIND, n)
    words = random.integers(0, WORDS_OF_A_THEME, (n, SAID_OF_IT))
    own = vocabulary[theme[:, None], words]
    stray = random.random(n) < STRAY
    own[stray] = random.integers(0, dimension, (int(stray.sum()), SAID_OF_IT))
    theme[stray] = -1
    other = random.integers(0, dimension, (n, SAID_OTHERWISE))
    vectors = np.zeros((n, dimension), dtype=np.float32)
    rows = np.arange(n)[:, None]
    np.add.at(vectors, (rows, own), 1.0)
    np.add.at(vectors, (rows, other), WEIGHT_OTHERWISE)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors, theme


def made_insights(n: int) -> list[Insight]:
    """Return statements of three kinds in turn, twenty from each person."""
    made = []
    for i in range(n):
        person = f"P{i // STATEMENTS_A_PERSON:05}"
        kind = KINDS[i % len(KINDS)]
        made.append(
            Insight(
                id=f"ins-{i:08}",
                participant=person,
                transcript=person,
                kind=kind,
                category=next(iter(CATEGORIES[kind])),
                statement=f"statement {i}",
                statement_origin="verbatim",
                quotes=(Quote(start=10 * i, end=10 * i + 4, text="word", turn=0),),
            )
        )
    return made


def measure(n: int, dimension: int) -> Measured:
    """Group n statements and return what it took."""
    insights = made_insights(n)
    vectors, _ = made_vectors(n, dimension)
    began, cpu = time.perf_counter(), time.process_time()
    themes = group_themes(
        insights, vectors, threshold_for("embedded"), likeness=LIKENESS_OF_QUOTES
    )
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Measured(n, seconds, cpu, held, len(themes))


def main() -> None:
    """Measure the sizes asked for, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--dimension", type=int, default=2048)
    asked = parser.parse_args()
    sys.stdout.write("statements  seconds  of CPU  MiB held  themes\n")
    fresh = multiprocessing.get_context("spawn")
    for n in asked.sizes:
        with fresh.Pool(1) as pool:
            one = pool.apply(measure, (n, asked.dimension))
        sys.stdout.write(
            f"{one.statements:>10,}  {one.seconds:>7.1f}  {one.cpu:>6.1f}"
            f"  {one.mebibytes:>8,.0f}  {one.themes:>6}\n"
        )


if __name__ == "__main__":
    main()
