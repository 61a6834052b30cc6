"""The web site of `verse serve`: whether the process lives and can be relied on, what it counts, and what comes in."""

import asyncio
import errno
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from adapters.metrics import Metrics
from adapters.settings import SettingsError
from adapters.tokens import GOOD

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]

LONGEST_WAIT = 120.0  # seconds that something may wait in a queue before this process is called not ready
_LOOK_WITHIN = 3.0  # seconds
_GOODBYE = 3.0  # seconds that open requests have once the site closes
_CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

BUILDING, OPEN = "building", "open"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look at the database tells: its state, and how many seconds the first has waited that came in, and the
    first for each platform where some wait."""

    database: str
    usable: bool
    inbox_age: float = 0.0
    outbox_age: Mapping[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Health:
    """How this process is. `look` looks at the database, may take its time, and raises nothing. `tokens` tells how
    those of each chat platform stand that is on.

    Whoever hears that this process cannot be relied on keeps away from it what comes in of every platform: so trouble
    with one of them is told, and counts where no other is well.
    """

    look: Callable[[], Seen]
    index: str = BUILDING
    tokens: Callable[[], Mapping[str, str]] = dict
    stopping: bool = False
    _looking: "asyncio.Task[Seen] | None" = field(default=None, init=False)

    async def told(self) -> tuple[bool, dict[str, Any]]:
        """Whether it can be relied on, and why."""
        seen, tokens = await self._seen(), dict(self.tokens())
        works = self.index == OPEN and seen.usable and seen.inbox_age <= LONGEST_WAIT and not self.stopping
        ready = works and _is_any_well(tokens, seen.outbox_age)
        return ready, {
            "ready": ready,
            "stopping": self.stopping,
            "index": self.index,
            "database": seen.database,
            "tokens": tokens,
            "inbox_age_seconds": round(seen.inbox_age, 1),
            "outbox_age_seconds": {platform: round(age, 1) for platform, age in seen.outbox_age.items()},
        }

    async def _seen(self) -> Seen:
        """What is seen now; however many ask, one looks at a time, and nobody waits for a database that hangs."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(asyncio.to_thread(self.look))
        done, _ = await asyncio.wait({self._looking}, timeout=_LOOK_WITHIN)
        return done.pop().result() if done else Seen("does not answer", usable=False)


def _is_any_well(tokens: Mapping[str, str], ages: Mapping[str, float]) -> bool:
    """Whether what is said arrives on any chat platform; where none is on, by whatever else there is."""
    platforms = tokens or ages
    well = (tokens.get(one, GOOD) == GOOD and ages.get(one, 0.0) <= LONGEST_WAIT for one in platforms)
    return not platforms or any(well)


def site(health: Health) -> web.Application:
    """/healthz and /readyz."""

    async def healthz(_request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def readyz(_request: web.Request) -> web.Response:
        ready, told = await health.told()
        return web.json_response(told, status=200 if ready else 503)

    app = web.Application()
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    return app


def add_intake(app: web.Application, path: str, answer: Answer) -> web.Application:
    """The same site with a place where a platform sends what comes in."""
    app.router.add_route("*", path, answer)
    return app


def add_metrics(app: web.Application, metrics: Metrics) -> web.Application:
    """The same site with /metrics."""

    async def told(_request: web.Request) -> web.Response:
        text = await asyncio.to_thread(metrics.text)
        return web.Response(body=text, headers={"Content-Type": _CONTENT_TYPE})

    app.router.add_get("/metrics", told)
    return app


class Sites:
    """The sites that listen, closed together."""

    def __init__(self) -> None:
        self._runners: list[web.AppRunner] = []

    async def open(self, app: web.Application, host: str, port: int, names: tuple[str, str]) -> str:
        """Listens, and gives the address. `names` are the settings of host and port, for whoever has to change them.

        Raises:
            SettingsError: nothing can listen there.
        """
        # What is left of a body that was turned away is not read for a while yet, as it would be by default.
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=_GOODBYE, lingering_time=0)
        await runner.setup()
        self._runners.append(runner)
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            of_host, of_port = names
            if error.errno == errno.EADDRINUSE:
                what = f"port {port} of {host} is taken; stop what listens there, or set {of_port} to another"
            elif error.errno == errno.EACCES:
                what = f"port {port} may not be opened by this user; set {of_port} to one above 1023"
            else:
                what = f"nothing can listen at {host}; set {of_host} to an address of this machine, e.g. 127.0.0.1"
            raise SettingsError(what) from error
        bound = runner.addresses[0]
        shown = f"[{bound[0]}]" if ":" in bound[0] else bound[0]
        return f"http://{shown}:{bound[1]}"

    async def close(self) -> None:
        """Stops listening; open requests have a moment to end."""
        for runner in reversed(self._runners):
            await runner.cleanup()
        self._runners.clear()
