"""Claims are held against what others said: planted, quoted, refused, switched off."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.study_factory import MODEL, batch_answers, icp, outputs, run, write_talks

DENIAL = "Our exports never take hours, I press one button on Friday."
EVE = (
    "Interviewer: Could you tell me about your work?\n\n"
    "Eve: I keep the books of a painting firm with 20 people.\n\n"
    "Interviewer: And the exports?\n\n"
    f"Eve: {DENIAL}\n"
)


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    folder = write_talks(tmp_path / "talks")
    (folder / "eve.txt").write_text(EVE, "utf-8")
    return folder


def verdicts(body: Any, quote: str) -> str:
    """Judge Eve's passage about exports as a contradiction, quoted as told."""
    said = body["messages"][-1]["content"]
    blocks = said.split("\nPASSAGE ")[1:]
    exports = "Exports" in said.split("PASSAGE")[0]
    found = []
    for block in blocks:
        against = exports and "one button" in block
        found.append(
            {
                "passage": int(block.split("\n")[0]),
                "quote": quote if against else None,
                "stance": "contradicts" if against else "silent",
            }
        )
    return json.dumps({"verdicts": found})


def worded(body: Any, text: str) -> str:
    """Word every claim alike: "They say so. " and the text."""
    numbers = re.findall(r"^CLAIM (\d+)", body["messages"][-1]["content"], re.MULTILINE)
    claims = [{"number": int(one), "text": f"They say so. {text}"} for one in numbers]
    return json.dumps({"title": "Firms that bill fast", "claims": claims})


def read_through(
    project: Path, scratch: Path, quote: str, *flags: str, wording: str = ""
) -> list[str]:
    """Answer all that is asked; return the steps in the order in which they were."""
    asked, answered = scratch / "asked.jsonl", scratch / "answers.jsonl"
    model = ("--model", MODEL, *flags)
    steps: list[str] = []
    for _ in range(6):
        ended = run(project, *model)
        if ended.code == 0:
            return steps
        assert ended.code == 3, ended.err
        assert ended.json["status"] == "waiting"
        made = icp("batch", "export", "--project", project, *model, "-o", asked)
        assert made.code == 0, made.err
        lines = []
        for line in batch_answers(asked):
            row = json.loads(line)
            request = next(
                one
                for one in map(json.loads, asked.read_text("utf-8").splitlines())
                if one["custom_id"] == row["custom_id"]
            )
            name = request["body"]["response_format"]["json_schema"]["name"]
            steps.append(name)
            message = row["response"]["body"]["choices"][0]["message"]
            if name == "verdicts":
                message["content"] = verdicts(request["body"], quote)
            if name == "wording" and wording:
                message["content"] = worded(request["body"], wording)
            lines.append(json.dumps(row))
        answered.write_text("\n".join(lines), "utf-8")
        taken = icp("batch", "import", answered, "--project", project, "--json")
        assert taken.code == 0, taken.err
    message = "Requests are still pending after six rounds."
    raise AssertionError(message)


def challenged(project: Path) -> tuple[Any, list[Any]]:
    """Return synthesis.json, and its claims that somebody contradicts."""
    synthesis = json.loads(outputs(project)["synthesis.json"])
    claims = [
        claim
        for card in (*synthesis["icps"], *synthesis["personas"])
        for claim in card["claims"]
        if claim["contradicts"]
    ]
    return synthesis, claims


def start(tmp_path: Path, talks: Path) -> Path:
    project = tmp_path / "study"
    assert run(project, talks, "--model", MODEL).code == 3
    return project


def test_a_planted_contradiction_is_found_and_quoted_from_its_place(
    tmp_path: Path, talks: Path
) -> None:
    project = start(tmp_path, talks)
    steps = read_through(project, tmp_path, "exports never take hours")
    assert "verdicts" in steps
    assert steps.index("verdicts") > steps.index("wording")
    synthesis, claims = challenged(project)
    assert claims
    insights = {one["id"]: one for one in synthesis["insights"]}
    text = (talks / "eve.txt").read_text("utf-8")
    for claim in claims:
        assert [insights[one]["participant"] for one in claim["counter"]] == [
            *claim["contradicts"]
        ]
        quote = insights[claim["counter"][0]]["quotes"][0]
        assert text[quote["start"] : quote["end"]] == quote["text"]
        assert claim["confidence"]["parts"]["agreement"] < 1
        sides = ("supports", "contradicts", "silent", "unjudged")
        everybody = [name for side in sides for name in claim[side]]
        assert sorted(everybody) == [one["id"] for one in synthesis["participants"]]
    assert synthesis["coverage"]["challenge"]["verdicts"]["contradicts"] >= 1

    assert run(project, "--model", MODEL, "--challenge", "off").code == 0
    unchallenged, _ = challenged(project)
    for part in ("themes", "segments", "unassigned"):
        assert unchallenged[part] == synthesis[part]
    for before, after in zip(unchallenged["icps"], synthesis["icps"], strict=True):
        assert (before["id"], before["version"]) == (after["id"], after["version"])


def test_a_quote_that_the_judge_made_up_is_quarantined_and_speaks_for_nobody(
    tmp_path: Path, talks: Path
) -> None:
    project = start(tmp_path, talks)
    read_through(project, tmp_path, "we cancelled the exports last year")
    synthesis, claims = challenged(project)
    assert claims == []
    assert {one["quote"] for one in synthesis["quarantined"]} == {
        "we cancelled the exports last year"
    }


def test_switched_off_nothing_is_asked_and_everybody_is_unjudged(
    tmp_path: Path, talks: Path
) -> None:
    project = start(tmp_path, talks)
    steps = read_through(project, tmp_path, "", "--challenge", "off")
    assert "verdicts" not in steps
    synthesis, claims = challenged(project)
    assert claims == []
    assert all(
        not claim["silent"] for card in synthesis["icps"] for claim in card["claims"]
    )


def test_a_run_waits_for_the_judge_and_names_the_export(
    tmp_path: Path, talks: Path
) -> None:
    project = start(tmp_path, talks)
    read_through(project, tmp_path, "", "--challenge", "off")
    waits = run(project, "--model", MODEL)
    assert (waits.code, waits.json["status"]) == (3, "waiting")
    assert "--step challenge" in waits.json["message"]
    planned = icp("plan", "--project", project, "--model", MODEL, "--json").json
    assert planned["steps"]["challenge"]["calls"] == waits.json["pending"]
    top = ("--challenge", "top:1", "--json")
    one = icp("plan", "--project", project, "--model", MODEL, *top).json
    assert one["steps"]["challenge"]["calls"] == 1


def test_an_unknown_scope_is_refused(tmp_path: Path, talks: Path) -> None:
    refused = run(tmp_path / "study", talks, "--challenge", "some")
    assert refused.code == 2
    assert "top:N" in refused.err


def test_all_asks_about_every_claim_and_about_minority_views_last(
    tmp_path: Path, talks: Path
) -> None:
    project = start(tmp_path, talks)
    scope = ("--challenge", "all")
    read_through(project, tmp_path, "", "--challenge", "off")
    waits = run(project, "--model", MODEL, *scope)
    planned = icp("plan", "--project", project, "--model", MODEL, *scope, "--json")
    synthesis, _ = challenged(project)
    views = len([one for one in synthesis["minority"] if one["unjudged"]])
    asked = planned.json["steps"]["challenge"]["calls"]
    assert asked == waits.json["pending"] + views
    read_through(project, tmp_path, "exports never take hours", *scope)
    synthesis, _ = challenged(project)
    # What contradicts many is a view once an answer has said so, and not before.
    found = [one for one in synthesis["minority"] if one["opposes"]]
    assert synthesis["coverage"]["challenge"]["claims"] == asked + len(found)


def test_without_a_model_every_claim_is_judged_and_nobody_called_silent(
    tmp_path: Path, talks: Path
) -> None:
    project = tmp_path / "study"
    assert run(project, talks).code == 0
    synthesis, _ = challenged(project)
    counts = synthesis["coverage"]["challenge"]
    themes = {one["label"] for one in synthesis["themes"]}
    claims = [
        *(c for card in synthesis["icps"] for c in card["claims"]),
        *(c for card in synthesis["personas"] for c in card["claims"]),
        *(one for one in synthesis["audience"]["claims"] if one["text"] in themes),
        *synthesis["minority"],
    ]
    assert counts["claims"] == sum(
        1
        for one in {claim["id"]: claim for claim in claims}.values()
        if ("/" in one["field"] or one["field"] == "audience")
        and len(one["supports"]) < 5
    )
    assert counts["verdicts"]["silent"] == counts["verdicts"]["supports"] == 0


@pytest.mark.parametrize("says_so", [True, False])
def test_where_a_model_judges_it_decides_who_takes_a_claim_back(
    tmp_path: Path, talks: Path, *, says_so: bool
) -> None:
    eve = EVE.replace(DENIAL, "I have not seen them.")
    (talks / "eve.txt").write_text(eve, "utf-8")
    denial = "The exports don't take two hours every Friday"
    end = ", I press one button." if says_so else ", I looked again."
    later = f"\nInterviewer: Anything else?\n\nAnna: Well. {denial}{end}\n"
    anna = talks / "anna.txt"
    anna.write_text(anna.read_text("utf-8") + later, "utf-8")
    project = start(tmp_path, talks)
    read_through(project, tmp_path, denial)
    synthesis, claims = challenged(project)
    counts = synthesis["coverage"]["challenge"]
    moved = [one for one in claims if "anna.txt#Anna" in one["contradicts"]]
    assert bool(moved) == says_so
    assert (counts["taken_back"] > 0) == says_so
    assert says_so or counts["cleared"] > 0
    kept = {one["id"]: one for one in synthesis["insights"]}
    for claim in moved:
        said = [
            quote["text"] for one in claim["counter"] for quote in kept[one]["quotes"]
        ]
        assert any(denial in one for one in said)


def test_a_drafted_title_that_nothing_carries_is_not_used(
    tmp_path: Path, talks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    false = "500-van fleets in Texas"
    project = start(tmp_path, talks)
    worded_before = worded

    def titled(body: Any, text: str) -> str:
        return json.dumps({**json.loads(worded_before(body, text)), "title": false})

    monkeypatch.setattr(f"{__name__}.worded", titled)
    read_through(project, tmp_path, "", wording="They export on Fridays.")
    synthesis, _ = challenged(project)
    cards = (*synthesis["icps"], *synthesis["personas"])
    assert all(one["name"] != false for one in cards)
    refused = synthesis["coverage"]["challenge"]["titles"]
    assert refused
    assert {(one["text"], one["reason"]) for one in refused} == {(false, "number")}
    assert {one["profile"] for one in refused} <= {one["id"] for one in cards}


def test_a_flagged_sentence_names_its_profile_and_its_claim(
    tmp_path: Path, talks: Path
) -> None:
    project = start(tmp_path, talks)
    false = "Siemens sends them 99 exports an hour."
    read_through(project, tmp_path, "", wording=false)
    synthesis, _ = challenged(project)
    cards = {one["id"]: one for one in (*synthesis["icps"], *synthesis["personas"])}
    flagged = synthesis["coverage"]["challenge"]["flagged"]
    assert flagged
    for one in flagged:
        assert (one["text"], one["reason"], one["what"]) == (false, "number", "99")
        assert one["outcome"] == "cut"
        (claim,) = (
            c for c in cards[one["profile"]]["claims"] if c["id"] == one["claim"]
        )
        assert claim["field"] == one["field"]
        assert false not in claim["text"]
