"""Embeddings over the OpenAI protocol: the client that an Embedder is handed."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence

from icp_synth.errors import AnswerUnusable
from icp_synth.llm.connect import openai_endpoint, split_model
from icp_synth.llm.endpoint import TIMEOUT, Endpoint
from icp_synth.llm.faults import fields
from icp_synth.llm.loop import run_here
from icp_synth.llm.openai import Connection
from icp_synth.llm.retry import Retrier


class OpenAIVectors:
    """Fetches vectors, batch by batch, with the retries of all calls.

    Args:
        model: The embedding model's name.
        endpoint: Where to ask.
        retrier: Tries again; its gate bounds how many batches are in flight.
    """

    def __init__(
        self, model: str, endpoint: Endpoint, *, retrier: Retrier | None = None
    ) -> None:
        self.model = model
        self._connection = Connection(endpoint)
        self._retrier = retrier or Retrier(concurrency=4)

    def fetch(self, batches: Sequence[Sequence[str]]) -> list[list[list[float]]]:
        """Return the vectors of each batch, in the order of its texts.

        Raises:
            CallFailed: A batch got no usable answer.
            EndpointRefused: The key, right or model name is wrong.
            QuotaExhausted: The account's quota is used up.
        """
        return run_here(self._fetch(batches))

    async def _fetch(self, batches: Sequence[Sequence[str]]) -> list[list[list[float]]]:
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [
                    group.create_task(self._one(f"{self.model}:{at}", list(batch)))
                    for at, batch in enumerate(batches)
                ]
        except BaseExceptionGroup as several:
            raise several.exceptions[0] from None
        finally:
            await self._connection.aclose()
        return [task.result() for task in tasks]

    async def _one(self, key: str, texts: list[str]) -> list[list[float]]:
        async def ask() -> object:
            return await self._connection.fetch(
                lambda client: client.embeddings.with_streaming_response.create(
                    model=self.model, input=texts, encoding_format="float"
                ),
                model=self.model,
            )

        body, _ = await self._retrier.run(ask, key=lambda: key)
        return _read(body, len(texts))


def _read(body: object, wanted: int) -> list[list[float]]:
    """Return the vectors by their `index`; servers may answer in another order."""
    rows = fields(body).get("data")
    found: dict[int, list[float]] = {}
    for at, row in enumerate(rows if isinstance(rows, list) else ()):
        vector = fields(row).get("embedding")
        if isinstance(vector, list):
            found[int(fields(row).get("index", at))] = vector
    if sorted(found) != list(range(wanted)):
        msg = f"{len(found)} vectors came back for {wanted} texts."
        raise AnswerUnusable(
            msg,
            outcome="malformed",
            hint="Check that the endpoint serves this embedding model.",
        )
    return [found[at] for at in range(wanted)]


def connect_vectors(
    model: str,
    *,
    base_url: str | None = None,
    timeout: float = TIMEOUT,
    environ: Mapping[str, str] | None = None,
) -> OpenAIVectors | None:
    """Return a client for `openai:NAME` (or a bare name with `base_url`), or None.

    Args:
        model: As for `--embedding`.
        base_url: An endpoint that speaks the OpenAI protocol.
        timeout: Seconds without a byte before a call is given up.
        environ: Environment; `os.environ` when None.

    Raises:
        SettingsError: The address or the key cannot be used.
    """
    provider, name = split_model(model)
    endpoint = openai_endpoint(
        base_url,
        environ=os.environ if environ is None else environ,
        default=provider == "openai",
        timeout=timeout,
    )
    return None if endpoint is None else OpenAIVectors(name, endpoint)
