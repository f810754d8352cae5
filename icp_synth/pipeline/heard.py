"""Whose words reached the synthesis, and who stands in the n of "k of n".

One rule, for every place that tells k of n:

- n counts participants, who may not be quoted among them; how many of n they are
  stands beside it. They are in no k: nothing is claimed from what they said, no claim
  rests on it, and nothing of it is shown. A claim has them under `unjudged`.
- Who is compared (segments, contrasts, saturation, lift) is who can be heard: somebody
  whose words count for nothing would look like somebody who says no.
- Of whom nothing was read yet, pending or failed, stands in no n of themes.
- Whoever gave no consent is no participant at all, and does not come this far.
"""

from __future__ import annotations

from collections import defaultdict

from icp_synth.domain.values import Value
from icp_synth.pipeline.work import Work


class Heard(Value):
    """Everybody in the study, by what was heard of them; each name stands once.

    Attributes:
        people: Who was heard, in full or in part, and may be quoted: those who are
            compared. Whoever is not among them has said neither yes nor no.
        silenced: Whose words may not be quoted.
        unread: Of whose words no window was read: pending, or failed.
        in_part: Those of `people` of whom some windows were not read.
    """

    people: tuple[str, ...]
    silenced: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    in_part: tuple[str, ...] = ()

    @property
    def counted(self) -> tuple[str, ...]:
        """The n of "k of n": who was heard, and who may not be quoted, by name."""
        return tuple(sorted((*self.people, *self.silenced)))


def heard(work: Work) -> Heard:
    """Return who was heard, by name.

    Args:
        work: With its readings.
    """
    outcomes: dict[str, set[bool]] = defaultdict(set)
    texts = {one.id: one for one in work.transcripts}
    for window in work.windows:
        reading = work.readings.get(window.id)
        done = reading is not None and reading.outcome == "done"
        turns = texts[window.transcript].turns
        for piece in window.slices:
            name = turns[piece.turn].participant
            if piece.use == "body" and name is not None:
                outcomes[name].add(done)
    silenced = {name for name, person in work.people.items() if not person.quote_ok}
    allowed = sorted(set(work.people) - silenced)
    return Heard(
        people=tuple(name for name in allowed if True in outcomes[name]),
        silenced=tuple(sorted(silenced)),
        unread=tuple(name for name in allowed if True not in outcomes[name]),
        in_part=tuple(name for name in allowed if len(outcomes[name]) == 2),
    )
