"""How long the themes of a large study take: the stage as the pipeline does it.

    python benchmarks/themes.py [--sizes 10000 100000] [--stability 6000]

A study is made up, with its interviews, questions, statements and vectors, and put
through the stage of the pipeline and the map. Each size runs in a process of its own,
so that one does not pay for the memory of another, and prints seconds by the clock
and of the processor, its parts, and the most memory that the process held. Sizes of
`--stability` are measured with resampling alone, which stops at 2,000 statements a
kind; in the other rows it is off.

Statements are of three kinds in equal parts and come from one person in twenty of
them; a part of them belongs to no theme. Vectors are as sparse as those of the
embedded embedder. Half of the questions are those of a guide, the others are asked
once.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from icp_synth.domain.fields import CATEGORIES, KINDS
from icp_synth.domain.insights import Insight, Quote
from icp_synth.domain.transcripts import Person, Transcript, Turn
from icp_synth.embedding.embedded import weight_table
from icp_synth.pipeline import synthesis, theming
from icp_synth.pipeline.session import open_work
from icp_synth.pipeline.work import Work

STATEMENTS_A_PERSON = 20
THEMES_A_KIND = 150
STRAY = 0.3
WORDS_OF_A_THEME = 25
SAID_OF_IT = 8
SAID_OTHERWISE = 20
WEIGHT_OTHERWISE = 0.5
NAMES_ITS_MATTER = 0.6
"""Share of a theme's statements that name what it is about; two themes of a kind are
about the same matter."""

GUIDE = 40
WORDS_OF_A_QUESTION = 8

PARTS = (
    (synthesis, "group_themes"),
    (synthesis, "name_themes"),
    (theming, "asked_about"),
    (theming, "theme_stability"),
    (synthesis, "find_parents"),
    (synthesis, "name_groups"),
)
"""Functions of the stage that are timed apart; the map comes after it."""


class Measured(NamedTuple):
    """One size.

    Attributes:
        statements: How many.
        seconds: Of the stage and the map, by the clock, with what they import.
        cpu: Seconds of the processor for the same.
        mebibytes: Most memory held, that of the vectors and the study among it.
        themes: How many were found.
        parents: How many groups of them.
        parts: Name → seconds of the processor.
    """

    statements: int
    seconds: float
    cpu: float
    mebibytes: float
    themes: int
    parents: int
    parts: dict[str, float]


class Made(NamedTuple):
    """Statements as bags of words, which are numbers below the dimension.

    Attributes:
        vectors: Unit vectors, shape (n, dimension).
        words: What each says, shape (n, words).
        theme: The theme of each, -1 for one of none.
    """

    vectors: NDArray[np.float32]
    words: NDArray[np.int64]
    theme: NDArray[np.int64]


def made_statements(n: int, dimension: int, *, seed: int = 0) -> Made:
    """Return statements, each a bag of about thirty words.

    Eight are of its theme's vocabulary, the rest are any and weigh half.
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
    return Made(vectors, np.concatenate([own, other], axis=1), theme)


def made_texts(made: Made, dimension: int, *, seed: int = 1) -> Iterator[str]:
    """Yield what each statement says, in words of the shipped table."""
    random = np.random.default_rng(seed)
    shipped = sorted(one for one in weight_table().english if one.isalpha())
    spread = np.linspace(0, len(shipped) - 1, dimension + THEMES_A_KIND).astype(int)
    words = [shipped[i] for i in spread]
    named = random.random(len(made.theme)) < NAMES_ITS_MATTER
    for said, theme, names in zip(made.words, made.theme, named, strict=True):
        matter = [words[dimension + theme // 2]] if names and theme >= 0 else []
        yield " ".join([*matter, *(words[i] for i in said)])


def made_study(
    texts: Sequence[str], theme: NDArray[np.int64], *, seed: int = 2
) -> tuple[tuple[Insight, ...], tuple[Transcript, ...]]:
    """Return statements of three kinds in turn, and interviews of twenty of them.

    Args:
        texts: What is said.
        theme: Of each; the guide asks for it.
        seed: Of which questions are those of the guide.
    """
    random = np.random.default_rng(seed)
    guide = [" ".join(one.split()[-WORDS_OF_A_QUESTION:]) for one in texts[:GUIDE]]
    asked_of_all = random.random(len(texts)) < 0.5
    insights, transcripts = [], []
    for first in range(0, len(texts), STATEMENTS_A_PERSON):
        person = f"P{first // STATEMENTS_A_PERSON:05}"
        turns: list[Turn] = []
        pieces: list[str] = []
        at = 0
        for i in range(first, min(first + STATEMENTS_A_PERSON, len(texts))):
            own = " ".join(texts[i].split()[:WORDS_OF_A_QUESTION])
            question = guide[theme[i] % GUIDE] if asked_of_all[i] else own
            for text, role in ((f"{question}?", "interviewer"), (texts[i], "")):
                turn = Turn.model_validate(
                    {
                        "index": len(turns),
                        "start": at,
                        "end": at + len(text),
                        "speaks": role or "participant",
                        "participant": None if role else person,
                    }
                )
                turns.append(turn)
                pieces.append(text)
                at += len(text) + 1
            insights.append(_insight(i, person, texts[i], turns[-1]))
        text = "\n".join(pieces)
        sha = hashlib.sha256(text.encode()).hexdigest()
        transcripts.append(
            Transcript(
                id=person,
                path=person,
                sha256=sha,
                text_sha256=sha,
                reader="made/1",
                text=text,
                turns=tuple(turns),
                participants=(person,),
            )
        )
    return tuple(insights), tuple(transcripts)


def _insight(i: int, person: str, text: str, turn: Turn) -> Insight:
    kind = KINDS[i % len(KINDS)]
    return Insight(
        id=f"ins-{i:08}",
        participant=person,
        transcript=person,
        kind=kind,
        category=next(iter(CATEGORIES[kind])),
        statement=text,
        statement_origin="verbatim",
        quotes=(Quote(start=turn.start, end=turn.end, text=text, turn=turn.index),),
    )


@contextmanager
def made_work(n: int, dimension: int, *, stability: bool) -> Iterator[Work]:
    """Give a run of the pipeline that stands before its themes."""
    made = made_statements(n, dimension)
    insights, transcripts = made_study(list(made_texts(made, dimension)), made.theme)
    with tempfile.TemporaryDirectory(prefix="icp-synth-bench-") as name:
        folder = Path(name)
        (folder / "one.txt").write_text("Ann: We run a shop.\n", encoding="utf-8")
        (folder / "study.toml").write_text(
            '[sources]\npaths = ["one.txt"]\n', encoding="utf-8"
        )
        flags = {"no_stability": not stability}
        with open_work(folder, flags, emit=lambda _: None, now="") as work:
            work.insights, work.transcripts = insights, transcripts
            work.statement_vectors = made.vectors
            people = sorted({one.participant for one in insights})
            work.people = {one: Person(id=one, label=one) for one in people}
            yield work


def clocked(spent: dict[str, float], name: str, function: Callable[..., Any]) -> Any:
    """Return a function that adds the processor's seconds of each call to `spent`."""

    def call(*words: Any, **named: Any) -> Any:
        began = time.process_time()
        try:
            return function(*words, **named)
        finally:
            spent[name] += time.process_time() - began

    return call


def measure(n: int, dimension: int, *, stability: bool) -> Measured:
    """Take n statements through the stage and return what it took."""
    spent: dict[str, float] = defaultdict(float)
    for module, name in PARTS:
        setattr(module, name, clocked(spent, name, getattr(module, name)))
    with made_work(n, dimension, stability=stability) as work:
        began, cpu = time.perf_counter(), time.process_time()
        synthesis.themes(work)
        map_of = clocked(spent, "map_of", theming.map_of)
        map_of(work, work.theme_groups, work.themes)
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Measured(
        n, seconds, cpu, held, len(work.themes), len(work.parents), dict(spent)
    )


def main() -> None:
    """Measure the sizes asked for, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--stability", type=int, nargs="*", default=[6_000])
    parser.add_argument("--dimension", type=int, default=2048)
    asked = parser.parse_args()
    sys.stdout.write("statements  seconds  of CPU  MiB held  themes  groups of them\n")
    fresh = multiprocessing.get_context("spawn")
    rows = [(n, False) for n in asked.sizes] + [(n, True) for n in asked.stability]
    for n, stability in rows:
        with fresh.Pool(1) as pool:
            one = pool.apply(measure, (n, asked.dimension), {"stability": stability})
        sys.stdout.write(
            f"{one.statements:>10,}  {one.seconds:>7.1f}  {one.cpu:>6.1f}"
            f"  {one.mebibytes:>8,.0f}  {one.themes:>6}  {one.parents:>14}\n"
        )
        for name, took in one.parts.items():
            sys.stdout.write(f"{'':>10}  {'':>7}  {took:>6.1f}  {name}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
