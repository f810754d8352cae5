"""JSON of which every object knows the line that it begins on."""

from __future__ import annotations

import json
from bisect import bisect_right
from json import decoder, scanner
from typing import Any

# Both names are public in the library's code, if not in its documentation; the scanner
# in C, which is the documented one, takes no other parser of objects.
_parse_object = decoder.JSONObject  # type: ignore[attr-defined]  # not in typeshed
_make_scanner = scanner.py_make_scanner  # type: ignore[attr-defined]  # likewise


class Placed(dict[str, Any]):
    """A JSON object; `line` counts from 1."""

    line: int = 1


class _Decoder(json.JSONDecoder):
    """The decoder of the standard library, with a note of where objects begin."""

    def __init__(self, text: str, first_line: int) -> None:
        super().__init__()
        ends = [at for at, one in enumerate(text) if one == "\n"]

        def parse_object(place: tuple[str, int], *rest: Any) -> tuple[Placed, int]:
            found, end = _parse_object(place, *rest)
            placed = Placed(found)
            placed.line = first_line + bisect_right(ends, place[1] - 1)
            return placed, end

        self.parse_object = parse_object
        self.scan_once = _make_scanner(self)


def load_placed(text: str, *, first_line: int = 1) -> Any:
    """Parse one JSON value; its objects are `Placed`.

    Args:
        text: The JSON.
        first_line: The number of its first line in its file.

    Raises:
        ValueError: It is no valid JSON (json.JSONDecodeError), or nested too deep.
    """
    try:
        return _Decoder(text, first_line).decode(text)
    except RecursionError as error:
        msg = "it is nested too deep"
        raise ValueError(msg) from error
