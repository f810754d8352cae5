"""The review page in a browser: moved by keys and by mouse, saved, never lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from icp_synth.domain.profiles import Synthesis
from icp_synth.project.segments_file import read_segments
from icp_synth.review.app import Study
from icp_synth.review.redraft import Drafting, Redraft, Tell
from icp_synth.review.server import Listening, listen
from tests.browser.driver import Browser, DriverError, Page
from tests.exports.synthesis_factory import synthesis, transcripts

pytestmark = pytest.mark.browser

LIMIT = 10.0
HOSTILE = "<img src=x onerror='window.ran = 1'>"
READY = "document.getElementById('board')?.dataset.ready === 'yes'"


def drafted(tell: Tell) -> str:
    tell("segments", 1, 2)
    return "done."


@contextmanager
def served(folder: Path, language: str) -> Iterator[Listening]:
    made = synthesis(transcripts())
    ann = made.participants[0].model_copy(update={"job": HOSTILE})
    people = (ann, *made.participants[1:])
    out = folder / "out"
    out.mkdir()
    written = made.model_copy(update={"participants": people}).model_dump_json()
    (out / "synthesis.json").write_text(written, "utf-8")

    def read() -> Synthesis:
        return Synthesis.model_validate_json((out / "synthesis.json").read_bytes())

    redraft = Redraft(run=drafted, model=None, command="icp-synth run")
    study = Study(folder, read, "kim", language)
    listening = listen(study, Drafting(redraft))
    thread = threading.Thread(target=listening.serve)
    thread.start()
    try:
        yield listening
    finally:
        listening.stop()
        thread.join(LIMIT)


def wait(page: Page, condition: str) -> None:
    """Wait in the page until an expression is true; a test that waits long fails."""
    page.run(
        "new Promise((done, fail) => { const began = Date.now(); const look = () => {"
        f" let it = false; try {{ it = ({condition}); }} catch {{}}"
        " if (it) done(null);"
        f" else if (Date.now() - began > 8000) fail(new Error({condition!r}));"
        " else setTimeout(look, 20); }; look(); })"
    )


def enter(page: Page, listening: Listening) -> None:
    page.visit(listening.address)
    with suppress(DriverError):  # the first page gives way to the next
        wait(page, READY)
    wait(page, READY)


@pytest.fixture
def board(browser: Browser, tmp_path: Path) -> Iterator[tuple[Page, Path]]:
    """Return a fresh tab on the page of a fresh study, and the study's folder."""
    with served(tmp_path, "en") as listening, browser.page() as page:
        page.look()
        enter(page, listening)
        yield page, tmp_path


def column(page: Page, name: str) -> list[str]:
    """Return who stands in a column, as it is drawn."""
    for at, head in enumerate(page.texts(".column h2")):
        if head.split(" ", 1)[-1].strip() == name:
            return page.texts(f".column:nth-child({at + 1}) .who b")
    pytest.fail(f"no column {name!r} in {page.texts('.column h2')}")


def focus(page: Page, name: str) -> None:
    page.run(f"document.querySelector('.person[data-id=\"{name}\"]').focus()")


def focused(page: Page) -> str | None:
    found: str | None = page.run("document.activeElement.dataset.id ?? null")
    return found


def said(page: Page) -> str:
    return page.texts("#said")[0]


def save(page: Page) -> None:
    page.press("s")
    wait(page, "document.getElementById('ask').open")
    page.run("document.getElementById('ask-ok').click()")
    wait(page, "document.getElementById('said').textContent.startsWith('Saved')")


def test_everybody_is_moved_named_and_saved_by_keys_alone(
    board: tuple[Page, Path],
) -> None:
    page, folder = board
    page.press("j")
    focus(page, "ann")
    page.press("j")
    assert focused(page) == "bea"
    page.press("k")
    page.press("l")
    assert focused(page) == "dai"
    page.press("1")
    assert column(page, "slow closers") == ["ann", "bea", "cem", "dai"]
    assert "dai is now in slow closers" in said(page)
    assert focused(page) == "eve"

    page.press("n")
    assert page.run("document.activeElement.className") == "name"
    page.write("Left us")
    page.press("Enter")
    assert column(page, "Left us") == []
    focus(page, "eve")
    page.press("2")
    assert column(page, "Left us") == ["eve"]
    page.press("9")
    assert "no segment 9" in said(page)

    save(page)
    found = read_segments(folder)
    assert found is not None
    assert {
        one.name: [it.name for it in one.participants] for one in found.segments
    } == {
        "slow closers": ["ann", "bea", "cem", "dai"],
        "Left us": ["eve"],
    }
    assert (found.by, [one.name for one in found.unassigned]) == ("kim", ["fei"])
    assert "icp-synth run" in page.texts("#state")[0]
    assert page.complaints == []


def test_undo_goes_back_to_the_beginning(board: tuple[Page, Path]) -> None:
    page, folder = board
    before = page.texts(".column")
    for key in ("ann", "bea", "cem"):
        focus(page, key)
        page.press("0")
    focus(page, "ann")
    page.run("document.querySelector('.heads button:last-child').click()")
    assert page.count(".column") == 1
    for _ in range(4):
        page.press("u")
    assert page.texts(".column") == before
    page.press("u")
    assert said(page) == "There is nothing to undo."
    assert not (folder / "segments.yaml").exists()


def test_a_card_is_dragged_onto_a_column(board: tuple[Page, Path]) -> None:
    page, _ = board
    page.call("Input.setInterceptDrags", enabled=True)
    x, y = page.probe("middle", ".person[data-id=fei] .who b", 0)
    held = {"button": "left", "buttons": 1, "clickCount": 1}
    page.call("Input.dispatchMouseEvent", type="mousePressed", x=x, y=y, **held)
    for step in (4, 12):
        page.call(
            "Input.dispatchMouseEvent", type="mouseMoved", x=x + step, y=y, **held
        )
    page.run("new Promise((done) => requestAnimationFrame(() => done(null)))")
    assert "Input.dragIntercepted" in page.events
    data = {
        "items": [{"mimeType": "text/plain", "data": "fei"}],
        "dragOperationsMask": 16,
    }
    to_x, to_y = page.probe("middle", ".column.c0 h2", 0)
    for kind in ("dragEnter", "dragOver", "drop"):
        page.call("Input.dispatchDragEvent", type=kind, x=to_x, y=to_y, data=data)
    page.call("Input.dispatchMouseEvent", type="mouseReleased", x=to_x, y=to_y, **held)
    wait(page, "document.querySelector('.column.c0 [data-id=fei]')")
    assert column(page, "slow closers")[-1] == "fei"
    assert "fei is now in slow closers" in said(page)


def test_a_narrow_screen_moves_by_the_list_on_each_card(
    board: tuple[Page, Path],
) -> None:
    page, _ = board
    page.look(360)
    assert page.probe("overflowing") == []
    assert page.run(
        "[...document.querySelectorAll('.person select')]"
        ".every((one) => one.getBoundingClientRect().height > 20)"
    )
    page.run(
        "(() => { const one = document.querySelector('[data-id=dai] select');"
        " one.value = one.options[0].value;"
        " one.dispatchEvent(new Event('change')); })()"
    )
    assert "dai" in column(page, "slow closers")


@pytest.mark.parametrize("dark", [False, True])
def test_every_text_can_be_read(board: tuple[Page, Path], dark: bool) -> None:  # noqa: FBT001 - a parameter of pytest
    page, _ = board
    page.look(dark=dark)
    focus(page, "ann")
    assert page.probe("faint") == []
    page.press("?")
    assert page.count("dialog[open] kbd") > 10
    assert page.probe("faint") == []
    assert page.probe("danglingReferences") == []


def test_two_windows_do_not_overwrite_one_another(board: tuple[Page, Path]) -> None:
    page, folder = board
    focus(page, "ann")
    page.press("0")
    by_hand = "segments:\n- name: Mine\n  participants: [bea]\n"
    (folder / "segments.yaml").write_text(by_hand, "utf-8")
    page.press("s")
    wait(page, "document.getElementById('ask').open")
    page.run("document.getElementById('ask-ok').click()")
    wait(page, "!document.getElementById('trouble').hidden")
    assert "changed meanwhile" in page.texts("#trouble")[0]
    assert "ann" not in column(page, "slow closers")
    assert (folder / "segments.yaml").read_text("utf-8") == by_hand

    page.run("document.querySelector('#trouble button').click()")
    wait(page, "document.querySelector('.column h2').textContent.includes('Mine')")
    assert column(page, "Mine") == ["bea"]
    page.press("u")
    assert "ann" not in column(page, "slow closers")


def test_an_edit_survives_the_window_that_it_was_made_in(
    board: tuple[Page, Path],
) -> None:
    page, _ = board
    focus(page, "ann")
    page.press("0")
    page.reload()
    wait(page, READY)
    assert "ann" not in column(page, "slow closers")
    assert "is here again" in said(page)
    page.press("u")
    assert "ann" in column(page, "slow closers")


def test_lines_written_by_hand_are_shown_before_they_are_lost(
    board: tuple[Page, Path],
) -> None:
    page, folder = board
    path = folder / "segments.yaml"
    path.write_text(
        "# with Ines\nsegments:\n- name: A\n  participants: [ann]\n", "utf-8"
    )
    page.reload()
    wait(page, READY)
    focus(page, "bea")
    page.press("1")
    page.press("s")
    wait(page, "document.getElementById('ask').open")
    page.run("document.getElementById('ask-ok').click()")
    wait(page, "document.querySelector('#ask-lines li')")
    assert page.texts("#ask-lines li") == ["# with Ines"]
    page.press("Escape")
    wait(page, "!document.getElementById('ask').open")
    assert "# with Ines" in path.read_text("utf-8")


def test_drafting_again_says_when_it_is_done(board: tuple[Page, Path]) -> None:
    page, _ = board
    page.run("document.getElementById('redraft').click()")
    wait(page, "document.querySelector('#said a')")
    assert "Drafted again: done." in said(page)


def test_what_a_transcript_holds_stays_text(board: tuple[Page, Path]) -> None:
    page, _ = board
    assert HOSTILE in page.texts("[data-id=ann]")[0]
    assert page.run("window.ran ?? 0") == 0
    assert page.count("#board img") == 0
    assert page.complaints == []
    assert page.failures == []


def test_scripts_cannot_reach_the_cookie(board: tuple[Page, Path]) -> None:
    page, _ = board
    assert page.run("document.cookie") == ""
    assert "token" not in page.run("location.href")


def test_the_page_speaks_chinese_where_the_report_does(
    browser: Browser, tmp_path: Path
) -> None:
    with served(tmp_path, "zh") as listening, browser.page() as page:
        page.look(360)
        enter(page, listening)
        assert page.texts("#save") == ["儲存"]
        assert page.probe("overflowing") == []
        assert page.complaints == []


def test_many_segments_scroll_in_their_board_alone(board: tuple[Page, Path]) -> None:
    page, _ = board
    for _ in range(6):
        page.press("n")
        page.press("Enter")
    assert page.count(".column") == 8
    assert page.probe("overflowing") == []
    focus(page, "fei")
    page.press("7")
    page.press("m")
    assert page.run("document.activeElement.tagName") == "SELECT"
