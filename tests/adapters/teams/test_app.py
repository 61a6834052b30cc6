"""What the app in Teams answers to whatever is sent to it: never an error of its own."""

import asyncio
import io
import json
import random
from typing import Any

import pytest
from structlog.testing import capture_logs

from adapters.tokens import GOOD
from bot.people import Standing
from tests.adapters.chat.running import on_a_loop
from tests.adapters.teams.app_alone import Alone, app_alone
from tests.adapters.teams.fake_connector import FakeConnector
from tests.adapters.teams.fake_login import TENANT
from tests.adapters.teams.fake_tenant import Node, directory_id
from tests.adapters.teams.test_inbound import REAL, mutated

JSON = "application/json; charset=utf-8"


def a_message(alone: Alone, **other: Any) -> Node:
    """Something that Ann writes to the bot alone."""
    return alone.client("ann").message(alone.chat("ann"), {"id": "1690", "text": "May I?", "thread": ""}) | other


async def posted(alone: Alone, body: bytes, kind: str | None = JSON, method: str = "POST", bearer: bool = True) -> int:
    """The status with which a request is answered, whose body is signed by Teams where there is a `bearer`."""
    headers = {"Content-Type": kind} if kind else {}
    headers |= {"Authorization": alone.teams.bearer()} if bearer else {}
    skipped = [] if kind else ["Content-Type"]
    request = alone.session.request(
        method, alone.url, data=io.BytesIO(body), headers=headers, skip_auto_headers=skipped
    )
    async with request as answer:
        return answer.status


@on_a_loop
async def test_a_message_is_kept_and_an_invoke_is_answered() -> None:
    async with app_alone() as alone:
        assert (await alone.sends(a_message(alone))).status == 201
        answer = await alone.invokes("ann", "message/submitAction", {"actionName": "other"})
        assert answer.status == 501
        assert alone.came == {"accepted": 1, "ignored": 1}


@on_a_loop
async def test_what_teams_has_not_signed_is_refused() -> None:
    async with app_alone() as alone:
        for bearer in ("", "Bearer abc", f"Bearer {alone.teams.channel.token('https://else.example/')}"):
            assert (await alone.way.send(a_message(alone), bearer)).status == 401
        assert alone.came == {"forged": 3}
        assert not alone.kept


@pytest.mark.parametrize(
    ("body", "kind", "method", "status"),
    [
        (b"", JSON, "GET", 405),
        (b"{}", JSON, "PUT", 405),
        (b"{}", None, "POST", 415),
        (b"{}", "text/plain", "POST", 415),
        (b"{", JSON, "POST", 400),
        (b"[]", JSON, "POST", 400),
        (b"{}", JSON, "POST", 400),
        (b'{"type": 5}', JSON, "POST", 400),
        (b'{"type": "message"}', JSON, "POST", 400),
        (b'{"type": NaN}', JSON, "POST", 400),
        (b"\xff\xfe", JSON, "POST", 400),
        (b"[" * 200_000, JSON, "POST", 400),
        (b'{"type": "' + b"x" * 1_100_000 + b'"}', JSON, "POST", 413),
    ],
)
def test_what_is_no_activity_is_told_to_be_none(body: bytes, kind: str | None, method: str, status: int) -> None:
    async def play() -> None:
        async with app_alone() as alone:
            assert await posted(alone, body, kind, method) == status
            assert not alone.kept

    asyncio.run(play())


@on_a_loop
async def test_an_activity_that_lacks_what_it_needs_is_malformed() -> None:
    async with app_alone() as alone:
        for lacking in ("id", "from", "recipient", "conversation", "serviceUrl", "channelId"):
            whole = a_message(alone)
            bearer = alone.teams.bearer()
            del whole[lacking]
            assert (await alone.way.send(whole, bearer)).status == 400
        assert (await alone.sends(a_message(alone, timestamp="yesterday"))).status == 400
        assert alone.came == {"unreadable": 7}


@on_a_loop
async def test_whatever_teams_signs_is_never_answered_with_an_error_of_our_own() -> None:
    async with app_alone() as alone:
        url, chance = alone.teams.service_url(), random.Random("teams")
        statuses: dict[int, int] = {}
        for number in range(300):
            odd = mutated(chance.choice(REAL) | {"serviceUrl": url}, random.Random(number))
            answer = await alone.way.send(odd, alone.teams.bearer())
            statuses[answer.status] = statuses.get(answer.status, 0) + 1
            alone.answer.clear()
        assert set(statuses) <= {200, 201, 400, 401, 501}
        assert statuses[200] + statuses[201] > 80
        assert statuses[400] > 50
        assert "away" not in alone.came


@on_a_loop
async def test_while_nothing_can_be_kept_a_message_is_asked_to_come_again_and_then_taken() -> None:
    async with app_alone() as alone:
        for weather in ("away", "broken"):
            alone.weather[weather] = True
            assert (await alone.sends(a_message(alone))).status == 503
            alone.weather[weather] = False
        assert (await alone.sends(a_message(alone))).status == 201
        assert len(alone.kept) == 1


@on_a_loop
async def test_what_breaks_is_told_to_the_log_without_a_word_of_what_was_written() -> None:
    async with app_alone() as alone:
        alone.weather["broken"] = True
        with capture_logs() as lines:
            await alone.sends(a_message(alone, text="A secret of mine"))
        (line,) = [one for one in lines if one["event"] == "request broken"]
        assert (line["fault"], line["platform"]) == ("KeyError", "teams")
        assert "secret" not in json.dumps(lines)


@on_a_loop
async def test_once_it_is_stopped_nothing_is_taken_in() -> None:
    async with app_alone() as alone:
        await alone.app.stop_intake()
        assert (await alone.sends(a_message(alone))).status == 503
        assert not alone.kept


@on_a_loop
async def test_where_it_is_only_tried_whoever_is_on_this_machine_is_believed() -> None:
    async with app_alone(development=True, teams=FakeConnector(open_to_all=True)) as alone:
        assert (await alone.way.send(a_message(alone), "")).status == 201
        assert alone.last.person.account == f"teams:{directory_id('ann')}"
        beyond = a_message(alone, serviceUrl="https://teams.example/")
        assert (await alone.way.send(beyond, "")).status == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "localhost.evil.example"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": "127.0.0.1@evil.example"},
        {"Host": ""},
        {"X-Forwarded-For": "127.0.0.1"},
        {"X-Forwarded-Host": "evil.example"},
        {"Forwarded": "for=127.0.0.1"},
    ],
)
def test_where_it_is_only_tried_nothing_is_taken_that_was_not_sent_from_here(headers: dict[str, str]) -> None:
    async def play() -> None:
        async with app_alone(development=True, teams=FakeConnector(open_to_all=True)) as alone:
            asked = alone.session.post(alone.url, json=a_message(alone), headers=headers)
            async with asked as answer:
                assert answer.status == 403
            assert not alone.kept
            assert alone.came == {"forged": 1}

    asyncio.run(play())


@pytest.mark.parametrize("host", ["localhost:3978", "LOCALHOST", "127.0.0.1", "[::1]:3978"])
def test_where_it_is_only_tried_this_machine_may_call_it_by_any_of_its_own_names(host: str) -> None:
    async def play() -> None:
        async with app_alone(development=True, teams=FakeConnector(open_to_all=True)) as alone:
            asked = alone.session.post(alone.url, json=a_message(alone), headers={"Host": host})
            async with asked as answer:
                assert answer.status == 201

    asyncio.run(play())


@on_a_loop
async def test_where_teams_signs_what_comes_it_may_come_by_way_of_a_proxy() -> None:
    async with app_alone() as alone:
        headers = {"Authorization": alone.teams.bearer(), "Host": "bot.example", "X-Forwarded-For": "203.0.113.9"}
        async with alone.session.post(alone.url, json=a_message(alone), headers=headers) as answer:
            assert answer.status == 201


@on_a_loop
async def test_where_it_is_only_tried_people_need_no_directory() -> None:
    async with app_alone(development=True, teams=FakeConnector(open_to_all=True)) as alone:
        somebody = a_message(alone, **{"from": {"id": "user-id-0", "name": "Ann"}})
        assert (await alone.way.send(somebody, "")).status == 201
        assert (alone.last.standing, alone.last.conversation) == (Standing.OWN, "teams:user-id-0")


@on_a_loop
async def test_who_somebody_is_is_asked_as_soon_as_they_have_written() -> None:
    async with app_alone() as alone:
        await alone.sends(a_message(alone))
        await alone.teams.wait_for("member")
        known = await asyncio.to_thread(alone.app.people.introduced, alone.last)
        assert (known.person.name, known.standing) == ("Ann", Standing.OWN)
        assert alone.references.kept[alone.last.conversation].tenant == TENANT


@on_a_loop
async def test_how_its_tokens_stand_is_known_soon() -> None:
    async with app_alone() as alone:
        async with asyncio.timeout(5):
            while alone.app.token != GOOD:
                await asyncio.sleep(0.01)
