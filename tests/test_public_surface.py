"""What `icp_synth` offers: sorted, importable, lazy, and usable as the README says."""

from __future__ import annotations

from pathlib import Path

import pytest

import icp_synth
from icp_synth import Extracted, Project, extract, verify
from icp_synth.errors import SettingsError
from tests.servers.openai_server import OpenAIServer
from tests.study_factory import CREATED, MODEL, answer, outputs, talk, write_talks


def test_all_is_sorted_and_everything_in_it_can_be_imported() -> None:
    assert icp_synth.__all__ == sorted(icp_synth.__all__)
    for name in icp_synth.__all__:
        assert getattr(icp_synth, name) is not None
    assert dir(icp_synth) == icp_synth.__all__


def test_every_lazy_name_is_public_and_the_other_way_round() -> None:
    assert {*icp_synth._HOMES, "__version__"} == {*icp_synth.__all__}


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_like_it"):
        _ = icp_synth.nothing_like_it


def test_a_study_from_files_to_report(tmp_path: Path) -> None:
    talks = write_talks(tmp_path / "talks")
    project = Project(tmp_path / "study")
    result = project.ingest(talks).run(created=CREATED)
    assert (result.status, result.exit_code) == ("done", 0)
    assert Path(str(result.out["report"])).is_file()
    assert len(project.synthesis().insights) == result.insights
    assert project.status().exit_code == 0
    assert project.transcript("anna").text == talk("anna")
    assert project.search("exports", limit=1).passages[0].text


def test_the_library_writes_what_the_command_line_writes(tmp_path: Path) -> None:
    from tests.study_factory import run

    talks = write_talks(tmp_path / "talks")
    Project(tmp_path / "one").run(talks, created=CREATED)
    run(tmp_path / "two", talks)
    assert outputs(tmp_path / "one") == outputs(tmp_path / "two")


def test_a_plain_string_gives_insights_whose_quotes_are_slices() -> None:
    found = extract("Interviewer: How is it?\n\nAnna: I hate how slow it is.")
    assert isinstance(found, Extracted)
    assert found.insights
    for insight in found.insights:
        for quote in insight.quotes:
            assert found.transcript.text[quote.start : quote.end] == quote.text


def test_a_text_without_labels_is_one_persons_words() -> None:
    found = extract("The exports take two hours every week and I hate that.")
    assert {one.participant for one in found.insights} == {"text.txt"}


def test_a_text_can_be_read_by_a_model() -> None:
    with OpenAIServer(answer) as server:
        found = extract(talk("anna"), model=MODEL, base_url=server.url)
    assert [one.kind for one in found.insights] == ["trait", "pain", "motivation"]


def test_a_text_for_a_model_that_cannot_be_reached_is_an_error() -> None:
    with pytest.raises(SettingsError, match="OPENAI_API_KEY"):
        extract(talk("anna"), model="openai:gpt-4.1")


def test_quotes_can_be_checked(tmp_path: Path) -> None:
    talks = write_talks(tmp_path / "talks")
    report = tmp_path / "report.md"
    report.write_text('She said "exports take two hours every Friday".', "utf-8")
    checked = verify(report, [talks])
    assert checked.counts == {"exact": 1}


def test_a_misspelled_setting_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="modell"):
        Project(tmp_path).run(write_talks(tmp_path / "talks"), modell="gpt-4.1")


def test_it_works_where_a_loop_runs_already(tmp_path: Path) -> None:
    """As in a notebook."""
    import asyncio

    talks = write_talks(tmp_path / "talks")

    async def cell(url: str) -> str:
        project = Project(tmp_path / "study")
        return project.run(talks, model=MODEL, base_url=url).status

    with OpenAIServer(answer) as server:
        assert asyncio.run(cell(server.url)) == "done"
