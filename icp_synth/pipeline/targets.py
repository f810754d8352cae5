"""Who the product is for, and who not: audience, ICPs, personas, negative ICPs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from icp_synth.analysts.protocol import Wordings
from icp_synth.domain.fields import PROFILE_FIELDS
from icp_synth.domain.fit import Fit, Overlap
from icp_synth.domain.ids import content_id
from icp_synth.domain.profiles import (
    Audience,
    Claim,
    Icp,
    NegativeIcp,
    Persona,
    persona_type,
)
from icp_synth.pipeline.asked import about_of
from icp_synth.pipeline.criteria import Asking
from icp_synth.pipeline.publishing import publishable
from icp_synth.pipeline.synthesis import findings
from icp_synth.pipeline.work import Work
from icp_synth.stages.draft import Profile
from icp_synth.stages.draft.audience import audience_claims
from icp_synth.stages.draft.claims import claim_id
from icp_synth.stages.draft.exclusions import (
    Excluded,
    exclusion_of,
    find_excluded,
)
from icp_synth.stages.draft.overlaps import (
    fits_of,
    icps_by_fit,
    overlaps_of,
)
from icp_synth.stages.draft.phrases import Phrasebook
from icp_synth.stages.draft.readmissions import readmissions_of
from icp_synth.stages.draft.reasons import place
from icp_synth.stages.draft.referrals import referral_of
from icp_synth.stages.draft.sections import empathy_of, sections_of
from icp_synth.stages.draft.signals import signals_of

Entry = tuple[Profile, str | None, tuple[Claim, ...]]
"""A profile, its title, and its claims, most support first."""

NEGATIVE = "negative"
"""The kind under which names of negative ICPs and personas are kept."""


class Ids(NamedTuple):
    """The names of one set of people who are not ideal."""

    icp: str
    persona: str


class Whole(NamedTuple):
    """Everything about who it is for, as published.

    Attributes:
        counts: Refused criteria by code, for the coverage.
    """

    audience: Audience
    icps: tuple[Icp, ...]
    personas: tuple[Persona, ...]
    negative: tuple[NegativeIcp, ...]
    overlaps: tuple[Overlap, ...]
    fits: tuple[Fit, ...]
    counts: dict[str, int]


class Targets:
    """Adds to the drafted ICPs and personas what is counted of them, and who is not.

    Args:
        work: Through all stages.
        finish: Gives a claim its anchors, its stances and its confidence.
        claims_of: Gives the finished claims of a profile, most support first.
    """

    def __init__(
        self,
        work: Work,
        finish: Callable[[Claim], Claim],
        claims_of: Callable[[Profile, Wordings], tuple[Claim, ...]],
    ) -> None:
        self._work = work
        self._finish = finish
        # What only a judge's answer brought up supports its claim, and no section.
        self._insights = tuple(sorted(work.insights, key=place))
        self._about = about_of(work)
        self.excluded = find_excluded(
            findings(work), level=work.level, about=self._about
        )
        nothing = Wordings(texts={})
        self.entries: list[Entry] = [
            (one.profile, None, claims_of(one.profile, nothing))
            for one in self.excluded
        ]
        outside = {name for one in self.excluded for name in one.profile.participants}
        self._asking = Asking(work, self._insights, self._about, outside)

    def criteria(self, profile: Profile, ordered: Sequence[Claim]) -> dict[str, Any]:
        """Return criteria, refused facts, scorecard and people of an ICP.

        Args:
            profile: The ICP's skeleton.
            ordered: Its claims, one a seed in the seeds' order.
        """
        return self._asking.parts(profile, ordered)

    def whole(
        self, icps: Sequence[Icp], personas: Sequence[Persona], negative: Sequence[Ids]
    ) -> Whole:
        """Return ICPs and personas with all their parts, and who is not ideal.

        Args:
            icps: As drafted, with `criteria`.
            personas: As drafted.
            negative: Names of the sets of `entries`, in their order.
        """
        work = self._work
        facts = self._asking.settled(icps)
        fits = fits_of(icps, work.people, facts, level=work.level)
        book = Phrasebook(
            publishable(work.transcripts, work.people.values()).values(),
            {
                (one.transcript, quote.turn)
                for one in self._insights
                for quote in one.quotes
            },
        )
        linked = [self._persona(one, fits, book) for one in personas]
        filled = [self._icp(one, linked) for one in icps]
        shunned = tuple(
            self._negative(one, entry[2], ids, filled, book)
            for one, entry, ids in zip(
                self.excluded, self.entries, negative, strict=True
            )
        )
        refused = Counter(
            one.code for icp in (*filled, *shunned) for one in icp.refused
        )
        return Whole(
            audience=self._audience(filled),
            icps=_by_support(filled),
            personas=_by_support(linked),
            negative=_by_support(shunned),
            overlaps=overlaps_of(filled, fits),
            fits=fits,
            counts=dict(sorted(refused.items())),
        )

    def _audience(self, icps: Sequence[Icp]) -> Audience:
        work = self._work
        claims = (
            self._finish(one) for one in audience_claims(findings(work), work.drafted)
        )
        return Audience(
            claims=tuple(sorted(claims, key=lambda one: (-len(one.supports), one.id))),
            includes=tuple(sorted(icp.id for icp in icps)),
        )

    def _persona(
        self, persona: Persona, fits: Sequence[Fit], book: Phrasebook
    ) -> Persona:
        """Return a persona with its sections, and every ICP that its people are in."""
        if persona.status == "too_little":
            return persona
        fitting = icps_by_fit(persona.participants, fits)
        return self._filled(
            persona.model_copy(
                update={"icps": tuple(dict.fromkeys((*persona.icps, *fitting)))}
            ),
            book,
        )

    def _filled(self, persona: Persona, book: Phrasebook) -> Persona:
        people = frozenset(persona.participants)
        return persona.model_copy(
            update={
                "sections": sections_of(
                    people, persona.claims, self._insights, about=self._about
                ),
                "empathy": empathy_of(people, persona.claims, self._insights),
                "words": book.of(people),
            }
        )

    def _icp(self, icp: Icp, personas: Sequence[Persona]) -> Icp:
        if icp.status == "too_little":
            return icp
        mine = [one for one in personas if icp.id in one.icps]
        inside = [one for one in mine if set(one.participants) <= set(icp.participants)]
        return icp.model_copy(
            update={
                "personas": tuple(one.id for one in mine),
                "signals": signals_of(
                    frozenset(icp.participants),
                    self._insights,
                    criteria=icp.criteria,
                    claims=[*icp.claims, *(c for one in inside for c in one.claims)],
                    facts=self._asking.facts,
                    product=self._about.product,
                ),
            }
        )

    def _negative(
        self,
        excluded: Excluded,
        claims: tuple[Claim, ...],
        ids: Ids,
        icps: Sequence[Icp],
        book: Phrasebook,
    ) -> NegativeIcp:
        profile = excluded.profile
        by_id = {one.id: one for one in claims}
        ordered = [by_id[claim_id(seed, seed.label)] for seed in profile.seeds]
        version = [
            list(profile.participants),
            excluded.code,
            [one.id for one in claims],
        ]
        of_accounts = bool(profile.accounts)
        persona = Persona(
            id=ids.persona,
            version=content_id("persona", *version),
            name=excluded.code,
            status=profile.status,
            icps=(ids.icp,),
            participants=profile.participants,
            type=persona_type(len(profile.participants)),
            n=len(profile.participants),
            claims=tuple(
                one for one in claims if not (of_accounts and _of_account(one.field))
            ),
        )
        parts = self.criteria(profile, ordered)
        refer = referral_of(profile.participants, self._insights, self._about)
        return NegativeIcp(
            id=ids.icp,
            version=content_id("icp", *version),
            name=excluded.code,
            status=profile.status,
            segment=None,
            type="account" if of_accounts else "person",
            n=len(profile.accounts or profile.participants),
            claims=claims,
            signals=signals_of(
                frozenset(profile.participants),
                self._insights,
                criteria=parts["criteria"],
                claims=claims,
                facts=self._asking.facts,
                product=self._about.product,
            ),
            personas=(ids.persona,),
            reason=exclusion_of(excluded, claims, self._insights, self._about),
            refer_to=refer,
            readmit_when=readmissions_of(
                excluded,
                icps,
                self._asking.settled(icps),
                insights=self._insights,
                about=self._about,
            ),
            persona=self._filled(persona, book)
            if persona.status == "draft"
            else persona,
            **parts,
        )


def _of_account(field: str) -> bool:
    known = PROFILE_FIELDS.get(field)
    return known is not None and known.level == "account"


def _by_support(profiles: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(profiles, key=lambda one: (-one.n, one.id)))
