"""`icp-synth review`: refusals at once, an address, an end without an error."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.review.review_factory import write_study
from tests.study_factory import icp

_IMPORTS = """
import sys
from icp_synth.cli.app import main
try:
    main(sys.argv[1:])
except SystemExit as ended:
    assert ended.code == 0, ended.code
print("\\nIMPORTED", *sorted({name.partition(".")[0] for name in sys.modules}))
"""


@pytest.mark.parametrize("words", [("--help",), ("review", "--help")])
def test_help_imports_no_server(words: tuple[str, ...]) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _IMPORTS, *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    imported = set(ended.stdout.splitlines()[-1].split())
    assert imported.isdisjoint({"starlette", "uvicorn", "anyio", "jinja2"})


def test_without_a_synthesis_there_is_nothing_to_review(tmp_path: Path) -> None:
    ended = icp("review", "--project", tmp_path, "--no-browser")
    assert ended.code == 2
    assert "icp-synth run" in ended.err


def test_an_address_that_others_reach_is_refused(tmp_path: Path) -> None:
    project = write_study(tmp_path)
    ended = icp("review", "--project", project, "--host", "192.168.1.7")
    assert ended.code == 2
    assert "--unsafe-host" in ended.err


def test_it_prints_an_address_and_ends_at_a_word(tmp_path: Path) -> None:
    project = write_study(tmp_path)
    command = [sys.executable, "-m", "icp_synth", "review", "--no-browser", "--json"]
    with subprocess.Popen(
        [*command, "--project", str(project)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        said = ""
        while "}" not in said:
            line = running.stdout.readline()
            assert line, running.stderr.read()
            said += line
        found = json.loads(said)
        assert f":{found['port']}/enter?token=" in found["address"]
        running.send_signal(signal.SIGINT)
        told = running.stderr.read()
        assert running.wait(timeout=20) == 0
    assert "Ended." in told
    assert "Traceback" not in told
