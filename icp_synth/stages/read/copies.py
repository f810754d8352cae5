"""One interview in several files: the same text, the same words, nearly the same.

A talk is often kept as VTT, SRT, JSON and plain text at once. Read each time, one
person would count as several. Equal texts and equal words are one transcript; nearly
equal words (corrected typing, another transcription) are only told, since two people
may have been given one text to read.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Final, NamedTuple

from icp_synth.domain.transcripts import Transcript, Turn
from icp_synth.project.sources import check_names, duplicates_of
from icp_synth.stages.read.results import ReadResult
from icp_synth.stages.read.words import is_generic_label, label_key

ENOUGH: Final = 50
"""Words of participants below which equal words prove nothing: two people may well
both say "yes, every week"."""

NEARLY: Final = 0.3
"""Share of the shorter one's runs of words that makes two transcripts alike. Of 360
real interviews, English and Chinese, no two of different talks share more than 0.06;
where one word in five differs, copies still share 0.4."""

_RUN: Final = 4
_ONE_IN: Final = 4
"""A run of words is looked at where its first word is one of these, told by its hash:
the same in every copy, and a quarter of the work."""

_LEAST: Final = 10
_COMMON: Final = 20
"""A run that stands in more transcripts is a phrase of the study and tells nothing."""

_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+(?:['\u2019][^\W_]+)*"
)


class NearCopy(NamedTuple):
    """Two transcripts that say nearly the same.

    Attributes:
        name: The one that is probably a copy, by name the later.
        of: The other one.
        share: Of the runs of words of the shorter one, how many the other has too.
    """

    name: str
    of: str
    share: float


def without_duplicates(results: Iterable[ReadResult]) -> tuple[ReadResult, ...]:
    """Keep one of equal transcripts, and report the others.

    Transcripts are equal when their canonical texts are; the first by name is kept.
    They are equal too when their turns have the same words, whatever the format, and
    no names of other people stand before them; then one with labels goes before one
    without, one with times before one without, and the first by name before the others.
    Only transcripts that are read are compared: what is left out counts nowhere.

    Args:
        results: Of all files of a run.

    Returns:
        The same results in their order. A duplicate has no people. One of another
        canonical text stays as a transcript that is left out, so that its text can be
        shown; one of the same text has no transcript.

    Raises:
        NameClash: Two transcripts have one name.
    """
    held = list(results)
    check_names(
        (transcript.id, _where(result, transcript))
        for result in held
        for transcript in result.transcripts
    )
    taken = [t for result in held for t in result.transcripts if t.left_out is None]
    texts = duplicates_of((one.id, one.text_sha256) for one in taken)
    words = _of_same_words(one for one in taken if one.id not in texts)
    return tuple(_without(result, texts, words) for result in held)


def near_copies(transcripts: Iterable[Transcript]) -> tuple[NearCopy, ...]:
    """Find transcripts whose participants say nearly what those of another say.

    Args:
        transcripts: Left-out ones are passed over.

    Returns:
        At most one a transcript, with the earlier one that it is most like; by name.
    """
    runs = {
        one.id: runs
        for one in sorted(transcripts, key=lambda one: one.id)
        if one.left_out is None and (runs := _runs(_said(one.text, _answers(one))))
    }
    shared: Counter[tuple[str, str]] = Counter()
    for names in _holders(runs).values():
        if 1 < len(names) <= _COMMON:
            shared.update(combinations(names, 2))
    best: dict[str, NearCopy] = {}
    for (of, name), count in sorted(shared.items()):
        share = count / min(len(runs[of]), len(runs[name]))
        if count < _LEAST or share < NEARLY:
            continue
        if name not in best or share > best[name].share:
            best[name] = NearCopy(name, of, share)
    return tuple(best[name] for name in sorted(best))


def _of_same_words(transcripts: Iterable[Transcript]) -> dict[str, str]:
    """Return, for each transcript whose words another one has, that other's name."""
    alike: dict[tuple[str, ...], list[Transcript]] = defaultdict(list)
    for one in transcripts:
        if len(_said(one.text, _answers(one))) >= ENOUGH:
            alike[tuple(_said(one.text, one.turns))].append(one)
    found: dict[str, str] = {}
    for group in alike.values():
        kept: list[Transcript] = []
        for one in sorted(group, key=_telling):
            same = next((other for other in kept if _one_talk(one, other)), None)
            if same is None:
                kept.append(one)
            else:
                found[one.id] = same.id
    return found


def _one_talk(one: Transcript, other: Transcript) -> bool:
    """Tell whether equal words may be of the same people: no names speak against it."""
    names, others = _names(one), _names(other)
    return not names or not others or names == others


def _names(one: Transcript) -> frozenset[str]:
    """Return the names of participants that its labels tell."""
    return frozenset(
        label_key(turn.label)
        for turn in _answers(one)
        if turn.label and not is_generic_label(turn.label)
    )


def _telling(one: Transcript) -> tuple[bool, bool, str]:
    """Order by what a transcript tells beside its words, the most telling first."""
    labelled = any(turn.label for turn in one.turns)
    timed = any(turn.start_ms is not None for turn in one.turns)
    return not labelled, not timed, one.id


def _answers(one: Transcript) -> tuple[Turn, ...]:
    return one.participant_turns()


def _said(text: str, turns: Iterable[Turn]) -> list[str]:
    """Return the words of some turns, without case, width and punctuation."""
    said = " ".join(text[turn.start : turn.end] for turn in turns)
    return _WORD.findall(unicodedata.normalize("NFKC", said).casefold())


def _runs(words: Sequence[str]) -> frozenset[int]:
    """Return the runs of words that are looked at, as numbers."""
    if len(words) < ENOUGH:
        return frozenset()
    return frozenset(
        zlib.crc32(" ".join(words[at : at + _RUN]).encode())
        for at in range(len(words) - _RUN + 1)
        if _is_looked_at(words[at])
    )


@lru_cache(maxsize=65_536)
def _is_looked_at(word: str) -> bool:
    return zlib.crc32(word.encode()) % _ONE_IN == 0


def _holders(runs: Mapping[str, frozenset[int]]) -> dict[int, list[str]]:
    """Return run → the transcripts that have it, sorted."""
    holders: dict[int, list[str]] = defaultdict(list)
    for name, own in runs.items():
        for run in own:
            holders[run].append(name)
    return holders


def _where(result: ReadResult, transcript: Transcript) -> str:
    """Return the path for people; `#ID` goes with it for a table's row."""
    if not result.path:
        return transcript.path
    return f"{result.path}{transcript.path.removeprefix(result.name)}"


def _without(
    result: ReadResult, texts: Mapping[str, str], words: Mapping[str, str]
) -> ReadResult:
    """Return a result whose duplicates are reported as such.

    Args:
        result: Of one file.
        texts: Transcript → the one with the same canonical text.
        words: Transcript → the one with the same words in another text.
    """
    why = {name: f"the same content as {of}" for name, of in texts.items()}
    why |= {name: f"the same words as {of}" for name, of in words.items()}
    if not any(one.id in why for one in result.transcripts):
        return result
    transcripts = tuple(
        one.model_copy(update={"left_out": why[one.id], "participants": ()})
        if one.id in words
        else one
        for one in result.transcripts
        if one.id not in texts
    )
    reports = tuple(
        report.model_copy(
            update={
                "status": "duplicate",
                "reason": why[report.id],
                "duplicate_of": texts.get(report.id) or words[report.id],
                "participants": (),
                "interviewers": (),
            }
        )
        if report.id in why
        else report
        for report in result.reports
    )
    heard = {who for t in transcripts if t.id not in why for who in t.participants}
    people = tuple(person for person in result.people if person.id in heard)
    return result._replace(transcripts=transcripts, reports=reports, people=people)
