"""Which jobs a sentence says that its speaker holds, one after the other.

A job is the whole run of nouns up to its end: "an assistant audio engineer" is no
assistant. Jobs that are joined ("a writer, editor and indie publisher") are told one by
one. What somebody only likes, and how somebody works (a freelancer, a hobbyist), is no
job by itself, nor is what they only feel to be or are in the eyes of others. Nouns that
name a job are listed (`data/jobs.txt`): an ending tells no luthier from a smoker.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from icp_synth.analysts.embedded.fact_patterns import FIRM_EN, data
from icp_synth.analysts.embedded.sentences import Piece

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADVERB = (
    r"(?:currently|now|basically|mostly|mainly|primarily|predominantly|actually"
    r"|essentially|also|both|first and foremost|just|chiefly|largely"
    r"|sometimes|occasionally|often)"
)
_LEAD = re.compile(
    r"(?:\b(?:i'm|i am|i'm working as|i am working as|i(?: \w+)? work as|i've been"
    r"|i've worked as|my (?:job )?title is|my role is|my job as|my work as|here as)"
    rf"(?: {_ADVERB},?)* "
    r"|(?<![\w,;] )(?<![\w,;])\bas (?=an? |the (?:owner|co-?owner|founder|head)\b))"
    r"(?P<v>)"
)
"""What stands before a job; "as a writer" at the beginning of a sentence only."""

_OPINION = frozenset(
    {
        *("sole", "main", "true", "only", "real", "bit", "little", "better", "best"),
        *("huge", "big", "kind", "sort", "lot", "good", "great", "bad", "terrible"),
        *("avid", "not", "very", "really", "like", "same", "first", "last", "typical"),
        *("average", "more", "less", "much", "so", "too", "able", "sure", "going"),
        *("happy", "former", "first-time"),
        # How somebody does what anybody does
        *("careful", "decent", "fast", "quick", "slow", "keen", "passionate", "proud"),
        *("born", "enthusiastic", "obsessive", "compulsive", "frequent", "regular"),
        *("repeat", "impulse", "second-hand", "nervous", "ok", "okay", "closet"),
        *("lousy", "mediocre", "horrible", "wonderful", "fantastic", "amazing"),
        # Who holds the job no more, or not yet
        *("retired", "failed", "aspiring", "budding", "would-be", "wannabe"),
        *("lapsed", "future", "prospective", "potential", "frustrated"),
    }
)
"""Words before a noun that make it no job: "a decent cook"."""

_TRADES = re.compile(r"\b(?:real estate|first aid|big data|fast food)\b")
"""Where such a word is part of the trade."""

_WORD = (
    r"(?!(?:who|that|which|but|for|of|in|on|at|with|by|to|from|as|the|an?|not|no|i|my"
    r"|your|our|his|her|its|their|she|he|it|they|we|you|is|are|was|using)\b)"
    r"[\w&/'-]+"
)
_END = (
    r"(?=\s*(?:[.,;:!?()…–—]|-?-\s|/\s?\w|$)"
    r"|\s(?:and|but|or|who|whose|that|which|at|for|of|in|on|by|with|so|from|as|here|now"
    r"|too|because|where|doing|working|making|living|speciali[sz]\w+|based|under|over"
    r"|trying|when|while|since|during|primarily|mainly|mostly|i|i'm|my|we|your|to"
    r"|currently|looking|myself|full[- ]time|part[- ]time|&)\b)"
)
_NO_WORK = re.compile(
    # A part that was played in one matter: "a developer for this project".
    r"\s(?:for|on|of|in|behind) (?:this|that|these|it)\b"
    r"|\s(?:by (?:nature|instinct|temperament|accident)|at heart|in spirit)\b"
    r"|\s(?:of|for) (?:change|progress|chaos|habit|quality|life|(?:human )?nature)\b"
    r"|\s(?:as a hobby|for fun|at home|(?:of|in) (?:our|my|a|the) (?:\w+ )?"
    r"(?:club|choir|band|family|household))\b"
    r"|\s(?:to|of) (?:my|an?) (?:wife|husband|spouse|\w+ist|doctor|nurse|teacher)\b"
)
_OWNS = re.compile(
    rf"\sof (?:an?|my|our|this|these|one|two|three|four|several) (?!.*?{FIRM_EN}\b)"
)
"""What an owner has who need not have a firm: "of two cats"."""

_OWNERS = frozenset({"owner", "co-owner", "coowner", "buyer"})
_OWNED = frozenset({"dog", "cat", "pet", "horse", "car", "home", "house", "bike"})

_ANYBODY = re.compile(r",? (?:you|one|people|they|everybody|everyone|nobody)\b")
"""Whom "as a manager" is about, when it is not the speaker."""

_UNREAL = re.compile(
    r"(?:\b(?:feels?|felt|feeling|pretend\w*|imagin\w+|jok\w+|wish\w*|dream\w*|claim\w*"
    r"|(?:tell|tells|told|telling|ask\w*|show\w*|remind\w*) \w+(?: \w+)?"
    r"|(?<!\bi )(?<!\bi'd )(?<!\bi would )(?<!\bi can )"
    r"(?:thinks?|thought|says?|said|believes?|believed|knows?|knew|assumes?|assumed)"
    r"|as if|as though|(?:feel|feels|felt|sounds?|looks?|seems?|me|us) like|if|once"
    r"|until|whether|sometimes|some days|(?:half|most|some|part) (?:of )?the time"
    r"|(?:one|every) day),?(?: that)? $)"
)
"""Before "I'm a …": it is felt or supposed, others say it, or it is so at times."""

_QUOTED = re.compile(r"[\"“][^\"”]*$")
_JOIN = re.compile(rf"(?:,? (?:and|&|or|as well as) |, | ?/ ?)(?:{_ADVERB} )?")
_STATE = re.compile(r"(?:ing|ed|'s)\b")
_OFFICE, _ASKED = "@", "?"


@lru_cache(maxsize=1)
def _nouns() -> dict[str, str]:
    """Return noun → the mark of its line in the data file, empty for most."""
    held: dict[str, str] = {}
    for line in data("jobs.txt").splitlines():
        names = line.lstrip(_OFFICE + _ASKED)
        if names and not names.startswith("#"):
            held.update(dict.fromkeys(names.split("|"), line.removesuffix(names)))
    return held


@lru_cache(maxsize=2)
def _job(*, asked: bool) -> re.Pattern[str]:
    """Return one job: its article, up to five words before it, and its noun."""
    nouns = [one for one, mark in _nouns().items() if asked or mark != _ASKED]
    head = "|".join(map(re.escape, sorted(nouns, key=lambda one: (-len(one), one))))
    return re.compile(
        rf"(?P<a>(?:an?|the|our) )?(?P<before>(?:{_WORD} ){{0,5}}?)"
        rf"(?:(?!ex-|non-)[a-z]+-)?(?P<head>{head}){_END}"
    )


def jobs(
    lowered: str, place: Piece, *, asked: bool
) -> Iterator[tuple[re.Match[str], Piece]]:
    """Yield the jobs that a sentence names, each behind what led up to it.

    Args:
        lowered: The turn through `cues.plain`.
        place: The sentence.
        asked: The interviewer asked about the speaker's work: then nouns count that
            often say what somebody does beside it ("pianist").

    Yields:
        The words before ("I'm mostly"; its group `v` is empty and stands where the
        jobs begin), and the job with its article.

    Example:
        >>> said = "i'm a freelance writer and editor."
        >>> [job.of(said) for _, job in jobs(said, Piece(0, len(said)), asked=False)]
        ['a freelance writer', 'editor']
    """
    for lead in _LEAD.finditer(lowered, place.start, place.end):
        before = lowered[place.start : lead.start()]
        if _UNREAL.search(before) or _QUOTED.search(before):
            continue
        at: int | None = lead.end()
        while at is not None:
            match = _job(asked=asked).match(lowered, at, place.end)
            if match is None or (at == lead.end() and not _stands(match)):
                break
            if lead.group().startswith("as ") and _ANYBODY.match(lowered, match.end()):
                break
            if not _OPINION.isdisjoint(_before(match)):
                break  # "a very keen writer and artist" is neither.
            if _is_job(match, lowered, place.end):
                yield lead, Piece(match.start(), match.end())
            join = _JOIN.match(lowered, match.end(), place.end)
            at = join.end() if join else None


def _stands(match: re.Match[str]) -> bool:
    """Tell whether the first of some jobs may go without an article, if it does."""
    bare = match.group("a") is None
    mark = _nouns()[match.group("head")]
    return not bare or (mark != _ASKED and not _STATE.search(match.group("before")))


def _before(match: re.Match[str]) -> list[str]:
    """Return the words between a job's article and its noun."""
    return _TRADES.sub("", match.group("before")).split()


def _is_job(match: re.Match[str], lowered: str, end: int) -> bool:
    head = match.group("head")
    if _NO_WORK.match(lowered, match.end(), end):
        return False
    if head in _OWNERS and (
        _OWNS.match(lowered, match.end(), end) or not _OWNED.isdisjoint(_before(match))
    ):
        return False
    if match.group("a") == "the ":
        # A firm has one owner; "the creative driver" is what somebody is by nature.
        return _nouns()[head] == _OFFICE
    return True
