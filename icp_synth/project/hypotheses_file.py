"""Hypotheses as people write them: a YAML or TOML file, or lines of study.toml.

```yaml
icp: Gym chains
hypotheses:
  - {field: industry, value: gym, scope: true, test: "Ask three chains."}
  - {field: sites, operator: ">=", value: 3, confidence: medium}
  - {field: role, operator: in, value: [gym manager, retail purchaser]}
  - {field: pain/problem, operator: says, value: Stock and members are kept apart.}
```
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from icp_synth.domain.fields import (
    KINDS,
    OTHER,
    PROFILE_FIELDS,
    Kind,
    attribute_of,
    claim_fields,
)
from icp_synth.domain.hypotheses import OPERATORS, Hypothesis
from icp_synth.errors import SettingsError
from icp_synth.project.files import write_atomic
from icp_synth.project.marked import Marked, Place, read_marked, toml_lines

FILES = ("hypotheses.yaml", "hypotheses.toml")
"""How a project keeps them."""

CONFIDENCE: Mapping[str, float] = {"low": 0.25, "medium": 0.5, "high": 0.75}
"""The words that may stand for a figure."""

_TOP = ("icp", "hypotheses", "icps")
_KEYS = ("icp", "field", "operator", "value", "unit", "scope", "confidence", "test")
_HINT = "docs/positioning.md shows such a file."

Own = Collection[tuple[Kind, str]]


def load_hypotheses(path: Path, own: Own = ()) -> tuple[Hypothesis, ...]:
    """Read a file of hypotheses.

    Args:
        path: YAML, or TOML by its ending.
        own: The study's own categories as (kind, category).

    Returns:
        In the order of the file, each with its line.

    Raises:
        NotFound: There is no such file.
        SettingsError: It does not hold together; the message names file and line.
    """
    marked = read_marked(path)
    data = marked.data
    if isinstance(data, list) and data:
        return _each_once(marked, _all(marked, data, (), "", own))
    if not isinstance(data, Mapping):
        raise marked.error((), "it holds no hypotheses", _HINT)
    _refuse_unknown(marked, data, (), _TOP)
    found = _all(
        marked, data.get("hypotheses", []), ("hypotheses",), _icp(marked, data), own
    )
    for index, group in enumerate(_list(marked, data.get("icps", []), ("icps",))):
        place: Place = ("icps", index)
        if not isinstance(group, Mapping):
            raise marked.error(place, "an ICP is a mapping", _HINT)
        _refuse_unknown(marked, group, place, ("name", "hypotheses"))
        name = str(group.get("name", "")).strip()
        inside = (*place, "hypotheses")
        held = _all(marked, group.get("hypotheses", []), inside, name, own)
        if not held:
            raise marked.error(place, f"the ICP {name!r} has no hypotheses", _HINT)
        found += held
    if not found:
        raise marked.error((), "it holds no hypotheses", _HINT)
    return _each_once(marked, found)


def _each_once(marked: Marked, found: tuple[Hypothesis, ...]) -> tuple[Hypothesis, ...]:
    """Return them, each thing assumed once of an ICP."""
    for at, one in enumerate(found):
        same = next((prior for prior in found[:at] if one.says_the_same(prior)), None)
        if same is not None:
            msg = (
                f"{marked.name}, line {one.line}: this says what line {same.line} says."
            )
            raise SettingsError(msg, hint="Leave one of the two, and run again.")
    return found


def parse_hypotheses(
    given: Sequence[Mapping[str, Any]], *, text: str, name: str, own: Own = ()
) -> tuple[Hypothesis, ...]:
    """Read the hypotheses of `[research]` in study.toml.

    Args:
        given: As TOML gives them.
        text: The file's, to tell lines.
        name: How messages call the file.
        own: The study's own categories as (kind, category).

    Raises:
        SettingsError: One does not hold together; with its line.
    """
    lines: dict[Place, int] = {}
    for place, line in toml_lines(text).items():
        if place[0] == "research.hypotheses":
            lines["hypotheses", *place[1:]] = line
        elif place == ("research", "hypotheses"):
            lines["hypotheses",] = line
    return _all(Marked(name, given, lines), list(given), ("hypotheses",), "", own)


def project_hypotheses(folder: Path, own: Own = ()) -> tuple[Hypothesis, ...]:
    """Return the hypotheses that the project keeps in a file of its own, if any."""
    for name in FILES:
        if (folder / name).is_file():
            return load_hypotheses(folder / name, own)
    return ()


def keep_hypotheses(folder: Path, path: Path, own: Own = ()) -> Path:
    """Make a file the project's hypotheses, once it is seen to hold together.

    Raises:
        NotFound, SettingsError: As for `load_hypotheses`; nothing is written then.
        StorageError: The folder cannot be written.
    """
    load_hypotheses(path, own)
    ending = ".toml" if path.suffix.lower() == ".toml" else ".yaml"
    kept = folder / f"hypotheses{ending}"
    for name in FILES:
        if name != kept.name and (folder / name).is_file():
            msg = f"The project keeps its hypotheses in {folder / name}."
            raise SettingsError(msg, hint="Remove that file, or give one of its kind.")
    if kept.resolve() != path.resolve():
        write_atomic(kept, path.read_bytes())
    return kept


def _icp(marked: Marked, data: Mapping[str, Any]) -> str:
    name = data.get("icp", "")
    if not isinstance(name, str):
        raise marked.error(("icp",), "icp is the ICP's name", _HINT)
    return name.strip()


def _list(marked: Marked, given: Any, place: Place) -> list[Any]:
    if isinstance(given, list):
        return given
    raise marked.error(place, f"{place[-1]} is a list", _HINT)


def _all(
    marked: Marked, given: Any, place: Place, icp: str, own: Own
) -> tuple[Hypothesis, ...]:
    return tuple(
        _one(marked, one, (*place, index), icp, own)
        for index, one in enumerate(_list(marked, given, place or ("hypotheses",)))
    )


def _one(marked: Marked, given: Any, place: Place, icp: str, own: Own) -> Hypothesis:
    if not isinstance(given, Mapping):
        raise marked.error(place, "a hypothesis has at least field and value", _HINT)
    _refuse_unknown(marked, given, place, _KEYS)
    for key in ("field", "value"):
        if given.get(key) in (None, "", []):
            raise marked.error(place, f"the hypothesis has no {key}", _HINT)
    if isinstance(given["value"], bool):
        said = "value is words or figures; put yes and no between quotation marks"
        raise marked.error((*place, "value"), said, _HINT)
    values = dict(given)
    values["field"] = _field(marked, given, place, own)
    values.setdefault("icp", icp)
    if "operator" not in values:
        values["operator"] = _usual(values["field"], values["value"])
    elif values["operator"] not in OPERATORS:
        said = f"there is no operator {values['operator']!r}"
        raise marked.error(
            (*place, "operator"), said, f"There are {', '.join(OPERATORS)}."
        )
    confidence = values.get("confidence")
    if isinstance(confidence, str):
        if confidence not in CONFIDENCE:
            said = f"confidence is 0 to 1 or low, medium, high, not {confidence!r}"
            raise marked.error((*place, "confidence"), said, _HINT)
        values["confidence"] = CONFIDENCE[confidence]
    values["line"] = marked.line(place)
    return _checked(marked, values, place)


def _checked(marked: Marked, values: dict[str, Any], place: Place) -> Hypothesis:
    try:
        return Hypothesis.model_validate(values)
    except ValidationError as cause:
        error = cause.errors()[0]
        key = error["loc"][:1]
        said = error["msg"].removeprefix("Value error, ").rstrip(".")
        if key:
            said = f"{key[0]} does not fit: {said}"
        raise marked.error((*place, *key), said, _HINT) from cause


def _usual(field: str, value: object) -> str:
    if "/" in field:
        return "says"
    known = PROFILE_FIELDS.get(field)
    if known is not None and known.type == "text":
        return "says"
    if isinstance(value, list):
        figures = known is not None and known.type in {"number", "money"}
        return "between" if figures else "in"
    return "="


def _field(marked: Marked, given: Mapping[str, Any], place: Place, own: Own) -> str:
    """Return the field that is meant: of the catalogue, `other:`, or a category."""
    field = str(given["field"]).strip()
    known = {one for one in claim_fields(tuple(own)) if "/" in one}
    if "/" in field:
        if field in known and field.split("/")[0] in KINDS:
            return field
    elif (name := attribute_of(field)) is not None and (
        name in PROFILE_FIELDS or field.lower().startswith(OTHER)
    ):
        return name
    said = f"there is no field {field!r}"
    hint = "`icp-synth schema fields` lists them; `other:NAME` is allowed."
    raise marked.error((*place, "field"), said, hint)


def _refuse_unknown(
    marked: Marked, given: Mapping[str, Any], place: Place, known: Sequence[str]
) -> None:
    for key in given:
        if key not in known:
            said = f"unknown key {key!r}"
            raise _unknown(marked, (*place, str(key)), said, known)


def _unknown(
    marked: Marked, place: Place, said: str, known: Sequence[str]
) -> SettingsError:
    return marked.error(place, said, f"Known here: {', '.join(known)}.")
