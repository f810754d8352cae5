"""Let themes and their groups go only by names that each of their people carries.

This comes after all answers: whoever names a group, and whoever words a claim, saw the
names as they were given, so that a stricter check here asks for nothing anew. A theme
whose name does not fit goes by its most central statement, a group by its words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from icp_synth.analysts.protocol import Wordings
from icp_synth.domain.insights import Insight
from icp_synth.domain.theme_of import theme_finder
from icp_synth.domain.themes import NamesGiven, ParentTheme, RefusedName, Theme
from icp_synth.pipeline.work import Work
from icp_synth.stages.carried import Reason, not_of_each, says_nothing
from icp_synth.stages.draft import Profile


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
        old.id: (old.label, new.label)
        for old, (new, flaw) in zip(work.themes, fitted, strict=True)
        if flaw is not None
    }
    theme_of = theme_finder(work.themes)
    work.themes = tuple(one for one, _ in fitted)
    work.parents = tuple(one for one, _ in parents)
    work.theme_names = work.theme_names.with_(NamesGiven(refused=refused))
    work.profiles = tuple(
        _renamed(profile, wordings, insights, gone=gone, theme_of=theme_of)
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


def _renamed(
    profile: Profile,
    wordings: Wordings,
    insights: Mapping[str, Insight],
    *,
    gone: Mapping[str, tuple[str, str]],
    theme_of: Callable[[Iterable[str]], Theme | None],
) -> tuple[Profile, Wordings]:
    """Return a profile none of whose claims goes by the refused name of its theme.

    Two themes may bear one name, and one of them may keep it: so a claim is renamed by
    the theme that it is about.

    Args:
        profile: A skeleton.
        wordings: Its texts; those that only repeat a refused name are dropped.
        insights: By id.
        gone: Theme → the name that was refused, and what it goes by now.
        theme_of: See `theme_finder`.
    """
    seeds, texts = list(profile.seeds), dict(wordings.texts)
    for number, seed in enumerate(profile.seeds, start=1):
        theme = theme_of(seed.insights) if "/" in seed.field else None
        if theme is None or theme.id not in gone:
            continue
        refused, now = gone[theme.id]
        if texts.get(number) == refused:
            del texts[number]
        if seed.label == refused:
            mine = [insights[one].statement for one in seed.insights]
            label = now if now in mine else mine[0]
            update = {"label": label, "example": True}
            seeds[number - 1] = seed.model_copy(update=update)
    return (
        profile.model_copy(update={"seeds": tuple(seeds)}),
        wordings.model_copy(update={"texts": texts}),
    )
