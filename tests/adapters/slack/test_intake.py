"""What is for the bot of what Slack sends, and where it is answered."""

import asyncio
from typing import Any

import pytest

from adapters.chat import wording_of_intake as of_intake
from adapters.chat.introducing import Introduction
from adapters.chat.pressing import Becomes, Does
from adapters.slack import wording_of_slack as wording
from adapters.slack.framing import CALLBACK, loading_view
from adapters.slack.origin import Origin
from adapters.slack.pressing import action_id, value_of
from bot.acts import (
    Act,
    AddToQuery,
    AnswerQuery,
    AskBack,
    Claim,
    Close,
    Escalate,
    Greet,
    HandOver,
    Refer,
    Remark,
    Say,
    ShowHome,
    ShowMyQueries,
    ShowOnboarding,
    ShowQueue,
    ShowTicket,
)
from bot.messages import Message
from bot.people import Person as Somebody
from bot.people import Standing
from tests.adapters.slack.app_alone import DESK, OPEN, Alone, app_alone
from tests.adapters.slack.fake_weather import Fault
from tests.adapters.slack.fake_workspace import Node, direct
from tests.adapters.slack.person import Person
from tests.adapters.slack.reading import read
from tests.adapters.slack.room import on_a_loop
from tests.adapters.slack.sending import EVENT, INTERACTION


def button(act: Act, does: Does = Does.ACT, conversation: str = "", who: str = "") -> list[Node]:
    """The blocks of a message with one button, labelled "Press"."""
    element = {
        "type": "button",
        "text": {"type": "plain_text", "text": "Press"},
        "action_id": action_id(does, 0),
        "value": value_of(act, who),
    }
    return [{"type": "actions", "block_id": f"{conversation}|0", "elements": [element]}]


async def shown(alone: Alone, channel: str, blocks: list[Node], thread: str | None = None, to: str = "") -> str:
    """Has the bot show a message; `to` one person alone. Gives its ts."""
    post, whisper = alone.app.client.chat_postMessage, alone.app.client.chat_postEphemeral
    if to:
        told = await whisper(channel=channel, user=to, text="Here", blocks=blocks, thread_ts=thread)
        return str(told["message_ts"])
    return str((await post(channel=channel, text="Here", blocks=blocks, thread_ts=thread))["ts"])


async def until(alone: Alone, method: str, count: int = 1) -> None:
    """Waits until a method was called so often, whatever came of it."""
    async with asyncio.timeout(5):
        while len(alone.slack.calls_to(method)) < count:
            await asyncio.sleep(0.01)


async def until_open(alone: Alone, person: Person) -> None:
    """Waits until a modal is before somebody."""
    async with asyncio.timeout(5):
        while alone.slack.workspace.modal_of(person.user) is None:
            await asyncio.sleep(0.01)


# What somebody writes


@on_a_loop
async def test_a_mention_is_kept_once_for_the_one_who_asks_though_slack_tells_of_it_twice() -> None:
    async with app_alone() as alone:
        ann = alone.person("UANN")
        ts = await ann.mention("C1", "May I share this?")
        await ann.again()
        assert list(alone.kept) == [f"slack:T0FAKE001:C1:{ts}"]
        assert alone.last == Message(
            f"slack:C1:{ts}:UANN",
            "May I share this?",
            "larks",
            person=Somebody("slack:UANN"),
            origin=Origin().as_text(),
        )
        assert alone.came == {"accepted": 1, "repeated": 2}


@on_a_loop
async def test_in_a_channel_that_the_office_has_opened_everybody_sees_the_answer() -> None:
    async with app_alone() as alone:
        ts = await alone.person("UANN").mention(OPEN, "May I?")
        assert alone.last.conversation == f"slack:{OPEN}:{ts}:UANN:open"


@on_a_loop
async def test_a_mention_in_a_thread_is_answered_in_the_thread_and_brings_the_bot_back() -> None:
    async with app_alone() as alone:
        await alone.person("UANN").mention("C1", "May I?", thread="1700000000.000100")
        assert alone.last.conversation == "slack:C1:1700000000.000100:UANN"
        assert alone.origin.in_thread
        assert alone.threads.back[0] == "slack:C1:1700000000.000100:UANN"


@on_a_loop
async def test_each_direct_message_begins_a_thread_of_its_own() -> None:
    async with app_alone() as alone:
        ann = alone.person("UANN")
        first = await ann.dm("May I?")
        assert alone.last.conversation == f"slack:{direct('UANN')}:{first}"
        await ann.dm("And on a Sunday?", thread=first)
        assert (alone.last.conversation, alone.last.text) == (f"slack:{direct('UANN')}:{first}", "And on a Sunday?")


@on_a_loop
async def test_what_is_not_said_to_the_bot_is_neither_kept_nor_answered() -> None:
    async with app_alone() as alone:
        ann = alone.person("UANN")
        await ann.say("C1", "Lunch?")
        await ann.say("C1", "Yes", thread="1700000000.000100")
        assert (alone.kept, alone.came["ignored"]) == ({}, 2)
        assert all(one.status == 200 for one in ann.acknowledged)


@on_a_loop
async def test_whoever_is_answered_in_a_thread_goes_on_there_without_a_mention() -> None:
    async with app_alone() as alone:
        alone.threads.answering.add("slack:C1:1700000000.000100:UANN")
        await alone.person("UANN").say("C1", "And on a Sunday?", thread="1700000000.000100")
        assert alone.last.conversation == "slack:C1:1700000000.000100:UANN"


@pytest.mark.parametrize(("user", "words"), [("UBOB", "I think not"), ("UANN", "<@UBOB> what do you say?")])
def test_the_bot_leaves_where_people_talk_among_themselves(user: str, words: str) -> None:
    @on_a_loop
    async def talk() -> None:
        async with app_alone() as alone:
            alone.threads.answering.add("slack:C1:1700000000.000100:UANN")
            await alone.person(user).say("C1", words, thread="1700000000.000100")
            assert alone.threads.left == ["slack:C1:1700000000.000100"]
            await alone.person("UANN").say("C1", "Quite", thread="1700000000.000100")
            assert not alone.kept

    talk()


@on_a_loop
async def test_a_mention_alone_asks_for_help() -> None:
    async with app_alone() as alone:
        await alone.person("UANN").mention("C1", "")
        assert alone.last.text == "help"


@on_a_loop
async def test_a_file_without_words_is_told_kindly_once() -> None:
    async with app_alone() as alone:
        ann = alone.person("UANN")
        event = {
            "type": "message",
            "subtype": "file_share",
            "user": "UANN",
            "channel": direct("UANN"),
            "text": "",
            "ts": "1.5",
        }
        for _ in range(2):
            await alone.way.send(EVENT, ann._event({**event, "files": [{"id": "F1"}]}))
        await alone.slack.wait_for("chat.postMessage")
        assert [one["text"] for one in alone.slack.workspace.thread(direct("UANN"), "1.5")] == [of_intake.ONLY_WORDS]
        assert not alone.kept


@on_a_loop
async def test_pictures_beside_a_card_are_nobodys_business() -> None:
    async with app_alone() as alone:
        alone.cards[f"slack:{DESK} {DESK}:1.1"] = "card:12"
        own = {"type": "message", "subtype": "file_share", "user": "UALEX", "text": "", "ts": "1.5", "thread_ts": "1.1"}
        event = own | {"channel": DESK, "files": [{"id": "F1"}]}
        assert (await alone.way.send(EVENT, alone.person("UALEX")._event(event))).status == 200
        assert (alone.came, alone.slack.calls_to("chat.postEphemeral")) == ({"ignored": 1}, [])


@on_a_loop
async def test_people_of_other_organisations_are_known_by_what_slack_says() -> None:
    async with app_alone() as alone:
        await alone.person("UEVE", team="T0OTHER").mention("C1", "May I?")
        assert alone.last.standing is Standing.OUTSIDER


# At the desk


@on_a_loop
async def test_words_beside_a_card_are_a_remark_on_its_query() -> None:
    async with app_alone() as alone:
        alone.cards[f"slack:{DESK} {DESK}:1700000000.000100"] = "card:12"
        await alone.person("UALEX").say(DESK, "Looks fine", thread="1700000000.000100")
        assert alone.last.act == Remark("12", "Looks fine")
        assert (alone.last.conversation, alone.last.text) == (f"slack:{DESK}:1700000000.000100:UALEX", "")


@on_a_loop
async def test_what_is_typed_at_the_desk_is_done() -> None:
    async with app_alone() as alone:
        alex = alone.person("UALEX")
        for words in ("queue mine", "hand 12 to <@UBETH>", "May we retweet this?"):
            await alex.mention(DESK, words)
        await alex.command("queue", channel=DESK)
        done = [(one.act, one.text) for one in alone.kept.values()]
        hand = HandOver("12", 0, "slack:UBETH")
        assert done == [(ShowQueue(mine=True), ""), (hand, ""), (None, "May we retweet this?"), (ShowQueue(), "")]


@on_a_loop
async def test_the_same_words_elsewhere_are_words() -> None:
    async with app_alone() as alone:
        await alone.person("UANN").mention("C1", "queue mine")
        assert (alone.last.act, alone.last.text) == (None, "queue mine")


# Commands, shortcuts, tabs


@pytest.mark.parametrize(
    ("typed", "act", "words"),
    [
        ("May I retweet this?", None, "May I retweet this?"),
        ("", None, "help"),
        ("help", None, "help"),
        ("queries", ShowMyQueries(), ""),
        ("Queries about logos?", None, "Queries about logos?"),
        ("onboarding", ShowOnboarding(), ""),
    ],
)
def test_a_command_says_what_follows_it(typed: str, act: Act | None, words: str) -> None:
    @on_a_loop
    async def type_it() -> None:
        async with app_alone() as alone:
            await alone.person("UANN").command(typed)
            assert (alone.last.act, alone.last.text) == (act, words)
            assert alone.last.conversation == "slack:C1::UANN"
            assert alone.origin.url.startswith(alone.slack.address)

    type_it()


@on_a_loop
async def test_a_draft_is_checked_in_a_form_which_keeps_nothing_until_it_is_sent_off() -> None:
    async with app_alone() as alone:
        ann = alone.person("UANN")
        await ann.command("check We won the cup!")
        await alone.slack.wait_for("views.open")
        assert not alone.kept
        assert "We won the cup!" in str(ann.modal)


@on_a_loop
async def test_a_draft_too_long_for_a_form_is_checked_as_words() -> None:
    async with app_alone() as alone:
        await alone.person("UANN").command("check " + "We won the cup! " * 200)
        assert alone.last.text.startswith("check: We won the cup!")


@on_a_loop
async def test_somebody_elses_message_is_judged_in_a_modal_that_opens_at_once() -> None:
    async with app_alone() as alone:
        ann = alone.person("UANN")
        message = alone.slack.workspace.typed("C9", "UBOB", "We won\nthe cup &amp; more")
        await ann.shortcut("can_i_retweet", message, channel="C9")
        await alone.slack.wait_for("views.open")
        key = next(iter(alone.kept))
        assert alone.last.text == "Can I retweet this?\n> We won\n> the cup & more"
        assert alone.origin == Origin(view=key)
        assert ann.modal["external_id"] == key
        assert alone.last.conversation.startswith("slack:UANN:")
        assert await alone.app.views.opened(key) == (ann.modal["id"], ann.modal["hash"])
        assert await alone.app.views.opened(key) == (ann.modal["id"], "")


@on_a_loop
async def test_somebody_elses_message_is_referred_by_a_form() -> None:
    async with app_alone() as alone:
        message = alone.slack.workspace.typed("C9", "UBOB", "Hm")
        await alone.person("UANN").shortcut("refer_to_office", message, channel="C9")
        assert (alone.last.act, alone.origin.form) == (Refer("Hm"), Becomes.SEND)


@on_a_loop
async def test_a_message_without_words_is_not_judged() -> None:
    async with app_alone() as alone:
        ann = alone.person("UANN")
        await ann.shortcut("can_i_retweet", alone.slack.workspace.typed("C9", "UBOB", ""), channel="C9")
        await alone.slack.wait_for("views.open")
        assert of_intake.ONLY_WORDS in read(ann.modal)
        assert not alone.kept


@on_a_loop
async def test_opening_home_shows_it_and_opening_the_messages_greets() -> None:
    async with app_alone() as alone:
        ann = alone.person("UANN")
        await ann.opens_home()
        assert (alone.last.act, alone.last.conversation) == (ShowHome(), "slack:UANN:home")
        await ann.opens_messages()
        assert (alone.last.act, alone.last.conversation) == (Greet(), f"slack:{direct('UANN')}")
        await alone.slack.wait_for("assistant.threads.setSuggestedPrompts")
        prompts = alone.slack.calls_to("assistant.threads.setSuggestedPrompts")[0].args
        assert "thread_ts" not in prompts
        assert [one["title"] for one in prompts["prompts"]] == list(Introduction("larks").prompts)


# Buttons


@on_a_loop
async def test_a_button_of_an_answer_for_one_person_belongs_to_the_conversation_that_it_names() -> None:
    async with app_alone() as alone:
        ann, place = alone.person("UANN"), "slack:C1:1700000000.000100:UANN"
        await shown(alone, "C1", button(Say("Yes"), Does.STEP, place), to="UANN")
        await ann.press("Press")
        assert (alone.last.conversation, alone.last.act) == (place, Say("Yes"))
        assert alone.origin.replaces
        assert (alone.origin.ts, bool(alone.origin.url)) == ("", True)


@on_a_loop
async def test_a_button_that_names_somebody_elses_place_is_pressed_where_it_is_seen() -> None:
    async with app_alone() as alone:
        ts = await shown(alone, "C1", button(Say("Yes"), Does.STEP, "slack:C1:1700000000.000100:UBOB"))
        await alone.person("UANN").press("Press")
        assert alone.last.conversation == f"slack:C1:{ts}:UANN"


@on_a_loop
async def test_in_direct_messages_a_step_takes_the_place_of_the_message() -> None:
    async with app_alone() as alone:
        place = f"slack:{direct('UANN')}:1700000000.000100"
        ts = await shown(alone, direct("UANN"), button(Say("Yes"), Does.STEP, place), thread="1700000000.000100")
        await alone.person("UANN").press("Press")
        assert alone.last.conversation == place
        assert (alone.origin.ts, alone.origin.replaces) == (ts, True)


@on_a_loop
async def test_what_is_pressed_in_an_open_thread_answers_the_asker_alone_but_for_steps() -> None:
    async with app_alone() as alone:
        ann, place = alone.person("UANN"), f"slack:{OPEN}:1700000000.000100:UANN:open"
        for act, does, where in (
            (Say("Yes"), Does.STEP, place),
            (ShowMyQueries(), Does.ACT, place.removesuffix(":open")),
        ):
            await shown(alone, OPEN, button(act, does, place, "UANN"), thread="1700000000.000100")
            await ann.press("Press")
            assert alone.last.conversation == where


@on_a_loop
async def test_nobody_presses_the_buttons_of_somebody_else() -> None:
    async with app_alone() as alone:
        place = f"slack:{OPEN}:1700000000.000100:UANN:open"
        await shown(alone, OPEN, button(Say("Yes"), Does.STEP, place, "UANN"), thread="1700000000.000100")
        await alone.person("UBOB").press("Press")
        await alone.slack.wait_for("response_url")
        assert [(one["to"], one["text"]) for one in alone.slack.workspace.ephemerals] == [("UBOB", of_intake.NOT_YOURS)]
        assert not alone.kept


@on_a_loop
async def test_a_button_of_an_older_version_is_answered_kindly() -> None:
    async with app_alone() as alone:
        old = button(Say("Yes"))
        old[0]["elements"][0] |= {"action_id": "escalate", "value": "q_1"}
        await shown(alone, "C1", old)
        ann = alone.person("UANN")
        await ann.press("Press")
        await alone.slack.wait_for("response_url")
        assert ann.acknowledged[-1].status == 200
        assert [one["text"] for one in alone.slack.workspace.ephemerals] == [of_intake.OLD_BUTTON]


@on_a_loop
async def test_a_double_click_opens_and_does_once() -> None:
    async with app_alone() as alone:
        place = "slack:C1:1700000000.000100:UANN"
        await shown(alone, "C1", button(Escalate("7"), Does.OPENS, place), to="UANN")
        ann = alone.person("UANN")
        await ann.press("Press", twice=True)
        await alone.slack.wait_for("views.open")
        assert (len(alone.kept), alone.came["repeated"], len(alone.slack.calls_to("views.open"))) == (1, 1, 1)
        assert (alone.last.conversation, alone.origin.form) == (place, Becomes.SEND)
        assert alone.origin.view == ann.modal["external_id"]


@on_a_loop
async def test_the_answer_form_of_a_card_is_filled_from_the_query() -> None:
    async with app_alone() as alone:
        ts = await shown(alone, DESK, button(AnswerQuery("12", 3, ""), Does.OPENS, f"slack:{DESK}"))
        alone.cards[f"slack:{DESK} {DESK}:{ts}"] = "card:12"
        await alone.person("UALEX").press("Press")
        assert (alone.last.act, alone.last.conversation) == (ShowTicket("12"), f"slack:{DESK}:{ts}:UALEX")
        assert (alone.origin.form, alone.origin.card) == (Becomes.ANSWER, "12")


@on_a_loop
async def test_what_is_done_on_a_card_is_answered_to_whoever_did_it() -> None:
    async with app_alone() as alone:
        ts = await shown(alone, DESK, button(Claim("12", 1), Does.ACT, f"slack:{DESK}"))
        alone.cards[f"slack:{DESK} {DESK}:{ts}"] = "card:12"
        await alone.person("UALEX").press("Press")
        assert (alone.last.act, alone.last.conversation) == (Claim("12", 1), f"slack:{DESK}:{ts}:UALEX")
        assert (alone.origin.card, alone.origin.replaces, alone.origin.view) == ("12", False, "")


@on_a_loop
async def test_a_form_opens_at_once_and_is_kept_when_it_is_sent_off() -> None:
    async with app_alone() as alone:
        alex = alone.person("UALEX")
        ts = await shown(alone, DESK, button(AskBack("12", 1, ""), Does.FORM, f"slack:{DESK}"))
        alone.cards[f"slack:{DESK} {DESK}:{ts}"] = "card:12"
        await alex.press("Press")
        await alone.slack.wait_for("views.open")
        assert not alone.kept
        form = alex.modal
        label = next(block["label"]["text"] for block in form["blocks"] if block["type"] == "input")
        await alex.submit(**{label: "Which account?"})
        assert alone.last.act == AskBack("12", 1, "Which account?")
        assert alone.last.conversation == f"slack:{DESK}:{ts}:UALEX"
        assert alone.origin.view.startswith(f"slack:{form['id']}:{form['hash']}:")
        assert alone.origin == Origin(view=alone.origin.view, card="12")
        assert alex.modal["external_id"] == alone.origin.view
        assert await alone.app.views.opened(alone.origin.view) is None  # by its external id, once Slack shows it


@on_a_loop
async def test_in_a_modal_the_answer_takes_its_place_and_a_form_lies_on_top() -> None:
    async with app_alone() as alone:
        ann = alone.person("UANN")
        await ann.shortcut("refer_to_office", alone.slack.workspace.typed("C9", "UBOB", "Hm"), channel="C9")
        await alone.slack.wait_for("views.open")
        view, where = ann.modal, alone.last.conversation
        shown_in_it = {name: view[name] for name in ("type", "callback_id", "title", "external_id")}
        shown_in_it["private_metadata"] = f'{{"conversation": "{where}"}}'
        blocks = [*button(ShowMyQueries())]
        await alone.app.client.views_update(view_id=view["id"], view=shown_in_it | {"blocks": blocks})
        await ann.press("Press")
        assert (alone.last.act, alone.last.conversation) == (ShowMyQueries(), where)
        assert alone.origin == Origin(view=view["external_id"])
        blocks = button(AskBack("12", 1, ""), Does.FORM)
        await alone.app.client.views_update(view_id=view["id"], view=shown_in_it | {"blocks": blocks})
        await ann.press("Press")
        await alone.slack.wait_for("views.push")
        assert any(block["type"] == "input" for block in ann.modal["blocks"])


@on_a_loop
async def test_where_too_many_modals_lie_on_each_other_the_uppermost_becomes_the_form() -> None:
    async with app_alone() as alone:
        ann = alone.person("UANN")
        trigger, view = alone.slack.workspace.new_trigger("UANN"), loading_view("slack:1")
        await alone.app.client.views_open(
            trigger_id=trigger, view=view | {"blocks": button(Close("12", 1, ""), Does.FORM)}
        )
        alone.slack.faults.append(Fault("views.push", error="push_limit_reached"))
        await ann.press("Press")
        await alone.slack.wait_for("views.update")
        assert any(block["type"] == "input" for block in ann.modal["blocks"])


@on_a_loop
async def test_what_is_pressed_on_home_opens_a_modal_of_its_own() -> None:
    async with app_alone() as alone:
        ann = alone.person("UANN")
        home = {"type": "home", "blocks": button(Say("May I?"))}
        await alone.app.client.views_publish(user_id="UANN", view=home)
        await ann.press("Press")
        await alone.slack.wait_for("views.open")
        assert alone.last.conversation.startswith("slack:UANN:")
        assert alone.last.conversation != "slack:UANN:home"
        assert ann.modal["external_id"] == alone.origin.view == next(iter(alone.kept))


@on_a_loop
async def test_where_a_modal_does_not_open_nothing_is_lost() -> None:
    async with app_alone() as alone:
        alone.slack.faults.append(Fault("views.open", error="expired_trigger_id"))
        await alone.person("UANN").shortcut("refer_to_office", alone.slack.workspace.typed("C9", "UBOB", "Hm"))
        await until(alone, "views.open")
        assert await alone.app.views.opened(alone.origin.view) is None
        assert alone.last.act == Refer("Hm")


@on_a_loop
async def test_where_a_form_does_not_open_its_button_is_to_be_pressed_again() -> None:
    async with app_alone() as alone:
        alone.slack.faults.append(Fault("views.open", status=500))
        await shown(alone, DESK, button(AskBack("12", 1, ""), Does.FORM, f"slack:{DESK}"))
        await alone.person("UALEX").press("Press")
        await alone.slack.wait_for("response_url")
        assert [one["text"] for one in alone.slack.workspace.ephemerals] == [wording.NOT_IN_TIME]


@on_a_loop
async def test_a_submission_of_nothing_of_ours_closes_it() -> None:
    async with app_alone() as alone:
        ann = alone.person("UANN")
        view = {"id": "V1", "hash": "1.a", "type": "modal", "callback_id": "other", "private_metadata": "{}"}
        payload = ann._interaction() | {"type": "view_submission", "view": view}
        answer = await alone.way.send(INTERACTION, payload)
        assert (answer.status, answer.body) == (200, {"response_action": "clear"})


@on_a_loop
async def test_a_form_of_ours_that_cannot_be_read_stays_with_what_was_typed_and_says_so() -> None:
    async with app_alone() as alone:
        ann = alone.person("UANN")
        view = {"id": "V1", "hash": "1.a", "type": "modal", "callback_id": CALLBACK, "private_metadata": "{}"}
        payload = ann._interaction() | {"type": "view_submission", "view": view}
        body = (await alone.way.send(INTERACTION, payload)).body
        assert body is not None
        assert body["response_action"] == "push"
        assert body["view"]["blocks"][0]["text"]["text"] == wording.OLD_FORM


@on_a_loop
async def test_a_form_in_direct_messages_belongs_there_only_where_they_are_with_whoever_sends_it() -> None:
    async with app_alone() as alone:
        ann, there = alone.person("UANN"), f"slack:{direct('UANN')}:1700000000.000100"
        for whose, kept in (("slack:UANN", there), ("slack:UBOB", "")):
            alone.threads.whose[there] = whose
            await shown(alone, direct("UANN"), button(AddToQuery("12", ""), Does.FORM, there), "1700000000.000100")
            await ann.press("Press")
            await until_open(alone, ann)
            await ann.submit(**{ann.modal["blocks"][0]["label"]["text"]: "One more thing."})
            alone.slack.workspace.views.clear()
            place = alone.last.conversation
            assert place == kept if kept else place.startswith("slack:UANN:")


# Guests, and people of other organisations


async def known(alone: Alone, user: str) -> Person:
    """A guest of whom Slack was asked before."""
    guest = alone.person(user, guest=True)
    await alone.app.people.standing_of(user)
    return guest


@on_a_loop
async def test_who_is_known_to_be_turned_away_is_shown_no_form_and_what_they_did_goes_to_the_bot() -> None:
    async with app_alone() as alone:
        guest = await known(alone, "UGUEST")
        await guest.command("check We won the cup!")
        assert (alone.last.text, alone.last.conversation) == ("check: We won the cup!", "slack:C1::UGUEST")
        await guest.shortcut("can_i_retweet", alone.slack.workspace.typed("C9", "UBOB", ""), channel="C9")
        assert alone.last.text == "Can I retweet this?"
        await guest.shortcut("check_post")
        assert (alone.last.text, alone.origin.view) == ("check", list(alone.kept)[-1])
        await until(alone, "views.open", 2)
        views = list(alone.slack.workspace.views.values())
        assert not any(block["type"] == "input" for view in views for block in view["blocks"])
        alone.slack.workspace.views.clear()
        await shown(alone, "C1", button(AddToQuery("12", ""), Does.FORM, "slack:C1::UGUEST"), to="UGUEST")
        await guest.press("Press")
        assert alone.last.act == AddToQuery("12", "")
        assert len(alone.slack.calls_to("views.open")) == 2


@on_a_loop
async def test_somebody_of_another_organisation_is_known_by_what_slack_says_of_the_press() -> None:
    async with app_alone() as alone:
        await alone.person("UOUT", team="T0OTHER01").shortcut("check_post")
        assert alone.last.standing is Standing.OUTSIDER
        assert alone.last.text == "check"


@on_a_loop
async def test_a_file_of_somebody_who_is_turned_away_is_not_asked_to_be_typed() -> None:
    async with app_alone() as alone:
        guest = await known(alone, "UGUEST")
        message = alone.slack.workspace.typed(direct("UGUEST"), "UGUEST", "")
        event = guest._message_event(direct("UGUEST"), message) | {"subtype": "file_share", "files": [{"id": "F1"}]}
        await guest._tell(event)
        assert alone.last.text == "help"
        assert not alone.slack.calls_to("chat.postEphemeral")


@pytest.mark.parametrize("how", [{"admits": frozenset({Standing.GUEST})}, {"staff": frozenset({"slack:UGUEST"})}])
def test_a_guest_who_is_admitted_or_on_the_staff_list_is_shown_forms_and_prompts(how: dict[str, Any]) -> None:
    @on_a_loop
    async def use_it() -> None:
        async with app_alone(**how) as alone:
            guest = await known(alone, "UGUEST")
            await guest.shortcut("check_post")
            await alone.slack.wait_for("views.open")
            assert any(block["type"] == "input" for block in guest.modal["blocks"])
            await guest.opens_messages()
            await alone.slack.wait_for("assistant.threads.setSuggestedPrompts")

    use_it()


@on_a_loop
async def test_nobody_is_shown_prompts_of_whom_slack_cannot_say_that_they_belong() -> None:
    async with app_alone() as alone:
        guest, bob = await known(alone, "UGUEST"), alone.person("UBOB")
        await alone.app.people.standing_of("UBOB")
        alone.slack.faults.append(Fault("users.info", status=500))
        await alone.person("UANN").opens_messages()
        await until(alone, "users.info", 3)
        await guest.opens_messages()
        await bob.opens_messages()
        await alone.slack.wait_for("assistant.threads.setSuggestedPrompts")
        (prompted,) = alone.slack.workspace.prompts
        assert prompted["channel_id"] == direct("UBOB")


# Short lines


@on_a_loop
async def test_a_line_gets_to_where_the_bot_is_not_and_by_itself_once_the_response_url_is_used_up() -> None:
    async with app_alone() as alone:
        old = button(Say("Yes"))
        old[0]["elements"][0] |= {"action_id": "escalate", "value": "q_1"}
        await shown(alone, "C1", old)
        ann = alone.person("UANN")
        alone.slack.workspace.channel("C1").bot_in = False
        await ann.press("Press")
        await alone.slack.wait_for("response_url")
        assert [one["text"] for one in alone.slack.workspace.ephemerals] == [of_intake.OLD_BUTTON]

        alone.slack.workspace.channel("C1").bot_in = True
        pressed = ann.aimed("Press") | {"response_url": f"{alone.slack.address}/response/gone"}
        await ann.pressed(pressed)
        await alone.slack.wait_for("chat.postEphemeral")
        assert [one["text"] for one in alone.slack.workspace.ephemerals] == [of_intake.OLD_BUTTON] * 2


# A database that is away, and a status while an answer is on its way


@on_a_loop
async def test_what_cannot_be_kept_is_to_come_again_and_is_kept_then() -> None:
    async with app_alone() as alone:
        ann = alone.person("UANN")
        alone.weather["away"] = True
        with pytest.raises(AssertionError, match="503"):
            await ann.dm("May I?")
        assert (ann.acknowledged[-1].status, alone.came) == (503, {"away": 1})
        alone.weather["away"] = False
        await ann.again()
        assert (ann.acknowledged[-1].status, len(alone.kept)) == (200, 1)


@on_a_loop
async def test_a_status_shows_where_an_answer_takes_a_moment() -> None:
    async with app_alone() as alone:
        await alone.person("UANN").dm("May I?")
        await alone.slack.wait_for("assistant.threads.setStatus")
        assert alone.slack.workspace.statuses[-1]["status"] == wording.LOOKING


@on_a_loop
async def test_a_status_never_comes_after_the_answer() -> None:
    async with app_alone() as alone:
        alone.slack.faults.append(Fault("assistant.threads.setStatus", delay=0.1))
        await alone.person("UANN").dm("May I?")
        await until(alone, "assistant.threads.setStatus")
        await alone.app.status.over(alone.last.conversation)
        assert len(alone.slack.workspace.statuses) == 1
        await alone.person("UANN").dm("May I then?")
        await alone.app.status.over(alone.last.conversation)
        assert not alone.app.status.is_waited_on(alone.last.conversation)


@on_a_loop
async def test_what_another_process_has_answered_needs_no_status() -> None:
    async with app_alone(handled=True) as alone:
        await alone.person("UANN").dm("May I?")
        async with asyncio.timeout(5):
            while alone.app.status.is_waited_on(alone.last.conversation):
                await asyncio.sleep(0.01)
        assert not alone.slack.calls_to("assistant.threads.setStatus")
