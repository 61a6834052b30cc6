"""`verse serve` with Slack, as a process: over HTTP and Socket Mode, while it builds, with a token that is no good."""

import asyncio
import json
import signal
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest

from adapters.storage.database import Database
from adapters.storage.inbox import Inbox
from tests.adapters.chat.raw_http import announced
from tests.adapters.slack.fake_slack import APP_TOKEN, BOT_TOKEN, SECRET, FakeSlack
from tests.adapters.slack.fake_workspace import Channel, User
from tests.adapters.slack.person import Person
from tests.adapters.slack.sending import EVENT, OverHttp, OverSocket
from tests.adapters.test_serve import STOPS_WITHIN, Served, get, serving, wait_for
from tests.adapters.test_serve import folder as folder
from tests.adapters.test_serve import refusal as refusal

DESK = "slack:C0DESK1"
QUESTION = "Who looks after the official accounts on a rainy Tuesday?"
OVER_HTTP = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_SIGNING_SECRET": SECRET}
OVER_SOCKET = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN}
Scene = Callable[[Served, FakeSlack], Coroutine[Any, Any, None]]


def played(folder: Path, settings: dict[str, str], scene: Scene, slack: FakeSlack | None = None) -> Served:
    """What a process said and logged during a scene with the stand-in."""

    async def play() -> Served:
        async with slack or FakeSlack() as there:
            there.workspace.channels["C0DESK1"] = Channel(private=True)
            there.workspace.users["U0ANN"] = User("U0ANN", "Ann Example")
            given = {"SOCIETY": "ipem", "SLACK_API_URL": there.api_url, **settings}
            with serving(folder, **given) as served:
                await scene(served, there)
            return served

    return asyncio.run(play())


async def readiness(served: Served) -> tuple[int, dict[str, Any]]:
    address = await asyncio.to_thread(served.address, "/readyz")
    status, told = await asyncio.to_thread(get, address)
    return status, json.loads(told)


async def token_stands(served: Served, how: str) -> None:
    """Waits until the process tells that of its token."""
    while (await readiness(served))[1]["tokens"] != {"slack": how}:
        await asyncio.sleep(0.05)


async def until(look: Callable[[], Any]) -> None:
    await asyncio.to_thread(wait_for, look)


async def stopped(served: Served) -> None:
    status, seconds = await asyncio.to_thread(served.stopped_by, signal.SIGTERM)
    assert (status, seconds < STOPS_WITHIN) == (0, True)


def intake_of(served: Served) -> str:
    return next(word for word in served.line("slack     on").split() if word.startswith("http")).rstrip(";")


def test_over_http_it_answers_who_mentions_it_counts_and_stops(folder: Path) -> None:
    (folder / "office.toml").write_text(f'[society.ipem]\ndesk = "{DESK}"\n', encoding="utf-8")

    async def scene(served: Served, slack: FakeSlack) -> None:
        await asyncio.to_thread(served.line, "ready")
        site = served.address("/readyz").removesuffix("/readyz")
        assert served.line("slack") == "slack     checking the token"
        assert served.line("slack     on") == f"slack     on, at {site}/slack/events; desk {DESK}"
        await token_stands(served, "good")
        async with aiohttp.ClientSession() as session:
            ann = Person("U0ANN", slack, OverHttp(session, intake_of(served), SECRET))
            await ann.mention("C1", QUESTION)
            await slack.wait_for("chat.postEphemeral", within=60)
            forged = await OverHttp(session, intake_of(served), "other").send(EVENT, {"type": "event_callback"})
            to = urlsplit(intake_of(served))
            large = await announced(to.hostname or "", to.port or 0, to.path, 2**20 + 1)
        assert [one.status for one in ann.acknowledged] == [200, 200]
        assert (forged.status, large) == (401, 413)
        status, told = await readiness(served)
        assert (status, told["tokens"]) == (200, {"slack": "good"})
        _, counted = await asyncio.to_thread(get, served.address("/metrics"))
        for line in (
            'verse_intake_total{came_to="accepted",platform="slack"} 1.0',
            'verse_intake_total{came_to="repeated",platform="slack"} 1.0',
            'verse_intake_total{came_to="forged",platform="slack"} 1.0',
            'verse_intake_total{came_to="too_large",platform="slack"} 1.0',
            'verse_deliveries_total{came_to="sent",platform="slack"} 1.0',
        ):
            assert line in counted
        await stopped(served)
        assert not any(word in counted for word in ("Ann", "rainy", "U0ANN", "C0DESK1"))

    served = played(folder, OVER_HTTP, scene)

    for secret in (BOT_TOKEN, SECRET, "rainy", "Example"):
        assert secret not in served.said + served.log


def test_over_socket_mode_nothing_is_on_the_site_and_a_message_is_answered(folder: Path) -> None:
    async def scene(served: Served, slack: FakeSlack) -> None:
        await asyncio.to_thread(served.line, "ready")
        assert served.line("slack     on").startswith("slack     on, over Socket Mode; no desk there")
        await until(lambda: slack.sockets.count)
        ann = Person("U0ANN", slack, OverSocket(slack.sockets))
        await ann.dm(QUESTION)
        await slack.wait_for("chat.postMessage", within=60)
        status, _ = await asyncio.to_thread(get, served.address("/readyz").replace("/readyz", "/slack/events"))
        assert status == 404
        await stopped(served)
        assert slack.sockets.count == 0

    played(folder, OVER_SOCKET, scene)


def test_what_comes_while_the_index_is_built_is_kept(tmp_path: Path) -> None:
    inbox_of = f"sqlite:///{tmp_path / 'verse.db'}"

    async def scene(served: Served, slack: FakeSlack) -> None:
        await asyncio.to_thread(served.line, "slack")
        await token_stands(served, "good")
        async with aiohttp.ClientSession() as session:
            ann = Person("U0ANN", slack, OverHttp(session, intake_of(served), SECRET))
            ts = await ann.dm(QUESTION)
        status, told = await readiness(served)
        assert (status, told["index"]) == (503, "building")
        await stopped(served)
        database = Database(inbox_of)
        (kept,) = Inbox(database).claim("w", 5)
        database.close()
        assert kept.conversation.endswith(f":{ts}")

    played(tmp_path, OVER_HTTP, scene)


def test_a_token_that_was_revoked_is_told_and_nothing_is_taken_in(folder: Path) -> None:
    slack = FakeSlack()
    slack.refuses = "token_revoked"

    async def scene(served: Served, slack: FakeSlack) -> None:
        await asyncio.to_thread(served.line, "slack")
        await token_stands(served, "refused: SLACK_BOT_TOKEN (token_revoked)")
        told = await asyncio.to_thread(served.line, "slack     refused")
        assert "Slack does not take SLACK_BOT_TOKEN (token_revoked); install the app" in told
        assert "slack     on" not in served.said
        intake = served.address("/readyz").replace("/readyz", "/slack/events")
        async with aiohttp.ClientSession() as session:
            answer = await OverHttp(session, intake, SECRET).send(EVENT, {"type": "event_callback"})
        assert answer.status == 503
        await stopped(served)

    played(folder, OVER_HTTP, scene, slack)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (
            OVER_HTTP,
            "the bot answers for one society, and SOCIETY does not say for which; set it to icis or ipem",
        ),
        ({**OVER_HTTP, "SOCIETY": "nobody"}, "no policy of 'nobody' is held; mend SOCIETY: held are icis, ipem"),
        ({"SLACK_BOT_TOKEN": BOT_TOKEN}, "the setting SLACK_SIGNING_SECRET cannot be used: it is not set, and without"),
    ],
)
def test_what_slack_cannot_be_served_with_ends_it_with_what_to_do(
    refusal: Callable[..., str], folder: Path, settings: dict[str, str], told: str
) -> None:
    last = refusal(folder, **settings).splitlines()[-1]

    assert last.startswith(f"verse: {told}")
