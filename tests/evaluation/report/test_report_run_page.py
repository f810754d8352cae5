"""The page of one run: its figures are the result's, and nothing in it can run."""

from __future__ import annotations

import base64
import hashlib
from typing import Any
from urllib.parse import parse_qs

import pytest

from icp_synth.errors import IcpSynthError, UsageError
from icp_synth.evaluation.report.run_page import render_run
from icp_synth.evaluation.report.values import Refused, ShownText
from tests.evaluation.report.page_factory import (
    FAILS,
    TEXT,
    WANT,
    Page,
    case,
    item,
    line,
    result,
    row,
    shown,
)

TEXTS = {"bob": shown()}


def render(
    lines: list[dict[str, Any]] | None = None,
    texts: dict[str, ShownText] | None = None,
    *,
    language: str = "en",
    **values: Any,
) -> str:
    texts = TEXTS if texts is None else texts
    made = [line()] if lines is None else lines
    return render_run(result(**values), made, texts, language=language)


def _run(**values: Any) -> dict[str, Any]:
    return {**result()["runs"][0], **values}


def test_the_page_is_well_formed_and_its_ids_are_unique() -> None:
    page = Page(render())
    ids = [values["id"] for _, values in page.elements if "id" in values]
    assert page.open == []
    assert len(ids) == len(set(ids))


def test_links_lead_to_a_part_of_the_page_or_to_an_interview_in_it() -> None:
    page = Page(render())
    ids = {values["id"] for _, values in page.elements if "id" in values}
    cases = {one["name"] for one in page.data["cases"]}
    targets = [values["href"] for values in page.all_of("a")]
    assert "#interview=bob" in targets
    for target in targets:
        asked = parse_qs(target.removeprefix("#"))
        assert target.removeprefix("#") in ids or asked["interview"][0] in cases


def test_the_policy_names_the_one_style_and_the_one_script_by_hash() -> None:
    page = Page(render())
    (policy,) = (
        values["content"] for values in page.all_of("meta") if "http-equiv" in values
    )
    style, (data, script) = page.inside["style"], page.inside["script"]
    assert data.startswith("{")
    for name, text in (("style", style[0]), ("script", script)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


def test_nothing_is_loaded_and_no_element_carries_script_or_style() -> None:
    html = render()
    for tag, values in Page(html).elements:
        assert tag not in {"img", "link", "iframe", "object", "base", "form"}
        assert not [name for name in values if name == "style" or name.startswith("on")]
        assert "src" not in values
    for forbidden in ("url(", "@import", "http://", "https://", "innerHTML", "eval("):
        assert forbidden not in html


HOSTILE = (
    "Ann: </script><script>alert(1)</script><!-- \u2028 \u202e\n"
    'Bob: "><img src=x onerror=alert(1)> {{7*7}} ]]> The export fails'
)


def test_hostile_texts_stay_texts() -> None:
    name = '"><script>alert(2)</script>&'
    lines = [
        line(
            case=name,
            model=name,
            label=item(text=HOSTILE, statement="</script><b>x"),
            prediction=item(text=HOSTILE, id="p", statement="\u2029<!--<script>"),
        )
    ]
    html = render_run(
        result(
            dataset=name,
            origin=name,
            errors=[name],
            metrics=[row(model=name, reason=name)],
            runs=[_run(model=name, cases=[case(name)])],
        ),
        lines,
        {name: shown(HOSTILE)},
        refused=[Refused(case=name, model=name, status=name, quote=name)],
    )
    page = Page(html)
    tags = [tag for tag, _ in page.elements]
    assert tags.count("script") == 2
    assert "img" not in tags
    assert "b>x" not in html
    for hidden in "\u2028\u2029\u202e":
        assert hidden not in html
    (one,) = page.data["cases"]
    said = [text for _, _, _, text in one["turns"]]
    assert said == [HOSTILE[turn.start : turn.end] for turn in shown(HOSTILE).turns]
    assert one["lines"][0]["prediction"]["statement"] == "\u2029<!--<script>"


def test_the_same_values_give_the_same_bytes_in_whichever_order_lines_come() -> None:
    lines = [
        line(),
        line("missed", label=item(WANT, id="l2")),
        line("false_alarm", prediction=item("export", id="p2")),
    ]
    assert render(lines) == render(lines) == render(lines[::-1])


def test_every_line_is_in_the_page_once_under_its_interview() -> None:
    lines = [
        line(),
        line("missed", label=item(WANT, id="l2")),
        line("false_alarm", model="m2", epoch=3),
        line("optional", case="eve", label=item(id="l3")),
    ]
    cases = Page(render(lines)).data["cases"]
    held = [
        (data["name"], one["status"], one["model"], one["epoch"])
        for data in cases
        for one in data["lines"]
    ]
    assert sorted(held) == [
        ("bob", "false_alarm", 1, 3),
        ("bob", "found", 0, 1),
        ("bob", "missed", 0, 1),
        ("eve", "optional", 0, 1),
    ]


def test_what_is_near_is_named_by_its_number_on_the_page() -> None:
    lines = [
        line("missed", label=item(id="l1"), near=["p9"], mismatch="kind"),
        line("false_alarm", prediction=item(id="p9", kind="trait"), near=["l1"]),
    ]
    (data,) = Page(render(lines)).data["cases"]
    by_number = {one["n"]: one for one in data["lines"]}
    assert sorted(by_number) == [1, 2]
    assert {n: one["near"] for n, one in by_number.items()} == {1: [2], 2: [1]}
    assert {one["mismatch"] for one in by_number.values()} == {"kind", None}


def test_places_are_code_points_of_the_turns_that_the_page_holds() -> None:
    (data,) = Page(render()).data["cases"]
    ((start, end),) = data["lines"][0]["label"]["quotes"]
    (said,) = (
        text[start - begin : end - begin]
        for _, _, begin, text in data["turns"]
        if begin <= start < begin + len(text)
    )
    assert said == FAILS == TEXT[start:end]


def test_an_interview_without_its_text_keeps_the_quotes_of_its_items() -> None:
    (data,) = Page(render(texts={})).data["cases"]
    assert data["turns"] is None
    assert data["lines"][0]["label"]["quotes"][0][2] == FAILS


def test_a_quote_that_is_no_slice_of_the_text_is_refused() -> None:
    wrong = {"bob": shown(TEXT.replace("export", "import"))}
    with pytest.raises(IcpSynthError, match="bob: a quote at 33 is not in the text"):
        render(texts=wrong)


def test_a_line_of_another_shape_is_refused_with_line_and_field() -> None:
    with pytest.raises(UsageError, match=r"line 2: status"):
        render([line(), line("lost")])


def test_the_figures_stand_beside_baselines_and_the_ceiling_with_its_origin() -> None:
    page = Page(
        render(
            baselines=[row(model="TF-IDF", value=0.53), row("item_f1.pain", model="B")],
            ceiling={"value": 0.92, "origin": "two passes of one family"},
        )
    )
    assert "m1 0.54 0.49–0.59 381" in page.rows
    assert "TF-IDF baseline 0.53 0.49–0.59 381" in page.rows
    assert "Ceiling 0.92 two passes of one family" in page.rows
    assert "Pains B baseline 0.54 0.49–0.59 – – 381" in page.rows


def test_curves_are_drawn_with_the_threshold_of_the_figures() -> None:
    points = [[0.0, 0.9], [0.5, 0.6], [1.0, None]]
    curve = {"name": "item_f1", "mode": "tau", "model": "m1", "points": points}
    metrics = [row(), row(mode="tau=0.46"), row(mode="tau=0.46 kindless")]
    page = Page(render(metrics=metrics, curves=[curve]))
    assert "threshold of the figures above, 0.46" in page.seen
    assert "Item F1 0.50 0.600" in page.rows
    assert "Item F1 1.00 n/a" in page.rows
    assert "Over thresholds" not in Page(render()).seen


def test_each_metric_of_the_result_has_its_row() -> None:
    metrics = [row(), row("item_recall.trait", value=0.25), row("own_metric", mode="x")]
    page = Page(render(metrics=metrics))
    rows = page.inside["tr"]
    for one in metrics:
        assert any(one["name"] in text and one["mode"] in text for text in rows)


def test_what_has_no_value_is_na_with_its_reason_and_has_no_dot() -> None:
    none = row(value=None, ci_low=None, ci_high=None, reason="undefined: nothing")
    page = Page(render(metrics=[none]))
    assert "m1 n/a undefined: nothing 381" in page.rows


def test_an_interview_has_its_counts_and_scores() -> None:
    assert "bob 0.75 0.75 0.75 4 5 3 1 1 1" in Page(render()).rows


def test_counts_of_several_epochs_are_summed_and_the_labels_counted_once() -> None:
    run = _run(epochs=2, cases=[case(epoch=1), case(epoch=2, tp=1, fn=3)])
    page = Page(render(runs=[run]))
    assert "bob 0.57 0.67 0.50 8 10 4 4 2 2" in page.rows
    assert "Counts are sums over 2 epochs." in page.seen
    assert "1 interview 4 agreed labels" in page.seen


def test_categories_have_a_table_of_their_own_under_their_kind() -> None:
    own = row("item_f1.our_own", mode="category")
    page = Page(render(metrics=[own, row("item_f1.workaround", mode="category")]))
    assert "our own m1 0.54 0.49–0.59 – – 381" in page.rows
    assert "workaround m1 0.54 0.49–0.59 – – 381" in page.rows
    assert {"class": "pain"} in page.all_of("tr")


def test_a_baseline_of_ours_is_named_in_words() -> None:
    page = Page(render(baselines=[row(model="baseline:sentences")]))
    said = "every participant sentence as a trait baseline 0.54 0.49–0.59 381"
    assert said in page.rows


def test_what_a_reader_should_know_is_told() -> None:
    page = Page(render(runs=[_run(notes=["read by another"], held_out=["bob"])]))
    assert "read by another" in page.seen
    assert "Read by weights that did not see them bob" in page.seen


def test_an_interview_that_is_left_out_says_why() -> None:
    leak = {"case": "ann", "text_sha256": "x"}
    page = Page(render(runs=[_run(leaks=[leak], waiting=["eve"])]))
    assert "ann n/a left out: the reader learnt from this text" in page.rows
    assert "eve n/a left out: answers are missing" in page.rows


def test_what_is_missing_in_the_figures_is_said_first() -> None:
    page = Page(
        render(
            status="waiting",
            errors=["m1: eve: answers are missing"],
            runs=[_run(message="make a batch")],
        )
    )
    start, end = (page.seen.rindex(word) for word in ("What is missing", "By kind"))
    assert "m1: eve: answers are missing make a batch" in page.seen[start:end]


def test_refused_quotes_are_listed_with_their_status() -> None:
    refused = Refused(case="bob", model="m1", status="altered_words", quote="It fell")
    page = Page(render_run(result(), [line()], TEXTS, refused=[refused]))
    assert "bob m1 words were changed It fell" in page.rows
    assert "Quarantined quotes" not in Page(render()).seen


def test_how_it_was_made_is_told() -> None:
    seen = Page(render()).seen
    for said in ("p-hash", "c-hash", "dts-1", "0.1.0", "1, 2", "price unknown"):
        assert said in seen
    assert "Where the labels come from: two people. Licence: CC0" in seen


def test_several_models_are_named_in_every_table() -> None:
    runs = [_run(), _run(model="m 2")]
    page = Page(render(metrics=[row(), row(model="m 2", value=0.7)], runs=runs))
    assert "m 2 0.70 0.49–0.59 381" in page.rows
    targets = [values["href"] for values in page.all_of("a")]
    assert "#interview=bob&model=m%202" in targets


def test_the_page_speaks_chinese_where_asked() -> None:
    page = Page(render(language="zh"))
    assert page.all_of("html") == [{"lang": "zh-Hant-TW", "dir": "ltr"}]
    assert "標記與預測對照" in page.seen
    assert page.data["words"]["missed"] == "遺漏"


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(UsageError, match="fr"):
        render(language="fr")
