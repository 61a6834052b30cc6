"""The stand-in for Teams does what Teams does, and refuses what Teams refuses."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import jwt
import pytest

from tests.adapters.slack.fake_weather import Fault
from tests.adapters.teams.fake_connector import FakeConnector
from tests.adapters.teams.fake_login import APP_ID, ISSUER, SCOPE, SECRET, TENANT
from tests.adapters.teams.fake_rules import CARD
from tests.adapters.teams.fake_tenant import AMER, OTHER_TENANT, User
from tests.adapters.teams.plain_client import PlainClient

Does = Callable[[FakeConnector, PlainClient], Awaitable[None]]
CITED = {"@type": "DigitalDocument", "name": "Rules 1.2", "abstract": "Friends may come."}


def with_teams(does: Does, teams: FakeConnector | None = None) -> None:
    """Has something done with a stand-in and a client of it that has a token."""

    async def run() -> None:
        async with teams or FakeConnector() as there, aiohttp.ClientSession() as session:
            client = PlainClient(session, there)
            await client.log_in()
            await does(there, client)

    asyncio.run(run())


def message(text: str = "Yes [1].", **further: Any) -> dict[str, Any]:
    return {"type": "message", "text": text, **further}


def citing(*citations: dict[str, Any], roots: int = 1, text: str = "Yes [1].") -> dict[str, Any]:
    """A message with what Teams shows of its sources."""
    root = {
        "type": "https://schema.org/Message",
        "@type": "Message",
        "@context": "https://schema.org",
        "citation": list(citations),
    }
    return message(text, entities=[root] * roots)


def claim(position: int = 1, **shown: Any) -> dict[str, Any]:
    return {"@type": "Claim", "position": position, "appearance": CITED | shown}


def test_what_is_sent_to_a_person_is_seen_by_them_alone_and_can_be_edited() -> None:
    async def does(teams: FakeConnector, client: PlainClient) -> None:
        chat = teams.tenant.personal("ann")
        teams.tenant.personal("ben")
        sent = await client.send(chat.id, message("First"))
        await client.update(chat.id, sent.name, message("Second"))

        assert [one["text"] for one in teams.tenant.seen_by("ann")] == ["Second"]
        assert teams.tenant.seen_by("ben") == []
        assert teams.counts["update"] == 1

    with_teams(does)


def test_a_thread_of_a_channel_is_reached_by_its_message_and_by_a_reply_to_it() -> None:
    async def does(teams: FakeConnector, client: PlainClient) -> None:
        channel = teams.tenant.channel("choir")
        asked = teams.tenant.typed(channel, "ann", "May we?")
        await client.send(f"{channel.id};messageid={asked['id']}", message("In it"))
        await client.call("POST", f"{channel.id}/activities/{asked['id']}", message("As a reply"))
        await client.send(channel.id, message("Another"))

        assert [one["text"] for one in teams.tenant.said_in(channel, asked["id"])] == ["In it", "As a reply"]
        assert len(teams.tenant.said_in(channel)) == 3
        assert (await client.send(f"{channel.id};messageid=1", message())).status == 404

    with_teams(does)


def test_writing_is_shown_and_leaves_no_message() -> None:
    async def does(teams: FakeConnector, client: PlainClient) -> None:
        chat = teams.tenant.personal("ann")
        assert (await client.send(chat.id, {"type": "typing"})).status == 201

        assert teams.tenant.typing == [chat.id]
        assert teams.tenant.seen_by("ann") == []
        assert teams.counts["typing"] == 1

    with_teams(does)


def test_a_chat_without_the_app_one_that_blocks_it_and_one_that_is_not_there_are_told_apart() -> None:
    async def does(teams: FakeConnector, client: PlainClient) -> None:
        chat, tenant = teams.tenant.personal("ann"), teams.tenant
        tenant.person("ann").installed = False
        assert (await client.send(chat.id, message())).refused == (403, "BotNotInConversationRoster")
        tenant.person("ann").installed, tenant.person("ann").blocks = True, True
        assert (await client.send(chat.id, message())).refused == (403, "ConversationBlockedByUser")
        assert (await client.send("a:nobody", message())).refused == (404, "ConversationNotFound")
        tenant.channel("desk").installed = False
        assert (await client.send(tenant.channel("desk").id, message())).status == 403

    with_teams(does)


def test_only_what_the_bot_said_is_edited() -> None:
    async def does(teams: FakeConnector, client: PlainClient) -> None:
        chat = teams.tenant.personal("ann")
        theirs = teams.tenant.typed(chat, "ann", "Mine")

        assert (await client.update(chat.id, "17", message())).refused == (404, "ActivityNotFoundInConversation")
        assert (await client.update(chat.id, theirs["id"], message())).status == 403

    with_teams(does)


def test_a_chat_is_at_its_own_service_url_and_at_no_other() -> None:
    async def does(teams: FakeConnector, client: PlainClient) -> None:
        teams.tenant.person("ann", region=AMER)
        chat = teams.tenant.personal("ann")

        assert (await client.send(chat.id, message(), AMER)).status == 201
        assert (await client.send(chat.id, message())).status == 404

    with_teams(does)


def test_the_chat_with_somebody_is_opened_once_by_either_of_their_ids_where_they_have_the_app() -> None:
    async def does(teams: FakeConnector, client: PlainClient) -> None:
        ann, ben = teams.tenant.person("ann"), teams.tenant.person("ben", installed=False)
        first, again = await client.create(ann.id), await client.create(ann.directory_id)

        assert first.name == again.name == teams.tenant.personal("ann").id
        assert (await client.create(ben.id)).status == 403
        assert (await client.create("29:nobody")).status == 404
        assert (await client.create(ann.id, tenant="")).status == 400

    with_teams(does)


def test_a_roster_tells_guests_and_other_tenants_and_comes_in_pages() -> None:
    async def does(teams: FakeConnector, client: PlainClient) -> None:
        people = [User("ann"), User("gus", guest=True), User("odo", tenant=OTHER_TENANT), User("uma", unknown=True)]
        teams.tenant.people |= {one.name: one for one in people}
        group = teams.tenant.group("tenors", {one.name for one in people})

        async def of(name: str) -> Any:
            return (await client.call("GET", f"{group.id}/members/{teams.tenant.person(name).id}")).body

        assert (await of("ann"))["userRole"] == "user"
        assert (await of("ann"))["aadObjectId"] == teams.tenant.person("ann").directory_id
        assert (await of("gus"))["userRole"] == "guest"
        assert (await of("odo"))["tenantId"] == OTHER_TENANT
        assert "aadObjectId" not in await of("uma")
        page = (await client.call("GET", f"{group.id}/pagedmembers?pageSize=3")).body
        rest = (await client.call("GET", f"{group.id}/pagedmembers?pageSize=3&continuationToken=3")).body
        assert (len(page["members"]), len(rest["members"]), "continuationToken" in rest) == (3, 1, False)
        assert (await client.call("GET", f"{group.id}/members/29:nobody")).status == 404

    with_teams(does)


def test_without_a_token_that_the_login_gave_nothing_is_taken() -> None:
    async def does(teams: FakeConnector, client: PlainClient) -> None:
        chat = teams.tenant.personal("ann")
        assert (await client.send(chat.id, message())).status == 201
        teams.login.revoke_all()
        assert (await client.send(chat.id, message())).status == 401
        teams.open_to_all = True
        assert (await client.send(chat.id, message())).status == 201

    with_teams(does)


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "trace"},
        message(""),
        message(summary=None),
        message(textFormat="html"),
        message(channelData={"feedbackLoop": {"type": "thumbs"}}),
        message(attachments=[{"contentType": CARD, "content": {"body": []}}]),
        message(attachments=[{"contentType": CARD, "content": {"type": "AdaptiveCard", "version": "1.5", "body": []}}]),
        message(suggestedActions={"actions": [{"type": "openUrl", "title": "Go", "value": "https://a.example"}]}),
        citing(claim(), roots=2),
        citing(claim(name="n" * 81)),
        citing(claim(abstract="a" * 161)),
        citing(claim(abstract="")),
        citing(claim(url=None)),
        citing(claim(keywords=["one", "two", "three", "four"])),
        citing(claim(), claim()),
        citing(claim(2)),
        citing(*(claim(number) for number in range(1, 22)), text=str([[number] for number in range(1, 22)])),
    ],
)
def test_malformed_messages_are_refused(wrong: dict[str, Any]) -> None:
    async def does(teams: FakeConnector, client: PlainClient) -> None:
        chat = teams.tenant.personal("ann")

        assert (await client.send(chat.id, wrong)).refused == (400, "BadSyntax")

    with_teams(does)


def test_a_message_with_sources_is_taken_up_to_the_size_that_teams_takes() -> None:
    async def does(teams: FakeConnector, client: PlainClient) -> None:
        chat = teams.tenant.personal("ann")
        assert (await client.send(chat.id, citing(claim()))).status == 201
        assert (await client.send(chat.id, message("x" * 51_100))).status == 201
        assert (await client.send(chat.id, message("x" * 51_200))).refused == (413, "MessageSizeTooBig")

    with_teams(does)


def test_a_fault_may_come_after_the_call_was_carried_out() -> None:
    async def does(teams: FakeConnector, client: PlainClient) -> None:
        teams.faults = [Fault("send", applied=True, drop=True), Fault("send", status=429, retry_after=7)]
        chat = teams.tenant.personal("ann")
        with pytest.raises(aiohttp.ClientError):
            await client.send(chat.id, message("Words"))
        slow = await client.send(chat.id, message("Words"))

        assert [one["text"] for one in teams.tenant.seen_by("ann")] == ["Words"]
        assert (slow.status, slow.retry_after) == (429, "7")

    with_teams(does)


def test_past_seven_messages_a_second_in_a_chat_it_asks_to_wait() -> None:
    async def does(teams: FakeConnector, client: PlainClient) -> None:
        chat = teams.tenant.personal("ann")
        for _ in range(7):
            await client.send(chat.id, message())

        assert (await client.send(chat.id, message())).status == 429
        assert (await client.send(teams.tenant.personal("ben").id, message())).status == 201

    with_teams(does, FakeConnector(rate_limits=True))


def test_what_it_signs_is_known_by_its_keys_until_these_are_changed() -> None:
    async def does(teams: FakeConnector, client: PlainClient) -> None:
        token = teams.bearer().removeprefix("Bearer ")
        kid = jwt.get_unverified_header(token)["kid"]

        async def keys() -> dict[str, Any]:
            found = await client.get((await client.get(teams.keys_url))["jwks_uri"])
            return {one["kid"]: one for one in found["keys"]}

        key = jwt.PyJWK(next(one for name, one in (await keys()).items() if name == kid))
        claims = jwt.decode(token, key, algorithms=["RS256"], audience=APP_ID, issuer=ISSUER)
        assert claims["serviceurl"] == teams.service_url()
        teams.channel.rotate(keep_old=False)
        assert kid not in await keys()

    with_teams(does)


def test_the_login_gives_a_token_for_the_right_secret_alone() -> None:
    async def does(teams: FakeConnector, client: PlainClient) -> None:
        assert await client.asked_for_token(TENANT, APP_ID, "another") == (401, 7000215)
        assert await client.asked_for_token(TENANT, "another", SECRET) == (400, 700016)
        assert await client.asked_for_token(OTHER_TENANT, APP_ID, SECRET) == (400, 90002)
        assert (await client.asked_for_token(TENANT, APP_ID, SECRET, "openid"))[0] == 400
        teams.login.refuses = 7000222
        assert await client.asked_for_token(TENANT, APP_ID, SECRET) == (401, 7000222)
        teams.login.refuses = 0
        assert await client.asked_for_token(TENANT, APP_ID, SECRET, SCOPE) == (200, 0)

    with_teams(does)


def test_a_teams_that_is_down_answers_nobody() -> None:
    async def does(teams: FakeConnector, client: PlainClient) -> None:
        teams.down = True
        with pytest.raises(aiohttp.ClientError):
            await client.send(teams.tenant.personal("ann").id, message())

    with_teams(does)
