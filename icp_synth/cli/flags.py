"""Options that several commands share, declared once.

`@takes(...)` gives a command whole groups of them: it is handed what was given as one
mapping, `flags`, by the names that `icp_synth.settings` knows.
"""

from __future__ import annotations

import inspect
import shlex
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup

ProjectFlag = Annotated[
    Path,
    typer.Option("--project", envvar="ICP_SYNTH_PROJECT", help="The project folder."),
]
JsonFlag = Annotated[
    bool, typer.Option("--json", help="Print one JSON object and nothing else.")
]
InterviewerFlag = Annotated[
    list[str] | None,
    typer.Option(
        "--interviewer", help="A speaker who asks; the others are participants."
    ),
]
ParticipantFlag = Annotated[
    list[str] | None,
    typer.Option(
        "--participant", help="A speaker who answers; the others are interviewers."
    ),
]
SingleFlag = Annotated[
    bool,
    typer.Option(
        "--single-speaker", help="A file without labels is one participant's words."
    ),
]
EncodingFlag = Annotated[
    str | None, typer.Option("--encoding", help="Of files that are not UTF-8.")
]
IdColumnFlag = Annotated[
    str | None,
    typer.Option("--id-column", help="The column of a table that names a row."),
]
TextColumnFlag = Annotated[
    str | None,
    typer.Option("--text-column", help="The column of a table with the interviews."),
]
ModelFlag = Annotated[
    str | None,
    typer.Option(
        "--model",
        help="openai:NAME, PROVIDER:NAME, or a bare NAME with --base-url. "
        "Without it nothing leaves the machine.",
    ),
]
BaseUrlFlag = Annotated[
    str | None,
    typer.Option("--base-url", help="An endpoint that speaks the OpenAI protocol."),
]
PromptsFlag = Annotated[
    Path | None,
    typer.Option("--prompts", help="A folder with own prompts (*.md)."),
]
LanguageFlag = Annotated[
    str | None, typer.Option("--language", help="Of the report: en or zh.")
]
PresetFlag = Annotated[
    str | None,
    typer.Option("--preset", help="b2b: ICPs of companies; b2c: of people."),
]
EmbeddingFlag = Annotated[
    str | None,
    typer.Option("--embedding", help="openai:NAME for an endpoint's vectors."),
]
InFlightFlag = Annotated[
    int | None, typer.Option("--in-flight", help="Requests at the same time.")
]
GleaningFlag = Annotated[
    int | None,
    typer.Option("--gleaning", help="1 asks once more for what was missed; 0 not."),
]
ChallengeFlag = Annotated[
    str | None,
    typer.Option("--challenge", help="Claims held against others: top:N, all, off."),
]
WindowFlag = Annotated[
    int | None,
    typer.Option("--window", help="Most tokens read at once, 500 to 100000."),
]

BudgetFlag = Annotated[
    float | None, typer.Option("--budget", help="Most dollars this run spends.")
]

Flags = Mapping[str, Any]
"""Settings that were given on the command line."""

Group = Mapping[str, tuple[Any, Any]]
"""Settings by name: how each is given, and what it is where it is not."""

SPEAKERS: Group = {
    "interviewers": (InterviewerFlag, None),
    "participants": (ParticipantFlag, None),
    "single_speaker": (SingleFlag, False),
    "encoding": (EncodingFlag, None),
}
SOURCES: Group = {
    **SPEAKERS,
    "id_column": (IdColumnFlag, None),
    "text_column": (TextColumnFlag, None),
}
ENDPOINT: Group = {"base_url": (BaseUrlFlag, None)}
PROMPTS: Group = {"prompts": (PromptsFlag, None)}
MODEL: Group = {"model": (ModelFlag, None)}
READER: Group = {**MODEL, **ENDPOINT, **PROMPTS}
EXTRACTION: Group = {"gleaning": (GleaningFlag, None), "window": (WindowFlag, None)}
CHALLENGE: Group = {"challenge": (ChallengeFlag, None)}
LANGUAGE: Group = {"language": (LanguageFlag, None)}
DRAFT: Group = {
    "embedding": (EmbeddingFlag, None),
    **LANGUAGE,
    "preset": (PresetFlag, None),
}
SPENDING: Group = {"in_flight": (InFlightFlag, None), "budget": (BudgetFlag, None)}

_GIVEN = "flags"


def takes(*groups: Group) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that puts the options of groups in place of `flags`.

    Args:
        groups: Their options stand where the command has its parameter `flags`, in
            this order.
    """
    options = {name: how for group in groups for name, how in group.items()}

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def run(**given: Any) -> None:
            flags = settings(**{name: given.pop(name) for name in options})
            command(**given, **{_GIVEN: flags})

        whole = inspect.signature(command, eval_str=True)
        parameters = [
            one
            for own in whole.parameters.values()
            for one in (_options(options) if own.name == _GIVEN else [own])
        ]
        # The defaults of some parameters stand before parameters without one.
        parameters = [
            one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in parameters
        ]
        signature = whole.replace(parameters=parameters)
        run.__dict__["__signature__"] = signature
        run.__annotations__ = {one.name: one.annotation for one in parameters}
        return run

    return decorate


def _options(options: Group) -> list[inspect.Parameter]:
    kind = inspect.Parameter.KEYWORD_ONLY
    return [
        inspect.Parameter(name, kind, annotation=how, default=default)
        for name, (how, default) in options.items()
    ]


class ManyValues(TyperCommand):
    """A command whose options of several values take all words that follow.

    `--transcripts a.txt b.txt` is `--transcripts a.txt --transcripts b.txt`, up to
    the next option or `--`. Those are the options that name their values `PATH...`.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Repeat such an option before each of its values."""
        greedy = {
            name
            for parameter in self.params
            if (getattr(parameter, "metavar", None) or "").endswith("...")
            for name in parameter.opts
            if name.startswith("--")
        }
        spread: list[str] = []
        taking = ""
        for at, word in enumerate(args):
            if word == "--":
                spread += args[at:]
                break
            name = word.partition("=")[0]
            if word.startswith("-") and word != "-":
                taking = name if name in greedy else ""
                spread.append(word)
            elif taking and spread[-1] != taking:
                spread += [taking, word]
            else:
                spread.append(word)
        return super().parse_args(ctx, spread)


class Guessing(TyperGroup):
    """A group that says which of its commands was meant, where none was named."""

    before_options: ClassVar[str]
    """The command that is meant where an option comes first."""

    before_words: ClassVar[str]
    """The command that is meant where another word does."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Refuse what names no command, with the whole line that would do."""
        first = args[0] if args else ""
        if first and first not in {*self.commands, *ctx.help_option_names}:
            usual = self.before_options if first[0] == "-" else self.before_words
            named = next((word for word in args if word in self.commands), usual)
            rest = [word for word in args if word != named]
            meant = f"{ctx.command_path} {shlex.join([named, *rest])}"
            ctx.fail(f"{first!r} is no command of it. Did you mean `{meant}`?")
        return super().parse_args(ctx, args)


def settings(**flags: Any) -> dict[str, Any]:
    """Return the flags that were given, lists as tuples and paths as text."""
    plain: dict[str, Any] = {}
    for name, value in flags.items():
        if isinstance(value, list):
            plain[name] = tuple(value)
        elif isinstance(value, Path):
            plain[name] = str(value)
        elif value is not None:
            plain[name] = value
    return plain
