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
from icp_synth.domain.theme_of import theme_finder
from icp_synth.domain.themes import Theme
from icp_synth.exports.claims import ClaimShown, by_people
from icp_synth.exports.evidence import Evidence
from icp_synth.exports.people import Person
from icp_synth.exports.statements import NOBODY, Said, Voices, stands_for, title, voices
from icp_synth.exports.words import Words

_SINGLE = 1
"""Single voices that stand open in a section without a shared claim."""

_SEVERAL = 2
_THEMES = 4
"""Shared themes that a section without a claim names, most people first."""

_PHRASES = 12

_OF_BUYING = frozenset({"buying_role", "purchase_pattern", "channels", "avoid_saying"})
"""Sections about buying a product; where none is named they have no subject."""


@dataclass(frozen=True)
class SectionShown:
    """A section: the claims that stand in it, or single voices, or no evidence.

    Attributes:
        status: `evidence`, `single_voices` or `no_evidence`.
        heard: Single voices; empty where claims say it.
        people: How many said something of the sort; of `of`.
        rivals: Rival → people who speak of it.
        shared: (name, people) of themes that two or more of these people share, of
            `of`; by the claim of the card that is made of the theme, where one is.
        others: What is held against a rival or another product.
        above: The question of the card that says all of it already; may be empty.
        repeated: Claims that an earlier question of the card shows, and not this one.
    """

    key: str
    title: str
    status: str
    claims: tuple[ClaimShown, ...]
    heard: Voices
    people: int
    of: int
    rivals: tuple[tuple[str, int], ...]
    shared: tuple[tuple[Said, int], ...] = ()
    others: Voices = NOBODY
    above: str = ""
    repeated: int = 0


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
    sold: bool = True,
    themes: Sequence[Theme] = (),
) -> PersonaParts:
    """Return the sections of a persona, the five groups of evidence first.

    Args:
        persona: As drafted.
        claims: Those of its card.
        evidence: Cuts the quotes.
        people: Participants by name.
        words: The report's language.
        sold: Whether there is a product that anything about buying is about.
        themes: Of the study.
    """
    by_id = {one.claim.id: one for one in claims}
    among = set(persona.participants) or None
    theme_of = theme_finder(themes)
    own: dict[str, ClaimShown] = {}
    for one in claims:
        theme = None if one.fact else theme_of(one.claim.insights)
        if theme is not None:
            own.setdefault(theme.id, one)

    def shown(group: str, key: str, section: Section) -> SectionShown:
        stated = by_people([by_id[name] for name in section.claims if name in by_id])
        shared, single = ((), ()) if stated else _shared(section, themes, evidence)
        return SectionShown(
            key=key,
            title=words.named(group, key),
            status="evidence" if shared else section.status,
            claims=stated,
            heard=voices(single, evidence, among=among, visible=_SINGLE, once=True),
            shared=tuple(
                (own[one.id].said, own[one.id].k)
                if one.id in own
                else _named(one, section, persona.participants, evidence=evidence)
                for one, _ in shared
            ),
            others=voices(section.others, evidence, among=among, visible=0),
            people=len(section.participants),
            of=len(persona.participants),
            rivals=tuple((name, len(who)) for name, who in section.rivals.items()),
        )

    empathy: tuple[SectionShown, ...] = ()
    for key in EMPATHY:
        if key in persona.empathy:
            asked = shown("empathy", key, persona.empathy[key])
            empathy += (_once(_below(asked, empathy), empathy),)
    inside = set(persona.participants)
    beside = any(name not in inside and not one.unheard for name, one in people.items())
    all_sections = [
        _below(shown("persona_section", key, persona.sections[key]), empathy)
        for key in SECTIONS
        if key in persona.sections and (sold or key not in _OF_BUYING)
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


def _shared(
    section: Section, themes: Sequence[Theme], evidence: Evidence
) -> tuple[tuple[tuple[Theme, int], ...], tuple[str, ...]]:
    """Return themes that two or more share here, and what stands in none of them."""
    held = set(section.insights)
    who = {name: evidence.insight(name).participant for name in held}
    found = []
    for theme in themes:
        people = {who[name] for name in theme.insights if name in held}
        if len(people) >= _SEVERAL:
            found.append((theme, len(people)))
    found.sort(key=lambda pair: (-pair[1], pair[0].id))
    inside = {name for theme, _ in found for name in theme.insights}
    alone = tuple(name for name in section.insights if name not in inside)
    return tuple(found[:_THEMES]), alone


def _named(
    theme: Theme,
    section: Section,
    group: Collection[str],
    *,
    evidence: Evidence,
) -> tuple[Said, int]:
    """Return what a theme without a claim is called on a card, and how many share it.

    One that goes by somebody's words goes by those of one of the group. The card's
    claim of a theme says it in its own words and counts the same people.
    """
    members = set(theme.insights)
    n = len(set(theme.participants).intersection(group))
    said = title(theme.label, theme.insights, evidence)
    own = next((one for one in section.insights if one in members), None)
    if (said.example or said.citation) and own is not None:
        said = title(evidence.insight(own).statement, [own], evidence)
    return stands_for(said, n), n


def _below(section: SectionShown, questions: Sequence[SectionShown]) -> SectionShown:
    """Point to the question that holds all that a section says, where one does."""
    said = _held(section)
    for question in questions:
        if said and said <= _held(question):
            return replace(section, above=question.above or question.title)
    return section


def _once(section: SectionShown, earlier: Sequence[SectionShown]) -> SectionShown:
    """Return a question without the claims that an earlier one shows."""
    shown = {one.claim.id for each in earlier for one in each.claims}
    left = tuple(one for one in section.claims if one.claim.id not in shown)
    if section.above or len(left) == len(section.claims):
        return section
    return replace(section, claims=left, repeated=len(section.claims) - len(left))


def _held(section: SectionShown) -> set[str]:
    """Return what a section says: its claims, or the quotes that stand alone."""
    claims = {one.claim.id for one in section.claims}
    return claims or {one.key for one in section.heard.all}


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
