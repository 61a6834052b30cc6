"""What another server answers, of which no more is read than is bearable."""

import json
from typing import Any

import aiohttp

_CHUNK = 65_536  # bytes


async def object_in(response: aiohttp.ClientResponse, longest: int = 1_000_000) -> dict[str, Any]:
    """The JSON object that is the body of an answer, of so many bytes at most.

    Raises:
        ValueError: there is none, or it is longer.
        aiohttp.ClientError: the line broke.
    """
    read = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        read += chunk
        if len(read) > longest:
            raise ValueError("too long")
    try:
        found = json.loads(read)
    except RecursionError:
        raise ValueError("too deep") from None
    if not isinstance(found, dict):
        raise ValueError("no object")
    return found
