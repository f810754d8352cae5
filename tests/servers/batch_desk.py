"""The part of the loopback server that has files and batches.

A batch goes one state further each time that somebody looks at it, so that no test
waits for a clock: validating, in_progress, finalizing, and how it `ends`.
"""

from __future__ import annotations

import email
import json
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.servers.openai_server import Fault

Json = dict[str, Any]
ENDED = ("completed", "failed", "expired", "cancelled")
_NEXT = {"validating": "in_progress", "in_progress": "finalizing"}


@dataclass(frozen=True)
class Sent:
    """What is answered: a status and JSON, or the bytes of a file."""

    status: int
    body: Json | str


def refused(status: int, message: str) -> Sent:
    return Sent(status, {"error": {"message": message, "type": "invalid_request"}})


def call_name(method: str, path: str) -> str:
    """Return which call a request is; nothing when it is none of these."""
    parts = path.split("?", maxsplit=1)[0].removeprefix("/v1/").split("/")
    names = {
        ("POST", "files", 1): "upload",
        ("GET", "files", 3): "content",
        ("DELETE", "files", 2): "delete",
        ("POST", "batches", 1): "create",
        ("GET", "batches", 1): "list",
        ("GET", "batches", 2): "get",
        ("POST", "batches", 3): "cancel",
    }
    return names.get((method, parts[0], len(parts)), "")


class BatchDesk:
    """Files and batches, in memory.

    Args:
        complete: From the body of a request to the body of its answer.

    Attributes:
        ends: How batches end.
        most: With `expired` and `cancelled`: how many requests are answered first.
        fails: From a request's line to its row in the error file, if it has one.
        faults: Call (`upload`, `create`, `list`, `get`, `cancel`, `content`,
            `delete`) → what happens to the next ones; a fault of the wire breaks the
            connection after the work is done.
        calls: Names of the calls that came in, in order.
        files: Id → text.
        batches: Id → batch, oldest first.
        most_a_page: Batches in one page of a list.
    """

    def __init__(self, complete: Callable[[Json], Json]) -> None:
        self._complete = complete
        self.ends = "completed"
        self.most = 1
        self.fails: Callable[[Json], Json | None] = lambda _: None
        self.faults: dict[str, deque[Fault | None]] = defaultdict(deque)
        self.calls: list[str] = []
        self.files: dict[str, str] = {}
        self.batches: dict[str, Json] = {}
        self.most_a_page = 100
        self._serial = 0

    def fault(self, name: str) -> Fault | None:
        """Note a call and return what shall happen to it."""
        self.calls.append(name)
        waiting = self.faults[name]
        return waiting.popleft() if waiting else None

    def work(self, name: str, path: str, raw: bytes, kind: str) -> Sent:
        """Do what a call asks for; `kind` is the type of what was sent."""
        where, _, query = path.partition("?")
        if name == "upload":
            return self._upload(raw, kind)
        if name == "create":
            return self._create(json.loads(raw))
        if name == "list":
            return self._list(query)
        given = where.removeprefix("/v1/").split("/")[1]
        if given in self.files:
            return self._file(name, given)
        if given in self.batches:
            return self._batch(name, self.batches[given])
        return refused(404, f"No such thing: {given}")

    def _file(self, name: str, given: str) -> Sent:
        if name == "content":
            return Sent(200, self.files[given])
        del self.files[given]
        return Sent(200, {"id": given, "object": "file", "deleted": True})

    def _batch(self, name: str, batch: Json) -> Sent:
        if name == "cancel":
            return self._cancel(batch)
        self._advance(batch)
        return Sent(200, batch)

    def _new(self, kind: str) -> str:
        self._serial += 1
        return f"{kind}-{self._serial}"

    def _upload(self, raw: bytes, kind: str) -> Sent:
        form = email.message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + raw)
        parts = {
            part.get_param("name", header="content-disposition"): part
            for part in form.walk()
            if not part.is_multipart()
        }
        purpose = parts["purpose"].get_payload(decode=True)
        if purpose != b"batch":
            return refused(400, f"Invalid purpose: {purpose!r}")
        data = parts["file"].get_payload(decode=True)
        assert isinstance(data, bytes)
        name = self._new("file")
        self.files[name] = data.decode()
        return Sent(200, {"id": name, "object": "file", "bytes": len(data)})

    def _create(self, body: Json) -> Sent:
        if body["input_file_id"] not in self.files:
            return refused(400, "Invalid input_file_id.")
        batch = {
            "id": self._new("batch"),
            "object": "batch",
            "status": "validating",
            "endpoint": body["endpoint"],
            "completion_window": body["completion_window"],
            "created_at": self._serial,
            "input_file_id": body["input_file_id"],
            "metadata": body.get("metadata"),
            "request_counts": {"total": 0, "completed": 0, "failed": 0},
        }
        self.batches[batch["id"]] = batch
        return Sent(200, batch)

    def _list(self, query: str) -> Sent:
        after = dict(one.split("=") for one in query.split("&") if one).get("after")
        newest = list(reversed(self.batches.values()))
        names = [one["id"] for one in newest]
        start = names.index(after) + 1 if after else 0
        page = newest[start : start + self.most_a_page]
        more = start + self.most_a_page < len(newest)
        return Sent(200, {"object": "list", "data": page, "has_more": more})

    def _cancel(self, batch: Json) -> Sent:
        if batch["status"] in ENDED:
            return refused(409, f"Cannot cancel a batch that is {batch['status']}.")
        self.ends = "cancelled"
        batch["status"] = "cancelling"
        return Sent(200, batch)

    def _advance(self, batch: Json) -> None:
        if batch["status"] in ENDED:
            return
        lines = self.files[batch["input_file_id"]].splitlines()
        if batch["status"] == "validating" and (errors := _errors(lines)):
            batch |= {"status": "failed", "errors": {"object": "list", "data": errors}}
            return
        batch["request_counts"]["total"] = len(lines)
        batch["status"] = _NEXT.get(batch["status"], self.ends)
        if batch["status"] in ENDED:
            self._finish(batch, [json.loads(line) for line in lines])

    def _finish(self, batch: Json, requests: list[Json]) -> None:
        good: list[Json] = []
        bad: list[Json] = []
        for at, request in enumerate(requests):
            row = self._row(at, request)
            answered = not row["error"] and row["response"]["status_code"] == 200
            named = {"id": f"batch_req_{at}", "custom_id": request["custom_id"], **row}
            (good if answered else bad).append(named)
        for name, rows in (("output_file_id", good), ("error_file_id", bad)):
            if rows:
                batch[name] = self._new("file")
                # Not in the order of the requests; that is promised to nobody.
                texts = [json.dumps(row, ensure_ascii=False) for row in reversed(rows)]
                self.files[batch[name]] = "".join(f"{text}\n" for text in texts)
        counts = {"completed": len(good), "failed": len(bad)}
        batch["request_counts"] |= counts

    def _row(self, at: int, request: Json) -> Json:
        if self.ends in {"expired", "cancelled"} and at >= self.most:
            code = f"batch_{self.ends}"
            error = {"code": code, "message": "This request was not executed."}
            return {"response": None, "error": error}
        failed = self.fails(request)
        if failed is not None:
            return failed
        body = self._complete(request["body"])
        response = {"status_code": 200, "request_id": f"r{at}", "body": body}
        return {"response": response, "error": None}


def _errors(lines: list[str]) -> list[Json]:
    """Return what is wrong with a file, as OpenAI says it."""
    found: list[Json] = []
    seen: set[str] = set()
    models: set[str] = set()
    for number, line in enumerate(lines, start=1):
        row = json.loads(line)
        models.add(row["body"]["model"])
        if row["custom_id"] in seen:
            found.append(_error("duplicate_custom_id", "It is there twice.", number))
        if len(models) > 1:
            found.append(_error("mismatched_model", "One model a file.", number))
        seen.add(row["custom_id"])
    return found


def _error(code: str, message: str, line: int) -> Json:
    return {"code": code, "message": message, "param": None, "line": line}
