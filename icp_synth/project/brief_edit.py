"""study.toml, edited in place: what people wrote beside it stays, comments too."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from icp_synth.domain.brief import Brief
from icp_synth.errors import NotFound
from icp_synth.project.brief import FILE, parse_study, read_text
from icp_synth.project.files import write_atomic

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.items import Array, Table


def write_brief(project: Path, brief: Brief) -> Path:
    """Write the answers of `init` into study.toml; other parts of it stay.

    Empty answers are left out of a new file, and leave an old one as it is.

    Returns:
        The file's path.

    Raises:
        SettingsError: The file that is there is no TOML.
        StorageError: It cannot be written.
    """
    document = _open(project)
    answers: Mapping[str, Mapping[str, Any]] = {
        "product": {
            "name": brief.product,
            "what": brief.what,
            "value_proposition": brief.value_proposition,
            "differentiators": brief.differentiators,
            "rivals": brief.rivals,
            "currency": brief.currency,
        },
        "goal": {"outcome": brief.outcome, "year": brief.year},
        "research": {"questions": brief.questions},
    }
    for section, values in answers.items():
        for key, value in values.items():
            if value:
                _section(document, section)[key] = _item(value)
    if brief.extra:
        _section(document, "codebook")["extra"] = _item(
            [
                {"category": category, "kind": kind, "description": description}
                for category, kind, description in brief.extra
            ]
        )
    return _save(project, document)


def write_template(project: Path) -> bool:
    """Write a study.toml in which every key of the brief stands as a comment.

    Returns:
        Whether there was none; one that is there stays as it is.

    Raises:
        StorageError: It cannot be written.
    """
    path = project / FILE
    if path.is_file():
        return False
    template = resources.files("icp_synth.project") / "study_template.toml"
    write_atomic(path, template.read_text(encoding="utf-8"))
    return True


def add_sources(
    project: Path, paths: Iterable[Path] = (), *, tables: Iterable[Path] = ()
) -> tuple[str, ...]:
    """Add files and folders to `[sources]`, sorted, relative to study.toml.

    Args:
        project: The project folder; study.toml is made if it is not there.
        paths: Files and folders, relative to the working directory or absolute.
        tables: Tables with one interview a row, likewise.

    Returns:
        What was not there before, as written. Nothing is written when it is empty.
    """
    document = _open(project)
    added: list[str] = []
    for key, given in (("paths", paths), ("tables", tables)):
        names = sorted({relative_to_project(project, path) for path in given})
        if not names:
            continue
        listed = _list(_section(document, "sources"), key)
        new = [name for name in names if name not in listed]
        for name in new:
            _insert_sorted(listed, name)
        added += new
    if added:
        _save(project, document)
    return tuple(added)


def remove_source(project: Path, path: str) -> str:
    """Take one path out of `[sources]`.

    Args:
        project: The project folder.
        path: As it stands in study.toml, or as a path from the working directory.

    Returns:
        The entry that was taken out.

    Raises:
        NotFound: It is not among the sources.
    """
    document = _open(project)
    section = document.get("sources", {})
    wanted = (path, relative_to_project(project, Path(path)))
    listed = [str(name) for key in ("paths", "tables") for name in section.get(key, ())]
    for key in ("paths", "tables"):
        for at, name in enumerate(section.get(key, ())):
            if str(name) in wanted:
                section[key].pop(at)
                _save(project, document)
                return str(name)
    msg = f"{path!r} is not among the sources of {project / FILE}."
    raise NotFound(msg, hint=f"There are: {', '.join(listed) or 'none'}.")


def relative_to_project(project: Path, path: Path) -> str:
    """Return `path` as study.toml writes it: POSIX, relative to the project."""
    try:
        relative = os.path.relpath(path.absolute(), project.absolute())
    except ValueError:  # another drive
        return path.absolute().as_posix()
    return Path(relative).as_posix()


def _open(project: Path) -> TOMLDocument:
    import tomlkit

    path = project / FILE
    if not path.is_file():
        return tomlkit.document()
    text = read_text(path)
    parse_study(text, name=str(path))
    return tomlkit.parse(text)


def _save(project: Path, document: TOMLDocument) -> Path:
    import tomlkit

    path = project / FILE
    text = tomlkit.dumps(document)
    parse_study(text, name=str(path))
    write_atomic(path, text)
    return path


def _section(document: TOMLDocument, name: str) -> Table:
    import tomlkit

    if name not in document:
        document[name] = tomlkit.table()
    return cast("Table", document[name])


def _list(section: Table, key: str) -> Array:
    import tomlkit

    if key not in section:
        section[key] = tomlkit.array()
    return cast("Array", section[key])


def _insert_sorted(listed: Array, name: str) -> None:
    """Insert before the first entry that comes later; the others keep their place."""
    at = next((i for i, one in enumerate(listed) if str(one) > name), len(listed))
    listed.insert(at, name)


def _item(value: Any) -> Any:
    import tomlkit

    return tomlkit.item(list(value) if isinstance(value, tuple) else value)


def keep_reading_flags(
    project: Path,
    *,
    interviewers: Iterable[str] = (),
    participants: Iterable[str] = (),
    single_speaker: bool = False,
    encoding: str | None = None,
    id_column: str | None = None,
    text_column: str | None = None,
) -> None:
    """Keep the flags that sources were added with, so that `run` alone reads alike.

    Names are added to those that stand there; anything else replaces what did.
    """
    names = {"interviewer": tuple(interviewers), "participant": tuple(participants)}
    single = {
        "single_speaker": single_speaker,
        "encoding": encoding,
        "id_column": id_column,
        "text_column": text_column,
    }
    if not (any(names.values()) or any(single.values())):
        return
    document = _open(project)
    section = _section(document, "sources")
    for key, given in names.items():
        if not given:
            continue
        listed = _list(section, key)
        for name in sorted(set(given) - {str(one) for one in listed}):
            _insert_sorted(listed, name)
    for key, value in single.items():
        if value:
            section[key] = value
    _save(project, document)


def take_over(project: Path, other: Path) -> None:
    """Start a project's study.toml from that of a folder of sources.

    Args:
        project: Has no study.toml yet.
        other: The file that is taken over; its sources are left behind, since they
            are relative to it. Who speaks as what is kept.

    Raises:
        SettingsError: The other file does not hold together.
    """
    import tomlkit

    text = read_text(other)
    parse_study(text, name=str(other))
    document = tomlkit.parse(text)
    for key in ("paths", "tables"):
        document.get("sources", {}).pop(key, None)
    if not document.get("sources", True):
        document.pop("sources")
    _save(project, document)
