"""Only what Teams has signed for this app is taken in, and whatever else comes breaks nothing."""

import asyncio
import base64
import copy
import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jwt
import pytest

import adapters
from adapters.teams.bot_framework import Activity, Malformed, Unauthorised
from adapters.teams.keeping import Ack
from tests.adapters.slack.fake_weather import Fault
from tests.adapters.teams.fake_connector import FakeConnector, Method
from tests.adapters.teams.fake_login import APP_ID, ISSUER, SigningKey
from tests.adapters.teams.fake_tenant import AMER
from tests.adapters.teams.signed_in import Clock, an_activity, endpoint, framework

OF_EMULATOR = "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"
OF_BOTS = "https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0"
FORGER = SigningKey(99)


def of_form(header: dict[str, Any], claims: dict[str, Any], signature: bytes = b"") -> str:
    """A token of any kind, with any signature."""
    parts = [json.dumps(header).encode(), json.dumps(claims).encode(), signature]
    return "Bearer " + ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def claims(fake: FakeConnector) -> dict[str, Any]:
    return {"iss": ISSUER, "aud": APP_ID, "serviceurl": fake.service_url(), "exp": int(time.time()) + 600}


def without_signature(fake: FakeConnector) -> str:
    return fake.bearer().rpartition(".")[0] + "."


def by_the_public_key(fake: FakeConnector) -> str:
    """Signed with what everybody may know, as if it were a shared secret."""
    modulus = fake.channel.keys[-1].jwk()["n"]
    return "Bearer " + jwt.encode(claims(fake), modulus, algorithm="HS256", headers={"kid": fake.channel.keys[-1].kid})


def posted(fake: FakeConnector, authorization: Callable[[FakeConnector], str], **parts: Any) -> int:
    """What one activity is answered with."""

    async def run() -> int:
        taken: list[Activity] = []
        async with fake, endpoint(framework(fake), taken) as post:
            status, _ = await post(an_activity(fake, **parts), authorization(fake))
            assert len(taken) == (status == 201)
            return status

    return asyncio.run(run())


@pytest.mark.parametrize(
    "authorization",
    [
        pytest.param(lambda fake: fake.bearer(), id="as Teams signs it"),
        pytest.param(lambda fake: fake.bearer(lifetime=-120), id="by a clock that is two minutes behind"),
    ],
)
def test_what_teams_has_signed_is_taken_in(authorization: Callable[[FakeConnector], str]) -> None:
    assert posted(FakeConnector(), authorization) == 201


@pytest.mark.parametrize(
    "authorization",
    [
        pytest.param(lambda _: "", id="no token"),
        pytest.param(lambda fake: fake.bearer().replace("Bearer", "Basic"), id="another scheme"),
        pytest.param(lambda fake: fake.bearer().replace("Bearer ", ""), id="no scheme"),
        pytest.param(lambda fake: f"{fake.bearer()} more", id="more than a token"),
        pytest.param(lambda _: "Bearer ", id="an empty token"),
        pytest.param(lambda _: "Bearer rubbish", id="rubbish"),
        pytest.param(lambda _: "Bearer a.b.c", id="rubbish in three parts"),
        pytest.param(lambda fake: of_form({"alg": "RS256"}, claims(fake)), id="no key is named"),
        pytest.param(lambda fake: of_form({"alg": "RS256", "kid": 5}, claims(fake)), id="a number names a key"),
        pytest.param(lambda fake: of_form({"alg": "RS256", "kid": ["fake-key-1"]}, claims(fake)), id="a list does"),
        pytest.param(lambda fake: of_form({"alg": "none", "kid": "fake-key-1"}, claims(fake)), id="alg none"),
        pytest.param(lambda fake: of_form({"alg": "none"}, claims(fake)), id="alg none, no key"),
        pytest.param(without_signature, id="the signature is cut off"),
        pytest.param(by_the_public_key, id="signed with the public key"),
        pytest.param(lambda fake: fake.bearer(lifetime=-400), id="expired"),
        pytest.param(lambda fake: fake.bearer(exp="tomorrow"), id="ends at no time"),
        pytest.param(lambda fake: fake.bearer(nbf=int(time.time()) + 900), id="not good yet"),
        pytest.param(lambda fake: fake.bearer(aud="0b070000-0000-4000-8000-00000000ffff"), id="for another app"),
        pytest.param(lambda fake: fake.bearer(aud=None), id="for no app"),
        pytest.param(lambda fake: fake.bearer(aud=[APP_ID]), id="for a list of apps"),
        pytest.param(lambda fake: fake.bearer(iss="https://issuer.example"), id="another issuer"),
        pytest.param(lambda fake: fake.bearer(iss=None), id="no issuer"),
        pytest.param(lambda fake: fake.bearer(iss=OF_EMULATOR, ver="1.0", appid=APP_ID), id="of an emulator"),
        pytest.param(lambda fake: fake.bearer(iss=OF_BOTS, ver="2.0", azp="another-bot"), id="of another bot"),
        pytest.param(lambda fake: fake.bearer(ver="1.0", appid="another-bot"), id="of another bot, by the channel"),
        pytest.param(lambda fake: fake.bearer(AMER), id="for another service"),
        pytest.param(lambda fake: fake.bearer(serviceurl=None), id="for no service"),
        pytest.param(lambda fake: fake.bearer(key=FORGER), id="a key that nobody knows"),
        pytest.param(lambda fake: fake.bearer(key=FORGER, kid="fake-key-1"), id="forged under a known key"),
    ],
)
def test_what_teams_has_not_signed_for_this_app_is_refused(authorization: Callable[[FakeConnector], str]) -> None:
    assert posted(FakeConnector(), authorization) == 401


@pytest.mark.parametrize("endorsements", [(), ("skype", "webchat")])
def test_a_key_that_does_not_speak_for_teams_is_refused(endorsements: tuple[str, ...]) -> None:
    fake = FakeConnector()
    fake.channel.keys = [SigningKey(1, endorsements)]

    assert posted(fake, lambda fake: fake.bearer()) == 401


@pytest.mark.parametrize(
    "parts",
    [
        {"type": None},
        {"type": ""},
        {"type": 5},
        {"channelId": None},
        {"channelId": "webchat"},
        {"serviceUrl": None},
        {"serviceUrl": ""},
        {"serviceUrl": 5},
        {"serviceUrl": "http://service.example/emea/"},
        {"serviceUrl": "https://name:word@service.example/"},
        {"serviceUrl": "ftp://127.0.0.1/"},
        {"serviceUrl": "https://["},
        {"conversation": None},
        {"conversation": "a:1ada"},
        {"conversation": {}},
        {"conversation": {"id": ""}},
        {"conversation": {"id": 5}},
        {"timestamp": "yesterday"},
        {"entities": "none"},
    ],
    ids=str,
)
def test_what_lacks_what_every_activity_has_is_malformed(parts: dict[str, Any]) -> None:
    assert posted(FakeConnector(), lambda fake: fake.bearer(), **parts) == 400


def test_it_is_handed_on_just_as_it_came() -> None:
    async def run() -> None:
        fake = FakeConnector()
        taken: list[Activity] = []
        async with fake, endpoint(framework(fake), taken) as post:
            sent = an_activity(fake, value={"act": {"kind": "ask"}, "Ünïcode": [1, 2.5, True]}, further={"a": "b"})
            await post(sent, fake.bearer())
            assert taken == [sent]

    asyncio.run(run())


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (
            Ack(200, {"statusCode": 200, "value": {"body": []}}),
            (200, {"statusCode": 200, "value": {"body": []}}),
        ),
        (Ack(501), (501, None)),
        (None, (201, None)),
    ],
)
def test_an_invoke_is_answered_with_what_is_given(answer: Ack | None, told: tuple[int, dict[str, Any] | None]) -> None:
    async def run() -> tuple[int, Any]:
        fake = FakeConnector()
        async with fake, endpoint(framework(fake), [], answer) as post:
            return await post(an_activity(fake, type="invoke", name="adaptiveCard/action"), fake.bearer())

    assert asyncio.run(run()) == told


def test_replies_that_are_to_come_at_once_change_nothing() -> None:
    assert posted(FakeConnector(), lambda fake: fake.bearer(), deliveryMode="expectReplies") == 201


def test_what_breaks_while_it_is_taken_in_comes_out_as_it_is() -> None:
    class Broken(Exception):
        pass

    async def take(_activity: Activity) -> None:
        raise Broken

    async def run() -> None:
        fake = FakeConnector()
        async with fake:
            await framework(fake).turn(an_activity(fake), fake.bearer(), take)

    with pytest.raises(Broken):
        asyncio.run(run())


def test_a_new_key_is_found_though_it_is_not_looked_for_all_the_time() -> None:
    async def run() -> list[int]:
        fake, steady, statuses = FakeConnector(), Clock(), []
        async with fake, endpoint(framework(fake, steady=steady), []) as post:
            statuses.append((await post(an_activity(fake), fake.bearer()))[0])
            fake.channel.rotate()
            for seconds in (1, 10, 19, 1):
                steady.seconds += seconds
                statuses.append((await post(an_activity(fake), fake.bearer()))[0])
            assert fake.counts[Method.KEYS] == 2
        return statuses

    assert asyncio.run(run()) == [201, 401, 401, 201, 201]


def test_what_a_key_has_signed_is_worth_nothing_once_the_key_is_gone() -> None:
    async def run() -> list[int]:
        fake, steady, statuses = FakeConnector(), Clock(), []
        async with fake, endpoint(framework(fake, steady=steady), []) as post:
            old = fake.bearer()
            statuses.append((await post(an_activity(fake), old))[0])
            fake.channel.rotate(keep_old=False)
            steady.seconds += 400
            statuses += [(await post(an_activity(fake), token))[0] for token in (fake.bearer(), old)]
        return statuses

    assert asyncio.run(run()) == [201, 201, 401]


def test_one_token_is_good_for_the_service_alone_that_it_names() -> None:
    async def run() -> list[int]:
        fake, statuses = FakeConnector(), []
        async with fake, endpoint(framework(fake), []) as post:
            token = fake.bearer()
            for region in ("emea", "amer"):
                activity = an_activity(fake, serviceUrl=fake.service_url(region))
                statuses.append((await post(activity, token))[0])
        return statuses

    assert asyncio.run(run()) == [201, 401]


@pytest.mark.parametrize(
    "fault", [Fault(Method.OPENID, status=500), Fault(Method.KEYS, status=404), Fault(Method.KEYS, drop=True, times=2)]
)
def test_while_the_keys_cannot_be_fetched_nobody_is_let_in_and_soon_they_are(fault: Fault) -> None:
    async def run() -> list[int]:
        fake, steady, statuses = FakeConnector(), Clock(), []
        fake.faults = [fault]
        async with fake, endpoint(framework(fake, steady=steady), []) as post:
            for seconds in (0, 1, 5):
                steady.seconds += seconds
                statuses.append((await post(an_activity(fake), fake.bearer()))[0])
        return statuses

    assert asyncio.run(run()) == [503, 503, 201]


def test_keys_that_were_there_stay_while_no_others_can_be_fetched() -> None:
    async def run() -> list[int]:
        fake, steady, statuses = FakeConnector(), Clock(), []
        async with fake, endpoint(framework(fake, steady=steady), []) as post:
            statuses.append((await post(an_activity(fake), fake.bearer()))[0])
            fake.down = True
            for seconds in (400, 24 * 3600):
                steady.seconds += seconds
                statuses.append((await post(an_activity(fake), fake.bearer(jti="another")))[0])
        return statuses

    assert asyncio.run(run()) == [201, 201, 201]


def test_many_at_once_have_the_keys_fetched_once_and_wait_for_them() -> None:
    async def run() -> None:
        fake = FakeConnector()
        async with fake, endpoint(framework(fake), []) as post:
            good = [fake.bearer(jti=str(number)) for number in range(10)]
            unknown = [fake.bearer(key=FORGER, jti=str(number)) for number in range(5)]
            told = await asyncio.gather(*(post(an_activity(fake), token) for token in [*good, *unknown]))
            assert [status for status, _ in told] == [*[201] * 10, *[401] * 5]
            assert (fake.counts[Method.OPENID], fake.counts[Method.KEYS]) == (1, 1)

    asyncio.run(run())


@pytest.mark.parametrize("authorization", ["", "Bearer rubbish", "Basic eA=="])
def test_without_an_app_id_whoever_is_on_this_machine_is_believed(authorization: str) -> None:
    async def run() -> list[int]:
        fake = FakeConnector()
        async with fake, endpoint(framework(fake, identity=None), []) as post:
            beyond = an_activity(fake, serviceUrl="https://service.example/emea/")
            return [(await post(one, authorization))[0] for one in (an_activity(fake), beyond)]

    assert asyncio.run(run()) == [201, 400]


def variations(whole: Any) -> Iterator[Any]:
    """The same with each of its parts as something else."""
    parts = whole.items() if isinstance(whole, dict) else enumerate(whole) if isinstance(whole, list) else ()
    for name, part in parts:
        deep: list[Any] = []
        for _ in range(500):
            deep = [deep]
        for other in (None, 5, "", "\ud800", [], {}, [None], {"a": {"b": []}}, -1.5e300, True, deep, *variations(part)):
            changed = copy.copy(whole)
            changed[name] = other
            yield changed


def test_no_other_module_knows_the_sdk() -> None:
    house = Path(adapters.__file__).parent
    knowing = [
        file.name
        for file in house.rglob("*.py")
        if re.search(r"(import|from) bot(builder|framework)\b", file.read_text())
    ]

    assert knowing == ["bot_framework.py"]


def test_whatever_shape_it_has_it_is_taken_in_or_malformed() -> None:
    async def run() -> tuple[int, int]:
        fake, taken, refused = FakeConnector(), 0, 0
        bot = framework(fake, identity=None)

        async def take(_activity: Activity) -> None:
            return None

        async with fake:
            for changed in variations(an_activity(fake)):
                try:
                    await bot.turn(changed, "", take)
                    taken += 1
                except (Malformed, Unauthorised):
                    refused += 1
        return taken, refused

    taken, refused = asyncio.run(run())
    assert taken > 100
    assert refused > 50
