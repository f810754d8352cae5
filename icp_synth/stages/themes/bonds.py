"""Which themes a matter binds, and by which words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)

import numpy as np
from numpy.typing import NDArray

MOST_FORMS = 3
"""Most words that quotes of one group have for its matter."""

_NEAR = 1.0
"""Least mean nearness of a theme to the others of its group, in standard deviations
over all pairs of themes: nearer than five of six pairs are, were they normal."""

Forms = Mapping[str, Mapping[str, Collection[str]]]
"""Matter → form → participants, of one theme."""

Agree = Callable[[str, Sequence[int]], tuple[int, ...]]
"""Matter and themes that are about it → those of them that it binds."""


def in_one_word(forms: Sequence[Forms]) -> Agree:
    """Bind themes that mostly use the word which most of them have for the matter."""

    def agree(matter: str, places: Sequence[int]) -> tuple[int, ...]:
        common = common_form(matter, places, forms)
        return tuple(i for i in places if common in _usual(forms[i][matter]))

    return agree


def near_by(forms: Sequence[Forms], nearness: NDArray[np.float64]) -> Agree:
    """Bind themes that few words reach and that are alike around their quotes.

    The least alike leaves first, until all that are left are near one another.

    Args:
        forms: Words for the matters of each theme.
        nearness: Of all themes, shape (themes, themes).
    """

    def agree(matter: str, places: Sequence[int]) -> tuple[int, ...]:
        kept = list(places)
        while len(kept) > 1:
            _, reached = covering_forms(matter, kept, forms)
            if len(reached) < len(kept):
                kept = reached
                continue
            pairs = nearness[np.ix_(kept, kept)]
            np.fill_diagonal(pairs, 0.0)
            mean = np.round(pairs.sum(axis=1) / (len(kept) - 1), 6)
            least = int(np.argmin(mean))
            if mean[least] >= _NEAR:
                break
            del kept[least]
        return tuple(kept)

    return agree


def covering_forms(
    matter: str, places: Sequence[int], forms: Sequence[Forms]
) -> tuple[list[str], list[int]]:
    """Return the few words for a matter that reach most themes, and these themes.

    A word reaches a theme of whose people at least two have it, or one in a theme in
    which nobody shares a word with another.
    """
    words: list[str] = []
    left = list(places)
    while left and len(words) < MOST_FORMS:
        using = {i: _shared_forms(forms[i][matter]) for i in left}
        themes = Counter(form for i in left for form in using[i])
        people = Counter(
            form for i in left for form in using[i] for _ in forms[i][matter][form]
        )
        best = min(themes, key=lambda one: (-themes[one], -people[one], one))
        words.append(best)
        left = [i for i in left if best not in using[i]]
    return words, [i for i in places if i not in left]


def _shared_forms(forms: Mapping[str, Collection[str]]) -> list[str]:
    shared = [form for form, who in forms.items() if len(who) > 1]
    return shared or list(forms)


def bound(
    themes: Sequence[int], about: Sequence[Mapping[str, float]], agree: Agree
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield matters and the themes that each binds, strongest first, each theme once.

    Args:
        themes: Places of those of one kind, in order.
        about: Matter → how strongly, of every theme.
        agree: Which of the themes that are about a matter it binds.
    """
    holding: dict[str, list[int]] = defaultdict(list)
    for i in themes:
        for matter in about[i]:
            holding[matter].append(i)
    bonds = {
        matter: _bond(matter, places, about, agree)
        for matter, places in holding.items()
    }
    while best := min((one for one in bonds.values() if one), default=None):
        _, matter, places = best
        yield matter, places
        # Only what these themes were about too binds others than before.
        for other in {one for i in places for one in about[i]}:
            holding[other] = [i for i in holding[other] if i not in places]
            bonds[other] = _bond(other, holding[other], about, agree)


def _bond(
    matter: str,
    places: Sequence[int],
    about: Sequence[Mapping[str, float]],
    agree: Agree,
) -> tuple[float, str, tuple[int, ...]] | None:
    """Return how strongly a matter binds themes, negative, and which of them."""
    if len(places) < 2:
        return None
    agreed = agree(matter, places)
    if len(agreed) < 2:
        return None
    return -round(sum(about[i][matter] for i in agreed), 6), matter, agreed


def _usual(forms: Mapping[str, Collection[str]]) -> list[str]:
    """Return the forms that at least half of a theme's people have for a matter."""
    people = {who for said in forms.values() for who in said}
    return [form for form, said in forms.items() if 2 * len(said) >= len(people)]


def common_form(matter: str, places: Iterable[int], forms: Sequence[Forms]) -> str:
    """Return the form that is usual in most themes, of several that of most people."""
    held = [forms[i][matter] for i in places]
    themes = Counter(form for one in held for form in _usual(one))
    people = Counter(form for one in held for form, said in one.items() for _ in said)
    return min(people, key=lambda one: (-themes[one], -people[one], one))
