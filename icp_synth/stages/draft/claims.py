"""Give a profile its words: what the analyst sees, and the claims it worded."""

from __future__ import annotations

from collections.abc import Sequence

from icp_synth.analysts.protocol import ClaimToWord, Skeleton, Wordings
from icp_synth.domain.fields import PROFILE_FIELDS
from icp_synth.domain.ids import content_id
from icp_synth.domain.insights import Insight
from icp_synth.domain.profiles import Claim, Coverage, Criterion
from icp_synth.stages.draft.profiles import Profile
from icp_synth.stages.draft.seeds import Findings, Seed

_QUOTES_SHOWN = 3
_EVIDENCE_FROM = 3
"""A criterion is evidence from this many people on, an assumption below."""


def skeleton_of(study: Findings, profile: Profile) -> Skeleton:
    """Return what the analyst sees: numbered claims, at most three quotes each."""
    return Skeleton(
        id=content_id("skl", profile.model_dump(mode="json")),
        what="icp_of_people" if _of_people(profile) else profile.what,
        people=len(profile.participants),
        of=len(study.people),
        claims=tuple(
            ClaimToWord(
                number=number,
                field=seed.field,
                label=seed.label,
                statements=_statements(study, seed),
                quotes=_quotes(study, seed),
                supports=seed.within,
                of=len(profile.participants),
            )
            for number, seed in enumerate(profile.seeds, start=1)
        ),
    )


def _of_people(profile: Profile) -> bool:
    return profile.what == "icp" and not profile.accounts


def _first_of_each(study: Findings, seed: Seed) -> list[Insight]:
    """Return one insight a participant, most central first."""
    firsts: dict[str, Insight] = {}
    for one in seed.insights:
        insight = study.insights[one]
        firsts.setdefault(insight.participant, insight)
    return list(firsts.values())


def _statements(study: Findings, seed: Seed) -> tuple[str, ...]:
    return tuple(one.statement for one in _first_of_each(study, seed))


def _quotes(study: Findings, seed: Seed) -> tuple[str, ...]:
    shown = _first_of_each(study, seed)[:_QUOTES_SHOWN]
    return tuple(one.quotes[0].text for one in shown)


def claims_of(
    study: Findings, profile: Profile, wordings: Wordings
) -> tuple[Claim, ...]:
    """Return the claims of a profile, worded where the analyst gave a text.

    A fact's text is its value: words about a figure would only blur it.
    """
    everybody = frozenset(study.people)
    claims = []
    for number, seed in enumerate(profile.seeds, start=1):
        fact = seed.field in PROFILE_FIELDS
        text = seed.label if fact else wordings.texts.get(number, seed.label)
        claims.append(
            Claim(
                id=content_id("clm", seed.field, sorted(seed.insights), text),
                field=seed.field,
                text=text,
                basis="evidence",
                insights=seed.insights,
                supports=seed.supports,
                unjudged=tuple(sorted(everybody - set(seed.supports))),
            )
        )
    return tuple(claims)


def criteria_of(profile: Profile, claims: Sequence[Claim]) -> tuple[Criterion, ...]:
    """Return the measurable conditions: the fact claims about accounts.

    For an ICP of persons every unprotected fact field is measurable.
    """
    criteria = []
    for seed, claim in zip(profile.seeds, claims, strict=True):
        known = PROFILE_FIELDS.get(seed.field)
        if known is None or known.protected or known.type == "text":
            continue
        number = known.type in {"number", "money"}
        value: str | tuple[float, float] = seed.label
        if number and seed.normal is not None:
            low, high = seed.normal.low, seed.normal.high
            value = (low or 0.0, high if high is not None else low or 0.0)
        unit = None
        if seed.normal is not None:
            parts = (seed.normal.currency, seed.normal.unit)
            unit = " ".join(part for part in parts if part) or None
        criteria.append(
            Criterion(
                field=seed.field,
                operator="between" if number else "=",
                value=value,
                unit=unit,
                status="evidence" if seed.within >= _EVIDENCE_FROM else "assumption",
                coverage=Coverage(known=seed.known, of=len(profile.participants)),
                claim=claim.id,
            )
        )
    return tuple(criteria)
