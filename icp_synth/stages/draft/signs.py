"""Who gives which sign of the seven fit signals, and which signs can be read at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from icp_synth.domain.fit import Side, Voices
from icp_synth.domain.insights import Insight
from icp_synth.domain.mentions import names_any

ReadBy = Literal["signs", "categories"]

_BY_CATEGORY: Mapping[str, tuple[str, ...]] = {
    "trigger": ("+ready",),
    "workaround": ("+willing",),
    "desired_gain": ("+success_potential",),
    "reason_to_stay": ("+success_potential",),
    "obstacle": ("-success_potential",),
    "advocacy": ("+advocacy_potential",),
    "objection": ("-willing",),
}
"""What a category says of a signal, in studies whose reader never signs that."""

_BY_FIELD: Mapping[str, tuple[str, ...]] = {
    "budget": ("+able",),
    "price_paid": ("+able",),
    "willingness_to_pay": ("+able",),
}

_GIVEN_BY: Mapping[str, frozenset[str]] = {
    "+ready": frozenset({"problem", "obstacle", "workaround", "trigger"}),
    "+willing": frozenset({"workaround", "trigger"}),
    "-willing": frozenset({"objection"}),
    "+advocacy_potential": frozenset({"advocacy"}),
}
"""The categories that give a sign where it is read by words, whatever a first reading
took the insight for: a sign goes when its category does."""

_URGENT = re.compile(
    r"\b(?:urgent\w*|right away|straight away|immediately|as soon as|at once"
    r"|deadlines?|can(?:no|['’])t (?:wait|go on|carry on)|could(?:n['’]t| not) go on"
    r"|(?:had|have|has|need|needed|needs) to (?:\w+ )?(?:now|today|by|before|change"
    r"|find"
    r"|get|stop|fix)|running out of|last straw|no longer|enough is enough|fed up"
    r"|too late|emergenc\w+|every (?:day|night|morning|week|month|time))\b"
    r"|馬上|马上|立刻|趕快|赶快|急|來不及|来不及|期限|截止|撐不住|撑不住|受夠|受够"
    r"|不能再|每天|每週|每周|每次|每個月|每个月|再不",
    re.IGNORECASE,
)
"""That it presses; how strongly it is put ("really", "most") does not tell."""

_COSTS = re.compile(
    r"\b(?:\d+|two|three|four|five|six|ten|half|whole|entire) (?:\w+ )?"
    r"(?:hours?|days?|weeks?|months?|dollars|euros|pounds)\b|[$€£]\s?\d"
    r"|(?:\d|[一二兩两三四五六七八九十半])(?:個|个)?(?:小時|小时|天|週|周|禮拜|月|萬|万|塊|块|元)",
    re.IGNORECASE,
)
"""What it costs in time or money, named."""


def read_by(insights: Iterable[Insight], signal: str) -> ReadBy:
    """Tell whether a study's reader sets a signal's sign, or categories must do."""
    signs = {f"+{signal}", f"-{signal}"}
    said = any(signs.intersection(one.signals) for one in insights)
    return "signs" if said else "categories"


def signs_of(insight: Insight, read_by: ReadBy, *, product: str = "") -> list[str]:
    """Return the signed signals of an insight, such as `+ready`.

    A reader who writes is taken at their word. A sign that was read by words alone
    needs its category still, and `+ready` that the problem presses. By categories, a
    gain counts where it is had of the product.

    Args:
        insight: Any.
        read_by: How the study's signs are read.
        product: Its name; may be empty.
    """
    if read_by == "signs":
        return [one for one in insight.signals if _stands(one, insight)]
    by_field = _BY_FIELD.get(insight.attribute or "", ())
    found = [*_BY_CATEGORY.get(insight.category, ()), *by_field]
    of_it = bool(product) and names_any(_words_of(insight), (product,))
    if insight.category == "desired_gain" and not of_it:
        found.remove("+success_potential")
    return found


def voices_of(
    insights: Iterable[Insight], sign: str, read_by: ReadBy, *, product: str = ""
) -> Voices:
    """Return who gives a sign, and where."""
    said = [one for one in insights if sign in signs_of(one, read_by, product=product)]
    return Voices(
        participants=tuple(sorted({one.participant for one in said})),
        insights=tuple(one.id for one in said),
    )


def unread_of(
    insights: Iterable[Insight], signal: str, read_by: ReadBy
) -> tuple[Side, ...]:
    """Return the sides of a signal of which no sign can be read in a study.

    A reader who writes may set any sign. By words, a sign that no category gives is
    never set: that nobody speaks against it then says nothing.
    """
    written = any(one.statement_origin == "written" for one in insights)
    known = {sign for signs in _BY_CATEGORY.values() for sign in signs}
    known |= {sign for signs in _BY_FIELD.values() for sign in signs}
    if read_by == "signs":
        if written:
            return ()
        known = set(_GIVEN_BY)
    sides: tuple[tuple[Side, str], ...] = (("for", "+"), ("against", "-"))
    return tuple(side for side, sign in sides if f"{sign}{signal}" not in known)


def _stands(sign: str, insight: Insight) -> bool:
    if insight.statement_origin == "written":
        return True
    given_by = _GIVEN_BY.get(sign)
    if given_by is not None and insight.category not in given_by:
        return False
    return sign != "+ready" or _presses(insight)


def _presses(insight: Insight) -> bool:
    if insight.category == "trigger":
        return True
    said = [quote.text for quote in insight.quotes]
    return any(_URGENT.search(one) or _COSTS.search(one) for one in said)


def _words_of(insight: Insight) -> str:
    return "\n".join((insight.statement, *(quote.text for quote in insight.quotes)))
