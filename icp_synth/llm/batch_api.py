"""The Batch API of OpenAI, and of servers that have the same: upload, create, look.

Each call is tried again as everywhere (llm.retry). One is not: a batch is created
only after a look whether the try before, whose answer was lost, made it already.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import IO, TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit, urlunsplit

from icp_synth.domain.values import Value
from icp_synth.errors import (
    AnswerUnusable,
    CallFailed,
    EndpointRefused,
    IcpSynthError,
    NotFound,
    SettingsError,
)
from icp_synth.llm.connect import openai_endpoint, split_model, why_not
from icp_synth.llm.endpoint import NO_KEY, TIMEOUT, Endpoint
from icp_synth.llm.faults import Refusal, fields, redact
from icp_synth.llm.openai import Connection
from icp_synth.llm.retry import Retrier

if TYPE_CHECKING:
    from icp_synth.llm.openai import Send

MARK: Final = "icp_synth_file"
"""Name in a batch's metadata of the SHA-256 of its file: found again after a crash."""

ENDED: Final = frozenset({"completed", "failed", "expired", "cancelled"})
"""States after which nothing changes."""

_PAGE: Final = 100
_NO_API: Final = frozenset({404, 405, 501})
_BY_FILE: Final = (
    "Use `icp-synth batch export` and `icp-synth batch import` with it, or check that"
    " --base-url has its path (most end in /v1)."
)


class RemoteBatch(Value):
    """A batch as its endpoint sees it.

    Attributes:
        id: The endpoint's name for it.
        status: `validating`, `in_progress`, `finalizing`, `cancelling`, or one of
            ENDED.
        total, completed, failed: Counts of requests; 0 until they are known.
        output, error: Names of the files with answers and with refusals, or nothing.
        problems: Why it was refused, each with its line.
    """

    id: str
    status: str
    total: int = 0
    completed: int = 0
    failed: int = 0
    output: str = ""
    error: str = ""
    problems: tuple[str, ...] = ()

    @property
    def ended(self) -> bool:
        """Whether nothing changes any more."""
        return self.status in ENDED


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
        return _id(body)

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
            return _batch(
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
        return _batch(
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
        return _batch(
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
                    return _batch(row)
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


def batch_endpoint(
    model: str,
    *,
    base_url: str | None,
    environ: Mapping[str, str],
    timeout: float = TIMEOUT,
) -> Endpoint:
    """Return where the batches of a model go.

    Args:
        model: `openai:NAME`, or a bare name with `base_url`.
        base_url: An endpoint that has the Batch API.
        environ: Usually `os.environ`.
        timeout: Seconds without a byte before a call is given up.

    Raises:
        SettingsError: There is no key or address, or the provider is another.
    """
    provider, _ = split_model(model)
    by_file = "Without the Batch API: icp-synth batch export, then batch import."
    if provider not in {None, "openai"}:
        msg = f"Batches of {model!r} cannot be submitted: only OpenAI's protocol can."
        raise SettingsError(msg, hint=by_file)
    endpoint = openai_endpoint(
        base_url, environ=environ, default=provider == "openai", timeout=timeout
    )
    if endpoint is None:
        raise SettingsError(why_not(model), hint=by_file)
    if endpoint.is_openai and endpoint.key == NO_KEY:
        msg = f"{endpoint.host} needs a key, and OPENAI_API_KEY is not set."
        raise SettingsError(msg, hint=by_file)
    return endpoint


def plain_address(endpoint: Endpoint) -> str:
    """Return an endpoint's address without the password that it may hold."""
    parts = urlsplit(endpoint.base_url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _batch(body: object) -> RemoteBatch:
    row = fields(body)
    counts = fields(row.get("request_counts"))
    return RemoteBatch(
        id=_id(row),
        status=str(row.get("status") or ""),
        total=int(counts.get("total") or 0),
        completed=int(counts.get("completed") or 0),
        failed=int(counts.get("failed") or 0),
        output=str(row.get("output_file_id") or ""),
        error=str(row.get("error_file_id") or ""),
        problems=tuple(
            _problem(fields(one)) for one in fields(row.get("errors")).get("data") or ()
        ),
    )


def _problem(row: Mapping[str, Any]) -> str:
    line = row.get("line")
    where = f"line {line}: " if line is not None else ""
    return where + redact(f"{row.get('code') or 'error'}: {row.get('message') or ''}")


def _id(body: object) -> str:
    found = fields(body).get("id")
    if not isinstance(found, str) or not found:
        msg = "The endpoint answered without an id."
        hint = "Check that --base-url speaks OpenAI's Batch API."
        raise AnswerUnusable(msg, outcome="malformed", hint=hint)
    return found
