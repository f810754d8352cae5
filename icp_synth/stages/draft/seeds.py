"""Find what can be claimed of a group: themes and facts, ranked.

A claim is a theme or a fact field restricted to the group's people. Most people come
first, then what is found again in other draws of people, then lift (how much likelier
it is here than among the others). What most of the group holds is always drafted, and
so is some of what sets it apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice

from icp_synth.domain.insights import Insight
from icp_synth.domain.themes import Theme
from icp_synth.stages.draft.fact_seeds import fact_seeds, say_range
from icp_synth.stages.draft.findings import Findings, Seed, lift_among, lift_of

__all__ = ["Findings", "Seed", "find_seeds", "lift_of", "say_range", "shared_facts"]

_MOST_FACT_CLAIMS = 8
_MOST_THEME_CLAIMS = 12
_CORE_SHARE = 0.6
"""Of the group: themes that so many hold are always drafted."""
_CORE_PEOPLE = 3
_DISTINCTIVE = 4
"""Places for the themes with the most lift that are no core."""
_OF_A_KIND = 2
"""Places that each kind of theme has, if there are so many."""
_LEAST_PEOPLE = 2


def _all(seed: Seed) -> bool:
    return bool(seed.insights)


def find_seeds(
    study: Findings, people: Sequence[str], *, keep: Callable[[Seed], bool] = _all
) -> list[Seed]:
    """Return the ranked claims of a group: facts, then themes they do not hold.

    Args:
        study: Everything that was found.
        people: The group.
        keep: Which claims there is a place for: an ICP of companies has none for what
            only a person is.

    Returns:
        At most eight facts, none of equals without the others. All themes that 60 % of
        the group hold, and three of its people; beside them four with the most lift,
        two of each kind, and as many others as make it twelve.
    """
    group = frozenset(people)
    kept = [seed for seed in shared_facts(study, people) if keep(seed)]
    facts = kept[: _cut(kept)]
    cited = {one for seed in facts for one in seed.insights}
    themes = [
        seed
        for seed in _theme_seeds(study, group)
        if keep(seed) and not cited.issuperset(seed.insights)
    ]
    return [*facts, *_drafted(_ranked(themes), len(group))]


def _cut(ranked: Sequence[Seed]) -> int:
    """Return how many facts are drafted: equals come or go together.

    Where the first are more equals than there are places, they fill the places.
    """
    if len(ranked) <= _MOST_FACT_CLAIMS:
        return len(ranked)
    first_out = _strength(ranked[_MOST_FACT_CLAIMS])
    better = sum(_strength(seed) > first_out for seed in ranked)
    return better or _MOST_FACT_CLAIMS


def _strength(seed: Seed) -> tuple[int, float, float]:
    return seed.within, seed.stability or 0.0, seed.lift


def shared_facts(study: Findings, people: Sequence[str]) -> list[Seed]:
    """Return every fact that two of a group share, ranked."""
    return _ranked(fact_seeds(study, frozenset(people)))


def _ranked(seeds: Sequence[Seed]) -> list[Seed]:
    return sorted(
        seeds,
        key=lambda seed: (
            -seed.within,
            -(seed.stability or 0.0),
            -seed.lift,
            seed.field,
            seed.insights,
        ),
    )


def _drafted(ranked: Sequence[Seed], group: int) -> list[Seed]:
    """Return those ranked themes that are drafted, in the same order."""
    least = max(_CORE_PEOPLE, _CORE_SHARE * group)
    chosen = [i for i, seed in enumerate(ranked) if seed.within >= least]
    # The core comes first, so the others follow it without a gap.
    rest = range(len(chosen), len(ranked))
    apart = sorted(rest, key=lambda i: -ranked[i].lift)[:_DISTINCTIVE]
    chosen += (i for i in apart if ranked[i].lift > 1)
    kinds = Counter(_kind(ranked[i]) for i in chosen)
    for i in rest:
        if kinds[_kind(ranked[i])] < _OF_A_KIND and i not in chosen:
            chosen.append(i)
            kinds[_kind(ranked[i])] += 1
    others = (i for i in rest if i not in chosen)
    chosen += islice(others, max(0, _MOST_THEME_CLAIMS - len(chosen)))
    return [ranked[i] for i in sorted(chosen)]


def _kind(seed: Seed) -> str:
    return seed.field.partition("/")[0]


def _theme_seeds(study: Findings, group: frozenset[str]) -> list[Seed]:
    found = (_theme_seed(study, group, theme) for theme in study.themes)
    return [seed for seed in found if seed is not None]


def _theme_seed(study: Findings, group: frozenset[str], theme: Theme) -> Seed | None:
    """Return the claim that a group makes with a theme, if two of its people do."""
    inside = [
        study.insights[one]
        for one in theme.insights
        if study.insights[one].participant in group
    ]
    within = len(group.intersection(theme.participants))
    if within < _LEAST_PEOPLE:
        return None
    category = Counter(one.category for one in inside).most_common(1)[0][0]
    label, example = _label(study, theme, inside)
    return Seed(
        field=f"{theme.kind}/{category}",
        label=label,
        insights=tuple(one.id for one in inside),
        supports=tuple(sorted(theme.participants)),
        within=within,
        lift=lift_among(theme.participants, group, study.beside(group)),
        stability=theme.stability,
        example=example,
    )


def _label(
    study: Findings, theme: Theme, inside: Sequence[Insight]
) -> tuple[str, bool]:
    """Return what a claim goes by, and whether one person's words stand for it.

    A theme's drafted name holds for all. A theme without one goes by somebody's words,
    and a claim then by words of one of the group.
    """
    said = [one for one in theme.insights if _says(study.insights[one], theme.label)]
    if not said:
        return theme.label, False
    mine = {one.id for one in inside}
    return (theme.label if mine.intersection(said) else inside[0].statement), True


def _says(insight: Insight, words: str) -> bool:
    """Tell whether words are somebody's statement, or stand in their own words."""
    if insight.statement == words:
        return True
    verbatim = insight.statement_origin == "verbatim"
    said = (insight.statement, *(quote.text for quote in insight.quotes))
    return verbatim and any(words in text for text in said)
