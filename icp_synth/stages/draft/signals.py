"""The seven fit signals of an ICP: evidence for and against, and what can be observed.

A signal counts for something only where it can be seen on an account: an observable, a
data field to look in, and a threshold, all from what these people said, and true of
most who speak for it. Without one it is `not_operational` and has no score.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from icp_synth.domain.fields import SIGNALS
from icp_synth.domain.fit import Side, Signal, Voices
from icp_synth.domain.insights import Insight
from icp_synth.domain.profiles import Claim, Criterion
from icp_synth.stages.draft.observables import Seen, Told, shown_by
from icp_synth.stages.draft.scorecards import Facts
from icp_synth.stages.draft.signs import ReadBy, read_by, unread_of, voices_of

_ENOUGH = 3
"""People who must speak for a signal before it can score 2."""
_CLEAR = 0.75
"""Share of the voices that must speak for it."""


def signals_of(
    people: Collection[str],
    insights: Iterable[Insight],
    *,
    criteria: Sequence[Criterion] = (),
    claims: Sequence[Claim] = (),
    facts: Facts | None = None,
    product: str = "",
) -> dict[str, Signal]:
    """Gather the seven signals of an ICP.

    Score, for an operational signal of which somebody spoke: 2 with at least three
    people for it who are three quarters of the voices; 0 with more people against it
    than for it; else 1, and never more where no sign against it can be read. None
    for any other.

    Args:
        people: Those of the ICP.
        insights: Of the whole study.
        criteria: Of the ICP (and of its people, for what a person holds).
        claims: Of the ICP and its personas.
        facts: Of everybody; whether an observable holds is told by them.
        product: Its name: a gain that is had of something else shows no success.

    Returns:
        All seven, in the order of `SIGNALS`.
    """
    everything = list(insights)
    mine = [one for one in everything if one.participant in people]
    told = Told(people, mine, facts or {})
    signals = {}
    for name in SIGNALS:
        how = read_by(everything, name)
        speaks, against = (
            voices_of(mine, f"{sign}{name}", how, product=product) for sign in "+-"
        )
        seen = shown_by(
            name, speaks.participants, told, criteria=criteria, claims=claims
        )
        signals[name] = _signal(
            (speaks, against),
            seen,
            len(people),
            how,
            unread=unread_of(everything, name, how),
        )
    return signals


def _signal(
    voices: tuple[Voices, Voices],
    seen: Seen | None,
    of: int,
    read_by: ReadBy,
    *,
    unread: tuple[Side, ...],
) -> Signal:
    speaks, against = voices
    points = score(len(speaks.participants), len(against.participants))
    if points is not None and "against" in unread:
        points = min(points, 1)
    return Signal(
        {
            "status": "operational" if seen else "not_operational",
            "for": speaks,
            "against": against,
            "of": of,
            "read_by": read_by,
            "unread": unread,
            "observable": seen.proposal.observable if seen else None,
            "data_field": seen.proposal.data_field if seen else None,
            "threshold": seen.threshold if seen else None,
            "claims": seen.claims if seen else (),
            "score": points if seen else None,
        }
    )


def score(speaks: int, against: int) -> int | None:
    """Return 0 to 2 by the people for and against, None where nobody spoke of it.

    Example:
        >>> score(3, 1), score(2, 0), score(1, 2), score(0, 0)
        (2, 1, 0, None)
    """
    if not speaks + against:
        return None
    if against > speaks:
        return 0
    clear = speaks / (speaks + against) >= _CLEAR
    return 2 if clear and speaks >= _ENOUGH else 1
