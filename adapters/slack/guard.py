"""What is looked at before a request is anybody's: how it is made, how long it is, and how it is signed."""

import asyncio
import re

from aiohttp import web

LONGEST_BODY = 1_000_000  # bytes
_CHUNK = 65_536  # bytes
_WITHIN = 5.0  # seconds for the whole of a body
_TIME = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")


class Stopped(Exception):
    """A request that goes no further. `status` is HTTP's, `what` says in a word what it was."""

    def __init__(self, status: int, what: str) -> None:
        super().__init__(what)
        self.status, self.what = status, what


async def body_of(request: web.Request) -> str:
    """The body of a request that may come from Slack. Whether it does is not said yet.

    Raises:
        Stopped: it cannot.
    """
    if request.method != "POST":
        raise Stopped(405, "ignored")
    if (request.content_length or 0) > LONGEST_BODY:
        raise Stopped(413, "too_large")
    signed = (
        _TIME.fullmatch(request.headers.get("X-Slack-Request-Timestamp", "")),
        _SIGNATURE.fullmatch(request.headers.get("X-Slack-Signature", "")),
    )
    if not all(signed):
        raise Stopped(401, "forged")
    try:
        async with asyncio.timeout(_WITHIN):
            return (await _read(request)).decode("utf-8")
    except TimeoutError:
        raise Stopped(408, "unreadable") from None
    except UnicodeDecodeError:  # Slack signs nothing of the kind
        raise Stopped(401, "forged") from None


async def _read(request: web.Request) -> bytes:
    read = bytearray()
    async for chunk in request.content.iter_chunked(_CHUNK):
        read += chunk
        if len(read) > LONGEST_BODY:
            raise Stopped(413, "too_large")
    return bytes(read)
