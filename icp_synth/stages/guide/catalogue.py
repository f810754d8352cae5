"""The catalogue of open questions, in English and Chinese."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from icp_synth.domain.values import Value

Language = Literal["en", "zh"]

NEVER_ASKED = frozenset({"trait/demographic", "trait/socioeconomic"})
"""What people may say of themselves and is not asked of them."""

_OTHER_OF_KIND = {"trait": "day", "pain": "trouble", "motivation": "goal"}


class Spoken(Value):
    """Words in both languages, and how long they take."""

    minutes: int
    en: str
    zh: str

    def text(self, language: str) -> str:
        """Return the words."""
        return self.zh if language == "zh" else self.en


class CatalogueQuestion(Spoken):
    """One question, and what it covers."""

    id: str
    section: str
    covers: tuple[str, ...]
    probes_en: tuple[str, ...] = ()
    probes_zh: tuple[str, ...] = ()

    def probes(self, language: str) -> tuple[str, ...]:
        """Return the follow-ups."""
        return self.probes_zh if language == "zh" else self.probes_en


class Catalogue(Value):
    """All questions, with the sections in the order of a conversation."""

    sections: tuple[str, ...]
    opening: Spoken
    closing: Spoken
    questions: tuple[CatalogueQuestion, ...]

    def for_subject(self, subject: str) -> CatalogueQuestion | None:
        """Return the question that covers a field, category or signal.

        Own categories of a study are asked for with the question of their kind;
        `other:NAME` and protected fields have none.
        """
        for one in self.questions:
            if subject in one.covers:
                return one
        kind, _, category = subject.partition("/")
        asked = _OTHER_OF_KIND.get(kind)
        if not category or asked is None or subject in NEVER_ASKED:
            return None
        return next(one for one in self.questions if one.id == asked)


@cache
def load_catalogue() -> Catalogue:
    """Return the catalogue that is shipped."""
    text = files("icp_synth.stages.guide").joinpath("questions.toml").read_text("utf-8")
    return Catalogue.model_validate(tomllib.loads(text))
