"""Name a theme by what one of its people said, and tell who says the opposite.

A name is a whole quote, or its first clauses where nothing after them could turn them
round. Of the most central quotes the first that is a sentence of its own, speaks of
what most of the theme speaks of and has a cue of the theme's kind wins; of each that
is missing a quote without it takes the place, never a fragment while there is another.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from icp_synth.analysts.embedded.clauses import matter
from icp_synth.analysts.embedded.cues import guards, plain
from icp_synth.analysts.embedded.own_cues import has_cue_of
from icp_synth.analysts.embedded.sentences import (
    clauses,
    is_chinese,
    length,
    sentences,
)
from icp_synth.analysts.embedded.stances import NEGATION, NO_NEGATION_ZH
from icp_synth.analysts.embedded.theme_core import Core
from icp_synth.analysts.embedded.theme_members import leaving
from icp_synth.analysts.embedded.trim import tidy
from icp_synth.analysts.protocol import Wordings

if TYPE_CHECKING:
    from icp_synth.analysts.protocol import ThemeToName

_MOST = {False: 16, True: 28}
_LONG = {False: 30, True: 56}
"""Words, or Chinese characters, of a heading; and of a quote that is not cut."""

_LEAST = {False: 4, True: 7}
_CANDIDATES = 12
_LEAST_WORDS = 2
_NO_SENTENCE, _SHORT, _NOT_SHARED, _LATER = 3.0, 1.0, 3.0, 0.1
"""What a flaw weighs beside a missing cue of the kind: being no sentence, being one
that names nothing but the theme's main matter, naming nothing that others name,
standing a place further from the centre."""

_TURNS = re.compile(
    r"^\W*(?:and\s+)?(?:but|though|although|because|unless|except|however|yet|until|till"
    r"|if|when|before|which|that|so that|rather|instead|than|not|without|only"
    r"|as long as)\b"
    r"|^\W*(?:但|可是|不過|因為|除非|如果|只是|然而|雖然|卻|的話|才|就|所以)",
    re.IGNORECASE,
)
"""What follows and begins so belongs to what stands before it."""

_LEANS = re.compile(
    r"^\W*(?:if|when|whenever|while|although|though|because|since|unless|once|after"
    r"|before|as|for example|for instance|such as|in order to|instead of|rather than"
    r"|with)\b"
    r"|^\W*(?:如果|當|因為|雖然|比如|例如|譬如|像是|假如|要是|除非|為了)",
    re.IGNORECASE,
)
"""What begins so leans on what follows."""

_SUBJECT = re.compile(
    r"\b(?:i|we|it|he|she|they|you|this|that|there|my|our|your|his|her|their|its|the"
    r"|an?|one|nobody|everybody|everyone|people|[a-z]+s)\b(?:'\w+)?",
)
_VERB = re.compile(
    r"\b(?:am|is|are|was|were|be|been|have|has|had|do|does|did|can|can't|could|will"
    r"|would|should|must|might|may|need|needs|want|wants|get|gets|got|go|goes|went|make"
    r"|makes|made|take|takes|took|keep|keeps|kept|know|think|feel|feels|felt|find|use"
    r"|uses|lose|loses|lost|pay|pays|paid|say|says|said|like|love|hate|hope|wish|cannot"
    r"|see|sees|saw|try|tries|tried|help|helps|work|works|run|runs|write|start|let|lets"
    r"|come|comes|came|give|gives|gave|put|tell|tells|told|buy|bought|ask|asks|spend"
    r"|spent|save|saves|mean|means|meant|call|calls|send|sends|sent|drive|drives|learn"
    r"|look|looks|seem|seems|believe|worry|fear|enjoy|prefer|plan|expect|trust|rely"
    r"|struggle|miss|hears?|heard|finds?|found|met|read|brings?|brought|leaves?|left"
    r"|\w{3,}ed)\b|\w+'(?:m|s|re|ve|ll|d)\b|n't\b",
)


def name_themes(themes: Sequence[ThemeToName]) -> Wordings:
    """Name each theme, and say which of its quotes say the opposite of most."""
    texts: dict[int, str] = {}
    not_held: dict[int, tuple[int, ...]] = {}
    for theme in themes:
        out = leaving(theme)
        texts[theme.number] = _name(theme, out)
        if out:
            not_held[theme.number] = tuple(at + 1 for at in sorted(out))
    return Wordings(texts=texts, not_held=not_held)


def whole_heading(quote: str) -> str | None:
    """Return a quote, or its first clauses if they can stand alone, or None.

    Example:
        >>> whole_heading("It helps with drafts, but it cannot draw")
        'It helps with drafts, but it cannot draw'
    """
    text = tidy(quote)
    chinese = is_chinese(text)
    if length(text) <= _MOST[chinese]:
        return text
    first = sentences(text)[0]
    parts = clauses(text, first)
    cuts = [
        at
        for at in range(1, len(parts))
        if length(text[: parts[at - 1].end]) <= _MOST[chinese]
        and not any(
            _TURNS.search(text[parts[at - 1].end : one.end].lstrip(" ,;，、"))
            for one in parts[at:]
        )
    ]
    if cuts and not _LEANS.search(text):
        return tidy(text[: parts[cuts[-1] - 1].end])
    sentence = text[: first.end]
    if length(sentence) <= _LONG[chinese]:
        return sentence
    return None


def is_sentence(text: str, *, least: int = _LEAST_WORDS) -> bool:
    """Tell whether a text has a subject, a verb and `least` words that carry matter.

    A text in Chinese needs two pairs of characters; its verbs are not told.
    """
    lowered = plain(text)
    chinese = is_chinese(text)
    if length(text) < _LEAST[chinese] or _LEANS.search(text):
        return False
    if not chinese:
        subject = _SUBJECT.search(lowered)
        if subject is None or not _VERB.search(lowered, subject.start()):
            return False
    return len(matter(lowered, chinese=chinese)) >= least


def _name(theme: ThemeToName, out: frozenset[int]) -> str:
    said = [one for at, one in enumerate(theme.statements) if at not in out]
    said = [one for one in said if length(one)] or list(theme.quotes)
    if not said:
        return ""
    core = Core(theme, out)

    @cache
    def most_deny() -> bool:
        return 2 * sum(map(_is_denial, said)) >= len(said)

    def flaws_of(text: str) -> Iterator[float]:
        """Yield what speaks against a name, what is told soonest first."""
        shared = core.share(text)
        yield _NOT_SHARED * (1 - shared)
        yield _is_denial(text) and not most_deny()
        yield _no_sentence(text, shared)
        yield not has_cue_of(theme.kind, text)
        yield math.inf if _is_talk(text) else 0.0

    best, least = tidy(said[0]), math.inf
    for rank, one in enumerate(said[:_CANDIDATES]):
        flaws = _LATER * rank
        if flaws >= least:
            break
        # No part of it names more than the whole.
        at_least = flaws + _NOT_SHARED * (1 - core.share_at_most(one))
        text = whole_heading(one) if at_least < least else None
        if text is None:
            continue
        for flaw in flaws_of(text):
            flaws = round(flaws + flaw, 6)
            if flaws >= least:
                break
        else:
            best, least = text, flaws
    return best


def _no_sentence(text: str, shared: float) -> float:
    """Return what it weighs that a name is no sentence, or names one matter alone."""
    if is_sentence(text):
        return 0.0
    return _SHORT if shared == 1 and is_sentence(text, least=1) else _NO_SENTENCE


def _is_denial(text: str) -> bool:
    """Tell whether a quote denies something: it names no theme of those who do not."""
    chinese = is_chinese(text)
    bare = NO_NEGATION_ZH.sub(" ", plain(text)) if chinese else plain(text)
    return len(NEGATION["zh" if chinese else "en"].findall(bare)) % 2 == 1


def _is_talk(text: str) -> bool:
    """Tell whether a text is part of the conversation and not of its matter."""
    lowered = plain(text)
    language = "zh" if is_chinese(text) else "en"
    return bool(guards(lowered, language, among={"meta"}))
