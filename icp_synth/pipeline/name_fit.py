"""Let themes and their groups go only by names that each of their people carries.

This comes after all answers: whoever names a group, and whoever words a claim, saw the
names as they were given, so that a stricter check here asks for nothing anew. A theme
whose name does not fit goes by its most central statement, a group by its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from icp_synth.domain.insights import Insight
from icp_synth.domain.themes import NamesGiven, ParentTheme, RefusedName, Theme
from icp_synth.pipeline.work import Work
from icp_synth.stages.carried import Reason, not_of_each, says_nothing
from icp_synth.stages.draft import Profile
from icp_synth.stages.draft.seeds import Seed


def fit_names(work: Work) -> None:
    """Take away the names of themes and groups that not all of their people carry.

    Claims that go by such a name go by the words of one of their people instead.

    Args:
        work: With its themes, groups of themes and drafts; `theme_names` tells what
            was refused.
    """
    if work.analyst.model is None:
        return
    insights = {one.id: one for one in work.insights}
    brief = work.study.brief
    known = (brief.product, *brief.rivals)
    fitted = [_fitted(one, insights, known) for one in work.themes]
    ids = {one.id: one.insights for one in work.themes}
    parents = [_fitted_parent(one, ids, insights, known) for one in work.parents]
    refused = (
        *_refused("theme", work.themes, [flaw for _, flaw in fitted]),
        *_refused("theme_group", work.parents, [flaw for _, flaw in parents]),
    )
    gone = {
        old.label: new.label
        for old, (new, flaw) in zip(work.themes, fitted, strict=True)
        if flaw is not None
    }
    work.themes = tuple(one for one, _ in fitted)
    work.parents = tuple(one for one, _ in parents)
    work.theme_names = work.theme_names.with_(NamesGiven(refused=refused))
    work.profiles = tuple(
        (
            _relabelled(profile, gone, insights),
            wordings.model_copy(
                update={
                    "texts": {
                        number: text
                        for number, text in wordings.texts.items()
                        if text not in gone
                    }
                }
            ),
        )
        for profile, wordings in work.profiles
    )


def words_of(
    ids: Iterable[str], insights: Mapping[str, Insight]
) -> dict[str, list[str]]:
    """Return what each person says: of each insight the statement, then its quotes."""
    said: dict[str, list[str]] = {}
    for one in (insights[name] for name in ids):
        lines = (one.statement, *(quote.text for quote in one.quotes))
        said.setdefault(one.participant, []).append("\n".join(lines))
    return said


_Flaw = tuple[Reason, str]


def _refused(
    level: Literal["theme", "theme_group"],
    named: Sequence[Theme] | Sequence[ParentTheme],
    flaws: Sequence[_Flaw | None],
) -> Iterator[RefusedName]:
    """Yield the names that are taken away, numbered by place."""
    labels = [one.label for one in named]
    for number, (label, flaw) in enumerate(zip(labels, flaws, strict=True), start=1):
        if flaw is not None:
            reason, what = flaw
            yield RefusedName(
                level=level, number=number, text=label, reason=reason, what=what
            )


def _fitted(
    theme: Theme, insights: Mapping[str, Insight], known: Sequence[str]
) -> tuple[Theme, _Flaw | None]:
    """Return a theme as it may be called, and why not as it was."""
    if any(insights[one].statement == theme.label for one in theme.insights):
        return theme, None
    flaw = _flaw(theme.label, theme.insights, insights, known)
    if flaw is None:
        return theme, None
    stands = insights[theme.insights[0]].statement
    return theme.model_copy(update={"label": stands}), flaw


def _fitted_parent(
    parent: ParentTheme,
    members: Mapping[str, Sequence[str]],
    insights: Mapping[str, Insight],
    known: Sequence[str],
) -> tuple[ParentTheme, _Flaw | None]:
    """Return a group of themes as it may be called, and why not as it was."""
    plain = " · ".join(parent.words)
    cited = [one for name in parent.themes for one in members[name]]
    flaw = _flaw(parent.label, cited, insights, known, everyone=True)
    if parent.label == plain or flaw is None:
        return parent, None
    return parent.model_copy(update={"label": plain}), flaw


def _flaw(
    name: str,
    ids: Iterable[str],
    insights: Mapping[str, Insight],
    known: Sequence[str],
    *,
    everyone: bool = False,
) -> _Flaw | None:
    if says_nothing(name):
        return "empty", ""
    said = list(words_of(ids, insights).values())
    flaw = not_of_each(name, said, known=known, everyone=everyone)
    # That somebody speaks of the past refuses no name: it is told of a sentence.
    return None if flaw is None or flaw[0] == "past" else flaw


def _relabelled(
    profile: Profile, gone: Mapping[str, str], insights: Mapping[str, Insight]
) -> Profile:
    """Return a profile whose claims go by no refused name."""
    if not any(seed.label in gone for seed in profile.seeds):
        return profile
    seeds = (_in_words(seed, gone, insights) for seed in profile.seeds)
    return profile.model_copy(update={"seeds": tuple(seeds)})


def _in_words(
    seed: Seed, gone: Mapping[str, str], insights: Mapping[str, Insight]
) -> Seed:
    if "/" not in seed.field or seed.label not in gone:
        return seed
    mine = [insights[one].statement for one in seed.insights]
    stands = gone[seed.label] if gone[seed.label] in mine else mine[0]
    return seed.model_copy(update={"label": stands, "example": True})
