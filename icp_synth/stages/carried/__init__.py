"""What drafted sentences and names may say: what their evidence carries.

`sentence` holds a text against all that it cites, `each` against the words of each of
the people.
"""

from icp_synth.stages.carried.each import carries, not_of_each
from icp_synth.stages.carried.sentence import (
    CUT,
    VERSION,
    Flagged,
    FlaggedSentence,
    FlaggedTitle,
    Reason,
    says_nothing,
    uncarried,
)

__all__ = [
    "CUT",
    "VERSION",
    "Flagged",
    "FlaggedSentence",
    "FlaggedTitle",
    "Reason",
    "carries",
    "not_of_each",
    "says_nothing",
    "uncarried",
]
