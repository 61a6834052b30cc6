"""What goes to the office with a query: put together from what was kept of the conversation."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot import wording_of_queries as wording
from bot.exchanges import Ending, Exchange, question_of
from bot.ports import Work
from bot.posts_left_out import apart, posts_in, question_apart, without_quotes
from bot.replies import Said
from bot.ticket_keys import key_of_query
from bot.tickets import Dossier, Part
from bot.wording_of_flows import answered

QUESTION, POST = "question", "post"
_LINE = "line"  # how the id of a part begins that was said before
_EARLIER = 20  # exchanges before the one that is escalated, among which what led to it is looked for
_SHOWN, _SHOWN_FOR = 5, timedelta(days=1)  # of these so many go along, where they were said so shortly before
_LATEST = 100  # queries of one person that are looked through for what went along with them
_SHORTENED = {
    wording.THE_POST: wording.SHORTENED_POST,
    wording.THEIR_MESSAGE: wording.SHORTENED_MESSAGE,
    wording.OWN_MESSAGE: wording.SHORTENED_OWN,
}


def dossier_of(
    exchange: Exchange, work: Work, added: str = "", left_out: Sequence[str] = (), shortened: str = ""
) -> Dossier:
    """The question, what the same person and the bot said before it in this conversation, and what came with it.

    Parts that are left out are not in it, and of the post no more than `shortened` where that is given. The words of a
    post are in the part of that name alone: what else quotes them does so only as far as they go along.

    What was said of another society's policy stays out, and what was said long before. In a chat that never ends only
    what led to the question goes along, and nowhere what went with another query. The ids of the parts do not change as
    long as what they hold is kept, so that what an asker left out stays out.
    """
    referred = exchange.ending == Ending.REFERRED
    parts, posts, alone = _referral(exchange) if referred else _conversation(exchange, work)
    post = next((part.text for part in parts if part.id == POST), "")
    goes = "" if POST in left_out else shortened.strip() or post
    kept = tuple(_as_it_goes(part, posts, post, goes) for part in parts if part.text.strip() or part.id == QUESTION)
    return Dossier(parts[0].text, kept, exchange.clauses, exchange.ending, added, alone).without(tuple(left_out))


def post_of(dossier: Dossier) -> str:
    """The post, draft or message that goes along; empty where none does."""
    return next((part.text for part in dossier.parts if part.id == POST), "")


def _conversation(exchange: Exchange, work: Work) -> tuple[list[Part], tuple[str, ...], bool]:
    """The parts, the question first; every post that was spoken of; and whether the question says all by itself."""
    earlier = [one for one in work.exchanges.before(exchange, _EARLIER) if one.ending != Ending.REFERRED]
    before = [one for one in earlier if one.society == exchange.society]
    run = _led_here(before, exchange)
    posts = tuple(post for one in (*before, exchange) for post in posts_in(one))
    parts = [Part(QUESTION, wording.YOUR_QUESTION, question_apart(exchange, posts), can_go=False)]
    for one in _going_along(before, run, exchange, work):
        parts.append(Part(f"{_LINE}:{one.id}:asked", wording.YOU_ASKED, apart(one.asked, posts)))
        parts.append(Part(f"{_LINE}:{one.id}:said", wording.I_SAID, one.told))
    responses = dict(response for one in run for response in one.said)
    listed = "\n".join(answered(Said(ask, label)) for ask, label in responses.items())
    parts.append(Part("responses", wording.YOU_ANSWERED, listed))
    parts.append(Part(POST, wording.THE_POST, next((one.post for one in reversed(run) if one.post), "")))
    parts.append(Part("told", wording.I_ANSWERED, exchange.told))
    alone = not posts and not work.exchanges.before(exchange, 1)
    return parts, posts, alone


def _referral(exchange: Exchange) -> tuple[list[Part], tuple[str, ...], bool]:
    """A message that somebody wrote and nothing beside it, which was said of other things."""
    question = question_of(exchange)
    heading = wording.OWN_MESSAGE if question == wording.REFERRED_OWN else wording.THEIR_MESSAGE
    parts = [Part(QUESTION, wording.YOUR_QUESTION, question, can_go=False), Part(POST, heading, exchange.post)]
    return parts, (exchange.post,), False


def _as_it_goes(part: Part, posts: Sequence[str], post: str, goes: str) -> Part:
    """A part with no more of any post in it than goes along."""
    if part.id != POST:
        return replace(part, text=without_quotes(part.text, posts, goes))
    return replace(part, heading=_SHORTENED[part.heading], text=goes) if goes and goes != post.strip() else part


def said_in(dossier: Dossier) -> str:
    """What a query asks, to be held beside others: with the post that it is about, or of a message that is referred its
    own words, as far as they went."""
    post = post_of(dossier)
    if dossier.ending == Ending.REFERRED:
        return post or dossier.added or dossier.question
    return f"{dossier.question}\n{post}".strip()


def _going_along(
    before: Sequence[Exchange], run: Sequence[Exchange], exchange: Exchange, work: Work
) -> Sequence[Exchange]:
    """What was said before, as far as it goes along: in a thread what was said there, and where one conversation holds
    all that somebody ever says only what led to the question. Nothing that the office has with another query of theirs:
    it would show whose this one is, though the name on it were withheld."""
    there = before if _is_thread(exchange.conversation) else run[:-1]
    gone = _gone_before(exchange, work)
    return [one for one in there if one.at > exchange.at - _SHOWN_FOR and one.id not in gone][-_SHOWN:]


def _is_thread(conversation: str) -> bool:
    """Whether a conversation is on one thing: PLATFORM:CHANNEL:THREAD, and not all that is said in a chat."""
    return any(conversation.split(":")[2:3])


def _gone_before(exchange: Exchange, work: Work) -> frozenset[str]:
    """The ids of what the office has with other queries of the same person's: what they ask, and what went along."""
    others = work.tickets.of_asker(exchange.person.account, _LATEST) if exchange.person.account else ()
    others = tuple(one for one in others if one.key != key_of_query(exchange.id))
    along = {part.id.split(":")[1] for one in others for part in one.dossier.parts if part.id.startswith(f"{_LINE}:")}
    return frozenset({*along, *(one.key.partition(":")[2] for one in others)})


def _led_here(before: Sequence[Exchange], exchange: Exchange) -> list[Exchange]:
    """The exchange, and those before it with the question that it is about."""
    run = [exchange]
    for one in reversed(before):
        if not run[0].question:
            break
        run.insert(0, one)
    return run
