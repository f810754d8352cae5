"""Find passages by meaning, while a run goes on or not."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from icp_synth import index as passage_index
from icp_synth.domain.groups import group_name
from icp_synth.domain.values import Value
from icp_synth.errors import NotFound, ProjectLocked, UsageError
from icp_synth.index import Hit
from icp_synth.pipeline.publishing import unquoted
from icp_synth.pipeline.session import embedder_of
from icp_synth.pipeline.vectors import EMBEDDING_STATE, corpus_of
from icp_synth.project.brief import load_study
from icp_synth.project.ledger import Ledger, ledger_path
from icp_synth.settings import Settings, resolve


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

    A missing or broken index is answered exactly and then rebuilt. People who do not
    allow quotes are not found.

    Args:
        folder: The project folder.
        words: In any language that the vectors know.
        flags: As for `resolve`; the vectors are those of the last run where no
            `embedding` is among them.
        group: Only people of this group.
        participant: Only this person.
        limit: Most passages.

    Raises:
        NotFound: There is no such group or person, or no ledger.
        UsageError: There are no words, or the limit is below 1.
    """
    if not words.strip():
        msg = "There are no words to search for."
        raise UsageError(msg, hint="Give some: icp-synth search WORDS.")
    if limit < 1:
        msg = f"The limit is at least 1, not {limit}."
        raise UsageError(msg, hint="It is the most passages that are printed.")
    with _opened(folder) as (ledger, alone):
        embedder = embedder_of(_settings(folder, ledger, flags))
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
        # Vectors that were asked for once do not take the place of the study's own.
        if found.broken and alone and not flags.get("embedding"):
            stored = passage_index.rebuild(root, corpus)
            note += "" if stored.reason else " It has been rebuilt."
    return SearchResult(passages=found.hits[0], note=note)


def rebuild(folder: Path, flags: Mapping[str, Any]) -> passage_index.Stored:
    """Make the index anew from the ledger, without a model call.

    Raises:
        ProjectLocked: Another process writes this project.
        NotFound: There is no ledger.
    """
    with Ledger.open(folder, write=True) as ledger:
        embedder = embedder_of(_settings(folder, ledger, flags))
        return passage_index.rebuild(
            folder / ".icp", corpus_of(ledger, embedder, keep=True)
        )


def _settings(folder: Path, ledger: Ledger, flags: Mapping[str, Any]) -> Settings:
    """Return the settings, with the vectors of the last run where none are named."""
    settings = resolve(flags, os.environ, load_study(folder))
    kept = ledger.runs.get_state(EMBEDDING_STATE)
    if flags.get("embedding") or kept is None:
        return settings
    address = settings.base_url or kept["base_url"]
    return settings.model_copy(
        update={"embedding": kept["embedding"], "base_url": address}
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
    """Return the people who are searched, or None for all.

    Those who do not allow quotes are not among them.
    """
    people = ledger.transcripts.people()
    silent = unquoted(people)
    if participant is not None:
        names = [one.id for one in people if participant in {one.id, one.label}]
        if not names:
            msg = f"There is no participant {participant!r}."
            raise NotFound(msg, hint="`icp-synth status` lists them.")
        return frozenset(names) - silent
    if group is None:
        return frozenset(one.id for one in people) - silent if silent else None
    wanted = group_name(group)
    names = [one.id for one in people if wanted and group_name(one.group) == wanted]
    if not names:
        known = ", ".join(sorted({one.group for one in people if one.group}))
        msg = f"Nobody is in the group {group!r}."
        hint = f"Known groups are {known}." if known else "No groups are given."
        raise NotFound(msg, hint=hint)
    return frozenset(names) - silent
