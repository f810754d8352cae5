"""The page of past runs: newest first, each with its figure and its page."""

from __future__ import annotations

from typing import Any

import pytest

from icp_synth.errors import UsageError
from icp_synth.evaluation.report.history_page import render_history
from icp_synth.evaluation.report.values import PastRun
from tests.evaluation.report.page_factory import Page, result, row


def run(
    when: str = "2026-01-02T03:04:05Z", page: str | None = None, **values: Any
) -> PastRun:
    return PastRun(when=when, page=page, result=result(**values))


def test_runs_stand_newest_first_with_figure_status_and_cost() -> None:
    paid = {"usd": 1.234, "tokens_in": 0, "tokens_out": 0, "tokens_cached": 0}
    old = run("2025-12-31T00:00:00Z", cost=paid, status="waiting")
    page = Page(render_history([old, run()]))
    assert page.open == []
    assert page.rows[1:] == [
        "2026-01-02 03:04 UTC small 1 interview, dts-1 m1 0.54 0.49–0.59 complete "
        "price unknown –",
        "2025-12-31 00:00 UTC small 1 interview, dts-1 m1 0.54 0.49–0.59 waiting for "
        "answers USD 1.23 –",
    ]


def test_a_run_of_several_models_has_a_row_for_each() -> None:
    base = result()["runs"][0]
    runs = [base, {**base, "model": "m2"}, {**base, "model": "m3"}]
    metrics = [row(), row(model="m2", value=0.7)]
    page = Page(render_history([run(runs=runs, metrics=metrics)]))
    assert page.rows[2:] == ["m2 0.70 0.49–0.59", "m3 n/a"]


@pytest.mark.parametrize(
    ("given", "link"),
    [
        ("runs/1/index.html", "./runs/1/index.html"),
        ("../a b/x?y#z.html", "../a%20b/x%3Fy%23z.html"),
        ("one:two.html", None),
        ("javascript:alert(1)", None),
        ("//host/page", None),
        ("/etc/page", None),
    ],
)
def test_a_link_is_relative_or_refused(given: str, link: str | None) -> None:
    if link is None:
        with pytest.raises(UsageError, match="relative"):
            render_history([run(page=given)])
    else:
        page = Page(render_history([run(page=given)]))
        assert link in [values["href"] for values in page.all_of("a")]


def test_without_runs_the_page_says_how_to_make_one() -> None:
    assert "eval run makes the first" in Page(render_history([])).seen


def test_hostile_values_stay_texts_and_the_order_given_does_not_matter() -> None:
    hostile = run(dataset="<script>alert(1)</script>", status="<b>")
    one, two = [hostile, run()], [run(), hostile]
    assert render_history(one) == render_history(two)
    page = Page(render_history(one, language="zh"))
    assert page.all_of("script") == []
    assert "<script>alert(1)</script>" in page.seen
