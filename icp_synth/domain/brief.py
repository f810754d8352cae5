"""The study brief: what the study says about itself, and its standing settings."""

from __future__ import annotations

from icp_synth.domain.fields import Kind
from icp_synth.domain.values import Value


class Brief(Value):
    """What the study says about itself; extraction sees only the first three.

    `extra` are own categories as (category, kind, description).
    """

    product: str = ""
    what: str = ""
    questions: tuple[str, ...] = ()
    value_proposition: tuple[str, ...] = ()
    differentiators: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    outcome: str = ""
    year: int | None = None
    extra: tuple[tuple[str, Kind, str], ...] = ()


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


class TokenSettings(Value):
    """`[tokens]`: the encoding that windows are counted with; None is estimate-v1."""

    encoding: str | None = None


class PrivacySettings(Value):
    """`[privacy]`: protected fields that a score may use all the same."""

    allow_protected: tuple[str, ...] = ()


class Study(Value):
    """study.toml, whole."""

    brief: Brief = Brief()
    sources: SourceSettings = SourceSettings()
    model: ModelSettings = ModelSettings()
    tokens: TokenSettings = TokenSettings()
    privacy: PrivacySettings = PrivacySettings()
