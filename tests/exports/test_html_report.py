"""report.html: one file that loads nothing and shows only what stands in the source."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise
from typing import Any

import pytest

from icp_synth.domain.profiles import Frame, Synthesis
from icp_synth.domain.transcripts import Transcript
from icp_synth.exports.html import to_html
from icp_synth.exports.report import build_report
from tests.exports.synthesis_factory import (
    AGAINST,
    CHINESE,
    CLOSE,
    REFUSED,
    by_id,
    make_insight,
    manifest,
    synthesis,
    transcripts,
)
from tests.factories import make_transcript

VOID = {"meta", "br", "img", "link", "input", "hr", "path"}


class Page(HTMLParser):
    """Collects elements, ids, texts of quotes, and text outside style."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.quotes: list[tuple[str, str]] = []
        self.marks: list[str] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.scripts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.elements.append((tag, values))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "q":
            self.quotes.append((values.get("lang", ""), ""))
        if tag == "mark":
            self.marks.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "script" in self.open:
            self.scripts.append(data)
        if {"style", "script"} & set(self.open):
            return
        self.text.append(data)
        if "q" in self.open:
            language, text = self.quotes[-1]
            self.quotes[-1] = (language, text + data)
        if "mark" in self.open:
            self.marks[-1] += data

    def ids(self) -> list[str]:
        return [values["id"] for _, values in self.elements if "id" in values]

    def all_text(self) -> str:
        return " ".join(" ".join(self.text).split())


def written(
    made: Synthesis, texts: dict[str, Transcript], *, language: str = "en"
) -> str:
    return to_html(build_report(made, by_id(texts), language=language))


def page(
    texts: dict[str, Transcript] | None = None, *, language: str = "en", **values: Any
) -> Page:
    texts = texts or transcripts()
    return Page(written(synthesis(texts, **values), texts, language=language))


def test_the_page_is_well_formed_and_its_ids_are_unique() -> None:
    made = page()
    assert made.open == []
    assert len(made.ids()) == len(set(made.ids()))


def test_every_link_and_button_leads_somewhere_in_the_page() -> None:
    made = page()
    ids = set(made.ids())
    for _, values in made.elements:
        if "href" in values:
            assert values["href"].startswith("#")
            assert values["href"][1:] in ids
        if "popovertarget" in values:
            assert values["popovertarget"] in ids


def test_nothing_is_loaded_and_nothing_runs() -> None:
    html = written(synthesis(transcripts()), transcripts())
    assert "default-src 'none'" in html
    for forbidden in ("<img", "<link", "<iframe", "url(", "@import", "http"):
        assert forbidden not in html.replace('http-equiv="Content-Security', "")


def test_the_one_script_is_the_shipped_one_and_the_policy_names_its_hash() -> None:
    html = written(synthesis(transcripts()), transcripts())
    shipped = files("icp_synth.exports").joinpath("templates/filter.js").read_text()
    assert "".join(Page(html).scripts) == shipped
    digest = base64.b64encode(hashlib.sha256(shipped.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}';" in html


def test_every_quote_is_a_slice_of_a_participants_turn() -> None:
    texts = transcripts()
    said = [
        turn.span.of(text.text)
        for text in texts.values()
        for turn in text.participant_turns()
    ]
    made = page(texts)
    assert made.quotes
    for _, quote in made.quotes:
        assert any(quote in words for words in said)
    assert {CLOSE, AGAINST, CHINESE} <= {quote for _, quote in made.quotes}


def test_every_quote_is_marked_in_its_turn_between_its_neighbours() -> None:
    made = page()
    assert CLOSE in made.marks
    text = made.all_text()
    assert "The close is painful, is it not?" in text
    assert "I see. And then?" in text
    assert "00:12:05" in text


def test_a_quote_carries_its_own_language() -> None:
    assert ("zh", CHINESE) in page(language="en").quotes


def test_the_text_of_a_refused_quote_is_shown_nowhere_and_counted() -> None:
    made = page()
    assert REFUSED not in made.all_text()
    assert "a number or unit was changed" in made.all_text()


def test_people_are_counted_and_the_stances_add_up_to_the_study() -> None:
    text = page().all_text()
    assert "3 of 3" in text
    assert "say so 4 say otherwise 1 silent in the passages read 1" in text
    assert "not looked at 0" not in text
    assert "4 of 6 participants" in text


def test_each_card_names_the_sample_and_counts_people_of_no_group() -> None:
    text = page().all_text()
    line = "n = 6: 4 super-users, 1 churned, 1 of unknown group; qualitative"
    assert text.count(line) == 5


def test_a_leading_question_and_an_implied_remark_are_flagged() -> None:
    text = page().all_text()
    assert "leading question" in text
    assert "implied" in text


def test_a_claim_without_a_quote_says_that_it_is_inferred() -> None:
    assert "No quote says this; it was inferred." in page().all_text()


def test_too_little_gives_the_reason_instead_of_a_draft() -> None:
    text = page().all_text()
    assert "Too little to draft; here is what they share" in text
    assert "Only 2 people in this group" in text


def test_a_baseline_reading_says_so_first_and_a_models_does_not() -> None:
    texts = transcripts()
    for name in ("embedded", "embedded-v1"):
        made = page(texts, manifest=manifest(texts, analyst=name))
        assert "quotes, not interpretations" in made.all_text()
    model = manifest(texts, analyst="llm", model="openai:some-model")
    text = page(texts, manifest=model).all_text()
    assert "quotes, not interpretations" not in text
    assert "openai:some-model" in text


def test_where_nothing_is_drafted_no_condition_is_shown_either() -> None:
    texts = transcripts()
    plain = synthesis(texts)
    little = plain.icps[0].model_copy(update={"status": "too_little"})
    made = page(texts, icps=(little,), personas=())
    classes = [values.get("class", "") for _, values in made.elements]
    assert "criteria" not in classes
    assert "nothing is drafted" in made.all_text()
    assert "1 group with too little to draft" in made.all_text()


def test_coverage_is_one_row_a_part_and_a_share_for_each_interview() -> None:
    counts = {"cited": 25, "all": 100}
    coverage = {"characters": counts, "by_transcript": {"ann.txt": counts}}
    text = page(coverage=coverage).all_text()
    assert "in all 100; cited 25" in text
    assert "25 %" in text


def _reviewed(made: Synthesis) -> dict[str, Any]:
    status = {"status": "reviewed"}
    return {
        "icps": tuple(icp.model_copy(update=status) for icp in made.icps),
        "personas": (made.personas[0].model_copy(update=status), made.personas[1]),
    }


def test_the_watermark_stays_until_everything_drafted_is_reviewed() -> None:
    texts = transcripts()
    reviewed = _reviewed(synthesis(texts))
    assert ("div", {"class": "watermark", "aria-hidden": "true"}) in page().elements
    for changed, marked in (
        (reviewed, False),
        ({"icps": reviewed["icps"]}, True),
        ({"icps": (), "personas": ()}, True),
    ):
        classes = [v.get("class") for _, v in page(texts, **changed).elements]
        assert ("watermark" in classes) is marked


@pytest.mark.parametrize("language", ["en", "zh"])
def test_headings_descend_without_gaps(language: str) -> None:
    made = page(language=language)
    levels = [int(tag[1]) for tag, _ in made.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_page_speaks_the_reports_language() -> None:
    made = page(language="zh")
    assert ("html", {"lang": "zh-Hant-TW", "dir": "ltr"}) in made.elements
    assert "引文牆" in made.all_text()


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></script>",
    "{{ 7*7 }} {% raw %}",
    "javascript:alert(1)",
    "evil \u202egnp.exe\u202c",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_stay_text_wherever_they_stand(hostile: str) -> None:
    texts = transcripts()
    words = f"It is {hostile} every day"
    texts["ann"] = make_transcript(
        [
            (hostile, "interviewer", hostile),
            (
                "ann",
                "participant",
                f"{CLOSE} and I just want to leave at five, {words}",
            ),
            (hostile, "interviewer", hostile),
        ],
        id="ann.txt",
    ).model_copy(update={"path": f"{hostile}.txt"})
    plain = synthesis(transcripts())
    odd = make_insight(texts["ann"], words)
    close = make_insight(texts["ann"], CLOSE)
    claim = (
        plain.icps[0]
        .claims[0]
        .model_copy(
            update={"text": hostile, "insights": (odd.id, close.id), "counter": ()}
        )
    )
    made = Page(
        written(
            plain.model_copy(
                update={
                    "insights": (odd, close),
                    "themes": (),
                    "participants": tuple(
                        one.model_copy(
                            update={"label": hostile, "company": hostile, "facts": {}}
                            if one.id == "ann"
                            else {"facts": {}}
                        )
                        for one in plain.participants
                    ),
                    "icps": (
                        plain.icps[0].model_copy(
                            update={"name": hostile, "claims": (claim,)}
                        ),
                    ),
                    "personas": (),
                    "frame": Frame(
                        participants=6,
                        by_group={hostile: 6},
                        persona_type="qualitative",
                        notes=(hostile,),
                    ),
                    "coverage": {hostile: hostile},
                    "manifest": manifest(texts, settings={"product": hostile}),
                }
            ),
            texts,
        )
    )
    assert made.open == []
    tags = {tag for tag, _ in made.elements}
    assert not tags & {"img", "iframe", "object"}
    assert hostile not in "".join(made.scripts)
    assert [tag for tag, _ in made.elements].count("script") == 1
    assert not any(name.startswith("on") for _, v in made.elements for name in v)
    assert all(v["href"].startswith("#") for _, v in made.elements if "href" in v)
    assert "\u202e" not in made.all_text()
    if "\u202e" in hostile:
        assert "U+202E" in made.all_text()
    else:
        assert hostile in made.all_text()


def test_many_people_give_a_map_of_strips_and_bounded_cards() -> None:
    texts = {
        f"p{number:03}": make_transcript(
            [
                ("Q", "interviewer", "And?"),
                (f"p{number:03}", "participant", f"Closing takes {number} days"),
            ],
            id=f"p{number:03}.txt",
        )
        for number in range(60)
    }
    insights = tuple(
        make_insight(one, one.turns[1].span.of(one.text)) for one in texts.values()
    )
    plain = synthesis(transcripts())
    person = plain.participants[0].model_copy(update={"facts": {}, "segment": None})
    entry = plain.transcripts[0]
    theme = plain.themes[0].model_copy(
        update={
            "label": insights[0].statement,
            "insights": tuple(one.id for one in insights),
            "participants": tuple(texts),
            "n": 60,
            "of": 60,
        }
    )
    made = plain.model_copy(
        update={
            "participants": tuple(
                person.model_copy(update={"id": name, "label": name}) for name in texts
            ),
            "transcripts": tuple(
                entry.model_copy(update={"id": one.id, "path": one.path})
                for one in texts.values()
            ),
            "insights": insights,
            "themes": (theme,),
            "segments": (),
            "icps": (),
            "personas": (),
            "frame": Frame(
                participants=60, by_group={}, persona_type="statistical", notes=()
            ),
        }
    )
    shown = Page(written(made, texts))
    assert any(tag == "svg" for tag, _ in shown.elements)
    assert "47 more participants said it; in synthesis.json" in shown.all_text()
    assert len(shown.marks) == 13
