"""What a ledger knows of the batches that were submitted from it."""

from __future__ import annotations

from typing import Any, Final

from icp_synth.domain.values import Value
from icp_synth.llm.remote_batch import ENDED, RemoteBatch
from icp_synth.project.ledger import Ledger

_STATE: Final = "batches"
INTENDED: Final = "intended"
"""The state of a batch of which nobody knows yet whether it was created."""


GONE: Final = "not_found"
"""The state of a batch that its endpoint does not know any more."""


class Submitted(Value):
    """One batch.

    Attributes:
        number: Of the ledger's batches, from 1.
        mark: SHA-256 of its file; in the batch's metadata, too.
        model: The one that it asks.
        keys: The requests in it, while it is not fetched.
        requests: How many they are.
        base_url: Where it was submitted.
        at: When, in ISO 8601.
        input, output, error: The endpoint's names for its files.
        id: The endpoint's name for it; empty as long as it is INTENDED.
        status, total, completed, failed, problems: As in RemoteBatch, when last seen.
        taken: Files whose lines were taken in.
        fetched: All that it gave was taken in; its requests may be asked again.
        cleared: Its files are deleted at the endpoint.
    """

    number: int
    mark: str
    model: str
    keys: tuple[str, ...]
    requests: int
    base_url: str
    at: str
    input: str = ""
    output: str = ""
    error: str = ""
    id: str = ""
    status: str = INTENDED
    total: int = 0
    completed: int = 0
    failed: int = 0
    problems: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    fetched: bool = False
    cleared: bool = False

    @property
    def ended(self) -> bool:
        """Whether its endpoint is through with it."""
        return self.status in ENDED or self.status == GONE

    def seen(self, remote: RemoteBatch) -> Submitted:
        """Return this batch as its endpoint sees it now."""
        return self.changed(**remote.model_dump())

    def changed(self, **fields: Any) -> Submitted:
        """Return a copy with other values."""
        return self.model_copy(update=fields)


class Journal:
    """The batches of one ledger; each change is durable at once.

    Args:
        ledger: Open, to write where batches are put.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._runs = ledger.runs

    def all(self) -> list[Submitted]:
        """Return all batches, oldest first."""
        kept = self._runs.get_state(_STATE) or []
        return [Submitted.model_validate(one) for one in kept]

    def open(self) -> list[Submitted]:
        """Return those that are not fetched yet."""
        return [one for one in self.all() if not one.fetched]

    def ids(self) -> frozenset[str]:
        """Return the endpoint's names of all batches."""
        return frozenset(one.id for one in self.all() if one.id)

    def next_number(self) -> int:
        """Return the number of the next batch."""
        return max((one.number for one in self.all()), default=0) + 1

    def put(self, batch: Submitted) -> Submitted:
        """Keep a batch in the place of the one with its number, and return it."""
        kept = [one for one in self.all() if one.number != batch.number]
        self._keep([*kept, batch])
        return batch

    def drop(self, batch: Submitted) -> None:
        """Forget a batch that never came to be."""
        self._keep([one for one in self.all() if one.number != batch.number])

    def _keep(self, batches: list[Submitted]) -> None:
        ordered = sorted(batches, key=lambda one: one.number)
        self._runs.set_state(_STATE, [one.model_dump(mode="json") for one in ordered])
