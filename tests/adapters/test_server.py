"""The web site tells whether the process lives, whether it can be relied on, and what it counts."""

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from adapters.metrics import Metrics
from adapters.server import OPEN, Health, Seen, Sites, add_intake, add_metrics, site
from adapters.settings import SettingsError

FINE = Seen("up to date", usable=True)
NAMES = ("HOST", "PORT")


def asked(app: web.Application, *paths: str) -> list[tuple[int, Any]]:
    """Status and content of what a site says, over real HTTP."""

    async def ask() -> list[tuple[int, Any]]:
        sites = Sites()
        try:
            address = await sites.open(app, "127.0.0.1", 0, NAMES)
            async with aiohttp.ClientSession() as session:
                return [await _get(session, address + path) for path in paths]
        finally:
            await sites.close()

    return asyncio.run(ask())


async def _get(session: aiohttp.ClientSession, url: str) -> tuple[int, Any]:
    async with session.get(url) as answer:
        read: Callable[[], Awaitable[Any]] = answer.json if "json" in answer.content_type else answer.text
        return answer.status, await read()


def test_a_process_that_lives_says_so_whatever_else_is_wrong() -> None:
    health = Health(lambda: Seen("unreachable", usable=False))

    assert asked(site(health), "/healthz") == [(200, {"alive": True})]


def test_it_can_be_relied_on_once_the_index_is_open_and_the_database_answers() -> None:
    health = Health(lambda: FINE, index=OPEN, tokens=lambda: {"slack": "good"})

    ((status, told),) = asked(site(health), "/readyz")

    assert status == 200
    assert told == {
        "ready": True,
        "stopping": False,
        "index": "open",
        "database": "up to date",
        "tokens": {"slack": "good"},
        "inbox_age_seconds": 0.0,
        "outbox_age_seconds": {},
    }


@pytest.mark.parametrize(
    ("health", "key", "told"),
    [
        (Health(lambda: FINE), "index", "building"),
        (Health(lambda: Seen("unreachable", usable=False), OPEN), "database", "unreachable"),
        (Health(lambda: Seen("behind", usable=False), OPEN), "database", "behind"),
        (Health(lambda: Seen("up to date", True, inbox_age=500.04), OPEN), "inbox_age_seconds", 500.0),
        (
            Health(lambda: Seen("up to date", True, outbox_age={"email": 121}), OPEN),
            "outbox_age_seconds",
            {"email": 121},
        ),
        (Health(lambda: FINE, OPEN, stopping=True), "stopping", True),
        (
            Health(lambda: FINE, OPEN, lambda: {"slack": "refused: token_revoked"}),
            "tokens",
            {"slack": "refused: token_revoked"},
        ),
        (Health(lambda: FINE, OPEN, lambda: {"slack": "not checked yet"}), "tokens", {"slack": "not checked yet"}),
    ],
)
def test_it_cannot_be_relied_on_where_anything_is_amiss_and_says_what(health: Health, key: str, told: Any) -> None:
    ((status, answer),) = asked(site(health), "/readyz")

    assert status == 503
    assert (answer["ready"], answer[key]) == (False, told)


_LATE = {"teams": 130.04, "slack": 119.0, "email": 500.0}


@pytest.mark.parametrize(
    ("teams", "slack", "late", "status"),
    [
        ("good", "good", _LATE, 200),
        ("refused: unauthorized_client", "good", {}, 200),
        ("good", "not checked yet", {}, 200),
        ("good", "refused: token_revoked", _LATE, 503),
        ("good", "good", _LATE | {"slack": 121.0}, 503),
    ],
)
def test_the_trouble_of_one_platform_is_told_and_does_not_take_away_what_comes_in_of_another(
    teams: str, slack: str, late: dict[str, float], status: int
) -> None:
    tokens = {"teams": teams, "slack": slack}
    health = Health(lambda: Seen("up to date", True, outbox_age=late), OPEN, lambda: tokens)

    ((answered, told),) = asked(site(health), "/readyz")

    assert (answered, told["ready"]) == (status, status == 200)
    assert told["tokens"] == tokens
    assert told["outbox_age_seconds"] == {platform: round(age, 1) for platform, age in late.items()}


def test_a_database_that_hangs_is_not_waited_for_and_is_looked_at_once_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("adapters.server._LOOK_WITHIN", 0.05)
    answers, looks = threading.Event(), []

    def look() -> Seen:
        looks.append(1)
        answers.wait(30)
        return FINE

    async def ask() -> list[tuple[bool, dict[str, Any]]]:
        health = Health(look, OPEN)
        hanging = await asyncio.gather(*(health.told() for _ in range(5)))
        answers.set()
        return [*hanging, await health.told()]

    *hanging, after = asyncio.run(ask())

    assert [told["database"] for _, told in hanging] == ["does not answer"] * 5
    assert after[0]
    assert len(looks) == 1


def test_what_a_platform_sends_comes_to_whoever_answers_it_by_whatever_method() -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.json_response(request.method)

    app = add_intake(site(Health(lambda: FINE)), "/slack/events", answer)

    async def ask() -> list[Any]:
        sites = Sites()
        try:
            address = await sites.open(app, "127.0.0.1", 0, NAMES)
            async with aiohttp.ClientSession() as session:
                told = []
                for method in ("GET", "POST", "PUT"):
                    async with session.request(method, f"{address}/slack/events") as got:
                        told.append(await got.json())
                return told
        finally:
            await sites.close()

    assert asyncio.run(ask()) == ["GET", "POST", "PUT"]


def test_the_counters_stand_on_their_site_alone() -> None:
    health, metrics = Health(lambda: FINE), Metrics()
    metrics.came_to("slack", "sent")

    ((status, _),) = asked(site(health), "/metrics")
    ((found, text),) = asked(add_metrics(site(health), metrics), "/metrics")

    assert status == 404
    assert found == 200
    assert 'verse_deliveries_total{came_to="sent",platform="slack"} 1.0' in text


def test_a_port_that_is_taken_is_refused_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        async def listen() -> None:
            sites = Sites()
            try:
                await sites.open(site(Health(lambda: FINE)), "127.0.0.1", port, NAMES)
            finally:
                await sites.close()

        with pytest.raises(SettingsError, match=f"port {port} of 127.0.0.1 is taken; .* set PORT to another"):
            asyncio.run(listen())


def test_an_address_that_is_not_of_this_machine_names_its_setting() -> None:
    async def listen() -> None:
        sites = Sites()
        try:
            await sites.open(site(Health(lambda: FINE)), "192.0.2.1", 0, NAMES)
        finally:
            await sites.close()

    with pytest.raises(
        SettingsError, match=r"nothing can listen at 192\.0\.2\.1; set HOST to an address of this machine"
    ):
        asyncio.run(listen())
