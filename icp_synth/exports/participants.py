"""The table of participants: who they are, and what they stated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from icp_synth.domain.profiles import Fact
from icp_synth.exports.evidence import Citation, Evidence
from icp_synth.exports.formatting import field_label, normal_in_words
from icp_synth.exports.people import Person
from icp_synth.exports.words import Words


@dataclass(frozen=True)
class FactShown:
    """A fact as said, its value in a form that can be compared, and its quote."""

    label: str
    value: str
    normal: str
    citation: Citation


@dataclass(frozen=True)
class ParticipantShown:
    """A row of the table of participants."""

    person: Person
    facts: tuple[FactShown, ...]

    @property
    def known_as(self) -> str:
        """The whole name, where what is shown is no part of it; else nothing."""
        return "" if self.person.name in self.person.id else self.person.id


@dataclass(frozen=True)
class Participants:
    """The table; `columns` are those of which anything is known of anyone."""

    columns: tuple[str, ...]
    rows: tuple[ParticipantShown, ...]


def participants_of(
    people: Mapping[str, Person], evidence: Evidence, words: Words
) -> Participants:
    """Return everybody, in the order of synthesis.json.

    Args:
        people: Participants by name.
        evidence: Cuts the quotes of their facts.
        words: The report's language.
    """
    return Participants(
        columns=tuple(_columns(people)),
        rows=tuple(
            ParticipantShown(person, tuple(_facts(person, evidence, words)))
            for person in people.values()
        ),
    )


def _columns(people: Mapping[str, Person]) -> Iterator[str]:
    if any(person.group for person in people.values()):
        yield "group"
    if any(person.role for person in people.values()):
        yield "company"
    if len({person.segment for person in people.values()}) > 1:
        yield "segment"


def _facts(person: Person, evidence: Evidence, words: Words) -> Iterator[FactShown]:
    for field, facts in sorted(person.entry.facts.items()):
        for fact in facts:
            yield FactShown(
                label=field_label(field, words),
                value=fact.value,
                normal=normal_in_words(fact.normal, words, field),
                citation=_first_quote(fact, evidence),
            )


def _first_quote(fact: Fact, evidence: Evidence) -> Citation:
    insight = evidence.insight(fact.insights[0])
    return evidence.cite(insight, insight.quotes[0])
