"""What goes to the office with a query: put together from what was kept of the conversation."""

from collections.abc import Sequence
from datetime import timedelta

from bot import wording_of_queries as wording
from bot.exchanges import Ending, Exchange, question_of
from bot.ports import Work
from bot.replies import Said
from bot.tickets import Dossier, Part
from bot.wording_of_flows import answered

QUESTION = "question"
_EARLIER = 20  # exchanges before the one that is escalated, among which what led to it is looked for
_SHOWN, _SHOWN_FOR = 5, timedelta(days=1)  # of these so many go along, where they were said so shortly before


def dossier_of(exchange: Exchange, work: Work, added: str = "") -> Dossier:
    """The question, what the same person and the bot said before it in this conversation, and what came with it.

    What was said of another society's policy stays out, and what was said long before. The ids of the parts do not
    change as long as what they hold is kept, so that what an asker left out stays out.
    """
    if exchange.ending == Ending.REFERRED:
        return _referral(exchange, added)
    earlier = [one for one in work.exchanges.before(exchange, _EARLIER) if one.ending != Ending.REFERRED]
    before = [one for one in earlier if one.society == exchange.society]
    run = _led_here(before, exchange)
    question = question_of(exchange)
    parts = [Part(QUESTION, wording.YOUR_QUESTION, question, can_go=False)]
    for one in [one for one in before if one.at > exchange.at - _SHOWN_FOR][-_SHOWN:]:
        parts.append(Part(f"line:{one.id}:asked", wording.YOU_ASKED, one.asked))
        parts.append(Part(f"line:{one.id}:said", wording.I_SAID, one.told))
    responses = dict(response for one in run for response in one.said)
    listed = "\n".join(answered(Said(ask, label)) for ask, label in responses.items())
    parts.append(Part("responses", wording.YOU_ANSWERED, listed))
    parts.append(Part("post", wording.THE_POST, next((one.post for one in reversed(run) if one.post), "")))
    parts.append(Part("told", wording.I_ANSWERED, exchange.told))
    kept = tuple(part for part in parts if part.text.strip() or part.id == QUESTION)
    alone = not work.exchanges.before(exchange, 1)
    return Dossier(question, kept, exchange.clauses, exchange.ending, added, alone)


def _referral(exchange: Exchange, added: str) -> Dossier:
    """A message of somebody else's and nothing beside it, which was said of other things."""
    question = question_of(exchange)
    parts = (
        Part(QUESTION, wording.YOUR_QUESTION, question, can_go=False),
        Part("post", wording.THEIR_MESSAGE, exchange.post),
    )
    return Dossier(question, parts, exchange.clauses, exchange.ending, added)


def said_in(dossier: Dossier) -> str:
    """What a query asks, to be held beside others: of a message that is referred its own words, as far as they went."""
    if dossier.ending != Ending.REFERRED:
        return dossier.question
    referred = next((part.text for part in dossier.parts if part.id == "post"), "")
    return referred or dossier.added or dossier.question


def _led_here(before: Sequence[Exchange], exchange: Exchange) -> list[Exchange]:
    """The exchange, and those before it with the question that it is about."""
    run = [exchange]
    for one in reversed(before):
        if not run[0].question:
            break
        run.insert(0, one)
    return run
