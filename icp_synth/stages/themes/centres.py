"""The centre of each theme, which stands for it where themes are compared."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from icp_synth.domain.insights import Insight
from icp_synth.stages.themes.groups import ThemeGroup


def theme_centres(
    themes: Sequence[ThemeGroup],
    insights: Sequence[Insight],
    vectors: NDArray[np.float32],
) -> NDArray[np.float64]:
    """Return the mean direction of each theme's statements.

    Args:
        themes: Of these insights.
        insights: Of all participants.
        vectors: Unit vectors of their statements, shape (len(insights), d).

    Returns:
        Unit vectors, shape (len(themes), d); zeros where statements cancel out.
    """
    row_of = {one.id: row for row, one in enumerate(insights)}
    centres = np.zeros((len(themes), vectors.shape[1]))
    for place, theme in enumerate(themes):
        rows = [row_of[one.id] for one in theme.insights]
        centres[place] = vectors[rows].mean(axis=0, dtype=np.float64)
    lengths = np.linalg.norm(centres, axis=1, keepdims=True)
    unit: NDArray[np.float64] = centres / np.maximum(lengths, 1e-12)
    return unit
