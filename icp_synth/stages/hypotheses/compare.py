"""Compare one person's facts with what a hypothesis says of the field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from icp_synth.domain.conditions import SEVERAL_VALUES
from icp_synth.domain.fields import PROFILE_FIELDS, ProfileField, comparable
from icp_synth.domain.hypotheses import Hypothesis
from icp_synth.domain.profiles import Fact
from icp_synth.domain.units import factor

Outcome = Literal["supports", "contradicts", "unclear"]


def compared(hypothesis: Hypothesis, facts: Sequence[Fact]) -> tuple[Outcome, Fact]:
    """Compare the facts that one person gave of the hypothesis's field.

    Args:
        hypothesis: Any but one that `says` something.
        facts: At least one, in the order in which they were said. Of figures the
            last counts, since speakers correct themselves.

    Returns:
        What they say of it, and the fact that says so.
    """
    known = PROFILE_FIELDS.get(hypothesis.field)
    if known is not None and known.type in {"number", "money"}:
        return _figure(hypothesis, known, facts[-1]), facts[-1]
    return _words(hypothesis, facts)


def _words(hypothesis: Hypothesis, facts: Sequence[Fact]) -> tuple[Outcome, Fact]:
    named = [comparable(word) for word in hypothesis.words()]
    hits = [fact for fact in facts if _says(comparable(fact.value), named)]
    vague = [fact for fact in facts if _is_vaguer(comparable(fact.value), named)]
    if hits:
        against = hypothesis.operator == "not in"
        return ("contradicts" if against else "supports"), hits[0]
    if vague:
        # A "director" may be the marketing director, or not.
        return "unclear", vague[0]
    if hypothesis.operator == "not in":
        return "supports", facts[0]
    several = (
        hypothesis.field in SEVERAL_VALUES or hypothesis.field not in PROFILE_FIELDS
    )
    return ("unclear" if several else "contradicts"), facts[-1]


def _says(value: str, named: Sequence[str]) -> bool:
    """Tell whether a value is one of the words, or says one of them and more."""
    return any(_within(word, value) for word in named)


def _is_vaguer(value: str, named: Sequence[str]) -> bool:
    """Tell whether a value says a part of one of the words."""
    return any(_within(value, word) for word in named)


def _within(part: str, whole: str) -> bool:
    """Tell whether all words of one stand in the other in a row, plurals alike.

    Example:
        >>> _within("gym", "gyms and pools"), _within("gym", "gymkhana")
        (True, False)
    """
    if re.search("[㐀-鿿]", part):
        return part in whole
    inner, outer = ([_stem(word) for word in text.split()] for text in (part, whole))
    size = len(inner)
    return any(outer[at : at + size] == inner for at in range(len(outer) - size + 1))


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def _figure(hypothesis: Hypothesis, known: ProfileField, fact: Fact) -> Outcome:
    if fact.normal is None:
        return "unclear"
    scale = factor(hypothesis.unit, fact.normal, known.name)
    ends = [end for end in (fact.normal.low, fact.normal.high) if end is not None]
    if scale is None or not ends:
        return "unclear"
    low = float("-inf") if fact.normal.low is None else fact.normal.low * scale
    high = float("inf") if fact.normal.high is None else fact.normal.high * scale
    least, most = _wanted(hypothesis)
    if least <= low and high <= most:
        return "supports"
    return "contradicts" if high < least or low > most else "unclear"


def _wanted(hypothesis: Hypothesis) -> tuple[float, float]:
    value = hypothesis.value
    if isinstance(value, tuple):
        return float(value[0]), float(value[1])
    figure = float(value)
    least = float("-inf") if hypothesis.operator == "<=" else figure
    most = float("inf") if hypothesis.operator == ">=" else figure
    return least, most
