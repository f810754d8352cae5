"""Files of hypotheses: what they may hold, and errors with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from icp_synth.domain.hypotheses import Hypothesis
from icp_synth.errors import NotFound, SettingsError
from icp_synth.project.brief import parse_study
from icp_synth.project.hypotheses_file import (
    keep_hypotheses,
    load_hypotheses,
    project_hypotheses,
)

YAML = """\
icp: Gym chains
hypotheses:
  - {field: industry, value: gym, scope: true}
  - field: Company size
    operator: between
    value: [20, 200]
    confidence: medium
    test: Ask three chains.
  - field: role
    value: [gym manager, retail purchaser]
  - field: pain/problem
    value: Stock and members are kept apart.
icps:
  - name: Pools
    hypotheses:
      - {field: sites, operator: ">=", value: 2}
"""

TOML = """\
icp = "Gym chains"

[[hypotheses]]
field = "industry"
value = "gym"
scope = true

[[hypotheses]]
field = "sites"
operator = ">="
value = 3
"""


def loaded(folder: Path, text: str, name: str = "h.yaml") -> tuple[Hypothesis, ...]:
    path = folder / name
    path.write_text(text, "utf-8")
    return load_hypotheses(path)


def test_a_yaml_file_is_read_with_its_lines(tmp_path: Path) -> None:
    found = loaded(tmp_path, YAML)
    assert [(one.icp, one.field, one.operator, one.line) for one in found] == [
        ("Gym chains", "industry", "=", 3),
        ("Gym chains", "headcount_company", "between", 4),
        ("Gym chains", "role", "in", 9),
        ("Gym chains", "pain/problem", "says", 11),
        ("Pools", "sites", ">=", 16),
    ]
    assert found[1].confidence == 0.5
    assert found[1].value == (20.0, 200.0)
    assert found[1].test == "Ask three chains."


def test_a_toml_file_is_read_with_its_lines(tmp_path: Path) -> None:
    found = loaded(tmp_path, TOML, "h.toml")
    assert [(one.icp, one.field, one.value, one.line) for one in found] == [
        ("Gym chains", "industry", "gym", 3),
        ("Gym chains", "sites", 3.0, 8),
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("Company size", "charisma", 4, "no field 'charisma'"),
        ("between", "about", 5, "no operator 'about'"),
        ("[20, 200]", "[200, 20]", 4, "the smaller first"),
        ("confidence: medium", "confidence: sure", 7, "low, medium, high"),
        ("confidence: medium", "confidence: 3", 7, "less than or equal to 1"),
        ("test: Ask", "tset: Ask", 8, "unknown key 'tset'"),
        ("    value: Stock and members are kept apart.\n", "", 11, "no value"),
        ("pain/problem", "pain/itch", 11, "no field 'pain/itch'"),
        ("value: 2}", "value: two}", 16, "needs a number"),
        ("value: 2}", "value: .nan}", 16, "needs a number"),
        ("value: 2}", "value: yes}", 16, "words or figures"),
        ("[gym manager, retail purchaser]", "[3, 4]", 9, "needs a list of words"),
        ("icps:", "  - {field: industry, value: gym}\nicps:", 13, "what line 3 says"),
        (
            'hypotheses:\n      - {field: sites, operator: ">=", value: 2}',
            "hypotheses: []",
            14,
            "'Pools' has no",
        ),
        ("icp: Gym chains", "icp: [1", 2, "not valid YAML"),
    ],
)
def test_an_error_names_the_file_and_the_line(
    tmp_path: Path, old: str, new: str, line: int, said: str
) -> None:
    assert old in YAML
    with pytest.raises(SettingsError) as caught:
        loaded(tmp_path, YAML.replace(old, new, 1))
    assert f"h.yaml, line {line}:" in caught.value.message
    assert said in caught.value.message
    assert caught.value.hint


def test_a_toml_error_names_its_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"h\.toml, line 10: .*no operator"):
        loaded(tmp_path, TOML.replace('">="', '"~"'), "h.toml")


@pytest.mark.parametrize("text", ["", "[]", "icp: A\n", "3\n", "hypotheses: 3\n"])
def test_a_file_without_hypotheses_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError):
        loaded(tmp_path, text)


def test_aliases_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="aliases"):
        loaded(tmp_path, "a: &a [1]\nhypotheses: [*a, *a]\n")


def test_a_missing_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        load_hypotheses(tmp_path / "none.yaml")


def test_own_categories_may_be_named(tmp_path: Path) -> None:
    path = tmp_path / "h.yaml"
    path.write_text("- {field: pain/noise, value: The hall is loud.}\n", "utf-8")
    (one,) = load_hypotheses(path, [("pain", "noise")])
    assert (one.field, one.operator) == ("pain/noise", "says")


def test_a_project_keeps_the_file_that_it_was_given(tmp_path: Path) -> None:
    given = tmp_path / "from-sales.yaml"
    given.write_text(YAML, "utf-8")
    project = tmp_path / "study"
    project.mkdir()
    assert project_hypotheses(project) == ()
    kept = keep_hypotheses(project, given)
    assert kept.name == "hypotheses.yaml"
    assert project_hypotheses(project) == load_hypotheses(given)


def test_a_broken_file_does_not_take_the_place_of_a_good_one(tmp_path: Path) -> None:
    good, broken = tmp_path / "good.yaml", tmp_path / "broken.yaml"
    good.write_text(YAML, "utf-8")
    broken.write_text("hypotheses: [{}]\n", "utf-8")
    keep_hypotheses(tmp_path, good)
    with pytest.raises(SettingsError):
        keep_hypotheses(tmp_path, broken)
    assert len(project_hypotheses(tmp_path)) == 5


STUDY = """\
[research]
questions = ["Who?"]

[[research.hypotheses]]
icp = "Gym chains"
field = "industry"
value = "gym"

[[research.hypotheses]]
field = "sites"
operator = ">="
value = 3
"""


def test_study_toml_may_hold_hypotheses_itself() -> None:
    found = parse_study(STUDY).hypotheses
    assert [(one.field, one.line) for one in found] == [("industry", 4), ("sites", 9)]


def test_an_error_in_study_toml_names_its_line() -> None:
    with pytest.raises(SettingsError, match=r"study\.toml, line 9: .*needs a number"):
        parse_study(STUDY.replace("value = 3", 'value = "3"'))
