"""Questions to begin with: some that the policy of a society answers, as people ask them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from bot.wording import RULING, UNSURE
from bot.wording_of_home import ABOUT_TAKING_OVER, MOST_ASKED, WHAT_CAN_I_ASK, what_of
from knowledge.answers import Answer, Question
from knowledge.clauses import Ask, Clause, Force, Party, Policy, Verdict
from knowledge.library import Library
from knowledge.questions import Mood, read

MOST = 4
_SURE = 0.6  # chance of having found the right clause, of what most people come for
_SHORTEST, _LONGEST = 15, 70  # characters; what is longer is no label of a button
_TRIED = 3  # asks of one clause
_SECTIONS_TRIED = 12  # of a policy of which nobody has said how people ask about it
_CLEAR = (Verdict.YES, Verdict.NO)
_TELLS_MORE = re.compile(r"[.!;:] | [A-Z][a-z]")  # a story before it, or a name
_OF_THEMSELVES = re.compile(r"\b(?:I|we|my|our)\b")


class Suggesting:
    """Suggests questions from a library. Each was put to it first, and is answered from the clause that it is about."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._found: dict[tuple[str, Party], tuple[str, ...]] = {}
        self._of_taking_over: dict[tuple[str, Party], str] = {}

    def questions(self, society: str, role: Party) -> tuple[str, ...]:
        """One question at least for somebody of this role, and at most `MOST`; always the same, and looked for once.

        First what most people come for, as far as the policy rules on it, each about another clause; then of how people
        ask about its clauses, from as many sections as there are, those with a clear ruling first.

        Raises:
            KeyError: no policy of this society is held.
        """
        key = society, role
        if key not in self._found:
            sources = (self._most_asked, self._from_asks, self._in_general)
            found = (one for source in sources for one in source(society, role))
            self._found[key] = tuple(islice(found, MOST)) or (WHAT_CAN_I_ASK,)  # not one more is tried than is needed
        return self._found[key]

    def about_taking_over(self, society: str, role: Party) -> str:
        """What somebody asks who takes over an account, in words to which this policy has something to say; the first
        of its suggestions where it has nothing.

        Raises:
            KeyError: no policy of this society is held.
        """
        key = society, role
        if key not in self._of_taking_over:
            answered = (one for one in ABOUT_TAKING_OVER if self._answer(one, society, role))
            self._of_taking_over[key] = next(answered, "") or self.questions(society, role)[0]
        return self._of_taking_over[key]

    def _most_asked(self, society: str, role: Party) -> Iterator[str]:
        """What most people come for, where the clause that rules on it speaks of that in so many words."""
        told: set[str] = set()
        for question, word in MOST_ASKED.items():
            answer = self._answer(question, society, role)
            if answer is None or answer.verdict not in RULING or answer.confidence < _SURE:
                continue
            clause = answer.parts[0].clauses[0]
            if clause.id not in told and _speaks_of(clause, word):
                told.add(clause.id)
                yield question

    def _from_asks(self, society: str, role: Party) -> Iterator[str]:
        """A question of each section, then a second one of each, and so on."""
        sections: dict[str, list[Clause]] = {}
        for clause in self._clauses(society):
            sections.setdefault(clause.group, []).append(clause)
        in_order = (sorted(clauses, key=lambda one: _place(one, role)) for clauses in sections.values())
        left = [self._of(clauses, role) for clauses in sorted(in_order, key=lambda clauses: _place(clauses[0], role))]
        while left:
            going_on = []
            for questions in left:
                if found := next(questions, None):
                    yield found
                    going_on.append(questions)
            left = going_on

    def _of(self, clauses: list[Clause], role: Party) -> Iterator[str]:
        """A question of each of these clauses that has one."""
        for clause in clauses:
            tried = islice(self._askable(clause), _TRIED)
            yield from islice((one.text for one in tried if self._is_answered_by(clause, one, role)), 1)

    def _askable(self, clause: Clause) -> list[Ask]:
        """The asks of a clause that somebody can be shown, the plainest first."""
        policy = self._library.policy_of(clause.society)
        asks = (replace(one, text=_as_written(one.text, policy)) for one in clause.asks)
        return sorted((one for one in asks if _SHORTEST <= len(one.text) <= _LONGEST), key=_plainness)

    def _is_answered_by(self, clause: Clause, ask: Ask, role: Party) -> bool:
        answer = self._answer(ask.text, clause.society, role)
        fits = answer is not None and ask.verdict in (None, answer.verdict)
        return fits and answer is not None and answer.citations[0].clause == clause.id

    def _in_general(self, society: str, role: Party) -> Iterator[str]:
        """What is asked of a policy of which nobody has said how people ask about it."""
        asked = dict.fromkeys(what_of(clause.section) for clause in self._clauses(society))
        tried = islice((one for one in asked if len(one) <= _LONGEST), _SECTIONS_TRIED)
        return (one for one in tried if self._answer(one, society, role))

    def _answer(self, question: str, society: str, role: Party) -> Answer | None:
        """The answer to a question; None where there is none, or it may have been misread."""
        answer = self._library.answer(Question(question, society, role))
        return answer if isinstance(answer, Answer) and answer.confidence >= UNSURE else None

    def _clauses(self, society: str) -> Iterator[Clause]:
        return (one for policy in self._library.policies if policy.society == society for one in policy.clauses)


def _place(clause: Clause, role: Party) -> tuple[bool, bool, bool]:
    """Where a clause stands among others: before those that rule less clearly, or speak to others, or only inform."""
    clear = any(ask.verdict in _CLEAR for ask in clause.asks)
    to_them = clause.is_for(role) and Party.ANYONE not in clause.binds
    return not clear, not to_them, clause.force in (Force.FACT, Force.GAP)


def _speaks_of(clause: Clause, word: str) -> bool:
    return any(word in text.casefold() for text in (clause.text, *(ask.text for ask in clause.asks)))


def _plainness(ask: Ask) -> tuple[bool, bool, bool]:
    """How plainly something is asked, in words that stand for themselves: what sorts first is plainest."""
    how = read(ask.text)
    asks_plainly = how.mood in (Mood.PERMISSION, Mood.DUTY) and not how.negated and not _TELLS_MORE.search(ask.text)
    return ask.verdict not in _CLEAR, not asks_plainly, _OF_THEMSELVES.search(ask.text) is None


def _as_written(text: str, policy: Policy) -> str:
    """A question as it is written with care, with the society called as its policy has it."""
    society = re.compile(rf"\b{re.escape(policy.society)}\b", re.IGNORECASE)
    name = society.search(policy.organisation)
    if name:
        text = society.sub(lambda _: name[0], text)
    return f"{text[:1].upper()}{text[1:].rstrip('?. ')}?"
