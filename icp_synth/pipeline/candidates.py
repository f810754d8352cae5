"""What of a synthesis needs a name: themes, their groups, segments, ICPs, personas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

from icp_synth.domain.reviews import Anchor
from icp_synth.pipeline.targets import NEGATIVE, Entry
from icp_synth.pipeline.work import Work
from icp_synth.project.matching import Candidate
from icp_synth.stages.draft import Profile

AnchorsOf = Callable[[Iterable[str]], tuple[Anchor, ...]]
"""From ids of insights to the anchors of their quotes."""


class Drafted(NamedTuple):
    """The profiles of a synthesis, with their titles and claims."""

    icps: Sequence[Entry]
    personas: Sequence[Entry]
    negative: Sequence[Entry]


def candidates(work: Work, drafted: Drafted, anchors: AnchorsOf) -> list[Candidate]:
    """Return what needs a name: themes first, groups of themes last.

    A negative entry needs two: one as an ICP, one as a persona.

    Args:
        work: Through all stages.
        drafted: In the order in which their names are wanted.
        anchors: Finds where insights stand.
    """
    themes = [
        Candidate(
            sort="theme",
            kind=theme.kind,
            label=theme.label,
            participants=theme.participants,
            anchors=anchors(theme.insights),
        )
        for theme in work.themes
    ]
    segments = [
        Candidate(
            sort="segment", label=segment_label(drafted.icps, i), participants=group
        )
        for i, group in enumerate(work.segmentation.groups)
    ]
    return [
        *themes,
        *segments,
        *(_profile("icp", entry, anchors) for entry in drafted.icps),
        *(_profile("persona", entry, anchors) for entry in drafted.personas),
        *(
            _profile(sort, entry, anchors, kind=NEGATIVE)
            for entry in drafted.negative
            for sort in ("icp", "persona")
        ),
        *_parents(work, anchors),
    ]


def segment_label(icps: Sequence[Entry], index: int) -> str:
    """Return the title of the first ICP of a segment that has one, or nothing."""
    titles = [title for profile, title, _ in icps if profile.segment == index]
    return next((title for title in titles if title), "")


def icp_type(profile: Profile) -> Literal["account", "person"]:
    """Return what an ICP is made of: accounts, where any are known."""
    return "account" if profile.accounts else "person"


def _profile(
    sort: str, entry: Entry, anchors: AnchorsOf, *, kind: str = ""
) -> Candidate:
    profile, title, _ = entry
    cited = {one for seed in profile.seeds for one in seed.insights}
    return Candidate.model_validate(
        {
            "sort": sort,
            "kind": kind or (icp_type(profile) if sort == "icp" else ""),
            "label": title or "",
            "participants": profile.participants,
            "anchors": anchors(sorted(cited)),
        }
    )


def _parents(work: Work, anchors: AnchorsOf) -> list[Candidate]:
    """Return the groups of themes, with the anchors of all their themes."""
    insights = {one.id: one.insights for one in work.themes}
    return [
        Candidate(
            sort="theme_group",
            kind=parent.kind,
            label=parent.label,
            participants=parent.participants,
            anchors=anchors(one for theme in parent.themes for one in insights[theme]),
        )
        for parent in work.parents
    ]
