"""Slack in bad weather: nothing that the bot says is lost, and nothing that can be read back is said twice."""

import random

import pytest

from bot.wording import repeated
from tests.adapters.slack.fake_slack import RESPONSE_URL
from tests.adapters.slack.fake_weather import Fault
from tests.adapters.slack.person import Person
from tests.adapters.slack.room import DESK, Setting, SlackRoom, on_a_loop, opened

INVITE = "can I invite a friend to an open rehearsal?"
MINUTE = 60.0


def answers(room: SlackRoom, user: str, asked: str) -> list[str]:
    """What stands in the thread of something that somebody asked in direct messages."""
    return [str(one["text"]) for one in room.slack.workspace.thread(f"D{user[1:]}", asked)]


def card_texts(room: SlackRoom) -> list[str]:
    """What stands at the desk, but in threads."""
    return [str(one["text"]) for one in room.slack.workspace.messages[DESK].values() if "thread_ts" not in one]


def waiting(room: SlackRoom) -> int:
    """How much waits to be handled or sent, or was given up."""
    with room.bot.database.reading() as connection:
        came = connection.exec_driver_sql("SELECT count(*) FROM inbox WHERE handled IS NULL").scalar_one()
        goes = connection.exec_driver_sql("SELECT count(*) FROM outbox WHERE sent IS NULL").scalar_one()
    return int(came) + int(goes)


@pytest.mark.parametrize(
    "fault",
    [
        Fault("chat.postMessage", status=429, retry_after=30),
        Fault("chat.postMessage", status=500),
        Fault("chat.postMessage", error="internal_error"),
        Fault("chat.postMessage", drop=True),
        Fault("chat.postMessage", status=500, applied=True),
        Fault("chat.postMessage", drop=True, applied=True),
    ],
    ids=["429", "500", "an error of its own", "dropped", "500 once it was done", "dropped once it was done"],
)
@on_a_loop
async def test_a_post_that_fails_is_there_in_the_end_and_once(larks: Setting, sqlite_url: str, fault: Fault) -> None:
    async with opened(larks, sqlite_url, paced=True) as room:
        room.slack.faults = [fault]
        asked = await room.person("UANN").dm(INVITE)
        assert waiting(room) == 1

        await room.later(2 * MINUTE)
        assert waiting(room) == 0
        assert len(answers(room, "UANN", asked)) == 1


@pytest.mark.parametrize("method", ["chat.postEphemeral", RESPONSE_URL])
@on_a_loop
async def test_what_nobody_can_read_back_comes_again_and_says_so(larks: Setting, sqlite_url: str, method: str) -> None:
    async with opened(larks, sqlite_url, paced=True) as room:
        room.slack.faults = [Fault(method, drop=True, applied=True)]
        ann = room.person("UANN")
        if method == RESPONSE_URL:
            await ann.command(INVITE)
        else:
            await ann.mention("C1", INVITE)
        await room.later(2 * MINUTE)

        first, second = ann.seen
        assert repeated() not in str(first)
        assert repeated() in str(second)


@on_a_loop
async def test_a_slack_that_is_down_for_five_minutes_loses_nothing(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url, paced=True) as room:
        ann, ben, alex = room.person("UANN"), room.person("UBEN"), room.person("UALEX")
        before = await ann.dm(INVITE)
        room.slack.down = True
        asked = {who: await who.dm(INVITE) for who in (ann, ben)}
        form = ann.aimed("Ask the choir office")
        await ann.pressed(form)
        for _ in range(10):
            await room.later(MINUTE / 2)
        assert answers(room, "UANN", asked[ann]) == []

        room.slack.down = False
        for _ in range(2):
            await room.later(MINUTE)
        assert waiting(room) == 0
        assert [len(answers(room, who.user, ts)) for who, ts in asked.items()] == [1, 1]
        assert "This would go to the choir office" in answers(room, "UANN", before)[-1]  # its form could not open
        await ann.press("Send with my name")
        assert "Q1" in alex.sees()


@on_a_loop
async def test_a_card_whose_edit_is_lost_on_the_way_stands_once_and_as_it_is(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url, paced=True) as room:
        ann, alex = room.person("UANN"), room.person("UALEX")
        await ann.dm(INVITE)
        await ann.press("Ask the choir office")
        await ann.submit(Do_they_see_your_name="Send with my name")
        room.slack.faults = [Fault("chat.update", status=500), Fault("chat.update", drop=True, applied=True)]
        await alex.press("Claim it")
        await room.later(MINUTE)
        await room.later(5 * MINUTE)

        cards = [one for one in room.slack.workspace.messages[DESK].values() if "thread_ts" not in one]
        assert len(cards) == 1
        assert "claimed" in cards[0]["text"]


@on_a_loop
async def test_while_its_token_is_no_good_what_is_to_be_said_waits(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url, paced=True) as room:
        ann = room.person("UANN")
        await ann.dm(INVITE)
        room.slack.refuses = "token_revoked"
        asked = await ann.dm(INVITE)
        for _ in range(12):
            await room.later(10 * MINUTE)
        assert answers(room, "UANN", asked) == []
        assert waiting(room) == 1

        room.slack.refuses = ""
        await room.later(1.5 * MINUTE)
        assert len(answers(room, "UANN", asked)) == 1


@on_a_loop
async def test_a_limit_on_edits_at_the_desk_holds_up_no_answer(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url, paced=True) as room:
        ann, ben, alex = room.person("UANN"), room.person("UBEN"), room.person("UALEX")
        await _sent(ann, INVITE)
        room.slack.faults = [Fault("chat.update", status=429, retry_after=30)]
        await alex.press("Claim it")
        asked = await ben.dm(INVITE)
        assert len(answers(room, "UBEN", asked)) == 1

        await room.later(31)
        assert "claimed" in card_texts(room)[0]


@on_a_loop
async def test_an_edit_that_slack_does_not_take_does_not_hold_up_the_next_query(
    larks: Setting, sqlite_url: str
) -> None:
    async with opened(larks, sqlite_url, paced=True) as room:
        ann, ben, alex = room.person("UANN"), room.person("UBEN"), room.person("UALEX")
        room.slack.faults = [Fault("chat.update", times=100, error="update_failed")]
        await _sent(ann, INVITE)
        await alex.press("Claim it")
        await _sent(ben, "May our baker sing at the fair?")
        await room.later(5)

        assert any("claimed" in text for text in card_texts(room))
        assert any("Q2" in text for text in card_texts(room))


@on_a_loop
async def test_a_channel_gets_a_post_a_second_and_others_do_not_wait_for_it(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url, paced=True) as room:
        ann, ben = room.person("UANN"), room.person("UBEN")
        for _ in range(8):
            await ann.dm(INVITE)
        assert room.slack.counts["chat.postMessage"] < 8
        asked = await ben.dm(INVITE)
        assert len(answers(room, "UBEN", asked)) == 1

        for _ in range(8):
            await room.later(1.1)
        assert room.slack.counts["chat.postMessage"] == 9


@pytest.mark.parametrize("seed", range(3))
@on_a_loop
async def test_whatever_the_weather_each_question_is_answered_once(larks: Setting, sqlite_url: str, seed: int) -> None:
    chance = random.Random(seed)
    async with opened(larks, sqlite_url, paced=True) as room:
        asked: list[tuple[str, str]] = []
        for number in range(15):
            room.slack.faults = [_bad(chance) for _ in range(chance.randrange(4))]
            room.slack.down = chance.random() < 0.2
            who = room.person(f"UU{number % 4}")
            asked.append((who.user, await who.dm(INVITE)))
            await room.later(chance.uniform(1, MINUTE))
        room.slack.faults, room.slack.down = [], False
        for _ in range(5):
            await room.later(2 * MINUTE)

        assert waiting(room) == 0
        assert [len(answers(room, *one)) for one in asked] == [1] * len(asked)


async def _sent(who: Person, question: str) -> None:
    """Has somebody send a question on to the office, with their name."""
    await who.dm(question)
    await who.press("Ask the choir office")
    await who.submit(Do_they_see_your_name="Send with my name")


def _bad(chance: random.Random) -> Fault:
    method = chance.choice(["*", "chat.postMessage", "users.info", "conversations.replies"])
    faults = [
        Fault(method, status=429, retry_after=chance.randrange(1, 40)),
        Fault(method, status=chance.choice([500, 502, 503])),
        Fault(method, error=chance.choice(["internal_error", "fatal_error", "service_unavailable"])),
        Fault(method, drop=True, applied=chance.random() < 0.5),
        Fault(method, status=500, applied=True),
    ]
    return chance.choice(faults)
