"""Drafting again from the page: one at a time, in the open, with the project's lock."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from icp_synth.project.lock import hold, lock_path
from icp_synth.review.redraft import Drafting, Redraft, Tell
from tests.review.review_factory import visit, write_study

LIMIT = 10.0


def redraft(run: object, model: str | None = None) -> Redraft:
    assert callable(run)
    return Redraft(run=run, model=model, command="icp-synth run")


def test_progress_is_told_while_it_runs_and_how_it_ended(tmp_path: Path) -> None:
    told, go = threading.Event(), threading.Event()

    def run(tell: Tell) -> str:
        tell("themes", 3, 7)
        told.set()
        assert go.wait(LIMIT)
        return "done."

    visitor = visit(write_study(tmp_path), redraft=redraft(run))
    assert visitor.http.get("/api/redraft").json()["state"] == "idle"
    assert visitor.post("/api/redraft", {}).status_code == 202
    assert told.wait(LIMIT)
    during = visitor.http.get("/api/redraft").json()
    assert (during["state"], during["stage"]) == ("running", "themes")
    assert (during["done"], during["total"]) == (3, 7)
    assert visitor.post("/api/redraft", {}).status_code == 409
    # segments.yaml is not under the ledger's lock: people go on.
    assert visitor.save({"A": ["ann"]}, "absent").status_code == 200
    go.set()
    visitor.drafting.wait(LIMIT)
    after = visitor.http.get("/api/redraft").json()
    assert (after["state"], after["message"]) == ("done", "done.")
    assert visitor.post("/api/redraft", {}).status_code == 202
    visitor.drafting.wait(LIMIT)


def test_a_project_that_is_held_names_its_holder(tmp_path: Path) -> None:
    def run(tell: Tell) -> str:
        del tell
        with hold(lock_path(tmp_path)):
            return "done."

    visitor = visit(write_study(tmp_path), redraft=redraft(run))
    with hold(lock_path(tmp_path)):
        visitor.post("/api/redraft", {})
        visitor.drafting.wait(LIMIT)
    ended = visitor.http.get("/api/redraft").json()
    assert ended["state"] == "failed"
    assert "is held by process" in ended["message"]
    assert ended["hint"]


def test_an_error_that_nobody_foresaw_ends_it_and_is_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[type[BaseException]] = []
    monkeypatch.setattr(threading, "excepthook", lambda it: seen.append(it.exc_type))

    def run(tell: Tell) -> str:
        del tell
        raise ZeroDivisionError

    drafting = Drafting(redraft(run))
    assert drafting.start()
    drafting.wait(LIMIT)
    assert drafting.progress.state == "failed"
    assert "icp-synth run" in drafting.progress.hint
    assert seen == [ZeroDivisionError]


def test_where_it_is_not_offered_there_is_no_button(tmp_path: Path) -> None:
    visitor = visit(write_study(tmp_path))
    assert 'id="redraft"' not in visitor.http.get("/segments").text
    assert visitor.post("/api/redraft", {}).status_code == 409


def test_a_model_that_would_be_asked_is_named_beforehand(tmp_path: Path) -> None:
    def run(tell: Tell) -> str:
        del tell
        return "done."

    visitor = visit(write_study(tmp_path), redraft=redraft(run, "openai:gpt-x"))
    assert 'data-model="openai:gpt-x"' in visitor.http.get("/segments").text
