"""synthesis.json: the whole synthesis, exact, the same bytes for the same content."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from icp_synth.domain.profiles import Synthesis

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def to_json(synthesis: Synthesis) -> str:
    """Return synthesis.json.

    Fields stand in the order of contracts.md, keys of free mappings sorted; text is
    exact and neither guarded nor prefixed. A lone surrogate, which UTF-8 cannot hold,
    is written as its JSON escape.

    Args:
        synthesis: What is published.

    Returns:
        JSON with an indent of one space and a closing line end.
    """
    return dump(plain(synthesis), indent=1) + "\n"


def plain(value: Any) -> Any:
    """Return JSON data: models in field order, mappings by key, tuples as lists."""
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        return {name: plain(getattr(value, name)) for name in fields}
    if isinstance(value, Mapping):
        return {str(key): plain(value[key]) for key in sorted(value, key=str)}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def dump(value: Any, *, indent: int | None = None) -> str:
    """Return the JSON text of plain data, readable and safe to write as UTF-8."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return _LONE_SURROGATE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
