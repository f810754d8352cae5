"""segments.yaml: who belongs together, where people decided it.

People's work in plain text, read by every run and written only when somebody asks
for it (`icp-synth segments --edit`, the review page). Its comments are for people:
they say who somebody is and how well they fit, and are not read.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from icp_synth.domain.values import Value
from icp_synth.errors import SettingsError
from icp_synth.project.files import write_atomic

if TYPE_CHECKING:
    from yaml.nodes import Node, ScalarNode

FILE = "segments.yaml"

HEAD = """\
# Who belongs together. Move the lines of participants, rename or add segments; what
# stands after # is for you and is not read. ICPs and personas are drafted for these
# segments by the next `icp-synth run`, which never changes this file. Delete it, and
# the program groups people again.
"""
"""The comment at the top of every file that the program writes."""
_EVERYBODY = "Every participant stands once, in a segment or under unassigned."


class Placed(Value):
    """A participant as the file names them; `line` counts from 1."""

    name: str
    line: int = 0


class Group(Value):
    """A segment of the file.

    Attributes:
        name: As people call it.
        participants: In the file's order.
        line: On which it begins, from 1.
    """

    name: str
    participants: tuple[Placed, ...] = ()
    line: int = 0


class SegmentsFile(Value):
    """segments.yaml, whole.

    Attributes:
        segments: In the file's order.
        unassigned: Who belongs to none.
        by: Who decided, if they said it.
    """

    segments: tuple[Group, ...] = ()
    unassigned: tuple[Placed, ...] = ()
    by: str = ""

    def everybody(self) -> frozenset[str]:
        """Return the names of all who stand in it, unassigned ones too."""
        groups = (self.unassigned, *(group.participants for group in self.segments))
        return frozenset(one.name for people in groups for one in people)


class Line(NamedTuple):
    """A participant to be written: the name, and words for people beside it."""

    name: str
    comment: str = ""


def read_segments(project: Path) -> SegmentsFile | None:
    """Read segments.yaml; None when there is none.

    Raises:
        SettingsError: It is no YAML, or of another shape; the message names the line.
    """
    path = project / FILE
    if not path.is_file():
        return None
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        msg = f"{path} is not UTF-8: {cause.reason} at byte {cause.start}."
        raise SettingsError(msg, hint="Save it as UTF-8 and run again.") from cause
    except OSError as cause:
        msg = f"{path} cannot be read: {cause.strerror}."
        raise SettingsError(msg, hint="Make it readable and run again.") from cause
    return parse_segments(text, name=str(path))


def parse_segments(text: str, *, name: str = FILE) -> SegmentsFile:
    r"""Read the text of a segments.yaml.

    Args:
        text: YAML.
        name: How messages call it.

    Raises:
        SettingsError: As for `read_segments`.

    Example:
        >>> text = "segments:\n- name: Shops\n  participants: [anna, bob]\n"
        >>> parse_segments(text).segments[0].name
        'Shops'
    """
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as cause:
        mark = getattr(cause, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        said = getattr(cause, "problem", None) or "it cannot be read"
        raise _wrong(name, line, f"is not valid YAML: {said}") from cause
    if root is None:
        return SegmentsFile()
    parts = _mapping(root, name, known=("by", "segments", "unassigned"))
    return SegmentsFile(
        segments=tuple(
            _group(node, name) for node in _sequence(parts.get("segments"), name)
        ),
        unassigned=_people(parts.get("unassigned"), name),
        by=_text(parts["by"], name).value.strip() if "by" in parts else "",
    )


def write_segments(
    project: Path,
    segments: Iterable[tuple[str, Iterable[Line]]],
    unassigned: Iterable[Line] = (),
    *,
    by: str = "",
) -> Path:
    """Write segments.yaml, whole or not at all; one that is there is replaced.

    Args:
        project: The project folder.
        segments: Name and participants of each, in order.
        unassigned: Who belongs to none.
        by: Who decided.

    Returns:
        The file's path.

    Raises:
        StorageError: It cannot be written.
    """
    path = project / FILE
    write_atomic(path, to_yaml(segments, unassigned, by=by))
    return path


def to_yaml(
    segments: Iterable[tuple[str, Iterable[Line]]],
    unassigned: Iterable[Line] = (),
    *,
    by: str = "",
) -> str:
    """Return the text of a segments.yaml; arguments as for `write_segments`."""
    parts = [HEAD]
    if by:
        parts.append(f"by: {_scalar(by)}\n")
    blocks = [
        f"  - name: {_scalar(name)}\n    participants:{_lines(people, indent=6)}"
        for name, people in segments
    ]
    parts.append("segments:" + ("\n" + "".join(blocks) if blocks else " []\n"))
    parts.append(f"unassigned:{_lines(unassigned, indent=2)}")
    return "".join(parts)


def resolve_people(
    given: SegmentsFile, known: Mapping[str, str], *, name: str = FILE
) -> SegmentsFile:
    """Return the file with the names that participants have in every output.

    Args:
        given: As read.
        known: Participant → label; either may stand in the file, a label where it
            is unique.
        name: How messages call the file.

    Raises:
        SettingsError: Somebody is not known or stands twice, or two segments have
            one name; the message names the lines.
    """
    by_label: dict[str, list[str]] = defaultdict(list)
    for one, label in known.items():
        by_label[label.strip().casefold()].append(one)
    seen: dict[str, tuple[int, str]] = {}

    def placed(people: Iterable[Placed], where: str) -> tuple[Placed, ...]:
        found = []
        for one in people:
            who = _who(one, known, by_label, name)
            if who in seen:
                line, other = seen[who]
                said = f"{who!r} stands in {where} and, line {line}, in {other}"
                raise _wrong(name, one.line, said, hint=_EVERYBODY)
            seen[who] = (one.line, where)
            found.append(one.model_copy(update={"name": who}))
        return tuple(found)

    names: dict[str, int] = {}
    for group in given.segments:
        if group.name in names:
            said = f"{group.name!r} is also the segment of line {names[group.name]}"
            hint = "Give each segment its own name, or join the two."
            raise _wrong(name, group.line, said, hint=hint)
        names[group.name] = group.line
    return given.model_copy(
        update={
            "segments": tuple(
                group.model_copy(
                    update={
                        "participants": placed(group.participants, repr(group.name))
                    }
                )
                for group in given.segments
            ),
            "unassigned": placed(given.unassigned, "unassigned"),
        }
    )


def _who(
    one: Placed,
    known: Collection[str],
    by_label: Mapping[str, list[str]],
    name: str,
) -> str:
    if one.name in known:
        return one.name
    fits = by_label.get(one.name.strip().casefold(), [])
    if len(fits) == 1:
        return fits[0]
    if fits:
        said = f"{one.name!r} is the label of {', '.join(sorted(fits))}"
        raise _wrong(name, one.line, said, hint="Write one of these names.")
    said = f"there is no participant {one.name!r}"
    hint = (
        "`icp-synth segments` lists them; take the line out if the interview left"
        " the study."
    )
    raise _wrong(name, one.line, said, hint=hint)


def _group(node: Node, name: str) -> Group:
    parts = _mapping(node, name, known=("name", "participants"))
    line = node.start_mark.line + 1
    called = _text(parts["name"], name).value.strip() if "name" in parts else ""
    if not called:
        hint = 'Write `name: "…"` at its head.'
        raise _wrong(name, line, "a segment has no name", hint=hint)
    return Group(
        name=called, participants=_people(parts.get("participants"), name), line=line
    )


def _people(node: Node | None, name: str) -> tuple[Placed, ...]:
    found = []
    for one in _sequence(node, name):
        text = _text(one, name)
        found.append(Placed(name=text.value.strip(), line=text.start_mark.line + 1))
    return tuple(found)


def _mapping(node: Node, name: str, *, known: tuple[str, ...]) -> dict[str, Node]:
    from yaml.nodes import MappingNode

    line = node.start_mark.line + 1
    if not isinstance(node, MappingNode):
        said = f"here should stand {', '.join(f'{key}:' for key in known)}"
        raise _wrong(name, line, said)
    parts: dict[str, Node] = {}
    for key, value in node.value:
        word = _text(key, name).value
        at = key.start_mark.line + 1
        if word not in known:
            hint = f"Known here: {', '.join(known)}."
            raise _wrong(name, at, f"unknown key {word!r}", hint=hint)
        if word in parts:
            raise _wrong(name, at, f"{word!r} stands twice")
        parts[word] = value
    return parts


def _sequence(node: Node | None, name: str) -> Iterator[Node]:
    from yaml.nodes import ScalarNode, SequenceNode

    if node is None or (isinstance(node, ScalarNode) and node.value in {"", "~"}):
        return
    if not isinstance(node, SequenceNode):
        said = "here should stand a list, an entry a line after `- `"
        raise _wrong(name, node.start_mark.line + 1, said)
    yield from node.value


def _text(node: Node, name: str) -> ScalarNode:
    from yaml.nodes import ScalarNode

    if not isinstance(node, ScalarNode):
        line = node.start_mark.line + 1
        hint = "Put names with a colon, a comma or a bracket in quotation marks."
        raise _wrong(name, line, "here should stand one name", hint=hint)
    return node


def _wrong(name: str, line: int, said: str, *, hint: str = "") -> SettingsError:
    msg = f"{name}, line {line}: {said}."
    return SettingsError(msg, hint=hint or "Mend that line and run again.")


def _lines(people: Iterable[Line], *, indent: int) -> str:
    given = [(_scalar(one.name), " ".join(one.comment.split())) for one in people]
    if not given:
        return " []\n"
    width = max(len(name) for name, _ in given)
    before = " " * indent
    lines = [
        f"{before}- {name:<{width}}  # {said}" if said else f"{before}- {name}"
        for name, said in given
    ]
    return "\n" + "\n".join(lines) + "\n"


def _scalar(text: str) -> str:
    """Return the text as YAML writes it: plain where that reads the same again."""
    import yaml

    try:
        plain = yaml.safe_load(f"- {text}\n") == [text]
    except yaml.YAMLError:
        plain = False
    return text if plain and "\n" not in text else json.dumps(text, ensure_ascii=False)
