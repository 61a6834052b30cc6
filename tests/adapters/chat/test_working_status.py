"""What is shown while an answer is on its way: only where it takes a moment, and never after the answer."""

import asyncio
from dataclasses import dataclass, field

import pytest
from sqlalchemy.exc import OperationalError

from adapters.chat.working_status import NotShown, WorkingStatus
from tests.adapters.chat.running import on_a_loop


@dataclass
class Screen:
    """Where a status is shown, unless something is `wrong`."""

    shown: list[str] = field(default_factory=list)
    handled: bool = False
    wrong: Exception | None = None
    slow: asyncio.Event | None = None

    def status(self, after: float = 0.0) -> WorkingStatus:
        return WorkingStatus("larks", lambda conversation: conversation != "loft", self.show, self.is_handled, after)

    def is_handled(self, _event: str) -> bool:
        return self.handled

    async def show(self, conversation: str) -> None:
        if self.slow is not None:
            self.slow.set()
            await asyncio.Event().wait()
        if self.wrong is not None:
            raise self.wrong
        self.shown.append(conversation)


async def settled(status: WorkingStatus, conversation: str) -> None:
    async with asyncio.timeout(5):
        while status.is_waited_on(conversation):
            await asyncio.sleep(0)


@on_a_loop
async def test_it_is_shown_where_an_answer_takes_a_moment() -> None:
    screen = Screen()
    status = screen.status()
    for conversation in ("nest", "nest", "loft"):
        status.begin("e1", conversation)
    await settled(status, "nest")

    assert screen.shown == ["nest"]


@on_a_loop
async def test_it_is_not_shown_where_the_answer_is_there_or_comes_first() -> None:
    screen = Screen(handled=True)
    status = screen.status()
    status.begin("e1", "nest")
    await settled(status, "nest")
    late = Screen()
    waiting = late.status(after=60.0)
    waiting.begin("e2", "nest")
    await waiting.over("nest")

    assert (screen.shown, late.shown, waiting.is_waited_on("nest")) == ([], [], False)


@pytest.mark.parametrize("wrong", [NotShown("away"), OperationalError("", {}, ValueError())])
def test_one_that_cannot_be_shown_harms_nobody(wrong: Exception) -> None:
    @on_a_loop
    async def look() -> None:
        status = Screen(wrong=wrong).status()
        status.begin("e1", "nest")
        await settled(status, "nest")

    look()


@on_a_loop
async def test_one_that_is_on_its_way_ends_with_the_app() -> None:
    screen = Screen(slow=asyncio.Event())
    status = screen.status()
    status.begin("e1", "nest")
    assert screen.slow is not None
    await screen.slow.wait()
    await status.close()

    assert not status.is_waited_on("nest")
