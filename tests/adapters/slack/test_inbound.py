"""What Slack sends, read: each kind as Slack has it, and whatever else as nothing."""

import copy
import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.checking_tokens import Installed
from adapters.slack.inbound import Commanded, Ignored, Opened, Picked, Pushed, Submitted, TokensGone, Wrote, read
from adapters.slack.places import Place
from adapters.slack.pressing import value_of
from adapters.slack.words import words_of
from bot.acts import Say
from bot.people import Standing

OURS = Installed("T1", "B1", "UBOT", frozenset())
Body = dict[str, Any]


def event(**fields: Any) -> Body:
    """An event as Slack wraps it."""
    return {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": fields}


def message(**fields: Any) -> Body:
    """A message in a channel."""
    own = {"type": "message", "user": "UANN", "channel": "C1", "ts": "1700000000.000100", "text": "Hello"}
    return event(**own | fields)


def interaction(kind: str, **fields: Any) -> Body:
    """Something pressed, picked or sent off."""
    common = {"type": kind, "team": {"id": "T1"}, "user": {"id": "UANN", "team_id": "T1"}, "trigger_id": "1.2.a"}
    return common | fields


COMMAND: Body = {
    "command": "/policy",
    "text": "May I?",
    "team_id": "T1",
    "user_id": "UANN",
    "channel_id": "C1",
    "response_url": "https://hooks.slack.com/commands/1",
    "trigger_id": "1.2.a",
}
BUTTON: Body = {
    "type": "button",
    "action_id": "step.0",
    "value": value_of(Say("Yes")),
    "block_id": "slack:C1:1700000000.000100:UANN|0",
    "action_ts": "1700000001.5",
}
PRESS = interaction(
    "block_actions",
    container={"type": "message", "message_ts": "1700000000.000200", "channel_id": "C1", "is_ephemeral": True},
    channel={"id": "C1"},
    response_url="https://hooks.slack.com/actions/1",
    actions=[BUTTON],
)
IN_VIEW = interaction(
    "block_actions",
    container={"type": "view", "view_id": "V1"},
    view={"id": "V1", "type": "modal", "hash": "1.a"},
    actions=[BUTTON],
)
SHORTCUT = interaction("message_action", callback_id="can_i_retweet", channel={"id": "C1"}, message={"text": "We won"})
SUBMISSION = interaction("view_submission", view={"id": "V1", "hash": "1.a", "state": {"values": {}}})
OPENED = event(type="app_home_opened", user="UANN", channel="D1", tab="home")
REAL = (message(), message(thread_ts="1.1"), COMMAND, PRESS, IN_VIEW, SHORTCUT, SUBMISSION, OPENED)


def submission(filled_in: str, trigger: str = "1.2.a") -> Submitted:
    """A form that was sent off, with something in its field."""
    state = {"values": {"words": {"value": {"type": "plain_text_input", "value": filled_in}}}}
    came = read(SUBMISSION | {"trigger_id": trigger, "view": SUBMISSION["view"] | {"state": state}}, OURS)
    assert isinstance(came, Submitted)
    return came


def test_a_form_that_is_sent_off_with_other_words_is_another_submission() -> None:
    first, same, other = submission("One"), submission("One", "1.3.b"), submission("Two", "1.4.c")

    assert first.key == same.key != other.key
    assert len({first.key, first.again, same.again, other.again}) == 4
    assert all(one.startswith("slack:V1:1.a:") for one in (first.key, first.again, other.key))


def test_each_kind_is_read_as_what_somebody_did() -> None:
    kinds = [type(read(body, OURS)) for body in REAL]
    assert kinds == [Wrote, Wrote, Commanded, Pushed, Pushed, Picked, Submitted, Opened]


@pytest.mark.parametrize(
    "body",
    [
        message(bot_id="B2"),
        message(subtype="message_changed"),
        message(subtype="channel_join"),
        message(hidden=True),
        message(edited={"user": "UANN"}),
        message(user="UBOT"),
        message(user="USLACKBOT"),
        message(user="not an id"),
        message(ts="yesterday"),
        event(type="reaction_added", user="UANN"),
        event(type="app_home_opened", user="UANN", channel="D1", tab="about"),
        interaction("view_closed", view={"id": "V1"}),
        interaction("block_suggestion"),
        PRESS | {"actions": []},
        PRESS | {"actions": [BUTTON | {"type": "static_select"}]},
        PRESS | {"actions": [BUTTON | {"url": "https://example.org"}]},
        PRESS | {"user": None},
        COMMAND | {"team_id": "T2"},
        message() | {"team_id": "T2"},
        PRESS | {"team": {"id": "T2"}},
        {},
    ],
)
def test_what_is_not_for_the_bot_is_nothing(body: Body) -> None:
    assert read(body, OURS) == Ignored()


def test_a_mention_and_the_message_that_it_stands_in_bear_one_key() -> None:
    text = "<@UBOT> may I?"
    twins = [read(message(text=text), OURS), read(message(type="app_mention", text=text), OURS)]
    assert twins[0] == twins[1]
    assert isinstance(twins[0], Wrote)
    assert (twins[0].key, twins[0].us, twins[0].words) == ("slack:T1:C1:1700000000.000100", True, "may I?")


def test_a_file_and_a_reply_that_is_shown_in_the_channel_too_are_messages() -> None:
    for kind in ("file_share", "thread_broadcast"):
        assert isinstance(read(message(subtype=kind), OURS), Wrote)


@pytest.mark.parametrize(
    ("fields", "own"),
    [({"user": "UANN"}, True), ({"user": "UBEN"}, False), ({}, False), ({"user": "UANN", "bot_id": "B1"}, False)],
)
def test_a_message_is_ones_own_where_who_picked_it_wrote_it(fields: Body, own: bool) -> None:
    picked = read(SHORTCUT | {"message": {"text": "We won", **fields}}, OURS)

    assert isinstance(picked, Picked)
    assert (picked.words, picked.own) == ("We won", own)


def test_whoever_comes_from_elsewhere_is_an_outsider() -> None:
    for body in (
        message(user_team="T2"),
        message(source_team="T2"),
        interaction("message_action", callback_id="x", user={"id": "UANN", "team_id": "T2"}),
    ):
        assert read(body, OURS).who.standing is Standing.OUTSIDER  # type: ignore[union-attr]


def test_in_a_shared_channel_the_installation_may_stand_beside_the_team() -> None:
    body = message() | {"team_id": "T2", "authorizations": [{"team_id": "T1"}]}
    assert isinstance(read(body, OURS), Wrote)


@pytest.mark.parametrize(
    ("block", "place"),
    [
        ("slack:C1:1.1:UANN|0", Place("C1", "1.1", "UANN")),
        ("slack:C1::UANN|0", Place("C1", "", "UANN")),
        ("slack:C1:1.1:UBOB:open|0", Place("C1", "1.1", "UBOB", True)),
        ("slack:C1:1.1:UBOB|0", None),
        ("slack:C2:1.1:UANN|0", None),
        ("slack:C1|0", None),
        ("actions", None),
    ],
)
def test_a_button_says_where_it_belongs_as_far_as_that_can_be(block: str, place: Place | None) -> None:
    push = read(PRESS | {"actions": [BUTTON | {"block_id": block}]}, OURS)
    assert isinstance(push, Pushed)
    assert push.place == place


def test_a_press_has_a_key_of_its_own_and_a_second_click_another() -> None:
    first, again, later = (
        read(PRESS | {"actions": [BUTTON | {"action_ts": ts}]}, OURS) for ts in ("1.1", "1.1", "1.2")
    )
    assert first == again
    assert isinstance(first, Pushed)
    assert isinstance(later, Pushed)
    assert first.key == "slack:1700000000.000200:1.1:step.0:UANN" != later.key


def test_a_key_is_never_longer_than_the_id_of_a_view() -> None:
    body = COMMAND | {"trigger_id": "1" * 4_000}
    came = read(body, OURS)
    assert isinstance(came, Commanded)
    assert len(came.key) < 100


def test_a_value_that_is_none_of_ours_means_nothing() -> None:
    for value in ("q_1", "[]", '{"act": "Nothing"}', "[" * 5_000, None):
        push = read(PRESS | {"actions": [BUTTON | {"value": value}]}, OURS)
        assert isinstance(push, Pushed)
        assert push.what is None


def test_tokens_that_are_gone_are_told() -> None:
    assert read(event(type="tokens_revoked", tokens={"bot": ["UBOT"]}), OURS) == TokensGone()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<@UBOT> may I?", "may I?"),
        ("<@UBOT>, may I?", "may I?"),
        ("<@UBOT|verse>: may I?", "may I?"),
        ("may I, <@UBOT> ?", "may I, ?"),
        ("may I?\n<@UBOT>", "may I?"),
        ("  may   I?  ", "may   I?"),
        ("R&amp;D &lt;b&gt; &amp;lt;", "R&D <b> &lt;"),
        ("<https://example.org/a?b=1&amp;c=2>", "https://example.org/a?b=1&c=2"),
        ("<http://example.org|example.org>", "example.org"),
        ("<https://example.org/|https://example.org>", "https://example.org"),
        ("<https://example.org|our site>", "our site (https://example.org)"),
        ("<mailto:a@example.org|a@example.org>", "a@example.org"),
        ("<mailto:a@example.org>", "a@example.org"),
        ("<tel:+441|01>", "01 (+441)"),
        ("<#C1|general> and <#C2> and <#C3|>", "#general and #channel and #channel"),
        ("<!here> <!channel> <!everyone>", "@here @channel @everyone"),
        ("<!subteam^S1|@admins> <!subteam^S2>", "@admins @group"),
        ("<!date^1392734382^{date}|18 February 2014>", "18 February 2014"),
        ("ask <@UBOB> or <@UBOB|bob>", "ask @somebody or @bob"),
        ("&gt; quoted\n&gt; lines", "> quoted\n> lines"),
        ("*bold* _slanted_ `code`", "*bold* _slanted_ `code`"),
        ("<> <|> <|x> < a", "<> <|> <|x> < a"),
    ],
)
def test_words_are_read_as_a_person_reads_them(text: str, words: str) -> None:
    assert words_of(text, "UBOT") == words


@given(st.text())
def test_whatever_somebody_types_comes_back_as_they_typed_it(typed: str) -> None:
    sent = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert words_of(sent, "UBOT") == typed.strip()


_ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def _places(node: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to everything in a body."""
    found = [at] if at else []
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for name, inner in items:
        found += _places(inner, (*at, name))
    return found


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(REAL), st.integers(0, 2**32), _ODD, st.booleans())
def test_a_body_with_anything_changed_in_it_is_read_or_ignored(body: Body, seed: int, odd: Any, gone: bool) -> None:
    changed = copy.deepcopy(body)
    *way, last = random.Random(seed).choice(_places(changed))
    inner: Any = changed
    for name in way:
        inner = inner[name]
    if gone and isinstance(inner, dict):
        del inner[last]
    else:
        inner[last] = odd
    came = read(changed, OURS)
    key = getattr(came, "key", "slack:")
    assert key.startswith("slack:")
    assert len(key) <= 255
    json.dumps(key)
