"""What sets the product apart to its people, and what was believed beforehand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from icp_synth.domain.hypotheses import TopDown, Weighed
from icp_synth.domain.positioning import Mentions, Positioning
from icp_synth.domain.profiles import Synthesis
from icp_synth.exports.cards import CardMaker
from icp_synth.exports.claims import ClaimShown
from icp_synth.exports.evidence import Evidence
from icp_synth.exports.formatting import field_label, percent
from icp_synth.exports.statements import Voices, voices
from icp_synth.exports.words import Words

_NEITHER = "neither"


@dataclass(frozen=True)
class MentionShown:
    """A rival or a differentiator: people who speak of it, and how.

    Attributes:
        stances: (how it comes up, people).
        with_rivals: (rival, people) of whom it is said in one breath.
    """

    name: str
    n: int
    of: int
    low: str | None
    high: str | None
    stances: tuple[tuple[str, int], ...]
    with_rivals: tuple[tuple[str, int], ...]
    heard: Voices


@dataclass(frozen=True)
class MessageShown:
    """A sentence of the value proposition against what people say."""

    sentence: str
    code: str
    k: int
    n: int
    against: int
    heard: Voices
    counter: Voices


@dataclass(frozen=True)
class PositioningShown:
    """Everything about rivals, differences and the message; parts may be empty.

    Attributes:
        neither: (anchor and name of an ICP, what of it serves neither the goal nor a
            differentiator, out of how many).
    """

    rivals: tuple[MentionShown, ...]
    differentiators: tuple[MentionShown, ...]
    why_us: tuple[ClaimShown, ...]
    message: tuple[MessageShown, ...]
    neither: tuple[tuple[tuple[str, str], tuple[str, ...], int], ...]

    @property
    def there(self) -> bool:
        """Whether there is anything to show."""
        shown = (self.rivals, self.differentiators, self.why_us, self.message)
        return any(shown) or bool(self.neither)


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
    return PositioningShown(
        rivals=tuple(
            _mentions(row.rival, row.mentions, {}, evidence, words)
            for row in found.table.rivals
        ),
        differentiators=tuple(
            _mentions(row.differentiator, row.mentions, row.by_rival, evidence, words)
            for row in found.table.differentiators
        ),
        why_us=maker.claims(found.why_us),
        message=tuple(
            MessageShown(
                sentence=one.sentence,
                code=one.code,
                k=one.k,
                n=one.n,
                against=len(one.contradicts),
                heard=voices(one.insights, evidence, visible=1),
                counter=voices(one.counter, evidence, visible=1),
            )
            for one in found.message
        ),
        neither=tuple(
            (
                names[icp],
                tuple(
                    f"{field_label(one.field, words)}: {one.text}"
                    for one in fits
                    if _NEITHER in one.codes
                ),
                len(fits),
            )
            for icp, fits in found.goal_fit.items()
            if icp in names and any(_NEITHER in one.codes for one in fits)
        ),
    )


def _mentions(
    name: str,
    said: Mentions,
    by_rival: Mapping[str, Mentions],
    evidence: Evidence,
    words: Words,
) -> MentionShown:
    low, high = said.interval or (None, None)
    return MentionShown(
        name=name,
        n=said.n,
        of=said.of,
        low=None if low is None else percent(low),
        high=None if high is None else percent(high),
        stances=tuple(
            (words(f"mention.{stance}"), len(people))
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
