"""The segments that stand, for people: shown, and written as segments.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from icp_synth.domain.profiles import Synthesis
from icp_synth.domain.segments import IN_COVERAGE
from icp_synth.domain.values import Value
from icp_synth.pipeline.project import Project
from icp_synth.project.groups import (
    ABSENT,
    Saved,
    follows,
    present_groups,
    save_groups,
)
from icp_synth.project.segments_file import (
    FILE,
    SegmentsFile,
    read_segments,
    resolve_people,
)


class SegmentsView(Value):
    """The segments of the last synthesis, and the file that may rule the next.

    Attributes:
        synthesis: What the last run made.
        path: Where segments.yaml lies, or would.
        given: What stands in it, with the names of participants; None without it.
        not_mentioned: Participants whom it leaves out.
    """

    synthesis: Synthesis
    path: str
    given: SegmentsFile | None
    not_mentioned: tuple[str, ...] = ()

    @property
    def current(self) -> bool:
        """Whether the last run's segments are those that the next would have."""
        return follows(self.synthesis, self.given)

    def to_json(self) -> dict[str, Any]:
        """Return what `segments --json` prints."""
        people = {one.id: one for one in self.synthesis.participants}
        report = self.synthesis.coverage.get(IN_COVERAGE) or {}
        nearest = {
            one["participant"]: one["nearest"] for one in report.get("memberships", ())
        }

        def listed(names: Iterable[str]) -> list[dict[str, Any]]:
            return [
                {
                    "id": name,
                    "label": people[name].label,
                    "group": people[name].group,
                    "company": people[name].company,
                    "job": people[name].job,
                    "score": people[name].segment_score,
                    "nearest": nearest.get(name),
                }
                for name in names
            ]

        return {
            "segments": [
                {
                    "id": one.id,
                    "label": one.label,
                    "stability": one.stability,
                    "decided": one.decided,
                    "by": one.by,
                    "participants": listed(one.participants),
                }
                for one in self.synthesis.segments
            ],
            "unassigned": listed(self.synthesis.unassigned),
            "file": self.path if self.given is not None else None,
            "current": self.current,
            "codes": list(report.get("codes", ())),
            "not_mentioned": list(self.not_mentioned),
        }


def view_segments(folder: Path) -> SegmentsView:
    """Return the segments that stand, and what segments.yaml says of the next.

    Raises:
        NotFound: There is no synthesis yet.
        SettingsError: segments.yaml does not hold together; the message names the
            line.
    """
    synthesis = Project(folder).synthesis()
    given = read_segments(folder)
    missing: tuple[str, ...] = ()
    if given is not None:
        known = {one.id: one.label for one in synthesis.participants}
        given = resolve_people(given, known, name=str(folder / FILE))
        missing = tuple(sorted(set(known) - given.everybody()))
    return SegmentsView(
        synthesis=synthesis,
        path=str(folder / FILE),
        given=given,
        not_mentioned=missing,
    )


def write_present(folder: Path) -> bool:
    """Write segments.yaml from the last synthesis, where there is none.

    Returns:
        Whether it was written; one that is there is people's work and stays.

    Raises:
        NotFound: There is no synthesis yet.
        StorageError: It cannot be written.
    """
    if (folder / FILE).exists():
        return False
    synthesis = Project(folder).synthesis()
    done = save_groups(
        folder, present_groups(synthesis), synthesis.participants, expected=ABSENT
    )
    return isinstance(done, Saved)
