"""What is asked and not answered yet: remembered, and answered by files.

A run or an evaluation that cannot reach its model remembers its requests here, so
that answers are known when they come, whatever way they come: a file, or a batch.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from icp_synth.analysts.answered import can_be_salvaged
from icp_synth.domain.chat import ChatReply, ChatRequest
from icp_synth.domain.values import Value
from icp_synth.llm.batch import ImportReport, import_lines
from icp_synth.llm.connect import model_name, why_not
from icp_synth.llm.usage import Price
from icp_synth.project.ledger import Call, Ledger

PriceOf = Callable[[str], Price | None]
"""From a model's name to its price, None where nobody knows it."""

_STATE = "pending_requests"


class AskedFor(Value):
    """What was asked in one ledger.

    Attributes:
        requests: Key → request of everything that an answer may still come for.
        current: Model as it was given → keys that its last run or evaluation waits
            for, in the order in which they were asked.
    """

    requests: Mapping[str, ChatRequest]
    current: Mapping[str, tuple[str, ...]]

    @property
    def waited_for(self) -> frozenset[str]:
        """The keys that the last runs wait for, of any model."""
        return frozenset(key for keys in self.current.values() for key in keys)

    def given(self, name: str) -> str:
        """Return a model as it was given, with its provider's prefix, by its name."""
        return next((one for one in self.current if model_name(one) == name), name)


def remember(
    ledger: Ledger,
    requests: Sequence[ChatRequest],
    *,
    model: str | None,
    beside: bool = True,
) -> None:
    """Keep what is not answered, so that an import knows what was asked.

    Requests of earlier runs stay until they are answered: a batch may be under way.

    Args:
        ledger: Open to write.
        requests: All that this model could not answer now, as asked.
        model: As it was given; None reads without a model, and changes nothing.
        beside: What other models wait for is waited for still: an evaluation asks
            several. A run asks one.
    """
    if model is None:
        return
    state: dict[str, Any] = ledger.runs.get_state(_STATE) or {}
    kept: dict[str, Any] = state.get("requests", {})
    # As text: a model writes properties in the order of its schema, and the state
    # of a ledger is kept with its keys sorted.
    now = {one.key(): one.model_dump_json() for one in requests}
    has = ledger.replies.get_reply
    still = {key: one for key, one in (kept | now).items() if has(key) is None}
    others = _current(state) if beside else {}
    current = {
        **{
            name: [key for key in keys if key in still] for name, keys in others.items()
        },
        model: list(now),
    }
    ledger.runs.set_state(_STATE, {"requests": still, "current": current})


def asked(ledger: Ledger) -> AskedFor | None:
    """Return what was asked here; None where no request was ever made."""
    state = ledger.runs.get_state(_STATE)
    if state is None:
        return None
    requests = {key: _request(one) for key, one in sorted(state["requests"].items())}
    return AskedFor(requests=requests, current=_current(state))


def _request(kept: Any) -> ChatRequest:
    if isinstance(kept, str):
        return ChatRequest.model_validate_json(kept)
    # As it was kept before: every key sorted.
    return ChatRequest.model_validate(kept)


def _current(state: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    current = state.get("current", {})
    if isinstance(current, list):
        # As it was kept before several models could wait in one ledger.
        return {"": tuple(current)}
    return {model: tuple(keys) for model, keys in current.items()}


@dataclass(frozen=True)
class Shelf:
    """A ledger that answers are filed in.

    Attributes:
        ledger: Open to write.
        known: What was asked there.
        price: Of each model.
        wanted: Keys that count as missing while they have no answer.
    """

    ledger: Ledger
    known: AskedFor
    price: PriceOf
    wanted: Collection[str]


def take_in(
    shelves: Sequence[Shelf], lines: Iterable[str], *, now: str
) -> ImportReport:
    """Take answers in; each is checked and costed like a live one.

    Args:
        shelves: An answer goes to each that asked for it; its cost to the first.
        lines: Of a batch's output or error file.
        now: ISO 8601, for the log of calls.

    Returns:
        What became of the lines; `missing` are requests of the steps, models and
        prompts that the lines belong to, or of all where no line fits.
    """
    requests = {
        key: one for shelf in shelves for key, one in shelf.known.requests.items()
    }
    store = _Shelves(shelves, now)
    with ExitStack() as whole:
        for shelf in shelves:
            whole.enter_context(shelf.ledger.transaction())
        report = import_lines(lines, requests, store, usable=can_be_salvaged)
    groups = _groups(report, requests)
    wanted = {key for shelf in shelves for key in shelf.wanted}
    missing = tuple(
        key
        for key in report.missing
        if key in wanted and (not groups or _group(requests[key]) in groups)
    )
    return report.model_copy(update={"missing": missing})


class _Shelves:
    """Several ledgers as one ReplyStore, which logs what an answer cost."""

    def __init__(self, shelves: Sequence[Shelf], now: str) -> None:
        self._shelves = shelves
        self._now = now

    def get_reply(self, key: str) -> ChatReply | None:
        """Return the answer when every ledger that asked has it."""
        asking = [one for one in self._shelves if key in one.known.requests]
        found = [one.ledger.replies.get_reply(key) for one in asking or self._shelves]
        kept = [one for one in found if one is not None]
        return kept[0] if kept and (len(kept) == len(found) or not asking) else None

    def put_reply(self, request: ChatRequest, reply: ChatReply) -> None:
        """File an answer everywhere it was asked for, and its cost once."""
        key = request.key()
        asking = [one for one in self._shelves if key in one.known.requests]
        for shelf in asking:
            shelf.ledger.replies.put_reply(request, reply)
        for first in asking[:1]:
            cost = first.price(request.model)
            first.ledger.runs.record_call(_call(request, reply, cost, self._now))


def _group(request: ChatRequest) -> tuple[str, str, str]:
    return request.step, request.model, request.prompt


def _groups(
    report: ImportReport, requests: Mapping[str, ChatRequest]
) -> frozenset[tuple[str, str, str]]:
    """Return what a file's lines belong to; nothing where no line matched."""
    keys = (*report.accepted, *report.duplicate, *(one.key for one in report.failed))
    return frozenset(_group(requests[key]) for key in keys if key in requests)


def _call(request: ChatRequest, reply: ChatReply, cost: Price | None, now: str) -> Call:
    spent = cost.of(reply.usage) if cost is not None else None
    return Call(
        run=now,
        key=request.key(),
        step=request.step,
        model=request.model,
        endpoint=reply.endpoint,
        outcome="done",
        usage=reply.usage,
        cost=float(spent) if spent is not None else None,
        at=now,
    )


def how_to_answer(
    number: int, *, model: str, place: Sequence[str], flags: Sequence[str]
) -> str:
    """Say how many answers are missing and how to get them; empty when none is.

    Args:
        number: Of the requests without an answer.
        model: As it was given.
        place: Words of the command line that say where answers belong.
        flags: Words that, with place and model, make the same requests again.
    """
    if not number:
        return ""
    many = "1 answer is" if number == 1 else f"{number} answers are"
    export = shlex.join([*place, "--model", model, *flags])
    return (
        f"{many} missing: {why_not(model)} Or make the requests with "
        f"`icp-synth batch export {export} -o requests.jsonl`, have them "
        f"answered, take the answers in with `icp-synth batch import ANSWERS "
        f"{shlex.join(place)}` and run again."
    )


def next_step_eval(
    folder: Path,
    model: str,
    number: int,
    *,
    prompts: str | None = None,
    project: Path | None = None,
    flags: Sequence[str] = (),
) -> str:
    """Say how to get the answers that an evaluation waits for.

    Args:
        folder: With the labels.
        model: As it was given.
        number: Of the requests without an answer.
        prompts: As it was given.
        project: As it was given; None is `.icp-eval` in the folder.
        flags: More words that decide what is asked, e.g. `("--epochs", "3")`.

    Example:
        >>> next_step_eval(Path("evals/a"), "m", 0)
        ''
    """
    place = ["--eval", str(folder)]
    place += ["--project", str(project)] if project is not None else []
    more = ["--prompts", prompts] if prompts else []
    return how_to_answer(number, model=model, place=place, flags=[*more, *flags])
