"""verify and extract-text: no project needed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from icp_synth.cli.console import note, print_json, say
from icp_synth.cli.flags import (
    EXTRACTION,
    READER,
    SOURCES,
    SPEAKERS,
    Flags,
    JsonFlag,
    ManyValues,
    takes,
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("verify", cls=ManyValues)(verify)
    app.command("extract-text")(extract_text)


@takes(SOURCES)
def verify(
    quotes: Annotated[
        Path, typer.Argument(help="JSONL, CSV, or any Markdown or text report.")
    ],
    transcripts: Annotated[
        list[str],
        typer.Option(
            "--transcripts", metavar="PATH...", help="Files, folders or globs."
        ),
    ],
    allow_elided: Annotated[
        bool, typer.Option("--allow-elided", help="A marked omission passes.")
    ] = False,
    *,
    flags: Flags,
    as_json: JsonFlag = False,
) -> None:
    """Check the quotes of any tool's output against its sources.

    Example: icp-synth verify report.md --transcripts interviews/
    """
    from icp_synth.pipeline.verifying import check_files

    found, unread = check_files(quotes, transcripts, flags)
    unverified = found.unverified(allow_elided=allow_elided)
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        for one in found.quotes:
            say(f"{one.row:>5}  {one.status:<17}{one.transcript or '-'}: {one.text}")
            if one.reason:
                say(f"{'':>7}{one.reason}")
        say(", ".join(f"{n} {status}" for status, n in found.counts.items()))
    for report in unread:
        note(f"{report.path}: {report.status}: {report.reason}")
    if not found.quotes:
        note(f"{quotes} holds no quote; a report's must be of some length.")
    if unverified:
        note(f"{len(unverified)} of {len(found.quotes)} quotes are not verified.")
    raise typer.Exit(1 if unverified else 3 if unread else 0)


@takes(READER, SPEAKERS, EXTRACTION)
def extract_text(
    file: Annotated[str, typer.Argument(help="A file, or - for standard input.")],
    codebook: Annotated[
        Path | None,
        typer.Option("--codebook", help="A TOML file with own categories, examples."),
    ] = None,
    *,
    flags: Flags,
    as_json: JsonFlag = False,
) -> None:
    """Print the insights of one text, with no project.

    Example: icp-synth extract-text interview.txt
    """
    from icp_synth.errors import NotFound
    from icp_synth.pipeline.text import extract_bytes
    from icp_synth.project.codebook import codebook_of

    book = codebook_of(codebook) if codebook is not None else None
    if file != "-" and not Path(file).is_file():
        msg = f"There is no file {file}."
        raise NotFound(msg, hint="Give a file, or - for standard input.")
    data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    name = "text.txt" if file == "-" else Path(file).name
    found = extract_bytes(data, name=name, flags=flags, codebook=book)
    if as_json:
        print_json(
            {
                "insights": [one.model_dump(mode="json") for one in found.insights],
                "quarantined": [
                    one.model_dump(mode="json") for one in found.quarantined
                ],
                "counts": dict(found.counts),
                "failed": list(found.failed),
                "notes": list(found.notes),
            }
        )
    else:
        for one in found.insights:
            say(f"{one.kind}/{one.category}  {one.participant}")
            for quote in one.quotes:
                say(f"    [{quote.start}:{quote.end}] {' '.join(quote.text.split())}")
    for reason in (*found.notes, *found.failed):
        note(reason)
    raise typer.Exit(3 if found.failed else 0)
