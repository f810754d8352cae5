"""The guide of the next interviews, from a project's last synthesis."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from icp_synth.domain.fields import KINDS
from icp_synth.domain.guide import Guide, StillNew
from icp_synth.domain.hypotheses import Hypothesis, TopDown, icp_key
from icp_synth.domain.profiles import Synthesis
from icp_synth.errors import UsageError
from icp_synth.exports.guide import guide_to_markdown
from icp_synth.exports.words import words_of
from icp_synth.pipeline.likeness import likeness_by, near_for
from icp_synth.pipeline.positioning import proposals
from icp_synth.pipeline.project import Project
from icp_synth.project.brief import load_study
from icp_synth.project.files import write_atomic
from icp_synth.project.hypotheses_file import project_hypotheses
from icp_synth.stages.guide import MINUTES, build_guide, late_themes, parts_of
from icp_synth.stages.hypotheses import Said, by_icp, top_down
from icp_synth.stages.saturation import BASE, RUN, THRESHOLDS, saturation

SHORTEST, LONGEST = 10, 240

_LEAST = 3
"""People of a group or segment under whom nothing is said of it."""

_ORDERS = 200
"""Orders of the interviews per curve; there is one a kind, group and segment."""


class MadeGuide(NamedTuple):
    """A guide, as a value and as a page."""

    guide: Guide
    markdown: str

    def write(self, path: Path) -> Path:
        """Write the page, whole or not at all, and return where."""
        write_atomic(path, self.markdown)
        return path


def guide(
    folder: Path, *, language: str | None = None, minutes: int = MINUTES
) -> MadeGuide:
    """Write a guide for what the last synthesis leaves open.

    Args:
        folder: The project folder.
        language: `en` or `zh`; that of the report where nobody says.
        minutes: Length of the interview, 10 to 240.

    Raises:
        NotFound: There is no synthesis yet.
        UsageError: There is no such language, or no interview is that long.
    """
    if not SHORTEST <= minutes <= LONGEST:
        msg = f"An interview lasts {SHORTEST} to {LONGEST} minutes, not {minutes}."
        raise UsageError(msg, hint="Give --minutes within them.")
    synthesis = Project(folder).synthesis()
    language = language or str(synthesis.manifest.settings.get("language", "en"))
    words_of(language)
    made = build_guide(
        synthesis,
        language=language,
        minutes=minutes,
        unsaturated=still_new(synthesis),
        top_down=_top_down(folder, synthesis, language),
    )
    page = guide_to_markdown(
        made,
        participants=len(synthesis.participants),
        created=synthesis.manifest.created,
    )
    return MadeGuide(made, page)


def still_new(synthesis: Synthesis) -> tuple[StillNew, ...]:
    """Return the kinds that are not saturated, among all, in a group or in a segment.

    Curves are those of `synthesis.saturation`, of one kind's themes and some people's
    interviews, at its first threshold. Too few people for a curve are not saturated.
    Groups and segments of under three people are left out (`seek` says that they are
    thin), and so are kinds of which they have no theme.
    """
    told = synthesis.saturation
    base, run = (told.base, told.run) if told else (BASE, RUN)
    threshold = told.points[0].threshold if told and told.points else THRESHOLDS[0]
    found = []
    for among, name, people in parts_of(synthesis):
        if name and len(people) < _LEAST:
            continue
        for kind in KINDS:
            themes = {
                one.id: people.intersection(one.participants)
                for one in synthesis.themes
                if one.kind == kind and people.intersection(one.participants)
            }
            if name and not themes:
                continue
            curve = saturation(
                themes,
                people,
                base=base,
                run=run,
                thresholds=(threshold,),
                permutations=_ORDERS,
            )
            verdict = curve.points[0].verdict
            if verdict != "reached":
                found.append(
                    StillNew(
                        kind=kind,
                        among=among,
                        name=name,
                        participants=len(people),
                        themes=len(themes),
                        run=run,
                        new=late_themes(themes, people, run),
                        wanted=max(run, base + run - len(people)),
                        verdict=verdict,
                    )
                )
    return tuple(found)


def _top_down(folder: Path, synthesis: Synthesis, language: str) -> tuple[TopDown, ...]:
    """Return the project's hypotheses against its last synthesis.

    What that synthesis weighed stands; what was written since is weighed with the
    embedded vectors, without a model.
    """
    study = load_study(folder)
    own = study.brief.own_categories()
    written = by_icp((*project_hypotheses(folder, own), *study.hypotheses))
    known = {icp_key(one.name): one for one in synthesis.top_down}
    changed = [
        one
        for name, hypotheses in written.items()
        for one in hypotheses
        if name not in known or not _same(hypotheses, known[name])
    ]
    weighed = {icp_key(one.name): one for one in _weighed(changed, synthesis, language)}
    propose = proposals(language)
    return tuple(
        weighed[name] if name in weighed else _planned(known[name], propose)
        for name in written
    )


def _planned(one: TopDown, propose: Callable[[Hypothesis], str]) -> TopDown:
    """Return it with its proposed test plans in the guide's language."""
    weighed = (
        each.model_copy(
            update={"test": each.hypothesis.test or propose(each.hypothesis)}
        )
        for each in one.weighed
    )
    return one.model_copy(update={"weighed": tuple(weighed)})


def _same(hypotheses: Sequence[Hypothesis], weighed: TopDown) -> bool:
    """Tell whether the hypotheses are those that were weighed, wherever they stand."""
    return [one.model_copy(update={"line": None}) for one in hypotheses] == [
        one.hypothesis.model_copy(update={"line": None}) for one in weighed.weighed
    ]


def _weighed(
    hypotheses: Sequence[Hypothesis], synthesis: Synthesis, language: str
) -> tuple[TopDown, ...]:
    if not hypotheses:
        return ()
    from icp_synth.embedding.embedded import EmbeddedEmbedder

    embedder = EmbeddedEmbedder()
    said = Said(
        people=frozenset(one.id for one in synthesis.participants),
        facts={one.id: one.facts for one in synthesis.participants},
        insights=synthesis.insights,
        likeness=likeness_by(embedder.embed),
        near=near_for(embedder.name),
    )
    found = {
        one.id: one.participants for one in synthesis.icps if one.origin == "interviews"
    }
    return top_down(hypotheses, said, found, propose=proposals(language))
