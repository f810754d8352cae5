"""Nothing is shown as a quote that is not the slice of its source."""

from __future__ import annotations

import pytest

from icp_synth.domain.insights import Quote
from icp_synth.domain.profiles import Synthesis
from icp_synth.domain.transcripts import Transcript
from icp_synth.errors import IcpSynthError
from icp_synth.exports.evidence import AROUND, NEIGHBOUR, Evidence
from icp_synth.exports.people import people_of
from icp_synth.exports.statements import title, voices
from icp_synth.exports.words import words_of
from tests.exports.synthesis_factory import (
    ALSO,
    CLOSE,
    by_id,
    make_insight,
    synthesis,
    transcripts,
)
from tests.factories import make_transcript


def _evidence(made: Synthesis, texts: dict[str, Transcript]) -> Evidence:
    people = people_of(made, words_of("en"))
    return Evidence(made, by_id(texts), people=people)


def test_a_citation_holds_the_turn_before_and_the_turn_after() -> None:
    texts = transcripts()
    made = synthesis(texts)
    insight = made.insights[0]
    shown = _evidence(made, texts).cite(insight, insight.quotes[0])
    assert shown.before is not None
    assert shown.before.text == "The close is painful, is it not?"
    assert shown.before.speaks == "interviewer"
    assert (shown.lead, shown.text) == ("Well, ", CLOSE)
    assert shown.after is not None
    assert shown.after.text == "I see. And then?"
    assert shown.time == "00:12:05"


def test_a_turn_that_is_not_handed_over_is_not_shown_and_none_takes_its_place() -> None:
    texts = transcripts()
    made = synthesis(texts)
    insight = made.insights[0]
    asked = insight.quotes[0].turn - 1
    rest = tuple(turn for turn in texts["ann"].turns if turn.index != asked)
    texts["ann"] = texts["ann"].model_copy(update={"turns": rest})
    shown = _evidence(made, texts).cite(insight, insight.quotes[0])
    assert shown.before is None
    assert shown.after is not None


def test_long_turns_are_cut_far_from_the_quote_and_say_so() -> None:
    texts = transcripts()
    long = "word " * 400
    texts["ann"] = make_transcript(
        [
            ("Interviewer", "interviewer", f"{long}first?"),
            ("ann", "participant", f"{long}{CLOSE} {long}end"),
            ("Interviewer", "interviewer", f"So {long}"),
        ],
        id="ann.txt",
    )
    made = synthesis(transcripts())
    insight = make_insight(texts["ann"], CLOSE)
    shown = _evidence(made, texts).cite(insight, insight.quotes[0])
    assert shown.before is not None
    assert shown.after is not None
    assert shown.before.text.endswith("first?")
    assert shown.after.text.startswith("So word")
    assert len(shown.before.text) <= NEIGHBOUR
    assert shown.cut == (True, True)
    assert len(shown.lead) <= AROUND
    assert (shown.before.cut, shown.after.cut) == (True, True)


def test_a_quote_that_is_not_what_stands_there_stops_the_export() -> None:
    texts = transcripts()
    made = synthesis(texts)
    insight = made.insights[0]
    quote = insight.quotes[0]
    moved = quote.model_copy(update={"start": quote.start + 1, "end": quote.end + 1})
    with pytest.raises(IcpSynthError, match="not what stands there"):
        _evidence(made, texts).cite(insight, moved)


def test_words_of_the_interviewer_cannot_be_cited() -> None:
    texts = transcripts()
    made = synthesis(texts)
    words = "The close is painful"
    start = texts["ann"].text.index(words)
    quote = Quote(start=start, end=start + len(words), text=words, turn=0)
    with pytest.raises(IcpSynthError, match="does not stand in a turn"):
        _evidence(made, texts).cite(made.insights[0], quote)


def test_each_person_speaks_once_before_anyone_speaks_twice() -> None:
    texts = transcripts()
    extra = make_insight(texts["ann"], "more or less")
    made = synthesis(texts)
    made = made.model_copy(update={"insights": (*made.insights, extra)})
    names = [one.id for one in made.insights if one.kind == "pain"]
    order = [names[0], extra.id, *names[1:4]]
    heard = voices(order, _evidence(made, texts))
    assert [one.who.id for one in heard.all] == ["ann", "bea", "cem", "fei", "ann"]
    assert heard.mentions == 5
    assert heard.leading == 1
    assert heard.explicit == 4


def test_a_title_is_a_quote_only_where_a_cited_quote_holds_it() -> None:
    texts = transcripts()
    made = synthesis(texts)
    evidence = _evidence(made, texts)
    cited = [made.insights[0].id, made.insights[2].id]
    part = title(f"{ALSO[:16]}…", cited, evidence)
    assert part.citation is not None
    assert (part.text, part.citation.text) == (ALSO[:16], ALSO)
    assert title("Slow closes", cited, evidence).citation is None


def test_people_whose_label_is_shared_are_shown_by_name() -> None:
    texts = transcripts()
    made = synthesis(texts)
    renamed = [
        one.model_copy(update={"id": f"table.csv#{one.id}#User", "label": "User"})
        for one in made.participants
    ]
    made = made.model_copy(update={"participants": tuple(renamed)})
    names = [one.name for one in people_of(made, words_of("en")).values()]
    assert names[0] == "ann"
