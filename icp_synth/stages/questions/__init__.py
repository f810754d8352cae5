"""Find what of a draft is near to each research question of the brief."""

from icp_synth.stages.questions.asks import Told as Told
from icp_synth.stages.questions.nearest import (
    Drafted as Drafted,
    questions as questions,
)

VERSION = "questions/3"
