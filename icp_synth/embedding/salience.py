"""Which words carry what people talk about: those that they come back to.

A word that is about something is bursty: who says it once tends to say it again
(Church and Gale 1995), while `twice` or `honestly` fall anywhere. Weights come from the
study's own interviews and are used inside clustering only; stored vectors stay a
function of one text.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from icp_synth.embedding.embedded import EmbeddedEmbedder, features

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VERSION = "salience/1"

_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n")


def sentences_of(text: str) -> list[str]:
    """Split talk at sentence ends and line breaks; empty pieces are left out."""
    return [piece for piece in _SENTENCE.split(text) if piece and piece.strip()]


def salience(said: Mapping[str, Sequence[str]]) -> dict[int, float]:
    """Weigh each feature by how many of those who use it return to it.

    `sqrt((r + 0.3) / (u + 1) · ln((n + 1) / (u + 0.5) + 1))`, where of n people u use
    the feature and r use it in at least two sentences.

    Args:
        said: Person → their sentences.

    Returns:
        Hashed feature → weight.
    """
    using: Counter[int] = Counter()
    returning: Counter[int] = Counter()
    for sentences in said.values():
        times: Counter[int] = Counter()
        for sentence in sentences:
            times.update(features(sentence).keys())
        using.update(times.keys())
        returning.update(feature for feature, n in times.items() if n > 1)
    n = len(said)
    return {
        feature: math.sqrt(
            (returning[feature] + 0.3)
            / (users + 1)
            * math.log((n + 1) / (users + 0.5) + 1)
        )
        for feature, users in using.items()
    }


def salient_vectors(
    texts: Sequence[str], weights: Mapping[int, float]
) -> NDArray[np.float32]:
    """Return vectors in which salient features weigh more.

    Args:
        texts: What is to be clustered.
        weights: As `salience` gives them; others weigh 1.

    Returns:
        Shape (len(texts), dimension of the embedded vectors), rows of length 1.
    """
    return EmbeddedEmbedder().embed_weighted(texts, weights)
