"""What goes to the office with a query: put together from what was kept of the conversation."""

from collections.abc import Sequence

from bot import wording_of_queries as wording
from bot.exchanges import Ending, Exchange
from bot.ports import Work
from bot.replies import Said
from bot.tickets import Dossier, Part
from bot.wording_of_flows import answered
from knowledge.clauses import Verdict

QUESTION = "question"
_EARLIER = 10  # exchanges before the one that is escalated
_ASKING = (Ending.GUIDED, Ending.ASKED, Verdict.DEPENDS)  # endings with which the bot asked something back
_LONGEST_RESPONSE = 12  # words of what can be a response to that


def dossier_of(exchange: Exchange, work: Work, added: str = "") -> Dossier:
    """The question, what the same person and the bot said before it in this conversation, and what came with it.

    What was said of another society's policy stays out. The ids of the parts do not change as long as what they hold
    is kept, so that what an asker left out stays out.
    """
    before = [one for one in work.exchanges.before(exchange, _EARLIER) if one.society == exchange.society]
    run = _led_here(before, exchange)
    question = "\n".join(one.asked for one in run)
    parts = [Part(QUESTION, wording.YOUR_QUESTION, question, can_go=False)]
    for one in before:
        parts.append(Part(f"line:{one.id}:asked", wording.YOU_ASKED, one.asked))
        parts.append(Part(f"line:{one.id}:said", wording.I_SAID, one.told))
    responses = dict(response for one in run for response in one.said)
    listed = "\n".join(answered(Said(ask, label)) for ask, label in responses.items())
    parts.append(Part("responses", wording.YOU_ANSWERED, listed))
    parts.append(Part("post", wording.THE_POST, next((one.post for one in reversed(run) if one.post), "")))
    parts.append(Part("told", wording.I_ANSWERED, exchange.told))
    kept = tuple(part for part in parts if part.text.strip() or part.id == QUESTION)
    return Dossier(question, kept, exchange.clauses, exchange.ending, added)


def _led_here(before: Sequence[Exchange], exchange: Exchange) -> list[Exchange]:
    """The exchange, and those before it where what was asked in it only responds to what the bot had asked back."""
    run = [exchange]
    for one in reversed(before):
        asked = run[0].asked
        if one.ending not in _ASKING or asked.rstrip().endswith("?") or len(asked.split()) > _LONGEST_RESPONSE:
            break
        run.insert(0, one)
    return run
