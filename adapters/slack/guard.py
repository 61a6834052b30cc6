"""What is looked at before a request is anybody's: how it is made, how long it is, and how it is signed."""

import re

from aiohttp import web

from adapters.chat.guard import Stopped, read, see_that_it_may_be_read

_TIME = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")


async def body_of(request: web.Request) -> str:
    """The body of a request that may come from Slack. Whether it does is not said yet.

    Raises:
        Stopped: it cannot.
    """
    see_that_it_may_be_read(request)
    signed = (
        _TIME.fullmatch(request.headers.get("X-Slack-Request-Timestamp", "")),
        _SIGNATURE.fullmatch(request.headers.get("X-Slack-Signature", "")),
    )
    if not all(signed):
        raise Stopped(401, "forged")
    try:
        return (await read(request)).decode("utf-8")
    except UnicodeDecodeError:  # Slack signs nothing of the kind
        raise Stopped(401, "forged") from None
