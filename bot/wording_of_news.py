"""What the desk is told of what askers do about their queries, and staff of what they say beside one."""

from bot.tickets import State
from bot.wording_of_queries import shown

NO_WORDS = "There are no words in that which I could send to the asker."
NOT_SENT = "This stands here alone: nothing was sent to the asker."
AS_ANSWER = "Send to the asker as the answer"
AS_QUESTION = "Ask the asker this"


def added(ticket: str) -> str:
    return f"The asker added a line to {shown(ticket)}."


def opened_by_adding(ticket: str, ruling: str = "") -> str:
    return f"The asker added a line to {shown(ticket)}, which opens it again.{_is_left_open(ruling)}"


def opened_again(ticket: str, ruling: str = "") -> str:
    """`ruling` is the one that has answered whoever asked in the same words; empty where none has."""
    return f"The asker opened {shown(ticket)} again.{_is_left_open(ruling)}"


def _is_left_open(ruling: str) -> str:
    return f" Until you answer, nobody else is answered by ruling {ruling} in these words." if ruling else ""


def withdrawn(ticket: str) -> str:
    return f"The asker took {shown(ticket)} back. It needs no answer."


def named(ticket: str, name: str) -> str:
    return f"The asker of {shown(ticket)} agreed to be named: {name}."


def nobody_to_send_to(ticket: str) -> str:
    """What staff are told who say something beside a query that nobody waits for."""
    return f"This stands here alone: {shown(ticket)} has no asker to whom it could be sent."


def not_sent_now(ticket: str, state: State) -> str:
    """What staff are told who say something beside a query that no longer waits."""
    return f"{NOT_SENT} {shown(ticket)} is {state}; to send something, open it again first."


def too_long_to_send(length: int, most: int) -> str:
    return f"{NOT_SENT} It is too long to be sent as it stands: {length:,} characters, and {most:,} can go."
