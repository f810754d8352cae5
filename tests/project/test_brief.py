"""study.toml is read strictly and edited with its comments kept."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from icp_synth.domain.brief import Brief, Study
from icp_synth.errors import NotFound, SettingsError
from icp_synth.project.brief import FILE, load_study, parse_study
from icp_synth.project.brief_edit import add_sources, remove_source, write_brief

WHOLE = """
[product]
name = "Ledgerly"
what = "approves invoices"
value_proposition = ["no chasing"]
differentiators = ["works by mail"]
rivals = ["Paper"]
currency = "NZD"

[goal]
outcome = "renewals"
year = 2027

[research]
questions = ["Who stays?"]

[codebook]
extra = [{category = "audit", kind = "pain", description = "trouble with auditors"}]

[sources]
paths = ["calls"]
tables = ["all.csv"]
interviewer = ["唐鳳"]
single_speaker = true

[model]
name = "openai:gpt-x"
base_url = "http://127.0.0.1:1"
budget = 2.5

[tokens]
encoding = "o200k_base"

[privacy]
allow_protected = ["age"]
"""


def test_every_part_of_the_brief_is_read() -> None:
    study = parse_study(WHOLE)
    assert study.brief == Brief(
        product="Ledgerly",
        what="approves invoices",
        questions=("Who stays?",),
        value_proposition=("no chasing",),
        differentiators=("works by mail",),
        rivals=("Paper",),
        currency="NZD",
        outcome="renewals",
        year=2027,
        extra=(("audit", "pain", "trouble with auditors"),),
    )
    assert study.sources.interviewer == ("唐鳳",)
    assert study.sources.single_speaker
    assert (study.model.name, study.model.budget) == ("openai:gpt-x", 2.5)
    assert study.tokens.encoding == "o200k_base"
    assert study.privacy.allow_protected == ("age",)


def test_without_a_file_everything_is_default(tmp_path: Path) -> None:
    assert load_study(tmp_path) == Study()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[product]\n\nnmae = "x"', r"line 3: unknown key product\.nmae"),
        ('[goal]\nyear = 2027\n[prodct]\nname = "x"', "line 3: unknown key prodct"),
        ('[product]\ncurrency = "pounds"', r"line 2: product\.currency"),
        ('[goal]\nyear = "soon"', r"line 2: goal\.year does not fit"),
        ('[model]\napi_key = "sk"', "Keys stand in the environment"),
        ("[product\n", r"not valid TOML.*line 1"),
        ('[[codebook.extra]]\ncategory = "goal"\nkind = "pain"', "category 'goal'"),
        ('[[codebook.extra]]\ncategory = "x"\nknid = "pain"', "codebook"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        parse_study(text)


def test_what_is_not_utf8_is_said(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes('[product]\nname = "Café"'.encode("latin-1"))
    with pytest.raises(SettingsError, match="not UTF-8"):
        load_study(tmp_path)


COMMENTED = """# my study
[product]
name = "Ledgerly"  # for now

[sources]
# where they lie
paths = [
  "b.vtt",  # the second
  "d.vtt",
]
"""


def test_sources_are_added_sorted_and_comments_stay(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(COMMENTED)
    given = [tmp_path / "c.vtt", tmp_path / "b.vtt", tmp_path.parent / "a"]
    assert add_sources(tmp_path, given) == ("../a", "c.vtt")
    assert (tmp_path / FILE).read_text() == COMMENTED.replace(
        '  "b.vtt"', '  "../a",\n  "b.vtt"'
    ).replace('  "d.vtt"', '  "c.vtt",\n  "d.vtt"')


def test_nothing_new_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(COMMENTED)
    before = (tmp_path / FILE).stat().st_mtime_ns
    assert add_sources(tmp_path, [tmp_path / "d.vtt"]) == ()
    assert (tmp_path / FILE).stat().st_mtime_ns == before


def test_a_new_file_is_made_for_the_first_source(tmp_path: Path) -> None:
    assert add_sources(tmp_path / "new", [tmp_path / "calls"]) == ("../calls",)
    add_sources(tmp_path / "new", tables=[tmp_path / "t.csv"])
    sources = load_study(tmp_path / "new").sources
    assert (sources.paths, sources.tables) == (("../calls",), ("../t.csv",))


def test_a_source_is_taken_out_by_its_entry_or_its_path(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(COMMENTED)
    assert remove_source(tmp_path, "d.vtt") == "d.vtt"
    assert remove_source(tmp_path, str(tmp_path / "b.vtt")) == "b.vtt"
    assert load_study(tmp_path).sources.paths == ()
    assert "# where they lie" in (tmp_path / FILE).read_text()
    with pytest.raises(NotFound, match="not among the sources"):
        remove_source(tmp_path, "b.vtt")


def test_answers_fill_the_brief_and_leave_the_rest(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(COMMENTED)
    brief = Brief(product="Other", questions=("Why?", "Who?"), year=2028)
    write_brief(tmp_path, brief)
    study = load_study(tmp_path)
    assert study.brief == brief
    assert study.sources.paths == ("b.vtt", "d.vtt")
    assert '"Other"  # for now' in (tmp_path / FILE).read_text()


def test_a_whole_brief_survives_the_way_to_the_file_and_back(tmp_path: Path) -> None:
    brief = parse_study(WHOLE).brief
    write_brief(tmp_path, brief)
    assert load_study(tmp_path).brief == brief


def test_a_file_that_does_not_hold_is_not_edited(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text("[prodct]\n")
    with pytest.raises(SettingsError):
        add_sources(tmp_path, [tmp_path / "a.vtt"])
    assert path.read_text() == "[prodct]\n"
    shutil.rmtree(tmp_path)
