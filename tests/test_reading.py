"""Reading one transcript: window, ask, ground, record; what is done stays done."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from icp_synth.analysts.desk import Desk
from icp_synth.analysts.embedded import EmbeddedAnalyst
from icp_synth.analysts.llm import LlmAnalyst
from icp_synth.analysts.protocol import Analyst, Brief
from icp_synth.domain.chat import ChatReply, ChatRequest
from icp_synth.domain.passages import Window
from icp_synth.domain.transcripts import Transcript
from icp_synth.llm.protocol import ChatModel
from icp_synth.llm.scripted import ScriptedModel
from icp_synth.llm.tokens import counter
from icp_synth.project.ledger import Reading
from icp_synth.reading import Reader
from icp_synth.stages.chunk import chunk
from tests.factories import make_transcript
from tests.llm.helpers import MemoryStore

TALK = make_transcript(
    [
        ("Kim", "interviewer", "What is hard?"),
        ("Ann", "participant", "The exports take two hours each Friday, I hate it."),
    ]
)


class Readings:
    """A store of readings in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], Reading] = {}

    def put_many(self, readings: Sequence[Reading]) -> None:
        for one in readings:
            self.kept[one.window, one.fingerprint] = one

    def of(self, windows: Sequence[str], fingerprint: str) -> dict[str, Reading]:
        found = ((one, self.kept.get((one, fingerprint))) for one in windows)
        return {window: reading for window, reading in found if reading is not None}
