"""Several ICPs side by side: what they share, and which fits each account best."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

from icp_synth.domain.conditions import SEVERAL_VALUES, Condition, Known, meet
from icp_synth.domain.fields import PROFILE_FIELDS, Level, comparable
from icp_synth.domain.fit import Fit, FitScore, Overlap
from icp_synth.domain.insights import Normal
from icp_synth.domain.profiles import Icp
from icp_synth.domain.scorecards import LEAST_COVERAGE, ScorecardRow, grade
from icp_synth.domain.transcripts import Person
from icp_synth.stages.draft.alike import in_words_of
from icp_synth.stages.draft.scorecards import Facts

_FITTING = frozenset({"perfect_fit", "viable"})
_NOT_FITTING = frozenset({"excluded", "not_fit"})
_LEAST_PEOPLE = 2


def accounts_of(people: Mapping[str, Person], level: Level) -> dict[str, list[str]]:
    """Return account → its people, both sorted; a person without one stands alone."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in sorted(people):
        company = people[name].company if level == "account" else None
        found[company or name].append(name)
    return dict(sorted(found.items()))


def facts_by_account(
    people: Mapping[str, Person],
    facts: Facts,
    among: Collection[str],
    *,
    level: Level,
) -> dict[str, dict[str, list[Known]]]:
    """Return account → what is known of it by some of its people.

    Args:
        people: Everyone who was interviewed.
        facts: Of everybody.
        among: Whose words count.
        level: Whether accounts are companies or persons; who has no company is one.
    """
    chosen = {name: people[name] for name in among}
    return {
        account: merged(names, facts)
        for account, names in accounts_of(chosen, level).items()
    }


def fits_of(
    icps: Sequence[Icp], people: Mapping[str, Person], facts: Facts, *, level: Level
) -> tuple[Fit, ...]:
    """Score every account of the study under every ICP that has criteria.

    Args:
        icps: With their scorecards.
        people: Everyone who was interviewed.
        facts: Of everybody.
        level: Whether accounts are companies or persons.

    Returns:
        By account; empty without criteria.
    """
    scored = [icp for icp in icps if icp.scorecard.rows and icp.status != "too_little"]
    if not scored:
        return ()
    return tuple(
        _fit(account, names, scored, merged(names, facts))
        for account, names in accounts_of(people, level).items()
    )


def overlaps_of(icps: Sequence[Icp], fits: Sequence[Fit]) -> tuple[Overlap, ...]:
    """Return what each pair of ICPs shares, by their ids."""
    ordered = sorted(icps, key=lambda icp: icp.id)
    return tuple(_overlap(a, b, fits) for a, b in combinations(ordered, 2))


def icps_by_fit(people: Sequence[str], fits: Sequence[Fit]) -> tuple[str, ...]:
    """Return the ICPs that at least two of the people fit best, by id.

    A person fits by their account, where more than half of the weight is known, it is
    viable or better, and no other ICP does as well.
    """
    held: dict[str, set[str]] = defaultdict(set)
    for fit in fits:
        if fit.best is None or fit.tie:
            continue
        score = fit.scores[fit.best]
        if score.tier in _FITTING and score.coverage > LEAST_COVERAGE:
            held[fit.best].update(set(fit.participants).intersection(people))
    return tuple(
        sorted(icp for icp, names in held.items() if len(names) >= _LEAST_PEOPLE)
    )


def merged(names: Sequence[str], facts: Facts) -> dict[str, list[Known]]:
    """Return what is known of an account by its people.

    A company has one headcount and one trade: where colleagues disagree on such a
    field, it is not known. Of figures that overlap, what all of them allow counts. What
    a person is, and what one may have several of, is put together.

    Args:
        names: The account's people.
        facts: Of everybody.
    """
    told: dict[str, list[Sequence[Known]]] = defaultdict(list)
    for name in names:
        for field, values in facts.get(name, {}).items():
            if values:
                told[field].append(values)
    agreed = {field: _agreed(field, said) for field, said in told.items()}
    return {field: values for field, values in agreed.items() if values}


def _agreed(field: str, said: Sequence[Sequence[Known]]) -> list[Known]:
    known = PROFILE_FIELDS.get(field)
    several = known is None or known.level == "person" or field in SEVERAL_VALUES
    if several or len(said) == 1:
        return [value for values in said for value in values]
    latest = [values[-1] for values in said]
    figures = [value for value in latest if isinstance(value, Normal)]
    if len(figures) == len(latest):
        return _overlapping(figures)
    words = [
        {comparable(str(value)) for value in values if isinstance(value, str)}
        for values in said
    ]
    common = set.intersection(*words)
    return [one for one in said[0] if comparable(str(one)) in common]


def _overlapping(figures: Sequence[Normal]) -> list[Known]:
    """Return the range that all figures allow, if there is one in one unit."""
    low = max((one.low for one in figures if one.low is not None), default=None)
    high = min((one.high for one in figures if one.high is not None), default=None)
    if len({(one.unit, one.currency) for one in figures}) > 1:
        return []
    if low is not None and high is not None and low > high:
        return []
    return [figures[0].model_copy(update={"low": low, "high": high})]


def _fit(
    account: str,
    names: Sequence[str],
    icps: Sequence[Icp],
    facts: Mapping[str, Sequence[Known]],
) -> Fit:
    scores: dict[str, FitScore] = {}
    for icp in sorted(icps, key=lambda one: one.id):
        graded = grade(icp.scorecard, _in_its_words(icp, facts))
        scores[icp.id] = FitScore(
            total=graded.total,
            low=graded.low,
            high=graded.high,
            coverage=graded.coverage,
            tier=graded.tier,
            so_far=graded.tier in _FITTING
            and graded.low < icp.scorecard.tiers["viable"],
            made_from=not set(names).isdisjoint(icp.participants),
        )
    ranked = sorted(
        (score.coverage <= LEAST_COVERAGE, -score.total, -score.coverage, name)
        for name, score in scores.items()
        if score.total and score.tier not in _NOT_FITTING
    )
    return Fit(
        account=account,
        participants=tuple(names),
        scores=scores,
        best=ranked[0][-1] if ranked else None,
        tie=len(ranked) > 1 and ranked[0][:-1] == ranked[1][:-1],
    )


def _in_its_words(
    icp: Icp, facts: Mapping[str, Sequence[Known]]
) -> dict[str, Sequence[Known]]:
    """Return what is known of an account, a trade in the words of an ICP.

    A trade in words that share nothing with the ICP's is not known to be another,
    unless somebody wrote the ICP: a scope that was set beforehand leaves others out.
    """
    written = icp.origin == "hypotheses"
    said = dict(facts)
    for row in icp.scorecard.rows:
        values = said.get(row.field, ())
        said[row.field] = in_words_of(_either(row), row.field, values, written=written)
    return said


def _either(row: ScorecardRow) -> Condition:
    """Return all words of a row as one condition, those that fit perfectly first."""
    one, other = row.perfect_fit, row.viable
    if other is None or one.operator not in {"=", "in"}:
        return one
    words = [
        str(word)
        for value in (one.value, other.value)
        for word in (value if isinstance(value, tuple) else (value,))
    ]
    return Condition(operator="in", value=tuple(words))


def _overlap(one: Icp, other: Icp, fits: Sequence[Fit]) -> Overlap:
    mine = {row.field: row.perfect_fit for row in one.scorecard.rows}
    theirs = {row.field: row.perfect_fit for row in other.scorecard.rows}
    shared = sorted(mine.keys() & theirs.keys())
    compatible = [field for field in shared if meet(mine[field], theirs[field], field)]
    either = mine.keys() | theirs.keys()
    return Overlap(
        icps=(one.id, other.id),
        participants=_both(one.participants, other.participants),
        accounts=_both(one.accounts, other.accounts),
        fields=tuple(shared),
        compatible=tuple(compatible),
        likeness=round(len(compatible) / len(either), 4) if either else None,
        fits_both=tuple(
            fit.account
            for fit in fits
            if all(
                icp.id in fit.scores
                and fit.scores[icp.id].tier in _FITTING
                and not fit.scores[icp.id].so_far
                for icp in (one, other)
            )
        ),
    )


def _both(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(set(one) & set(other)))
