"""Fit the linear model of the embedded analyst; weights come out as whole numbers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from icp_synth.analysts.embedded.features import is_word
from icp_synth.analysts.embedded.model import UNIT
from icp_synth.domain.fields import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scripts.train.labelled import Example

_FEWEST = {"w:": 2, "p:": 3, "n:": 3, "q:": 5}
"""Segments that must hold a feature of a family; of all others 2."""

_MOST_ASKED = 0.5
"""Share of segments above which a word of the question tells nothing."""

_WORDS = {"w:": 1.3, "p:": 0.5, "n:": 0.5, "q:": 0.3}
"""How much a family counts beside the others: a feature's scale before it is fitted."""

_CONCEPTS = 0.2
_OWN = 0.25
_NEIGHBOURS = {"en": 0.1, "zh": 0.25}
_STRENGTH = {"en": 1.0, "zh": 0.3}
_OTHER_LANGUAGE = {"en": 0.0, "zh": 0.6}
"""Weight of a segment of the other language: English teaches Chinese, not back."""

_MIN_CATEGORY = 14
_CATEGORY_STRENGTH = 0.5
_LEAST = 10
_LEAST_WORD = 50
"""Thousandths; a smaller weight moves nothing (words count by their share)."""


class _Matrix(NamedTuple):
    names: list[str]
    scale: Any
    values: Any


def fit(examples: Sequence[Example]) -> dict[str, Any]:
    """Return kinds by language and categories, in the shape of `reader.json`."""
    return {
        "kinds": {language: fit_kinds(examples, language) for language in ("en", "zh")},
        "categories": fit_categories(examples),
    }


def fit_kinds(examples: Sequence[Example], language: str) -> dict[str, Any]:
    """Fit one logistic regression a kind, classes balanced within each language."""
    from sklearn.linear_model import LogisticRegression

    own = np.array([one.language == language for one in examples])
    rest = _OTHER_LANGUAGE[language]
    if not rest:
        examples = [one for one, keep in zip(examples, own, strict=True) if keep]
        own = own[own]
    matrix = _matrix(examples, language, own)
    bias, columns = [], []
    for kind in KINDS:
        target = np.array([kind in one.truth for one in examples])
        weight = np.zeros(len(examples))
        for part, share in ((own, 1.0), (~own, rest)):
            if part.any():
                often = target[part].mean()
                balance = np.where(target[part], 0.5 / often, 0.5 / (1 - often))
                weight[part] = share * balance
        fitted = LogisticRegression(
            C=_STRENGTH[language], solver="liblinear", max_iter=300
        ).fit(matrix.values, target, sample_weight=weight)
        weights = fitted.coef_[0]
        bias.append(_whole(fitted.intercept_[0] + weights[-1]))
        columns.append(weights[:-1] * matrix.scale)
    rows = {
        name: [_whole(column[at]) for column in columns]
        for at, name in enumerate(matrix.names)
    }
    kept = {
        name: row
        for name, row in rows.items()
        if max(map(abs, row)) >= (_LEAST_WORD if is_word(name) else _LEAST)
    }
    return {"bias": bias, "weights": kept}


def fit_categories(examples: Sequence[Example]) -> dict[str, Any]:
    """Fit each category against the others of its kind, without words."""
    from sklearn.linear_model import LogisticRegression

    found = {}
    for kind in KINDS:
        own = [one for one in examples if kind in one.truth]
        matrix = _matrix(own, "", np.ones(len(own), dtype=bool))
        counts = Counter(one.truth[kind] for one in own)
        for category, count in sorted(counts.items()):
            if count < _MIN_CATEGORY:
                continue
            target = np.array([one.truth[kind] == category for one in own])
            fitted = LogisticRegression(
                C=_CATEGORY_STRENGTH, solver="liblinear", max_iter=300
            ).fit(matrix.values, target)
            weights = fitted.coef_[0]
            rows = {
                name: _whole(weight)
                for name, weight in zip(
                    matrix.names, weights[:-1] * matrix.scale, strict=True
                )
            }
            found[category] = {
                "bias": _whole(fitted.intercept_[0] + weights[-1]),
                "weights": {n: w for n, w in rows.items() if abs(w) >= _LEAST},
            }
    return found


def _matrix(examples: Sequence[Example], language: str, own: Any) -> _Matrix:
    """Return scaled features; the last column is 1 in the language that is fitted."""
    from scipy.sparse import csr_matrix

    counts = Counter(
        name
        for one in examples
        for name in one.read.features
        if not is_word(name) or language == one.language
    )
    most = _MOST_ASKED * len(examples)
    names = sorted(
        name
        for name, count in counts.items()
        if count >= _FEWEST.get(name[:2], 2)
        and not (name.startswith("q:") and count > most)
    )
    places = {name: at for at, name in enumerate(names)}
    many = int(own.sum())
    scale = np.array([_scale(name, language, counts[name], many) for name in names])
    rows, columns, values = [], [], []
    for row, one in enumerate(examples):
        for name, value in one.read.features.items():
            at = places.get(name)
            if at is None or (is_word(name) and language != one.language):
                continue
            rows.append(row)
            columns.append(at)
            values.append(value * scale[at])
        if language != "" and own[row] and not own.all():
            rows.append(row)
            columns.append(len(names))
            values.append(1.0)
    shape = (len(examples), len(names) + 1)
    matrix = csr_matrix((values, (rows, columns)), shape=shape)
    matrix.indices = matrix.indices.astype(np.int32)  # What liblinear takes.
    matrix.indptr = matrix.indptr.astype(np.int32)
    return _Matrix(names, scale, matrix)


def _scale(name: str, language: str, count: int, many: int) -> float:
    if is_word(name):
        rarity = (np.log(max(many, count) / count) + 1) / 4
        return float(_WORDS[name[:2]] * rarity)
    if name.startswith("c:"):
        return _CONCEPTS
    if name[0] in "pn" and name != "nocue":
        return _NEIGHBOURS.get(language, _OWN)
    return _OWN


def _whole(weight: float) -> int:
    return round(float(weight) * UNIT)
