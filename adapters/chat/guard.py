"""What is looked at before a request is anybody's: how it is made, and how long it is."""

import asyncio

from aiohttp import web

LONGEST_BODY = 1_000_000  # bytes
_CHUNK = 65_536  # bytes
_WITHIN = 5.0  # seconds for the whole of a body


class Stopped(Exception):
    """A request that goes no further. `status` is HTTP's, `what` says in a word what it was."""

    def __init__(self, status: int, what: str) -> None:
        super().__init__(what)
        self.status, self.what = status, what


def see_that_it_may_be_read(request: web.Request) -> None:
    """Looks at what a request says of itself.

    Raises:
        Stopped: it posts nothing, or too much.
    """
    if request.method != "POST":
        raise Stopped(405, "ignored")
    if (request.content_length or 0) > LONGEST_BODY:
        raise Stopped(413, "too_large")


async def read(request: web.Request) -> bytes:
    """The body of a request, whoever it comes from.

    Raises:
        Stopped: it is too long, or takes too long to come.
    """
    body = bytearray()
    try:
        async with asyncio.timeout(_WITHIN):
            async for chunk in request.content.iter_chunked(_CHUNK):
                body += chunk
                if len(body) > LONGEST_BODY:
                    raise Stopped(413, "too_large")
    except TimeoutError:
        raise Stopped(408, "unreadable") from None
    return bytes(body)
