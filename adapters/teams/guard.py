"""What is looked at before a request is anybody's: how it is made, how long it is, and whether it is an activity."""

import json
import re
from typing import Any

from aiohttp import web

from adapters.chat.guard import Stopped, read, see_that_it_may_be_read

_THIS_MACHINE = re.compile(r"(?:localhost|127(?:\.[0-9]{1,3}){3}|\[::1\])(?::[0-9]{1,5})?", re.IGNORECASE)
_PASSED_ON = ("forwarded", "x-forwarded-")


def see_that_it_is_from_here(request: web.Request) -> None:
    """Looks whether a request was made on this machine, to this machine, and not passed on from elsewhere: by a tunnel,
    or by a page in a browser that calls it by another name.

    Raises:
        Stopped: it was not.
    """
    to = request.headers.getall("Host", [])
    passed_on = any(name.casefold().startswith(_PASSED_ON) for name in request.headers)
    if passed_on or len(to) != 1 or not _THIS_MACHINE.fullmatch(to[0]):
        raise Stopped(403, "forged")


async def activity_of(request: web.Request) -> dict[str, Any]:
    """The activity in a request that may come from Teams. Whether it does is not said yet.

    Raises:
        Stopped: there is none.
    """
    see_that_it_may_be_read(request)
    if request.content_type != "application/json":
        raise Stopped(415, "unreadable")
    try:
        activity = json.loads((await read(request)).decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Stopped(400, "unreadable") from None
    if not isinstance(activity, dict) or not isinstance(activity.get("type"), str):
        raise Stopped(400, "unreadable")
    return activity


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
