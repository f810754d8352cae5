"""How far annotators agree on the same units, in five figures at once.

One figure misleads: where a category is rare, two annotators can agree on 93 % of the
units and have a kappa of .34 (the kappa paradox; Feinstein & Cicchetti 1990). So
percent agreement, Cohen's kappa, Krippendorff's alpha, Gwet's AC1, PABAK and the
prevalence always come together. Spans have no units: see `span_agreement`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from icp_synth.domain.values import Value
from icp_synth.errors import UsageError
from icp_synth.evaluation.coefficients import COEFFICIENTS, Level, UnitSums
from icp_synth.evaluation.resampling import (
    DRAWS,
    FEWEST,
    Estimate,
    percentile_estimate,
    too_few,
    weight_blocks,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Rating = str | int | float
# Nominal 95 % intervals cover .52 to .69 at ten units (PMC5965565).
FEWEST_UNITS = 30
# Floats that one block of draws may hold, about 32 MB.
BLOCK = 4_000_000


class Share(Value):
    """How common a category is.

    Attributes:
        category: The category, as text.
        share: Mean over units of the share of annotators who gave it, 0 to 1.
    """

    category: str
    share: float


class Agreement(Value):
    """Agreement of two or more annotators on the same units.

    All coefficients are at most 1; 0 is what chance would give, by each one's own
    notion of chance. A value is None where it is undefined.

    Attributes:
        n_annotators: Annotators.
        n_units: Units with at least two ratings.
        n_left_out: Units with fewer; only `prevalence` and AC1's chance use those
            with one.
        n_clusters: Interviews that were resampled, or None where units were.
        level: Level of measurement used by alpha.
        percent: Share of agreeing pairs of ratings, mean over units.
        kappa: Cohen's kappa; for several annotators the mean over their pairs.
        kappa_pairs: Pairs of annotators whose kappa is defined.
        alpha: Krippendorff's alpha.
        ac1: Gwet's AC1.
        pabak: (K p - 1) / (K - 1) with p percent agreement; 2 p - 1 for K = 2.
        prevalence: Share of each category, in the order of the scale.
    """

    n_annotators: int
    n_units: int
    n_left_out: int
    n_clusters: int | None
    level: Level
    percent: Estimate
    kappa: Estimate
    kappa_pairs: int
    alpha: Estimate
    ac1: Estimate
    pabak: Estimate
    prevalence: tuple[Share, ...]


def agreement(
    ratings: Sequence[Sequence[Rating | None]],
    *,
    level: Level = "nominal",
    scale: Sequence[Rating] | None = None,
    clusters: Sequence[str] | None = None,
    draws: int = DRAWS,
    seed: int = 0,
) -> Agreement:
    """Measure how far annotators agree on the same units.

    Args:
        ratings: One row an annotator, one column a unit; None is a missing rating.
            Shape (annotators, units), at least two annotators.
        level: Level of measurement for alpha. `interval` needs numbers; `ordinal`
            needs numbers or `scale`.
        scale: All categories in their order, also those that nobody gave: AC1 and
            PABAK depend on how many there are. Default: those given, sorted.
        clusters: The interview of each unit. Given, interviews are resampled
            instead of units, because units of one interview resemble one another.
        draws: Draws of the bootstrap.
        seed: Seed of the draws.

    Returns:
        All coefficients with intervals; below 30 units (or five interviews) without
        interval, with the reason.

    Raises:
        UsageError: Rows differ in length, there are fewer than two, a rating is not
            on the scale or not a number, or the scale's order is not known.

    Source:
        Cohen 1960; Krippendorff 2011; Gwet 2008; Byrt, Bishop & Carlin 1993
        (PABAK; Brennan & Prediger 1981 for more categories than two); refusal of
        intervals: Zapf et al. 2016 and PMC5965565.

    Example:
        >>> both = agreement([["yes", "no", "no"], ["yes", "no", "yes"]])
        >>> round(both.kappa.value, 2), both.n_units, both.kappa.reason
        (0.4, 3, 'no interval: it needs at least 30 units, there are 3')
    """
    _check_shape(ratings, clusters)
    categories = _categories(ratings, level, scale)
    place = {category: index for index, category in enumerate(categories)}
    codes = np.array([[-1 if r is None else place[r] for r in row] for row in ratings])
    codes = codes.astype(np.int64)
    # Ordinal distances use ranks alone, so that any increasing numbers will do.
    numbers = categories if level == "interval" else range(len(categories))
    sums = UnitSums(codes, np.array([float(c) for c in numbers]))
    once = np.ones((1, codes.shape[1]))
    found = {name: _number(x[0]) for name, x in sums.all(once, level).items()}
    pairs = _kappas(codes)
    known = [kappa for kappa in pairs if kappa is not None]
    found["kappa"] = math.fsum(known) / len(known) if known else None
    n_units = int(sums.paired.sum())
    names = None if clusters is None else sorted(set(clusters))
    if why := _refusal(n_units, names):
        estimates = {name: Estimate(value=v, reason=why) for name, v in found.items()}
    else:
        groups = _membership(codes.shape[1], clusters, names)
        drawn = _draw(sums, level, groups, draws=draws, seed=seed)
        method = f"bootstrap {draws} over {'units' if names is None else 'interviews'}"
        estimates = {
            name: percentile_estimate(found[name], drawn[name], method=method)
            for name in COEFFICIENTS
        }
    shares = (sums.shares.sum(axis=0) / max(1.0, float(sums.rated.sum()))).tolist()
    return Agreement(
        n_annotators=len(ratings),
        n_units=n_units,
        n_left_out=codes.shape[1] - n_units,
        n_clusters=None if names is None else len(names),
        level=level,
        percent=estimates["percent"],
        kappa=estimates["kappa"],
        kappa_pairs=len(known),
        alpha=estimates["alpha"],
        ac1=estimates["ac1"],
        pabak=estimates["pabak"],
        prevalence=tuple(
            Share(category=str(c), share=s)
            for c, s in zip(categories, shares, strict=True)
        ),
    )


def _kappas(codes: NDArray[np.int64]) -> list[float | None]:
    """Return Cohen's kappa of each pair of annotators, over units that both rated."""
    from sklearn.metrics import cohen_kappa_score

    kappas: list[float | None] = []
    for a in range(len(codes)):
        for b in range(a + 1, len(codes)):
            both = (codes[a] >= 0) & (codes[b] >= 0)
            one, two = codes[a][both], codes[b][both]
            # Nothing rated, or one and the same category throughout: chance is 1.
            if len({*one.tolist(), *two.tolist()}) < 2:
                kappas.append(None)
            else:
                kappas.append(float(cohen_kappa_score(one, two)))
    return kappas


def _draw(
    sums: UnitSums, level: Level, groups: Floats | None, *, draws: int, seed: int
) -> dict[str, Floats]:
    """Return every coefficient for every draw, in blocks that fit into memory."""
    n_units, k = sums.counts.shape
    size = n_units if groups is None else len(groups)
    rows = max(1, BLOCK // max(n_units, k * k))
    found = [
        sums.all(block if groups is None else block @ groups, level)
        for block in weight_blocks(size, draws=draws, seed=seed, rows=rows)
    ]
    return {name: np.concatenate([one[name] for one in found]) for name in COEFFICIENTS}


def _membership(
    n_units: int, clusters: Sequence[str] | None, names: Sequence[str] | None
) -> Floats | None:
    """Return which unit is in which cluster, shape (clusters, units)."""
    if clusters is None or names is None:
        return None
    row = {name: index for index, name in enumerate(names)}
    groups = np.zeros((len(names), n_units))
    groups[[row[name] for name in clusters], np.arange(n_units)] = 1.0
    return groups


def _refusal(n_units: int, names: Sequence[str] | None) -> str:
    if n_units < FEWEST_UNITS:
        least = f"it needs at least {FEWEST_UNITS} units"
        verb = "is" if n_units == 1 else "are"
        return f"no interval: {least}, there {verb} {n_units}"
    if names is not None and len(names) < FEWEST:
        return too_few(len(names))
    return ""


def _check_shape(
    ratings: Sequence[Sequence[Rating | None]], clusters: Sequence[str] | None
) -> None:
    if len(ratings) < 2:
        message = f"Agreement needs at least two annotators, not {len(ratings)}."
        raise UsageError(message, hint="Give a second set of labels.")
    lengths = {len(row) for row in ratings}
    if clusters is not None:
        lengths.add(len(clusters))
    if len(lengths) > 1:
        message = f"The rows have {sorted(lengths)} units."
        hint = "Give every annotator every unit, None where a rating is missing."
        raise UsageError(message, hint=hint)


def _categories(
    ratings: Sequence[Sequence[Rating | None]],
    level: Level,
    scale: Sequence[Rating] | None,
) -> list[Rating]:
    given = {rating for row in ratings for rating in row if rating is not None}
    words = sorted(r for r in given.union(scale or ()) if isinstance(r, str))
    if any(isinstance(r, float) and not math.isfinite(r) for r in given):
        message = "A rating is not a finite number."
        raise UsageError(message, hint="Write None where a rating is missing.")
    if words and (level == "interval" or (level == "ordinal" and scale is None)):
        message = f"The {level} level needs numbers, but {words[0]!r} is a word."
        raise UsageError(message, hint="Give numbers, or an ordinal scale in order.")
    if scale is None:
        return sorted(given, key=lambda r: (isinstance(r, str), r))
    if odd := sorted(str(r) for r in given.difference(scale)):
        message = f"The rating {odd[0]!r} is not on the scale."
        raise UsageError(message, hint="Add it to the scale, or correct the label.")
    return list(dict.fromkeys(scale))


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
