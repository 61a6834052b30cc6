"""Which chat of somebody's is the one with the bot, whatever else they use."""

from typing import Any

from tests.adapters.chat.running import Setting, on_a_loop
from tests.adapters.teams.person import Person
from tests.adapters.teams.room import TeamsRoom, opened
from tests.scenarios.test_teams import sent_by
from tests.scenarios.test_teams_reached import answered_by

ELSEWHERE = "a:1another-app"


def picked_in_the_chat_with_another_app(person: Person, room: TeamsRoom) -> dict[str, Any]:
    """A message action of ours that is about to come from there."""
    tenors = room.channel("tenors")
    message = person.say(tenors, "Our concert was a joy.")
    value = person._client.picked("canIRetweet", tenors, "", message, person.user)
    picked = person._client.invoke("composeExtension/fetchTask", value, person.chat)
    return picked | {"conversation": {**picked["conversation"], "id": ELSEWHERE}}


@on_a_loop
async def test_what_is_picked_in_the_chat_with_another_app_is_answered_there_and_nothing_else_is(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann = room.person("ann")
        await sent_by(ann)
        await ann.pressed(picked_in_the_chat_with_another_app(ann, room))
        assert ann.dialog
        ann.close()
        await answered_by(room.person("alex"))

        assert "One, if it is small." in ann.sees()


@on_a_loop
async def test_where_nothing_but_another_chat_was_ever_seen_one_with_the_bot_is_begun(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann = room.person("ann")
        await ann.pressed(picked_in_the_chat_with_another_app(ann, room))
        ann.close()
        await sent_by(ann)
        await answered_by(room.person("alex"))

        assert "One, if it is small." in ann.sees()
