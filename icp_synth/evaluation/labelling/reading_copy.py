"""What lies beside a form: the interview with numbered turns, and how to label."""

from __future__ import annotations

from icp_synth.domain.fields import CATEGORIES, KINDS, SIGNALS
from icp_synth.domain.transcripts import Transcript
from icp_synth.evaluation.labelling.form import COLUMNS
from icp_synth.evaluation.labelling.given import Extra

GUIDE = "HOW-TO-LABEL.md"

_COLUMNS = {
    "turn": "the number of the turn that holds the quote. Needed for quotes under "
    "three words, and where the same words stand more than once",
    "kind": "trait, pain or motivation; may stay empty, for the category tells it",
    "category": "one word of the lists below",
    "quote": "the participant's words, copied from the interview: the shortest "
    "stretch that carries the meaning. Case, spaces and quote marks may differ; "
    "words may not",
    "statement": "one sentence in the third person, no more than the quote supports. "
    "Empty: the quote stands for it",
    "explicit": "yes where they say it outright, no where it is implied",
    "intensity": "pains and motivations: 1 mentioned, 2 stressed, 3 decisive",
    "signals": "names with a sign behind them, such as `willing+ able-`",
    "attribute": "traits: the field of the profile, such as role or headcount_company",
    "value": "traits: the value as said",
    "status": "agreed, or optional where you are not sure that it is one; empty is "
    "agreed",
    "note": "anything else; kept with the label",
}


def reading_copy(transcript: Transcript) -> str:
    """Return an interview as plain text, participants' turns with their numbers.

    Words stand as in the source, so that what is copied from here is found there.
    Interviewers' turns have no number: their words are never evidence.
    """
    parts = []
    for turn in transcript.turns:
        words = turn.span.of(transcript.text)
        said = f"{turn.label}: {words}" if turn.label else words
        cited = turn.speaks == "participant"
        parts.append(f"[{turn.index}] {said}" if cited else f"    {said}")
    return "\n\n".join(parts) + "\n"


def guide(extra: Extra = ()) -> str:
    """Return the page that says how a form is filled in, with the codebook's lists."""
    lines = [
        "# How to label",
        "",
        "One row of the form is one thing that a participant says about themselves,",
        "their company or their experience. A further quote of the same label stands",
        "in the next row, with nothing but its quote (and turn).",
        "",
        "| column | what it holds |",
        "| --- | --- |",
        *(f"| {name} | {_COLUMNS[name]} |" for name in COLUMNS),
    ]
    for kind in KINDS:
        lines += ["", f"## {kind}", "", "| category | what belongs here |"]
        lines += ["| --- | --- |"]
        lines += [f"| {name} | {what} |" for name, what in CATEGORIES[kind].items()]
        lines += [f"| {name} | an own category |" for of, name in extra if of == kind]
    lines += ["", "## signals", "", "| signal | what it asks |", "| --- | --- |"]
    lines += [f"| {name} | {what} |" for name, what in SIGNALS.items()]
    return "\n".join(lines) + "\n"
