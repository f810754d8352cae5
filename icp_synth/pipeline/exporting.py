"""The last synthesis, in another format."""

from __future__ import annotations

from pathlib import Path

from icp_synth.domain.values import Value
from icp_synth.errors import NotFound
from icp_synth.exports import FORMATS, Options
from icp_synth.pipeline.project import Project
from icp_synth.pipeline.publishing import publishable
from icp_synth.project.files import write_atomic
from icp_synth.project.ledger import Ledger


class Made(Value):
    """An export, not yet written."""

    text: str
    items: int
    default_name: str

    def write(self, path: Path) -> Path:
        """Write it, whole or not at all, and return where."""
        write_atomic(path, self.text)
        return path


def export(
    folder: Path, form: str, *, step: str | None = None, language: str | None = None
) -> Made:
    """Return the last synthesis of a project in a format.

    Raises:
        NotFound: No such format, or no synthesis yet.
    """
    if form not in FORMATS:
        msg = f"There is no format {form!r}."
        raise NotFound(msg, hint=f"Choose one of {', '.join(sorted(FORMATS))}.")
    synthesis = Project(folder).synthesis()
    with Ledger.open(folder, write=False) as ledger:
        transcripts = publishable(ledger.transcripts.all(), ledger.transcripts.people())
    words = language or str(synthesis.manifest.settings.get("language", "en"))
    made = FORMATS[form].write(
        synthesis, transcripts, Options(language=words, step=step)
    )
    name = f"{step or 'export'}{FORMATS[form].suffix}"
    return Made(text=made.text, items=made.items, default_name=name)
