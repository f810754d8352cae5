"""Values of an ICP beyond its claims: fit signals, overlaps, who fits which best."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NotRequired

from typing_extensions import TypedDict

from icp_synth.domain.conditions import Condition
from icp_synth.domain.scorecards import Tier
from icp_synth.domain.values import Value


class Voices(Value):
    """Who said something of the sort, and where; people are counted."""

    participants: tuple[str, ...] = ()
    insights: tuple[str, ...] = ()


Side = Literal["for", "against"]

Signal = TypedDict(
    "Signal",
    {
        "status": Literal["operational", "not_operational"],
        "for": Voices,
        "against": Voices,
        "of": int,
        "read_by": Literal["signs", "categories"],
        "unread": NotRequired[tuple[Side, ...]],
        "observable": str | None,
        "data_field": str | None,
        "threshold": Condition | None,
        "claims": tuple[str, ...],
        "score": int | None,
    },
)
"""A fit signal of an ICP.

- `status`: `not_operational` where nothing observable was found for it.
- `for`, `against`: evidence; a person may stand in both.
- `of`: people of the ICP.
- `read_by`: `signs` that the reader set on insights, or else their `categories`.
- `unread`: sides of which nothing in this study's reading can give a sign: that
  nobody stands there says nothing.
- `observable`: a code (docs/synthesis.md) for what can be seen on an account.
- `data_field`: the column to look in: a profile field, or `other:NAME`.
- `threshold`: from when on it counts, from what these people said.
- `claims`: the claims that the observable rests on.
- `score`: 0 to 2, or None (docs/synthesis.md).
"""


class Overlap(Value):
    """What two ICPs share.

    Attributes:
        icps: Their ids, sorted.
        participants, accounts: Those that stand in both.
        fields: Fields that both have criteria on.
        compatible: Those of `fields` in which one account can fulfil both.
        likeness: `compatible` / fields of either, 0 to 1; None without criteria.
        fits_both: Accounts that are viable or better under both, whatever is not
            known of them.
    """

    icps: tuple[str, str]
    participants: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    compatible: tuple[str, ...] = ()
    likeness: float | None = None
    fits_both: tuple[str, ...] = ()


class FitScore(Value):
    """How an account does under one ICP's scorecard (`domain.scorecards.Graded`).

    Attributes:
        so_far: It fits by what is known; if all that is unknown spoke against it, it
            would not even be viable.
        made_from: Its own people are among those whose words made the conditions: that
            it fits them is no test of them.
    """

    total: float | None
    low: float
    high: float
    coverage: float
    tier: Tier
    so_far: bool = False
    made_from: bool = False


class Fit(Value):
    """An account of the study (a person, where the ICPs are of persons).

    Attributes:
        account: Its name: the company, or the participant.
        participants: Its people.
        scores: ICP id → score.
        best: The ICP with the highest total above 0 of those whose tier is neither
            `excluded` nor `not_fit`, the better covered one of equals, then by id; None
            where none fits or no criterion is known of it.
        tie: Whether another ICP does as well.
    """

    account: str
    participants: tuple[str, ...]
    scores: Mapping[str, FitScore]
    best: str | None = None
    tie: bool = False
