"""The ids in what Slack sends, taken out with care: any of them may be missing, or of another kind. Pure."""

import re

from adapters.chat.bodies import Body, Malformed

_CHANNEL = re.compile(r"[A-Z][A-Z0-9]{1,30}")
_PERSON = re.compile(r"[UW][A-Z0-9]{1,30}")
_TIME = re.compile(r"[0-9]{1,20}\.[0-9]{1,20}")


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
