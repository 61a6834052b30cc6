"""What is one person's stays theirs in Slack: in threads that everybody reads, and whatever a client makes up."""

import json
from typing import Any

import pytest

from adapters.slack.pressing import value_of
from bot.acts import Act, AnswerQuery, Claim, Close, Remark, Say, Send, ShowGaps, ShowQueue, ShowTicket, Withdraw
from tests.adapters.slack.form_state import state_of
from tests.adapters.slack.person import Person
from tests.adapters.slack.reading import read
from tests.adapters.slack.room import DESK, Setting, SlackRoom, on_a_loop, opened
from tests.adapters.slack.sending import INTERACTION
from tests.scenarios.test_slack import INVITE, INVITED, RECORD, UNKNOWN, sent_by

OPEN = "COPEN"
SECRET_LINE = "My section leader has forbidden it."


async def sent_unnamed(asker: Person) -> None:
    """Has somebody send what they asked last, without their name and with a line of their own."""
    await asker.press("Ask the choir office")
    await asker.submit(Do_they_see_your_name="Send without my name", Add_a_line=SECRET_LINE)
    await asker.close()


def posted(room: SlackRoom, channel: str) -> list[str]:
    """What the bot has said to everybody in a channel."""
    return [read(one) for one in room.slack.workspace.messages[channel].values() if one.get("bot_id")]


# Threads that everybody reads


@pytest.mark.parametrize("words", ["my queries", "status of Q1", "add to Q1: more", "withdraw Q1"])
@on_a_loop
async def test_what_became_of_queries_is_told_to_their_asker_alone(larks: Setting, sqlite_url: str, words: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann = room.person("UANN")
        await ann.dm(UNKNOWN)
        await sent_unnamed(ann)
        await ann.mention(OPEN, words)

        assert "Q1" in ann.sees()
        assert posted(room, OPEN) == []
        assert room.person("UBEN").seen == []


@on_a_loop
async def test_a_follow_up_about_ones_queries_is_answered_to_its_asker_alone(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann = room.person("UANN")
        await ann.dm(UNKNOWN)
        await sent_unnamed(ann)
        thread = await ann.mention(OPEN, INVITE)
        await ann.say(OPEN, "my queries", thread)

        (answer,) = posted(room, OPEN)
        assert INVITED in answer
        whispered = room.slack.workspace.ephemerals[-1]
        assert (whispered["to"], whispered["thread_ts"]) == ("UANN", thread)
        assert "Q1" in ann.sees()


@on_a_loop
async def test_what_waits_at_the_desk_is_shown_to_staff_alone(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        alex = room.person("UALEX")
        await sent_by(room.person("UANN"))
        await alex.mention(OPEN, "home")

        assert UNKNOWN in alex.sees()
        assert posted(room, OPEN) == []


@on_a_loop
async def test_what_would_go_to_the_office_is_shown_to_its_asker_alone(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann = room.person("UANN")
        thread = await ann.mention(OPEN, UNKNOWN)
        before = posted(room, OPEN)
        await ann.mention(OPEN, "ask the office", thread)
        await ann.press("Send without my name")

        assert "Q1" in ann.sees()
        assert posted(room, OPEN) == before


@on_a_loop
async def test_nothing_in_an_open_thread_gives_away_who_has_sent_a_query(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex = room.person("UANN"), room.person("UALEX")
        await ann.mention(OPEN, UNKNOWN)
        before = posted(room, OPEN)
        await sent_unnamed(ann)
        await alex.press("Claim it")
        await alex.press("Answer")
        await alex.submit(Your_answer="Your section leader is right.", Whom_is_it_for="This case only")

        assert posted(room, OPEN) == before
        assert "Your section leader is right." in "\n".join(posted(room, "DANN"))


@on_a_loop
async def test_nobody_reads_there_that_somebody_called_an_answer_wrong(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex = room.person("UANN"), room.person("UALEX")
        await ann.mention(OPEN, INVITE)
        before = posted(room, OPEN)
        await ann.press("This is wrong")
        await ann.submit(**{ann.modal["blocks"][0]["label"]["text"]: SECRET_LINE})
        await ann.close()
        await alex.command("wrong", DESK)
        await alex.press("Make a query of it")

        assert posted(room, OPEN) == before
        assert "Q1" in "\n".join(posted(room, "DANN"))


@on_a_loop
async def test_somebody_is_turned_away_before_their_own_eyes_alone(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        stranger = room.person("USTRANGER", team="T0OTHER01", stranger=True)
        await stranger.mention(OPEN, INVITE)

        assert "The choir office can help you" in stranger.sees()
        assert posted(room, OPEN) == []


@on_a_loop
async def test_what_answers_the_question_is_still_for_everybody(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, ben = room.person("UANN"), room.person("UBEN")
        await ann.mention(OPEN, RECORD)
        await ann.press("Yes, the conductor has")
        await ann.press("To practise at home")

        assert "this rule does not stand in your way" in ben.sees()
        assert len(posted(room, OPEN)) == 1


@on_a_loop
async def test_the_end_of_a_flow_is_shared_without_what_its_asker_alone_can_do(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann = room.person("UANN")
        await ann.command(RECORD)
        await ann.press("Yes, the conductor has")
        await ann.press("To practise at home")
        await ann.press("Share with the channel")

        (shared,) = posted(room, "C1")
        assert "this rule does not stand in your way" in shared
        assert "change an answer" not in shared.casefold()


# What a client makes up


def made_up(presser: Person, channel: str, place: str, act: Act) -> dict[str, Any]:
    """A press in a message that the presser alone sees, of a button that says it belongs to a place."""
    workspace = presser._workspace
    ts = workspace.new_ts()
    button = {
        "type": "button",
        "action_id": "act.0",
        "block_id": f"{place}|1",
        "value": value_of(act),
        "action_ts": workspace.new_ts(),
    }
    return presser._interaction() | {
        "type": "block_actions",
        "actions": [button],
        "container": {"type": "message", "message_ts": ts, "channel_id": channel, "is_ephemeral": True},
        "channel": {"id": channel, "name": channel.lower()},
        "response_url": presser._slack.response_url(channel, presser.user, ts, True),
    }


@pytest.mark.parametrize("channel", ["C1", DESK])
@on_a_loop
async def test_nobody_makes_the_bot_speak_to_all_where_answers_are_for_one(
    larks: Setting, sqlite_url: str, channel: str
) -> None:
    async with opened(larks, sqlite_url) as room:
        await sent_by(room.person("UANN"))
        await room.person("UANN").say("C1", "Who has the robes?")
        thread = next(iter(room.slack.workspace.messages[channel]))
        before = posted(room, channel)
        mallory = room.person("UMALLORY")
        await mallory.pressed(made_up(mallory, channel, f"slack:{channel}:{thread}:UMALLORY:open", Say(INVITE)))

        assert posted(room, channel) == before


async def sends_off(sender: Person, conversation: str = "", **given: str) -> None:
    """Sends the form before somebody off, and has them close it before the answer comes. `conversation` is where their
    client says that it belongs, other than the form does."""
    view = {name: sender.modal[name] for name in ("id", "hash", "callback_id", "private_metadata", "type")}
    if conversation:
        view["private_metadata"] = json.dumps(json.loads(view["private_metadata"]) | {"conversation": conversation})
    values = state_of(sender.modal, {name.replace("_", " "): value for name, value in given.items()})
    sender._workspace.views.clear()
    form = {"type": "view_submission", "view": view | {"state": {"values": values}}}
    await sender._send(INTERACTION, sender._interaction() | form)


@pytest.mark.parametrize(
    "there",
    [
        "slack:C1:17.1:UBEN",
        "slack:C1:17.1:UMALLORY:open",
        "slack:UBEN:x",
        "slack:UBEN:home:UMALLORY",
        "slack:DBEN:17.1",
        "slack:C1",
        "slack:CDESK",
        "chat:1",
    ],
)
@on_a_loop
async def test_what_comes_of_a_form_gets_to_nobody_else_wherever_it_says_that_it_belongs(
    larks: Setting, sqlite_url: str, there: str
) -> None:
    async with opened(larks, sqlite_url) as room:
        ben, alex, mallory = room.person("UBEN"), room.person("UALEX"), room.person("UMALLORY")
        await ben.dm("home")
        before = ben.sees_all()
        await mallory.command("check x")
        await sends_off(mallory, there, Your_draft="Hand in your key, says the office.", Which_account="A group")

        assert ben.sees_all() == before
        assert alex.seen == []
        assert posted(room, "C1") == []
        assert "Not checked" in mallory.sees()


@on_a_loop
async def test_what_comes_of_a_form_opened_in_direct_messages_stays_in_their_thread(
    larks: Setting, sqlite_url: str
) -> None:
    async with opened(larks, sqlite_url) as room:
        ann = room.person("UANN")
        thread = await ann.dm(INVITE)
        await ann.press("This is wrong")
        await sends_off(ann, **{ann.modal["blocks"][0]["label"]["text"]: SECRET_LINE})

        assert [one.get("thread_ts") for one in room.slack.workspace.thread("DANN", thread)] == [thread, thread]


@on_a_loop
async def test_nobody_but_staff_acts_at_the_desk_and_nobody_on_what_is_somebody_elses(
    larks: Setting, sqlite_url: str
) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex, mallory = room.person("UANN"), room.person("UALEX"), room.person("UMALLORY")
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
            for channel in (DESK, "C1"):
                await mallory.pressed(made_up(mallory, channel, f"slack:{channel}", act))

        assert (ann.sees_all(), alex.sees_all()) == before
        assert UNKNOWN not in mallory.sees_all()


# Guests


@on_a_loop
async def test_a_guest_is_refused_at_once_and_asked_for_nothing(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        guest = room.person("UGUEST", guest=True)
        await guest.opens_messages()
        await guest.command("check We sing best")
        await guest.shortcut("check_post")

        assert room.slack.workspace.prompts == []
        assert "Your draft" not in guest.sees_all()
        assert "The choir office can help you" in guest.sees()


@on_a_loop
async def test_a_guest_who_talks_beside_a_card_is_left_alone(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        guest, alex = room.person("UGUEST", guest=True), room.person("UALEX")
        room.slack.workspace.channels[DESK].members = {"UGUEST", "UALEX"}
        await sent_by(room.person("UANN"))
        card = next(one for one in alex.seen if one.get("channel") == DESK)
        before = len(room.slack.workspace.ephemerals)
        await guest.say(DESK, "I know this barber.", str(card["ts"]))

        assert len(room.slack.workspace.ephemerals) == before
