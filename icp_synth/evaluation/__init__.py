"""How good a reading is, measured on labelled interviews (docs/evaluation.md).

`metric` marks a function of one's own as a metric (`icp_synth.evaluation.own`). It is
imported when it is first used, so that importing this package stays cheap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from icp_synth.evaluation.own import View, metric

__all__ = ["View", "metric"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    from icp_synth.evaluation import own

    return getattr(own, name)


def __dir__() -> list[str]:
    return sorted(__all__)
