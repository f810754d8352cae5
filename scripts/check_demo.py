"""Check what `make demo` wrote, from the outside.

    .venv/bin/python scripts/check_demo.py demo/embedded demo/recorded

For each project: synthesis.json is valid by `icp-synth schema synthesis`, every quote
is its slice of `icp-synth show transcript --text` inside a participant's turn, and
the reports exist and load nothing from a network.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft202012Validator
from typing_extensions import override

Json = dict[str, Any]
SHOWN: Final = 10
_LOADING: Final = {
    "action", "background", "code", "data", "formaction", "href", "poster", "src",
    "srcset",
}  # fmt: skip
_REMOTE: Final = re.compile(r"^\s*(?:https?:)?//", re.I)
_NAMESPACES: Final = re.compile(r"https?://www\.w3\.org/[\w/]+")
_CSS_LOAD: Final = re.compile(
    r"""(?:url\(|@import)\s*["']?\s*(?:https?:)?//\S+""", re.I
)


class Loads(HTMLParser):
    """Collects whatever a browser would fetch while it shows the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._inside = ""

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag if tag in {"script", "style"} else ""
        for name, value in attrs:
            text = value or ""
            if name == "style" and _CSS_LOAD.search(text):
                self.found.append(f"<{tag} style={text[:80]!r}>")
            followed = tag in {"a", "area"} and name == "href"
            many = [part.strip() for part in text.split(",")]
            if (
                name.rsplit(":", 1)[-1] in _LOADING
                and not followed
                and any(_REMOTE.match(part) for part in many)
            ):
                self.found.append(f"<{tag} {name}={text[:80]!r}>")
            if tag == "meta" and "url=" in text.replace(" ", "").lower():
                self.found.append(f"<meta {name}={text[:80]!r}>")

    @override
    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    @override
    def handle_data(self, data: str) -> None:
        if self._inside == "style":
            self.found += _CSS_LOAD.findall(data)
        elif self._inside == "script":
            self.found += _remote_in_script(data)


def _remote_in_script(text: str) -> list[str]:
    literals = re.findall(r"""["'`]((?:[^"'`\\\n]|\\.)*)["'`]""", text)
    plain = [_NAMESPACES.sub("", literal) for literal in literals]
    return [literal for literal in plain if _REMOTE.match(literal)]


def resource_loads(html: str) -> list[str]:
    """Return what a page would load from a network; links to follow do not count.

    Args:
        html: The page.

    Returns:
        One short description each, in the order of the page.
    """
    parser = Loads()
    parser.feed(html)
    parser.close()
    return parser.found


def schema_errors(synthesis: Json, schema: Json) -> list[str]:
    """Return where a synthesis departs from its schema.

    Args:
        synthesis: The content of synthesis.json.
        schema: What `icp-synth schema synthesis` prints.

    Returns:
        `place: what is wrong`, by place.
    """
    errors = Draft202012Validator(schema).iter_errors(synthesis)
    return sorted(f"{error.json_path}: {error.message[:200]}" for error in errors)


def quote_errors(synthesis: Json, text: str, turns: list[Json], name: str) -> list[str]:
    """Return the quotes of one transcript that are not their slice of it.

    Args:
        synthesis: The content of synthesis.json.
        text: The canonical text of the transcript.
        turns: Its turns, with `start`, `end` in code points and `participant`.
        name: The transcript's id.

    Returns:
        One line for each quote that differs or lies outside a participant's turn.
    """
    spoken = [(t["start"], t["end"]) for t in turns if t["participant"] is not None]
    found = []
    for insight in synthesis["insights"]:
        if insight["transcript"] != name:
            continue
        for quote in insight["quotes"]:
            start, end = quote["start"], quote["end"]
            place = f"{name}[{start}:{end}]"
            if not quote["text"] or text[start:end] != quote["text"]:
                found.append(f"{place} is not {quote['text'][:60]!r}")
            elif not any(low <= start and end <= high for low, high in spoken):
                found.append(f"{place} is not in a participant's turn")
    return found


def icp_synth(*words: str | Path) -> str:
    """Run one command of the program that has to succeed.

    Args:
        words: The command and its arguments.

    Returns:
        Its standard output, decoded as UTF-8 with line ends as they are.
    """
    program = Path(sys.executable).with_name("icp-synth")
    done = subprocess.run(
        [program, *map(str, words)], check=True, stdout=subprocess.PIPE
    )
    return done.stdout.decode("utf-8")


def check(project: Path, schema: Json) -> list[str]:
    """Check one project.

    Args:
        project: Its folder.
        schema: What `icp-synth schema synthesis` prints.

    Returns:
        What is wrong, one line each.
    """
    out = project / "out"
    missing = [
        f"{out / name} is missing or empty"
        for name in ("synthesis.json", "report.html", "report.md")
        if not (out / name).is_file() or not (out / name).stat().st_size
    ]
    if missing:
        return missing
    synthesis = json.loads((out / "synthesis.json").read_text(encoding="utf-8"))
    errors = schema_errors(synthesis, schema)
    quotes = sum(len(insight["quotes"]) for insight in synthesis["insights"])
    if not quotes:
        errors.append(f"{project} publishes no quote at all")
    for transcript in synthesis["transcripts"]:
        show = ["show", "transcript", transcript["id"], "--project", project]
        text = icp_synth(*show, "--text")
        turns = json.loads(icp_synth(*show, "--json"))["turns"]
        errors += quote_errors(synthesis, text, turns, transcript["id"])
    known = {transcript["id"] for transcript in synthesis["transcripts"]}
    errors += [
        f"insight {insight['id']} is of an unknown transcript"
        for insight in synthesis["insights"]
        if insight["transcript"] not in known
    ]
    page = (out / "report.html").read_text(encoding="utf-8")
    errors += [f"report.html loads {load}" for load in resource_loads(page)]
    print(f"{project}: {quotes} quotes, {len(known)} transcripts, {len(errors)} errors")
    return errors


def main(projects: list[str]) -> int:
    """Check the projects and print what is wrong.

    Args:
        projects: Their folders.

    Returns:
        0 when all is well, otherwise 1.
    """
    schema = json.loads(icp_synth("schema", "synthesis"))
    errors = [line for name in projects for line in check(Path(name), schema)]
    for line in errors[:SHOWN]:
        print(f"  {line}")
    if len(errors) > SHOWN:
        print(f"  and {len(errors) - SHOWN} more")
    return 1 if errors else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
