"""What people had just been asked when they said something."""

from __future__ import annotations

from icp_synth.pipeline.work import Work
from icp_synth.stages.draft.reasons import About


def about_of(work: Work) -> About:
    """Return names of the brief, and what each insight answers in which words.

    Args:
        work: With its insights.
    """
    before: dict[tuple[str, int], tuple[str, str]] = {}
    for transcript in work.transcripts:
        asked = ""
        for turn in transcript.turns:
            if turn.speaks == "interviewer":
                asked = turn.span.of(transcript.text)
            else:
                answer = turn.span.of(transcript.text)
                before[transcript.id, turn.index] = asked, answer
                asked = ""
    brief = work.study.brief
    again: dict[str, tuple[str, ...]] = {}
    for one in work.insights:
        turns = dict.fromkeys(quote.turn for quote in one.quotes)
        first, *rest = (
            before.get((one.transcript, turn), ("", ""))[0] for turn in turns
        )
        others = tuple(
            dict.fromkeys(words for words in rest if words not in ("", first))
        )
        if others:
            again[one.id] = others
    said = {
        one.id: before[one.transcript, one.quotes[0].turn]
        for one in work.insights
        if (one.transcript, one.quotes[0].turn) in before
    }
    return About(
        product=brief.product,
        rivals=brief.rivals,
        asked={name: asked for name, (asked, _) in said.items()},
        answers={name: answer for name, (_, answer) in said.items()},
        asked_again=again,
    )
