"""How several teams see the ideal customer, and what they make together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import Field, model_validator

from icp_synth.domain.values import Value

STEPS = 5
"""Steps of the scale on which views are compared; 1 matters least."""

DisagreementCode = Literal["importance", "other_value", "one_team"]
"""Where teams differ.

- `importance`: what one finds important another does not (max − min).
- `other_value`: they name another value for the same criterion.
- `one_team`: only one team names it at all.
"""


class TeamRating(Value):
    """What one team says of one criterion.

    Attributes:
        criterion: In the team's words.
        rating: 1 (matters little) to 5 (matters most); or else
        weight: Any positive number, larger matters more.
        value: What the criterion should be, where the team says so.
        note: Why.
        line: Where it stands in the team's file.
    """

    criterion: str = Field(min_length=1)
    rating: int | None = Field(default=None, ge=1, le=STEPS)
    weight: float | None = Field(default=None, gt=0)
    value: str | None = None
    note: str = ""
    line: int | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.rating is None) == (self.weight is None):
            msg = f"{self.criterion!r} needs a rating or a weight, and not both"
            raise ValueError(msg)
        return self


class TeamView(Value):
    """One team's file: ratings or weights of criteria, not a mixture."""

    team: str = Field(min_length=1)
    criteria: tuple[TeamRating, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_scale(self) -> Self:
        if len({one.rating is None for one in self.criteria}) > 1:
            msg = f"{self.team}: some criteria have a rating and others a weight"
            raise ValueError(msg)
        return self


class Disagreement(Value):
    """One thing that the teams should talk about.

    Attributes:
        spread: Largest minus smallest step (1 to 5), for `importance`.
        highest, lowest: The teams at the two ends; for `one_team` the one team.
        values: Value → the teams that name it, for `other_value`.
    """

    criterion: str
    code: DisagreementCode
    spread: int | None = None
    highest: tuple[str, ...] = ()
    lowest: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = {}


class MergedCriterion(Value):
    """One criterion of the merged definition.

    Attributes:
        weight: Mean of the teams' normalised weights; a team that does not name it
            gives it none. All weights sum to 1.
        shares: Team → its normalised weight.
        steps: Team → importance as a step of 1 to 5.
        ranks: Team → rank among its own criteria, 1 first, ties averaged.
        rank_spread: Largest minus smallest rank; None for one team.
        values: Value → teams; several are a disagreement.
        notes: Team → why.
    """

    criterion: str
    weight: float
    teams: tuple[str, ...]
    shares: Mapping[str, float]
    steps: Mapping[str, int]
    ranks: Mapping[str, float]
    rank_spread: float | None
    values: Mapping[str, tuple[str, ...]] = {}
    notes: Mapping[str, str] = {}


class TeamAgreement(Value):
    """How far the teams agree beyond chance.

    Attributes:
        alpha: Krippendorff's, ordinal; at most 1, 0 is chance; None where it is
            not defined.
        shared: Criteria that two teams or more name.
        reason: Why there is no figure, or why it carries little.
    """

    alpha: float | None
    shared: int
    reason: Literal["", "nothing_shared", "no_variation", "few_shared"] = ""


class Definition(Value):
    """One definition out of several views, heaviest criterion first.

    `perhaps_same` pairs criteria whose words are alike and that no two teams name
    the same way: to be settled by people, not joined by code.
    """

    teams: tuple[str, ...]
    criteria: tuple[MergedCriterion, ...]
    agreement: TeamAgreement
    disagreements: tuple[Disagreement, ...] = ()
    perhaps_same: tuple[tuple[str, str], ...] = ()
