"""Reads JSON by the part of Teams' own manifest schema that concerns this app, without its prose. That schema is in
the npm package @microsoft/app-manifest, under the MIT licence."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_SCHEMA = json.loads((Path(__file__).parents[2] / "golden/teams_manifest_schema.json").read_text(encoding="utf-8"))
_TYPES = {"object": dict, "array": list, "string": str, "boolean": bool}


def manifest_problems(manifest: Any) -> list[str]:
    """Everything in which a manifest is not as the schema asks, each with where it stands."""
    return list(_problems(manifest, _SCHEMA, ""))


def _problems(value: Any, schema: Any, at: str) -> Iterator[str]:
    schema = _followed(schema)
    kinds = schema.get("type")
    if isinstance(kinds, str) and not isinstance(value, _TYPES[kinds]):
        yield f"{at}: must be of type {kinds}"
        return
    if "const" in schema and value != schema["const"]:
        yield f"{at}: must be {schema['const']}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: must be one of {schema['enum']}"
    if isinstance(value, str):
        yield from _of_text(value, schema, at)
    elif isinstance(value, list):
        yield from _of_array(value, schema, at)
    elif isinstance(value, dict):
        yield from _of_object(value, schema, at)


def _followed(schema: Any) -> dict[str, Any]:
    """What a reference leads to."""
    while "$ref" in schema:
        steps, schema = schema["$ref"].split("/")[1:], _SCHEMA
        for step in steps:
            schema = schema[step]
    found: dict[str, Any] = schema
    return found


def _of_text(value: str, schema: dict[str, Any], at: str) -> Iterator[str]:
    if len(value) > schema.get("maxLength", len(value)):
        yield f"{at}: must be no more than {schema['maxLength']} characters"
    if not re.search(schema.get("pattern", ""), value):
        yield f"{at}: must match {schema['pattern']}"


def _of_array(value: list[Any], schema: dict[str, Any], at: str) -> Iterator[str]:
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        yield f"{at}: has {len(value)} items"
    for number, one in enumerate(value):
        yield from _problems(one, schema.get("items", {}), f"{at}/{number}")


def _of_object(value: dict[str, Any], schema: dict[str, Any], at: str) -> Iterator[str]:
    known = schema.get("properties", {})
    for name in schema.get("required", []):
        if name not in value:
            yield f"{at}/{name}: is missing"
    for name, one in value.items():
        if name in known:
            yield from _problems(one, known[name], f"{at}/{name}")
        elif schema.get("additionalProperties") is False:
            yield f"{at}/{name}: is not known"
