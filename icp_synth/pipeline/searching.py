"""Find passages by meaning, while a run goes on or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from icp_synth import index as passage_index
from icp_synth.domain.values import Value
from icp_synth.errors import NotFound, ProjectLocked
from icp_synth.index import Hit
from icp_synth.pipeline.session import embedder_of
from icp_synth.pipeline.vectors import corpus_of
from icp_synth.project.brief import load_study
from icp_synth.project.ledger import Ledger, ledger_path
from icp_synth.settings import resolve


class SearchResult(Value):
    """What a search found.

    Attributes:
        passages: Best first.
        note: Said once where the index could not be used.
    """

    passages: tuple[Hit, ...]
    note: str = ""


def search(
    folder: Path,
    words: str,
    flags: Mapping[str, Any],
    *,
    group: str | None = None,
    participant: str | None = None,
    limit: int = 10,
) -> SearchResult:
    """Return the passages nearest to some words.

    A missing or broken index is answered exactly and then rebuilt.

    Args:
        folder: The project folder.
        words: In any language that the vectors know.
        flags: As for `resolve`; the vectors are those of the settings.
        group: Only people of this group.
        participant: Only this person.
        limit: Most passages.

    Raises:
        NotFound: There is no such group or person, or no ledger.
    """
    embedder = embedder_of(resolve(flags, {}, load_study(folder)))
    with _opened(folder) as (ledger, alone):
        whose = _whose(ledger, group, participant)
        corpus = corpus_of(ledger, embedder, keep=alone)
        root = folder / ".icp"
        found = passage_index.search(
            root,
            corpus,
            embedder.embed([words]),
            limit=limit,
            participants=whose,
            alone=alone,
        )
        note = f"Searched without the index: {found.reason}." if found.exact else ""
        if found.broken and alone:
            stored = passage_index.rebuild(root, corpus)
            note += "" if stored.reason else " It has been rebuilt."
    return SearchResult(passages=found.hits[0], note=note)


def rebuild(folder: Path, flags: Mapping[str, Any]) -> passage_index.Stored:
    """Make the index anew from the ledger, without a model call.

    Raises:
        ProjectLocked: Another process writes this project.
        NotFound: There is no ledger.
    """
    embedder = embedder_of(resolve(flags, {}, load_study(folder)))
    with Ledger.open(folder, write=True) as ledger:
        return passage_index.rebuild(
            folder / ".icp", corpus_of(ledger, embedder, keep=True)
        )


@contextmanager
def _opened(folder: Path) -> Iterator[tuple[Ledger, bool]]:
    """Open to write where nobody else does, so that chroma may be opened."""
    if not ledger_path(folder).is_file():
        # Reading says what is missing; writing would make an empty ledger.
        with Ledger.open(folder, write=False):
            return
    with ExitStack() as stack:
        try:
            ledger = stack.enter_context(Ledger.open(folder, write=True))
            alone = True
        except ProjectLocked:
            ledger = stack.enter_context(Ledger.open(folder, write=False))
            alone = False
        yield ledger, alone


def _whose(
    ledger: Ledger, group: str | None, participant: str | None
) -> frozenset[str] | None:
    """Return the people who are searched, or None for all."""
    people = ledger.transcripts.people()
    if participant is not None:
        names = [one.id for one in people if participant in {one.id, one.label}]
        if not names:
            msg = f"There is no participant {participant!r}."
            raise NotFound(msg, hint="`icp-synth status` lists them.")
        return frozenset(names)
    if group is None:
        return None
    names = [one.id for one in people if one.group == group]
    if not names:
        known = ", ".join(sorted({one.group for one in people if one.group}))
        msg = f"Nobody is in the group {group!r}."
        hint = f"Known groups are {known}." if known else "No groups are given."
        raise NotFound(msg, hint=hint)
    return frozenset(names)
