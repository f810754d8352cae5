"""What is searched, and what a search finds: values that both twins share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from icp_synth.domain.ids import sha256_text
from icp_synth.domain.passages import Passage
from icp_synth.domain.values import Value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Entry(NamedTuple):
    """A passage as the index knows it: whose words, and where; no text."""

    id: str
    transcript: str
    participant: str
    start: int
    end: int

    @classmethod
    def of(cls, passage: Passage) -> Entry:
        """Return the entry of a passage: the stretch of its own words."""
        body = passage.body()
        return cls(
            id=passage.id,
            transcript=passage.transcript,
            participant=passage.participant,
            start=body[0].start,
            end=body[-1].end,
        )


@dataclass(frozen=True)
class Corpus:
    """Everything that can be found, and the way to its vectors and texts.

    The index keeps nothing that is not here, so that it can be thrown away.

    Attributes:
        embedder: Name and version of what made the vectors.
        dimension: Of the vectors.
        entries: With distinct ids.
        vectors: Ids → their unit vectors, shape (len(ids), dimension), float32.
        text: Entry → `canonical_text[start:end]`.
    """

    embedder: str
    dimension: int
    entries: Sequence[Entry]
    vectors: Callable[[Sequence[str]], NDArray[np.float32]]
    text: Callable[[Entry], str]

    def ids(self) -> list[str]:
        """Return the ids of all entries, sorted."""
        return sorted(entry.id for entry in self.entries)

    def digest(self) -> str:
        """Return a hash of the entries, to see at a glance whether any changed."""
        return sha256_text("\n".join(map(repr, sorted(self.entries))))

    def of(self, participants: Collection[str] | None) -> list[Entry]:
        """Return the entries of these people (of all when None), by id."""
        wanted = None if participants is None else frozenset(participants)
        return sorted(
            entry
            for entry in self.entries
            if wanted is None or entry.participant in wanted
        )


class Hit(Value):
    """A passage that was found.

    `score` is the cosine with the query, -1 to 1, rounded to six places.
    """

    passage: str
    transcript: str
    participant: str
    start: int
    end: int
    text: str
    score: float


class Found(NamedTuple):
    """What a search gave.

    Attributes:
        hits: For each query the best passages, best first.
        exact: The answer is NumPy's because the index could not be used. Say so
            once.
        reason: Why, in a few words; empty when the index answered.
        broken: The index should be rebuilt (after the answer was given).
    """

    hits: tuple[tuple[Hit, ...], ...]
    exact: bool = False
    reason: str = ""
    broken: bool = False
