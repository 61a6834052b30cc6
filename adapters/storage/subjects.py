"""What a rendered reply is the latest word on ("card:12"), and where the one before it stands."""

import re
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from adapters.storage.database import Database
from adapters.storage.queues import posted, storable

ANSWER = "answer:"  # how the subject of an answer begins: nothing takes its place, what people say of it is told by it
_SUBJECT = re.compile(r"[a-z]+:\w{1,80}")  # the subject line of a mail is none

_THERE = posted.c.conversation == sa.bindparam("there")
_RECEIPT = sa.select(posted.c.receipt).where(_THERE, posted.c.subject == sa.bindparam("of"))
_UNDER = sa.select(posted.c.conversation, posted.c.subject).where(posted.c.receipt == sa.bindparam("with")).limit(1)
_SUBJECT_OF = sa.select(posted.c.subject).where(_THERE, posted.c.receipt == sa.bindparam("with"))


def subjects(payload: Mapping[str, Any]) -> list[str]:
    """What a reply is the latest word on, and what it goes beside. Neither, for most."""
    named = (_named(payload, key) for key in ("subject", "beside"))
    return [one for one in named if one and not one.startswith(ANSWER)]


def has_subject(payload: Mapping[str, Any]) -> bool:
    """Whether a reply is the latest word on something, until the next one."""
    named = _named(payload, "subject")
    return bool(named) and not named.startswith(ANSWER)


def keep_place(
    database: Database, connection: sa.Connection, conversation: str, payload: Mapping[str, Any], receipt: str
) -> None:
    """Keeps where the latest word on a reply's subject stands, where it has one and can be found by its receipt."""
    subject = _named(payload, "subject")
    if not subject or not receipt:
        return
    kept = {"receipt": storable(receipt), "at": database.now}
    new = database.insert(posted).values(conversation=storable(conversation), subject=subject, **kept)
    connection.execute(new.on_conflict_do_update(index_elements=[*posted.primary_key], set_=kept))


def receipt_of(connection: sa.Connection, conversation: str, payload: Mapping[str, Any]) -> str:
    """The receipt of the latest word on a reply's subject in a conversation, or of that beside which it goes; "" where
    there was none."""
    for subject in subjects(payload):
        found = connection.execute(_RECEIPT, {"there": storable(conversation), "of": subject}).scalar()
        if found:
            return str(found)
    return ""


def subject_of(connection: sa.Connection, conversation: str, receipt: str) -> str:
    """What stands under a receipt in a conversation; "" where it has no subject, or is not the latest word on it."""
    return connection.execute(_SUBJECT_OF, {"there": storable(conversation), "with": storable(receipt)}).scalar() or ""


def posted_under(connection: sa.Connection, receipt: str) -> tuple[str, str] | None:
    """What stands under a receipt, wherever that is: its conversation and its subject; None where that has none, or is
    not the latest word on it."""
    found = connection.execute(_UNDER, {"with": storable(receipt)}).first()
    return None if found is None else (found.conversation, found.subject)


def _named(payload: Mapping[str, Any], key: str) -> str:
    named = payload.get(key)
    return named if isinstance(named, str) and _SUBJECT.fullmatch(named) else ""
