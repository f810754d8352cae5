"""Names of themes and groups of them: asked for in turn, held against the members."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from icp_synth.pipeline.name_checks import uncarried_name
from tests.servers.openai_server import OpenAIServer
from tests.study_factory import MODEL, icp, run

JAMS = (
    "Thick envelopes jam the printer beside the basement corridor",
    "Beside the basement corridor thick envelopes jam our printer",
    "The printer jams on thick envelopes beside the basement corridor",
)
STOLEN = (
    "Burglars with crowbars stole one printer through a kitchen window",
    "Through a kitchen window burglars with crowbars stole the printer",
    "With crowbars burglars stole a printer through the kitchen window",
)
ELSE = (
    "Dogs bark at dawn. My brother sings in a choir. Tomatoes ripen slowly. Bees hum",
    "Trams squeak downtown. Her violin needs strings. Snow fell on harbours. Owls hoot",
    "Chess bores the nephew. A lighthouse blinks. Geese crossed fields. Frogs leap",
    "Kites need wind. Uncle plants garlic. Bells ring on Tuesday. The moon was red",
    "Moss grows on slate. He repairs clocks. Plums are sour. Rabbits dig at night",
)
_TURN = re.compile(r"^\[(\d+) P\d+\] (.+)$", re.MULTILINE)
_NUMBER = re.compile(r"^(THEME|GROUP|CLAIM) (\d+)", re.MULTILINE)
LATER = ("draft", "challenge")
PEOPLE = ("ann", "ben", "cem", "dan", "eva")


def write(folder: Path, names: Sequence[str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name in names:
        i = PEOPLE.index(name)
        turns = [*JAMS[i : i + 1], *STOLEN[i : i + 1], *ELSE[i].split(". ")]
        text = "\n\n".join(
            f"Interviewer: And number {at}?\n\n{name.title()}: {words}."
            for at, words in enumerate(turns)
        )
        (folder / f"{name}.txt").write_text(f"{text}\n", "utf-8")
    return folder


class Model:
    """Answers in the words of the interviews; names are as a test wants them."""

    def __init__(self, *, theme: str, group: str, not_held: str = "") -> None:
        self.not_held = not_held
        self.names = {"THEME": theme, "GROUP": group, "CLAIM": "They say so"}
        self.asked: list[str] = []

    def __call__(self, body: Mapping[str, Any]) -> str:
        system, said = (body["messages"][at]["content"] for at in (0, -1))
        if "one interview" in system:
            found = [_insight(int(turn), words) for turn, words in _TURN.findall(said)]
            return json.dumps({"insights": found})
        if "makes a claim" in system:
            return json.dumps({"verdicts": []})
        numbered = dict.fromkeys(_NUMBER.findall(said))
        texts = [{"number": int(n), "text": self.names[sort]} for sort, n in numbered]
        self.asked += sorted({sort for sort, _ in numbered})
        if "not_held" in system:
            names = [one | {"not_held": self._out(said, one)} for one in texts]
            return json.dumps({"names": names})
        if "name themes" in system:
            return json.dumps({"names": texts})
        return json.dumps({"title": "Firms", "claims": texts})

    def _out(self, said: str, one: Mapping[str, Any]) -> list[int]:
        """Return the numbers of the statements with these words, in one theme."""
        if not self.not_held:
            return []
        (shown,) = re.findall(
            rf"^THEME {one['number']} .*\n((?:\d+\. .*\n)+)", said, re.M
        )
        lines = shown.splitlines()
        return [i for i, line in enumerate(lines, 1) if self.not_held in line]


def _insight(turn: int, words: str) -> dict[str, Any]:
    return {
        "quotes": [{"turn": turn, "text": words.rstrip(".")}],
        "kind": "pain",
        "category": "problem",
        "statement": words,
        "explicit": True,
        "intensity": 2,
        "signals": [],
        **dict.fromkeys(
            ("attribute", "value", "low", "high", "unit", "currency"), None
        ),
    }


def read(project: Path, talks: Path, model: Model) -> dict[str, Any]:
    with OpenAIServer(model) as server:
        flags = ("--model", MODEL, "--base-url", server.url, "--in-flight", "1")
        ended = run(project, talks, *flags)
    assert ended.code == 0, ended.err
    return written(project)


def written(project: Path) -> dict[str, Any]:
    path = project / "out" / "synthesis.json"
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def test_themes_are_named_first_then_their_group_and_both_keep_their_ids(
    tmp_path: Path,
) -> None:
    project, talks = (
        tmp_path / "study",
        write(tmp_path / "talks", [*PEOPLE[:2], *PEOPLE[3:]]),
    )
    model = Model(theme="Trouble with the printer", group="Printers out of use")
    first = read(project, talks, model)
    assert model.asked[:2] == ["THEME", "GROUP"]
    assert {one["label"] for one in first["themes"]} == {"Trouble with the printer"}
    (group,) = first["theme_groups"]
    assert (group["id"], group["words"]) == ("theme-group-pain-01", ["printer"])
    assert group["label"] == "Printers out of use"
    assert {one["parent"] for one in first["themes"]} == {group["id"]}
    assert sorted(group["themes"]) == sorted(one["id"] for one in first["themes"])
    assert first["coverage"]["theme_names"] == {
        "refused": 0,
        "dropped": 0,
        "list": [],
        "not_held": 0,
        "left": [],
        "unjudged": 0,
        "judged": 4,
        "ended": 0,
    }

    write(talks, PEOPLE)
    other = Model(theme="The printer is gone or jams", group="What befalls printers")
    second = read(project, talks, other)
    (again,) = second["theme_groups"]
    assert (again["id"], again["label"]) == (group["id"], "What befalls printers")
    assert set(again["themes"]) == set(group["themes"])


def test_names_that_the_members_do_not_carry_are_refused_counted_and_replaced(
    tmp_path: Path,
) -> None:
    talks = write(tmp_path / "talks", PEOPLE)
    model = Model(theme="Twelve printers jam", group="Nobody repairs a printer")
    found = read(tmp_path / "study", talks, model)
    assert {one["label"] for one in found["themes"]} <= {
        f"{words}." for words in (*JAMS, *STOLEN)
    }
    assert [one["label"] for one in found["theme_groups"]] == ["printer"]
    names = found["coverage"]["theme_names"]
    assert (names["refused"], names["dropped"]) == (3, 0)
    assert [(one["level"], one["reason"], one["what"]) for one in names["list"]] == [
        ("theme", "number", "12"),
        ("theme", "number", "12"),
        ("theme_group", "negation", "Nobody"),
    ]


def test_who_does_not_carry_the_name_leaves_the_theme_and_stays_an_insight(
    tmp_path: Path,
) -> None:
    talks = write(tmp_path / "talks", PEOPLE)
    model = Model(
        theme="Trouble with the printer", group="Printers out", not_held=JAMS[1]
    )
    found = read(tmp_path / "study", talks, model)
    (out,) = (one for one in found["insights"] if JAMS[1] in one["statement"])
    (jams,) = (one for one in found["themes"] if one["n"] == 2)
    assert people(jams) == ["Ann", "Cem"]
    assert (jams["mentions"], len(jams["insights"])) == (2, 2)
    assert all(out["id"] not in one["insights"] for one in found["themes"])
    names = found["coverage"]["theme_names"]
    assert (names["not_held"], names["ended"]) == (1, 0)
    assert [(one["insight"], one["participant"]) for one in names["left"]] == [
        (out["id"], out["participant"])
    ]


def test_a_theme_that_fewer_than_two_people_carry_is_none_any_more(
    tmp_path: Path,
) -> None:
    talks = write(tmp_path / "talks", PEOPLE)
    model = Model(
        theme="Trouble with the printer", group="Printers", not_held="crowbars"
    )
    found = read(tmp_path / "study", talks, model)
    (left,) = found["themes"]
    assert people(left) == ["Ann", "Ben", "Cem"]
    assert found["theme_groups"] == []
    names = found["coverage"]["theme_names"]
    assert (names["not_held"], names["ended"]) == (3, 1)
    assert len(found["insights"]) == len({one["id"] for one in found["insights"]})
    assert sum("crowbars" in one["statement"] for one in found["insights"]) == 3


def test_a_name_that_is_refused_takes_nobody_out(tmp_path: Path) -> None:
    talks = write(tmp_path / "talks", PEOPLE)
    model = Model(theme="Twelve printers jam", group="Printers", not_held=JAMS[1])
    found = read(tmp_path / "study", talks, model)
    assert {one["n"] for one in found["themes"]} == {3}
    names = found["coverage"]["theme_names"]
    assert (names["refused"], names["not_held"], names["ended"]) == (2, 0, 0)


def test_a_name_of_a_group_that_is_missing_holds_nothing_else_up(
    tmp_path: Path,
) -> None:
    talks, project = write(tmp_path / "talks", PEOPLE), tmp_path / "study"
    model = Model(theme="Trouble with the printer", group="Printers out of use")
    flags = ("--project", project, "--model", MODEL)
    assert run(project, talks, "--model", MODEL).code == 3
    answered(project, tmp_path, model)
    run(project, "--model", MODEL)
    # What names the group waits for the names of its themes, and counts all the same.
    assert len(exported(project, tmp_path, "themes")) == 1
    assert icp("plan", talks, *flags, "--json").json["steps"]["themes"]["calls"] == 2
    answered(project, tmp_path, model)
    run(project, "--model", MODEL)
    (missing,) = exported(project, tmp_path, "themes")
    assert "GROUP 1 (pain)\n  shared words: printer" in json.dumps(
        missing, ensure_ascii=False
    ).replace("\\n", "\n")
    while any(answered(project, tmp_path, model, step=one) for one in LATER):
        run(project, "--model", MODEL)
    ended = run(project, "--model", MODEL)
    assert (ended.code, ended.json["status"], ended.json["pending"]) == (
        3,
        "waiting",
        1,
    )
    stages = icp("status", "--project", project, "--json").json["stages"]
    assert stages["draft"]["done"] > 0
    assert all(stages[one]["pending"] == 0 for one in ("segments", *LATER))
    assert [one["label"] for one in written(project)["theme_groups"]] == ["printer"]
    answered(project, tmp_path, model)
    assert run(project, "--model", MODEL).code == 0
    (group,) = written(project)["theme_groups"]
    assert group["label"] == "Printers out of use"


def people(theme: Mapping[str, Any]) -> list[str]:
    return [name.partition("#")[2] for name in theme["participants"]]


def exported(project: Path, scratch: Path, step: str = "") -> list[dict[str, Any]]:
    file = scratch / "requests.jsonl"
    flags = ("--step", step) if step else ()
    more: tuple[str | Path, ...] = ("--model", MODEL, "-o", file, *flags)
    made = icp("batch", "export", "--project", project, *more)
    assert made.code == 0, made.err
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def answered(project: Path, scratch: Path, model: Model, *, step: str = "") -> int:
    """Answer what can be asked now; return how many requests that were."""
    asked = exported(project, scratch, step)
    lines = [
        json.dumps({"custom_id": one["custom_id"], "content": model(one["body"])})
        for one in asked
    ]
    file = scratch / "answers.jsonl"
    file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    if asked:
        taken = icp("batch", "import", file, "--project", project, "--json")
        assert taken.json["accepted"] == len(asked), taken.err
    return len(asked)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Hours lost to bills", None),
        ("Hours Lost To Bills Every Week", None),
        ("Twelve hours lost to bills", "number"),
        ("Hours that Quickbooks loses", "name"),
        ("Hours that Zorbatron loses", None),
        ("Bills are never late", "negation"),
        ("Window cleaning under rainy skies", "words"),
        ("每週為 Quickbooks 花掉的時間", None),
        ("從不遲到的帳單", "negation"),
    ],
)
def test_a_name_may_say_what_its_members_say_and_no_more(
    name: str, reason: str | None
) -> None:
    said = ["We lose hours to bills every week.", "Bills eat our time and pay"]
    found = uncarried_name(name, said, known=("Zorbatron",))
    assert (found[0] if found else None) == reason
