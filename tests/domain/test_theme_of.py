"""A claim is about the theme that holds more than half of its insights."""

from __future__ import annotations

from icp_synth.domain.theme_of import theme_finder
from tests.synthesis_factory import make_insight, make_theme

ONE, TWO, THREE = (make_insight(name, f"{name} counts stock.") for name in "abc")


def test_a_theme_holds_most_of_the_insights_or_is_not_theirs() -> None:
    first, second = make_theme("1", (ONE, TWO), of=3), make_theme("2", (THREE,), of=3)
    theme_of = theme_finder((first, second))
    assert theme_of((TWO.id,)) == theme_of((TWO.id, ONE.id)) == first
    assert theme_of((THREE.id,)) == second
    assert theme_of((ONE.id, THREE.id)) is None
    assert theme_of((ONE.id, TWO.id, THREE.id)) == first
    assert theme_of(("ins-unknown",)) is None


def test_the_first_theme_counts_and_what_cites_nothing_is_about_none() -> None:
    narrow, wide = make_theme("1", (ONE,), of=3), make_theme("2", (ONE, TWO), of=3)
    theme_of = theme_finder((narrow, wide))
    assert theme_of((ONE.id,)) == narrow
    assert theme_of((ONE.id, TWO.id)) == wide
    assert theme_of(()) is None
