"""One process that works on what came in, sends what waits, reminds, and says how it is."""

import asyncio
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

import structlog
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from adapters import logs
from adapters.bootstrap import put_together
from adapters.console.terminal import write
from adapters.delivery.platforms import Platform
from adapters.delivery.sending import Sender
from adapters.delivery.working import Worker
from adapters.duties import duties_of, keep
from adapters.email.app import EmailPlatform
from adapters.metrics import Counted, Metrics
from adapters.opening import database_of, is_held, unreachable, wait_for_turn
from adapters.server import OPEN, Health, Seen, Sites, add_intake, add_metrics, site
from adapters.settings import Settings, SettingsError, without_secrets
from adapters.storage.database import StoreError
from adapters.storage.figures import figures
from adapters.storage.migrating import State, state, upgrade
from adapters.stored import Stored, stored
from adapters.surfaces import SWITCHES, surfaces_of
from adapters.workspace import workspace_of
from bot.messages import Message
from knowledge.vectors import Progress

_AGAIN = 5.0  # seconds after which a database that is away is tried again
_STOP_WITHIN = 9.5  # seconds; whoever stops us gives ten
_BROKEN = 1  # the status of a process that met a bug; whoever watches it starts another
_AT_ONCE = 4  # messages that are handled at a time; SQLite has one writer

_log = structlog.get_logger()
_T = TypeVar("_T")


def run(settings: Settings) -> None:
    """Serves until it is stopped. Raises as `Serving.run` does."""
    logs.set_up()
    asyncio.run(Serving(settings, _say).run())
    _leave()  # taking an index apart takes seconds, and a thread that still builds one would not hear of it


class Serving:
    """One process of the bot, from opening to stopping. `say` tells whoever started it what is on, a line each."""

    def __init__(self, settings: Settings, say: Callable[[str], None]) -> None:
        self._settings, self._say = settings, say
        self._database = database_of(settings)
        self._metrics = Metrics()
        self._surfaces = surfaces_of(settings, self._metrics.took_in, lambda: self._wake())
        self._health = Health(self._look, tokens=lambda: {one.name: one.token for one in self._surfaces})
        self._given_up = threading.Event()
        self._wake: Callable[[], None] = lambda: None  # the worker, once there is one

    async def run(self) -> None:
        """Serves until SIGTERM or SIGINT.

        Raises:
            SettingsError: nothing can listen at HOST and PORT, or the database cannot be used.
            Exception: whatever keeps the bot from being put together.
        """
        stopping, sites = asyncio.Event(), Sites()
        deadline = threading.Timer(_STOP_WITHIN, _leave)
        deadline.daemon = True

        def stop() -> None:
            if not stopping.is_set():
                deadline.start()
                _log.info("stopping")
            self._health.stopping = True
            self._given_up.set()
            stopping.set()

        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop)
        try:
            address = await self._listen(sites)
            if await self._take_in(address, stopping):
                opened = await self._in_thread(self._open, stopping)
                if opened is not None:
                    await self._work(opened, stopping)
        finally:
            for surface in self._surfaces:
                await surface.close()
            await sites.close()
            self._database.close()
        _log.info("stopped")

    async def _listen(self, sites: Sites) -> str:
        """Opens the sites, and gives the address of the first."""
        settings, app = self._settings, site(self._health)
        for surface in self._surfaces:
            if surface.path is not None:
                add_intake(app, surface.path, surface.answer)
        same = settings.metrics_port == settings.port != 0
        if same:
            add_metrics(app, self._metrics)
        health = await sites.open(app, settings.host, settings.port, ("HOST", "PORT"))
        self._say(f"health    {health}/healthz and {health}/readyz")
        metrics = health
        if not same:
            alone = add_metrics(site(self._health), self._metrics)
            names = ("METRICS_HOST", "METRICS_PORT")
            metrics = await sites.open(alone, settings.metrics_host, settings.metrics_port, names)
        self._say(f"metrics   {metrics}/metrics")
        self._say(f"database  {without_secrets(settings.database_url)}")
        smtp = settings.smtp_url
        mail = f"through {without_secrets(smtp.get_secret_value())}" if smtp else "off; set SMTP_URL to send notices"
        self._say(f"e-mail    {mail}")
        on = {one.name for one in self._surfaces}
        for name in (name for name in SWITCHES if name not in on):
            self._say_of(name, f"off; set {SWITCHES[name]} to switch it on")
        return health

    async def _take_in(self, address: str, stopping: asyncio.Event) -> bool:
        """Has the tables made, and takes in from then on what comes, though nothing can be answered yet; False where it
        was stopped before."""
        workspaces = {}
        for surface in self._surfaces:
            look = partial(workspace_of, self._settings, surface.name)
            workspaces[surface.name] = await self._in_thread(look, stopping)
        if not await self._in_thread(self._migrated, stopping):
            return False
        for surface in self._surfaces:
            workspace = workspaces[surface.name]
            if workspace is not None:
                await surface.open(workspace, self._database, partial(self._say_of, surface.name), address)
        return True

    async def _in_thread(self, do: Callable[[], _T], stopping: asyncio.Event) -> _T | None:
        """What is done in a thread, so that whoever asks meanwhile is told how far it is; None where it was stopped
        before that was done.

        The thread is a daemon: building an index takes a minute, and nobody waits for it who wants to stop.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[_T] = loop.create_future()

        def tell(how: Callable[[], None]) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended: nobody is there to be told
                loop.call_soon_threadsafe(how)

        def do_it() -> None:
            try:
                found = do()
            except BaseException as error:
                told = error
                tell(lambda: future.set_exception(told))
            else:
                tell(lambda: future.set_result(found))

        threading.Thread(target=do_it, name="opening", daemon=True).start()
        stopped = asyncio.ensure_future(stopping.wait())
        either: list[asyncio.Future[Any]] = [future, stopped]
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        return future.result() if future.done() else None

    def _open(self) -> Stored:
        parts = put_together(self._settings, _progress_logged)
        _ = parts.reader.opened  # what reads posts learns now, while nobody waits for an answer
        parts.assistant.get_ready()
        answer, failed = parts.assistant.handle, parts.assistant.failed
        counted, counted_failing = self._metrics.counted(answer), self._metrics.counted_failing(failed)
        opened = stored(parts, self._database, counted, counted_failing, self._introduced)
        with opened.store.reading() as work:
            parts.precedents.refreshed(work)  # encodes every ruling once
        return opened

    def _migrated(self) -> bool:
        """Whether the tables are as this code expects them; False where nobody waits for that any more. A server that
        is away, and a file that another process holds, are waited for."""
        while not self._given_up.is_set():
            try:
                wait_for_turn(self._database, lambda _line: _log.warning("database held"))
                upgrade(self._database)
            except OperationalError as error:
                if self._database.is_sqlite and not is_held(error):  # a file does not come back by itself
                    raise SettingsError(unreachable(self._settings, error)) from error
                _log.warning("database away", fault=type(error).__name__, seconds=_AGAIN)
                self._given_up.wait(_AGAIN)
            except SQLAlchemyError as error:
                raise SettingsError(unreachable(self._settings, error)) from error
            except StoreError as error:
                raise SettingsError(str(error)) from error
            else:
                return True
        return False

    async def _work(self, opened: Stored, stopping: asyncio.Event) -> None:
        """Does all that is to be done until it is stopped; then nothing is taken in while what is in flight ends."""
        self._metrics.watch(lambda: figures(self._database))
        sender = Sender(opened.outbox, self._platforms(opened))
        at_once = 1 if self._database.is_sqlite else _AT_ONCE
        worker = Worker(opened.inbox, opened.handling, at_once, then=sender.wake)
        self._wake = worker.wake
        duties = duties_of(opened)
        self._health.index = OPEN
        self._say(f"ready     with the policies of {', '.join(opened.parts.library.societies)}")
        _log.info("ready")

        async def stop_intake() -> None:
            await stopping.wait()
            await asyncio.gather(*(surface.stop_intake() for surface in self._surfaces))

        try:
            async with asyncio.TaskGroup() as group:
                for running in (worker.run(stopping), sender.run(stopping), keep(duties, stopping), stop_intake()):
                    group.create_task(running)
        except ExceptionGroup as broken:  # a bug; its words may quote somebody, so the log tells where it was
            for error in broken.exceptions:
                _log.critical("broken", exc_info=error)
            raise SystemExit(_BROKEN) from None

    def _platforms(self, opened: Stored) -> dict[str, Platform]:
        """What is switched on, by the name that its conversations begin with."""
        found: dict[str, Platform] = {}
        if self._settings.smtp_url is not None:
            found["email"] = EmailPlatform(self._settings, opened.parts.offices)
        found |= {surface.name: surface.platform() for surface in self._surfaces}
        return {name: Counted(name, platform, self._metrics) for name, platform in found.items()}

    def _look(self) -> Seen:
        """How the database is, and how long what came in, and what is to be sent from here, has waited."""
        try:
            stands = state(self._database)
            if stands is not State.UP_TO_DATE:
                return Seen(str(stands), usable=stands is State.NEWER)
            seen = figures(self._database)
        except SQLAlchemyError:
            return Seen("unreachable", usable=False)
        served = {platform: age for platform, age in seen.outbox_age.items() if platform in self._served}
        return Seen(str(stands), True, seen.inbox_age, served)

    def _introduced(self, message: Message) -> Message:
        for surface in self._surfaces:
            message = surface.introduced(message)
        return message

    def _say_of(self, name: str, how: str) -> None:
        self._say(f"{name:<10}{how}")

    @property
    def _served(self) -> list[str]:
        return [*(["email"] if self._settings.smtp_url else []), *(one.name for one in self._surfaces)]


@contextmanager
def _progress_logged() -> Iterator[Progress]:
    """Tells the log that a stage of long work has begun."""
    begun: set[str] = set()

    def tell(stage: str, _done: int, of: int) -> None:
        if stage not in begun:
            begun.add(stage)
            _log.info("index building", count=of)

    yield tell


def _say(line: str) -> None:
    write(line)
    sys.stdout.flush()


def _leave() -> None:
    """Ends the process as it is. Whatever was still in flight is taken up again when its lease ends."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(0)
