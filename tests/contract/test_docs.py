"""The pages: commands and options exist, links lead somewhere, Python compiles."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
import typer

from icp_synth.cli.app import app
from icp_synth.stages.read import ReadOptions
from scripts import cli_docs

ROOT = Path(__file__).parent.parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
PYTHON_PAGES = (ROOT / "README.md", ROOT / "docs" / "python.md")

# Typer carries a click of its own, of which it shows a part.
UsageError = cast("type[Exception]", typer.BadParameter.__base__)

_FENCED = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"(?<!`)`(icp-synth\s[^`]+)`(?!`)")
_LINE = re.compile(r"^\s*(?:\$ |Example: )?(icp-synth\s.+)$", re.MULTILINE)
_SHELL = re.compile(r"\s(?:\||>{1,2}|&&|;|2>)\s")
_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]+)(?:#[^)]*)?\)")
_ELSEWHERE = re.compile(
    r"(?<![\w.])/work/|index-url|find-links|trusted-host|/simple/",
    re.IGNORECASE,
)


def fenced(text: str, language: str | None = None) -> Iterator[tuple[int, str]]:
    """Yield the first line and the body of each fenced block of a language."""
    for block in _FENCED.finditer(text):
        if language is None or block[1] == language:
            yield text.count("\n", 0, block.start(2)) + 1, block[2]


def command_lines(text: str) -> list[str]:
    """Return the command lines of a page, those of running text among them."""
    blocks = [body.replace("\\\n", " ") for _, body in fenced(text)]
    lines = [found for body in blocks for found in _LINE.findall(body)]
    prose = _FENCED.sub("", text)
    lines += [" ".join(found.split()) for found in _INLINE.findall(prose)]
    return [_SHELL.split(line)[0] for line in lines]


def problem(line: str) -> str:
    """Return what the command line has against a line; nothing is run."""
    words = shlex.split(line, comments=True)[1:]
    command: Any = typer.main.get_command(app)
    while hasattr(command, "commands") and words and not words[0].startswith("-"):
        if words[0] not in command.commands:
            return f"there is no command {words[0]!r}"
        command = command.commands[words.pop(0)]
    if hasattr(command, "commands"):
        known = {name for option in command.params for name in option.opts}
        unknown = set(words) - known - {"-h", "--help"}
        return f"unknown: {unknown}" if unknown else ""
    try:
        command.make_context(command.name, words)
    except typer.Exit:
        return ""
    except UsageError as error:
        # A mention may leave out what a call needs; all else is a wrong line.
        missing = type(error).__name__ == "MissingParameter"
        return "" if missing else f"{type(error).__name__}: {error}"
    return ""


def page_id(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def test_the_reference_of_commands_is_current() -> None:
    assert cli_docs.TARGET.read_text("utf-8") == cli_docs.page(), (
        "run scripts/cli_docs.py"
    )


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_each_command_line_names_what_exists(page: Path) -> None:
    lines = command_lines(page.read_text("utf-8"))
    wrong = [f"{line}: {said}" for line in lines if (said := problem(line))]
    assert wrong == []


def test_the_pages_hold_command_lines() -> None:
    found = [line for page in PAGES for line in command_lines(page.read_text("utf-8"))]
    assert len(found) > 50


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("icp-synth fly", "no command"),
        ("icp-synth batch fly", "no command"),
        ("icp-synth run a --modle x", "--modle"),
        ("icp-synth search a b", "extra argument"),
        ("icp-synth plan --budget", "--budget"),
    ],
)
def test_a_wrong_command_line_is_found(line: str, said: str) -> None:
    assert said in problem(line)


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_each_link_leads_to_a_file(page: Path) -> None:
    prose = _FENCED.sub("", page.read_text("utf-8"))
    targets = _LINK.findall(prose)
    assert [one for one in targets if not (page.parent / one).exists()] == []


def test_every_page_is_reached_from_the_index() -> None:
    index = ROOT / "docs" / "index.md"
    linked = set(_LINK.findall(index.read_text("utf-8")))
    pages = {page.name for page in (ROOT / "docs").glob("*.md")} - {"index.md"}
    assert pages - linked == set()


@pytest.mark.parametrize("page", PYTHON_PAGES, ids=page_id)
def test_python_on_a_page_compiles(page: Path) -> None:
    for line, body in fenced(page.read_text("utf-8"), "python"):
        compile("\n" * (line - 1) + body, page_id(page), "exec", dont_inherit=True)


def test_the_reader_on_the_page_reads() -> None:
    page = (ROOT / "docs" / "python.md").read_text("utf-8")
    (code,) = [body for _, body in fenced(page, "python") if "PIPES = Reader" in body]
    names: dict[str, Any] = {}
    exec(compile(code, "docs/python.md", "exec"), names)  # noqa: S102 - our own page
    (document,) = names["PIPES"].read(b"Q|What hurts?\nAnna|Exports.\n", ReadOptions())
    said = [document.text[turn.start : turn.end] for turn in document.turns]
    assert document.text == "Q: What hurts?\n\nAnna: Exports."
    assert said == ["What hurts?", "Exports."]


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_no_page_names_a_registry_or_somebodys_disk(page: Path) -> None:
    text = page.read_text("utf-8")
    assert [hit.group() for hit in _ELSEWHERE.finditer(text)] == []
