"""What claims are drawn from, what a claim is before it has words, and its lift."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from icp_synth.domain.insights import Insight, Normal
from icp_synth.domain.profiles import Fact
from icp_synth.domain.themes import Theme
from icp_synth.domain.transcripts import Person
from icp_synth.domain.values import Value


class Findings(Value):
    """What every skeleton is drawn from.

    Attributes:
        people: Everyone who was interviewed, by name.
        insights: By id.
        themes: Named, in their published order.
        facts: Participant → field → facts.
        aside: Who could have been in a segment and fits none: they support claims,
            and no group is compared with them.
    """

    people: Mapping[str, Person]
    insights: Mapping[str, Insight]
    themes: tuple[Theme, ...]
    facts: Mapping[str, Mapping[str, tuple[Fact, ...]]]
    aside: frozenset[str] = frozenset()

    def beside(self, group: Collection[str]) -> frozenset[str]:
        """Return the people with whom a group is compared."""
        return frozenset(self.people) - self.aside - frozenset(group)


class Seed(Value):
    """A claim before it is worded: who, how many, and what the code would print.

    Attributes:
        field: Of a profile, or `KIND/CATEGORY`.
        label: The theme's drafted name, the value, or what one of the group said.
        insights: Of the group's people, most central or first said first.
        supports: Everybody in the study of whom it holds, sorted.
        within: How many of them belong to the group.
        lift: How much likelier it is in the group than outside; 1 is no difference.
            Of a fact, among those whose field is known.
        normal: The range of a figure; an end that nobody gave is open.
        values: As said.
        known_by: Of whom in the group a comparable value is known; none for a theme.
        stability: Of the theme, where it is known.
        words: The condition's words, of a fact in words: what the group called it.
        others: Who named another value, in the whole study.
        unlike: Who named one that cannot be compared: in another currency or unit.
        example: The label is what one person said, and stands for the others.
    """

    field: str
    label: str
    insights: tuple[str, ...]
    supports: tuple[str, ...]
    within: int
    lift: float
    normal: Normal | None = None
    values: tuple[str, ...] = ()
    known_by: tuple[str, ...] = ()
    stability: float | None = None
    words: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    example: bool = False

    @property
    def known(self) -> int:
        """Of how many in the group the field is known; 0 for a theme."""
        return len(self.known_by)


def lift_of(within: int, group: int, everywhere: int, everybody: int) -> float:
    """Return the smoothed ratio of two shares; 1 is no difference.

    One half is added to each count, so that a theme of two people cannot outrank
    one that a whole segment of six shares. A group of everybody has no outside.
    """
    if group == everybody:
        return 1.0
    here = (within + 0.5) / (group + 1)
    there = (everywhere - within + 0.5) / (everybody - group + 1)
    return round(here / there, 2)


def lift_among(
    supports: Collection[str], inside: Collection[str], outside: Collection[str]
) -> float:
    """Return the lift of what `supports` share, between two sets of people."""
    held = frozenset(supports)
    here, there = len(held.intersection(inside)), len(held.intersection(outside))
    return lift_of(here, len(inside), here + there, len(inside) + len(outside))
