"""study.toml, read into a frozen `Study`; `brief_edit` writes it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, Field, ValidationError

from icp_synth.domain.brief import (
    Brief,
    ModelSettings,
    PrivacySettings,
    ReviewSettings,
    SourceSettings,
    Study,
    TokenSettings,
)
from icp_synth.domain.codebook import (
    Codebook,
    Example,
    ExampleInsight,
    OwnCategory,
)
from icp_synth.domain.values import Value
from icp_synth.errors import SettingsError
from icp_synth.project.files import read_text as read_text
from icp_synth.project.hypotheses_file import parse_hypotheses

FILE = "study.toml"

_SECRETS = re.compile(r"key|secret|token|password", re.IGNORECASE)


class _Product(Value):
    name: str = ""
    what: str = ""
    value_proposition: tuple[str, ...] = ()
    differentiators: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    currency: str | None = Field(default=None, pattern="^[A-Z]{3}$")


class _Goal(Value):
    outcome: str = ""
    year: int | None = None


class _Research(Value):
    questions: tuple[str, ...] = ()
    preset: str | None = None
    hypotheses: tuple[dict[str, Any], ...] = ()


_ENTRIES: dict[str, type[Value]] = {
    "extra": OwnCategory,
    "examples": Example,
    "insights": ExampleInsight,
}
"""What the lists of `[codebook]` hold, by their keys."""


class _File(Value):
    """The shape of study.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid", protected_namespaces=())

    product: _Product = _Product()
    goal: _Goal = _Goal()
    research: _Research = _Research()
    codebook: Codebook = Codebook()
    sources: SourceSettings = SourceSettings()
    model: ModelSettings = ModelSettings()
    tokens: TokenSettings = TokenSettings()
    privacy: PrivacySettings = PrivacySettings()
    review: ReviewSettings = ReviewSettings()


def load_study(project: Path) -> Study:
    """Read study.toml; all defaults when there is none.

    Args:
        project: The project folder.

    Raises:
        SettingsError: It is no TOML, or has a key or value that is not known; the
            message names the line.
    """
    path = project / FILE
    if not path.is_file():
        return Study()
    return parse_study(read_text(path), name=str(path))


def parse_study(text: str, *, name: str = FILE) -> Study:
    r"""Read the text of a study.toml.

    Args:
        text: TOML.
        name: How messages call it.

    Raises:
        SettingsError: As for `load_study`.

    Example:
        >>> parse_study('[product]\nname = "Ledgerly"').brief.product
        'Ledgerly'
    """
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as cause:
        msg = f"{name} is not valid TOML: {cause}."
        raise SettingsError(msg, hint="Mend that line and run again.") from cause
    try:
        file = _File.model_validate(given)
    except ValidationError as cause:
        raise _wrong(cause, text, name) from cause
    _check(file.codebook, name)
    brief = Brief(
        product=file.product.name,
        what=file.product.what,
        questions=file.research.questions,
        value_proposition=file.product.value_proposition,
        differentiators=file.product.differentiators,
        rivals=file.product.rivals,
        currency=file.product.currency,
        outcome=file.goal.outcome,
        year=file.goal.year,
    ).with_codebook(file.codebook)
    return Study(
        brief=brief,
        sources=file.sources,
        model=file.model,
        tokens=file.tokens,
        privacy=file.privacy,
        preset=file.research.preset,
        hypotheses=parse_hypotheses(
            file.research.hypotheses, text=text, name=name, own=brief.own_categories()
        ),
        review=file.review,
    )


def _wrong(cause: ValidationError, text: str, name: str) -> SettingsError:
    """Return the first thing that is wrong, with its line and the keys there are."""
    error = cause.errors()[0]
    keys = [str(part) for part in error["loc"]]
    line = _line_of(text, keys)
    where = f"{name}, line {line}" if line else name
    said = ".".join(keys)
    if error["type"] != "extra_forbidden":
        msg = f"{where}: {said} does not fit: {error['msg']}."
        return SettingsError(msg, hint="Mend that value and run again.")
    if keys[0] == "model" and _SECRETS.search(keys[-1]):
        hint = "Keys stand in the environment, never in a file: see `doctor`."
    else:
        hint = f"Known here: {', '.join(_known_beside(keys))}."
    return SettingsError(f"{where}: unknown key {said}.", hint=hint)


def _known_beside(keys: list[str]) -> list[str]:
    model: type[Value] = _File
    for key in keys[:-1]:
        field = model.model_fields.get(key)
        found = field.annotation if field else None
        if isinstance(found, type) and issubclass(found, Value):
            model = found
        elif key in _ENTRIES:
            model = _ENTRIES[key]
    return sorted(model.model_fields)


def _line_of(text: str, keys: list[str]) -> int | None:
    """Return the line on which a key stands, as far as a plain search can tell."""
    section, found = "", None
    names = [re.escape(key) for key in keys if not key.isdigit()]
    assigned = re.compile(rf"""^\s*["']?{names[-1]}["']?\s*[=.]""")
    inline = re.compile(rf"""[{{,]\s*["']?{names[-1]}["']?\s*=""")
    for number, line in enumerate(text.splitlines(), start=1):
        header = re.match(r"^\s*\[+\s*([^\]]+?)\s*\]+", line)
        if header:
            section = header[1]
            if section.split(".")[-1] == keys[-1] and len(names) == 1:
                return number
        belongs = section.split(".")[0] == keys[0] or len(names) == 1
        if belongs and (assigned.match(line) or inline.search(line)):
            return number
        if section == keys[0] and found is None:
            found = number
    return found


def _check(codebook: Codebook, name: str) -> None:
    problems = codebook.problems()
    if problems:
        msg = f"{name}: {'; '.join(problems)}."
        hint = (
            "An own category is one new word; an example's quote stands letter for"
            " letter in one turn of a participant (docs/prompts.md)."
        )
        raise SettingsError(msg, hint=hint)
