"""The stages of each transcript by itself: chunk, index, extract."""

from __future__ import annotations

from collections import Counter, defaultdict

from icp_synth import index as passage_index
from icp_synth.domain.ids import content_id
from icp_synth.domain.passages import Window
from icp_synth.domain.transcripts import Transcript
from icp_synth.llm.tokens import counter
from icp_synth.pipeline.events import Advanced, Said
from icp_synth.pipeline.vectors import EMBEDDING_STATE, corpus_of
from icp_synth.pipeline.work import Work
from icp_synth.project.ledger import Reading, StageCounts
from icp_synth.reading import Reader, basis_of, unread_codebook
from icp_synth.settings import Settings
from icp_synth.stages.chunk import VERSION as CHUNK_VERSION, Budgets, chunk as cut

_TOLD_EACH = 3
"""How often one reason why a window failed is told; `status` has them all."""


def chunk(work: Work) -> StageCounts:
    """Cut every transcript that was not cut in this way before."""
    count = counter(work.settings.token_encoding)
    if count.note:
        work.emit(Said(message=count.note))
    budgets = Budgets(window=work.settings.window)
    known = work.ledger.chunks.fingerprints()
    with work.ledger.transaction():
        for transcript in work.transcripts:
            basis = (count.name, budgets.model_dump(), transcript.text_sha256)
            roles = [[turn.speaks, turn.participant] for turn in transcript.turns]
            fingerprint = content_id(
                "cut", CHUNK_VERSION, basis, roles, *_withheld(transcript)
            )
            if known.get(transcript.id) == fingerprint:
                continue
            chunks = cut(transcript, count, budgets)
            work.ledger.chunks.put(
                transcript.id,
                fingerprint,
                windows=chunks.windows,
                passages=chunks.passages,
            )
    names = {one.id for one in work.transcripts}
    work.windows = tuple(
        one for one in work.ledger.chunks.windows() if one.transcript in names
    )
    work.passages = tuple(
        one for one in work.ledger.chunks.passages() if one.transcript in names
    )
    return StageCounts(done=len(work.transcripts))


def _withheld(transcript: Transcript) -> list[list[int]]:
    """Return the turns that are not read as one more part of a fingerprint."""
    withheld = [turn.index for turn in transcript.turns if turn.withheld]
    return [withheld] if withheld else []


def index(work: Work) -> StageCounts:
    """Bring the index to the passages; where it cannot be made, search is exact."""
    corpus = corpus_of(work.ledger, work.embedder, keep=True)
    work.vectors([corpus.text(entry) for entry in corpus.entries])
    work.ledger.runs.set_state(EMBEDDING_STATE, _vectors_of(work.settings))
    stored = passage_index.put(work.folder / ".icp", corpus)
    if stored.reason:
        message = f"Search stays exact for now: {stored.reason}."
        work.emit(Said(message=message))
        return StageCounts(skipped=len(corpus.entries))
    return StageCounts(done=len(corpus.entries))


def _vectors_of(settings: Settings) -> dict[str, str | None]:
    """Return what a later search needs for the same vectors; never a password."""
    address = settings.base_url if settings.embedding else None
    secret = "@" in (address or "")
    return {
        "embedding": settings.embedding,
        "base_url": None if secret else address,
    }


def extract(work: Work) -> StageCounts:
    """Read every window that was not read before, and ground what was found."""
    windows: dict[str, list[Window]] = defaultdict(list)
    for window in work.windows:
        windows[window.transcript].append(window)
    if work.analyst.model is None and (note := unread_codebook(work.study.brief)):
        work.emit(Said(message=note))
    outcomes: Counter[str] = Counter()
    reasons: Counter[str | None] = Counter()

    def tell(reading: Reading) -> None:
        outcomes[reading.outcome] += 1
        note = ""
        if reading.reason is not None:
            reasons[reading.reason] += 1
            # An endpoint that is down fails every window alike. What is read but
            # for some items has a reason too.
            if reasons[reading.reason] <= _TOLD_EACH:
                note = f"{reading.transcript}: {reading.reason}"
        done, total = outcomes.total(), len(work.windows)
        work.emit(Advanced(stage="extract", done=done, total=total, note=note))

    work.readings = reader(work).read(
        [(one, windows[one.id]) for one in work.transcripts], tell
    )
    return StageCounts(
        done=outcomes["done"], failed=outcomes["failed"], pending=outcomes["pending"]
    )


def reader(work: Work) -> Reader:
    """Return the reader of this run's analyst."""
    brief = work.study.brief
    return Reader(
        work.analyst,
        desk=work.desk,
        store=work.ledger.readings,
        basis=basis_of(brief, work.settings),
        extra=brief.own_categories(),
    )
