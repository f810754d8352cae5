"""What people labelled, as it was written down and before it is checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from icp_synth.domain.fields import Kind
from icp_synth.domain.transcripts import Transcript
from icp_synth.domain.values import Value

Extra = Sequence[tuple[Kind, str]]
"""Own categories beside the codebook's, as (kind, category)."""

PARTS = (
    "statement",
    "explicit",
    "intensity",
    "signals",
    "attribute",
    "value",
    "status",
    "note",
)
"""What may be said of a quote beside its label: columns of a form, names of controls in
a labelling program."""

AGREED = "agreed"
OPTIONAL = "optional"


class Problem(Value):
    """Something that keeps a label from being used.

    Attributes:
        file: Path as given.
        line: Counts from 1: the line of a text file, the row of a spreadsheet (its
            head is row 1); None where the whole file is meant.
        field: The column, or the path of a value in JSON; may be empty.
        message: What is wrong, as a sentence without its full stop.

    Example:
        >>> str(Problem(file="a.csv", line=3, field="kind", message="it is empty"))
        'a.csv, line 3: kind: it is empty'
    """

    file: str
    line: int | None = None
    field: str = ""
    message: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}, line {self.line}"
        return ": ".join(part for part in (where, self.field, self.message) if part)


class DraftQuote(Value):
    """A quote as given: by its words, or by its place, or by both.

    Attributes:
        text: The words; empty where only the place is known.
        turn: The turn that is said to hold them, as written; empty where none is.
        start: Code points of the canonical text; None where only words are given.
        line: Where it stands in its file.
        field: Where in that line; it goes before the names of fields.
    """

    text: str = ""
    turn: str = ""
    start: int | None = None
    end: int | None = None
    line: int | None = None
    field: str = ""

    def place(self, field: str) -> str:
        """Return how a part is called where it was written."""
        return _joined(self.field, field)


class Draft(Value):
    """A label as given; every part is text as it was written.

    `line` and `field` say where, as for a quote; `names` are parts that are called
    otherwise there, by their name here.
    """

    kind: str = ""
    category: str = ""
    statement: str = ""
    quotes: tuple[DraftQuote, ...] = ()
    explicit: str = ""
    intensity: str = ""
    signals: str = ""
    attribute: str = ""
    value: str = ""
    status: str = ""
    note: str = ""
    line: int | None = None
    field: str = ""
    names: Mapping[str, str] = {}

    def place(self, field: str) -> str:
        """Return how a part is called where it was written."""
        return self.names.get(field) or _joined(self.field, field)


class Given(Value):
    """What one annotator gave for one interview.

    Attributes:
        file: Where it stands.
        name: The interview's, as its text is called without its ending.
        transcript: The text that was labelled; None where a problem says why not.
        annotator: Who labelled; empty where nobody says.
        drafts: The labels.
        problems: What was wrong before any label could be looked at.
        notes: What is not used and harms nothing, with the reason.
    """

    file: str
    name: str = ""
    transcript: Transcript | None = None
    annotator: str = ""
    drafts: tuple[Draft, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


class Outcome(Value):
    """What became of a command on labels.

    Attributes:
        written: Paths of the files that hold what was asked for, sorted.
        labels: How many labels they hold.
        problems: What is wrong; each costs its own file and no other.
        notes: What is not used and why, and what else a person should know.
    """

    written: tuple[str, ...] = ()
    labels: int = 0
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """3 where something is wrong, else 0."""
        return 3 if self.problems else 0


def _joined(before: str, field: str) -> str:
    return ".".join(part for part in (before, field) if part)
