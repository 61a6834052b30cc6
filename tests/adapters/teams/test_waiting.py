"""Whoever waits for an answer has it once it is there, and nobody else's."""

import asyncio

import pytest

from adapters.teams import waiting as module
from adapters.teams.waiting import Waiting
from tests.adapters.chat.running import on_a_loop

SHORT, LONG = 0.005, 5.0  # seconds


@on_a_loop
async def test_what_is_given_in_time_is_given_again_to_whoever_asks_again() -> None:
    waiting = Waiting()
    assert waiting.expect("i1")
    assert waiting.give("i1", {"a": 1})
    assert not waiting.give("i1", {"a": 2})

    assert [await waiting.answer("i1", LONG), await waiting.answer("i1", LONG)] == [{"a": 1}] * 2
    assert not waiting.expect("i1")


@on_a_loop
async def test_what_was_given_is_forgotten_once_nobody_will_ask_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_REMEMBERED", 0.0)
    waiting = Waiting()
    waiting.expect("i1")
    waiting.give("i1", {"a": 1})
    for _ in range(3):  # turns of the loop
        await asyncio.sleep(0)

    assert await waiting.answer("i1", SHORT) is None
    assert waiting.expect("i1")


@on_a_loop
async def test_what_comes_too_late_or_for_nobody_is_said_otherwise() -> None:
    waiting = Waiting()
    waiting.expect("i1")
    assert await waiting.answer("i1", SHORT) is None
    waiting.expect("i2")
    waiting.forget("i2")

    assert [waiting.give(key, {}) for key in ("i1", "i2", "i3", "")] == [False] * 4


@on_a_loop
async def test_a_new_card_goes_to_all_who_pressed_on_it_and_still_wait() -> None:
    waiting = Waiting()
    for key, card in (("i1", "12"), ("i2", "12"), ("i3", "13"), ("i4", ""), ("i5", "12")):
        waiting.expect(key, card)
    await waiting.answer("i5", SHORT)
    waiting.give_card("12", {"a": 1})
    waiting.give_card("12", {"a": 2})

    given = [await waiting.answer(key, SHORT) for key in ("i1", "i2", "i3", "i4", "i5")]
    assert given == [{"a": 1}, {"a": 1}, None, None, None]
