"""The parts of a label, from what people write to what a label file holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import TypeVar

from icp_synth.domain.fields import CATEGORIES, KIND_OF, KINDS, SIGNALS, Kind
from icp_synth.evaluation.labelling.given import AGREED, OPTIONAL, Extra

_Read = TypeVar("_Read")

_YES = frozenset({"yes", "y", "true", "1", "x", "是", "对", "對"})
_NO = frozenset({"no", "n", "false", "0", "否", "不"})
_BETWEEN = re.compile(r"[\s,;、，；]+")
_SIGN = {"+": "+", "-": "-", "−": "-", "–": "-", "＋": "+", "－": "-"}


class Unfit(ValueError):
    """A part of a label that is not as it should be; the message says how."""


def attempt(parse: Callable[[], _Read], tell: Callable[[str], None]) -> _Read | None:
    """Return what a parser gives, or None after its complaint was told."""
    try:
        return parse()
    except Unfit as unfit:
        tell(str(unfit))
        return None


def plain(written: str) -> str:
    """Return a code word as it is compared: `Desired Gain` is `desired_gain`."""
    return "_".join(unicodedata.normalize("NFKC", written).casefold().split())


def kind_and_category(kind: str, category: str, extra: Extra) -> tuple[Kind, str]:
    """Return kind and category by the codebook.

    Either may be written `kind/category`; a category alone names its kind.

    Args:
        kind: As written; may be empty.
        category: As written.
        extra: Own categories.

    Raises:
        Unfit: One is unknown, missing, or they do not belong together.

    Example:
        >>> kind_and_category("", "Pain/Fear", ())
        ('pain', 'fear')
    """
    parts = [part for one in (kind, category) for part in one.split("/")]
    words = list(dict.fromkeys(word for word in map(plain, parts) if word))
    kinds = [word for word in words if word in KINDS]
    rest = [word for word in words if word not in KINDS]
    if len(kinds) > 1 or len(rest) > 1:
        msg = f"{' and '.join(words)} are more than one kind and one category"
        raise Unfit(msg)
    if not rest:
        msg = "the category is missing"
        raise Unfit(msg)
    own = {name: one for one, name in extra}
    of = KIND_OF.get(rest[0]) or own.get(rest[0])
    if of is None:
        known = f"; it is none of {', '.join(_categories(kinds, extra))}"
        msg = f"there is no category {rest[0]!r}{known}"
        raise Unfit(msg)
    if kinds and kinds[0] != of and (kinds[0], rest[0]) not in set(extra):
        msg = f"{rest[0]!r} is a category of {of}, not of {kinds[0]}"
        raise Unfit(msg)
    return next((one for one in KINDS if one in kinds), of), rest[0]


def _categories(kinds: Sequence[str], extra: Extra) -> list[str]:
    return [
        name
        for kind in KINDS
        if not kinds or kind in kinds
        for name in (*CATEGORIES[kind], *(own for of, own in extra if of == kind))
    ]


def explicit_of(written: str) -> bool | None:
    """Return yes or no, None where nothing is written.

    Raises:
        Unfit: It is neither.
    """
    word = plain(written)
    if not word:
        return None
    if word in _YES or word in _NO:
        return word in _YES
    msg = f"{written.strip()!r} is neither yes nor no"
    raise Unfit(msg)


def intensity_of(written: str, kind: Kind | None) -> int | None:
    """Return 1, 2 or 3, None where nothing is written.

    Raises:
        Unfit: It is another figure, or the label is a trait.
    """
    word = plain(written).removesuffix(".0")
    if not word:
        return None
    if word not in {"1", "2", "3"}:
        msg = (
            f"{written.strip()!r} is none of 1 (mentioned), 2 (stressed), 3 (decisive)"
        )
        raise Unfit(msg)
    if kind == "trait":
        msg = "a trait has no intensity"
        raise Unfit(msg)
    return int(word)


def signals_of(written: str) -> tuple[str, ...]:
    """Return signals with their sign before them, each once, as written.

    The sign may stand before or after the name: a spreadsheet takes a cell that
    begins with one for a formula.

    Raises:
        Unfit: A name is unknown, or its sign is missing.

    Example:
        >>> signals_of("willing+, able -")
        ('+willing', '-able')
    """
    spaced = re.sub(r"\s+(?=[-+−–＋－](?:[\s,;、，；]|$))", "", written)
    found = [_signal(word) for word in _BETWEEN.split(spaced) if word]
    return tuple(dict.fromkeys(found))


def _signal(word: str) -> str:
    for sign, name in ((word[0], word[1:]), (word[-1], word[:-1])):
        if sign in _SIGN:
            if plain(name) not in SIGNALS:
                msg = f"there is no signal {name!r}; they are {', '.join(SIGNALS)}"
                raise Unfit(msg)
            return _SIGN[sign] + plain(name)
    msg = f"{word!r} needs a sign: {word}+ or {word}-"
    raise Unfit(msg)


def status_of(written: str) -> str:
    """Return `agreed`, also where nothing is written, or `optional`.

    Raises:
        Unfit: It is another word.
    """
    word = plain(written) or AGREED
    if word not in {AGREED, OPTIONAL}:
        msg = f"{written.strip()!r} is neither {AGREED} nor {OPTIONAL}"
        raise Unfit(msg)
    return word


def turn_of(written: str) -> int | None:
    """Return the number of a turn, None where nothing is written.

    Raises:
        Unfit: It is no number.
    """
    word = plain(written).removeprefix("[").removesuffix("]").removesuffix(".0")
    if not word:
        return None
    if not word.isdecimal():
        msg = f"{written.strip()!r} is no number of a turn"
        raise Unfit(msg)
    return int(word)
