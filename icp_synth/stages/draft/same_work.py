"""Whether somebody's trade or job is one that a condition asks for, in other words.

To score somebody by it, all that the condition names must be named: an office that
deals in law is no office cleaning, and who manages an office manages no sales. What is
not known to be the same may be the same still, so each answer here is a yes only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from icp_synth.domain.conditions import parts
from icp_synth.domain.fields import comparable
from icp_synth.embedding.concepts import in_characters, in_words
from icp_synth.embedding.embedded import weight_table
from icp_synth.embedding.words import is_cjk, pieces, traditional

_SHORT = 4
"""Letters: a shorter noun is looked for at the end of no other one."""
_LIGHT = 0.5
"""Weight of words such as "and", "the", "from": they are of no trade."""


def _stems(*words: str) -> frozenset[str]:
    return frozenset(stem for word in words for stem in pieces(word))


_ANY_FIRM = _stems(
    *("company", "firm", "business", "service", "practice", "industry", "sector"),
    *("trade", "small", "large", "family", "local", "commercial", "private", "public"),
    *("general", "part", "people", "customer", "client", "small-scale", "half", "lot"),
    *("whole", "bit", "office", "shop", "independent", "specialist", "specialise"),
)
"""What firms of every kind are or have."""
_DOES = _stems("do", "work", "make", "sell", "build", "run", "offer", "provide", "own")
"""What firms of every kind do: it is told by the next words what."""
_ADVERBS = _stems(
    *("mostly", "mainly", "almost", "exclusively", "really", "also", "just", "now"),
    *("currently", "primarily", "usually", "only", "largely"),
)
_PLACES = _stems("shop", "office")
"""Last words that say what sort of firm it is: a coffee shop sells no machines."""
_CUT = re.compile(
    r"[^\w\s'’-]|\b(?:of|at|for|in|on|with|without|to|from|by|and|or|as|where|is|are"
    r"|the|an?|my|our|his|her|its|their|your|mainly|who|that|which)\b"
)
_SUBJECT = re.compile(
    r"\b(?:we|i|they|he|she|it|who|that|which)(?:['’](?:ve|re|m|s))? "
)

_IT = re.compile(r"\bIT\b")
"""The trade, and no pronoun."""

_MANNER = _stems(
    *("freelance", "freelancer", "self-employed", "independent", "indie", "full-time"),
    *("part-time", "professional", "small", "business", "company", "firm", "co"),
)
"""How somebody does a job, or for whom; not which job it is."""
_JOB_STOP = re.compile(r"\b(?:the|an?|my|our|his|her|its|their|your|of|and)\b")
_ASIDE = re.compile(r"\b(?:at|for|in|on|with|who|that|from|since|by)\b.*")
_OF = re.compile(r"\bof\b.*")

_PARTICLES = _stems(
    *("under", "over", "out", "with", "for", "off", "con", "per", "pro", "inter", "up")
)
"""What begins a word without naming anything: to underwrite is not to write."""
_FORMS = frozenset({"co", "sub", "bio", "micro", "neuro", "physio", "psycho"})

_CRAFTS = frozenset({"writing", "bookkeeping", "legal", "photo", "edit", "farm"})
"""Concepts of one craft: whoever is named by one does the same work. Others join those
who only meet in it, as doctors and nurses, teachers and students."""

_FIRM_BEHIND = re.compile(r"(?:有限)?(?:公司|企業|行業|產業|業者|服務|商)$")
_FIRM_BEFORE = re.compile(r"^(?:小型|大型|中型|家族|辦公室|商業|商用|自由|兼職|全職)")


def same_trade(wanted: str, said: str) -> bool:
    """Tell whether a firm's trade, in its words, is one that is wanted.

    It names everything that the wanted one names, and the last of that is no mere
    part of another thing: who deals in cleaning products cleans nothing.

    Args:
        wanted: Of a condition.
        said: As somebody put it.

    Example:
        >>> same_trade("office cleaning", "We clean windows")
        True
        >>> [same_trade("coffee shop", one) for one in ("barber shop", "coffee beans")]
        [False, False]
        >>> same_trade("kitchen repair", "kitchen design")
        False
    """
    scripts = {_is_chinese(wanted), _is_chinese(said)}
    if scripts == {True}:
        return _ends_alike(wanted, said)
    if len(scripts) == 2:
        mine, theirs = _concepts(wanted), _concepts(said)
        return len(mine) > 1 and mine == theirs
    named = _trade(wanted)
    if not named.heavy:
        return False
    theirs = frozenset(stem for run in _runs(said) for stem in run)
    place = named.place
    if not {*named.heavy, *([place] if place else [])} <= theirs:
        return False
    return any(named.heavy[-1] in one for one in _ends(said))


def unlike_trades(wanted: str, said: str) -> bool:
    """Tell whether two trades have no word and no concept in common.

    Example:
        >>> unlike_trades("office cleaning", "lift repair")
        True
        >>> unlike_trades("kitchen repair", "car repair")
        False
    """
    if _is_chinese(wanted) != _is_chinese(said):
        return False
    if _is_chinese(wanted):
        mine, theirs = _characters(wanted), _characters(said)
        return not set(mine) & set(theirs) and not _concepts(wanted) & _concepts(said)
    own, others = _trade(wanted).heavy, _trade(said).heavy
    akin = any(_akin(one, other) for one in own for other in others)
    if not own or not others or akin:
        return False
    return not _concepts(" ".join(own)) & _concepts(" ".join(others))


def _akin(one: str, other: str) -> bool:
    """Tell whether two stems may be of one word: plumbing, a plumber."""
    return one[:_SHORT] == other[:_SHORT] and (
        one.startswith(other) or other.startswith(one)
    )


def same_job(wanted: str, said: str) -> bool:
    """Tell whether a job, in its holder's words, is one that is wanted.

    Of one that lists several, one is enough.

    Args:
        wanted: Of a condition.
        said: As somebody put it.

    Example:
        >>> same_job("a writer", "a freelance copywriter")
        True
        >>> same_job("a writer", "an underwriter"), same_job("sales manager", "manager")
        (False, False)
    """
    return any(
        _one_job(one, other)
        for one in map(str.strip, parts(wanted))
        for other in map(str.strip, parts(said))
    )


def share_a_word(one: str, other: str) -> bool:
    """Tell whether two jobs name one thing: a lift engineer, a lift technician."""
    return bool(_job_words(one) & _job_words(other))


def head_of(part: str) -> str:
    """Return the last noun of a job: whatever stands before it tells which one."""
    lowered = part.casefold()
    words = comparable(_OF.sub("", _ASIDE.sub("", lowered))) or comparable(part)
    last = (words.split() or [""])[-1].rpartition("-")[2]
    return last[-2:] if last and is_cjk(last) else last


def is_compound(word: str, noun: str) -> bool:
    """Tell whether a word is a noun with another word set before it.

    Example:
        >>> [is_compound(one, "writer") for one in ("copywriter", "underwriter")]
        [True, False]
        >>> is_compound("reporter", "porter"), is_compound("contractor", "actor")
        (False, False)
    """
    before = word.removesuffix(noun)
    if len(noun) < _SHORT or not before or before == word:
        return False
    if " " in before or before in _FORMS or before.endswith("-"):
        return True
    stem = "".join(pieces(before))
    known = weight_table().english.get(stem, 0.0) > _LIGHT
    return len(before) >= _SHORT - 1 and known and stem not in _PARTICLES


class _Trade(NamedTuple):
    """What a trade names: its own words in order, and what sort of place it is."""

    heavy: tuple[str, ...]
    place: str | None


@lru_cache(maxsize=1 << 10)
def _trade(value: str) -> _Trade:
    weights = weight_table().english
    capitals = _stems(*re.findall(r"\b[A-Z]{2}\b", value))
    named = [stem for run in _runs(value) for stem in run]
    heavy = [
        stem
        for stem in named
        if (
            stem in capitals
            or (len(stem) >= _SHORT - 1 and weights.get(stem, 1.0) > _LIGHT)
        )
        and stem not in _ANY_FIRM | _DOES | _ADVERBS
    ]
    place = named[-1] if named and named[-1] in _PLACES else None
    return _Trade(tuple(heavy), place)


def _runs(value: str) -> Iterator[tuple[str, ...]]:
    """Yield the words between those that only join, as stems."""
    plain = _IT.sub("infotech", value).casefold()
    for run in _CUT.split(_SUBJECT.sub(", ", plain)):
        if stems := pieces(run):
            yield stems


def _ends(value: str) -> Iterator[frozenset[str]]:
    """Yield what a trade's phrases are of: their last own word, or what "we" do."""
    for run in _runs(value):
        own = [stem for stem in run if stem not in _ANY_FIRM | _DOES | _ADVERBS]
        yield frozenset(own[-1:])
    for subject in _SUBJECT.finditer(lowered := value.casefold()):
        run = next(_runs(lowered[subject.end() :]), ())
        yield frozenset([stem for stem in run if stem not in _ADVERBS][:1])


def _one_job(wanted: str, said: str) -> bool:
    if _is_chinese(wanted) and _is_chinese(said) and _ends_alike(wanted, said):
        return True
    mine, theirs = head_of(wanted), head_of(said)
    if not mine or not theirs:
        return False
    craft = bool(_concepts(mine) & _concepts(theirs) & _CRAFTS)
    if mine != theirs and not is_compound(theirs, mine) and not craft:
        return False
    if _is_chinese(wanted) and _FIRM_BEFORE.sub("", traditional(wanted)) != mine:
        return False
    rest = _job_words(wanted) - _stems(mine)
    return rest <= _job_words(said)


def _job_words(part: str) -> frozenset[str]:
    told = _JOB_STOP.sub(" ", _ASIDE.sub("", part.casefold()))
    return _stems(told) - _MANNER


def _is_chinese(value: str) -> bool:
    return any(map(is_cjk, pieces(value)))


def _characters(value: str) -> str:
    """Return what is said in Chinese, without what firms of every kind are called."""
    run = "".join(re.findall(r"[\u3400-\u9fff]+", traditional(value)))
    return _FIRM_BEFORE.sub("", _FIRM_BEHIND.sub("", run)) or run


def _ends_alike(wanted: str, said: str) -> bool:
    """Tell whether Chinese words end in those that are wanted: the head stands last."""
    mine, theirs = _characters(wanted), _characters(said)
    return len(mine) > 1 and theirs.endswith(mine)


@lru_cache(maxsize=1 << 10)
def _concepts(value: str) -> frozenset[str]:
    found = [name for one in (pieces(value),) for name in in_words(one)]
    for run in re.findall(r"[\u3400-\u9fff]+", traditional(value)):
        found += in_characters(run, set())
    return frozenset(found)
