"""Check the installation and a project: what `doctor` finds."""

from __future__ import annotations

import importlib.metadata
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from icp_synth.domain.values import Value
from icp_synth.errors import IcpSynthError, NotFound, PromptError
from icp_synth.llm.connect import OUR_KEY, PROVIDERS
from icp_synth.pipeline.searching import rebuild
from icp_synth.project.decisions import read_decisions
from icp_synth.project.files import preflight
from icp_synth.project.ledger import Ledger, ledger_path
from icp_synth.prompting import load_prompt
from icp_synth.version import __version__

_PROBLEMS_SHOWN = 3
_LIBRARIES = ("chromadb", "openai", "langchain", "scikit-learn", "scipy", "numpy")


class Check(Value):
    """One thing that was looked at."""

    name: str
    ok: bool
    found: str
    hint: str = ""


class Checkup(Value):
    """Everything that was looked at."""

    checks: tuple[Check, ...]

    @property
    def sound(self) -> bool:
        """Nothing is wrong."""
        return all(check.ok for check in self.checks)


def examine(folder: Path) -> Checkup:
    """Look at the installation, the folder, the ledger, decisions and the index.

    The index is rebuilt from the ledger, without a model call. Which keys are set is
    said; no key is shown.
    """
    checks = [*_installation(), _prompts(), _keys(), _writable(folder)]
    if ledger_path(folder).is_file():
        checks += [_ledger(folder), _decisions(folder), _index(folder)]
    return Checkup(checks=tuple(checks))


def _installation() -> Iterator[Check]:
    python = ".".join(str(part) for part in sys.version_info[:3])
    yield Check(name="version", ok=True, found=f"icp-synth {__version__}")
    yield Check(
        name="python",
        ok=sys.version_info >= (3, 11),
        found=python,
        hint="" if sys.version_info >= (3, 11) else "Use Python 3.11 or later.",
    )
    for name in _LIBRARIES:
        try:
            yield Check(name=name, ok=True, found=importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            hint = "Install the package again: pip install icp-synth."
            yield Check(name=name, ok=False, found="missing", hint=hint)


def _prompts() -> Check:
    try:
        names = ("extract", "glean", "name_themes", "name_groups", "draft")
        found = [load_prompt(name) for name in names]
    except PromptError as error:
        return Check(name="prompts", ok=False, found=error.message, hint=error.hint)
    named = ", ".join(f"{one.id}@{one.version}" for one in found)
    return Check(name="prompts", ok=True, found=named)


def _keys() -> Check:
    names = sorted({OUR_KEY, *(name for names in PROVIDERS.values() for name in names)})
    there = [name for name in names if os.environ.get(name)]
    found = ", ".join(there) if there else "none; the embedded analyst needs none"
    return Check(name="keys", ok=True, found=found)


def _writable(folder: Path) -> Check:
    try:
        preflight(folder)
    except IcpSynthError as error:
        return Check(name="folder", ok=False, found=error.message, hint=error.hint)
    return Check(name="folder", ok=True, found=f"{folder} can be written")


def _ledger(folder: Path) -> Check:
    try:
        with Ledger.open(folder, write=False) as ledger:
            found = ledger.integrity()
    except NotFound as error:
        return Check(name="ledger", ok=True, found=error.message, hint=error.hint)
    except IcpSynthError as error:
        return Check(name="ledger", ok=False, found=error.message, hint=error.hint)
    problems = [*found.problems, *(f"reply {key}" for key in found.damaged_replies)]
    said = f"schema {found.schema_version}, SQLite {found.sqlite}"
    if not problems:
        return Check(name="ledger", ok=True, found=said)
    hint = "Damaged replies are asked again; for the rest put a backup in its place."
    return Check(name="ledger", ok=False, found="; ".join(problems[:5]), hint=hint)


def _decisions(folder: Path) -> Check:
    found = read_decisions(folder)
    said = ", ".join(
        f"{len(many)} {noun}{'' if len(many) == 1 else 's'}"
        for many, noun in ((found.records, "decision"), (found.problems, "problem"))
    )
    hint = " ".join(
        f"{one.file}, line {one.line}: {one.message.rstrip('.')}."
        for one in found.problems[:_PROBLEMS_SHOWN]
    )
    if len(found.problems) > _PROBLEMS_SHOWN:
        hint += f" And {len(found.problems) - _PROBLEMS_SHOWN} more."
    return Check(name="decisions", ok=not found.problems, found=said, hint=hint)


def _index(folder: Path) -> Check:
    try:
        stored = rebuild(folder, {})
    except NotFound as error:
        return Check(name="index", ok=True, found=error.message)
    except IcpSynthError as error:
        return Check(name="index", ok=False, found=error.message, hint=error.hint)
    if stored.reason:
        hint = "Searches are exact until it can be built; nothing is lost."
        return Check(name="index", ok=False, found=stored.reason, hint=hint)
    return Check(name="index", ok=True, found=f"{stored.added} passages, rebuilt")
