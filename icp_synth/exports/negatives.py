"""Who is not ideal: why, where they are better served, and when they may come back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from icp_synth.domain.conditions import Condition
from icp_synth.domain.exclusions import Exclusion, Readmission
from icp_synth.domain.profiles import NegativeIcp
from icp_synth.exports.claims import ClaimShown
from icp_synth.exports.conditions import condition
from icp_synth.exports.evidence import Evidence
from icp_synth.exports.formatting import field_label
from icp_synth.exports.statements import Voices, voices
from icp_synth.exports.words import Words


@dataclass(frozen=True)
class ReferralShown:
    """Where these people say that they are better served, with their words."""

    name: str
    people: int
    heard: Voices


@dataclass(frozen=True)
class ReadmissionShown:
    """A condition under which they would fit; `icp` is (anchor, name) or None."""

    condition: str
    icp: tuple[str, str] | None
    missed: int
    known: int


@dataclass(frozen=True)
class NegativeParts:
    """Beside the claims of a negative ICP.

    Attributes:
        why: The group or pattern in words.
        claims: Those that speak of it.
        keen, not_able, both: People, where the pattern is "keen and no money".
        referrals: Empty where they name nothing.
        readmissions: Empty where nothing tells.
    """

    why: str
    claims: tuple[ClaimShown, ...]
    keen: int
    not_able: int
    both: int
    referrals: tuple[ReferralShown, ...]
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
        claims=tuple(one for one in claims if one.claim.id in reason.claims),
        keen=len(reason.keen.participants),
        not_able=len(reason.not_able.participants),
        both=len(reason.keen_not_able),
        referrals=tuple(
            ReferralShown(
                name=name,
                people=len(said.participants),
                heard=voices(said.insights, evidence, visible=1),
            )
            for name, said in negative.refer_to.named.items()
        ),
        readmissions=tuple(
            _readmission(one, icps, words) for one in negative.readmit_when
        ),
    )


def _readmission(
    one: Readmission, icps: Mapping[str, tuple[str, str]], words: Words
) -> ReadmissionShown:
    field = field_label(one.field, words)
    stated = words("readmission.has_budget")
    if one.operator is not None and one.value is not None:
        wanted = Condition(operator=one.operator, value=one.value, unit=one.unit)
        stated = f"{field} {condition(wanted, words)}"
    return ReadmissionShown(
        condition=stated,
        icp=icps.get(one.icp or ""),
        missed=len(one.missed_by),
        known=one.known,
    )
