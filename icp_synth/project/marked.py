"""YAML and TOML files that people write, with the line of each thing in them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from icp_synth.errors import NotFound, SettingsError
from icp_synth.project.files import read_text

if TYPE_CHECKING:
    from yaml.nodes import Node

Place = tuple[str | int, ...]
"""Keys and indexes from the top of a file to a thing in it."""

_MOST = 1_000_000
"""Characters that such a file may have; YAML's aliases are refused anyway."""


class Marked(NamedTuple):
    """What a file holds, and where.

    Attributes:
        name: How messages call the file.
        data: Mappings, lists, words, numbers.
        lines: Place → line, from 1.
    """

    name: str
    data: Any
    lines: Mapping[Place, int]

    def line(self, place: Sequence[str | int]) -> int | None:
        """Return the line of a thing, or of the nearest thing around it."""
        for end in range(len(place), 0, -1):
            if found := self.lines.get(tuple(place[:end])):
                return found
        return None

    def error(self, place: Sequence[str | int], said: str, hint: str) -> SettingsError:
        """Return an error that names file and line."""
        line = self.line(place)
        where = f"{self.name}, line {line}" if line else self.name
        return SettingsError(f"{where}: {said}.", hint=hint)


def read_marked(path: Path) -> Marked:
    """Read a YAML (or JSON) file, or a TOML file by its ending.

    Raises:
        NotFound: There is no such file.
        SettingsError: It is not UTF-8 or does not hold together; with the line.
    """
    if not path.is_file():
        msg = f"There is no file {path}."
        raise NotFound(msg, hint="Give a YAML or TOML file.")
    text = read_text(path)
    if len(text) > _MOST:
        msg = f"{path} has {len(text):,} characters; {_MOST:,} is the most."
        raise SettingsError(msg, hint="Is it the file that you meant?")
    if path.suffix.lower() == ".toml":
        return _toml(text, str(path))
    return _yaml(text, str(path))


def _toml(text: str, name: str) -> Marked:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as cause:
        msg = f"{name} is not valid TOML: {cause}."
        raise SettingsError(msg, hint="Mend that line and run again.") from cause
    return Marked(name, data, toml_lines(text))


_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"""^\s*["']?([\w-]+)["']?\s*=""")


def toml_lines(text: str) -> dict[Place, int]:
    """Return the lines of headers and of keys that begin a line.

    A header's dotted name is one part of the place: `("research.hypotheses", 0)`.
    """
    lines: dict[Place, int] = {}
    counts: dict[str, int] = {}
    above: Place = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            name = header[2]
            above = (name,)
            lines.setdefault(above, number)
            if header[1] == "[[":
                above = (name, counts.get(name, 0))
                counts[name] = counts.get(name, 0) + 1
                lines[above] = number
        elif key := _KEY.match(line):
            lines.setdefault((*above, key[1]), number)
    return lines


def _yaml(text: str, name: str) -> Marked:
    import yaml

    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text)):
            msg = f"{name} uses YAML aliases (*name)."
            raise SettingsError(msg, hint="Write the thing out where it is used.")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except yaml.MarkedYAMLError as cause:
        mark = cause.problem_mark or cause.context_mark
        where = f"{name}, line {mark.line + 1}" if mark else name
        msg = f"{where}: not valid YAML: {cause.problem or cause.context}."
        raise SettingsError(msg, hint="Mend that line and run again.") from cause
    except yaml.YAMLError as cause:
        msg = f"{name} is not valid YAML: {cause}."
        raise SettingsError(msg, hint="Save it as UTF-8 text and run again.") from cause
    except (ValueError, RecursionError) as cause:
        # A date that is none, or brackets without end.
        msg = f"{name} does not hold together: {cause}."
        raise SettingsError(msg, hint="Put such a value in quotation marks.") from cause
    lines: dict[Place, int] = {}
    if root is not None:
        _walk(root, (), lines)
    return Marked(name, data, lines)


def _walk(node: Node, place: Place, lines: dict[Place, int]) -> None:
    import yaml

    lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*place, str(key.value))
            lines[inner] = key.start_mark.line + 1
            _walk(value, inner, lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _walk(value, (*place, index), lines)
