"""Answers to `extract` as a model would write them."""

from __future__ import annotations

import json
from typing import Any

_NOTHING = ("attribute", "value", "low", "high", "unit", "currency")


def item(quote: str, *, turn: int = 1, **more: Any) -> dict[str, Any]:
    """Return one pain that quotes a turn; `more` replaces or adds keys."""
    return {
        "quotes": [{"turn": turn, "text": quote}],
        "kind": "pain",
        "category": "problem",
        "statement": "Something is hard.",
        "explicit": True,
        "intensity": 2,
        "signals": [],
        **dict.fromkeys(_NOTHING),
        **more,
    }


def answer(*items: Any) -> str:
    """Return an answer with these items."""
    return json.dumps({"insights": items}, ensure_ascii=False)
