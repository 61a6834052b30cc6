"""A post that somebody asks about in Teams and leaves out of what goes: nobody at the desk sees a word of it."""

import pytest

from tests.adapters.chat.running import Setting, on_a_loop
from tests.adapters.teams.filled_in import Given
from tests.adapters.teams.person import Person
from tests.adapters.teams.reading import fields_in, label_of
from tests.adapters.teams.room import opened

WORDS = ("KITE", "finest", "Larkspur")
POST = "> By far “the finest scanner of all”: KITE\n\nWe won't stop. Is @Larkspur right?"


async def sends(ann: Person, with_post: bool) -> None:
    given: dict[str, Given] = {"Do they see your name?": "Send without my name"}
    labels = [label_of(field) for field in fields_in(ann.dialog["card"])]
    if not with_post:
        given[next(label for label in labels if label.startswith("The post or draft"))] = ""
    await ann.submit(**given)
    ann.close()


@pytest.mark.parametrize("with_post", [False, True])
@on_a_loop
async def test_a_post_is_at_the_desk_only_where_its_asker_let_it_go_along(
    institute: Setting, sqlite_url: str, with_post: bool
) -> None:
    async with opened(institute, sqlite_url) as room:
        ann, ben, alex = room.person("ann"), room.person("ben"), room.person("alex")
        await ann.picks("canIRetweet", ben.say(room.channel("tenors"), POST))
        await ann.press("Ask National Office")
        assert all(word in ann.sees_all() for word in WORDS)  # they see it before it goes
        await sends(ann, with_post)
        for words in ("queue", "show 1", "gaps", "wrong", "claim 1"):
            await alex.mention(room.desk, words)

        shown = [call.body for call in room.teams.calls if call.conversation.startswith(room.desk.id)]
        desk = "\n".join([alex.sees_all(), repr(shown), repr(alex.acknowledged)])
        assert desk.count("Can I retweet this?") > 4
        assert [word for word in WORDS if word in desk] == (list(WORDS) if with_post else [])
