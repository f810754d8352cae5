"""Write the guide of the next interviews: what is open, and whom to ask.

Gaps are found in a synthesis (`gaps`), questions that close them come from a
catalogue in both languages (`catalogue`, questions.toml), and what fits into the
time is put in the order of a conversation (`plan`). `still_new` counts what the last
interviews brought, for whom it is not enough yet.
"""

from icp_synth.stages.guide.catalogue import Catalogue, load_catalogue
from icp_synth.stages.guide.gaps import find_gaps
from icp_synth.stages.guide.plan import MINUTES, build_guide
from icp_synth.stages.guide.still_new import late_themes, parts_of
from icp_synth.stages.guide.whom import callbacks, whom_to_seek

__all__ = [
    "MINUTES",
    "Catalogue",
    "build_guide",
    "callbacks",
    "find_gaps",
    "late_themes",
    "load_catalogue",
    "parts_of",
    "whom_to_seek",
]
