"""The scripts behind `make demo` and its check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scripts import check_demo, demo

Json = dict[str, Any]


# ------------------------------------------------------------------- the demo
def test_no_key_and_no_endpoint_reaches_the_demo() -> None:
    environment = {
        "PATH": "/bin",
        "OPENAI_API_KEY": "secret",
        "OPENAI_ORG_ID": "firm",
        "ANTHROPIC_API_KEY": "secret",
        "AZURE_BASE_URL": "https://example.org",
        "ICP_SYNTH_PROJECT": "elsewhere",
    }
    assert demo.offline_environment(environment) == {"PATH": "/bin"}


class Program:
    """Stands for `icp-synth`: waits until so many answer files were imported."""

    def __init__(self, needs: int, code: int = 3, status: str = "waiting") -> None:
        self.needs = needs
        self.code = code
        self.status = status
        self.calls: list[str] = []

    def __call__(self, *words: str | Path) -> demo.Answer:
        self.calls.append(words[0] if words[0] == "run" else Path(words[2]).name)
        if words[0] == "batch":
            self.needs -= 1
            return demo.Answer(0, {"accepted": 1})
        if self.needs == 0:
            return demo.Answer(0, {"status": "done"})
        return demo.Answer(self.code, {"status": self.status, "pending": 4})


def recording(*names: str) -> demo.Recording:
    folder = demo.ROOT / demo.RECORDED
    return demo.Recording(model="m", answers=tuple(folder / name for name in names))


def test_recorded_answers_are_imported_one_by_one_until_nothing_is_pending(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program = Program(needs=2)
    monkeypatch.setattr(demo, "icp_synth", program)
    demo.read_recorded(recording("a.jsonl", "b.jsonl"))
    assert program.calls == ["run", "a.jsonl", "run", "b.jsonl", "run"]


def test_a_second_demo_imports_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    program = Program(needs=0)
    monkeypatch.setattr(demo, "icp_synth", program)
    demo.read_recorded(recording("a.jsonl"))
    assert program.calls == ["run"]


def test_a_missing_recorded_answer_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(demo, "icp_synth", Program(needs=2))
    with pytest.raises(demo.DemoFailed, match="no recorded answer for 4 requests"):
        demo.read_recorded(recording("a.jsonl"))


@pytest.mark.parametrize(("code", "status"), [(3, "partial"), (2, ""), (70, "")])
def test_any_other_end_of_a_run_ends_the_demo_with_its_code(
    monkeypatch: pytest.MonkeyPatch, code: int, status: str
) -> None:
    monkeypatch.setattr(demo, "icp_synth", Program(1, code, status))
    with pytest.raises(demo.DemoFailed) as failed:
        demo.read_recorded(recording("a.jsonl"))
    assert failed.value.code == code


def test_the_recording_is_described_by_its_own_file(tmp_path: Path) -> None:
    text = 'model = "some-model"\nanswers = ["extract.jsonl", "draft.jsonl"]\n'
    (tmp_path / "recorded.toml").write_text(text)
    found = demo.read_recording(tmp_path)
    assert found.model == "some-model"
    assert [path.name for path in found.answers] == ["extract.jsonl", "draft.jsonl"]


def test_the_best_supported_claims_come_first_and_once() -> None:
    def claim(text: str, supports: int, basis: str = "evidence") -> Json:
        people = {"supports": ["p"] * supports, "contradicts": [], "unjudged": ["q"]}
        kept = {"text": text, "basis": basis, "field": "pain/problem", "silent": []}
        return kept | people

    synthesis = {
        "personas": [{"claims": [claim("b", 3), claim("guess", 9, "inference")]}],
        "icps": [{"claims": [claim("a", 5), claim("b", 3)]}],
        "themes": [{"n": 7, "of": 9, "label": "theme"}],
    }
    lines = demo.best_supported(synthesis, limit=3)
    assert [line.split() for line in lines] == [
        ["5", "of", "6", "a"],
        ["3", "of", "4", "b"],
        ["7", "of", "9", "theme"],
    ]


# ------------------------------------------------------------------ its check
@pytest.mark.parametrize(
    "page",
    [
        '<img src="https://example.org/a.png">',
        '<script src="//example.org/a.js"></script>',
        '<link rel="stylesheet" href="http://example.org/a.css">',
        '<img srcset="a.png 1x, https://example.org/b.png 2x">',
        "<style>@import 'https://example.org/a.css';</style>",
        "<style>p { background: url(//example.org/a.png) }</style>",
        '<p style="background: url(https://example.org/a.png)">',
        '<script>fetch("https://example.org/a")</script>',
        '<svg><use xlink:href="https://example.org/a.svg#x"/></svg>',
        '<meta http-equiv="refresh" content="0; url=https://example.org">',
    ],
)
def test_whatever_a_page_loads_from_a_network_is_found(page: str) -> None:
    assert len(check_demo.resource_loads(page)) == 1


@pytest.mark.parametrize(
    "page",
    [
        '<a href="https://example.org">a link to follow</a>',
        "<p>https://example.org as somebody said it, url(https://example.org)</p>",
        '<img src="data:image/png;base64,AAAA//AAAA">',
        '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
        '<script>document.createElementNS("http://www.w3.org/2000/svg", "g")</script>',
        "<script>// a comment with a //slash\nlet a = 1;</script>",
        "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\">",
    ],
)
def test_a_page_that_stands_by_itself_passes(page: str) -> None:
    assert check_demo.resource_loads(page) == []


TEXT = "Q: How big?\n\nAnn: About 200 people, I think."
TURNS: list[Json] = [
    {"index": 0, "start": 3, "end": 11, "participant": None},
    {"index": 1, "start": 18, "end": 44, "participant": "ann"},
]


def synthesis_with(start: int, end: int, text: str) -> Json:
    quote = {"start": start, "end": end, "text": text}
    return {"insights": [{"transcript": "t", "quotes": [quote]}]}


def test_a_quote_that_is_its_slice_passes() -> None:
    good = synthesis_with(18, 34, "About 200 people")
    assert check_demo.quote_errors(good, TEXT, TURNS, "t") == []


@pytest.mark.parametrize(
    ("start", "end", "text", "reason"),
    [
        (18, 34, "About 300 people", "is not 'About 300 people'"),
        (3, 11, "How big?", "not in a participant's turn"),
        (13, 34, "Ann: About 200 people", "not in a participant's turn"),
        (18, 18, "", "is not ''"),
    ],
)
def test_any_other_quote_is_an_error(
    start: int, end: int, text: str, reason: str
) -> None:
    bad = synthesis_with(start, end, text)
    (error,) = check_demo.quote_errors(bad, TEXT, TURNS, "t")
    assert reason in error


def test_a_synthesis_is_held_against_its_schema() -> None:
    schema = {"type": "object", "required": ["insights"]}
    assert check_demo.schema_errors({"insights": []}, schema) == []
    assert check_demo.schema_errors({}, schema) == [
        "$: 'insights' is a required property"
    ]
