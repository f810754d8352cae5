"""Who is planted to contradict a claim stands in its request; no answer is needed."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import pytest

from icp_synth import Project
from icp_synth.domain.passages import Passage
from icp_synth.domain.profiles import Claim
from icp_synth.pipeline import challenging
from icp_synth.pipeline.retrieving import Nearest
from icp_synth.pipeline.work import Work
from icp_synth.project.ledger import StageCounts
from tests.sample_truth import SAMPLE, load_truth

RECORDED = SAMPLE / "recorded"
LEAST_HEARD = 0.9
TRUTH = load_truth()
THEMES = {one["id"]: one for one in TRUTH["theme"]}

pytestmark = pytest.mark.slow

Span = Mapping[str, Any]
Heard = dict[str, dict[int, Passage]]


def planted(work: Work, theme: Span, cited: Collection[str]) -> Claim:
    """Return a claim that rests on what some of a planted theme's people say."""
    spans = [one for one in theme["span"] if one["participant"] in cited]
    insights = [
        one.id
        for one in work.insights
        for span in spans
        if span["transcript"] == one.transcript
        and any(q.start < span["end"] and span["start"] < q.end for q in one.quotes)
    ]
    return Claim(
        id=f"{theme['id']}/{'+'.join(sorted(cited))}",
        field=f"{theme['kind']}/{theme['category']}",
        text=theme["name"],
        basis="evidence",
        insights=tuple(dict.fromkeys(insights)),
        supports=tuple(sorted(cited)),
        unjudged=tuple(sorted(set(work.people) - set(cited))),
    )


def halves(theme: Span) -> list[list[str]]:
    """Return some of a theme's people, each beginning with another one of them."""
    who, n = theme["participants"], len(theme["participants"])
    return [
        [who[(at + step) % n] for step in range(max(2, n // 2))]
        for at in range(0, n, 2)
    ]


def holds(passages: Iterable[Passage], span: Span) -> bool:
    return any(
        one.transcript == span["transcript"]
        and any(p.start < span["end"] and span["start"] < p.end for p in one.body())
        for one in passages
    )


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> tuple[Heard, Heard]:
    """Return the passages of each planted claim, of all and of half its people."""
    settings = tomllib.loads((RECORDED / "recorded.toml").read_text("utf-8"))
    asking = {"model": settings["model"], "prompts": str(RECORDED / "prompts")}
    project = Project(tmp_path_factory.mktemp("heard"))
    found: list[Heard] = []

    def listen(work: Work, _: object) -> StageCounts:
        whole = [planted(work, one, one["participants"]) for one in THEMES.values()]
        some = [
            planted(work, one, cited)
            for one in THEMES.values()
            for cited in halves(one)
        ]
        near = Nearest(work)
        for claims in (whole, some):
            came = near.of(claims)
            found.append(dict(zip((one.id for one in claims), came, strict=True)))
        return StageCounts()

    project.run(SAMPLE, **asking)
    project.take_answers((RECORDED / "extract.jsonl").read_text("utf-8").splitlines())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(challenging, "challenge", listen)
        project.run(**asking)
    whole, some = found
    return whole, some


@pytest.mark.parametrize("name", ["C1", "C2"])
def test_who_is_planted_to_contradict_stands_in_the_request(
    heard: tuple[Heard, Heard], name: str
) -> None:
    (one,) = (each for each in TRUTH["contradiction"] if each["id"] == name)
    people = "+".join(sorted(THEMES[one["about"]]["participants"]))
    passages = heard[0][f"{one['about']}/{people}"]
    (against,) = (span for span in one["span"] if span["side"] == "b")
    assert len(passages) == 12
    assert holds(passages.values(), against)


def test_who_says_it_too_and_is_not_cited_is_mostly_heard(
    heard: tuple[Heard, Heard],
) -> None:
    came: dict[tuple[str, str], bool] = {}
    for theme in THEMES.values():
        for cited in halves(theme):
            name = f"{theme['id']}/{'+'.join(sorted(cited))}"
            passages = heard[1][name].values()
            for span in theme["span"]:
                who = span["participant"]
                if who not in cited:
                    key = (name, who)
                    came[key] = came.get(key, False) or holds(passages, span)
    assert sum(came.values()) / len(came) >= LEAST_HEARD


def test_everybody_is_heard_before_anybody_is_heard_twice(
    heard: tuple[Heard, Heard],
) -> None:
    for passages in heard[0].values():
        people = [one.participant for one in passages.values()]
        twice = next((at for at, who in enumerate(people) if who in people[:at]), 12)
        assert len(set(people)) == twice
