"""What is not needed is not imported: help, an unchanged rerun, the package itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.study_factory import write_talks

HEAVY = (
    *("chromadb", "openai", "langchain", "langchain_core", "langchain_text_splitters"),
    *("sklearn", "scipy", "numpy", "pydantic", "tiktoken", "docx", "jinja2"),
)
_CALL = """
import sys
from icp_synth.cli.app import main
try:
    main(sys.argv[1:])
except SystemExit as ended:
    assert ended.code == 0, ended.code
print("\\nIMPORTED", *sorted({name.partition(".")[0] for name in sys.modules}))
"""


def imported_by(*words: str, code: str = _CALL) -> set[str]:
    """Run a command in a process of its own and return the packages it imported."""
    ended = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    last = ended.stdout.strip().splitlines()[-1]
    assert last.startswith("IMPORTED")
    return set(last.split()[1:])


def test_help_imports_nothing_heavy() -> None:
    assert imported_by("--help").isdisjoint(HEAVY)


def test_help_of_a_command_imports_nothing_heavy() -> None:
    # typer itself takes pydantic to read the options of a command.
    assert imported_by("run", "--help").isdisjoint({*HEAVY} - {"pydantic"})


def test_the_package_by_itself_imports_nothing_heavy() -> None:
    code = (
        "import sys, icp_synth\n"
        "print('IMPORTED', *{name.partition('.')[0] for name in sys.modules})"
    )
    assert imported_by(code=code).isdisjoint({*HEAVY, "typer"})


def test_an_unchanged_rerun_imports_neither_analysis_nor_vendors(
    tmp_path: Path,
) -> None:
    talks = write_talks(tmp_path / "talks")
    study = ("run", "--project", str(tmp_path / "study"))
    assert "chromadb" in imported_by(*study, str(talks))
    heavy = {*HEAVY} - {"pydantic"}
    assert imported_by(*study).isdisjoint(heavy)


def test_reading_about_a_project_imports_no_vendor(tmp_path: Path) -> None:
    talks = write_talks(tmp_path / "talks", ["anna"])
    study = ("--project", str(tmp_path / "study"))
    imported_by("ingest", str(talks), *study)
    imported = imported_by("status", *study)
    assert imported.isdisjoint({"chromadb", "openai", "langchain", "sklearn", "scipy"})
