"""The only door to chromadb: an embedded client, vectors passed in, nothing sent.

Chroma holds ids, vectors and whose words they are; no texts. Deleting from it does
not erase (docs of 1.5 and measurements agree), so entries are only ever added here,
and a fresh folder takes the place of the old one when some must go.
"""

from __future__ import annotations

import os
from collections.abc import Collection as Names, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from icp_synth.failpoints import failpoint
from icp_synth.index.corpus import Corpus, Entry

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WIDTH = 400
"""Candidates that the graph search keeps: recall is bought here, and it is cheap."""

_PROBES = 3
"""Entries that must find themselves when the index is opened."""

_NEAR = 1e-3


class ChromaBroken(Exception):
    """Chroma failed or is not to be trusted; the message says why, in a few words."""


class Chroma:
    """One collection of an open client. Use `opened`.

    Every method raises ChromaBroken for anything that chroma raises. What the corpus
    raises passes through.

    Args:
        client: A chromadb client.
        name: Of the collection; made if it is not there.
    """

    def __init__(self, client: Any, name: str) -> None:
        self._client = client
        with _one_error():
            self._collection = client.get_or_create_collection(
                name,
                embedding_function=None,
                configuration={"hnsw": {"space": "ip", "ef_search": _WIDTH}},
            )

    def ids(self) -> set[str]:
        """Return the ids of everything in the collection."""
        with _one_error():
            return set(self._collection.get(include=[])["ids"])

    def add(self, corpus: Corpus, entries: Sequence[Entry]) -> None:
        """Put entries with their vectors, in slices that chroma takes."""
        with _one_error():
            size = self._client.get_max_batch_size()
        for at in range(0, len(entries), size):
            part = entries[at : at + size]
            ids = [entry.id for entry in part]
            vectors = corpus.vectors(ids)
            with _one_error():
                self._collection.upsert(
                    ids=ids,
                    embeddings=vectors,
                    metadatas=[{"participant": entry.participant} for entry in part],
                )

    def check(self, corpus: Corpus) -> None:
        """Compare the count, and let a few entries find themselves.

        Raises:
            ChromaBroken: Something is missing or cannot be reached.
        """
        with _one_error():
            count, expected = self._collection.count(), len(corpus.entries)
        if count != expected:
            msg = f"it holds {count} of {expected} passages"
            raise ChromaBroken(msg)
        ids = corpus.ids()
        probes = [ids[at * (len(ids) - 1) // _PROBES] for at in range(_PROBES + 1)]
        vectors = corpus.vectors(probes)
        known = (vectors**2).sum(axis=1) > 1 - _NEAR  # a text without words has none
        if not known.any():
            return
        with _one_error():
            answer = self._collection.query(
                query_embeddings=vectors[known], n_results=1, include=["distances"]
            )
        if any(not line or line[0] > _NEAR for line in answer["distances"]):
            msg = "a passage does not find itself"
            raise ChromaBroken(msg)

    def nearest(
        self,
        queries: NDArray[np.float32],
        *,
        among: Names[str] | None,
        limit: int,
    ) -> list[list[str]]:
        """Return the ids nearest to each query, nearest first, not quite exactly.

        Args:
            queries: Unit vectors, shape (m, dimension).
            among: Names of the participants whose words are searched; None is all.
            limit: Most ids a query.
        """
        where = None if among is None else {"participant": {"$in": sorted(among)}}
        failpoint("chroma_query")
        with _one_error():
            answer = self._collection.query(
                query_embeddings=queries, n_results=limit, where=where, include=[]
            )
        found: list[list[str]] = answer["ids"]
        return found


@contextmanager
def opened(folder: Path, name: str) -> Iterator[Chroma]:
    """Open chroma in a folder for the length of a `with` block.

    Only the holder of the project's lock may: chroma is not safe between processes.

    Args:
        folder: Its own folder.
        name: Of the collection.

    Raises:
        ChromaBroken: It cannot be opened.
    """
    with _one_error():
        client = _client(folder)
    try:
        yield Chroma(client, name)
    finally:
        with _one_error():
            client.close()


def _client(folder: Path) -> Any:
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    return chromadb.PersistentClient(path=str(folder), settings=settings)


@contextmanager
def _one_error() -> Iterator[None]:
    """Turn whatever chroma raises into `ChromaBroken`.

    Damaged files come out of it as its own errors, as ValueError, KeyError, OSError,
    sqlite3 errors, or a panic of its Rust core, which is no Exception. A list of them
    would be out of date with the next version, and every one means the same here:
    answer without it and build it anew.
    """
    try:
        yield
    except MemoryError:
        raise
    except Exception as cause:
        raise ChromaBroken(_said(cause)) from cause
    except BaseException as cause:
        if type(cause).__name__ != "PanicException":
            raise
        raise ChromaBroken(_said(cause)) from cause


def _said(cause: BaseException) -> str:
    first = (str(cause).splitlines() or [""])[0][:200]
    return f"{type(cause).__name__}: {first}" if first else type(cause).__name__
