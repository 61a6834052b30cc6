"""The bot's own tokens are fetched once, renewed in time, and what hinders that is told apart."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web

from adapters.settings_of_microsoft import LOGIN
from adapters.teams.access_tokens import APP_ID as ID_SETTING
from adapters.teams.access_tokens import APP_PASSWORD, APP_TENANT_ID, AccessTokens, Away, TokenRefused
from adapters.teams.checking_tokens import CheckingTokens
from adapters.teams.identity import Identity
from adapters.tokens import GOOD, NOT_CHECKED
from tests.adapters.slack.fake_weather import Fault
from tests.adapters.teams.answering import saying
from tests.adapters.teams.fake_connector import FakeConnector, Method
from tests.adapters.teams.fake_login import APP_ID, NO_SUCH_APP, NO_SUCH_TENANT, OLD_SECRET, TENANT, WRONG_SECRET
from tests.adapters.teams.signed_in import OURS, Clock


def with_tokens(fake: FakeConnector, use: Callable[[AccessTokens], Awaitable[Any]], **known: Any) -> Any:
    """What comes of using tokens that are fetched from the stand-in."""

    async def run() -> Any:
        async with fake:
            tokens = AccessTokens(known.pop("identity", OURS), fake.login_url, **known)
            try:
                return await use(tokens)
            finally:
                await tokens.close()

    return asyncio.run(run())


async def one(tokens: AccessTokens) -> str:
    return await tokens.token()


def test_a_token_is_fetched_once_however_many_ask() -> None:
    fake = FakeConnector()

    async def many(tokens: AccessTokens) -> list[str]:
        return [*await asyncio.gather(*(tokens.token() for _ in range(8))), await tokens.token()]

    given = with_tokens(fake, many)

    assert len(set(given)) == 1
    assert fake.login.knows(given[0])
    assert fake.counts[Method.TOKEN] == 1


def test_it_shows_who_it_is_to_its_own_tenant() -> None:
    fake = FakeConnector()

    with_tokens(fake, one)

    (call,) = fake.calls_to(Method.TOKEN)
    assert call.about == TENANT
    assert (call.body["client_id"], call.body["client_secret"]) == (APP_ID, "fake~client-secret")


def test_one_that_nears_its_end_is_renewed_while_it_is_still_used() -> None:
    fake, clock = FakeConnector(), Clock()

    async def later(tokens: AccessTokens) -> list[str]:
        first = await tokens.token()
        clock.seconds += 3_400
        used = await tokens.token()
        await fake.wait_for(Method.TOKEN, 2)
        while (renewed := await tokens.token()) == first:
            await asyncio.sleep(0)
        return [first, used, renewed]

    first, used, renewed = with_tokens(fake, later, clock=clock)

    assert first == used != renewed
    assert fake.counts[Method.TOKEN] == 2


def test_while_it_cannot_be_renewed_it_is_used_to_its_end() -> None:
    fake, clock = FakeConnector(), Clock()

    async def later(tokens: AccessTokens) -> list[str]:
        given = [await tokens.token()]
        fake.down = True
        for seconds in (3_400, 31, 31):
            clock.seconds += seconds
            given.append(await tokens.token())
        clock.seconds += 3_600
        with pytest.raises(Away):
            await tokens.token()
        fake.down = False
        return [*given, await tokens.token()]

    first, *used, renewed = with_tokens(fake, later, clock=clock)

    assert used == [first] * 3
    assert renewed != first


def test_one_that_is_no_good_any_more_is_fetched_anew_and_only_that_one() -> None:
    fake = FakeConnector()

    async def spoilt(tokens: AccessTokens) -> list[str]:
        first = await tokens.token()
        tokens.spoilt(first)
        second = await tokens.token()
        tokens.spoilt(first)
        return [first, second, await tokens.token()]

    first, second, third = with_tokens(fake, spoilt)

    assert first != second == third


@pytest.mark.parametrize(
    ("number", "setting"),
    [
        (WRONG_SECRET, APP_PASSWORD),
        (OLD_SECRET, APP_PASSWORD),
        (NO_SUCH_APP, ID_SETTING),
        (NO_SUCH_TENANT, APP_TENANT_ID),
    ],
)
def test_what_microsoft_refuses_names_the_setting_and_its_number(number: int, setting: str) -> None:
    fake = FakeConnector()
    fake.login.refuses = number

    with pytest.raises(TokenRefused) as refused:
        with_tokens(fake, one)

    assert (refused.value.code, refused.value.setting) == (f"AADSTS{number}", setting)


def test_once_the_secret_is_good_again_nothing_remembers_that_it_was_not() -> None:
    fake = FakeConnector()

    async def mended(tokens: AccessTokens) -> str:
        fake.login.refuses = WRONG_SECRET
        with pytest.raises(TokenRefused):
            await tokens.token()
        fake.login.refuses = 0
        return await tokens.token()

    assert fake.login.knows(with_tokens(fake, mended))


@pytest.mark.parametrize("method", [Method.DISCOVERY, Method.TOKEN])
@pytest.mark.parametrize(
    ("fault", "after"),
    [
        ({"status": 500}, None),
        ({"status": 503, "retry_after": 9}, 9.0),
        ({"status": 429, "retry_after": 7}, 7.0),
        ({"status": 302}, None),
        ({"drop": True}, None),
    ],
    ids=str,
)
def test_a_login_that_is_away_says_nothing_of_the_secret(
    method: Method, fault: dict[str, Any], after: float | None
) -> None:
    fake = FakeConnector()
    fake.faults = [Fault(method, times=5, **fault)]

    with pytest.raises(Away) as away:
        with_tokens(fake, one)

    assert away.value.after == after


def test_where_nothing_listens_it_is_away() -> None:
    with pytest.raises(Away):
        asyncio.run(AccessTokens(OURS, "http://127.0.0.1:1/").token())


@pytest.mark.parametrize("status", [200, 400, 403])
@pytest.mark.parametrize(
    "body", ["", "<html>Sign in to the network</html>", "[]", "null", '"yes"', '{"error": 5}', "{}"]
)
def test_what_is_no_answer_of_microsofts_says_nothing_of_the_secret(body: str, status: int) -> None:
    async def run() -> None:
        async with saying(body, status) as (url, _):
            await AccessTokens(OURS, url).token()

    with pytest.raises(Away):
        asyncio.run(run())


def test_a_managed_identity_asks_the_machine_that_it_is_on(monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> tuple[str, web.Request]:
        body = f'{{"access_token": "of-the-machine", "expires_on": "{int(time.time()) + 3600}"}}'
        async with saying(body) as (url, asked):
            monkeypatch.setenv("IDENTITY_ENDPOINT", f"{url}msi/token")
            monkeypatch.setenv("IDENTITY_HEADER", "header-of-the-machine")
            return await AccessTokens(Identity(APP_ID, TENANT, None), LOGIN).token(), asked[0]

    token, request = asyncio.run(run())

    assert token == "of-the-machine"
    assert (request.query["client_id"], request.query["resource"]) == (APP_ID, "https://api.botframework.com")


def test_a_managed_identity_that_the_machine_does_not_have_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> None:
        said = '{"error": "invalid_request", "error_description": "Identity not found"}'
        async with saying(said, 400) as (url, _):
            for name in ("IDENTITY_ENDPOINT", "IDENTITY_HEADER", "MSI_ENDPOINT"):
                monkeypatch.delenv(name, raising=False)
            monkeypatch.setenv("AZURE_POD_IDENTITY_AUTHORITY_HOST", url)
            await AccessTokens(Identity(APP_ID, TENANT, None), LOGIN).token()

    with pytest.raises(TokenRefused) as refused:
        asyncio.run(run())

    assert (refused.value.code, refused.value.setting) == ("invalid_request", ID_SETTING)


class Watching:
    """What is told of each look, and the seconds that are let pass between them: at each, the weather may change."""

    def __init__(self, then: Callable[[], None] = lambda: None) -> None:
        self.told: list[TokenRefused | Away | None] = []
        self.pauses: list[float] = []
        self._then, self._good = then, asyncio.Event()

    def tell(self, found: TokenRefused | Away | None) -> None:
        self.told.append(found)
        if found is None:
            self._good.set()

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self._then()

    async def until_good(self) -> None:
        await asyncio.wait_for(self._good.wait(), 5)
        self._good.clear()


class TestChecking:
    def test_without_an_app_id_all_is_well(self) -> None:
        async def run() -> tuple[str, str]:
            watching = Watching()
            checking = CheckingTokens(None, watching.tell)
            before = checking.stands
            checking.start()
            await watching.until_good()
            await checking.close()
            return before, checking.stands

        assert asyncio.run(run()) == (NOT_CHECKED, GOOD)

    def test_it_looks_until_the_secret_is_good_and_says_which_was_not(self) -> None:
        fake = FakeConnector()
        fake.login.refuses = WRONG_SECRET
        stood: list[str] = []

        async def look(tokens: AccessTokens) -> Watching:
            def mend() -> None:
                stood.append(checking.stands)
                fake.login.refuses = 0

            watching = Watching(mend)
            checking = CheckingTokens(tokens, watching.tell, watching.pause)
            checking.start()
            await watching.until_good()
            stood.append(checking.stands)
            await checking.close()
            return watching

        watching = with_tokens(fake, look)

        assert stood == ["refused: MICROSOFT_APP_PASSWORD (AADSTS7000215)", GOOD]
        assert watching.pauses == [60.0]
        assert [type(found) for found in watching.told] == [TokenRefused, type(None)]

    def test_a_login_that_is_away_is_asked_again_as_it_says(self) -> None:
        fake = FakeConnector()
        fake.faults = [
            Fault(Method.TOKEN, status=500),
            Fault(Method.TOKEN, status=500),
            Fault(Method.TOKEN, status=429, retry_after=90),
        ]

        async def look(tokens: AccessTokens) -> Watching:
            watching = Watching()
            checking = CheckingTokens(tokens, watching.tell, watching.pause)
            checking.start()
            await watching.until_good()
            await checking.close()
            return watching

        watching = with_tokens(fake, look)

        assert watching.pauses == [2.0, 4.0, 90.0]
        assert [type(found) for found in watching.told] == [Away, Away, Away, type(None)]

    def test_what_teams_does_not_take_is_good_only_once_it_takes_it(self) -> None:
        async def look(tokens: AccessTokens) -> list[str]:
            watching = Watching()
            checking = CheckingTokens(tokens, watching.tell, watching.pause)
            checking.start()
            await watching.until_good()
            checking.not_taken(TokenRefused("BotNotRegistered", ID_SETTING))
            stood = [checking.stands]
            checking.taken()
            await watching.until_good()
            checking.taken()
            await checking.close()
            assert len(watching.told) == 3
            return [*stood, checking.stands]

        assert with_tokens(FakeConnector(), look) == ["refused: MICROSOFT_APP_ID (BotNotRegistered)", GOOD]
