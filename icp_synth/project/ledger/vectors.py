"""Vectors by embedder and text: what the index is rebuilt from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from icp_synth.project.ledger.connection import Database

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class VectorTable:
    """float32 vectors under (embedder, key); the key is a hash of the text.

    Args:
        database: An open ledger.
    """

    def __init__(self, database: Database) -> None:
        self._db = database

    def put(
        self, embedder: str, keys: Sequence[str], vectors: NDArray[np.float32]
    ) -> None:
        """Keep vectors in one transaction.

        Args:
            embedder: Name and version of what made them.
            keys: One a row, e.g. `sha256_text(text)`.
            vectors: Shape (len(keys), dimension).
        """
        if len(keys) != len(vectors):
            msg = f"{len(keys)} keys for {len(vectors)} vectors"
            raise ValueError(msg)
        little = vectors.astype("<f4", copy=False)
        dimension = int(vectors.shape[1]) if len(keys) else 0
        self._db.run_many(
            "INSERT OR REPLACE INTO embeddings VALUES (?, ?, ?, ?)",
            (
                (embedder, key, dimension, row.tobytes())
                for key, row in zip(keys, little, strict=True)
            ),
        )

    def missing(self, embedder: str, keys: Sequence[str]) -> tuple[str, ...]:
        """Return those of `keys` without a vector, once each, in the order given."""
        known = {
            key
            for (key,) in self._db.rows_in(
                "SELECT key FROM embeddings WHERE embedder = ? AND key IN {keys}",
                [embedder],
                list(dict.fromkeys(keys)),
            )
        }
        return tuple(key for key in dict.fromkeys(keys) if key not in known)

    def get(
        self, embedder: str, keys: Sequence[str], *, dimension: int
    ) -> NDArray[np.float32]:
        """Return the vectors of all keys, one a row, in the order given.

        Args:
            embedder: Name and version.
            keys: May repeat; every one must be there (see `missing`).
            dimension: Of the embedder.

        Returns:
            Shape (len(keys), dimension).

        Raises:
            KeyError: A key has no vector of this dimension.
        """
        import numpy as np

        blobs = {
            key: blob
            for key, size, blob in self._db.rows_in(
                "SELECT key, dimension, vector FROM embeddings"
                " WHERE embedder = ? AND key IN {keys}",
                [embedder],
                list(dict.fromkeys(keys)),
            )
            if size == dimension and len(blob) == 4 * dimension
        }
        packed = b"".join(blobs[key] for key in keys)
        return np.frombuffer(packed, dtype="<f4").reshape(len(keys), dimension)

    def embedders(self) -> dict[str, int]:
        """Return embedder → how many vectors are kept of it."""
        return dict(
            self._db.rows(
                "SELECT embedder, count(*) FROM embeddings"
                " GROUP BY embedder ORDER BY embedder"
            )
        )

    def keep_only(self, keys: Collection[str]) -> int:
        """Erase every vector whose key is not among `keys`; return how many."""
        wanted = frozenset(keys)
        stale = {
            key
            for (key,) in self._db.rows("SELECT DISTINCT key FROM embeddings")
            if key not in wanted
        }
        with self._db.transaction():
            return sum(
                self._db.run("DELETE FROM embeddings WHERE key = ?", [key]).rowcount
                for key in sorted(stale)
            )
