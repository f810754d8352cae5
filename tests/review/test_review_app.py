"""The pages and what their scripts ask for, as one browser after another meets them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from icp_synth.project.lock import hold, lock_path
from icp_synth.project.segments_file import read_segments
from icp_synth.review.pages import STATIC, report_policy
from icp_synth.review.security import MOST_BYTES
from tests.exports.synthesis_factory import PEOPLE
from tests.review.review_factory import (
    ORIGIN,
    TOKEN,
    Visitor,
    read_study,
    visit,
    write_study,
)

HOSTILE = "</script><img src=x onerror='window.ran=1'>"


@pytest.fixture
def visitor(tmp_path: Path) -> Visitor:
    return visit(write_study(tmp_path))


def everybody(board: Any) -> list[str]:
    people = [name for one in board["columns"] for name in one["people"]]
    return sorted([*people, *board["unassigned"]])


# ---------------------------------------------------------------------- coming in
def test_the_token_is_exchanged_for_a_cookie_once(tmp_path: Path) -> None:
    outside = visit(write_study(tmp_path), inside=False)
    assert outside.http.get("/segments").status_code == 401
    entered = outside.http.get("/enter", params={"token": TOKEN})
    assert entered.status_code == 200
    assert "HttpOnly" in entered.headers["set-cookie"]
    assert TOKEN not in entered.text
    assert outside.http.get("/segments").status_code == 200
    # The same browser may open the address again, another may not.
    assert outside.http.get("/enter", params={"token": TOKEN}).status_code == 200
    outside.http.cookies.clear()
    again = outside.http.get("/enter", params={"token": TOKEN})
    assert again.status_code == 403
    assert "set-cookie" not in again.headers


@pytest.mark.parametrize("query", ["", "?token=", "?token=x", "?token=a&token=b"])
def test_a_wrong_token_lets_nobody_in(tmp_path: Path, query: str) -> None:
    outside = visit(write_study(tmp_path), inside=False)
    assert outside.http.get(f"/enter{query}").status_code == 403
    assert not outside.visits


def test_every_answer_has_the_headers_of_safety(visitor: Visitor) -> None:
    for path in ("/", "/segments", "/api/segments", "/static/page.js", "/none"):
        headers = visitor.http.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert not [one for one in headers if one.startswith("access-control")]


def test_the_pages_hold_no_script_or_style_of_their_own(visitor: Visitor) -> None:
    page = visitor.http.get("/segments").text
    assert page.count("<script") == 1
    assert '<script type="module" src="/static/segments.js"></script>' in page
    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page


@pytest.mark.parametrize("name", sorted(STATIC))
def test_what_a_page_loads_is_there(visitor: Visitor, name: str) -> None:
    answer = visitor.http.get(f"/static/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(STATIC[name][2].split(";")[0])


@pytest.mark.parametrize(
    "path",
    [
        "/..%2f..%2fetc%2fpasswd",
        "/static/..%2fgate.py",
        "/static/gate.py",
        "/static/%00",
        "//evil.com",
        "/%5cevil.com",
        "/segments/",
        "/<script>",
    ],
)
def test_what_is_not_there_is_not_there_and_not_repeated(
    visitor: Visitor, path: str
) -> None:
    answer = visitor.http.get(f"{ORIGIN}{path}")
    assert answer.status_code == 404
    assert answer.text == "Not Found\n"


def test_a_long_body_is_refused_before_and_while_it_comes(visitor: Visitor) -> None:
    long = b" " * (MOST_BYTES + 1)
    own = {"origin": ORIGIN, "content-type": "application/json"}
    whole = visitor.http.post("/api/segments", content=long, headers=own)
    parts = visitor.http.post("/api/segments", content=iter([long]), headers=own)
    assert (whole.status_code, parts.status_code) == (413, 413)
    assert not visitor.file.exists()


def test_refused_requests_are_no_visits(visitor: Visitor) -> None:
    visitor.http.get("/segments", headers={"host": "evil.com"})
    visitor.http.post("/api/segments", json={})
    assert not visitor.visits
    visitor.http.get("/segments")
    assert len(visitor.visits) == 1


# ---------------------------------------------------------------------- the report
def test_the_report_is_shown_as_it_is_and_as_a_stranger(visitor: Visitor) -> None:
    answer = visitor.http.get("/report")
    assert answer.content == (visitor.folder / "out" / "report.html").read_bytes()
    policy = answer.headers["content-security-policy"]
    assert "sandbox allow-scripts" in policy
    assert "allow-same-origin" not in policy
    assert f"script-src 'sha256-{'A' * 43}='" in policy


def test_a_page_that_names_no_hash_runs_nothing() -> None:
    forged = b'<meta http-equiv="Content-Security-Policy" content="script-src *">'
    assert "script-src 'none'" in report_policy(forged)
    assert "script-src 'none'" in report_policy(b"\xff<p>")


def test_without_a_report_the_page_says_what_to_do(visitor: Visitor) -> None:
    (visitor.folder / "out" / "report.html").unlink()
    answer = visitor.http.get("/report")
    assert answer.status_code == 404
    assert "icp-synth run" in answer.text


# ------------------------------------------------------------------------ the board
def test_the_board_has_everybody_once_with_what_is_known(visitor: Visitor) -> None:
    board = visitor.board()
    assert everybody(board) == sorted(PEOPLE)
    assert [one["name"] for one in board["columns"]] == ["slow closers"]
    assert (board["source"], board["version"]) == ("run", "absent")
    cards = {one["id"]: one for one in board["people"]}
    assert cards["eve"]["group"] == "churned"
    assert [board["things"][at]["label"] for at in cards["bea"]["has"]]
    assert all(one["people"] > 1 for one in board["things"])


def test_protected_facts_are_no_reason_to_be_together(tmp_path: Path) -> None:
    made = read_study(write_study(tmp_path))
    fact = made.participants[0].facts["headcount_company"]
    facts = {"age": fact, "technology": fact}
    people = [one.model_copy(update={"facts": facts}) for one in made.participants]
    visitor = visit(write_study(tmp_path, participants=tuple(people)))
    labels = [one["label"] for one in visitor.board()["things"]]
    assert [one for one in labels if "about 200" in one] == ["tools: about 200 people"]


def test_hostile_names_are_data(tmp_path: Path) -> None:
    made = read_study(write_study(tmp_path))
    ann = made.participants[0].model_copy(
        update={"job": HOSTILE, "company": "a\u202eb"}
    )
    write_study(tmp_path, participants=(ann, *made.participants[1:]))
    visitor = visit(tmp_path)
    assert visitor.http.get("/segments").text.count("<img") == 0
    card = visitor.board()["people"][0]
    assert card["job"] == HOSTILE
    assert card["company"] == "a⟨U+202E⟩b"


# ------------------------------------------------------------------------- saving
def test_saving_writes_what_segments_edit_would(visitor: Visitor) -> None:
    answer = visitor.save({"Closers": ["ann", "eve"]}, "absent", by="Kim")
    assert answer.status_code == 200
    found = read_segments(visitor.folder)
    assert found is not None
    assert found.by == "Kim"
    assert [one.name for one in found.segments[0].participants] == ["ann", "eve"]
    # Whoever was not sent is unassigned, and nobody is lost.
    assert [one.name for one in found.unassigned] == ["bea", "cem", "dai", "fei"]
    text = visitor.file.read_text("utf-8")
    assert text.startswith("# Who belongs together.")
    assert "- eve  # churned\n" in text
    board = answer.json()
    assert (board["source"], board["current"]) == ("file", False)
    assert answer.headers["etag"] == f'"{board["version"]}"'


def test_the_second_of_two_browsers_is_told_and_writes_nothing(
    visitor: Visitor,
) -> None:
    first = visitor.save({"A": ["ann"]}, "absent").json()["version"]
    late = visitor.save({"B": ["bea"]}, "absent")
    assert late.status_code == 409
    assert late.json() == {"error": "changed", "version": first}
    assert "name: A" in visitor.file.read_text("utf-8")
    assert visitor.save({"B": ["bea"]}, first).status_code == 200


def test_an_edit_by_hand_meanwhile_is_never_overwritten(visitor: Visitor) -> None:
    seen = visitor.save({"A": ["ann"]}, "absent").json()["version"]
    visitor.file.write_text("segments:\n- name: Mine\n  participants: [bea]\n", "utf-8")
    assert visitor.save({"A": ["cem"]}, seen).status_code == 409
    assert "Mine" in visitor.file.read_text("utf-8")


def test_comments_of_a_person_are_lost_only_when_they_say_so(visitor: Visitor) -> None:
    by_hand = "# agreed with Ines\nsegments:\n- name: A\n  participants: [ann]  # hm\n"
    visitor.file.write_text(by_hand, "utf-8")
    board = visitor.board()
    assert board["lost"] == ["# agreed with Ines", "# hm"]
    answer = visitor.save({"A": ["ann"]}, board["version"])
    assert answer.status_code == 409
    assert answer.json() == {"error": "comments", "lost": board["lost"]}
    assert visitor.file.read_text("utf-8") == by_hand
    assert visitor.save({"A": ["ann"]}, board["version"], drop=True).status_code == 200


def test_a_file_that_does_not_hold_together_is_shown_as_such(visitor: Visitor) -> None:
    visitor.file.write_text("segments:\n- name: A\n  participants: [zoe]\n", "utf-8")
    board = visitor.board()
    assert "line 3: there is no participant 'zoe'" in board["problem"]["message"]
    assert [one["name"] for one in board["columns"]] == ["slow closers"]
    assert not board["current"]


def test_whom_the_file_leaves_out_stands_unassigned_and_is_named(
    visitor: Visitor,
) -> None:
    visitor.file.write_text("segments:\n- name: A\n  participants: [ann]\n", "utf-8")
    board = visitor.board()
    assert board["not_mentioned"] == ["bea", "cem", "dai", "eve", "fei"]
    assert everybody(board) == sorted(PEOPLE)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ([{"name": "A", "people": ["zoe"]}], "'zoe': not in the study"),
        ([{"name": "A", "people": ["ann", "ann"]}], "'ann': in two places"),
        ([{"name": "A"}, {"name": "A"}], "'A': the name of two segments"),
        ([{"name": "  "}], "columns.0.name"),
        ([{"name": "a\u202eb"}], "cannot be seen"),
        ([{"name": "a\nb"}], "cannot be seen"),
        ([{"name": "x" * 201}], "at most 200"),
        ([{"name": "A", "more": 1}], "columns.0.more"),
        ("A", "columns"),
    ],
)
def test_groups_that_do_not_hold_together_are_not_saved(
    visitor: Visitor, columns: Any, said: str
) -> None:
    answer = visitor.post("/api/segments", {"version": "absent", "columns": columns})
    assert answer.status_code == 422
    assert said in answer.json()["error"]
    assert answer.json()["hint"]
    assert not visitor.file.exists()


def test_what_is_no_json_is_refused(visitor: Visitor) -> None:
    own = {"origin": ORIGIN, "content-type": "application/json"}
    for body in (b"", b"{", b"[" * 100_000, b'{"version": NaN}', b"\xff"):
        answer = visitor.http.post("/api/segments", content=body, headers=own)
        assert answer.status_code == 422, body[:20]


def test_names_that_look_like_markup_are_saved_to_the_letter(visitor: Visitor) -> None:
    answer = visitor.save({HOSTILE: ["ann"], "a: b # c": []}, "absent")
    names = [one["name"] for one in answer.json()["columns"]]
    assert names == [HOSTILE, "a: b # c"]


def test_saving_works_while_a_run_holds_the_project(visitor: Visitor) -> None:
    with hold(lock_path(visitor.folder)):
        assert visitor.save({"A": ["ann"]}, "absent").status_code == 200


def test_saving_while_another_process_saves_names_its_holder(visitor: Visitor) -> None:
    with hold(visitor.folder / ".icp" / "segments.lock"):
        answer = visitor.save({"A": ["ann"]}, "absent")
    assert answer.status_code == 423
    assert "is held by process" in answer.json()["error"]


# ----------------------------------------------------------------- and taking back
def test_going_back_deletes_the_file_of_that_version_alone(visitor: Visitor) -> None:
    version = visitor.save({"A": ["ann"]}, "absent").json()["version"]
    assert visitor.post("/api/segments/remove", {}).status_code == 422
    late = visitor.post("/api/segments/remove", {"version": "absent"})
    assert late.status_code == 409
    assert visitor.file.exists()
    answer = visitor.post("/api/segments/remove", {"version": version})
    assert answer.json()["source"] == "run"
    assert not visitor.file.exists()


def test_a_new_synthesis_is_shown_without_a_restart(visitor: Visitor) -> None:
    assert len(visitor.board()["columns"]) == 1
    write_study(visitor.folder, segments=(), unassigned=PEOPLE)
    assert visitor.board()["columns"] == []


def test_the_words_are_those_of_the_reports_language(tmp_path: Path) -> None:
    made = read_study(write_study(tmp_path)).manifest
    settings = {**made.settings, "language": "zh"}
    manifest = made.model_copy(update={"settings": settings})
    visitor = visit(write_study(tmp_path, manifest=manifest))
    assert '<html lang="zh-Hant-TW"' in visitor.http.get("/segments").text
    assert json.loads(visitor.http.get("/api/words").text)["regroup.save"] == "儲存"
