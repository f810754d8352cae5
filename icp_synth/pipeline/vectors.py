"""Vectors kept in the ledger, and the corpus that the index is made from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from icp_synth.domain.ids import sha256_text
from icp_synth.embedding.protocol import Embedder
from icp_synth.index import Corpus, Entry
from icp_synth.project.ledger import Ledger

EMBEDDING_STATE = "embedding"
"""Which vectors the index was made with: `embedding` and `base_url` of the settings."""

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def vectors_of(
    ledger: Ledger, embedder: Embedder, texts: Sequence[str], *, keep: bool
) -> NDArray[np.float32]:
    """Return the vectors of texts; none is made twice.

    Args:
        ledger: Where vectors are kept.
        embedder: Makes those that are missing.
        texts: May repeat.
        keep: Store new ones; False beside another process that writes.

    Returns:
        Shape (len(texts), dimension), rows of length 1.
    """
    keys = [sha256_text(text) for text in texts]
    missing = frozenset(ledger.vectors.missing(embedder.name, keys))
    if missing and not keep:
        return embedder.embed(texts)
    new = {key: text for key, text in zip(keys, texts, strict=True) if key in missing}
    if not new:
        return ledger.vectors.get(embedder.name, keys, dimension=embedder.dimension)
    rows = embedder.embed(list(new.values()))
    ledger.vectors.put(embedder.name, list(new), rows)
    known = [key for key in dict.fromkeys(keys) if key not in new]
    if known:
        import numpy as np

        kept = ledger.vectors.get(embedder.name, known, dimension=embedder.dimension)
        rows = np.concatenate([rows, kept])
    row_of = {key: row for row, key in enumerate([*new, *known])}
    found: NDArray[np.float32] = rows[[row_of[key] for key in keys]]
    return found


def corpus_of(ledger: Ledger, embedder: Embedder, *, keep: bool) -> Corpus:
    """Return everything that can be found by a search.

    Args:
        ledger: With the passages of all transcripts that are taken.
        embedder: Of the vectors.
        keep: As for `vectors_of`.
    """
    texts = ledger.transcripts.texts()
    entries = {one.id: Entry.of(one) for one in ledger.chunks.passages()}

    def text(entry: Entry) -> str:
        return texts[entry.transcript][entry.start : entry.end]

    def vectors(ids: Sequence[str]) -> NDArray[np.float32]:
        wanted = [text(entries[one]) for one in ids]
        return vectors_of(ledger, embedder, wanted, keep=keep)

    return Corpus(
        embedder=embedder.name,
        dimension=embedder.dimension,
        entries=tuple(entries.values()),
        vectors=vectors,
        text=text,
    )
