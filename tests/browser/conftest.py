"""One browser, one tab and one set of pages for all browser tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from scripts.chromium import ADVICE, find
from tests.browser.driver import Browser, Page, started
from tests.browser.made_pages import make_pages


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Path]]:
    """Return all pages by name; see `made_pages.NAMES`."""
    folder = tmp_path_factory.mktemp("pages")
    yield make_pages(folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return the browser. That there is none fails a test, and does not skip it."""
    program = find(os.environ)
    if program is None:
        pytest.fail(f"There is no Chromium here. {ADVICE}", pytrace=False)
    with started(program, tmp_path_factory.mktemp("chromium")) as running:
        yield running


@pytest.fixture(scope="session")
def tab(browser: Browser) -> Iterator[Page]:
    """Return the tab in which all pages are opened, one after the other."""
    with browser.page() as opened:
        yield opened


@pytest.fixture
def page(tab: Page) -> Page:
    """Return the tab, 1280 pixels wide, in light colours; a test opens its page."""
    tab.look()
    return tab
