"""Strict JSON schemas: built from pydantic models, and linted.

Strict structured output takes a subset: every property required, no additional ones,
no defaults, no free dictionaries, no tuples, no recursion. The SDK's own converter
refuses none of these; `lint_schema` does, before a call is paid for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import BaseModel

from icp_synth.errors import PromptError

_DROPPED: Final = frozenset(
    {"title", "default", "examples", "minLength", "maxLength", "$defs", "discriminator"}
)
"""Keywords that strict mode refuses or that only cost tokens; pydantic still checks."""

_KNOWN: Final = frozenset(
    {
        "type",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "enum",
        "const",
        "anyOf",
        "description",
        "pattern",
        "format",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "minItems",
        "maxItems",
        "$ref",
        "$defs",
    }
)
_MAX_DEPTH: Final = 10
_MAX_PROPERTIES: Final = 5_000
_MAX_ENUM: Final = 1_000


def strict_schema(model: type[BaseModel]) -> dict[str, Any]:
    """Return the strict schema of a model's JSON.

    References are written out (small servers' grammars do not follow them), every
    property is required in the model's order, an optional one may be null.

    Args:
        model: What an answer may hold.

    Raises:
        PromptError: The model cannot be said in strict mode; the message lists why.

    Example:
        >>> class Answer(BaseModel):
        ...     word: str = ""
        >>> strict_schema(Answer)["required"]
        ['word']
    """
    full = model.model_json_schema()
    built = _strict(full, full.get("$defs", {}), ())
    problems = lint_schema(built)
    if problems:
        msg = f"{model.__name__} has no strict schema: {'; '.join(problems)}."
        raise PromptError(
            msg,
            hint="Give every field a closed type: no dict, tuple or recursion.",
        )
    return built


def _strict(
    node: Mapping[str, Any], defs: Mapping[str, Any], above: tuple[str, ...]
) -> dict[str, Any]:
    reference = node.get("$ref")
    if isinstance(reference, str):
        name = reference.rsplit("/", 1)[-1]
        if name in above or name not in defs:
            return {"$ref": reference}
        beside = {key: value for key, value in node.items() if key != "$ref"}
        return _strict({**defs[name], **beside}, defs, (*above, name))
    built: dict[str, Any] = {}
    for key, value in node.items():
        if key in _DROPPED:
            continue
        if key == "properties":
            built[key] = {
                name: _strict(child, defs, above) for name, child in value.items()
            }
        elif key in {"anyOf", "oneOf", "allOf"}:
            built["anyOf" if key == "oneOf" else key] = [
                _strict(child, defs, above) for child in value
            ]
        elif key == "items" and isinstance(value, Mapping):
            built[key] = _strict(value, defs, above)
        else:
            built[key] = value
    if "properties" in built:
        built["required"] = list(built["properties"])
        built["additionalProperties"] = False
    return built


def lint_schema(schema: Mapping[str, Any]) -> list[str]:
    """Return what strict mode would refuse in `schema`; empty when it would pass.

    Args:
        schema: A JSON schema as it would be sent.

    Returns:
        One sentence a problem, each with its path, in the schema's order.
    """
    problems = [] if schema.get("type") == "object" else ["$: the root is no object"]
    properties = enums = 0
    for path, depth, node in _walk(schema, "$", 0):
        problems += [f"{path}: {text}" for text in _problems(node)]
        properties += len(node.get("properties", {}))
        enums += len(node.get("enum", ()))
        if depth == _MAX_DEPTH + 1:
            problems.append(f"{path}: nested deeper than {_MAX_DEPTH}")
    if properties > _MAX_PROPERTIES:
        problems.append(f"$: {properties} properties are more than {_MAX_PROPERTIES}")
    if enums > _MAX_ENUM:
        problems.append(f"$: {enums} enum values are more than {_MAX_ENUM}")
    return problems


def _walk(
    node: Mapping[str, Any], path: str, depth: int
) -> Iterator[tuple[str, int, Mapping[str, Any]]]:
    yield path, depth, node
    for name, child in node.get("properties", {}).items():
        yield from _walk(child, f"{path}.{name}", depth + 1)
    if isinstance(node.get("items"), Mapping):
        yield from _walk(node["items"], f"{path}[]", depth + 1)
    for index, child in enumerate(node.get("anyOf", ())):
        yield from _walk(child, f"{path}|{index}", depth)
    for name, child in node.get("$defs", {}).items():
        yield from _walk(child, f"{path}#{name}", depth)


def _problems(node: Mapping[str, Any]) -> Iterator[str]:
    for key in node:
        if key == "prefixItems":
            yield "a tuple; use an object or a list of one type"
        elif key == "default":
            yield "has a default"
        elif key not in _KNOWN:
            yield f"keyword {key!r} is not in the strict subset"
    if "$ref" in node:
        yield "recursive, or a reference to nowhere"
    kinds = node.get("type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if "object" in kinds:
        yield from _object_problems(node)
    typed = isinstance(node.get("items"), Mapping) or "prefixItems" in node
    if "array" in kinds and not typed:
        yield "a list without the type of its items"
    if kinds == [None] and not {"anyOf", "enum", "const", "$ref"} & node.keys():
        yield "any type at all"


def _object_problems(node: Mapping[str, Any]) -> Iterator[str]:
    if "properties" not in node:
        yield "a free dictionary; name its properties"
        return
    if node.get("additionalProperties") is not False:
        yield "additionalProperties is not false"
    missing = [
        name for name in node["properties"] if name not in node.get("required", ())
    ]
    if missing:
        yield f"not required: {', '.join(missing)}"
