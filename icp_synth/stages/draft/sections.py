"""Sort a persona's claims and its people's insights into the sections of a card."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial

from icp_synth.domain.insights import Insight
from icp_synth.domain.mentions import aliases, names_any
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
from icp_synth.stages.draft.reasons import (
    About,
    in_turn,
    place,
    speaks_of_the_offer,
    words_of,
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


_BUYING = re.compile(
    r"\b(?:look(?:ed|ing)? (?:for|at|up|around)|search\w*|googl\w*|typed|compar\w+"
    r"|demos?|trial|try|tried|buy\w*|bought|purchas\w+|order(?:ed)?|sign(?:ed)? up"
    r"|switch\w*|chose|choos\w+|pick(?:ed)?|subscrib\w+|recommend\w*|introduced"
    r"|software|tools?|systems?|apps?|program(?:me)?s?|product|vendor|supplier)\b"
    r"|尋找|寻找|在找|搜尋|搜索|比較|比较|試用|试用|購|购|買|买|導入|导入|換|换|系統|系统|軟體|软件",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:my|our|his|her|their|the)\s+(?:\w+\s+){0,2}?(?:sons?|daughters?|wife|husband"
    r"|partner|brothers?|sisters?|mother|father|mum|mom|dad|kids?|child(?:ren)?|boss"
    r"|owners?|colleagues?|staff|employees|team|crew|men|women|lads?|guys?|customers?"
    r"|clients?|technicians?|engineers?|cleaners?|apprentices?)\b|\b(?:he|she|they)\b"
    r"|兒子|儿子|女兒|女儿|太太|先生|老婆|老公|爸|媽|妈|老闆|老板|同事|員工|员工|師傅|师傅|客人",
    re.IGNORECASE,
)
_MYSELF = re.compile(r"\b(?:i|i['’](?:m|ve|d|ll))\b|我(?!們|们|的|家)", re.IGNORECASE)
_OF_THE_FAMILY = frozenset({"family"})
_OF_USE = re.compile(r"\b(?:us(?:e|es|ed|ing)|with it|had it|on it)\b|使用|用了")


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
        name: _section(where, claims, mine, partial(_fits, name, names))
        for name, where in SECTIONS.items()
    }
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
    entries = {name: aliases(name) for name in names if name.strip()}
    found: dict[str, list[str]] = {name: [] for name in entries}
    for one in insights:
        words = words_of(one)
        for name, called in entries.items():
            if names_any(words, called):
                found[name].append(one.id)
    return {name: ids for name, ids in found.items() if ids}


def _fits(section: str, about: About, insight: Insight) -> bool:
    """Tell whether an insight of a section's categories is about its matter."""
    said = words_of(insight)
    match section:
        case "avoid_saying":
            # A complaint of the product is no word to avoid.
            if any(_ABOUT_WORDS.search(quote.text) for quote in insight.quotes):
                return True
            return insight.category == "objection" and speaks_of_the_offer(
                insight, about
            )
        case "purchase_pattern":
            named = about.names_us(insight) or about.names_a_rival(insight)
            return insight.category != "trigger" or named or bool(_BUYING.search(said))
        case "socio_economics":
            of_use = about.names_us(insight) or bool(_OF_USE.search(said))
            return insight.attribute != "experience" or not of_use
        case "demographics":
            return insight.attribute in _OF_THE_FAMILY or _of_the_speaker(insight)
    return True


def _of_the_speaker(insight: Insight) -> bool:
    """Tell whether words are about who says them, and not about somebody else."""
    quotes = " ".join(quote.text for quote in insight.quotes)
    return bool(_MYSELF.search(quotes)) or not _OTHERS.search(quotes)


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
