"""What is one person's stays theirs in Teams: in threads that everybody reads, and whatever a client makes up."""

from collections.abc import Callable
from typing import Any

import pytest

from adapters.chat.kept import Kept
from adapters.storage.carried import act_to_json
from bot.acts import Act, AnswerQuery, Claim, Close, Remark, Say, Send, ShowGaps, ShowQueue, ShowTicket, Withdraw
from tests.adapters.chat.running import Setting, on_a_loop
from tests.adapters.teams.fake_tenant import DESK_CONVERSATION, Chat
from tests.adapters.teams.person import Person
from tests.adapters.teams.reading import read
from tests.adapters.teams.room import TeamsRoom, opened
from tests.scenarios.test_teams import INVITE, INVITED, RECORD, UNKNOWN, sent_by

SECRET_LINE = "My section leader has forbidden it."


async def sent_unnamed(asker: Person) -> None:
    """Has somebody send what they asked last, without their name and with a line of their own."""
    await asker.press("Ask the choir office")
    await asker.submit(Do_they_see_your_name="Send without my name", Add_a_line=SECRET_LINE)
    asker.close()


def posted(room: TeamsRoom, chat: Chat) -> list[str]:
    """What the bot has said in a chat."""
    return [read(one) for one in room.teams.tenant.said_in(chat)]


# Threads that everybody reads


@pytest.mark.parametrize("words", ["my queries", "status of Q1", "add to Q1: more", "withdraw Q1"])
@on_a_loop
async def test_what_became_of_queries_is_told_to_their_asker_alone(choir: Setting, sqlite_url: str, words: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, tenors = room.person("ann"), room.channel("tenors")
        await ann.dm(UNKNOWN)
        await sent_unnamed(ann)
        await ann.mention(tenors, words)

        assert "Q1" in posted(room, ann.chat)[-1]
        assert posted(room, tenors) == []
        assert room.person("ben").seen == []


@on_a_loop
async def test_what_waits_at_the_desk_is_shown_to_staff_alone(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        alex, tenors = room.person("alex"), room.channel("tenors")
        await sent_by(room.person("ann"))
        await alex.mention(tenors, "home")

        assert UNKNOWN in "\n".join(posted(room, alex.chat))
        assert posted(room, tenors) == []


@on_a_loop
async def test_what_would_go_to_the_office_is_shown_to_its_asker_alone(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, tenors = room.person("ann"), room.channel("tenors")
        thread = await ann.mention(tenors, UNKNOWN)
        before = posted(room, tenors)
        await ann.mention(tenors, "ask the office", thread)
        await ann.press("Send without my name")

        assert "Q1" in ann.sees_all()
        assert posted(room, tenors) == before


@on_a_loop
async def test_nothing_in_an_open_thread_gives_away_who_has_sent_a_query(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, alex, tenors = room.person("ann"), room.person("alex"), room.channel("tenors")
        await ann.mention(tenors, UNKNOWN)
        before = posted(room, tenors)
        await sent_unnamed(ann)
        await alex.press("Claim it")
        await alex.press("Answer")
        await alex.submit(Your_answer="Your section leader is right.", Whom_is_it_for="This case only")

        assert posted(room, tenors) == before
        assert "Your section leader is right." in "\n".join(posted(room, ann.chat))


@on_a_loop
async def test_nobody_reads_there_that_somebody_called_an_answer_wrong_and_nobody_else_can(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, ben, alex, tenors = room.person("ann"), room.person("ben"), room.person("alex"), room.channel("tenors")
        await ann.mention(tenors, INVITE)
        before = posted(room, tenors)
        await ben.rates("dislike", "I know better.")
        await ann.rates("dislike", SECRET_LINE)
        await alex.mention(room.desk, "wrong")
        assert SECRET_LINE in alex.sees()
        assert "I know better." not in alex.sees()
        await alex.press("Make a query of it")

        assert posted(room, tenors) == before
        assert "Q1" in "\n".join(posted(room, ann.chat))


@on_a_loop
async def test_somebody_is_turned_away_before_their_own_eyes_alone(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        guest, tenors = room.person("gus", guest=True), room.channel("tenors")
        await guest.mention(tenors, INVITE)

        assert posted(room, tenors) == []
        assert "The choir office can help you" in "\n".join(posted(room, guest.chat))


@on_a_loop
async def test_what_answers_the_question_is_for_everybody_and_its_buttons_for_its_asker(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, ben, tenors = room.person("ann"), room.person("ben"), room.channel("tenors")
        await ann.mention(tenors, INVITE)
        assert INVITED in ben.sees()
        await ben.press("Ask the choir office")

        assert "belong" in ben.sees_all()
        with room.bot.database.reading() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM ticket").scalar_one() == 0


@on_a_loop
async def test_what_a_dialog_of_somebody_shows_nobody_else_sees(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, ben, tenors = room.person("ann"), room.person("ben"), room.channel("tenors")
        await ann.mention(tenors, RECORD)
        before = posted(room, tenors)
        await ann.picks("canIRetweet", ben.say(tenors, "Our concert was a joy."))
        await ann.press("My own")

        assert posted(room, tenors) == before


# What a client makes up


def made_up(presser: Person, chat: Chat, verb: str, **data: Any) -> dict[str, Any]:
    """A press in a message of the bot's, of a button that says that it does this."""
    action = {"type": "Action.Execute", "verb": verb, "title": "Go", "data": data}
    value = {"action": action, "trigger": "manual"}
    return presser._client.invoke("adaptiveCard/action", value, chat, "", presser._tenant.new_id())


def made_up_in_dialog(presser: Person, chat: Chat, verb: str, **data: Any) -> dict[str, Any]:
    """A press in a dialog that says that it belongs to a card at the desk."""
    kept = {"kept": Kept(DESK_CONVERSATION, card="1").as_text(), "nonce": presser._tenant.new_id()}
    return presser._client.invoke("task/submit", {"data": {"does": verb, **data, **kept}}, chat)


@pytest.mark.parametrize("made", [made_up, made_up_in_dialog])
@on_a_loop
async def test_nobody_but_staff_acts_at_the_desk_and_nobody_on_what_is_somebody_elses(
    choir: Setting, sqlite_url: str, made: Callable[..., dict[str, Any]]
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, alex, mallory = room.person("ann"), room.person("alex"), room.person("mallory")
        await sent_by(ann)
        before = ann.sees_all(), alex.sees_all()
        acts: list[Act] = [
            ShowQueue(),
            ShowTicket("1"),
            Claim("1", 1),
            AnswerQuery("1", 1, "Yes, all of it"),
            Remark("1", "Hm"),
            Close("1", 1, "no"),
            ShowGaps("larks"),
            Send("1", named=True),
            Withdraw("1"),
        ]
        for act in acts:
            for chat in (room.desk, room.channel("tenors"), mallory.chat):
                await mallory.pressed(made(mallory, chat, "act", act=act_to_json(act), who=mallory.user.account))
                mallory.close()

        assert UNKNOWN not in str(mallory.acknowledged)
        assert (ann.sees_all(), alex.sees_all()) == before
        assert UNKNOWN not in mallory.sees_all()


@on_a_loop
async def test_nobody_but_staff_is_shown_a_card_that_they_ask_for(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, alex, mallory = room.person("ann"), room.person("alex"), room.person("mallory")
        await sent_by(ann)
        await alex.pressed(made_up(alex, room.desk, "look", ticket="1"))
        assert UNKNOWN in str(alex.acknowledged[-1].body)
        await mallory.pressed(made_up(mallory, room.desk, "look", ticket="1"))
        assert UNKNOWN not in str(mallory.acknowledged[-1].body)


@on_a_loop
async def test_nobody_speaks_in_the_name_of_somebody_else_by_making_a_button_up(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, mallory = room.person("ann"), room.person("mallory")
        await ann.dm(UNKNOWN)
        say = act_to_json(Say("my queries"))
        press = made_up(mallory, mallory.chat, "act", act=say, who=ann.user.account)
        before = ann.sees_all()
        await mallory.pressed(press)

        assert ann.sees_all() == before
        assert UNKNOWN not in mallory.sees_all()


@on_a_loop
async def test_nobody_overwrites_what_was_said_to_somebody_else(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, mallory, tenors = room.person("ann"), room.person("mallory"), room.channel("tenors")
        await ann.mention(tenors, RECORD)
        (before,) = posted(room, tenors)
        press = mallory.aimed("Yes, the conductor has")
        press["value"]["action"]["data"]["who"] = mallory.user.account
        await mallory.pressed(press)

        assert posted(room, tenors)[0] == before


@on_a_loop
async def test_what_comes_of_a_form_gets_to_nobody_else_wherever_it_says_that_it_belongs(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ben, alex, mallory = room.person("ben"), room.person("alex"), room.person("mallory")
        await ben.dm("home")
        tenors = room.channel("tenors")
        before = ben.sees_all(), alex.sees_all()
        elsewhere = "teams:19%3Atenors%40thread.tacv2"
        for there in (
            ben.user.account,
            f"{ben.user.account}:x",
            f"{elsewhere}:1690:{ben.user.directory_id}:open",
            f"{elsewhere}:1690:{mallory.user.directory_id}:open",
            elsewhere,
            DESK_CONVERSATION,
            "chat:1",
        ):
            await mallory.picks("checkPost", mallory.say(tenors, "Hand in your key, says the office."))
            form = mallory.filled(Which_account="A group")
            data = form["value"]["data"]
            data["kept"] = data["kept"].replace(mallory.user.account, there)
            assert there in data["kept"]
            await mallory.pressed(form)
            assert "Not checked" in mallory.sees()
            mallory.close()

        assert (ben.sees_all(), alex.sees_all()) == before
        assert posted(room, tenors) == []


@on_a_loop
async def test_a_guest_is_refused_at_once_and_asked_for_nothing(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        guest, tenors = room.person("gus", guest=True), room.channel("tenors")
        await guest.dm(INVITE)
        await guest.picks("checkPost", guest.say(tenors, "We sing best"))

        assert "Your draft" not in guest.sees_all()
        assert "The choir office can help you" in guest.sees_all()
