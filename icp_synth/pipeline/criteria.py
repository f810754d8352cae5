"""What an ICP asks for: its criteria, refused facts and scorecard."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from icp_synth.domain.fields import Level
from icp_synth.domain.insights import Insight
from icp_synth.domain.profiles import Claim, Icp
from icp_synth.pipeline.work import Work
from icp_synth.stages.draft import Profile, criteria_of, refused_of
from icp_synth.stages.draft.overlaps import facts_by_account
from icp_synth.stages.draft.reasons import About, reasons_of
from icp_synth.stages.draft.scorecards import (
    Facts,
    draft_scorecard,
    known_facts,
    with_knock_outs,
)
from icp_synth.stages.draft.trades import with_trades


class Asking:
    """Draws what ICPs ask for from their claims and everybody's facts.

    Args:
        work: Through all stages.
        insights: Of the whole study, but what only a judge's answer brought up.
        about: Names, and what people had been asked.
        outside: Who is not ideal.
    """

    def __init__(
        self,
        work: Work,
        insights: Sequence[Insight],
        about: About,
        outside: Collection[str],
    ) -> None:
        self._work = work
        self._insights = {one.id: one for one in insights}
        self._about = about
        self._outside = frozenset(outside)
        self.facts = known_facts(work.facts)

    def parts(self, profile: Profile, ordered: Sequence[Claim]) -> dict[str, Any]:
        """Return criteria, refused facts, scorecard and people of an ICP.

        Args:
            profile: The ICP's skeleton.
            ordered: Its claims, one a seed in the seeds' order.
        """
        allowed = self._work.study.privacy.allow_protected
        level: Level = "account" if profile.accounts else "person"
        outside = self._compared(profile) - set(profile.participants)
        drafted = criteria_of(
            profile, ordered, allow_protected=allowed, insights=self._insights
        )
        facts = with_trades(self.facts, drafted, ordered)
        here, there = (
            facts_by_account(self._work.people, facts, among, level=level)
            for among in (profile.participants, outside)
        )
        apart = there.keys() - here.keys()
        criteria = with_knock_outs(
            drafted,
            {**there, **here},
            inside=here,
            outside=apart,
            reasons=self._reasons(
                profile.participants if profile.what == "negative" else outside
            ),
        )
        return {
            "criteria": criteria,
            "refused": refused_of(
                profile, ordered, allow_protected=allowed, insights=self._insights
            ),
            "scorecard": draft_scorecard(
                criteria, [there[name] for name in sorted(apart)]
            ).model_copy(update={"unsteady": self._unsteady(profile)}),
            "participants": profile.participants,
            "accounts": profile.accounts,
        }

    def settled(self, icps: Sequence[Icp]) -> Facts:
        """Return everybody's facts, with the trades that a theme of an ICP settles."""
        return with_trades(
            self.facts,
            [one for icp in icps for one in icp.criteria],
            [one for icp in icps for one in icp.claims],
        )

    def _reasons(self, people: Collection[str]) -> tuple[Insight, ...]:
        """Return what some people say of why they left or do not fit."""
        mine = [one for one in self._insights.values() if one.participant in people]
        return reasons_of(mine, self._about, most=len(mine))

    def _unsteady(self, profile: Profile) -> bool:
        """Tell whether an ICP is of a segment that does not come back."""
        at = profile.segment if profile.what == "icp" else None
        return at is not None and self._work.segmentation.unsteady(at)

    def _compared(self, profile: Profile) -> frozenset[str]:
        """Return whom a knock-out must not fit: the others' kind, not one's own."""
        if profile.what == "negative":
            return frozenset(self._work.drafted)
        return self._outside
