"""Take out of a draft what its evidence does not carry: sentences and titles.

A sentence is held against all that it cites, then against the words of each person. It
is counted for people beside the profile, whose words were not shown to its author,
only where their words carry what it pins down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from icp_synth.analysts.embedded.sentences import sentences
from icp_synth.analysts.protocol import Wordings
from icp_synth.domain.theme_of import theme_finder
from icp_synth.domain.themes import Theme
from icp_synth.pipeline.name_checks import uncarried_name
from icp_synth.pipeline.name_fit import words_of
from icp_synth.pipeline.opposing import opposes
from icp_synth.pipeline.work import Work
from icp_synth.stages.carried import (
    CUT,
    Flagged,
    Reason,
    carries,
    not_of_each,
    says_nothing,
    uncarried,
)
from icp_synth.stages.draft import Findings, Profile


def cut_uncarried(work: Work, found: Findings) -> None:
    """Take out what a model wrote and its evidence does not carry, and note it.

    Args:
        work: With the drafts; `flagged` tells what was found, number 0 is a title.
        found: What the claims are drawn from.
    """
    brief = work.study.brief
    known = (brief.product, *brief.rivals)
    theme_of = theme_finder(found.themes)
    flagged: list[Flagged] = []
    profiles = []
    for index, (profile, wordings) in enumerate(work.profiles):
        flags = [
            Flagged(profile=index, number=number, text=said, reason=why, what=what)
            for number, said, why, what in _flaws(profile, wordings, found, known)
        ]
        title = wordings.title
        if work.analyst.model is not None and title:
            flaw = uncarried_name(title, _behind(profile, found), known=known)
            if flaw is not None:
                why, what = flaw
                flags.append(
                    Flagged(profile=index, number=0, text=title, reason=why, what=what)
                )
        flagged += flags
        kept = _without(wordings, flags)
        counted = _counting(profile, kept, found, known=known, theme_of=theme_of)
        profiles.append((counted, kept))
    work.profiles, work.flagged = tuple(profiles), tuple(flagged)


def _without(wordings: Wordings, flags: Sequence[Flagged]) -> Wordings:
    """Return what may be printed."""
    cut = {one.number for one in flags if one.reason in CUT}
    texts = {n: text for n, text in wordings.texts.items() if n not in cut}
    refused = any(one.number == 0 for one in flags)
    title = None if refused else wordings.title
    return wordings.model_copy(update={"texts": texts, "title": title})


def _flaws(
    profile: Profile, wordings: Wordings, found: Findings, known: Sequence[str]
) -> Iterator[tuple[int, str, Reason, str]]:
    """Yield number, sentence, reason and words of what is not carried."""
    for number, text, cited in _drafted(profile, wordings.texts):
        evidence = _evidence(cited, found)
        each = list(words_of(cited, found.insights).values())
        for place in sentences(text):
            said = place.of(text)
            flaw = uncarried(said, evidence, opposes=opposes, known=known)
            if (flaw is None or flaw[0] not in CUT) and says_nothing(said):
                flaw = "empty", ""
            if flaw is None or flaw[0] not in CUT:
                flaw = not_of_each(said, each, known=known) or flaw
            if flaw is not None:
                yield number, said, *flaw


def _drafted(
    profile: Profile, texts: Mapping[int, str]
) -> Iterable[tuple[int, str, tuple[str, ...]]]:
    """Yield the sentences that an analyst wrote, with the insights each rests on."""
    for number, seed in enumerate(profile.seeds, start=1):
        text = texts.get(number, seed.label)
        if "/" not in seed.field or text == seed.label:
            continue
        yield number, text, seed.insights


def _counting(
    profile: Profile,
    wordings: Wordings,
    found: Findings,
    *,
    known: Sequence[str],
    theme_of: Callable[[Iterable[str]], Theme | None],
) -> Profile:
    """Return a profile whose drafted sentences count nobody who does not carry them.

    Whom a sentence does not count is not judged yet, and may be asked of the judge.
    """
    seeds = list(profile.seeds)
    for number, text, cited in _drafted(profile, wordings.texts):
        seed = seeds[number - 1]
        inside = {found.insights[one].participant for one in cited}
        theme = theme_of(cited)
        said = words_of(() if theme is None else theme.insights, found.insights)
        counted = tuple(
            name
            for name in seed.supports
            if name in inside
            or carries(text, "\n".join(said.get(name, ())), known=known)
        )
        seeds[number - 1] = seed.model_copy(update={"supports": counted})
    return profile.model_copy(update={"seeds": tuple(seeds)})


def _behind(profile: Profile, found: Findings) -> list[str]:
    """Return all that a title may rest on: values, statements and quotes."""
    labels = [seed.label for seed in profile.seeds]
    cited = dict.fromkeys(one for seed in profile.seeds for one in seed.insights)
    return labels + _evidence(cited, found)


def _evidence(ids: Iterable[str], found: Findings) -> list[str]:
    cited = [found.insights[one] for one in ids]
    said = [quote.text for one in cited for quote in one.quotes]
    return [one.statement for one in cited] + said
