"""Find which facts a group shares: ranges of figures, and words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from icp_synth.domain.conditions import condition_of, matches, parts
from icp_synth.domain.fields import PROFILE_FIELDS, comparable
from icp_synth.domain.insights import Normal
from icp_synth.domain.profiles import Fact
from icp_synth.stages.draft.alike import keys_of, merged
from icp_synth.stages.draft.findings import Findings, Seed, lift_among

Said = Mapping[str, tuple[Fact, ...]]
"""Participant → facts of one field."""

_LEAST_PEOPLE = 2
_SHOWN = 3
"""Words that a claim is told by, where people call it differently."""


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
    money = PROFILE_FIELDS[field].type == "money"
    latest = _comparable(group, {name: facts[-1] for name, facts in said.items()})
    span = _span([latest[name] for name in sorted(group & latest.keys())])
    if span is None or (money and span.currency is None):
        # Amounts of which nobody named the currency may be pounds and euros.
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
            others=tuple(sorted(name for name, fits in told.items() if not fits)),
            unlike=tuple(sorted(said.keys() - told.keys())),
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
    elif len(closed) < _LEAST_PEOPLE and len(closed) < len(figures):
        return None  # One figure and one end that is open are no range.
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
    """Return a claim for each word that two people of the group share.

    Alike words are one claim. What nobody says whom a claim with more people does not
    hold already is no claim of its own.
    """
    holders: dict[str, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    keys = {
        fact.value: keys_of(field, fact.value)
        for facts in said.values()
        for fact in facts
    }
    under = merged((key for found in keys.values() for key in found), field)
    for name, facts in said.items():
        for fact in facts:
            for key in sorted({under[one] for one in keys[fact.value]}):
                holders[key][name].append(fact)
    ranked = sorted(holders.items(), key=lambda item: (*_breadth(group, item[1]), item))
    seeds: list[Seed] = []
    told: set[tuple[str, str]] = set()
    for key, by_name in ranked:
        inside = sorted(group & by_name.keys())
        mine = {(name, fact.value) for name in inside for fact in by_name[name]}
        if len(inside) < _LEAST_PEOPLE or mine <= told:
            continue
        told |= mine
        seeds.append(_category_seed(study, group, field, said, (key, by_name, under)))
    return seeds


def _breadth(group: frozenset[str], by_name: Mapping[str, object]) -> tuple[int, int]:
    return -len(group & by_name.keys()), -len(by_name)


def _category_seed(
    study: Findings,
    group: frozenset[str],
    field: str,
    said: Said,
    found: tuple[str, Mapping[str, list[Fact]], Mapping[str, str]],
) -> Seed:
    key, by_name, under = found
    inside = sorted(group & by_name.keys())
    facts = [fact for name in inside for fact in by_name[name]]
    words = _words(field, key, facts, under)
    return Seed(
        field=field,
        label=" / ".join(words[:_SHOWN]),
        insights=_insights(facts),
        supports=tuple(sorted(by_name)),
        within=len(inside),
        lift=lift_among(
            by_name, group & said.keys(), study.beside(group) & said.keys()
        ),
        values=tuple(dict.fromkeys(fact.value for fact in facts)),
        known_by=tuple(sorted(group & said.keys())),
        words=words,
        others=tuple(sorted(said.keys() - by_name.keys())),
    )


def _words(
    field: str, key: str, facts: Sequence[Fact], under: Mapping[str, str]
) -> tuple[str, ...]:
    """Return what people called it, most of them first, each spelling once."""
    named = [
        part
        for fact in facts
        for part in ((fact.value,) if field == "industry" else parts(fact.value))
        if key in {under.get(one, one) for one in keys_of(field, part)}
    ]
    counted = Counter(comparable(one) for one in named)
    first = {comparable(one): one for one in reversed(named)}
    ranked = sorted(counted, key=lambda one: (-counted[one], one))
    return tuple(first[one] for one in ranked)


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
