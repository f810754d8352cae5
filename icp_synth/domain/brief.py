"""The study brief: what the study says about itself, and its standing settings."""

from __future__ import annotations

from datetime import date
from typing import Self

from icp_synth.domain.codebook import Codebook, Example, OwnCategory
from icp_synth.domain.fields import Kind
from icp_synth.domain.hypotheses import Hypothesis
from icp_synth.domain.values import Value


class Brief(Value):
    """What the study says about itself; extraction sees only the first three.

    `currency` (ISO 4217) is meant where an amount was said without one.

    `extra` are own categories as (category, kind, description); `examples` are
    shown to a model before it reads. Extraction sees both.
    """

    product: str = ""
    what: str = ""
    questions: tuple[str, ...] = ()
    value_proposition: tuple[str, ...] = ()
    differentiators: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    currency: str | None = None
    outcome: str = ""
    year: int | None = None
    extra: tuple[tuple[str, Kind, str], ...] = ()
    examples: tuple[Example, ...] = ()

    def with_codebook(self, codebook: Codebook) -> Self:
        """Return this brief with the own categories and examples of a codebook."""
        extra = tuple((c.category, c.kind, c.description) for c in codebook.extra)
        update = {"extra": extra, "examples": codebook.examples}
        return self.model_copy(update=update)

    def codebook(self) -> Codebook:
        """Return own categories and examples, as `with_codebook` takes them."""
        extra = tuple(
            OwnCategory(category=category, kind=kind, description=description)
            for category, kind, description in self.extra
        )
        return Codebook(extra=extra, examples=self.examples)

    def own_categories(self) -> tuple[tuple[Kind, str], ...]:
        """Return own categories as (kind, category)."""
        return tuple((kind, category) for category, kind, _ in self.extra)


class SourceSettings(Value):
    """`[sources]`: which files are read, and who speaks as what in them.

    Attributes:
        paths: Files and folders, sorted, POSIX, relative to study.toml.
        tables: Tables that hold one interview a row, likewise.
        interviewer: Labels of interviewers; all others are participants.
        participant: Labels of participants; all others are interviewers.
        single_speaker: A file without labels is one participant's words.
        encoding: Of files that are not UTF-8; a Python codec name.
        id_column: Column of a table that names the interview.
        text_column: Column of a table that holds its text.
    """

    paths: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    interviewer: tuple[str, ...] = ()
    participant: tuple[str, ...] = ()
    single_speaker: bool = False
    encoding: str | None = None
    id_column: str | None = None
    text_column: str | None = None


class ModelSettings(Value):
    """`[model]`: who does the reading. Without a name nothing leaves the machine.

    Attributes:
        name: `provider:model`, or a bare model name with `base_url`.
        base_url: Of an endpoint that speaks the OpenAI protocol.
        embedding: `provider:model` of the vectors; None is the embedded ones.
        in_flight: Requests at the same time.
        budget: Most that one run may spend, in the currency of the prices.
        timeout: Seconds without a byte before a call is given up.
        temperature: Sampling temperature; None leaves it to the endpoint.
        max_tokens: Most tokens of one answer.
        seed: Sampling seed, where the endpoint takes one.
        input_price: Price of a million input tokens, where none is known.
        output_price: Price of a million output tokens, likewise.
        gleaning: 1 asks each window once more for what was missed.
        challenge: `top:N`, `all` or `off`: which claims are held against what others
            said.
    """

    name: str | None = None
    base_url: str | None = None
    embedding: str | None = None
    in_flight: int | None = None
    budget: float | None = None
    timeout: float | None = None
    temperature: float | None = None
    max_tokens: int | None = None
    seed: int | None = None
    input_price: float | None = None
    output_price: float | None = None
    gleaning: int | None = None
    challenge: str | None = None


class TokenSettings(Value):
    """`[tokens]`: how windows are counted, and how long they are.

    Attributes:
        encoding: tiktoken encoding that counts; None is estimate-v1.
        window: Most tokens that a model reads at once.
    """

    encoding: str | None = None
    window: int | None = None


class PrivacySettings(Value):
    """`[privacy]`: protected fields that a score may use all the same."""

    allow_protected: tuple[str, ...] = ()


class ReviewSettings(Value):
    """`[review]`: until when the synthesis stands without a new look.

    Attributes:
        by: The last day; without it, a year after the newest synthesis.
    """

    by: date | None = None


class Study(Value):
    """study.toml, whole.

    `preset` of `[research]` is `b2b` (ICPs of companies) or `b2c` (of people);
    `hypotheses` are those that stand in `[research]` itself.
    """

    brief: Brief = Brief()
    sources: SourceSettings = SourceSettings()
    model: ModelSettings = ModelSettings()
    tokens: TokenSettings = TokenSettings()
    privacy: PrivacySettings = PrivacySettings()
    preset: str | None = None
    hypotheses: tuple[Hypothesis, ...] = ()
    review: ReviewSettings = ReviewSettings()
