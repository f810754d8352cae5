"""ICPs, personas and loose claims as a report shows them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from icp_synth.domain.profiles import Claim, Icp, Persona, Synthesis
from icp_synth.exports.evidence import Evidence
from icp_synth.exports.formatting import (
    criterion_value,
    field_kind,
    field_label,
    flat,
)
from icp_synth.exports.people import Person, anchor
from icp_synth.exports.statements import Said, Voices, title, voices
from icp_synth.exports.words import Words

LEAST_PEOPLE = 3
"""People who must share two themes before anything is drafted (design)."""

PARTS = ("trait", "pain", "motivation", "other")


@dataclass(frozen=True)
class ClaimShown:
    """A claim with its people.

    Attributes:
        k: Supporters within the card's group; of `n`. Equal to `supports` and `of`
            for a claim about the whole study.
        supports: Supporters in the whole study; with the next three it is a
            partition of the study's `of` participants.
    """

    claim: Claim
    label: str
    part: str
    said: Said
    k: int
    n: int
    supports: int
    contradicts: int
    silent: int
    unjudged: int
    of: int
    voices: Voices
    counter: Voices


@dataclass(frozen=True)
class CriterionShown:
    """A row of an ICP's table of conditions, in words."""

    field: str
    operator: str
    value: str
    status: str
    known: int
    of: int
    effect: str
    weight: float | None


@dataclass(frozen=True)
class Card:
    """An ICP or a persona.

    Attributes:
        what: In words: the kind of card, or the persona's type.
        size: How many companies and people, in words.
        links: Anchors and names of the cards on the other side.
        parts: Claims by part of the card, empty parts left out.
        reason: Why nothing is drafted; empty where something is.
    """

    id: str
    anchor: str
    name: Said
    status: str
    what: str
    size: str
    merged_into: str | None
    members: tuple[Person, ...]
    criteria: tuple[CriterionShown, ...]
    parts: tuple[tuple[str, tuple[ClaimShown, ...]], ...]
    signals: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]
    reason: str


class CardMaker:
    """Turns the cards of a synthesis into what is shown.

    Args:
        synthesis: Where the cards are from.
        evidence: Cuts and numbers the quotes.
        people: Participants by name.
        words: The report's language.
    """

    def __init__(
        self,
        synthesis: Synthesis,
        evidence: Evidence,
        *,
        people: dict[str, Person],
        words: Words,
    ) -> None:
        self._synthesis = synthesis
        self._evidence = evidence
        self._people = people
        self._words = words
        self._segments = {segment.id: segment for segment in synthesis.segments}

    def icp(self, icp: Icp) -> Card:
        """Return an ICP's card; its people are those of its segment."""
        segment = self._segments.get(icp.segment or "")
        members = segment.participants if segment else ()
        personas = {persona.id: persona for persona in self._synthesis.personas}
        linked = [personas[name] for name in icp.personas if name in personas]
        card = self._card(icp, "icp", members)
        companies = self._words.count("count.companies", icp.n)
        return replace(
            card,
            size=f"{companies}, {card.size}" if icp.type == "account" else card.size,
            what=self._words(f"card.{icp.type}"),
            # Nothing is drafted where there is too little, conditions neither.
            criteria=() if card.reason else self._criteria(icp),
            signals=_signals(icp, self._words),
            links=_links("persona", linked),
        )

    def persona(self, persona: Persona) -> Card:
        """Return a persona's card."""
        icps = {icp.id: icp for icp in self._synthesis.icps}
        linked = [icps[name] for name in persona.icps if name in icps]
        card = self._card(persona, "persona", persona.participants)
        return replace(
            card,
            what=self._words(f"type.{persona.type}"),
            links=_links("icp", linked),
        )

    def claims(self, claims: Sequence[Claim]) -> tuple[ClaimShown, ...]:
        """Return claims about the whole study."""
        return tuple(self._claim(claim, None) for claim in claims)

    def _card(self, card: Icp | Persona, kind: str, members: Sequence[str]) -> Card:
        group = set(members) or None
        everybody = self._synthesis.frame.participants
        claims = [self._claim(claim, group) for claim in card.claims]
        parts = [(part, tuple(c for c in claims if c.part == part)) for part in PARTS]
        cited = [name for claim in card.claims for name in claim.insights]
        return Card(
            id=card.id,
            anchor=anchor(kind, card.id),
            name=self._name(card, cited),
            status=card.status,
            what="",
            size=self._words.count("count.people", len(members) or everybody),
            merged_into=card.merged_into,
            members=tuple(self._people[m] for m in members if m in self._people),
            criteria=(),
            parts=tuple((part, each) for part, each in parts if each),
            signals=(),
            links=(),
            reason=self._reason(card, len(members) or everybody),
        )

    def _name(self, card: Icp | Persona, cited: list[str]) -> Said:
        if card.status == "too_little":
            return Said(self._words("card.too_little"), None, None)
        return title(card.name, cited, self._evidence)

    def _reason(self, card: Icp | Persona, people: int) -> str:
        if card.status != "too_little":
            return ""
        few = "people" if people < LEAST_PEOPLE else "themes"
        counted = self._words.count("count.people", people)
        return self._words(f"card.too_few_{few}", n=counted)

    def _claim(self, claim: Claim, group: Collection[str] | None) -> ClaimShown:
        said = title(claim.text, claim.insights, self._evidence)
        of = self._synthesis.frame.participants
        inside = [name for name in claim.supports if group is None or name in group]
        return ClaimShown(
            claim=claim,
            label=field_label(claim.field, self._words),
            part=field_kind(claim.field),
            said=said,
            k=len(inside),
            n=of if group is None else len(group),
            supports=len(claim.supports),
            contradicts=len(claim.contradicts),
            silent=len(claim.silent),
            unjudged=len(claim.unjudged),
            of=of,
            voices=voices(
                claim.insights,
                self._evidence,
                among=group,
                without=said.citation,
                visible=1,
            ),
            counter=voices(claim.counter, self._evidence, visible=1),
        )

    def _criteria(self, icp: Icp) -> tuple[CriterionShown, ...]:
        words = self._words
        return tuple(
            CriterionShown(
                field=field_label(row.field, words),
                operator=words.named("operator", row.operator),
                value=criterion_value(row, words),
                status=row.status,
                known=row.coverage.known,
                of=row.coverage.of,
                effect=row.effect,
                weight=row.weight,
            )
            for row in icp.criteria
        )


def _links(kind: str, cards: Sequence[Icp | Persona]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (anchor(kind, card.id), card.name)
        for card in cards
        if card.status != "too_little"
    )


def _signals(icp: Icp, words: Words) -> tuple[tuple[str, str], ...]:
    return tuple(
        (" · ".join((words.named("signal", path[0]), *path[1:])), value)
        for path, value in flat(icp.signals)
    )
