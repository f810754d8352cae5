"""The linear model: how likely a segment is an insight of each kind and category.

The weights are a file (`data/reader.json`, made by `scripts/train_embedded.py`); here
they are only added up. English has weights for words as well; the weights that both
languages share read Chinese.
"""

from __future__ import annotations

import json
import math
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from icp_synth.analysts.embedded.features import is_word
from icp_synth.domain.fields import CATEGORIES, KIND_OF, KINDS, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from icp_synth.analysts.embedded.features import Read

_LEAN = (0.0, 0.2, 0.1)
"""Added to the log odds of trait, pain, motivation: pains are missed most."""

_PUSH = 0.6
"""Log odds for each unit of a cue's weight, on top of what was learnt."""

_HAND = 0.8
"""How much a cue's own weight adds to a category that the model was trained on."""

_HAND_ALONE = 1.2
_PRIOR_ALONE = -3.0
"""For categories that the training interviews hardly hold: cues decide alone."""

_ASKED_ALONE = 0.8


@lru_cache(maxsize=1)
def weights() -> Mapping[str, Any]:
    """Return the weight file: kinds by language, categories, thresholds, sources."""
    text = (
        resources.files("icp_synth.analysts.embedded") / "data" / "reader.json"
    ).read_text("utf-8")
    loaded: Mapping[str, Any] = json.loads(text)
    return loaded


def kinds(
    read: Read, language: str, held: Mapping[str, Any] | None = None
) -> dict[Kind, float]:
    """Return the probability, 0 to 1, that a segment states each kind of insight.

    Args:
        read: The segment's features.
        language: `en` or `zh`; any other is read as `en`.
        held: Weights to use instead of the shipped ones (cross-validation).
    """
    whole = held or weights()
    table = whole["kinds"]["zh" if language == "zh" else "en"]
    totals = [bias + lean for bias, lean in zip(table["bias"], _LEAN, strict=True)]
    known = table["weights"]
    for feature, value in sorted(read.features.items()):
        row = known.get(feature)
        if row is not None:
            for at in range(len(KINDS)):
                totals[at] += row[at] * value
    for at, kind in enumerate(KINDS):
        totals[at] += _push(read, kind, whole["categories"])
    return {
        kind: 1.0 / (1.0 + math.exp(-total))
        for kind, total in zip(KINDS, totals, strict=True)
    }


def _push(read: Read, kind: Kind, trained: Mapping[str, Any]) -> float:
    """Return how far cues push a kind beyond what was learnt.

    The training interviews are of one trade; budgets, approvals or recommendations
    hardly occur in them, so cues of such categories push twice.
    """
    own = [cue for cue in read.cues if cue.sign > 0 and KIND_OF[cue.category] == kind]
    rare = [cue.weight for cue in own if cue.category not in trained]
    return _PUSH * (
        max((cue.weight for cue in own), default=0.0) + max(rare, default=0.0)
    )


def category(read: Read, kind: Kind, held: Mapping[str, Any] | None = None) -> str:
    """Return the most likely category of a segment that states a kind of insight."""
    table = (held or weights())["categories"]
    shared = [
        (feature, value)
        for feature, value in sorted(read.features.items())
        if not is_word(feature)
    ]
    scores: dict[str, float] = {}
    for name in CATEGORIES[kind]:
        own = table.get(name)
        hand = sum(cue.weight * cue.sign for cue in read.cues if cue.category == name)
        if own is None:
            asked = _ASKED_ALONE if name in read.asked else 0.0
            scores[name] = _PRIOR_ALONE + _HAND_ALONE * hand + asked
            continue
        scores[name] = own["bias"] + _HAND * max(0.0, hand)
        for feature, value in shared:
            scores[name] += own["weights"].get(feature, 0.0) * value
    return max(scores, key=lambda name: (scores[name], name))


def threshold(language: str) -> float:
    """Return the probability from which a segment counts as an insight."""
    table: Mapping[str, float] = weights()["thresholds"]
    return table["zh" if language == "zh" else "en"]
