"""What several people said alike: themes, and the vote on their kind."""

from icp_synth.stages.themes.groups import (
    VERSION,
    ThemeGroup,
    group_themes,
    threshold_for,
)
from icp_synth.stages.themes.vote import vote_kinds

__all__ = [
    "VERSION",
    "ThemeGroup",
    "group_themes",
    "threshold_for",
    "vote_kinds",
]
