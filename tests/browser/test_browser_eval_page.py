"""The viewer of an evaluation: keys, filters, search, address, pairs, hostile text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from tests.browser.driver import Page
from tests.browser.hostile import END, IMAGE, SCRIPT

pytestmark = pytest.mark.browser

OUTCOMES = ("found", "missed", "false_alarm", "mismatched", "optional")


def held(page: Page) -> list[dict[str, Any]]:
    """Return the interviews of the page, as it carries them."""
    cases: list[dict[str, Any]] = page.run(
        "JSON.parse(document.getElementById('data').textContent).cases"
    )
    return cases


def has(line: dict[str, Any], outcome: str) -> bool:
    """Tell whether a line has an outcome; a mismatched one has two."""
    return outcome == (
        "mismatched" if outcome == "mismatched" and line["mismatch"] else line["status"]
    )


def address(page: Page) -> dict[str, str]:
    """Return the state that stands in the address."""
    fragment = urlsplit(page.run("location.href")).fragment
    return {name: values[0] for name, values in parse_qs(fragment).items()}


def listed(page: Page) -> list[int]:
    """Return the numbers of the items that are listed, without their marks."""
    marks = page.run(
        "[...document.querySelectorAll('.items .key')].map((key) => key.textContent)"
    )
    return [int(mark[1:]) for mark in marks]


def drawn(page: Page) -> set[int]:
    """Return the numbers of the items that are marked in the text."""
    flags = "[...document.querySelectorAll('.flag[data-n]')]"
    return set(page.run(f"{flags}.map((flag) => Number(flag.dataset.n))"))


def marked(page: Page, side: str) -> int:
    """Return how many stretches of a side belong to the chosen item."""
    return page.count(f".cell.{side} .span.on")


@pytest.mark.parametrize("name", ["eval-en", "eval-hostile"])
def test_j_and_k_reach_every_item_of_every_interview(
    page: Page, pages: Mapping[str, Path], name: str
) -> None:
    page.open(pages[name])
    for at, case in enumerate(held(page)):
        if at:
            page.press("]")
        numbers = [line["n"] for line in case["lines"]]
        assert numbers
        forth = []
        for _ in numbers:
            page.press("j")
            assert page.count(".detail:not([hidden]) h3") == 1
            assert marked(page, "gold") + marked(page, "pred") > 0
            forth.append(int(address(page)["item"]))
        assert forth == numbers
        assert address(page)["interview"] == case["name"]
        for before in reversed(numbers[:-1]):
            page.press("k")
            assert int(address(page)["item"]) == before
    assert page.complaints == []


def test_the_ends_stop_j_and_k_and_escape_lets_go(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.open(pages["eval-en"])
    page.press("j")
    page.press("k")
    assert address(page)["item"] == "1"
    page.press("Escape")
    assert "item" not in address(page)
    assert page.count(".detail:not([hidden])") == 0


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_filter_shows_what_has_that_outcome_and_nothing_else(
    page: Page, pages: Mapping[str, Path], outcome: str
) -> None:
    page.open(pages["eval-en"])
    lines = held(page)[0]["lines"]
    wanted = [line["n"] for line in lines if has(line, outcome)]
    assert wanted
    assert len(wanted) < len(lines)

    page.click(f"[data-key=show-{outcome}]")

    assert listed(page) == wanted
    assert drawn(page) == set(wanted)
    assert page.texts("[role=status]") == [f"{len(wanted)} of {len(lines)} items shown"]
    assert address(page)["show"] == outcome
    page.click(f"[data-key=show-{outcome}]")
    assert len(listed(page)) == len(lines)


def test_two_filters_show_both_outcomes(page: Page, pages: Mapping[str, Path]) -> None:
    page.open(pages["eval-en"])
    lines = held(page)[0]["lines"]
    page.click("[data-key=show-missed]")
    page.click("[data-key=show-mismatched]")
    assert listed(page) == [
        line["n"] for line in lines if has(line, "missed") or has(line, "mismatched")
    ]


def test_the_search_finds_words_of_statements_and_quotes(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.open(pages["eval-en"])
    lines = held(page)[0]["lines"]
    missed = next(line for line in lines if line["status"] == "missed")
    words = missed["label"]["statement"][:6]

    page.press("/")
    page.write(words)

    found = listed(page)
    assert missed["n"] in found
    assert len(found) < len(lines)
    assert address(page)["q"] == words
    page.press("j")  # In the search field this is a letter, not a command.
    assert "item" not in address(page)


def test_a_search_for_what_nobody_said_says_so_and_can_be_undone(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.open(pages["eval-en"])
    every = len(held(page)[0]["lines"])
    page.press("/")
    page.write("zzzz")
    assert listed(page) == []
    page.click("#viewer .callout .button")
    assert len(listed(page)) == every


def test_the_address_keeps_what_is_looked_at(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.open(pages["eval-en"])
    page.press("]")
    page.click("[data-key=show-missed]")
    page.press("j")
    page.press("j")
    state, shown = address(page), listed(page)
    about = page.texts(".detail")
    assert state["interview"] == held(page)[1]["name"]
    assert {"show", "item"} <= set(state)

    page.reload()

    assert address(page) == state
    assert listed(page) == shown
    assert page.texts(".detail") == about
    assert page.count("[data-key=show-missed][aria-pressed=true]") == 1


def test_the_name_of_an_interview_opens_it(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.open(pages["eval-en"])
    names = [case["name"] for case in held(page)]
    links = page.run(
        "[...document.querySelectorAll('.cases a')].map((one) => one.textContent)"
    )
    assert sorted(links) == sorted(names)
    for at, name in enumerate(links):
        with page.until("hashchange"):
            page.click(".cases a", at)
        assert page.run("document.querySelector('[data-key=case]').value") == name


def test_an_address_that_names_nothing_known_shows_the_first_interview(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.open(pages["eval-en"], fragment=f"interview={quote('<b>')}&item=999&show=x")
    first = held(page)[0]
    assert page.run("document.querySelector('[data-key=case]').value") == first["name"]
    assert len(listed(page)) == len(first["lines"])
    assert page.complaints == []


@pytest.mark.parametrize(("pressed", "other"), [("gold", "pred"), ("pred", "gold")])
def test_a_press_on_a_stretch_marks_its_partner(
    page: Page, pages: Mapping[str, Path], pressed: str, other: str
) -> None:
    page.open(pages["eval-en"])
    assert marked(page, other) == 0

    page.click(f".cell.{pressed} .span.found")

    assert marked(page, pressed) > 0
    assert marked(page, other) > 0
    number = address(page)["item"]
    found = next(line for line in held(page)[0]["lines"] if line["n"] == int(number))
    assert found["label"] is not None
    assert found["prediction"] is not None
    assert number in page.texts(".detail h3")[0]


def test_on_a_phone_one_side_is_seen_and_an_item_turns_to_the_side_that_has_it(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.look(360)
    page.open(pages["eval-en"])
    lines = held(page)[0]["lines"]
    for line in lines[:12]:
        page.press("j")
        side = page.run("document.querySelector('.duo').dataset.side")
        assert line["label" if side == "gold" else "prediction"] is not None
        hidden = "pred" if side == "gold" else "gold"
        assert not page.run(
            f"document.querySelector('.cell.{hidden}').checkVisibility()"
        )


def test_a_heading_sorts_the_interviews(page: Page, pages: Mapping[str, Path]) -> None:
    page.open(pages["eval-en"])
    cell = ".cases tbody td.num:nth-of-type(1)"
    page.click(".cases th.num .sort")
    up = [float(text) for text in page.texts(cell)]
    page.click(".cases th.num .sort")
    down = [float(text) for text in page.texts(cell)]
    assert up == sorted(up)
    assert down == sorted(down, reverse=True)
    assert up != down


def test_what_hostile_people_say_is_shown_and_never_run(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.open(pages["eval-hostile"])
    assert page.run("document.scripts.length") == 2
    for case in held(page):
        assert "<b>" in case["name"]
        assert case["name"] in page.run("document.querySelector('.cases').textContent")
        said = page.run("document.querySelector('.duo').textContent")
        for text in (SCRIPT, END, IMAGE, "<!-- that invoices -->", "U+202E"):
            assert text in said
        assert "\u202e" not in said
        for _ in case["lines"]:
            page.press("j")
        page.press("]")
    assert page.run("typeof window.ran") == "undefined"
    assert page.count("img, iframe, object, #viewer script") == 0
    assert page.complaints == []
    assert len(page.requests) == 1
