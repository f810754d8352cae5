"""Put the synthesis together: names, claims with anchors, decisions, manifest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from icp_synth.domain.fields import CODEBOOK_VERSION
from icp_synth.domain.ids import content_id, sha256_text
from icp_synth.domain.profiles import (
    Claim,
    Frame,
    Icp,
    Manifest,
    Participant,
    Persona,
    Synthesis,
    TranscriptEntry,
    persona_type,
)
from icp_synth.domain.reviews import Anchor
from icp_synth.domain.themes import Segment, Theme
from icp_synth.pipeline.coverage import coverage
from icp_synth.pipeline.notes import frame_notes, too_little
from icp_synth.pipeline.publishing import shown_texts
from icp_synth.pipeline.synthesis import findings
from icp_synth.pipeline.work import Work
from icp_synth.project.anchors import anchors_of
from icp_synth.project.matching import Candidate
from icp_synth.project.names import assign, read_names
from icp_synth.stages import segments as segment_stage, themes as theme_stage
from icp_synth.stages.draft import Profile, claims_of, criteria_of
from icp_synth.version import __version__


class Assembly:
    """The synthesis, with the names that it gave.

    Args:
        work: Through all stages.
        created: ISO 8601; the only thing in which two equal runs differ.
    """

    def __init__(self, work: Work, created: str) -> None:
        self._work = work
        self._created = created
        self._texts = shown_texts(work.transcripts, work.people.values())
        self._insights = {one.id: one for one in work.insights}
        self._worded = [
            (profile, wordings.title, self._claims(profile, wordings))
            for profile, wordings in work.profiles
        ]
        self._icps = [entry for entry in self._worded if entry[0].what == "icp"]
        self._personas = [entry for entry in self._worded if entry[0].what == "persona"]
        self.assignment = assign(
            read_names(work.folder), self._candidates(), self._texts
        )
        given = iter(self.assignment.ids)
        self._theme_ids = {one.version: next(given) for one in work.themes}
        self._segment_ids = [next(given) for _ in work.segmentation.groups]
        self._icp_ids = [next(given) for _ in self._icps]
        self._persona_ids = [next(given) for _ in self._personas]

    def _claims(self, profile: Profile, wordings: Any) -> tuple[Claim, ...]:
        claims = claims_of(findings(self._work), profile, wordings)
        anchored = [
            claim.model_copy(update={"anchors": self._anchors(claim.insights)})
            for claim in claims
        ]
        return tuple(
            sorted(anchored, key=lambda claim: (-len(claim.supports), claim.id))
        )

    def _anchors(self, ids: Iterable[str]) -> tuple[Anchor, ...]:
        return anchors_of((self._insights[one] for one in ids), self._texts)

    def _candidates(self) -> list[Candidate]:
        """Return what needs a name: themes, segments, ICPs, personas, in this order."""
        themes = [
            Candidate(
                sort="theme",
                kind=theme.kind,
                label=theme.label,
                participants=theme.participants,
                anchors=self._anchors(theme.insights),
            )
            for theme in self._work.themes
        ]
        segments = [
            Candidate(sort="segment", label=self._segment_label(i), participants=group)
            for i, group in enumerate(self._work.segmentation.groups)
        ]
        return [
            *themes,
            *segments,
            *(self._candidate("icp", entry) for entry in self._icps),
            *(self._candidate("persona", entry) for entry in self._personas),
        ]

    def _candidate(
        self, sort: str, entry: tuple[Profile, str | None, tuple[Claim, ...]]
    ) -> Candidate:
        profile, title, claims = entry
        cited = {one for claim in claims for one in claim.insights}
        return Candidate.model_validate(
            {
                "sort": sort,
                "kind": _type(profile) if sort == "icp" else "",
                "label": title or "",
                "participants": profile.participants,
                "anchors": self._anchors(sorted(cited)),
            }
        )

    def synthesis(self) -> Synthesis:
        """Return synthesis.json as a value, in the orders of contracts.md."""
        work = self._work
        return Synthesis(
            manifest=self._manifest(),
            frame=_frame(work),
            transcripts=tuple(
                TranscriptEntry(
                    id=one.id,
                    path=one.path,
                    sha256=one.sha256,
                    text_sha256=one.text_sha256,
                    participants=one.participants,
                    language=one.language,
                    date=one.date,
                    turns=len(one.turns),
                    source_kind=one.source_kind,
                )
                for one in sorted(work.transcripts, key=lambda one: one.id)
            ),
            participants=self._participants(),
            insights=work.insights,
            quarantined=work.quarantined,
            themes=self._themes(),
            segments=self._segments(),
            unassigned=self._unassigned(),
            icps=_by_support(self._icp(i) for i in range(len(self._icps))),
            personas=_by_support(self._persona(i) for i in range(len(self._personas))),
            coverage=coverage(work),
        )

    def _themes(self) -> tuple[Theme, ...]:
        named = [
            theme.model_copy(update={"id": self._theme_ids[theme.version]})
            for theme in self._work.themes
        ]
        return tuple(
            sorted(named, key=lambda theme: (-theme.n, -len(theme.insights), theme.id))
        )

    def _segment_label(self, index: int) -> str:
        titles = [title for profile, title, _ in self._icps if profile.segment == index]
        return next((title for title in titles if title), "")

    def _segments(self) -> tuple[Segment, ...]:
        groups = self._work.segmentation.groups
        segments = [
            Segment(
                id=self._segment_ids[i],
                version=content_id("seg", sorted(group)),
                label=self._segment_label(i),
                participants=tuple(sorted(group)),
            )
            for i, group in enumerate(groups)
        ]
        return tuple(sorted(segments, key=lambda one: (-len(one.participants), one.id)))

    def _unassigned(self) -> tuple[str, ...]:
        placed = {one for group in self._work.segmentation.groups for one in group}
        return tuple(sorted(name for name in self._work.people if name not in placed))

    def _icp(self, index: int) -> Icp:
        profile, title, claims = self._icps[index]
        # Criteria follow the seeds' order, claims the order of support.
        by_seed = {(claim.field, claim.insights): claim for claim in claims}
        ordered = [by_seed[seed.field, seed.insights] for seed in profile.seeds]
        criteria = criteria_of(profile, ordered)
        segment = profile.segment
        return Icp(
            id=self._icp_ids[index],
            version=_version("icp", profile, claims),
            name=self._title(profile, title),
            status=profile.status,
            segment=None if segment is None else self._segment_ids[segment],
            type=_type(profile),
            n=len(profile.accounts or profile.participants),
            criteria=criteria,
            claims=claims,
            personas=tuple(
                self._persona_ids[i]
                for i, (persona, _, _) in enumerate(self._personas)
                if index in persona.icps
            ),
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
        first = next(iter(themes or [seed.label for seed in profile.seeds]), "")
        return title or first

    def _participants(self) -> tuple[Participant, ...]:
        work = self._work
        segment_of = {
            name: self._segment_ids[i]
            for i, group in enumerate(work.segmentation.groups)
            for name in group
        }
        return tuple(
            Participant(
                id=name,
                label=person.label,
                group=person.group,
                segment=segment_of.get(name),
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

    def _manifest(self) -> Manifest:
        work, settings = self._work, self._work.settings
        return Manifest(
            version=__version__,
            created=self._created,
            inputs={one.id: one.sha256 for one in work.transcripts},
            analyst=work.analyst.name,
            model=work.analyst.model,
            prompts=dict(work.analyst.fingerprints()),
            embedding=work.embedder.name,
            tokens=settings.token_encoding or "estimate-v1",
            settings={
                "product": {
                    "name": work.study.brief.product,
                    "what": work.study.brief.what,
                },
                "codebook": CODEBOOK_VERSION,
                "language": settings.language,
                "window": settings.window,
                "parameters": dict(settings.parameters),
                "themes": theme_stage.VERSION,
                "theme_threshold": theme_stage.threshold_for(work.embedder.name),
                "segments": segment_stage.VERSION,
                "brief": sha256_text(work.study.brief.model_dump_json()),
            },
            readers={one.id: one.reader for one in work.transcripts},
            code=f"icp-synth/{__version__}",
        )


def _by_support(profiles: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(profiles, key=lambda one: (-one.n, one.id)))


def _type(profile: Profile) -> Any:
    return "account" if profile.accounts else "person"


def _version(prefix: str, profile: Profile, claims: Sequence[Claim]) -> str:
    return content_id(
        prefix, list(profile.participants), profile.status, [one.id for one in claims]
    )


def _frame(work: Work) -> Frame:
    groups = Counter(person.group or "" for person in work.people.values())
    named: Mapping[str, int] = {name: groups[name] for name in sorted(groups) if name}
    return Frame(
        participants=len(work.people),
        by_group=named,
        persona_type=persona_type(len(work.people)),
        notes=frame_notes(work),
    )
