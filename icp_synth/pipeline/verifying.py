"""Check the quotes of any tool against transcripts, with no project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from icp_synth.domain.brief import Study
from icp_synth.domain.transcripts import Transcript
from icp_synth.errors import NotFound
from icp_synth.pipeline.ingest import read_all
from icp_synth.settings import resolve
from icp_synth.stages.ground.quotes import load_quotes
from icp_synth.stages.ground.report import Verification, verify as check


def verify(
    quotes: str | Path, transcripts: Sequence[str | Path], **settings: Any
) -> Verification:
    """Check every quote of a file by the statuses of contracts.md.

    Args:
        quotes: JSONL or CSV (`text`, optional `transcript`, `participant`), or any
            Markdown or text report.
        transcripts: Files, folders or globs.
        settings: Who speaks as what, as for `Project`.

    Returns:
        One checked quote a row, and counts by status.

    Raises:
        NotFound: The file of quotes or a transcript is not there.
        ReadError: The file of quotes cannot be read, with its line.
    """
    path = Path(quotes)
    if not path.is_file():
        msg = f"There is no file {path}."
        raise NotFound(msg, hint="Give the report or table whose quotes to check.")
    rows = load_quotes(path)
    return check(rows, _transcripts(transcripts, settings))


def _transcripts(
    paths: Sequence[str | Path], flags: Mapping[str, Any]
) -> list[Transcript]:
    settings = resolve(flags, {}, Study())
    found = read_all([str(path) for path in paths], settings)
    if not found:
        msg = "No transcript could be read."
        raise NotFound(msg, hint="Give --transcripts FILES that a reader takes.")
    return found
