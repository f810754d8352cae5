"""Groups that people made hold, whatever is known of their people."""

from __future__ import annotations

from icp_synth.stages.segments import (
    Regrouping,
    find_segments,
    regroup,
    report_segments,
)

TRIPLES = {
    name: has
    for i in range(3)
    for name, has in (
        (f"A{i}", frozenset({f"x{i}", f"y{i}"})),
        (f"P{i}", frozenset({f"x{i}"})),
        (f"Q{i}", frozenset({f"y{i}"})),
    )
}
"""Each A shares two things, but with people who share too little to be compared."""


def test_groups_of_people_who_share_nothing_comparable_have_no_stability() -> None:
    given = Regrouping(
        groups=(("A0", "A1", "A2"), ("P0", "P1", "P2"), ("Q0", "Q1", "Q2")),
        labels=("a", "p", "q"),
    )
    found = regroup(TRIPLES, given, find_segments(TRIPLES))
    assert found.stability == (None, None, None)
    report = report_segments(TRIPLES, found).report
    assert "unstable" not in report.codes
    assert {one.nearest for one in report.memberships} == {None}


def test_they_are_no_segment_when_nobody_grouped_them() -> None:
    found = find_segments(TRIPLES)
    assert (found.groups, found.unassigned) == ((), tuple(sorted(TRIPLES)))


def test_a_group_of_whom_nothing_is_known_is_not_called_unstable() -> None:
    people = {
        f"{kind}{i}": frozenset(f"{kind} {n}" for n in range(5) if n != i)
        for kind in "ab"
        for i in range(5)
    }
    quiet = {f"quiet {i}": frozenset[str]() for i in range(3)}
    given = Regrouping(
        groups=(
            tuple(sorted(one for one in people if one[0] == "a")),
            tuple(sorted(one for one in people if one[0] == "b")),
            tuple(sorted(quiet)),
        ),
        labels=("a", "b", "quiet"),
    )
    everybody = people | quiet
    found = regroup(everybody, given, find_segments(everybody))
    assert found.stability[2] is None
    assert all(one is not None and one > 0.9 for one in found.stability[:2])
    assert "unstable" not in report_segments(everybody, found).report.codes
