"""What each chat platform takes from the process that serves it."""

import contextlib
from collections.abc import Callable

from adapters.delivery.accepting import Accept, Accepting
from adapters.storage.database import Database
from adapters.storage.inbox import Inbox
from adapters.storage.sql import SqlStore
from bot.messages import Message


def accepting(database: Database, wake: Callable[[], None]) -> Accept:
    """What keeps a message under a key, and then says that something was kept; False where it was kept before. It may
    raise SQLAlchemyError."""
    inbox = Accepting(Inbox(database))

    async def accept(event: str, message: Message) -> bool:
        new = await inbox.accept(event, message)
        if new:
            wake()
        return new

    return accept


def staff_known(database: Database, society: str) -> Callable[[str], bool]:
    """What tells of an account whether it may act at the desk; it may raise SQLAlchemyError."""
    store = SqlStore(database)

    def is_staff(account: str) -> bool:
        with store.reading() as work:
            return society in work.staff.societies(account)

    return is_staff


def said_once(say: Callable[[str], None]) -> Callable[[str], None]:
    """What says how something is on, each time that this has become another."""
    said = ""

    def tell(how: str) -> None:
        nonlocal said
        if how != said:
            said = how
            with contextlib.suppress(OSError):  # whoever started it may not read any more, and it is on all the same
                say(how)

    return tell
