"""A post that somebody asks about in Slack and leaves out of what goes: nobody at the desk sees a word of it."""

import pytest

from tests.adapters.slack.fake_workspace import Node
from tests.adapters.slack.form_state import Given
from tests.adapters.slack.person import Person
from tests.adapters.slack.reading import fields_in
from tests.adapters.slack.room import DESK, Setting, SlackRoom, on_a_loop, opened

WORDS = ("KITE", "finest", "Larkspur")
POSTS = (
    "By far the finest scanner: KITE, 20% off at @Larkspur!",
    "KITE Larkspur",
    "> By far “the finest scanner of all”: KITE\n\nWe won't stop. Is @Larkspur right?",
)


async def asks_of_post(ann: Person, room: SlackRoom, post: str) -> Node:
    """Has somebody ask whether to share what somebody else posted, and gives that message."""
    room.person("UBEN")
    message = room.slack.workspace.typed("C2", "UBEN", post, "")
    await ann.shortcut("can_i_retweet", message, "C2")
    return message


async def sends_without_post(ann: Person) -> None:
    given: dict[str, Given] = {"Do they see your name?": "Send without my name"}
    labels = [field["label"]["text"] for field in fields_in(ann.modal)]
    given[next(label for label in labels if label.startswith("The post or draft"))] = []
    await ann.submit(**given)


def leaks(text: str) -> list[str]:
    return [word for word in WORDS if word in text]


@pytest.mark.parametrize("post", POSTS)
@on_a_loop
async def test_a_post_that_its_asker_left_out_is_in_nothing_that_the_desk_sees(
    ipem: Setting, sqlite_url: str, post: str
) -> None:
    async with opened(ipem, sqlite_url) as room:
        ann, alex = room.person("UANN"), room.person("UALEX")
        message = await asks_of_post(ann, room, post)
        await ann.press("Ask National Office")
        assert leaks(ann.sees_all())  # they see it before it goes
        await sends_without_post(ann)

        seen = [alex.sees_all()]
        for words in ("queue", "show 1", "gaps", "wrong", "claim 1"):
            await alex.mention(DESK, words)
            seen.append(alex.sees_all())
        await alex.opens_home()
        seen.append(repr([alex.seen, room.slack.workspace.messages]))

        desk = "\n".join(seen).replace(repr(message), "")
        assert desk.count("Can I retweet this?") > 4
        assert not leaks(desk)


@on_a_loop
async def test_a_post_that_goes_along_is_what_the_desk_sees(ipem: Setting, sqlite_url: str) -> None:
    async with opened(ipem, sqlite_url) as room:
        ann, alex = room.person("UANN"), room.person("UALEX")
        await asks_of_post(ann, room, POSTS[0])
        await ann.press("Ask National Office")
        await ann.submit(**{"Do they see your name?": "Send without my name"})

        assert POSTS[0] in alex.sees_all()


@on_a_loop
async def test_ones_own_message_is_not_said_to_be_somebody_elses(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex = room.person("UANN"), room.person("UALEX")
        message = room.slack.workspace.typed("C2", "UANN", "May I put our newsletter behind a login?", "")
        await ann.shortcut("refer_to_office", message, "C2")
        await ann.submit(**{"Do they see your name?": "Send with my name"})

        assert "I refer a message of mine." in alex.sees_all()
        assert "somebody else wrote" not in alex.sees_all()


@on_a_loop
async def test_what_is_shared_holds_nothing_that_was_said_beside_the_answer(ipem: Setting, sqlite_url: str) -> None:
    async with opened(ipem, sqlite_url) as room:
        ann, ben = room.person("UANN"), room.person("UBEN")
        thread = await ann.mention("C1", "Can I use the logo?")
        await ann.say("C1", "and on my slides?", thread)
        await ann.press("Share with the channel")

        assert "“Can I use the logo, and on my slides?”" in ben.sees_all()
        assert "What you told me for" not in ben.sees_all()
