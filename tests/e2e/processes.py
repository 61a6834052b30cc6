"""The processes of a run: the bot, the Playground and the browser, each started here and ended by its id."""

import asyncio
import contextlib
import json
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from adapters.settings import Settings
from tests.conftest import KEPT

HERE = Path(__file__).parent
_ROOT = HERE.parents[1]
_PLAYGROUND = HERE / "node_modules" / "@microsoft" / "m365agentsplayground" / "cli.js"
_UP_WITHIN, _ENDS_WITHIN = 300.0, 15.0  # seconds; what reads posts may have to be learnt first
_STEP_WITHIN = 60.0


class Failed(Exception):
    """A step in the browser did not go as it should."""


class Browser:
    """The Playground in a browser. Each step raises Failed where that does not show what it should."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def does(self, step: str, *given: object) -> None:
        """Has one step done, and waits for it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([step, *given]).encode() + b"\n")
        async with asyncio.timeout(_STEP_WITHIN):
            line = await self._process.stdout.readline()
        fault = json.loads(line) if line else "the browser has ended"
        if fault:
            raise Failed(f"{step} {', '.join(map(repr, given))}: {fault}")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@asynccontextmanager
async def bot(folder: Path) -> AsyncIterator[str]:
    """`verse serve` without an app id, with the shipped policies and what the folder holds; its address."""
    for part in ("index", "posts", "vectors", "flows"):
        if (KEPT / part).exists():
            (folder / part).symlink_to(KEPT / part)
    port, own = free_port(), {name.upper() for name in Settings.model_fields}
    environment = {key: value for key, value in os.environ.items() if key not in own} | {
        "DATA_DIR": str(folder),
        "MICROSOFT_DEVELOPMENT": "true",
        "METRICS_PORT": "0",
        "PORT": str(port),
        "PYTHONPATH": str(_ROOT),
        "SOCIETY": "ipem",
    }
    command = [sys.executable, "-c", "from adapters.command import main; main()", "serve"]
    async with _running(command, folder, environment, folder / "bot.log"):
        await _up(f"http://127.0.0.1:{port}/readyz")
        yield f"http://127.0.0.1:{port}"


@asynccontextmanager
async def playground(folder: Path, endpoint: str) -> AsyncIterator[str]:
    """Microsoft's Playground before a bot; its address. It sends nothing home. It listens on all interfaces."""
    port = free_port()
    options = ["-e", endpoint, "-c", "msteams", "-p", str(port), "--disable-telemetry"]
    async with _running(["node", str(_PLAYGROUND), *options], folder, dict(os.environ), folder / "playground.log"):
        await _up(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}"


@asynccontextmanager
async def browser(address: str, pictures: Path) -> AsyncIterator[Browser]:
    """A browser that shows what is at an address, and puts pictures of it into a folder."""
    process = await asyncio.create_subprocess_exec(
        "node",
        str(HERE / "playground.mjs"),
        address,
        str(pictures),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield Browser(process)
    finally:
        if process.stdin is not None:
            process.stdin.close()
        await _ended(process)


@asynccontextmanager
async def _running(command: list[str], folder: Path, environment: dict[str, str], log: Path) -> AsyncIterator[None]:
    with log.open("wb") as written:
        process = await asyncio.create_subprocess_exec(
            *command, cwd=folder, env=environment, stdout=written, stderr=written
        )
        try:
            yield
        finally:
            if process.returncode is None:
                process.terminate()
            await _ended(process)


async def _ended(process: asyncio.subprocess.Process) -> None:
    """Waits until a process has ended, and ends it where it does not by itself."""
    try:
        async with asyncio.timeout(_ENDS_WITHIN):
            await process.wait()
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _up(url: str) -> None:
    """Waits until an address answers as it should."""
    async with asyncio.timeout(_UP_WITHIN), aiohttp.ClientSession() as session:
        while True:
            with contextlib.suppress(aiohttp.ClientError):
                async with session.get(url) as answer:
                    if answer.status == 200:
                        return
            await asyncio.sleep(0.1)
