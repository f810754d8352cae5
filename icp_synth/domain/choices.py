"""Two ICPs side by side, and what choosing one of them would mean for whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from icp_synth.domain.fit import Overlap
from icp_synth.domain.values import Value

Function = Literal["content", "sales_routing", "product", "pricing", "service"]
FUNCTIONS: tuple[Function, ...] = get_args(Function)


class Side(Value):
    """One of the two.

    Attributes:
        n: Accounts, or people.
        people: Participants.
        personas: Ids of its personas.
        criteria: Field → operator, value, unit, status and effect of each criterion.
        signals: Signal → people for and against, and the score.
    """

    id: str
    name: str
    status: str
    type: Literal["account", "person"]
    n: int
    people: int
    personas: tuple[str, ...]
    criteria: Mapping[str, tuple[Mapping[str, Any], ...]]
    signals: Mapping[str, tuple[int, int, int | None]]


class ThemeBeside(Value):
    """A theme and how many people of each side it holds for."""

    id: str
    kind: str
    label: str
    first: int
    second: int


class Comparison(Value):
    """Two ICPs side by side.

    Attributes:
        first, second: The two, as they were asked for.
        themes: Those that hold for somebody of either: the greatest difference of
            shares first.
        overlap: What they share; None where it was not computed.
        accounts: What the accounts table says of both; None until it is read.
    """

    first: Side
    second: Side
    themes: tuple[ThemeBeside, ...]
    overlap: Overlap | None = None
    accounts: Mapping[str, Any] | None = None


class Implication(Value):
    """What a choice means for one function: a template, for people to fill.

    Attributes:
        status: `no_evidence` where the interviews say nothing that bears on it.
        follow: Claims of the chosen ICP and its personas to work from.
        leave: Claims that only the other one makes: what is now said no to.
        fields: Criteria of the chosen one, by which accounts are told apart.
    """

    function: Function
    status: Literal["evidence", "no_evidence"]
    follow: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
