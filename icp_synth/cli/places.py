"""Where the requests of a command belong: a project, or labelled interviews."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from icp_synth.cli.console import progress

if TYPE_CHECKING:
    from icp_synth.analysts.submitting import Place
    from icp_synth.evaluation.runner import Order

EvalFlag = Annotated[
    list[Path] | None,
    typer.Option(
        "--eval",
        help="A folder of labelled interviews, as for `eval run`; several times. "
        "--project is then where its readings are kept.",
    ),
]
EpochsFlag = Annotated[
    int | None, typer.Option("--epochs", help="With --eval: ask so often.")
]
LimitFlag = Annotated[
    int | None, typer.Option("--limit", help="With --eval: the first interviews.")
]
CaseFlag = Annotated[
    list[str] | None, typer.Option("--case", help="With --eval: only this interview.")
]


@dataclass(frozen=True)
class Asking:
    """What a command line says of where requests come from and answers go.

    Attributes:
        project: The project folder; with `folders` only where it was given.
        folders: Of labelled interviews; none asks for the project.
        flags: As for `icp_synth.settings.resolve`.
        epochs, limit, case: As for `eval run`.
    """

    project: Path
    folders: Sequence[Path]
    flags: Mapping[str, Any]
    given: bool = False
    epochs: int | None = None
    limit: int | None = None
    case: Sequence[str] = ()

    def order(self) -> Order:
        """Return what is to be measured."""
        from icp_synth.evaluation.runner import Order

        model = self.flags.get("model")
        return Order(
            project=self.project if self.given else None,
            models=(model,) if model else (),
            only=tuple(self.case),
            limit=self.limit,
            epochs=self.epochs or 1,
            flags={name: v for name, v in self.flags.items() if name != "model"},
            now=_now(),
        )

    def places(self) -> list[Place]:
        """Return the folders with the ledgers."""
        if self.folders:
            from icp_synth.evaluation.batch import places

            return places(self.folders, self.order())
        from icp_synth.pipeline.batch import place

        return [place(self.project, self.flags)]

    def lines(self, step: str | None) -> list[str]:
        """Return the lines of a batch with what can be asked now."""
        from icp_synth.pipeline.batch import READING_STEPS, STEPS, check_step, to_lines
        from icp_synth.pipeline.events import Advanced
        from icp_synth.pipeline.project import Project

        check_step(step, steps=READING_STEPS if self.folders else STEPS)
        with progress() as emit:
            if not self.folders:
                found = Project(self.project, emit=emit).pending(**self.flags)
                return to_lines(found, step)
            from icp_synth.evaluation.batch import pending

            def show(stage: str, done: int, total: int, cost: float | None) -> None:
                emit(Advanced(stage=stage, done=done, total=total, cost=cost))

            return to_lines(pending(self.folders, self.order(), show=show), step)


def asking(
    context: typer.Context,
    project: Path,
    folders: Sequence[Path] | None,
    flags: Mapping[str, Any],
    **more: Any,
) -> Asking:
    """Return what the command line says; `more` are epochs, limit and case.

    The environment names the project of a study, not of an evaluation.
    """
    source = context.get_parameter_source("project")
    return Asking(
        project=project,
        folders=tuple(folders or ()),
        flags=flags,
        given=source is not None and source.name == "COMMANDLINE",
        **{name: value for name, value in more.items() if value is not None},
    )


def _now() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="seconds")
