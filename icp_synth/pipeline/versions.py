"""The syntheses that a project has had: listed, looked up, compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from icp_synth.domain.diffs import SynthesisDiff
from icp_synth.domain.profiles import Synthesis
from icp_synth.domain.values import Value
from icp_synth.domain.versions import Version
from icp_synth.errors import NameClash, NotFound, UsageError
from icp_synth.project.ledger import Ledger
from icp_synth.stages.diff import compare

LATEST = "latest"
PREVIOUS = "previous"


class Found(Value):
    """A synthesis that was looked up, and how it is called."""

    name: str
    synthesis: Synthesis


class Compared(Value):
    """Two syntheses and what changed from the one to the other."""

    before: str
    after: str
    diff: SynthesisDiff


def list_versions(folder: Path) -> tuple[Version, ...]:
    """Return all syntheses of a project, oldest first.

    Raises:
        NotFound: There is no ledger yet.
    """
    with Ledger.open(folder, write=False) as ledger:
        runs = ledger.runs
        return tuple(_entry(name, runs.synthesis(name)) for name in runs.versions())


def find_version(folder: Path, name: str) -> Found:
    """Return a synthesis by name.

    Args:
        folder: The project folder.
        name: `latest`, `previous`, a version or its beginning, or the path of a
            synthesis.json.

    Raises:
        NotFound: There is none.
        NameClash: Several begin so.
        UsageError: What is there is no synthesis that this program can read.
    """
    path = Path(name)
    if name not in {LATEST, PREVIOUS} and path.is_file():
        return Found(name=name, synthesis=_parsed(path.read_bytes(), name))
    with Ledger.open(folder, write=False) as ledger:
        version = _version(name, ledger.runs.versions())
        body = ledger.runs.synthesis(version)
    return Found(name=version, synthesis=_parsed(body or "", version))


def compare_versions(folder: Path, before: str, after: str) -> Compared:
    """Return what changed between two syntheses, named as for `find_version`.

    Raises:
        NotFound: One of them is not there.
    """
    old, new = find_version(folder, before), find_version(folder, after)
    return Compared(
        before=old.name,
        after=new.name,
        diff=compare(old.synthesis, new.synthesis, texts_of(folder, new.synthesis)),
    )


def texts_of(folder: Path, synthesis: Synthesis) -> dict[str, str]:
    """Return the texts that a synthesis was made from, as far as they are held."""
    wanted = {one.id: one.text_sha256 for one in synthesis.transcripts}
    try:
        with Ledger.open(folder, write=False) as ledger:
            held = ledger.transcripts.all()
    except NotFound:  # two files were named, and there is no project
        return {}
    return {one.id: one.text for one in held if wanted.get(one.id) == one.text_sha256}


def _version(name: str, versions: tuple[str, ...]) -> str:
    hint = "`icp-synth versions` lists them."
    if not versions:
        msg = "There is no synthesis yet."
        raise NotFound(msg, hint="Run `icp-synth run PATH…` first.")
    if name == LATEST:
        return versions[-1]
    if name == PREVIOUS:
        if len(versions) < 2:
            msg = "There is one synthesis, and none before it."
            raise NotFound(msg, hint="Another comes with the next change and run.")
        return versions[-2]
    if name in versions:
        return name
    wanted = name if name.startswith("syn-") else f"syn-{name}"
    fits = [one for one in versions if name and one.startswith(wanted)]
    if len(fits) == 1:
        return fits[0]
    if fits:
        msg = f"{name!r} fits {', '.join(fits)}."
        raise NameClash(msg, hint="Give more of it.")
    msg = f"There is no version and no file {name!r}."
    raise NotFound(msg, hint=hint)


def _parsed(body: str | bytes, name: str) -> Synthesis:
    try:
        return Synthesis.model_validate_json(body)
    except ValidationError as cause:
        first = cause.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        msg = f"{name} is no synthesis.json: {where or 'it'}: {first['msg']}."
        hint = "Name a version of `icp-synth versions`, or a file that a run wrote."
        raise UsageError(msg, hint=hint) from cause


def _entry(name: str, body: str | None) -> Version:
    found: dict[str, Any] = json.loads(body or "{}")
    manifest = found.get("manifest", {})

    def count(key: str) -> int:
        return len(found.get(key, ()))

    def drafted(key: str) -> int:
        return sum(one.get("status") != "too_little" for one in found.get(key, ()))

    return Version(
        version=name,
        created=manifest.get("created", ""),
        analyst=manifest.get("analyst", ""),
        model=manifest.get("model"),
        transcripts=count("transcripts"),
        participants=count("participants"),
        insights=count("insights"),
        themes=count("themes"),
        segments=count("segments"),
        icps=drafted("icps"),
        personas=drafted("personas"),
    )
