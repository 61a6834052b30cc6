"""What is for the bot of what Teams sends, where it is answered, and what whoever waits is told."""

import asyncio
from typing import Any

import pytest

from adapters.chat import wording_of_intake
from adapters.chat.kept import Kept, keeping
from adapters.chat.pressing import Becomes, Does
from adapters.teams import wording_of_teams as wording
from adapters.teams.dialogs import KEPT, NONCE
from adapters.teams.invoke_answers import closes, refuses, says, shows
from adapters.teams.origin import Origin, Waits
from adapters.teams.places import Place
from adapters.teams.references import Scope
from bot.acts import (
    Act,
    AddToQuery,
    AnswerQuery,
    AskBack,
    Claim,
    Escalate,
    HandOver,
    Rate,
    Refer,
    Remark,
    Say,
    ShowMyQueries,
    ShowQueue,
    ShowTicket,
)
from bot.messages import Message
from bot.people import Person, Standing
from tests.adapters.chat.running import on_a_loop
from tests.adapters.teams.app_alone import Alone, app_alone, execute, fetch, submit
from tests.adapters.teams.fake_connector import FakeConnector
from tests.adapters.teams.fake_login import TENANT
from tests.adapters.teams.fake_tenant import DESK_CONVERSATION, OTHER_TENANT, Chat, Node, directory_id

EXECUTE, FETCH, SUBMIT = "adaptiveCard/action", "task/fetch", "task/submit"
PICK, SEND_ON, FEEDBACK = "composeExtension/fetchTask", "composeExtension/submitAction", "message/submitAction"
CARD: Node = {"type": "AdaptiveCard", "version": "1.5"}
ANN, BOB = directory_id("ann"), directory_id("bob")


async def said(alone: Alone, count: int = 1) -> list[str]:
    """What the app has said by itself, once that is so much."""
    await alone.teams.wait_for("send", count)
    return [call.body["text"] for call in alone.teams.calls_to("send")]


def with_card(alone: Alone, ticket: str) -> str:
    """Has the card of a ticket stand at the desk. Gives the id of its message."""
    message = thread_in(alone, alone.desk)
    alone.cards[f"{DESK_CONVERSATION} {alone.desk.id} {message}"] = f"card:{ticket}"
    return message


def thread_in(alone: Alone, chat: Chat) -> str:
    """The id of a message from which a thread hangs."""
    return str(alone.teams.tenant.typed(chat, "ann", "Listen!")["id"])


def dialog_of(answer: Any) -> Any:
    """The card of a dialog that opens."""
    return answer.body["task"]["value"]["card"]["content"]


def data_of(dialog: Any) -> Any:
    """What a dialog carries."""
    return next(action["data"] for action in dialog["actions"] if action["type"] == "Action.Submit")


# What somebody writes


@on_a_loop
async def test_a_message_to_the_bot_is_kept_once_however_often_it_comes() -> None:
    async with app_alone() as alone:
        activity = await alone.writes("ann", "May I share this?")
        await alone.sends(activity)
        assert list(alone.kept) == [f"teams:{alone.chat('ann').id}:{activity['id']}"]
        assert alone.last == Message(
            f"teams:{ANN}",
            "May I share this?",
            "larks",
            person=Person(f"teams:{ANN}"),
            origin=Origin().as_text(),
        )
        assert alone.came == {"accepted": 1, "repeated": 1}


@on_a_loop
async def test_a_mention_in_a_channel_is_answered_in_its_thread() -> None:
    async with app_alone() as alone:
        choir = alone.teams.tenant.channel("choir")
        root = await alone.writes("ann", "May I?", choir)
        assert alone.last.conversation == Place(choir.id, root["id"], ANN).conversation
        await alone.writes("bob", "And I?", choir, thread=root["id"])
        assert alone.last.conversation == Place(choir.id, root["id"], BOB).conversation
        assert alone.last.text == "And I?"


@on_a_loop
async def test_a_mention_in_a_group_chat_is_answered_there() -> None:
    async with app_alone() as alone:
        group = alone.teams.tenant.group("tenors", {"ann"})
        await alone.writes("ann", "May I?", group)
        assert alone.last.conversation == Place(group.id, "", ANN).conversation


@on_a_loop
async def test_what_is_written_in_a_channel_without_a_mention_is_left_alone() -> None:
    async with app_alone() as alone:
        await alone.writes("ann", "May I?", alone.teams.tenant.channel("choir"), entities=[])
        assert not alone.kept
        assert alone.came == {"ignored": 1}


@on_a_loop
async def test_a_mention_without_words_asks_for_help() -> None:
    async with app_alone() as alone:
        await alone.writes("ann", "", alone.teams.tenant.channel("choir"))
        assert alone.last.text == "help"


@on_a_loop
async def test_where_only_a_file_comes_it_is_said_that_only_words_can_be_read() -> None:
    async with app_alone() as alone:
        await alone.writes("ann", "", attachments=[{"contentType": "image/*", "contentUrl": "https://x.example/1"}])
        assert await said(alone) == [wording_of_intake.ONLY_WORDS]
        assert not alone.kept


@on_a_loop
async def test_how_everybody_is_reached_is_kept_before_what_they_wrote() -> None:
    async with app_alone() as alone:
        alone.weather["away"] = True
        await alone.writes("ann", "May I?")
        own = alone.references.kept[f"teams:{ANN}"]
        assert (own.scope, own.conversation, own.tenant) == (Scope.PERSONAL, alone.chat("ann").id, TENANT)
        assert own.service_url == alone.teams.service_url()


@on_a_loop
async def test_putting_the_app_somewhere_keeps_how_that_is_reached_and_says_nothing() -> None:
    async with app_alone() as alone:
        choir = alone.teams.tenant.channel("choir")
        for activity in alone.client("ann").installed(choir):
            assert (await alone.sends(activity)).status == 201
        assert alone.references.kept[Place(choir.id).conversation].scope is Scope.CHANNEL
        assert not alone.kept
        assert not alone.teams.calls_to("send")


@on_a_loop
async def test_people_of_other_tenants_are_told_apart() -> None:
    async with app_alone() as alone:
        alone.teams.tenant.person("eve", tenant=OTHER_TENANT)
        await alone.writes("eve", "May I?")
        assert alone.last.standing is Standing.OUTSIDER


# At the desk


@on_a_loop
async def test_what_staff_type_at_the_desk_is_carried_out_before_them_alone() -> None:
    async with app_alone() as alone:
        await alone.writes("alex", "queue", alone.desk)
        assert alone.last.act == ShowQueue()
        assert alone.last.conversation == f"teams:{directory_id('alex')}"
        assert alone.origin == Origin(at_desk=True)


@on_a_loop
async def test_a_question_at_the_desk_is_a_question() -> None:
    async with app_alone() as alone:
        root = await alone.writes("alex", "May we sing?", alone.desk)
        assert alone.last.text == "May we sing?"
        assert alone.last.conversation == Place(alone.desk.id, root["id"], directory_id("alex")).conversation


@on_a_loop
async def test_who_is_mentioned_at_the_desk_is_found_by_their_account() -> None:
    async with app_alone() as alone:
        beth = alone.teams.tenant.person("beth")
        mention = {"type": "mention", "mentioned": {"id": beth.id, "name": "Beth"}, "text": "<at>Beth</at>"}
        kept = alone.teams.tenant.typed(alone.desk, "alex", "")
        activity = alone.client("alex").message(alone.desk, kept)
        us = {"id": activity["recipient"]["id"], "name": "Policy"}
        ours = {"type": "mention", "mentioned": us, "text": "<at>Policy</at>"}
        text = "<at>Policy</at> hand 12 to <at>Beth</at>"
        await alone.sends(activity | {"text": text, "entities": [ours, mention]})
        assert alone.last.act == HandOver("12", 0, f"teams:{directory_id('beth')}")


@on_a_loop
async def test_what_staff_say_beneath_a_card_is_a_remark_about_it() -> None:
    async with app_alone(staff=frozenset({f"teams:{directory_id('alex')}"})) as alone:
        card = with_card(alone, "12")
        await alone.writes("alex", "We had that in May.", alone.desk, thread=card)
        assert alone.origin == Origin(at_desk=True, card="12")
        await alone.writes("alex", "claim 12", alone.desk, thread=card)
        assert [one.act for one in alone.kept.values()] == [Remark("12", "We had that in May."), Claim("12", 0)]


@on_a_loop
async def test_what_anybody_else_asks_beneath_a_card_is_a_question_that_is_answered_there() -> None:
    async with app_alone(staff=frozenset({f"teams:{directory_id('alex')}"})) as alone:
        card = with_card(alone, "12")
        await alone.writes("bob", "May we sing?", alone.desk, thread=card)
        assert (alone.last.act, alone.last.text) == (None, "May we sing?")
        assert alone.last.conversation == Place(alone.desk.id, card, BOB).conversation


# What is pressed


@on_a_loop
async def test_a_step_is_answered_in_the_place_of_its_card() -> None:
    async with app_alone() as alone:
        alone.answer.append(shows(CARD))
        answer = await alone.invokes("ann", EXECUTE, execute(Say("Yes"), Does.STEP), about="1600")
        assert (answer.status, answer.body) == (200, shows(CARD))
        assert alone.last.act == Say("Yes")
        assert alone.last.conversation == f"teams:{ANN}"
        key = next(iter(alone.kept))
        assert alone.origin == Origin(key, Waits.CARD, "1600", replaces=True)


@on_a_loop
async def test_who_waits_too_long_is_told_that_it_comes_by_itself() -> None:
    async with app_alone() as alone:
        answer = await alone.invokes("ann", EXECUTE, execute(Say("Yes"), Does.STEP), about="1600")
        assert answer.body == says(wording.SHOWN_HERE)
        answer = await alone.invokes("ann", FETCH, fetch(Escalate("7")), about="1600")
        assert answer.body == closes(wording.IN_OUR_CHAT)
        assert len(alone.kept) == 2


@on_a_loop
async def test_an_act_is_taken_at_once_and_answered_as_a_message() -> None:
    async with app_alone() as alone:
        answer = await alone.invokes("ann", EXECUTE, execute(ShowMyQueries()), about="1600")
        assert answer.body == says(wording.SOON)
        assert alone.origin == Origin(activity="1600")


@on_a_loop
async def test_a_press_that_comes_again_is_kept_once_and_given_the_same_answer() -> None:
    async with app_alone() as alone:
        alone.answer.append(shows(CARD))
        client = alone.client("ann")
        activity = client.invoke(EXECUTE, execute(Say("Yes"), Does.STEP), alone.chat("ann"), about="1600")
        first, again = await alone.sends(activity), await alone.sends(activity)
        assert first.body == again.body == shows(CARD)
        assert len(alone.kept) == 1


@on_a_loop
async def test_a_question_that_was_asked_before_everybody_goes_on_there() -> None:
    async with app_alone() as alone:
        choir = alone.teams.tenant.channel("choir")
        who = f"teams:{ANN}"
        await alone.invokes("ann", EXECUTE, execute(Say("Yes"), Does.STEP, who), choir, thread="1500", about="1600")
        assert alone.last.conversation == Place(choir.id, "1500", ANN).conversation
        await alone.invokes("ann", EXECUTE, execute(ShowMyQueries(), who=who), choir, thread="1500", about="1600")
        assert alone.last.conversation == f"teams:{ANN}"


@on_a_loop
async def test_buttons_of_somebody_else_are_theirs() -> None:
    async with app_alone() as alone:
        choir, who = alone.teams.tenant.channel("choir"), f"teams:{ANN}"
        answer = await alone.invokes("bob", EXECUTE, execute(Say("Yes"), Does.STEP, who), choir, about="1600")
        assert answer.body == says(wording_of_intake.NOT_YOURS)
        answer = await alone.invokes("bob", FETCH, fetch(Escalate("7"), who=who), choir, about="1600")
        assert answer.body == closes(wording_of_intake.NOT_YOURS)
        thread = thread_in(alone, choir)
        await alone.sends(alone.client("bob").submitted(choir, thread, "1600", submit(Say("Yes"), Does.STEP, who)))
        assert await said(alone) == [wording_of_intake.NOT_YOURS]
        assert not alone.kept


@on_a_loop
async def test_a_button_of_an_older_version_is_told_to_be_one() -> None:
    async with app_alone() as alone:
        old = {"action": {"verb": "act", "data": {"act": {"act": "Dance"}}}}
        answer = await alone.invokes("ann", EXECUTE, old, about="1600")
        assert answer.body == says(wording_of_intake.OLD_BUTTON)
        await alone.sends(alone.client("ann").submitted(alone.chat("ann"), "", "1600", {"does": "act"}))
        assert await said(alone) == [wording_of_intake.OLD_BUTTON]
        assert alone.teams.calls_to("send")[0].conversation == alone.chat("ann").id


@on_a_loop
async def test_an_old_client_is_answered_by_the_message_alone() -> None:
    async with app_alone() as alone:
        client = alone.client("ann")
        answer = await alone.sends(client.submitted(alone.chat("ann"), "", "1600", submit(Say("Yes"), Does.STEP)))
        assert (answer.status, answer.body) == (201, "")
        assert alone.origin == Origin(activity="1600", replaces=True)


@on_a_loop
async def test_an_act_on_a_card_at_the_desk_waits_for_the_card() -> None:
    async with app_alone() as alone:
        card = with_card(alone, "12")
        alone.answer.append(shows(CARD))
        answer = await alone.invokes("alex", EXECUTE, execute(Claim("12", 1)), alone.desk, thread=card, about=card)
        assert answer.body == shows(CARD)
        assert alone.last.conversation == f"teams:{directory_id('alex')}"
        assert alone.origin == Origin(next(iter(alone.kept)), Waits.CARD, card, card="12")


@on_a_loop
async def test_a_card_is_looked_up_for_staff_who_see_it() -> None:
    async with app_alone(staff=frozenset({f"teams:{directory_id('alex')}"})) as alone:
        look = {"action": {"verb": "look", "data": {"ticket": "12"}}, "trigger": "automatic"}
        answer = await alone.invokes("ann", EXECUTE, look, alone.desk, about="1600")
        assert answer.body == refuses(wording.NOTHING_ELSE)
        assert not alone.kept
        alone.answer.append(shows(CARD))
        answer = await alone.invokes("alex", EXECUTE, look, alone.desk, about="1600")
        assert answer.body == shows(CARD)
        assert alone.last.act == ShowTicket("12")
        assert alone.origin.waits is Waits.LOOK


@on_a_loop
async def test_where_a_button_says_to_which_dialog_of_theirs_it_belongs_it_goes_on_there() -> None:
    async with app_alone() as alone:
        own, bobs = Place(ANN, "a1").conversation, Place(BOB, "a1").conversation
        for place, belongs in ((own, own), (bobs, f"teams:{ANN}"), ("slack:C1", f"teams:{ANN}")):
            await alone.invokes("ann", EXECUTE, execute(Say("Yes"), Does.STEP, place=place), about="1600")
            assert alone.last.conversation == belongs


# Dialogs


@on_a_loop
async def test_a_dialog_opens_with_what_the_bot_says() -> None:
    async with app_alone() as alone:
        alone.answer.append(closes("There"))
        answer = await alone.invokes("ann", FETCH, fetch(Escalate("7")), about="1600")
        assert answer.body == closes("There")
        assert alone.last.act == Escalate("7")
        assert (alone.origin.waits, alone.origin.becomes) == (Waits.DIALOG, Becomes.SEND)


@on_a_loop
async def test_the_form_of_an_answer_shows_the_query_first() -> None:
    async with app_alone() as alone:
        card = with_card(alone, "12")
        await alone.invokes("alex", FETCH, fetch(AnswerQuery("12", 3, "")), alone.desk, thread=card, about=card)
        assert alone.last.act == ShowTicket("12")
        assert (alone.origin.becomes, alone.origin.card) == (Becomes.ANSWER, "12")


async def opened_form(alone: Alone, act: Act, name: str = "ann") -> Any:
    """What a form carries that somebody has opened."""
    answer = await alone.invokes(name, FETCH, fetch(act, Does.FORM), about="1600")
    return data_of(dialog_of(answer))


@on_a_loop
async def test_a_form_opens_at_once_and_nothing_is_kept_until_it_is_sent_off() -> None:
    async with app_alone() as alone:
        data = await opened_form(alone, AddToQuery("12", ""))
        assert not alone.kept
        alone.answer.append(closes("Added"))
        answer = await alone.invokes("ann", SUBMIT, {"data": data | {"given.words": "One thing more"}})
        assert answer.body == closes("Added")
        assert alone.last.act == AddToQuery("12", "One thing more")
        assert alone.last.conversation == f"teams:{ANN}"


@on_a_loop
async def test_a_form_that_teams_sends_again_is_taken_once_and_answered_alike() -> None:
    async with app_alone() as alone:
        data = await opened_form(alone, AddToQuery("12", ""))
        alone.answer.append(closes("Added"))
        answers = [await alone.invokes("ann", SUBMIT, {"data": data | {"given.words": "More"}}) for _ in range(3)]
        assert [one.body for one in answers] == [closes("Added")] * 3
        assert len(alone.kept) == 1


@on_a_loop
async def test_a_form_that_another_process_has_taken_is_looked_at_and_not_carried_out_twice() -> None:
    async with app_alone() as alone:
        data = await opened_form(alone, AddToQuery("12", ""))
        alone.answer.append(closes("Added"))
        await alone.invokes("ann", SUBMIT, {"data": data | {"given.words": "More"}})
        async with app_alone() as other:
            other.kept.update(alone.kept)
            other.answer.append(closes("As it is"))
            answer = await other.invokes("ann", SUBMIT, {"data": data | {"given.words": "More"}})
            assert answer.body == closes("As it is")
            assert [one.act for one in other.kept.values()] == [AddToQuery("12", "More"), ShowMyQueries()]


@on_a_loop
async def test_a_form_that_lacks_something_opens_again_and_nothing_is_kept() -> None:
    async with app_alone() as alone:
        data = await opened_form(alone, AskBack("12", 1, ""))
        answer = await alone.invokes("ann", SUBMIT, {"data": data})
        assert data_of(dialog_of(answer))
        assert not alone.kept


@on_a_loop
async def test_what_a_form_keeps_for_a_place_of_somebody_else_belongs_to_who_sends_it() -> None:
    async with app_alone() as alone:
        for conversation in (f"teams:{BOB}", DESK_CONVERSATION, "slack:C1", "nowhere"):
            kept = keeping(conversation, "", AddToQuery("12", ""))
            sent = {"data": {KEPT: kept.as_text(), NONCE: conversation, "given.words": "More"}}
            await alone.invokes("ann", SUBMIT, sent)
            assert Place.of(alone.last.conversation).channel == ANN


@on_a_loop
async def test_a_form_that_is_none_of_ours_is_told_to_be_old() -> None:
    async with app_alone() as alone:
        for data in ({}, {KEPT: "{"}, {KEPT: 5}, {KEPT: Kept("").as_text(), NONCE: "n"}):
            answer = await alone.invokes("ann", SUBMIT, {"data": data})
            assert answer.body == closes(wording.OLD_FORM)
        assert not alone.kept


def in_dialog(act: Act, does: Does, conversation: str = f"teams:{ANN}") -> Node:
    """What a button in a dialog carries."""
    return {"data": {**submit(act, does), KEPT: Kept(conversation, "12").as_text(), NONCE: "n1"}}


@on_a_loop
async def test_a_button_in_a_dialog_is_answered_in_it() -> None:
    async with app_alone() as alone:
        alone.answer.append(closes("Then this"))
        answer = await alone.invokes("ann", SUBMIT, in_dialog(Say("Yes"), Does.STEP))
        assert answer.body == closes("Then this")
        assert alone.last.conversation == f"teams:{ANN}"
        assert (alone.origin.waits, alone.origin.card) == (Waits.DIALOG, "12")


@on_a_loop
async def test_a_button_in_a_dialog_can_open_a_form() -> None:
    async with app_alone() as alone:
        answer = await alone.invokes("ann", SUBMIT, in_dialog(AddToQuery("12", ""), Does.FORM))
        assert data_of(dialog_of(answer))
        assert not alone.kept


@on_a_loop
async def test_who_is_not_let_in_is_asked_nothing_and_told_so_by_the_bot() -> None:
    async with app_alone() as alone:
        alone.teams.tenant.person("eve", tenant=OTHER_TENANT)
        alone.answer.append(closes("Not for you"))
        answer = await alone.invokes("eve", FETCH, fetch(AddToQuery("12", ""), Does.FORM), about="1600")
        assert answer.body == closes("Not for you")
        assert alone.last.standing is Standing.OUTSIDER


@on_a_loop
async def test_whom_the_office_admits_and_staff_are_given_forms() -> None:
    async with app_alone(admits=frozenset({Standing.OUTSIDER})) as alone:
        alone.teams.tenant.person("eve", tenant=OTHER_TENANT)
        assert await opened_form(alone, AddToQuery("12", ""), "eve")
    async with app_alone(staff=frozenset({f"teams:{directory_id('eve')}"})) as alone:
        alone.teams.tenant.person("eve", tenant=OTHER_TENANT)
        assert await opened_form(alone, AddToQuery("12", ""), "eve")


# Message actions


def picked(alone: Alone, command: str, words: str, by: str = "bob") -> Node:
    """The value of a message action on what somebody wrote."""
    choir = alone.teams.tenant.channel("choir")
    author = alone.teams.tenant.person(by)
    message = alone.teams.tenant.typed(choir, by, words)
    return alone.client("ann").picked(command, choir, "", message, author)


@on_a_loop
async def test_a_message_can_be_asked_about() -> None:
    async with app_alone() as alone:
        alone.answer.append(closes("You may"))
        answer = await alone.invokes("ann", PICK, picked(alone, "canIRetweet", "We won\nat last"))
        assert answer.body == closes("You may")
        assert alone.last.text == "Can I retweet this?\n> We won\n> at last"
        assert Place.of(alone.last.conversation).channel == ANN
        assert alone.last.conversation != f"teams:{ANN}"


@on_a_loop
async def test_a_message_can_be_referred_and_is_shown_first() -> None:
    async with app_alone() as alone:
        await alone.invokes("ann", PICK, picked(alone, "referToOffice", "We won"))
        assert alone.last.act == Refer("We won", own=False)
        assert alone.origin.becomes is Becomes.SEND
        await alone.invokes("ann", PICK, picked(alone, "referToOffice", "I won", by="ann"))
        assert alone.last.act == Refer("I won", own=True)


@on_a_loop
async def test_a_message_opens_the_form_for_a_draft_with_its_words() -> None:
    async with app_alone() as alone:
        answer = await alone.invokes("ann", PICK, picked(alone, "checkPost", "We won"))
        assert "We won" in str(dialog_of(answer))
        assert not alone.kept


@on_a_loop
async def test_a_message_too_long_for_the_form_is_checked_by_asking() -> None:
    async with app_alone() as alone:
        await alone.invokes("ann", PICK, picked(alone, "checkPost", "We won " * 600))
        assert alone.last.text.startswith("check: We won We won")


@on_a_loop
async def test_a_message_without_words_cannot_be_read() -> None:
    async with app_alone() as alone:
        for command in ("canIRetweet", "referToOffice"):
            answer = await alone.invokes("ann", PICK, picked(alone, command, ""))
            assert answer.body == closes(wording_of_intake.ONLY_WORDS)
        assert not alone.kept


@on_a_loop
async def test_a_message_action_that_is_not_known_is_told_to_be_old() -> None:
    async with app_alone() as alone:
        answer = await alone.invokes("ann", PICK, picked(alone, "dance", "We won"))
        assert answer.body == closes(wording_of_intake.OLD_BUTTON)


@on_a_loop
async def test_what_is_sent_on_is_taken_once() -> None:
    async with app_alone() as alone:
        answer = await alone.invokes("ann", PICK, picked(alone, "checkPost", "We won"))
        value = {
            "commandId": "checkPost",
            "data": data_of(dialog_of(answer)) | {"given.draft": "We won", "given.account": "personal"},
        }
        alone.answer.append(closes("Fine"))
        assert [(await alone.invokes("ann", SEND_ON, value)).body for _ in range(2)] == [closes("Fine")] * 2
        assert len(alone.kept) == 1


# Feedback


def feedback(reaction: str = "dislike", words: str = "Out of date") -> Node:
    return {"actionName": "feedback", "actionValue": {"reaction": reaction, "feedback": words}}


@on_a_loop
async def test_whether_an_answer_helped_is_kept_with_the_reason() -> None:
    async with app_alone() as alone:
        alone.posted[f"{alone.chat('ann').id} 1600"] = (f"teams:{ANN}", "answer:7")
        answer = await alone.invokes("ann", FEEDBACK, feedback(), about="1600")
        assert (answer.status, answer.body) == (200, {})
        assert alone.last.act == Rate("7", False, "Out of date")
        assert alone.last.conversation == f"teams:{ANN}"


@on_a_loop
async def test_an_answer_is_for_who_asked_to_rate() -> None:
    async with app_alone() as alone:
        choir = alone.teams.tenant.channel("choir")
        alone.posted[f"{choir.id} 1600"] = (Place(choir.id, "1500", ANN).conversation, "answer:7")
        for name in ("bob", "ann"):
            answer = await alone.invokes(name, FEEDBACK, feedback("like"), choir, thread="1500", about="1600")
            assert (answer.status, answer.body) == (200, {})
        assert [one.act for one in alone.kept.values()] == [Rate("7", True, "Out of date")]
        assert alone.last.person == Person(f"teams:{ANN}")


@on_a_loop
async def test_feedback_on_what_is_no_answer_changes_nothing() -> None:
    async with app_alone() as alone:
        alone.posted[f"{alone.chat('ann').id} 1700"] = (f"teams:{ANN}", "card:7")
        for message in ("1600", "1700"):
            assert (await alone.invokes("ann", FEEDBACK, feedback(), about=message)).body == {}
        assert not alone.kept


# When something is amiss


@on_a_loop
async def test_a_message_that_cannot_be_kept_is_asked_to_come_again() -> None:
    async with app_alone() as alone:
        alone.weather["away"] = True
        answer = await alone.sends(
            alone.client("ann").message(alone.chat("ann"), {"id": "1", "text": "May I?", "thread": ""})
        )
        assert answer.status == 503
        assert alone.came == {"away": 1}


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        (EXECUTE, execute(Say("Yes"), Does.STEP), says(wording.NOT_TAKEN)),
        (FETCH, fetch(Escalate("7")), closes(wording.NOT_TAKEN)),
        (SUBMIT, in_dialog(Say("Yes"), Does.STEP), closes(wording.NOT_TAKEN)),
    ],
)
def test_who_waits_for_what_cannot_be_kept_is_told_so(kind: str, value: Node, told: Node) -> None:
    async def play() -> None:
        async with app_alone() as alone:
            alone.weather["away"] = True
            answer = await alone.invokes("ann", kind, value, about="1600")
            assert (answer.status, answer.body) == (200, told)
            alone.weather["away"] = False  # and the next time it is taken as if nothing had been
            alone.answer.append(closes("There"))
            assert (await alone.invokes("ann", kind, value, about="1600")).body == closes("There")

    asyncio.run(play())


@on_a_loop
async def test_many_who_press_at_once_are_each_given_their_own_answer() -> None:
    async with app_alone(teams=FakeConnector()) as alone:
        alone.answer += [closes(f"Answer {number}") for number in range(20)]
        presses = [alone.invokes("ann", FETCH, fetch(Escalate(str(number))), about="1600") for number in range(20)]
        answers = await asyncio.gather(*presses)
        assert {one.body["task"]["value"] for one in answers} == {f"Answer {number}" for number in range(20)}
