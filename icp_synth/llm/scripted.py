"""A ChatModel that answers from a script: for tests, examples and trying out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from icp_synth.errors import CallFailed
from icp_synth.llm.protocol import ChatReply, ChatRequest

Line: TypeAlias = str | ChatReply | Exception
"""What a call ends with: a text, a whole reply, or an error to raise."""

Script: TypeAlias = (
    Callable[[ChatRequest], Line] | Mapping[str, Line | Sequence[Line]] | Sequence[Line]
)
"""A function of the request, lines by request key, or lines in the order of calls."""


class ScriptedChat:
    """Answers by script; what was asked stands in `history`.

    Args:
        script: See `Script`. A list of lines (alone or under a key) is a queue.
        name: The model's name.

    Example:
        >>> model = ScriptedChat(['{"insights": []}'])
    """

    def __init__(self, script: Script, *, name: str = "scripted") -> None:
        self.name = name
        self.history: list[ChatRequest] = []
        self._script = script
        self._next: dict[str, int] = {}

    async def complete(self, request: ChatRequest) -> ChatReply:
        """Answer by the script.

        Raises:
            CallFailed: The script has no line for this call (`unscripted`).
        """
        self.history.append(request)
        line = self._line(request)
        if isinstance(line, Exception):
            raise line
        if isinstance(line, ChatReply):
            return line
        return ChatReply(text=line, model=self.name, endpoint="script", form="text")

    def _line(self, request: ChatRequest) -> Line:
        if callable(self._script):
            return self._script(request)
        if isinstance(self._script, Mapping):
            key = request.key()
            lines = self._script.get(key, ())
            return self._queued(key, lines)
        return self._queued("", self._script)

    def _queued(self, queue: str, lines: Line | Sequence[Line]) -> Line:
        if isinstance(lines, str | ChatReply | Exception):
            return lines
        at = self._next.get(queue, 0)
        if at >= len(lines):
            msg = f"The script has no line for call {len(self.history)}."
            raise CallFailed(
                msg,
                outcome="unscripted",
                hint="Add one; `history` shows what was asked.",
            )
        self._next[queue] = at + 1
        return lines[at]
