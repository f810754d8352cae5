"""case.toml of a folder of labelled interviews: who speaks as what, and where from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from icp_synth.domain.codebook import Codebook
from icp_synth.domain.fields import Kind
from icp_synth.domain.values import Value
from icp_synth.errors import UsageError

CASE_FILE = "case.toml"


class Ceiling(Value):
    """How far the annotators themselves agree: no reading can show more.

    Attributes:
        value: Agreement of two annotators by the codebook's rule, 0 to 1.
        origin: Who they were and how it was measured, for people.
        name: The metric that it bounds.
    """

    value: float
    origin: str = ""
    name: str = "item_f1"


class CaseFile(Value):
    """case.toml: who speaks as what, and where labels and texts are from.

    `texts` names files that lie elsewhere, relative to the folder.
    """

    interviewers: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    language: str | None = None
    origin: str = ""
    licence: str = ""
    ceiling: Ceiling | None = None
    codebook: Codebook = Codebook()
    texts: Mapping[str, str] = {}

    def own_categories(self) -> tuple[tuple[Kind, str], ...]:
        """Return its own categories as (kind, category)."""
        return tuple((one.kind, one.category) for one in self.codebook.extra)


def read_about(folder: Path) -> CaseFile:
    """Return what case.toml of a folder says; nothing where there is none.

    Raises:
        UsageError: It does not hold together.
    """
    path = folder / CASE_FILE
    if not path.is_file():
        return CaseFile()
    try:
        about = CaseFile.model_validate(tomllib.loads(path.read_text("utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = f"{path} is not valid TOML: {error}."
        raise UsageError(msg, hint="Mend that line and run again.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        msg = f"{path}: {place}: {first['msg']}."
        hint = f"It may hold {', '.join(CaseFile.model_fields)}."
        raise UsageError(msg, hint=hint) from error
    if problems := about.codebook.problems():
        msg = f"{path}: {'; '.join(problems)}."
        raise UsageError(msg, hint="Labels and readings share this codebook: mend it.")
    return about
