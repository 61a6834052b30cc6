"""The app before Slack: what it lets in, what it does not, and what it does while Slack or the database is away."""

import asyncio
import copy
import json
import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from pydantic import SecretStr

from adapters.slack.app import SlackApp
from adapters.slack.sockets import Sockets
from adapters.tokens import GOOD, NOT_CHECKED, NOT_CONNECTED
from adapters.workspace import Workspace
from tests.adapters.slack.app_alone import Alone, Threads, app_alone, until_ready
from tests.adapters.slack.fake_methods import SCOPES
from tests.adapters.slack.fake_slack import APP_TOKEN, BOT_TOKEN, SECRET, FakeSlack
from tests.adapters.slack.fake_weather import Fault
from tests.adapters.slack.room import on_a_loop
from tests.adapters.slack.sending import EVENT, INTERACTION, OverHttp, body_of, headers_of
from tests.adapters.slack.test_inbound import REAL, message

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
HELLO = message(channel="D1") | {"team_id": "T0FAKE001"}


async def until_token(alone: Alone, stands: str) -> None:
    """Waits until the token is said to stand so."""
    async with asyncio.timeout(5):
        while alone.app.token != stands:
            await asyncio.sleep(0.01)


async def posted(alone: Alone, body: bytes, headers: dict[str, str]) -> int:
    """The status of a request."""
    async with alone.session.post(alone.url, data=body, headers=headers) as answer:
        return answer.status


def signed(body: bytes, kind: str = JSON, **kinds: Any) -> dict[str, str]:
    return headers_of(SECRET, body, kind, **kinds)


@contextmanager
def environment(**values: str) -> Iterator[None]:
    """The environment with some more in it."""
    with pytest.MonkeyPatch.context() as patched:
        for name, value in values.items():
            patched.setenv(name, value)
        yield


@on_a_loop
async def test_what_slack_has_signed_is_taken_in() -> None:
    async with app_alone() as alone:
        assert (await alone.way.send(EVENT, HELLO)).status == 200
        assert alone.last.text == "Hello"


@on_a_loop
async def test_an_old_body_that_is_sent_again_is_taken_once() -> None:
    async with app_alone() as alone:
        body, kind = body_of(EVENT, HELLO)
        headers = signed(body, kind)
        assert [await posted(alone, body, headers) for _ in range(3)] == [200] * 3
        assert alone.came == {"accepted": 1, "repeated": 2}


@pytest.mark.parametrize(
    "spoilt",
    [
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": "v0=" + "é" * 64},
        {"X-Slack-Signature": "v0=" + "A" * 64},
        {"X-Slack-Signature": ""},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "abc"},
        {"X-Slack-Request-Timestamp": "1.5"},
        {"X-Slack-Request-Timestamp": "٣"},
        {"X-Slack-Request-Timestamp": "9" * 12},
        {"X-Slack-Request-Timestamp": "1" * 5_000},
    ],
)
def test_what_slack_has_not_signed_is_turned_away(spoilt: dict[str, str]) -> None:
    @on_a_loop
    async def send() -> None:
        async with app_alone() as alone:
            body, kind = body_of(EVENT, HELLO)
            assert await posted(alone, body, signed(body, kind) | spoilt) == 401
            assert (alone.kept, alone.came) == ({}, {"forged": 1})

    send()


@on_a_loop
async def test_what_is_stale_unsigned_or_changed_on_its_way_is_turned_away() -> None:
    async with app_alone() as alone:
        stale = OverHttp(alone.session, alone.url, SECRET, age=301)
        assert (await stale.send(EVENT, HELLO)).status == 401
        assert (await OverHttp(alone.session, alone.url, "another secret").send(EVENT, HELLO)).status == 401
        body, kind = body_of(EVENT, HELLO)
        assert await posted(alone, body + b" ", signed(body, kind)) == 401
        assert await posted(alone, body, {"Content-Type": kind}) == 401
        assert not alone.kept


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", JSON),
        (b"[]", JSON),
        (b"null", JSON),
        (b'"words"', JSON),
        (b"[" * 100_000, JSON),
        (b"1" * 6_000, JSON),
        (b"payload=%5B%5D", FORM),
        (b"payload=%7B", FORM),
        (b'{"authorizations": 5}', JSON),
        (b'{"team": [], "user": 7, "event": []}', JSON),
    ],
)
def test_what_cannot_be_read_is_never_a_fault_of_ours(body: bytes, kind: str) -> None:
    @on_a_loop
    async def send() -> None:
        async with app_alone() as alone:
            assert await posted(alone, body, signed(body, kind)) in (200, 400)
            assert await posted(alone, body, signed(body, kind) | {"X-Slack-Signature": "v0=" + "0" * 64}) == 401
            assert not alone.kept

    send()


@on_a_loop
async def test_bytes_that_are_no_text_are_turned_away() -> None:
    async with app_alone() as alone:
        assert await posted(alone, b"\xff\xfe{}", signed(b"\xff\xfe{}")) == 401


@on_a_loop
async def test_what_is_too_large_is_turned_away_whether_or_not_it_says_so() -> None:
    async with app_alone() as alone:
        large = b"x" * 1_000_001
        assert await posted(alone, large, signed(large)) == 413

        async def in_chunks() -> Any:
            for _ in range(20):
                yield b"x" * 100_000

        async with alone.session.post(alone.url, data=in_chunks(), headers=signed(b"")) as answer:
            assert answer.status == 413
        assert alone.came == {"too_large": 2}


@on_a_loop
async def test_only_posts_are_taken_and_a_look_at_the_certificate_is_answered() -> None:
    async with app_alone() as alone:
        async with alone.session.get(alone.url) as answer:
            assert answer.status == 405
        async with alone.session.get(alone.url, params={"ssl_check": "1", "token": "unused"}) as answer:
            assert answer.status == 200
        body = b"ssl_check=1&token=unused"
        assert await posted(alone, body, signed(body, FORM)) == 200


@on_a_loop
async def test_the_address_can_be_verified() -> None:
    async with app_alone() as alone:
        answer = await alone.way.send(EVENT, {"type": "url_verification", "token": "unused", "challenge": "abc"})
        assert (answer.status, answer.body) == (200, {"challenge": "abc"})


@on_a_loop
async def test_until_slack_has_said_whose_token_it_is_everything_is_to_come_again() -> None:
    slack = FakeSlack()
    slack.down = True
    async with app_alone(ready=False, slack=slack, again=0.01) as alone:
        assert (await alone.way.send(EVENT, HELLO)).status == 503
        assert alone.app.token == NOT_CHECKED
        slack.down = False
        await until_ready(alone)
        assert (await alone.way.send(EVENT, HELLO)).status == 200
        assert alone.app.token == GOOD


@on_a_loop
async def test_a_token_that_slack_refuses_is_told_and_tried_again() -> None:
    async with app_alone() as alone:
        alone.slack.refuses = "token_revoked"
        await alone.way.send(
            EVENT, {"type": "event_callback", "team_id": "T0FAKE001", "event": {"type": "tokens_revoked"}}
        )
        async with asyncio.timeout(5):
            while alone.app.token != "refused: SLACK_BOT_TOKEN (token_revoked)":
                await asyncio.sleep(0.01)
        assert (await alone.way.send(EVENT, HELLO)).status == 200  # it is kept until a good token is there
        alone.app.token_good()
        assert alone.app.token == GOOD


@on_a_loop
async def test_client_ids_and_tokens_in_the_environment_change_nothing() -> None:
    others = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "x", "SLACK_BOT_TOKEN": "xoxb-other"}
    with environment(**others, SLACK_SIGNING_SECRET="another"):
        async with app_alone() as alone:
            assert (await alone.way.send(EVENT, HELLO)).status == 200
            assert len(alone.kept) == 1
            assert alone.app.client.token == BOT_TOKEN
            assert set(alone.slack.counts) <= {"auth.test", "users.info", "assistant.threads.setStatus"}
    assert os.environ.get("SLACK_CLIENT_ID") != "1.2"


@on_a_loop
async def test_without_a_secret_there_is_no_app() -> None:
    async def never(_event: str, _message: object) -> bool:
        return True

    for secret in (None, SecretStr("")):
        with pytest.raises(ValueError, match="secret"):
            SlackApp(
                bot_token=SecretStr(BOT_TOKEN),
                signing_secret=secret,
                app_token=None,
                api_url="http://127.0.0.1:9/api/",
                workspace=Workspace("larks"),
                accept=never,
                threads=Threads(),
                subject_of=lambda _desk, _receipt: "",
                is_handled=lambda _event: False,
                is_staff=lambda _account: False,
                came=lambda _what: None,
            )


@on_a_loop
async def test_once_it_stops_everything_is_to_come_again() -> None:
    async with app_alone() as alone:
        await alone.app.stop_intake()
        assert (await alone.way.send(EVENT, HELLO)).status == 503
        assert not alone.kept


@on_a_loop
async def test_what_breaks_is_to_come_again() -> None:
    async with app_alone() as alone:
        alone.weather["broken"] = True
        assert (await alone.way.send(EVENT, HELLO)).status == 503
        assert alone.came == {"away": 1}


@on_a_loop
async def test_all_at_once_are_taken_in() -> None:
    async with app_alone() as alone:
        sent = [message(channel="D1", ts=f"{number}.0") | {"team_id": "T0FAKE001"} for number in range(200)]
        answers = await asyncio.gather(*(alone.way.send(EVENT, one) for one in sent))
        assert {one.status for one in answers} == {200}
        assert len(alone.kept) == 200


@on_a_loop
async def test_over_socket_mode_the_same_comes_in_and_what_cannot_be_kept_is_not_acknowledged() -> None:
    async with app_alone(sockets=True) as alone:
        await alone.person("UANN").dm("May I?")
        await alone.person("UANN").command("May I?")
        assert len(alone.kept) == 2
        alone.weather["away"] = True
        acknowledged, _ = await alone.slack.sockets.deliver(EVENT, HELLO, 0, 0.2)
        assert not acknowledged
        alone.weather["away"] = False
        assert (await alone.way.send(EVENT, HELLO, 1)).status == 200


@on_a_loop
async def test_over_socket_mode_what_cannot_be_read_harms_nothing() -> None:
    async with app_alone(sockets=True) as alone:
        for payload in ({"event": [], "type": "event_callback"}, {"authorizations": 5}, {"team": [], "user": 7}):
            await alone.slack.sockets.deliver(INTERACTION, payload, 0, 0.2)
        assert (await alone.way.send(EVENT, HELLO)).status == 200


@on_a_loop
async def test_a_connection_that_slack_closes_is_opened_again() -> None:
    async with app_alone(sockets=True) as alone:
        await alone.slack.sockets.disconnect_all()
        await until_ready(alone, sockets=2)
        assert (await alone.way.send(EVENT, HELLO)).status == 200


@on_a_loop
async def test_a_connection_that_does_not_come_about_is_begun_anew_until_it_does() -> None:
    async with app_alone() as alone:
        sockets = Sockets(alone.app.bolt, APP_TOKEN, look_every=0.05)
        alone.slack.down = True
        sockets.open()
        async with asyncio.timeout(10):
            while len(alone.slack.calls_to("apps.connections.open")) < 4:
                await asyncio.sleep(0.01)
            alone.slack.down = False
            while sockets.connected < 2:
                await asyncio.sleep(0.01)
        await sockets.close()
        assert sockets.connected == 0


@on_a_loop
async def test_a_socket_mode_without_a_connection_is_not_called_good() -> None:
    async with app_alone() as alone:
        given_up: list[str] = []
        sockets = Sockets(alone.app.bolt, APP_TOKEN, lambda: given_up.append("one"), look_every=0.02)
        sockets.open()
        async with asyncio.timeout(10):
            while sockets.connected < 2:
                await asyncio.sleep(0.01)
            assert not given_up
            alone.slack.faults = [Fault("apps.connections.open", times=10_000, error="invalid_auth")]
            await alone.slack.sockets.close()
            while sockets.connected:
                await asyncio.sleep(0.01)
            while len(given_up) < 2:
                await asyncio.sleep(0.01)
        await sockets.close()


@on_a_loop
async def test_as_long_as_nothing_is_connected_it_is_told_that_nothing_comes_in() -> None:
    async with app_alone(sockets=True, look_every=0.05) as alone:
        async with asyncio.timeout(10):
            while alone.app.token != GOOD:
                await asyncio.sleep(0.01)
            alone.slack.faults = [Fault("apps.connections.open", times=10_000, error="invalid_auth")]
            await alone.slack.sockets.close()
            while alone.app.token != NOT_CONNECTED:
                await asyncio.sleep(0.05)


@on_a_loop
async def test_a_token_without_a_scope_that_is_needed_is_told_with_the_scope() -> None:
    slack = FakeSlack(scopes=SCOPES - {"users:read"})
    async with app_alone(slack=slack) as alone:
        await until_token(alone, "good, but without the scopes users:read")
        await alone.person("UANN").dm("May I?")
        async with asyncio.timeout(5):
            while not slack.calls_to("users.info"):
                await asyncio.sleep(0.01)
        assert alone.app.token == "good, but without the scopes users:read"
        alone.app.token_refused("token_revoked")
        alone.app.token_good()
        assert alone.app.token == "good, but without the scopes users:read"


@on_a_loop
async def test_an_app_token_that_slack_refuses_is_told() -> None:
    slack = FakeSlack()
    slack.faults.append(Fault("apps.connections.open", error="invalid_auth"))
    async with app_alone(sockets=True, ready=False, slack=slack) as alone, asyncio.timeout(5):
        while alone.app.token != "refused: SLACK_APP_TOKEN (invalid_auth)":
            await asyncio.sleep(0.01)


def test_no_body_that_slack_may_send_however_mutilated_is_a_fault_of_ours() -> None:
    @on_a_loop
    async def send() -> None:
        async with app_alone() as alone:
            odd: tuple[Any, ...] = (None, 0, 1.5, "", "x", [], [[]], {}, {"a": None}, "\ud800", True, "\0")
            for number, body in enumerate(REAL):
                chosen = random.Random(number)
                for _ in range(40):
                    changed = copy.deepcopy(_from_here(body))
                    _mutilate(changed, chosen, odd)
                    kind = EVENT if "event" in changed else INTERACTION
                    whole, content_type = body_of(kind, changed)
                    assert await posted(alone, whole, signed(whole, content_type)) in (200, 400)
            assert not alone.came["away"]

    send()


def _from_here(body: dict[str, Any]) -> Any:
    return json.loads(json.dumps(body).replace('"T1"', '"T0FAKE001"'))


def _mutilate(node: Any, chosen: random.Random, odd: tuple[Any, ...]) -> None:
    """Puts something odd somewhere into a body."""
    while True:
        names = list(node) if isinstance(node, dict) else list(range(len(node)))
        name = chosen.choice(names)
        if isinstance(node[name], dict | list) and node[name] and chosen.random() < 0.6:
            node = node[name]
            continue
        node[name] = chosen.choice(odd)
        return
