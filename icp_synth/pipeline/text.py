"""Insights of one text, with no project."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from icp_synth.analysts.desk import Desk
from icp_synth.domain.brief import Brief, Study
from icp_synth.domain.chat import ChatReply, ChatRequest
from icp_synth.domain.codebook import Codebook
from icp_synth.domain.insights import Insight, Quarantined
from icp_synth.domain.transcripts import SourceReport, Transcript
from icp_synth.domain.values import Value
from icp_synth.errors import SettingsError, SourceRefused
from icp_synth.llm.connect import connect, why_not
from icp_synth.llm.tokens import counter
from icp_synth.llm.usage import Budget
from icp_synth.pipeline.ingest import read_options
from icp_synth.pipeline.session import analyst_of, price
from icp_synth.project.codebook import Examples, OwnCategories, codebook_of
from icp_synth.project.ledger import Reading
from icp_synth.reading import Reader, basis_of, unread_codebook
from icp_synth.settings import resolve
from icp_synth.stages.chunk import Budgets, chunk
from icp_synth.stages.read import ReadOptions, read_source

_NAME = "text"


class Extracted(Value):
    """Insights of one text.

    Attributes:
        transcript: The text as it was read; offsets count in its `text`.
        insights: By place.
        quarantined: Quotes that were refused.
        counts: Quotes by status, and beside them `gleaned`, `invalid_items` …
        failed: Why windows could not be read, if any could not.
        notes: What was left aside, and why.
    """

    transcript: Transcript
    insights: tuple[Insight, ...]
    quarantined: tuple[Quarantined, ...]
    counts: Mapping[str, int]
    failed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def extract(
    text: str,
    *,
    name: str = _NAME,
    codebook: OwnCategories = (),
    examples: Examples = (),
    **settings: Any,
) -> Extracted:
    r"""Read one text; without a model nothing leaves the machine.

    Args:
        text: An interview with speaker labels, or one person's words without any.
        name: How the transcript is called; an ending chooses how it is parsed.
        codebook: Own categories, beside those of the codebook: each a category, its
            kind and a description; or a TOML file with `[codebook]`.
        examples: Passages with their insights, shown to a model before it reads.
            Without a model neither these nor own categories are used (`notes`).
        settings: As for `Project` (`model`, `base_url`, `participants`, `gleaning`,
            `window` …).

    Returns:
        Insights whose quotes are slices of `transcript.text`.

    Raises:
        SettingsError: A model is named that cannot be reached.
        SourceRefused: Nobody in the text is known to be a participant.
        UsageError: Own categories or examples do not hold together, such as an
            example whose quote does not stand in it; nothing was asked then.
        PromptError: The prompt has no place for examples.

    Example:
        ```python
        from icp_synth import extract

        found = extract("Interviewer: How is it?\n\nAnna: I hate how slow it is.")
        print(found.insights[0].quotes[0].text)
        ```
    """
    book = codebook_of(codebook, examples)
    return extract_bytes(text.encode("utf-8"), name=name, flags=settings, codebook=book)


def extract_bytes(
    data: bytes,
    *,
    name: str,
    flags: Mapping[str, Any],
    codebook: Codebook | None = None,
) -> Extracted:
    """Read the bytes of one file, as `extract` reads a text."""
    study = Study(brief=Brief().with_codebook(codebook or Codebook()))
    settings = resolve(flags, os.environ, study)
    transcript = _read(data, name, read_options(settings))
    analyst = analyst_of(settings, study)
    model = None
    if settings.model is not None:
        model = connect(
            settings.model, base_url=settings.base_url, timeout=settings.timeout
        )
        if model is None:
            msg = why_not(settings.model)
            raise SettingsError(msg, hint="Leave --model out for the embedded analyst.")
    desk = Desk(_Memory(), model, budget=Budget(price=price(settings)))
    reader = Reader(
        analyst,
        desk=desk,
        store=_Memory(),
        basis=basis_of(study.brief, settings),
        extra=study.brief.own_categories(),
    )
    budgets = Budgets(window=settings.window)
    windows = chunk(transcript, counter(settings.token_encoding), budgets).windows
    readings = reader.read([(transcript, windows)], lambda _: None)
    desk.check()
    counts: dict[str, int] = {}
    for reading in readings.values():
        for status, number in reading.counts.items():
            counts[status] = counts.get(status, 0) + number
    return Extracted(
        transcript=transcript,
        insights=tuple(one for r in readings.values() for one in r.insights),
        quarantined=tuple(one for r in readings.values() for one in r.quarantined),
        counts=counts,
        failed=tuple(
            r.reason or r.outcome for r in readings.values() if r.outcome != "done"
        ),
        notes=tuple(_notes(analyst.model, study.brief, readings.values())),
    )


def _notes(
    model: str | None, brief: Brief, readings: Iterable[Reading]
) -> Iterator[str]:
    unread = unread_codebook(brief) if model is None else ""
    if unread:
        yield unread
    for reading in readings:
        if reading.outcome == "done" and reading.reason:
            yield reading.reason


def _read(data: bytes, name: str, options: ReadOptions) -> Transcript:
    """Read a text; one without any label is one person's words."""
    named = name if "." in name else f"{name}.txt"
    alone = options.model_copy(update={"single_speaker": True})
    reports: list[SourceReport] = []
    empty = True
    for tried in (options, alone):
        found = read_source(data, named, options=tried)
        taken = [one for one in found.transcripts if one.left_out is None]
        if len(taken) == 1:
            return taken[0]
        if taken:
            msg = f"{name} holds {len(taken)} interviews, and this reads one."
            raise SettingsError(msg, hint=f"Make a project: icp-synth run {name}.")
        reports += found.reports
        empty = not any(one.text.strip() for one in found.transcripts)
    raise _refusal(name, reports[0], empty=empty)


def _refusal(name: str, report: SourceReport, *, empty: bool) -> SourceRefused:
    """Return the error of a text that was not taken, with the way out that fits."""
    reason = report.reason or "nothing could be read"
    if report.status in {"refused", "failed"}:
        # The reason of a file that could not be read ends with its own way out.
        what, _, way = reason.partition(". ")
        code = report.notices[0].code if report.notices else "unreadable"
        return SourceRefused(f"{name}: {what}.", code=code, hint=way)
    hint = "Say who answers with --participant, or who asks with --interviewer."
    if empty:
        hint = "Give a file that holds the words of an interview."
    return SourceRefused(f"{name}: {reason}", code="no_participant", hint=hint)


class _Memory:
    """Keeps replies and readings of one call."""

    def __init__(self) -> None:
        self._replies: dict[str, ChatReply] = {}

    def get_reply(self, key: str) -> ChatReply | None:
        return self._replies.get(key)

    def put_reply(self, request: ChatRequest, reply: ChatReply) -> None:
        self._replies[request.key()] = reply

    def put_many(self, readings: Sequence[Reading]) -> None:
        """Take nothing: the caller has the readings."""

    def of(self, windows: Sequence[str], fingerprint: str) -> dict[str, Reading]:
        del windows, fingerprint
        return {}
