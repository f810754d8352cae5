"""A pair of profiles that have nothing in common."""

from __future__ import annotations

import pytest

from icp_synth.exports.overlaps import OverlapShown


def _pair(likeness: str, accounts: int = 0, fits_both: int = 0) -> OverlapShown:
    return OverlapShown(likeness, accounts, 0, fits_both, ())


def test_a_pair_that_was_compared_and_shares_nothing_is_nothing() -> None:
    assert _pair("0.00").nothing


@pytest.mark.parametrize(
    "pair", [_pair("0.10"), _pair("0.00", accounts=1), _pair("0.00", fits_both=2)]
)
def test_a_pair_that_shares_anything_is_something(pair: OverlapShown) -> None:
    assert not pair.nothing


def test_a_pair_that_cannot_be_compared_is_not_told_to_share_nothing() -> None:
    assert not _pair("").nothing
