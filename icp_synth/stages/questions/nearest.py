"""Find the claims and themes that are nearest to each research question of a brief.

Near is what stands in a field that the question asks for in plain words ("who decides"
asks for `decision_role`), or else what is worded alike. No answer is written here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple, TypeVar

from icp_synth.domain.insights import Insight
from icp_synth.domain.likeness import Likeness
from icp_synth.domain.mentions import names_any
from icp_synth.domain.profiles import Claim
from icp_synth.domain.questions import ResearchQuestion
from icp_synth.domain.themes import Theme
from icp_synth.stages.questions.asks import FIELDS, Asks, Told
from icp_synth.stages.questions.single import one_each

_MOST = 5


T = TypeVar("T", Claim, Theme)


class Drafted(NamedTuple):
    """What may answer a question.

    Attributes:
        claims: Of ICPs and personas; one may come several times.
        left: Claims of those who are not ideal, most telling first.
        themes: Named, with their published ids.
        insights: Of the whole study, by id.
        of: How many people were interviewed.
        told: What is known of an insight beside its words, by id.
    """

    claims: Sequence[Claim]
    left: Sequence[Claim]
    themes: Sequence[Theme]
    insights: Mapping[str, Insight]
    of: int
    told: Mapping[str, Told] = {}


def questions(
    asked: Iterable[str], drafted: Drafted, *, likeness: Likeness, near: float
) -> tuple[ResearchQuestion, ...]:
    """Return each question with at most five claims and five themes near to it.

    A question that asks for fields in plain words is answered from these alone, a
    part of it at a time; one about leaving, from those who left. Any other by its
    words. Of what rests on the same insights one claim or theme is enough; where the
    claim counts fewer people than its theme, the theme with its own name and count.
    Where everybody has an answer of their own (what they used before), and what they
    share counts fewer than half of those who give one, the others' stand one each.

    Args:
        asked: The questions, in the order of the brief.
        drafted: What may answer them.
        likeness: Of texts.
        near: The least cosine that counts where no field is asked for.
    """
    texts = dict.fromkeys(text.strip() for text in asked if text.strip())
    return tuple(_answered(text, drafted, likeness, near) for text in texts)


def _answered(
    question: str, drafted: Drafted, likeness: Likeness, near: float
) -> ResearchQuestion:
    once = list({one.id: one for one in drafted.claims}.values())
    of_claims = _cosines(likeness, question, [one.text for one in once])
    of_themes = _cosines(likeness, question, [one.label for one in drafted.themes])
    groups = [one for one in FIELDS if names_any(question, one.words)]
    claims: list[Sequence[Claim]] = []
    themes: list[Sequence[Theme]] = []
    for group in groups:
        if group.of_who_left:
            claims.append(drafted.left)
            continue
        claims.append(
            _ranked(
                (one, cosine)
                for one, cosine in zip(once, of_claims, strict=True)
                if one.field in group.fields and _tells(one, group, drafted)
            )
        )
        themes.append(
            _ranked(
                (one, cosine)
                for one, cosine in zip(drafted.themes, of_themes, strict=True)
                if _field_of(one, drafted.insights) in group.fields
                and _tells(one, group, drafted)
            )
        )
    if not groups:
        pairs = zip(once, of_claims, strict=True)
        claims.append(_ranked(pair for pair in pairs if pair[1] >= near))
        others = zip(drafted.themes, of_themes, strict=True)
        themes.append(_ranked(pair for pair in others if pair[1] >= near))
    near_claims = _in_turn(claims)
    wider = {
        one.id: theme
        for one in near_claims
        if one not in drafted.left
        and (theme := _wider(one, drafted.themes)) is not None
    }
    kept_claims = [one for one in near_claims if one.id not in wider][:_MOST]
    taken = [frozenset(one.insights) for one in kept_claims]
    kept_themes = _in_turn([list(wider.values()), *themes], taken)[:_MOST]
    people = {name for one in kept_claims for name in one.supports}
    people |= {name for one in kept_themes for name in one.participants}
    single = [
        one
        for group in groups
        if group.each
        for one in one_each(
            group,
            drafted.insights.values(),
            drafted.told,
            counted=_counted(group, kept_claims, kept_themes, drafted),
        )
    ]
    people |= {one.participant for one in single}
    return ResearchQuestion(
        question=question,
        status="near" if people else "not_answered",
        claims=tuple(one.id for one in kept_claims),
        themes=tuple(one.id for one in kept_themes),
        single=tuple(dict.fromkeys(one.id for one in single)),
        participants=tuple(sorted(people)),
        n=len(people),
        of=drafted.of,
    )


def _tells(one: Claim | Theme, group: Asks, drafted: Drafted) -> bool:
    """Tell whether half of what a claim or theme rests on answers the question."""
    if group.tells is None:
        return True
    cited = [drafted.insights[key] for key in one.insights if key in drafted.insights]
    answers = sum(
        group.tells(insight, drafted.told.get(insight.id, Told())) for insight in cited
    )
    return bool(cited) and 2 * answers >= len(cited)


def _counted(
    group: Asks, claims: Sequence[Claim], themes: Sequence[Theme], drafted: Drafted
) -> frozenset[str]:
    """Return who carries what is shown of the fields that a question asks for."""
    carried = [one.supports for one in claims if one.field in group.fields]
    carried += [
        one.participants
        for one in themes
        if _field_of(one, drafted.insights) in group.fields
    ]
    return frozenset(name for names in carried for name in names)


def _cosines(likeness: Likeness, question: str, texts: Sequence[str]) -> list[float]:
    return list(likeness([question], texts)[0]) if texts else []


def _ranked(pairs: Iterable[tuple[T, float]]) -> list[T]:
    """Return what most people carry first, then what is nearest."""
    ordered = sorted(
        pairs, key=lambda pair: (-len(_people(pair[0])), -pair[1], pair[0].id)
    )
    return [one for one, _ in ordered]


def _people(one: Claim | Theme) -> tuple[str, ...]:
    return one.supports if isinstance(one, Claim) else one.participants


def _field_of(theme: Theme, insights: Mapping[str, Insight]) -> str:
    """Return `KIND/CATEGORY` of most of a theme's insights."""
    counted = Counter(insights[one].category for one in theme.insights)
    return f"{theme.kind}/{max(sorted(counted), key=counted.__getitem__)}"


def _wider(claim: Claim, themes: Sequence[Theme]) -> Theme | None:
    """Return the theme of a claim that counts people whom the claim does not."""
    cited, placed = set(claim.insights), {*claim.supports, *claim.contradicts}
    for theme in themes:
        if cited and cited <= set(theme.insights):
            return None if placed.issuperset(theme.participants) else theme
    return None


def _in_turn(
    lists: Sequence[Sequence[T]], taken: Sequence[frozenset[str]] = ()
) -> list[T]:
    """Return the first of each list, then the second of each.

    What rests on insights of something before it, or of what is taken, is left out.
    """
    kept: list[T] = []
    rested = list(taken)
    for one in (one for row in zip_longest(*lists) for one in row if one is not None):
        own = frozenset(one.insights)
        same = own and any(own <= other or other <= own for other in rested)
        if same or any(one.id == other.id for other in kept):
            continue
        kept.append(one)
        rested += [own] if own else []
    return kept
