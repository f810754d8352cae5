"""Look at batches that were submitted, take in what they gave, or end them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO

from icp_synth.analysts.submitted import GONE, Journal, Submitted
from icp_synth.analysts.submitting import Place, closing, connect_to, opened, resume
from icp_synth.analysts.waiting import Shelf, asked, take_in
from icp_synth.domain.values import Value
from icp_synth.errors import CallFailed, EndpointRefused, NotFound
from icp_synth.failpoints import failpoint
from icp_synth.llm.batch import ImportReport, LineProblem
from icp_synth.llm.batch_api import BatchApi
from icp_synth.llm.endpoint import Endpoint
from icp_synth.llm.loop import run_here
from icp_synth.llm.usage import Price
from icp_synth.project.files import writing_to
from icp_synth.project.ledger import Ledger, ledger_path


class Taken(Value):
    """What one file of a batch gave."""

    batch: str
    file: str
    report: ImportReport


class Fetched(Value):
    """What a fetch gave.

    Attributes:
        taken: Each file that was downloaded now.
        missing: Requests of the batches that ended, without an answer.
        under_way: Batches that have not ended.
        refused: Batches that their endpoint did not take, or ended with a reason.
        left: What could not be found or deleted at the endpoint, in words.
    """

    taken: tuple[Taken, ...] = ()
    missing: tuple[str, ...] = ()
    under_way: tuple[Submitted, ...] = ()
    refused: tuple[Submitted, ...] = ()
    left: tuple[str, ...] = ()

    def counts(self) -> dict[str, int]:
        """Return the numbers that `batch fetch --json` prints; as `batch import`."""
        reports = [one.report.counts() for one in self.taken]
        names = ImportReport().counts()
        summed = {name: sum(one[name] for one in reports) for name in names}
        return {**summed, "missing": len(self.missing)}

    def problems(self) -> Iterator[tuple[Taken, LineProblem]]:
        """Yield each line that gave no answer, with the file that it stands in."""
        for one in self.taken:
            for problem in one.report.failed:
                yield one, problem


def look(places: Sequence[Place]) -> list[Submitted]:
    """Return how the batches of some places stand; nothing is written.

    Raises:
        SettingsError: A key is missing.
        EndpointRefused: The key is wrong.
        CallFailed: The endpoint could not be reached.
    """
    return run_here(_look(places))


async def _look(places: Sequence[Place]) -> list[Submitted]:
    found = []
    for place in places:
        if not ledger_path(place.folder).is_file():
            continue
        with Ledger.open(place.folder, write=False) as ledger:
            journal = Journal(ledger)
            batches, ids = journal.all(), journal.ids()
        found += [await _now(one, place, ids) for one in batches]
    return found


async def _now(batch: Submitted, place: Place, known: frozenset[str]) -> Submitted:
    if batch.fetched or batch.ended:
        return batch
    async with closing(connect_to(batch, place)) as api:
        name = batch.id
        if not name:
            remote = await api.find(batch.mark, known=known)
            if remote is None:
                return batch
            name = remote.id
        try:
            return batch.seen(await api.get(name))
        except NotFound:
            return batch.changed(status=GONE)


def cancel(
    places: Sequence[Place], ids: Sequence[str] = (), *, forget: bool = False
) -> list[Submitted]:
    """Ask for an end of batches; what they have done by then can be fetched.

    Args:
        places: Where they were submitted.
        ids: Which; none is all that are not fetched.
        forget: Drop those that their endpoint does not know any more, so that
            their requests can be asked again.

    Raises:
        SettingsError: A key is missing.
        EndpointRefused: The key is wrong.
        NotFound: An endpoint does not know a batch, and it is not to be forgotten.
        CallFailed: The endpoint could not be reached.
    """
    return run_here(_cancel(places, frozenset(ids), forget=forget))


async def _cancel(
    places: Sequence[Place], ids: frozenset[str], *, forget: bool
) -> list[Submitted]:
    ended = []
    with ExitStack() as held:
        for place, ledger in zip(places, opened(places, held), strict=True):
            journal = Journal(ledger)
            await resume(journal, place)
            for batch in journal.open():
                if ids and batch.id not in ids:
                    continue
                try:
                    ended.append(journal.put(await _ended(batch, place)))
                except NotFound:
                    if not forget:
                        raise
                    gone = batch.changed(status=GONE, keys=(), fetched=True)
                    ended.append(journal.put(gone.changed(cleared=True)))
    return ended


async def _ended(batch: Submitted, place: Place) -> Submitted:
    async with closing(connect_to(batch, place)) as api:
        remote = await api.get(batch.id)
        return batch.seen(remote if remote.ended else await api.cancel(batch.id))


def fetch(places: Sequence[Place], *, now: str) -> Fetched:
    """Download what batches gave and take it in, like `batch import`.

    An answer goes to every place that asked for it. What was taken in is deleted at
    the endpoint. A fetch that broke off goes on where it was.

    Args:
        places: Where the batches were submitted.
        now: ISO 8601, for the log of calls.

    Raises:
        SettingsError: A key is missing.
        EndpointRefused: The key is wrong.
        CallFailed: The endpoint could not be reached.
        StorageError: The disk is full.
    """
    with ExitStack() as held:
        desks = list(zip(places, opened(places, held), strict=True))
        return run_here(_Fetch(desks, now).run())


class _Fetch:
    def __init__(self, desks: Sequence[tuple[Place, Ledger]], now: str) -> None:
        self._desks = desks
        self._now = now
        self._taken: list[Taken] = []
        self._left: list[str] = []
        self._refused: list[Submitted] = []
        self._under_way: list[Submitted] = []
        self._missing: dict[str, None] = {}

    async def run(self) -> Fetched:
        """Go through all batches of which something is left."""
        for place, ledger in self._desks:
            journal = Journal(ledger)
            await resume(journal, place)
            for batch in [one for one in journal.all() if not one.cleared]:
                async with closing(connect_to(batch, place)) as api:
                    try:
                        await self._batch(batch, api, place, ledger)
                    except NotFound as error:
                        self._left.append(f"{error} `batch cancel --forget` drops it.")
        return Fetched(
            taken=tuple(self._taken),
            missing=tuple(self._missing),
            under_way=tuple(self._under_way),
            refused=tuple(self._refused),
            left=tuple(self._left),
        )

    async def _batch(
        self, batch: Submitted, api: BatchApi, place: Place, ledger: Ledger
    ) -> None:
        journal = Journal(ledger)
        if not batch.fetched:
            batch = journal.put(batch.seen(await api.get(batch.id)))
            if not batch.ended:
                self._under_way.append(batch)
                return
            for name in (batch.output, batch.error):
                if name and name not in batch.taken:
                    batch = await self._file(name, batch, api, place, ledger)
            lacking = [k for k in batch.keys if ledger.replies.get_reply(k) is None]
            self._missing |= dict.fromkeys(lacking)
            self._refused += [batch] if batch.problems else []
            batch = journal.put(batch.changed(fetched=True, keys=()))
            failpoint("batch_fetched")
        await self._clear(batch, api, journal)

    async def _file(
        self, name: str, batch: Submitted, api: BatchApi, place: Place, ledger: Ledger
    ) -> Submitted:
        # Downloaded first: nothing may be waited for within a transaction.
        with _scratch(ledger_path(place.folder).parent) as file:
            await api.save(name, file)
            file.seek(0)
            lines = TextIOWrapper(
                file, encoding="utf-8", errors="replace", newline="\n"
            )
            with ledger.transaction():
                report = take_in(self._shelves(api.endpoint), lines, now=self._now)
                taken = (*batch.taken, name)
                batch = Journal(ledger).put(batch.changed(taken=taken))
            lines.detach()
        failpoint("batch_file_taken")
        self._taken.append(Taken(batch=batch.id, file=name, report=report))
        return batch

    def _shelves(self, endpoint: Endpoint) -> list[Shelf]:
        shelves = []
        for place, ledger in self._desks:
            known = asked(ledger)
            if known is not None:
                price = _Priced(place, endpoint)
                shelves.append(
                    Shelf(ledger=ledger, known=known, price=price.of, wanted=())
                )
        return shelves

    async def _clear(self, batch: Submitted, api: BatchApi, journal: Journal) -> None:
        """Delete the files at the endpoint: interviews are in them."""
        for name in (batch.input, batch.output, batch.error):
            if not name:
                continue
            try:
                await api.delete(name)
            except NotFound:
                continue
            except (CallFailed, EndpointRefused) as error:
                self._left.append(f"{name} is still at {api.endpoint.host}: {error}")
                return
        journal.put(batch.changed(cleared=True))


class _Priced:
    """Prices in a batch: half at OpenAI, or as study.toml has them, else unknown."""

    def __init__(self, place: Place, endpoint: Endpoint) -> None:
        self._place = place
        self._endpoint = endpoint

    def of(self, model: str) -> Price | None:
        """Return the price of a model in a batch, None where nobody knows it."""
        own = self._place.settings.prices[0] is not None
        price = self._place.price(model)
        if own or price is None:
            return price
        return price.halved() if self._endpoint.is_openai else None


@contextmanager
def _scratch(folder: Path) -> Iterator[IO[bytes]]:
    """Give a file that is gone afterwards; what a crash leaves is cleared later."""
    path = folder / f".batch.{os.getpid()}.tmp"
    with writing_to(path):
        try:
            with path.open("w+b") as file:
                yield file
        finally:
            path.unlink(missing_ok=True)
