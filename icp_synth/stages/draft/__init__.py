"""Build the skeleton of every ICP and persona; the analyst only words it."""

from icp_synth.stages.draft.claims import (
    claims_of,
    criteria_of,
    refused_of,
    skeleton_of,
)
from icp_synth.stages.draft.profiles import Profile, draft_profiles, share_enough
from icp_synth.stages.draft.seeds import Findings

__all__ = [
    "Findings",
    "Profile",
    "claims_of",
    "criteria_of",
    "draft_profiles",
    "refused_of",
    "share_enough",
    "skeleton_of",
]
