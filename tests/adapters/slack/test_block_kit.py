"""The validator of Block Kit: what Slack takes passes, and what it refuses does not."""

from typing import Any

import pytest

from tests.adapters.slack.block_kit import blocks_problems, text_total, view_problems

PLAIN = {"type": "plain_text", "text": "Words"}
BUTTON = {"type": "button", "text": PLAIN, "action_id": "a", "value": "v"}
OPTION = {"text": PLAIN, "value": "one"}
FIELD = {"type": "input", "label": PLAIN, "element": {"type": "plain_text_input", "action_id": "given"}}
MODAL = {"type": "modal", "title": PLAIN, "blocks": [{"type": "divider"}]}


def rich(*leaves: dict[str, Any], kind: str = "rich_text_section") -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(leaves)}]}


def menu(kind: str, **further: Any) -> dict[str, Any]:
    element = {"type": kind, "action_id": "a", "options": [OPTION], **further}
    return {"type": "input", "label": PLAIN, "element": element}


SOUND = [
    {"type": "section", "text": PLAIN},
    {"type": "header", "text": PLAIN},
    {"type": "divider", "block_id": "d"},
    {"type": "context", "elements": [PLAIN]},
    {"type": "actions", "elements": [BUTTON, {**BUTTON, "action_id": "b", "style": "danger"}]},
    rich({"type": "text", "text": "Words", "style": {"bold": True}}),
    rich({"type": "text", "text": "Words"}, kind="rich_text_quote"),
    FIELD,
    menu("radio_buttons", initial_option=OPTION),
    menu("multi_static_select", initial_options=[OPTION]),
]
BROKEN = [
    {"type": "section"},
    {"type": "section", "text": {"type": "plain_text", "text": ""}},
    {"type": "section", "text": {"type": "plain_text", "text": "x" * 3001}},
    {"type": "section", "text": PLAIN, "colour": "red"},
    {"type": "header", "text": {"type": "mrkdwn", "text": "Words"}},
    {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}},
    {"type": "context", "elements": [PLAIN] * 11},
    {"type": "actions", "elements": []},
    {"type": "actions", "elements": [BUTTON, BUTTON]},
    {"type": "actions", "elements": [{**BUTTON, "value": "x" * 2001}]},
    {"type": "actions", "elements": [{**BUTTON, "text": {"type": "plain_text", "text": "x" * 76}}]},
    {"type": "actions", "elements": [{**BUTTON, "style": "loud"}]},
    {"type": "actions", "elements": [FIELD["element"]]},
    {"type": "input", "label": PLAIN, "element": BUTTON},
    {"type": "divider", "block_id": ""},
    {"type": "sticker"},
    rich({"type": "text", "text": ""}),
    rich({"type": "shout", "text": "Words"}),
    rich({"type": "user", "user_id": "U1"}, kind="rich_text_preformatted"),
    {"type": "rich_text", "elements": []},
    menu("static_select", options=[]),
    menu("static_select", options=[OPTION, OPTION]),
    menu("static_select", options=[{"text": {"type": "mrkdwn", "text": "Words"}, "value": "one"}]),
    menu("radio_buttons", options=[{"text": PLAIN, "value": str(number)} for number in range(11)]),
    menu("radio_buttons", initial_option={"text": PLAIN, "value": "two"}),
    menu("checkboxes", initial_options=[]),
    {**FIELD, "element": {"type": "plain_text_input", "action_id": "given", "initial_value": "x" * 3001}},
]
BROKEN_VIEWS = [
    {**MODAL, "type": "page"},
    {**MODAL, "title": {"type": "plain_text", "text": "x" * 25}},
    {**MODAL, "blocks": [FIELD]},
    {**MODAL, "blocks": [{"type": "divider"}] * 101},
    {**MODAL, "private_metadata": "x" * 3001},
    {**MODAL, "external_id": "x" * 256},
    {**MODAL, "hash": "1.2"},
    {**MODAL, "blocks": [{"type": "markdown", "text": "Words"}]},
    {"type": "home", "title": PLAIN, "blocks": [{"type": "divider"}]},
]


@pytest.mark.parametrize("block", SOUND, ids=lambda block: str(block["type"]))
def test_a_sound_block_has_no_problem(block: dict[str, Any]) -> None:
    assert blocks_problems([block]) == []


@pytest.mark.parametrize("block", BROKEN)
def test_a_broken_block_has_a_problem(block: dict[str, Any]) -> None:
    assert blocks_problems([block])


def test_a_message_holds_fifty_blocks_and_a_modal_a_hundred() -> None:
    blocks = [{"type": "divider"}] * 51

    assert blocks_problems(blocks)
    assert blocks_problems(blocks, "modal") == []


def test_two_blocks_may_not_have_the_same_id() -> None:
    assert blocks_problems([{"type": "divider", "block_id": "d"}] * 2)


def test_a_sound_modal_and_a_sound_home_have_no_problem() -> None:
    assert view_problems({**MODAL, "submit": PLAIN, "blocks": [FIELD]}) == []
    assert view_problems({"type": "home", "blocks": [{"type": "divider"}]}) == []


@pytest.mark.parametrize("view", BROKEN_VIEWS)
def test_a_broken_view_has_a_problem(view: dict[str, Any]) -> None:
    assert view_problems(view)


def test_the_text_of_all_blocks_is_counted() -> None:
    assert text_total([rich({"type": "text", "text": "four"}), {"type": "context", "elements": [PLAIN]}]) == 9
