"""What calls cost: prices, totals, and a budget that is kept before it is passed.

Prices are US dollars for a million tokens, kept as decimals so that a sum does not
depend on the order in which answers come in. An unknown price is None, never 0.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from pydantic import ValidationError

from icp_synth.domain.values import Value
from icp_synth.errors import BudgetReached, SettingsError
from icp_synth.llm.completion import LIMIT
from icp_synth.llm.protocol import ChatReply, ChatRequest, Usage
from icp_synth.llm.tokens import estimate_v1

CURRENCY: Final = "USD"
PRICES_AS_OF: Final = "2026-11"
"""When the table was taken from public price lists (compiled by LiteLLM, MIT)."""

DEFAULT_OUTPUT: Final = 4_096
"""Tokens of an answer that is reserved where the request names no limit."""

_MILLION: Final = Decimal(1_000_000)
_SNAPSHOT = re.compile(r"[-@](?:\d{4}-\d{2}-\d{2}|\d{8}|latest)$")


class Price(Value):
    """US dollars for a million tokens.

    Attributes:
        input: Of what is sent.
        output: Of what is answered.
        cached: Of what the provider had in its prompt cache; None: as `input`.
    """

    input: Decimal
    output: Decimal = Decimal(0)
    cached: Decimal | None = None

    def halved(self) -> Price:
        """Return half of it: what OpenAI asks for the same in a batch."""
        return Price(
            input=self.input / 2,
            output=self.output / 2,
            cached=None if self.cached is None else self.cached / 2,
        )

    def of(self, usage: Usage) -> Decimal | None:
        """Return what a reply costs, None where the counts are not known."""
        if usage.input_tokens is None or usage.output_tokens is None:
            return None
        cached = min(usage.cached_tokens or 0, usage.input_tokens)
        at_cached = self.input if self.cached is None else self.cached
        return (
            (usage.input_tokens - cached) * self.input
            + cached * at_cached
            + usage.output_tokens * self.output
        ) / _MILLION


def _price(given: str, answered: str, cached: str | None = None) -> Price:
    return Price(
        input=Decimal(given),
        output=Decimal(answered),
        cached=None if cached is None else Decimal(cached),
    )


PRICES: Final[Mapping[str, Price]] = {
    "claude-haiku-4-5": _price("1", "5", "0.1"),
    "claude-opus-4-8": _price("5", "25", "0.5"),
    "claude-sonnet-4-6": _price("3", "15", "0.3"),
    "gemini-2.5-flash": _price("0.3", "2.5", "0.03"),
    "gemini-2.5-pro": _price("1.25", "10", "0.125"),
    "gpt-4.1": _price("2", "8", "0.5"),
    "gpt-4.1-mini": _price("0.4", "1.6", "0.1"),
    "gpt-4o": _price("2.5", "10", "1.25"),
    "gpt-4o-mini": _price("0.15", "0.6", "0.075"),
    "gpt-5": _price("1.25", "10", "0.125"),
    "gpt-5-mini": _price("0.25", "2", "0.025"),
    "gpt-5.4": _price("2.5", "15", "0.25"),
    "gpt-5.4-mini": _price("0.75", "4.5", "0.075"),
    "mistral-large-latest": _price("0.5", "1.5", "0.05"),
    "text-embedding-3-large": _price("0.13", "0"),
    "text-embedding-3-small": _price("0.02", "0"),
}

DEAREST: Final = _price("30", "180")
"""Assumed under a budget where the price is not known: it may only end too early."""


def price_of(
    model: str, overrides: Mapping[str, Mapping[str, Any]] | None = None
) -> Price | None:
    """Return a model's price, or None where nobody knows it.

    Args:
        model: Name without the provider's prefix; a dated snapshot has its model's
            price unless it has its own.
        overrides: Own prices: name → `{input, output, cached}`.

    Raises:
        SettingsError: An override does not hold a price.
    """
    given = overrides or {}
    for name in (model, _SNAPSHOT.sub("", model)):
        if name in given:
            return _override(name, given[name])
        if name in PRICES:
            return PRICES[name]
    return None


def _override(name: str, price: Mapping[str, Any]) -> Price:
    try:
        # Through text: 0.1 means a tenth, not its nearest binary number.
        return Price(**{key: Decimal(str(value)) for key, value in price.items()})
    except (ValidationError, ArithmeticError) as error:
        msg = f"What is given for {name!r} is no price: {dict(price)!r}."
        raise SettingsError(
            msg,
            hint="Write input_price = 0.4 and output_price = 1.6 under [model] of"
            " study.toml: dollars a million tokens.",
        ) from error


@dataclass
class UsageTotals:
    """Sums over replies.

    Attributes:
        calls: Times that a request was sent, tries included.
        cached: Answers that were there already, at no cost.
        estimated: Replies whose tokens the endpoint did not count; estimated here.
        unpriced: Replies of a model without a known price.
    """

    calls: int = 0
    cached: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    estimated: int = 0
    unpriced: int = 0
    priced: Decimal = field(default=Decimal(0))

    @property
    def cost(self) -> float | None:
        """Dollars spent; None, never 0, as soon as one price is unknown."""
        return None if self.unpriced else float(self.priced)

    def add(self, usage: Usage, price: Price | None, *, calls: int = 1) -> None:
        """Count one reply whose tokens are known or estimated."""
        self.calls += calls
        self.input_tokens += usage.input_tokens or 0
        self.output_tokens += usage.output_tokens or 0
        self.cached_tokens += usage.cached_tokens or 0
        cost = None if price is None else price.of(usage)
        if cost is None:
            self.unpriced += 1
        else:
            self.priced += cost


def expected(request: ChatRequest) -> Usage:
    """Return the most that a request is likely to use, for plans and reservations."""
    return Usage(
        input_tokens=_input_tokens(request),
        output_tokens=int(request.parameters.get(LIMIT) or DEFAULT_OUTPUT),
    )


def _input_tokens(request: ChatRequest) -> int:
    # Four a message for its frame; the schema is sent along.
    texts = sum(estimate_v1(message.content) + 4 for message in request.messages)
    return texts + estimate_v1(str(request.response_schema))


class Budget:
    """The one seam for usage and money: reserve before a call, settle after it.

    What is spent never passes the limit by more than what was reserved when the last
    call went out. Without a limit it only counts.

    Args:
        limit: Dollars; None for no limit.
        price: Of the model; None where it is not known, then `DEAREST` is reserved.
        totals: Where usage is counted; shared between steps.
    """

    def __init__(
        self,
        limit: float | None = None,
        *,
        price: Price | None = None,
        totals: UsageTotals | None = None,
    ) -> None:
        self.limit = None if limit is None else Decimal(str(limit))
        self.price = price
        self.totals = totals or UsageTotals()
        self.spent = Decimal(0)
        self.reserved = Decimal(0)

    def reserve(self, request: ChatRequest) -> Decimal:
        """Set aside what a call may cost and return it.

        Raises:
            BudgetReached: It would pass the limit; nothing was set aside.
        """
        amount = self._cost(expected(request))
        if self.limit is not None and self.spent + self.reserved + amount > self.limit:
            msg = (
                f"The budget of {self.limit} {CURRENCY} is reached: {self.spent:.4f} "
                f"spent, {self.reserved:.4f} under way, the next call may cost "
                f"{amount:.4f}."
            )
            raise BudgetReached(
                msg,
                hint="Raise the budget and run again; answers are kept.",
            )
        self.reserved += amount
        return amount

    def settle(
        self, request: ChatRequest, amount: Decimal, reply: ChatReply | None
    ) -> None:
        """Give back a reservation and count what the call used.

        Args:
            request: What was asked.
            amount: What `reserve` returned.
            reply: What came back; None when the call failed and nothing is billed.
        """
        self.reserved -= amount
        if reply is None:
            self.totals.calls += 1
            return
        usage = self._counted(request, reply)
        self.spent += self._cost(usage)
        self.totals.add(usage, self.price, calls=reply.attempts)

    def settle_unknown(self, request: ChatRequest, amount: Decimal) -> None:
        """Count a call that ended without an answer and may be billed (a time-out)."""
        self.reserved -= amount
        self.spent += amount
        self.totals.estimated += 1
        self.totals.add(expected(request), self.price)

    def hit(self) -> None:
        """Count an answer that was there already."""
        self.totals.cached += 1

    def _cost(self, usage: Usage) -> Decimal:
        return (self.price or DEAREST).of(usage) or Decimal(0)

    def _counted(self, request: ChatRequest, reply: ChatReply) -> Usage:
        """Return the reply's usage, estimated where the endpoint did not say."""
        usage = reply.usage
        if usage.input_tokens is not None and usage.output_tokens is not None:
            return usage
        self.totals.estimated += 1
        given, answered = usage.input_tokens, usage.output_tokens
        return Usage(
            input_tokens=_input_tokens(request) if given is None else given,
            output_tokens=estimate_v1(reply.text) if answered is None else answered,
            cached_tokens=usage.cached_tokens,
        )
