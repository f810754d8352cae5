"""Find linguistic cues: what a stretch of talk speaks for, and what speaks against it.

The patterns are data (`data/cues.toml`), in English and Chinese. A cue right after a
negation is turned round: "not worried" is no fear.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Collection, Iterator
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from icp_synth.embedding.words import traditional

_NEGATION_EN = re.compile(
    r"(?:\b(?:not|never|no|without|hardly|nobody|nothing|none|neither)|n't)"
    r"(?:\s+(?:really|a|an|the|any|that|so|very|too|much|been|be|all|ever|particularly"
    r"|overly|necessarily|at|my|big|real|huge|of|have|had|find|say|call|it|i'm|am))*\s*$"
    r"|(?:n't|\bnot|\bnever) (?:\w+ )?(?:find|think|feel|believe|see|expect)\b"
    r"[^,;.]{0,40}$"
)
_NEGATION_ZH = re.compile(
    r"(?:不|沒|沒有|不是|並不|並沒有|不太|不會|不用|不必|從不|無)"
    r"(?:很|太|那麼|這麼|什麼|覺得|是|會|有|再|特別|真的|那種|在|什麼好)?$"
    r"|(?:有|沒)?(?:什麼|啥|甚麼)好$"
    r"|(?:不|沒有?)(?:覺得|認為|感到|發現)[^，。；]{0,12}$"
)
_LOOK_BACK = 64
_FILES = (
    ("cues", "toml"),
    ("lexicon", "toml"),
    ("facts", "toml"),
    ("reader", "json"),
    ("folds", "json"),
)


class Cue(NamedTuple):
    """One row of the cue file, its patterns of one language as a single one."""

    name: str
    category: str
    weight: float
    negatable: bool
    pattern: re.Pattern[str]


class CueSet(NamedTuple):
    """The cues of one language."""

    cues: tuple[Cue, ...]
    questions: tuple[Cue, ...]
    guards: tuple[Cue, ...]


class Found(NamedTuple):
    """A cue that was found; `sign` is −1 where a negation turns it round."""

    name: str
    category: str
    weight: float
    sign: int


@lru_cache(maxsize=1)
def _raw() -> bytes:
    return (
        resources.files("icp_synth.analysts.embedded") / "data" / "cues.toml"
    ).read_bytes()


def files() -> list[tuple[str, int, bytes]]:
    """Return name, version and bytes of every data file that decides a reading."""
    folder = resources.files("icp_synth.analysts.embedded") / "data"
    found = []
    for name, ending in _FILES:
        data = (folder / f"{name}.{ending}").read_bytes()
        text = data.decode("utf-8")
        held = tomllib.loads(text) if ending == "toml" else json.loads(text)
        found.append((name, int(held["version"]), data))
    return found


@lru_cache(maxsize=2)
def cue_set(language: str) -> CueSet:
    """Return the compiled cues of `en` or `zh`."""
    data = tomllib.loads(_raw().decode("utf-8"))

    def compiled(part: str) -> tuple[Cue, ...]:
        return tuple(
            Cue(
                name=row.get("name", row.get("category", "")),
                category=row.get("category", ""),
                weight=row.get("weight", 1.0),
                negatable=row.get("negatable", True),
                pattern=re.compile("|".join(f"(?:{p})" for p in row[language])),
            )
            for row in data[part]
        )

    return CueSet(compiled("cue"), compiled("question"), compiled("guard"))


@lru_cache(maxsize=1 << 12)
def plain(text: str) -> str:
    """Return the text as patterns want it: same length, lower case, straight quotes."""
    lowered = text.lower() if len(text.lower()) == len(text) else text
    return traditional(lowered.replace("’", "'").replace("‘", "'"))


def find(
    text: str, language: str, *, among: Collection[str] | None = None
) -> Iterator[Found]:
    """Yield the cues of a stretch of participant talk, each at most once.

    Args:
        text: The stretch, through `plain`.
        language: `en` or `zh`.
        among: Categories whose cues are looked for; None for all.
    """
    for cue in cue_set(language).cues:
        if among is not None and cue.category not in among:
            continue
        match = cue.pattern.search(text)
        if match is None:
            continue
        turned = cue.negatable and negated(text, match.start(), language)
        yield Found(cue.name, cue.category, cue.weight, -1 if turned else 1)


def guards(
    text: str, language: str, *, among: Collection[str] | None = None
) -> frozenset[str]:
    """Return the names of the guards that a stretch trips, of all or of some."""
    return frozenset(
        cue.name
        for cue in cue_set(language).guards
        if (among is None or cue.name in among) and cue.pattern.search(text)
    )


@lru_cache(maxsize=4096)
def asked(question: str, language: str) -> frozenset[str]:
    """Return the categories that the interviewer's turn asks for."""
    return frozenset(
        cue.category
        for cue in cue_set(language).questions
        if cue.pattern.search(question)
    )


def negated(text: str, at: int, language: str) -> bool:
    """Tell whether a negation stands right before a place of `plain` text.

    Example:
        >>> negated("i am not really worried", 16, "en")
        True
    """
    before = text[max(0, at - _LOOK_BACK) : at]
    pattern = _NEGATION_ZH if language == "zh" else _NEGATION_EN
    return pattern.search(before) is not None
