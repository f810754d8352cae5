"""What may be published of people who do not allow quotes: nothing that they said."""

from __future__ import annotations

from collections.abc import Iterable

from icp_synth.domain.insights import Quarantined
from icp_synth.domain.reviews import Anchor
from icp_synth.domain.transcripts import Person, Transcript
from icp_synth.project.names import Name, Names


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


def shown_texts(
    transcripts: Iterable[Transcript], people: Iterable[Person]
) -> dict[str, str]:
    """Return name → canonical text with spaces for the turns that must not be shown.

    Every offset stays. What stands around a quote is cut out of these texts, so that
    it cannot reach into somebody else's words.
    """
    hidden = unquoted(people)
    return {one.id: _blanked(one, hidden) for one in transcripts}


def _blanked(transcript: Transcript, hidden: frozenset[str]) -> str:
    pieces, at = [], 0
    for turn in transcript.turns:
        if turn.withheld or turn.participant in hidden:
            pieces += [transcript.text[at : turn.start], " " * (turn.end - turn.start)]
            at = turn.end
    return "".join([*pieces, transcript.text[at:]])


def forget_words(
    names: Names, transcripts: Iterable[Transcript], people: Iterable[Person]
) -> Names:
    """Return the names without words that were quoted once and may not be any more.

    Only names that the last run did not find can hold such: the others were made anew.

    Args:
        names: To be written.
        transcripts: All that are decoded, left-out ones too.
        people: Everybody who is known.
    """
    held = list(transcripts)
    shown = shown_texts(held, people)
    hidden = {one.id: one.text for one in held if shown[one.id] != one.text}

    def gone(words: str, name: str) -> bool:
        return words in hidden.get(name, "") and words not in shown[name]

    def cleared(name: Name) -> Name:
        anchors = tuple(
            one
            for one in name.anchors
            if not any(gone(words, one.transcript) for words in _words_of(one))
        )
        said = name.label and any(gone(name.label, one) for one in hidden)
        label = "" if said else name.label
        return name.model_copy(update={"label": label, "anchors": anchors})

    kept = (one if one.present else cleared(one) for one in names.names)
    return names.model_copy(update={"names": tuple(kept)}) if hidden else names


def _words_of(anchor: Anchor) -> tuple[str, ...]:
    return tuple(filter(str.strip, (anchor.quote, anchor.before, anchor.after)))


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
