"""Makes the data files of the embedded analyst; run by hand, needs `../shared`.

    python scripts/train_embedded.py words    # embedding/data/weights.json
    python scripts/train_embedded.py reader   # analysts/embedded/data: reader, folds
    python scripts/train_embedded.py folds    # item F1 on the training interviews
    python scripts/train_embedded.py visits   # the Chinese threshold, fold in fold
    python scripts/train_embedded.py score    # item F1 on the reference labels

Every file that is written names its version and the SHA-256 of each text it was made
from. The interviews with reference labels are learnt from as well; a figure on one of
them is made with the fold that did not see it, here as in `eval run`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from icp_synth.analysts.embedded import model
from scripts.train.fitting import fit, fit_categories, fit_kinds
from scripts.train.labelled import (
    ROOT,
    examples,
    reference,
    single,
    visits,
)
from scripts.train.measuring import (
    Cut,
    cutting,
    f1,
    line,
    tally,
    total,
)
from scripts.train.words import count_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scripts.train.labelled import Case

DATA = ROOT / "icp_synth" / "analysts" / "embedded" / "data"
FOLDS = 8
CUT = Cut(english=0.48, chinese=0.64, join=0.8)
"""Thresholds: English by `folds`, Chinese by `visits`."""

_ENGLISH = [0.44, 0.46, 0.48, 0.5, 0.52]
_CHINESE = [0.48, 0.52, 0.56, 0.6, 0.64, 0.68]


def folds() -> dict[str, int]:
    """Return the fold that leaves each labelled interview out, by name."""
    return {
        case.name: at % FOLDS
        for of in (single(), reference(), visits())
        for at, case in enumerate(of)
    }


def train() -> None:
    """Write the weights learnt on all labelled interviews, and those of each fold."""
    cases = [*single(), *reference(), *visits()]
    without = folds()
    whole = {
        "version": 2,
        "made_by": "scripts/train_embedded.py reader",
        "thresholds": {"en": CUT.english, "zh": CUT.chinese},
        "joins": {"en": CUT.join, "zh": CUT.join},
        **fit(examples(cases)),
        "sources": {case.name: case.sha256 for case in cases},
        "folds": {case.sha256: without[case.name] for case in cases},
    }
    _write("reader.json", whole)
    parts = []
    for fold in range(FOLDS):
        seen = [case for case in cases if without[case.name] != fold]
        held_out = sorted(case.sha256 for case in cases if without[case.name] == fold)
        parts.append({"held_out": held_out, **fit(examples(seen))})
    _write("folds.json", {"version": 2, "made_by": whole["made_by"], "folds": parts})


def _write(name: str, data: Mapping[str, Any]) -> None:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (DATA / name).write_text(text + "\n", "utf-8")
    print(f"{DATA / name}: {len(text.encode())} bytes")


def leave_out() -> None:
    """Print item F1 on `single`, whole interviews left out, over thresholds."""
    more = examples([*reference(), *visits()])
    tables = []
    for fold in range(FOLDS):
        seen = [case for at, case in enumerate(single()) if at % FOLDS != fold]
        learnt = examples(seen) + more
        kinds = {"en": fit_kinds(learnt, "en"), "zh": _EMPTY}
        tables.append({"kinds": kinds, "categories": fit_categories(learnt)})
    for join in (0.75, 0.8):
        for english in _ENGLISH:
            with cutting(Cut(english=english, chinese=1.0, join=join)):
                counts = total(
                    tally(case, tables[at % FOLDS]) for at, case in enumerate(single())
                )
            print(f"{english:.2f} {join:.2f}  {line(counts)}")


_EMPTY: dict[str, Any] = {"bias": [0, 0, 0], "weights": {}}


def choose_chinese() -> None:
    """Print the threshold that the other five visits choose for each, fold in fold.

    The visit that is left out takes no part in the choice; F1 over the visits, each
    with the threshold that was chosen without it, says how good the choice is.
    """
    others = examples([*single(), *reference()])
    categories = fit_categories(others)
    counts: dict[tuple[str, str, float], Any] = {}
    cases = visits()
    for at, one in enumerate(cases):
        for two in cases[at:]:
            seen = [case for case in cases if case.name not in {one.name, two.name}]
            kinds = fit_kinds(others + examples(seen), "zh")
            table = {"kinds": {"en": _EMPTY, "zh": kinds}, "categories": categories}
            for chinese in _CHINESE:
                with cutting(Cut(english=1.0, chinese=chinese, join=CUT.join)):
                    counts[one.name, two.name, chinese] = tally(two, table)
                    counts[two.name, one.name, chinese] = tally(one, table)
    chosen = {case.name: _chosen(case, cases, counts) for case in cases}
    for name, chinese in chosen.items():
        print(f"{chinese:.2f}  chosen without {name}")
    print(line(total(counts[name, name, at] for name, at in chosen.items())))


def _chosen(case: Case, cases: tuple[Case, ...], counts: Mapping[Any, Any]) -> float:
    """Return the threshold that is best for the other visits, read without `case`."""
    rest = [other.name for other in cases if other.name != case.name]

    def worth(chinese: float) -> tuple[float, float]:
        return (f1(total(counts[case.name, name, chinese] for name in rest)), chinese)

    return max(_CHINESE, key=worth)


def score() -> None:
    """Print item F1 on the reference labels, each read by the fold that left it out."""
    for title, cases in (("creatives-en", reference()), ("visits-zh", visits())):
        found = total(
            tally(case, model.table(model.fold_of(case.sha256))) for case in cases
        )
        print(f"{title} ({len(cases)} interviews)  {line(found)}")


def main() -> None:
    """Run one command."""
    commands = {
        "words": count_words,
        "reader": train,
        "folds": leave_out,
        "visits": choose_chinese,
        "score": score,
    }
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=sorted(commands))
    commands[parser.parse_args().command]()


if __name__ == "__main__":
    main()
