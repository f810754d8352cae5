"""Quotes and the source: where a quote stands, and what may be published of it."""

from icp_synth.stages.ground.ground import VERSION, Grounded, ground
from icp_synth.stages.ground.locate import Locator
from icp_synth.stages.ground.quotes import QuoteRow, load_quotes, parse_quotes
from icp_synth.stages.ground.report import CheckedQuote, Verification, verify

__all__ = [
    "VERSION",
    "CheckedQuote",
    "Grounded",
    "Locator",
    "QuoteRow",
    "Verification",
    "ground",
    "load_quotes",
    "parse_quotes",
    "verify",
]
