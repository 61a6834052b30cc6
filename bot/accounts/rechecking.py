"""Clauses that changed since somebody confirmed them: they confirm only those again, by a question about each."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from bot import wording_of_onboarding as onboarding_words
from bot import wording_of_rechecking as wording
from bot import wording_of_steps as step_words
from bot.accounts.enrolling import Contended, changed, is_admin_still, is_theirs, reached_at
from bot.acts import ConfirmChange
from bot.enrolments import Enrolment, EnrolmentState, ReadClause
from bot.hours import is_open
from bot.messages import Message
from bot.office import Offices
from bot.ports import Work
from bot.register import RegisterEntry
from bot.replies import TO_ADMIN, Button, Lesson, Paragraph, Reply, Told
from knowledge.answers import Citation
from knowledge.clauses import Clause
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists

_NOTHING = Paragraph("", (), "")
_GONE, _TOLD, _BACK = "gone", "told", "back"  # in keys: of a clause


@dataclass(frozen=True, slots=True)
class Changed:
    """A clause that is not as somebody confirmed it: what they read, and how it is cited now."""

    read: ReadClause
    clause: Clause
    now: Citation

    @property
    def digest(self) -> str:
        """By what its words and strength of today are known."""
        return digest(self.now.quote, self.clause.force)

    @property
    def only_strength(self) -> bool:
        return self.now.quote == self.read.text


class Rechecking:
    """What admins have to confirm again, in one unit of work."""

    def __init__(self, library: Library, checklists: Checklists, offices: Offices, work: Work) -> None:
        self._library, self._checklists, self._offices, self._work = library, checklists, offices, work

    def is_due(self) -> bool:
        """Whether there is something for `due` to say. Nothing is changed by asking."""
        return any(self._unsaid(enrolment) or self._back(enrolment) for enrolment, _ in self._concerned())

    def due(self) -> list[Reply]:
        """What has to be said now, each change once, while the office is open. Asking again at once brings nothing."""
        replies: list[Reply] = []
        for enrolment, entry in list(self._concerned()):
            for mark in self._back(enrolment):
                self._work.first(mark)
            unsaid = [one for one in self._unsaid(enrolment) if self._say(enrolment, one)]
            gone = [one.clause for one in unsaid if isinstance(one, ReadClause)]
            where = reached_at(enrolment, self._work)
            if gone:
                replies.append(Told(where, wording.gone(gone, entry), about=TO_ADMIN))
            lesson = self.lesson(enrolment, where) if len(unsaid) > len(gone) else None
            replies += [replace(lesson, about=TO_ADMIN)] if lesson else []
        return replies

    def open(self, enrolment: Enrolment) -> tuple[Changed, ...]:
        """The clauses that the person of an enrolment, who still runs the account, has to confirm again."""
        if enrolment.state is not EnrolmentState.FINISHED or not is_admin_still(enrolment, self._work):
            return ()
        found = (self._changed(one, enrolment.society) for one in enrolment.read)
        return tuple(one for one in found if one is not None)

    def lesson(self, enrolment: Enrolment, conversation: str, before: Paragraph = _NOTHING) -> Lesson | None:
        """The question about the next clause that has changed; None where none has."""
        waiting, entry = self.open(enrolment), self._work.register.get(enrolment.entry)
        if not waiting or entry is None:
            return None
        one, office = waiting[0], self._offices.of(enrolment.society)
        opening = wording.changed(one.clause, one.read.at, office)
        return Lesson(
            conversation,
            entry.handle,
            "",
            before,
            Paragraph(opening, (one.now,), self._question(enrolment, one, len(waiting) - 1)),
            buttons=self._buttons(enrolment, one),
        )

    def confirm(self, message: Message, act: ConfirmChange) -> list[Reply]:
        """What comes of an answer to such a question; nothing is noted for a wrong one."""
        enrolment = self._work.enrolments.get(act.enrolment)
        if (
            enrolment is None
            or not is_theirs(enrolment, message.person.account, self._work)
            or message.society not in (None, enrolment.society)
        ):
            return [Told(message.conversation, onboarding_words.NO_SUCH)]
        one = next((one for one in self.open(enrolment) if one.clause.id == act.clause), None)
        if one is None:
            return self._next(message, enrolment, Paragraph(wording.CONFIRMED_ALREADY, (), ""))
        if act.given != one.digest:
            was = act.given == digest(one.read.text, one.read.force)
            said = wording.WRONG_WORDING if was else wording.CHANGED_AGAIN if act.given else ""
            return self._next(message, enrolment, Paragraph(said, (), ""), one)
        return self._noted(message, enrolment, one)

    def _noted(self, message: Message, enrolment: Enrolment, one: Changed) -> list[Reply]:
        now, place = self._work.now, message.conversation
        read = ReadClause(one.clause.id, one.now.edition, one.now.quote, now, one.clause.force)

        def confirmed(before: Enrolment) -> Enrolment | None:
            if one.read not in before.read:
                return None
            return replace(
                before,
                read=tuple(read if each == one.read else each for each in before.read),
                active=now,
                place=place,
            )

        try:
            after, _ = changed(enrolment, confirmed, self._work)
        except Contended:
            return [Told(place, onboarding_words.TRY_ONCE_MORE)]
        return self._next(message, after, Paragraph(wording.RIGHT_WORDING, (), ""))

    def _next(
        self, message: Message, enrolment: Enrolment, said: Paragraph, again: Changed | None = None
    ) -> list[Reply]:
        """The next question, or the same once more, with what is said to the answer before."""
        lesson = self.lesson(enrolment, message.conversation, said)
        if lesson is not None and again is not None:
            waiting = len(self.open(enrolment)) - 1
            told = Paragraph(
                wording.changed(again.clause, again.read.at, self._offices.of(enrolment.society)),
                (again.now,),
                self._question(enrolment, again, waiting),
            )
            lesson = replace(lesson, told=told, buttons=self._buttons(enrolment, again))
        if lesson is not None:
            return [lesson]
        entry = self._work.register.get(enrolment.entry)
        told = Paragraph(wording.ALL_CONFIRMED, (), "") if said.opening == wording.RIGHT_WORDING else _NOTHING
        return [Lesson(message.conversation, entry.handle if entry else "", step_words.DONE, said, told)]

    def _question(self, enrolment: Enrolment, one: Changed, more: int) -> str:
        """What it read before, and which of the two stands; with what else has changed."""
        further = wording.more_changes(more)
        options = self._options(enrolment, one)
        if one.only_strength:
            shown = wording.strengths(*(wording.strength(force) for _, _, force in options))
            asked = [wording.HOW_STRONG, shown]
        else:
            shown = wording.wordings(*(text for _, text, _ in options))
            asked = [
                wording.read_before(one.read.text),
                wording.strength(one.clause.force),
                wording.WHICH_STANDS,
                shown,
            ]
        return "\n".join(filter(None, [further, *asked]))

    def _options(self, enrolment: Enrolment, one: Changed) -> list[tuple[str, str, str]]:
        """Both wordings, each with its digest and its strength, in an order that differs from person to person."""
        force = one.read.force or one.clause.force
        both = [(digest(one.read.text, one.read.force), one.read.text, force)]
        both.append((one.digest, one.now.quote, one.clause.force))
        swap = sha256(f"{enrolment.id}:{one.clause.id}:{one.digest}".encode()).digest()[0] % 2
        return both[::-1] if swap else both

    def _buttons(self, enrolment: Enrolment, one: Changed) -> tuple[Button, ...]:
        return tuple(
            Button("confirm_change", label, ConfirmChange(enrolment.id, one.clause.id, given))
            for label, (given, *_) in zip((wording.FIRST, wording.SECOND), self._options(enrolment, one), strict=True)
        )

    def _concerned(self) -> Iterator[tuple[Enrolment, RegisterEntry]]:
        """Who is set up and still runs the account, of the offices that are open now."""
        for enrolment in self._work.enrolments.finished():
            entry, office = self._work.register.get(enrolment.entry), self._offices.of(enrolment.society)
            if entry is None or enrolment.society not in self._library.societies:
                continue
            if is_open(office.hours, self._work.now) and is_admin_still(enrolment, self._work):
                yield enrolment, entry

    def _unsaid(self, enrolment: Enrolment) -> list[Changed | ReadClause]:
        """Every change, and every clause that is gone, of which they were told nothing yet."""
        found: list[Changed | ReadClause] = [one for one in enrolment.read if self._library.clause(one.clause) is None]
        found += self.open(enrolment)
        said = self._work.asked([self._key(enrolment, one) for one in found])
        return [one for one in found if self._key(enrolment, one) not in said]

    def _say(self, enrolment: Enrolment, one: Changed | ReadClause) -> bool:
        """Notes that a change is said now; False where it was before."""
        clause = one.read.clause if isinstance(one, Changed) else one.clause
        key = self._key(enrolment, one)
        self._work.first(_mark(enrolment, clause, _TOLD, self._times_back(enrolment, clause)))
        return self._work.first(key)

    def _key(self, enrolment: Enrolment, one: Changed | ReadClause) -> str:
        """The key under which a change is said once, for as long as the clause is not again as it was confirmed."""
        clause, what = (one.read.clause, one.digest) if isinstance(one, Changed) else (one.clause, _GONE)
        return _mark(enrolment, clause, what, self._times_back(enrolment, clause))

    def _back(self, enrolment: Enrolment) -> list[str]:
        """The marks to be made of clauses of whose change something was said, and that are as confirmed by now."""
        standing = [
            one.clause
            for one in enrolment.read
            if self._library.clause(one.clause) is not None and self._changed(one, enrolment.society) is None
        ]
        told = self._work.asked([_mark(enrolment, clause, _TOLD, 0) for clause in standing])
        found = []
        for clause in standing:
            if _mark(enrolment, clause, _TOLD, 0) in told:
                times = self._times_back(enrolment, clause)
                if self._work.asked([_mark(enrolment, clause, _TOLD, times)]):
                    found.append(_mark(enrolment, clause, _BACK, times))
        return found

    def _times_back(self, enrolment: Enrolment, clause: str) -> int:
        """How often a clause has changed and then was as confirmed again."""
        times = 0
        while self._work.asked([_mark(enrolment, clause, _BACK, times)]):
            times += 1
        return times

    def _changed(self, read: ReadClause, society: str) -> Changed | None:
        """How a clause differs from what was read; None where it does not, or is gone.

        Where our restatement was read, and now a first official text stands beside it, the clause is the same.
        """
        clause = self._library.clause(read.clause)
        if clause is None or clause.society != society:
            return None
        now = self._library.cite([clause.id], society)[0]
        same_words = read.text in (now.quote, clause.text)
        same_strength = read.force in ("", clause.force)
        return None if same_words and same_strength else Changed(read, clause, now)


def _mark(enrolment: Enrolment, clause: str, what: str, times: int) -> str:
    """A key that says something of a clause after it was back so many times."""
    return f"recheck:{enrolment.id}:{clause}:{what}{f':{times}' if times else ''}"


def digest(text: str, force: str) -> str:
    """By what words are known that are put so strongly."""
    return sha256(f"{force}\n{text}".encode()).hexdigest()[:12]
