"""What changed between two syntheses."""

from icp_synth.stages.diff.align import Aligned, align
from icp_synth.stages.diff.compare import compare
from icp_synth.stages.diff.pairs import Standing

__all__ = ["Aligned", "Standing", "align", "compare"]
