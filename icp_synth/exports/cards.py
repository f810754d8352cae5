"""ICPs, personas and negative ICPs as a report shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from icp_synth.domain.profiles import (
    Claim,
    Icp,
    NegativeIcp,
    Persona,
    Synthesis,
    persona_type,
)
from icp_synth.domain.scorecards import Scorecard
from icp_synth.domain.source_kinds import source_kind_of
from icp_synth.exports.card import Card, at, behind, sure_of_own, without
from icp_synth.exports.claims import ClaimMaker, ClaimShown, by_people
from icp_synth.exports.conditions import (
    Held,
    criteria_of,
    refused_of,
    tiers_of,
)
from icp_synth.exports.evidence import Evidence
from icp_synth.exports.fit_signals import signals_of
from icp_synth.exports.flags import flags_of
from icp_synth.exports.frame import (
    nobody_drafted_from,
    with_pointer,
    with_unquoted,
)
from icp_synth.exports.made import names_no_product
from icp_synth.exports.negatives import negative_of
from icp_synth.exports.people import Person, anchor
from icp_synth.exports.sections import parts_of
from icp_synth.exports.statements import Said
from icp_synth.exports.steadiness import doubt, held_by, steadiness
from icp_synth.exports.titles import Title, title_of
from icp_synth.exports.words import Words

LEAST_PEOPLE = 3
"""People who must share two themes before anything is drafted (design)."""

PARTS = ("trait", "pain", "motivation", "other")


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
        self._places = {one.id: at for at, one in enumerate(synthesis.segments)}
        self._sold = not names_no_product(synthesis.manifest)
        kinds = {source_kind_of(one.source_kind) for one in synthesis.transcripts}
        self._claims = ClaimMaker(
            evidence,
            of=synthesis.frame.participants,
            words=words,
            mixed=len(kinds) > 1,
            flagged=flags_of(synthesis.coverage, words),
            themes=synthesis.themes,
        )

    def icp(self, icp: Icp) -> Card:
        """Return an ICP's card; its people are its own, or those of its segment."""
        segment = self._segments.get(icp.segment or "")
        members = icp.participants or (segment.participants if segment else ())
        assumed = icp.origin == "hypotheses"
        personas = {persona.id: persona for persona in self._synthesis.personas}
        linked = [personas[name] for name in icp.personas if name in personas]
        card = self._card(icp, "icp", members, assumed=assumed)
        companies = self._words.count("count.companies", icp.n)
        card = replace(
            card,
            size=self._words("signal.joint").join((companies, card.size))
            if icp.type == "account"
            else card.size,
            what=self._words(f"card.{icp.type}"),
            assumed=assumed,
            type=self._type(len(members)),
            links=self._links("persona", linked),
        )
        card = self._drafted_from(card, icp.segment, scored=bool(icp.scorecard.rows))
        # Nothing is drafted where there is too little, conditions neither.
        return card if card.reason else self._checkable(icp, card, members)

    def _drafted_from(
        self, card: Card, segment: str | None, *, scored: bool = False
    ) -> Card:
        """Return a card with its segment's place, and with how well that one holds."""
        found = self._segments.get(segment or "")
        if found is None or card.reason:
            return replace(card, segment=self._places.get(segment or ""))
        words = self._words
        return replace(
            card,
            segment=self._places[found.id],
            steady=held_by(found, words) or steadiness(found, words),
            doubt=doubt(found, words, scored=scored and self._sold),
        )

    def _checkable(self, icp: Icp, card: Card, members: Sequence[str]) -> Card:
        words = self._words
        if not self._sold:  # Nobody can be fit to buy what is not named.
            icp = icp.model_copy(update={"signals": {}, "scorecard": Scorecard()})
        signals = signals_of(icp, self._evidence, words, among=set(members) or None)
        criteria, scorecard = criteria_of(icp, self._held(icp, card, members), words)
        backing = {one.claim for one in icp.criteria}
        return replace(
            card,
            parts=tuple(
                (part, tuple(behind(one, backing) for one in claims))
                for part, claims in card.parts
            ),
            criteria=criteria,
            refused=refused_of(icp, words),
            signals=tuple(one for one in signals if not one.quiet),
            quiet=tuple(one.label for one in signals if one.quiet),
            scorecard=scorecard,
            tiers=tuple(
                (words.named("tier", name), f"{least:g}")
                for name, least in tiers_of(icp).items()
            )
            if icp.scorecard.rows
            else (),
        )

    def _held(self, icp: Icp, card: Card, members: Sequence[str]) -> Mapping[str, Held]:
        """Return for whom each claim holds, companies of an ICP of companies."""
        inside = set(members)
        unit = {
            name: person.entry.company or name if icp.type == "account" else name
            for name, person in self._people.items()
        }
        return {
            one.claim.id: Held(
                one.anchor,
                frozenset(
                    unit.get(name, name)
                    for name in one.claim.supports
                    if not inside or name in inside
                ),
            )
            for one in card.claims
        }

    def persona(self, persona: Persona, *, kind: str = "persona") -> Card:
        """Return a persona's card."""
        icps = {icp.id: icp for icp in self._synthesis.icps}
        linked = [icps[name] for name in persona.icps if name in icps]
        card = self._card(persona, kind, persona.participants)
        twin = None if card.reason else self._twin(persona, linked)
        said = {claim.id for claim in twin.claims} if twin else set[str]()
        parts = parts_of(
            persona,
            [
                at(one, anchor("icp", twin.id))
                if twin and one.claim.id in said
                # The profile of the same people shows it: point there.
                else one
                for one in card.claims
            ],
            self._evidence,
            people=self._people,
            words=self._words,
            sold=self._sold,
            themes=self._synthesis.themes,
        )
        places = [icp.segment for icp in linked if icp.segment in self._places]
        return replace(
            self._drafted_from(card, next(iter(places), None)),
            what=self._words(f"type.{persona.type}"),
            links=self._links("icp", linked),
            parts=without(card.parts, said),
            twin=next(iter(self._links("icp", [twin] if twin else [])), None),
            persona=parts if persona.sections and not card.reason else None,
        )

    def negative(self, negative: NegativeIcp) -> tuple[Card, ...]:
        """Return the card of a negative ICP, and of its persona where there is one."""
        card = self.icp(negative)
        parts = negative_of(
            negative,
            card.claims,
            self._evidence,
            icps=self.names(),
            words=self._words,
        )
        if card.reason:
            named = Said(self._words(f"exclusion.{negative.reason.code}"), None, None)
            card = replace(card, name=Title(named))
        if parts.why == card.name.said.text:  # The title says it.
            parts = replace(parts, why="")
        card = replace(
            card, kind="negative", negative=parts, parts=sure_of_own(card.parts)
        )
        if negative.persona is None or negative.persona.status == "too_little":
            return (card,)
        persona = self.persona(negative.persona, kind="not-persona")
        what = self._words("card.negative_persona")
        return card, replace(persona, what=f"{what} · {persona.what}")

    def names(self) -> Mapping[str, tuple[str, str]]:
        """Return anchor and name of each ICP that was drafted, by id."""
        drafted = [icp for icp in self._synthesis.icps if icp.status != "too_little"]
        named = self._links("icp", drafted)
        return dict(zip([icp.id for icp in drafted], named, strict=True))

    def claims(self, claims: Sequence[Claim]) -> tuple[ClaimShown, ...]:
        """Return claims about the whole study."""
        return self._claims.claims(claims)

    def _card(
        self,
        card: Icp | Persona,
        kind: str,
        members: Sequence[str],
        *,
        assumed: bool = False,
    ) -> Card:
        """Return what all cards have; one without people speaks of everybody.

        Not so what was assumed: where nobody belongs to it, it has nobody.
        """
        everybody = 0 if assumed else self._synthesis.frame.participants
        place = anchor(kind, card.id)
        claims = by_people(
            self._claims.claims(card.claims, set(members) or None, card=place)
        )
        parts = [(part, tuple(c for c in claims if c.part == part)) for part in PARTS]
        return Card(
            id=card.id,
            kind=kind,
            anchor=place,
            name=title_of(card, self._evidence, self._words),
            status=card.status,
            what="",
            size=self._size(members, everybody),
            merged_into=card.merged_into,
            members=tuple(self._people[m] for m in members if m in self._people),
            parts=tuple((part, each) for part, each in parts if each),
            reason=self._reason(card, len(members) or everybody),
        )

    def _twin(self, persona: Persona, linked: Sequence[Icp]) -> Icp | None:
        """Return the drafted ICP of the very same people, if there is one."""
        inside = set(persona.participants)
        for icp in linked:
            segment = self._segments.get(icp.segment or "")
            people = icp.participants or (segment.participants if segment else ())
            if inside and inside == set(people) and icp.status != "too_little":
                return icp
        return None

    def _type(self, people: int) -> str:
        return self._words(f"type.{persona_type(people)}") if people else ""

    def _size(self, members: Sequence[str], everybody: int) -> str:
        """Return how many people a card is about, and how many may not be quoted."""
        unquoted = set(self._synthesis.frame.unquoted)
        if members or not everybody:
            unquoted.intersection_update(members)
        people = self._words.count("count.people", len(members) or everybody)
        return with_unquoted(people, len(unquoted), self._words)

    def _links(
        self, kind: str, cards: Sequence[Icp | Persona]
    ) -> tuple[tuple[str, str], ...]:
        return tuple(
            (anchor(kind, card.id), title_of(card, self._evidence, self._words).plain)
            for card in cards
            if card.status != "too_little"
        )

    def _reason(self, card: Icp | Persona, people: int) -> str:
        if card.status != "too_little":
            return ""
        if nobody_drafted_from(self._synthesis):
            counted = self._words.count("count.people", people)
            why = self._words("card.nobody_left", n=counted)
            return with_pointer(why, self._synthesis, self._words)
        few = "people" if people < LEAST_PEOPLE else "themes"
        counted = self._words.count("count.people", people)
        return self._words(f"card.too_few_{few}", n=counted)
