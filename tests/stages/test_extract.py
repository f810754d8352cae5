"""Rendering keeps the way back to the source."""

from __future__ import annotations

from icp_synth.analysts.protocol import Analyst, Drafts
from icp_synth.domain.passages import Rendered
from icp_synth.llm.tokens import estimate_v1
from icp_synth.stages.chunk import Budgets, chunk
from icp_synth.stages.extract import extract, render
from tests.factories import make_transcript

TRANSCRIPT = make_transcript(
    [
        ("Q", "interviewer", "Was war? 什麼?"),
        ("Ann", "participant", "It broke. " * 60),
        (None, None, "(laughter)"),
    ],
    language="en",
)


def test_every_shown_code_point_leads_back_to_the_canonical_text() -> None:
    for window in chunk(TRANSCRIPT, estimate_v1, Budgets(window=50)).windows:
        shown = render(window, TRANSCRIPT)
        assert shown.window == window.id
        for turn in shown.turns:
            for offset, character in enumerate(turn.text):
                assert TRANSCRIPT.text[turn.canonical(offset)] == character


def test_a_rendered_turn_says_whose_words_it_holds() -> None:
    (window,) = chunk(TRANSCRIPT, estimate_v1).windows
    shown = render(window, TRANSCRIPT)
    assert [(one.speaks, one.participant, one.use) for one in shown.turns] == [
        ("interviewer", None, "context"),
        ("participant", "Ann", "body"),
        (None, None, "context"),
    ]


class _Recorder:
    """An analyst that finds nothing and remembers what it saw."""

    def __init__(self) -> None:
        self.seen: list[Rendered] = []

    def extract(self, rendered: Rendered) -> Drafts:
        self.seen.append(rendered)
        return Drafts(drafts=())


def test_the_analyst_reads_the_rendered_window() -> None:
    (window,) = chunk(TRANSCRIPT, estimate_v1).windows
    reader = _Recorder()
    analyst: Analyst = reader  # type: ignore[assignment]  # one verb is enough here
    assert extract(window, TRANSCRIPT, analyst) == Drafts(drafts=())
    assert reader.seen == [render(window, TRANSCRIPT)]
