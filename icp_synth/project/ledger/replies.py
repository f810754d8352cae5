"""Model replies, kept for ever under the key of what was asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from icp_synth.domain.chat import ChatReply, ChatRequest
from icp_synth.domain.ids import canonical_json, sha256_bytes
from icp_synth.project.ledger.connection import Database


class ReplyTable:
    """The store of replies (`icp_synth.llm.protocol.ReplyStore`).

    The body is kept as bytes, since a flipped bit may break its encoding. A row whose
    checksum does not fit counts as absent, so that a damaged answer is
    asked again and never used; `damaged` says how many were met.

    Args:
        database: An open ledger.
    """

    def __init__(self, database: Database) -> None:
        self._db = database
        self.damaged = 0

    def get_reply(self, key: str) -> ChatReply | None:
        """Return the kept reply, or None where there is none or it is damaged."""
        row = self._db.row("SELECT body, checksum FROM replies WHERE key = ?", [key])
        if row is None:
            return None
        body, checksum = row
        if not _fits(key, body, checksum):
            self.damaged += 1
            return None
        return ChatReply.model_validate_json(body)

    def put_reply(self, request: ChatRequest, reply: ChatReply) -> None:
        """Keep a reply under the request's key, durably when this returns."""
        self.put_replies([(request, reply)])

    def put_replies(self, pairs: Iterable[tuple[ChatRequest, ChatReply]]) -> None:
        """Keep several replies in one transaction, as an imported batch has them."""
        with self._db.transaction():
            for request, reply in pairs:
                self._put(request, reply)

    def _put(self, request: ChatRequest, reply: ChatReply) -> None:
        key, body = request.key(), reply.model_dump_json().encode()
        self._db.run("DELETE FROM replies WHERE key = ?", [key])
        serial = self._db.run(
            "INSERT INTO replies (key, step, model, prompt, request, body, checksum)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                key,
                request.step,
                request.model,
                request.prompt,
                canonical_json(request.model_dump(mode="json")),
                body,
                _checksum(key, body),
            ],
        ).lastrowid
        self._db.run_many(
            "INSERT INTO reply_about VALUES (?, ?)",
            ((name, serial) for name in sorted(set(request.about))),
        )

    def known(self, keys: Sequence[str]) -> frozenset[str]:
        """Return those of `keys` under which a reply is kept, damaged or not."""
        rows = self._db.rows_in(
            "SELECT key FROM replies WHERE key IN {keys}", [], list(keys)
        )
        return frozenset(key for (key,) in rows)

    def request(self, key: str) -> ChatRequest | None:
        """Return what was asked, with prompt, step and about; None if unknown."""
        row = self._db.row("SELECT request FROM replies WHERE key = ?", [key])
        return ChatRequest.model_validate_json(row[0]) if row else None

    def keys(
        self, *, step: str | None = None, about: str | None = None
    ) -> tuple[str, ...]:
        """Return the keys of kept replies in the order in which they came.

        Args:
            step: Only of this step.
            about: Only about this transcript.
        """
        rows = self._db.rows(
            "SELECT key FROM replies WHERE (?1 IS NULL OR step = ?1)"
            " AND (?2 IS NULL OR serial IN"
            " (SELECT reply FROM reply_about WHERE transcript = ?2))"
            " ORDER BY serial",
            [step, about],
        )
        return tuple(key for (key,) in rows)

    def damaged_keys(self) -> Iterator[str]:
        """Yield the keys of all rows whose checksum does not fit, in key order."""
        for key, body, checksum in self._db.rows(
            "SELECT key, body, checksum FROM replies ORDER BY key"
        ):
            if not _fits(key, body, checksum):
                yield key


def _checksum(key: str, body: bytes) -> str:
    return sha256_bytes(key.encode() + b"\n" + body)


def _fits(key: str, body: object, checksum: str) -> bool:
    return isinstance(body, bytes) and _checksum(key, body) == checksum
