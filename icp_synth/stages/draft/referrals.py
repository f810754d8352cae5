"""Where people who are not ideal may be better served: what they say themselves."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from icp_synth.domain.exclusions import Referral
from icp_synth.domain.fit import Voices
from icp_synth.domain.insights import Insight
from icp_synth.domain.mentions import aliases, name_in, named_last, names_any
from icp_synth.stages.draft.reasons import About, words_of

_PRAISE = frozenset({"like", "reason_to_stay", "advocacy", "desired_gain"})
_GONE = (
    r"(?:switch(?:ed|es|ing)? to|mov(?:e|ed|ing) (?:over )?to"
    r"|(?:went|gone|going|go) (?:with|over to|back to|to)|chang(?:e|ed|ing) to"
    r"|back (?:with|on|to)|(?:are|['’]re|am|['’]m|is) (?:on|with|using)"
    r"|(?:uses?|using|has used|have used)|chose|picked|bought|took|take|taken"
    r"|signed (?:up )?(?:with|for)|left (?:\w+ )?for|works? with)"
)
_GONE_ZH = (
    r"(?:改用了?|換成了?|换成了?|換到|换到|轉到|转到|選了|选了|買了|买了"
    r"|在用|現在用|现在用)"
)
_MOVED = re.compile(
    rf"(?:\b{_GONE}|{_GONE_ZH})[\s,]*(?:(?!not\b|never\b)\w+\s+){{0,2}}$",
    re.IGNORECASE,
)
"""Ends where the name begins."""
_TO_ANOTHER = re.compile(
    rf"(?i:(?<!\w){_GONE})\s+(?i:(?:the|our|my|an?|this|that)\s+)?(?=[A-Z])|{_GONE_ZH}"
)
"""Before any name: what they say that they are with now."""
_NOT_NOW = re.compile(
    r"\b(?:before|previous(?:ly)?|formerly|used to|until|once)\b|以前|之前",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not|never|nearly|almost)\b|n['’]t\b|沒有?|没有?|不|差點|差点", re.IGNORECASE
)
"""In the part of the sentence that names it."""

_RUN_DOWN = re.compile(
    r"\b(?:worse|no good|useless|terrible|awful|horrible|rubbish"
    r"|(?:just )?as bad|not (?:for us|as good|better)"
    r"|(?:did(?:n['’]t| not)) (?:like|suit|work)|dislik\w+|too expensive)\b"
    r"|更糟|更差|不好用|很爛|很烂|不喜歡|不喜欢|太貴|太贵",
    re.IGNORECASE,
)
_NOT_TAKEN = re.compile(
    r"\bbut no(?=\s*(?:[.,;!]|$))|\b(?:did(?:n['’]t| not)) (?:take|choose|want|buy)\b"
    r"|\b(?:reject\w*|turned (?:it |them )?down|decided against)\b"
    r"|沒選|没选|沒有選|没有选|沒買|没买",
    re.IGNORECASE,
)
"""They went without it, which says nothing against it."""
_PART = re.compile(r"[,;:，；：]")
_SENTENCE = re.compile(r"[^.!?。！？\n]+")


def referral_of(
    people: Iterable[str], insights: Iterable[Insight], about: About
) -> Referral:
    """Say where these people may be better served.

    What one of them moved to, whatever they hold against it, and what they praise and
    neither run down nor leave aside: naming a rival, or having looked at it, is no
    referral. What they run down stands under `doubted`, what they moved to as well;
    what they looked at and did not take, without a word against it, under `not_taken`.

    Args:
        people: Who is not ideal.
        insights: Of the whole study, by place in the source.
        about: The rivals as the brief names them.
    """
    wanted = frozenset(people)
    mine = [one for one in insights if one.participant in wanted]
    brands = {
        one.value
        for one in mine
        if one.category == "brand_affinity" and one.value and one.normal is None
    }
    named, doubted, not_taken = {}, {}, {}
    for name in sorted({*about.rivals, *brands}):
        if about.product and names_any(name, [about.product]):
            continue
        heard = _of(name, mine, about)
        if heard.speaks:
            named[name] = _voices(heard.speaks)
        if heard.against:
            doubted[name] = _voices(heard.against)
        if heard.aside:
            not_taken[name] = _voices(heard.aside)
    return Referral(
        status="evidence" if named else "no_evidence",
        named=named,
        doubted=doubted,
        not_taken=not_taken,
    )


class _Heard(NamedTuple):
    """What speaks for a name as a place to go, who runs it down, who left it aside."""

    speaks: list[Insight]
    against: list[Insight]
    aside: list[Insight]


def _of(name: str, mine: Sequence[Insight], about: About) -> _Heard:
    """Return what these people say of one name."""
    names = aliases(name)
    by_person: dict[str, list[Insight]] = defaultdict(list)
    for one in mine:
        if names_any(words_of(one), names):
            by_person[one.participant].append(one)
    heard = _Heard([], [], [])
    for who, said in by_person.items():
        turns = {(one.transcript, quote.turn) for one in said for quote in one.quotes}
        # What is run down is often not named again in the same answer.
        ran_down = [
            one
            for one in mine
            if one.participant == who
            and _RUN_DOWN.search(words_of(one))
            and not about.names_us(one)
            and _is_of(names, one, about)
            and any((one.transcript, quote.turn) in turns for quote in one.quotes)
        ]
        ran_down = ran_down or [
            one for one in said if _RUN_DOWN.search(_said_of(names, one, about))
        ]
        moved = [one for one in said if _moved_to(one, names)]
        aside = [] if moved or ran_down else _left_aside(names, said, about)
        praised = [
            one
            for one in said
            if one in moved or (one.category in _PRAISE and not about.names_us(one))
        ]
        heard.against.extend(ran_down)
        heard.aside.extend(aside)
        heard.speaks.extend(moved if ran_down or aside else praised)
    return heard


def _left_aside(
    names: Sequence[str], said: Sequence[Insight], about: About
) -> list[Insight]:
    """Return where somebody says that they did not take it, in words that name it."""
    found = [
        one
        for one in said
        if _NOT_TAKEN.search("\n".join((words_of(one), _said_of(names, one, about))))
    ]
    by_name = [
        one for one in said if any(names_any(quote.text, names) for quote in one.quotes)
    ]
    return (by_name or found) if found else []


def _is_of(names: Sequence[str], insight: Insight, about: About) -> bool:
    """Tell whether no other tool is named nearer to what is run down."""
    said = about.until(insight)
    if _on_another(said, names) is not None:
        return False
    return named_last(said, _others(names, about), names) != "ours"


def _said_of(names: Sequence[str], insight: Insight, about: About) -> str:
    """Return what an answer says after a name, until it comes to another tool."""
    answer = about.answers.get(insight.id, "")
    other = _on_another(answer, names)
    before_it = answer if other is None else answer[:other]
    _, after = name_in(before_it, names) or ("", "")
    until, _ = name_in(after, _others(names, about)) or (after, "")
    return until


def _on_another(text: str, names: Sequence[str]) -> int | None:
    """Return where somebody says that they are with something else, named after.

    "She found Brightnet. But no, I'm back with Google Calendar. It's just as bad":
    what follows is of the calendar, until the rival is named again.
    """
    gone = [found.start() for found in _TO_ANOTHER.finditer(text)]
    return next((at for at in gone if not names_any(text[at:], names)), None)


def _others(names: Sequence[str], about: About) -> list[str]:
    every = [about.product, *(one for row in about.rivals for one in aliases(row))]
    return [one for one in every if one and one not in names]


def _moved_to(insight: Insight, names: Sequence[str]) -> bool:
    """Tell whether somebody says that they use or take what is named, now."""
    for found in _SENTENCE.finditer(words_of(insight)):
        sentence = found.group()
        for name in names:
            at = sentence.casefold().find(name.casefold())
            before = sentence[: max(at, 0)]
            if at < 0 or not _MOVED.search(before):
                continue
            part = _PART.split(before)[-1]
            if not _NOT_NOW.search(before) and not _NOT.search(part):
                return True
    return False


def _voices(said: Sequence[Insight]) -> Voices:
    return Voices(
        participants=tuple(sorted({one.participant for one in said})),
        insights=tuple(one.id for one in said),
    )
