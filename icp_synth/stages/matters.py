"""What each person keeps coming back to, whatever the language.

Segments are found by it beside themes and facts: one person's statement is a noisy
witness of what their days are about, a whole interview is not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from icp_synth.domain.transcripts import Transcript
from icp_synth.embedding.embedded import concepts_in
from icp_synth.embedding.salience import sentences_of

_TIMES = (2, 3, 4)


def gather_matters(transcripts: Sequence[Transcript]) -> dict[str, frozenset[str]]:
    """Gather the concepts that each participant returns to.

    Args:
        transcripts: With roles decided; only participants' turns are looked at.

    Returns:
        Participant → `matter NAME, N sentences` for N of 2, 3 and 4: sharing what
        both talk about a lot weighs more than sharing a passing word.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for transcript in transcripts:
        for turn in transcript.participant_turns():
            for sentence in sentences_of(turn.span.of(transcript.text)):
                counts[turn.participant or ""].update(concepts_in(sentence))
    return {
        person: frozenset(
            f"matter {name}, {times} sentences"
            for name, said in found.items()
            for times in _TIMES
            if said >= times
        )
        for person, found in counts.items()
    }
