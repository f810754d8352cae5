"""The tree that is drawn is the tree that stands."""

from __future__ import annotations

import re

import pytest

from icp_synth import errors
from icp_synth.errors import CallFailed, IcpSynthError, ReadError

_LINE = re.compile(r"^(?P<branch>[│├└─ ]*)(?P<name>[A-Z]\w+)\s+(?P<rest>.*)$")


def drawn() -> dict[str, tuple[str | None, int]]:
    """Return name → (base, exit code) as the module's docstring draws them."""
    tree = (errors.__doc__ or "").split("```")[1]
    found: dict[str, tuple[str | None, int]] = {}
    above: list[str] = []
    for line in tree.strip().splitlines():
        row = _LINE.match(line)
        assert row is not None, line
        depth = len(row["branch"]) // 4
        del above[depth:]
        code = re.search(r"\d+", row["rest"])
        assert code is not None, line
        found[row["name"]] = (above[-1] if above else None, int(code.group()))
        above.append(row["name"])
    return found


def standing() -> dict[str, type[IcpSynthError]]:
    return {
        name: one
        for name, one in vars(errors).items()
        if isinstance(one, type) and issubclass(one, IcpSynthError)
    }


def test_every_error_is_drawn_with_its_base_and_its_exit_code() -> None:
    expected = {
        name: (
            None if one is IcpSynthError else one.__bases__[0].__name__,
            one.exit_code,
        )
        for name, one in standing().items()
    }
    assert drawn() == expected


def test_exit_codes_are_those_of_the_contract() -> None:
    codes = {one.exit_code for one in standing().values()}
    assert codes == {1, 2, 3, 4, 70, 130}


@pytest.mark.parametrize("name", sorted(standing()))
def test_every_error_says_in_one_sentence_what_it_is(name: str) -> None:
    documentation = standing()[name].__doc__
    assert documentation
    assert documentation.strip().split("\n")[0].endswith(".")


def test_an_error_reads_as_what_happened_and_what_to_do() -> None:
    assert str(IcpSynthError("It broke.", hint="Mend it.")) == "It broke. Mend it."
    assert str(IcpSynthError("It broke.")) == "It broke."


def test_a_read_error_names_the_place() -> None:
    error = ReadError("No time", code="no_timing_lines", place="line 3", hint="Look.")
    assert str(error) == "No time (line 3). Look."
    assert error.exit_code == 3


def test_a_failed_call_carries_what_a_retry_needs() -> None:
    error = CallFailed("Busy.", outcome="rate_limited", retry_after=2.5, status=429)
    assert (error.outcome, error.retry_after, error.status) == (
        "rate_limited",
        2.5,
        429,
    )
