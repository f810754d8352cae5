"""Segments of people: found by what they share, or put together by people."""

from icp_synth.stages.segments.find import (
    LEAST_PEOPLE,
    VERSION,
    Segmentation,
    find_segments,
)
from icp_synth.stages.segments.likeness import Talk
from icp_synth.stages.segments.regroup import Regrouping, regroup
from icp_synth.stages.segments.report import report_segments

__all__ = [
    "LEAST_PEOPLE",
    "VERSION",
    "Regrouping",
    "Segmentation",
    "Talk",
    "find_segments",
    "regroup",
    "report_segments",
]
