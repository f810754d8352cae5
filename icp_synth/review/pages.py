"""The pages as HTML, their scripts and styles, and the report beside them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from icp_synth.errors import NotFound
from icp_synth.exports.engine import engine_for, shipped
from icp_synth.review.words import review_words, script_words

if TYPE_CHECKING:
    import jinja2

_HERE: Final = "icp_synth.review"
_SCRIPT: Final = "text/javascript; charset=utf-8"
_STYLE: Final = "text/css; charset=utf-8"


class Room(NamedTuple):
    """A page that has a place in the menu: its path, template, and script."""

    path: str
    template: str
    script: str


ROOMS: Final = (Room("/segments", "segments.html.j2", "segments.js"),)
"""The pages, in the menu's order; the first is where people come in. `menu.PATH`
among the words is what the menu calls a page."""

STATIC: Final[Mapping[str, tuple[str, str, str]]] = {
    "report.css": ("icp_synth.exports", "templates/report.css", _STYLE),
    "review.css": (_HERE, "static/review.css", _STYLE),
    "board.css": (_HERE, "static/board.css", _STYLE),
    "icon.svg": (_HERE, "static/icon.svg", "image/svg+xml"),
    "page.js": (_HERE, "static/page.js", _SCRIPT),
    "groups.js": (_HERE, "static/groups.js", _SCRIPT),
    "cards.js": (_HERE, "static/cards.js", _SCRIPT),
    "drafting.js": (_HERE, "static/drafting.js", _SCRIPT),
    "heads.js": (_HERE, "static/heads.js", _SCRIPT),
    "segments.js": (_HERE, "static/segments.js", _SCRIPT),
}
"""Every file that can be asked for: name → package, file, media type."""

_HASH: Final = re.compile(r"'sha256-[A-Za-z0-9+/]{43}='")
_META: Final = re.compile(
    r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">'
)
_HEAD: Final = 4096


def page(room: Room, *, language: str, model: str | None, redraft: bool) -> str:
    """Return a page.

    Args:
        room: Which.
        language: Of its words.
        model: Which model drafting again asks.
        redraft: Whether it can be drafted again from here.
    """
    words = review_words(language)
    template = _engine(language).get_template(room.template)
    return template.render(
        words=words, rooms=ROOMS, room=room, model=model or "", redraft=redraft
    )


def words_json(language: str) -> str:
    """Return the words that the scripts say, as JSON."""
    return json.dumps(script_words(language), ensure_ascii=False)


def static(name: str) -> tuple[str, str] | None:
    """Return the text and media type of a file that a page loads, None if unknown."""
    found = STATIC.get(name)
    return None if found is None else (shipped(found[0], found[1]), found[2])


def report_page(folder: Path) -> tuple[bytes, str]:
    """Return report.html, and the content policy under which it is shown.

    The report holds its one style and one script in itself. Its script runs because
    the page names its hash, and runs in a sandbox: as a stranger, without the cookie.

    Raises:
        NotFound: There is none yet.
    """
    path = folder / "out" / "report.html"
    try:
        content = path.read_bytes()
    except FileNotFoundError as cause:
        msg = f"There is no report at {path}."
        raise NotFound(msg, hint="Run `icp-synth run` first.") from cause
    return content, report_policy(content)


def report_policy(content: bytes) -> str:
    """Return the content policy of a report: only scripts whose hash it names."""
    found = _META.search(content[:_HEAD].decode("utf-8", errors="replace"))
    hashes = sorted(set(_HASH.findall(found[1]))) if found else []
    script = " ".join(hashes) or "'none'"
    return (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src {script}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox"
    )


@cache
def _engine(language: str) -> jinja2.Environment:
    return engine_for(_HERE, review_words(language))
