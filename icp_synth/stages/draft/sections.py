"""Sort a persona's claims and its people's insights into the sections of a card."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from icp_synth.domain.insights import Insight
from icp_synth.domain.profiles import Claim
from icp_synth.domain.sections import (
    EMPATHY,
    SECTIONS,
    Belongs,
    Question,
    Section,
    SectionStatus,
    belongs,
    said_of,
)

_ABOUT_WORDS = re.compile(
    r"\b(?:wording|jargon|buzz ?words?"
    r"|(?:the|that|this|those|your) (?:word|term|phrase|name|slogan)s?"
    r"|(?:call|calls|calling|called) (?:it|us|me|them|this|that)"
    r"|(?:say|says|saying|talk|talks|talking) (?:like|about us)|sounds? like"
    r"|marketing (?:speak|talk)|sales (?:pitch|talk)|patroni[sz]\w+|condescend\w+)\b"
    r"|行話|行话|術語|术语|說法|说法|講法|讲法|字眼|口號|口号|叫它|叫我們|叫我们|聽起來|听起来|話術|话术",
    re.IGNORECASE,
)
"""Talk about how something is said, rather than about what it is."""


def sections_of(
    people: Collection[str],
    claims: Sequence[Claim],
    insights: Iterable[Insight],
    *,
    rivals: Sequence[str] = (),
) -> dict[str, Section]:
    """Fill every section of a persona, those without evidence too.

    Args:
        people: The persona's.
        claims: The persona's, most support first.
        insights: Of the whole study, by place in the source.
        rivals: As the brief names them.

    Returns:
        Section → what stands in it, in the order of `SECTIONS`.
    """
    mine = [one for one in insights if one.participant in people]
    filled = {name: _section(where, claims, mine) for name, where in SECTIONS.items()}
    filled["brand_affinity"] = _with_rivals(filled["brand_affinity"], mine, rivals)
    filled["avoid_saying"] = _about_words_first(filled["avoid_saying"], mine)
    return filled


def empathy_of(
    people: Collection[str], claims: Sequence[Claim], insights: Iterable[Insight]
) -> dict[Question, Section]:
    """Answer the three questions of an empathy map with claims and insights.

    Args:
        people: The persona's.
        claims: The persona's, most support first.
        insights: Of the whole study, by place in the source.
    """
    mine = [one for one in insights if one.participant in people]
    return {name: _section(where, claims, mine) for name, where in EMPATHY.items()}


def mentions(insights: Iterable[Insight], names: Sequence[str]) -> dict[str, list[str]]:
    """Return name → insights whose quotes or value speak of it, in their order."""
    patterns = {name: _as_a_word(name) for name in dict.fromkeys(names) if name.strip()}
    found: dict[str, list[str]] = {name: [] for name in patterns}
    for one in insights:
        words = " ".join([one.value or "", *(quote.text for quote in one.quotes)])
        for name, pattern in patterns.items():
            if pattern.search(words):
                found[name].append(one.id)
    return {name: ids for name, ids in found.items() if ids}


def _section(
    where: Belongs, claims: Sequence[Claim], insights: Sequence[Insight]
) -> Section:
    held = tuple(claim.id for claim in claims if belongs(where, claim.field))
    said = [
        one
        for one in insights
        if said_of(where, one.category, one.attribute, one.signals)
    ]
    status: SectionStatus = "no_evidence"
    if held:
        status = "evidence"
    elif said:
        status = "single_voices"
    return Section(
        status=status,
        claims=held,
        insights=tuple(one.id for one in said),
        participants=tuple(sorted({one.participant for one in said})),
    )


def _with_rivals(
    section: Section, insights: Sequence[Insight], rivals: Sequence[str]
) -> Section:
    """Add who speaks of which rival; that alone is a voice, and no claim."""
    speakers = {one.id: one.participant for one in insights}
    named = mentions(insights, rivals)
    people: Mapping[str, tuple[str, ...]] = {
        name: tuple(sorted({speakers[one] for one in ids}))
        for name, ids in sorted(named.items())
    }
    ids = {one for found in named.values() for one in found}
    cited = {*section.insights, *ids}
    status: SectionStatus = section.status
    if status == "no_evidence" and ids:
        status = "single_voices"
    return section.model_copy(
        update={
            "rivals": people,
            "status": status,
            "insights": tuple(one.id for one in insights if one.id in cited),
            "participants": tuple(sorted({speakers[one] for one in cited})),
        }
    )


def _about_words_first(section: Section, insights: Sequence[Insight]) -> Section:
    """Put what they reject about wording before what else they reject."""
    by_id = {one.id: one for one in insights}
    ordered = sorted(
        section.insights,
        key=lambda one: (
            not any(_ABOUT_WORDS.search(quote.text) for quote in by_id[one].quotes)
        ),
    )
    return section.model_copy(update={"insights": tuple(ordered)})


def _as_a_word(name: str) -> re.Pattern[str]:
    edge = r"(?<![^\W_])", r"(?![^\W_])"
    latin = name.isascii()
    return re.compile(
        (edge[0] if latin else "") + re.escape(name) + (edge[1] if latin else ""),
        re.IGNORECASE,
    )
