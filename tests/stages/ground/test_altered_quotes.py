"""Every altered quote gets the status that the contract gives it, wherever it is."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from icp_synth.domain.insights import VERIFIED, QuoteStatus
from icp_synth.domain.transcripts import Transcript
from icp_synth.stages.ground import Locator
from tests.factories import Said, make_transcript


class Case(NamedTuple):
    id: str
    quote: str
    status: QuoteStatus


ENGLISH: tuple[Said, ...] = (
    ("Interviewer", "interviewer", "How do exports work?"),
    (
        "Participant",
        "participant",
        "Honestly, every Monday I spend two hours exporting the report by hand, and it "
        "still breaks. I would pay double for a tool that just synced.",
    ),
)
ENGLISH_CASES = (
    Case(
        "verbatim",
        "every Monday I spend two hours exporting the report by hand",
        "exact",
    ),
    Case(
        "minor_slip",
        "Every monday, I spent two hours exporting the reports by hand",
        "altered_words",
    ),
    Case(
        "changed_number",
        "every Monday I spend three hours exporting the report by hand",
        "altered_number",
    ),
    Case(
        "changed_unit",
        "every Monday I spend two days exporting the report by hand",
        "altered_number",
    ),
    Case(
        "number_in_digits",
        "every Monday I spend 2 hours exporting the report by hand",
        "altered_number",
    ),
    Case(
        "negation_flip",
        "I would never pay double for a tool that just synced",
        "altered_negation",
    ),
    Case(
        "stitched",
        "every Monday I would pay double for a tool",
        "stitched",
    ),
    Case(
        "stitched_in_another_order",
        "exporting the report by hand every Monday I spend two hours",
        "stitched",
    ),
    Case("ellipsis", "I spend two hours ... it still breaks", "elided"),
    Case("ellipsis_character", "I spend two hours … it still breaks", "elided"),
    Case("ellipsis_in_brackets", "I spend two hours [...] it still breaks", "elided"),
    Case("ellipsis_doubled", "I spend two hours …… it still breaks", "elided"),
    Case(
        "ellipsis_in_another_order",
        "it still breaks ... I spend two hours",
        "not_found",
    ),
    Case(
        "invented",
        "I love the export feature, it is the best thing",
        "not_found",
    ),
    Case("interviewer_words", "How do exports work?", "interviewer"),
    Case("doubled_space", "every  Monday I spend two hours exporting", "folded"),
    Case("no_break_space", "every\u00a0Monday I spend two hours exporting", "folded"),
    Case("capitals", "EVERY MONDAY I SPEND TWO HOURS EXPORTING", "folded"),
    Case("marked_up", "every Monday I spend **two hours** exporting", "folded"),
    Case("in_quote_marks", "“every Monday I spend two hours exporting”", "folded"),
    Case("too_short", "two hours", "too_short"),
    Case(
        "dropped_words",
        "every Monday I spend two hours exporting by hand",
        "altered_words",
    ),
    Case(
        "punctuation_only",
        "every Monday I spend two hours, exporting the report by hand",
        "altered_words",
    ),
)

TRADITIONAL: tuple[Said, ...] = (
    ("訪談者", "interviewer", "請問你們平常怎麼處理報表？"),
    (
        "受訪者",
        "participant",
        "老實說，我每個星期一都要花兩個小時手動匯出報表，而且常常會壞掉。"
        "如果有「自動同步」的工具，我願意付雙倍的價錢。我們老闆不會反對這筆預算。",
    ),
)
TRADITIONAL_CASES = (
    Case("verbatim", "我每個星期一都要花兩個小時手動匯出報表", "exact"),
    Case("line_break_and_width", "我每個星期一 都要花\n兩個小時手動匯出報表", "folded"),
    Case("full_width_marks", "手動匯出報表,而且常常會壞掉", "folded"),
    Case("quote_marks", "如果有“自動同步”的工具", "folded"),
    Case("altered_words", "我每個星期一都得花兩個小時手動輸出報表", "altered_words"),
    Case("changed_number", "我每個星期一都要花三個小時手動匯出報表", "altered_number"),
    Case("changed_unit", "我每個星期一都要花兩個月手動匯出報表", "altered_number"),
    Case(
        "negation_added",
        "如果有自動同步的工具，我不願意付雙倍的價錢",
        "altered_negation",
    ),
    Case("negation_left_out", "我們老闆會反對這筆預算", "altered_negation"),
    Case("stitched", "我每個星期一都要花我願意付雙倍的價錢", "stitched"),
    Case("ellipsis", "我每個星期一都要花兩個小時……常常會壞掉", "elided"),
    Case("ellipsis_in_brackets", "我每個星期一都要花兩個小時（…）常常會壞掉", "elided"),
    Case("invented", "我非常喜歡這個產品的設計與服務", "not_found"),
    Case("interviewer_words", "請問你們平常怎麼處理報表？", "interviewer"),
    Case("too_short", "兩個小時", "too_short"),
)

SIMPLIFIED: tuple[Said, ...] = (
    ("主持人", "interviewer", "你们平时是怎么导出数据的？"),
    (
        "用户",
        "participant",
        "说实话，我每周五都得花三个小时整理客户名单，而且经常出错。"
        "只要能“自动更新”，我愿意多付一倍的钱。我们经理没有反对过买工具。",
    ),
)
SIMPLIFIED_CASES = (
    Case("verbatim", "我每周五都得花三个小时整理客户名单", "exact"),
    Case("white_space", "我每周五都得花 三个小时 整理客户名单", "folded"),
    Case("half_width_marks", "整理客户名单,而且经常出错", "folded"),
    Case("quote_marks", "只要能「自动更新」，我愿意多付一倍的钱", "folded"),
    Case("altered_words", "我每周五都要花三个小时处理客户名单", "altered_words"),
    Case("changed_number", "我每周五都得花两个小时整理客户名单", "altered_number"),
    Case("changed_unit", "我每周五都得花三分钟整理客户名单", "altered_number"),
    Case("negation_added", "只要能自动更新，我不愿意多付一倍的钱", "altered_negation"),
    Case("negation_left_out", "我们经理有反对过买工具", "altered_negation"),
    Case("stitched", "我每周五都得花我愿意多付一倍的钱", "stitched"),
    Case("ellipsis", "我每周五都得花三个小时……而且经常出错", "elided"),
    Case("ellipsis_dots", "我每周五都得花三个小时[...]而且经常出错", "elided"),
    Case("invented", "这个产品的界面特别漂亮而且好用", "not_found"),
    Case("interviewer_words", "你们平时是怎么导出数据的？", "interviewer"),
    Case("too_short", "三个小时", "too_short"),
)

FILLER: dict[str, tuple[Said, ...]] = {
    "en": (
        ("Interviewer", "interviewer", "And what happens on the other days?"),
        (
            "Participant",
            "participant",
            "Mostly we sort tickets. Somebody calls the warehouse, somebody else opens "
            "the sheet, and by noon the two lists agree or they do not. It is slow.",
        ),
    ),
    "zh": (
        ("訪談者", "interviewer", "那其他時間你們都在做什麼呢？"),
        (
            "受訪者",
            "participant",
            "大部分是跟倉庫對單。有人打電話，有人開試算表，到了中午兩邊才對得起來。"
            "说起来也不复杂，就是慢，大家都习惯了。",
        ),
    ),
}
SETS = {
    "en": (ENGLISH, ENGLISH_CASES, FILLER["en"]),
    "zh-Hant": (TRADITIONAL, TRADITIONAL_CASES, FILLER["zh"]),
    "zh-Hans": (SIMPLIFIED, SIMPLIFIED_CASES, FILLER["zh"]),
}
LONG = 150


def _long(script: str, place: str) -> Transcript:
    said, _, filler = SETS[script]
    before = {"alone": 0, "start": 0, "middle": LONG // 2, "end": LONG}[place]
    after = 0 if place == "alone" else LONG - before
    return make_transcript([*filler * before, *said, *filler * after], id=script)


@pytest.mark.parametrize("place", ["alone", "start", "middle", "end"])
@pytest.mark.parametrize("script", SETS)
def test_each_altered_quote_gets_its_status(script: str, place: str) -> None:
    transcript = _long(script, place)
    locator = Locator(transcript)
    cases = SETS[script][1]
    found = {case.id: locator.locate(case.quote).status for case in cases}
    assert found == {case.id: case.status for case in cases}


@pytest.mark.parametrize("script", SETS)
def test_verified_places_are_slices_of_a_participants_turn(script: str) -> None:
    transcript = _long(script, "middle")
    locator = Locator(transcript)
    for case in SETS[script][1]:
        found = locator.locate(case.quote)
        if found.status not in VERIFIED:
            continue
        assert found.span is not None
        turn = transcript.turn_at(found.span.start)
        assert turn is not None
        assert turn.span.holds(found.span)
        assert turn.speaks == "participant"
        assert turn.index == found.turn


def test_the_nearest_wording_of_the_source_is_shown() -> None:
    transcript = make_transcript(ENGLISH)
    found = Locator(transcript).locate(
        "every Monday I spend three hours exporting the report by hand"
    )
    assert found.nearest is not None
    said = "every Monday I spend two hours exporting the report by hand"
    assert found.nearest.of(transcript.text) == said
    assert said in found.reason
    assert "number" in found.reason


def test_the_parts_of_an_elided_quote_are_slices() -> None:
    transcript = make_transcript(ENGLISH)
    found = Locator(transcript).locate("I spend two hours ... it still breaks")
    assert [part.of(transcript.text) for part in found.parts] == [
        "I spend two hours",
        "it still breaks",
    ]
    assert found.span is None


def test_the_parts_of_a_stitched_quote_are_slices() -> None:
    transcript = make_transcript(ENGLISH)
    found = Locator(transcript).locate("every Monday I would pay double for a tool")
    assert [part.of(transcript.text) for part in found.parts] == [
        "every Monday I",
        "would pay double for a tool",
    ]
