"""Load, validate, render and fingerprint the prompts of `prompts/*.md`.

A prompt is a Markdown file with YAML front matter (`id`, `version`, `variables`,
`schema`) and two parts, `# system` and `# user`. What never changes stands in the
system part, so that a provider's prompt caching pays. A prompt that goes on with a
conversation (`glean`) has its `# user` part alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from icp_synth.domain.chat import Message
from icp_synth.domain.ids import canonical_json, sha256_text
from icp_synth.domain.values import Value
from icp_synth.errors import PromptError

if TYPE_CHECKING:
    from jinja2 import Template

_FRONT = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_PART = re.compile(r"^# (system|user)[ \t]*\n", re.MULTILINE)
_SCHEMA_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_HASH_LENGTH = 12
_GOES_ON = frozenset({"glean"})
"""Prompts that follow an answer, and so have no system part of their own."""


class Prompt(Value):
    """A versioned prompt.

    Attributes:
        id: What it is for: `extract`, `glean`, `name_themes`, `name_groups`, `draft`,
            `judge`.
        version: Raised by a person with every change of wording.
        variables: Names that both parts may use, and must be given.
        schema_name: Name of the answer's schema (front matter `schema`).
        system: The part that never changes within a study; empty where there is none.
        user: The part that carries the material.
        sha256: Of the file's text.
    """

    id: str
    version: int
    variables: tuple[str, ...]
    schema_name: str
    system: str
    user: str
    sha256: str

    def fingerprint(self, schema: Mapping[str, Any]) -> str:
        """Return `ID@VERSION#HASH`, the hash over text and schema."""
        digest = sha256_text(self.sha256 + canonical_json(schema))
        return f"{self.id}@{self.version}#{digest[:_HASH_LENGTH]}"


def packaged_prompts() -> Path:
    """Return the folder of the shipped prompts: the wheel's, or the repository's."""
    inside = Path(__file__).parent / "_prompts"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "prompts"


def check_folder(folder: Path) -> None:
    """Refuse a folder of own prompts in which something would be passed over.

    Args:
        folder: `--prompts DIR`.

    Raises:
        PromptError: It is not there, holds no prompt, or a `*.md` that is none.
    """
    known = sorted(path.name for path in packaged_prompts().glob("*.md"))
    hint = f"The prompts are {', '.join(known)}."
    if not folder.is_dir():
        msg = f"There is no folder {folder} with prompts."
        raise PromptError(msg, hint="Check --prompts, or leave it out.")
    there = sorted(path.name for path in folder.glob("*.md"))
    odd = [name for name in there if name not in known]
    if odd:
        msg = f"{folder / odd[0]} is no prompt that is known."
        raise PromptError(msg, hint=f"{hint} Rename it, or put it elsewhere.")
    if not there:
        msg = f"There is no prompt in {folder}."
        raise PromptError(msg, hint=hint)


def load_prompt(name: str, folder: Path | None = None) -> Prompt:
    """Load and check one prompt.

    Args:
        name: The file's name without `.md`.
        folder: `--prompts DIR`; a prompt that it lacks comes from the package.

    Raises:
        PromptError: No such file, broken front matter, another prompt's id, a part
            missing, or a variable used that the front matter does not list (or the
            reverse).
    """
    path = packaged_prompts() / f"{name}.md"
    if folder is not None and (folder / f"{name}.md").is_file():
        path = folder / f"{name}.md"
    try:
        text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        msg = f"The prompt {name!r} cannot be read at {path}: {error.strerror}."
        raise PromptError(msg, hint="Check --prompts.") from error
    except UnicodeDecodeError as error:
        msg = f"{path} is not UTF-8 at byte {error.start}."
        raise PromptError(msg, hint="Save the file as UTF-8.") from error
    prompt = _parse(text, path)
    if prompt.id != name:
        msg = f"{path} says that it is the prompt {prompt.id!r}."
        raise PromptError(msg, hint=f"Its id must be {name!r}, like the file's name.")
    return prompt


def _parse(text: str, path: Path) -> Prompt:
    import yaml

    found = _FRONT.match(text)
    if found is None:
        msg = f"{path} has no front matter."
        hint = "Begin the file with `---`, id, version, variables, schema, `---`."
        raise PromptError(msg, hint=hint)
    pieces = _PART.split(found.group(2))
    parts = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    wanted = ["user"] if path.stem in _GOES_ON else ["system", "user"]
    if sorted(pieces[1::2]) != wanted or pieces[0].strip():
        named = ", ".join(f"one part `# {part}`" for part in wanted)
        msg = f"{path} needs {named}, and no other."
        raise PromptError(msg, hint="Each is a heading alone on its line.")
    try:
        front = yaml.safe_load(found.group(1))
        prompt = Prompt(
            id=front["id"],
            version=front["version"],
            variables=tuple(front["variables"] or ()),
            schema_name=front["schema"],
            system=parts.get("system", "").strip(),
            user=parts["user"].strip(),
            sha256=sha256_text(text),
        )
    except (yaml.YAMLError, KeyError, TypeError, ValidationError) as error:
        msg = f"The front matter of {path} does not hold together: {error}."
        hint = "It needs id, version (a number), variables (a list) and schema."
        raise PromptError(msg, hint=hint) from error
    if not _SCHEMA_NAME.fullmatch(prompt.schema_name):
        msg = f"{path}: {prompt.schema_name!r} is no name of a schema."
        raise PromptError(msg, hint="Use up to 64 of letters, digits, `_` and `-`.")
    _check_variables(prompt, path)
    return prompt


def _check_variables(prompt: Prompt, path: Path) -> None:
    from jinja2 import TemplateError, meta
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment()
    try:
        used = meta.find_undeclared_variables(
            environment.parse(f"{prompt.system}\n{prompt.user}")
        )
    except TemplateError as error:
        msg = f"{path} is no valid template: {error}."
        raise PromptError(msg, hint="Variables are written {{ name }}.") from error
    if used != set(prompt.variables):
        odd = ", ".join(sorted(used ^ set(prompt.variables)))
        msg = f"{path}: the variables listed and those used differ: {odd}."
        raise PromptError(msg, hint="List in `variables` just what the text uses.")


@lru_cache(maxsize=32)
def _template(text: str) -> Template:
    """Compile a part once; a study renders it for every window."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(text)


def render_prompt(prompt: Prompt, **values: Any) -> tuple[Message, ...]:
    """Render the messages; values are data and are never read as a template.

    Args:
        prompt: A part that it lacks gives no message.
        values: At least its variables; others are passed over.

    Raises:
        PromptError: A variable was not given, with the names of all that miss, or
            the template asks for something that a variable does not have.
    """
    from jinja2 import TemplateError

    missing = sorted(set(prompt.variables) - values.keys())
    if missing:
        msg = f"The prompt {prompt.id!r} misses: {', '.join(missing)}."
        hint = f"It can use: {', '.join(sorted(values)) or 'nothing'}."
        raise PromptError(msg, hint=hint)
    try:
        system, user = (
            _template(part).render(values) for part in (prompt.system, prompt.user)
        )
    except (TemplateError, TypeError) as error:
        msg = f"The prompt {prompt.id!r} cannot be rendered: {error}."
        raise PromptError(
            msg, hint="Compare it with the one of the package."
        ) from error
    asked = Message(role="user", content=user)
    return (Message(role="system", content=system), asked) if system else (asked,)
