"""How alike texts are, as a function that is handed in.

Stages compare texts and know no vectors: the pipeline gives them a `Likeness` made
of whichever embedder the study uses, and tests give them a table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from icp_synth.domain.challenges import Stance

Likeness = Callable[[Sequence[str], Sequence[str]], Sequence[Sequence[float]]]
"""(m texts, n texts) → m rows of n cosines, −1 to 1."""

Judge = Callable[[str, Sequence[str]], Sequence[Stance]]
"""(a sentence, n statements) → what each says of it; `unjudged` is allowed."""


def nobody_judges(sentence: str, statements: Sequence[str]) -> Sequence[Stance]:
    """Leave every statement unjudged, where no judge is there.

    Example:
        >>> nobody_judges("They plan ahead.", ["He plans."])
        ['unjudged']
    """
    del sentence
    return ["unjudged" for _ in statements]
