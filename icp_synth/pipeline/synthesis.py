"""The stages that look across participants: themes, segments, draft, challenge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from icp_synth.analysts.desk import Settled
from icp_synth.analysts.protocol import Asked, Wordings
from icp_synth.domain.exclusions import NOT_DRAFTED_FROM
from icp_synth.domain.groups import group_name
from icp_synth.domain.ids import content_id
from icp_synth.domain.insights import Insight
from icp_synth.domain.statistics import wilson
from icp_synth.domain.themes import Theme
from icp_synth.embedding.named import without_light
from icp_synth.pipeline import challenging
from icp_synth.pipeline.heard import heard
from icp_synth.pipeline.kinds import settle_kinds
from icp_synth.pipeline.name_fit import fit_names
from icp_synth.pipeline.naming import name_groups, name_themes, requests_for
from icp_synth.pipeline.publishing import without_words
from icp_synth.pipeline.regrouping import given_segments, talk_of, tell_not_mentioned
from icp_synth.pipeline.theming import cut_of, described
from icp_synth.pipeline.work import Work
from icp_synth.project.ledger import StageCounts
from icp_synth.stages.draft import Findings, Profile, draft_profiles, skeleton_of
from icp_synth.stages.facts import features as fact_features, gather_facts
from icp_synth.stages.matters import gather_matters
from icp_synth.stages.merge import merge
from icp_synth.stages.segments import (
    LEAST_PEOPLE,
    find_segments,
    regroup,
    report_segments,
)
from icp_synth.stages.themes import (
    ThemeGroup,
    find_parents,
    group_themes,
    parent_of,
    spoken_by,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BEST = "super-user"
"""Where groups are known, ICPs are drafted from these people."""


def ground(work: Work) -> StageCounts:
    """Gather what was grounded, and merge what one person said twice."""
    found = sorted(
        (one for reading in work.readings.values() for one in reading.insights),
        key=lambda one: (one.transcript, one.quotes[0].start, one.id),
    )
    shown = [one for one in found if work.people[one.participant].quote_ok]
    hashes = {one.id: one.text_sha256 for one in work.transcripts}
    merged = merge(shown, work.vectors([one.statement for one in shown]), hashes)
    work.insights, work.merged = merged.insights, merged.merged
    work.statement_vectors = _statement_vectors(work)
    if work.analyst.guesses_kinds:
        settle_kinds(work)
    work.quarantined = without_words(
        (one for reading in work.readings.values() for one in reading.quarantined),
        work.transcripts,
        work.people.values(),
    )
    outcomes = Counter(one.outcome for one in work.readings.values())
    return StageCounts(
        done=outcomes["done"], skipped=outcomes["failed"], pending=outcomes["pending"]
    )


def _statement_vectors(work: Work) -> NDArray[np.float32]:
    """Return the vectors that themes are clustered by.

    Lexical vectors are weighed by which words this study's people come back to; an
    endpoint's vectors are taken as they are.
    """
    from icp_synth.embedding.embedded import EmbeddedEmbedder
    from icp_synth.embedding.salience import salience, salient_vectors, sentences_of

    texts = [_clustered_text(one) for one in work.insights]
    if not isinstance(work.embedder, EmbeddedEmbedder):
        return work.vectors(texts)
    said: dict[str, list[str]] = {}
    for transcript in work.transcripts:
        for turn in transcript.participant_turns():
            said.setdefault(turn.participant or "", []).extend(
                sentences_of(turn.span.of(transcript.text))
            )
    for one in work.insights:
        if one.statement_origin == "written":
            said[one.participant].append(one.statement)
    return salient_vectors(texts, salience(said))


def _clustered_text(insight: Insight) -> str:
    """Return a statement with the words that carry it, which others may share."""
    if insight.statement_origin == "verbatim":
        return without_light(insight.statement)
    return " ".join([insight.statement, *(quote.text for quote in insight.quotes)])


def themes(work: Work) -> StageCounts:
    """Group what several people said, and let the analyst name it on both levels.

    A theme is of those who carry its name; what does not leaves it and stays an
    insight.

    Groups of themes are named once their themes are: what waits for that is counted as
    pending and holds no later stage up.
    """
    cut = cut_of(work)
    groups = group_themes(
        work.insights,
        work.statement_vectors,
        cut.threshold,
        likeness=cut.likeness,
        meanings=cut.meanings,
    )
    groups, names, outcomes = name_themes(work, groups)
    work.theme_groups = groups
    of = len(heard(work).counted)
    work.themes = tuple(
        _theme(group, name, of) for group, name in zip(groups, names, strict=True)
    )
    work.themes = described(work, groups)
    years = {
        one.id: int(one.date[:4])
        for one in work.transcripts
        if one.date and one.date[:4].isdigit()
    }
    brief = work.study.brief
    work.facts = gather_facts(
        work.insights, brief.currency, years, product=brief.product
    )
    outcomes += _parents(work, groups, named=not outcomes["pending"])
    return StageCounts(
        done=outcomes["done"], failed=outcomes["failed"], pending=outcomes["pending"]
    )


def _parents(work: Work, groups: Sequence[ThemeGroup], *, named: bool) -> Counter[str]:
    """Gather themes into groups, and name these where the themes have their names."""
    # Who guesses kinds writes no statements: its insights are bare quotes.
    quotes = work.analyst.guesses_kinds
    families = find_parents(
        groups,
        work.insights,
        names=(work.study.brief.product,),
        spoken=spoken_by(work.transcripts, work.insights) if quotes else None,
    )
    labels: Mapping[int, str] = {}
    outcomes = Counter({"pending": requests_for(families)})
    if named:
        labels, outcomes = name_groups(work, groups, work.themes, families)
    of = len(heard(work).counted)
    work.parents = tuple(
        parent_of(family, work.themes, of=of, label=labels.get(number))
        for number, family in enumerate(families, start=1)
    )
    return outcomes


def _settle(
    work: Work, answers: Sequence[Wordings | Asked[Wordings]]
) -> list[Settled[Wordings]]:
    """Return what is known at once, and what the desk says of the rest."""
    asked = [one for one in answers if isinstance(one, Asked)]
    settled = iter(work.desk.settle(asked))
    return [
        next(settled) if isinstance(one, Asked) else Settled("done", one)
        for one in answers
    ]


def _theme(group: ThemeGroup, name: str | None, of: int) -> Theme:
    ids = tuple(one.id for one in group.insights)
    version = content_id("thm", group.kind, sorted(ids))
    return Theme(
        id=version,
        version=version,
        kind=group.kind,
        label=name or group.insights[0].statement,
        insights=ids,
        participants=group.participants,
        n=len(group.participants),
        of=of,
        interval=wilson(len(group.participants), of),
    )


def segments(work: Work) -> StageCounts:
    """Group those people from whom the draft is made, by what they share.

    Where people wrote segments.yaml, their groups stand instead.
    """
    given = given_segments(work)
    placed = {name for group in given.groups for name in group} if given else set()
    work.drafted = tuple(sorted({*_drafted(work), *placed}))
    matters = gather_matters(work.transcripts)
    features = {
        name: frozenset(
            {
                *(theme.id for theme in work.themes if name in theme.participants),
                *matters.features.get(name, ()),
                *fact_features(work.facts.get(name, {})),
            }
        )
        for name in work.drafted
    }
    talk = talk_of(work, matters)
    found = find_segments(features, talk)
    if given is not None:
        found = regroup(features, given, found, talk)
    work.segmentation = report_segments(features, found, talk)
    tell_not_mentioned(work)
    grouped = sum(len(group) for group in work.segmentation.groups)
    alone = len(work.people) - grouped
    work.skipped["segments"] = {"no_segment": alone}
    return StageCounts(done=grouped, skipped=alone)


def _drafted(work: Work) -> tuple[str, ...]:
    """Return the super-users where three are known, else all who have not left.

    Of those who were heard: nobody is like or unlike whom no word is known of.
    """
    groups = {name: work.people[name].group for name in heard(work).people}
    best = sorted(
        name for name, group in groups.items() if group_name(group) == group_name(BEST)
    )
    if len(best) >= LEAST_PEOPLE:
        return tuple(best)
    return tuple(
        sorted(
            name
            for name, group in groups.items()
            if group_name(group) not in NOT_DRAFTED_FROM
        )
    )


def draft(work: Work) -> StageCounts:
    """Build the skeletons of ICPs and personas and let the analyst word them."""
    found = findings(work)
    icps, personas = draft_profiles(found, work.segmentation.groups, level=work.level)
    profiles = [*icps, *personas]
    drafted = [one for one in profiles if one.status == "draft"]
    language = work.settings.language
    settled = _settle(
        work,
        [
            work.analyst.draft(
                skeleton_of(found, one, divided=is_divided(work, one)), language
            )
            for one in drafted
        ],
    )
    words = {id(one): answer for one, answer in zip(drafted, settled, strict=True)}
    work.profiles = tuple((one, _worded(words.get(id(one)))) for one in profiles)
    outcomes = Counter(one.outcome for one in settled)
    too_little = len(profiles) - len(drafted)
    work.skipped["draft"] = {"too_little": too_little}
    return StageCounts(
        done=outcomes["done"],
        failed=outcomes["failed"],
        pending=outcomes["pending"],
        skipped=too_little,
    )


def is_divided(work: Work, profile: Profile) -> bool:
    """Tell whether a profile is of some of the people, not of the one group of all."""
    groups = work.segmentation.groups
    return len(groups) != 1 or set(profile.participants) != set(groups[0])


def findings(work: Work) -> Findings:
    """Return what the skeletons are drawn from.

    Who fits no segment, and who was not heard, is not what a segment is compared with.
    """
    unheard = set(work.people).difference(heard(work).people)
    return Findings(
        people=work.people,
        insights={one.id: one for one in work.insights},
        themes=work.themes,
        facts=work.facts,
        aside=unheard.union(work.segmentation.unassigned),
    )


def _worded(settled: Settled[Wordings] | None) -> Wordings:
    if settled is None or settled.value is None:
        return Wordings(texts={})
    return settled.value


def challenge(work: Work) -> StageCounts:
    """Hold the claims against what people said whom they do not cite."""
    fit_names(work)
    return challenging.challenge(work, findings(work))
