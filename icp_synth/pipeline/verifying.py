"""Check the quotes of any tool against transcripts, with no project."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from icp_synth.domain.brief import Study
from icp_synth.domain.transcripts import SourceReport
from icp_synth.errors import NotFound, ReadError, UsageError
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
        UsageError: The file of quotes does not fit; the message names the line.
    """
    return check_files(quotes, transcripts, settings)[0]


def check_files(
    quotes: str | Path, transcripts: Sequence[str | Path], flags: Mapping[str, Any]
) -> tuple[Verification, tuple[SourceReport, ...]]:
    """Do `verify`, and also return the reports of files that could not be read."""
    path = Path(quotes)
    if not path.is_file():
        msg = f"There is no file {path}."
        raise NotFound(msg, hint="Give the report or table whose quotes to check.")
    try:
        rows = load_quotes(path)
    except ReadError as error:
        raise UsageError(_whole(error), hint=error.hint) from error
    settings = resolve(flags, os.environ, Study())
    places = [str(one) for one in transcripts]
    read, unread = read_all(places, settings, without=path)
    if not read:
        msg = "No transcript could be read."
        if unread:
            msg += f" {unread[0].path}: {unread[0].reason}"
        raise NotFound(msg, hint="Give --transcripts FILES that a reader takes.")
    return check(rows, read), unread


def _whole(error: ReadError) -> str:
    return f"{error.message} ({error.place})." if error.place else f"{error.message}."
