"""Top-down: weigh hypotheses against what participants said, and place the ICP.

`weigh` takes one hypothesis at a time: figures and words of facts are compared,
free words by likeness (and a judge, where there is one). `top_down` puts those of
one ICP together and tells whether its people are others than those found bottom-up.
"""

from icp_synth.stages.hypotheses.top_down import LEAST_OVERLAP, top_down
from icp_synth.stages.hypotheses.weigh import Said, weigh

__all__ = ["LEAST_OVERLAP", "Said", "top_down", "weigh"]
