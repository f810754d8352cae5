"""Decide which ICPs and personas there are, and of whom each is made.

An ICP is made of what companies have in common (persons, where no company is
known), a persona of a segment's people with one job (all, where jobs are unknown).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from itertools import combinations

from icp_synth.domain.fields import PROFILE_FIELDS, Level
from icp_synth.domain.profiles import Status
from icp_synth.domain.themes import Theme
from icp_synth.domain.values import Value
from icp_synth.stages.draft.findings import Findings, Seed
from icp_synth.stages.draft.seeds import find_seeds

LEAST_PEOPLE = 3
KIND_OF_FIRM = "industry"

_ACCOUNT_CATEGORIES = frozenset(
    {
        "firmographic",
        "technology",
        "budget_price",
        "decision_authority",
        "purchase_pattern",
        "trigger",
        "problem",
        "goal",
        "objection",
    }
)


class Profile(Value):
    """The skeleton of one ICP or persona.

    Attributes:
        what: `icp` or `persona`.
        segment: Index of the segment it is made of; None for all who were asked.
        participants: The people it is about, sorted.
        accounts: Their companies, sorted; empty where none is known.
        account_of: Participant → company, of an ICP of companies.
        everybody: It is of all who were asked, and nothing can set them apart.
        kinds: Of an ICP of companies, what its people call their trade.
        status: `too_little` below three people who share two themes.
        seeds: Ranked.
        icps: For a persona, indexes of the ICPs that it belongs to.
    """

    what: str
    segment: int | None
    participants: tuple[str, ...]
    accounts: tuple[str, ...]
    status: Status
    seeds: tuple[Seed, ...]
    job: str | None = None
    icps: tuple[int, ...] = ()
    account_of: Mapping[str, str] = {}
    everybody: bool = False
    kinds: tuple[str, ...] = ()

    def count(self, people: Collection[str]) -> int:
        """Return how many accounts some people are of; colleagues are one.

        A person whose company is unknown stands alone. Of people, they are counted.
        """
        return len({self.account_of.get(name, name) for name in people})


def draft_profiles(
    study: Findings, groups: Sequence[Sequence[str]], *, level: Level = "account"
) -> tuple[tuple[Profile, ...], tuple[Profile, ...]]:
    """Build the skeletons of all ICPs and personas.

    Args:
        study: Everything that was found.
        groups: The segments' people; where there is none, one profile of all
            participants says what they share, with status `too_little`.
        level: `account` makes ICPs of companies where they are known (B2B),
            `person` always of people (B2C).

    Returns:
        ICPs in the order of `groups`, and the personas of each.
    """
    all_people = tuple(sorted(study.people))
    sets: list[tuple[int | None, tuple[str, ...]]] = [
        (i, tuple(sorted(group))) for i, group in enumerate(groups)
    ] or [(None, all_people)]
    icps = tuple(_icp(study, segment, people, level=level) for segment, people in sets)
    personas = [
        _persona(study, segment, people, job, icps)
        for segment, everybody in sets
        for job, people in _by_job(study, everybody)
    ]
    return icps, tuple(personas)


def _icp(
    study: Findings, segment: int | None, people: tuple[str, ...], *, level: Level
) -> Profile:
    accounts = _accounts(study, people) if level == "account" else ()
    company = {name: study.people[name].company for name in people if accounts}
    of_accounts = partial(_is_of_accounts, study, people)
    seeds = (
        find_seeds(study, people, keep=of_accounts)
        if accounts
        else find_seeds(study, people)
    )
    return Profile(
        what="icp",
        segment=segment,
        participants=people,
        accounts=accounts,
        status=_status(study, segment, people),
        seeds=tuple(seeds),
        account_of={name: of for name, of in company.items() if of},
        everybody=len(people) == len(study.people),
        kinds=_kinds(study, people) if accounts else (),
    )


def _kinds(study: Findings, people: Sequence[str]) -> tuple[str, ...]:
    said = (study.facts.get(name, {}).get(KIND_OF_FIRM, ()) for name in people)
    return tuple(dict.fromkeys(fact.value for facts in said for fact in facts))


def _persona(
    study: Findings,
    segment: int | None,
    people: tuple[str, ...],
    job: str | None,
    icps: Sequence[Profile],
) -> Profile:
    accounts = _accounts(study, people)
    seeds = find_seeds(study, people, keep=lambda seed: not _is_account_fact(seed))
    return Profile(
        what="persona",
        segment=segment,
        participants=people,
        accounts=accounts,
        status=_status(study, segment, people),
        seeds=tuple(seeds),
        job=job,
        icps=tuple(
            i
            for i, icp in enumerate(icps)
            if icp.segment == segment or set(icp.accounts) & set(accounts)
        ),
    )


def _by_job(
    study: Findings, people: Sequence[str]
) -> list[tuple[str | None, tuple[str, ...]]]:
    """Split a segment by job where at least three people hold the same one.

    One or two people beside such jobs are no persona; they stand in the ICP.
    """
    jobs: dict[str, list[str]] = defaultdict(list)
    rest: list[str] = []
    for name in people:
        job = study.people[name].job
        if job:
            jobs[" ".join(job.casefold().split())].append(name)
        else:
            rest.append(name)
    large = {job: names for job, names in jobs.items() if len(names) >= LEAST_PEOPLE}
    for job, names in jobs.items():
        if job not in large:
            rest.extend(names)
    if not large or len(rest) >= LEAST_PEOPLE:
        split: list[tuple[str | None, tuple[str, ...]]] = [(None, tuple(sorted(rest)))]
    else:
        split = []
    split[:0] = [(job, tuple(sorted(large[job]))) for job in sorted(large)]
    return split


def _accounts(study: Findings, people: Sequence[str]) -> tuple[str, ...]:
    found = {study.people[name].company for name in people}
    return tuple(sorted(company for company in found if company))


def _status(study: Findings, segment: int | None, people: Sequence[str]) -> Status:
    if segment is None or not share_enough(study.themes, people):
        return "too_little"
    return "draft"


def share_enough(themes: Sequence[Theme], people: Sequence[str]) -> bool:
    """Tell whether at least three of the people share at least two themes."""
    asked = set(people)
    inside = [
        shared
        for theme in themes
        if len(shared := asked.intersection(theme.participants)) >= LEAST_PEOPLE
    ]
    return any(len(a & b) >= LEAST_PEOPLE for a, b in combinations(inside, 2))


def _is_account_fact(seed: Seed) -> bool:
    known = PROFILE_FIELDS.get(seed.field)
    return known is not None and known.level == "account"


def _is_of_accounts(study: Findings, people: Sequence[str], seed: Seed) -> bool:
    """Tell whether a claim is about companies: its field is, in two of them."""
    if seed.field in PROFILE_FIELDS:
        return _is_account_fact(seed)
    inside = set(people) & set(seed.supports)
    companies = {study.people[name].company for name in inside} - {None}
    return seed.field.split("/")[-1] in _ACCOUNT_CATEGORIES and len(companies) > 1
