"""The rules that outgrow options and next, each under the name by which a flow's file calls it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from knowledge import phrases
from knowledge.clauses import Party
from knowledge.posts.post import NOT_REPRESENTING, Author
from knowledge.questions import Account, Reading


@dataclass(frozen=True, slots=True)
class Case:
    """What a route may look at: who asks, and the signs (`Option.shows`) of the options taken so far."""

    role: Party
    signs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Said:
    """A message in plain words, and how it reads."""

    words: str
    reading: Reading


ROUTES: Mapping[str, Callable[[Case], bool]] = {
    "employed by the society": lambda case: case.role is Party.STAFF,
    "posted by the society": lambda case: Author.SOCIETY.sign in case.signs,
    "posted by a politician": lambda case: Author.POLITICIAN.sign in case.signs,
    "on a member's own account": lambda case: NOT_REPRESENTING in case.signs and case.role is not Party.STAFF,
}

READS: Mapping[str, Callable[[Said], bool]] = {
    # "our own SIG's account" is nobody's own
    "personal account": lambda said: (
        said.reading.account is Account.PERSONAL and not phrases.AFFILIATED.search(said.words)
    ),
    "affiliated account": lambda said: said.reading.account is Account.AFFILIATED,
    "official account": lambda said: said.reading.account is Account.OFFICIAL,
    "represents": lambda said: said.reading.represents is True,
    "does not represent": lambda said: said.reading.represents is False,
    "has consent": lambda said: said.reading.has,
    "lacks consent": lambda said: said.reading.lacks,
}
