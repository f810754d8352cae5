"""Take out of a draft what its evidence does not carry: sentences and titles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from icp_synth.analysts.embedded.sentences import sentences
from icp_synth.analysts.protocol import Wordings
from icp_synth.pipeline.name_checks import uncarried_name
from icp_synth.pipeline.opposing import opposes
from icp_synth.pipeline.work import Work
from icp_synth.stages.carried import (
    CUT,
    Flagged,
    Reason,
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
        profiles.append((profile, _without(wordings, flags)))
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
    for number, text, evidence in _drafted(profile, wordings.texts, found):
        for place in sentences(text):
            said = place.of(text)
            flaw = uncarried(said, evidence, opposes=opposes, known=known)
            if (flaw is None or flaw[0] not in CUT) and says_nothing(said):
                flaw = "empty", ""
            if flaw is not None:
                yield number, said, *flaw


def _drafted(
    profile: Profile, texts: Mapping[int, str], found: Findings
) -> Iterable[tuple[int, str, list[str]]]:
    """Yield the sentences that an analyst wrote, with all that each may rest on."""
    for number, seed in enumerate(profile.seeds, start=1):
        text = texts.get(number, seed.label)
        if "/" not in seed.field or text == seed.label:
            continue
        yield number, text, _evidence(seed.insights, found)


def _behind(profile: Profile, found: Findings) -> list[str]:
    """Return all that a title may rest on: values, statements and quotes."""
    labels = [seed.label for seed in profile.seeds]
    cited = dict.fromkeys(one for seed in profile.seeds for one in seed.insights)
    return labels + _evidence(cited, found)


def _evidence(ids: Iterable[str], found: Findings) -> list[str]:
    cited = [found.insights[one] for one in ids]
    said = [quote.text for one in cited for quote in one.quotes]
    return [one.statement for one in cited] + said
