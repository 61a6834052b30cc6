"""What is said of messages for whoever runs an account, and of what they answer. Nobody is told who they are."""

from bot.office import Office
from bot.tickets import Ticket
from bot.wording_of_queries import shown

PASS_ON = "Pass a message on"
WITH_NAME, WITHOUT_NAME, LEAVE = "Send with my name", "Send without my name", "Leave it"
ANSWER = "Answer"
NO_SUCH_MESSAGE = "I find no such message for you."
WHAT_TO_SAY = "Write what they should be told; nothing was sent."
WHAT_TO_ANSWER = "Write your answer; nothing was sent."
THE_MESSAGE, FOR_WHOM = "The message", "For whoever runs"
SOMEBODY = "Somebody who does not give their name"
A_MEMBER = "Somebody whose name I do not know"

_WHEN = "When they answer is up to them."


def too_long(length: int, most: int) -> str:
    return (
        f"That is too long: {length:,} characters, and {most} can go. Nothing was sent. Here it is, for you to shorten."
    )


# A message, from its writer to those who run the account


def preview(handle: str, office: Office, anybody: bool, expected: str) -> str:
    """What would go, and to whom; `anybody` says that somebody runs the account. `expected` says by when the office
    answers, which those who run the account have not promised."""
    whom = f"to the people who run {handle}; {office.name} sees it as well"
    if not anybody:
        whom = f"to {office.name}, who will pass it on: nobody is known here who runs {handle}"
    return (
        f"This would go {whom}. If you send it without your name, I bring you the answer all the same. "
        f"{_WHEN if anybody else expected} Nothing is sent until you say so."
    )


def not_used(handle: str, office: Office) -> str:
    return f"{handle} is no longer used, so there is nobody to pass a message on to. {_start(office.name)} can help."


def sent(ticket: Ticket, handle: str, office: Office, anybody: bool, expected: str) -> str:
    whom = f"the people who run {handle}; {office.name} sees it as well"
    if not anybody:
        whom = f"{office.name}, who will pass it on to whoever runs {handle}"
    name = "with your name" if ticket.named else "without your name"
    return f"Sent as {shown(ticket.id)}, {name}, to {whom}. {_WHEN if anybody else expected} I bring you the answer."


def sent_before(ticket: Ticket, handle: str) -> str:
    return f"That message for {handle} went before, as {shown(ticket.id)}; I have sent nothing more."


def to_admin(ticket: Ticket, handle: str, name: str, office: Office) -> str:
    """`name` is the writer's, empty where it is withheld or not known."""
    who = name or (A_MEMBER if ticket.named else SOMEBODY)
    return (
        f"{who} writes to whoever runs {handle}, as {shown(ticket.id)}. If you answer, it goes in the name of the "
        f"people who run {handle}, without yours; {office.name} can see who answered."
    )


def of_account(handle: str, group: str) -> str:
    return f"{handle}, {group}" if group else handle


def added(ticket: Ticket, handle: str, _: bool) -> str:
    return f"Whoever wrote {shown(ticket.id)} to the people who run {handle} has added to it:"


def opened_again(ticket: Ticket, handle: str, with_words: bool) -> str:
    told = f"{shown(ticket.id)}, a message for whoever runs {handle}, is open again: whoever wrote it asks for more"
    return f"{told}:" if with_words else f"{told}."


# Those that wait, listed to whoever runs the account


WAITING = "Messages that wait for an answer of yours"


def waiting(ticket: Ticket, handle: str, name: str) -> str:
    """`name` is the writer's, empty where it is withheld or not known."""
    return f"{shown(ticket.id)}, for {handle}, from {name or _inside(A_MEMBER if ticket.named else SOMEBODY)}"


def more_messages(left_out: int) -> str:
    return f"{left_out} more wait; they are shown once these are answered."


# An answer, back to its writer


def answered(ticket: Ticket, handle: str) -> str:
    return f"The people who run {handle} have answered {shown(ticket.id)}:"


def answer_sent(ticket: Ticket) -> str:
    return f"Your answer to {shown(ticket.id)} goes to whoever wrote, without your name."


def nobody_to_answer(ticket: Ticket) -> str:
    return f"Whoever wrote {shown(ticket.id)} is no longer on record, so there is nobody to answer."


def for_desk(ticket: Ticket, name: str, handle: str) -> str:
    return f"{shown(ticket.id)} is answered by {name}, who runs {handle}."


def answered_by(ticket: Ticket, by: str, when: str) -> str:
    return f"{by} answered {shown(ticket.id)} first, {when}, so nothing of yours was sent. Here is what you wrote."


def you_answered(ticket: Ticket, when: str) -> str:
    return f"You answered {shown(ticket.id)} already, {when}; nothing more was sent."


def taken_back(ticket: Ticket) -> str:
    return f"Whoever wrote {shown(ticket.id)} took it back, so nothing was sent."


def closed(ticket: Ticket, office: Office, when: str) -> str:
    return f"{_start(office.name)} closed {shown(ticket.id)}, {when}, so nothing was sent. Here is what you wrote."


ANOTHER_ADMIN = "Another admin"


def office_at_start(office: Office) -> str:
    return _start(office.name)


def _inside(words: str) -> str:
    return words[:1].lower() + words[1:]


def _start(words: str) -> str:
    return words[:1].upper() + words[1:]
