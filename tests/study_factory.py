"""Small studies, the command line as a function, and a model that quotes verbatim."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from icp_synth.cli.app import main

CREATED = "2026-01-02T03:04:05+00:00"
MODEL = "scripted"

_TALKS: Mapping[str, tuple[str, ...]] = {
    "anna": (
        "I run the office of a plumbing firm with 40 people.",
        "The exports take two hours every Friday and I hate it.",
        "We love that invoices go out on the same day now.",
    ),
    "bob": (
        "I am the dispatcher at an electrical firm, about 55 people.",
        "Exports take two hours every week, that hurts us badly.",
        "What I love is that invoices go out on the same day.",
    ),
    "carla": (
        "I own a heating business, 30 people work here.",
        "My exports take hours every Friday and I hate that.",
        "We love it that invoices go out the same day now.",
    ),
    "dev": (
        "I manage the planning at a roofing company with 80 people.",
        "The exports take two hours each Friday, I really hate it.",
        "I love that the invoices go out on the same day.",
    ),
}
_QUESTIONS = (
    "Could you tell me about your work?",
    "What is hard at the moment?",
    "And what do you like about the product?",
)

_TURN = re.compile(r"^\[(\d+) P\d+\] (.+)$", re.MULTILINE)
_PASSAGE = re.compile(r"^PASSAGE (\d+)", re.MULTILINE)
_THEME = re.compile(r"^THEME (\d+)(.*?)(?=^THEME |\Z)", re.MULTILINE | re.DOTALL)
_NUMBER = re.compile(r"^(?:THEME|GROUP|CLAIM) (\d+)", re.MULTILINE)


def talk(name: str) -> str:
    """Return a short interview with one of the invented people."""
    pairs = zip(_QUESTIONS, _TALKS[name], strict=True)
    turns = (f"Interviewer: {q}\n\n{name.title()}: {a}" for q, a in pairs)
    return "\n\n".join(turns) + "\n"


def write_talks(folder: Path, names: Iterable[str] = tuple(_TALKS)) -> Path:
    """Write a folder of interviews, one text file each, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / f"{name}.txt").write_text(talk(name), encoding="utf-8")
    return folder


class Called(NamedTuple):
    """How the command line ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as the one JSON object that it must be."""
        return json.loads(self.out)


class _Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def icp(*args: str | Path, stdin: bytes = b"", terminal: bool = False) -> Called:
    """Call the command line in this process, as the console script does.

    `terminal` makes standard input one, where questions are asked.
    """
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in "oe"]
    kind = _Terminal if terminal else io.TextIOWrapper
    fed = kind(io.BytesIO(stdin), encoding="utf-8")
    out, err = streams
    code: Any = None
    with (
        redirect_stdout(out),
        redirect_stderr(err),
        mock.patch.object(sys, "stdin", fed),
    ):
        try:
            main([str(arg) for arg in args])
        except SystemExit as ended:
            code = ended.code
    assert isinstance(code, int)
    texts = []
    for stream in streams:
        stream.flush()
        assert isinstance(stream.buffer, io.BytesIO)
        texts.append(stream.buffer.getvalue().decode("utf-8"))
    return Called(code, *texts)


def run(project: Path, *args: str | Path) -> Called:
    """Call `run --json` with a fixed time."""
    return icp("run", *args, "--project", project, "--created", CREATED, "--json")


def outputs(project: Path) -> dict[str, bytes]:
    """Return what a run wrote, names included, by name."""
    names = ("synthesis.json", "report.html", "report.md")
    written = {name: (project / "out" / name).read_bytes() for name in names}
    return {**written, "names.json": (project / "names.json").read_bytes()}


def answer(body: Mapping[str, Any]) -> str:
    """Answer a request as a model that quotes each participant turn word for word.

    A function of the request alone, so that live, batch and repeated answers agree.
    """
    system, said = (body["messages"][at]["content"] for at in (0, -1))
    numbers = [int(number) for number in dict.fromkeys(_NUMBER.findall(said))]
    texts = [{"number": number, "text": f"They say {number}"} for number in numbers]
    if "one interview" in system:
        found = [_insight(int(turn), words) for turn, words in _TURN.findall(said)]
        return json.dumps({"insights": found}, ensure_ascii=False)
    if "makes a claim" in system:
        passages = [int(number) for number in _PASSAGE.findall(said)]
        silent = [{"passage": n, "quote": None, "stance": "silent"} for n in passages]
        return json.dumps({"verdicts": silent})
    if "name themes" in system:
        judged: dict[str, list[int]] = {"not_held": []} if "not_held" in system else {}
        return json.dumps({"names": [one | judged for one in texts]})
    return json.dumps({"title": "Firms that bill fast", "claims": texts})


def naming(word: str, name: str) -> Callable[[Mapping[str, Any]], str]:
    """Return `answer` but for the name of the themes whose statements have a word.

    Reasons to stay take a name of a theme that is nobody's own words.
    """
    plain = answer

    def answered(body: Mapping[str, Any]) -> str:
        system, said = (body["messages"][at]["content"] for at in (0, -1))
        reply = plain(body)
        if "name themes" not in system:
            return reply
        told = json.loads(reply)
        blocks = dict(_THEME.findall(said))
        for one in told["names"]:
            if word in blocks.get(str(one["number"]), ""):
                one["text"] = name
        return json.dumps(told)

    return answered


def _insight(turn: int, words: str) -> dict[str, Any]:
    kind, category = "trait", "role"
    if "hate" in words or "hurts" in words:
        kind, category = "pain", "problem"
    elif "love" in words:
        kind, category = "motivation", "like"
    statement = {
        "trait": "Has a responsible job in a firm of the trades.",
        "pain": "Exports take hours every week.",
        "motivation": "Likes that invoices go out on the same day.",
    }
    return {
        "quotes": [{"turn": turn, "text": words.rstrip(".")}],
        "kind": kind,
        "category": category,
        "statement": statement[kind],
        "explicit": True,
        "intensity": None if kind == "trait" else 2,
        "signals": [],
        **dict.fromkeys(
            ("attribute", "value", "low", "high", "unit", "currency"), None
        ),
    }


def batch_answers(requests: Path) -> list[str]:
    """Return the output lines of a batch for a file of requests."""
    lines = requests.read_text(encoding="utf-8").splitlines()
    return [_batch_line(json.loads(line)) for line in lines]


def _batch_line(request: Mapping[str, Any]) -> str:
    message = {"role": "assistant", "content": answer(request["body"])}
    body = {
        "model": request["body"]["model"],
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 50},
    }
    response = {"status_code": 200, "body": body}
    return json.dumps({"custom_id": request["custom_id"], "response": response})


def answer_all(project: Path, scratch: Path, flags: Sequence[str] = ()) -> int:
    """Export, answer, import and run until nothing is pending; return the rounds."""
    for round_ in range(1, 6):
        asked, answered = scratch / "requests.jsonl", scratch / "answers.jsonl"
        made = icp(
            "batch",
            "export",
            "--project",
            project,
            "--model",
            MODEL,
            *flags,
            "-o",
            asked,
        )
        assert made.code == 0, made.err
        answered.write_text("\n".join(batch_answers(asked)), encoding="utf-8")
        taken = icp("batch", "import", answered, "--project", project, "--json")
        assert taken.code == 0, taken.err
        ended = run(project, "--model", MODEL, *flags)
        if ended.code == 0:
            return round_
        assert ended.json["status"] == "waiting", ended.err
    message = "Requests are still pending after five rounds."
    raise AssertionError(message)
