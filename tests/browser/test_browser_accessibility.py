"""What a screen reader is told of a report, and what a keyboard reaches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest

from tests.browser.driver import Page

pytestmark = pytest.mark.browser

REPORTS: Final = ("report-en", "report-zh", "full-en", "full-zh", "report-hostile")
NAMED: Final = frozenset(
    {"button", "combobox", "dialog", "form", "image", "link", "region", "table"}
)
"""Roles that say nothing without a name."""


def tree(page: Page) -> Sequence[Mapping[str, Any]]:
    """Return what assistive software is given, as it is read; folds are opened."""
    page.probe("openDetails")
    nodes = page.call("Accessibility.getFullAXTree")["nodes"]
    # The browser gives them level by level, and nobody listens in that order.
    by_id = {node["nodeId"]: node for node in nodes}
    waiting, read = [nodes[0]], []
    while waiting:
        node = waiting.pop()
        read.append(node)
        below = (by_id.get(one) for one in reversed(node.get("childIds", ())))
        waiting.extend(one for one in below if one is not None)
    return [node for node in read if not node["ignored"]]


def role(node: Mapping[str, Any]) -> str:
    return str(node.get("role", {}).get("value", ""))


def name(node: Mapping[str, Any]) -> str:
    return str(node.get("name", {}).get("value", "")).strip()


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_has_its_landmarks_once(
    page: Page, pages: Mapping[str, Path], report: str
) -> None:
    page.open(pages[report])
    roles = [role(node) for node in tree(page)]
    assert [roles.count(one) for one in ("banner", "navigation", "main")] == [1, 1, 1]


@pytest.mark.parametrize("report", REPORTS)
def test_all_that_can_be_named_has_a_name(
    page: Page, pages: Mapping[str, Path], report: str
) -> None:
    page.open(pages[report])
    nodes = tree(page)
    assert NAMED & {role(node) for node in nodes}
    unnamed = [role(node) for node in nodes if role(node) in NAMED and not name(node)]
    assert unnamed == []


@pytest.mark.parametrize("report", REPORTS)
def test_headings_descend_one_step_at_a_time(
    page: Page, pages: Mapping[str, Path], report: str
) -> None:
    page.open(pages[report])
    levels = [
        int(found["value"]["value"])
        for node in tree(page)
        if role(node) == "heading"
        for found in node["properties"]
        if found["name"] == "level"
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_first_key_leads_past_the_contents(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.open(pages["report-en"])
    page.press("Tab")
    assert page.run("document.activeElement.className") == "skip"
    box = page.run("document.activeElement.getBoundingClientRect().left")
    assert box >= 0


def test_where_the_keyboard_stands_can_be_seen(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.open(pages["report-en"])
    seen = []
    for _ in range(12):
        page.press("Tab")
        seen.append(
            page.run(
                "parseFloat(getComputedStyle(document.activeElement).outlineWidth)"
            )
        )
    assert min(seen) >= 2


def test_a_quote_gives_the_keyboard_back_to_where_it_was_opened(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.open(pages["report-en"])
    page.run("document.querySelector('.voice:not(details *) .open').focus()")
    key = page.run("document.activeElement.getAttribute('popovertarget')")
    page.run("document.activeElement.click()")
    assert page.count(".excerpt:popover-open") == 1
    page.press("Escape")
    assert page.run("document.activeElement.getAttribute('popovertarget')") == key
