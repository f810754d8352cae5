"""Put the synthesis together: names, claims with anchors, who is where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from icp_synth.domain.ids import content_id
from icp_synth.domain.positioning import Positioning
from icp_synth.domain.profiles import (
    Claim,
    Icp,
    Participant,
    Persona,
    Synthesis,
    persona_type,
)
from icp_synth.domain.segments import IN_COVERAGE
from icp_synth.domain.themes import Segment, Theme
from icp_synth.pipeline.assumed import assumptions, with_assumed
from icp_synth.pipeline.candidates import Drafted, candidates, icp_type, segment_label
from icp_synth.pipeline.coverage import coverage
from icp_synth.pipeline.finishing import Finisher
from icp_synth.pipeline.flags import published_flags, refused_titles
from icp_synth.pipeline.manifest import entries_of, frame_of, manifest_of
from icp_synth.pipeline.notes import too_little, undivided
from icp_synth.pipeline.positioning import (
    Study,
    positioning,
    study_of,
)
from icp_synth.pipeline.questions import questions_of
from icp_synth.pipeline.synthesis import is_divided
from icp_synth.pipeline.targets import Ids, Targets
from icp_synth.pipeline.theming import (
    contrasts_of,
    map_of,
    named_parents,
    saturation_of,
    with_parents,
)
from icp_synth.pipeline.work import Work
from icp_synth.project.names import assign, read_names
from icp_synth.stages.draft import Profile
from icp_synth.stages.minority import still_of_few


class Assembly:
    """The synthesis, with the names that it gave.

    Args:
        work: Through all stages.
        created: ISO 8601; the only thing in which two equal runs differ.
    """

    def __init__(self, work: Work, created: str) -> None:
        self._work = work
        self._created = created
        self._finisher = Finisher(work)
        worded = [
            (
                profile,
                wordings.title or self._undivided(profile),
                self._finisher.claims(profile, wordings),
            )
            for profile, wordings in work.profiles
        ]
        self._icps = [entry for entry in worded if entry[0].what == "icp"]
        self._personas = [entry for entry in worded if entry[0].what == "persona"]
        self._targets = Targets(work, self._finisher.finished, self._finisher.claims)
        drafted = Drafted(self._icps, self._personas, self._targets.entries)
        self.assignment = assign(
            read_names(work.folder),
            candidates(work, drafted, self._finisher.anchors),
            self._finisher.texts,
        )
        given = iter(self.assignment.ids)
        self._theme_ids = {one.version: next(given) for one in work.themes}
        self._segment_ids = [next(given) for _ in work.segmentation.groups]
        self._icp_ids = [next(given) for _ in self._icps]
        self._persona_ids = [next(given) for _ in self._personas]
        self._negative_ids = [
            Ids(icp=next(given), persona=next(given)) for _ in self._targets.entries
        ]
        self._parent_ids = [next(given) for _ in work.parents]

    def _minority(self) -> tuple[Claim, ...]:
        return still_of_few(
            [self._finisher.finished(view) for view in self._work.minority]
        )

    def _challenge(self) -> dict[str, Any]:
        """Return the counts of the challenge, and what was drafted without evidence."""
        ids = [
            *zip((one for one, _, _ in self._icps), self._icp_ids, strict=True),
            *zip((one for one, _, _ in self._personas), self._persona_ids, strict=True),
        ]
        return {
            **self._work.challenge_counts,
            "flagged": published_flags(self._work, ids),
            "titles": refused_titles(self._work, ids),
            "unworded": sum(len(one.unworded) for _, one in self._work.profiles),
        }

    def synthesis(self) -> Synthesis:
        """Return synthesis.json as a value, in the orders of contracts.md."""
        work = self._work
        whole = self._targets.whole(
            [self._icp(i) for i in range(len(self._icps))],
            [self._persona(i) for i in range(len(self._personas))],
            self._negative_ids,
        )
        themes = self._named_themes()
        parents = named_parents(work.parents, self._parent_ids, self._theme_ids)
        study = study_of(work, themes)
        above = assumptions(work, study, whole.icps, finish=self._finisher.finished)
        whole = with_assumed(work, whole, above)
        return Synthesis(
            manifest=manifest_of(work, self._created),
            frame=frame_of(work),
            transcripts=entries_of(work),
            participants=self._participants(),
            insights=work.published(),
            quarantined=work.quarantined,
            themes=_by_people(with_parents(themes, parents)),
            theme_groups=parents,
            theme_map=map_of(work, work.theme_groups, themes),
            saturation=saturation_of(work, themes),
            contrasts=contrasts_of(work, themes, self._people_of_segments()),
            segments=self._segments(),
            unassigned=self._unassigned(),
            audience=whole.audience,
            icps=whole.icps,
            personas=whole.personas,
            negative=whole.negative,
            overlaps=whole.overlaps,
            fits=whole.fits,
            minority=self._minority(),
            positioning=self._positioning(study, whole.icps),
            top_down=above,
            questions=questions_of(
                work, [*whole.icps, *whole.personas], whole.negative, themes
            ),
            coverage={
                **coverage(work),
                "challenge": self._challenge(),
                "theme_names": work.theme_names.published(),
                IN_COVERAGE: work.segmentation.report.published(self._segment_ids),
                "refused_criteria": whole.counts,
            },
        )

    def _positioning(self, study: Study, icps: Sequence[Icp]) -> Positioning:
        """Return what sets the product apart, its claims with their anchors."""
        found = positioning(study, icps)
        reasons = tuple(self._finisher.finished(claim) for claim in found.why_us)
        return found.model_copy(update={"why_us": reasons})

    def _named_themes(self) -> tuple[Theme, ...]:
        return tuple(
            theme.model_copy(update={"id": self._theme_ids[theme.version]})
            for theme in self._work.themes
        )

    def _people_of_segments(self) -> dict[str, tuple[str, ...]]:
        groups = self._work.segmentation.groups
        return dict(zip(self._segment_ids, groups, strict=True))

    def _segments(self) -> tuple[Segment, ...]:
        found = self._work.segmentation
        stability = found.stability or (None,) * len(found.groups)
        segments = [
            Segment(
                id=self._segment_ids[i],
                version=content_id("seg", sorted(group)),
                label=found.labels[i] if found.labels else segment_label(self._icps, i),
                participants=tuple(sorted(group)),
                stability=stability[i],
                decided=found.decided,
                by=found.by,
            )
            for i, group in enumerate(found.groups)
        ]
        return tuple(sorted(segments, key=lambda one: (-len(one.participants), one.id)))

    def _unassigned(self) -> tuple[str, ...]:
        placed = {one for group in self._work.segmentation.groups for one in group}
        return tuple(sorted(name for name in self._work.people if name not in placed))

    def _icp(self, index: int) -> Icp:
        profile, title, claims = self._icps[index]
        # Criteria follow the seeds' order, claims the order of support.
        by_seed = {
            (one.field, self._finisher.drawn_from[one.id]): one for one in claims
        }
        ordered = [by_seed[seed.field, seed.insights] for seed in profile.seeds]
        segment = profile.segment
        return Icp(
            id=self._icp_ids[index],
            version=_version("icp", profile, claims),
            name=self._title(profile, title),
            status=profile.status,
            segment=None if segment is None else self._segment_ids[segment],
            type=icp_type(profile),
            n=len(profile.accounts or profile.participants),
            claims=claims,
            personas=tuple(
                self._persona_ids[i]
                for i, (persona, _, _) in enumerate(self._personas)
                if index in persona.icps
            ),
            **self._targets.criteria(profile, ordered),
        )

    def _persona(self, index: int) -> Persona:
        profile, title, claims = self._personas[index]
        return Persona(
            id=self._persona_ids[index],
            version=_version("persona", profile, claims),
            name=self._title(profile, title),
            status=profile.status,
            icps=tuple(self._icp_ids[i] for i in profile.icps),
            participants=profile.participants,
            type=persona_type(len(profile.participants)),
            n=len(profile.participants),
            claims=claims,
        )

    def _title(self, profile: Profile, title: str | None) -> str:
        if profile.status == "too_little":
            return too_little(self._work.settings.language)
        themes = [seed.label for seed in profile.seeds if "/" in seed.field]
        return title or next(iter(themes), "") or self._shared(profile)

    def _undivided(self, profile: Profile) -> str | None:
        """Return the name of a drafted group of everybody, which no theme names."""
        if profile.status == "too_little" or is_divided(self._work, profile):
            return None
        language = self._work.settings.language
        return undivided(len(profile.participants), language)

    def _shared(self, profile: Profile) -> str:
        """Return the theme that most of them share: a fact may hold for few."""
        people = set(profile.participants)
        most = sorted(
            self._work.themes,
            key=lambda one: (-len(people.intersection(one.participants)), one.version),
        )
        return next((one.label for one in most), "")

    def _participants(self) -> tuple[Participant, ...]:
        work = self._work
        segment_of = {
            name: self._segment_ids[i]
            for i, group in enumerate(work.segmentation.groups)
            for name in group
        }
        scores = work.segmentation.report.scores()
        return tuple(
            Participant(
                id=name,
                label=person.label,
                group=person.group,
                segment=segment_of.get(name),
                segment_score=scores.get(name),
                company=person.company,
                job=person.job,
                transcripts=tuple(
                    sorted(
                        one.id for one in work.transcripts if name in one.participants
                    )
                ),
                facts=work.facts.get(name, {}),
            )
            for name, person in sorted(work.people.items())
        )


def _by_people(themes: Iterable[Theme]) -> tuple[Theme, ...]:
    return tuple(sorted(themes, key=lambda one: (-one.n, -len(one.insights), one.id)))


def _version(prefix: str, profile: Profile, claims: Sequence[Claim]) -> str:
    return content_id(
        prefix, list(profile.participants), profile.status, [one.id for one in claims]
    )
