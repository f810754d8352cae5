"""The gate for CI: figures that may not fall below what thresholds.toml asks.

    [creatives-en.embedded]
    item_f1 = 0.58
    "item_f1.pain" = 0.50
    "quarantine_rate:raw" = { most = 0.02 }

A table is `FOLDER.MODEL`; a metric's mode stands after a colon where several modes
share a name (the codebook's is meant without one). A figure that is undefined or
missing fails: what cannot be shown does not pass.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from icp_synth.domain.values import Value
from icp_synth.errors import NotFound, UsageError
from icp_synth.evaluation.matching import MODE
from icp_synth.evaluation.metrics import Row

_ANY = "*"


class Limit(Value):
    """What one figure must reach.

    Attributes:
        dataset: Name of the folder; `*` is any.
        model: Name of the model; `*` is any.
        metric: Name of the metric.
        mode: Its mode, or None for the first row of that name.
        least: Lowest value that passes, or None.
        most: Highest value that passes, or None.
    """

    dataset: str
    model: str
    metric: str
    mode: str | None = None
    least: float | None = None
    most: float | None = None

    @property
    def wanted(self) -> str:
        """The limit in words."""
        low = [] if self.least is None else [f"at least {self.least:g}"]
        high = [] if self.most is None else [f"at most {self.most:g}"]
        return " and ".join(low + high)


def parse_limits(given: Sequence[str]) -> tuple[Limit, ...]:
    """Read what `--fail-under` was given.

    Args:
        given: Each a thresholds file, a number (of `item_f1`), or `METRIC=NUMBER`.

    Raises:
        NotFound: A file is not there.
        UsageError: A file or a number does not hold together.

    Example:
        >>> parse_limits(["0.5"])[0].wanted
        'at least 0.5'
    """
    limits: list[Limit] = []
    for one in given:
        name, _, number = one.rpartition("=")
        try:
            least = float(number)
        except ValueError:
            limits += load_limits(Path(one))
        else:
            metric, mode = _metric(name or "item_f1")
            limits.append(
                Limit(dataset=_ANY, model=_ANY, metric=metric, mode=mode, least=least)
            )
    return tuple(limits)


def load_limits(path: Path) -> tuple[Limit, ...]:
    """Read thresholds.toml.

    Raises:
        NotFound: There is no such file.
        UsageError: It is no TOML, or an entry is no number or table of `least` and
            `most`; file and entry are named.
    """
    if not path.is_file():
        msg = f"{str(path)!r} is neither a number, METRIC=NUMBER, nor a file."
        raise NotFound(msg, hint="Give e.g. --fail-under evals/thresholds.toml.")
    try:
        tables = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = f"{path} is not valid TOML: {error}."
        raise UsageError(msg, hint="Mend that line and run again.") from error
    return tuple(
        _limit(path, dataset, model, name, value)
        for dataset, models in tables.items()
        for model, entries in _table(path, dataset, models).items()
        for name, value in _table(path, f"{dataset}.{model}", entries).items()
    )


def misses(
    limits: Iterable[Limit], rows: Mapping[str, Sequence[Row]]
) -> tuple[str, ...]:
    """Return which limits are not met, a sentence each.

    Args:
        limits: Those of folders or models that were not measured are passed over.
        rows: Folder → what was measured there.

    Raises:
        UsageError: No limit is about anything that was measured: such a gate would
            let everything pass.
    """
    measured = [
        (dataset, model, [row for row in found if row.model == model])
        for dataset, found in rows.items()
        for model in dict.fromkeys(row.model for row in found)
    ]
    said: list[str] = []
    held = 0
    for limit in limits:
        for dataset, model, found in measured:
            if limit.dataset in {_ANY, dataset} and limit.model in {_ANY, model}:
                held += 1
                said += _miss(limit, f"{dataset}, {model}", found)
    if not held:
        msg = "No threshold is about what was measured, so nothing was checked."
        hint = "A table of thresholds.toml is named [FOLDER.MODEL]."
        raise UsageError(msg, hint=hint)
    return tuple(said)


def _miss(limit: Limit, of: str, rows: Sequence[Row]) -> list[str]:
    wanted = limit.mode
    named = [row for row in rows if row.name == limit.metric]
    found = [row for row in named if wanted is None or row.mode == wanted]
    # Without a mode the codebook's is meant, where the metric has it.
    found = [row for row in found if wanted or row.mode == MODE] or found
    if not found:
        return [f"{of}: there is no metric {limit.metric}"]
    value = found[0].value
    if value is None:
        why = found[0].reason or "undefined"
        return [f"{of}: {limit.metric} is n/a ({why}), wanted {limit.wanted}"]
    low = limit.least is not None and value < limit.least
    high = limit.most is not None and value > limit.most
    if low or high:
        return [f"{of}: {limit.metric} is {value:.4f}, wanted {limit.wanted}"]
    return []


def _limit(path: Path, dataset: str, model: str, name: str, value: Any) -> Limit:
    place = f"{path}: [{dataset}.{model}] {name}"
    metric, mode = _metric(name)
    bounds = value if isinstance(value, dict) else {"least": value}
    wrong = [key for key in bounds if key not in {"least", "most"}]
    numbers = [one for one in bounds.values() if type(one) in {int, float}]
    if wrong or not bounds or len(numbers) < len(bounds):
        msg = f"{place} is neither a number nor {{ least = …, most = … }}."
        raise UsageError(msg, hint="A figure is between 0 and 1.")
    return Limit(dataset=dataset, model=model, metric=metric, mode=mode, **bounds)


def _metric(name: str) -> tuple[str, str | None]:
    metric, _, mode = name.partition(":")
    return metric, mode or None


def _table(path: Path, name: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        msg = f"{path}: {name!r} is no table."
        raise UsageError(msg, hint="Tables are named [FOLDER.MODEL].")
    return value
