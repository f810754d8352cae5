"""The seam to a language model: one async method, request in, reply out.

The values that cross it live in `icp_synth.domain.chat`, because the ledger keeps
them too and stands on the same floor as this package.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from icp_synth.domain.chat import ChatReply, ChatRequest, Finish, Message, Usage

__all__ = [
    "ChatModel",
    "ChatReply",
    "ChatRequest",
    "Closing",
    "Finish",
    "Message",
    "ReplyStore",
    "Usage",
]


class ChatModel(Protocol):
    """Anything that answers a request."""

    name: str

    async def complete(self, request: ChatRequest) -> ChatReply:
        """Answer one request.

        Raises:
            CallFailed: The call ended without a usable answer.
            EndpointRefused: The key, right or model name is wrong.
            QuotaExhausted: The account's quota is used up.
        """
        ...


@runtime_checkable
class Closing(Protocol):
    """A ChatModel that holds connections of the running event loop."""

    async def aclose(self) -> None:
        """Close them; the next call opens new ones."""
        ...


class ReplyStore(Protocol):
    """Where replies are kept; the ledger is one."""

    def get_reply(self, key: str) -> ChatReply | None:
        """Return the kept reply, or None where there is none or it is damaged."""
        ...

    def put_reply(self, request: ChatRequest, reply: ChatReply) -> None:
        """Keep a successful reply under the request's key, durably."""
        ...
