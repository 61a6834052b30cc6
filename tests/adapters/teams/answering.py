"""Something on this machine that answers whatever it is asked."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web


@asynccontextmanager
async def answering(answer: Callable[[web.Request], Awaitable[web.Response]]) -> AsyncIterator[str]:
    """Where it is, with a slash at the end."""
    app = web.Application()
    app.router.add_route("*", "/{anything:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def saying(body: str, status: int = 200) -> AsyncIterator[tuple[str, list[web.Request]]]:
    """Where it is that says the same of all, and what it was asked."""
    asked: list[web.Request] = []

    async def say(request: web.Request) -> web.Response:
        asked.append(request)
        return web.Response(text=body, status=status, content_type="application/json")

    async with answering(say) as url:
        yield url, asked
