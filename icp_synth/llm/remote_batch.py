"""A batch as its endpoint sees it, read from what the endpoint tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from icp_synth.domain.values import Value
from icp_synth.errors import AnswerUnusable
from icp_synth.llm.faults import fields, redact

ENDED: Final = frozenset({"completed", "failed", "expired", "cancelled"})
"""States after which nothing changes."""


class RemoteBatch(Value):
    """A batch as its endpoint sees it.

    Attributes:
        id: The endpoint's name for it.
        status: `validating`, `in_progress`, `finalizing`, `cancelling`, or one of
            ENDED.
        total, completed, failed: Counts of requests; 0 until they are known.
        output, error: Names of the files with answers and with refusals, or nothing.
        problems: Why it was refused, each with its line.
    """

    id: str
    status: str
    total: int = 0
    completed: int = 0
    failed: int = 0
    output: str = ""
    error: str = ""
    problems: tuple[str, ...] = ()

    @property
    def ended(self) -> bool:
        """Whether nothing changes any more."""
        return self.status in ENDED


def batch_of(body: object) -> RemoteBatch:
    """Return the batch that an endpoint tells of.

    Raises:
        AnswerUnusable: It has no id.
    """
    row = fields(body)
    counts = fields(row.get("request_counts"))
    return RemoteBatch(
        id=id_of(row),
        status=str(row.get("status") or ""),
        total=int(counts.get("total") or 0),
        completed=int(counts.get("completed") or 0),
        failed=int(counts.get("failed") or 0),
        output=str(row.get("output_file_id") or ""),
        error=str(row.get("error_file_id") or ""),
        problems=tuple(
            _problem(fields(one)) for one in fields(row.get("errors")).get("data") or ()
        ),
    )


def _problem(row: Mapping[str, Any]) -> str:
    line = row.get("line")
    where = f"line {line}: " if line is not None else ""
    return where + redact(f"{row.get('code') or 'error'}: {row.get('message') or ''}")


def id_of(body: object) -> str:
    """Return the id of a batch or file that an endpoint tells of.

    Raises:
        AnswerUnusable: It has none.
    """
    found = fields(body).get("id")
    if not isinstance(found, str) or not found:
        msg = "The endpoint answered without an id."
        hint = "Check that --base-url speaks OpenAI's Batch API."
        raise AnswerUnusable(msg, outcome="malformed", hint=hint)
    return found
