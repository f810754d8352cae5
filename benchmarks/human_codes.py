"""How our reading compares with what people coded for other purposes.

    python -m benchmarks.human_codes --shared DIR
    python -m benchmarks.human_codes --shared DIR --model gpt-4.1 --project P

DIR holds `requirements-interview-en` and `games-as-art-coded`. Without `--model` the
embedded analyst reads; with it a model does, through the project P, whose missing
answers can be made and taken in with `icp-synth batch export` and `batch import`.

Neither set was coded with our codebook: the first marks turns that matter to
requirements, the second what makes a game art. So this says whether a reading looks
where people looked, not whether it is right. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.human_marks import (
    LABELS,
    Coded,
    Stretch,
    Turn,
    commented,
    marked,
    moved,
    transcript_of,
    turns,
)
from icp_synth import Project, extract
from icp_synth.errors import IcpSynthError, SourceRefused
from icp_synth.evaluation.agreement import agreement
from icp_synth.evaluation.resampling import Estimate, micro_estimate
from icp_synth.evaluation.tallies import Counts, micro
from icp_synth.stages.ground.sentences import sentences

INTERVIEW: Final = "requirements.txt"
INTERVIEWEE: Final = "Interviewee"
WORKBOOK: Final = "requirements-interview-en/results/POS - Wiki.xlsx"
GAMES: Final = "games-as-art-coded/test_data/"
COMPARED: Final = "games-as-art-coded/test_results/bopp_test_human-llm-comparison.csv"


def covers(one: Stretch, other: Stretch) -> bool:
    """Tell whether two stretches overlap by half of the shorter, as labels do."""
    overlap = min(one[1], other[1]) - max(one[0], other[0])
    shorter = min(one[1] - one[0], other[1] - other[0])
    return shorter > 0 and 2 * overlap >= shorter


def hit(units: Sequence[Stretch], spans: Sequence[Stretch]) -> list[bool]:
    """Return for each unit whether a span covers it."""
    return [any(covers(unit, span) for span in spans) for unit in units]


class Readings:
    """The quotes of a reading, text by text.

    Args:
        texts: Name of a file → its text.
        model: None for the embedded analyst.
        project: Where a model's answers are kept.
    """

    def __init__(
        self, texts: Mapping[str, str], *, model: str | None, project: Path
    ) -> None:
        self.refused: list[str] = []
        self._quotes: dict[str, list[Stretch]] = {name: [] for name in texts}
        if model is None:
            self._embedded(texts)
        else:
            self._by_model(texts, model, project)

    def __getitem__(self, name: str) -> list[Stretch]:
        """Return the quotes of one text."""
        return self._quotes[name]

    def _embedded(self, texts: Mapping[str, str]) -> None:
        for name, text in texts.items():
            mine = (INTERVIEWEE,) if name == INTERVIEW else ()
            try:
                found = extract(
                    text, name=name, participants=mine, single_speaker=not mine
                )
            except SourceRefused:
                self.refused.append(name)
                continue
            for one in found.insights:
                self._quotes[name] += [(q.start, q.end) for q in one.quotes]

    def _by_model(self, texts: Mapping[str, str], model: str, project: Path) -> None:
        folder = project / "texts"
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, "utf-8", newline="\n")
        study = Project(project)
        ended = study.run(
            folder, model=model, participants=(INTERVIEWEE,), single_speaker=True
        )
        if "extract" in ended.pending_steps:
            sys.exit(ended.message)
        made = study.synthesis()
        paths = {one.id: Path(one.path).name for one in made.transcripts}
        self.refused = sorted(texts.keys() - set(paths.values()))
        for one in made.insights:
            name = paths[one.transcript]
            self._quotes[name] += [(q.start, q.end) for q in one.quotes]


def _line(
    name: str,
    against: str,
    pairs: Sequence[tuple[str, Sequence[bool], Sequence[bool]]],
) -> str:
    """Return a row of a table.

    Args:
        name: Whose reading.
        against: What it is held against.
        pairs: Of each interview or answer its name, whether each unit is labelled,
            and whether it is read.
    """
    counts = [
        Counts(
            interview=case,
            tp=sum(a and b for a, b in zip(gold, read, strict=True)),
            fa=sum(b and not a for a, b in zip(gold, read, strict=True)),
            fn=sum(a and not b for a, b in zip(gold, read, strict=True)),
        )
        for case, gold, read in pairs
    ]
    figures = []
    for tallies in (
        [one.precision() for one in counts],
        [one.recall() for one in counts],
        [one.f1() for one in counts],
    ):
        # One interview says nothing about others: no interval.
        alone = len(counts) == 1
        figures.append(
            Estimate(value=micro(tallies)) if alone else micro_estimate(tallies)
        )
    flat = [
        ["yes" if one else "no" for pair in pairs for one in pair[side]]
        for side in (1, 2)
    ]
    both = agreement(flat, scale=("no", "yes"), draws=1)
    base, cited = (side.count("yes") / len(side) for side in flat)
    cells = [name, against, str(len(flat[0])), f"{base:.2f}", f"{cited:.2f}"]
    cells += [_shown(one) for one in figures]
    cells += [_shown(Estimate(value=one.value)) for one in (both.kappa, both.ac1)]
    return f"| {' | '.join(cells)} |"


def _shown(one: Estimate) -> str:
    if one.value is None:
        return "n/a"
    if one.low is None or one.high is None:
        return f"{one.value:.2f}"
    return f"{one.value:.2f} ({one.low:.2f}-{one.high:.2f})"


def _head(unit: str) -> str:
    names = ["reading", "against", unit, "base rate", "cited"]
    names += ["precision", "recall", "F1", "kappa", "AC1"]
    return f"| {' | '.join(names)} |\n|{' --- |' * len(names)}"


def longest(units: Sequence[Stretch], number: int) -> list[bool]:
    """Return the yardstick that reads nothing: as many of the longest units."""
    ranked = sorted(range(len(units)), key=lambda at: units[at][0] - units[at][1])
    chosen = set(ranked[:number])
    return [at in chosen for at in range(len(units))]


def requirements(
    interview: Sequence[Turn], quotes: Sequence[Stretch], who: str
) -> list[str]:
    """Return the table of turns of one interview."""
    _, places = transcript_of(interview)
    # A turn is cited by any quote in it, however short.
    cited = [any(a < e and s < b for s, e in quotes) for a, b in places]
    own = [at for at, one in enumerate(interview) if one.speaker == INTERVIEWEE]
    read = [cited[at] for at in own]
    by_length = longest([places[at] for at in own], sum(read))
    every = [True] * len(own)
    lines = [_head("turns")]
    for label in LABELS:
        gold = [label in interview[at].labels for at in own]
        lines.append(_line(who, label, [(INTERVIEW, gold, read)]))
        if label == LABELS[0]:
            for name, other in (("longest turns", by_length), ("every turn", every)):
                lines.append(_line(name, label, [(INTERVIEW, gold, other)]))
    gold = [LABELS[0] in one.labels for one in interview]
    lines.append(_line(who, "relevant, interviewers too", [(INTERVIEW, gold, cited)]))
    return lines


@dataclass(frozen=True)
class Games:
    """Answers coded by people and by another tool's model, in one order.

    Attributes:
        people: By the authors of the data set.
        coder: By a coder of their group; whether it was another person, and coded
            apart, nobody says. So it is only something like a ceiling.
        machine: By a model, as the authors' tool had it.
    """

    people: tuple[Coded, ...]
    coder: tuple[Coded, ...]
    machine: tuple[Coded, ...]

    @classmethod
    def read(cls, folder: Path) -> Games:
        """Read the files of the data set."""
        people = commented(folder / "games_as_art" / "bopp_test_input.docx")
        others = {
            _key(one.text): one
            for one in commented(folder / "bopp_test_augmented_1.docx")
        }
        path = folder / "games_as_art" / "bopp_test_coded_texts.csv"
        rows = csv.DictReader(io.StringIO(path.read_text("utf-8"), newline=""))
        made = [marked(row["coded_text"]) for row in rows]
        pairs = zip(people, made, strict=True)
        return cls(
            people=tuple(people),
            coder=tuple(moved(others[_key(one.text)], one.text) for one in people),
            machine=tuple(moved(found, one.text) for one, found in pairs),
        )


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()


def games(found: Games, quotes: Sequence[Sequence[Stretch]], who: str) -> list[str]:
    """Return the table of sentences of open answers."""
    units = [sentences(one.text) for one in found.people]
    gold = [hit(u, one.spans) for u, one in zip(units, found.people, strict=True)]

    def row(name: str, reading: Sequence[Sequence[bool]]) -> str:
        cases = [f"answer-{at:03}" for at in range(len(gold))]
        return _line(name, "people", list(zip(cases, gold, reading, strict=True)))

    ours = [hit(u, spans) for u, spans in zip(units, quotes, strict=True)]
    coder = [hit(u, one.spans) for u, one in zip(units, found.coder, strict=True)]
    machine = [hit(u, one.spans) for u, one in zip(units, found.machine, strict=True)]
    every = [[True] * len(one) for one in units]
    by_length = [longest(u, sum(r)) for u, r in zip(units, ours, strict=True)]
    lines = [_head("sentences"), row("a second coding", coder)]
    lines += [row("their tool's model", machine), row(who, ours)]
    return [*lines, row("longest sentences", by_length), row("every sentence", every)]


def codes_as_text(path: Path) -> str:
    """Say how often a person and a model wrote the same codes for an answer."""
    # Windows-1252, as the table that it was made from.
    text = path.read_bytes().decode("cp1252")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    sides = [
        [_codes(row[name]) for row in rows] for name in ("human_codes", "gpt_codes")
    ]
    both = sum(len(a & b) for a, b in zip(*sides, strict=True))
    human, machine = (sum(map(len, side)) for side in sides)
    equal = sum(a == b for a, b in zip(*sides, strict=True))
    return (
        f"{len(rows)} answers have one person's codes and one model's, as free text:"
        f" {equal} lists are the same; of {human} human and {machine} machine codes"
        f" {both} are word for word the same. No second person coded them."
    )


def _codes(text: str) -> frozenset[str]:
    return frozenset(code for one in text.split(";") if (code := _key(one)))


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, metavar="DIR")
    parser.add_argument("--model", help="as for `icp-synth run`")
    parser.add_argument("--project", type=Path, default=Path(".human-codes"))
    said = parser.parse_args()
    interview = turns(said.shared / WORKBOOK)
    found = Games.read(said.shared / GAMES)
    names = [f"answer-{at:03}.txt" for at in range(1, len(found.people) + 1)]
    texts = dict(zip(names, (one.text for one in found.people), strict=True))
    texts[INTERVIEW] = transcript_of(interview)[0]
    readings = Readings(texts, model=said.model, project=said.project)
    who = said.model or "embedded"
    print("One interview, so no interval; the turns of its interviewee:\n")
    print("\n".join(requirements(interview, readings[INTERVIEW], who)))
    print(f"\n{len(names)} open answers, intervals over answers:\n")
    print("\n".join(games(found, [readings[name] for name in names], who)))
    for name, coded in (("second", found.coder), ("model's", found.machine)):
        lost = sum(one.lost for one in coded)
        kept = sum(len(one.spans) for one in coded)
        print(f"\nOf the {name} marks {lost} of {lost + kept} are not in the text.")
    print(f"\nAnswers that could not be read: {len(readings.refused)}.")
    print(f"\n{codes_as_text(said.shared / COMPARED)}")


if __name__ == "__main__":
    try:
        main()
    except IcpSynthError as error:
        sys.exit(str(error))
