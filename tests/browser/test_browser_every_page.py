"""What holds for every page, in both languages and with hostile interviews."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

import pytest

from tests.browser.driver import Page
from tests.browser.made_pages import KINDS, NAMES

pytestmark = pytest.mark.browser

PHONE, DESK, PAPER = 360, 1280, 688
"""Widths in CSS pixels; the last is A4 without the margins of the style."""
LANGUAGE_TAGS: Final = {"zh": "zh-Hant-TW"}


@pytest.mark.parametrize("name", NAMES)
def test_a_page_loads_nothing_and_complains_of_nothing(
    page: Page, pages: Mapping[str, Path], name: str
) -> None:
    page.open(pages[name])
    assert page.complaints == []
    assert page.failures == []
    assert page.requests == [pages[name].resolve().as_uri()]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_a_language_one_title_and_no_reference_to_nothing(
    page: Page, pages: Mapping[str, Path], name: str
) -> None:
    page.open(pages[name])
    language = name.rpartition("-")[2]
    assert page.run("document.documentElement.lang") == LANGUAGE_TAGS.get(
        language, "en"
    )
    assert page.count("h1") == 1
    assert page.run("document.title.trim().length") > 0
    assert page.count("main") == 1
    assert page.probe("danglingReferences") == []


@pytest.mark.parametrize(
    # Those that have everything lead into a recording, which is no file beside them.
    "name",
    [name for name in NAMES if "zh" not in name and not name.startswith("full")],
)
def test_links_out_of_a_page_lead_to_files_that_exist(
    page: Page, pages: Mapping[str, Path], name: str
) -> None:
    page.open(pages[name])
    links = [urlsplit(link) for link in page.probe("links")]
    assert bool(links) == name.startswith("history")
    for link in links:
        assert (link.scheme, link.netloc) == ("", "")
        assert (pages[name].parent / unquote(link.path)).is_file()


@pytest.mark.parametrize("name", NAMES)
def test_no_page_scrolls_sideways_or_squeezes_its_tables(
    page: Page, pages: Mapping[str, Path], name: str
) -> None:
    page.open(pages[name])
    page.probe("openDetails")
    for width in (PHONE, DESK):
        page.look(width)
        assert page.probe("overflowing") == [], width
        assert page.probe("squeezed") == [], width


@pytest.mark.parametrize("name", NAMES)
def test_every_text_stands_out_from_its_ground_in_light_and_dark(
    page: Page, pages: Mapping[str, Path], name: str
) -> None:
    page.open(pages[name])
    page.probe("openDetails")
    grounds = set()
    for dark in (False, True):
        page.look(dark=dark)
        assert page.probe("faint") == [], dark
        grounds.add(page.run("getComputedStyle(document.body).backgroundColor"))
    assert len(grounds) == 2


@pytest.mark.parametrize("name", NAMES)
def test_a_page_fits_on_paper(page: Page, pages: Mapping[str, Path], name: str) -> None:
    page.look(PAPER, media="print")
    page.open(pages[name])
    assert page.probe("overflowing") == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_prints(page: Page, pages: Mapping[str, Path], kind: str) -> None:
    page.open(pages[f"{kind}-en"])
    printed = page.pdf()
    assert printed.startswith(b"%PDF-")
    assert len(printed) > 10_000
