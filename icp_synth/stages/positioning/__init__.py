"""What sets the product apart to those who use it: rivals, reasons, the message."""

from icp_synth.stages.positioning.differentiators import differentiator_table
from icp_synth.stages.positioning.message import message_match, unsaid
from icp_synth.stages.positioning.study import Told
from icp_synth.stages.positioning.why_us import why_us

__all__ = ["Told", "differentiator_table", "message_match", "unsaid", "why_us"]
