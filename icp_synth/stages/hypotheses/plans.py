"""Propose how to find out an assumption whose author did not say how."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from icp_synth.domain.fields import PROFILE_FIELDS
from icp_synth.domain.hypotheses import Hypothesis

Sort = Literal["figure", "words", "money", "person", "says", "scope", "unasked"]
"""What a plan depends on: where the answer would stand, and whether one may ask."""


def propose_test(
    hypothesis: Hypothesis, question: str | None, *, language: str = "en"
) -> str:
    """Return one sentence that says how the assumption can be found out.

    Args:
        hypothesis: Any.
        question: The open question that covers its field; None where there is none.
        language: `en` or `zh`.

    Example:
        >>> one = Hypothesis(field="other:fleet", value="vans")
        >>> propose_test(one, None)[:36]
        'No question of the guide asks for it'
    """
    templates = _templates()[_sort(hypothesis, question)]
    return templates["zh" if language == "zh" else "en"].format(
        said=hypothesis.text().rstrip(".。"),
        column=hypothesis.field,
        question=question,
    )


def _sort(hypothesis: Hypothesis, question: str | None) -> Sort:
    known = PROFILE_FIELDS.get(hypothesis.field)
    if question is None or (known is not None and known.protected):
        return "unasked"
    if hypothesis.scope:
        return "scope"
    if known is None or hypothesis.operator == "says":
        return "says"
    if known.type == "money":
        return "money"
    if known.level == "person":
        return "person"
    return "figure" if known.type == "number" else "words"


@cache
def _templates() -> Mapping[Sort, Mapping[str, str]]:
    text = files("icp_synth.stages.hypotheses").joinpath("tests.toml")
    templates = tomllib.loads(text.read_text("utf-8"))
    return {sort: templates[sort] for sort in get_args(Sort)}
