"""JSON as transcripts are allowed to use it: no duplicate keys, no NaN, no depth."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from typing import Any

from icp_synth.errors import SourceRefused

_HALF = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
"""A surrogate without its other half: no text could be written from it."""

_HINT = "Export the transcript again, or as VTT or SRT instead."


def load_json(text: str, *, place: str = "") -> Any:
    """Parse one JSON value.

    Args:
        text: The JSON.
        place: Where it stands, e.g. `line 3`; the parser's place otherwise.

    Raises:
        SourceRefused: Invalid, a key twice in one object, NaN or an infinite
            number, or nested too deep.
    """
    if _HALF.search(text):
        msg = "The JSON escapes half of a character"
        raise SourceRefused(msg, code="invalid_json", place=place, hint=_HINT)
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_float=_float,
        )
    except json.JSONDecodeError as error:
        where = place or f"line {error.lineno}, column {error.colno}"
        msg = f"The file is no valid JSON: {error.msg}"
        raise SourceRefused(
            msg, code="invalid_json", place=where, hint=_HINT
        ) from error
    except ValueError as error:
        msg = f"The JSON is refused: {error}"
        raise SourceRefused(
            msg, code="invalid_json", place=place, hint=_HINT
        ) from error
    except RecursionError as error:
        msg = "The JSON is nested too deep"
        raise SourceRefused(
            msg, code="json_too_deep", place=place, hint=_HINT
        ) from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    built = dict(pairs)
    if len(built) != len(pairs):
        counts = Counter(key for key, _ in pairs)
        twice = next(key for key, count in counts.items() if count > 1)
        msg = f"the key “{twice[:60]}” stands twice in one object"
        raise ValueError(msg)
    return built


def _constant(name: str) -> float:
    msg = f"{name} is no number"
    raise ValueError(msg)


def _float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        msg = f"{text[:20]} is too large a number"
        raise ValueError(msg)
    return value
