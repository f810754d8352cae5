"""The linear model: how likely a segment is an insight of each kind and category.

The weights are files (`data/reader.json`, `data/folds.json`, made by
`scripts/train_embedded.py`); here they are only added up. Each language has weights of
its own; the Chinese ones were learnt on both languages, words apart.

`reader.json` learnt from all its training texts. `folds.json` holds the same model
learnt several times, each time without one part of the texts: a figure on a training
text says something only where the weights did not see it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from icp_synth.domain.fields import CATEGORIES, KIND_OF, KINDS, Kind

if TYPE_CHECKING:
    from icp_synth.analysts.embedded.features import Read

Table = Mapping[str, Any]
"""`kinds` by language and `categories`, each with `bias` and `weights`."""

UNIT = 1000
"""Weights are whole numbers of thousandths."""

_PUSH = {"en": 0.45, "zh": 0.15}
"""Log odds for each unit of a cue's weight, on top of what was learnt."""

_PUSH_RARE = {"en": 0.6, "zh": 0.0}
"""The same where the category was hardly seen."""

_HAND = 0.8
"""How much a cue's own weight adds to a category that the model was trained on."""

_HAND_ALONE = 1.2
_PRIOR_ALONE = -3.0
"""For categories that the training interviews hardly hold: cues decide alone."""

_ASKED_ALONE = 0.8


@lru_cache(maxsize=1)
def weights() -> Mapping[str, Any]:
    """Return the weight file: kinds by language, categories, thresholds, sources."""
    return _loaded("reader.json")


def fold_of(text_sha256: str | None) -> int | None:
    """Return which fold did not see a text; None where no weights learnt from it.

    Example:
        >>> fold_of("0" * 64) is None
        True
    """
    if text_sha256 is None:
        return None
    found: int | None = weights()["folds"].get(text_sha256)
    return found


def table(fold: int | None = None) -> Table:
    """Return the weights of a fold, or those learnt from every training text."""
    if fold is None:
        return weights()
    held: Table = _loaded("folds.json")["folds"][fold]
    return held


@lru_cache(maxsize=2)
def _loaded(name: str) -> Mapping[str, Any]:
    folder = resources.files("icp_synth.analysts.embedded") / "data"
    loaded: Mapping[str, Any] = json.loads((folder / name).read_text("utf-8"))
    return loaded


def kinds(read: Read, language: str, held: Table) -> dict[Kind, float]:
    """Return how likely, 0 to 1, a segment states each kind of insight.

    Chances are those of balanced classes: comparable between kinds, above how often
    a kind is met.

    Args:
        read: The segment's features.
        language: `en` or `zh`; any other is read as `en`.
        held: The weights.
    """
    own = held["kinds"]["zh" if language == "zh" else "en"]
    totals = [float(bias) for bias in own["bias"]]
    known = own["weights"]
    for feature, value in read.features.items():
        row = known.get(feature)
        if row is not None:
            for at, weight in enumerate(row):
                totals[at] += weight * value
    trained = held["categories"]
    return {
        kind: 1.0
        / (1.0 + math.exp(-total / UNIT - _push(read, kind, language, trained)))
        for kind, total in zip(KINDS, totals, strict=True)
    }


def _push(read: Read, kind: Kind, language: str, trained: Mapping[str, Any]) -> float:
    """Return how far cues push a kind beyond what was learnt.

    The English training interviews are of one trade; budgets, approvals or
    recommendations hardly occur in them, so that cues of such categories push more.
    The Chinese ones are of many.
    """
    key = "zh" if language == "zh" else "en"
    own = [cue for cue in read.cues if cue.sign > 0 and KIND_OF[cue.category] == kind]
    rare = [cue.weight for cue in own if cue.category not in trained]
    return _PUSH[key] * max((cue.weight for cue in own), default=0.0) + _PUSH_RARE[
        key
    ] * max(rare, default=0.0)


def category(read: Read, kind: Kind, held: Table) -> str:
    """Return the most likely category of a segment that states a kind of insight."""
    known = held["categories"]
    scores: dict[str, float] = {}
    for name in CATEGORIES[kind]:
        own = known.get(name)
        hand = sum(cue.weight * cue.sign for cue in read.cues if cue.category == name)
        if own is None:
            asked = _ASKED_ALONE if name in read.asked else 0.0
            scores[name] = _PRIOR_ALONE + _HAND_ALONE * hand + asked
            continue
        learnt = own["bias"] + sum(
            own["weights"].get(feature, 0) * value
            for feature, value in read.features.items()
        )
        # A cue that is turned round speaks against its category: "not worried".
        scores[name] = learnt / UNIT + _HAND * hand
    return max(scores, key=lambda name: (scores[name], name))


def threshold(language: str) -> float:
    """Return the chance from which a segment counts as an insight."""
    return _setting("thresholds", language)


def joins(language: str) -> float:
    """Return the chance up to which a segment joins the one next to it.

    Two sentences in a row that state one kind are mostly one insight; where both are
    surer than this they are two.
    """
    return _setting("joins", language)


def _setting(name: str, language: str) -> float:
    found: float = weights()[name]["zh" if language == "zh" else "en"]
    return found
