"""Find whom the sample lacks, and which participants to talk to again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from icp_synth.domain.groups import group_name
from icp_synth.domain.guide import Callback, CallbackCode, GuideQuestion, Seek, StillNew
from icp_synth.domain.hypotheses import TopDown
from icp_synth.domain.profiles import Synthesis
from icp_synth.domain.source_kinds import source_kind_of
from icp_synth.stages.guide.gaps import claims_of, people_of

GROUPS = ("super-user", "churned", "new", "prospect")
"""Known beforehand; contrasts need people of each."""

GROUP_WANTED = 3
ICP_WANTED = 5
MOST_CALLBACKS = 8
_LITTLE = 0.5
_FEWEST_TO_COMPARE = 4


def whom_to_seek(
    synthesis: Synthesis,
    *,
    unsaturated: Sequence[StillNew] = (),
    top_down: Sequence[TopDown] = (),
) -> tuple[Seek, ...]:
    """Return the sorts of people whom the next interviews should be with.

    Args:
        synthesis: Of the last run.
        unsaturated: Where saturation curves say that something new still comes.
        top_down: Hypotheses against the interviews.
    """
    return (
        *_groups(synthesis),
        *_assumed(top_down),
        *_icps(synthesis),
        *_still_new(unsaturated),
        *_companies(synthesis),
        *_kinds(synthesis),
    )


def callbacks(
    synthesis: Synthesis, questions: Sequence[GuideQuestion]
) -> tuple[Callback, ...]:
    """Return participants worth a second talk, and what to ask each.

    Args:
        synthesis: Of the last run.
        questions: Of the guide. Who contradicts claims is asked about these; who
            said little (under half of the median) everything.

    Returns:
        Those who contradict most claims first, then those who said least.
    """
    said = Counter(one.participant for one in synthesis.insights)
    against = Counter(
        name for claim in claims_of(synthesis) for name in claim.contradicts
    )
    about = _about(synthesis, questions)
    counts = [said[one.id] for one in synthesis.participants]
    little = median(counts) * _LITTLE if len(counts) >= _FEWEST_TO_COMPARE else 0.0
    found = []
    for one in synthesis.participants:
        codes: list[CallbackCode] = []
        if against[one.id]:
            codes.append("contradicts")
        if said[one.id] < little:
            codes.append("little_said")
        if codes:
            everything = "little_said" in codes
            found.append(
                Callback(
                    participant=one.id,
                    label=one.label,
                    codes=tuple(codes),
                    claims=against[one.id],
                    insights=said[one.id],
                    questions=tuple(
                        question.id
                        for question in questions
                        if everything or question.id in about.get(one.id, ())
                    ),
                )
            )
    found.sort(key=lambda one: (-one.claims, one.insights, one.participant))
    return tuple(found[:MOST_CALLBACKS])


def _about(
    synthesis: Synthesis, questions: Iterable[GuideQuestion]
) -> Mapping[str, set[str]]:
    """Return participant → ids of the questions about claims that they contradict."""
    asked = {
        gap.claim: question.id
        for question in questions
        for gap in question.gaps
        if gap.claim
    }
    about: dict[str, set[str]] = {}
    for claim in claims_of(synthesis):
        if claim.id in asked:
            for name in claim.contradicts:
                about.setdefault(name, set()).add(asked[claim.id])
    return about


def _groups(synthesis: Synthesis) -> Iterable[Seek]:
    counts: Counter[str | None] = Counter()
    for written, people in synthesis.frame.by_group.items():
        counts[group_name(written)] += people
    if not counts:
        yield Seek(code="groups_unknown", known=0, wanted=len(synthesis.participants))
        return
    for group in GROUPS:
        known = counts[group_name(group)]
        if known < GROUP_WANTED:
            code = "group_thin" if known else "group_missing"
            yield Seek.model_validate(
                {
                    "code": code,
                    "subject": group,
                    "known": known,
                    "wanted": GROUP_WANTED,
                }
            )


def _assumed(top_down: Sequence[TopDown]) -> Iterable[Seek]:
    for one in top_down:
        if one.icp is not None and not one.participants:
            scope = [
                f"{hypothesis.field}: {hypothesis.text()}"
                for hypothesis in (each.hypothesis for each in one.weighed)
                if hypothesis.scope
            ]
            yield Seek(
                code="icp_untested",
                subject=one.icp,
                known=0,
                wanted=ICP_WANTED,
                note="; ".join(scope),
            )


def _still_new(unsaturated: Sequence[StillNew]) -> Iterable[Seek]:
    """Return groups and segments whose last interviews brought new themes."""
    for name in dict.fromkeys(one.name for one in unsaturated):
        held = [one for one in unsaturated if one.name == name and one.themes]
        if name and held:
            yield Seek(
                code="still_new",
                subject=name,
                known=held[0].participants,
                wanted=held[0].wanted,
                last=held[0].run,
                kinds=tuple(one.kind for one in held),
                themes=sum(one.themes for one in held),
                new=round(sum(one.new for one in held), 1),
            )


def _icps(synthesis: Synthesis) -> Iterable[Seek]:
    deciding = {
        one.id for one in synthesis.participants if "decision_role" in one.facts
    } | {
        one.participant
        for one in synthesis.insights
        if one.category == "decision_authority"
    }
    for icp in synthesis.icps:
        people = people_of(synthesis, icp)
        if not people:
            continue
        if len(people) < ICP_WANTED:
            yield Seek(
                code="icp_thin", subject=icp.id, known=len(people), wanted=ICP_WANTED
            )
        if not deciding.intersection(people):
            yield Seek(code="decider_missing", subject=icp.id, known=0, wanted=1)


def _companies(synthesis: Synthesis) -> Iterable[Seek]:
    named = Counter(one.company for one in synthesis.participants if one.company)
    total = len(synthesis.participants)
    unknown = total - sum(named.values())
    if named and unknown:
        yield Seek(code="companies_unknown", known=total - unknown, wanted=total)
    most = max(named.values(), default=0)
    for company in sorted(named):
        if named[company] > total / 2 and len(named) > 1 and named[company] > 1:
            yield Seek(
                code="company_heavy",
                subject=company,
                known=named[company],
                wanted=total // 2,
            )
        elif named[company] == 1 and most > 1:
            yield Seek(code="company_thin", subject=company, known=1, wanted=2)


def _kinds(synthesis: Synthesis) -> Iterable[Seek]:
    kinds = {source_kind_of(one.source_kind) for one in synthesis.transcripts}
    if len(kinds) == 1:
        yield Seek(code="one_source_kind", subject=next(iter(kinds)), known=1, wanted=2)
