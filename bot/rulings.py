"""Rulings: what staff decided on a ticket for everybody, with its dates. Pure."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.people import Person
from knowledge.clauses import Party, Verdict


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision of the office that is cited in later answers. `id` is given by the store.

    `owner` is the post (job title) that answers for it, `review` the day from which somebody should look at it again,
    `flagged` the clauses that it rests on which have changed since. `texts` are those clauses' words when it was made,
    in the order of `clauses`, by which a change is noticed. `role` is that of whoever asked: where the question speaks
    of "I", it is ruled for those of that role. Nothing else in it says who asked.
    """

    id: str
    society: str
    question: str
    verdict: Verdict
    words: str
    clauses: tuple[str, ...]
    texts: tuple[str, ...]
    ticket: str
    owner: str
    made: datetime
    by: Person
    review: date
    role: Party
    version: int = 1
    withdrawn: datetime | None = None
    flagged: tuple[str, ...] = ()

    @property
    def stands(self) -> bool:
        return self.withdrawn is None


def withdrawn(ruling: Ruling, at: datetime) -> Ruling:
    return replace(ruling, withdrawn=at, version=ruling.version + 1)


def kept(ruling: Ruling, review: date, texts: tuple[str, ...]) -> Ruling:
    """The ruling, looked at again: it holds until its next review, on the clauses as they read now."""
    return replace(ruling, review=review, texts=texts, flagged=(), version=ruling.version + 1)


def flagged(ruling: Ruling, clauses: tuple[str, ...]) -> Ruling:
    return replace(ruling, flagged=clauses, version=ruling.version + 1)
