"""Find who is not ideal, why, where else they belong, and when they may come back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from icp_synth.domain.exclusions import (
    EXCLUDED_GROUPS,
    Exclusion,
    ExclusionCode,
)
from icp_synth.domain.fields import PROFILE_FIELDS, Level
from icp_synth.domain.fit import Voices
from icp_synth.domain.groups import group_name
from icp_synth.domain.insights import Insight
from icp_synth.domain.profiles import Claim
from icp_synth.domain.values import Value
from icp_synth.stages.draft.no_money import lacks_money_for_it
from icp_synth.stages.draft.profiles import Profile
from icp_synth.stages.draft.reasons import (
    About,
    conditions_of,
    in_turn,
    place,
    reasons_of,
)
from icp_synth.stages.draft.seeds import Findings, Seed, find_seeds

_BEST_GROUP = "super_user"
_LEAST_PEOPLE = 3
_MOST_REASONS = 8
MOST_CONDITIONS = 8
_STRESSED = 2
_MOST_OWN = 12
"""Claims of a group that is too small to share any."""

_KEEN_CATEGORIES = frozenset({"trigger", "advocacy", "reason_to_stay"})
_KEEN_SIGNS = frozenset({"+willing", "+advocacy_potential"})
MONEY_FIELDS = ("budget", "willingness_to_pay", "price_paid")


class Excluded(Value):
    """A set of people who are not ideal, for one reason.

    `profile` holds what they share, as a skeleton that no analyst words.
    """

    code: ExclusionCode
    profile: Profile
    keen: Voices
    not_able: Voices
    keen_not_able: tuple[str, ...]


def find_excluded(
    study: Findings, *, level: Level = "account", about: About | None = None
) -> tuple[Excluded, ...]:
    """Return who is not ideal, by reason.

    The groups `churned`, `lost` and `poor_fit` of participants.csv each make one; so
    do people of no such group, and not super-users, who are keen on the product and
    say that they have no money for it (`keen_not_able`), where the brief names one.

    Args:
        study: Everything that was found.
        level: Whether ICPs are of companies or of persons.
        about: Names, and what people had been asked.

    Returns:
        In the order of the reasons; `too_little` under three people, of whom each is
        shown with words of their own: two people are no pattern.
    """
    names = about or About()
    keen, not_able = _keen(study, names), _not_able(study, names)
    sams = set(keen.participants) & set(not_able.participants)
    sets: dict[ExclusionCode, list[str]] = defaultdict(list)
    for name in sorted(study.people):
        group = group_name(study.people[name].group) or ""
        if group in EXCLUDED_GROUPS:
            sets[EXCLUDED_GROUPS[group]].append(name)
        elif name in sams and group != _BEST_GROUP:
            sets["keen_not_able"].append(name)
    order: list[ExclusionCode] = [*EXCLUDED_GROUPS.values(), "keen_not_able"]
    return tuple(
        Excluded(
            code=code,
            profile=_profile(study, sets[code], level, names),
            keen=_among(study, keen, sets[code]),
            not_able=_among(study, not_able, sets[code]),
            keen_not_able=tuple(name for name in sets[code] if name in sams),
        )
        for code in order
        if sets[code]
    )


def _profile(
    study: Findings, people: Sequence[str], level: Level, about: About
) -> Profile:
    of = {name: study.people[name].company for name in people}
    companies = {name: one for name, one in of.items() if one and level == "account"}
    few = len(people) < _LEAST_PEOPLE
    return Profile(
        what="negative",
        segment=None,
        participants=tuple(people),
        accounts=tuple(sorted(set(companies.values()))),
        account_of=companies,
        status="too_little" if few else "draft",
        seeds=_of_few(study, people, about)
        if few
        else tuple(find_seeds(study, people)),
    )


def _of_few(study: Findings, people: Sequence[str], about: About) -> tuple[Seed, ...]:
    """Return facts of equal value, then each person's own words, most telling first.

    One or two people who stand in a loose theme say two things; a sentence of one of
    them is no claim of both.
    """
    equal = [
        seed
        for seed in find_seeds(study, people)
        if seed.field in PROFILE_FIELDS
        and (seed.normal is None or seed.normal.low == seed.normal.high)
    ]
    mine = [one for one in study.insights.values() if one.participant in people]
    telling = reasons_of(mine, about, most=_MOST_REASONS)
    first = {one.id for one in (*telling, *_back(mine, about))}
    rest = sorted(
        (one for one in mine if one.id not in first and _tells(one, about)),
        key=lambda one: (one.kind != "pain", -(one.intensity or 1), *place(one)),
    )
    own = [*telling, *(one for one in _back(mine, about) if one not in telling), *rest]
    return (*equal, *(_own(one) for one in in_turn(own, _MOST_OWN)))


def _back(insights: Sequence[Insight], about: About) -> tuple[Insight, ...]:
    return conditions_of(insights, about, most=MOST_CONDITIONS)


def _tells(insight: Insight, about: About) -> bool:
    """Tell whether an insight is shown where there is room: put with some force."""
    return (insight.intensity or 0) >= _STRESSED and not about.of_a_rival(insight)


def _own(insight: Insight) -> Seed:
    return Seed(
        field=f"{insight.kind}/{insight.category}",
        label=insight.statement,
        insights=(insight.id,),
        supports=(insight.participant,),
        within=1,
        lift=1.0,
    )


def exclusion_of(
    excluded: Excluded,
    claims: Sequence[Claim],
    insights: Iterable[Insight] = (),
    about: About | None = None,
) -> Exclusion:
    """Say why these people are excluded: what they say of it, and claims that cite it.

    Args:
        excluded: As found.
        claims: Those of the negative ICP.
        insights: Of the whole study.
        about: Names, and what people had been asked.
    """
    mine = [one for one in insights if one.participant in excluded.profile.participants]
    said = reasons_of(mine, about or About(), most=_MOST_REASONS)
    rank = {one.id: at for at, one in enumerate(said)}
    cited = [
        (min(rank[i] for i in one.insights if i in rank), one.id)
        for one in claims
        if rank.keys() & set(one.insights)
    ]
    return Exclusion(
        code=excluded.code,
        claims=tuple(name for _, name in sorted(cited)),
        said=Voices(
            participants=tuple(sorted({one.participant for one in said})),
            insights=tuple(one.id for one in said),
        ),
        keen=excluded.keen,
        not_able=excluded.not_able,
        keen_not_able=excluded.keen_not_able,
    )


def _keen(study: Findings, about: About) -> Voices:
    """Return who acts on it, speaks for it or likes it, and no rival or other thing.

    A gain that somebody has of whatever they use shows no interest in buying.
    """
    if not about.product:
        return Voices()
    return _voices(
        one
        for one in study.insights.values()
        if one.category in _KEEN_CATEGORIES
        or _KEEN_SIGNS.intersection(one.signals)
        or (one.category == "like" and not about.of_other(one))
    )


def _not_able(study: Findings, about: About) -> Voices:
    """Return who has no money for the product, and says nowhere that there is some."""
    if not about.product:
        return Voices()
    paying = {
        one.participant
        for one in study.insights.values()
        if "+able" in one.signals
        or (one.attribute in MONEY_FIELDS and one.normal is not None and _some(one))
    }
    return _voices(
        one
        for one in study.insights.values()
        if one.participant not in paying
        and (
            "-able" in one.signals
            or any(
                lacks_money_for_it(quote.text, about.product) for quote in one.quotes
            )
        )
    )


def _some(insight: Insight) -> bool:
    normal = insight.normal
    return normal is not None and bool(normal.low or normal.high)


def _voices(insights: Iterable[Insight]) -> Voices:
    said = list(insights)
    return Voices(
        participants=tuple(sorted({one.participant for one in said})),
        insights=tuple(one.id for one in said),
    )


def _among(study: Findings, voices: Voices, people: Collection[str]) -> Voices:
    return _voices(
        study.insights[one]
        for one in voices.insights
        if study.insights[one].participant in people
    )
