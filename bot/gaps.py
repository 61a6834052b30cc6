"""What the policy fails to say: the questions that it leaves open, grouped by likeness."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from weakref import WeakKeyDictionary

from bot.exchanges import Ending, Exchange
from bot.office import Office
from bot.ports import Work
from bot.posts_left_out import question_apart
from bot.ticket_keys import key_of_gap, key_of_query
from bot.tickets import Ticket
from knowledge.answers import Reason
from knowledge.encoding import Floats
from knowledge.library import Library
from knowledge.questions import plain, spelt_out
from knowledge.rulings.identifying import without
from knowledge.rulings.likeness import groups
from knowledge.vectors import unit

LATEST = 300  # exchanges looked at where somebody waits: their vectors take some two seconds the first time
UNANSWERED = (Reason.OUT_OF_SCOPE, Reason.GAP, Reason.OTHER_SOCIETY, Reason.VAGUE)

_MOST_KEPT = 5_000  # vectors


class Ruled(Protocol):
    """Knows whether a standing ruling settles a question."""

    def covers(self, text: str, society: str, work: Work) -> bool:
        """Whether a standing ruling of the society rules on just this."""
        ...


@dataclass(frozen=True, slots=True)
class Gap:
    """One kind of question that the policy leaves open.

    `question` stands for all of it, with nothing in it that identifies anybody. `askers` is how many different people
    asked. `endings` counts how the bot's answers ended, which is a verdict where one was given and the asker sent the
    question on all the same. `clause` is the nearest, by its id, and empty where none is; `tickets` are ids of queries
    that came of it, latest first; `exchange` is the one whose question is shown.
    """

    question: str
    count: int
    askers: int
    endings: Mapping[str, int]
    clause: str
    section: str
    latest: datetime
    exchange: str
    tickets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One exchange that left a question open, the ids of the queries that came of it, and what stands for it."""

    exchange: Exchange
    tickets: tuple[str, ...]
    text: str


def gaps(society: str, work: Work, library: Library, office: Office, ruled: Ruled, most: int = LATEST) -> list[Gap]:
    """The kinds of questions that ended unanswered or were sent on, most asked first, then latest first.

    At most the `most` latest are looked at. What a standing ruling settles by now is left out.
    """
    return grouped(open_questions(society, work, ruled, most), society, library, office)


def open_questions(society: str, work: Work, ruled: Ruled, most: int = LATEST) -> list[OpenQuestion]:
    """The questions behind `gaps`, latest first; what has to be read from the store."""
    found: list[OpenQuestion] = []
    for exchange in work.exchanges.ended(society, UNANSWERED, most):
        if exchange.ending == Ending.REFERRED:  # nothing was asked
            continue
        tickets, text = tickets_of(exchange, work), _asked(exchange)
        if text and not _is_settled(tickets, work) and not ruled.covers(text, society, work):
            found.append(OpenQuestion(exchange, tuple(ticket.id for ticket in tickets), text))
    return found


def grouped(questions: Sequence[OpenQuestion], society: str, library: Library, office: Office) -> list[Gap]:
    """Those that are alike together; what takes its time."""
    texts = [" ".join(spelt_out(plain(one.text)).split()) for one in questions]  # as they are compared
    vector_of = _vectors(library, texts)
    made = [
        _gap([questions[place] for place in some], society, library, office, vector_of(texts[some[0]]))
        for some in groups(texts, vector_of)
    ]
    return sorted(made, key=lambda gap: (-gap.count, -gap.latest.timestamp()))


def tickets_of(exchange: Exchange, work: Work) -> tuple[Ticket, ...]:
    """The tickets that came of an exchange: its asker's, and the office's own."""
    found = [work.tickets.of_key(key_of(exchange.id)) for key_of in (key_of_query, key_of_gap)]
    return tuple(ticket for ticket in found if ticket is not None)


def _gap(members: Sequence[OpenQuestion], society: str, library: Library, office: Office, vector: Floats | None) -> Gap:
    """One kind, of questions in the order latest first; `vector` is that of the first."""
    folded = [" ".join(one.text.casefold().split()) for one in members]
    often = Counter(folded).most_common(1)[0][0]
    shown, exchanges = members[folded.index(often)], [one.exchange for one in members]
    names = dict.fromkeys(exchange.person.name for exchange in exchanges if exchange.person.name)
    clause = _nearest(members, society, library, vector)
    held = library.clause(clause)
    return Gap(
        question=without(shown.text, (*office.hide_names, *names)),
        count=len(members),
        askers=len({exchange.person.account for exchange in exchanges}),
        endings=dict(Counter(exchange.ending for exchange in exchanges).most_common()),
        clause=clause,
        section=held.section if held else "",
        latest=exchanges[0].at,
        exchange=shown.exchange.id,
        tickets=tuple(dict.fromkeys(ticket for one in members for ticket in one.tickets)),
    )


def _asked(exchange: Exchange) -> str:
    """What stands for the question: in a guided decision what was answered last, since "yes" alone asks nothing."""
    if exchange.ending == Ending.GUIDED and exchange.said:
        ask, label = exchange.said[-1]
        return f"{ask} {label}"
    return question_apart(exchange)


def _is_settled(tickets: Sequence[Ticket], work: Work) -> bool:
    rulings = [work.rulings.get(ticket.ruling) for ticket in tickets if ticket.ruling]
    return any(ruling is not None and ruling.stands and not ruling.flagged for ruling in rulings)


def _nearest(members: Sequence[OpenQuestion], society: str, library: Library, vector: Floats | None) -> str:
    """The clause that these were most often told of, or the one that is most like the first; by its id."""
    told = Counter(name for one in members for name in one.exchange.clauses if library.clause(name))
    if told:
        return told.most_common(1)[0][0]
    if society not in library.societies:
        return ""
    return next(iter(library.retrieval.like(members[0].text, society, vector)), "")


_kept: WeakKeyDictionary[Library, dict[bytes, Floats]] = WeakKeyDictionary()  # by a hash: no text stays in it


def _vectors(library: Library, texts: Sequence[str]) -> Callable[[str], Floats | None]:
    """Gives the vectors of texts, those of these that were not met before encoded together; None without an encoder."""
    store = library.retrieval.store
    if store is None:
        return lambda _text: None
    kept = _kept.setdefault(library, {})
    found = {text: kept.get(_mark(text)) for text in texts}
    new = [text for text, vector in found.items() if vector is None]
    if new:
        encoded = dict(zip(new, unit(store.embeddings.embed_documents(new)), strict=True))
        if len(kept) + len(new) > _MOST_KEPT:
            kept.clear()
        kept.update({_mark(text): vector for text, vector in encoded.items()})
        found.update(encoded)

    def vector_of(text: str) -> Floats | None:
        known = found.get(text)
        return library.retrieval.vector(text) if known is None else known

    return vector_of


def _mark(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
