"""Two baselines that any reading must beat, on the same labels and by the same rule.

`sentences`: every participant sentence is a trait. `tfidf`: words and pairs of words
of a sentence, weighted by TF-IDF, into one logistic regression for each kind; it
learns from the other interviews of the folder and never sees the one it reads. Both
give the most common category of the kind, so that only item figures are of interest.

They are kept as counts by interview beside the labels (`baselines.json`), since they
change only with the labels; `icp-synth eval baselines DIR` makes them again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from icp_synth.analysts.embedded.sentences import is_chinese, length, sentences
from icp_synth.domain.fields import KINDS, Kind
from icp_synth.domain.spans import Span
from icp_synth.domain.values import Value
from icp_synth.errors import UsageError
from icp_synth.evaluation.dataset import Case, Dataset
from icp_synth.evaluation.matching import Item, match
from icp_synth.project.files import write_atomic

FILE = "baselines.json"
SENTENCES = "baseline:sentences"
TFIDF = "baseline:tfidf"

_ABOUT = {
    SENTENCES: "every participant sentence as a trait",
    TFIDF: "TF-IDF and logistic regression by sentence, leave one interview out",
}
_CATEGORY = {"trait": "behaviour", "pain": "problem", "motivation": "desired_gain"}
_HALF = 0.5
_FEWEST = 2
_SHORTEST = 3
"""Words (or what `length` takes for words in Chinese) below which nothing is quoted."""

_STRENGTH = 10.0
"""scikit-learn's C; the usual default for sparse text, not tuned here."""


class Baseline(Value):
    """One baseline on one folder.

    Attributes:
        model: `baseline:sentences` or `baseline:tfidf`.
        about: How it reads, for people.
        cases: Interview → its item counts (`tp`, `fa`, `fn`, also by kind).
    """

    model: str
    about: str
    cases: Mapping[str, Mapping[str, int]]


class Baselines(Value):
    """Both baselines on one folder.

    Attributes:
        measured_on: Interview → SHA-256 of its label file and of its text.
        baselines: In a fixed order.
    """

    measured_on: Mapping[str, tuple[str, str]]
    baselines: tuple[Baseline, ...]


def measure_baselines(dataset: Dataset) -> Baselines:
    """Read a folder with both baselines.

    Args:
        dataset: At least two interviews.

    Raises:
        UsageError: There is but one, so that none is left to learn from.
    """
    if len(dataset.cases) < _FEWEST:
        msg = f"{dataset.name} has one interview; a baseline learns from the others."
        raise UsageError(msg, hint="Label two interviews at least.")
    units = {case.name: _units(case) for case in dataset.cases}
    all_traits = {
        name: [_item("trait", span) for span, _ in found]
        for name, found in units.items()
    }
    learnt = _leave_one_out(dataset.cases, units)
    return Baselines(
        measured_on={case.name: _hashes(case) for case in dataset.cases},
        baselines=tuple(
            Baseline(
                model=model,
                about=_ABOUT[model],
                cases={
                    case.name: _counts(case, found[case.name]) for case in dataset.cases
                },
            )
            for model, found in ((SENTENCES, all_traits), (TFIDF, learnt))
        ),
    )


def load_baselines(folder: Path, dataset: Dataset) -> tuple[Baseline, ...]:
    """Return the baselines that are kept beside labels; none where there are none.

    Args:
        folder: With the labels.
        dataset: All of its interviews, or some.

    Raises:
        UsageError: They are of other labels or texts, or no such file.
    """
    path = folder / FILE
    if not path.is_file():
        return ()
    try:
        kept = Baselines.model_validate_json(path.read_text("utf-8"))
    except ValueError as error:
        msg = f"{path} holds no baselines."
        hint = f"Make them again: icp-synth eval baselines {folder}."
        raise UsageError(msg, hint=hint) from error
    others = [
        case.name
        for case in dataset.cases
        if kept.measured_on.get(case.name) != _hashes(case)
    ]
    if others:
        msg = f"{path} is of other labels or another text of {others[0]}."
        hint = f"Make them again: icp-synth eval baselines {folder}."
        raise UsageError(msg, hint=hint)
    return kept.baselines


def write_baselines(folder: Path, baselines: Baselines) -> Path:
    """Keep baselines beside their labels; returns the file."""
    path = folder / FILE
    body: dict[str, Any] = baselines.model_dump(mode="json")
    write_atomic(path, json.dumps(body, ensure_ascii=False, indent=1) + "\n")
    return path


def _hashes(case: Case) -> tuple[str, str]:
    return case.label_sha256, case.transcript.text_sha256


def _units(case: Case) -> list[tuple[Span, str]]:
    text = case.transcript.text
    return [
        (Span(start=start, end=end), text[start:end])
        for turn in case.transcript.turns
        if turn.speaks == "participant"
        for piece in sentences(text[turn.start : turn.end])
        for start, end in [(turn.start + piece.start, turn.start + piece.end)]
        if length(text[start:end]) >= _SHORTEST
    ]


def _item(kind: Kind, span: Span) -> Item:
    return Item(kind=kind, category=_CATEGORY[kind], spans=(span,))


def _counts(case: Case, predicted: Sequence[Item]) -> dict[str, int]:
    """Count by the codebook's rule, as `scoring.score` does for readings."""
    labels = case.labels.labels
    agreed, optional = (
        [
            Item(kind=one.kind, category=one.category, spans=one.spans)
            for one in labels
            if one.status == status
        ]
        for status in ("agreed", "optional")
    )
    matching = match(agreed, optional, predicted)
    counts = {f"{name}{of}": 0 for name in ("tp", "fa", "fn") for of in _OF}
    outcomes: list[tuple[str, Kind]] = [
        *(("tp", agreed[pair.label].kind) for pair in matching.pairs),
        *(("fn", agreed[at].kind) for at in matching.missed),
        *(("fa", predicted[at].kind) for at in matching.false_alarms),
    ]
    for name, kind in outcomes:
        counts[name] += 1
        counts[f"{name}.{kind}"] += 1
    return counts


_OF = ("", *(f".{kind}" for kind in KINDS))


def _leave_one_out(
    cases: Sequence[Case], units: Mapping[str, Sequence[tuple[Span, str]]]
) -> dict[str, list[Item]]:
    """Read each interview with what was learnt from all others."""
    found = {}
    for case in cases:
        others = [one for one in cases if one.name != case.name]
        found[case.name] = _read(units[case.name], others, units)
    return found


def _read(
    here: Sequence[tuple[Span, str]],
    others: Sequence[Case],
    units: Mapping[str, Sequence[tuple[Span, str]]],
) -> list[Item]:
    """Return each sentence once for each kind that is more likely there than not."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    texts = [text for case in others for _, text in units[case.name]]
    if not here or not texts:
        return []
    # Chinese has no spaces: single characters and pairs of them are its words.
    words = TfidfVectorizer(
        analyzer="char" if any(map(is_chinese, texts)) else "word",
        ngram_range=(1, 2),
        min_df=min(2, len(texts)),
    )
    known = words.fit_transform(texts)
    asked = words.transform([text for _, text in here])
    items = []
    for kind in KINDS:
        held = [
            _holds(case, span, kind) for case in others for span, _ in units[case.name]
        ]
        if all(held) or not any(held):
            continue
        model = LogisticRegression(C=_STRENGTH, max_iter=1000, class_weight="balanced")
        said = model.fit(known, held).predict(asked).tolist()
        items += [
            _item(kind, span) for yes, (span, _) in zip(said, here, strict=True) if yes
        ]
    return items


def _holds(case: Case, span: Span, kind: Kind) -> bool:
    """Tell whether a sentence shares half of the shorter with a label of a kind."""
    return any(
        quote.overlap_of_shorter(span) >= _HALF
        for label in case.labels.labels
        if label.kind == kind
        for quote in label.spans
    )
