"""Ctrl-C raises once at most, and every further one ends the process with 130."""

from __future__ import annotations

import subprocess
import sys

import pytest

from icp_synth.interrupts import EXIT, UNDER_WAY, goes_on

_BEGIN = """
import asyncio, os, signal, sys
from icp_synth import interrupts
from icp_synth.llm.loop import run_here
def press():
    os.kill(os.getpid(), signal.SIGINT)
async def work():
    try:
        press()
        await asyncio.sleep(60)
    except asyncio.CancelledError:
        print("cancelled", flush=True)
        {then}
        raise
interrupts.heed()
"""


def ended(body: str, then: str = "pass") -> tuple[int, str, str]:
    """Run a program that heeds Ctrl-C in a process of its own."""
    program = _BEGIN.format(then=then) + body
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


_CATCH = """
try:
    {what}
except KeyboardInterrupt:
    print("caught", flush=True)
    {then}
"""


def test_the_first_raises_where_nothing_is_to_come_to_an_end() -> None:
    assert ended(_CATCH.format(what="press()", then="pass")) == (0, "caught\n", "")


@pytest.mark.parametrize(
    "body",
    [
        _CATCH.format(what="press()", then="press()"),
        "interrupts.over()\npress()",
    ],
)
def test_any_further_one_ends_the_process_at_once(body: str) -> None:
    code, _, told = ended(f"{body}\nprint('went on')")
    assert (code, told) == (EXIT, f"{goes_on()}\n")


def test_requests_under_way_are_asked_to_end_and_then_it_is_interrupted() -> None:
    body = _CATCH.format(what="run_here(work())", then="pass")
    assert ended(body) == (0, "cancelled\ncaught\n", f"{UNDER_WAY}\n")


def test_whoever_does_not_wait_for_them_presses_again() -> None:
    body = _CATCH.format(what="run_here(work())", then="pass")
    code, out, told = ended(body, then="press()")
    assert (code, out) == (EXIT, "cancelled\n")
    assert told == f"{UNDER_WAY}\n{goes_on()}\n"


def test_one_before_there_is_anything_to_cancel_is_not_lost() -> None:
    body = """
from icp_synth.llm import loop
begin = loop._Heeding._begin
def begun(self):
    press()
    return begin(self)
loop._Heeding._begin = begun
"""
    body += _CATCH.format(what="run_here(work())", then="pass")
    assert ended(body) == (0, "caught\n", f"{UNDER_WAY}\n")


def test_one_while_the_interpreter_ends_changes_nothing() -> None:
    body = "import atexit\natexit._run_exitfuncs()\npress()\nprint('done')"
    assert ended(body) == (0, "done\n", "")


def test_a_job_that_was_told_to_ignore_it_goes_on() -> None:
    program = (
        "import os, signal\n"
        "from icp_synth import interrupts\n"
        "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "interrupts.heed()\n"
        "os.kill(os.getpid(), signal.SIGINT)\n"
        "print('went on')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "went on\n")


@pytest.mark.parametrize(
    ("words", "again"),
    [
        (
            "['run', 'my talks', '--project', 'k1']",
            "`icp-synth run 'my talks' --project k1`",
        ),
        ("['run', *['interviews/a.vtt'] * 99]", "the same command"),
        ("['run', 'a\\nb']", "the same command"),
        ("[]", "the same command"),
    ],
)
def test_it_is_told_with_all_its_words_how_it_goes_on(words: str, again: str) -> None:
    body = f"interrupts.heed({words})\ninterrupts.over()\npress()"
    code, _, told = ended(body)
    assert (code, told) == (
        EXIT,
        f"icp-synth: interrupted; {again} goes on from here.\n",
    )
