"""From an answer's text to a checked JSON object, deterministically.

Strict JSON goes first. What is mended is only the wrapping that models put around
JSON: byte order mark, a `<think>` block, code fences, prose, trailing commas. Values
are never guessed: NaN, duplicate keys, deep nesting, over-size and lone surrogates
are refused, and so is a text in which two different objects would fit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from icp_synth.domain.ids import canonical_json
from icp_synth.errors import AnswerUnusable

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_CHARS: Final = 4_000_000
MAX_DEPTH: Final = 64
_MAX_TRIES: Final = 32
_MAX_PROBLEMS: Final = 5
_PROBLEM_CHARS: Final = 200

_THINKING = re.compile(r"\A\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
_FENCE = re.compile(r"```[\w-]*[ \t]*\r?\n(.*?)\r?\n?[ \t]*```", re.DOTALL)
_STRING_OR_COMMA = re.compile(r'"(?:[^"\\]|\\.)*"|,(?=\s*[}\]])', re.DOTALL)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")
_SURROGATE = re.compile(r"\\ud[89a-f]", re.IGNORECASE)


class Parsed(NamedTuple):
    """An answer's object, and whether its text had to be mended."""

    value: dict[str, Any]
    repaired: bool


def parse_answer(text: str, schema: Mapping[str, Any] | None = None) -> Parsed:
    r"""Return the one JSON object of an answer.

    Args:
        text: The answer as it came.
        schema: What the object must fit; None checks the JSON alone.

    Returns:
        The object, and whether anything was stripped to get it.

    Raises:
        AnswerUnusable: There is no such object (`invalid`); the message says why, in
            words that may be sent back to the model.

    Example:
        >>> parse_answer('```json\\n{"a": [1, 2,],}\\n```')
        Parsed(value={'a': [1, 2]}, repaired=True)
    """
    if len(text) > MAX_CHARS:
        msg = f"{len(text)} characters are more than {MAX_CHARS}"
        raise _unusable(msg)
    problems: list[str] = []
    try:
        return Parsed(_fitting(text, schema), repaired=False)
    except _NotFittingError as error:
        problems.append(str(error))
    mended = _mended(text, schema, problems)
    if mended is None:
        raise _unusable(problems[0])
    return Parsed(mended, repaired=True)


def check(value: object, schema: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with `value` under `schema`; empty when it fits.

    Args:
        value: A JSON value.
        schema: A JSON schema, draft 2020-12.
    """
    errors = sorted(_validator(canonical_json(dict(schema)))(value))
    return errors[:_MAX_PROBLEMS]


class _NotFittingError(Exception):
    """A candidate is no JSON object that fits; never leaves this module."""


def _unusable(why: str) -> AnswerUnusable:
    return AnswerUnusable(
        f"The answer is not the JSON object that was asked for: {why}.",
        outcome="invalid",
        hint="It is asked for once more; then only what fits of it is kept.",
    )


def _fitting(text: str, schema: Mapping[str, Any] | None) -> dict[str, Any]:
    value = _loads(text)
    if not isinstance(value, dict):
        msg = "it is no JSON object"
        raise _NotFittingError(msg)
    problems = check(value, schema) if schema is not None else []
    if problems:
        raise _NotFittingError("; ".join(problems))
    return value


def _loads(text: str) -> object:
    if _depth(text) > MAX_DEPTH:
        msg = f"nested deeper than {MAX_DEPTH}"
        raise _NotFittingError(msg)
    try:
        value = json.loads(
            text,
            parse_constant=_no_constant,
            parse_float=_finite,
            object_pairs_hook=_no_duplicates,
        )
        if _SURROGATE.search(text):
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        msg = "half of a surrogate pair"
        raise _NotFittingError(msg) from error
    except (ValueError, RecursionError) as error:
        raise _NotFittingError(str(error)[:_PROBLEM_CHARS]) from error
    return value


def _no_constant(name: str) -> float:
    msg = f"{name} is no JSON"
    raise ValueError(msg)


def _finite(digits: str) -> float:
    number = float(digits)
    if number in {float("inf"), float("-inf")}:
        msg = "a number is out of range"
        raise ValueError(msg)
    return number


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    built = dict(pairs)
    if len(built) < len(pairs):
        names = [name for name, _ in pairs]
        twice = sorted({name for name in names if names.count(name) > 1})
        msg = f"key {twice[0][:40]!r} stands twice"
        raise ValueError(msg)
    return built


def _depth(text: str) -> int:
    """Return how deep brackets nest outside strings (10,000 `[` would crash)."""
    deep = most = 0
    for found in _BRACKET.finditer(_STRING.sub("", text)):
        deep += 1 if found.group() in "[{" else -1
        most = max(most, deep)
    return most


def _mended(
    text: str, schema: Mapping[str, Any] | None, problems: list[str]
) -> dict[str, Any] | None:
    found: dict[str, dict[str, Any]] = {}
    for candidate in _candidates(_THINKING.sub("", text, count=1)):
        for variant in (candidate, _without_trailing_commas(candidate)):
            try:
                value = _fitting(variant, schema)
            except _NotFittingError as error:
                # What a stripped candidate lacks says more than "not JSON".
                problems[0] = str(error)
                continue
            found.setdefault(canonical_json(value), value)
            break
    if len(found) > 1:
        problems[0] = f"{len(found)} different objects in it would fit"
        return None
    return next(iter(found.values()), None)


def _without_trailing_commas(text: str) -> str:
    return _STRING_OR_COMMA.sub(
        lambda match: match.group() if match.group().startswith('"') else "", text
    )


def _candidates(text: str) -> Iterator[str]:
    """Yield what may be the object: the whole, fenced blocks, balanced braces."""
    text = text.strip().removeprefix("\ufeff").strip()
    yield text
    fenced = [match.group(1) for match in _FENCE.finditer(text)]
    yield from fenced[:_MAX_TRIES]
    if not fenced:
        yield from _balanced(text)


def _balanced(text: str) -> Iterator[str]:
    """Yield the outermost `{…}` stretches, reading JSON strings as such."""
    deep, start, tries = 0, 0, 0
    in_string = escaped = False
    for at, character in enumerate(text):
        if in_string:
            in_string = escaped or character != '"'
            escaped = character == "\\" and not escaped
        elif deep and character == '"':
            in_string = True
        elif character == "{":
            start = at if deep == 0 else start
            deep += 1
        elif character == "}" and deep:
            deep -= 1
            if deep == 0:
                yield text[start : at + 1]
                tries += 1
                if tries == _MAX_TRIES:
                    return


@lru_cache(maxsize=32)
def _validator(schema_json: str) -> Callable[[object], list[str]]:
    # jsonschema has no types; it is imported late because it costs 0.1 s.
    from jsonschema import (
        Draft202012Validator,
    )

    validator = Draft202012Validator(json.loads(schema_json))

    def problems(value: object) -> list[str]:
        return [
            f"{error.json_path}: {error.message}"[:_PROBLEM_CHARS]
            for error in validator.iter_errors(value)
        ]

    return problems
