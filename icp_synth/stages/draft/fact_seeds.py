"""Find which facts a group shares: ranges of figures, and words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from icp_synth.domain.conditions import condition_of, matches
from icp_synth.domain.fields import PROFILE_FIELDS, comparable
from icp_synth.domain.insights import Normal
from icp_synth.domain.profiles import Fact
from icp_synth.stages.draft.findings import Findings, Seed, lift_among

Said = Mapping[str, tuple[Fact, ...]]
"""Participant → facts of one field."""

_LEAST_PEOPLE = 2


def fact_seeds(study: Findings, group: frozenset[str]) -> list[Seed]:
    """Return a claim for each range and each word that two of a group share."""
    seeds = []
    for field, known in PROFILE_FIELDS.items():
        said = {
            name: facts[field] for name, facts in study.facts.items() if field in facts
        }
        if known.type in {"number", "money"}:
            seeds.extend(_number_seed(study, group, field, said))
        elif known.type == "category":
            seeds.extend(_category_seeds(study, group, field, said))
    return seeds


def cited_by_all(study: Findings, seed: Seed) -> tuple[str, ...]:
    """Return the insights of everybody who supports a fact, the group's own first.

    A seed cites its group; what is told of the whole study cites all whom it counts.

    Args:
        study: What the seed was found in.
        seed: Of a fact.
    """
    wanted = {comparable(value) for value in seed.values}
    others: list[Fact] = []
    for name in seed.supports:
        said = study.facts[name][seed.field]
        others += [
            fact
            for fact in said
            if seed.normal is None and comparable(fact.value) in wanted
        ] or said[-1:]
    return tuple(dict.fromkeys((*seed.insights, *_insights(others))))


def _number_seed(
    study: Findings, group: frozenset[str], field: str, said: Said
) -> list[Seed]:
    """Return one claim of the range, where two people gave comparable figures.

    A person's last figure counts, since speakers correct themselves, and only
    figures in the unit and currency that most of the group use are put into one
    range. Whose figure does not tell ("over 200" beside 40 to 300) is not known.
    """
    latest = _comparable(group, {name: facts[-1] for name, facts in said.items()})
    span = _span([latest[name] for name in sorted(group & latest.keys())])
    if span is None:
        return []
    wanted = condition_of(span)
    told = {
        name: fits
        for name, normal in latest.items()
        if (fits := matches(wanted, normal, field)) is not None
    }
    supports = tuple(sorted(name for name, fits in told.items() if fits))
    inside = [name for name in supports if name in group]
    if len(inside) < _LEAST_PEOPLE:
        return []
    known = sorted(group & told.keys())
    return [
        Seed(
            field=field,
            label=say_range(span),
            insights=_insights(said[name][-1] for name in inside),
            supports=supports,
            within=len(inside),
            lift=lift_among(supports, known, study.beside(group) & told.keys()),
            normal=span,
            values=tuple(said[name][-1].value for name in inside),
            known_by=tuple(known),
        )
    ]


def _comparable(group: frozenset[str], latest: Mapping[str, Fact]) -> dict[str, Normal]:
    """Return the figures in the unit and currency that most of a group use."""
    figures = {
        name: fact.normal
        for name, fact in latest.items()
        if fact.normal is not None and _ends(fact.normal)
    }
    units = Counter(_unit(figures[name]) for name in group & figures.keys())
    if not units:
        return {}
    unit = min(units.items(), key=lambda item: (-item[1], str(item[0])))[0]
    return {name: one for name, one in figures.items() if _unit(one) == unit}


def _unit(normal: Normal) -> tuple[str | None, str | None]:
    return normal.unit, normal.currency


def _ends(normal: Normal) -> list[float]:
    return [end for end in (normal.low, normal.high) if end is not None]


def _span(figures: Sequence[Normal]) -> Normal | None:
    """Return the range of some figures, its ends those that somebody named.

    "Over 200" names no upper end: where nobody names more, the range is open there.
    """
    closed = [one for one in figures if one.low is not None and one.high is not None]
    over = [one.low for one in figures if one.low is not None and one.high is None]
    under = [one.high for one in figures if one.high is not None and one.low is None]
    low = min((one.low for one in closed if one.low is not None), default=None)
    high = max((one.high for one in closed if one.high is not None), default=None)
    if not closed:
        if bool(over) == bool(under):
            return None
        low, high = min(over, default=None), max(under, default=None)
    elif low is not None and high is not None:
        open_above = any(end >= high for end in over)
        open_below = any(end <= low for end in under)
        if open_above and open_below:
            return None
        low, high = (None if open_below else low), (None if open_above else high)
    first = figures[0]
    return Normal(low=low, high=high, unit=first.unit, currency=first.currency)


def _insights(facts: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for fact in facts for one in fact.insights))


def _category_seeds(
    study: Findings, group: frozenset[str], field: str, said: Said
) -> list[Seed]:
    """Return a claim for each value that two people of the group named."""
    holders: dict[str, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for name, facts in said.items():
        for fact in facts:
            holders[comparable(fact.value)][name].append(fact)
    known = sorted(group & said.keys())
    seeds = []
    for by_name in holders.values():
        inside = sorted(group & by_name.keys())
        if len(inside) < _LEAST_PEOPLE:
            continue
        facts_inside = [fact for name in inside for fact in by_name[name]]
        seeds.append(
            Seed(
                field=field,
                label=facts_inside[0].value,
                insights=_insights(facts_inside),
                supports=tuple(sorted(by_name)),
                within=len(inside),
                lift=lift_among(by_name, known, study.beside(group) & said.keys()),
                values=tuple(dict.fromkeys(fact.value for fact in facts_inside)),
                known_by=tuple(known),
            )
        )
    return seeds


def say_range(normal: Normal) -> str:
    """Return a range in words; `≥` and `≤` where one end is open.

    Example:
        >>> say_range(Normal(low=35, high=60, unit="people"))
        '35–60 people'
        >>> say_range(Normal(low=200, unit="people"))
        '≥ 200 people'
    """
    ends = [f"{end:,.10g}" for end in (normal.low, normal.high) if end is not None]
    figure = "–".join(dict.fromkeys(ends))
    if normal.high is None and ends:
        figure = f"≥ {figure}"
    elif normal.low is None and ends:
        figure = f"≤ {figure}"
    return " ".join(part for part in (normal.currency, figure, normal.unit) if part)
