"""review: the page on which people correct what the program drafted."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from icp_synth.cli.console import note, print_json, say
from icp_synth.cli.flags import (
    CHALLENGE,
    DRAFT,
    EXTRACTION,
    READER,
    SOURCES,
    SPENDING,
    Flags,
    JsonFlag,
    ProjectFlag,
    takes,
)

if TYPE_CHECKING:
    from icp_synth.pipeline.project import Project
    from icp_synth.review.redraft import Redraft, Tell

HERE = Path()


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("review")(review)


@takes(READER, SOURCES, DRAFT, EXTRACTION, CHALLENGE, SPENDING)
def review(
    project: ProjectFlag = HERE,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="0 takes any free one.")
    ] = 0,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Only print the address.")
    ] = False,
    host: Annotated[
        str, typer.Option("--host", help="The address to listen on.")
    ] = "127.0.0.1",
    unsafe_host: Annotated[
        bool,
        typer.Option(
            "--unsafe-host",
            help="Take an address that other machines reach: they can read the "
            "interviews, and nothing is encrypted.",
        ),
    ] = False,
    idle_minutes: Annotated[
        float,
        typer.Option("--idle-minutes", min=0, help="End when nobody came for so long."),
    ] = 60.0,
    *,
    flags: Flags,
    as_json: JsonFlag = False,
) -> None:
    """Open a page on this machine to regroup people, beside the report.

    The options of `run` hold for "draft again". Ctrl-C ends it.

    Example: icp-synth review --project study
    """
    from icp_synth.pipeline.project import Project
    from icp_synth.review.app import Study
    from icp_synth.review.redraft import Drafting
    from icp_synth.review.server import listen

    standing = Project(project)
    standing.synthesis()  # without one there is nothing to look at: said at once
    listening = listen(
        Study(project, standing.synthesis, _somebody(), flags.get("language")),
        Drafting(_redraft(standing, flags)),
        host=host,
        port=port,
        unsafe=unsafe_host,
        idle_seconds=idle_minutes * 60,
    )
    try:
        if as_json:
            print_json({"address": listening.address, "port": listening.gate.port})
        else:
            say(listening.address)
            note("The address lets one browser in, once. Ctrl-C ends the server.")
        if not no_browser:
            _open(listening.address)
        listening.serve()
    except KeyboardInterrupt:
        note("Ended.")
        return
    note(f"Ended: nobody came for {idle_minutes:g} minutes.")


def _open(address: str) -> None:
    """Open a browser, without waiting for it: some block until they are closed."""
    import threading
    import webbrowser

    from icp_synth.cli.opening import has_display

    if has_display(os.environ, sys.platform):
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _somebody() -> str:
    """Return who sits at this machine, as the system calls them."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a user without a name, in a container
        return ""


def _redraft(project: Project, flags: Flags) -> Redraft:
    """Return how the page drafts again: what `icp-synth run` would do."""
    from icp_synth.errors import UsageError
    from icp_synth.pipeline.events import Advanced, Event, StageBegan
    from icp_synth.pipeline.project import Project as Anew
    from icp_synth.project.brief import load_study
    from icp_synth.review.redraft import Redraft
    from icp_synth.settings import resolve

    command = f"icp-synth run --project {project.folder}"

    def run(tell: Tell) -> str:
        def emit(event: Event) -> None:
            if isinstance(event, StageBegan):
                tell(event.stage, 0, event.total)
            elif isinstance(event, Advanced):
                tell(event.stage, event.done, event.total)

        made = project.synthesis().manifest
        kept: dict[str, Any] = {
            name: made.settings[name]
            for name in ("language", "preset")
            if name in made.settings
        }
        settings = {**kept, **flags}
        study = load_study(project.folder)
        if made.model and not resolve(settings, os.environ, study).model:
            msg = f"The draft is by {made.model}; here no model was named."
            hint = f"Start `icp-synth review --model {made.model}`, or: {command}"
            raise UsageError(msg, hint=hint)
        result = Anew(project.folder, emit=emit).run(**settings)
        return f"{result.status}. {result.message}".strip()

    study = load_study(project.folder)
    model = resolve(flags, os.environ, study).model
    return Redraft(run=run, model=model, command=command)
