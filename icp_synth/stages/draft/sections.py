"""Sort a persona's claims and its people's insights into the sections of a card."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial

from icp_synth.domain.insights import Insight
from icp_synth.domain.mentions import aliases, names_any, spellings
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
from icp_synth.stages.draft.reasons import About, in_turn, place, words_of
from icp_synth.stages.draft.section_cues import fits, is_about_words

_OF_OTHERS = ("dislikes", "objections")
"""Sections of what is held against us; what is of others stands apart."""


def sections_of(
    people: Collection[str],
    claims: Sequence[Claim],
    insights: Iterable[Insight],
    *,
    about: About | None = None,
) -> dict[str, Section]:
    """Fill every section of a persona, those without evidence too.

    Args:
        people: The persona's.
        claims: The persona's, most support first.
        insights: Of the whole study, as read: what only a judge's answer brought up
            fills no section.
        about: The product, and the rivals as the brief names them.

    Returns:
        Section → what stands in it, in the order of `SECTIONS`.
    """
    names = about or About()
    mine = [one for one in insights if one.participant in people]
    filled = {
        name: _section(where, claims, mine, partial(fits, name, names))
        for name, where in SECTIONS.items()
    }
    for name in _OF_OTHERS:
        filled[name] = _with_others(filled[name], SECTIONS[name], mine, names)
    # What a rival lacks is nothing that we should not say; a wording may be.
    heard = [one for one in mine if is_about_words(one)]
    filled["avoid_saying"] = _with_others(
        filled["avoid_saying"], SECTIONS["avoid_saying"], heard, names
    )
    filled["brand_affinity"] = _with_rivals(
        filled["brand_affinity"], mine, names.rivals
    )
    filled["avoid_saying"] = _about_words_first(filled["avoid_saying"], mine)
    return filled


def empathy_of(
    people: Collection[str], claims: Sequence[Claim], insights: Iterable[Insight]
) -> dict[Question, Section]:
    """Answer the three questions of an empathy map with claims and insights.

    Args:
        people: The persona's.
        claims: The persona's, most support first.
        insights: Of the whole study, as read.
    """
    mine = [one for one in insights if one.participant in people]
    return {name: _section(where, claims, mine) for name, where in EMPATHY.items()}


def mentions(insights: Iterable[Insight], names: Sequence[str]) -> dict[str, list[str]]:
    """Return name → insights whose words speak of it, by `domain.mentions`.

    An entry that lists several things is named by any of them.
    """
    entries = {
        name: [one for each in aliases(name) for one in spellings(each)]
        for name in names
        if name.strip()
    }
    found: dict[str, list[str]] = {name: [] for name in entries}
    for one in insights:
        words = words_of(one)
        for name, called in entries.items():
            if names_any(words, called):
                found[name].append(one.id)
    return {name: ids for name, ids in found.items() if ids}


def _section(
    where: Belongs,
    claims: Sequence[Claim],
    insights: Sequence[Insight],
    fits: Callable[[Insight], bool] = lambda _: True,
) -> Section:
    by_id = {one.id: one for one in insights}
    held = tuple(
        claim.id
        for claim in claims
        if belongs(where, claim.field) and _mostly(claim, by_id, fits)
    )
    said = in_turn(
        sorted(
            (
                one
                for one in insights
                if said_of(where, one.category, one.attribute, one.signals)
                and fits(one)
            ),
            key=lambda one: (-(one.intensity or 0), not one.explicit, *place(one)),
        ),
        len(insights),
    )
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


def _mostly(
    claim: Claim, insights: Mapping[str, Insight], fits: Callable[[Insight], bool]
) -> bool:
    """Tell whether at least half of what a claim rests on belongs there."""
    known = [insights[one] for one in claim.insights if one in insights]
    return 2 * sum(map(fits, known)) >= len(known)


def _with_rivals(
    section: Section, insights: Sequence[Insight], rivals: Sequence[str]
) -> Section:
    """Add who speaks of which rival; that alone is a voice, and no claim.

    A common thing (a spreadsheet) is counted; what is said of it is about no brand.
    """
    speakers = {one.id: one.participant for one in insights}
    named = mentions(insights, rivals)
    people: Mapping[str, tuple[str, ...]] = {
        name: tuple(sorted({speakers[one] for one in ids}))
        for name, ids in sorted(named.items())
    }
    common = {
        name
        for name in named
        if all(len(spellings(each)) > 1 for each in aliases(name))
    }
    ids = {one for name in named.keys() - common for one in named[name]}
    cited = {*section.insights, *ids}
    status: SectionStatus = section.status
    if status == "no_evidence" and ids:
        status = "single_voices"
    return section.model_copy(
        update={
            "rivals": people,
            "status": status,
            "insights": (
                *section.insights,
                *(
                    one.id
                    for one in insights
                    if one.id in ids and one.id not in section.insights
                ),
            ),
            "participants": tuple(sorted({speakers[one] for one in cited})),
        }
    )


def _with_others(
    section: Section, where: Belongs, insights: Sequence[Insight], about: About
) -> Section:
    """Add what of this sort is held against others, which is not against us."""
    return section.model_copy(
        update={
            "others": tuple(
                one.id
                for one in insights
                if said_of(where, one.category, one.attribute, one.signals)
                and about.of_other(one)
            )
        }
    )


def _about_words_first(section: Section, insights: Sequence[Insight]) -> Section:
    """Put what they reject about wording before what else they reject."""
    by_id = {one.id: one for one in insights}
    ordered = sorted(
        section.insights,
        key=lambda one: not is_about_words(by_id[one]),
    )
    return section.model_copy(update={"insights": tuple(ordered)})
