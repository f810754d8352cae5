"""`batch submit`, `status`, `fetch`, `cancel` of a project, over loopback."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from icp_synth.project.ledger import Ledger
from tests.servers import openai_server as faults
from tests.servers.batch_desk import BatchDesk
from tests.servers.openai_server import OpenAIServer
from tests.study_factory import MODEL, Called, answer, icp, outputs, run, write_talks

pytestmark = pytest.mark.slow


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer(answer) as running:
        yield running


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project whose run waits for the answers to `extract`."""
    root = tmp_path_factory.mktemp("asked")
    project = root / "study"
    assert run(project, write_talks(root / "talks"), "--model", MODEL).code == 3
    flags = ("--project", project, "--model", MODEL)
    assert icp("batch", "export", *flags, "-o", project / REQUESTS).code == 0
    return project


@pytest.fixture
def waiting(asked: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(asked.parent, tmp_path / "own")) / "study"


REQUESTS = "requests.jsonl"


def desk(server: OpenAIServer) -> BatchDesk:
    assert server.batches is not None
    return server.batches


def batch(server: OpenAIServer, verb: str, project: Path, *more: str | Path) -> Called:
    flags: tuple[str | Path, ...] = ("--project", project, "--json", *more)
    if verb == "submit":
        flags = (*flags, "--model", MODEL)
    return icp("batch", verb, *flags, "--base-url", server.url)


def submitted(server: OpenAIServer, project: Path) -> str:
    made = batch(server, "submit", project, project / REQUESTS)
    assert made.code == 0, made.err
    (one,) = made.json["batches"]
    return str(one["id"])


def wait(server: OpenAIServer, project: Path) -> Called:
    return batch(server, "status", project, "--wait", "--every", "0")


def test_submit_wait_fetch_and_run_until_done(
    server: OpenAIServer, waiting: Path, tmp_path: Path
) -> None:
    states: list[str] = []
    while states[-1:] != ["done"] and len(states) < 4:
        assert batch(server, "submit", waiting).code == 0
        assert wait(server, waiting).code == 0
        fetched = batch(server, "fetch", waiting)
        assert (fetched.code, fetched.json["missing"]) == (0, 0), fetched.err
        states.append(run(waiting, "--model", MODEL).json["status"])
    assert states[-1] == "done"
    assert server.requests == []
    live = tmp_path / "live"
    with OpenAIServer(answer) as other:
        flags = ("--model", MODEL, "--base-url", other.url)
        assert run(live, write_talks(tmp_path / "talks"), *flags).code == 0
    assert outputs(waiting)["report.html"] == outputs(live)["report.html"]


def test_submit_prints_the_batches_and_sends_what_export_writes(
    server: OpenAIServer, waiting: Path
) -> None:
    file = waiting / REQUESTS
    made = batch(server, "submit", waiting, file)
    assert made.code == 0, made.err
    (one,) = made.json["batches"]
    (known,) = desk(server).batches.values()
    assert one == {"id": known["id"], "requests": 4, "file": known["input_file_id"]}
    assert desk(server).files[one["file"]] == file.read_text("utf-8")
    assert known["endpoint"] == "/v1/chat/completions"
    assert known["completion_window"] == "24h"


def test_status_shows_state_and_counts_and_asks_nothing_when_there_is_nothing(
    server: OpenAIServer, waiting: Path
) -> None:
    assert batch(server, "status", waiting).json == {"batches": []}
    name = submitted(server, waiting)
    (row,) = batch(server, "status", waiting).json["batches"]
    assert (row["id"], row["status"], row["total"]) == (name, "in_progress", 4)
    (row,) = wait(server, waiting).json["batches"]
    assert (row["status"], row["completed"], row["failed"]) == ("completed", 4, 0)
    told = icp("batch", "status", "--project", waiting)
    assert f"{name}  completed: 4 done, 0 failed of 4, 0 min ago" in told.out


def test_what_is_in_a_batch_is_not_submitted_again(
    server: OpenAIServer, waiting: Path
) -> None:
    submitted(server, waiting)
    again = batch(server, "submit", waiting, waiting / REQUESTS)
    assert again.json == {"batches": [], "answered": 0, "under_way": 4}
    wait(server, waiting)
    batch(server, "fetch", waiting)
    done = batch(server, "submit", waiting, waiting / REQUESTS)
    assert done.json == {"batches": [], "answered": 4, "under_way": 0}
    assert len(desk(server).batches) == 1


def test_fetching_twice_changes_nothing_and_leaves_nothing_at_the_endpoint(
    server: OpenAIServer, waiting: Path
) -> None:
    submitted(server, waiting)
    wait(server, waiting)
    first = batch(server, "fetch", waiting)
    assert first.json == {
        "accepted": 4,
        **dict.fromkeys(("failed", "unknown", "duplicate", "missing"), 0),
    }
    assert desk(server).files == {}
    calls = len(desk(server).calls)
    again = batch(server, "fetch", waiting)
    assert (again.code, set(again.json.values())) == (0, {0})
    assert len(desk(server).calls) == calls


def test_a_fetch_before_the_end_says_so(server: OpenAIServer, waiting: Path) -> None:
    name = submitted(server, waiting)
    early = batch(server, "fetch", waiting)
    assert (early.code, early.json["accepted"]) == (3, 0)
    assert f"batch {name} has not ended: in_progress." in early.err


def test_requests_that_failed_can_be_submitted_again_and_no_others(
    server: OpenAIServer, waiting: Path
) -> None:
    def filtered(line: faults.Json) -> faults.Json | None:
        if "Carla" not in json.dumps(line) and "heating" not in json.dumps(line):
            return None
        body = {"error": {"code": "content_filter", "message": "Not this."}}
        return {"response": {"status_code": 400, "body": body}, "error": None}

    desk(server).fails = filtered
    submitted(server, waiting)
    wait(server, waiting)
    partly = batch(server, "fetch", waiting)
    assert partly.code == 3
    assert partly.json == {
        "accepted": 3,
        "failed": 1,
        "missing": 1,
        **dict.fromkeys(("unknown", "duplicate"), 0),
    }
    assert "line 1: content_filter: " in partly.err
    desk(server).fails = lambda _: None
    (again,) = batch(server, "submit", waiting, waiting / REQUESTS).json["batches"]
    assert again["requests"] == 1


@pytest.mark.parametrize("end", ["expired", "cancelled"])
def test_a_batch_that_was_cut_short_gives_what_it_has(
    server: OpenAIServer, waiting: Path, end: str
) -> None:
    desk(server).ends, desk(server).most = end, 3
    submitted(server, waiting)
    assert wait(server, waiting).code == 3
    fetched = batch(server, "fetch", waiting)
    assert fetched.code == 3
    assert (fetched.json["accepted"], fetched.json["missing"]) == (3, 1)
    assert f"batch_{end}: " in fetched.err
    (left,) = batch(server, "submit", waiting, waiting / REQUESTS).json["batches"]
    assert left["requests"] == 1


def test_cancel_ends_what_is_under_way(server: OpenAIServer, waiting: Path) -> None:
    name = submitted(server, waiting)
    (row,) = batch(server, "cancel", waiting).json["batches"]
    assert (row["id"], row["status"]) == (name, "cancelling")
    wait(server, waiting)
    assert batch(server, "fetch", waiting).json["accepted"] == 1


def test_a_file_that_is_refused_says_line_and_reason_and_can_be_sent_again(
    server: OpenAIServer, waiting: Path
) -> None:
    name = submitted(server, waiting)
    known = desk(server)
    given = known.batches[name]["input_file_id"]
    known.files[given] += known.files[given].splitlines()[0] + "\n"
    seen = wait(server, waiting)
    assert seen.code == 3
    assert seen.json["batches"][0]["problems"] == [
        "line 5: duplicate_custom_id: It is there twice."
    ]
    fetched = batch(server, "fetch", waiting)
    assert (fetched.code, fetched.json["missing"]) == (3, 4)
    assert f"batch {name} failed: line 5: duplicate_custom_id" in fetched.err
    assert (
        batch(server, "submit", waiting, waiting / REQUESTS).json["batches"][0][
            "requests"
        ]
        == 4
    )


def kill_at(place: str, server: OpenAIServer, verb: str, project: Path) -> None:
    command = [sys.executable, "-m", "tests.faults.crash_driver", place, "1"]
    command += ["batch", verb, "--project", str(project), "--base-url", server.url]
    command += [str(project / REQUESTS)] if verb == "submit" else []
    ended = subprocess.run(command, capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr


@pytest.mark.parametrize(
    ("place", "before"),
    [("batch_intended", 0), ("batch_uploaded", 0), ("batch_created", 1)],
)
def test_a_kill_while_submitting_submits_nothing_twice(
    server: OpenAIServer, waiting: Path, place: str, before: int
) -> None:
    kill_at(place, server, "submit", waiting)
    assert len(desk(server).batches) == before
    again = batch(server, "submit", waiting, waiting / REQUESTS)
    assert again.code == 0, again.err
    assert [one["requests"] for one in again.json["batches"]] == [4]
    assert len(desk(server).batches) == 1
    wait(server, waiting)
    assert batch(server, "fetch", waiting).json["accepted"] == 4
    assert desk(server).files == {}


def test_a_batch_that_was_created_and_not_recorded_can_be_fetched(
    server: OpenAIServer, waiting: Path
) -> None:
    kill_at("batch_created", server, "submit", waiting)
    (row,) = wait(server, waiting).json["batches"]
    assert row["id"] in desk(server).batches
    assert batch(server, "fetch", waiting).json["accepted"] == 4


@pytest.mark.parametrize("place", ["batch_file_taken", "batch_fetched"])
def test_a_kill_while_fetching_takes_each_answer_in_once(
    server: OpenAIServer, waiting: Path, place: str
) -> None:
    desk(server).ends, desk(server).most = "expired", 3
    submitted(server, waiting)
    wait(server, waiting)
    kill_at(place, server, "fetch", waiting)
    again = batch(server, "fetch", waiting)
    # The file of answers is taken in already; at most the other one is left.
    assert (again.json["accepted"], again.json["duplicate"]) == (0, 0)
    with Ledger.open(waiting, write=False) as ledger:
        assert ledger.runs.usage_totals().by_outcome == {"done": 3}
    assert desk(server).files == {}


def test_the_cost_of_another_endpoint_is_not_known(
    server: OpenAIServer, waiting: Path
) -> None:
    submitted(server, waiting)
    wait(server, waiting)
    batch(server, "fetch", waiting)
    with Ledger.open(waiting, write=False) as ledger:
        totals = ledger.runs.usage_totals()
    assert (totals.calls, totals.cost) == (4, None)
    assert totals.input_tokens > 0


def test_own_prices_count_as_they_are(server: OpenAIServer, waiting: Path) -> None:
    text = "[model]\ninput_price = 1.0\noutput_price = 2.0\n"
    with (waiting / "study.toml").open("a", encoding="utf-8") as file:
        file.write(text)
    submitted(server, waiting)
    wait(server, waiting)
    batch(server, "fetch", waiting)
    with Ledger.open(waiting, write=False) as ledger:
        totals = ledger.runs.usage_totals()
    expected = (totals.input_tokens + 2 * totals.output_tokens) / 1e6
    assert totals.cost == pytest.approx(expected)


def test_a_line_that_is_somebody_elses_or_was_changed_is_not_sent(
    server: OpenAIServer, waiting: Path
) -> None:
    file = waiting / REQUESTS
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    rows[0]["custom_id"] = "nobodys"
    rows[1]["body"]["temperature"] = 2
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    refused = batch(server, "submit", waiting, file)
    assert refused.code == 2
    assert "line 1 was asked for nowhere here" in refused.err
    assert "line 2 was changed" in refused.err
    assert desk(server).calls == []


def test_a_model_without_a_key_is_not_sent_anywhere(waiting: Path) -> None:
    for model, said in ((f"openai:{MODEL}", "OPENAI_API_KEY"), (MODEL, "--base-url")):
        flags = ("--project", waiting, "--model", model)
        refused = icp("batch", "submit", waiting / REQUESTS, *flags)
        assert (refused.code, refused.out) == (2, "")
        assert said in refused.err
        assert "batch export" in refused.err


def test_an_endpoint_without_batches_leaves_no_trace(
    server: OpenAIServer, waiting: Path
) -> None:
    with OpenAIServer() as plain:
        plain.batches = None
        refused = batch(plain, "submit", waiting, waiting / REQUESTS)
    assert refused.code == 2
    assert "no Batch API" in refused.err
    assert "batch export" in refused.err
    assert submitted(server, waiting)


def test_nothing_asked_is_nothing_to_submit_or_fetch(
    server: OpenAIServer, tmp_path: Path
) -> None:
    for verb in ("fetch", "cancel"):
        refused = batch(server, verb, tmp_path / "none")
        assert refused.code == 2
        assert "batch export" in refused.err
    assert not (tmp_path / "none").exists()


def test_a_batch_that_its_endpoint_forgot_is_dropped_only_when_asked(
    server: OpenAIServer, waiting: Path
) -> None:
    submitted(server, waiting)
    desk(server).batches.clear()
    (row,) = batch(server, "status", waiting).json["batches"]
    assert row["status"] == "not_found"
    lost = batch(server, "fetch", waiting)
    assert lost.code == 3
    assert "--forget" in lost.err
    assert batch(server, "cancel", waiting).code == 2
    assert batch(server, "cancel", waiting, "--forget").code == 0
    assert (
        batch(server, "submit", waiting, waiting / REQUESTS).json["batches"][0][
            "requests"
        ]
        == 4
    )


def test_files_that_cannot_be_deleted_are_named_and_tried_again(
    server: OpenAIServer, waiting: Path
) -> None:
    submitted(server, waiting)
    wait(server, waiting)
    desk(server).faults["delete"].append(faults.error(400, "Not now."))
    first = batch(server, "fetch", waiting)
    assert (first.code, first.json["accepted"]) == (3, 4)
    assert "is still at" in first.err
    assert batch(server, "fetch", waiting).code == 0
    assert desk(server).files == {}
