"""Views of several teams, from their files to one definition."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from icp_synth.domain.teams import Definition
from icp_synth.pipeline.likeness import likeness_by
from icp_synth.project.team_files import load_views
from icp_synth.stages.teams import THRESHOLD, Alpha, merge_views

_SAME = 0.6
"""Two criteria so much alike are proposed as one; people decide."""


def reconcile(
    paths: Sequence[Path], alpha: Alpha, *, threshold: int = THRESHOLD
) -> Definition:
    """Merge the views of several teams into one definition.

    Args:
        paths: A file a team, in any order.
        alpha: Krippendorff's alpha of ordinal ratings.
        threshold: A spread of more steps than this is a disagreement.

    Raises:
        NotFound: A file is not there.
        NameClash: Two files are of one team.
        SettingsError: A file does not hold together; with file and line.
    """
    from icp_synth.embedding.embedded import EmbeddedEmbedder

    return merge_views(
        load_views(paths),
        alpha,
        threshold=threshold,
        likeness=likeness_by(EmbeddedEmbedder().embed),
        near=_SAME,
    )
