"""What comes in: a message that somebody wrote in a conversation, or a button that they pressed there."""

from dataclasses import dataclass

from bot.acts import Act
from bot.people import NOBODY, Person, Standing
from knowledge.clauses import Party

_OPENLY = ":open"  # after the person who is spoken to where everybody reads it
_BEFORE_PERSON = 3  # parts of a conversation: platform, channel and thread


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


def is_own_place(conversation: str, account: str) -> bool:
    """Whether a conversation is `own_place(account)`, by any of the names that platforms have for it."""
    return bool(account) and conversation.rstrip(":") == account


def same_place(one: str, other: str) -> bool:
    """Whether two conversations of the same person on one platform are one place to them: the same thread, whoever else
    reads it, or both the chat with them alone, where each message may have a name of its own."""
    one, other = (name.removesuffix(_OPENLY).rstrip(":") for name in (one, other))
    with_them_alone = _is_with_one(one) and _is_with_one(other)
    return one == other or (with_them_alone and one.partition(":")[0] == other.partition(":")[0])


def _is_with_one(conversation: str) -> bool:
    """Whether it is with one person alone: of a place of several the name goes on, and ends in whom it is for."""
    return conversation.count(":") < _BEFORE_PERSON
