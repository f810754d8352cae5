"""The analyst that needs no model: cues, patterns, a small linear model, quotes."""

from icp_synth.analysts.embedded.analyst import EmbeddedAnalyst

__all__ = ["EmbeddedAnalyst"]
