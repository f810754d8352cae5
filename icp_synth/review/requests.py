"""What the pages may send: closed values, every text with a greatest length."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from icp_synth.domain.values import Value
from icp_synth.exports.escaping import has_hidden
from icp_synth.project.groups import placed
from icp_synth.project.segments_file import Group, SegmentsFile

_NAME = 200
_PERSON = 1000
_MOST = 20_000


def _seen(text: str) -> str:
    if has_hidden(text) or "\n" in text:
        msg = "has characters that cannot be seen"
        raise ValueError(msg)
    return text


Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=_NAME),
    AfterValidator(_seen),
]
Reviewer = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=_NAME),
    AfterValidator(_seen),
]
People = Annotated[
    tuple[Annotated[str, StringConstraints(min_length=1, max_length=_PERSON)], ...],
    Field(max_length=_MOST),
]


class Column(Value):
    """A segment as somebody put it together."""

    name: Name
    people: People = ()


class Save(Value):
    """Who belongs where, and who says so.

    Attributes:
        version: Of segments.yaml when the page was loaded.
        drop: Whether what a person wrote into the file by hand may be lost.
    """

    version: Annotated[str, StringConstraints(max_length=64)]
    by: Reviewer = ""
    columns: Annotated[tuple[Column, ...], Field(max_length=_MOST)]
    unassigned: People = ()
    drop: bool = False

    def groups(self) -> SegmentsFile:
        """Return it as segments.yaml holds it."""
        return SegmentsFile(
            segments=tuple(
                Group(name=one.name, participants=placed(one.people))
                for one in self.columns
            ),
            unassigned=placed(self.unassigned),
            by=self.by,
        )


class Forget(Value):
    """Delete segments.yaml, if it is still this version."""

    version: Annotated[str, StringConstraints(max_length=64)]


class Begin(Value):
    """Draft again; nothing more to say."""
