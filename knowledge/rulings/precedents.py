"""Which rulings bear on a question: those on the very same question, and those on one that is like it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from knowledge.answers import Question
from knowledge.clauses import Party, Verdict
from knowledge.encoding import Floats
from knowledge.lexical import terms
from knowledge.questions import plain
from knowledge.rulings.sameness import Asked, asked, is_same

# Set on 24 rulings, two paraphrases of each and 60 questions that differ in a word that tells: these likenesses find
# 40 and 33 of the 49 paraphrases, and none takes a question for that of another ruling. One in 170 of the shipped asks
# is taken to be like any of them (one in 500 by words).
_LIKE_BY_MEANING = 0.6  # cosine
_LIKE_BY_WORDS = 0.25  # share of the words of both that they have in common, rare words counting more


class How(StrEnum):
    """How near a ruling is to a question. Only the same question is ruled on by it; a like one is shown beside."""

    SAME = "same"
    LIKE = "like"


@dataclass(frozen=True, slots=True)
class Form:
    """A way in which a ruling was asked, and the role of who asked it so. `ticket` is that of a query in whose words it
    is; empty for the ruling's own, general ones. Words of queries are compared, and shown to nobody who asks."""

    text: str
    role: Party
    ticket: str = ""


@dataclass(frozen=True, slots=True)
class Precedent:
    """A ruling that may bear on later questions. `dated` is the day as it is shown, `forms` are the ways in which it
    was asked."""

    id: str
    society: str
    question: str
    verdict: Verdict
    words: str
    clauses: tuple[str, ...]
    dated: str
    office: str
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """A precedent, and how near it is: `likeness` is 1 for the same question, and `by` the forms that are the same."""

    precedent: Precedent
    how: How
    likeness: float
    by: tuple[Form, ...] = ()


class Matcher:
    """Finds the precedents that bear on a question. Never one of another society.

    `vector` gives the vector of a text, of unit length, or None where there is no encoder; `rarity` says how rare a
    term (`lexical.terms`) is in a society's language.
    """

    def __init__(
        self,
        precedents: Sequence[Precedent],
        vector: Callable[[str], Floats | None],
        rarity: Mapping[str, Callable[[str], float]],
    ) -> None:
        self._vector, self._rarity = vector, rarity
        self._of: dict[str, list[_Held]] = {}
        for precedent in precedents:
            forms = tuple((words, form) for form in precedent.forms if (words := asked(form.text)).tells)
            texts = tuple(dict.fromkeys(form.text for form in precedent.forms if form.text.strip()))
            vectors = [found for text in texts if (found := vector(text)) is not None]
            held = _Held(
                precedent,
                forms,
                np.stack(vectors) if vectors else None,
                tuple(frozenset(terms(text)) for text in texts),
            )
            self._of.setdefault(precedent.society, []).append(held)

    def bearing(self, question: Question) -> tuple[Near, ...]:
        """The precedents that bear on a question, nearest first; of several as near, the latest."""
        # What was chosen when asked back is a fact that no ruling knows of.
        form = asked(question.text) if not question.chosen else None
        return self._near(question.text, question.society, form, question.role)

    def all_near(self, text: str, society: str) -> tuple[Near, ...]:
        """The precedents near to a text, whoever asks, nearest first."""
        return self._near(text, society, None, Party.MEMBER)

    def on_same(self, text: str, society: str, role: Party) -> tuple[Near, ...]:
        """The precedents on the very same question, latest first."""
        form = asked(text)
        held = [(one, one.same(form, role)) for one in reversed(self._of.get(society, []))]
        return tuple(Near(one.precedent, How.SAME, 1.0, by) for one, by in held if by)

    def _near(self, text: str, society: str, form: Asked | None, role: Party) -> tuple[Near, ...]:
        of_society = self._of.get(society, [])
        if not of_society:
            return ()
        vector, words = self._vector(plain(text)), frozenset(terms(text))  # as it was encoded for its answer
        found: list[Near] = []
        for held in reversed(of_society):
            by = held.same(form, role) if form is not None else ()
            if by:
                found.append(Near(held.precedent, How.SAME, 1.0, by))
                continue
            if vector is not None and held.vectors is not None:
                likeness, least = float((held.vectors @ vector).max()), _LIKE_BY_MEANING
            else:
                likeness, least = self._shared(words, held.terms, society), _LIKE_BY_WORDS
            if likeness >= least:
                found.append(Near(held.precedent, How.LIKE, min(likeness, 1.0)))
        return tuple(sorted(found, key=lambda near: (near.how is How.LIKE, -near.likeness)))

    def _shared(self, words: frozenset[str], texts: Sequence[frozenset[str]], society: str) -> float:
        rarity = self._rarity[society]

        def weight(some: frozenset[str]) -> float:
            return sum(rarity(word) for word in some)

        return max((weight(words & text) / max(weight(words | text), 1e-9) for text in texts), default=0.0)


@dataclass(frozen=True, slots=True)
class _Held:
    """A precedent, ready to be compared."""

    precedent: Precedent
    forms: tuple[tuple[Asked, Form], ...]
    vectors: Floats | None
    terms: tuple[frozenset[str], ...]

    def same(self, question: Asked, role: Party) -> tuple[Form, ...]:
        """The forms in which this very question was asked."""
        return tuple(form for words, form in self.forms if is_same(question, role, words, form.role))
