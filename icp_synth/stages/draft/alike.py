"""Which words say alike things: "a freelance writer", "copywriter" and "a writer".

Whole values seldom agree, so words are compared by what they are about: jobs by their
last noun, trades by their words and by the shipped concepts of both languages, names
without spaces. What is listed in one breath ("Xero, payroll bureau") counts one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from icp_synth.domain.conditions import Conditional, Known, matches, parts
from icp_synth.domain.fields import comparable
from icp_synth.embedding.concepts import in_characters, in_words
from icp_synth.embedding.embedded import weight_table
from icp_synth.embedding.words import is_cjk, pieces, traditional

_TRADES = frozenset({"industry"})
_JOBS = frozenset({"role"})
_BEHIND_HEAD = re.compile(r"\b(?:of|at|for|in|on|with|who|that|and)\b.*")
_NO_KIND = frozenset(
    {
        *("company", "firm", "business", "shop", "service", "practice", "industry"),
        *("sector", "trade", "small", "large", "family", "local", "commercial", "do"),
        *("mostly", "mainly", "almost", "exclusively", "really", "whole", "bit", "lot"),
        *("work", "make", "sell", "build", "office", "run", "people", "customer"),
        *("client", "half", "small-scale", "private", "public", "general", "part"),
    }
)
"""What firms of every kind are, have or do."""
_GENERAL = frozenset({"customer", "team", "office_work", "boss", "number", "company"})
"""Concepts of every kind of firm."""
_ANY_JOB = frozenset({"boss", "family_business", "employee", "staff"})
"""Concepts of owners, managers and staff, whatever the firm does."""
_LIGHT = 0.5
"""Weight of words such as "and", "the", "from": they are of no trade."""
_SHORT = 4
"""Letters: a shorter noun is looked for at the end of no other one."""


def keys_of(field: str, value: str) -> frozenset[str]:
    """Return what a value has in common with alike ones.

    Args:
        field: A profile field whose values are words.
        value: As said.

    Example:
        >>> sorted(keys_of("role", "a freelance writer and editor"))
        ['editor', 'writer']
        >>> keys_of("industry", "office cleaning") & keys_of("industry", "we clean")
        frozenset({'clean'})
    """
    if field in _JOBS:
        found = {_head(part) for part in parts(value)}
    elif field in _TRADES:
        found = _about(value)
    else:
        found = {comparable(part).replace(" ", "") for part in parts(value)}
    return frozenset(found - {""}) or frozenset({comparable(value)})


def in_words_of(
    criterion: Conditional, field: str, values: Sequence[Known]
) -> list[Known]:
    """Return what is known of a field, put in the words of a condition.

    People call one trade, and one job, by many names: what is alike is the condition's
    own word. Of a trade that shares nothing with it nobody can tell, so it is left
    out, and so is a job, but where both are known to be different things (a musician
    is no writer). A figure, a tool and the like stay as they are.

    Args:
        criterion: A condition in words; any other changes nothing.
        field: Whose values they are.
        values: As said.

    Example:
        >>> from icp_synth.domain.conditions import Condition
        >>> trade = Condition(operator="in", value=("office cleaning",))
        >>> in_words_of(trade, "industry", ["we clean windows", "lifts"])
        ['office cleaning']
        >>> job = Condition(operator="in", value=("a writer",))
        >>> in_words_of(job, "role", ["author", "novelist", "musician"])
        ['a writer', 'musician']
    """
    if field not in _TRADES | _JOBS or criterion.operator not in {"=", "in"}:
        return list(values)
    value = criterion.value
    wanted = [str(one) for one in (value if isinstance(value, tuple) else (value,))]
    told: list[Known] = []
    for said in values:
        if matches(criterion, said):
            told.append(said)
            continue
        alike = [one for one in wanted if _alike(field, one, str(said))]
        if alike:
            told.append(alike[0])
        elif field in _JOBS and _apart(wanted, str(said)):
            told.append(said)
    return told


def _alike(field: str, one: str, other: str) -> bool:
    mine, theirs = keys_of(field, one), keys_of(field, other)
    under = merged((*mine, *theirs), field)
    if {under[key] for key in mine} & {under[key] for key in theirs}:
        return True
    return field in _JOBS and bool(_matters(one) & _matters(other))


def _apart(wanted: Sequence[str], job: str) -> bool:
    """Tell whether a job is known to be about something else than some jobs."""
    theirs = frozenset().union(*map(_matters, wanted))
    mine = _matters(job)
    return bool(mine and theirs) and not mine & theirs


def _matters(job: str) -> frozenset[str]:
    """Return the concepts that a job's last noun names, but those of any firm."""
    found = [
        name
        for key in keys_of("role", job)
        for name in (*in_words(pieces(key)), *in_characters(key, set()))
    ]
    return frozenset(found) - _GENERAL - _ANY_JOB


def merged(keys: Iterable[str], field: str) -> dict[str, str]:
    """Return key → the key it stands under: a "copywriter" is a "writer".

    Only jobs are put under one another, and only where both are there.
    """
    names = sorted(set(keys), key=lambda key: (len(key), key))
    if field not in _JOBS:
        return {name: name for name in names}
    return {
        name: next(
            (
                short
                for short in names
                if len(short) >= _SHORT and name != short and name.endswith(short)
            ),
            name,
        )
        for name in names
    }


def _head(part: str) -> str:
    """Return the last noun of a job: whatever stands before it tells which one."""
    words = comparable(_BEHIND_HEAD.sub("", part.casefold())) or comparable(part)
    last = (words.split() or [""])[-1].rpartition("-")[2]
    return last[-2:] if last and is_cjk(last) else last


def _about(value: str) -> set[str]:
    """Return the words of a trade, as stems, and the concepts that they name."""
    latin = [stem for stem in pieces(value) if not is_cjk(stem)]
    runs = re.findall(r"[\u3400-\u9fff]+", traditional(value))
    weights = weight_table().english
    words = {
        stem
        for stem in latin
        if len(stem) >= _SHORT - 1 and weights.get(stem, 1.0) > _LIGHT
    } - _STEMS
    concepts = [
        *in_words(latin),
        *(c for run in runs for c in in_characters(run, set())),
    ]
    return words | {f"#{name}" for name in set(concepts) - _GENERAL}


_STEMS = frozenset(stem for word in _NO_KIND for stem in pieces(word))
