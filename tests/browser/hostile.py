"""Interviews that try to be more than text when a page shows them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from icp_synth.domain.ids import sha256_text

SCRIPT: Final = "<script>window.ran = 1</script>"
IMAGE: Final = "<img src=x onerror='window.ran = 2'>"
END: Final = "</script><script>window.ran = 3</script>"
OVERRIDE: Final = "\u202e"
SEPARATOR: Final = "\u2028"

SAID: Final = (
    ("trait", "role", f"I am the owner {SCRIPT} of a cleaning firm with 40 people."),
    ("pain", "problem", f"I hate {END} that exports take {IMAGE} two hours each week."),
    ("pain", "fear", f"I am afraid {OVERRIDE} of losing{SEPARATOR}our data every day."),
    ("motivation", "like", "I love <!-- that invoices --> go out on the same day."),
)
"""Kind, category and words of what each of them says."""

_NAMES: Final = ("Ada", "Ben", "Cleo")
_QUESTION: Final = "Interviewer: Could you </textarea></title> tell me more?"


def write_hostile(folder: Path) -> Path:
    """Write three such interviews into `texts/`, and labels into `reference/`.

    Args:
        folder: Where they go.

    Returns:
        The same folder.
    """
    for place in ("texts", "reference"):
        (folder / place).mkdir(parents=True)
    for name in _NAMES:
        text = "\n\n".join(f"{_QUESTION}\n\n{name}: {words}" for _, _, words in SAID)
        stem = f"{name.lower()} & <b>"
        (folder / "texts" / f"{stem}.txt").write_text(text, encoding="utf-8")
        labels = {
            "transcript": stem,
            "text_sha256": sha256_text(text),
            "codebook": 1,
            "labels": [_label(text, *said) for said in SAID],
        }
        path = folder / "reference" / f"{stem}.json"
        path.write_text(json.dumps(labels), encoding="utf-8")
    return folder


def _label(text: str, kind: str, category: str, words: str) -> dict[str, Any]:
    start = text.index(words)
    return {
        "kind": kind,
        "category": category,
        "statement": f"They say: {words}",
        "quotes": [{"start": start, "end": start + len(words), "text": words}],
        "status": "agreed",
    }
