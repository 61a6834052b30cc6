"""What comes in: a message that somebody wrote in a conversation, or a button that they pressed there."""

from dataclasses import dataclass

from bot.acts import Act
from bot.people import NOBODY, Person, Standing
from knowledge.clauses import Party


@dataclass(frozen=True, slots=True)
class Message:
    """`conversation` is platform:channel:thread. Society and role are None where the platform does not know them.

    With an act it is what a button, a form or a command does, and `text` is empty. `origin` is what its platform needs
    to answer in the place where it was written or pressed; nobody else reads it.
    """

    conversation: str
    text: str
    society: str | None = None
    role: Party | None = None
    person: Person = NOBODY
    act: Act | None = None
    standing: Standing = Standing.OWN
    origin: str = ""


def own_place(account: str) -> str:
    """The conversation of one person alone with the bot, on the platform that their account is of."""
    return f"{account}:"
