"""A message that somebody wrote, often somebody else, and that a member wants the office to see."""

from bot import wording_of_queries as wording
from bot.exchanges import Ending, Exchange
from bot.messages import Message
from bot.ports import Work
from knowledge.clauses import Party
from knowledge.flows.sharing import is_blank

LONGEST = 4_000  # characters of a message


def fault_in(words: str) -> str:
    """Why a message cannot be referred; empty where it can."""
    if is_blank(words):
        return wording.NOTHING_TO_REFER
    return wording.too_long_to_refer(len(words.strip()), LONGEST) if len(words.strip()) > LONGEST else ""


def referral(message: Message, words: str, own: bool, work: Work) -> Exchange:
    """What is to be kept of it: the message beside a sentence of the bot's own. Its society is empty where it is not
    known. `own` says that whoever refers it wrote it."""
    said_of_it = wording.REFERRED_OWN if own else wording.REFERRED
    account = message.person.account
    turn = work.conversations.last(message.conversation, account)
    society = message.society or (turn.society if turn else "")
    said = (turn.role if turn else None) or message.role or work.conversations.role_of(account, society)
    return Exchange(
        id="",
        conversation=message.conversation,
        person=message.person,
        society=society,
        role=said or Party.MEMBER,
        at=work.now,
        asked=said_of_it,
        told="",
        ending=Ending.REFERRED,
        post=words.strip(),
        question=said_of_it,
    )
