"""The messages that wait for an answer of whoever runs the accounts for which they are."""

from collections.abc import Sequence

from bot import wording_of_messages as wording
from bot.acts import AnswerMessage
from bot.cards import asker_name
from bot.office import Offices
from bot.ports import Work
from bot.register import AccountState, RegisterEntry
from bot.replies import Button, Entry, Listed
from bot.telling_admins import account_of
from bot.tickets import Ticket, What
from bot.wording_of_cards import NO_NAME, WITHHELD
from bot.wording_of_queries import excerpt

_MOST = 10  # that are listed
_LONGEST = 600  # characters of words, which were given whole when they came
_BY_WRITER = (What.ADDED, What.REOPENED)


def waiting_messages(
    entries: Sequence[RegisterEntry], offices: Offices, work: Work, conversation: str
) -> Listed | None:
    """The messages for accounts that somebody runs, oldest first, each with what was added and the way to answer; None
    where none waits."""
    theirs = {one.id for one in entries if one.state is not AccountState.CLOSED}
    waiting = work.tickets.waiting() if theirs else ()
    found = [(one, entry) for one in waiting if one.asker.account and (entry := account_of(one, work)) is not None]
    found = [(one, entry) for one, entry in found if entry.id in theirs]
    if not found:
        return None
    remarks = wording.more_messages(len(found) - _MOST) if len(found) > _MOST else ""
    listed = tuple(_entry(one, entry, offices, work) for one, entry in found[:_MOST])
    return Listed(conversation, wording.WAITING, listed, remarks)


def _entry(ticket: Ticket, entry: RegisterEntry, offices: Offices, work: Work) -> Entry:
    name = asker_name(ticket, offices.of(ticket.society))
    added = [
        one.text
        for one in work.tickets.history(ticket.id)
        if one.what in _BY_WRITER and one.text and one.who.account == ticket.asker.account
    ]
    return Entry(
        wording.waiting(ticket, entry.handle, "" if name in (WITHHELD, NO_NAME) else name),
        tuple(f"“{excerpt(one, _LONGEST)}”" for one in (ticket.dossier.question, *added)),
        (Button("answer_message", wording.ANSWER, AnswerMessage(ticket.id)),),
    )
