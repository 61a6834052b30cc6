"""Notices by e-mail to the posts that a query is for: that it waits, and where to answer it."""

from collections.abc import Iterable

from bot import wording_of_notices as wording
from bot.office import Office
from bot.replies import Mail
from bot.ticket_keys import TAKE_OVER, came_of
from bot.tickets import Ticket
from knowledge.rulings.identifying import without

PLATFORM = "email"
DESK = ""  # the title under which the whole desk has its address


def notices_of(ticket: Ticket, office: Office) -> list[Mail]:
    """A mail to each post that the query is for, or to the desk for those without an address of their own.

    None where no address is known. The question is in it only where the office wants that, and a name never.
    """
    subject, text = wording.sent(ticket, office, shown_question(ticket, office))
    return mails(ticket.to, office, subject, text, ticket.id)


def mails(posts: Iterable[str], office: Office, subject: str, text: str, ticket: str = "") -> list[Mail]:
    """One mail to each address of these posts; at the desk's where a post has none, or where there is no post."""
    found = [post if office.addresses.get(post) else DESK for post in posts] or [DESK]
    known = dict.fromkeys(title for title in found if office.addresses.get(title))
    return [Mail(f"{PLATFORM}:{office.society}:{title}", subject, text, ticket) for title in known]


def shown_question(ticket: Ticket, office: Office) -> str:
    """As much of the question as a mail may hold: nothing unless the office wants it, and nobody's name or address.
    Whether somebody may run an account is asked with whom, by an account that may be made of a name."""
    if not office.question_in_mail or came_of(ticket.key)[0] == TAKE_OVER:
        return ""
    return without(ticket.dossier.question, (*office.hide_names, ticket.asker.name))
