"""Words that people use: verbatim, counted by people, more than elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from icp_synth.domain.transcripts import Transcript
from icp_synth.stages.draft.phrases import Phrasebook
from tests.factories import make_transcript

TALK = {
    "ann": "We had three no-show clients. Proof of Work is what the client asks for.",
    "bea": "They want proof of work, every month. Another no-show today.",
    "cem": "Proof of work, again and again. The weather is nice.",
    "dai": "The ferry was late, and the part was not in the van.",
    "eve": "A second trip: the part was not in the van. The weather is nice.",
}


def book(talk: Mapping[str, str] = TALK) -> Phrasebook:
    return Phrasebook(transcripts(talk))


def transcripts(talk: Mapping[str, str]) -> list[Transcript]:
    return [
        make_transcript(
            [
                (
                    "Q",
                    "interviewer",
                    "Proof of work? Proof of work? Part not in the van?",
                ),
                (name, "participant", words),
            ],
            id=f"{name}.txt",
        )
        for name, words in talk.items()
    ]


def test_a_planted_phrase_is_found_with_its_people_and_its_place() -> None:
    found = book().of({"ann", "bea", "cem"})
    first = found[0]
    assert first.text == "proof of work"
    assert first.participants == ("ann", "bea", "cem")
    assert (first.n, first.of, first.elsewhere) == (3, 3, 0)
    # (3.5 / 4) / (0.5 / 3)
    assert first.lift == 5.25
    texts = {one.id: one for one in transcripts(TALK)}
    said = [
        texts[place.transcript].text[place.start : place.end] for place in first.places
    ]
    assert said[0] == first.text
    assert {one.casefold() for one in said} == {"proof of work"}
    for place in first.places:
        turn = texts[place.transcript].turn_at(place.start)
        assert turn is not None
        assert turn.speaks == "participant"


def test_parts_of_a_phrase_and_words_of_everybody_are_left_out() -> None:
    texts = [one.text for one in book().of({"ann", "bea", "cem"})]
    assert "no-show" in texts
    assert "proof" not in texts
    assert "weather" not in texts


def test_what_one_person_says_is_no_phrase_of_a_group() -> None:
    assert "ferry" not in [one.text for one in book().of({"dai", "eve"})]
    assert book().of({"dai"}) == ()
    assert book().of({"nobody"}) == ()


def test_chinese_is_cut_between_its_empty_characters_and_read_in_both_scripts() -> None:
    found = book(
        {
            "林": "我們最怕臨時缺勤，真的。",
            "陳": "客户最怕临时缺勤。",
            "王": "天氣很好。",
        }
    ).of({"林", "陳"})
    assert any("缺勤" in one.text or "临时" in one.text for one in found)
    assert all(one.n == 2 for one in found)


def test_a_group_of_everybody_has_phrases_without_lift() -> None:
    found = book().of(TALK)
    assert found[0].text == "proof of work"
    assert {one.lift for one in found} == {1.0}
