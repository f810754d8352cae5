"""A study as an object: the same commands as the command line, in Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from icp_synth.domain.chat import ChatRequest
from icp_synth.domain.profiles import Synthesis
from icp_synth.domain.transcripts import Transcript
from icp_synth.errors import NotFound
from icp_synth.pipeline import ingest, run, sources, status
from icp_synth.pipeline.events import Emit, silent
from icp_synth.pipeline.result import RunResult
from icp_synth.project.brief_edit import remove_source
from icp_synth.project.ledger import Ledger

if TYPE_CHECKING:
    from icp_synth.llm.batch import ImportReport
    from icp_synth.pipeline.plan import Plan
    from icp_synth.pipeline.searching import SearchResult

PathLike = str | Path


class Project:
    """A project folder.

    Settings given by keyword are those of `icp_synth.settings.Settings`: `model`,
    `base_url`, `prompts`, `language`, `created`, `interviewers`, `participants`,
    `single_speaker`, `in_flight`, `budget`, `gleaning`, `window` and so on;
    study.toml holds the rest.

    Args:
        folder: Made when something is first written into it.
        emit: Told of stages and progress; silent by default.

    Example:
        ```python
        from icp_synth import Project

        result = Project("study").ingest("interviews/").run()
        print(result.status, result.out["report"])
        ```
    """

    def __init__(self, folder: PathLike = ".", *, emit: Emit = silent) -> None:
        self.folder = Path(folder)
        self._emit = emit

    def ingest(self, *paths: PathLike, **settings: Any) -> Self:
        """Add sources and read them; what became of each is in `status()`.

        Args:
            paths: Files, folders and globs; tables only when they are named.
            settings: Who speaks as what, and how files are read.

        Returns:
            This project, so that `.run()` can follow.

        Raises:
            NotFound: A path is not there.
            NameClash: Two sources have one name.
        """
        with self._added(paths, settings):
            ingest.ingest(self.folder, settings, emit=self._emit, now=_now())
        return self

    def run(self, *paths: PathLike, **settings: Any) -> RunResult:
        """Take all sources to synthesis and report; resumes what was interrupted.

        Args:
            paths: Added to the sources first.
            settings: As for the class.

        Returns:
            Status, counts, cost, and where the outputs lie.

        Raises:
            EndpointRefused: The endpoint refuses the key or the model.
            ProjectLocked: Another process writes this project.
            StorageError: The disk is full or not writable.
        """
        accounts = settings.pop("accounts", None)
        if accounts is not None:
            sources.keep_accounts(self.folder, str(accounts))
        hypotheses = settings.pop("hypotheses", None)
        if hypotheses is not None:
            sources.keep_hypotheses(self.folder, Path(hypotheses))
        with self._added(paths, settings):
            return run.run(self.folder, settings, emit=self._emit, now=_now())

    def status(self) -> status.Status:
        """Return what stands in the project.

        Raises:
            NotFound: Nothing was read yet.
        """
        return status.status(self.folder, today=datetime.now(UTC).date())

    def plan(self, *paths: PathLike, **settings: Any) -> Plan:
        """Return calls, tokens and price of a run with a model; sends nothing."""
        from icp_synth.pipeline.plan import plan

        with self._added(paths, settings):
            return plan(self.folder, settings, emit=self._emit, now=_now())

    def search(
        self,
        words: str,
        *,
        group: str | None = None,
        participant: str | None = None,
        limit: int = 10,
        embedding: str | None = None,
    ) -> SearchResult:
        """Return the passages nearest to some words.

        Args:
            words: In any language that the vectors know.
            group: Only people of this group.
            participant: Only this person, by name or label.
            limit: Most passages.
            embedding: Other vectors than those of the last run.

        Raises:
            NotFound: Nothing was read yet, or there is no such group or person.
            UsageError: There are no words, or the limit is below 1.
        """
        from icp_synth.pipeline.searching import search

        return search(
            self.folder,
            words,
            {"embedding": embedding},
            group=group,
            participant=participant,
            limit=limit,
        )

    def transcript(self, name: str) -> Transcript:
        """Return a transcript by its name, its id, or its name without the ending.

        A duplicate of the same text gives the transcript that has it.

        Raises:
            NotFound: There is none.
            NameClash: Several fit.
        """
        with Ledger.open(self.folder, write=False) as ledger:
            same = {
                report.id: report.duplicate_of
                for report in ledger.transcripts.reports()
                if report.duplicate_of is not None
            }
            known = sorted({*ledger.transcripts.names(), *same})
            full = sources.full_name(name, known)
            found = ledger.transcripts.get(full)
            if found is None and full in same:
                found = ledger.transcripts.get(same[full])
        if found is None:
            msg = f"There is no transcript {name!r}."
            raise NotFound(msg, hint="`icp-synth status` lists them.")
        return found

    def synthesis(self) -> Synthesis:
        """Return the last synthesis that was written.

        Raises:
            NotFound: There is none yet.
        """
        path = self.folder / "out" / "synthesis.json"
        if not path.is_file():
            msg = f"There is no synthesis at {path}."
            raise NotFound(msg, hint="Run `icp-synth run PATH…` first.")
        return Synthesis.model_validate_json(path.read_bytes())

    def pending(self, **settings: Any) -> Sequence[ChatRequest]:
        """Return the requests that a model can be asked now; sends nothing."""
        from icp_synth.pipeline.batch import pending

        return pending(self.folder, settings, emit=self._emit, now=_now())

    def take_answers(self, lines: Iterable[str]) -> ImportReport:
        """Take in the lines of a batch's output file."""
        from icp_synth.pipeline.batch import take_in

        return take_in(self.folder, lines, emit=self._emit, now=_now())

    def remove_source(self, path: str) -> str:
        """Take one path out of the sources; its transcripts leave the next run."""
        return remove_source(self.folder, path)

    @contextmanager
    def _added(
        self, paths: Sequence[PathLike], settings: dict[str, Any]
    ) -> Iterator[None]:
        """Add sources, and take them out again where they or names are refused."""
        with sources.unless_refused(self.folder):
            if paths:
                given = [str(path) for path in paths]
                sources.add(self.folder, given, emit=self._emit, flags=settings)
            yield


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
