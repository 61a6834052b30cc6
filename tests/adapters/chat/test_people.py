"""Who writes, as any platform that can be asked knows them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from adapters.chat.people import People
from adapters.delivery.platforms import Later
from bot.messages import Message
from bot.people import Person, Standing
from tests.adapters.chat.running import on_a_loop


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Register:
    """A platform that knows everybody, and says what it was asked. While `away` is set it cannot say. Whom it has
    `lost` it does not know."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.away: Later | None = None
        self.lost: set[str] = set()

    async def __call__(self, user: str, where: str) -> tuple[str, Standing]:
        self.asked.append((user, where))
        if self.away is not None:
            raise self.away
        if user in self.lost:
            return "", Standing.OUTSIDER
        return f"  {user.title()} \n of the Larks {'x' * 99}", Standing.GUEST


@asynccontextmanager
async def people(look_up: Callable[[str, str], Awaitable[tuple[str, Standing]]]) -> AsyncIterator[tuple[People, Clock]]:
    """People of a platform."""
    clock = Clock()
    found = People("larks", look_up, clock)
    yield found, clock
    await found.close()


def written_by(user: str) -> Message:
    return Message("larks:C1:1", "May I?", person=Person(f"larks:{user}"))


async def introduced(people: People, message: Message) -> Message:
    return await asyncio.to_thread(people.introduced, message)


@on_a_loop
async def test_the_platform_is_asked_about_somebody_where_they_wrote_and_the_name_is_fit_to_be_shown() -> None:
    register = Register()
    async with people(register) as (found, _):
        message = await introduced(found, written_by("ann"))

        assert register.asked == [("ann", "larks:C1:1")]
        assert message.person.name.startswith("Ann of the Larks xx")
        assert (len(message.person.name), message.standing) == (80, Standing.GUEST)


@on_a_loop
async def test_what_is_known_is_not_asked_for_again_within_ten_minutes() -> None:
    register = Register()
    async with people(register) as (found, clock):
        assert await found.standing_of("ann", "larks:C2:1") is Standing.GUEST
        clock.now += 599
        await introduced(found, written_by("ann"))
        assert found.known_standing("ann") is Standing.GUEST
        clock.now += 2
        assert found.known_standing("ann") is None
        await introduced(found, written_by("ann"))

        assert register.asked == [("ann", "larks:C2:1"), ("ann", "larks:C1:1")]


@pytest.mark.parametrize(("after", "rests"), [(7.0, 7.0), (None, 2.0)])
def test_a_platform_that_cannot_say_is_left_alone_for_as_long_as_it_asks(after: float | None, rests: float) -> None:
    @on_a_loop
    async def look() -> None:
        register = Register()
        register.away = Later(after, "away")
        async with people(register) as (found, clock):
            for user in ("ann", "ben"):
                with pytest.raises(Later) as later:
                    await introduced(found, written_by(user))
                assert (later.value.after, later.value.in_doubt) == (rests, False)
            found.prefetch("cleo", "larks:C1:1")
            assert len(register.asked) == 1
            register.away = None
            clock.now += rests
            assert (await introduced(found, written_by("ben"))).standing is Standing.GUEST

    look()


@on_a_loop
async def test_where_nobody_can_say_it_of_one_alone_nobody_else_waits() -> None:
    register = Register()
    async with people(register) as (found, clock):
        register.away = Later(60.0, "ratelimited", everywhere=False)
        with pytest.raises(Later):
            await introduced(found, written_by("ann"))
        register.away = None
        assert (await introduced(found, written_by("ben"))).standing is Standing.GUEST
        found.prefetch("ann", "larks:C1:1")
        with pytest.raises(Later) as later:
            await introduced(found, written_by("ann"))
        assert later.value.after == 60.0
        assert register.asked == [("ann", "larks:C1:1"), ("ben", "larks:C1:1")]
        clock.now += 60
        assert (await introduced(found, written_by("ann"))).standing is Standing.GUEST


@on_a_loop
async def test_that_somebody_belongs_nowhere_is_believed_for_a_moment_alone() -> None:
    register = Register()
    register.lost = {"ann"}
    async with people(register) as (found, clock):
        for seconds in (0, 29):
            clock.now += seconds
            assert (await introduced(found, written_by("ann"))).standing is Standing.OUTSIDER
        assert len(register.asked) == 1
        clock.now += 1
        register.away = Later(7.0, "away")
        with pytest.raises(Later):
            await introduced(found, written_by("ann"))
        clock.now += 7
        register.away, register.lost = None, set()
        assert (await introduced(found, written_by("ann"))).standing is Standing.GUEST


@on_a_loop
async def test_what_is_of_another_platform_is_left_as_it_is() -> None:
    register = Register()
    async with people(register) as (found, _):
        for message in (
            Message("console:1", "Hello", person=Person("console:ann")),
            Message("larks:C1:1", "Hello", person=Person("console:ann")),
            Message("larks:C1:1", "Hello"),
            Message("larks:C1:1", "Hello", person=Person("larks:ann"), standing=Standing.OUTSIDER),
        ):
            assert await introduced(found, message) == message
        assert register.asked == []
