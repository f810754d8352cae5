"""Where a quote stands, when several places, turns or speakers compete."""

from __future__ import annotations

import pytest

from icp_synth.domain.passages import Rendered, RenderedTurn, Use
from icp_synth.domain.transcripts import Transcript
from icp_synth.stages.ground import Locator
from tests.factories import Said, make_transcript


def _talk(*said: Said) -> Transcript:
    return make_transcript(said)


def _ann(text: str) -> Said:
    return ("Ann", "participant", text)


def _asked(text: str) -> Said:
    return ("Q", "interviewer", text)


def _shown(transcript: Transcript, **uses: Use) -> Rendered:
    """Render the turns that are named by index (`t0="body"`)."""
    turns = []
    for key, use in uses.items():
        turn = transcript.turns[int(key[1:])]
        turns.append(
            RenderedTurn(
                number=turn.index,
                speaks=turn.speaks,
                participant=turn.participant,
                use=use,
                text=turn.span.of(transcript.text),
                start=turn.start,
            )
        )
    return Rendered(
        window="w", transcript=transcript.id, language="en", turns=tuple(turns)
    )


def test_of_several_places_the_first_counts() -> None:
    transcript = _talk(_ann("it is slow here."), _ann("it is slow there."))
    found = Locator(transcript).locate("it is slow")
    assert (found.status, found.turn) == ("exact", 0)


def test_the_named_turn_goes_before_the_first() -> None:
    transcript = _talk(_ann("it is slow here."), _ann("it is slow there."))
    found = Locator(transcript).locate("it is slow", turn=1)
    assert (found.status, found.turn, found.moved) == ("exact", 1, False)


def test_a_folded_quote_in_the_named_turn_goes_before_an_exact_one_elsewhere() -> None:
    transcript = _talk(_ann("it is slow here."), _ann("It is slow there."))
    found = Locator(transcript).locate("it is slow", turn=1)
    assert (found.status, found.turn, found.moved) == ("folded", 1, False)


def test_a_wrong_turn_is_moved_when_the_words_stand_once_elsewhere() -> None:
    transcript = _talk(_asked("Well?"), _ann("it is slow here."), _ann("No more."))
    found = Locator(transcript).locate("it is slow", turn=2)
    assert (found.status, found.turn, found.moved) == ("exact", 1, True)


@pytest.mark.parametrize("turn", [0, 99])
def test_a_wrong_turn_is_refused_when_the_words_stand_twice(turn: int) -> None:
    transcript = _talk(_ann("Hm."), _ann("it is slow here."), _ann("so it is slow."))
    found = Locator(transcript).locate("it is slow", turn=turn)
    assert found.status == "not_found"
    assert "2 times" in found.reason


def test_a_short_quote_passes_where_it_stands_once_in_the_named_turn() -> None:
    transcript = _talk(_asked("Which?"), _ann("Excel, mostly."), _ann("And mail."))
    locator = Locator(transcript)
    assert locator.locate("Excel", turn=1).status == "exact"
    assert locator.locate("Excel", turn=2).status == "too_short"
    assert locator.locate("Excel").status == "too_short"


@pytest.mark.parametrize("other", ["Excel again.", "We excel at it."])
def test_a_short_quote_that_stands_twice_is_too_short(other: str) -> None:
    transcript = _talk(_ann("Excel, mostly."), _ann(other))
    assert Locator(transcript).locate("Excel", turn=0).status == "too_short"


def test_a_short_quote_must_be_whole_words() -> None:
    transcript = _talk(_ann("The exporter broke."))
    assert Locator(transcript).locate("export", turn=0).status == "too_short"


@pytest.mark.parametrize("quote", ["", "   ", "...", "“”", "?!"])
def test_a_quote_without_words_is_too_short(quote: str) -> None:
    assert Locator(_talk(_ann("It is slow."))).locate(quote).status == "too_short"


def test_exact_in_a_participants_turn_goes_before_the_interviewer() -> None:
    transcript = _talk(_asked("Is the export slow?"), _ann("Yes, the export slow? No."))
    found = Locator(transcript).locate("the export slow?")
    assert (found.status, found.turn) == ("exact", 1)


def test_interviewer_goes_before_stitched_and_altered() -> None:
    transcript = _talk(
        _asked("You pay double for it now."), _ann("We pay double for it now and then.")
    )
    assert Locator(transcript).locate("You pay double for it now").status == (
        "interviewer"
    )


def test_an_exact_quote_keeps_the_white_space_that_it_was_given() -> None:
    transcript = _talk(_ann("Well, it is\nslow today."))
    found = Locator(transcript).locate(" it is\nslow ")
    assert found.status == "exact"
    assert found.span is not None
    assert found.span.of(transcript.text) == " it is\nslow "


def test_a_folded_place_is_the_sources_wording() -> None:
    transcript = _talk(_ann("Well, “it  IS” cafe\u0301-slow today."))
    found = Locator(transcript).locate('"it is" CAF\u00c9–slow')
    assert found.status == "folded"
    assert found.span is not None
    assert found.span.of(transcript.text) == "“it  IS” cafe\u0301-slow"


@pytest.mark.parametrize(
    ("source", "quote"),
    [
        ("We lose 115 minutes on every export", "15 minutes on every export"),
        ("On every export we lose 150", "On every export we lose 15"),
        ("On every export we lose 3.5 hours", "On every export we lose 3"),
        ("On every export we lose 1,500 hours", "500 hours"),
    ],
)
def test_a_number_cut_in_two_is_another_number(source: str, quote: str) -> None:
    found = Locator(_talk(_ann(source))).locate(quote)
    assert found.status in {"altered_number", "too_short"}


def test_a_letter_is_not_cut_from_its_accent() -> None:
    transcript = _talk(_ann("we met at the cafe\u0301 again"))
    assert Locator(transcript).locate("we met at the cafe").status == "altered_words"


@pytest.mark.parametrize(
    ("source", "quote"),
    [
        (
            "We would absolutely not pay double for the tool.",
            "We would absolutely pay double for the tool.",
        ),
        (
            "It still breaks. We would absolutely not pay double for the tool.",
            "It still breaks. We would absolutely pay double for the tool.",
        ),
        (
            "Mr. Wu said that he would never pay double for the tool.",
            "Wu said that he would pay double for the tool.",
        ),
        (
            "I mean... we could really not pay double for the tool",
            "we could really pay double for the tool",
        ),
    ],
)
def test_a_not_left_out_within_a_sentence_is_no_stitch(source: str, quote: str) -> None:
    talk = [_ann("It is fine. We would pay a bit."), _ann(source)]
    assert Locator(_talk(*talk)).locate(quote).status == "altered_negation"


@pytest.mark.parametrize(
    ("quote", "status"),
    [
        ("I do think that it helps my team", "altered_negation"),
        ("I would never never leave it for another one", "altered_negation"),
        ("I would use it for my own team", "altered_words"),
    ],
)
def test_one_changed_word_is_no_stitch_though_its_parts_stand_elsewhere(
    quote: str, status: str
) -> None:
    transcript = _talk(
        _ann("I do think so. I don't think that it helps my team."),
        _ann("I would never leave it for another one. I would use more of it."),
        _ann("I could use it for my own team."),
    )
    assert Locator(transcript).locate(quote).status == status


@pytest.mark.parametrize(
    "quote",
    [
        "every week it breaks and then I call",
        "and then I call every week it breaks",
        "I call the office nobody picks up",
        "every week it breaks. I call the office",
    ],
)
def test_parts_of_different_sentences_or_turns_are_stitched(quote: str) -> None:
    transcript = _talk(
        _ann("Look, every week it breaks in spring. And then I call the office."),
        _asked("Oh."),
        _ann("But there nobody picks up."),
    )
    assert Locator(transcript).locate(quote).status == "stitched"


def test_words_of_two_speakers_are_stitched() -> None:
    transcript = _talk(_asked("Is the export slow?"), _ann("I would say so, yes."))
    found = Locator(transcript).locate("Is the export slow? I would say so")
    assert found.status == "stitched"


def test_a_quote_with_a_mark_of_omission_is_never_stitched() -> None:
    transcript = _talk(_ann("It breaks every week."), _ann("I call the office then."))
    quote = "It breaks every week … I call the office"
    assert Locator(transcript).locate(quote).status == "not_found"


def test_an_omission_at_one_end_is_elided_too() -> None:
    transcript = _talk(_ann("Look, every week it breaks in spring."))
    found = Locator(transcript).locate("...every week it breaks")
    assert found.status == "elided"
    assert len(found.parts) == 1


def test_dots_that_the_source_has_are_no_omission() -> None:
    transcript = _talk(_ann("I mean... it breaks in spring."))
    assert Locator(transcript).locate("I mean... it breaks").status == "exact"


def test_the_named_turn_decides_where_the_parts_of_an_elided_quote_are() -> None:
    twice = "it breaks in spring and then I call them"
    transcript = _talk(_ann(twice), _ann(twice))
    locator = Locator(transcript)
    quote = "it breaks in spring … I call them"
    assert locator.locate(quote, turn=1).turn == 1
    assert locator.locate(quote, turn=5).status == "not_found"


def test_another_participants_words_do_not_count() -> None:
    transcript = _talk(_ann("it is slow here."), ("Bob", "participant", "Not for me."))
    locator = Locator(transcript)
    assert locator.locate("it is slow", participant="Ann").status == "exact"
    refused = locator.locate("it is slow", participant="Bob")
    assert refused.status == "not_found"
    assert "Ann" in refused.reason


def test_words_of_nobody_known_are_not_found() -> None:
    transcript = _talk((None, None, "it is slow here."), _ann("Yes, quite."))
    found = Locator(transcript).locate("it is slow here")
    assert found.status == "not_found"
    assert "nobody knows" in found.reason


def test_only_what_was_read_can_be_cited() -> None:
    transcript = _talk(
        _ann("it was slow then."), _asked("And now?"), _ann("it is fine now.")
    )
    whole = Locator(transcript)
    rendered = _shown(transcript, t0="context", t1="context", t2="body")
    read = whole.within(rendered)
    assert read.locate("it is fine now").status == "exact"
    assert read.locate("it was slow then").status == "not_found"
    assert "not read" in read.locate("it was slow then").reason
    assert whole.locate("it was slow then").status == "exact"


def test_a_window_that_shows_all_needs_no_locator_of_its_own() -> None:
    transcript = _talk(_asked("And now?"), _ann("it is fine now."))
    whole = Locator(transcript)
    assert whole.within(_shown(transcript, t0="context", t1="body")) is whole


def test_the_rest_of_a_turn_that_is_cut_cannot_be_cited() -> None:
    transcript = _talk(_ann("it was slow then. it is fine now."))
    rendered = Rendered(
        window="w",
        transcript="t",
        language="en",
        turns=(
            RenderedTurn(
                number=0,
                speaks="participant",
                participant="Ann",
                use="body",
                text="it is fine now.",
                start=transcript.text.index("it is"),
            ),
        ),
    )
    locator = Locator(transcript).within(rendered)
    assert locator.locate("it is fine now").status == "exact"
    assert locator.locate("it was slow then").status == "not_found"


def test_an_empty_transcript_holds_nothing() -> None:
    assert Locator(_talk()).locate("it is slow here").status == "not_found"


def test_adversarial_repetition_is_answered_in_bounds() -> None:
    source = "no no yes " * 3_000
    quote = "no yes no no yes yes " * 60
    found = Locator(_talk(_ann(source))).locate(quote)
    assert found.status in {"stitched", "altered_negation", "not_found"}
