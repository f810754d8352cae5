from __future__ import annotations

import pytest

from icp_synth.domain.spans import Span
from icp_synth.stages.ground.leading import agrees, is_led, leads
from tests.factories import make_transcript


@pytest.mark.parametrize(
    "question",
    [
        "So you'd say the export is too slow, right?",
        "Don't you think it is slow?",
        "It is too slow, isn't it?",
        "its slow isn't it?",
        "You don't like it, do you?",
        "Thanks. You'd recommend it?",
        "Would you agree that it saves time?",
        "Is it fair to say you're happy?",
        "It sounds like you value control — is that fair?",
        "I guess that costs you a lot?",
        "你是不是覺得匯出太慢？",
        "匯出太慢，對不對？",
        "所以沒有什麼問題，對不對？",
        "難道你不覺得貴嗎？",
        "你会推荐给同事吧？",
        "导出太慢，不是吗？",
    ],
)
def test_a_question_that_offers_its_answer_leads(question: str) -> None:
    assert leads(question)


@pytest.mark.parametrize(
    "question",
    [
        "How do exports work?",
        "Do you use Excel?",
        "You mentioned the export: can you say more?",
        "What is it?",
        "Why isn't it?",
        "Is it slow or fast?",
        "Do you use it, yes or no?",
        "It sounds like a lot. How do you cope?",
        "It is slow, right? And what do you do then?",
        "You said that's important. Could you give an example?",
        "Tell me more.",
        "",
        "你平常怎麼匯出？",
        "你有用過嗎？",
        "是不是有什麼困難？",
        "你們是自己做還是外包？",
    ],
)
def test_an_open_or_even_question_does_not_lead(question: str) -> None:
    assert not leads(question)


@pytest.mark.parametrize(
    "words",
    ["Yeah, exactly.", "Mm.", "I think so, yes", "嗯，對。", "沒錯！", "是啊是啊"],
)
def test_bare_assent_is_recognised(words: str) -> None:
    assert agrees(words)


@pytest.mark.parametrize(
    "words", ["Yes, it is slow", "Yesterday", "對我來說很慢", "m" * 99]
)
def test_more_than_assent_is_none(words: str) -> None:
    assert not agrees(words + "!x")


@pytest.mark.parametrize(
    ("question", "quote", "led"),
    [
        ("It is slow, right?", "Mm, yes.", True),
        ("It is slow, right?", "It takes ages.", True),
        ("It is slow, right?", "We even left once.", False),
        ("It is slow, right?", "Yes, definitely.", True),
        ("How is it?", "It takes ages.", False),
    ],
)
def test_a_quote_is_led_where_it_takes_what_was_offered(
    question: str, quote: str, *, led: bool
) -> None:
    transcript = make_transcript(
        [
            ("Q", "interviewer", question),
            (
                "Ann",
                "participant",
                "Mm, yes. It takes ages. We even left once. Yes, definitely.",
            ),
        ]
    )
    start = transcript.text.index(quote)
    span = Span(start=start, end=start + len(quote))
    assert is_led(transcript, transcript.turns[1], span) is led


def test_a_quote_that_nobody_asked_for_is_not_led() -> None:
    transcript = make_transcript(
        [
            ("Q", "interviewer", "It is slow, right?"),
            ("Bob", "participant", "Yes."),
            ("Ann", "participant", "It takes ages."),
        ]
    )
    turn = transcript.turns[2]
    assert not is_led(transcript, turn, turn.span)
