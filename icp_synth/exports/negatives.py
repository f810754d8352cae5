"""Who is not ideal: why, where they are better served, and when they may come back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from icp_synth.domain.conditions import Condition
from icp_synth.domain.exclusions import Exclusion, Readmission
from icp_synth.domain.fit import Voices as Carried
from icp_synth.domain.profiles import NegativeIcp
from icp_synth.exports.claims import ClaimShown
from icp_synth.exports.conditions import condition
from icp_synth.exports.evidence import Evidence
from icp_synth.exports.formatting import field_label
from icp_synth.exports.statements import Voices, voices
from icp_synth.exports.words import Words

_OPEN = 3
"""Of what they say of why they left, so much stands open."""


@dataclass(frozen=True)
class ReferralShown:
    """Where these people say that they are better served, with their words."""

    name: str
    people: int
    heard: Voices


@dataclass(frozen=True)
class ReadmissionShown:
    """A condition under which they would fit.

    Attributes:
        condition: In words; empty where a quote says it in the same ones.
        icp: (anchor, name) of the ICP whose condition it is, or None.
        missed: Of `known` companies or people (`unit`), who do not meet it.
        heard: Who states it themselves; empty where a condition of an ICP says it.
    """

    condition: str
    icp: tuple[str, str] | None
    missed: int
    known: int
    unit: str
    heard: Voices


@dataclass(frozen=True)
class NegativeParts:
    """Beside the claims of a negative ICP.

    Attributes:
        why: The group or pattern in words; empty where the card's name says it.
        said: What they say of it themselves, most telling first.
        claims: Those that speak of it.
        keen, not_able, both: People, where the pattern is "keen and no money".
        referrals: Empty where they name nothing.
        doubted: What they looked at or tried, and run down.
        not_taken: What they looked at and did not take.
        readmissions: Empty where nothing tells.
    """

    why: str
    said: Voices
    claims: tuple[ClaimShown, ...]
    keen: int
    not_able: int
    both: int
    referrals: tuple[ReferralShown, ...]
    doubted: tuple[ReferralShown, ...]
    not_taken: tuple[ReferralShown, ...]
    readmissions: tuple[ReadmissionShown, ...]


def negative_of(
    negative: NegativeIcp,
    claims: tuple[ClaimShown, ...],
    evidence: Evidence,
    *,
    icps: Mapping[str, tuple[str, str]],
    words: Words,
) -> NegativeParts:
    """Return why these people are not ideal, and what would change it.

    Args:
        negative: As published.
        claims: Those of its card.
        evidence: Cuts the quotes.
        icps: Anchor and name of each drafted ICP, by id.
        words: The report's language.
    """
    reason: Exclusion = negative.reason
    return NegativeParts(
        why=words.named("exclusion", reason.code),
        said=voices(reason.said.insights, evidence, visible=_OPEN),
        claims=tuple(
            one for name in reason.claims for one in claims if one.claim.id == name
        ),
        keen=len(reason.keen.participants),
        not_able=len(reason.not_able.participants),
        both=len(reason.keen_not_able),
        referrals=_places(negative.refer_to.named, evidence),
        doubted=_places(negative.refer_to.doubted, evidence),
        not_taken=_places(negative.refer_to.not_taken, evidence),
        readmissions=tuple(
            _readmission(one, evidence, icps, words) for one in negative.readmit_when
        ),
    )


def _places(
    named: Mapping[str, Carried], evidence: Evidence
) -> tuple[ReferralShown, ...]:
    return tuple(
        ReferralShown(
            name=name,
            people=len(said.participants),
            heard=voices(said.insights, evidence, visible=1),
        )
        for name, said in named.items()
    )


def _readmission(
    one: Readmission,
    evidence: Evidence,
    icps: Mapping[str, tuple[str, str]],
    words: Words,
) -> ReadmissionShown:
    stated = one.text or words("readmission.has_budget")
    if one.operator is not None and one.value is not None:
        wanted = Condition(operator=one.operator, value=one.value, unit=one.unit)
        stated = f"{field_label(one.field, words)} {condition(wanted, words)}"
    heard = voices(one.insights, evidence, visible=1)
    if any(stated.strip("…") in quote.text for quote in heard.all):
        stated = ""
    return ReadmissionShown(
        condition=stated,
        icp=icps.get(one.icp or ""),
        missed=len(one.missed_by) if one.missed is None else one.missed,
        known=one.known,
        unit=one.counts,
        heard=heard,
    )
