"""The report in a browser: quotes open in their place, hostile ones stay text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.browser.driver import Page
from tests.browser.hostile import END, IMAGE, SCRIPT

pytestmark = pytest.mark.browser

OPEN = ".excerpt:popover-open"


@pytest.mark.parametrize("width", [360, 1280])
def test_a_quote_opens_in_its_context_and_closes(
    page: Page, pages: Mapping[str, Path], width: int
) -> None:
    page.look(width)
    page.open(pages["report-en"])
    quoted = page.texts(".voice q")[0]
    key = page.run(
        "document.querySelector('.voice .open').getAttribute('popovertarget')"
    )
    assert page.count(OPEN) == 0

    page.click(".voice .open")

    assert page.run(f"document.querySelector('{OPEN}').id") == key
    assert page.texts(f"{OPEN} mark") == [quoted]
    assert page.run(f"document.querySelector('{OPEN}').checkVisibility()")
    assert page.probe("overflowing") == []
    page.click(f"{OPEN} .close")
    assert page.count(OPEN) == 0


def test_escape_closes_a_quote(page: Page, pages: Mapping[str, Path]) -> None:
    page.open(pages["report-en"])
    page.click(".voice .open")
    assert page.count(OPEN) == 1
    page.press("Escape")
    assert page.count(OPEN) == 0


def test_every_button_of_a_quote_opens_the_words_that_it_stands_by(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.open(pages["report-en"])
    assert page.count(".voice") > 50
    wrong = page.run(
        """[...document.querySelectorAll(".voice")].filter((voice) => {
          const key = voice.querySelector(".open").getAttribute("popovertarget");
          const mark = document.getElementById(key).querySelector(".own mark");
          return mark.textContent !== voice.querySelector("q").textContent;
        }).length"""
    )
    assert wrong == 0


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_an_open_quote_can_be_read(
    page: Page, pages: Mapping[str, Path], *, dark: bool
) -> None:
    page.look(dark=dark)
    page.open(pages["report-en"])
    page.click(".voice .open")
    assert page.probe("faint") == []


def test_what_hostile_people_say_is_shown_and_never_run(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.open(pages["report-hostile"])
    page.probe("openDetails")
    page.click(".voice .open")
    said = page.run("document.body.textContent")
    for text in (SCRIPT, END, IMAGE, "U+202E"):
        assert text in said
    assert "\u202e" not in said
    assert page.run("typeof window.ran") == "undefined"
    assert page.count("script, img, iframe, object") == 0
    assert page.complaints == []
    assert len(page.requests) == 1
