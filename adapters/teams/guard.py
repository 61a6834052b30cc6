"""What is looked at before a request is anybody's: how it is made, how long it is, and whether it is an activity."""

import json
from typing import Any

from aiohttp import web

from adapters.chat.guard import Stopped, read, see_that_it_may_be_read


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
