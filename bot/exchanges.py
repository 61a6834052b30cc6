"""Exchanges: what somebody asked and what the bot said to it, as it is kept to be sent on, counted and put right."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.people import Person
from knowledge.clauses import Party


class Ending(StrEnum):
    """How a message ended, where that is neither a verdict nor a reason for none, which stand under their own names."""

    GUIDED = "guided"  # a step of a flow is open
    ASKED = "asked"  # something has to be said first, as whose policy is meant
    CHECKED = "checked"  # a draft was looked over
    REFERRED = "referred"  # nothing was asked: a message of somebody else's is to go to the office
    TOLD = "told"  # help, a role taken, and the like
    FAILED = "failed"  # something broke


@dataclass(frozen=True, slots=True)
class Exchange:
    """One message and what was said to it. `id` is given by the store.

    `ending` is a verdict, the reason why there was none, or an `Ending`. `said` is what was answered in a flow, asked
    and label; `post` a post or draft that it was about. `ruling` is the one that was cited. `question` is what was
    asked before where the message only takes an option, names a role or responds to something, and both where it adds
    to that; else it is empty. `main` is what of `told` answers by itself; empty where that is all of it.
    """

    id: str
    conversation: str
    person: Person
    society: str
    role: Party
    at: datetime
    asked: str
    told: str
    ending: str
    clauses: tuple[str, ...] = ()
    said: tuple[tuple[str, str], ...] = ()
    post: str = ""
    confidence: float = 0.0
    ruling: str = ""
    question: str = ""
    main: str = ""


def question_of(exchange: Exchange) -> str:
    """The question that an exchange is about, in the asker's words."""
    return (exchange.question or exchange.asked).strip()


def main_of(exchange: Exchange) -> str:
    """What was answered, without what was said beside it for whoever asked."""
    return exchange.main or exchange.told


@dataclass(frozen=True, slots=True)
class Rating:
    """What an asker said of an answer. `settled` says that staff have seen to it."""

    exchange: Exchange
    person: Person
    right: bool
    reason: str
    at: datetime
    settled: bool = False
