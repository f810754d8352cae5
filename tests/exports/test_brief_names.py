"""Long quotes give short names: slices of their own words."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from icp_synth.exports.brief_names import brief
from icp_synth.exports.statements import Said
from icp_synth.exports.titles import Title

LONG = "We drive to the yard first, then we ring whoever has not come in that morning"


@pytest.mark.parametrize(
    ("quote", "name"),
    [
        ("A client rings and nobody has been", "A client rings and nobody has been"),
        (LONG, "We drive to the yard first"),
        # A first clause of two words is no name; the next one fits.
        (
            "To start, we count all the parts, and then we order whatever is missing",
            "To start, we count all the parts",
        ),
        # No clause ends in time: no name ends with "of the".
        (
            "She keeps every key for twelve offices in a drawer of the van outside",
            "She keeps every key for twelve offices in a drawer",
        ),
        ("每天早上打電話", "每天早上打電話"),
        (
            "每天早上五點我們要派二十個人出去，誰沒來就要一個一個打電話找人頂替",
            "每天早上五點我們要派二十個人出去",
        ),
    ],
)
def test_a_name_is_the_clause_that_fits(quote: str, name: str) -> None:
    assert brief(quote) == name


@given(st.text(alphabet="ab ,.的我，。", max_size=120))
def test_a_name_is_the_beginning_of_what_it_is_made_from(text: str) -> None:
    name = brief(text)
    assert text.startswith(name)
    assert brief(name) == name
    assert name or not text


def test_what_somebody_wrote_is_not_cut() -> None:
    assert Title(Said(LONG, None, None)).plain == LONG
