"""What several people said alike: themes, and the vote on their kind."""

from icp_synth.stages.themes.asked import (
    WasAsked,
    asked_about,
    likeness_for,
    questions_of,
)
from icp_synth.stages.themes.centres import theme_centres
from icp_synth.stages.themes.clusters import one_thread
from icp_synth.stages.themes.groups import (
    LIKENESS_OF_QUOTES,
    THRESHOLD_OF_QUOTES,
    VERSION,
    ThemeGroup,
    group_themes,
    threshold_for,
)
from icp_synth.stages.themes.map import map_themes
from icp_synth.stages.themes.meaning import Meanings, meanings_of
from icp_synth.stages.themes.mentions import dominated_by
from icp_synth.stages.themes.parents import Family, find_parents, parent_of
from icp_synth.stages.themes.spoken import Spoken, spoken_by
from icp_synth.stages.themes.stability import theme_stability
from icp_synth.stages.themes.vote import vote_kinds

__all__ = [
    "LIKENESS_OF_QUOTES",
    "THRESHOLD_OF_QUOTES",
    "VERSION",
    "Family",
    "Meanings",
    "Spoken",
    "ThemeGroup",
    "WasAsked",
    "asked_about",
    "dominated_by",
    "find_parents",
    "group_themes",
    "likeness_for",
    "map_themes",
    "meanings_of",
    "one_thread",
    "parent_of",
    "questions_of",
    "spoken_by",
    "theme_centres",
    "theme_stability",
    "threshold_for",
    "vote_kinds",
]
