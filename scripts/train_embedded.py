"""Makes the data files of the embedded analyst; run by hand, needs `../shared`.

    python scripts/train_embedded.py words    # embedding/data/weights.json
    python scripts/train_embedded.py reader   # analysts/embedded/data/reader.json
    python scripts/train_embedded.py folds    # item F1, interviews left out
    python scripts/train_embedded.py score    # item F1 on the reference labels

Every file that is written names its version and the SHA-256 of each text it was made
from. The sixteen English and six Chinese interviews with reference labels are read by
`score` alone, never by a command that writes.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import math
import re
import sys
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from icp_synth.analysts.embedded import model  # noqa: E402
from icp_synth.analysts.embedded.analyst import EmbeddedAnalyst  # noqa: E402
from icp_synth.analysts.embedded.features import (  # noqa: E402
    Read,
    Segment,
    is_asked,
    is_word,
    read,
)
from icp_synth.analysts.embedded.sentences import segments  # noqa: E402
from icp_synth.domain.fields import KINDS, Kind  # noqa: E402
from icp_synth.domain.passages import Rendered, RenderedTurn  # noqa: E402
from icp_synth.embedding.concepts import in_characters, in_words, lexicon  # noqa: E402
from icp_synth.embedding.words import is_cjk, pieces  # noqa: E402

SHARED = ROOT.parent / "shared" / "data"
READER = ROOT / "icp_synth" / "analysts" / "embedded" / "data" / "reader.json"
WORDS = ROOT / "icp_synth" / "embedding" / "data" / "weights.json"

_MIN_HOLDERS = 4
"""Interviews that must hold a feature before it gets a weight."""

_MIN_CATEGORY = 14
_STRENGTH = 0.2
_WORD_SHARE = 0.4
_LEAST = 0.004
_FOLDS = 8
_THRESHOLDS = {"en": 0.37, "zh": 0.43}
_SENTENCE = re.compile(r"[^.!?\n。！？；]+")
_POWER = 1.0
_MIN_DOCUMENTS = 5
_MIN_PAIRS = 15
_COHESION = 3.0


def sha256(text: str) -> str:
    """Return the SHA-256 of the text's UTF-8, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def scoring_names() -> set[str]:
    """Return the names of the interviews that nothing may be learnt from."""
    folders = ("labels-creatives-en", "labels-visits-zh")
    return {
        path.stem
        for folder in folders
        for path in (SHARED / folder / "reference").glob("*.json")
    }


def corpus() -> Iterator[tuple[str, str]]:
    """Yield name and text of every unlabelled or training text, in a fixed order."""
    held_out = scoring_names()
    table = SHARED / "creatives-en" / "creatives_transcripts.csv"
    csv.field_size_limit(1 << 24)
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["transcript_id"] not in held_out:
                yield f"creatives-en/{row['transcript_id']}", row["text"]
    for path in sorted((SHARED / "first-time-managers-en").glob("ESTR*.txt")):
        yield f"first-time-managers-en/{path.name}", path.read_text("utf-8")
    bare = {re.sub(r"[^\w]", "", name) for name in held_out}
    for folder in ("zh_visits", "zh_interviews"):
        for path in sorted((SHARED / "visits-zh" / folder).glob("*.md")):
            if re.sub(r"[^\w]", "", path.stem) not in bare:
                yield f"visits-zh/{folder}/{path.name}", path.read_text("utf-8")


def count_words() -> None:
    """Write the weight table: how common each word is in interview talk."""
    counts: dict[str, Counter[str]] = {
        "english": Counter(),
        "chinese": Counter(),
        "concepts": Counter(),
    }
    totals: Counter[str] = Counter()
    sources = {}
    for name, text in corpus():
        sources[name] = sha256(text)
        for sentence in _SENTENCE.findall(text):
            found = pieces(sentence)
            words = [piece for piece in found if not is_cjk(piece)]
            runs = [piece for piece in found if is_cjk(piece)]
            if len(words) + sum(map(len, runs)) < 4:
                continue
            totals["chinese" if runs else "english"] += 1
            totals["concepts"] += 1
            counts["english"].update(set(words))
            counts["chinese"].update({*"".join(runs)})
            counts["chinese"].update(
                {run[at : at + 2] for run in runs for at in range(len(run) - 1)}
            )
            concepts = {*in_words(words)}
            for run in runs:
                concepts.update(in_characters(run, frozenset()))
            counts["concepts"].update(concepts)
    unknown = [name for name in lexicon().names if not counts["concepts"][name]]
    print("concepts never met:", ", ".join(unknown))
    data = {
        "version": 1,
        "made_by": "scripts/train_embedded.py words",
        "sentences": dict(sorted(totals.items())),
        "english": _weights(counts["english"], totals["english"]),
        "chinese": _weights(counts["chinese"], totals["chinese"]),
        "concepts": _weights(counts["concepts"], totals["concepts"]),
        "sources": sources,
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    WORDS.write_text(text + "\n", "utf-8")
    print(f"{WORDS}: {len(text)} characters, {len(sources)} texts, {dict(totals)}")


def _weights(counts: Counter[str], total: int) -> dict[str, int]:
    """Weigh words by rarity; a pair of characters also by how it holds together."""
    top = math.log(total)
    weights = {}
    for word, count in sorted(counts.items()):
        pair = len(word) == 2 and is_cjk(word)
        if count < (_MIN_PAIRS if pair else _MIN_DOCUMENTS):
            continue
        share = min(1.0, 1.25 * math.log(total / min(count, total)) / top)
        weight = share**_POWER
        if pair:
            chance = counts[word[0]] * counts[word[1]] / total
            weight *= min(1.0, max(0.0, math.log(count / chance)) / _COHESION)
        weights[word] = round(100 * weight)
    return weights


@dataclass(frozen=True)
class Case:
    """One labelled interview: text, turns as an analyst sees them, labels."""

    name: str
    text: str
    rendered: Rendered
    labels: list[dict[str, Any]]


@dataclass(frozen=True)
class Example:
    """One segment: place in the text, features, and the labelled kinds."""

    start: int
    end: int
    read: Read
    truth: Mapping[Kind, str]


def load(
    folder: str, labels: str, heads: re.Pattern[str], asks: set[str]
) -> list[Case]:
    """Return the labelled interviews of a folder, in order of name."""
    cases = []
    for path in sorted((SHARED / folder / labels).glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        text = (SHARED / folder / "texts" / f"{path.stem}.txt").read_text("utf-8")
        found = list(heads.finditer(text))
        turns = []
        for at, head in enumerate(found):
            end = found[at + 1].start() if at + 1 < len(found) else len(text)
            words = text[head.end() : end].rstrip()
            asked = head["who"] in asks
            turns.append(
                RenderedTurn(
                    number=at,
                    speaks="interviewer" if asked else "participant",
                    participant=None if asked else head["who"],
                    use="context" if asked else "body",
                    text=words,
                    start=head.end(),
                )
            )
        language = "zh" if "zh" in folder else "en"
        rendered = Rendered(
            window="w", transcript=path.stem, language=language, turns=tuple(turns)
        )
        cases.append(Case(path.stem, text, rendered, data["labels"]))
    return cases


def english(labels: str) -> list[Case]:
    """Return the labelled English interviews of `single` or `reference`."""
    heads = re.compile(r"^(?P<who>User|AI|Assistant): ", re.MULTILINE)
    return load("labels-creatives-en", labels, heads, {"AI", "Assistant"})


def chinese() -> list[Case]:
    """Return the six Chinese visits."""
    heads = re.compile(r"^### (?P<who>[^\n：]+)：\n", re.MULTILINE)
    asks = {"唐鳳", "Audrey Tang", "黃子維", "詹壹雯", "口譯人員"}
    return load("labels-visits-zh", "reference", heads, asks)


def examples(case: Case) -> list[Example]:
    """Return the segments of an interview with the labels that stand in them."""
    places: list[tuple[int, int, Read]] = []
    question = ""
    for turn in case.rendered.turns:
        if turn.speaks != "participant":
            question = turn.text
            continue
        found = segments(turn.text)
        for index, piece in enumerate(found):
            segment = Segment(
                piece.of(turn.text), question, index, case.rendered.language
            )
            start, end = turn.start + piece.start, turn.start + piece.end
            places.append((start, end, read(segment)))
    truth: list[dict[Kind, str]] = [{} for _ in places]
    for label in case.labels:
        for quote in label["quotes"]:
            shares = [_overlap((start, end), quote) for start, end, _ in places]
            best = max(range(len(places)), key=lambda at: shares[at])
            if shares[best] > 0:
                truth[best].setdefault(label["kind"], label["category"])
    return [Example(*place, own) for place, own in zip(places, truth, strict=True)]


def _overlap(place: tuple[int, int], quote: Mapping[str, int]) -> float:
    """Return the shared characters where they are half of the shorter, else 0."""
    shared = min(place[1], quote["end"]) - max(place[0], quote["start"])
    shorter = min(place[1] - place[0], quote["end"] - quote["start"])
    return float(shared) if shared > 0 and shared / shorter >= 0.5 else 0.0


def fit(cases: Sequence[list[Example]]) -> dict[str, Any]:
    """Return the weights learnt on interviews, in the shape of `reader.json`."""
    flat = [example for case in cases for example in case]
    holders = Counter(
        name
        for case in cases
        for name in {name for example in case for name in example.read.features}
    )
    known = sorted(name for name, count in holders.items() if count >= _MIN_HOLDERS)
    plain = [name for name in known if not is_word(name)]
    kinds = {
        language: _fit_kinds(flat, [name for name in names if not is_asked(name)])
        for language, names in (("en", known), ("zh", plain))
    }
    return {"kinds": kinds, "categories": _fit_categories(flat, plain)}


def _fit_kinds(flat: list[Example], names: list[str]) -> dict[str, Any]:
    matrix, scale = _matrix(flat, names)
    bias, columns = [], []
    for kind in KINDS:
        target = np.array([kind in example.truth for example in flat])
        inner, weights = _logistic(matrix, target, strength=_STRENGTH)
        bias.append(round(inner, 3))
        columns.append(weights * scale)
    rows = {
        name: [round(float(column[at]), 3) for column in columns]
        for at, name in enumerate(names)
    }
    rows = {name: row for name, row in rows.items() if max(map(abs, row)) >= _LEAST}
    return {"bias": bias, "weights": rows}


def _fit_categories(flat: list[Example], names: list[str]) -> dict[str, Any]:
    found = {}
    for kind in KINDS:
        own = [example for example in flat if kind in example.truth]
        matrix, scale = _matrix(own, names)
        counts = Counter(example.truth[kind] for example in own)
        for category, count in sorted(counts.items()):
            if count < _MIN_CATEGORY:
                continue
            target = np.array([example.truth[kind] == category for example in own])
            bias, weights = _logistic(matrix, target, strength=_STRENGTH)
            found[category] = {
                "bias": round(bias, 3),
                "weights": {
                    name: round(float(weight), 3)
                    for name, weight in zip(names, weights * scale, strict=True)
                    if abs(weight) >= _LEAST
                },
            }
    return found


def _matrix(flat: list[Example], names: list[str]) -> tuple[Any, Any]:
    from scipy.sparse import csr_matrix

    places = {name: at for at, name in enumerate(names)}
    rows, columns, values = [], [], []
    for row, example in enumerate(flat):
        for name, value in example.read.features.items():
            if name in places:
                rows.append(row)
                columns.append(places[name])
                values.append(value)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(flat), len(names)))
    held = np.bincount(matrix.nonzero()[1], minlength=len(names))
    rarity = _WORD_SHARE * np.log(len(flat) / (1 + held)) / 3
    scale = np.array(
        [rarity[at] if is_word(name) else 1.0 for at, name in enumerate(names)]
    )
    return matrix.multiply(scale).tocsr(), scale


def _logistic(matrix: Any, target: Any, *, strength: float) -> tuple[float, Any]:
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=strength, max_iter=1000).fit(matrix, target)
    return float(fitted.intercept_[0]), fitted.coef_[0]


Prediction = tuple[Kind, int, int]
"""Kind, start and end of a predicted quote."""


def count_items(
    labels: Sequence[Mapping[str, Any]], predicted: Sequence[list[Prediction]]
) -> Counter[tuple[str, str]]:
    """Count right, false and missed items by kind, by the codebook's rule.

    Args:
        labels: The labels of one interview.
        predicted: Its predicted items, each with all its quotes.
    """
    from scipy.optimize import linear_sum_assignment

    def worth(label: Mapping[str, Any], item: list[Prediction]) -> float:
        if label["kind"] != item[0][0]:
            return 0.0
        best = 0.0
        for quote in label["quotes"]:
            for _, start, end in item:
                shorter = min(end - start, quote["end"] - quote["start"])
                best = max(best, _overlap((start, end), quote) / shorter)
        return 1000.0 + best if best else 0.0

    def pairs(own: list[Any], items: list[list[Prediction]]) -> list[tuple[int, int]]:
        if not own or not items:
            return []
        table = np.array([[worth(label, item) for item in items] for label in own])
        rows, columns = linear_sum_assignment(-table)
        pairs = zip(rows.tolist(), columns.tolist(), strict=True)
        return [(i, j) for i, j in pairs if table[i, j] > 0]

    agreed = [label for label in labels if label["status"] != "optional"]
    optional = [label for label in labels if label["status"] == "optional"]
    items = list(predicted)
    matched = pairs(agreed, items)
    left = [item for at, item in enumerate(items) if at not in {j for _, j in matched}]
    neutral = {j for _, j in pairs(optional, left)}
    counts: Counter[tuple[str, str]] = Counter()
    counts.update((agreed[i]["kind"], "right") for i, _ in matched)
    hit = {i for i, _ in matched}
    counts.update(
        (label["kind"], "missed") for i, label in enumerate(agreed) if i not in hit
    )
    counts.update(
        (item[0][0], "false") for j, item in enumerate(left) if j not in neutral
    )
    return counts


def line(counts: Counter[tuple[str, str]]) -> str:
    """Return precision, recall and F1 over all kinds and by kind."""
    parts = []
    for kind in ("all", *KINDS):
        of = [name for name in KINDS if kind in {"all", name}]
        right, false, missed = (
            sum(counts[name, what] for name in of)
            for what in ("right", "false", "missed")
        )
        score = 2 * right / max(1, 2 * right + false + missed)
        precision, recall = (
            right / max(1, right + false),
            right / max(1, right + missed),
        )
        parts.append(f"{kind} F1 {score:.3f} (P {precision:.2f} R {recall:.2f})")
    return " · ".join(parts)


def predictions(case: Case) -> list[list[Prediction]]:
    """Return what the analyst finds, with places in the text."""
    found = []
    for draft in EmbeddedAnalyst().extract(case.rendered).drafts:
        quotes = []
        for quote in draft.quotes:
            turn = case.rendered.turns[quote.turn]
            start = turn.start + turn.text.index(quote.text)
            quotes.append((draft.kind, start, start + len(quote.text)))
        found.append(quotes)
    return found


def leave_out() -> None:
    """Print item F1 with whole interviews left out of training, over thresholds."""
    cases = english("single")
    read_cases = [examples(case) for case in cases]
    held: list[dict[str, Any]] = [{}] * len(cases)
    for fold in range(_FOLDS):
        inside = [own for at, own in enumerate(read_cases) if at % _FOLDS != fold]
        learnt = fit(inside)
        for at in range(fold, len(cases), _FOLDS):
            held[at] = learnt
    for language in ("en", "zh"):
        chances = [
            [model.kinds(example.read, language, table) for example in own]
            for own, table in zip(read_cases, held, strict=True)
        ]
        for least in np.arange(0.28, 0.50, 0.02):
            total: Counter[tuple[str, str]] = Counter()
            for case, own, rows in zip(cases, read_cases, chances, strict=True):
                items = [
                    [(max(row, key=row.__getitem__), one.start, one.end)]
                    for one, row in zip(own, rows, strict=True)
                    if max(row.values()) >= least
                ]
                total += count_items(case.labels, items)
            print(f"{language} {least:.2f}  {line(total)}")
    # The whole analyst, reading each interview with weights that did not see it.
    total = Counter()
    hits: Counter[str] = Counter()
    for case, own, table in zip(cases, read_cases, held, strict=True):
        with borrowed(table):
            total += count_items(case.labels, predictions(case))
        for example in own:
            for kind, category in example.truth.items():
                hits[kind] += model.category(example.read, kind, table) == category
                hits[f"{kind} of"] += 1
    print("analyst ", line(total))
    print(
        "category", {kind: round(hits[kind] / hits[f"{kind} of"], 3) for kind in KINDS}
    )


@contextmanager
def borrowed(table: Mapping[str, Any]) -> Iterator[None]:
    """Let the analyst read with other weights for a while."""
    shipped = model.weights
    whole = {**table, "thresholds": _THRESHOLDS}
    model.weights = lambda: whole  # type: ignore[assignment]
    try:
        yield
    finally:
        model.weights = shipped


def train() -> None:
    """Write the weights learnt on the thirty-two interviews of `single`."""
    cases = english("single")
    data = {
        "version": 1,
        "made_by": "scripts/train_embedded.py reader",
        "thresholds": _THRESHOLDS,
        **fit([examples(case) for case in cases]),
        "sources": {case.name: sha256(case.text) for case in cases},
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    READER.write_text(text + "\n", "utf-8")
    print(f"{READER}: {len(text)} characters, {len(cases)} interviews")


def score() -> None:
    """Print item F1 of the shipped analyst on the reference labels."""
    for name, cases in (
        ("creatives-en", english("reference")),
        ("visits-zh", chinese()),
    ):
        total: Counter[tuple[str, str]] = Counter()
        items = 0
        for case in cases:
            found = predictions(case)
            items += len(found)
            total += count_items(case.labels, found)
        print(f"{name} ({len(cases)} interviews, {items} items)  {line(total)}")


def main() -> None:
    """Run one command."""
    commands = {
        "words": count_words,
        "reader": train,
        "folds": leave_out,
        "score": score,
    }
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=sorted(commands))
    commands[parser.parse_args().command]()


if __name__ == "__main__":
    main()
