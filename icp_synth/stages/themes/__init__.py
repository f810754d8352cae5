"""What several people said alike: themes, and the vote on their kind."""

from icp_synth.stages.themes.groups import (
    LIKENESS_OF_QUOTES,
    VERSION,
    ThemeGroup,
    group_themes,
    threshold_for,
)
from icp_synth.stages.themes.vote import vote_kinds

__all__ = [
    "LIKENESS_OF_QUOTES",
    "VERSION",
    "ThemeGroup",
    "group_themes",
    "threshold_for",
    "vote_kinds",
]
