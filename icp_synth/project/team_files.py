"""Views of teams as they write them: a YAML or TOML file each.

```yaml
team: marketing
criteria:
  - {criterion: Tells others about us, rating: 5, note: Brings most leads.}
  - {criterion: Location, rating: 3, value: Western Europe}
```
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from icp_synth.domain.fields import comparable
from icp_synth.domain.teams import TeamView
from icp_synth.errors import NameClash, SettingsError
from icp_synth.project.marked import Marked, read_marked

_HINT = "docs/positioning.md shows such a file."
_KEYS = ("team", "criteria")
_OF_A_CRITERION = ("criterion", "rating", "weight", "value", "note")


def load_views(paths: Sequence[Path]) -> tuple[TeamView, ...]:
    """Read the files of several teams.

    Returns:
        By the teams' names, so that the order of the files changes nothing.

    Raises:
        NotFound: A file is not there.
        NameClash: Two files are of one team.
        SettingsError: A file does not hold together; with file and line.
    """
    views: dict[str, tuple[Path, TeamView]] = {}
    for path in paths:
        view = load_view(path)
        key = comparable(view.team)
        if key in views:
            msg = f"{views[key][0]} and {path} are both of the team {view.team!r}."
            raise NameClash(msg, hint="Give each team one file.")
        views[key] = (path, view)
    return tuple(views[key][1] for key in sorted(views))


def load_view(path: Path) -> TeamView:
    """Read one team's file; its team is the file's name where it names none.

    Raises:
        NotFound: There is no such file.
        SettingsError: It does not hold together; with file and line.
    """
    marked = read_marked(path)
    data = marked.data
    if not isinstance(data, Mapping):
        raise marked.error((), "it holds no view of a team", _HINT)
    _refuse_unknown(marked, data, (), _KEYS)
    criteria = data.get("criteria")
    if not isinstance(criteria, list) or not criteria:
        raise marked.error(("criteria",), "criteria is a list of at least one", _HINT)
    entries = [_entry(marked, one, index) for index, one in enumerate(criteria)]
    _refuse_twice(marked, entries)
    team = str(data.get("team") or path.stem).strip()
    try:
        return TeamView.model_validate({"team": team, "criteria": entries})
    except ValidationError as cause:
        raise _wrong(marked, cause) from cause


def _entry(marked: Marked, given: Any, index: int) -> dict[str, Any]:
    place = ("criteria", index)
    if not isinstance(given, Mapping):
        said = "a criterion has its name and a rating or a weight"
        raise marked.error(place, said, _HINT)
    _refuse_unknown(marked, given, place, _OF_A_CRITERION)
    if not str(given.get("criterion") or "").strip():
        raise marked.error(place, "the criterion has no name", _HINT)
    entry = {key: value for key, value in given.items() if value is not None}
    for key in ("criterion", "value", "note"):
        if key in entry:
            entry[key] = str(entry[key]).strip()
    return {**entry, "line": marked.line(place)}


def _refuse_twice(marked: Marked, entries: Sequence[Mapping[str, Any]]) -> None:
    seen: dict[str, int] = {}
    for index, entry in enumerate(entries):
        name = comparable(entry["criterion"])
        if name in seen:
            said = f"{entry['criterion']!r} stands twice"
            raise marked.error(("criteria", index), said, "Keep one of them.")
        seen[name] = index


def _refuse_unknown(
    marked: Marked,
    given: Mapping[str, Any],
    place: tuple[str | int, ...],
    known: Sequence[str],
) -> None:
    for key in given:
        if key not in known:
            hint = f"Known here: {', '.join(known)}."
            raise marked.error((*place, str(key)), f"unknown key {key!r}", hint)


def _wrong(marked: Marked, cause: ValidationError) -> SettingsError:
    error = cause.errors()[0]
    said = error["msg"].removeprefix("Value error, ").rstrip(".")
    place = error["loc"]
    keys = [str(part) for part in place if isinstance(part, str)]
    if keys and keys[-1] != "criteria":
        said = f"{keys[-1]} does not fit: {said}"
    return marked.error(place or ("criteria",), said, _HINT)
