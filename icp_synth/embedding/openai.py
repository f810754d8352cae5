"""An Embedder over a client that it is handed; it knows no vendor and no network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from icp_synth.errors import AnswerUnusable

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DIMENSIONS: Final = {
    "text-embedding-3-small": 1536,
    "text-embedding-3-large": 3072,
    "text-embedding-ada-002": 1536,
}
_BATCH_TEXTS: Final = 256
_BATCH_CHARS: Final = 100_000
"""Providers bound a request by texts and by tokens (OpenAI: 2,048 and 300,000)."""


class VectorClient(Protocol):
    """What fetches raw vectors; `icp_synth.llm.vectors` has one."""

    model: str

    def fetch(self, batches: Sequence[Sequence[str]]) -> list[list[list[float]]]:
        """Return the vectors of each batch, in the order of its texts."""
        ...


class OpenAIEmbedder:
    """Unit vectors from an embedding model over the OpenAI protocol.

    Args:
        client: Fetches raw vectors.
        dimension: Length of a vector; None asks once where the model is not known.
    """

    def __init__(self, client: VectorClient, *, dimension: int | None = None) -> None:
        self.name = f"openai:{client.model}"
        self._client = client
        self._dimension = dimension or _DIMENSIONS.get(client.model)

    @property
    def dimension(self) -> int:
        """Length of a vector; the first look may ask the endpoint."""
        if self._dimension is None:
            self._dimension = len(self._client.fetch([["dimension"]])[0][0])
        return self._dimension

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return an array of shape (len(texts), dimension), rows of length 1.

        Equal texts are asked once. A text without any character has no meaning that a
        model could give; its vector is that of a single space.

        Raises:
            AnswerUnusable: A vector has another length, or no finite direction.
            CallFailed: See ChatModel.
        """
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        asked = list(dict.fromkeys(text or " " for text in texts))
        fetched = self._client.fetch(list(_batches(asked)))
        rows = [vector for batch in fetched for vector in batch]
        if len({len(row) for row in rows}) != 1:
            msg = "vectors of different lengths"
            raise _unusable(msg)
        matrix = _unit(np.asarray(rows, dtype=np.float64))
        self._dimension = self._dimension or matrix.shape[1]
        if matrix.shape[1] != self._dimension:
            msg = f"{matrix.shape[1]} numbers instead of {self._dimension}"
            raise _unusable(msg)
        place = {text: at for at, text in enumerate(asked)}
        return matrix[[place[text or " "] for text in texts]].astype(np.float32)


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    chars = 0
    for text in texts:
        full = len(batch) == _BATCH_TEXTS or chars + len(text) > _BATCH_CHARS
        if batch and full:
            yield batch
            batch, chars = [], 0
        batch.append(text)
        chars += len(text)
    if batch:
        yield batch


def _unit(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    if not (np.isfinite(lengths).all() and (lengths > 0).all()):
        msg = "a vector without a direction"
        raise _unusable(msg)
    unit: NDArray[np.float64] = matrix / lengths
    return unit


def _unusable(what: str) -> AnswerUnusable:
    return AnswerUnusable(
        f"The embedding endpoint sent {what}.",
        outcome="malformed",
        hint="Check the model's name; an index is never built from mixed vectors.",
    )
