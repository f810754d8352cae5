"""Sentences that may say more than their quotes, by the claim that they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from icp_synth.exports.words import Words

KEPT = "flagged"
"""The outcome of a sentence that stands, for people to look at; the other is `cut`."""


def flags_of(coverage: Mapping[str, Any], words: Words) -> Mapping[str, str]:
    """Return claim → why its sentence may say more than its quotes, in words.

    Args:
        coverage: Of the synthesis; what was cut is no claim any more.
        words: The report's language.
    """
    return {
        one["claim"]: reason_of(one, words)
        for one in coverage.get("challenge", {}).get("flagged", ())
        if one.get("claim") and one.get("outcome") != "cut"
    }


def reason_of(flag: Mapping[str, Any], words: Words) -> str:
    """Return why a sentence or name was held back, with the words at fault."""
    reason = words.named("flag", flag["reason"])
    what = flag.get("what")
    return f"{reason}{words('claim.colon')}{what}" if what else reason
