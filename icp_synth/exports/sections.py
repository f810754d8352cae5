"""The sections of a persona, the words its people use, the three empathy questions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from icp_synth.domain.profiles import Persona
from icp_synth.domain.sections import (
    EMPATHY,
    EVIDENCE_GROUPS,
    SECTIONS,
    Phrase,
    Section,
)
from icp_synth.exports.claims import ClaimShown
from icp_synth.exports.evidence import Evidence
from icp_synth.exports.people import Person
from icp_synth.exports.statements import Voices, voices
from icp_synth.exports.words import Words

_SINGLE = 1
"""Single voices that stand open in a section without a shared claim."""

_PHRASES = 12


@dataclass(frozen=True)
class SectionShown:
    """A section: the claims that stand in it, or single voices, or no evidence.

    Attributes:
        status: `evidence`, `single_voices` or `no_evidence`.
        heard: Single voices; empty where claims say it.
        people: How many said something of the sort; of `of`.
        rivals: Rival → people who speak of it.
        above: The question of the card that says all of it already; may be empty.
    """

    key: str
    title: str
    status: str
    claims: tuple[ClaimShown, ...]
    heard: Voices
    people: int
    of: int
    rivals: tuple[tuple[str, int], ...]
    above: str = ""


@dataclass(frozen=True)
class PhraseShown:
    """Words as they are said, and by whom.

    Attributes:
        language: Of the words.
        told: How many say them, in words; elsewhere too, where anybody else is.
    """

    text: str
    language: str
    n: int
    of: int
    elsewhere: int
    told: str
    who: tuple[Person, ...]


@dataclass(frozen=True)
class PersonaParts:
    """What a persona says beside its claims; all empty where nobody drafted it.

    Attributes:
        beside: There is somebody else, with whom its words are compared.
    """

    groups: tuple[SectionShown, ...]
    sections: tuple[SectionShown, ...]
    phrases: tuple[PhraseShown, ...]
    empathy: tuple[SectionShown, ...]
    beside: bool


def parts_of(
    persona: Persona,
    claims: Sequence[ClaimShown],
    evidence: Evidence,
    *,
    people: Mapping[str, Person],
    words: Words,
) -> PersonaParts:
    """Return the sections of a persona, the five groups of evidence first."""
    by_id = {one.claim.id: one for one in claims}
    among = set(persona.participants) or None

    def shown(group: str, key: str, section: Section) -> SectionShown:
        stated = tuple(by_id[name] for name in section.claims if name in by_id)
        single = () if stated else section.insights
        return SectionShown(
            key=key,
            title=words.named(group, key),
            status=section.status,
            claims=stated,
            heard=voices(single, evidence, among=among, visible=_SINGLE),
            people=len(section.participants),
            of=len(persona.participants),
            rivals=tuple((name, len(who)) for name, who in section.rivals.items()),
        )

    empathy = tuple(
        shown("empathy", key, persona.empathy[key])
        for key in EMPATHY
        if key in persona.empathy
    )
    inside = set(persona.participants)
    beside = any(name not in inside and not one.unheard for name, one in people.items())
    all_sections = [
        _below(shown("persona_section", key, persona.sections[key]), empathy)
        for key in SECTIONS
        if key in persona.sections
    ]
    return PersonaParts(
        groups=tuple(one for one in all_sections if one.key in EVIDENCE_GROUPS),
        sections=tuple(one for one in all_sections if one.key not in EVIDENCE_GROUPS),
        phrases=tuple(
            _phrase(
                one,
                evidence,
                people,
                words("phrase.said", k=one.n, n=one.of, others=one.elsewhere)
                if beside
                else words("count.of", k=one.n, n=one.of),
            )
            for one in persona.words[:_PHRASES]
        ),
        empathy=empathy,
        beside=beside,
    )


def _below(section: SectionShown, questions: Sequence[SectionShown]) -> SectionShown:
    """Point to the question that holds all that a section says, where one does."""
    said = {one.claim.id for one in section.claims}
    for question in questions:
        if said and said <= {one.claim.id for one in question.claims}:
            return replace(section, above=question.title)
    return section


def _phrase(
    phrase: Phrase, evidence: Evidence, people: Mapping[str, Person], told: str
) -> PhraseShown:
    place = phrase.places[0]
    text, language = evidence.slice(place.transcript, place.start, place.end)
    return PhraseShown(
        text=text,
        language=language,
        n=phrase.n,
        of=phrase.of,
        elsewhere=phrase.elsewhere,
        told=told,
        who=_known(phrase.participants, people),
    )


def _known(names: Collection[str], people: Mapping[str, Person]) -> tuple[Person, ...]:
    return tuple(people[name] for name in names if name in people)
