"""Older ledgers are brought up with a backup beside them; newer ones are refused."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from icp_synth.errors import ProjectTooNew
from icp_synth.project.ledger import Ledger, ledger_path
from icp_synth.project.migrations import STEPS, migrate

OLDEST = (("CREATE TABLE old (x TEXT)",),)
NEXT = (*OLDEST, ("CREATE TABLE new (x TEXT)", "INSERT INTO new SELECT x FROM old"))


def connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.sqlite"
    connection = connect(path)
    migrate(connection, path, steps=OLDEST)
    connection.execute("INSERT INTO old VALUES ('kept')")
    connection.close()
    return path


def test_an_older_ledger_is_migrated_and_backed_up(old: Path) -> None:
    connection = connect(old)
    assert migrate(connection, old, steps=NEXT) == 1
    assert version(connection) == 2
    assert connection.execute("SELECT x FROM new").fetchall() == [("kept",)]
    connection.close()
    backup = connect(old.with_name("ledger.sqlite.v1.bak"))
    assert version(backup) == 1
    assert backup.execute("SELECT x FROM old").fetchall() == [("kept",)]
    backup.close()


def test_a_new_ledger_leaves_no_backup_of_nothing(tmp_path: Path) -> None:
    with Ledger.open(tmp_path, write=True) as ledger:
        assert ledger.integrity().schema_version == len(STEPS)
    assert list(tmp_path.rglob("*.bak")) == []


def test_a_step_that_fails_leaves_the_older_version(old: Path) -> None:
    broken = (*OLDEST, ("CREATE TABLE new (x TEXT)", "INSERT INTO nothing VALUES (1)"))
    connection = connect(old)
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, old, steps=broken)
    assert version(connection) == 1
    tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
    assert tables == [("old",)]
    connection.close()


def test_a_kill_in_a_migration_leaves_a_version_that_goes_on(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from icp_synth.project.ledger import Ledger\n"
        "with Ledger.open(Path(sys.argv[1]), write=True): pass"
    )
    environment = os.environ | {"ICP_SYNTH_FAILPOINT": "before_migration_commit"}
    command = [sys.executable, "-c", code, str(tmp_path)]
    killed = subprocess.run(command, env=environment, check=False)
    assert killed.returncode == -signal.SIGKILL
    with Ledger.open(tmp_path, write=True) as ledger:
        assert ledger.integrity().schema_version == len(STEPS)
        assert ledger.integrity().sound


@pytest.mark.parametrize("write", [True, False])
def test_a_newer_ledger_is_refused_and_left_alone(tmp_path: Path, write: bool) -> None:  # noqa: FBT001 - a parameter of the test
    with Ledger.open(tmp_path, write=True):
        pass
    path = ledger_path(tmp_path)
    connection = connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = path.read_bytes()
    with (
        pytest.raises(ProjectTooNew, match="version 999"),
        Ledger.open(tmp_path, write=write),
    ):
        pass
    assert path.read_bytes() == before


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """Return a project whose ledger is of the first version, with one call."""
    path = ledger_path(tmp_path)
    path.parent.mkdir(parents=True)
    connection = connect(path)
    migrate(connection, path, steps=STEPS[:1])
    connection.execute(
        "INSERT INTO calls (run, key, step, model, endpoint, outcome, attempts,"
        " estimated, at) VALUES ('r', 'k', 'extract', 'm', 'e', 'done', 1, 0, 'then')"
    )
    connection.close()
    return tmp_path


def test_a_ledger_of_before_calls_were_timed_can_still_be_read(first: Path) -> None:
    with Ledger.open(first, write=False) as ledger:
        assert ledger.integrity().schema_version == 1
        assert [(one.key, one.seconds) for one in ledger.runs.calls()] == [("k", None)]
        assert ledger.runs.call_seconds("m") == ()


def test_its_calls_stay_when_it_is_brought_up_and_new_ones_are_timed(
    first: Path,
) -> None:
    with Ledger.open(first, write=True) as ledger:
        (old,) = ledger.runs.calls()
        ledger.runs.record_call(old.model_copy(update={"seconds": 2.5}))
        assert [one.seconds for one in ledger.runs.calls()] == [None, 2.5]
        assert ledger.runs.call_seconds("m") == (2.5,)
        assert ledger.integrity().schema_version == len(STEPS)
    assert ledger_path(first).with_name("ledger.sqlite.v1.bak").is_file()
