"""participants.csv of a project, or those beside its sources."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from icp_synth.domain.transcripts import Notice
from icp_synth.errors import SettingsError
from icp_synth.project.people import ParticipantRow, parse_people
from icp_synth.project.sources import Found

PEOPLE = "participants.csv"


def people_files(folder: Path, found: Found) -> Sequence[Path]:
    """Return the project's own file, or else those at the roots of its sources."""
    own = folder / PEOPLE
    return [own] if own.is_file() else found.people


def read_people(
    files: Sequence[Path],
) -> tuple[tuple[ParticipantRow, ...], tuple[Notice, ...]]:
    """Return the rows of some files, and what of them is not used.

    Raises:
        SettingsError: One cannot be read, or does not hold together.
    """
    rows: list[ParticipantRow] = []
    notices: list[Notice] = []
    for path in files:
        try:
            parsed = parse_people(path.read_bytes())
        except OSError as error:
            msg = f"{path} cannot be read: {error.strerror}."
            raise SettingsError(msg, hint="Check its rights.") from error
        rows += parsed.rows
        notices += parsed.notices
    return tuple(rows), tuple(notices)


def rows_of_nothing(rows: Sequence[ParticipantRow], found: Found) -> Iterator[str]:
    """Say which rows name a file that is no source."""
    known = {PurePosixPath(_nfc(file.where)).name for file in found.files}
    for row in rows:
        name = PurePosixPath(_nfc(row.file)).name
        if name not in known and name.partition("#")[0] not in known:
            yield f"{PEOPLE}, row {row.row}: no source is called {row.file}."


def _nfc(path: str) -> str:
    return unicodedata.normalize("NFC", path.replace("\\", "/"))
