"""What sets the product apart to those who use it, and what serves its goal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from icp_synth.domain.claims import Claim
from icp_synth.domain.values import Value

GoalCode = Literal["serves_goal", "serves_differentiator", "neither", "no_goal"]
"""`no_goal`: the brief names neither a goal nor a differentiator to serve."""

MentionStance = Literal["praise", "complaint", "compared", "mention"]
"""How a rival or differentiator comes up.

- `praise`, `complaint`: by the category of what was said.
- `compared`: rival and product in one breath; which one is praised, people read.
- `mention`: neither.
"""

MatchCode = Literal["stated", "not_stated", "contradicted"]


class GoalFit(Value):
    """Whether one claim or criterion serves the goal or a differentiator.

    Attributes:
        subject: Id of the claim; for a criterion without one its field.
        codes: `serves_goal`, `serves_differentiator`, both, or one of the others.
        by: Why it serves the goal: its field is one that the goal's words are
            about, or its words are like the goal's; None where it does not.
        topics: What the goal and the field have in common, by name.
        differentiators: Those that it serves, in the order of the brief.
        likeness: Cosine with the goal, 0 where there is none.
    """

    subject: str
    field: str
    text: str
    codes: tuple[GoalCode, ...]
    by: Literal["field", "likeness"] | None = None
    topics: tuple[str, ...] = ()
    differentiators: tuple[str, ...] = ()
    likeness: float = 0.0


class Mentions(Value):
    """Who speaks of something, counted by people.

    Attributes:
        participants: Sorted; `n` of them out of `of`.
        stances: Stance → people, sorted; somebody may stand under several.
        insights: Ids, by place in the source.
        quotes: At most one a person, of the first insights.
        interval: Wilson 95 %, if these were a random sample.
    """

    participants: tuple[str, ...] = ()
    n: int = 0
    of: int = 0
    stances: Mapping[MentionStance, tuple[str, ...]] = {}
    insights: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    interval: tuple[float, float] | None = None


class RivalRow(Value):
    """One rival of the brief.

    `only_named` are people whose turns name it and of whom no insight does.
    """

    rival: str
    names: tuple[str, ...]
    mentions: Mentions
    only_named: tuple[str, ...] = ()


class DifferentiatorRow(Value):
    """One differentiator of the brief; `by_rival` are the insights that name both."""

    differentiator: str
    mentions: Mentions
    by_rival: Mapping[str, Mentions] = {}


class DifferentiatorTable(Value):
    """Rivals and differentiators, in the order of the brief."""

    rivals: tuple[RivalRow, ...] = ()
    differentiators: tuple[DifferentiatorRow, ...] = ()
    of: int = 0


class MessageMatch(Value):
    """One sentence of the value proposition against the reasons that people give.

    Attributes:
        code: `contradicted` where at least one person contradicts it, whoever else
            states it; `stated`; `not_stated`.
        supports: Who states it, sorted: `k` of `n` who were counted.
        contradicts: Who contradicts it.
        insights, counter: What they rest on.
        by_likeness: Supporters whose words nobody judged.
    """

    sentence: str
    code: MatchCode
    supports: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    insights: tuple[str, ...] = ()
    counter: tuple[str, ...] = ()
    by_likeness: tuple[str, ...] = ()
    k: int = 0
    n: int = 0
    interval: tuple[float, float] | None = None


class Positioning(Value):
    """Everything of this page, as one section of synthesis.json.

    Attributes:
        goal_fit: ICP id → its claims and criteria, in their order.
        why_us: Claims with the field `why_us`, by support.
        unthemed: Reasons that one person gives and nobody shares: insight ids.
        message: The value proposition, sentence by sentence.
        unsaid: Ids of `why_us` claims that no sentence of it says.
    """

    goal_fit: Mapping[str, tuple[GoalFit, ...]] = {}
    table: DifferentiatorTable = DifferentiatorTable()
    why_us: tuple[Claim, ...] = ()
    unthemed: tuple[str, ...] = ()
    message: tuple[MessageMatch, ...] = ()
    unsaid: tuple[str, ...] = ()
