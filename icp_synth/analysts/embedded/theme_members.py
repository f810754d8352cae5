"""Tell who does not say what most people of a theme say: they leave it.

Most say one thing, and some deny it, tell of another time, or of what other people
feel. Only leaving is possible, and only for the smaller part of a theme.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from icp_synth.analysts.embedded.cues import plain
from icp_synth.analysts.embedded.denials import denies_trouble, worry_of
from icp_synth.analysts.embedded.opposition import may_oppose, on_an_axis, opposing
from icp_synth.analysts.embedded.sentences import is_chinese
from icp_synth.analysts.embedded.stances import AXES, NEGATION, NO_NEGATION_ZH

if TYPE_CHECKING:
    from icp_synth.analysts.protocol import ThemeToName

_REACH = {False: 32, True: 6}
"""Characters before a word within which a negation denies it."""


def leaving(theme: ThemeToName) -> frozenset[int]:
    """Return the places of statements that do not say what their theme says.

    Of a theme of pains those leave, too, who deny that there is a trouble, and of one
    about worries those who tell of the worries of others.
    """
    out = against(theme.statements)
    if theme.kind == "trait":
        out |= _former(theme.statements)
    if theme.kind == "pain":
        out |= _without_trouble(theme.statements) | _not_worried(theme.statements)
    return out


def _without_trouble(statements: Sequence[str]) -> frozenset[int]:
    """Return those that deny a trouble, where most tell of one."""
    out = {at for at, one in enumerate(statements) if denies_trouble(one)}
    return frozenset(out) if 2 * len(out) < len(statements) else frozenset()


def _not_worried(statements: Sequence[str]) -> frozenset[int]:
    """Return those without a worry of their own, where most have one."""
    whose = [worry_of(one) for one in statements]
    if 2 * whose.count("own") <= len(statements):
        return frozenset()
    return frozenset(at for at, one in enumerate(whose) if one in {"others", "denied"})


def against(statements: Sequence[str]) -> frozenset[int]:
    """Return the places of statements that deny what most of the others say.

    Two things show it: a word that takes a side ("concerns", "easy") is denied by some
    and affirmed by most, or a clause denies another one's by the rules of `opposition`
    more often than it goes with any.
    """
    return _by_side(statements) | _by_clause(statements)


_FORMER = re.compile(
    r"^\W*when (?:i|we) (?:first )?(?:signed|started|joined|began)\b"
    r".*\b(?:were|was|had)\b"
    r"|\bback then\b|\bin those days\b|\bat the time (?:we|i)\b"
)


def _former(statements: Sequence[str]) -> frozenset[int]:
    """Return those that tell of another time, where most tell of now."""
    out = {at for at, one in enumerate(statements) if _FORMER.search(plain(one))}
    return frozenset(out) if 2 * len(out) < len(statements) else frozenset()


def _by_side(statements: Sequence[str]) -> frozenset[int]:
    """Return those on the smaller side of the axis that most of them are on."""
    sides: dict[str, dict[int, int]] = defaultdict(dict)
    sided = [at for at, one in enumerate(statements) if on_an_axis(one)]
    # A theme is about an axis that most of its statements are on.
    for at in sided if 2 * len(sided) > len(statements) else ():
        lowered = plain(statements[at])
        chinese = is_chinese(lowered)
        bare = NO_NEGATION_ZH.sub(" ", lowered) if chinese else lowered
        for axis in AXES["zh" if chinese else "en"]:
            signs = {
                sign * _turned(bare, found.start(), chinese=chinese)
                for sign, pattern in ((1, axis.up), (-1, axis.down))
                for found in pattern.finditer(bare)
            }
            if len(signs) == 1:
                sides[axis.name][at] = signs.pop()
    out: set[int] = set()
    for on_axis in sides.values():
        if 2 * len(on_axis) <= len(statements):
            continue
        count = Counter(on_axis.values())
        if len(count) == 2 and count[1] != count[-1]:
            least = min(count, key=lambda sign: count[sign])
            out |= {at for at, sign in on_axis.items() if sign == least}
    return frozenset(out)


def _turned(text: str, at: int, *, chinese: bool) -> int:
    """Return −1 where a negation stands in the same clause right before a place."""
    before = re.split(r"[,;:.!?，、；。！？]|\bbut\b|\band\b", text[:at])[-1]
    near = before[-_REACH[chinese] :]
    found = NEGATION["zh" if chinese else "en"].findall(near)
    return -1 if (len(found) + len(_LESS.findall(near))) % 2 else 1


_LESS = re.compile(r"\bless\b")


_MOST_COMPARED = 40
"""Quotes of one theme, the most central, that are held against one another."""


def _by_clause(statements: Sequence[str]) -> frozenset[int]:
    """Return those that others' clauses deny, where more of the others do not."""
    few = list(statements[:_MOST_COMPARED])
    denied: Counter[int] = Counter()
    for at, other in may_oppose(few):
        if opposing(few[at], few[other]) is not None:
            denied[other] += 1
            denied[at] += 1
    # Who is opposed by most is the odd one; of two alone nobody can tell.
    out: set[int] = set()
    for at, count in denied.items():
        if count > 1 and count == max(denied.values()) and len(few) > count + 1:
            out.add(at)
    return frozenset(out) if 2 * len(out) < len(few) else frozenset()
