"""What sets the product apart to its people, and what was believed beforehand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from icp_synth.domain.hypotheses import TopDown, Weighed
from icp_synth.domain.positioning import Mentions, MessageMatch, Positioning
from icp_synth.domain.profiles import Claim, Synthesis
from icp_synth.exports.cards import CardMaker
from icp_synth.exports.claims import ClaimShown, titled
from icp_synth.exports.evidence import Evidence
from icp_synth.exports.formatting import field_label, percent
from icp_synth.exports.made import names_no_product
from icp_synth.exports.statements import NOBODY, Said, Voices, voices
from icp_synth.exports.words import Words

_UNSERVED = ("neither", "unknown")
"""Codes of what does not serve the goal, as far as anything tells."""


@dataclass(frozen=True)
class MentionShown:
    """A rival or a differentiator: people who speak of it, and how.

    Attributes:
        stances: How it comes up and with how many people, in words.
        with_rivals: (rival, people) of whom it is said in one breath.
        low, high: None too where nothing was found: words were looked for, and
            nobody judged what people said in others.
    """

    name: str
    n: int
    of: int
    low: str | None
    high: str | None
    stances: tuple[str, ...]
    with_rivals: tuple[tuple[str, int], ...]
    heard: Voices


@dataclass(frozen=True)
class MessageShown:
    """A sentence of the value proposition against what people say.

    Attributes:
        k: Who states it; 0 where it has several parts, whose people are no sum.
        parts: (what the sentence promises, people who say it), where it has several.
        near: People whose words come near; nobody judged whether they say it.
    """

    sentence: str
    code: str
    k: int
    n: int
    against: int
    parts: tuple[tuple[str, int], ...]
    heard: Voices
    counter: Voices
    near: int = 0
    nearly: Voices = NOBODY


_LISTED = 1 / 3
"""Up to this share of an ICP's claims is listed as not serving: more is its card."""


class Unserved(NamedTuple):
    """What of an ICP does not serve the goal.

    Attributes:
        card: Its anchor and name.
        k, of: Claims that do not, of all.
        texts: (field, what it says) of each; empty where they are most of the card.
    """

    card: tuple[str, str]
    k: int
    of: int
    texts: tuple[tuple[str, Said], ...]


@dataclass(frozen=True)
class PositioningShown:
    """Everything about rivals, differences and the message; parts may be empty.

    Attributes:
        unserved: Why it does not serve the goal → what of which ICP does not.
        reasons: Reasons to stay that one person gives and nobody shares.
        outright: What says outright what a shared reason says.
        unnamed: The brief names no product that anything here could be about.
        of_theme: Claim of `why_us` → people of the theme that it is of.
    """

    rivals: tuple[MentionShown, ...]
    differentiators: tuple[MentionShown, ...]
    why_us: tuple[ClaimShown, ...]
    message: tuple[MessageShown, ...]
    unserved: Mapping[str, tuple[Unserved, ...]]
    reasons: Voices
    outright: Voices = NOBODY
    unnamed: bool = False
    of_theme: Mapping[str, int] = field(default_factory=dict)

    @property
    def unlisted(self) -> bool:
        """Whether something that does not serve is counted and not listed."""
        return any(not row.texts for rows in self.unserved.values() for row in rows)

    @property
    def there(self) -> bool:
        """Whether there is anything to show."""
        shown = (self.rivals, self.differentiators, self.why_us, self.message)
        return any(shown) or bool(self.unserved or self.reasons.all or self.unnamed)


@dataclass(frozen=True)
class HypothesisShown:
    """An assumption, and where the participants stand on it.

    Attributes:
        belief: How sure whoever wrote it is, in percent; empty where unknown.
        alike: Supporters whose words were found alike and judged by nobody.
    """

    field: str
    text: str
    status: str
    counts: tuple[tuple[str, int], ...]
    test: str
    belief: str
    alike: int
    heard: Voices
    counter: Voices


@dataclass(frozen=True)
class TopDownShown:
    """An ICP that was believed in beforehand.

    Attributes:
        card: (anchor, name) of its card, or None where it is one that was found.
        nearest: (anchor, name) of the found one with the most people in common.
    """

    name: str
    code: str
    people: int
    card: tuple[str, str] | None
    nearest: tuple[str, str] | None
    overlap: str
    evidence: int
    rows: tuple[HypothesisShown, ...]


def positioning_of(
    synthesis: Synthesis, maker: CardMaker, evidence: Evidence, words: Words
) -> PositioningShown:
    """Return what the synthesis says of rivals, differences and the message."""
    found: Positioning = synthesis.positioning
    names = maker.names()
    unnamed = names_no_product(synthesis.manifest)
    why_us = () if unnamed else found.why_us
    reasons = () if unnamed else found.reasons
    alone = [one.insight for one in reasons if one.of is None]
    outright = [one.insight for one in reasons if one.of is not None]
    return PositioningShown(
        rivals=tuple(
            _mentions(row.rival, row.mentions, {}, evidence, words)
            for row in found.table.rivals
        ),
        differentiators=tuple(
            _mentions(row.differentiator, row.mentions, row.by_rival, evidence, words)
            for row in found.table.differentiators
        ),
        why_us=maker.claims(why_us),
        of_theme=_of_theme(synthesis, why_us),
        unnamed=unnamed,
        message=tuple(
            MessageShown(
                sentence=one.sentence,
                code=one.code,
                k=0 if len(one.parts) > 1 else one.k,
                n=one.n,
                against=len(one.contradicts),
                parts=_parts(one),
                heard=voices(one.insights, evidence, visible=1),
                counter=voices(one.counter, evidence, visible=1),
                near=len({evidence.insight(name).participant for name in one.near}),
                nearly=voices(one.near, evidence, visible=1),
            )
            for one in found.message
        ),
        unserved={
            code: rows
            for code in _UNSERVED
            if (rows := _unserved(code, synthesis, names, evidence, words))
        },
        reasons=voices(alone, evidence, visible=6),
        outright=voices(outright, evidence, visible=6),
    )


def _of_theme(synthesis: Synthesis, why_us: Sequence[Claim]) -> dict[str, int]:
    """Return of how many people the theme is that each reason is taken from."""
    return {
        claim.id: len(theme.participants)
        for claim in why_us
        for theme in synthesis.themes
        if theme.label == claim.text and set(claim.insights) <= set(theme.insights)
    }


def _unserved(
    code: str,
    synthesis: Synthesis,
    names: Mapping[str, tuple[str, str]],
    evidence: Evidence,
    words: Words,
) -> tuple[Unserved, ...]:
    rows = []
    cited = {one.id: one.insights for icp in synthesis.icps for one in icp.claims}
    for icp, fits in synthesis.positioning.goal_fit.items():
        texts = tuple(
            (
                field_label(one.field, words),
                titled(one.text, cited.get(one.subject, ()), evidence, words),
            )
            for one in fits
            if code in one.codes
        )
        if texts and icp in names:
            idle = sum(not set(_UNSERVED).isdisjoint(one.codes) for one in fits)
            few = idle <= _LISTED * len(fits)
            rows.append(
                Unserved(names[icp], len(texts), len(fits), texts if few else ())
            )
    return tuple(rows)


def _parts(one: MessageMatch) -> tuple[tuple[str, int], ...]:
    if len(one.parts) < 2:
        return ()
    return tuple((part.text, len(part.supports)) for part in one.parts)


def _mentions(
    name: str,
    said: Mentions,
    by_rival: Mapping[str, Mentions],
    evidence: Evidence,
    words: Words,
) -> MentionShown:
    low, high = (said.interval if said.n else None) or (None, None)
    return MentionShown(
        name=name,
        n=said.n,
        of=said.of,
        low=None if low is None else percent(low),
        high=None if high is None else percent(high),
        stances=tuple(
            words(f"mention.{stance}", n=len(people))
            for stance, people in sorted(said.stances.items())
            if people
        ),
        with_rivals=tuple((one, which.n) for one, which in by_rival.items() if which.n),
        heard=voices(said.insights, evidence, visible=1),
    )


def top_down_of(
    found: Sequence[TopDown],
    evidence: Evidence,
    *,
    names: Mapping[str, tuple[str, str]],
    words: Words,
) -> tuple[TopDownShown, ...]:
    """Return the ICPs that were believed in, each against the interviews."""
    return tuple(
        TopDownShown(
            name=one.name or words("top_down.unnamed"),
            code=one.code,
            people=len(one.participants),
            card=names.get(one.icp or ""),
            nearest=names.get(one.nearest or ""),
            overlap=percent(one.overlap),
            evidence=one.counts["evidence"],
            rows=tuple(_hypothesis(row, evidence, words) for row in one.weighed),
        )
        for one in found
    )


def _hypothesis(row: Weighed, evidence: Evidence, words: Words) -> HypothesisShown:
    stances = ("supports", "contradicts", "silent", "unclear", "outside")
    belief = row.hypothesis.confidence
    return HypothesisShown(
        field=field_label(row.hypothesis.field, words),
        text=row.hypothesis.text(),
        status=row.status,
        counts=tuple(
            (words.named("stance", stance), len(getattr(row, stance)))
            for stance in stances
        ),
        test=row.test or row.hypothesis.test,
        belief="" if belief is None else percent(belief),
        alike=len(row.by_likeness),
        heard=voices(row.insights, evidence, visible=1),
        counter=voices(row.counter, evidence, visible=1),
    )
