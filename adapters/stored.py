"""A bot on a database: what `verse serve` and `verse chat` have in common."""

from collections.abc import Mapping
from dataclasses import dataclass

from adapters.bootstrap import Parts
from adapters.console.payload import terminal_payload
from adapters.delivery.handling import Answer, Failed, Handling, Prepare, Render
from adapters.email.render import mail_payload
from adapters.models.encoders import Remembering
from adapters.settings import Settings
from adapters.slack.render import slack_payload
from adapters.storage.database import Database
from adapters.storage.inbox import Inbox
from adapters.storage.outbox import Outbox
from adapters.storage.sql import SqlStore
from adapters.teams.render import teams_payload
from bot.accounts.listed_accounts import put_listed_on_register
from bot.acts import ShowGaps
from bot.gaps import gaps
from bot.messages import Message
from bot.office import Offices
from bot.precedents import Precedents
from bot.ruling_desk import flag_changed
from knowledge.library import Library
from knowledge.questions import plain

# Every platform that there is; another process may send for it.
RENDERS: Mapping[str, Render] = {
    "console": terminal_payload,
    "email": mail_payload,
    "slack": slack_payload,
    "teams": teams_payload,
}
_MAIL = "email"
_AHEAD = 3  # texts that are encoded with the one that is to be answered; more make it wait for no gain


@dataclass(frozen=True, slots=True)
class Stored:
    """A bot, its database, and the way of a message between them."""

    parts: Parts
    database: Database
    store: SqlStore
    inbox: Inbox
    outbox: Outbox
    handling: Handling


def stored(
    parts: Parts,
    database: Database,
    answer: Answer | None = None,
    failed: Failed | None = None,
    introduced: Prepare = lambda message: message,
) -> Stored:
    """A bot on its database. `answer` and `failed` are its own where none are given; `introduced` gives a message with
    what its platform knows of whoever wrote it."""
    store, inbox, outbox = SqlStore(database), Inbox(database), Outbox(database)
    with store.work() as work:
        put_listed_on_register(parts.checklists, parts.offices, work)
    answer, failed = answer or parts.assistant.handle, failed or parts.assistant.failed

    def prepare(message: Message) -> Message:
        """The message with who wrote it. What takes long and only reads is done here, while others may write."""
        message = introduced(message)
        if isinstance(message.act, ShowGaps):
            account = message.person.account
            encode_gaps(store, parts.library, parts.offices, parts.precedents, message.act.society, account)
        elif message.text:
            encode(plain(message.text))
        return message

    def encode(text: str) -> None:
        """Has the encoder keep what a text means, and with it what those mean that come next. On PostgreSQL others may
        handle these."""
        encoder = parts.encoder.model
        if database.is_sqlite and isinstance(encoder, Remembering) and not encoder.knows(text):
            encoder.encode_together([text, *map(plain, inbox.next_texts(_AHEAD))])
        parts.library.retrieval.vector(text)

    handling = Handling(store, inbox, outbox, answer, failed, RENDERS, switched_off(parts.settings), prepare)
    return Stored(parts, database, store, inbox, outbox, handling)


def switched_off(settings: Settings) -> tuple[str, ...]:
    """The platforms for which nothing is queued: what nobody sends would all go out on the day that somebody does."""
    return () if settings.smtp_url else (_MAIL,)


def encode_gaps(
    store: SqlStore, library: Library, offices: Offices, precedents: Precedents, wanted: str, account: str
) -> None:
    """Has the questions encoded that somebody is about to list at their desk, or at the one that is `wanted`. That
    takes seconds, in which nobody who writes has to wait."""
    with store.reading() as work:
        for society in work.staff.societies(account):
            if wanted in ("", society):
                gaps(society, work, library, offices.of(society), precedents)


def flag_rulings(bot: Stored) -> int:
    """Flags the rulings whose clauses read otherwise by now, and queues what is to be said of that; gives how much."""
    parts = bot.parts
    return bot.handling.carry_out("flag", lambda work: flag_changed(work, parts.library, parts.offices))
