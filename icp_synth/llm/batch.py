"""Requests out to a batch file, answers back in: the door that needs no endpoint.

Lines are matched by `custom_id`, which is the request's cache key, so their order,
repeats and gaps do not matter. An answer is kept only if it passes what a live one
must pass; whatever does not is counted with its line and reason.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from icp_synth.domain.ids import canonical_json
from icp_synth.domain.values import Value
from icp_synth.errors import AnswerUnusable
from icp_synth.llm.completion import read_completion, wire_body
from icp_synth.llm.faults import fields, redact
from icp_synth.llm.protocol import ChatReply, ChatRequest, ReplyStore
from icp_synth.llm.replies import Failed, judge

BATCH: Final = "batch"
_URL: Final = "/v1/chat/completions"

MOST_LINES: Final = 50_000
MOST_BYTES: Final = 200_000_000
"""Limits of OpenAI's Batch API for one file."""


Usable = Callable[[ChatRequest, ChatReply], bool]
"""Tells whether something can be read of an answer that does not fit its schema."""


class LineProblem(Value):
    """A line that gave no answer.

    Attributes:
        line: Its number, from 1.
        key: Its `custom_id`; empty when it has none.
        code: `truncated`, `refused`, `filtered`, `empty`, `invalid`, `malformed`,
            `no_json`, `no_id`, or the provider's own code (`batch_expired` …).
        message: One line for a person.
    """

    line: int
    key: str
    code: str
    message: str


class ImportReport(Value):
    """What became of a file's lines.

    Attributes:
        accepted: Keys whose answer was kept, in the order of the file.
        failed: Lines that gave none.
        unknown: Ids that nobody asked for.
        duplicate: Ids that had a kept answer already (first valid wins).
        missing: Keys without an answer after the import; they stay pending.
    """

    accepted: tuple[str, ...] = ()
    failed: tuple[LineProblem, ...] = ()
    unknown: tuple[str, ...] = ()
    duplicate: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def counts(self) -> dict[str, int]:
        """Return the numbers that `batch import --json` prints."""
        return {
            "accepted": len(self.accepted),
            "failed": len(self.failed),
            "unknown": len(self.unknown),
            "duplicate": len(self.duplicate),
            "missing": len(self.missing),
        }


def export_line(request: ChatRequest, more: Mapping[str, Any] | None = None) -> str:
    """Return one line of an OpenAI Batch file, without its line end.

    The body has the strict json_schema form; `custom_id` is the cache key.

    Args:
        request: What is asked.
        more: Fields of the body that this endpoint wants besides.
    """
    line = {
        "custom_id": request.key(),
        "method": "POST",
        "url": _URL,
        "body": {**wire_body(request), **(more or {})},
    }
    # Not sorted: a model writes properties in the order of its schema.
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"))


class BatchFile(Value):
    """One file of requests, within the limits of the Batch API.

    Attributes:
        model: The one that all of its lines ask.
        keys: Its `custom_id`s, in order.
        data: Its bytes, a line end after each line.
    """

    model: str
    keys: tuple[str, ...]
    data: bytes


def batch_files(
    requests: Iterable[ChatRequest],
    more: Mapping[str, Any] | None = None,
    *,
    most_lines: int = MOST_LINES,
    most_bytes: int = MOST_BYTES,
) -> Iterator[BatchFile]:
    """Yield the files that hold these requests, one model a file.

    Args:
        requests: Each once.
        more: As for `export_line`.
        most_lines: In one file.
        most_bytes: Of one file; a longer line has a file of its own.
    """
    by_model: dict[str, list[ChatRequest]] = {}
    for request in requests:
        by_model.setdefault(request.model, []).append(request)
    for model, own in by_model.items():
        keys: list[str] = []
        data = bytearray()
        for request in own:
            line = f"{export_line(request, more)}\n".encode()
            full = len(keys) >= most_lines or len(data) + len(line) > most_bytes
            if keys and full:
                yield BatchFile(model=model, keys=tuple(keys), data=bytes(data))
                keys, data = [], bytearray()
            keys.append(request.key())
            data += line
        yield BatchFile(model=model, keys=tuple(keys), data=bytes(data))


def import_lines(
    lines: Iterable[str],
    wanted: Mapping[str, ChatRequest],
    store: ReplyStore,
    *,
    usable: Usable | None = None,
) -> ImportReport:
    """Keep the usable answers of a batch's output (or error) file.

    Three shapes of line are read: OpenAI's (`custom_id`, `response`, `error`), and
    the plain `{"custom_id", "content"}` and `{"custom_id", "body"}`.

    Args:
        lines: Text lines; empty ones are passed over.
        wanted: Key → request of everything that may be asked now.
        store: Where answers are kept, each at once.
        usable: Tells whether an answer that does not fit its schema is kept all the
            same, for what can be read of it; none is without it.
    """
    reading = _Import(wanted, store, usable)
    for number, line in enumerate(lines, start=1):
        if line.strip():
            reading.line(number, line)
    return reading.report()


class _Import:
    def __init__(
        self,
        wanted: Mapping[str, ChatRequest],
        store: ReplyStore,
        usable: Usable | None,
    ) -> None:
        self._wanted = wanted
        self._store = store
        self._usable = usable
        self._accepted: list[str] = []
        self._failed: list[LineProblem] = []
        self._unknown: list[str] = []
        self._duplicate: list[str] = []
        self._held: set[str] = set()

    def line(self, number: int, line: str) -> None:
        """Read one line."""
        try:
            row = json.loads(line.removeprefix("\ufeff"))
        except (ValueError, RecursionError):
            self._fail(number, "", "no_json", "The line is no JSON.")
            return
        key = fields(row).get("custom_id")
        if not isinstance(key, str) or not key:
            self._fail(number, "", "no_id", "The line has no custom_id.")
        elif self._has(key):
            self._duplicate.append(key)
        elif key not in self._wanted:
            self._unknown.append(key)
        else:
            self._answer(number, key, fields(row))

    def report(self) -> ImportReport:
        """Return what became of the lines read so far."""
        return ImportReport(
            accepted=tuple(self._accepted),
            failed=tuple(self._failed),
            unknown=tuple(self._unknown),
            duplicate=tuple(self._duplicate),
            missing=tuple(key for key in self._wanted if not self._has(key)),
        )

    def _has(self, key: str) -> bool:
        if key not in self._held and self._store.get_reply(key) is not None:
            self._held.add(key)
        return key in self._held

    def _answer(self, number: int, key: str, row: Mapping[str, Any]) -> None:
        request = self._wanted[key]
        try:
            reply = read_row(row)
        except AnswerUnusable as error:
            self._fail(number, key, error.outcome, error.message)
            return
        outcome = judge(request, reply)
        if isinstance(outcome, Failed) and not self._is_usable(request, outcome):
            self._fail(number, key, outcome.code, outcome.message)
            return
        self._store.put_reply(request, reply)
        self._held.add(key)
        self._accepted.append(key)

    def _is_usable(self, request: ChatRequest, outcome: Failed) -> bool:
        reply, usable = outcome.reply, self._usable
        if outcome.code != "invalid" or reply is None or usable is None:
            return False
        return usable(request, reply)

    def _fail(self, number: int, key: str, code: str, message: str) -> None:
        problem = LineProblem(line=number, key=key, code=code, message=message)
        self._failed.append(problem)


def read_row(row: Mapping[str, Any]) -> ChatReply:
    """Return the reply that a decoded line holds.

    Args:
        row: One line of a batch's output, in any of the three shapes.

    Raises:
        AnswerUnusable: It holds an error, or nothing; `outcome` has the code.
    """
    error = row.get("error")
    if error:
        raise _said_no(fields(error) or {"message": str(error)})
    if "content" in row:
        return _plain(row)
    response = fields(row.get("response"))
    body = fields(row.get("body") or response.get("body"))
    status = response.get("status_code", 200)
    if status != 200 or body.get("error"):
        raise _said_no(fields(body.get("error")), status=status)
    return read_completion(body, endpoint=BATCH, form="json_schema")


def _plain(row: Mapping[str, Any]) -> ChatReply:
    content = row["content"]
    text = content if isinstance(content, str) else canonical_json(content)
    return ChatReply(
        text=text,
        finish="stop" if text.strip() else "empty",
        model=str(row.get("model") or ""),
        endpoint=BATCH,
        form="json_schema",
    )


def _said_no(error: Mapping[str, Any], *, status: object = None) -> AnswerUnusable:
    known = error.get("code") or error.get("type")
    code = str(known or (f"status_{status}" if status else "error"))
    said = redact(str(error.get("message") or "no reason given"))
    return AnswerUnusable(
        f"The batch answered with an error: {said}",
        outcome=redact(code),
        hint="Export again: only what is missing is in the next file.",
    )
