"""One model on one labelled folder: read, match, count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from icp_synth.analysts.choice import (
    Show,
    analyst_of,
    desk_of,
    held_out_from,
    trained_on,
)
from icp_synth.analysts.desk import Desk
from icp_synth.analysts.protocol import Analyst
from icp_synth.analysts.waiting import remember
from icp_synth.domain.brief import Brief, Study
from icp_synth.domain.chat import ChatRequest
from icp_synth.domain.ids import content_id
from icp_synth.domain.passages import Passage, Window
from icp_synth.domain.transcripts import Transcript
from icp_synth.evaluation.curves import curves
from icp_synth.evaluation.dataset import Case, Dataset
from icp_synth.evaluation.metrics import rows
from icp_synth.evaluation.own import OwnMetric
from icp_synth.evaluation.results import (
    CaseCounts,
    Coverage,
    Leak,
    ModelRun,
    RefusedQuote,
)
from icp_synth.evaluation.scoring import Scored, score
from icp_synth.evaluation.usage import usage_rows
from icp_synth.llm.tokens import counter
from icp_synth.project.ledger import Ledger, Reading
from icp_synth.reading import Reader, basis_of, unread_codebook
from icp_synth.settings import Settings
from icp_synth.stages.chunk import VERSION as CHUNK_VERSION, Budgets, chunk

EMBEDDED = "embedded"
"""How the analyst without a model is called where models are listed."""


class Measured(NamedTuple):
    """What was measured of one model.

    Attributes:
        run: For the result.
        scored: Every reading that was scored.
        pending: Requests that are not answered.
    """

    run: ModelRun
    scored: tuple[Scored, ...]
    pending: int = 0


class Measuring:
    """One model on one labelled folder.

    Args:
        dataset: The interviews.
        settings: Of the model.
        ledger: Where readings and replies are kept; open to write.
        now: ISO 8601; logged with calls.
        show: Told of progress.
    """

    def __init__(
        self,
        dataset: Dataset,
        settings: Settings,
        ledger: Ledger,
        *,
        now: str,
        show: Show,
    ) -> None:
        brief = Brief().with_codebook(dataset.about.codebook)
        self._dataset = dataset
        self._settings = settings
        self._ledger = ledger
        self._now = now
        self._show = show
        self._brief = brief
        self._study = Study(brief=brief)
        self._count = counter(settings.token_encoding)
        self._coverage = {"done": 0, "failed": 0, "pending": 0}
        self._waiting: dict[str, None] = {}
        self._pending: list[ChatRequest] = []
        self._scored: list[Scored] = []
        self._refused: list[RefusedQuote] = []

    def measure(
        self,
        *,
        epochs: int,
        own: Sequence[OwnMetric],
        ask: bool,
    ) -> Measured:
        """Read, match and count; what waits for answers is not scored.

        Args:
            epochs: How often each interview is read.
            own: Metrics that the user wrote.
            ask: Send what is not answered yet.
        """
        analyst = analyst_of(self._settings, self._study, held_out=True)
        seen = trained_on(analyst)
        leaks = [one for one in self._dataset.cases if _hash(one) in seen]
        kept = [one for one in self._dataset.cases if _hash(one) not in seen]
        for epoch in range(1, (epochs if self._settings.model else 1) + 1):
            self._epoch(epoch, kept, own, ask=ask)
        remember(self._ledger, self._pending, model=self._settings.model)
        name = analyst.model or EMBEDDED
        usage = self._ledger.runs.usage_totals(model=analyst.model or "")
        items = sum(int(one.counts.get("predicted", 0)) for one in self._scored)
        used = usage_rows(
            usage,
            model=name,
            cases=len(self._scored),
            items=items,
            seconds=self._ledger.runs.call_seconds(analyst.model or ""),
        )
        run = ModelRun(
            model=name,
            analyst=analyst.name,
            prompt_hash=analyst.fingerprints()["extract"],
            config_hash=self._config_hash(analyst),
            epochs=epochs if self._settings.model else 1,
            metrics=(*rows(self._scored, name), *used),
            curves=curves([one.sweep for one in self._scored]),
            coverage=Coverage(windows=sum(self._coverage.values()), **self._coverage),
            cost={
                "usd": usage.cost,
                "tokens_in": usage.input_tokens,
                "tokens_out": usage.output_tokens,
                "tokens_cached": usage.cached_tokens,
            },
            leaks=tuple(
                Leak(case=one.name, text_sha256=one.transcript.text_sha256)
                for one in leaks
            ),
            held_out=tuple(
                one.name for one in kept if held_out_from(analyst, _hash(one))
            ),
            waiting=tuple(self._waiting),
            problems=tuple(said for one in self._scored for said in one.problems),
            refused=tuple(self._refused),
            notes=tuple(filter(None, [self._note()])),
            cases=tuple(CaseCounts.of(one) for one in self._scored),
        )
        return Measured(run, tuple(self._scored), len(self._pending))

    def _note(self) -> str:
        return "" if self._settings.model else unread_codebook(self._brief)

    def _epoch(
        self, epoch: int, cases: Sequence[Case], own: Sequence[OwnMetric], *, ask: bool
    ) -> None:
        # The first epoch is an ordinary reading, so that its answers serve a run too.
        update = {"epoch": epoch} if epoch > 1 else {}
        parameters = {**self._settings.parameters, **update}
        settings = self._settings.model_copy(update={"parameters": parameters})
        desk = desk_of(settings, self._ledger, now=self._now, ask=ask, show=self._show)
        reader = Reader(
            analyst_of(settings, self._study, held_out=True),
            desk=desk,
            store=self._ledger.readings,
            basis=basis_of(self._brief, settings),
            extra=self._brief.own_categories(),
        )
        budgets = Budgets(window=settings.window)
        chunked = [chunk(one.transcript, self._count, budgets) for one in cases]
        windows = {
            case.name: found.windows for case, found in zip(cases, chunked, strict=True)
        }
        passages = {
            case.name: found.passages
            for case, found in zip(cases, chunked, strict=True)
        }
        work = [(one.transcript, windows[one.name]) for one in cases]
        readings = self._read(reader, desk, work)
        self._pending += desk.pending
        for case in cases:
            found = [readings[window.id] for window in windows[case.name]]
            self._take(case, found, passages[case.name], epoch, own)

    def _take(
        self,
        case: Case,
        readings: Sequence[Reading],
        passages: Sequence[Passage],
        epoch: int,
        own: Sequence[OwnMetric],
    ) -> None:
        for reading in readings:
            self._coverage[reading.outcome] += 1
        if any(reading.outcome == "pending" for reading in readings):
            self._waiting[case.name] = None
            return
        scored = score(case, readings, epoch=epoch, passages=passages, own=own)
        self._scored.append(scored)
        self._refused += [
            RefusedQuote(
                case=case.name,
                epoch=epoch,
                status=one.reason,
                quote=one.quote,
                statement=one.statement,
            )
            for reading in readings
            for one in reading.quarantined
        ]

    def _read(
        self,
        reader: Reader,
        desk: Desk,
        work: Sequence[tuple[Transcript, Sequence[Window]]],
    ) -> Mapping[str, Reading]:
        total = sum(len(windows) for _, windows in work)
        done = 0

        def tell(_: Reading) -> None:
            nonlocal done
            done += 1
            self._show("extract", done, total, desk.budget.totals.cost)

        readings = reader.read(work, tell)
        desk.check()
        return readings

    def _config_hash(self, analyst: Analyst) -> str:
        # The name of a tokenizer decides the windows; limits and addresses do not.
        return content_id(
            "cfg",
            {"parameters": dict(self._settings.parameters)},
            CHUNK_VERSION,
            self._settings.token_encoding,
            self._settings.window,
            analyst.fingerprints().get("glean"),
        )


def _hash(case: Case) -> str:
    return case.transcript.text_sha256
