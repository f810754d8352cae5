"""Why people left: what they were asked, and what is no offer to pay more."""

from __future__ import annotations

import pytest

from icp_synth.stages.draft.reasons import About, reasons_of
from tests.synthesis_factory import make_insight


@pytest.mark.parametrize(
    "quote",
    [
        "I would never pay more than thirty for it, so we cancelled.",
        "We would not pay extra for the app",
        "I would pay no more than thirty a month",
        "I was not glad to pay for the support",
        "I'd gladly have paid double, and still I cancelled over the sync",
        "我不願意多付錢，所以取消。",
        "我不太願意多付費用",
    ],
)
def test_who_would_not_pay_more_or_tells_of_leaving_gives_a_reason(quote: str) -> None:
    said = make_insight("ann", "Of the price.", category="objection", quote=quote)
    assert reasons_of([said], About(), most=3) == (said,)


@pytest.mark.parametrize(
    "quote",
    ["I would gladly pay more for the app", "We'd have paid double", "我願意多付費用"],
)
def test_who_would_have_paid_more_gives_none(quote: str) -> None:
    said = make_insight("ann", "Of the price.", category="objection", quote=quote)
    assert reasons_of([said], About(), most=3) == ()


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("And when you left, what was the reason?", True),
        ("When you cancelled, why was that?", True),
        ("Who decided to leave, and why?", True),
        ("When did you cancel? Why?", True),
        ("When did you cancel? And why was that?", True),
        ("Where did you switch to, and what made you do it?", True),
        ("你們什麼時候取消，為什麼？", True),
        ("你們什麼時候取消？為什麼？", True),
        ("When you cancelled, what had gone wrong?", True),
        ("When you left, what happened?", True),
        ("When you left, how long had you used it?", False),
        ("Who pushed for leaving?", False),
        ("Who decided to leave?", False),
        ("When did you cancel?", False),
        ("誰決定取消的？", False),
        ("Why did you plan the day on paper? And when did you leave?", False),
    ],
)
def test_a_question_that_asks_why_is_one_whatever_else_it_asks(
    question: str,
    asked: bool,  # noqa: FBT001 - a case
) -> None:
    said = make_insight("ann", "Of the stairs.", quote="The stairs were always wet")
    about = About(asked={said.id: question})
    assert reasons_of([said], about, most=3) == ((said,) if asked else ())
