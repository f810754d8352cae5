"""Hold the names that a model wrote against the statements and quotes of all members.

A name of a theme that they do not carry is not used, and neither is one of a group.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from icp_synth.analysts.embedded.sentences import is_chinese
from icp_synth.analysts.protocol import Wordings
from icp_synth.domain.themes import NamesGiven, RefusedName
from icp_synth.pipeline.opposing import opposes
from icp_synth.pipeline.work import Work
from icp_synth.stages.carried import CUT, Reason, uncarried
from icp_synth.stages.themes import ThemeGroup

_NEAR = 0.1
"""A name that shares hardly a word with its members is refused where its embedded
vector is no nearer to any of them: of the 162 recorded names of the sample study none
is refused, of the same names given to another theme six in ten are."""

_CAPITAL = re.compile(r"\b[A-Z][a-z]")
_WORD = re.compile(r"\b[A-Za-z][a-z]{3,}")


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
    found = uncarried(text, evidence, opposes=opposes, known=known)
    if found is None:
        return None
    reason, _ = found
    if is_chinese(name) != is_chinese(" ".join(evidence)):
        return found if reason == "negation" else None
    if reason in CUT or _far_off(text, evidence):
        return found
    return None


def checked(
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


def _far_off(text: str, evidence: Sequence[str]) -> bool:
    from icp_synth.embedding.embedded import EmbeddedEmbedder

    rows = EmbeddedEmbedder().embed([text, *evidence])
    return bool((rows[1:] @ rows[0]).max() < _NEAR)
