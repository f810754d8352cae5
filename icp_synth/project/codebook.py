"""Own categories and examples as they are given: values, mappings, or a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from icp_synth.domain.codebook import Codebook, Example, OwnCategory
from icp_synth.errors import NotFound, UsageError
from icp_synth.project.brief import parse_study, read_text

OwnCategories = Sequence[OwnCategory | Mapping[str, Any]] | str | Path
"""Own categories, or a TOML file with `[codebook]`."""

Examples = Sequence[Example | Mapping[str, Any]]


def codebook_of(codebook: OwnCategories = (), examples: Examples = ()) -> Codebook:
    """Return own categories and examples, checked.

    Args:
        codebook: As for `extract`.
        examples: As for `extract`; they follow those of the file.

    Raises:
        NotFound: There is no such file.
        UsageError: They do not hold together; the message names which and why.
    """
    if isinstance(codebook, str | Path):
        book = _codebook_file(Path(codebook))
    else:
        book = _checked({"extra": list(codebook)})
    shown = _checked({"examples": list(examples)}).examples
    whole = book.model_copy(update={"examples": (*book.examples, *shown)})
    problems = whole.problems()
    if problems:
        msg = f"The codebook does not hold together: {'; '.join(problems)}."
        hint = (
            "An own category is one new word; an example's quote stands letter for"
            " letter in one turn of a participant."
        )
        raise UsageError(msg, hint=hint)
    return whole


def _codebook_file(path: Path) -> Codebook:
    if not path.is_file():
        msg = f"There is no file {path}."
        raise NotFound(msg, hint="Give a TOML file with a [codebook].")
    return parse_study(read_text(path), name=str(path)).brief.codebook()


def _checked(given: Mapping[str, Any]) -> Codebook:
    try:
        return Codebook.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        msg = f"codebook.{place}: {first['msg']}."
        hint = (
            "A category has category, kind and description; an example text and"
            " insights, each with kind, category and quote."
        )
        raise UsageError(msg, hint=hint) from error
