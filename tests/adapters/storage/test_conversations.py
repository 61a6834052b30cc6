"""What every store of conversations does. Another store is added to `STORES`."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from adapters.storage.memory import MemoryConversations
from bot.ports import Conversations, Turn
from knowledge.answers import Citation
from knowledge.clauses import Party
from knowledge.flows.flow import Response

STORES: dict[str, Callable[[], Conversations]] = {"memory": MemoryConversations}

CITATION = Citation("larks/a/b", "larks", "the Larks' rules", "second", "Rehearsals", "“Quoted” – né 🎵", official=True)
GIVEN = (Response("consent", "Yes, the conductor has"), Response("use", "“At home” – né 🎵"))
TURN = Turn(
    "larks", Party.TRAINEE, "Can I, here?", "Can I?", ("Yes",), ("Yes", "No"), (CITATION,), "larks/x", "Can I?", GIVEN
)


@pytest.fixture(params=STORES)
def conversations(request: pytest.FixtureRequest) -> Conversations:
    return STORES[str(request.param)]()


def test_nothing_is_remembered_of_a_conversation_that_never_was(conversations: Conversations) -> None:
    assert conversations.last("slack:C1:1") is None


def test_a_turn_comes_back_whole(conversations: Conversations) -> None:
    conversations.put("slack:C1:1", TURN)

    assert conversations.last("slack:C1:1") == TURN


def test_a_bare_turn_comes_back_whole(conversations: Conversations) -> None:
    bare = Turn("", Party.MEMBER)
    conversations.put("slack:C1:1", bare)

    assert conversations.last("slack:C1:1") == bare


def test_only_the_turn_put_last_is_remembered(conversations: Conversations) -> None:
    later = replace(TURN, question="And you?", options=(), citations=())
    conversations.put("slack:C1:1", TURN)
    conversations.put("slack:C1:1", later)

    assert conversations.last("slack:C1:1") == later


def test_reading_a_turn_does_not_use_it_up(conversations: Conversations) -> None:
    conversations.put("slack:C1:1", TURN)
    conversations.last("slack:C1:1")

    assert conversations.last("slack:C1:1") == TURN


@pytest.mark.parametrize("other", ["slack:C1:2", "slack:C2:1", "teams:C1:1", "slack:C1:", "slack:c1:1", "slack:C1:1 "])
def test_a_conversation_is_known_by_its_whole_name(conversations: Conversations, other: str) -> None:
    conversations.put("slack:C1:1", TURN)

    assert conversations.last(other) is None


def test_many_conversations_are_kept_apart(conversations: Conversations) -> None:
    turns = {f"slack:C{number}:1": replace(TURN, question=str(number)) for number in range(100)}
    for name, turn in turns.items():
        conversations.put(name, turn)

    assert {name: conversations.last(name) for name in turns} == turns


def test_a_name_and_a_question_may_hold_any_character(conversations: Conversations) -> None:
    odd = replace(TURN, question="'; DROP TABLE turns; -- \n\t\u202e 🎵")
    conversations.put("teams:a'b\"c%_;:ü", odd)

    assert conversations.last("teams:a'b\"c%_;:ü") == odd
