"""Where in the interview items come from: coverage, and the position of quotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from icp_synth.domain.passages import Passage
from icp_synth.domain.spans import Span
from icp_synth.domain.transcripts import Transcript
from icp_synth.evaluation.matching import Item
from icp_synth.evaluation.spans import stretches

PARTS = 10
"""An interview is looked at in tenths of its text."""


def count_places(
    transcript: Transcript,
    labels: Sequence[Item],
    predicted: Sequence[Item],
    *,
    passages: Sequence[Passage] = (),
) -> Counter[str]:
    """Count turns and passages that are backed by an item, and where quotes stand.

    A quote's position is the middle of its first alternative, as a share of the text.

    Args:
        transcript: The interview.
        labels: Agreed labels.
        predicted: What a reader found.
        passages: Of the interview; without them nothing is said of passages.

    Returns:
        `turns`, `turns_backed` (by predictions) and `turns_labelled`; the same for
        `passages`; for `label` and `prediction` the number of `quotes_SIDE`, the sum
        of positions in millionths `position_SIDE`, and `quotes_SIDE_1` to `_10`.
    """
    counts: Counter[str] = Counter()
    mine = [span for item in predicted for span in item.spans]
    theirs = [span for item in labels for span in item.spans]
    turns = [[one.span] for one in transcript.participant_turns() if not one.withheld]
    bodies = [[piece.span for piece in one.body()] for one in passages]
    for name, units in (("turns", turns), ("passages", bodies)):
        counts[name] = len(units)
        counts[f"{name}_backed"] = sum(_touched(unit, mine) for unit in units)
        counts[f"{name}_labelled"] = sum(_touched(unit, theirs) for unit in units)
    for side, items in (("label", labels), ("prediction", predicted)):
        for stretch in stretches(items):
            first = stretch.spans[0]
            # Exact in whole numbers: middle / length, in millionths.
            at = (first.start + first.end) * 500_000 // max(1, len(transcript.text))
            counts[f"quotes_{side}"] += 1
            counts[f"position_{side}"] += at
            part = min(PARTS, at * PARTS // 1_000_000 + 1)
            counts[f"quotes_{side}_{part}"] += 1
    return counts


def _touched(unit: Iterable[Span], spans: Sequence[Span]) -> bool:
    return any(piece.overlap(span) for piece in unit for span in spans)
