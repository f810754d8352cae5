"""The Batch API of OpenAI, and of servers that have the same: upload, create, look.

Each call is tried again as everywhere (llm.retry). One is not: a batch is created
only after a look whether the try before, whose answer was lost, made it already.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import IO, TYPE_CHECKING, Final

from icp_synth.errors import (
    CallFailed,
    EndpointRefused,
    IcpSynthError,
    NotFound,
)
from icp_synth.llm.endpoint import Endpoint
from icp_synth.llm.faults import Refusal, fields, redact
from icp_synth.llm.openai import Connection
from icp_synth.llm.remote_batch import RemoteBatch, batch_of, id_of
from icp_synth.llm.retry import Retrier

if TYPE_CHECKING:
    from icp_synth.llm.openai import Send

MARK: Final = "icp_synth_file"
"""Name in a batch's metadata of the SHA-256 of its file: found again after a crash."""

_PAGE: Final = 100
_NO_API: Final = frozenset({404, 405, 501})
_BY_FILE: Final = (
    "Use `icp-synth batch export` and `icp-synth batch import` with it, or check that"
    " --base-url has its path (most end in /v1)."
)


class BatchApi:
    """The calls, one after the other; an event loop's own.

    Args:
        endpoint: Where to ask.
        model: For the text of errors.
        retrier: How calls are tried again.
    """

    def __init__(
        self, endpoint: Endpoint, model: str = "", *, retrier: Retrier | None = None
    ) -> None:
        self.endpoint = endpoint
        self._model = model
        self._connection = Connection(endpoint)
        self._retrier = retrier or Retrier(concurrency=1)

    async def upload(self, data: bytes, *, name: str) -> str:
        """Upload a file of requests and return the endpoint's name for it.

        Raises:
            EndpointRefused: The key is wrong, or the endpoint has no files.
            CallFailed: It failed for another reason, after the last try.
        """
        body = await self._ask(
            lambda client: client.files.with_streaming_response.create(
                file=(name, data, "application/jsonl"), purpose="batch"
            ),
            self._no_api,
        )
        return id_of(body)

    async def create(
        self, file: str, *, mark: str, known: Collection[str] = ()
    ) -> RemoteBatch:
        """Create a batch of an uploaded file, once.

        Args:
            file: As `upload` named it.
            mark: Kept in the metadata.
            known: Batches that are others, whatever their mark.

        Raises:
            EndpointRefused: The key is wrong, or the endpoint has no batches.
            CallFailed: It failed for another reason, after the last try.
        """
        again = False

        async def once() -> RemoteBatch:
            nonlocal again
            there = await self._find(mark, known) if again else None
            again = True
            if there is not None:
                return there
            return batch_of(
                await self._fetch(
                    lambda client: client.batches.with_streaming_response.create(
                        input_file_id=file,
                        endpoint="/v1/chat/completions",
                        completion_window="24h",
                        metadata={MARK: mark},
                    ),
                    self._no_api,
                )
            )

        batch, _ = await self._retrier.run(once, key=lambda: mark)
        return batch

    async def find(
        self, mark: str, *, known: Collection[str] = ()
    ) -> RemoteBatch | None:
        """Return the batch with this mark that is none of `known`, if there is one.

        Raises:
            EndpointRefused: The key is wrong, or the endpoint has no batches.
            CallFailed: It failed for another reason, after the last try.
        """
        found, _ = await self._retrier.run(
            lambda: self._find(mark, known), key=lambda: mark
        )
        return found

    async def get(self, batch: str) -> RemoteBatch:
        """Return how a batch stands.

        Raises:
            EndpointRefused: The key is wrong.
            NotFound: There is no such batch.
            CallFailed: It failed for another reason, after the last try.
        """
        return batch_of(
            await self._ask(
                lambda client: client.batches.with_streaming_response.retrieve(batch),
                self._none_such(f"batch {batch}"),
            )
        )

    async def cancel(self, batch: str) -> RemoteBatch:
        """Ask for an end of a batch; what is answered by then can be fetched.

        Raises:
            EndpointRefused: The key is wrong.
            NotFound: There is no such batch.
            CallFailed: It has ended already, or the call failed.
        """
        return batch_of(
            await self._ask(
                lambda client: client.batches.with_streaming_response.cancel(batch),
                self._none_such(f"batch {batch}"),
            )
        )

    async def save(self, name: str, file: IO[bytes]) -> None:
        """Download a file.

        Raises:
            EndpointRefused: The key is wrong.
            NotFound: There is no such file.
            CallFailed: It failed for another reason, after the last try.
        """
        await self._retrier.run(
            lambda: self._connection.save(
                lambda client: client.files.with_streaming_response.content(name),
                file,
                model=self._model,
                says=self._none_such(f"file {name}"),
            ),
            key=lambda: name,
        )

    async def delete(self, name: str) -> None:
        """Delete a file at the endpoint.

        Raises:
            EndpointRefused: The key is wrong.
            NotFound: There is no such file.
            CallFailed: It failed for another reason, after the last try.
        """
        await self._ask(
            lambda client: client.files.with_streaming_response.delete(name),
            self._none_such(f"file {name}"),
        )

    async def aclose(self) -> None:
        """Close the connections of this event loop."""
        await self._connection.aclose()

    async def _find(self, mark: str, known: Collection[str]) -> RemoteBatch | None:
        after: dict[str, str] = {}
        while True:
            page = fields(await self._page(after))
            rows = [fields(row) for row in page.get("data") or ()]
            for row in rows:
                mine = fields(row.get("metadata")).get(MARK) == mark
                if mine and row.get("id") not in known:
                    return batch_of(row)
            if not rows or not page.get("has_more"):
                return None
            after = {"after": str(rows[-1].get("id"))}

    async def _page(self, after: Mapping[str, str]) -> object:
        return await self._fetch(
            lambda client: client.batches.with_streaming_response.list(
                limit=_PAGE, extra_query=dict(after)
            ),
            self._no_api,
        )

    async def _ask(
        self, send: Send, says: Callable[[Refusal], IcpSynthError | None]
    ) -> object:
        body, _ = await self._retrier.run(
            lambda: self._fetch(send, says), key=lambda: self.endpoint.host
        )
        return body

    async def _fetch(
        self, send: Send, says: Callable[[Refusal], IcpSynthError | None]
    ) -> object:
        return await self._connection.fetch(send, model=self._model, says=says)

    def _no_api(self, refusal: Refusal) -> IcpSynthError | None:
        if refusal.status in _NO_API:
            msg = f"{self.endpoint.host} has no Batch API ({refusal.status})."
            return EndpointRefused(msg, hint=_BY_FILE)
        return self._bad(refusal)

    def _none_such(self, what: str) -> Callable[[Refusal], IcpSynthError | None]:
        def says(refusal: Refusal) -> IcpSynthError | None:
            if refusal.status == 404:
                msg = f"{self.endpoint.host} has no {what} (404)."
                hint = "Give the key and --base-url of `batch submit`; or it is gone."
                return NotFound(msg, hint=hint)
            return self._bad(refusal)

        return says

    def _bad(self, refusal: Refusal) -> IcpSynthError | None:
        if refusal.status not in {400, 409, 413, 422}:
            return None
        said = redact(refusal.message, self.endpoint.key) or "no reason given"
        return CallFailed(
            f"{self.endpoint.host} does not take this ({refusal.status}: {said}).",
            outcome="bad_request",
            status=refusal.status,
            hint="What was submitted before stands: `icp-synth batch status` shows it.",
        )
