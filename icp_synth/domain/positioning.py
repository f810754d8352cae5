"""What sets the product apart to those who use it, and what serves its goal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from icp_synth.domain.claims import Claim
from icp_synth.domain.values import Value

GoalCode = Literal[
    "serves_goal", "serves_differentiator", "unknown", "neither", "no_goal"
]
"""What a claim serves.

- `unknown`: its field is one that the goal's words are about, and nothing that it
  says tells whether it serves it.
- `no_goal`: the brief names neither a goal nor a differentiator to serve.
"""

MentionStance = Literal[
    "rejected",
    "left_for",
    "used_before",
    "compared",
    "praise",
    "complaint",
    "mention",
]
"""How a rival or differentiator comes up, the first that words tell.

- `rejected`, `left_for`, `used_before`: what somebody did with a rival.
- `compared`: looked at, or rival and product in one sentence; which one is praised,
  people read.
- `praise`, `complaint`: by the category of what was said.
- `mention`: none of them.
"""

MatchCode = Literal["stated", "not_found_by_likeness", "contradicted"]
"""`not_found_by_likeness`: nothing worded alike was found, which is no proof that
nobody says it."""


class GoalFit(Value):
    """Whether one claim or criterion serves the goal or a differentiator.

    Attributes:
        subject: Id of the claim; for a criterion without one its field.
        codes: `serves_goal`, `serves_differentiator`, both, or one of the others.
        by: Why it serves the goal: it says one of the words that the goal is about,
            or is like the goal. `field` where its field alone has to do with the goal,
            which is `unknown`; None where nothing has.
        topics: What the goal and the field have in common, by name.
        differentiators: Those that it serves, in the order of the brief.
        likeness: Cosine with the goal, 0 where there is none.
    """

    subject: str
    field: str
    text: str
    codes: tuple[GoalCode, ...]
    by: Literal["words", "likeness", "field"] | None = None
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
    """One rival, or one of several things that an entry of the brief lists.

    Attributes:
        rival: As the brief names it.
        names: What it was looked for by.
        mentions: Everybody who names it, in an insight or in a turn.
        only_named: Those of them whose turns name it and of whom no insight does.
        listed_in: The entry of the brief, where that lists several.
    """

    rival: str
    names: tuple[str, ...]
    mentions: Mentions
    only_named: tuple[str, ...] = ()
    listed_in: str | None = None


class DifferentiatorRow(Value):
    """One differentiator of the brief, and who says of which rival that it differs.

    `mentions` are of our product alone; `by_rival` are the same sort of statements
    that name a rival.
    """

    differentiator: str
    mentions: Mentions
    by_rival: Mapping[str, Mentions] = {}


class DifferentiatorTable(Value):
    """Rivals and differentiators, in the order of the brief."""

    rivals: tuple[RivalRow, ...] = ()
    differentiators: tuple[DifferentiatorRow, ...] = ()
    of: int = 0


class MessagePart(Value):
    """A part of a sentence of the value proposition, and who says it."""

    text: str
    supports: tuple[str, ...] = ()
    insights: tuple[str, ...] = ()


class MessageMatch(Value):
    """One sentence of the value proposition against the reasons that people give.

    Attributes:
        code: `contradicted` where at least one person contradicts it, whoever else
            states it; `stated`; `not_found_by_likeness`.
        supports: Who states it or a part of it, sorted: `k` of `n` who were counted.
        contradicts: Who contradicts it.
        insights, counter: What they rest on.
        by_likeness: Supporters whose words nobody judged: they praise the product,
            and name what the sentence names.
        near: Insights that are worded alike and show no more than that.
        parts: What the sentence promises, one by one.
    """

    sentence: str
    code: MatchCode
    supports: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    insights: tuple[str, ...] = ()
    counter: tuple[str, ...] = ()
    by_likeness: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    parts: tuple[MessagePart, ...] = ()
    k: int = 0
    n: int = 0
    interval: tuple[float, float] | None = None


class Reason(Value):
    """One person's outright reason to stay, in their own words.

    Attributes:
        of: The claim of `why_us` that says the same; None where nobody shares it.
    """

    participant: str
    quote: str
    insight: str
    of: str | None = None


class Positioning(Value):
    """Everything of this page, as one section of synthesis.json.

    Attributes:
        goal: What the brief wants to reach; empty where it says nothing.
        goal_fit: ICP id → its claims and criteria, in their order.
        why_us: Claims with the field `why_us`, by support.
        reasons: Outright reasons that no claim holds: single voices, and what says
            outright what a claim holds (`of`).
        unthemed: Reasons that one person gives and nobody shares: insight ids.
        message: The value proposition, sentence by sentence.
        unsaid: Ids of `why_us` claims that no sentence of it says.
    """

    goal: str = ""
    goal_fit: Mapping[str, tuple[GoalFit, ...]] = {}
    table: DifferentiatorTable = DifferentiatorTable()
    why_us: tuple[Claim, ...] = ()
    reasons: tuple[Reason, ...] = ()
    unthemed: tuple[str, ...] = ()
    message: tuple[MessageMatch, ...] = ()
    unsaid: tuple[str, ...] = ()
