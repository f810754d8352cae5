"""What every metric divides by what: sums of counts that `scoring` gives.

The table of all metrics, in words, stands in `icp_synth.evaluation.metrics`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from icp_synth.domain.fields import KIND_OF, KINDS
from icp_synth.evaluation.fields import FIELDS
from icp_synth.evaluation.matching import MODE
from icp_synth.evaluation.own import MODE as OWN_MODE
from icp_synth.evaluation.places import PARTS
from icp_synth.evaluation.ratios import Matched, Metric, Ratio, Weights
from icp_synth.evaluation.scoring import OWN, STATUSES, UNUSABLE
from icp_synth.evaluation.semantic import KINDLESS_MODE, TAU_MODE
from icp_synth.evaluation.spans import SPAN_MODES

CATEGORY_MODE = "category"
GRANULAR_MODE = "granular"


def metrics_of(counts: Iterable[str]) -> tuple[Metric, ...]:
    """Return all metrics: the fixed ones, and those of categories and own metrics.

    Args:
        counts: Names of all counts that there are. A category without a label and
            without a prediction has no metric.
    """
    names = set(counts)
    categories = {
        name.partition(".")[2] for name in names if name.startswith("category_")
    } - {""}
    order = {name: place for place, name in enumerate(KIND_OF)}
    listed = sorted(categories, key=lambda one: (order.get(one, len(order)), one))
    own = sorted(
        name.removeprefix(OWN).removesuffix(":whole")
        for name in names
        if name.startswith(OWN) and name.endswith(":whole")
    )
    each = [_category(f".{one}") for one in listed]
    return (
        *METRICS,
        *_category("").metrics("item", CATEGORY_MODE, ""),
        *(
            metric
            for name, one in zip(listed, each, strict=True)
            for metric in one.metrics("item", CATEGORY_MODE, f".{name}")
        ),
        _macro("item", CATEGORY_MODE, each),
        *(_ratio(one, OWN_MODE, [f"{OWN}{one}:part"], [_whole(one)]) for one in own),
    )


def _whole(own: str) -> str:
    return f"{OWN}{own}:whole"


def _once(names: Sequence[str]) -> Weights:
    return dict.fromkeys(names, 1.0)


def _ratio(
    name: str,
    mode: str,
    part: Sequence[str],
    whole: Sequence[str],
    items: Sequence[str] | None = None,
) -> Metric:
    shown = whole if items is None else items
    return Metric(name, mode, (Ratio(_once(part), _once(whole)),), _once(shown))


def _matched(prefix: str, of: str) -> Matched:
    """Return what tp, fa and fn with a prefix count."""
    return Matched(
        credit=_once([f"{prefix}tp{of}"]),
        predicted=_once([f"{prefix}tp{of}", f"{prefix}fa{of}"]),
        labelled=_once([f"{prefix}tp{of}", f"{prefix}fn{of}"]),
    )


def _codebook(of: str) -> Matched:
    return _matched("", of)


def _category(of: str) -> Matched:
    return _matched("category_", of)


def _semantic(prefix: str, of: str) -> Matched:
    """Pairs below tau (fd) are wrong on both sides."""
    return Matched(
        credit=_once([f"{prefix}_tp{of}"]),
        predicted=_once([f"{prefix}_{one}{of}" for one in ("tp", "fd", "fa")]),
        labelled=_once([f"{prefix}_{one}{of}" for one in ("tp", "fd", "fn")]),
    )


def _span(mode: str, of: str) -> Matched:
    """POS and ACT of SemEval; only the mode `partial` ever counts PAR."""
    name = f"span_{mode}"
    paired = [f"{name}_{one}{of}" for one in ("cor", "inc", "par")]
    return Matched(
        credit={f"{name}_cor{of}": 1.0, f"{name}_par{of}": 0.5},
        predicted=_once([*paired, f"{name}_spu{of}"]),
        labelled=_once([*paired, f"{name}_mis{of}"]),
    )


def _macro(name: str, mode: str, matched: Sequence[Matched]) -> Metric:
    labelled = {key: 1.0 for one in matched for key in one.labelled}
    ratios = tuple(one.f1() for one in matched)
    return Metric(f"{name}_f1_macro", mode, ratios, labelled)


_OF_KINDS = tuple(f".{kind}" for kind in KINDS)


def _items() -> list[Metric]:
    granular = Matched(
        credit={"tp": 1.0},
        predicted={"tp": 1.0, "fa": 1.0, "pieces": -1.0},
        labelled={"tp": 1.0, "fn": 1.0, "swallowed": -1.0},
    )
    found: list[Metric] = []
    for of in ("", *_OF_KINDS):
        right, pairs, labels = [f"category{of}"], [f"tp{of}"], [f"tp{of}", f"fn{of}"]
        found += _codebook(of).metrics("item", MODE, of)
        found += [
            _ratio(f"category_accuracy{of}", "matched", right, pairs),
            _ratio(f"category_accuracy{of}", "end_to_end", right, labels),
        ]
        if not of:
            found += [_macro("item", MODE, [_codebook(one) for one in _OF_KINDS])]
    return [
        *found,
        *granular.metrics("item", GRANULAR_MODE, ""),
        _ratio("splits", MODE, ["split"], ["labels"]),
        Metric("merges", MODE, (_MERGES,), {"predicted": 1.0, "absorbed": -1.0}),
    ]


_MERGES = Ratio({"merged": 1.0}, {"predicted": 1.0, "absorbed": -1.0})


def _semantics() -> list[Metric]:
    found: list[Metric] = []
    for of in ("", *_OF_KINDS):
        found += _semantic("tau", of).metrics("item", TAU_MODE, of)
    found += [_macro("item", TAU_MODE, [_semantic("tau", of) for of in _OF_KINDS])]
    found += _semantic("kindless", "").metrics("item", KINDLESS_MODE, "")
    paired = ["tau_tp", "tau_fd"]
    return [*found, _ratio("false_discoveries", TAU_MODE, ["tau_fd"], paired)]


def _spans() -> list[Metric]:
    found: list[Metric] = []
    for mode in SPAN_MODES:
        for of in ("", *_OF_KINDS):
            found += _span(mode, of).metrics("span", mode, of)
        found += [_macro("span", mode, [_span(mode, of) for of in _OF_KINDS])]
    for of in ("", *_OF_KINDS):
        shared, either = [f"span_shared{of}"], [f"span_either{of}"]
        paired = [f"span_partial_{one}{of}" for one in ("cor", "par")]
        found += [_ratio(f"span_iou{of}", "partial", shared, either, paired)]
    return found


def _fields() -> list[Metric]:
    found: list[Metric] = []
    for name in FIELDS:
        right, field = [f"field_{name}_right"], f"field_{name}"
        found += [
            _ratio(f"{name}_accuracy", "matched", right, [f"{field}_pairs"]),
            _ratio(f"{name}_accuracy", "end_to_end", right, [f"{field}_labels"]),
        ]
    shared, either = ["field_signals_shared"], ["field_signals_either"]
    unmapped, labels = ["attribute_unmapped"], ["attribute_labels"]
    return [
        *found,
        _ratio("signals_jaccard", "matched", shared, either),
        _ratio("attribute_unmapped", "labels", unmapped, labels),
    ]


def _places() -> list[Metric]:
    found = [
        _ratio(f"{side}_coverage", unit, [f"{unit}_{how}"], [unit])
        for side, how in (("interview", "backed"), ("label", "labelled"))
        for unit in ("turns", "passages")
    ]
    for side, mode in (("prediction", "predicted"), ("label", "labels")):
        whole = {f"quotes_{side}": 1.0}
        mean = Ratio({f"position_{side}": 1e-6}, whole)
        found += [Metric("quote_position", mode, (mean,), whole)]
        for part in range(1, PARTS + 1):
            name, within = f"quote_position.{part}", [f"quotes_{side}_{part}"]
            found += [_ratio(name, mode, within, [*whole])]
    return found


def _windows() -> list[Metric]:
    final = ["windows_done", "windows_failed"]
    outcomes = ("done", "failed", "repaired", "split", "half_gleaned", *UNUSABLE)
    names = [f"windows_{one}" for one in outcomes]
    stood = ["predicted"]
    whole = ["windows"]
    return [
        _ratio("window_coverage", "contract", final, whole),
        *(_ratio(one, "contract", [one], final, whole) for one in names),
        _ratio(
            "invalid_item_rate",
            "contract",
            ["invalid_items"],
            ["invalid_items", *stood],
        ),
        _ratio("gleaned_share", "contract", ["gleaned"], stood),
    ]


def _quotes() -> list[Metric]:
    """Return how quotes stood before the check (`raw`) and after it (`kept`)."""
    raw = ["raw_quotes"]
    refused = [f"raw_{s}" for s in STATUSES if s not in {"exact", "folded", "elided"}]
    located = ["exact", "folded", "elided", "interviewer", "stitched"]
    named = [f"raw_{one}" for one in located]
    return [
        _ratio("verified_rate", "raw", ["raw_exact", "raw_folded"], raw),
        _ratio("quarantine_rate", "raw", refused, raw),
        *(_ratio(f"quote_status.{s}", "raw", [f"raw_{s}"], raw) for s in STATUSES),
        _ratio("moved_rate", "raw", ["raw_moved"], raw),
        _ratio("wrong_speaker_rate", "raw", ["raw_interviewer"], named),
        _ratio("verbatim_rate", "kept", ["kept_verbatim"], ["kept"]),
    ]


METRICS: tuple[Metric, ...] = (
    *_items(),
    *_semantics(),
    *_spans(),
    *_fields(),
    *_windows(),
    *_quotes(),
    *_places(),
)
"""Those that every result has, in the order of its rows."""
