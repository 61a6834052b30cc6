"""Mails from the outbox to a real server, with what goes wrong on the way."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.delivery.sending import Patience, Sender
from adapters.email.render import mail_payload
from adapters.storage.database import Database, schema
from adapters.storage.outbox import Outbox
from bot.replies import Mail
from tests.adapters.email.post_office import PostOffice, opened
from tests.adapters.email.test_app import TO, platform_of, text_of


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    """An outbox in which one mail waits."""
    database = Database(f"sqlite:///{tmp_path / 'verse.db'}")
    schema.create_all(database.engine)
    outbox = Outbox(database)
    with database.transaction() as connection:
        outbox.put(connection, "e:0", TO, mail_payload(Mail(TO, "Q1 waits", "Answer it.")))
    yield outbox
    database.close()


def send(outbox: Outbox, post: PostOffice, times: int) -> None:
    """So many rounds of the sender, with no time between them."""

    async def drain() -> None:
        async with opened(post) as port:
            platform = platform_of(f"smtp://127.0.0.1:{port}")
            for _ in range(times):
                await Sender(outbox, {"email": platform}, patience=Patience(backoff=lambda _: 0.0)).drain()

    asyncio.run(drain())


def test_a_mail_that_waits_arrives_once(outbox: Outbox) -> None:
    post = PostOffice()

    send(outbox, post, 3)

    assert [letter["Subject"] for letter in post.taken] == ["Q1 waits"]


def test_what_was_greylisted_arrives_later_and_is_no_repeat(outbox: Outbox) -> None:
    post = PostOffice(recipient=["451 4.7.1 later"])

    send(outbox, post, 3)

    assert [text_of(letter) for letter in post.taken] == ["Answer it.\n"]


def test_what_may_have_arrived_comes_again_under_the_same_id_and_says_so(outbox: Outbox) -> None:
    post = PostOffice(drops="after")

    send(outbox, post, 3)

    first, second = post.taken
    assert first["Message-ID"] == second["Message-ID"]
    assert text_of(second).startswith("Sent again after a fault here")


def test_what_is_refused_is_not_tried_again_and_staff_see_why(outbox: Outbox) -> None:
    post = PostOffice(recipient=["550 5.1.1 nobody"])

    send(outbox, post, 3)

    assert post.taken == []
    [left] = outbox.undelivered()
    assert left.fault.startswith("the mail server said 550 5.1.1; check the address in office.toml")
