"""Set the value proposition beside the reasons that people give themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from icp_synth.domain.insights import Insight
from icp_synth.domain.positioning import MatchCode, MessageMatch, MessagePart
from icp_synth.domain.profiles import Claim
from icp_synth.domain.statistics import wilson
from icp_synth.embedding.concepts import in_words
from icp_synth.embedding.words import pieces
from icp_synth.stages.positioning.shared import (
    Term,
    across_scripts,
    in_common,
    keys_of,
    parts_of,
    same_matter,
    terms,
)
from icp_synth.stages.positioning.study import (
    JUDGES_IT,
    PRAISE,
    Told,
    is_wish,
    words_of,
)

_MOST = 24
"""Statements that are looked at for one sentence, the most alike first."""

_MOST_BELOW = 5
"""And those below the cut, which people may find to say the same in other words."""

_PIECE = re.compile(
    r"(?<!\bfor )(?<!\bof )(?<!\bto )(?<!\bin )(?<!\bby )(?<!\bonce )(?<!\btwice )"
    r"\b(?:an?|one) ((?:[\w-]+ ){0,3}?[\w-]+)"
    r"(?= (?:for|of|to|that|which|with|where|and|in|on|from)\b|[,.;:]|$)",
    re.IGNORECASE,
)
"""A thing that a description introduces: "a planning board for the office". What
comes after "for" or "by" is who has it, or what it serves."""
_WHOSE = frozenset(
    {
        *("business", "firm", "shop", "agency", "practice", "office", "organisation"),
        *("organization", "trade", "person", "man", "woman", "foreman", "owner"),
        *("people", "technician", "freelancer", "contractor", "founder", "partner"),
    }
)
_WHOSE_CONCEPTS = frozenset({"company", "staff", "team", "boss", "customer", "family"})
"""People and firms: who buys a product or uses it is no piece of it."""
_WHOSE_STEMS = frozenset(stem for word in _WHOSE for stem in pieces(word))
_EVERY_PRODUCT = frozenset(
    {"app", "tool", "system", "software", "program", "platform", "product", "service"}
)


def message_match(told: Told) -> tuple[MessageMatch, ...]:
    """Match each sentence of the value proposition with what people say.

    A sentence is taken apart, and each part is held against what people praise, gain,
    recommend or stay for, in their statement and in their quotes. It is stated where
    the judge says so, or where praise of the product is worded alike and names what
    the part names; who praises a piece of the product by name ("the board") need not
    be worded alike. Likeness alone states nothing (`near`); only a judge contradicts.

    Args:
        told: Whose `stayed` are the n.

    Returns:
        In the order of the brief. Somebody who states and contradicts a sentence
        contradicts it.
    """
    counted = told.counted()
    heard = [
        one
        for one in told.ordered()
        if one.participant in counted and one.category in JUDGES_IT
    ]
    sentences = dict.fromkeys(told.brief.value_proposition)
    return tuple(_match(told, one, heard) for one in sentences)


def unsaid(claims: Sequence[Claim], matches: Sequence[MessageMatch]) -> tuple[str, ...]:
    """Return the ids of reasons of which the value proposition says nothing."""
    said = {one for match in matches for one in (*match.insights, *match.counter)}
    return tuple(claim.id for claim in claims if not said & set(claim.insights))


class _Seen(NamedTuple):
    """One statement against one sentence.

    Attributes:
        cosine: The greatest, over the sentence and its parts.
        parts: Which of them it is about.
    """

    insight: Insight
    cosine: float
    parts: tuple[str, ...]


def _match(told: Told, sentence: str, heard: Sequence[Insight]) -> MessageMatch:
    by: dict[str, list[Insight]] = {part: [] for part in parts_of(sentence)}
    against: list[Insight] = []
    near: list[Insight] = []
    judged = set()
    for seen in _seen(told, sentence, tuple(by), heard):
        one = seen.insight
        stance = told.stance(sentence, one)
        if stance == "contradicts":
            against.append(one)
        elif stance == "supports":
            judged.add(one.participant)
            for part in seen.parts or tuple(by):
                by[part].append(one)
        elif stance == "unjudged" and seen.parts and _praises(told, one):
            for part in seen.parts:
                by[part].append(one)
        elif stance == "unjudged" and one.category in PRAISE:
            near.append(one)
    contradicts = {one.participant for one in against}
    stating = {one.id: one for held in by.values() for one in held}
    supports = {one.participant for one in stating.values()} - contradicts
    n = len(told.counted())
    return MessageMatch(
        sentence=sentence,
        code=_code(supports, contradicts),
        supports=tuple(sorted(supports)),
        contradicts=tuple(sorted(contradicts)),
        insights=_ids(one for one in stating.values() if one.participant in supports),
        counter=_ids(against),
        by_likeness=tuple(sorted(supports - judged)),
        near=_ids(near),
        parts=tuple(_part(part, held, supports) for part, held in by.items()),
        k=len(supports),
        n=n,
        interval=wilson(len(supports), n),
    )


def _seen(
    told: Told, sentence: str, parts: Sequence[str], heard: Sequence[Insight]
) -> list[_Seen]:
    """Return the statements that are worth a look, the most alike first."""
    wanted = {part: _wanted(part, told.brief.what) for part in parts}
    alike = told.alike(list(dict.fromkeys((sentence, *parts))), heard)
    named_at_all = terms(sentence)
    found = []
    for one in heard:
        words = words_of(one)
        keys, across = keys_of(words), across_scripts(sentence, words)
        whole = alike[sentence, one.id]
        cosines = {part: alike[part, one.id] for part in parts}
        about = tuple(
            part
            for part, named in wanted.items()
            if same_matter(named, keys, cosines[part], near=told.near, across=across)
        )
        cosine = max(whole, *cosines.values())
        if about or cosine >= told.near or in_common(named_at_all, keys):
            found.append(_Seen(one, cosine, about))
    found.sort(key=lambda seen: (-seen.cosine, seen.insight.id))
    about_it = [one for one in found if one.parts or one.cosine >= told.near]
    below = [one for one in found if one not in about_it]
    return [*about_it[:_MOST], *below[:_MOST_BELOW]]


def _wanted(part: str, what: str) -> tuple[Term, ...]:
    """Return what a part names; a piece of the product tells by itself what is meant.

    Args:
        part: Of a sentence of the value proposition.
        what: The product, as the brief describes it.
    """
    heads = [_keys(_PIECE.findall(one)) for one in (what, part)]
    pieces = frozenset.intersection(*heads)
    return tuple(
        term._replace(rare=term.rare or bool(term.keys & pieces))
        for term in terms(part)
    )


def _keys(things: Iterable[str]) -> frozenset[str]:
    """Return what the last words of some names stand for; an app is everything."""
    heads = {one.split()[-1].casefold() for one in things} - _EVERY_PRODUCT
    own = sorted(one for one in heads if not _is_whose(one))
    return keys_of(" ".join(own))


def _is_whose(word: str) -> bool:
    stems = pieces(word)
    named = _WHOSE_CONCEPTS.intersection(in_words(stems))
    return bool(named or _WHOSE_STEMS.intersection(stems))


def _praises(told: Told, insight: Insight) -> bool:
    return (
        insight.category in PRAISE and told.of_product(insight) and not is_wish(insight)
    )


def _part(text: str, held: Sequence[Insight], supports: set[str]) -> MessagePart:
    mine = [one for one in held if one.participant in supports]
    return MessagePart(
        text=text,
        supports=tuple(sorted({one.participant for one in mine})),
        insights=_ids(mine),
    )


def _ids(insights: Iterable[Insight]) -> tuple[str, ...]:
    """Return ids by place in the source, each once."""
    placed = sorted(
        insights, key=lambda one: (one.transcript, one.quotes[0].start, one.id)
    )
    return tuple(dict.fromkeys(one.id for one in placed))


def _code(supports: set[str], contradicts: set[str]) -> MatchCode:
    if contradicts:
        return "contradicted"
    return "stated" if supports else "not_found_by_likeness"
