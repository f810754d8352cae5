"""The seam to a reader: at once, or requests whose replies it can read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, Protocol, TypeVar

from icp_synth.domain.brief import Brief
from icp_synth.domain.fields import Kind
from icp_synth.domain.insights import InsightDraft
from icp_synth.domain.passages import Rendered
from icp_synth.domain.values import Value
from icp_synth.llm.protocol import ChatReply, ChatRequest

__all__ = [
    "Analyst",
    "Asked",
    "Brief",
    "ClaimToJudge",
    "ClaimToWord",
    "Drafts",
    "GroupToName",
    "InvalidItem",
    "PassageToJudge",
    "Skeleton",
    "ThemeToName",
    "Verdict",
    "Verdicts",
    "Wordings",
]

T = TypeVar("T")


THEMES_A_REQUEST = 25
"""How many themes, or groups of themes, are named together."""


@dataclass(frozen=True)
class Asked(Generic[T]):
    """One request that must be answered first, and how its reply is read.

    Attributes:
        request: What to ask.
        read: Returns the result of a reply. Raises AnswerUnusable when the reply
            does not fit its schema.
        again: Given such a reply and what was wrong, the request that asks once
            more.
        more: Given the reply that was read, the request for what it missed; None
            where nobody asks for that.
    """

    request: ChatRequest
    read: Callable[[ChatReply], T]
    again: Callable[[ChatReply, str], ChatRequest]
    more: Callable[[ChatReply], Asked[T]] | None = None


class InvalidItem(Value):
    """An item of an answer that does not fit the schema, and was left out.

    `statement` and `quote` are what it says, as far as it can be told.
    """

    reason: str
    statement: str = ""
    quote: str = ""


class Drafts(Value):
    """What a reader found in one window, not yet grounded.

    Attributes:
        drafts: In the order in which they were given.
        repaired: The answer's text had to be mended.
        invalid: Items that could not be read.
    """

    drafts: tuple[InsightDraft, ...]
    repaired: bool = False
    invalid: tuple[InvalidItem, ...] = ()


class ThemeToName(Value):
    """A theme's numbered statements, as the namer sees them.

    Attributes:
        number: Under which it is asked for.
        kind: Of all its statements.
        statements: Of all members as far as the budget goes, most central first; the
            answer speaks of them by their places, from 1.
        quotes: At most three, most central first.
        neighbours: Statements of the nearest other themes, so that names can be told
            apart.
        people: For each statement a number, which is the same for one person's; empty
            where nobody told.
    """

    number: int
    kind: Kind
    statements: tuple[str, ...]
    quotes: tuple[str, ...]
    neighbours: tuple[str, ...] = ()
    people: tuple[int, ...] = ()


class GroupToName(Value):
    """A numbered group of themes, as the namer sees it.

    `words` are what all its themes speak of, `themes` their names; `statements` are
    some that its people made, and `neighbours` say what the nearest other groups hold.
    """

    number: int
    kind: Kind
    words: tuple[str, ...]
    themes: tuple[str, ...]
    statements: tuple[str, ...]
    neighbours: tuple[str, ...] = ()


class ClaimToWord(Value):
    """A numbered claim of the skeleton, as the writer sees it.

    `label` is what the code would print; `quotes` are at most three.
    """

    number: int
    field: str
    label: str
    statements: tuple[str, ...]
    quotes: tuple[str, ...]
    supports: int
    of: int


class Skeleton(Value):
    """One ICP or persona whose groups and numbers stand; only words are missing.

    `what` is `icp` (of companies), `icp_of_people` or `persona`. `divided`: there is
    somebody else whom a name could tell it from.
    """

    id: str
    what: str
    people: int
    of: int
    claims: tuple[ClaimToWord, ...]
    divided: bool = True


class Wordings(Value):
    """Texts by number.

    Attributes:
        texts: Number → what was written for it.
        title: The name of an ICP or persona.
        dropped: Texts that cannot be used: a number that nobody asked for or that came
            twice, no words, far too many words; and numbers of statements that were
            not shown.
        not_held: Number of a theme → places, from 1, of its statements that do not say
            what its text says; themes whose statements all say it are not in it.
        unworded: Numbers of claims whose statements share nothing that can be said.
    """

    texts: Mapping[int, str]
    title: str | None = None
    dropped: int = 0
    not_held: Mapping[int, tuple[int, ...]] = {}
    unworded: tuple[int, ...] = ()


PASSAGES_A_CLAIM = 12
"""How many passages one claim is held against, at most."""


class PassageToJudge(Value):
    """A numbered answer of somebody whom the claim does not cite.

    `question` is what was asked; only `text` can be quoted.
    """

    number: int
    text: str
    question: str = ""


class ClaimToJudge(Value):
    """One claim, and what the people whom it does not cite said nearest to it.

    `statements` are those that the claim rests on, at most three; `about` names the
    transcripts of the passages.
    """

    field: str
    text: str
    statements: tuple[str, ...] = ()
    passages: tuple[PassageToJudge, ...]
    about: tuple[str, ...] = ()


class Verdict(Value):
    """What one passage says of a claim.

    `quote` is verbatim for `supports` and `contradicts`, and empty otherwise.
    `unjudged` is the answer of a judge that cannot tell.
    """

    number: int
    stance: Literal["supports", "contradicts", "silent", "unjudged"]
    quote: str = ""


class Verdicts(Value):
    """One verdict a passage, by number; a passage without one is unjudged.

    `dropped` counts verdicts that cannot be used: a number that nobody asked for or
    that came twice, a stance without its quote.
    """

    verdicts: tuple[Verdict, ...]
    dropped: int = 0


class Analyst(Protocol):
    """The only place that knows whether a model is there."""

    name: str
    model: str | None

    guesses_kinds: bool
    """Kinds are guessed a sentence at a time; like statements vote on them."""

    def fingerprints(self) -> Mapping[str, str]:
        """Return prompt id → `ID@VERSION#HASH` (or cue set → version).

        `extract` names all that decides a reading, and is always there.
        """
        ...

    def extract(self, rendered: Rendered) -> Drafts | Asked[Drafts]:
        """Read one window."""
        ...

    def name_themes(
        self, themes: Sequence[ThemeToName], language: str
    ) -> Wordings | Asked[Wordings]:
        """Name at most THEMES_A_REQUEST themes, in the report's language."""
        ...

    def name_groups(
        self, groups: Sequence[GroupToName], language: str
    ) -> Wordings | Asked[Wordings]:
        """Name at most THEMES_A_REQUEST groups of themes, in the report's language."""
        ...

    def draft(self, skeleton: Skeleton, language: str) -> Wordings | Asked[Wordings]:
        """Word the claims of one skeleton, and give it a title."""
        ...

    def judge(self, claim: ClaimToJudge) -> Verdicts | Asked[Verdicts]:
        """Say of each passage whether it supports or contradicts the claim."""
        ...
