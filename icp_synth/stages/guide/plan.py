"""Choose the questions that close most gaps, and put them in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from icp_synth.domain.guide import GAP_CODES, Gap, Guide, GuideQuestion, StillNew
from icp_synth.domain.hypotheses import TopDown
from icp_synth.domain.profiles import Synthesis
from icp_synth.stages.guide.catalogue import (
    Catalogue,
    CatalogueQuestion,
    load_catalogue,
)
from icp_synth.stages.guide.gaps import find_gaps
from icp_synth.stages.guide.whom import callbacks, whom_to_seek

MINUTES = 45
"""How long an interview is planned for where nobody says."""


def build_guide(
    synthesis: Synthesis,
    *,
    language: str = "en",
    minutes: int = MINUTES,
    unsaturated: Sequence[StillNew] = (),
    top_down: Sequence[TopDown] = (),
) -> Guide:
    """Write a guide for the next interviews.

    Each gap is closed by the one question of the catalogue that covers it. Questions
    are taken by their most urgent gap, then by how many they close, while they fit
    into the time; what does not fit is listed as `later`, never dropped. What was
    taken is put in the order of a conversation.

    Args:
        synthesis: Of the last run.
        language: `en` or `zh`: of the questions.
        minutes: Length of the interview, opening and closing included.
        unsaturated: Where saturation curves say that something new still comes.
        top_down: Hypotheses against the interviews.
    """
    catalogue = load_catalogue()
    gaps = find_gaps(synthesis, unsaturated=unsaturated, top_down=top_down)
    asked, unasked = _asked(catalogue, gaps, language)
    asked.sort(key=_urgency)
    fixed = catalogue.opening.minutes + catalogue.closing.minutes
    taken, later = _fitting(asked, minutes - fixed)
    taken.sort(key=lambda one: _place(catalogue, one.id))
    seek = whom_to_seek(synthesis, unsaturated=unsaturated, top_down=top_down)
    spoken_of = {one.icp for one in gaps} | {one.subject for one in seek}
    spoken_of |= {name for one in gaps for name in one.whom}
    return Guide(
        language=language,
        minutes=minutes,
        planned=fixed + sum(one.minutes for one in taken),
        opening=catalogue.opening.text(language),
        closing=catalogue.closing.text(language),
        questions=tuple(taken),
        later=tuple(later),
        seek=seek,
        callbacks=callbacks(synthesis, [*taken, *later]),
        unasked=unasked,
        unsaturated=tuple(unsaturated),
        names={
            name: called
            for name, called in sorted(_names(synthesis, top_down).items())
            if name in spoken_of
        },
        counts=_counts(gaps),
    )


def _names(synthesis: Synthesis, top_down: Sequence[TopDown]) -> dict[str, str]:
    """Return id → name of ICPs and segments; a segment may have its ICP's."""
    # What was not drafted has no name but a note that it was not.
    icps = [one for one in synthesis.icps if one.status != "too_little"]
    segments = {one.segment: one.name for one in icps if one.segment}
    return {
        **{one.id: one.label or segments.get(one.id, "") for one in synthesis.segments},
        **{one.icp: one.name for one in top_down if one.icp},
        **{one.id: one.name for one in icps},
    }


def _counts(gaps: Sequence[Gap]) -> dict[str, int]:
    counted = Counter(one.code for one in gaps)
    return {code: counted[code] for code in GAP_CODES if counted[code]}


def _asked(
    catalogue: Catalogue, gaps: Sequence[Gap], language: str
) -> tuple[list[GuideQuestion], tuple[Gap, ...]]:
    found: dict[str, tuple[CatalogueQuestion, list[Gap]]] = {}
    unasked = []
    for gap in gaps:
        question = catalogue.for_subject(gap.subject)
        if question is None:
            unasked.append(gap)
        else:
            found.setdefault(question.id, (question, []))[1].append(gap)
    asked = [
        GuideQuestion(
            id=question.id,
            section=question.section,
            minutes=question.minutes,
            text=question.text(language),
            probes=question.probes(language),
            gaps=tuple(own),
        )
        for question, own in found.values()
    ]
    return asked, tuple(unasked)


def _urgency(question: GuideQuestion) -> tuple[int, int, str]:
    codes = [GAP_CODES.index(gap.code) for gap in question.gaps]
    return min(codes), -codes.count(min(codes)), question.id


def _fitting(
    asked: Sequence[GuideQuestion], minutes: int
) -> tuple[list[GuideQuestion], list[GuideQuestion]]:
    taken: list[GuideQuestion] = []
    later: list[GuideQuestion] = []
    left = minutes
    for one in asked:
        fits = one.minutes <= left
        (taken if fits else later).append(one)
        left -= one.minutes if fits else 0
    return taken, later


def _place(catalogue: Catalogue, name: str) -> tuple[int, int]:
    ids = [one.id for one in catalogue.questions]
    at = ids.index(name)
    return catalogue.sections.index(catalogue.questions[at].section), at
