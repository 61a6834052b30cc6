"""`verse serve` as a process of its own before stand-ins: started, watched, killed and started again."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from adapters.settings import Settings
from tests.conftest import KEPT

_ROOT = Path(__file__).parents[3]
_PARTS = ("index", "posts", "vectors", "flows")
_READY_WITHIN = 300.0  # seconds; what reads posts may have to be learnt first
_STOPS_WITHIN = 15.0


@dataclass(slots=True)
class Process:
    """A process on a data folder and a port, as often as it is started. `settings` are its own beside those, and
    `by_words` has it do without an encoder."""

    folder: Path
    settings: Mapping[str, str]
    by_words: bool = False
    port: int = field(default_factory=lambda: _free_port())
    process: "subprocess.Popen[bytes] | None" = None

    def url(self, path: str) -> str:
        """Where a path of its site is."""
        return f"http://127.0.0.1:{self.port}{path}"

    async def start(self) -> None:
        """Starts it, and waits until it says that it is ready."""
        await self.begin()
        async with asyncio.timeout(_READY_WITHIN), aiohttp.ClientSession() as session:
            while not await self._is_ready(session):
                assert self.process is not None
                assert self.process.poll() is None, (self.folder / "log").read_text(encoding="utf-8")
                await asyncio.sleep(0.05)

    async def begin(self) -> None:
        """Starts it, and does not wait."""
        _prepare(self.folder, self.by_words)
        own = {name.upper() for name in Settings.model_fields}
        environment = {key: value for key, value in os.environ.items() if key not in own} | {
            "DATA_DIR": str(self.folder),
            "EMBEDDINGS": "none" if self.by_words else "minilm",
            "METRICS_PORT": "0",
            "OPENBLAS_NUM_THREADS": "1",
            "PORT": str(self.port),
            "PYTHONPATH": str(_ROOT),
            "SOCIETY": "ipem",
            **self.settings,
        }
        command = [sys.executable, "-c", "from adapters.command import main; main()", "serve"]
        with (self.folder / "said").open("ab") as said, (self.folder / "log").open("ab") as log:
            self.process = await asyncio.to_thread(
                lambda: subprocess.Popen(command, cwd=self.folder, env=environment, stdout=said, stderr=log)
            )

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ends it with a signal, and gives the status."""
        if self.process is None or self.process.poll() is not None:
            return 0
        self.process.send_signal(number)
        process, self.process = self.process, None
        return await asyncio.to_thread(process.wait, _STOPS_WITHIN)

    @property
    def cpu(self) -> float:
        """The seconds of processor that it has used."""
        assert self.process is not None
        return cpu_of(self.process.pid)

    async def _is_ready(self, session: aiohttp.ClientSession) -> bool:
        try:
            async with session.get(self.url("/readyz")) as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False


def cpu_of(process: int) -> float:
    """The seconds of processor that a process of this machine has used, as Linux counts them."""
    told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _prepare(folder: Path, by_words: bool) -> None:
    """A data folder whose index is there already; what the tests keep must have been made before."""
    kept = KEPT / "lexical" if by_words else KEPT
    for part in _PARTS:
        if (kept / part).exists() and not (folder / part).exists():
            (folder / part).symlink_to(kept / part)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
