"""Somebody new is set up to run an account, in Teams: from the first message to the record."""

from tests.adapters.chat.running import Setting, on_a_loop
from tests.adapters.teams.person import Person
from tests.adapters.teams.reading import read
from tests.adapters.teams.room import TeamsRoom, opened
from tests.scenarios.going_through import PURPOSE, go_on


async def agreed_to(room: TeamsRoom) -> tuple[Person, Person]:
    """Somebody who has said that they took the account over, to which staff have agreed; and who did."""
    ann, alex = room.person("ann"), room.person("alex")
    await ann.dm("I've just taken over @larks_choir")
    await ann.press("Ask the choir office to agree")
    await alex.press("Agree", among="I have taken over @larks_choir")
    return ann, alex


def lessons_of(room: TeamsRoom, person: Person) -> list[str]:
    """The steps that stand in the chat with somebody."""
    return [shown for one in room.teams.tenant.said_in(person.chat) if "of 6\n" in (shown := read(one))]


@on_a_loop
async def test_one_message_leads_from_the_invitation_to_the_record(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, alex = await agreed_to(room)
        assert "invites you to run @larks_choir" in ann.sees()
        seen = len(ann.seen)

        await go_on(ann, until="in your own words?")
        assert len(ann.seen) == seen  # each step took the place of the one before
        assert len(lessons_of(room, ann)) == 1
        await ann.press("Write it")
        await ann.submit(In_your_own_words=PURPOSE)
        assert "Noted: its purpose is on the register now." in read(ann.dialog)
        await go_on(ann, until="Have you read them?")
        await ann.press("I have read these")
        ann.close()

        for person in (ann, alex):
            assert "4 clauses read and confirmed" in person.sees_all()
            assert f"Purpose: “{PURPOSE}”" in person.sees_all()


@on_a_loop
async def test_an_old_step_shows_what_is_open_now_when_it_is_pressed(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, _ = await agreed_to(room)
        await ann.press("Accept")
        await ann.dm("onboarding")
        await go_on(ann, until="Who let that other choir in?")
        assert ["Step 1 of 6" in one for one in lessons_of(room, ann)] == [True, False]

        await ann.press("I have read this")

        assert all("Step 2 of 6" in one for one in lessons_of(room, ann))


@on_a_loop
async def test_what_is_asked_in_a_channel_goes_on_in_the_chat_with_its_asker(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, _ = await agreed_to(room)
        await ann.press("Accept")
        altos = room.channel("altos")
        await ann.mention(altos, "onboarding")

        assert "What counts as social media" in ann.sees()
        assert room.teams.tenant.said_in(altos) == []
