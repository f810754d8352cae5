"""What a reader may be told: flags of the command line, as one frozen value."""

from __future__ import annotations

from icp_synth.domain.values import Value


class ReadOptions(Value):
    """How files are read and who speaks in them.

    Attributes:
        interviewers: Names given by `--interviewer`.
        participants: Names given by `--participant`.
        single_speaker: A file without labels is one participant's words.
        encoding: A Python codec name, taken where the bytes are no UTF-8.
        id_column: The column of a table that names its rows.
        text_column: The column of a table that holds the interviews.
        vtt_carry_speaker: A VTT cue without `<v>` keeps the speaker before it.
        labels: Further names that are labels in this file, whatever their form.
        refusing: Participants who do not consent, in whichever file they said so.
    """

    interviewers: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    single_speaker: bool = False
    encoding: str | None = None
    id_column: str | None = None
    text_column: str | None = None
    vtt_carry_speaker: bool = False
    labels: tuple[str, ...] = ()
    refusing: tuple[str, ...] = ()

    @property
    def known_labels(self) -> tuple[str, ...]:
        """Every name that somebody vouched for."""
        return (*self.interviewers, *self.participants, *self.labels)
