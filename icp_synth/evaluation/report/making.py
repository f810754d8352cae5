"""How a run was made: names, hashes, versions, cost, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from icp_synth.exports.words import Words


@dataclass(frozen=True)
class Made:
    """Rows for all, rows for each model, and the labels' hashes."""

    shared: tuple[tuple[str, str], ...]
    models: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    labels: tuple[tuple[str, str], ...]


def made_of(result: Mapping[str, Any], words: Words) -> Made:
    """Return how a run was made.

    Args:
        result: The mapping of result.json.
        words: Of the page.
    """
    cost = result["cost"]
    tokens = [cost.get(f"tokens_{name}") for name in ("in", "out", "cached")]
    shared = [
        (words("made.dataset"), result["dataset"]),
        (words("made.dataset_sha"), result["dataset_sha"]),
        (words("made.code_version"), result["code_version"]),
        (words("made.seeds"), ", ".join(str(seed) for seed in result["seeds"])),
        (words("made.cost"), cost_in_words(cost, words)),
        (words("made.tokens_counted"), _listed(tokens)),
    ]
    models = tuple((run["model"], _of_model(run, words)) for run in result["runs"])
    labels = tuple((one["case"], one["label_sha256"]) for one in result["labels"])
    return Made(shared=tuple(shared), models=models, labels=labels)


def cost_in_words(cost: Mapping[str, Any], words: Words) -> str:
    """Return a cost in dollars; what is unknown is said to be, never 0."""
    usd = cost.get("usd")
    return words("made.unknown_price") if usd is None else f"USD {usd:,.2f}"


def _of_model(run: Mapping[str, Any], words: Words) -> tuple[tuple[str, str], ...]:
    coverage = run["coverage"]
    windows = [coverage.get(name) for name in ("windows", "done", "failed", "pending")]
    rows = [
        (words("made.analyst"), run["analyst"]),
        (words("made.prompt_hash"), run["prompt_hash"]),
        (words("made.config_hash"), run["config_hash"]),
        (words("made.windows"), _listed(windows)),
    ]
    if run.get("held_out"):
        rows.append((words("made.held_out"), ", ".join(run["held_out"])))
    return tuple(rows)


def _listed(numbers: Sequence[int | None]) -> str:
    return ", ".join("–" if one is None else f"{one:,}" for one in numbers)
