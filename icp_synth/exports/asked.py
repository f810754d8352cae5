"""What the study is for: its goal, its questions with what answers them, its term."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from icp_synth.domain.profiles import Manifest, Synthesis
from icp_synth.domain.questions import ResearchQuestion
from icp_synth.domain.versions import review_due
from icp_synth.exports.board import ThemeShown
from icp_synth.exports.card import Card
from icp_synth.exports.claims import ClaimShown
from icp_synth.exports.evidence import Evidence
from icp_synth.exports.statements import Said, Voices, voices


@dataclass(frozen=True)
class AnswerShown:
    """A claim or theme that comes near to a question, and who carries it.

    Attributes:
        card: Name of the ICP or persona whose claim it is; empty for a theme.
    """

    anchor: str
    said: Said
    label: str
    flag: str
    k: int
    n: int
    card: str = ""


@dataclass(frozen=True)
class QuestionShown:
    """A question of the brief.

    Attributes:
        answers: Claims of the cards, then themes, nearest first; what rests on the
            same insights, or says the same in the same words, is there once. Empty
            where nothing comes near.
        single: What one person each answers, where few share an answer.
        more: How many people more do so.
        people: Who said any of it.
    """

    text: str
    answers: tuple[AnswerShown, ...]
    single: Voices
    more: int
    people: int


@dataclass(frozen=True)
class Asked:
    """What the study is for.

    Attributes:
        goal: Of the brief; empty where it names none.
        review: The day by which somebody should look at it again; may be empty.
    """

    goal: str
    review: str
    questions: tuple[QuestionShown, ...]


def asked_of(
    synthesis: Synthesis,
    cards: Sequence[Card],
    themes: Sequence[ThemeShown],
    evidence: Evidence,
) -> Asked:
    """Return what the study is for.

    Args:
        synthesis: What is published.
        cards: ICPs, personas, negative ICPs; where the claims stand.
        themes: Those that the report shows.
        evidence: Cuts the quotes.
    """
    claims = {
        one.claim.id: (one, card.name.plain)
        for card in reversed(cards)
        for one in card.claims
    }
    by_id = {one.theme.id: one for one in themes}
    return Asked(
        goal=synthesis.positioning.goal,
        review=_review(synthesis.manifest),
        questions=tuple(
            _question(one, claims, by_id, evidence) for one in synthesis.questions
        ),
    )


def _question(
    asked: ResearchQuestion,
    claims: Mapping[str, tuple[ClaimShown, str]],
    themes: Mapping[str, ThemeShown],
    evidence: Evidence,
) -> QuestionShown:
    single = voices(asked.single, evidence, visible=0, most=_SINGLE, once=True)
    return QuestionShown(
        text=asked.question,
        answers=tuple(
            _once(
                *(_claim(*claims[key]) for key in asked.claims if key in claims),
                *(_theme(themes[key]) for key in asked.themes if key in themes),
            )
        ),
        # Who is not shown has an answer of their own, and did not say these.
        single=replace(single, hidden=0),
        more=single.hidden,
        people=len(asked.participants),
    )


_SINGLE = 24
"""Answers of one person each that are shown; the others are counted."""

_Answer = tuple[AnswerShown, frozenset[str]]


def _once(*answers: _Answer) -> Iterator[AnswerShown]:
    told: set[str] = set()
    rested: list[frozenset[str]] = []
    for one, insights in answers:
        same = any(insights <= other or other <= insights for other in rested)
        if one.said.text in told or (insights and same):
            continue
        told.add(one.said.text)
        rested += [insights] if insights else []
        yield one


def _claim(one: ClaimShown, card: str) -> _Answer:
    answer = AnswerShown(
        anchor=one.anchor,
        said=one.said,
        label=one.label if one.fact else "",
        flag=one.flag,
        k=one.supports,
        n=one.of,
        card=card,
    )
    return answer, frozenset(one.claim.insights)


def _theme(one: ThemeShown) -> _Answer:
    theme = one.theme
    answer = AnswerShown(one.anchor, one.said, "", "", k=theme.n, n=theme.of)
    return answer, frozenset(theme.insights)


def _review(manifest: Manifest) -> str:
    """Return the day that study.toml names, else a year after it was made."""
    named = manifest.settings.get("review_by")
    by = date.fromisoformat(named) if named else None
    # Whether that day is past is not the report's to say: it stays as it is.
    due = review_due(manifest.created, by, date.min)
    return "" if due is None else due.by.isoformat()
