"""Words that a kind of person uses: verbatim phrases, counted by people."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from icp_synth.domain.sections import Phrase, Place
from icp_synth.domain.transcripts import Transcript, Turn
from icp_synth.embedding.words import CJK, traditional
from icp_synth.stages.draft.seeds import lift_of

_LONGEST = 4
_MOST = 12
_MOST_SINGLE = 6
_LEAST_LETTERS = 4
"""A single English word below this length says too little."""
_LEAST_LIFT = 1.2
_LEAST_PART = 3
"""A phrase is said by at least one in so many of the people."""

_PIECE = re.compile(rf"[^\W\d_{CJK}]+(?:['’\-][^\W\d_{CJK}]+)*|[{CJK}]|\d+|[^\w\s]+")
_CHINESE = re.compile(rf"[{CJK}]")

_EMPTY_WORDS = """
a about above after again against all almost already also although always am an and
another any anybody anyone anything anyway are aren't around as ask asked at away back
basically be because been before being below best better between big bit both but by
came can can't come comes coming could couldn't day days did didn't different do does
doesn't doing don't done down each either else end enough er even ever every everybody
everyone everything exactly far few find fine first for from get gets getting give
given go goes going gone good got great guess had hadn't half happen happened happens
has hasn't have haven't having he he'd he'll he's her here hers him his honestly how
however i i'd i'll i'm i've if in into is isn't it it'd it'll it's its itself just keep
kept kind knew know known last least less let let's like little ll long look looked
looking lot lots made main make makes making many matter may maybe me mean means might
mine more most mostly much must my myself need needed needs never new next no nobody
none nor not nothing now of off often oh ok okay old on once one ones only onto or
other others our ours out over own part people perhaps person pretty probably put
quite rather re really right said same saw say saying says see seem seems seen shall
she she'd she'll she's should shouldn't simply since so some somebody someone something
sometimes somewhere soon sort start started still stuff such suppose sure take taken
takes taking tell than that that'd that'll that's the their theirs them themselves then
there there's these they they'd they'll they're they've thing things think thinking
third this those though thought three through time times to today together told too
took toward tried try trying twice two um under until up upon us use used using usually
ve very want wanted wants was wasn't way ways we we'd we'll we're we've well went were
weren't what what's whatever when where which while who who's whole whose why will with
within without won't would wouldn't yeah year years yep yes yet you you'd you'll you're
you've your yours yourself
"""
_NUMBER_WORDS = """
zero four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
hundred hundreds thousand thousands million minute minutes hour hours week weeks month
months euro euros dollar dollars pound pounds percent per
"""
_EMPTY = frozenset((*_EMPTY_WORDS.split(), *_NUMBER_WORDS.split()))
_EMPTY_CJK = frozenset(
    "的了是我你他她它們您在有不也就都很這那嗎呢吧啊和跟與把被讓給對從到去來說會要能可以沒還又再"
    "一個幾些什麼怎樣如果因為所但而且或者於之其此每多少大小上下中後前裡時候做用想看得着著過嘛喔哦"
)


class _Said(NamedTuple):
    """One occurrence: the folded phrase, who says it, and where."""

    phrase: str
    participant: str
    transcript: str
    start: int
    end: int


class _Word(NamedTuple):
    """A folded word; `carries` tells whether a phrase may begin or end with it."""

    text: str
    carries: bool
    start: int
    end: int


class Phrasebook:
    """Who says which phrase in a study; made once, asked once a persona.

    Only turns that fed an insight are counted: who agrees to be recorded, or greets,
    says nothing of the matter. Words of the question that a turn answers are the
    interviewer's, and are passed over there.

    Args:
        transcripts: As they may be shown; only participants' turns are counted.
        fed: (transcript, turn) of every quote; None counts all turns.
    """

    def __init__(
        self,
        transcripts: Iterable[Transcript],
        fed: Collection[tuple[str, int]] | None = None,
    ) -> None:
        self._transcripts = sorted(transcripts, key=lambda one: one.id)
        self._fed = None if fed is None else frozenset(fed)
        self._texts = {one.id: one.text for one in self._transcripts}
        self._everybody = frozenset(
            turn.participant
            for one in self._transcripts
            for turn in one.participant_turns()
            if turn.participant
        )
        self._speakers = _speakers(self._said(self._everybody))

    def of(self, people: Collection[str]) -> tuple[Phrase, ...]:
        """Return the phrases that these people use more than the study's others.

        One to four words (two to four Chinese characters) within a sentence, neither
        beginning nor ending with a word that carries nothing; said by at least a third
        of the people and two; at least 1.2 times as likely as among the others. Where
        there are no others nothing sets these words apart, and there are none. A
        phrase within one that is already there is left out.

        Args:
            people: The persona's.

        Returns:
            At most twelve, of which six single words: by lift, then people, then
            length.
        """
        group = self._everybody.intersection(people)
        lifts = self._lifts(group)
        kept: list[str] = []
        single = 0
        for phrase in sorted(lifts, key=lambda one: (*lifts[one], -len(one), one)):
            alone = not _is_chinese(phrase) and " " not in phrase
            if single == _MOST_SINGLE and alone:
                continue
            if not any(_holds(phrase, other) for other in kept):
                kept.append(phrase)
                single += alone
            if len(kept) == _MOST:
                break
        said: dict[str, list[_Said]] = defaultdict(list)
        wanted = frozenset(kept)
        for one in self._said(group):
            if one.phrase in wanted:
                said[one.phrase].append(one)
        return tuple(
            self._phrase(said[phrase], -lifts[phrase][0], group, of=len(set(people)))
            for phrase in kept
        )

    def _lifts(self, group: frozenset[str]) -> dict[str, tuple[float, int]]:
        """Return phrase → (−lift, −people) of those that are said enough."""
        least = max(2, -(-len(group) // _LEAST_PART))
        found: dict[str, tuple[float, int]] = {}
        if group == self._everybody:
            return found
        for phrase, names in self._speakers.items():
            inside = len(names & group)
            if inside < least:
                continue
            lift = lift_of(inside, len(group), len(names), len(self._everybody))
            if lift >= _LEAST_LIFT:
                found[phrase] = (-lift, -inside)
        return found

    def _phrase(
        self, said: Sequence[_Said], lift: float, group: frozenset[str], *, of: int
    ) -> Phrase:
        forms = Counter(self._form(one) for one in said)
        text = min(forms, key=lambda form: (-forms[form], form != form.lower(), form))
        firsts: dict[str, _Said] = {}
        for one in sorted(said, key=lambda one: (self._form(one) != text, one[1:])):
            firsts.setdefault(one.participant, one)
        speakers = self._speakers[said[0].phrase]
        return Phrase(
            text=text,
            participants=tuple(sorted(firsts)),
            n=len(firsts),
            of=of,
            elsewhere=len(speakers - group),
            lift=lift,
            places=tuple(
                Place(transcript=one.transcript, start=one.start, end=one.end)
                for one in firsts.values()
            ),
        )

    def _form(self, said: _Said) -> str:
        return self._texts[said.transcript][said.start : said.end]

    def _said(self, people: Collection[str]) -> Iterator[_Said]:
        for one in self._transcripts:
            asked: frozenset[str] = frozenset()
            for turn in one.turns:
                text = one.text[turn.start : turn.end]
                if turn.speaks != "participant":
                    asked = frozenset(phrase for phrase, _, _ in _phrases(text))
                    continue
                if turn.participant not in people or not self._counts(one, turn):
                    continue
                for phrase, start, end in _phrases(text):
                    if phrase in asked:
                        continue
                    yield _Said(
                        phrase,
                        turn.participant or "",
                        one.id,
                        turn.start + start,
                        turn.start + end,
                    )

    def _counts(self, transcript: Transcript, turn: Turn) -> bool:
        """Tell whether a turn is of the matter: all are where nobody said which."""
        return self._fed is None or (transcript.id, turn.index) in self._fed


def _speakers(said: Iterable[_Said]) -> Mapping[str, frozenset[str]]:
    """Return phrase → people, of phrases that at least two people say."""
    first: dict[str, str] = {}
    several: dict[str, set[str]] = {}
    for one in said:
        known = first.setdefault(one.phrase, one.participant)
        if known != one.participant:
            several.setdefault(one.phrase, {known}).add(one.participant)
    return {phrase: frozenset(names) for phrase, names in several.items()}


def _phrases(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each phrase of a text, folded, with where it stands."""
    for run in _runs(text):
        chinese = _is_chinese(run[0].text)
        joint = "" if chinese else " "
        for at, first in enumerate(run):
            if not first.carries:
                continue
            if not chinese and len(first.text) >= _LEAST_LETTERS:
                yield first.text, first.start, first.end
            phrase = first.text
            for last in run[at + 1 : at + _LONGEST]:
                phrase += joint + last.text
                if last.carries:
                    yield phrase, first.start, last.end


def _runs(text: str) -> Iterator[list[_Word]]:
    """Yield stretches of words of one script without anything between but spaces."""
    run: list[_Word] = []
    script: bool | None = None
    for found in _PIECE.finditer(traditional(text)):
        word = _word(found.group())
        if word is None or word[2] is not script:
            if run:
                yield run
            run = []
        if word is None:
            script = None
            continue
        folded, carries, script = word
        run.append(_Word(folded, carries, found.start(), found.end()))
    if run:
        yield run


@lru_cache(maxsize=65536)
def _word(piece: str) -> tuple[str, bool, bool] | None:
    """Return a word folded, whether it carries something, and whether it is Chinese.

    None for what is no word.
    """
    if not piece[0].isalpha():
        return None
    folded = piece.casefold().replace("’", "'")
    if _is_chinese(folded):
        return folded, folded not in _EMPTY_CJK, True
    return folded, len(folded) > 1 and folded not in _EMPTY, False


def _is_chinese(word: str) -> bool:
    return _CHINESE.match(word) is not None


def _holds(phrase: str, other: str) -> bool:
    """Tell whether one of two phrases stands in the other."""
    short, long = sorted((phrase, other), key=len)
    if _is_chinese(short):
        return short in long
    return f" {short} " in f" {long} "
