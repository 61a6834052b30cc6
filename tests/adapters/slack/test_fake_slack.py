"""The stand-in for Slack does what Slack does, and refuses what Slack refuses."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.adapters.slack.fake_methods import SCOPES
from tests.adapters.slack.fake_slack import BOT_TOKEN, FakeSlack
from tests.adapters.slack.fake_weather import Fault
from tests.adapters.slack.fake_workspace import BOT_USER, Channel, User, Workspace

Does = Callable[[FakeSlack, AsyncWebClient], Awaitable[None]]
VIEW = {"type": "modal", "title": {"type": "plain_text", "text": "One"}, "blocks": [{"type": "divider"}]}
HOME = {"type": "home", "blocks": [{"type": "divider"}]}
WORDS = {"type": "section", "text": {"type": "plain_text", "text": "Words"}}


def with_slack(does: Does, slack: FakeSlack | None = None) -> None:
    """Has something done with a stand-in and a client of it."""

    async def run() -> None:
        async with slack or FakeSlack() as there, aiohttp.ClientSession() as session:
            client = AsyncWebClient(BOT_TOKEN, base_url=there.api_url, session=session, retry_handlers=[])
            await does(there, client)

    asyncio.run(run())


async def refusal(call: Awaitable[Any]) -> str:
    """The code with which a call is refused; empty where it is not."""
    try:
        await call
    except SlackApiError as error:
        return str(error.response["error"])
    return ""


def test_a_posted_message_is_there_and_tells_its_metadata_only_where_it_is_asked_for() -> None:
    async def does(slack: FakeSlack, client: AsyncWebClient) -> None:
        asked = slack.workspace.typed("C1", "U1", "May we?")
        metadata = {"event_type": "verse_reply", "event_payload": {"key": "k"}}
        await client.chat_postMessage(channel="C1", thread_ts=asked["ts"], text="Yes.", metadata=metadata)
        plain = await client.conversations_replies(channel="C1", ts=asked["ts"])
        whole = await client.conversations_replies(channel="C1", ts=asked["ts"], include_all_metadata=True)

        assert [one["text"] for one in slack.workspace.thread("C1", asked["ts"])] == ["Yes."]
        assert "metadata" not in plain["messages"][1]
        assert whole["messages"][1]["metadata"] == metadata

    with_slack(does)


def test_an_edit_without_blocks_leaves_those_that_are_there_and_an_empty_list_takes_them_away() -> None:
    async def does(slack: FakeSlack, client: AsyncWebClient) -> None:
        posted = await client.chat_postMessage(channel="C1", text="Words", blocks=[WORDS])
        message = slack.workspace.messages["C1"]
        await client.chat_update(channel="C1", ts=posted["ts"], text="Others")
        assert message[posted["ts"]]["blocks"]
        await client.chat_update(channel="C1", ts=posted["ts"], text="Others", blocks=[])
        assert "blocks" not in message[posted["ts"]]

    with_slack(does)


def test_only_own_messages_are_edited() -> None:
    async def does(slack: FakeSlack, client: AsyncWebClient) -> None:
        theirs = slack.workspace.typed("C1", "U1", "Mine")

        assert await refusal(client.chat_update(channel="C1", ts=theirs["ts"], text="x")) == "cant_update_message"
        assert await refusal(client.chat_update(channel="C1", ts="1.1", text="x")) == "message_not_found"

    with_slack(does)


def test_a_method_without_its_scope_is_refused() -> None:
    async def does(_slack: FakeSlack, client: AsyncWebClient) -> None:
        assert await refusal(client.users_info(user="U1")) == "missing_scope"
        assert await refusal(client.conversations_info(channel="C1")) == "missing_scope"

    with_slack(does, FakeSlack(scopes=SCOPES - {"users:read", "channels:read"}))


def test_a_channel_is_closed_to_an_app_that_is_not_in_it() -> None:
    async def does(slack: FakeSlack, client: AsyncWebClient) -> None:
        channels = slack.workspace.channels
        channels["C2"], channels["C3"] = Channel(bot_in=False), Channel(bot_in=False, private=True)
        channels["C4"], channels["C5"] = Channel(archived=True), Channel(members={"U2"})

        assert await refusal(client.chat_postMessage(channel="C2", text="x")) == "not_in_channel"
        assert await refusal(client.chat_postMessage(channel="C3", text="x")) == "channel_not_found"
        assert await refusal(client.chat_postMessage(channel="C4", text="x")) == "is_archived"
        assert await refusal(client.chat_postEphemeral(channel="C5", user="U1", text="x")) == "user_not_in_channel"

    with_slack(does)


def test_whoever_has_left_or_never_was_is_not_reached() -> None:
    async def does(slack: FakeSlack, client: AsyncWebClient) -> None:
        slack.workspace.users["U2"], slack.workspace.nobody = User("U2", gone=True), {"U3"}

        assert await refusal(client.conversations_open(users="U2")) == "user_disabled"
        assert await refusal(client.users_info(user="U3")) == "user_not_found"

    with_slack(does)


def test_a_trigger_opens_one_modal_and_only_at_once() -> None:
    now = time.time()

    async def does(slack: FakeSlack, client: AsyncWebClient) -> None:
        nonlocal now
        first, second = slack.workspace.new_trigger("U1"), slack.workspace.new_trigger("U1")
        await client.views_open(trigger_id=first, view=VIEW)
        assert await refusal(client.views_open(trigger_id=first, view=VIEW)) == "exchanged_trigger_id"
        now += 4
        assert await refusal(client.views_open(trigger_id=second, view=VIEW)) == "expired_trigger_id"

    with_slack(does, FakeSlack(Workspace(lambda: now)))


def test_a_view_that_has_changed_is_not_overwritten_and_one_that_is_closed_is_gone() -> None:
    async def does(slack: FakeSlack, client: AsyncWebClient) -> None:
        view = {**VIEW, "external_id": "mine"}
        opened = (await client.views_open(trigger_id=slack.workspace.new_trigger("U1"), view=view))["view"]
        await client.views_update(external_id="mine", view=view)

        late = client.views_update(view_id=opened["id"], hash=opened["hash"], view=view)
        assert await refusal(late) == "hash_conflict"
        slack.workspace.close(slack.workspace.views[opened["id"]])
        assert await refusal(client.views_update(view_id=opened["id"], view=view)) == "not_found"

    with_slack(does)


def test_two_views_may_not_have_the_same_external_id() -> None:
    async def does(slack: FakeSlack, client: AsyncWebClient) -> None:
        view, trigger = {**VIEW, "external_id": "mine"}, slack.workspace.new_trigger
        await client.views_open(trigger_id=trigger("U1"), view=view)

        assert await refusal(client.views_open(trigger_id=trigger("U2"), view=view)) == "duplicate_external_id"

    with_slack(does)


def test_a_home_is_published_for_one_person() -> None:
    async def does(slack: FakeSlack, client: AsyncWebClient) -> None:
        await client.views_publish(user_id="U1", view=HOME)

        assert slack.workspace.homes.keys() == {"U1"}
        assert await refusal(client.views_publish(user_id="U1", view=VIEW)) == "invalid_arguments"

    with_slack(does)


def test_malformed_blocks_are_refused_with_where_they_are_wrong() -> None:
    async def does(_slack: FakeSlack, client: AsyncWebClient) -> None:
        empty = {"type": "section", "text": {"type": "plain_text", "text": ""}}
        with pytest.raises(SlackApiError) as refused:
            await client.chat_postMessage(channel="C1", text="x", blocks=[empty])

        assert refused.value.response["error"] == "invalid_blocks"
        assert "/blocks/0/text" in str(refused.value.response["errors"])

    with_slack(does)


def test_a_response_url_replaces_what_was_pressed_five_times_and_for_half_an_hour() -> None:
    now = time.time()

    async def does(slack: FakeSlack, client: AsyncWebClient) -> None:
        nonlocal now
        assert client.session is not None
        posted = await client.chat_postEphemeral(channel="C1", user="U1", text="First")
        url, late = (slack.response_url("C1", "U1", posted["message_ts"], ephemeral=True) for _ in range(2))

        async def post(to: str, text: str) -> int:
            assert client.session is not None
            async with client.session.post(to, json={"text": text, "replace_original": True}) as answer:
                return answer.status

        assert [await post(url, f"Number {number}") for number in range(6)] == [200] * 5 + [404]
        assert [one["text"] for one in slack.workspace.ephemerals] == ["Number 4"]
        now += 31 * 60
        assert await post(late, "Late") == 404

    with_slack(does, FakeSlack(Workspace(lambda: now)))


def test_a_token_can_be_taken_away_at_any_time() -> None:
    async def does(slack: FakeSlack, client: AsyncWebClient) -> None:
        assert (await client.auth_test())["user_id"] == BOT_USER
        slack.refuses = "token_revoked"
        assert await refusal(client.auth_test()) == "token_revoked"

    with_slack(does)


def test_a_fault_may_come_after_the_call_was_carried_out() -> None:
    async def does(slack: FakeSlack, client: AsyncWebClient) -> None:
        slack.faults = [Fault("chat.postMessage", applied=True, drop=True)]
        with pytest.raises(aiohttp.ClientError):
            await client.chat_postMessage(channel="C1", text="Words")

        assert [one["text"] for one in slack.workspace.messages["C1"].values()] == ["Words"]

    with_slack(does)


def test_a_slack_that_is_down_answers_nobody() -> None:
    async def does(slack: FakeSlack, client: AsyncWebClient) -> None:
        slack.down = True
        with pytest.raises(aiohttp.ClientError):
            await client.auth_test()

    with_slack(does)


def test_past_a_post_a_second_in_a_channel_it_asks_to_wait() -> None:
    async def does(_slack: FakeSlack, client: AsyncWebClient) -> None:
        for _ in range(5):
            await client.chat_postMessage(channel="C1", text="x")
        with pytest.raises(SlackApiError) as refused:
            await client.chat_postMessage(channel="C1", text="x")

        assert refused.value.response.status_code == 429
        assert refused.value.response.headers["Retry-After"] == "1"

    with_slack(does, FakeSlack(rate_limits=True))
