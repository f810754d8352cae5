"""Find what the interviews have not covered, settled or exhausted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from icp_synth.domain.fields import CATEGORIES, KINDS, PROFILE_FIELDS, SIGNALS
from icp_synth.domain.guide import GAP_CODES, Gap, GapCode, StillNew
from icp_synth.domain.hypotheses import TopDown
from icp_synth.domain.insights import Insight
from icp_synth.domain.placed import placed_claims
from icp_synth.domain.profiles import Claim, Icp, Synthesis
from icp_synth.stages.guide.catalogue import NEVER_ASKED
from icp_synth.stages.guide.still_new import unsaturated_kinds

COVERED_FROM = 3
"""So many people (all, in smaller ICPs) have spoken of what is covered."""

_FEWEST_STATEMENTS = 6
_FEWEST_PEOPLE = 3
_NEW_SHARE = 2 / 3
_MOST_UNSATURATED = 5


def find_gaps(
    synthesis: Synthesis,
    *,
    unsaturated: Sequence[StillNew] = (),
    top_down: Sequence[TopDown] = (),
) -> tuple[Gap, ...]:
    """Return every reason to ask somebody something, the most urgent first.

    Args:
        synthesis: Of the last run.
        unsaturated: Where saturation curves say that something new still comes.
        top_down: Hypotheses against the interviews; what is evidence is no gap.

    Returns:
        By code, then by how little is known, then by subject.
    """
    gaps = [
        *_contradicted(synthesis),
        *_uncovered(synthesis),
        *(gap for one in top_down for gap in _hypotheses(one)),
        *_unsaturated(synthesis, unsaturated),
    ]
    return tuple(
        sorted(
            gaps,
            key=lambda one: (
                GAP_CODES.index(one.code),
                one.known / one.of if one.of else 0.0,
                one.subject,
                one.icp or "",
                one.claim or "",
            ),
        )
    )


def claims_of(synthesis: Synthesis) -> list[Claim]:
    """Return every claim once, by id."""
    by_id = {one.claim.id: one.claim for one in placed_claims(synthesis)}
    return [by_id[one] for one in sorted(by_id)]


def people_of(synthesis: Synthesis, icp: Icp) -> tuple[str, ...]:
    """Return the participants whom an ICP is made of; all without a segment.

    An ICP that was assumed has those who belong to it, and there may be none.
    """
    if icp.participants or icp.origin == "hypotheses":
        return icp.participants
    for segment in synthesis.segments:
        if segment.id == icp.segment:
            return segment.participants
    return tuple(one.id for one in synthesis.participants)


def _contradicted(synthesis: Synthesis) -> Iterable[Gap]:
    assumed = {claim.id for one in synthesis.top_down for claim in one.claims}
    for claim in claims_of(synthesis):
        if claim.contradicts and claim.id not in assumed:
            yield Gap(
                code="contradicted",
                subject=claim.field,
                known=len(claim.supports),
                of=len(claim.supports) + len(claim.contradicts),
                claim=claim.id,
                note=claim.text,
            )


def _uncovered(synthesis: Synthesis) -> Iterable[Gap]:
    facts = {one.id: frozenset(one.facts) for one in synthesis.participants}
    said = _said(synthesis.insights)
    for icp in synthesis.icps:
        people = people_of(synthesis, icp)
        if icp.origin == "hypotheses" and len(people) < COVERED_FROM:
            # What lacks is people of it, and `seek` says so; what was assumed is asked.
            continue
        for subject in _subjects(icp):
            heard = _heard(icp, subject)
            known = sum(
                subject in facts.get(name, ())
                or subject in said.get(name, ())
                or name in heard
                for name in people
            )
            if known < min(COVERED_FROM, len(people)):
                yield Gap(
                    code="thin" if known else "uncovered",
                    subject=subject,
                    icp=icp.id,
                    known=known,
                    of=len(people),
                )


def _heard(icp: Icp, subject: str) -> set[str]:
    """Return who speaks for or against a signal, as the ICP counts them."""
    signal = icp.signals.get(subject.removeprefix("signal/"))
    if signal is None or not subject.startswith("signal/"):
        return set()
    return {*signal["for"].participants, *signal["against"].participants}


def _said(insights: Iterable[Insight]) -> Mapping[str, set[str]]:
    """Return participant → categories and signals of what they said."""
    said: dict[str, set[str]] = defaultdict(set)
    for one in insights:
        said[one.participant].add(f"{one.kind}/{one.category}")
        said[one.participant].update(
            f"signal/{signal.lstrip('+-')}" for signal in one.signals
        )
    return said


def _subjects(icp: Icp) -> list[str]:
    """Return what can be known of an ICP: of persons, nothing about a company."""
    fields = [
        field.name
        for field in PROFILE_FIELDS.values()
        if not field.protected
        and field.category != "demographic"
        and (icp.type == "account" or field.category != "firmographic")
    ]
    categories = [
        f"{kind}/{category}"
        for kind in KINDS
        for category in CATEGORIES[kind]
        if icp.type == "account" or category != "firmographic"
    ]
    signals = [f"signal/{signal}" for signal in SIGNALS]
    return [one for one in (*fields, *categories, *signals) if one not in NEVER_ASKED]


def _hypotheses(top_down: TopDown) -> Iterable[Gap]:
    for one, claim in zip(top_down.weighed, top_down.claims, strict=True):
        if one.status == "evidence":
            continue
        hypothesis = one.hypothesis
        of = len((*one.supports, *one.contradicts))
        code: GapCode = "contradicted"
        if not one.contradicts:
            code, of = "hypothesis", of + len((*one.silent, *one.unclear))
        if not of or (hypothesis.scope and not one.supports):
            code = "untested"
        written = f" — {hypothesis.test}" if hypothesis.test else ""
        yield Gap(
            code=code,
            subject=hypothesis.field,
            icp=top_down.icp or top_down.nearest,
            known=len(one.supports),
            of=of,
            claim=claim.id,
            note=f"{hypothesis.text()}{written}",
            test=one.test,
        )


def _unsaturated(synthesis: Synthesis, still_new: Sequence[StillNew]) -> Iterable[Gap]:
    """Return the categories in which most statements are of one person alone.

    The share of what was met once estimates how much of the next is new. Of a kind
    that a saturation curve says is not exhausted, categories are looked at whatever
    their share.

    Source:
        Good 1953, "The population frequencies of species".
    """
    kinds = unsaturated_kinds(still_new)
    shared = {one for theme in synthesis.themes for one in theme.insights}
    of: Counter[str] = Counter()
    known: Counter[str] = Counter()
    people: dict[str, set[str]] = defaultdict(set)
    for one in synthesis.insights:
        subject = f"{one.kind}/{one.category}"
        of[subject] += 1
        known[subject] += one.id in shared
        people[subject].add(one.participant)
    found = [
        Gap(
            code="unsaturated",
            subject=one,
            known=known[one],
            of=of[one],
            whom=kinds.get(one.split("/")[0], ()),
        )
        for one in of
        if one not in NEVER_ASKED
        and of[one] >= _FEWEST_STATEMENTS
        and len(people[one]) >= _FEWEST_PEOPLE
        and (1 - known[one] / of[one] >= _NEW_SHARE or one.split("/")[0] in kinds)
    ]
    found.sort(key=lambda gap: (gap.known / gap.of, gap.subject))
    return found[:_MOST_UNSATURATED]
