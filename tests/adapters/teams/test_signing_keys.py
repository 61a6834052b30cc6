"""Keys that are rotated, and a place of keys that is slow, broken or away: Teams is let in as soon as it can be."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from adapters.teams import signing_keys
from adapters.teams.bot_framework import BotFramework
from tests.adapters.chat.running import on_a_loop
from tests.adapters.slack.fake_weather import Fault
from tests.adapters.teams.app_alone import app_alone
from tests.adapters.teams.fake_connector import FakeConnector, Method
from tests.adapters.teams.fake_login import SigningKey
from tests.adapters.teams.signed_in import Clock, Post, an_activity, endpoint, framework

DAY = 24 * 3_600
SLOW = 0.3  # seconds
FORGER = SigningKey(99)


async def status_of(post: Post, fake: FakeConnector, key: SigningKey | None = None, name: str = "1") -> int:
    """What an activity is answered with that is signed with this key, or with that of Teams."""
    return (await post(an_activity(fake), fake.bearer(key=key, jti=name)))[0]


@asynccontextmanager
async def framework_of(fake: FakeConnector, steady: Clock | None = None) -> AsyncIterator[BotFramework]:
    """One that is closed in the end, whatever it still fetches."""
    bot = framework(fake, steady=steady)
    yield bot
    await bot.close()


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not is_so():
            await asyncio.sleep(0.01)


@on_a_loop
async def test_a_look_for_a_new_key_that_fails_is_tried_again_soon_and_nobody_is_called_a_forger_meanwhile() -> None:
    fake, steady, statuses = FakeConnector(), Clock(), []
    async with fake, endpoint(framework(fake, steady=steady), []) as post:
        statuses.append(await status_of(post, fake))
        steady.seconds += 1_000
        fake.channel.rotate()
        fake.faults = [Fault(Method.OPENID, status=503)]
        for seconds in (0, 1, 4):
            steady.seconds += seconds
            statuses.append(await status_of(post, fake))

    assert statuses == [201, 503, 503, 201]


@on_a_loop
async def test_whoever_names_keys_that_are_none_keeps_a_new_one_from_being_found_for_half_a_minute_at_most() -> None:
    fake, steady, statuses = FakeConnector(), Clock(), []
    async with fake, endpoint(framework(fake, steady=steady), []) as post:
        statuses.append(await status_of(post, fake))
        steady.seconds += 31
        statuses.append(await status_of(post, fake, FORGER))
        fake.channel.rotate()
        for number in range(29):
            steady.seconds += 1
            statuses.append(await status_of(post, fake, FORGER, name=str(number)))
        assert fake.counts[Method.KEYS] == 2
        steady.seconds += 1
        statuses.append(await status_of(post, fake))

    assert statuses == [201, *[401] * 30, 201]


@on_a_loop
async def test_for_a_key_that_is_known_nobody_waits_while_all_are_fetched_anew() -> None:
    steady = Clock()
    async with FakeConnector() as fake, framework_of(fake, steady) as bot, endpoint(bot, []) as post:
        assert await status_of(post, fake) == 201
        steady.seconds += DAY + 1
        fake.faults = [Fault(Method.OPENID, delay=SLOW)]
        assert await status_of(post, fake, name="2") == 201
        assert fake.counts[Method.KEYS] == 1
        await until(lambda: fake.counts[Method.KEYS] == 2)


@on_a_loop
async def test_what_a_key_has_signed_that_is_gone_is_worth_nothing_once_that_is_known() -> None:
    steady, statuses = Clock(), []
    async with FakeConnector() as fake, framework_of(fake, steady) as bot, endpoint(bot, []) as post:
        old = fake.channel.keys[-1]
        statuses.append(await status_of(post, fake, old))
        fake.channel.rotate(keep_old=False)
        steady.seconds += DAY + 1
        statuses.append(await status_of(post, fake, old, name="2"))
        await until(lambda: bot._keys.edition == 2)
        statuses.append(await status_of(post, fake, old))

    assert statuses == [201, 201, 401]


@on_a_loop
async def test_who_names_an_unknown_key_is_asked_to_come_again_where_the_place_of_keys_is_slow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(signing_keys, "_PATIENCE", 0.01)
    async with FakeConnector() as fake, framework_of(fake) as bot, endpoint(bot, []) as post:
        fake.faults = [Fault(Method.OPENID, delay=SLOW)]
        assert await status_of(post, fake) == 503
        await until(lambda: bot._keys.held > 0)
        assert await status_of(post, fake) == 201


@on_a_loop
async def test_a_key_that_cannot_be_read_leaves_the_others_as_they_are() -> None:
    class Unreadable(SigningKey):
        def jwk(self) -> dict[str, object]:
            return super().jwk() | {"kid": "unreadable", "n": 5}

    fake = FakeConnector()
    fake.channel.keys = [Unreadable(1), *fake.channel.keys]
    async with fake, endpoint(framework(fake), []) as post:
        assert await status_of(post, fake) == 201


@on_a_loop
async def test_while_the_keys_are_away_the_app_asks_to_come_again_and_calls_nobody_a_forger() -> None:
    async with app_alone() as alone:
        alone.teams.faults = [Fault(Method.OPENID, status=500)]
        message = alone.client("ann").message(alone.chat("ann"), {"id": "1690", "text": "May I?", "thread": ""})

        assert (await alone.sends(message)).status == 503
        assert alone.came == {"away": 1}
        assert not alone.kept
