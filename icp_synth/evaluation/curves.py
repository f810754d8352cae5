"""How F1 moves with the threshold, so that no single one has to be believed.

Two thresholds decide what a pair is: the share of the shorter quote that must overlap
(mode `overlap`; the codebook's rule is 0.5), and the cosine of two statements (mode
`tau`). Each interview's counts at every threshold are kept, and summed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from icp_synth.domain.values import Value
from icp_synth.evaluation.matching import Overlaps
from icp_synth.evaluation.semantic import Likeness

SweepMode = Literal["overlap", "tau"]
THRESHOLDS: Mapping[SweepMode, tuple[float, ...]] = {
    "overlap": tuple(step / 10 for step in range(1, 11)),
    "tau": tuple(step / 20 for step in range(21)),
}


class At(NamedTuple):
    """What is right and wrong at one threshold; a pair below tau is in both wrongs."""

    tp: int
    fa: int
    fn: int


Sweep = Mapping[SweepMode, tuple[At, ...]]


class Point(Value):
    """Precision, recall and F1 at one threshold; None where undefined."""

    threshold: float
    precision: float | None
    recall: float | None
    f1: float | None


class Curve(Value):
    """A metric over a threshold.

    Attributes:
        name: The metric: `item_f1`.
        mode: Which threshold moves.
        points: By threshold, upwards.
    """

    name: str
    mode: SweepMode
    points: tuple[Point, ...]


def sweep(overlaps: Overlaps, likeness: Likeness) -> Sweep:
    """Count one interview at every threshold."""
    by_overlap = []
    for least in THRESHOLDS["overlap"]:
        found = overlaps.match(least)
        by_overlap.append(
            At(len(found.pairs), len(found.false_alarms), len(found.missed))
        )
    by_tau = []
    for tau in THRESHOLDS["tau"]:
        counts = likeness.count(tau)
        false = counts.fd.total()
        by_tau.append(
            At(counts.tp.total(), counts.fa.total() + false, counts.fn.total() + false)
        )
    return {"overlap": tuple(by_overlap), "tau": tuple(by_tau)}


def curves(sweeps: Sequence[Sweep]) -> tuple[Curve, ...]:
    """Return the curves over all interviews (micro).

    Args:
        sweeps: One an interview and epoch: `Scored.sweep`.
    """
    return tuple(
        Curve(
            name="item_f1",
            mode=mode,
            points=tuple(
                _point(threshold, [one[mode][at] for one in sweeps])
                for at, threshold in enumerate(thresholds)
            ),
        )
        for mode, thresholds in THRESHOLDS.items()
    )


def _point(threshold: float, found: Sequence[At]) -> Point:
    tp, fa, fn = (sum(part) for part in zip(*found, strict=True)) if found else (0,) * 3
    defined = tp + fa and tp + fn
    return Point(
        threshold=threshold,
        precision=round(tp / (tp + fa), 6) if tp + fa else None,
        recall=round(tp / (tp + fn), 6) if tp + fn else None,
        f1=round(2 * tp / (2 * tp + fa + fn), 6) if defined else None,
    )
