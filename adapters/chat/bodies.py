"""Parts of what a platform sends, taken out with care: any of them may be missing, or of another kind. Pure."""

from collections.abc import Mapping
from typing import Any

Body = Mapping[str, Any]


class Malformed(Exception):
    """A body that lacks what its kind has."""


def object_in(body: Body, name: str) -> dict[str, Any]:
    """The object of that name. Raises Malformed where there is none."""
    found = body.get(name)
    if not isinstance(found, dict):
        raise Malformed
    return found


def text_in(body: Body, name: str) -> str:
    """The text of that name. Raises Malformed where there is none, or an empty one."""
    found = body.get(name)
    if not isinstance(found, str) or not found:
        raise Malformed
    return found


def words_in(body: object, name: str) -> str:
    """The text of that name; empty where there is none."""
    found = part_of(body, name)
    return found if isinstance(found, str) else ""


def part_of(body: object, name: str) -> object:
    """What is of that name; None where there is nothing."""
    return body.get(name) if isinstance(body, dict) else None


def list_in(body: object, name: str) -> list[Any]:
    """The list of that name; an empty one where there is none."""
    found = part_of(body, name)
    return found if isinstance(found, list) else []
