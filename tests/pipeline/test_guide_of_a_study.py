"""The guide reads saturation: which kinds, among whom, and what was written since."""

from __future__ import annotations

from pathlib import Path

import pytest

from icp_synth.domain.profiles import Participant, Synthesis
from icp_synth.domain.saturation import Saturation, SaturationPoint
from icp_synth.domain.themes import Segment
from icp_synth.pipeline.guide import guide, still_new
from tests.exports import synthesis_factory as factory

OLD = tuple(f"old-{at}" for at in range(8))
NEW = tuple(f"new-{at}" for at in range(8))
FEW = ("prospect-0", "prospect-1")


def study(*, participants: tuple[str, ...] = (*OLD, *NEW, *FEW)) -> Synthesis:
    """Return a study whose old customers agree, and whose new ones each differ."""
    base = factory.synthesis(factory.transcripts())
    first = base.themes[0]
    shared = {f"all-{at}": OLD for at in range(3)}
    apart = {f"own-{at}": (name, FEW[0]) for at, name in enumerate(NEW)}
    themes = tuple(
        first.model_copy(update={"id": name, "kind": "pain", "participants": who})
        for name, who in {**shared, **apart}.items()
    )
    people = tuple(
        Participant(id=name, label=name, group=name.rpartition("-")[0], transcripts=())
        for name in participants
    )
    segments = (Segment(id="segment-09", version="s", label="Old", participants=OLD),)
    update = {"participants": people, "themes": themes, "segments": segments}
    return base.model_copy(update=update)


def test_the_group_that_still_says_something_new_is_named() -> None:
    found = [one for one in still_new(study()) if one.kind == "pain"]
    assert [(one.among, one.name) for one in found] == [("group", "new")]
    (new,) = found
    assert (new.participants, new.themes, new.run) == (8, 8, 2)
    # Each of the eight has a theme of their own, so two of them bring two.
    assert new.new == 2.0


def test_a_group_that_says_the_same_is_saturated() -> None:
    assert not any(one.name in {"old", "segment-09"} for one in still_new(study()))


def test_a_group_of_two_is_left_to_the_search_for_people() -> None:
    assert not any(one.name == "prospect" for one in still_new(study()))


def test_a_group_of_too_few_for_a_curve_is_not_saturated() -> None:
    people = (*OLD, *NEW[:4], *FEW)
    (new,) = (one for one in still_new(study(participants=people)) if one.name == "new")
    assert (new.verdict, new.participants, new.wanted) == ("cannot_tell", 4, 2)
    assert (new.themes, new.new) == (4, 2.0)


def test_a_study_of_too_few_is_exhausted_in_nothing() -> None:
    found = still_new(study(participants=FEW))
    assert {one.kind for one in found} == {"trait", "pain", "motivation"}
    assert {one.verdict for one in found} == {"cannot_tell"}


def test_the_curves_are_cut_as_those_of_the_synthesis() -> None:
    point = SaturationPoint(threshold=1.0, verdict="reached", run=3)
    told = Saturation(
        participants=18,
        themes=11,
        base=5,
        run=3,
        permutations=10,
        seed=0,
        points=(point,),
        curve=(),
    )
    # With so generous a threshold every curve of enough people is flat.
    found = still_new(study().model_copy(update={"saturation": told}))
    assert not any(one.kind == "pain" for one in found)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "More of New customers: 8 interviewed"), ("zh", "再找 新客戶：已訪 8 位")],
)
def test_the_page_asks_for_more_of_that_group(
    tmp_path: Path, language: str, said: str
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "synthesis.json").write_text(study().model_dump_json(), "utf-8")
    made = guide(tmp_path, language=language, minutes=90)
    assert said in made.markdown
    assert made.guide.unsaturated == still_new(study())


def test_hypotheses_written_since_the_run_are_weighed_for_the_guide(
    tmp_path: Path,
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "synthesis.json").write_text(study().model_dump_json(), "utf-8")
    (tmp_path / "hypotheses.yaml").write_text(
        "icp: Ports\nhypotheses:\n  - {field: industry, value: port, scope: true}\n",
        "utf-8",
    )
    made = guide(tmp_path)
    assert made.guide.counts["untested"] == 1
    assert "industry: port" in made.markdown
