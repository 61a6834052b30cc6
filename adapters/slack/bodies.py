"""Parts of what Slack sends, taken out with care: any of them may be missing, or of another kind. Pure."""

import re
from collections.abc import Mapping
from typing import Any

Body = Mapping[str, Any]

_CHANNEL = re.compile(r"[A-Z][A-Z0-9]{1,30}")
_PERSON = re.compile(r"[UW][A-Z0-9]{1,30}")
_TIME = re.compile(r"[0-9]{1,20}\.[0-9]{1,20}")


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
    return body.get(name) if isinstance(body, dict) else None


def channel_in(body: Body, name: str) -> str:
    """The id of a channel or of direct messages. Raises Malformed where there is none."""
    return _matching(_CHANNEL, body.get(name))


def person_in(body: Body, name: str) -> str:
    """The id of a person. Raises Malformed where there is none."""
    return _matching(_PERSON, body.get(name))


def time_in(body: Body, name: str) -> str:
    """The ts of a message. Raises Malformed where there is none."""
    return _matching(_TIME, body.get(name))


def _matching(form: re.Pattern[str], found: object) -> str:
    if not isinstance(found, str) or not form.fullmatch(found):
        raise Malformed
    return found
