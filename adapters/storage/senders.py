"""Who wrote the messages that are still to be handled."""

import json
from collections.abc import Iterator

import sqlalchemy as sa

from adapters.storage.columns import cleaned
from adapters.storage.queues import inbox

_BATCH = 500  # values in one statement


def waiting(connection: sa.Connection) -> Iterator[tuple[int, str]]:
    """The messages that are still to be handled, by their ids, each with the account of whoever wrote it."""
    last = 0
    unhandled = sa.select(inbox.c.id, inbox.c.body).where(inbox.c.body.is_not(None)).order_by(inbox.c.id).limit(_BATCH)
    while rows := connection.execute(unhandled.where(inbox.c.id > last)).all():
        yield from ((row.id, _sender(row.body)) for row in rows)
        last = rows[-1].id


def _sender(body: str) -> str:
    """Whose message this is; "" where it does not say so, as one that cannot be read."""
    try:
        message = json.loads(body)
    except ValueError:
        return ""
    match message:
        case {"person": {"account": str(account)}}:
            return cleaned(account)
    return ""
