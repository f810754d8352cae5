"""YAML front matter of text files: the columns of participants.csv as keys."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from icp_synth.domain.transcripts import Notice

_MOST = 65536
"""Code points beyond which a leading block is no front matter."""


class FrontMatter(NamedTuple):
    """What stood between the two `---` lines.

    Attributes:
        meta: Keys in lower case; lists joined by `; `.
        length: Code points of the block, with its closing line.
        notices: Why a block was passed over.
    """

    meta: dict[str, str]
    length: int
    notices: tuple[Notice, ...] = ()


def read_front_matter(text: str) -> FrontMatter:
    """Read the block at the start of a text, if there is one.

    Only plain data is built (safe loader), and aliases are refused: a few lines of
    them can grow to gigabytes.

    Args:
        text: Canonical text.

    Returns:
        Empty, with length 0, when the text opens with no such block.
    """
    nothing = FrontMatter({}, 0)
    if not text.startswith("---\n"):
        return nothing
    end = text.find("\n---", 3, _MOST)
    if end < 0 or text[end + 4 : end + 5] not in {"", "\n"}:
        return nothing
    block = text[4 : end + 1]
    length = min(len(text), end + 5)
    loaded, problem = _load(block)
    if problem:
        notice = Notice(code="front_matter_unreadable", message=problem, line=1)
        return FrontMatter({}, length, (notice,))
    if not isinstance(loaded, dict):
        return nothing
    meta = {
        str(key).strip().casefold(): _as_text(value)
        for key, value in loaded.items()
        if value is not None
    }
    return FrontMatter(meta, length)


def _load(block: str) -> tuple[Any, str]:
    import yaml

    try:
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(block)):
            return None, "The front matter uses aliases (`*name`), which are not read."
        return yaml.safe_load(block), ""
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        first = str(error).splitlines()[0] if str(error) else "no YAML"
        return None, f"The front matter was not read: {first[:160]}"


def _as_text(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(_as_text(item) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value).strip()
