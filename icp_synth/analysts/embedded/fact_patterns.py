"""The shipped patterns for profile facts, compiled for one language."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from icp_synth.analysts.embedded.numbers import ONE_EN, QUANTITY_EN, QUANTITY_ZH
from icp_synth.domain.fields import PROFILE_FIELDS

_PERIOD_EN = (
    r"(?: (?:a|per|each|every) (?:month|year|week|seat|user|head|person|licen[cs]e)"
    r"| monthly| yearly| annually)"
)
_MONEY_EN = (
    rf"{QUANTITY_EN}\s?(?:us |nt )?"
    rf"(?:dollars|euros|pounds|bucks|quid|usd|eur|gbp|twd|ntd){_PERIOD_EN}{{0,2}}"
    rf"|(?:about |around |roughly |over |under |up to |between |almost |like )*"
    rf"(?:nt\$|us\$|[$€£]|usd |eur |twd )\s?{ONE_EN}"
    rf"(?:\s?(?:to|-|–|and|or)\s?[$€£]?{ONE_EN})?{_PERIOD_EN}{{0,2}}"
)
_MONEY_ZH = (
    rf"(?:新台幣|新臺幣|台幣|臺幣|美金|美元|人民幣|nt\$)?{QUANTITY_ZH}"
    r"(?:元|塊錢?|美金|美元|台幣|臺幣|歐元|人民幣)"
)
_NAME = r"[a-z][\w'-]+(?: [a-z][\w'-]+){0,2}"


class Pattern(NamedTuple):
    """One row of `data/facts.toml` in one language; `v` is the value's group."""

    field: str
    category: str
    unit: str | None
    factor: float
    money: bool
    expressions: tuple[re.Pattern[str], ...]


def data(name: str) -> str:
    """Return a data file of the analyst as text."""
    folder = resources.files("icp_synth.analysts.embedded") / "data"
    return (folder / name).read_text("utf-8")


@lru_cache(maxsize=2)
def patterns(language: str) -> tuple[Pattern, ...]:
    """Return the patterns of `en` or `zh`, in the order in which they are tried."""
    quantity, money = (
        (QUANTITY_ZH, _MONEY_ZH) if language == "zh" else (QUANTITY_EN, _MONEY_EN)
    )

    def compiled(pattern: str) -> re.Pattern[str]:
        filled = pattern.replace("{Q}", quantity).replace("{M}", f"(?:{money})")
        return re.compile(filled.replace("{N}", _NAME))

    return tuple(
        Pattern(
            field=row["field"],
            category=row.get("category") or PROFILE_FIELDS[row["field"]].category,
            unit=row.get("unit"),
            factor=row.get("factor", 1.0),
            money=row.get("money", False),
            expressions=tuple(compiled(pattern) for pattern in row[language]),
        )
        for row in tomllib.loads(data("facts.toml"))["fact"]
    )
