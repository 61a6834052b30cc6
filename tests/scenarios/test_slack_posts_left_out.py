"""A post that somebody asks about in Slack and leaves out of what goes: nobody at the desk sees a word of it."""

import pytest

from tests.adapters.slack.person import Person
from tests.adapters.slack.reading import fields_in
from tests.adapters.slack.room import Setting, SlackRoom, on_a_loop, opened

WORDS = ("KITE", "finest", "Larkspur")
POSTS = (
    "By far the finest scanner: KITE, 20% off at @Larkspur!",
    "KITE Larkspur",
    "> By far “the finest scanner of all”: KITE\n\nWe won't stop. Is @Larkspur right?",
)


async def asks_of_post(ann: Person, room: SlackRoom, post: str) -> None:
    room.person("UBEN")
    message = room.slack.workspace.typed("C2", "UBEN", post, "")
    await ann.shortcut("can_i_retweet", message, "C2")


async def sends_without_post(ann: Person) -> None:
    labels = [field["label"]["text"] for field in fields_in(ann.modal)]
    post = next(label for label in labels if label.startswith("The post or draft"))
    await ann.submit(**{post: [], "Do they see your name?": "Send without my name"})


def leaks(text: str) -> list[str]:
    return [word for word in WORDS if word in text]


@pytest.mark.parametrize("post", POSTS)
@on_a_loop
async def test_a_post_that_its_asker_left_out_is_in_nothing_that_the_desk_sees(
    ipem: Setting, sqlite_url: str, post: str
) -> None:
    async with opened(ipem, sqlite_url) as room:
        ann, alex = room.person("UANN"), room.person("UALEX")
        await asks_of_post(ann, room, post)
        await ann.press("Ask National Office")
        assert leaks(ann.sees_all())  # they see it before it goes
        await sends_without_post(ann)

        for word in ("show 1", "queue", "home", "gaps", "called wrong"):
            await alex.dm(word)
        await alex.opens_home()
        await alex.press("Claim it" if alex.may_press("Claim it") else "Claim")

        assert "Q1" in alex.sees_all()
        assert "Can I retweet this?" in alex.sees_all()
        assert not leaks(alex.sees_all())
        assert not leaks(repr([one for one in room.slack.workspace.messages["CDESK"].values()]))


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
