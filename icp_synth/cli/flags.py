"""Options that several commands share, declared once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

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
