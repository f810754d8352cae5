"""What may be published of people who do not allow quotes: nothing that they said."""

from __future__ import annotations

from collections.abc import Iterable

from icp_synth.domain.insights import Quarantined
from icp_synth.domain.transcripts import Person, Transcript


def unquoted(people: Iterable[Person]) -> frozenset[str]:
    """Return the participants who do not allow quotes."""
    return frozenset(person.id for person in people if not person.quote_ok)


def publishable(
    transcripts: Iterable[Transcript], people: Iterable[Person]
) -> dict[str, Transcript]:
    """Return name → transcript without the turns that must not be shown.

    The canonical text stays, or no offset would hold: a report shows slices of turns.

    Args:
        transcripts: As they were read.
        people: Everybody who is known.
    """
    hidden = unquoted(people)
    return {
        one.id: one.model_copy(
            update={
                "turns": tuple(
                    turn
                    for turn in one.turns
                    if not turn.withheld and turn.participant not in hidden
                )
            }
        )
        for one in transcripts
    }


def without_words(
    quarantined: Iterable[Quarantined],
    transcripts: Iterable[Transcript],
    people: Iterable[Person],
) -> tuple[Quarantined, ...]:
    """Return refused quotes; those of interviews with silent people without words.

    Nobody knows whose words a refused quote was made from, so all of such an interview
    are withheld. They stay as entries, and count.
    """
    hidden = unquoted(people)
    named = {one.id for one in transcripts if hidden.intersection(one.participants)}
    return tuple(
        one.model_copy(update={"statement": "", "quote": ""})
        if one.transcript in named
        else one
        for one in quarantined
    )
