"""The report in a browser: quotes open in their place, hostile ones stay text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.browser.driver import Page
from tests.browser.hostile import END, IMAGE, SCRIPT

pytestmark = pytest.mark.browser

OPEN = ".excerpt:popover-open"
VOICE = ".voice:not(details:not([open]) *) .open"
"""The quotes that stand open."""


@pytest.mark.parametrize("width", [360, 1280])
def test_a_quote_opens_in_its_context_and_closes(
    page: Page, pages: Mapping[str, Path], width: int
) -> None:
    page.look(width)
    page.open(pages["report-en"])
    quoted = page.texts(VOICE.replace(".open", "q"))[0]
    key = page.run(f"document.querySelector('{VOICE}').getAttribute('popovertarget')")
    assert page.count(OPEN) == 0

    page.click(VOICE)

    assert page.run(f"document.querySelector('{OPEN}').id") == key
    assert page.texts(f"{OPEN} mark") == [quoted]
    assert page.run(f"document.querySelector('{OPEN}').checkVisibility()")
    assert page.probe("overflowing") == []
    page.click(f"{OPEN} .close")
    assert page.count(OPEN) == 0


def test_escape_closes_a_quote(page: Page, pages: Mapping[str, Path]) -> None:
    page.open(pages["report-en"])
    page.click(VOICE)
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
    page.click(VOICE)
    assert page.probe("faint") == []


def test_what_hostile_people_say_is_shown_and_never_run(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.open(pages["report-hostile"])
    page.probe("openDetails")
    page.click(VOICE)
    said = page.run("document.body.textContent")
    for text in (SCRIPT, END, IMAGE, "U+202E"):
        assert text in said
    assert "\u202e" not in said
    assert page.run("typeof window.ran") == "undefined"
    assert page.count("img, iframe, object") == 0
    assert page.count("script") == 1
    assert page.complaints == []
    assert len(page.requests) == 1


@pytest.mark.parametrize("width", [360, 1280])
def test_a_filter_keeps_its_people_and_says_how_many(
    page: Page, pages: Mapping[str, Path], width: int
) -> None:
    page.look(width)
    page.open(pages["report-en"])
    everybody = page.count("tr[data-person]:not([hidden])")
    themes = page.count(".theme:not([hidden])")
    page.run(
        """(() => { const one = document.querySelector("#filters select");
        one.value = "churned"; one.dispatchEvent(new Event("change", {bubbles: true}));
        })()"""
    )
    assert page.count("tr[data-person]:not([hidden])") == 2
    assert page.count(".theme:not([hidden])") < themes
    assert f"2 of {everybody} participants" in page.texts("#filters [role=status]")[0]
    assert page.probe("overflowing") == []
    page.run("document.querySelector('#filters button[type=reset]').click()")
    page.run("new Promise((done) => setTimeout(done, 50))")
    assert page.count("tr[data-person]:not([hidden])") == everybody


def test_a_filter_is_reached_by_keyboard(page: Page, pages: Mapping[str, Path]) -> None:
    page.open(pages["report-en"])
    page.run("document.querySelector('#filters select').focus()")
    assert page.run("document.activeElement.name") == "group"
    page.press("Tab")
    assert page.run("document.activeElement.closest('#filters') !== null")


def test_every_chart_has_a_title_and_a_description(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.open(pages["report-en"])
    assert page.count("svg.chart") >= 3
    assert page.run(
        """[...document.querySelectorAll("svg.chart")].every((one) =>
          one.querySelector("title").textContent.trim() &&
          one.querySelector("desc").textContent.trim())"""
    )


def test_a_link_to_a_claim_that_is_folded_opens_it(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.open(pages["report-en"])
    page.run("document.querySelector('.persona .points a').click()")
    assert page.run("document.querySelector('.claim:target').checkVisibility()")


def test_a_long_page_leads_back_to_its_contents(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.look(360)
    page.open(pages["report-en"])
    page.run("window.scrollTo(0, 9000)")
    page.click(".up")
    assert page.run("location.hash") == "#contents"


def test_a_link_into_a_fold_opens_every_fold_around_its_place(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.open(pages["report-en"])
    hidden = page.run(
        """[...document.querySelectorAll(".theme")].find((one) =>
          !one.checkVisibility()).id"""
    )
    page.run(f"location.hash = '{hidden}'")
    page.run("new Promise((done) => setTimeout(done, 50))")
    assert page.run(f"document.getElementById('{hidden}').checkVisibility()")


def test_the_rows_of_a_chart_stand_beside_those_of_its_table(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.open(pages["report-en"])
    apart = page.run(
        """[...document.querySelectorAll(".aligned")].map((one) => {
          const middle = (box) => box.top + box.height / 2;
          const rows = [...one.querySelectorAll("tbody tr")];
          const marks = [...one.querySelectorAll(".mark")];
          const far = rows.map((row, at) => Math.abs(
            middle(row.getBoundingClientRect()) -
            middle(marks[at].getBoundingClientRect())));
          return rows.length === marks.length ? Math.max(...far) : 999;
        })"""
    )
    assert apart
    assert max(apart) < 6


def test_a_recording_is_opened_at_the_moment_of_the_quote(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.open(pages["full-en"])
    link = page.run("document.querySelector('.voice a.time').href")
    assert link == "https://calls.test/ann.mp4#t=725"
    page.click(".voice:has(a.time) .open")
    assert page.texts(f"{OPEN} header a") == ["in the recording"]


def test_what_was_assumed_cannot_be_taken_for_a_finding(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.open(pages["full-en"])
    assert page.texts(".card.icp.assumed .chip.warn") == [
        "From a hypothesis, not from interviews"
    ]
    assert "Gym chains (hypothesis)" in page.texts("nav li li a")
    border = "getComputedStyle(document.querySelector('.card.icp{}')).borderTopStyle"
    assert page.run(border.format(".assumed")) == "dashed"
    assert page.run(border.format(":not(.assumed)")) == "solid"


def test_a_narrow_screen_folds_what_a_wide_one_and_paper_show(
    page: Page, pages: Mapping[str, Path]
) -> None:
    folded = "details.narrow:not([open])"
    page.open(pages["report-en"])
    assert page.count(folded) == 0
    wide = page.run("document.documentElement.scrollHeight")
    page.look(360)
    page.open(pages["report-en"])
    assert page.count(folded) == page.count("details.narrow") > 10
    assert page.run("document.documentElement.scrollHeight") < wide
    page.run("dispatchEvent(new Event('beforeprint'))")
    assert page.count(folded) == 0


def test_paper_leaves_out_what_is_named_as_left_out(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.look(688, media="print")
    page.open(pages["report-en"])
    shown = "document.getElementById('{}').checkVisibility()"
    assert not page.run(shown.format("themes"))
    for kept in ("icps", "personas", "map", "prevalence", "contrasts", "made"):
        assert page.run(shown.format(kept)), kept
    assert page.run("document.querySelector('.paper').checkVisibility()")


def test_the_numbers_of_the_map_of_themes_do_not_lie_on_one_another(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.open(pages["report-en"])
    met = page.run(
        """(() => { const boxes = [...document.querySelectorAll("#plane text.tick")]
          .filter((one) => one.textContent.trim())
          .map((one) => one.getBoundingClientRect());
        return boxes.flatMap((a, at) => boxes.slice(at + 1).filter((b) =>
          a.left < b.right - 1 && b.left < a.right - 1 &&
          a.top < b.bottom - 2 && b.top < a.bottom - 2)).length; })()"""
    )
    assert met == 0


FILTER = """(() => {{ const one = document.querySelector("#filters select");
  one.value = "{value}"; one.dispatchEvent(new Event("change", {{bubbles: true}}));
}})()"""


def test_a_filter_shows_the_words_of_those_who_pass_and_no_others(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.open(pages["report-en"])
    order = "[...document.querySelectorAll('.theme .open')].map((one) => one.outerHTML)"
    before = page.run(order)
    page.run(FILTER.format(value="churned"))
    kept = page.run(
        "[...document.querySelectorAll('tr[data-person]:not([hidden])')]"
        ".map((row) => row.id)"
    )
    shown = page.run(
        "[...document.querySelectorAll('.theme .voice:not([hidden])')]"
        ".map((one) => one.dataset.who)"
    )
    assert shown
    assert set(shown) <= set(kept)
    silent = page.run(
        """[...document.querySelectorAll(".theme:not([hidden])")].filter((one) =>
          one.querySelector(".voice") && !one.querySelector(
          ".voice:not([hidden]):not(details.voices:not([open]) .voice)")).length"""
    )
    assert silent == 0
    empty = page.run(
        """[...document.querySelectorAll(":is(.group-of, .rest):not([hidden])")]
          .filter((one) => !one.querySelector(".theme:not([hidden])")).length"""
    )
    assert empty == 0
    page.run(FILTER.format(value=""))
    assert page.count(".theme[hidden], .theme .voice[hidden]") == 0
    assert page.run(order) == before


def test_a_filter_counts_again_what_it_left(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.open(pages["report-en"])
    counts = """[...document.querySelectorAll(".board :is(.group-of, .rest)")]
      .filter((one) => !one.hidden).map((one) => [
        one.querySelector("summary").textContent.match(/(\\d+) (more )?themes?/)?.[1],
        String(one.querySelectorAll(".theme:not([hidden])").length)])"""
    page.run(FILTER.format(value="churned"))
    told = page.run(counts)
    assert told
    assert all(said == there for said, there in told)


def test_the_legend_of_the_matrix_is_drawn_as_its_cells(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.open(pages["report-en"])
    differ = page.run(
        """[...document.querySelectorAll(".cells i")].filter((one) => {
          const cell = document.querySelector(`.matrix td.${one.classList[0]}`);
          const paint = (at) => getComputedStyle(at).backgroundColor;
          return cell && paint(cell) !== paint(one); }).length"""
    )
    assert page.count(".cells i") >= 4
    assert differ == 0


def test_the_names_of_a_matrix_stay_in_view(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.open(pages["report-en"])
    moved = page.run(
        """(() => { const box = document.querySelector("#matrix .tall");
        box.scrollTop = 400; box.scrollLeft = 60;
        const top = box.getBoundingClientRect();
        const head = box.querySelector("thead").getBoundingClientRect();
        const row = box.querySelector("tbody tr:last-child th").getBoundingClientRect();
        return [head.top - top.top, row.left - top.left]; })()"""
    )
    assert [abs(one) < 2 for one in moved] == [True, True]


def test_the_contents_mark_where_the_reader_is(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.open(pages["report-en"])
    page.run("document.getElementById('saturation').scrollIntoView()")
    page.run("new Promise((done) => setTimeout(done, 300))")
    marked = page.run(
        "[...document.querySelectorAll('#contents [aria-current]')]"
        ".map((one) => one.hash)"
    )
    assert marked == ["#saturation"]


def test_the_keyboard_stands_on_the_close_button_of_an_open_quote(
    page: Page, pages: Mapping[str, Path]
) -> None:
    page.open(pages["report-en"])
    page.click(VOICE)
    assert page.run("document.activeElement.className") == "close"


def test_what_is_pressed_is_large_enough(page: Page, pages: Mapping[str, Path]) -> None:
    page.open(pages["report-en"])
    small = page.run(
        """[...document.querySelectorAll("summary, button, #contents a")]
          .filter((one) => one.checkVisibility() && one.offsetHeight < 24)
          .map((one) => one.outerHTML.slice(0, 80))"""
    )
    assert small == []
