"""What several people said alike: themes of one kind, topics of any."""

from icp_synth.stages.themes.groups import (
    VERSION,
    ThemeGroup,
    group_themes,
    group_topics,
    threshold_for,
)
from icp_synth.stages.themes.vote import vote_kinds

__all__ = [
    "VERSION",
    "ThemeGroup",
    "group_themes",
    "group_topics",
    "threshold_for",
    "vote_kinds",
]
