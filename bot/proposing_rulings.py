"""What staff see before an answer becomes a ruling for all: its wording, with all masked that identifies anybody."""

import re
from dataclasses import replace
from functools import cached_property

from bot import wording_of_rulings as wording
from bot.acts import AnswerQuery, RulingDraft
from bot.askers_words import own_words
from bot.joined import led_by
from bot.office import Offices
from bot.ports import Work
from bot.precedents import Precedents
from bot.replies import Button, Entry, Listed, Reply, Told
from bot.tickets import Ticket
from knowledge.clauses import Force, Verdict
from knowledge.library import Library
from knowledge.questions import plain
from knowledge.rulings.identifying import Span, identifying, without
from knowledge.rulings.precedents import Precedent
from knowledge.rulings.sameness import asked

LONGEST_QUESTION, LONGEST_WORDS = 300, 2_000  # characters
MOST_CLAUSES = 5
_VERDICTS = (Verdict.YES, Verdict.NO, Verdict.DEPENDS, Verdict.INFO)
_HANDLE = re.compile(r"(?<!\w)@\w+")


class Proposing:
    """Checks the draft of a ruling, and shows it to be confirmed."""

    def __init__(self, library: Library, offices: Offices, precedents: Precedents, work: Work) -> None:
        self._library, self._offices, self._precedents, self._work = library, offices, precedents, work
        self._of_society: dict[str, tuple[str, ...]] = {}

    @cached_property
    def _known(self) -> frozenset[str]:
        """The handles that clauses name: they are accounts of the society, and tell nothing of anybody."""
        texts = (clause.text for policy in self._library.policies for clause in policy.clauses)
        return frozenset(handle for text in texts for handle in _HANDLE.findall(text))

    def propose(self, ticket: Ticket, act: AnswerQuery, conversation: str) -> list[Reply]:
        """What staff have to see before a ruling is made; nothing where they have confirmed it and it can be kept.

        That is why it cannot be a ruling as it is, or its wording, with all masked that identifies anybody, to confirm.
        """
        if act.ruling is None:
            return []
        draft = tidied(act.ruling)
        found = [*self._found(draft.question, ticket), *self._found(draft.words, ticket)]
        clean = replace(draft, question=self._without(draft.question, ticket), words=self._without(draft.words, ticket))
        faults = self._faults(clean, ticket.society)
        if faults:
            return [Told(conversation, wording.cannot_be_kept(faults), words=act.text, ticket=ticket.id)]
        if act.confirmed and clean == draft:
            return []
        again = wording.TELLS_WHO_ASKED if act.confirmed else ""
        return [self._to_confirm(ticket, act, clean, found, again, conversation)]

    def replaced(self, draft: RulingDraft, ticket: Ticket) -> tuple[Precedent, ...]:
        """The standing rulings on the very same question, whose place a draft takes."""
        return self._precedents.on_same(draft.question, ticket.society, ticket.role, self._work)

    def _to_confirm(
        self,
        ticket: Ticket,
        act: AnswerQuery,
        draft: RulingDraft,
        found: list[tuple[str, Span]],
        again: str,
        conversation: str,
    ) -> Listed:
        cited = self._library.cite(draft.clauses, ticket.society)
        masked = dict.fromkeys(wording.was_masked(words, span.what) for words, span in found)
        others = self._other_words(draft, ticket)
        entries = [
            Entry(wording.THE_QUESTION, (draft.question,)),
            Entry(wording.THE_RULING, (wording.in_short(draft.verdict, draft.words),)),
            Entry(wording.RESTS_ON, tuple(wording.clause_quoted(citation) for citation in cited)),
            Entry(wording.TAKEN_OUT, tuple(masked)),
            Entry(wording.MIND, (*([again] if again else []), *self._warnings(draft, ticket, bool(others)))),
            Entry(wording.ALSO_FOR, tuple(wording.also_for(words) for words in others)),
            Entry(wording.THE_ANSWER, (act.text,)),
        ]
        keep = replace(act, ruling=draft, confirmed=True)
        alone = replace(act, ruling=None, confirmed=False)
        return Listed(
            conversation,
            wording.before_it_is_kept(ticket.id),
            tuple(entry for entry in entries if entry.lines),
            buttons=(Button("answer", wording.KEEP_AND_SEND, keep), Button("answer", wording.THIS_CASE_ONLY, alone)),
        )

    def _faults(self, draft: RulingDraft, society: str) -> list[str]:
        """Why a draft cannot be a ruling, a sentence each."""
        faults = []
        if not asked(draft.question).words:
            faults.append(wording.NO_QUESTION)
        if not re.search(r"\w", draft.words):
            faults.append(wording.NO_WORDS)
        if draft.verdict not in _VERDICTS:
            faults.append(wording.NO_VERDICT)
        if not draft.clauses:
            faults.append(wording.NO_CLAUSE)
        if len(draft.clauses) > MOST_CLAUSES:
            faults.append(wording.too_many_clauses(MOST_CLAUSES))
        if len(draft.question) > LONGEST_QUESTION:
            faults.append(wording.too_long(wording.THE_QUESTION, LONGEST_QUESTION))
        if len(draft.words) > LONGEST_WORDS:
            faults.append(wording.too_long(wording.THE_RULING, LONGEST_WORDS))
        for name in draft.clauses[:MOST_CLAUSES]:
            clause = self._library.clause(name)
            if clause is None:
                faults.append(wording.unknown_clause(name))
            elif clause.society != society:
                faults.append(wording.foreign_clause(name, self._library.policy_of(society).known_as))
        return faults

    def _warnings(self, draft: RulingDraft, ticket: Ticket, in_other_words: bool) -> list[str]:
        """What staff should think of before they confirm; `in_other_words` says that it answers in askers' own."""
        warnings = []
        for name in draft.clauses:
            clause = self._library.clause(name)
            if clause is not None and draft.verdict is Verdict.YES and clause.force.forbids:
                warnings.append(wording.yes_on_forbidden(name))
            if clause is not None and draft.verdict is Verdict.NO and clause.force is Force.MAY:
                warnings.append(wording.no_on_allowed(name))
        by_itself = ticket.dossier.ending
        if by_itself in (Verdict.YES, Verdict.NO) and draft.verdict != by_itself:
            warnings.append(wording.answered_otherwise(Verdict(by_itself), ticket.dossier.clauses))
        for before in self.replaced(draft, ticket):
            warnings.append(wording.replaces(before.question, before.dated, before.verdict))
        form = asked(draft.question)
        if form.points:
            warnings.append(wording.points(in_other_words))
        elif re.search(r"\b(?:i|we|my|our|me|us)\b", draft.question.casefold()):
            warnings.append(wording.FIRST_PERSON)
        elif not form.tells:
            warnings.append(wording.not_a_question(in_other_words))
        return warnings

    def _other_words(self, draft: RulingDraft, ticket: Ticket) -> list[str]:
        """The words in which it was asked, where they are not the ruling's own; nobody's name is in them."""
        answered = (ticket, *led_by(ticket, self._work))
        words = [words for one in answered if asked(words := own_words(one, self._work)).tells]
        others = [one for one in dict.fromkeys(words) if asked(one) != asked(draft.question)]
        return [self._without(one, ticket) for one in others]

    def _askers(self, ticket: Ticket) -> tuple[str, ...]:
        """The names of all who asked."""
        return tuple(one.asker.name for one in (ticket, *self._work.tickets.joined_to(ticket.id)))

    def _hidden(self, ticket: Ticket) -> tuple[str, ...]:
        """The names that are masked beside the askers' own. Where one of these is withheld, they are those of all who
        ever asked: what is masked must not tell staff which of them it was."""
        hidden = self._offices.of(ticket.society).hide_names
        asked_by = (ticket, *self._work.tickets.joined_to(ticket.id))
        return hidden if all(one.named for one in asked_by) else (*hidden, *self._names(ticket.society))

    def _names(self, society: str) -> tuple[str, ...]:
        if society not in self._of_society:
            self._of_society[society] = self._work.exchanges.names(society)
        return self._of_society[society]

    def _without(self, text: str, ticket: Ticket) -> str:
        return without(text, self._hidden(ticket), self._known, self._askers(ticket))

    def _found(self, text: str, ticket: Ticket) -> list[tuple[str, Span]]:
        spans = identifying(text, self._hidden(ticket), self._known, self._askers(ticket))
        return [(text[span.start : span.end], span) for span in spans]


def tidied(draft: RulingDraft) -> RulingDraft:
    """A draft without needless space, each clause once."""
    clauses = tuple(dict.fromkeys(name.strip() for name in draft.clauses if name.strip()))
    question = " ".join(plain(draft.question).split())
    return replace(draft, question=question, words=plain(draft.words), clauses=clauses)
