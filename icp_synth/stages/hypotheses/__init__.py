"""Top-down: weigh hypotheses against what participants said, and place the ICP.

`weigh` takes one hypothesis at a time: figures and words of facts are compared,
free words by likeness (and a judge, where there is one). `top_down` puts those of
one ICP together and tells whether its people are others than those found bottom-up.
`propose_test` says how to find out what has no test plan yet.
"""

from icp_synth.stages.hypotheses.plans import propose_test
from icp_synth.stages.hypotheses.top_down import (
    LEAST_OVERLAP,
    by_icp,
    icp_id,
    top_down,
)
from icp_synth.stages.hypotheses.weigh import Said, weigh

__all__ = [
    "LEAST_OVERLAP",
    "Said",
    "by_icp",
    "icp_id",
    "propose_test",
    "top_down",
    "weigh",
]
