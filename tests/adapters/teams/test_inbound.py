"""What Teams sends, read: each kind as Teams has it, and whatever else as nothing or as malformed."""

import copy
import json
import random
from dataclasses import replace
from typing import Any

import pytest

from adapters.chat.bodies import Malformed
from adapters.chat.pressing import Does, Pressed
from adapters.storage.carried import act_to_json
from adapters.teams.inbound import (
    Ignored,
    Looked,
    Moved,
    Picked,
    Pushed,
    Rated,
    Submitted,
    Unknown,
    Wrote,
    read,
)
from adapters.teams.places import Place
from adapters.teams.references import Reference, Scope
from adapters.teams.whereabouts import Chat, Ours, reaches
from bot.acts import Remark, Say
from bot.people import Standing

TENANT, OTHER = "7e4a4700-0000-4000-8000-000000007e4a", "0a4e4700-0000-4000-8000-000000000a4e"
ANN = "00000000-0000-4000-8000-0000000000aa"
BOT, CHANNEL = "28:0b07", "19:choir@thread.tacv2"
OURS, TRIED = Ours(TENANT), Ours("")
Node = dict[str, Any]


def activity(kind: str = "message", sender: Node | None = None, **other: Any) -> Node:
    """Something in the chat between Ann and the bot; a part that is None is left out."""
    whole = {
        "type": kind,
        "id": "1763700000001",
        "channelId": "msteams",
        "serviceUrl": "https://teams.example/emea/",
        "from": sender or {"id": "29:ann", "name": "Ann", "aadObjectId": ANN.upper()},
        "recipient": {"id": BOT, "name": "Policy"},
        "conversation": {"id": "a:1ann", "conversationType": "personal", "tenantId": TENANT},
        "channelData": {"tenant": {"id": TENANT}},
    }
    return {name: value for name, value in (whole | other).items() if value is not None}


def in_channel(kind: str = "message", thread: str = "1690", **other: Any) -> Node:
    """The same in a thread of a channel."""
    there: Node = {
        "id": f"{CHANNEL};messageid={thread}",
        "conversationType": "channel",
        "tenantId": TENANT,
        "isGroup": True,
    }
    data: Node = {"tenant": {"id": TENANT}, "team": {"id": "19:general@thread.tacv2"}, "channel": {"id": CHANNEL}}
    own: Node = {"conversation": there, "channelData": data}
    return activity(kind, **own | other)


def in_group(kind: str = "message", **other: Any) -> Node:
    """The same in a group chat."""
    there = {"id": "19:group@thread.v2", "conversationType": "groupChat", "tenantId": TENANT}
    return activity(kind, **{"conversation": there} | other)


def invoke(name: str, value: Any, **other: Any) -> Node:
    return activity("invoke", **{"name": name, "value": value, "id": "f:1"} | other)


OUR_MENTION = {"type": "mention", "mentioned": {"id": BOT, "name": "Policy"}, "text": "<at>Policy</at>"}
BOBS_MENTION = {"type": "mention", "mentioned": {"id": "29:bob", "name": "Bob"}, "text": "<at>Bob</at>"}
WROTE = activity(text="May I?")
MENTIONED = in_channel(text="<at>Policy</at> may <at>Bob</at> sing?", entities=[OUR_MENTION, BOBS_MENTION])
PRESSED = {"act": act_to_json(Say("Yes")), "who": f"teams:{ANN}"}
EXECUTED = invoke("adaptiveCard/action", {"action": {"verb": "step", "data": PRESSED}}, replyToId="1600")
LOOKED = invoke("adaptiveCard/action", {"action": {"verb": "look", "data": {"ticket": "12"}}}, replyToId="1600")
FETCHED = invoke("task/fetch", {"data": {"does": "opens", **PRESSED}}, replyToId="1600")
FALLEN_BACK = activity(value={"does": "step", **PRESSED}, replyToId="1600")
MESSAGE = {
    "id": "1500",
    "from": {"user": {"id": "other"}},
    "body": {"contentType": "html", "content": "<p>We <b>won</b></p>"},
}
PICKED = invoke("composeExtension/fetchTask", {"commandId": "canIRetweet", "messagePayload": MESSAGE})
SUBMITTED = invoke("task/submit", {"data": {"nonce": "n1", "kept": "{}", "words": "Soon"}})
SENT_ON = invoke("composeExtension/submitAction", {"commandId": "referToOffice", "data": {"nonce": "n2"}})
FEEDBACK = {"actionName": "feedback", "actionValue": {"reaction": "dislike", "feedback": '{"feedbackText": "Old"}'}}
RATED = invoke("message/submitAction", FEEDBACK, replyToId="1600")
ADDED = activity("installationUpdate", action="add")
JOINED = in_channel("conversationUpdate", membersAdded=[{"id": BOT}], thread="1")
REAL = (WROTE, MENTIONED, EXECUTED, LOOKED, FETCHED, FALLEN_BACK, PICKED, SUBMITTED, SENT_ON, RATED, ADDED, JOINED)


def wrote(sent: Node, ours: Ours = OURS) -> Wrote:
    came = read(sent, ours)
    assert isinstance(came, Wrote)
    return came


def pushed(sent: Node) -> Pushed:
    came = read(sent, OURS)
    assert isinstance(came, Pushed)
    return came


def test_a_message_to_the_bot_alone() -> None:
    came = wrote(WROTE)

    assert (came.key, came.who.account, came.words) == ("teams:a:1ann:1763700000001", f"teams:{ANN}", "May I?")
    assert came.chat == Chat("a:1ann", "", Scope.PERSONAL)
    assert came.chat.place(came.who).conversation == f"teams:{ANN}"
    assert came.who.standing is Standing.OWN
    assert not came.us


def test_a_mention_in_a_thread_of_a_channel() -> None:
    came = wrote(MENTIONED)

    assert came.key == f"teams:{CHANNEL}:1763700000001"
    assert came.us
    assert (came.words, came.typed) == ("may @Bob sing?", "may teams:29%3Abob sing?")
    assert came.others == ("29:bob",)
    assert came.chat.place(came.who) == Place(CHANNEL, "1690", ANN)


def test_a_group_chat_has_no_threads() -> None:
    came = wrote(in_group(text="May I?"))

    assert came.chat.place(came.who) == Place("19:group@thread.v2", "", ANN)


@pytest.mark.parametrize(
    ("attachments", "files"),
    [
        ([{"contentType": "text/html", "content": "<p>May I?</p>"}], False),
        ([{"contentType": "messageReference"}], False),
        ([{"contentType": "application/vnd.microsoft.teams.file.download.info"}], True),
        ([{"contentType": "image/*"}], True),
        (None, False),
        ([None, {}], False),
    ],
)
def test_what_comes_along_that_is_not_words_is_told(attachments: Any, files: bool) -> None:
    assert wrote(activity(text="", attachments=attachments)).files is files


@pytest.mark.parametrize(
    "sent",
    [
        activity(text="May I?", conversation={"id": "a:1", "conversationType": "personal", "tenantId": OTHER}),
        activity(text="May I?", conversation={"id": "a:1"}, channelData={"tenant": {"id": OTHER}}),
        activity(text="May I?", conversation={"id": "a:1"}, channelData=None),
        activity(text="May I?", sender={"id": "29:ann"}),
        activity(text="May I?", sender={"id": "29:ann", "aadObjectId": "ann"}),
        activity(text="May I?", sender={"id": "29:ann", "aadObjectId": ANN, "tenantId": OTHER}),
    ],
)
def test_who_is_not_of_our_tenant_or_not_known_to_its_directory_is_an_outsider(sent: Node) -> None:
    assert wrote(sent).who.standing is Standing.OUTSIDER


def test_where_the_bot_is_only_tried_nobody_is_asked_where_they_belong() -> None:
    came = wrote(activity(text="May I?", conversation={"id": "a:1"}, sender={"id": "user-1"}), TRIED)

    assert came.who.standing is Standing.OWN
    assert came.who.account == "teams:user-1"


@pytest.mark.parametrize(
    "sent",
    [
        activity(text="I am one", sender={"id": BOT}),
        activity(text="I am one", sender={"id": "29:x", "role": "bot"}),
        activity("messageReaction"),
        activity("messageUpdate", text="May I not?"),
        activity("typing"),
        activity("conversationUpdate", membersAdded=[{"id": "29:bob"}]),
        activity("event", name="application/vnd.microsoft.meetingStart"),
    ],
)
def test_what_is_nothing_for_the_bot_is_ignored(sent: Node) -> None:
    assert isinstance(read(sent, OURS), Ignored)


@pytest.mark.parametrize(
    "name", ["composeExtension/query", "fileConsent/invoke", "signin/verifyState", "message/fetchTask"]
)
def test_an_invoke_of_another_kind_is_not_known(name: str) -> None:
    assert isinstance(read(invoke(name, {}), OURS), Unknown)


def test_a_button_of_a_card() -> None:
    came = pushed(EXECUTED)

    assert came.what == Pressed(Does.STEP, Say("Yes"), f"teams:{ANN}")
    assert (came.activity, came.waits, came.opens) == ("1600", True, False)


def test_a_button_that_opens_a_dialog() -> None:
    came = pushed(FETCHED)

    assert came.what == Pressed(Does.OPENS, Say("Yes"), f"teams:{ANN}")
    assert (came.activity, came.waits, came.opens) == ("1600", True, True)


def test_an_old_client_sends_a_message_without_words_for_a_button() -> None:
    came = pushed(FALLEN_BACK)

    assert came.what == Pressed(Does.STEP, Say("Yes"), f"teams:{ANN}")
    assert (came.activity, came.waits) == ("1600", False)


@pytest.mark.parametrize(
    "carried",
    [
        {},
        {"act": None},
        {"act": "Say"},
        {"act": {"act": "Nothing"}},
        {"act": {"act": "Say", "text": 5}},
        {"act": [1]},
        {"act": act_to_json(Remark("1", "Hm"))},
    ],
)
def test_a_button_that_is_none_of_ours_means_nothing(carried: Node) -> None:
    assert pushed(invoke("task/fetch", {"data": {"does": "opens", **carried}})).what is None
    assert pushed(invoke("adaptiveCard/action", {"action": {"verb": "opens", "data": carried}})).what is None
    assert pushed(activity(value={"does": "act", **carried}, replyToId="1")).what is None


def test_a_button_that_does_what_is_not_known_here_means_nothing() -> None:
    assert pushed(invoke("adaptiveCard/action", {"action": {"verb": "fly", "data": PRESSED}})).what is None


def test_a_card_that_is_looked_up_for_who_sees_it() -> None:
    came = read(LOOKED, OURS)

    assert isinstance(came, Looked)
    assert (came.ticket, came.activity) == ("12", "1600")


@pytest.mark.parametrize("ticket", ["", "\ud800", "twelve", "\u0661", "-1", "1" * 19, 12, None])
def test_a_card_that_no_ticket_can_have_is_malformed(ticket: Any) -> None:
    with pytest.raises(Malformed):
        read(invoke("adaptiveCard/action", {"action": {"verb": "look", "data": {"ticket": ticket}}}), OURS)


def test_a_message_that_is_longer_than_any_is_malformed() -> None:
    long = "a" * 200_001
    payload = {**MESSAGE, "body": {"contentType": "html", "content": long}}
    picked = invoke("composeExtension/fetchTask", {"commandId": "checkPost", "messagePayload": payload})
    for sent in (activity(text=long), picked):
        with pytest.raises(Malformed):
            read(sent, OURS)


def test_a_message_action_on_somebody_elses_words() -> None:
    came = read(PICKED, OURS)

    assert isinstance(came, Picked)
    assert (came.name, came.words, came.own) == ("canIRetweet", "We won", False)


def test_a_message_action_on_ones_own_words() -> None:
    own = {**MESSAGE, "from": {"user": {"id": ANN}}, "body": {"contentType": "text", "content": " We <won> "}}
    came = read(invoke("composeExtension/fetchTask", {"commandId": "checkPost", "messagePayload": own}), OURS)

    assert isinstance(came, Picked)
    assert (came.words, came.own) == ("We <won>", True)


@pytest.mark.parametrize("payload", [None, {}, {"body": None, "from": None}, {"body": {"content": None}}, "words"])
def test_a_message_without_words_is_picked_without_words(payload: Any) -> None:
    came = read(invoke("composeExtension/fetchTask", {"commandId": "checkPost", "messagePayload": payload}), OURS)

    assert isinstance(came, Picked)
    assert (came.words, came.own) == ("", False)


def submitted(sent: Node) -> Submitted:
    came = read(sent, OURS)
    assert isinstance(came, Submitted)
    return came


def test_a_form_that_is_sent_again_has_the_same_key_and_one_that_was_changed_another() -> None:
    first, again = submitted(SUBMITTED), submitted({**SUBMITTED, "id": "f:2"})
    changed = submitted(invoke("task/submit", {"data": {"nonce": "n1", "kept": "{}", "words": "Later"}}))

    assert first.key == again.key != changed.key
    assert first.again != again.again


def test_a_form_of_a_message_action_is_told_from_that_of_somebody_else() -> None:
    bob = {"id": "29:bob", "aadObjectId": ANN.replace("aa", "bb")}

    assert submitted(SENT_ON).data == {"nonce": "n2"}
    assert submitted(SENT_ON).key != submitted({**SENT_ON, "from": bob}).key


@pytest.mark.parametrize(
    ("feedback", "reason"),
    [
        ('{"feedbackText": " Old "}', "Old"),
        ("Old news", "Old news"),
        ("{}", ""),
        ('"Old"', '"Old"'),
        (None, ""),
        ("", ""),
    ],
)
def test_the_reason_of_feedback_is_read_as_json_and_as_text(feedback: Any, reason: str) -> None:
    value = {"actionName": "feedback", "actionValue": {"reaction": "like", "feedback": feedback}}
    came = read(invoke("message/submitAction", value, replyToId="1600"), OURS)

    assert isinstance(came, Rated)
    assert (came.right, came.reason, came.activity) == (True, reason, "1600")


def test_feedback_that_does_not_say_on_what_is_read_all_the_same() -> None:
    came = read(invoke("message/submitAction", FEEDBACK), OURS)

    assert isinstance(came, Rated)
    assert came.activity == ""


def test_what_a_button_of_feedback_says_that_is_no_feedback_is_not_known() -> None:
    assert isinstance(read(invoke("message/submitAction", {"actionName": "other"}), OURS), Unknown)


@pytest.mark.parametrize(
    ("sent", "there"),
    [
        (ADDED, True),
        (activity("installationUpdate", action="remove"), False),
        (activity("installationUpdate", action="remove-upgrade"), False),
        (JOINED, True),
        (activity("conversationUpdate", membersRemoved=[{"id": BOT}]), False),
    ],
)
def test_where_the_app_came_and_went_is_read(sent: Node, there: bool) -> None:
    came = read(sent, OURS)

    assert isinstance(came, Moved)
    assert came.there is there


def test_a_personal_chat_is_reached_by_the_account_of_whoever_is_in_it() -> None:
    own = Reference("https://teams.example/emea/", TENANT, Scope.PERSONAL, "a:1ann", BOT, "29:ann")

    assert reaches(WROTE, OURS) == {f"teams:{ANN}": own}


def test_a_channel_is_reached_and_general_and_of_who_wrote_there_the_address_alone() -> None:
    channel = Reference("https://teams.example/emea/", TENANT, Scope.CHANNEL, CHANNEL, BOT)

    assert reaches(MENTIONED, OURS) == {
        f"teams:{ANN}": replace(channel, scope=Scope.PERSONAL, conversation="", user="29:ann"),
        Place(CHANNEL).conversation: channel,
        Place("19:general@thread.tacv2").conversation: replace(channel, conversation="19:general@thread.tacv2"),
    }


def test_where_a_message_action_is_picked_the_bot_need_not_be() -> None:
    two = {"id": "19:ann_bob@unq.gbl.spaces", "conversationType": "personal", "tenantId": TENANT}

    assert [one.conversation for one in reaches({**PICKED, "conversation": two}, OURS).values()] == [""]


@pytest.mark.parametrize("sent", [PICKED, SENT_ON])
def test_the_chat_in_which_a_message_action_is_picked_may_be_that_with_another_app(sent: Node) -> None:
    own = {f"teams:{ANN}": Reference("https://teams.example/emea/", TENANT, Scope.PERSONAL, "", BOT, "29:ann")}

    assert reaches(sent, OURS) == own


LACKING = [
    (WROTE, "id"),
    (WROTE, "from"),
    (WROTE, "conversation"),
    (WROTE, "recipient"),
    (FALLEN_BACK, "replyToId"),
    (EXECUTED, "name"),
    (EXECUTED, "value"),
    (LOOKED, "id"),
    (FETCHED, "value"),
    (PICKED, "value"),
    (SUBMITTED, "value"),
    (RATED, "value"),
]


@pytest.mark.parametrize(("sent", "part"), LACKING)
def test_what_lacks_what_its_kind_has_is_malformed(sent: Node, part: str) -> None:
    with pytest.raises(Malformed):
        read({name: value for name, value in sent.items() if name != part}, OURS)


@pytest.mark.parametrize(
    "there",
    [
        {"id": "chat", "conversationType": "channel"},  # it would be taken for a person
        {"id": "19:x;messageid=a:b", "conversationType": "channel"},
        {"id": "19:" + "x" * 500, "conversationType": "channel"},
        {"id": "a b"},
        {"id": "a:\ud800"},
    ],
)
def test_a_conversation_that_names_no_place_is_malformed(there: Node) -> None:
    with pytest.raises(Malformed):
        read(activity(text="May I?", conversation=there), OURS)


def test_nobody_can_pass_for_a_channel() -> None:
    with pytest.raises(Malformed):
        read(activity(text="May I?", sender={"id": CHANNEL}), OURS)


def mutated(sent: Node, chance: random.Random) -> Node:
    """The same with one part of it gone, or another kind of thing in its place."""
    whole = copy.deepcopy(sent)
    part: Any = whole
    while True:
        name = chance.choice(sorted(part) if isinstance(part, dict) else range(len(part)))
        if not isinstance(part[name], dict | list) or not part[name] or chance.random() < 0.3:
            break
        part = part[name]
    odd: list[Any] = [
        None,
        "",
        0,
        1.5,
        True,
        [],
        {},
        [None],
        {"id": None},
        "19:x",
        "\ud800",
        "x" * 600,
        "a b",
        [[]],
        "{",
        "28:x",
    ]
    if chance.random() < 0.3 and isinstance(part, dict):
        del part[name]
    else:
        part[name] = chance.choice(odd)
    return whole


MUTATED = [mutated(sent, random.Random(f"{number}{seed}")) for number, sent in enumerate(REAL) for seed in range(60)]


def test_whatever_shape_it_has_it_is_read_or_malformed_and_names_places_that_can_be_read() -> None:
    read_as = 0
    for sent in MUTATED:
        try:
            came = read(sent, OURS)
            reached = reaches(sent, OURS)
        except Malformed:
            continue
        read_as += 1
        for place in reached:
            assert Place.of(place).conversation == place
        if isinstance(came, Wrote | Pushed | Picked | Submitted | Rated | Looked):
            assert len(came.key) <= 200
            theirs = came.chat.place(came.who)
            assert Place.of(theirs.conversation) == theirs
            json.dumps(came.key).encode()
    assert read_as > len(MUTATED) / 4
