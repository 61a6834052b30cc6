"""Words that may reply to what the office asked back: they are offered to go there, and never go by themselves."""

from bot.acts import AddToQuery
from bot.exchanges import Ending
from bot.messages import Message
from bot.office import Offices
from bot.ports import Work
from bot.replies import Button, Reply, Told
from bot.routing import Way
from bot.tickets import Move, Ticket, What
from bot.wording_of_queries import add_this, for_office
from bot.words_that_act import RULED

_LATEST = 100  # queries of one person that are looked through
_IN_WORDS = (Way.QUESTION, Way.ADDITION, Way.ROLE, Way.SOCIETY, Way.NO_OPTION)  # ways of what is no command and no step
FOUND = RULED | {Ending.GUIDED}  # endings with which something was found for what was typed
_REPLIED = (What.ADDED, What.REOPENED)  # after these a question back waits no longer


def offered(message: Message, way: Way, in_flow: bool, found: bool, offices: Offices, work: Work) -> list[Reply]:
    """What is offered below the answer to typed words while a question of the office waits for their writer: that they
    go to the office. Of what is typed next at any rate, unless it is a command, and later where nothing was found for
    it. `in_flow` says that it belongs to a decision or a check that was under way, `found` that something
    was found for it."""
    in_words = way in _IN_WORDS
    waits = _asked_back(message, work) if (in_words or way is Way.OPTION) and message.text.strip() else None
    if waits is None:
        return []
    ticket, move = waits
    later = not work.first(f"asked_back:{ticket.id}:{move.version}")
    if later and (in_flow or not in_words or found):
        return []
    button = Button("add_this", add_this(ticket.id), AddToQuery(ticket.id, message.text.strip()))
    text = for_office(ticket.id, move.text, offices.of(ticket.society))
    return [Told(message.conversation, text, buttons=(button,))]


def _asked_back(message: Message, work: Work) -> tuple[Ticket, Move] | None:
    """The query of whoever writes about which the office asked something last that they have not replied to."""
    account = message.person.account
    theirs = work.tickets.of_asker(account, _LATEST) if account else ()
    waiting = [one for one in theirs if one.waits and message.society in (None, one.society)]
    histories = work.tickets.histories([one.id for one in waiting]) if waiting else {}
    asked = []
    for ticket in waiting:
        last = next((one for one in reversed(histories[ticket.id]) if one.what in (What.ASKED_BACK, *_REPLIED)), None)
        if last is not None and last.what is What.ASKED_BACK:
            asked.append((ticket, last))
    return max(asked, key=lambda one: one[1].at, default=None)
