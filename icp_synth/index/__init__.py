"""The index of passages: put, search, rebuild.

Chroma answers when it can; NumPy answers exactly whenever it cannot. Everything in
the index comes from the corpus that is passed in, so deleting it costs a rebuild and
nothing else: no model is called and no text is embedded again.

The caller holds the project's lock wherever chroma may be opened (`put`, `rebuild`,
and `search` and `searching` with `alone=True`).
"""

from __future__ import annotations

from collections.abc import Collection as Names, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from icp_synth.index.chroma import Chroma, ChromaBroken, opened
from icp_synth.index.corpus import Corpus, Entry, Found, Hit
from icp_synth.index.exact import rank
from icp_synth.index.state import Collection, Folder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "Corpus",
    "Entry",
    "Found",
    "Hit",
    "Search",
    "Stored",
    "put",
    "rebuild",
    "search",
    "searching",
]

_MARGIN = 20
"""Candidates beyond the limit that chroma is asked for, before exact ranking."""

_MOST_CRASHES = 2
"""Builds that may end their process before only `doctor` tries again."""

_CRASHED = "chroma ended the last process that opened it"


class Stored(NamedTuple):
    """What `put` or `rebuild` did.

    Attributes:
        added: How many passages were written.
        rebuilt: The whole index was made anew.
        reason: Why it could not be made; empty when the index stands. Searches are
            exact until it does.
    """

    added: int = 0
    rebuilt: bool = False
    reason: str = ""


def put(root: Path, corpus: Corpus) -> Stored:
    """Bring the index to the corpus; open nothing when it is there already.

    New entries are added. When some have gone, or the index is missing or was left
    by a crash, it is rebuilt. What chroma cannot do is a reason, not an error.

    Args:
        root: The `.icp` folder of a project whose lock the caller holds.
        corpus: Everything that should be found.
    """
    folder, wanted = Folder(root), Collection.of(corpus)
    known = folder.collections()
    crashes = folder.crashes()
    if crashes is None and known.get(wanted.name) == wanted:
        return Stored()
    if crashes is not None and crashes >= _MOST_CRASHES:
        return Stored(reason=_CRASHED)
    if crashes is not None or not known:
        return rebuild(root, corpus)
    current = folder.current()
    try:
        folder.distrust()
        with folder.building(), opened(current, wanted.name) as chroma:
            there = chroma.ids()
            new = [entry for entry in sorted(corpus.entries) if entry.id not in there]
            gone = len(there) + len(new) != len(corpus.entries)
            if not gone:
                chroma.add(corpus, new)
        if not gone:
            folder.remember(current, {**known, wanted.name: wanted})
    except (ChromaBroken, OSError):
        return rebuild(root, corpus)
    if gone:
        return rebuild(root, corpus)
    return Stored(added=len(new))


def search(
    root: Path,
    corpus: Corpus,
    queries: NDArray[np.float32],
    *,
    limit: int = 10,
    participants: Names[str] | None = None,
    alone: bool = True,
) -> Found:
    """Find the passages nearest to each query.

    Both twins give the same answer: chroma proposes, the exact scores decide.

    Args:
        root: The `.icp` folder of a project.
        corpus: Everything that can be found.
        queries: Unit vectors, shape (m, dimension).
        limit: Most hits a query.
        participants: Whose words are searched; None is everybody's.
        alone: The caller holds the project's lock, so that chroma may be opened.

    Returns:
        The hits. When `broken`, call `rebuild` once the answer has been given.
    """
    with searching(root, corpus, alone=alone) as find:
        return find(queries, limit=limit, participants=participants)


@contextmanager
def searching(root: Path, corpus: Corpus, *, alone: bool = True) -> Iterator[Search]:
    """Keep the index open for several searches, each among people of its own.

    Do nothing else in the block: a process that ends in it is taken for one that
    chroma ended.

    Args:
        root: The `.icp` folder of a project.
        corpus: Everything that can be found.
        alone: The caller holds the project's lock, so that chroma may be opened.

    Example:
        >>> with searching(root, corpus) as find:  # doctest: +SKIP
        ...     hits = [find(one, participants=who).hits for one, who in asked]
    """
    find = Search(root, corpus, alone=alone)
    try:
        yield find
    finally:
        find.close()


class Search:
    """Searches in one opening of the index. Use `searching`.

    The first search that needs chroma opens and checks it; once it fails, this search
    and all that follow are exact.

    Args:
        root: The `.icp` folder of a project.
        corpus: Everything that can be found.
        alone: The caller holds the project's lock.
    """

    def __init__(self, root: Path, corpus: Corpus, *, alone: bool) -> None:
        self._corpus = corpus
        self._folder = Folder(root)
        self._wanted = Collection.of(corpus)
        self._reason, self._broken = _unusable(self._folder, self._wanted, alone=alone)
        self._chroma: Chroma | None = None
        self._held = ExitStack()

    def __call__(
        self,
        queries: NDArray[np.float32],
        *,
        limit: int = 10,
        participants: Names[str] | None = None,
    ) -> Found:
        """Find the passages nearest to each query; see `search`."""
        corpus, among = self._corpus, self._corpus.of(participants)
        if not among or limit < 1:
            none = ((),) * len(queries)
            return Found(none, reason=self._reason, broken=self._broken)
        if not self._reason:
            try:
                near = self._opened().nearest(
                    queries,
                    among=None if len(among) == len(corpus.entries) else participants,
                    limit=min(3 * limit + _MARGIN, len(among)),
                )
                return Found(_decide(corpus, queries, near, limit=limit))
            except (ChromaBroken, OSError) as cause:
                self._give_up(cause)
        hits = rank(corpus, queries, among=among, limit=limit)
        return Found(hits, exact=True, reason=self._reason, broken=self._broken)

    def close(self) -> None:
        """Close chroma where it is open; what it does not survive is rebuilt."""
        try:
            self._held.close()
        except (ChromaBroken, OSError) as cause:
            self._give_up(cause)

    def _opened(self) -> Chroma:
        if self._chroma is None:
            current = self._folder.current()
            self._held.enter_context(self._folder.searching())
            chroma = self._held.enter_context(opened(current, self._wanted.name))
            chroma.check(self._corpus)
            self._chroma = chroma
        return self._chroma

    def _give_up(self, cause: Exception) -> None:
        """Leave chroma alone from here on; the next `put` rebuilds the index."""
        self._reason, self._broken = f"the index is broken ({cause})", True
        with suppress(ChromaBroken, OSError):
            self._held.close()
        with suppress(OSError):
            self._folder.distrust()


def rebuild(root: Path, corpus: Corpus) -> Stored:
    """Make the index anew in a fresh folder; nothing of the old one stays.

    `doctor` calls it whatever happened before; other commands leave an index alone
    whose building ended two processes in a row.

    Args:
        root: The `.icp` folder of a project whose lock the caller holds.
        corpus: Everything that should be found.
    """
    folder, wanted = Folder(root), Collection.of(corpus)
    try:
        fresh = folder.fresh()
        with folder.building(), opened(fresh, wanted.name) as chroma:
            chroma.add(corpus, sorted(corpus.entries))
        folder.remember(fresh, {wanted.name: wanted})
    except ChromaBroken as cause:
        return Stored(reason=f"the index cannot be built ({cause})")
    except OSError as cause:
        return Stored(reason=f"the index cannot be written ({cause})")
    return Stored(added=len(corpus.entries), rebuilt=True)


def _unusable(folder: Folder, wanted: Collection, *, alone: bool) -> tuple[str, bool]:
    """Return why chroma is not to be opened, and whether to rebuild; "" if it is."""
    if not alone:
        return "another process holds the project", False
    crashes = folder.crashes()
    if crashes is not None:
        return _CRASHED, crashes < _MOST_CRASHES
    if folder.collections().get(wanted.name) != wanted:
        return "the index is missing or out of date", True
    return "", False


def _decide(
    corpus: Corpus,
    queries: NDArray[np.float32],
    near: list[list[str]],
    *,
    limit: int,
) -> tuple[tuple[Hit, ...], ...]:
    """Rank what chroma proposed by exact scores."""
    entries = {entry.id: entry for entry in corpus.entries}
    hits: list[tuple[Hit, ...]] = []
    for at, ids in enumerate(near):
        if not entries.keys() >= set(ids):
            msg = "it names a passage that is not in the ledger"
            raise ChromaBroken(msg)
        among = [entries[name] for name in ids]
        hits += rank(corpus, queries[at : at + 1], among=among, limit=limit)
    return tuple(hits)
