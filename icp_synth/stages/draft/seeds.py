"""Find what can be claimed of a group: themes and facts, ranked.

A claim is a theme or a fact field restricted to the group's people, ranked by lift
(how much likelier it is here than in the whole study), then support.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from icp_synth.domain.fields import PROFILE_FIELDS, comparable
from icp_synth.domain.insights import Insight, Normal
from icp_synth.domain.profiles import Fact
from icp_synth.domain.themes import Theme
from icp_synth.domain.transcripts import Person
from icp_synth.domain.values import Value

_MOST_FACT_CLAIMS = 8
_MOST_THEME_CLAIMS = 12


class Findings(Value):
    """What every skeleton is drawn from.

    Attributes:
        people: Everyone who was interviewed, by name.
        insights: By id.
        themes: Named, in their published order.
        facts: Participant → field → facts.
    """

    people: Mapping[str, Person]
    insights: Mapping[str, Insight]
    themes: tuple[Theme, ...]
    facts: Mapping[str, Mapping[str, tuple[Fact, ...]]]


class Seed(Value):
    """A claim before it is worded: who, how many, and what the code would print.

    Attributes:
        field: Of a profile, or `KIND/CATEGORY`.
        label: The theme's, or the value.
        insights: Of the group's people, most central or first said first.
        supports: Everybody in the study of whom it holds, sorted.
        within: How many of them belong to the group.
        lift: How much likelier it is in the group than outside; 1 is no difference.
        normal: The range of a figure.
        values: As said.
        known: Of how many in the group the field is known; 0 for a theme.
    """

    field: str
    label: str
    insights: tuple[str, ...]
    supports: tuple[str, ...]
    within: int
    lift: float
    normal: Normal | None = None
    values: tuple[str, ...] = ()
    known: int = 0


def find_seeds(study: Findings, people: Sequence[str]) -> list[Seed]:
    """Return the ranked claims of a group: facts, then themes they do not hold."""
    group = frozenset(people)
    facts = _ranked(_fact_seeds(study, group))[:_MOST_FACT_CLAIMS]
    cited = {one for seed in facts for one in seed.insights}
    themes = [
        seed
        for seed in _theme_seeds(study, group)
        if not cited.issuperset(seed.insights)
    ]
    return [*facts, *_ranked(themes)[:_MOST_THEME_CLAIMS]]


def _ranked(seeds: Sequence[Seed]) -> list[Seed]:
    return sorted(
        seeds, key=lambda seed: (-seed.lift, -seed.within, seed.field, seed.insights)
    )


def lift_of(within: int, group: int, everywhere: int, everybody: int) -> float:
    """Return the smoothed ratio of two shares; 1 is no difference.

    One half is added to each count, so that a theme of two people cannot outrank
    one that a whole segment of six shares. A group of everybody has no outside.
    """
    if group == everybody:
        return 1.0
    here = (within + 0.5) / (group + 1)
    there = (everywhere - within + 0.5) / (everybody - group + 1)
    return round(here / there, 2)


def _theme_seeds(study: Findings, group: frozenset[str]) -> list[Seed]:
    seeds = []
    for theme in study.themes:
        supports = set(theme.participants)
        within = len(supports & group)
        if within < 2:
            continue
        inside = [
            study.insights[one]
            for one in theme.insights
            if study.insights[one].participant in group
        ]
        category = Counter(one.category for one in inside).most_common(1)[0][0]
        seeds.append(
            Seed(
                field=f"{theme.kind}/{category}",
                label=inside[0].statement,
                insights=tuple(one.id for one in inside),
                supports=tuple(sorted(supports)),
                within=within,
                lift=lift_of(within, len(group), len(supports), len(study.people)),
            )
        )
    return seeds


def _fact_seeds(study: Findings, group: frozenset[str]) -> list[Seed]:
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


def _number_seed(
    study: Findings,
    group: frozenset[str],
    field: str,
    said: Mapping[str, tuple[Fact, ...]],
) -> list[Seed]:
    """Return one claim of the range, where two people gave comparable figures.

    A person's last figure counts, since speakers correct themselves, and only
    figures in the unit that most of the group use are put into one range.
    """
    figures = {
        name: (facts[-1], facts[-1].normal)
        for name, facts in said.items()
        if facts[-1].normal is not None and _ends(facts[-1].normal)
    }
    units = Counter(_unit(figures[name][1]) for name in group & figures.keys())
    if not units:
        return []
    unit = min(units.items(), key=lambda item: (-item[1], str(item[0])))[0]
    latest = {name: one for name, one in figures.items() if _unit(one[1]) == unit}
    inside = sorted(group & latest.keys())
    if len(inside) < 2:
        return []
    ends = [end for name in inside for end in _ends(latest[name][1])]
    low, high = min(ends), max(ends)
    holds = {
        name
        for name, (_, normal) in latest.items()
        if all(low <= end <= high for end in _ends(normal))
    }
    span = Normal(low=low, high=high, unit=unit[0], currency=unit[1])
    return [
        Seed(
            field=field,
            label=say_range(span),
            insights=_insights(latest[name][0] for name in inside),
            supports=tuple(sorted(holds)),
            within=len(inside),
            lift=lift_of(len(inside), len(group), len(holds), len(study.people)),
            normal=span,
            values=tuple(latest[name][0].value for name in inside),
            known=len(group & said.keys()),
        )
    ]


def _unit(normal: Normal) -> tuple[str | None, str | None]:
    return normal.unit, normal.currency


def _ends(normal: Normal) -> list[float]:
    return [end for end in (normal.low, normal.high) if end is not None]


def _insights(facts: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for fact in facts for one in fact.insights))


def _category_seeds(
    study: Findings,
    group: frozenset[str],
    field: str,
    said: Mapping[str, tuple[Fact, ...]],
) -> list[Seed]:
    """Return a claim for each value that two people of the group named."""
    holders: dict[str, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for name, facts in said.items():
        for fact in facts:
            holders[comparable(fact.value)][name].append(fact)
    seeds = []
    for by_name in holders.values():
        inside = sorted(group & by_name.keys())
        if len(inside) < 2:
            continue
        facts_inside = [fact for name in inside for fact in by_name[name]]
        seeds.append(
            Seed(
                field=field,
                label=facts_inside[0].value,
                insights=_insights(facts_inside),
                supports=tuple(sorted(by_name)),
                within=len(inside),
                lift=lift_of(len(inside), len(group), len(by_name), len(study.people)),
                values=tuple(dict.fromkeys(fact.value for fact in facts_inside)),
                known=len(group & said.keys()),
            )
        )
    return seeds


def say_range(normal: Normal) -> str:
    """Return a range in words.

    Example:
        >>> say_range(Normal(low=35, high=60, unit="people"))
        '35–60 people'
    """
    ends = [f"{end:,.10g}" for end in (normal.low, normal.high) if end is not None]
    figure = "–".join(dict.fromkeys(ends))
    return " ".join(part for part in (normal.currency, figure, normal.unit) if part)
