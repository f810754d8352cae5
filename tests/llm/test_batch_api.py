"""The real `openai` client against the loopback server's files and batches."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

import pytest

from icp_synth.errors import (
    CallFailed,
    EndpointRefused,
    NotFound,
    QuotaExhausted,
)
from icp_synth.llm.batch import batch_files, export_line
from icp_synth.llm.batch_api import BatchApi
from icp_synth.llm.endpoint import Endpoint
from icp_synth.llm.protocol import Usage
from icp_synth.llm.remote_batch import RemoteBatch
from icp_synth.llm.retry import Policy, Retrier
from icp_synth.llm.usage import price_of
from tests.llm.helpers import FakeTime, request
from tests.servers import openai_server as faults
from tests.servers.batch_desk import BatchDesk
from tests.servers.openai_server import OpenAIServer

T = TypeVar("T")
KEY = "sk-proj-Secret123"
LINES = "".join(f"{export_line(request(text))}\n" for text in ("1: a", "2: b"))


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer(key=KEY) as running:
        yield running


def desk(server: OpenAIServer) -> BatchDesk:
    assert server.batches is not None
    return server.batches


def using(
    server: OpenAIServer,
    work: Callable[[BatchApi], Awaitable[T]],
    *,
    key: str = KEY,
    time: FakeTime | None = None,
) -> T:
    time = time or FakeTime()
    retrier = Retrier(Policy(tries=3), clock=time.clock, sleep=time.sleep)

    async def run() -> T:
        api = BatchApi(Endpoint(server.url, key), "small", retrier=retrier)
        try:
            return await work(api)
        finally:
            await api.aclose()

    return asyncio.run(run())


async def made(api: BatchApi) -> RemoteBatch:
    file = await api.upload(LINES.encode(), name="requests.jsonl")
    return await api.create(file, mark="abc")


async def ended(api: BatchApi) -> list[RemoteBatch]:
    seen = [await made(api)]
    while not seen[-1].ended:
        seen.append(await api.get(seen[-1].id))
    return seen


def test_a_batch_goes_through_its_states_to_a_file_of_answers(
    server: OpenAIServer,
) -> None:
    async def work(api: BatchApi) -> tuple[list[RemoteBatch], str]:
        seen = await ended(api)
        file = io.BytesIO(b"left of a try before")
        await api.save(seen[-1].output, file)
        return seen, file.getvalue().decode()

    seen, text = using(server, work)
    assert [one.status for one in seen] == [
        *("validating", "in_progress", "finalizing", "completed")
    ]
    last = seen[-1]
    assert (last.total, last.completed, last.failed, last.error) == (2, 2, 0, "")
    rows = [json.loads(line) for line in text.splitlines()]
    asked = [json.loads(line)["custom_id"] for line in LINES.splitlines()]
    assert sorted(row["custom_id"] for row in rows) == sorted(asked)
    (batch,) = desk(server).batches.values()
    assert batch["metadata"] == {"icp_synth_file": "abc"}
    assert desk(server).files[batch["input_file_id"]] == LINES


def test_a_create_whose_answer_is_lost_is_not_sent_again(server: OpenAIServer) -> None:
    desk(server).faults["create"].append(faults.CUT)
    batch = using(server, made)
    assert list(desk(server).batches) == [batch.id]
    assert desk(server).calls == ["upload", "create", "list"]


def test_a_create_that_never_came_to_be_is_sent_again(server: OpenAIServer) -> None:
    desk(server).faults["create"].append(faults.error(500, "Down."))
    batch = using(server, made)
    assert list(desk(server).batches) == [batch.id]
    assert desk(server).calls == ["upload", "create", "list", "create"]


def test_a_batch_is_found_by_its_mark_on_any_page(server: OpenAIServer) -> None:
    desk(server).most_a_page = 1

    async def work(api: BatchApi) -> tuple[RemoteBatch | None, RemoteBatch | None]:
        first = await made(api)
        file = await api.upload(LINES.encode(), name="requests.jsonl")
        await api.create(file, mark="other")
        return (
            await api.find("abc"),
            await api.find("abc", known={first.id}),
        )

    found, none = using(server, work)
    assert found is not None
    assert found.id == min(desk(server).batches)
    assert none is None


def test_a_pause_that_is_asked_for_is_kept(server: OpenAIServer) -> None:
    desk(server).faults["upload"].append(faults.rate_limited(retry_after="7"))
    time = FakeTime()
    using(server, made, time=time)
    assert 7 <= time.now < 8


@pytest.mark.parametrize(
    ("fault", "kind", "said"),
    [
        (faults.error(404, "Not found."), EndpointRefused, "has no Batch API"),
        (faults.error(405, "Not allowed."), EndpointRefused, "has no Batch API"),
        (faults.error(400, "Invalid file: unknown store."), CallFailed, "unknown"),
        (faults.error(403, "Not you."), EndpointRefused, "403"),
        (faults.quota(), QuotaExhausted, "quota"),
    ],
)
def test_refusals_are_ours_and_not_tried_again(
    server: OpenAIServer, fault: faults.Fault, kind: type[Exception], said: str
) -> None:
    desk(server).faults["upload"].append(fault)
    with pytest.raises(kind, match=said):
        using(server, made)
    assert desk(server).calls == ["upload"]


def test_a_wrong_key_is_refused_and_not_repeated(server: OpenAIServer) -> None:
    with pytest.raises(EndpointRefused) as told:
        using(server, made, key="sk-wrong-key-1")
    assert "sk-wrong" not in str(told.value)
    assert "key" in told.value.message


def test_a_server_without_batches_is_named_with_the_way_by_files() -> None:
    with OpenAIServer() as plain:
        plain.batches = None
        with pytest.raises(EndpointRefused, match="no Batch API") as told:
            using(plain, made)
    assert "batch export" in told.value.hint


def test_what_is_not_there_is_not_found(server: OpenAIServer) -> None:
    with pytest.raises(NotFound, match="batch nobody"):
        using(server, lambda api: api.get("nobody"))
    with pytest.raises(NotFound, match="file nothing"):
        using(server, lambda api: api.save("nothing", io.BytesIO()))
    with pytest.raises(NotFound, match="file nothing"):
        using(server, lambda api: api.delete("nothing"))


def test_a_download_that_breaks_off_starts_anew(server: OpenAIServer) -> None:
    desk(server).faults["content"].append(faults.CUT)

    async def work(api: BatchApi) -> bytes:
        last = (await ended(api))[-1]
        file = io.BytesIO()
        await api.save(last.output, file)
        return file.getvalue()

    assert len(using(server, work).splitlines()) == 2
    assert desk(server).calls.count("content") == 2


def test_a_file_that_does_not_hold_together_fails_with_line_and_message(
    server: OpenAIServer,
) -> None:
    async def work(api: BatchApi) -> RemoteBatch:
        twice = LINES.splitlines()[0] + "\n"
        file = await api.upload((twice * 2).encode(), name="twice.jsonl")
        return await api.get((await api.create(file, mark="x")).id)

    failed = using(server, work)
    assert failed.status == "failed"
    assert failed.problems == ("line 2: duplicate_custom_id: It is there twice.",)


def test_a_batch_that_ended_cannot_be_cancelled(server: OpenAIServer) -> None:
    async def work(api: BatchApi) -> RemoteBatch:
        return await api.cancel((await ended(api))[-1].id)

    with pytest.raises(CallFailed, match="Cannot cancel"):
        using(server, work)


def test_requests_are_split_by_lines_bytes_and_model() -> None:
    asked = [request(f"{at}: a", model=m) for at in range(3) for m in ("x", "y")]
    files = list(batch_files(asked, most_lines=2))
    assert [(one.model, len(one.keys)) for one in files] == [
        *(("x", 2), ("x", 1), ("y", 2), ("y", 1))
    ]
    size = len(f"{export_line(asked[0])}\n".encode())
    small = list(batch_files(asked, most_bytes=size))
    assert [len(one.keys) for one in small] == [1] * 6
    assert b"".join(one.data for one in small) == b"".join(one.data for one in files)
    assert {key for one in files for key in one.keys} == {one.key() for one in asked}
    assert list(batch_files([])) == []


def test_a_batch_costs_half_of_a_known_price() -> None:
    price = price_of("gpt-4.1-mini-2025-04-14")
    assert price is not None
    usage = Usage(input_tokens=1_000_000, output_tokens=500_000, cached_tokens=10_000)
    whole, half = price.of(usage), price.halved().of(usage)
    assert whole is not None
    assert half == whole / 2
