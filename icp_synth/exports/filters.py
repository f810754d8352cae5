"""The people of a report by group, company and role: what its filters choose from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from icp_synth.exports.people import Person
from icp_synth.exports.words import Words

FIELDS = ("group", "company", "role")


@dataclass(frozen=True)
class Filter:
    """A choice: (value, how it is called, people), in order."""

    field: str
    label: str
    options: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class Filters:
    """The filters that divide these people; empty where nothing does."""

    each: tuple[Filter, ...]


def filters_of(people: Collection[Person], words: Words) -> Filters:
    """Return a filter for each field in which at least two values are known."""
    found = (_filter(field, people, words) for field in FIELDS)
    return Filters(tuple(one for one in found if len(one.options) > 1))


def _filter(field: str, people: Collection[Person], words: Words) -> Filter:
    counts: dict[str, int] = {}
    labels: dict[str, str] = {}
    for person in people:
        value = value_of(person, field)
        if value:
            counts[value] = counts.get(value, 0) + 1
            labels[value] = person.group if field == "group" else value
    ordered = sorted(counts, key=lambda value: (-counts[value], value))
    return Filter(
        field=field,
        label=words(f"filter.{field}"),
        options=tuple((value, labels[value], counts[value]) for value in ordered),
    )


def value_of(person: Person, field: str) -> str:
    """Return what is known of a person in a field, or nothing."""
    entry = person.entry
    known = {"group": entry.group, "company": entry.company, "role": entry.job}
    return known[field] or ""
