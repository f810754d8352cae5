"""The ledger gives back what it took, durably, and never a damaged answer."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from icp_synth.domain.chat import ChatReply, ChatRequest, Message, Usage
from icp_synth.domain.ids import sha256_text
from icp_synth.domain.insights import Insight, Quarantined, Quote
from icp_synth.domain.passages import Passage, Slice, Window
from icp_synth.domain.transcripts import Person, SourceReport, Transcript, Turn
from icp_synth.errors import NotFound, ProjectLocked, StorageError
from icp_synth.llm.protocol import ReplyStore
from icp_synth.project.ledger import (
    Call,
    FileStamp,
    Ledger,
    Reading,
    StageCounts,
    UsageTotals,
    ledger_path,
)

TEXT = "Ann: What is hard?\n\nBob: Waiting is hard, \U0001f643 很慢。"


def transcript(name: str = "a.txt", *, text: str = TEXT) -> Transcript:
    return Transcript(
        id=name,
        path=name,
        sha256="f" * 64,
        text_sha256=sha256_text(text),
        reader="text/1",
        text=text,
        turns=(
            Turn(index=0, start=5, end=18, label="Ann", speaks="interviewer"),
            Turn(index=1, start=25, end=44, speaks="participant", participant="Bob"),
        ),
        participants=("Bob",),
        counts={"titles": 1},
    )


def report(name: str, status: str = "read") -> SourceReport:
    return SourceReport.model_validate({"id": name, "path": name, "status": status})


def window(name: str = "a.txt", index: int = 0) -> Window:
    body = Slice(turn=1, start=25, end=44, use="body")
    return Window(
        id=f"win-{name}-{index}",
        transcript=name,
        index=index,
        slices=(body,),
        tokens=9,
    )


def passage(name: str = "a.txt") -> Passage:
    return Passage(
        id=f"psg-{name}",
        transcript=name,
        participant="Bob",
        slices=window(name).slices,
        tokens=9,
    )


def reading(name: str = "a.txt", fingerprint: str = "cues@1") -> Reading:
    quote = Quote(start=25, end=40, text=TEXT[25:40], turn=1)
    insight = Insight(
        id="ins-1",
        participant="Bob",
        transcript=name,
        kind="pain",
        category="problem",
        statement="Waiting is hard",
        statement_origin="verbatim",
        quotes=(quote,),
    )
    refused = Quarantined(
        transcript=name, statement="s", quote="never said", reason="not_found"
    )
    return Reading(
        transcript=name,
        window=f"win-{name}-0",
        fingerprint=fingerprint,
        outcome="done",
        insights=(insight,),
        quarantined=(refused,),
        counts={"moved": 2},
    )


def request(words: str = "What hurts?", about: tuple[str, ...] = ()) -> ChatRequest:
    return ChatRequest(
        model="gpt",
        messages=(Message(role="user", content=words),),
        schema_name="answer",
        response_schema={"type": "object"},
        prompt="extract@1#ab",
        about=about,
        step="extract",
    )


REPLY = ChatReply(text='{"x": "慢"}', usage=Usage(input_tokens=9), model="gpt-1")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path, write=True) as opened:
        opened.transcripts.put_all(
            [report("a.txt"), report("b.txt", "failed")], [transcript()]
        )
        yield opened


def test_transcripts_come_back_as_they_were(ledger: Ledger) -> None:
    assert ledger.transcripts.all() == (transcript(),)
    assert ledger.transcripts.get("a.txt") == transcript()
    assert ledger.transcripts.texts() == {"a.txt": TEXT}
    assert ledger.transcripts.texts(["a.txt", "nothing"]) == {"a.txt": TEXT}
    assert ledger.transcripts.of_participant("Bob") == ("a.txt",)
    assert [one.status for one in ledger.transcripts.reports()] == ["read", "failed"]


def test_what_is_taken_out_stays_until_it_is_dropped(ledger: Ledger) -> None:
    ledger.chunks.put("a.txt", "chunk/1", windows=[window()], passages=[passage()])
    ledger.transcripts.put_all([], [])
    assert ledger.transcripts.names() == ()
    assert ledger.transcripts.get("a.txt") is None
    assert ledger.chunks.passages() == ()
    ledger.transcripts.put_all([report("a.txt")], [transcript()])
    assert ledger.chunks.fingerprints() == {"a.txt": "chunk/1"}
    assert ledger.chunks.passages() == (passage(),)


def test_a_changed_transcript_is_cut_again_and_its_readings_are_kept(
    ledger: Ledger,
) -> None:
    ledger.chunks.put("a.txt", "chunk/1", windows=[window()], passages=[passage()])
    ledger.readings.put(reading())
    ledger.transcripts.put_all([report("a.txt")], [transcript(text=f"{TEXT}!")])
    assert ledger.chunks.fingerprints() == {}
    assert ledger.chunks.windows() == ()
    assert ledger.readings.get("win-a.txt-0", "cues@1") == reading()


def test_dropping_a_transcript_erases_all_that_was_made_of_it(ledger: Ledger) -> None:
    ledger.chunks.put("a.txt", "chunk/1", windows=[window()], passages=[passage()])
    ledger.readings.put(reading())
    ledger.replies.put_reply(request(about=("a.txt", "c.txt")), REPLY)
    ledger.replies.put_reply(request("other"), REPLY)
    assert ledger.transcripts.drop("a.txt")
    assert not ledger.transcripts.drop("a.txt")
    assert ledger.readings.insight_ids_of("Bob") == ()
    assert ledger.replies.keys() == (request("other").key(),)
    assert ledger.integrity().sound


def test_windows_and_passages_come_back_in_order(ledger: Ledger) -> None:
    windows = [window(index=0), window(index=1)]
    ledger.chunks.put("a.txt", "chunk/1", windows=windows, passages=[passage()])
    assert ledger.chunks.windows("a.txt") == tuple(windows)
    assert ledger.chunks.counts() == {"a.txt": (2, 1)}


def test_readings_are_kept_by_window_and_analyst(ledger: Ledger) -> None:
    ledger.readings.put(reading())
    failed = Reading(
        transcript="a.txt",
        window="win-a.txt-0",
        fingerprint="model@1",
        outcome="failed",
        reason="truncated",
    )
    ledger.readings.put(failed)
    assert ledger.readings.of(["win-a.txt-0", "else"], "cues@1") == {
        "win-a.txt-0": reading()
    }
    assert ledger.readings.outcomes(["win-a.txt-0"], "model@1") == {
        "win-a.txt-0": ("failed", "truncated")
    }
    assert ledger.readings.get("win-a.txt-0", "nobody") is None
    ledger.readings.put(reading(fingerprint="model@1"))
    assert ledger.readings.insight_ids_of("Bob") == ("ins-1",)
    assert ledger.readings.get("win-a.txt-0", "model@1") != failed


def test_only_a_reading_that_is_done_has_insights() -> None:
    with pytest.raises(ValidationError):
        Reading.model_validate(reading().model_dump() | {"outcome": "pending"})


def test_replies_come_back_by_what_was_asked(ledger: Ledger) -> None:
    store: ReplyStore = ledger.replies
    asked = request(about=("a.txt",))
    assert store.get_reply(asked.key()) is None
    store.put_reply(asked, REPLY)
    assert store.get_reply(asked.key()) == REPLY
    assert ledger.replies.request(asked.key()) == asked
    assert ledger.replies.keys(step="extract", about="a.txt") == (asked.key(),)
    assert ledger.replies.keys(step="draft") == ()
    assert ledger.replies.known([asked.key(), "0"]) == {asked.key()}


def test_replies_are_listed_in_the_order_in_which_they_came(ledger: Ledger) -> None:
    asked = [request(word) for word in ("c", "a", "b")]
    ledger.replies.put_replies([(one, REPLY) for one in asked])
    assert ledger.replies.keys() == tuple(one.key() for one in asked)


@pytest.mark.parametrize("position", [0, 9, 20, -1])
def test_a_flipped_bit_in_a_reply_is_a_miss(tmp_path: Path, position: int) -> None:
    asked, other = request(), request("other")
    with Ledger.open(tmp_path, write=True) as ledger:
        ledger.replies.put_replies([(asked, REPLY), (other, REPLY)])
    with sqlite3.connect(ledger_path(tmp_path)) as raw:
        query = "SELECT body FROM replies WHERE key = ?"
        body = bytearray(raw.execute(query, [asked.key()]).fetchone()[0])
        body[position] ^= 0x80
        change = "UPDATE replies SET body = ? WHERE key = ?"
        raw.execute(change, [bytes(body), asked.key()])
    raw.close()
    with Ledger.open(tmp_path, write=True) as ledger:
        assert ledger.replies.get_reply(asked.key()) is None
        assert ledger.replies.get_reply(other.key()) == REPLY
        assert ledger.replies.damaged == 1
        assert ledger.integrity().damaged_replies == (asked.key(),)
        ledger.replies.put_reply(asked, REPLY)
        assert ledger.integrity().sound


def test_vectors_come_back_bit_for_bit(ledger: Ledger) -> None:
    made = np.random.default_rng(0).normal(size=(1200, 8)).astype(np.float32)
    keys = [f"k{i}" for i in range(1200)]
    ledger.vectors.put("fake/1", keys, made)
    assert ledger.vectors.missing("fake/1", ["k3", "new", "k4", "new"]) == ("new",)
    assert ledger.vectors.missing("fake/2", ["k3"]) == ("k3",)
    back = ledger.vectors.get("fake/1", keys[::-1], dimension=8)
    assert np.array_equal(back, made[::-1])
    with pytest.raises(KeyError):
        ledger.vectors.get("fake/1", ["k3"], dimension=16)
    assert ledger.vectors.keep_only(["k3", "k4"]) == 1198
    assert ledger.vectors.embedders() == {"fake/1": 2}


def test_no_vectors_are_an_empty_matrix(ledger: Ledger) -> None:
    ledger.vectors.put("fake/1", [], np.zeros((0, 8), np.float32))
    assert ledger.vectors.get("fake/1", [], dimension=8).shape == (0, 8)


def test_runs_leave_state_stages_syntheses_and_calls(ledger: Ledger) -> None:
    runs = ledger.runs
    runs.set_state("digest", {"b": [1, None], "a": "é"})
    assert runs.get_state("digest") == {"b": [1, None], "a": "é"}
    runs.set_state("digest", None)
    assert runs.get_state("digest") is None
    counts = StageCounts(done=3, pending=1)
    runs.put_stages({"read": counts, "extract": StageCounts(failed=2)})
    runs.put_stages({"extract": counts})
    assert runs.stages() == {"read": counts, "extract": counts}
    assert runs.synthesis() is None
    runs.put_synthesis("v1", manifest={"created": "then"}, body="one 慢")
    runs.put_synthesis("v2", manifest={}, body="two")
    assert runs.versions() == ("v1", "v2")
    assert (runs.synthesis(), runs.synthesis("v1")) == ("two", "one 慢")


def test_usage_is_summed_and_the_unknown_is_counted(ledger: Ledger) -> None:
    def call(run: str, outcome: str, tokens: int | None) -> Call:
        usage = Usage(input_tokens=tokens, output_tokens=tokens)
        return Call(
            run=run,
            key="k",
            step="extract",
            model="m",
            endpoint="e",
            outcome=outcome,
            attempts=2,
            usage=usage,
            cost=0.5,
            at="2026-01-01",
        )

    calls = [call("r1", "done", 10), call("r1", "timeout", None), call("r2", "done", 5)]
    for one in calls:
        ledger.runs.record_call(one)
    assert ledger.runs.calls("r1") == tuple(calls[:2])
    assert ledger.runs.usage_totals() == UsageTotals(
        calls=3,
        attempts=6,
        input_tokens=15,
        output_tokens=15,
        cost=1.5,
        priced=1.5,
        unknown=1,
        by_outcome={"done": 2, "timeout": 1},
    )
    assert ledger.runs.usage_totals("nothing") == UsageTotals()


def test_a_call_without_a_known_price_makes_the_sum_unknown(ledger: Ledger) -> None:
    def call(outcome: str, cost: float | None, tokens: int | None = 5) -> Call:
        usage = Usage(input_tokens=tokens, output_tokens=tokens)
        names = {"run": "r", "key": "k", "step": "extract", "model": "m"}
        return Call(**names, endpoint="e", outcome=outcome, usage=usage, cost=cost)

    ledger.runs.record_call(call("done", 0.5))
    ledger.runs.record_call(call("connection", None, None))
    assert ledger.runs.usage_totals().cost == 0.5
    ledger.runs.record_call(call("done", None))
    totals = ledger.runs.usage_totals()
    assert (totals.cost, totals.priced, totals.unpriced) == (None, 0.5, 1)


def test_times_are_those_of_the_answered_calls_of_one_model(ledger: Ledger) -> None:
    def call(model: str, outcome: str, seconds: float | None) -> Call:
        names = {"run": "r", "key": "k", "step": "extract", "endpoint": "e"}
        return Call(**names, model=model, outcome=outcome, seconds=seconds)

    for one in (
        call("m", "done", 3.0),
        call("m", "done", None),
        call("m", "truncated", 9.0),
        call("other", "done", 5.0),
        call("m", "done", 1.5),
    ):
        ledger.runs.record_call(one)
    assert ledger.runs.call_seconds("m") == (3.0, 1.5)
    assert [one.seconds for one in ledger.runs.calls()] == [3.0, None, 9.0, 5.0, 1.5]


def test_the_time_of_a_reply_is_not_kept_with_it(ledger: Ledger) -> None:
    asked = request()
    ledger.replies.put_reply(asked, REPLY.model_copy(update={"seconds": 2.0}))
    assert ledger.replies.get_reply(asked.key()) == REPLY


def test_people_and_stamps_come_back(ledger: Ledger) -> None:
    people = (Person(id="Zoe", label="Z"), Person(id="Bob", label="B", group="new"))
    ledger.transcripts.put_people(people)
    assert ledger.transcripts.people() == people
    stamp = FileStamp(path="a.txt", size=3, mtime_ns=2**61, sha256="ab")
    ledger.transcripts.put_stamps([stamp])
    assert ledger.transcripts.stamps() == {"a.txt": stamp}


def test_a_transaction_that_fails_leaves_nothing(ledger: Ledger) -> None:
    def fail() -> None:
        with ledger.transaction():
            ledger.runs.set_state("half", 1)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert ledger.runs.get_state("half") is None
    ledger.runs.set_state("whole", 1)
    assert ledger.runs.get_state("whole") == 1


def test_a_reader_sees_a_snapshot_beside_a_writer(tmp_path: Path) -> None:
    with Ledger.open(tmp_path, write=True) as writer:
        writer.runs.set_state("x", 1)
        with Ledger.open(tmp_path, write=False) as reader, writer.transaction():
            writer.runs.set_state("x", 2)
            assert reader.runs.get_state("x") == 1
            with pytest.raises(StorageError, match="readonly"):
                reader.runs.set_state("x", 3)
        with (
            pytest.raises(ProjectLocked, match=str(os.getpid())),
            Ledger.open(tmp_path, write=True),
        ):
            pass
    with Ledger.open(tmp_path, write=False) as reader:
        assert reader.runs.get_state("x") == 2


def test_reading_where_there_is_no_ledger_says_what_to_do(tmp_path: Path) -> None:
    with (
        pytest.raises(NotFound, match="icp-synth run"),
        Ledger.open(tmp_path, write=False),
    ):
        pass
    assert list(tmp_path.iterdir()) == []


KILL = """
import sys
from pathlib import Path
from icp_synth.project.ledger import Ledger
with Ledger.open(Path(sys.argv[1]), write=True) as ledger:
    ledger.runs.set_state("x", "new")
"""


@pytest.mark.parametrize(
    ("place", "left"), [("before_commit", "old"), ("after_commit", "new")]
)
def test_a_kill_around_a_commit_leaves_one_side_of_it(
    tmp_path: Path, place: str, left: str
) -> None:
    with Ledger.open(tmp_path, write=True) as ledger:
        ledger.runs.set_state("x", "old")
    killed = subprocess.run(
        [sys.executable, "-c", KILL, str(tmp_path)],
        env=os.environ | {"ICP_SYNTH_FAILPOINT": place},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    with Ledger.open(tmp_path, write=False) as ledger:
        assert ledger.runs.get_state("x") == left
    with Ledger.open(tmp_path, write=True) as ledger:
        assert ledger.runs.get_state("x") == left
        assert ledger.integrity().sound


def test_a_full_disk_is_said_and_nothing_is_torn(ledger: Ledger) -> None:
    ledger._db.run("PRAGMA max_page_count = 60")
    with pytest.raises(StorageError, match="Free some space"):
        ledger.runs.put_synthesis(
            "v", manifest={}, body=np.random.default_rng(0).bytes(10**6).hex()
        )
    assert ledger.runs.versions() == ()
    ledger._db.run("PRAGMA max_page_count = 100000")
    ledger.runs.put_synthesis("v", manifest={}, body="whole")
    assert ledger.integrity().sound


def test_a_damaged_file_is_said(tmp_path: Path) -> None:
    with Ledger.open(tmp_path, write=True):
        pass
    ledger_path(tmp_path).write_bytes(b"no database" * 1000)
    with (
        pytest.raises(StorageError, match="damaged"),
        Ledger.open(tmp_path, write=True),
    ):
        pass


def test_the_writer_is_careful(ledger: Ledger) -> None:
    def pragma(name: str) -> object:
        row = ledger._db.row(f"PRAGMA {name}")
        return row and row[0]

    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 5000,
        "mmap_size": 0,
    }
    assert {name: pragma(name) for name in wanted} == wanted
