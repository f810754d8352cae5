"""How good the matcher of statements is, and where its threshold is from.

No person judged which statements say the same. What stands in for such judgements are
labels that two annotators gave: their two statements of one label are `same`,
statements of different labels of that interview and kind are `not same`. Both
annotators of the shipped sets are language models, and the codebook's rule paired them
by their quotes, so that the matcher's quality is that on sentences by two writers about
the same words; 150 pairs judged by people do not exist here.

On evals/creatives-en (381 pairs of one label, 3,344 of different ones, 16 interviews)
the threshold is 0.46, and macro F1 is 0.966 where each interview is judged with the
threshold that the others chose. On the Chinese evals/visits-zh, which had no part in
it, macro F1 at 0.46 is 0.863 (169 and 1,614 pairs, 6 interviews).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from icp_synth.domain.values import Value
from icp_synth.evaluation.dataset import Dataset
from icp_synth.evaluation.semantic import TAU, vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from icp_synth.embedding.protocol import Embedder

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

_GRID = tuple(step / 100 for step in range(101))


class JudgedPair(NamedTuple):
    """Two statements of one interview and kind, by different annotators."""

    interview: str
    same: bool
    similarity: float


class MatcherQuality(Value):
    """How well a threshold tells equal statements from others.

    Attributes:
        tau: The frozen threshold.
        macro_f1: At that threshold, mean of the F1 of `same` and of `not same`.
        chosen: The threshold that these pairs would choose.
        out_of_fold: Macro F1 where each interview is judged with the threshold that
            the others chose; None below two interviews.
        n_same: Pairs of one label.
        n_different: Pairs of different labels.
        n_cases: Interviews that have such pairs.
        embedder: Name of the vectors.
        origin: Where the judgements are from.
    """

    tau: float
    macro_f1: float | None
    chosen: float | None
    out_of_fold: float | None
    n_same: int
    n_different: int
    n_cases: int
    embedder: str
    origin: str = (
        "no person judged these pairs: two annotators' statements of one label are the"
        " same, statements of different labels of one interview and kind are not"
    )


def matcher_quality(
    dataset: Dataset, *, tau: float = TAU, embedder: Embedder | None = None
) -> MatcherQuality:
    """Measure the matcher itself, on pairs that two annotators' labels give.

    Args:
        dataset: With labels that keep both annotators' `statements`; others give no
            pairs.
        tau: The threshold in use.
        embedder: The embedded one when None.

    Returns:
        Its quality; values are None where there are no pairs of both sorts.
    """
    if embedder is None:
        from icp_synth.embedding.embedded import EmbeddedEmbedder

        embedder = EmbeddedEmbedder()
    pairs = judged_pairs(dataset, embedder=embedder)
    same, similar = _arrays(pairs)
    n_same = int(same.sum())
    enough = 0 < n_same < len(pairs)
    return MatcherQuality(
        tau=tau,
        macro_f1=float(_macro_f1(same, similar >= tau)) if enough else None,
        chosen=choose_tau(pairs) if enough else None,
        out_of_fold=_out_of_fold(pairs) if enough else None,
        n_same=n_same,
        n_different=len(pairs) - n_same,
        n_cases=len({pair.interview for pair in pairs}),
        embedder=embedder.name,
    )


def judged_pairs(
    dataset: Dataset, *, embedder: Embedder | None = None
) -> tuple[JudgedPair, ...]:
    """Return every pair of two annotators' statements of one interview and kind."""
    found: list[JudgedPair] = []
    for case in dataset.cases:
        both = [one for one in case.labels.labels if len(one.statements) >= 2]
        first, second = vectors(
            [[one.statements[0] for one in both], [one.statements[1] for one in both]],
            embedder,
        )
        similar = (first @ second.T).tolist()
        found.extend(
            JudgedPair(case.name, row == column, similar[row][column])
            for row, one in enumerate(both)
            for column, other in enumerate(both)
            if one.kind == other.kind
        )
    return tuple(found)


def choose_tau(pairs: Sequence[JudgedPair]) -> float:
    """Return the threshold of two decimals with the best macro F1.

    Of several that are as good the middle one, farthest from both sorts of pairs.

    Args:
        pairs: At least one of each sort.
    """
    import numpy as np

    same, similar = _arrays(pairs)
    scores = _macro_f1(same, similar >= np.array(_GRID)[:, None])
    best = np.flatnonzero(scores == scores.max()).tolist()
    return _GRID[best[len(best) // 2]]


def _out_of_fold(pairs: Sequence[JudgedPair]) -> float | None:
    import numpy as np

    names = sorted({pair.interview for pair in pairs})
    if len(names) < 2:
        return None
    chosen = {
        name: choose_tau([pair for pair in pairs if pair.interview != name])
        for name in names
    }
    same, similar = _arrays(pairs)
    taus = np.array([chosen[pair.interview] for pair in pairs])
    return float(_macro_f1(same, similar >= taus))


def _arrays(pairs: Sequence[JudgedPair]) -> tuple[Flags, Floats]:
    import numpy as np

    same = np.array([pair.same for pair in pairs], dtype=bool)
    return same, np.array([pair.similarity for pair in pairs])


def _macro_f1(same: Flags, said: Flags) -> Floats:
    """Return the mean F1 of `same` and of `not same`, over the last axis.

    A class that is neither there nor said scores 0, so that no threshold gains by it.
    """
    import numpy as np

    total = np.zeros(said.shape[:-1])
    for truth, guess in ((same, said), (~same, ~said)):
        whole = truth.sum() + guess.sum(axis=-1)
        total += 2 * (truth & guess).sum(axis=-1) / np.maximum(whole, 1)
    mean: Floats = total / 2
    return mean
