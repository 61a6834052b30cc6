"""`verse serve` as a process: it says what is on, works, is watched over real HTTP, and stops when it is told to."""

import asyncio
import json
import logging
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import structlog

from adapters.command import main
from adapters.settings import Settings
from adapters.storage.database import Database
from adapters.storage.inbox import Inbox
from adapters.storage.sql import SqlStore
from bot.acts import Send
from bot.messages import Message
from bot.people import Person
from knowledge.library import Library
from knowledge.posts.reading import PostReader
from tests.adapters.email.post_office import PostOffice, opened
from tests.conftest import KEPT
from tests.logged import faults_in

ROOT = Path(__file__).parents[2]
ASKER = Person("console:U0ANN", "Ann Example")
QUESTION = "Who looks after the official accounts on a rainy Tuesday?"
STOPS_WITHIN = 10.0
PATIENCE = 300.0  # reading posts may have to be learnt first


class Served:
    """A process of `verse serve`, and what it has said so far."""

    def __init__(self, process: "subprocess.Popen[str]", folder: Path) -> None:
        self.process, self._folder = process, folder

    @property
    def said(self) -> str:
        return (self._folder / "said").read_text(encoding="utf-8")

    @property
    def log(self) -> str:
        return (self._folder / "log").read_text(encoding="utf-8")

    def line(self, surface: str) -> str:
        """The line about a surface, once it is there."""

        def look() -> list[str]:
            assert self.process.poll() is None, self.said + self.log
            return [one for one in self.said.splitlines() if one.startswith(surface)]

        return str(wait_for(look)[0])

    def address(self, path: str) -> str:
        surface = "metrics" if path == "/metrics" else "health"
        return next(word for word in self.line(surface).split() if word.endswith(path))

    def stopped_by(self, number: signal.Signals) -> tuple[int, float]:
        """The status with which it ended, and after how many seconds."""
        begun = time.monotonic()
        self.process.send_signal(number)
        return self.process.wait(STOPS_WITHIN + 5), time.monotonic() - begun


def wait_for(look: Callable[[], Any]) -> Any:
    """What a look gives, as soon as it gives something."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if found := look():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not come")


def get(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def settings_in(folder: Path) -> dict[str, str]:
    return {"DATA_DIR": str(folder), "EMBEDDINGS": "none", "PORT": "0", "METRICS_PORT": "0"}


@contextmanager
def taking_mails() -> Iterator[tuple[PostOffice, int]]:
    """A mail server in a thread of its own, and its port."""
    post, ports, closing = PostOffice(), queue.Queue[int](), threading.Event()

    async def keep() -> None:
        async with opened(post) as port:
            ports.put(port)
            await asyncio.to_thread(closing.wait)

    thread = threading.Thread(target=lambda: asyncio.run(keep()))
    thread.start()
    try:
        yield post, ports.get(timeout=PATIENCE)
    finally:
        closing.set()
        thread.join()


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[Served]:
    """A process of its own, ended with the block if it has not ended before."""
    own = {name.upper() for name in Settings.model_fields}
    environment = {key: value for key, value in os.environ.items() if key not in own}
    environment |= settings_in(folder) | settings
    with (folder / "said").open("w") as said, (folder / "log").open("w") as log:
        command = [sys.executable, "-c", "from adapters.command import main; main()", "serve"]
        process = subprocess.Popen(
            command, cwd=folder, env=environment | {"PYTHONPATH": str(ROOT)}, stdout=said, stderr=log, text=True
        )
    try:
        yield Served(process, folder)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
    assert faults_in((folder / "log").read_text(encoding="utf-8")) == []


@pytest.fixture
def folder(tmp_path: Path, lexical_library: Library, lexical_reader: PostReader) -> Path:
    """A data folder with the index of the shipped policies, and what reads posts, by words alone."""
    assert lexical_reader.signals
    assert lexical_library.societies
    (tmp_path / "posts").symlink_to(KEPT / "lexical" / "posts")
    (tmp_path / "index").symlink_to(KEPT / "lexical" / "index")
    return tmp_path


@pytest.fixture
def refusal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., str]]:
    """What stands on standard error where `verse serve` in a folder, with these settings, ends as unusable."""
    log = logging.getLogger()
    handlers, level = log.handlers[:], log.level

    def run(folder: Path, **settings: str) -> str:
        for name in Settings.model_fields:
            monkeypatch.delenv(name.upper(), raising=False)
        for name, value in (settings_in(folder) | settings).items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "argv", ["verse", "serve"])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == 2
        return capsys.readouterr().err

    yield run
    log.handlers[:], log.level = handlers, level
    structlog.reset_defaults()


def test_it_works_is_watched_writes_mails_logs_ids_alone_and_stops(folder: Path) -> None:
    (folder / "office.toml").write_text('[society.ipem.addresses]\ndesk = "desk@office.example"\n', encoding="utf-8")
    database = Database(f"sqlite:///{folder / 'verse.db'}")
    inbox, store = Inbox(database), SqlStore(database)
    with (
        taking_mails() as (post, port),
        serving(folder, SMTP_URL=f"smtp://127.0.0.1:{port}?from=bot@office.example") as served,
    ):
        assert served.line("ready") == "ready     with the policies of icis, ipem"
        assert served.line("database").endswith(f"sqlite:///{folder / 'verse.db'}")
        assert get(served.address("/healthz")) == (200, '{"alive": true}')
        status, told = get(served.address("/readyz"))
        assert (status, json.loads(told)["database"], json.loads(told)["index"]) == (200, "up to date", "open")

        assert healthcheck(port=served.address("/healthz").split(":")[2].split("/")[0]) == 0

        inbox.accept("e1", Message("console:U0ANN:1", QUESTION, "ipem", person=ASKER))
        wait_for(lambda: inbox.is_handled("e1"))
        with store.work() as work:
            turn = work.conversations.last("console:U0ANN:1", ASKER.account)
        assert turn is not None
        inbox.accept("e2", Message("console:U0ANN:1", "", "ipem", person=ASKER, act=Send(turn.exchange, True)))
        (letter,) = wait_for(lambda: post.taken)
        assert letter["To"] == "desk@office.example"
        wait_for(lambda: '"delivered"' in served.log)
        _, counted = get(served.address("/metrics"))

        status, seconds = served.stopped_by(signal.SIGTERM)
    database.close()

    assert (status, seconds < STOPS_WITHIN) == (0, True)
    assert 'verse_acts_total{act="Send"} 1.0' in counted
    assert 'verse_queries{society="ipem",state="open"} 1.0' in counted
    assert 'verse_deliveries_total{came_to="sent",platform="email"} 1.0' in counted
    events = [json.loads(line)["event"] for line in served.log.splitlines()]
    assert {"ready", "message handled", "delivered", "stopping", "stopped"} <= set(events)
    for secret in ("Ann", "Example", "rainy", "Tuesday", "desk@", "office.example"):
        assert secret not in served.log
        assert secret not in counted


def test_while_the_index_is_built_it_says_so_and_can_be_stopped(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        assert get(served.address("/healthz")) == (200, '{"alive": true}')
        wait_for(lambda: "index building" in served.log)
        status, told = get(served.address("/readyz"))
        ended, seconds = served.stopped_by(signal.SIGINT)

    assert (status, json.loads(told)["index"]) == (503, "building")
    assert (ended, seconds < STOPS_WITHIN) == (0, True)


def test_a_port_that_is_taken_is_told_in_a_line_that_says_what_to_do(
    refusal: Callable[..., str], tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        told = refusal(tmp_path, PORT=str(port))

    assert told == f"verse: port {port} of 127.0.0.1 is taken; stop what listens there, or set PORT to another\n"


def test_where_nothing_is_served_the_health_check_of_the_image_fails() -> None:
    assert healthcheck(str(free_port())) != 0


def test_an_office_file_that_does_not_fit_the_policies_ends_it_with_what_to_do(
    refusal: Callable[..., str], folder: Path
) -> None:
    (folder / "office.toml").write_text('[society.ipem.addresses]\n"Nobody" = "a@b.example"\n', encoding="utf-8")

    told = refusal(folder).splitlines()[-1]

    assert "'society.ipem.addresses.Nobody': 'Nobody' is no post that the policy names" in told


def test_a_database_server_that_is_away_is_waited_for(folder: Path) -> None:
    nowhere = f"postgresql://verse:s3cret@127.0.0.1:{free_port()}/verse"

    with serving(folder, DATABASE_URL=nowhere) as served:
        wait_for(lambda: "database away" in served.log)
        status, told = get(served.address("/readyz"))
        ended, seconds = served.stopped_by(signal.SIGTERM)

    assert (status, json.loads(told)["database"]) == (503, "unreachable")
    assert (ended, seconds < STOPS_WITHIN) == (0, True)
    assert "s3cret" not in served.said + served.log


def healthcheck(port: str) -> int:
    """The status of what the Dockerfile has run now and then."""
    said = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    (command,) = (line.partition(" CMD ")[2] for line in said.splitlines() if line.startswith("HEALTHCHECK"))
    _, *arguments = json.loads(command)
    done = subprocess.run([sys.executable, *arguments], env={"PORT": port}, capture_output=True)
    return done.returncode


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
