"""Somebody new is set up to run an account, in Slack: from the first message to the record."""

from tests.adapters.chat.running import Setting, on_a_loop
from tests.adapters.slack.fake_workspace import direct
from tests.adapters.slack.person import Person
from tests.adapters.slack.reading import read
from tests.adapters.slack.room import SlackRoom, opened
from tests.scenarios.going_through import PURPOSE, go_on


async def agreed_to(room: SlackRoom) -> tuple[Person, Person]:
    """Somebody who has said that they took the account over, to which staff have agreed; and who did."""
    ann, alex = room.person("UANN"), room.person("UALEX")
    await ann.dm("I've just taken over @larks_choir")
    await ann.press("Ask the choir office to agree")
    await alex.press("Agree", among="I have taken over @larks_choir")
    return ann, alex


def lessons_of(room: SlackRoom, person: Person) -> list[str]:
    """The steps that stand in the messages with somebody."""
    messages = room.slack.workspace.messages[direct(person.user)].values()
    return [shown for one in messages if "of 6\n" in (shown := read(one))]


@on_a_loop
async def test_one_message_leads_from_the_invitation_to_the_record(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex = await agreed_to(room)
        assert "invites you to run @larks_choir" in ann.sees()
        seen = len(ann.seen)

        await go_on(ann, until="in your own words?")
        assert len(ann.seen) == seen  # each step took the place of the one before
        assert len(lessons_of(room, ann)) == 1
        await ann.press("Write it")
        await ann.submit(In_your_own_words=PURPOSE)
        assert "Noted: its purpose is on the register now." in read(ann.modal)
        await go_on(ann, until="Have you read them?")
        await ann.press("I have read these")
        await ann.close()

        for person in (ann, alex):
            assert "4 clauses read and confirmed" in person.sees_all()
            assert f"Purpose: “{PURPOSE}”" in person.sees_all()
        assert "larks/rehearsals/recording" in ann.sees_all()


@on_a_loop
async def test_an_answer_given_twice_by_a_double_click_counts_once_and_is_answered_in_place(
    larks: Setting, sqlite_url: str
) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, _ = await agreed_to(room)
        await ann.press("Accept")
        await ann.press("I have read this", twice=True)

        (lesson,) = lessons_of(room, ann)
        assert "Step 2 of 6" in lesson


@on_a_loop
async def test_an_old_step_shows_what_is_open_now_when_it_is_pressed(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, _ = await agreed_to(room)
        await ann.press("Accept")
        await ann.dm("onboarding")
        await go_on(ann, until="Who let that other choir in?")
        first, second = lessons_of(room, ann)
        assert ("Step 1 of 6" in first, "Step 2 of 6" in second) == (True, True)

        await ann.press("I have read this")

        assert all("Step 2 of 6" in one for one in lessons_of(room, ann))


@on_a_loop
async def test_it_goes_on_days_later_where_it_was_left_and_asks_nothing_again(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, _ = await agreed_to(room)
        await go_on(ann, until="What counts as social media")
        await ann.press("Later")
        assert "Go on whenever you like" in ann.sees()
        await ann.command("onboarding")

        assert "What counts as social media" in ann.sees()
        await go_on(ann, until="Our conductor was glad")
        await ann.opens_home()
        await ann.dm("onboarding")

        assert "Our conductor was glad" in ann.sees()
        assert "Who let that other choir in?" not in ann.sees()


@on_a_loop
async def test_in_a_channel_only_whoever_asked_sees_it(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, _ = await agreed_to(room)
        await ann.press("Accept")
        uma = room.person("UUMA")
        await ann.mention("COPEN", "onboarding")

        assert "What counts as social media" in ann.sees()
        assert "social media" not in uma.sees_all()


@on_a_loop
async def test_who_declines_is_asked_to_be_sure_and_left_alone(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex = await agreed_to(room)
        await ann.press("Decline")

        assert "Declined." in ann.sees()
        assert "declined the invitation to run @larks_choir" in alex.sees_all()


@on_a_loop
async def test_words_that_were_noted_are_changed_at_once(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex = await agreed_to(room)
        await go_on(ann, until="in your own words?")
        await ann.press("Write it")
        await ann.submit(In_your_own_words="skip")
        await ann.press("Change it")
        await ann.submit(In_your_own_words=PURPOSE)
        assert f"It reads: “{PURPOSE}”" in read(ann.modal)
        await go_on(ann, until="Have you read them?")
        assert f"What is the account for, in your own words? {PURPOSE}" in ann.sees()
        await ann.press("I have read these")
        await ann.close()

        assert f"Purpose: “{PURPOSE}”" in alex.sees_all()
