"""Cut a folded text into tokens: a word, a number, or one CJK character."""

from __future__ import annotations

import re
from dataclasses import dataclass

from icp_synth.stages.ground.scripts import CJK

_LETTER = rf"(?:(?![{CJK}])[^\W\d_])"
_TOKEN = re.compile(
    rf"""
      (?P<word>
          [$€£¥₩₹]?\d+(?:[.,:/]\d+)*(?:[%‰°$€£¥₩₹]|{_LETTER}+)?      # 1,200  50%  10k
        | {_LETTER}(?:(?![{CJK}])[^\W_]|'(?={_LETTER}))*                # don't  b2b
      )
    | (?P<character>[{CJK}])
    | (?P<mark>\S)
    """,
    re.VERBOSE,
)
_WEIGHTS = {"word": 2, "character": 1, "mark": 0}
_ENOUGH = 6
"""Three words or six CJK characters, or as much of both together."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token, or a punctuation mark (`weight` 0), with its place in the folded text.

    A word or number weighs 2, a CJK character 1.
    """

    text: str
    start: int
    end: int
    weight: int


def tokenize(folded: str) -> tuple[Token, ...]:
    """Return the tokens and punctuation marks of a folded text, in order.

    Example:
        >>> [token.text for token in tokenize("i don't pay 50%, 我用excel")]
        ['i', "don't", 'pay', '50%', ',', '我', '用', 'excel']
    """
    return tuple(
        Token(
            match.group(), match.start(), match.end(), _WEIGHTS[match.lastgroup or ""]
        )
        for match in _TOKEN.finditer(folded)
    )


def long_enough(weight: int) -> bool:
    """Tell whether tokens of this total weight make a quote by themselves."""
    return weight >= _ENOUGH
