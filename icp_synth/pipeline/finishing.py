"""A claim's last step: its anchors, where everybody stands, how far to rely on it."""

from __future__ import annotations

from collections.abc import Iterable

from icp_synth.analysts.protocol import Wordings
from icp_synth.domain.profiles import Claim
from icp_synth.domain.reviews import Anchor
from icp_synth.domain.theme_of import theme_finder
from icp_synth.pipeline.publishing import shown_texts
from icp_synth.pipeline.synthesis import findings
from icp_synth.pipeline.work import Work
from icp_synth.project.anchors import anchors_of
from icp_synth.stages.challenge import with_stances
from icp_synth.stages.confidence import confidence
from icp_synth.stages.draft import Profile, claims_of
from icp_synth.stages.own_facts import with_own_facts
from icp_synth.stages.source_kinds import kinds_of, source_kinds


class Finisher:
    """Finishes the claims of one synthesis.

    Args:
        work: Through all stages.

    Attributes:
        texts: Transcript name → canonical text as it is shown.
        drawn_from: Claim id → the insights that it was drawn from; judging it may add
            to what it cites.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        self.texts = shown_texts(work.transcripts, work.people.values())
        self._insights = {one.id: one for one in work.published()}
        self._kinds = kinds_of(work.transcripts)
        self._theme_of = theme_finder(work.themes)
        self.drawn_from: dict[str, tuple[str, ...]] = {}

    def claims(self, profile: Profile, wordings: Wordings) -> tuple[Claim, ...]:
        """Return the finished claims of a profile, most support first."""
        claims = claims_of(findings(self._work), profile, wordings)
        self.drawn_from |= {claim.id: claim.insights for claim in claims}
        anchored = [self.finished(claim) for claim in claims]
        return tuple(
            sorted(anchored, key=lambda claim: (-len(claim.supports), claim.id))
        )

    def finished(self, claim: Claim) -> Claim:
        """Return a claim with anchors, stances and confidence."""
        anchors = self.anchors(claim.insights)
        return self._challenged(claim.model_copy(update={"anchors": anchors}))

    def _challenged(self, claim: Claim) -> Claim:
        """Return a claim with where everybody stands, and how far it can be relied on.

        Its anchors stay those of what it was drawn from: a judge's word moves no name
        and no decision.
        """
        work = self._work
        theme = self._theme_of(claim.insights)
        judged = with_own_facts(
            with_stances(claim, work.stances.get(claim.id)),
            work.facts,
            self._insights,
            drawn_from=claim.insights,
        )
        figure = confidence(
            judged,
            self._insights,
            work.people,
            stability=theme.stability if theme is not None else None,
            switched_off=work.settings.no_stability,
            counted=theme.insights if theme is not None else (),
        )
        carried = source_kinds(judged, self._insights, self._kinds)
        return judged.model_copy(update={"confidence": figure, "sources": carried})

    def anchors(self, ids: Iterable[str]) -> tuple[Anchor, ...]:
        """Return the anchors of some insights' quotes."""
        return anchors_of((self._insights[one] for one in ids), self.texts)
