"""Who names which rival, and what they did with it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple, get_args

from icp_synth.domain.insights import Insight
from icp_synth.domain.mentions import aliases, name_in, names_any, spellings
from icp_synth.domain.positioning import Mentions, MentionStance, RivalRow
from icp_synth.domain.statistics import wilson
from icp_synth.embedding.salience import sentences_of
from icp_synth.stages.positioning.study import COMPLAINT, PRAISE, Told, words_of

_STANCES: tuple[MentionStance, ...] = get_args(MentionStance)

_REJECTED = re.compile(
    r"\breject|\bruled? (?:it |them |that )?out|\bturned (?:it|them|that) down"
    r"|\bdecided against|\b(?:did(?:n['’]t| not)|never) (?:take|took|choose|chose|buy"
    r"|bought|go (?:with|for)|went (?:with|for)|pick(?:ed)?)\b|\bnot for us\b"
    r"|不選|沒選|沒有選|没选|不適用|不适用|不考慮|不考虑|淘汰|沒買|没买|沒有買|拒絕"
    r"|拒绝"
)
_GONE_TO = re.compile(
    r"(?:\b(?:switch|mov|chang|migrat)(?:e|es|ed|ing)?"
    r"(?: (?:over|back|across))? (?:to|onto)"
    r"|\b(?:went|gone|go|going)(?: (?:over|back|across))? to"
    r"|\bleft (?:\w+ ){1,3}for|\b(?:now|today) (?:use|uses|with|on)"
    r"|換到|換成|換去|改用|轉到|跳到|现在用|現在用|换到|换成|转到)"
    r"\s*(?:\w+ ){0,2}$"
)
_USING = re.compile(r"\bus(?:e|es|ed|ing) (?:\w+ )?$")
_BEFORE = re.compile(
    r"\b(?:used to|previous(?:ly)?|former(?:ly)?|the one before|back then|came from"
    r"|before (?:\w+ ){0,3}(?:we|the|they|he|she|i|that|this|it|us|you)\b|before that"
    r"|until then|instead of|switched from|still (?:us(?:e|es|ed|ing)|on)"
    r"|(?:the|our|my|his|her|their) old)\b|^before,|還在用|还在用"
    r"|以前|之前|原本|原先|先前|本來|本来|从前|從前|過去|过去"
)
_COMPARED = re.compile(
    r"\bcompar(?:e|ed|ing)\b|\b(?:look|looked|looking) (?:also )?(?:at|into)\b"
    r"|\balso looked\b|\bconsider(?:ed|ing)?\b|\bevaluat|\bshort-?list|\btried out\b"
    r"|\bhad a (?:look|demo)|\b(?:better|worse|cheaper|dearer|nicer|simpler) than\b"
    r"|\b(?:candidate|alternative)s?\b"
    r"|比較過|看過|看了|試用過|試過|考慮過|比起|比较过|看过|试用过|试过|考虑过|對比"
)
_MEANS = re.compile(r"\b(?:in|on|into|through|via|with|of) (?:\w+[\s-]){0,2}$")
"""Something was compared *in* a spreadsheet, shown *on* a whiteboard."""


_ASKED_BEFORE = re.compile(
    r"\b(?:before (?:that|this|then|it|you|we|the)?|previous(?:ly)?|used to|until then"
    r"|beforehand|back then)\b|以前|之前|原本|原先|先前|本來|本来|從前|从前|過去|过去"
)
"""In a question: what is named in answer to it was used then."""

_WE_HAD = re.compile(
    r"\b(?:we|they|everybody|everyone) (?:all )?(?:had|used|kept|ran|worked)\b"
    r"|\b(?:it|that|everything) (?:was|went) (?:all )?(?:just )?(?:a|an|on|in|by"
    r"|with)\b"
)
"""How a firm did it then; what "I had" may be a list for something else."""

_IN_PLACE = re.compile(
    r"\b(?:write|keep|do|plan|note|put|track|run)s? (?:everything|it all|all of it"
    r"|our (?:jobs|plan|work)|the (?:jobs|plan|work))\b"
    r"|(?:全部|什麼都|什么都|全都)(?:寫|写|記|记|排)"
)
"""It does the product's work now, as the only place where everything stands."""

_INSTEAD: frozenset[MentionStance] = frozenset(
    {"rejected", "left_for", "used_before", "compared", "complaint"}
)
"""What makes a common thing a rival: used before the product, or in its place. A
whiteboard in somebody's sentence and a spreadsheet for the wages are none."""

_OF_US = frozenset({"advocacy", "reason_to_stay"})


class _Thing(NamedTuple):
    """A rival, or one of several things that an entry lists."""

    name: str
    names: tuple[str, ...]
    listed_in: str | None


def rival_rows(told: Told) -> tuple[RivalRow, ...]:
    """Return who names each rival of the brief, in insights or in their own turns.

    Args:
        told: Its transcripts tell who names a rival without any insight saying so.

    Returns:
        In the order of the brief. An entry that lists several things is one row for
        each. People are counted, not mentions.
    """
    return tuple(_row(told, thing) for thing in _things(told))


def mentions(
    found: Sequence[tuple[Insight, MentionStance]],
    of: int,
    *,
    turns: Sequence[tuple[str, str, MentionStance]] = (),
) -> Mentions:
    """Count people.

    Args:
        found: Insights, and how each speaks of the matter.
        of: Everybody.
        turns: (participant, sentence, how) of what no insight holds.
    """
    people: dict[MentionStance, set[str]] = defaultdict(set)
    quotes: dict[str, str] = {}
    for insight, stance in found:
        people[stance].add(insight.participant)
        quotes.setdefault(insight.participant, insight.quotes[0].text)
    for participant, sentence, stance in turns:
        people[stance].add(participant)
        quotes.setdefault(participant, sentence)
    told_more = set().union(
        *(who for stance, who in people.items() if stance != "mention")
    )
    people["mention"] -= told_more
    names = tuple(sorted(quotes))
    return Mentions(
        participants=names,
        n=len(names),
        of=of,
        stances={
            stance: tuple(sorted(people[stance]))
            for stance in _STANCES
            if people.get(stance)
        },
        insights=tuple(one.id for one, _ in found),
        quotes=tuple(quotes[name] for name in names),
        interval=wilson(len(names), of),
    )


def by_category(insight: Insight) -> MentionStance:
    """Return how something is spoken of, by the category of what was said."""
    if insight.category in PRAISE:
        return "praise"
    return "complaint" if insight.category in COMPLAINT else "mention"


def way_of(text: str, names: Sequence[str], product: str) -> MentionStance | None:
    """Return what somebody did with a rival, where a sentence tells it.

    Example:
        >>> way_of("We switched to Fieldmoor in May.", ["Fieldmoor"], "Plumbline")
        'left_for'
        >>> way_of("I compared them in a spreadsheet.", ["spreadsheet"], "Plumbline")
    """
    around = name_in(text, names)
    if around is None:
        return None
    before, after = around
    whole = f"{before} {after}"
    was_before = _BEFORE.search(whole) or re.search(_before(product), whole)
    if _MEANS.search(before) and not was_before:
        return None
    told: tuple[tuple[MentionStance, object], ...] = (
        ("rejected", _REJECTED.search(whole)),
        ("left_for", _GONE_TO.search(before) or _uses_since(before, after)),
        ("used_before", was_before),
        ("compared", _COMPARED.search(whole) or names_any(text, (product,))),
    )
    return next((way for way, found in told if found), None)


def _uses_since(before: str, after: str) -> bool:
    return bool(_USING.search(before)) and after.lstrip().startswith("since")


def _before(product: str) -> str:
    return rf"\bbefore {re.escape(product.casefold())}\b" if product else r"(?!)"


def _things(told: Told) -> Iterable[_Thing]:
    seen: set[str] = set()
    for entry in dict.fromkeys(told.brief.rivals):
        listed = aliases(entry)
        for name in listed:
            if name.casefold() not in seen:
                seen.add(name.casefold())
                several = entry if len(listed) > 1 else None
                yield _Thing(name, spellings(name), several)


def _row(told: Told, thing: _Thing) -> RivalRow:
    named = [one for one in told.ordered() if names_any(words_of(one), thing.names)]
    found = [(one, _stance(told, one, thing)) for one in named]
    spoken = list(_spoken(told, thing))
    if _is_common(thing):
        found = [
            (one, how)
            for one, how in found
            if how in _INSTEAD or _IN_PLACE.search(words_of(one).casefold())
        ]
        spoken = [
            (who, sentence, how)
            for who, sentence, how in spoken
            if how in _INSTEAD or _IN_PLACE.search(sentence.casefold())
        ]
    counted = {one.participant for one, _ in found}
    only = [one for one in spoken if one[0] not in counted]
    # A turn says more than the quote that was taken of it.
    more = [one for one in spoken if one[0] in counted and one[2] != "mention"]
    return RivalRow(
        rival=thing.name,
        names=thing.names,
        mentions=mentions(
            found,
            len(told.people),
            turns=[*only, *more],
        ),
        only_named=tuple(sorted({name for name, _, _ in only})),
        listed_in=thing.listed_in,
    )


def _stance(told: Told, insight: Insight, thing: _Thing) -> MentionStance:
    for text in (insight.statement, *(quote.text for quote in insight.quotes)):
        for sentence in sentences_of(text):
            way = _way(told, insight.participant, sentence, thing)
            if way is not None:
                return way
    if _is_common(thing) and _ASKED_BEFORE.search(told.asked(insight).casefold()):
        return "used_before"
    if insight.category in _OF_US or told.names_product(insight):
        return "mention"  # It is of the product that they speak well.
    if _is_common(thing) and insight.category != "workaround":
        return "mention"  # What went wrong around it is no use made of it.
    return by_category(insight)


def _spoken(told: Told, thing: _Thing) -> Iterable[tuple[str, str, MentionStance]]:
    """Yield sentences of participants' turns that name the thing."""
    for transcript in told.transcripts:
        asked = ""
        for turn in transcript.turns:
            words, name = turn.span.of(transcript.text), turn.participant
            if turn.speaks != "participant":
                asked = words.casefold()
                continue
            then = _is_common(thing) and _ASKED_BEFORE.search(asked)
            otherwise: MentionStance = "used_before" if then else "mention"
            asked = ""
            if name is None or name not in told.people:
                continue
            for sentence in sentences_of(words):
                if names_any(sentence, thing.names):
                    way = _way(told, name, sentence, thing)
                    yield name, sentence.strip(), way or otherwise


def _is_common(thing: _Thing) -> bool:
    """Tell whether it is no product but a thing that everybody has."""
    return len(spellings(thing.name)) > 1


def _way(
    told: Told, participant: str, sentence: str, thing: _Thing
) -> MentionStance | None:
    way = way_of(sentence, thing.names, told.brief.product)
    around = name_in(sentence, thing.names) if way is None else None
    if around is not None and _is_common(thing) and _WE_HAD.search(around[0]):
        return "used_before"
    if way == "left_for" and not told.may_have_left(participant):
        return None  # They went there from something else, and are with us now.
    return way
