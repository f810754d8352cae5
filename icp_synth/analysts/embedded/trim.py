"""Trim a stretch of talk to the shortest quote that carries it, at clause borders.

A quote stays an exact slice: only its ends move. Fillers go at the front, tags at the
back, and of a long stretch the clauses stay that hold what was found in it.
"""

from __future__ import annotations

import re

from icp_synth.analysts.embedded.cues import plain
from icp_synth.analysts.embedded.sentences import Piece, clauses, is_chinese, length

MOST_WORDS = 40
MOST_CHARACTERS = 80
_KEEP_WORDS = 40
_KEEP_CHARACTERS = 80
LEAST_WORDS = 4
LEAST_CHARACTERS = 6

_FRONT_EN = re.compile(
    r"^(?:(?:yeah|yes|yep|no|nope|okay|ok|right|sure|oh|ah|um+|uh+|erm|hm+|well|look|honestly"
    r"|actually|basically|absolutely|definitely|exactly|like|i mean|you know|i guess"
    r"|to be honest|i'd say|first of all|of course|in fact|again|also|anyway|so|then)"
    r"(?:\s*[,.;:…–—-]+\s*|\s+-\s+)"
    r"|(?:and|but|so|um+|uh+|erm|well|or|because|plus|then|which means|also|yeah|oh)\s+"
    r"(?:then\s+|also\s+|so\s+)?|[\s,.;:…–—\-\"“”'‘(\[*•]+)+",
    re.IGNORECASE,
)
_FRONT_ZH = re.compile(
    r"^(?:(?:對啊?|嗯+|呃+|啊|喔|哦|欸|那|好|是|[是會有好可以]+啊|沒錯|沒有|不會|OK|反正|當然|老實說|坦白說"
    r"|我是說|所以說|然後|但是|可是|因為|不過|而且|所以|其實|就是|就是說|另外|比如說|譬如說"
    r"|例如|像是|基本上|事實上|原則上|這個|那個)[，、。！…：\s]+"
    r"|(?:其實|就是說|就是|所以說?|然後|但是|可是|不過|因為|而且|那個|那麼|另外|那(?=我|你|他|這|其))"
    r"|[\s，、。；：…「『（(\-—]+)+"
)
_BACK_EN = re.compile(
    r"(?:[\s,.;:!…–—\-\"“”(\[*]+|[,\s]+(?:you know|right|i guess|i think|or something"
    r"|and stuff|or whatever|if that makes sense|basically|honestly|though|and so on"
    r"|etc|and|but|so|because|or)(?=[\s,.;:!?…]*$))+$",
    re.IGNORECASE,
)
_BACK_ZH = re.compile(
    r"(?:[\s，、。；：！…」』（(]+|(?:這樣子?|的樣子|對不對|對啊|就這樣|大概是?這樣)(?=[，。！\s]*$))+$"
)


def trim(text: str, piece: Piece, wanted: re.Pattern[str] | None = None) -> Piece:
    """Return the part of a stretch that makes the quote.

    Args:
        text: The turn.
        piece: The stretch that was found.
        wanted: What the quote has to hold (`plain` text); clauses at either end
            that do not hold it may go when the stretch is long.
    """
    chinese = is_chinese(piece.of(text))
    keep = _KEEP_CHARACTERS if chinese else _KEEP_WORDS
    most = MOST_CHARACTERS if chinese else MOST_WORDS
    least = LEAST_CHARACTERS if chinese else LEAST_WORDS
    trimmed = _ends(text, piece, chinese=chinese)
    if length(trimmed.of(text)) > keep:
        parts = clauses(text, trimmed)
        run = _wanted_run(text, parts, wanted, 2 * least)
        if length(run.of(text)) > most:
            run = _fitting_run(text, clauses(text, run), most)
        trimmed = _ends(text, run, chinese=chinese)
    if length(trimmed.of(text)) < least and length(piece.of(text)) >= least:
        return _ends(text, piece, chinese=chinese, front=False)
    return trimmed


def quoted(
    text: str, piece: Piece, wanted: re.Pattern[str] | None = None
) -> tuple[Piece, ...]:
    """Return the stretches that quote a statement, the one that carries it first.

    A statement that is too long for one quote is quoted in runs of whole clauses,
    the run that holds most of what was found in it before the others.

    Args:
        text: The turn.
        piece: The stretch that was found.
        wanted: What tells the kind of the statement (`plain` text).
    """
    chinese = is_chinese(piece.of(text))
    most = MOST_CHARACTERS if chinese else MOST_WORDS
    if length(piece.of(text)) <= most:
        return (trim(text, piece, wanted),)
    least = 2 * (LEAST_CHARACTERS if chinese else LEAST_WORDS)
    runs = [
        _ends(text, run, chinese=chinese)
        for run in _runs(text, clauses(text, piece), most)
        if length(run.of(text)) >= least
    ]
    if wanted is None or len(runs) < 2:
        return tuple(runs) or (trim(text, piece, wanted),)
    lowered = plain(text)
    held = [len(wanted.findall(lowered, run.start, run.end)) for run in runs]
    core = held.index(max(held))
    return (runs[core], *runs[:core], *runs[core + 1 :])


def _runs(text: str, parts: list[Piece], most: int) -> list[Piece]:
    """Return runs of whole clauses from the front, each as long as a quote may be."""
    found = [parts[0]]
    for part in parts[1:]:
        longer = Piece(found[-1].start, part.end)
        if length(longer.of(text)) <= most:
            found[-1] = longer
        else:
            found.append(part)
    return found


def trim_around(text: str, piece: Piece, core: Piece) -> Piece:
    """Return the clauses of a stretch that hold a core, without filler at the ends.

    Args:
        text: The turn.
        piece: The stretch that may be quoted.
        core: What the quote must hold whole; may reach out of the stretch.
    """
    whole = Piece(min(piece.start, core.start), max(piece.end, core.end))
    chinese = is_chinese(whole.of(text))
    parts = clauses(text, whole)
    held = [part for part in parts if part.start < core.end and core.start < part.end]
    run = Piece(
        min([core.start, *(part.start for part in held)]),
        max([core.end, *(part.end for part in held)]),
    )
    least = LEAST_CHARACTERS if chinese else LEAST_WORDS
    for part in parts:  # What is too short to be found again takes the next clause.
        if length(run.of(text)) < least and part.end > run.end:
            run = Piece(run.start, part.end)
    trimmed = _ends(text, run, chinese=chinese)
    start = min(trimmed.start, core.start)
    end = max(trimmed.end, core.end)
    return _ends(text, Piece(start, end), chinese=chinese, front=False)


def tidy(quote: str) -> str:
    """Return a quote without filler at its ends, for a heading.

    Example:
        >>> tidy("Yeah, so, I mean, we type everything twice, you know.")
        'we type everything twice'
    """
    return trim(quote, Piece(0, len(quote))).of(quote) or quote.strip()


def _ends(text: str, piece: Piece, *, chinese: bool, front: bool = True) -> Piece:
    words = piece.of(text)
    start = 0
    if front:
        match = (_FRONT_ZH if chinese else _FRONT_EN).match(words)
        start = match.end() if match else 0
    back = (_BACK_ZH if chinese else _BACK_EN).search(words, start)
    end = back.start() if back else len(words)
    if length(words[start:end]) == 0:
        return piece
    closing = words[end : end + 1]
    opened = words[start:end].count("(") > words[start:end].count(")")
    if opened and closing == ")":
        end += 1
    return Piece(piece.start + start, piece.start + end)


def _wanted_run(
    text: str, parts: list[Piece], wanted: re.Pattern[str] | None, least: int
) -> Piece:
    """Return the run of clauses from the first to the last that hold what is wanted."""
    whole = Piece(parts[0].start, parts[-1].end)
    if wanted is None:
        return whole
    lowered = plain(text)
    holding = [part for part in parts if wanted.search(lowered, part.start, part.end)]
    if not holding:
        return whole
    start, end = holding[0].start, holding[-1].end
    at = parts.index(holding[0])
    while length(text[start:end]) < least and at > 0:
        at -= 1
        start = parts[at].start
    at = parts.index(holding[-1])
    while length(text[start:end]) < least and at + 1 < len(parts):
        at += 1
        end = parts[at].end
    return Piece(start, end)


def _fitting_run(text: str, parts: list[Piece], most: int) -> Piece:
    """Return the longest run of whole clauses from the front that is short enough."""
    end = parts[0].end
    for part in parts[1:]:
        if length(text[parts[0].start : part.end]) > most:
            break
        end = part.end
    return Piece(parts[0].start, end)
