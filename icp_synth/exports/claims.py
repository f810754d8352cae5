"""Claims as a report shows them: who is for and against, and how sure it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from icp_synth.domain.fields import OTHER, PROFILE_FIELDS
from icp_synth.domain.profiles import Claim, Confidence
from icp_synth.domain.source_kinds import SourceCarriers
from icp_synth.domain.theme_of import theme_finder
from icp_synth.domain.themes import Theme
from icp_synth.exports.evidence import Evidence
from icp_synth.exports.formatting import field_kind, field_label, figure_in_words
from icp_synth.exports.people import anchor
from icp_synth.exports.statements import (
    Said,
    Voices,
    stands_for,
    title,
    voices,
)
from icp_synth.exports.words import Words

STANCES = (
    "supports",
    "contradicts",
    "silent",
    "other_value",
    "other_words",
    "not_comparable",
    "unplaced",
    "not_stated",
    "unjudged",
)
"""In the order in which they are listed."""

_MIDDLING = 0.25
_HIGH = 0.5
"""Confidence from which a claim is middling, and high: see docs/synthesis.md."""


@dataclass(frozen=True)
class Sure:
    """The confidence of a claim.

    Attributes:
        level: `low`, `middling` or `high`.
        value: 0 to 1, as text.
        parts: What it is made of, in words, each 0 to 1.
    """

    level: str
    value: str
    parts: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class ClaimShown:
    """A claim with its people.

    Attributes:
        anchor: Of this claim in this card; empty for claims about the whole study.
        k: Supporters within the card's group; of `n`. Equal to `supports` and `of`
            for a claim about the whole study.
        supports: Supporters in the whole study; with the next three it is a
            partition of the study's `of` participants.
        fact: It is the value of a field, and means nothing without its label.
        divided: Quotes in which somebody who contradicts it supports it as well.
        sources: (kind of source, people); empty where the study has one kind.
        sure: None where no confidence was computed.
        behind: A condition of its card says it, and nobody contradicts it.
        flag: Why its sentence may say more than its quotes; empty where it does not.
        differs: Why it counts other people than the theme that it is made of, in
            words; empty where it counts the same.
        in_words: The values of the field that it is about are words, not figures.
    """

    claim: Claim
    anchor: str
    label: str
    part: str
    said: Said
    k: int
    n: int
    supports: int
    contradicts: int
    silent: int
    unjudged: int
    of: int
    voices: Voices
    counter: Voices
    divided: Voices
    fact: bool
    sources: tuple[tuple[str, int], ...]
    sure: Sure | None
    behind: bool = False
    flag: str = ""
    differs: str = ""
    in_words: bool = False

    @property
    def divides(self) -> bool:
        """Whether a bar of the stances tells more than k of n does already."""
        told = {stance for stance, _ in self.stances}
        return self.k != self.supports or not told <= {"supports", "unjudged"}

    @property
    def stance_of(self) -> Mapping[str, str]:
        """The stance of each participant.

        Of a fact, who is not among the supporters named another value, one that
        cannot be compared, or none; of one in words other words, which may mean the
        same. Of what was held against people, some were looked at and cannot be placed.
        """
        claim = self.claim
        rest = "not_stated" if self.fact else "unjudged"
        other = "other_words" if self.in_words else "other_value"
        looked_at = frozenset(() if self.fact else claim.looked_at)
        return {
            **dict.fromkeys(claim.supports, "supports"),
            **dict.fromkeys(claim.contradicts, "contradicts"),
            **dict.fromkeys(claim.silent, "silent"),
            **{
                name: "unplaced" if name in looked_at else rest
                for name in claim.unjudged
            },
            **dict.fromkeys(claim.not_comparable, "not_comparable"),
            **dict.fromkeys(claim.other_value, other),
        }

    @property
    def stances(self) -> tuple[tuple[str, int], ...]:
        """How many take each stance, those that somebody takes."""
        counts = Counter(self.stance_of.values())
        return tuple((stance, counts[stance]) for stance in STANCES if counts[stance])


class ClaimMaker:
    """Turns claims into what is shown.

    Args:
        evidence: Cuts and numbers the quotes.
        of: Participants of the study.
        words: The report's language.
        mixed: The study has several kinds of source.
        flagged: Claim → why its sentence may say more than its quotes, in words.
        themes: Of the study.
    """

    def __init__(
        self,
        evidence: Evidence,
        *,
        of: int,
        words: Words,
        mixed: bool = False,
        flagged: Mapping[str, str] | None = None,
        themes: Sequence[Theme] = (),
    ) -> None:
        self._evidence = evidence
        self._of = of
        self._words = words
        self._mixed = mixed
        self._flagged = flagged or {}
        self._theme_of = theme_finder(themes)

    def claims(
        self,
        claims: Sequence[Claim],
        group: Collection[str] | None = None,
        *,
        card: str = "",
    ) -> tuple[ClaimShown, ...]:
        """Return claims, in their order.

        Args:
            claims: Of one card, or about the whole study.
            group: The people of the card; None for everybody.
            card: The card's anchor; its claims get anchors of their own.
        """
        return tuple(self._claim(claim, group, card) for claim in claims)

    def _claim(
        self, claim: Claim, group: Collection[str] | None, card: str
    ) -> ClaimShown:
        words = self._words
        said = titled(
            claim.text, claim.insights, self._evidence, words, field=claim.field
        )
        fact = self._fact(claim)
        inside = [name for name in claim.supports if group is None or name in group]
        return ClaimShown(
            claim=claim,
            anchor=anchor("c", f"{card}/{claim.id}") if card else "",
            label=field_label(fact or claim.field, words),
            part=field_kind(claim.field),
            said=replace(said, example=True)
            if claim.example
            else stands_for(said, len(claim.supports)),
            k=len(inside),
            n=self._of if group is None else len(group),
            supports=len(claim.supports),
            contradicts=len(claim.contradicts),
            silent=len(claim.silent),
            unjudged=len(claim.unjudged),
            of=self._of,
            voices=voices(
                claim.insights,
                self._evidence,
                among=group,
                without=said.citation,
                visible=1,
            ),
            counter=voices(claim.counter, self._evidence, visible=1),
            divided=voices(claim.divided, self._evidence, visible=1),
            fact=fact is not None,
            sources=_sources(claim.sources, words) if self._mixed else (),
            sure=_sure(claim.confidence, words),
            flag=self._flagged.get(claim.id, ""),
            differs="" if fact else self._differs(claim),
            in_words=self._in_words(claim),
        )

    def _in_words(self, claim: Claim) -> bool:
        """Tell whether another value of its field is other words, which may mean it."""
        stated = {self._evidence.insight(name).attribute for name in claim.insights}
        fields = {claim.field} if claim.field in PROFILE_FIELDS else stated - {None}
        known = [PROFILE_FIELDS[one] for one in fields if one in PROFILE_FIELDS]
        return bool(known) and all(one.type in {"category", "text"} for one in known)

    def _differs(self, claim: Claim) -> str:
        """Return why a claim counts others than its theme.

        A theme counts those whose remarks were put together; a claim was held against
        everybody as well, and so may gain people, or lose one.
        """
        theme = self._theme_of(claim.insights) if "/" in claim.field else None
        who = {self._evidence.insight(one).participant for one in claim.insights}
        # Words of one person are that person's, whatever the theme counts.
        if theme is None or len(who) == 1:
            return ""
        more = len(set(claim.supports).difference(theme.participants))
        heard = {*claim.silent, *claim.contradicts}
        fewer = len(heard.intersection(theme.participants))
        if not more and not fewer:
            return ""
        words = self._words
        told = [words("claim.of_theme", n=theme.n)]
        told += [words.count("claim.beyond", more)] if more else []
        told += [words.count("claim.left", fewer)] if fewer else []
        return words.joined(told)

    def _fact(self, claim: Claim) -> str | None:
        """Return the field whose value a claim is; that of its insights elsewhere."""
        if claim.field in PROFILE_FIELDS or claim.field.startswith(OTHER):
            return claim.field
        if "/" in claim.field or not claim.insights:
            return None
        stated = {self._evidence.insight(name).attribute for name in claim.insights}
        values = {self._evidence.insight(name).value for name in claim.insights}
        only = stated.pop() if len(stated) == 1 else None
        # A theme may rest on one field alone as well: its text is no value of it.
        value = claim.text in values or any(map(str.isdigit, claim.text))
        return only if value else None


def titled(
    text: str,
    insights: Sequence[str],
    evidence: Evidence,
    words: Words,
    *,
    field: str | None = None,
) -> Said:
    """Return the title of a claim; a figure with its unit in the report's language."""
    said = title(text, insights, evidence)
    if said.citation is not None:
        return said
    return replace(said, text=figure_in_words(said.text, words, field))


def by_people(claims: Sequence[ClaimShown]) -> tuple[ClaimShown, ...]:
    """Return claims as the eye sees them: most of the card's people first."""
    return tuple(sorted(claims, key=lambda one: (-one.k, -one.supports)))


def _sources(carried: SourceCarriers, words: Words) -> tuple[tuple[str, int], ...]:
    return tuple(
        (words.named("source_kind", kind), len(people))
        for kind, people in carried.participants.items()
    )


def _sure(found: Confidence, words: Words) -> Sure | None:
    if found.value is None:
        return None
    level = "low" if found.value < _MIDDLING else "middling"
    return Sure(
        level="high" if found.value >= _HIGH else level,
        value=f"{found.value:.2f}",
        parts=tuple(
            (words.named("confidence", name), value)
            for name, value in sorted(found.parts.items())
        ),
    )
