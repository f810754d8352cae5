from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from icp_synth.embedding.openai import OpenAIEmbedder
from icp_synth.errors import AnswerUnusable, EndpointRefused
from icp_synth.llm.endpoint import Endpoint
from icp_synth.llm.retry import Retrier
from icp_synth.llm.vectors import OpenAIVectors, connect_vectors
from tests.llm.helpers import FakeTime
from tests.servers import openai_server as faults
from tests.servers.openai_server import DIMENSION, OpenAIServer, vector


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer() as running:
        yield running


def embedder(server: OpenAIServer) -> OpenAIEmbedder:
    time = FakeTime()
    retrier = Retrier(clock=time.clock, sleep=time.sleep)
    endpoint = Endpoint(server.url, timeout=30, deadline=30)
    return OpenAIEmbedder(OpenAIVectors("tiny", endpoint, retrier=retrier))


def test_rows_are_unit_vectors_in_the_order_of_the_texts(server: OpenAIServer) -> None:
    texts = ["one", "two", "三"]
    rows = embedder(server).embed(texts)
    assert rows.shape == (3, DIMENSION)
    assert rows.dtype == np.float32
    for row, text in zip(rows, texts, strict=True):
        raw = np.asarray(vector(text))
        np.testing.assert_allclose(row, raw / np.linalg.norm(raw), rtol=1e-5)


def test_a_vector_depends_on_its_text_alone(server: OpenAIServer) -> None:
    texts = [f"text {at}" for at in range(600)]
    together = embedder(server).embed(texts)
    alone = embedder(server).embed([texts[555]])
    np.testing.assert_array_equal(together[555], alone[0])
    assert len(server.requests) == 4


def test_equal_texts_are_asked_once_and_empty_ones_have_a_vector(
    server: OpenAIServer,
) -> None:
    rows = embedder(server).embed(["a", "", "a"])
    np.testing.assert_array_equal(rows[0], rows[2])
    assert server.requests[0]["input"] == ["a", " "]


def test_no_text_gives_no_row_and_the_dimension_is_asked_once(
    server: OpenAIServer,
) -> None:
    model = embedder(server)
    assert model.embed([]).shape == (0, DIMENSION)
    assert model.dimension == DIMENSION
    assert len(server.requests) == 1


def test_it_tries_again_and_says_its_name(server: OpenAIServer) -> None:
    server.faults.extend([faults.error(500, "x"), faults.rate_limited(retry_after="9")])
    model = embedder(server)
    assert model.embed(["a"]).shape == (1, DIMENSION)
    assert model.name == "openai:tiny"


def test_a_refused_key_stops_it() -> None:
    with OpenAIServer(key="k") as server, pytest.raises(EndpointRefused):
        embedder(server).embed(["a"])


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"data": []},
        {"data": [{"index": 1, "embedding": [1.0]}]},
        {"data": [{"index": 0, "embedding": "AAAA"}]},
        {"data": [{"index": 0, "embedding": [0.0, 0.0]}]},
        {"data": [{"index": 0, "embedding": []}]},
    ],
)
def test_what_is_no_vector_is_unusable(
    server: OpenAIServer, body: dict[str, object]
) -> None:
    server.faults.append(faults.Fault(body=body))
    with pytest.raises(AnswerUnusable):
        embedder(server).embed(["a"])


class Fixed:
    """A client with fixed vectors."""

    model = "fixed"

    def __init__(self, *rows: list[float]) -> None:
        self.rows = list(rows)

    def fetch(self, batches: Sequence[Sequence[str]]) -> list[list[list[float]]]:
        return [[self.rows.pop(0) for _ in batch] for batch in batches]


def test_vectors_of_two_lengths_are_never_mixed() -> None:
    with pytest.raises(AnswerUnusable, match="different lengths"):
        OpenAIEmbedder(Fixed([1.0], [1.0, 2.0])).embed(["a", "b"])
    model = OpenAIEmbedder(Fixed([1.0], [1.0, 2.0]))
    model.embed(["a"])
    with pytest.raises(AnswerUnusable, match="2 numbers instead of 1"):
        model.embed(["b"])


def test_without_endpoint_or_key_there_is_no_client() -> None:
    assert connect_vectors("openai:text-embedding-3-small", environ={}) is None
    assert connect_vectors("tiny", base_url="http://127.0.0.1:9/v1", environ={})
