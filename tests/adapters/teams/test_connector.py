"""What is said reaches the conversation that is meant, and each refusal of Teams comes back as what it means."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web

from adapters.delivery.platforms import Later
from adapters.teams.access_tokens import APP_ID as ID_SETTING
from adapters.teams.access_tokens import APP_PASSWORD, AccessTokens, TokenRefused
from adapters.teams.connector import Connector
from adapters.teams.faults import Means, NotKnown, Turned
from adapters.teams.references import Reference, Scope
from adapters.teams.services import Services
from tests.adapters.slack.fake_weather import Fault
from tests.adapters.teams.answering import answering, saying
from tests.adapters.teams.fake_connector import FakeConnector, Method
from tests.adapters.teams.fake_login import TENANT, WRONG_SECRET
from tests.adapters.teams.fake_tenant import BOT, Chat
from tests.adapters.teams.signed_in import OURS

SAID = {"type": "message", "text": "Yes, you may."}


class Told:
    """What the connector says of its token."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def not_given(self, error: TokenRefused) -> None:
        self.said.append(f"not given: {error.setting} {error.code}")

    def not_taken(self, error: TokenRefused) -> None:
        self.said.append(f"not taken: {error.setting} {error.code}")

    def taken(self) -> None:
        self.said.append("taken")


def reference(fake: FakeConnector, chat: Chat, scope: Scope = Scope.PERSONAL) -> Reference:
    return Reference(fake.service_url(chat.region), TENANT, scope, chat.id, BOT)


def called(fake: FakeConnector, call: Callable[[Connector], Awaitable[Any]], told: Told | None = None) -> Any:
    """What comes of a call to the stand-in."""

    async def run() -> Any:
        async with fake:
            tokens = AccessTokens(OURS, fake.login_url)
            connector = Connector(tokens, Services(here=True), told or Told())
            try:
                return await call(connector)
            finally:
                await connector.close()
                await tokens.close()

    return asyncio.run(run())


def sending(fake: FakeConnector, told: Told | None = None) -> str:
    """The id of what is said to somebody."""
    chat = fake.tenant.personal("ada")
    name: str = called(fake, lambda connector: connector.send(reference(fake, chat), SAID), told)
    return name


def test_what_is_said_to_somebody_stands_in_their_chat() -> None:
    fake = FakeConnector()

    name = sending(fake)

    (message,) = fake.tenant.said_in(fake.tenant.personal("ada"))
    assert (message["id"], message["text"]) == (name, "Yes, you may.")
    assert message["from"] == {"id": BOT}


def test_what_is_said_in_a_thread_of_a_channel_stands_there() -> None:
    fake = FakeConnector()
    channel = fake.tenant.channel("desk/ä;b")
    asked = fake.tenant.typed(channel, "ada", "May I?")
    other = fake.tenant.typed(channel, "beth", "Hello")

    async def say(connector: Connector) -> None:
        where = reference(fake, channel, Scope.CHANNEL)
        await connector.send(where, SAID, thread=asked["id"])
        await connector.send(where, {"type": "message", "text": "Something new."})

    called(fake, say)

    assert [one["text"] for one in fake.tenant.said_in(channel, asked["thread"])] == ["Yes, you may."]
    assert [one["text"] for one in fake.tenant.said_in(channel)] == ["Yes, you may.", "Something new."]
    assert fake.tenant.said_in(channel, other["thread"]) == []


def test_what_was_said_can_be_put_otherwise() -> None:
    fake = FakeConnector()
    chat = fake.tenant.personal("ada")

    async def say(connector: Connector) -> None:
        name = await connector.send(reference(fake, chat), SAID)
        await connector.update(reference(fake, chat), name, {"type": "message", "text": "No."})

    called(fake, say)

    assert [one["text"] for one in fake.tenant.said_in(chat)] == ["No."]


def test_a_chat_is_opened_with_somebody_by_either_id_and_is_the_same_each_time() -> None:
    fake = FakeConnector()
    ada, channel = fake.tenant.person("ada"), fake.tenant.channel("desk")

    async def opened(connector: Connector) -> list[str]:
        where = reference(fake, channel, Scope.CHANNEL)
        return [await connector.open(where, name) for name in (ada.id, ada.directory_id)]

    assert called(fake, opened) == [fake.tenant.personal("ada").id] * 2


def test_the_roster_tells_who_somebody_is() -> None:
    fake = FakeConnector()
    chat = fake.tenant.personal("ada")
    ada = fake.tenant.person("ada")

    found = called(fake, lambda connector: connector.member(reference(fake, chat), ada.id))

    assert (found["aadObjectId"], found["userRole"], found["tenantId"]) == (ada.directory_id, "user", TENANT)


def test_somebody_sees_that_an_answer_is_on_its_way() -> None:
    fake = FakeConnector()
    chat = fake.tenant.personal("ada")

    called(fake, lambda connector: connector.typing(reference(fake, chat)))

    assert fake.tenant.typing == [chat.id]


def test_a_token_is_fetched_once_for_many_calls() -> None:
    fake = FakeConnector()
    told = Told()
    chat = fake.tenant.personal("ada")

    async def many(connector: Connector) -> None:
        await asyncio.gather(*(connector.send(reference(fake, chat), SAID) for _ in range(10)))

    called(fake, many, told)

    assert (fake.counts[Method.TOKEN], fake.counts[Method.SEND]) == (1, 10)
    assert set(told.said) == {"taken"}


def test_a_token_that_was_taken_back_is_fetched_anew_and_it_is_said_once() -> None:
    fake = FakeConnector()
    told = Told()
    chat = fake.tenant.personal("ada")

    async def twice(connector: Connector) -> None:
        await connector.send(reference(fake, chat), SAID)
        fake.login.revoke_all()
        await connector.send(reference(fake, chat), SAID)

    called(fake, twice, told)

    assert len(fake.tenant.said_in(chat)) == 2
    assert fake.counts[Method.TOKEN] == 2
    assert told.said == ["taken", "taken"]


def test_where_a_new_token_is_not_taken_either_it_waits_for_somebody_to_mend_it() -> None:
    fake = FakeConnector()
    fake.faults = [Fault(Method.SEND, times=2, status=401, error="BotNotRegistered")]
    told = Told()

    with pytest.raises(Later) as later:
        sending(fake, told)

    assert (later.value.after, later.value.in_doubt, later.value.why) == (60.0, False, "BotNotRegistered")
    assert not later.value.everywhere
    assert told.said == [f"not taken: {ID_SETTING} BotNotRegistered"]


def test_where_no_token_is_given_it_waits_for_somebody_to_mend_it() -> None:
    fake = FakeConnector()
    fake.login.refuses = WRONG_SECRET
    told = Told()

    with pytest.raises(Later) as later:
        sending(fake, told)

    assert (later.value.after, later.value.in_doubt) == (60.0, False)
    assert told.said == [f"not given: {APP_PASSWORD} AADSTS{WRONG_SECRET}"]
    assert not fake.calls_to(Method.SEND)


def test_where_the_login_is_away_it_is_sent_later_and_nothing_is_in_doubt() -> None:
    fake = FakeConnector()
    fake.faults = [Fault(Method.TOKEN, status=503, retry_after=7)]

    with pytest.raises(Later) as later:
        sending(fake)

    assert (later.value.after, later.value.in_doubt) == (7.0, False)


@pytest.mark.parametrize(
    ("status", "code", "means"),
    [
        (400, "BadArgument", Means.UNFIT),
        (403, "ConversationBlockedByUser", Means.NOT_THERE),
        (404, "ConversationNotFound", Means.NOT_THERE),
        (410, "Gone", Means.NOT_THERE),
        (413, "MessageSizeTooBig", Means.TOO_LONG),
    ],
)
def test_what_teams_turns_down_may_be_said_in_another_way(status: int, code: str, means: Means) -> None:
    fake = FakeConnector()
    fake.faults = [Fault(Method.SEND, status=status, error=code)]

    with pytest.raises(Turned) as turned:
        sending(fake)

    assert (turned.value.means, turned.value.code) == (means, code)


def test_a_chat_that_is_gone_or_a_message_that_is_turns_up_as_such() -> None:
    fake = FakeConnector()
    chat = fake.tenant.personal("ada")

    with pytest.raises(Turned) as turned:
        called(fake, lambda connector: connector.update(reference(fake, chat), "1", SAID))
    assert (turned.value.means, turned.value.code) == (Means.NOT_THERE, "ActivityNotFoundInConversation")

    chat.installed = False
    with pytest.raises(Turned) as turned:
        called(fake, lambda connector: connector.send(reference(fake, chat), SAID))
    assert (turned.value.means, turned.value.code) == (Means.NOT_THERE, "BotNotInConversationRoster")


@pytest.mark.parametrize(("asks", "waits"), [(7, 7.0), (None, None), (10**9, 3600.0)])
def test_what_is_too_much_at_once_waits_as_long_as_teams_says_and_holds_up_nothing_else(
    asks: int | None, waits: float | None
) -> None:
    fake = FakeConnector()
    fake.faults = [Fault(Method.SEND, status=429, retry_after=asks)]

    with pytest.raises(Later) as later:
        sending(fake)

    assert (later.value.after, later.value.in_doubt, later.value.everywhere) == (waits, False, False)


@pytest.mark.parametrize(
    ("fault", "in_doubt"),
    [
        (Fault(Method.SEND, status=412), False),
        (Fault(Method.SEND, status=408), True),
        (Fault(Method.SEND, status=500), True),
        (Fault(Method.SEND, status=502), True),
        (Fault(Method.SEND, status=503), True),
        (Fault(Method.SEND, status=504), True),
        (Fault(Method.SEND, status=307), True),
        (Fault(Method.SEND, drop=True), True),
        (Fault(Method.SEND, drop=True, applied=True), True),
    ],
    ids=lambda value: f"{value.status} {value.drop} {value.applied}" if isinstance(value, Fault) else None,
)
def test_while_teams_is_away_it_is_sent_later(fault: Fault, in_doubt: bool) -> None:
    fake = FakeConnector()
    fake.faults = [fault]

    with pytest.raises(Later) as later:
        sending(fake)

    assert (later.value.after, later.value.in_doubt, later.value.away) == (None, in_doubt, True)
    assert not isinstance(later.value, NotKnown)
    assert len(fake.calls_to(Method.SEND)) == 1


@pytest.mark.parametrize(("asks", "waits"), [(7, 7.0), (600, 60.0)])
def test_a_server_that_is_away_for_one_conversation_holds_up_nothing_else_and_is_believed_for_a_minute(
    asks: int, waits: float
) -> None:
    fake = FakeConnector()
    fake.faults = [Fault(Method.SEND, status=503, retry_after=asks)]

    with pytest.raises(Later) as later:
        sending(fake)

    assert (later.value.after, later.value.everywhere, later.value.in_doubt) == (waits, False, True)


def test_what_it_answers_that_is_not_known_counts_as_an_attempt() -> None:
    fake = FakeConnector()
    fake.faults = [Fault(Method.SEND, status=418, error="I am a pot; drink me")]

    with pytest.raises(NotKnown) as unknown:
        sending(fake)

    assert (unknown.value.why, unknown.value.away, unknown.value.in_doubt) == ("status_418", False, False)


def test_where_nothing_listens_nothing_is_in_doubt() -> None:
    fake = FakeConnector()
    chat = fake.tenant.personal("ada")
    nowhere = Reference("http://127.0.0.1:1/emea/", TENANT, Scope.PERSONAL, chat.id, BOT)

    with pytest.raises(Later) as later:
        called(fake, lambda connector: connector.send(nowhere, SAID))

    assert (later.value.after, later.value.in_doubt) == (None, False)


@pytest.mark.parametrize(
    "url",
    ["http://service.example/emea/", "https://ada:word@service.example/", "ftp://127.0.0.1/", "https://[", "", "emea"],
)
def test_neither_token_nor_words_go_to_what_is_no_service_of_teams(url: str) -> None:
    fake = FakeConnector()

    with pytest.raises(Turned) as turned:
        called(fake, lambda connector: connector.send(Reference(url, TENANT, Scope.PERSONAL, "a:1ada", BOT), SAID))

    assert turned.value.means is Means.NOT_THERE
    assert not fake.calls


def test_a_service_that_sends_on_to_another_is_not_followed() -> None:
    fake, followed = FakeConnector(), []

    async def elsewhere(request: web.Request) -> web.Response:
        if request.path.startswith("/other"):
            followed.append(request)
        return web.Response(status=307, headers={"Location": "/other/v3/conversations/a/activities"})

    async def run(connector: Connector) -> None:
        async with answering(elsewhere) as url:
            await connector.send(Reference(url, TENANT, Scope.PERSONAL, "a:1ada", BOT), SAID)

    with pytest.raises(Later):
        called(fake, run)
    assert not followed


@pytest.mark.parametrize("said", ["", "[]", "null", "{", '{"id": 5}', "<html>", "x" * 2_000_000, "[" * 100_000])
def test_an_answer_that_cannot_be_read_says_by_its_status_what_was_done(said: str) -> None:
    async def run(connector: Connector) -> str:
        async with saying(said, 201) as (url, _):
            where = Reference(url, TENANT, Scope.PERSONAL, "a:1ada", BOT)
            with pytest.raises(Later):
                await connector.open(where, "29:1ada")
            if said != '{"id": 5}':
                with pytest.raises(Later):
                    await connector.member(where, "29:1ada")
            return await connector.send(where, SAID)

    assert called(FakeConnector(), run) == ""


def test_without_an_app_id_no_token_is_shown() -> None:
    fake = FakeConnector(open_to_all=True)
    chat = fake.tenant.personal("ada")

    async def run() -> None:
        async with fake:
            connector = Connector(None, Services(beyond=False, here=True), Told())
            try:
                await connector.send(reference(fake, chat), SAID)
            finally:
                await connector.close()

    asyncio.run(run())

    (call,) = fake.calls
    assert call.authorization == ""


@pytest.mark.parametrize(
    ("services", "url", "has"),
    [
        (Services(), "https://smba.service.example/uk/", True),
        (Services(), "http://smba.service.example/uk/", False),
        (Services(), "http://127.0.0.1:9010/emea/", False),
        (Services(here=True), "http://127.0.0.1:9010/emea/", True),
        (Services(here=True), "http://localhost:9010/emea/", True),
        (Services(here=True), "http://127.0.0.1.service.example/", False),
        (Services(here=True), "https://smba.service.example/uk/", True),
        (Services(beyond=False, here=True), "https://smba.service.example/uk/", False),
        (Services(beyond=False, here=True), "http://[::1]:9010/", True),
    ],
)
def test_services_are_on_an_encrypted_line_or_stand_in_on_this_machine(services: Services, url: str, has: bool) -> None:
    assert services.has(url) is has
