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
                (name, "participant", words),
                (
                    "Q",
                    "interviewer",
                    "Proof of work? Proof of work? Part not in the van?",
                ),
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


def test_a_group_of_everybody_has_no_words_of_its_own() -> None:
    assert book().of(TALK) == ()


def test_turns_that_fed_no_insight_and_words_of_the_question_are_passed_over() -> None:
    told = {
        name: [
            ("Q", "interviewer", "May I record? Are the field journals any help?"),
            (name, "participant", "Sounds good. The field journals pile up."),
            ("Q", "interviewer", "And the rest?"),
            (name, "participant", "Stale batteries, and field journals."),
        ]
        if name in "annbea"
        else [("Q", "interviewer", "Well?"), (name, "participant", "Nothing.")]
        for name in ("ann", "bea", "cem", "dai")
    }
    read = [make_transcript(turns, id=name) for name, turns in told.items()]  # type: ignore[arg-type]  # literals
    fed = {(name, 1) for name in told}
    first = Phrasebook(read, fed).of({"ann", "bea"})
    assert "pile" in " ".join(one.text for one in first)
    assert "field journals" not in {one.text for one in first}
    assert not any("batteries" in one.text for one in first)
    texts = [one.text for one in Phrasebook(read).of({"ann", "bea"})]
    assert any("field journals" in one for one in texts)
    assert "Stale batteries" in texts
