"""Send requests to a Batch API: split, record, upload, create; once each.

A crash at any point leaves an intent with the hash of its file. Before anything else
is submitted the endpoint is asked for a batch with that hash in its metadata: there
it is taken over, or else nothing was created and its requests are free again.
"""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from icp_synth.analysts.choice import price
from icp_synth.analysts.submitted import Journal, Submitted
from icp_synth.analysts.waiting import AskedFor, asked
from icp_synth.domain.chat import ChatRequest
from icp_synth.domain.values import Value
from icp_synth.errors import CallFailed, EndpointRefused, NotFound, Stopped, UsageError
from icp_synth.failpoints import failpoint
from icp_synth.llm.batch import BatchFile, batch_files
from icp_synth.llm.batch_api import BatchApi
from icp_synth.llm.completion import wire_body
from icp_synth.llm.connect import batch_endpoint, model_name
from icp_synth.llm.endpoint import Endpoint
from icp_synth.llm.faults import fields
from icp_synth.llm.loop import run_here
from icp_synth.llm.usage import Price
from icp_synth.project.ledger import Ledger, ledger_path
from icp_synth.settings import Settings

_SHOWN = 5


@dataclass(frozen=True)
class Place:
    """A folder with a ledger in which requests were remembered.

    Attributes:
        folder: Of the project.
        settings: Model, address, time-out and own prices; the address is the flag's
            or the setting's.
        base_url: The address that the flag gave; it goes before a recorded one.
    """

    folder: Path
    settings: Settings
    base_url: str | None = None

    def price(self, model: str) -> Price | None:
        """Return the price of a model, None where nobody knows it."""
        return price(self.settings, model)


class Submission(Value):
    """What became of the requests of a file.

    Attributes:
        batches: Created now, or found to be created by a submission that broke off.
        answered: How many requests had an answer already.
        under_way: How many are in a batch that is not fetched yet.
    """

    batches: tuple[Submitted, ...]
    answered: int = 0
    under_way: int = 0


def submit(places: Sequence[Place], lines: Iterable[str], *, now: str) -> Submission:
    """Submit requests as batches; each is sent once, whatever broke off before.

    Args:
        places: Where the requests were remembered; a batch belongs to the first
            place that asks for what is in it.
        lines: Of a file that `batch export` wrote for these places.
        now: ISO 8601.

    Raises:
        NotFound: Nothing was asked in a place yet.
        UsageError: A line is none of theirs, or was changed.
        SettingsError: There is no address or key.
        EndpointRefused: The key is wrong, or the endpoint has no Batch API.
        CallFailed: The endpoint could not be reached, or does not take a file.
    """
    with ExitStack() as held:
        ledgers = opened(places, held)
        desks = [_Desk(*one) for one in zip(places, ledgers, strict=True)]
        return run_here(_submit(desks, _read(lines, desks), now))


def opened(places: Sequence[Place], held: ExitStack) -> list[Ledger]:
    """Return the ledgers of some places, open to write until the stack is closed.

    Raises:
        NotFound: Nothing was ever asked in a place.
    """
    for place in places:
        if not ledger_path(place.folder).is_file():
            raise _nothing_asked(place)
    return [
        held.enter_context(Ledger.open(place.folder, write=True)) for place in places
    ]


def _nothing_asked(place: Place) -> NotFound:
    msg = f"No requests were made in {place.folder}."
    hint = "Make them first: icp-synth batch export --model NAME -o FILE."
    return NotFound(msg, hint=hint)


def connect_to(batch: Submitted, place: Place) -> BatchApi:
    """Return the API that has a batch.

    Raises:
        SettingsError: The key is missing.
    """
    endpoint = batch_endpoint(
        batch.model,
        base_url=place.base_url or batch.base_url,
        environ=os.environ,
        timeout=place.settings.timeout,
    )
    return BatchApi(endpoint, batch.model)


async def resume(journal: Journal, place: Place) -> list[Submitted]:
    """Find what a submission that broke off had created.

    Returns:
        The batches that were found; what was not created is forgotten, and its
        requests may be submitted again.
    """
    found = []
    for batch in [one for one in journal.open() if not one.id]:
        async with closing(connect_to(batch, place)) as api:
            remote = await api.find(batch.mark, known=journal.ids())
            if remote is None:
                await _forget(batch, journal, api)
            else:
                found.append(journal.put(batch.seen(remote)))
    return found


@asynccontextmanager
async def closing(api: BatchApi) -> AsyncIterator[BatchApi]:
    """Close the connections of an API at the end of a `with` block."""
    try:
        yield api
    finally:
        await api.aclose()


async def _forget(batch: Submitted, journal: Journal, api: BatchApi) -> None:
    """Drop an intent that came to nothing, and its file where that was uploaded."""
    journal.drop(batch)
    if batch.input:
        # The file costs nothing; that it could not be deleted changes no result.
        with suppress(CallFailed, EndpointRefused, NotFound):
            await api.delete(batch.input)


class _Desk:
    """One place, open to write."""

    def __init__(self, place: Place, ledger: Ledger) -> None:
        self.place = place
        self.ledger = ledger
        self.journal = Journal(ledger)
        known = asked(ledger)
        if known is None:
            raise _nothing_asked(place)
        self.known: AskedFor = known

    def endpoint(self, model: str) -> Endpoint:
        """Return where batches of a model go.

        Raises:
            SettingsError: There is no address or key.
        """
        chosen = self.place.settings
        same = chosen.model is not None and model_name(chosen.model) == model
        return batch_endpoint(
            str(chosen.model) if same else self.known.given(model),
            base_url=self.place.base_url or chosen.base_url,
            environ=os.environ,
            timeout=chosen.timeout,
        )


def _read(lines: Iterable[str], desks: Sequence[_Desk]) -> _Wanted:
    """Return what a file asks for; none of it may be somebody else's.

    Raises:
        UsageError: A line is none of theirs, or was changed.
    """
    requests = {key: one for desk in desks for key, one in desk.known.requests.items()}
    wanted = _Wanted()
    problems = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        row = _row(line)
        key = str(row.get("custom_id") or "")
        asking = [desk for desk in desks if key in desk.known.requests]
        lacking = [one for one in asking if one.ledger.replies.get_reply(key) is None]
        if lacking:
            if row.get("body") != json.loads(json.dumps(wire_body(requests[key]))):
                problems.append(f"line {number} was changed after it was exported")
            wanted.requests[key] = (lacking[0], requests[key])
        elif any(desk.ledger.replies.get_reply(key) is not None for desk in desks):
            wanted.answered.add(key)
        else:
            problems.append(f"line {number} was asked for nowhere here")
    if problems:
        more = len(problems) - _SHOWN
        shown = "; ".join(problems[:_SHOWN]) + (
            f"; and {more} more" if more > 0 else ""
        )
        msg = f"The file is not submitted, its answers would fit nothing: {shown}."
        hint = "Export again, with the same --project, --eval, --model and --prompts."
        raise UsageError(msg, hint=hint)
    return wanted


def _row(line: str) -> Mapping[str, Any]:
    try:
        return fields(json.loads(line.removeprefix("\ufeff")))
    except (ValueError, RecursionError):
        return {}


@dataclass
class _Wanted:
    """Key → where it belongs and what it asks; and what has an answer already."""

    requests: dict[str, tuple[_Desk, ChatRequest]] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)


async def _submit(desks: Sequence[_Desk], wanted: _Wanted, now: str) -> Submission:
    made = []
    for desk in desks:
        made += await resume(desk.journal, desk.place)
    held = {key for desk in desks for one in desk.journal.open() for key in one.keys}
    plan = []
    for desk in desks:
        own = [
            request
            for key, (owner, request) in wanted.requests.items()
            if owner is desk and key not in held
        ]
        for model in dict.fromkeys(request.model for request in own):
            asks = [request for request in own if request.model == model]
            # Every address is known before the first interview leaves the machine.
            plan.append((desk, desk.endpoint(model), asks))
    for desk, endpoint, asks in plan:
        more = {"store": False} if endpoint.is_openai else {}
        for file in batch_files(asks, more):
            made.append(await _send(desk, endpoint, file, now))
    return Submission(
        batches=tuple(made),
        answered=len(wanted.answered),
        under_way=len(held & wanted.requests.keys()),
    )


async def _send(
    desk: _Desk, endpoint: Endpoint, file: BatchFile, now: str
) -> Submitted:
    journal = desk.journal
    batch = journal.put(
        Submitted(
            number=journal.next_number(),
            mark=sha256(file.data).hexdigest(),
            model=file.model,
            keys=file.keys,
            requests=len(file.keys),
            base_url=endpoint.plain_address,
            at=now,
        )
    )
    failpoint("batch_intended")
    async with closing(BatchApi(endpoint, file.model)) as api:
        try:
            name = f"icp-synth-{batch.mark[:12]}.jsonl"
            uploaded = await api.upload(file.data, name=name)
            batch = journal.put(batch.changed(input=uploaded))
            failpoint("batch_uploaded")
            remote = await api.create(uploaded, mark=batch.mark, known=journal.ids())
        except (EndpointRefused, Stopped):
            await _forget(batch, journal, api)
            raise
        except CallFailed as error:
            # After a broken connection nobody knows: the intent stays for `resume`.
            if error.outcome == "bad_request":
                await _forget(batch, journal, api)
            raise
        failpoint("batch_created")
        return journal.put(batch.seen(remote))
