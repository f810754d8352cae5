"""Which words say alike things: "a freelance writer", "copywriter" and "a writer".

Whole values seldom agree, so words are compared by what they are about: jobs by their
last noun, trades by their words and by the shipped concepts of both languages, names
without spaces. What is listed in one breath ("Xero, payroll bureau") counts one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from icp_synth.domain.conditions import Conditional, Known, holds, matches, parts
from icp_synth.domain.fields import comparable
from icp_synth.embedding.concepts import in_characters, in_words
from icp_synth.embedding.embedded import weight_table
from icp_synth.embedding.words import is_cjk, pieces, traditional
from icp_synth.stages.draft.same_work import (
    head_of,
    is_compound,
    same_job,
    same_trade,
    share_a_word,
    unlike_trades,
)

_TRADES = frozenset({"industry"})
_JOBS = frozenset({"role"})
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
"""Letters: shorter words are of no trade, but for one less."""


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
        found = {head_of(part) for part in parts(value)}
    elif field in _TRADES:
        found = _about(value)
    else:
        found = {comparable(part).replace(" ", "") for part in parts(value)}
    return frozenset(found - {""}) or frozenset({comparable(value)})


def in_words_of(
    criterion: Conditional,
    field: str,
    values: Sequence[Known],
    *,
    written: bool = False,
) -> list[Known]:
    """Return what is known of a field, put in the words of a condition.

    People call one trade, and one job, by many names: what names all that the
    condition names is the condition's own word. Of any other trade nobody can tell, so
    it is left out, and so is a job, but where both are known to be different things (a
    musician is no writer). A figure, a tool and the like stay as they are.

    Args:
        criterion: A condition in words; any other changes nothing.
        field: Whose values they are.
        values: As said.
        written: Somebody set the condition beforehand: such a scope leaves out
            whatever is not alike, so that stays as it was said.

    Example:
        >>> from icp_synth.domain.conditions import Condition
        >>> trade = Condition(operator="in", value=("office cleaning",))
        >>> in_words_of(trade, "industry", ["we clean windows", "lifts"])
        ['office cleaning']
        >>> job = Condition(operator="in", value=("a writer",))
        >>> in_words_of(job, "role", ["author", "novelist", "musician"])
        ['a writer', 'musician']
    """
    if not _in_words(criterion, field):
        return list(values)
    wanted = _words(criterion)
    told: list[Known] = []
    for said in values:
        if matches(criterion, said):
            told.append(said)
            continue
        alike = [one for one in wanted if _alike(field, one, str(said))]
        if alike:
            told.append(alike[0])
        elif written or (field in _JOBS and _apart(wanted, str(said))):
            told.append(said)
    return told


def holds_in_words(
    criterion: Conditional, field: str, values: Sequence[Known]
) -> bool | None:
    """Tell whether a condition holds of a field, in whatever words it is told.

    Other words for a trade or job are a yes where they are alike, a no where all of
    them are clearly of something else, and tell nothing otherwise.

    Example:
        >>> from icp_synth.domain.conditions import Condition
        >>> trade = Condition(operator="in", value=("office cleaning",))
        >>> said = ("we clean windows", "lift repair", "cleaning products")
        >>> [holds_in_words(trade, "industry", [one]) for one in said]
        [True, False, None]
    """
    plain = holds(criterion, field, values)
    if plain is not False or not _in_words(criterion, field):
        return plain
    if holds(criterion, field, in_words_of(criterion, field, values)):
        return True
    wanted = _words(criterion)
    unlike = [
        _apart(wanted, str(said))
        if field in _JOBS
        else all(unlike_trades(one, str(said)) for one in wanted)
        for said in values
    ]
    return False if all(unlike) else None


def _in_words(criterion: Conditional, field: str) -> bool:
    return field in _TRADES | _JOBS and criterion.operator in {"=", "in"}


def _words(criterion: Conditional) -> list[str]:
    value = criterion.value
    return [str(one) for one in (value if isinstance(value, tuple) else (value,))]


def _alike(field: str, one: str, other: str) -> bool:
    return (same_job if field in _JOBS else same_trade)(one, other)


def _apart(wanted: Sequence[str], job: str) -> bool:
    """Tell whether a job is known to be about something else than some jobs."""
    theirs = frozenset().union(*map(_matters, wanted))
    mine = _matters(job)
    related = any(share_a_word(one, job) for one in wanted)
    return bool(mine and theirs) and not mine & theirs and not related


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
            (short for short in names if is_compound(name, short)),
            name,
        )
        for name in names
    }


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
