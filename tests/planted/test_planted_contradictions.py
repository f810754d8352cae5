"""Planted contradictions of every sort of claim are found, with the words for them."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests import study_factory
from tests.study_factory import MODEL, answer_all, naming, outputs, run, write_talks

pytestmark = pytest.mark.slow

DENIED_LATER = "I looked again. The exports don't take two hours every Friday."
HER_LATER = (
    "Interviewer: Anything that you would put another way?\n\n"
    f"Anna: Yes, one thing. {DENIED_LATER}\n"
)
GONE = {
    "gil": "We left since the map is slow in the yard, you wait for every street.",
    "hana": "I left because the map is slow in the yard every morning.",
    "ivo": "The map is slow in the yard, so we left in the spring.",
}
AGAINST = {
    "map": ("kim", "I have it on an old tablet. The map isn't slow in the yard."),
    "exports": (
        "lea",
        "I do them too. The exports don't take two hours every Friday here.",
    ),
    "invoices": ("mo", "It's early. I hate that the invoices go out on the same day."),
    "fair": ("nils", "I didn't hear of it at the trade fair, I found it online."),
}
HEARD = {
    "anna": "I heard of it at the trade fair in spring.",
    "bob": "I found it at the trade fair.",
    "carla": "We found out about it at the trade fair.",
    "dev": "I heard about it at the trade fair in spring.",
}
SAME_DAY = "Invoices leave on the same day"
BRIEF = """
[product]
name = "Jobwren"
value_proposition = ["Invoices go out on the same day"]
"""


def write_study(folder: Path, groups: Mapping[str, str], **more: str) -> Path:
    """Write the four talks, further ones by name, and who belongs to which group."""
    talks = write_talks(folder / "talks")
    for name, said in more.items():
        words = f"Interviewer: How is it going with the product?\n\n{name.title()}: "
        (talks / f"{name}.txt").write_text(f"{words}{said}\n", "utf-8")
    rows = [["file", "label", "participant", "company", "group"]]
    for path in sorted(talks.glob("*.txt")):
        name = path.stem.title()
        group = groups.get(path.stem, "super-user")
        rows.append([path.name, name, name, f"Firm of {name}", group])
    with (talks / "participants.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return talks


def study(project: Path, *args: str | Path) -> Any:
    ended = run(project, *args)
    assert ended.code == 0, ended.err
    return json.loads(outputs(project)["synthesis.json"])


def places(synthesis: Any) -> dict[str, list[Any]]:
    """Return the claims of a synthesis by where they stand."""
    negative = synthesis["negative"]
    return {
        "cards": [
            claim
            for card in (*synthesis["icps"], *synthesis["personas"])
            for claim in card["claims"]
        ],
        "negative": [claim for one in negative for claim in one["claims"]],
        "negative persona": [c for one in negative for c in one["persona"]["claims"]],
        "audience": synthesis["audience"]["claims"],
        "why_us": synthesis["positioning"]["why_us"],
        "minority": synthesis["minority"],
    }


def holds(synthesis: Any, claims: Iterable[Any]) -> None:
    """Check the contract: everybody in one place, quotes on their side."""
    everybody = sorted(one["id"] for one in synthesis["participants"])
    speaker = {one["id"]: one["participant"] for one in synthesis["insights"]}
    for claim in claims:
        sides = ("supports", "contradicts", "silent", "unjudged")
        assert sorted(name for side in sides for name in claim[side]) == everybody
        assert claim["insights"]
        assert {speaker[one] for one in claim["insights"]} <= set(claim["supports"])
        assert {speaker[one] for one in claim["divided"]} <= set(claim["contradicts"])


def against(synthesis: Any, claim: Any) -> dict[str, list[str]]:
    """Return person → what they are quoted with against a claim."""
    insights = {one["id"]: one for one in synthesis["insights"]}
    found: dict[str, list[str]] = {}
    for one in claim["counter"]:
        quotes = [quote["text"] for quote in insights[one]["quotes"]]
        found.setdefault(insights[one]["participant"], []).extend(quotes)
    return found


@pytest.mark.parametrize("file", ["anna.txt", "anna-again.txt"])
def test_who_is_cited_and_takes_it_back_contradicts_and_both_are_kept(
    tmp_path: Path, file: str
) -> None:
    talks = write_study(tmp_path, {})
    path = talks / file
    told = path.read_text("utf-8") if path.exists() else ""
    path.write_text(f"{told}\n{HER_LATER}" if told else HER_LATER, "utf-8")
    rows = (talks / "participants.csv").read_text("utf-8")
    if not told:
        again = f"{file},Anna,Anna,Firm of Anna,super-user\n"
        (talks / "participants.csv").write_text(rows + again, "utf-8")
    synthesis = study(tmp_path / "project", talks)
    claims = [one for one in places(synthesis)["cards"] if "Anna" in one["contradicts"]]
    assert claims
    holds(synthesis, claims)
    kept = {one["id"]: one for one in synthesis["insights"]}
    for claim in claims:
        (quote,) = against(synthesis, claim)["Anna"]
        assert "exports don't take two hours" in quote
        assert "Anna" not in claim["supports"]
        assert any(
            "two hours every Friday" in kept[one]["quotes"][0]["text"]
            for one in claim["divided"]
        )
    assert synthesis["coverage"]["challenge"]["taken_back"] >= 1

    off = study(tmp_path / "project", "--challenge", "off")
    assert all(not one["contradicts"] for one in places(off)["cards"])
    before = [(one["id"], one["version"]) for one in off["icps"]]
    assert before == [(one["id"], one["version"]) for one in synthesis["icps"]]


@pytest.fixture(scope="module")
def three_groups(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("groups")
    new = dict.fromkeys((name for name, _ in AGAINST.values()), "new")
    groups = {**dict.fromkeys(GONE, "churned"), **new}
    talks = write_study(folder, groups, **GONE, **dict(AGAINST.values()))
    for name, said in HEARD.items():
        asked = "\nInterviewer: How did you hear of it?\n\n"
        with (talks / f"{name}.txt").open("a", encoding="utf-8") as file:
            file.write(f"{asked}{name.title()}: {said}\n")
    (folder / "study.toml").write_text(BRIEF, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("place", "matter"),
    [
        ("cards", "exports"),
        ("negative", "map"),
        ("negative persona", "map"),
        ("audience", "fair"),
    ],
)
def test_every_sort_of_claim_is_challenged_without_a_model(
    three_groups: Path, place: str, matter: str
) -> None:
    synthesis = study(three_groups, three_groups / "talks", "--challenge", "all")
    name, said = AGAINST[matter]
    claims = places(synthesis)[place]
    denied = [one for one in claims if name.title() in one["contradicts"]]
    assert denied
    holds(synthesis, denied)
    for claim in denied:
        (quote,) = against(synthesis, claim)[name.title()]
        assert quote in said


def test_why_they_stay_is_challenged_by_who_hates_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Why they stay takes a theme's name, so a model that gives names is scripted.

    A card may claim the same: they are judged once, and told alike in both places.
    """
    name, said = AGAINST["invoices"]
    words = said.partition(". ")[2].rstrip(".")
    plain = naming("invoices", SAME_DAY)

    def answered(body: Mapping[str, Any]) -> str:
        system, asked = (body["messages"][at]["content"] for at in (0, -1))
        told = json.loads(plain(body))
        if "one interview" in system and words in asked:
            (dislike,) = told["insights"]
            dislike.update(category="dislike", statement=words)
        if "makes a claim" in system and "nvoice" in asked.partition("PASSAGE")[0]:
            passages = re.split(r"^PASSAGE (\d+)", asked, flags=re.MULTILINE)[1:]
            against = {
                int(number)
                for number, text in zip(passages[::2], passages[1::2], strict=True)
                if words in text
            }
            for one in told["verdicts"]:
                if one["passage"] in against:
                    one.update(stance="contradicts", quote=words)
        return json.dumps(told)

    monkeypatch.setattr(study_factory, "answer", answered)
    talks = write_study(tmp_path, {name: "new"}, **{name: said})
    project, flags = tmp_path / "project", ("--challenge", "all")
    project.mkdir()
    (project / "study.toml").write_text(BRIEF, "utf-8")
    assert run(project, talks, "--model", MODEL, *flags).code == 3
    answer_all(project, tmp_path, flags)
    synthesis = json.loads(outputs(project)["synthesis.json"])
    (claim,) = places(synthesis)["why_us"]
    assert (claim["text"], claim["contradicts"]) == (SAME_DAY, [name.title()])
    assert claim["supports"] == ["Anna", "Bob", "Carla", "Dev"]
    holds(synthesis, [claim])
    (quote,) = against(synthesis, claim)[name.title()]
    assert words in quote
    assert quote in said
    twins = [
        one
        for one in places(synthesis)["cards"]
        if one["insights"] == claim["insights"] and one["supports"] == claim["supports"]
    ]
    sides = ("contradicts", "silent", "unjudged", "counter", "looked_at")
    assert all(one[side] == claim[side] for one in twins for side in sides)


def test_what_few_say_against_many_is_held_against_the_many(three_groups: Path) -> None:
    synthesis = study(three_groups, three_groups / "talks", "--challenge", "all")
    name = AGAINST["exports"][0].title()
    (view,) = (one for one in synthesis["minority"] if one["supports"] == [name])
    holds(synthesis, [view])
    assert {"Anna", "Carla", "Dev"} <= set(view["contradicts"])


def test_only_the_best_claims_of_cards_are_challenged_where_n_are_asked_for(
    three_groups: Path,
) -> None:
    synthesis = study(three_groups, three_groups / "talks", "--challenge", "top:2")
    assert synthesis["coverage"]["challenge"]["claims"] == 2
    found = places(synthesis)
    for place in ("negative", "negative persona", "minority"):
        assert found[place]
        assert all(not one["contradicts"] for one in found[place])


def test_who_denies_in_the_words_of_a_theme_is_not_counted_and_contradicts(
    tmp_path: Path,
) -> None:
    said = "It's quiet here. The exports don't take two hours every Friday, never did."
    talks = write_study(tmp_path, {}, nell=said)
    synthesis = study(tmp_path / "project", talks)
    (theme,) = (one for one in synthesis["themes"] if "exports" in one["label"])
    assert "Nell" not in theme["participants"]
    cited = set(theme["insights"])
    claims = [
        one for one in places(synthesis)["cards"] if cited >= set(one["insights"])
    ]
    assert claims
    holds(synthesis, claims)
    assert all(one["contradicts"] == ["Nell"] for one in claims)
