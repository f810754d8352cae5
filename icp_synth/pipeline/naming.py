"""Let the analyst name themes and groups of themes, and refuse what is not carried.

A name that a model wrote is held against the statements and quotes of all members. One
that they do not carry is not used: a theme then goes by its most central statement, a
group by the words that all its themes share.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from icp_synth.analysts.embedded.opposition import opposing
from icp_synth.analysts.embedded.sentences import is_chinese
from icp_synth.analysts.protocol import (
    THEMES_A_REQUEST,
    GroupToName,
    ThemeToName,
    Wordings,
)
from icp_synth.domain.insights import Insight
from icp_synth.domain.themes import NamesGiven, RefusedName, Theme
from icp_synth.pipeline.work import Work
from icp_synth.stages.carried import CUT, Reason, uncarried
from icp_synth.stages.themes import Family, ThemeGroup, theme_centres

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

T = TypeVar("T")

_NEIGHBOURS = 2
_QUOTES = 3
_STATEMENTS_A_THEME = 2

_NEAR = 0.1
"""A name that shares hardly a word with its members is refused where its embedded
vector is no nearer to any of them: of the 162 recorded names of the sample study none
is refused, of the same names given to another theme six in ten are."""

_CAPITAL = re.compile(r"\b[A-Z][a-z]")
_WORD = re.compile(r"\b[A-Za-z][a-z]{3,}")


class Named(NamedTuple):
    """What came of asking for names.

    Attributes:
        texts: Number → name that may be used; numbers begin at 1.
        outcomes: Of the requests, `done`, `failed`, `pending`.
    """

    texts: Mapping[int, str]
    outcomes: Counter[str]


def name_themes(work: Work, groups: Sequence[ThemeGroup]) -> Named:
    """Ask for the names of themes; those that are not carried are counted and left out.

    Args:
        work: With the vectors that the themes were cut from.
        groups: As they were found.
    """
    statements = [one.insights[0].statement for one in groups]
    shown = [
        ThemeToName(
            number=number,
            kind=group.kind,
            statements=tuple(one.statement for one in _one_each(group.insights)),
            quotes=tuple(
                one.quotes[0].text for one in _one_each(group.insights)[:_QUOTES]
            ),
            neighbours=tuple(statements[i] for i in near),
        )
        for number, (group, near) in enumerate(
            zip(groups, _near_themes(work, groups), strict=True), start=1
        )
    ]
    settled = work.settle(
        [
            work.analyst.name_themes(part, work.settings.language)
            for part in _parts(shown)
        ]
    )
    evidence = {number: [one] for number, one in enumerate(groups, start=1)}
    texts, given = _checked(work, "theme", [one.value for one in settled], evidence)
    work.theme_names = given
    return Named(texts, Counter(one.outcome for one in settled))


def name_groups(
    work: Work,
    groups: Sequence[ThemeGroup],
    themes: Sequence[Theme],
    families: Sequence[Family],
) -> Named:
    """Ask for the names of groups of themes, once all their themes have theirs.

    Args:
        work: With the vectors that the themes were cut from.
        groups: Themes as they were found.
        themes: The same, named.
        families: The groups of them.
    """
    held = {
        number: [groups[i] for i in one.places]
        for number, one in enumerate(families, start=1)
    }
    near = _near_families(work, groups, families)
    shown = [
        GroupToName(
            number=number,
            kind=members[0].kind,
            words=family.words,
            themes=tuple(themes[i].label for i in family.places),
            statements=tuple(
                one.statement
                for member in members
                for one in _one_each(_naming_first(member, family))[
                    :_STATEMENTS_A_THEME
                ]
            ),
            neighbours=tuple(
                "; ".join(themes[i].label for i in families[other].places)
                for other in others
            ),
        )
        for family, others, (number, members) in zip(
            families, near, held.items(), strict=True
        )
    ]
    settled = work.settle(
        [
            work.analyst.name_groups(part, work.settings.language)
            for part in _parts(shown)
        ]
    )
    values = [one.value for one in settled]
    texts, given = _checked(work, "theme_group", values, held)
    work.theme_names = work.theme_names.with_(given)
    return Named(texts, Counter(one.outcome for one in settled))


def requests_for(families: Sequence[Family]) -> int:
    """Return how many requests name so many groups."""
    return -(-len(families) // THEMES_A_REQUEST)


def uncarried_name(
    name: str, evidence: Sequence[str], *, known: Sequence[str] = ()
) -> tuple[Reason, str] | None:
    """Return why a name is not carried by its members, or None where it may be used.

    A number, a proper name or a "not" that no member has refuses it, and so do words
    that have nothing to do with any of them. Between two scripts only a "not" can be
    told. A heading In Capitals is read as if it had none.

    Args:
        name: As a model wrote it.
        evidence: Statements and quotes of its members.
        known: Names that may stand in any name, as the product's.

    Example:
        >>> uncarried_name("Twelve hours lost", ["we lose hours every week"])
        ('number', '12')
    """
    text = name.lower() if _in_capitals(name) else name
    found = uncarried(text, evidence, opposes=_opposes, known=known)
    if found is None:
        return None
    reason, _ = found
    if is_chinese(name) != is_chinese(" ".join(evidence)):
        return found if reason == "negation" else None
    if reason in CUT or _far_off(text, evidence):
        return found
    return None


def _checked(
    work: Work,
    level: Literal["theme", "theme_group"],
    answers: Iterable[Wordings | None],
    members: Mapping[int, Sequence[ThemeGroup]],
) -> tuple[dict[int, str], NamesGiven]:
    """Return the names that may be used, and what became of the others."""
    brief = work.study.brief
    known = (brief.product, *brief.rivals)
    given = [one for one in answers if one is not None]
    texts = {number: text for one in given for number, text in one.texts.items()}
    refused = []
    if work.analyst.model is not None:
        for number, text in sorted(texts.items()):
            flaw = _flaw(text, [_evidence(one) for one in members[number]], known)
            if flaw is not None:
                reason, what = flaw
                refused.append(
                    RefusedName(
                        level=level, number=number, text=text, reason=reason, what=what
                    )
                )
    out = {one.number for one in refused}
    kept = {number: text for number, text in texts.items() if number not in out}
    return kept, NamesGiven(
        refused=tuple(refused), dropped=sum(one.dropped for one in given)
    )


def _flaw(
    text: str, bodies: Sequence[Sequence[str]], known: Sequence[str]
) -> tuple[Reason, str] | None:
    """Return why the themes of a group, or the one theme, do not carry a name.

    A number, a proper name or a "not" must be in each of the themes; as to its other
    words, a name that is wider than any of them is held against all together.
    """
    for body in bodies:
        found = uncarried_name(text, body, known=known)
        if found is not None and found[0] in CUT:
            return found
    return uncarried_name(text, [one for body in bodies for one in body], known=known)


def _evidence(theme: ThemeGroup) -> list[str]:
    statements = [one.statement for one in theme.insights]
    return statements + [quote.text for one in theme.insights for quote in one.quotes]


def _in_capitals(name: str) -> bool:
    """Tell whether a name is written as a heading, most of its words with a capital."""
    words = _WORD.findall(name)
    return len(words) > 1 and 2 * len(_CAPITAL.findall(name)) > len(words) + 1


def _opposes(text: str, evidence: str) -> bool:
    return opposing(text, evidence) is not None


def _far_off(text: str, evidence: Sequence[str]) -> bool:
    from icp_synth.embedding.embedded import EmbeddedEmbedder

    rows = EmbeddedEmbedder().embed([text, *evidence])
    return bool((rows[1:] @ rows[0]).max() < _NEAR)


def _parts(shown: Sequence[T]) -> list[Sequence[T]]:
    return [
        shown[at : at + THEMES_A_REQUEST]
        for at in range(0, len(shown), THEMES_A_REQUEST)
    ]


def _naming_first(theme: ThemeGroup, family: Family) -> list[Insight]:
    """Return a theme's insights, first those that name what its group shares."""
    naming = set(family.naming)
    return sorted(theme.insights, key=lambda one: one.id not in naming)


def _one_each(insights: Sequence[Insight]) -> list[Insight]:
    firsts: dict[str, Insight] = {}
    for one in insights:
        firsts.setdefault(one.participant, one)
    return list(firsts.values())


def _near_themes(work: Work, groups: Sequence[ThemeGroup]) -> list[list[int]]:
    """Return for each theme the nearest others of the same kind."""
    import numpy as np

    row = {one.id: i for i, one in enumerate(work.insights)}
    # Not of length 1: long-standing answers were asked for with these neighbours.
    centres = np.array(
        [
            work.statement_vectors[[row[one.id] for one in group.insights]].mean(axis=0)
            for group in groups
        ]
    )
    return _nearest(centres, [one.kind for one in groups])


def _near_families(
    work: Work, groups: Sequence[ThemeGroup], families: Sequence[Family]
) -> list[list[int]]:
    """Return for each group of themes the nearest others of the same kind."""
    import numpy as np

    if not families:
        return []
    centres = theme_centres(groups, work.insights, work.statement_vectors)
    middles = np.array([centres[list(one.places)].mean(axis=0) for one in families])
    return _nearest(middles, [groups[one.places[0]].kind for one in families])


def _nearest(centres: NDArray[np.floating], kinds: Sequence[str]) -> list[list[int]]:
    import numpy as np

    near = []
    for i, kind in enumerate(kinds):
        likeness = np.round(centres @ centres[i], 6).tolist()
        others = sorted(
            (-likeness[j], j)
            for j, other in enumerate(kinds)
            if j != i and other == kind
        )
        near.append([j for _, j in others[:_NEIGHBOURS]])
    return near
