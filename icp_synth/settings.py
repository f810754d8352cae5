"""Settings of one run: flag > environment > study.toml > default.

Keys of providers are read from the environment by the door that needs them and are
never a part of these values, so that nothing here can print a secret.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from math import inf
from typing import Any

from pydantic import ValidationError

from icp_synth.domain.brief import Study
from icp_synth.domain.challenges import Scope
from icp_synth.domain.values import Value
from icp_synth.errors import SettingsError

_ENVIRONMENT = {
    "ICP_SYNTH_BASE_URL": "base_url",
    "ICP_SYNTH_IN_FLIGHT": "in_flight",
    "ICP_SYNTH_BUDGET": "budget",
    "ICP_SYNTH_LANGUAGE": "language",
}
"""No variable names a model: a key or address alone must send nothing."""


WINDOW = 6000
"""Tokens of a window: most interviews are one."""

_WINDOWS = (500, 100_000)


class Settings(Value):
    """Everything that one run was told, resolved.

    Attributes:
        model: `provider:name`, or a bare name with `base_url`; None reads with
            the embedded analyst.
        base_url: Of an endpoint that speaks the OpenAI protocol.
        prompts: Folder of own prompts, or None.
        embedding: `openai:NAME` for an endpoint's vectors; None or `embedded` for
            those of the package.
        in_flight: Requests at the same time.
        budget: Most that the run may spend; None is no limit.
        timeout: Seconds without a byte before a call is given up.
        parameters: Sent with each request (`temperature`, `seed`, `max_tokens`).
        prices: Input and output price of a million tokens where none is known.
        language: Of the report, `en` or `zh`.
        created: ISO 8601 for the manifest; None takes the time of the run.
        interviewers, participants, single_speaker: Who speaks as what.
        encoding, id_column, text_column: How files and tables are read.
        token_encoding: tiktoken encoding that windows are counted with.
        window: Most tokens of a window, the part of an interview that is read at once.
        gleaning: 1 asks each window once more for what was missed, 0 does not.
        preset: `b2b` drafts ICPs of companies where they are known, `b2c` of people.
        challenge: `top:N`, `all` or `off`: which claims are held against what others
            said; None is all without a model, and the 30 best supported with one.
        no_stability: Themes are not looked for again among resampled people.
    """

    model: str | None = None
    base_url: str | None = None
    prompts: str | None = None
    embedding: str | None = None
    in_flight: int = 8
    budget: float | None = None
    timeout: float = 120.0
    parameters: Mapping[str, Any] = {}
    prices: tuple[float | None, float | None] = (None, None)
    language: str = "en"
    created: str | None = None
    interviewers: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    single_speaker: bool = False
    encoding: str | None = None
    id_column: str | None = None
    text_column: str | None = None
    token_encoding: str | None = None
    window: int = WINDOW
    gleaning: int = 0
    preset: str = "b2b"
    challenge: str | None = None
    no_stability: bool = False


def resolve(
    flags: Mapping[str, Any], environ: Mapping[str, str], study: Study
) -> Settings:
    """Merge flags, environment and study.toml into one value.

    Args:
        flags: Names of `Settings`; None and empty tuples mean "not given".
        environ: Usually `os.environ`.
        study: study.toml as read.

    Raises:
        SettingsError: A value is of the wrong type, with the name of the flag,
            variable or key.

    Example:
        >>> resolve({"in_flight": 2}, {"ICP_SYNTH_IN_FLIGHT": "4"}, Study()).in_flight
        2
    """
    chosen: dict[str, Any] = _of_study(study)
    for variable, name in _ENVIRONMENT.items():
        if environ.get(variable):
            chosen[name] = environ[variable]
    chosen.update({name: value for name, value in flags.items() if _given(value)})
    try:
        settings = Settings.model_validate(chosen)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        msg = f"The setting {name!r} does not fit: {first['msg']}."
        hint = "Look at the flag, its ICP_SYNTH_ variable and study.toml."
        raise SettingsError(msg, hint=hint) from error
    _check(settings)
    return settings


def _check(settings: Settings) -> None:
    """Refuse what has the right type and makes no sense."""
    _check_words(settings)
    if settings.in_flight < 1:
        msg = f"in_flight is at least 1, not {settings.in_flight}."
        raise SettingsError(msg, hint="It counts requests at the same time.")
    if settings.budget is not None and settings.budget < 0:
        msg = f"A budget is at least 0, not {settings.budget}."
        raise SettingsError(msg, hint="It is the most that a run may spend.")
    if not 0 < settings.timeout < inf:
        msg = f"A timeout is more than 0 seconds, not {settings.timeout}."
        raise SettingsError(msg, hint="A slow local model may need 600.")
    if not _WINDOWS[0] <= settings.window <= _WINDOWS[1]:
        msg = (
            f"A window is {_WINDOWS[0]} to {_WINDOWS[1]} tokens, not {settings.window}."
        )
        raise SettingsError(msg, hint=f"Most interviews fit {WINDOW}.")
    if settings.gleaning not in {0, 1}:
        msg = f"gleaning is 0 or 1, not {settings.gleaning}."
        raise SettingsError(msg, hint="1 asks once more for what was missed.")
    if settings.challenge is not None and Scope.of(settings.challenge) is None:
        msg = f"challenge is top:N, all or off, not {settings.challenge!r}."
        raise SettingsError(msg, hint="top:30 asks about the 30 best supported claims.")
    given, made = settings.prices
    if made is not None and given is None:
        msg = "[model] has an output_price and no input_price."
        raise SettingsError(msg, hint="Give both: dollars for a million tokens.")
    try:
        datetime.fromisoformat(settings.created or "2026-01-01")
    except ValueError as error:
        msg = f"The time created = {settings.created!r} is not ISO 8601."
        hint = "Write it like 2026-01-31T09:00:00+00:00."
        raise SettingsError(msg, hint=hint) from error


def _check_words(settings: Settings) -> None:
    """Refuse a word that is none of those that a setting knows."""
    if settings.language not in {"en", "zh"}:
        msg = f"The report's language is en or zh, not {settings.language!r}."
        raise SettingsError(msg, hint="Quotes stay in their own language.")
    if settings.preset not in {"b2b", "b2c"}:
        msg = f"The preset is b2b or b2c, not {settings.preset!r}."
        raise SettingsError(msg, hint="b2c drafts ICPs of people, not of companies.")


def _given(value: Any) -> bool:
    """Tell whether a flag was given; a budget of 0 is, and must hold."""
    return not (value is None or value is False or value == ())


def _of_study(study: Study) -> dict[str, Any]:
    model, sources = study.model, study.sources
    parameters = {
        name: value
        for name in ("temperature", "max_tokens", "seed")
        if (value := getattr(model, name)) is not None
    }
    standing = {
        "model": model.name,
        "base_url": model.base_url,
        "embedding": model.embedding,
        "in_flight": model.in_flight,
        "budget": model.budget,
        "timeout": model.timeout,
        "parameters": parameters,
        "prices": (model.input_price, model.output_price),
        "interviewers": sources.interviewer,
        "participants": sources.participant,
        "single_speaker": sources.single_speaker,
        "encoding": sources.encoding,
        "id_column": sources.id_column,
        "text_column": sources.text_column,
        "token_encoding": study.tokens.encoding,
        "window": study.tokens.window,
        "gleaning": model.gleaning,
        "preset": study.preset,
        "challenge": model.challenge,
    }
    return {name: value for name, value in standing.items() if value is not None}
