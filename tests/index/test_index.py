"""The index answers like its exact twin, and costs a rebuild when it is lost."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from numpy.typing import NDArray

from icp_synth.domain.passages import Passage, Slice
from icp_synth.index import (
    Corpus,
    Entry,
    chroma as door,
    put,
    rebuild,
    search,
    searching,
)
from icp_synth.index.exact import rank

Break = Callable[[Path], None]


def make_corpus(count: int, *, seed: int = 0, dimension: int = 16) -> Corpus:
    rows = np.random.default_rng(seed).normal(size=(count, dimension))
    unit = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    entries = [
        Entry(f"psg-{i:04d}", f"t{i % 7}", f"p{i % 5}", i, i + 10) for i in range(count)
    ]
    at = {entry.id: i for i, entry in enumerate(entries)}

    def vectors(ids: Sequence[str]) -> NDArray[np.float32]:
        rows: NDArray[np.float32] = unit[[at[name] for name in ids]]
        return rows

    return Corpus(
        embedder="fake/1",
        dimension=dimension,
        entries=entries,
        vectors=vectors,
        text=lambda entry: f"text of {entry.id}",
    )


def part(corpus: Corpus, entries: Sequence[Entry], embedder: str = "fake/1") -> Corpus:
    return Corpus(
        embedder=embedder,
        dimension=corpus.dimension,
        entries=entries,
        vectors=corpus.vectors,
        text=corpus.text,
    )


def queries(corpus: Corpus, *positions: int) -> NDArray[np.float32]:
    return corpus.vectors([corpus.entries[i].id for i in positions])


@pytest.fixture
def forbidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        msg = "chroma was opened"
        raise AssertionError(msg)

    monkeypatch.setattr(door, "_client", refuse)


def test_an_entry_is_the_stretch_of_a_passages_own_words() -> None:
    question = Slice(turn=0, start=3, end=9, use="context")
    answer = Slice(turn=1, start=12, end=40, use="body")
    passage = Passage(
        id="psg-1", transcript="t", participant="p", slices=(question, answer), tokens=9
    )
    assert Entry.of(passage) == Entry("psg-1", "t", "p", 12, 40)


def test_a_search_returns_place_words_and_score(tmp_path: Path) -> None:
    corpus = make_corpus(30)
    assert put(tmp_path, corpus).added == 30
    found = search(tmp_path, corpus, queries(corpus, 3), limit=2)
    best = found.hits[0][0]
    assert not found.exact
    assert (best.passage, best.transcript, best.participant) == ("psg-0003", "t3", "p3")
    assert (best.start, best.end, best.text) == (3, 13, "text of psg-0003")
    assert best.score == 1.0


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    count=st.integers(1, 300),
    seed=st.integers(0, 1000),
    limit=st.integers(1, 12),
    people=st.none() | st.sets(st.sampled_from(["p0", "p1", "p4", "nobody"])),
)
def test_both_twins_give_the_same_answer(
    tmp_path: Path, count: int, seed: int, limit: int, people: set[str] | None
) -> None:
    corpus = make_corpus(count, seed=seed)
    rebuild(tmp_path, corpus)
    asked = queries(corpus, 0, count // 2, count - 1)
    found = search(tmp_path, corpus, asked, limit=limit, participants=people)
    expected = rank(corpus, asked, among=corpus.of(people), limit=limit)
    assert not found.exact
    assert found.hits == expected


@pytest.fixture
def openings(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return the folders in which chroma was opened, as it happens."""
    folders: list[Path] = []
    client = door._client

    def counted(folder: Path) -> object:
        folders.append(folder)
        return client(folder)

    monkeypatch.setattr(door, "_client", counted)
    return folders


@pytest.mark.parametrize("there", [True, False])
def test_searches_among_different_people_share_one_opening(
    tmp_path: Path, openings: list[Path], *, there: bool
) -> None:
    corpus = make_corpus(60)
    if there:
        put(tmp_path, corpus)
        openings.clear()
    asked = [{"p0"}, {"p1", "p4"}, {"nobody"}, None]
    with searching(tmp_path, corpus) as find:
        found = [
            find(queries(corpus, at), limit=5, participants=people)
            for at, people in enumerate(asked)
        ]
    assert [one.hits for one in found] == [
        rank(corpus, queries(corpus, at), among=corpus.of(people), limit=5)
        for at, people in enumerate(asked)
    ]
    assert [one.broken for one in found] == [not there] * 4
    assert len(openings) == there
    assert not (tmp_path / "index.open").exists()


def test_a_search_that_breaks_chroma_makes_the_following_ones_exact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, openings: list[Path]
) -> None:
    corpus = make_corpus(30)
    put(tmp_path, corpus)
    openings.clear()

    def panic(*_: object, **__: object) -> None:
        msg = "disk image is malformed"
        raise door.ChromaBroken(msg)

    asked = queries(corpus, 4)
    with searching(tmp_path, corpus) as find:
        sound = find(asked, limit=3)
        with monkeypatch.context() as patched:
            patched.setattr(door.Chroma, "nearest", panic)
            broken = find(asked, limit=3)
        # The mark is gone as soon as chroma is: what ends the process now is not it.
        assert not (tmp_path / "index.open").exists()
        after = find(asked, limit=3)
    assert (sound.exact, broken.exact, after.exact) == (False, True, True)
    assert sound.hits == broken.hits == after.hits
    assert after.reason == "the index is broken (disk image is malformed)"
    assert len(openings) == 1
    assert put(tmp_path, corpus) == (30, True, "")


def test_an_error_in_the_block_closes_the_index_and_passes(tmp_path: Path) -> None:
    corpus = make_corpus(10)
    put(tmp_path, corpus)

    def interrupted() -> None:
        with searching(tmp_path, corpus) as find:
            find(queries(corpus, 1))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert not (tmp_path / "index.open").exists()
    assert not search(tmp_path, corpus, queries(corpus, 1)).exact


def test_equal_vectors_are_ordered_by_id() -> None:
    corpus = make_corpus(4)
    same = Corpus(
        embedder="fake/1",
        dimension=2,
        entries=corpus.entries,
        vectors=lambda ids: np.eye(1, 2, dtype=np.float32).repeat(len(ids), 0),
        text=corpus.text,
    )
    query = np.eye(1, 2, dtype=np.float32)
    hits = rank(same, query, among=same.entries[::-1], limit=3)[0]
    assert [hit.passage for hit in hits] == ["psg-0000", "psg-0001", "psg-0002"]


@pytest.mark.usefixtures("forbidden")
def test_exact_search_needs_no_chroma(tmp_path: Path) -> None:
    corpus = make_corpus(20)
    found = search(tmp_path, corpus, queries(corpus, 5), limit=1)
    assert found.hits[0][0].passage == "psg-0005"
    assert found.exact
    assert found.broken
    assert found.reason == "the index is missing or out of date"


def test_an_unchanged_corpus_opens_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = make_corpus(20)
    put(tmp_path, corpus)
    monkeypatch.setattr(door, "_client", lambda _: pytest.fail("chroma was opened"))
    assert put(tmp_path, corpus) == (0, False, "")


@pytest.mark.usefixtures("forbidden")
def test_without_the_lock_chroma_is_not_opened(tmp_path: Path) -> None:
    corpus = make_corpus(20)
    found = search(tmp_path, corpus, queries(corpus, 5), alone=False)
    assert found.exact
    assert not found.broken


def test_new_passages_are_added_and_gone_ones_leave_by_a_rebuild(
    tmp_path: Path,
) -> None:
    whole = make_corpus(40)
    put(tmp_path, part(whole, whole.entries[:30]))
    assert put(tmp_path, whole) == (10, False, "")
    fewer = part(whole, whole.entries[5:])
    assert put(tmp_path, fewer) == (35, True, "")
    found = search(tmp_path, fewer, queries(whole, 2), limit=35)
    assert not found.exact
    assert all(hit.passage >= "psg-0005" for hit in found.hits[0])


def test_another_embedder_gets_its_own_collection(tmp_path: Path) -> None:
    corpus = make_corpus(10)
    other = part(corpus, corpus.entries, embedder="fake/2")
    put(tmp_path, corpus)
    assert search(tmp_path, other, queries(corpus, 1)).exact
    assert put(tmp_path, other) == (10, False, "")
    assert not search(tmp_path, other, queries(corpus, 1)).exact
    assert not search(tmp_path, corpus, queries(corpus, 1)).exact


def delete_all(folder: Path) -> None:
    shutil.rmtree(folder)


def truncate_all(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            os.truncate(path, path.stat().st_size // 3)


def scramble_all(folder: Path) -> None:
    noise = np.random.default_rng(1)
    for path in folder.rglob("*"):
        if path.is_file():
            path.write_bytes(noise.bytes(path.stat().st_size))


def scramble_vectors(folder: Path) -> None:
    noise = np.random.default_rng(2)
    for path in folder.rglob("*.bin"):
        path.write_bytes(noise.bytes(path.stat().st_size))


def empty_it(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


def drop_rows(folder: Path) -> None:
    (path,) = folder.rglob("chroma.sqlite3")
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM embeddings_queue WHERE seq_id % 3 = 0")
        connection.execute("DELETE FROM embeddings WHERE id % 3 = 0")
    connection.close()


@pytest.mark.parametrize(
    ("damage", "count"),
    [
        (delete_all, 60),
        (truncate_all, 60),
        (scramble_all, 60),
        (empty_it, 60),
        (drop_rows, 60),
        (scramble_vectors, 1500),
    ],
)
def test_a_damaged_index_is_answered_for_and_rebuilt(
    tmp_path: Path, damage: Break, count: int
) -> None:
    corpus = make_corpus(count)
    put(tmp_path, corpus)
    damage(tmp_path / "chroma")
    asked = queries(corpus, 7, 9)
    found = search(tmp_path, corpus, asked, limit=5)
    assert found.hits == rank(corpus, asked, among=corpus.entries, limit=5)
    assert found.exact
    assert found.broken
    assert rebuild(tmp_path, corpus) == (count, True, "")
    assert search(tmp_path, corpus, asked, limit=5) == (found.hits, False, "", False)


def test_a_broken_index_is_rebuilt_by_the_next_put(tmp_path: Path) -> None:
    corpus = make_corpus(25)
    put(tmp_path, corpus)
    scramble_all(tmp_path / "chroma")
    assert search(tmp_path, corpus, queries(corpus, 1)).broken
    assert put(tmp_path, corpus) == (25, True, "")


CHILD = """
import sys
sys.path[:0] = {path!r}
from pathlib import Path
from tests_index import make_corpus, queries
from icp_synth.index import search
corpus = make_corpus(20)
found = search(Path({root!r}), corpus, queries(corpus, 4), limit=1)
print(found.exact, found.broken, found.hits[0][0].passage)
"""


def search_in_child(
    root: Path, failpoint: str = ""
) -> subprocess.CompletedProcess[str]:
    code = CHILD.format(path=[str(root)], root=str(root))
    shutil.copy(__file__, root / "tests_index.py")
    environment = os.environ | {"ICP_SYNTH_FAILPOINT": failpoint}
    return subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_after_a_crash_inside_chroma_the_next_search_is_exact(tmp_path: Path) -> None:
    corpus = make_corpus(20)
    put(tmp_path, corpus)
    crashed = search_in_child(tmp_path, failpoint="chroma_query:SEGV")
    assert crashed.returncode == -signal.SIGSEGV
    after = search_in_child(tmp_path, failpoint="chroma_query:SEGV")
    assert after.stdout.split() == ["True", "True", "psg-0004"]
    assert put(tmp_path, corpus).rebuilt
    assert not search(tmp_path, corpus, queries(corpus, 4)).exact


@pytest.mark.usefixtures("forbidden")
def test_a_build_that_crashed_twice_is_left_to_doctor(tmp_path: Path) -> None:
    corpus = make_corpus(5)
    (tmp_path / "index.open").write_text("2")
    assert put(tmp_path, corpus).reason
    found = search(tmp_path, corpus, queries(corpus, 1))
    assert found.exact
    assert not found.broken


def test_an_error_of_the_corpus_is_not_taken_for_one_of_chroma(tmp_path: Path) -> None:
    corpus = make_corpus(5)
    lacking = part(corpus, [*corpus.entries, Entry("psg-9", "t", "p", 0, 1)])
    with pytest.raises(KeyError):
        rebuild(tmp_path, lacking)
    assert not (tmp_path / "index.open").exists()


def test_chroma_keeps_no_texts_and_sends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ANONYMIZED_TELEMETRY", raising=False)
    put(tmp_path, make_corpus(5))
    kept = b"".join(
        path.read_bytes() for path in (tmp_path / "chroma").rglob("*") if path.is_file()
    )
    assert b"text of psg" not in kept
    assert os.environ["ANONYMIZED_TELEMETRY"] == "False"
