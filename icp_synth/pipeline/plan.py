"""What a run would ask: calls, tokens and price by step. Sends nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from icp_synth.analysts.protocol import THEMES_A_REQUEST, Asked
from icp_synth.domain.chat import ChatReply, ChatRequest, Usage
from icp_synth.domain.ids import canonical_json
from icp_synth.domain.values import Value
from icp_synth.errors import SettingsError
from icp_synth.llm.tokens import counter
from icp_synth.llm.usage import CURRENCY, Price
from icp_synth.pipeline.challenging import scope_of
from icp_synth.pipeline.events import Emit
from icp_synth.pipeline.registry import STAGES, do, go_through
from icp_synth.pipeline.session import open_work, price
from icp_synth.pipeline.work import Work
from icp_synth.stages.chunk import Count
from icp_synth.stages.extract import extract

_CUT = 2
"""Stages until the windows are cut; the next ones may ask."""

_ANSWER_SHARE = 2.8
"""Tokens of an extraction's answer per token of its window: the recorded reading of
the sample study gave 88,000 for 32,000. Models that write less cost less."""

_LEAST_ANSWER = 300
_GLEANED_SHARE = 0.25
"""Tokens of a second pass's answer per token of the first's; a guess, on the safe
side: it lists only what is missing."""

_THEMES_A_PERSON = 10
_THEMES_A_GROUP = 10
_PROFILES = 6
_CLAIMS_A_PROFILE = 12
_LATER = {"themes": (4000, 450), "draft": (2200, 300), "challenge": (3200, 350)}
"""Input and output of naming 25 themes or groups of them, of wording one profile, and
of holding one claim against twelve passages."""


class StepPlan(Value):
    """One step's share. `cost` is None where the price is not known."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = None


class Plan(Value):
    """What `plan --json` prints.

    Attributes:
        steps: `extract`, `themes`, `draft`, `challenge`; with gleaning also
            `glean`, the second look at each window.
        instruction_share: Instructions, schema included, over all input of `extract`
            and `glean`.
        exact_tokens: Counted with the model's own vocabulary, not estimated.
    """

    steps: Mapping[str, StepPlan]
    calls: int
    input_tokens: int
    output_tokens: int
    instruction_share: float
    cost: float | None
    currency: str = CURRENCY
    exact_tokens: bool


def plan(folder: Path, flags: Mapping[str, Any], *, emit: Emit, now: str) -> Plan:
    """Return what a run with this model would still ask.

    `extract` is counted from the requests themselves, answers that are kept left
    out. What comes after depends on what is found: it is estimated from the number
    of participants, and counted once all interviews are read (with an endpoint's
    vectors it stays an estimate, since counting would have to ask for them).

    Raises:
        SettingsError: No model is named.
    """
    with open_work(folder, flags, emit=emit, now=now, ask=False) as work:
        if work.settings.model is None:
            msg = "No model is named: the embedded analyst sends nothing and costs 0."
            raise SettingsError(msg, hint="Give --model openai:NAME to plan a reading.")
        for stage in STAGES[:_CUT]:
            do(stage, work)
        return _planned(work)


@dataclass
class _Sum:
    """Calls and tokens of one step, as they add up."""

    calls: int = 0
    fixed: int = 0
    given: int = 0
    made: int = 0

    def add(self, tokens: tuple[int, int], made: float) -> None:
        """Add one call: instructions and all that is sent, and what is answered."""
        self.calls += 1
        self.fixed += tokens[0]
        self.given += tokens[1]
        self.made += max(_LEAST_ANSWER, int(made))

    def step(self, cost: Price | None) -> StepPlan:
        return _step(self.calls, self.given, self.made, cost)


def _planned(work: Work) -> Plan:
    count = counter(work.settings.token_encoding)
    cost = price(work.settings)
    by_id = {one.id: one for one in work.transcripts}
    texts = {one.id: one.tokens for one in work.windows}
    reading, gleaning = _Sum(), _Sum()
    for window in work.windows:
        asked = extract(window, by_id[window.transcript], work.analyst)
        if not isinstance(asked, Asked):
            continue
        answer = texts[window.id] * _ANSWER_SHARE
        first = work.ledger.replies.get_reply(asked.request.key())
        if first is None:
            reading.add(_tokens(asked.request, count), answer)
        if asked.more is None:
            continue
        # What is not answered yet stands in the second request as a long answer.
        then = asked.more(first or ChatReply(text=""))
        if first is not None and work.ledger.replies.get_reply(then.request.key()):
            continue
        fixed, whole = _tokens(then.request, count)
        whole += 0 if first is not None else int(answer)
        gleaning.add((fixed, whole), answer * _GLEANED_SHARE)
    known = not (reading.calls or gleaning.calls) and work.settings.embedding is None
    later = _counted(work, count, cost) if known else _estimated(work, cost)
    second = {"glean": gleaning.step(cost)} if work.settings.gleaning else {}
    steps = {"extract": reading.step(cost), **second, **later}
    instructions = reading.fixed + gleaning.fixed
    given = reading.given + gleaning.given
    costs = [step.cost for step in steps.values()]
    return Plan(
        steps=steps,
        calls=sum(step.calls for step in steps.values()),
        input_tokens=sum(step.input_tokens for step in steps.values()),
        output_tokens=sum(step.output_tokens for step in steps.values()),
        instruction_share=round(instructions / given, 4) if given else 0.0,
        cost=None if None in costs else round(sum(c for c in costs if c), 6),
        exact_tokens=count.exact,
    )


def _tokens(request: ChatRequest, count: Count) -> tuple[int, int]:
    """Return the tokens of instructions with schema, and of the whole request."""
    system = sum(count(one.content) for one in request.messages if one.role == "system")
    fixed = system + count(canonical_json(request.response_schema))
    rest = sum(count(one.content) for one in request.messages if one.role != "system")
    return fixed, fixed + rest


def _counted(work: Work, count: Count, cost: Price | None) -> dict[str, StepPlan]:
    """Count what the later steps would ask, by going through them without a model."""
    go_through(work, done=_CUT)
    planned = {}
    for step, (_, answer) in _LATER.items():
        asked = [one for one in work.desk.pending if one.step == step]
        given = sum(_tokens(request, count)[1] for request in asked)
        calls = len(asked)
        # Claims that wait for their words, views that wait for these answers, groups of
        # themes that wait for the names of these: nothing of them was asked yet.
        waiting = max(0, work.stages[step].pending - calls)
        calls += waiting
        given += waiting * _LATER[step][0]
        planned[step] = _step(calls, given, calls * answer, cost)
    return planned


def _estimated(work: Work, cost: Price | None) -> dict[str, StepPlan]:
    """Estimate naming, wording and judging from how many people there are."""
    people = len(work.people)
    themes = people * _THEMES_A_PERSON
    groups = themes // _THEMES_A_GROUP
    namings = sum(max(1, -(-n // THEMES_A_REQUEST)) for n in (themes, groups))
    drafts = min(_PROFILES, max(1, people // 3) * 2)
    most = scope_of(work).most
    claims = drafts * _CLAIMS_A_PROFILE
    judged = claims if most is None else min(most, claims)
    return {
        step: _step(calls, calls * _LATER[step][0], calls * _LATER[step][1], cost)
        for step, calls in (
            ("themes", namings),
            ("draft", drafts),
            ("challenge", judged),
        )
    }


def _step(calls: int, given: int, made: int, cost: Price | None) -> StepPlan:
    spent = cost.of(Usage(input_tokens=given, output_tokens=made)) if cost else None
    return StepPlan(
        calls=calls,
        input_tokens=given,
        output_tokens=made,
        cost=round(float(spent), 6) if spent is not None else None,
    )
