"""The answers to the steps of a checklist, and the end at which all clauses are confirmed."""

from dataclasses import dataclass, replace

from bot import wording_of_onboarding as onboarding_words
from bot import wording_of_steps as wording
from bot.accounts.enrolling import changed, is_admin_still
from bot.accounts.entry_texts import fault_in, in_one_line, known_names
from bot.accounts.lessons import NOTHING, Lessons, field_of
from bot.accounts.on_register import write_field
from bot.accounts.people_shown import shown_to_staff
from bot.accounts.records import in_text, record_of
from bot.accounts.showing import Showing
from bot.accounts.staff_told import mailed_to_staff, places_of_staff, told_to_staff
from bot.accounts.standing import WORDS, Standing, after, cited_before, ended, open_checks, written
from bot.acts import AnswerStep, ConfirmRead, ShowEntry
from bot.enrolments import Enrolment, EnrolmentState, ReadClause, StepAnswer
from bot.messages import Message
from bot.office import Offices
from bot.ports import Work
from bot.register import RegisterEntry
from bot.replies import Button, Lesson, Paragraph, Reply, Told
from bot.wording_of_nudges import UNNAMED
from knowledge.flows.flow import Response
from knowledge.library import Library
from knowledge.onboarding.checklist import ChecklistStep, CheckOption


@dataclass(frozen=True, slots=True)
class _Heard:
    """An answer as it is kept, and what is said to it. `right` is None where nothing is right or wrong; `written` says
    that it goes to the register."""

    given: str
    said: Paragraph
    right: bool | None = None
    written: bool = False


class Stepping:
    """Takes answers in one unit of work. What was answered is kept once, and nothing is asked twice."""

    def __init__(self, library: Library, lessons: Lessons, showing: Showing, offices: Offices, work: Work) -> None:
        self._library, self._lessons, self._showing = library, lessons, showing
        self._offices, self._work = offices, work

    def answer(self, message: Message, act: AnswerStep) -> list[Reply]:
        """What comes of an answer: what is said to it, and what is open next."""
        enrolment = self._showing.theirs(act.enrolment, message)
        entry = self._work.register.get(enrolment.entry) if enrolment else None
        if enrolment is None or entry is None:
            return [Told(message.conversation, onboarding_words.NO_SUCH)]
        settled = self._settled(enrolment, act)
        if settled is not None:
            return self._settle(message, enrolment, entry, act, *settled)
        at = self._lessons.standing(enrolment) if enrolment.state is EnrolmentState.UNDER_WAY else None
        if at is None or (at.step.id, at.item) != (act.step, act.item):
            rewritten = self._rewritten(message, enrolment, entry, act)
            if rewritten is not None:
                return rewritten
            said = enrolment.answered(act.step, act.item)
            told = wording.ANSWERED_ALREADY if said else wording.NOT_OPEN
            is_open = enrolment.state is EnrolmentState.UNDER_WAY
            return self._showing.one(message, enrolment, Paragraph(told, (), "") if is_open else NOTHING)
        heard = self._heard(message, enrolment, entry, at, act.given)
        if isinstance(heard, Paragraph):
            return self._showing.one(message, enrolment, heard)
        return self._kept(message, enrolment, entry, at, heard)

    def confirm(self, message: Message, act: ConfirmRead) -> list[Reply]:
        """Ends an enrolment whose steps are all answered, and gives the record to its person and to staff."""
        enrolment = self._showing.theirs(act.enrolment, message)
        entry = self._work.register.get(enrolment.entry) if enrolment else None
        if enrolment is None or entry is None:
            return [Told(message.conversation, onboarding_words.NO_SUCH)]
        held = self._lessons.held(enrolment.society)
        if enrolment.state is not EnrolmentState.UNDER_WAY or held is None:
            return self._showing.one(message, enrolment)
        if self._lessons.standing(enrolment) is not None:
            return self._showing.one(message, enrolment, Paragraph(wording.NOT_OPEN, (), ""))
        cited = self._lessons.cited(held[0].clauses, enrolment.society)
        if act.shown != self._lessons.digest(cited):  # what was not shown is never noted as read
            return self._showing.one(message, enrolment, Paragraph(wording.WORDS_CHANGED if act.shown else "", (), ""))
        now, place = self._work.now, message.conversation
        read = tuple(
            ReadClause(one.clause, one.edition, one.quote, now, self._library.index.clauses[one.clause].force)
            for one in cited
        )

        def finish(one: Enrolment) -> Enrolment | None:
            if one.state is not EnrolmentState.UNDER_WAY:
                return None
            return replace(one, state=EnrolmentState.FINISHED, read=read, finished=now, active=now, place=place)

        done, is_first = changed(enrolment, finish, self._work)
        return self._finished(message, done, entry) if is_first else self._showing.one(message, done)

    def _finished(self, message: Message, enrolment: Enrolment, entry: RegisterEntry) -> list[Reply]:
        office, place = self._offices.of(enrolment.society), message.conversation
        closing = Lesson(place, entry.handle, wording.DONE, NOTHING, Paragraph(wording.finished(entry), (), ""))
        mine = self._showing.record(enrolment, entry, place, onboarding_words.YOU)
        who = shown_to_staff(enrolment.person, office, self._work)
        told: list[Reply] = [
            self._showing.record(enrolment, entry, one, who) for one in places_of_staff(office, self._work)
        ]
        if told:
            return [closing, mine, *told]
        held = self._lessons.held(enrolment.society)
        record = record_of(enrolment, entry, held[0] if held else None, self._lessons.section)
        mailed = mailed_to_staff(office, onboarding_words.subject_of_record(entry), in_text(record, UNNAMED, office))
        return [closing, mine, *mailed]

    def _heard(
        self, message: Message, enrolment: Enrolment, entry: RegisterEntry, at: Standing, given: str
    ) -> _Heard | Paragraph:
        """The answer to what is open, or why it cannot be taken."""
        if at.in_words:
            return self._words(message, enrolment, entry, at.step, given)
        label = next((one for one in at.options if _folded(one) == _folded(given)), None)
        if label is None:
            return Paragraph(wording.NOT_AN_OPTION, (), "")
        if at.example is not None:
            right = (label == wording.FINE) is at.example.fine
            cited = self._lessons.cited(at.step.clauses[:1], enrolment.society)  # its caution was said with the step
            return _Heard(label, Paragraph(wording.judged(at.example, right), cited, ""), right)
        if at.post is not None:
            return self._played(enrolment, at, label)
        option = next((one for one in at.step.options if one.label == label), None)
        if option is not None:
            return _Heard(label, Paragraph(option.words, (), ""), option.settles)
        return _Heard(label, NOTHING)

    def _words(
        self, message: Message, enrolment: Enrolment, entry: RegisterEntry, step: ChecklistStep, given: str
    ) -> _Heard | Paragraph:
        words, there = in_one_line(given), field_of(entry, step)
        if not words:
            return Paragraph(wording.NO_WORDS_CAME, (), "")
        if there and _folded(words) == _folded(wording.KEEP_IT):
            return _Heard(there, Paragraph(wording.kept(step.field), (), ""))
        office = self._offices.of(enrolment.society)
        names = (*known_names(enrolment.society, office, self._work), message.person.name)
        register = self._work.register.of(enrolment.society)
        fault = fault_in(step.field, words, register, tuple(filter(None, names)))
        if fault:
            return Paragraph(fault, (), wording.you_wrote(words))
        return _Heard(words, Paragraph(wording.noted(step.field, words), (), ""), written=True)

    def _played(self, enrolment: Enrolment, at: Standing, label: str) -> _Heard:
        reached = after(at, label)
        if at.post is None or at.flow is None or at.ask is None or reached is None or reached.step is not None:
            return _Heard(label, NOTHING)
        path = (*at.path, Response(at.ask.id, label))
        outcome, astray = ended(at.flow, at.post, path)
        fits, fitting = outcome is not None and outcome.id == at.post.end, at.flow.outcome(at.post.end)
        ends = [one for one in (outcome, None if fits else fitting) if one is not None]
        names = dict.fromkeys(name for one in ends for name in one.clauses)
        cited = self._lessons.cited(tuple(names), enrolment.society)
        said = [wording.played(outcome, fits)]
        step = at.flow.step(astray.step) if astray and not fits else None
        if step is not None and astray is not None and astray.step in dict(at.post.responses):
            said.append(wording.parts_at(step.ask, astray.label, dict(at.post.responses)[astray.step]))
        if not fits and fitting is not None:
            said.append(wording.comes_to(fitting))
        said_with = self._lessons.cited(cited_before(enrolment, at), enrolment.society)
        remarks = self._lessons.cautions(cited, said_with)
        return _Heard(label, Paragraph("\n".join(said), cited, remarks), fits)

    def _kept(
        self, message: Message, enrolment: Enrolment, entry: RegisterEntry, at: Standing, heard: _Heard
    ) -> list[Reply]:
        now, place = self._work.now, message.conversation
        answer = StepAnswer(at.step.id, at.item, heard.given, now, heard.right)

        def answered(one: Enrolment) -> Enrolment | None:
            is_open = one.state is EnrolmentState.UNDER_WAY and one.answered(at.step.id, at.item) is None
            answers = (*one.answers, answer)
            return replace(one, answers=answers, active=now, place=place, snoozed=None) if is_open else None

        done, is_first = changed(enrolment, answered, self._work)
        if not is_first:
            return self._showing.one(message, done, Paragraph(wording.ANSWERED_ALREADY, (), ""))
        if heard.written:
            write_field(entry, at.step.field, heard.given, message.person, self._work)
        return self._showing.open(message, done, heard.said, anew=False)

    def _rewritten(
        self, message: Message, enrolment: Enrolment, entry: RegisterEntry, act: AnswerStep
    ) -> list[Reply] | None:
        """Takes other words for those of a step before, until the end; without words, or with such as cannot stand,
        that step is open again. None where that is not what it says."""
        held = self._lessons.held(enrolment.society)
        if held is None or enrolment.state is not EnrolmentState.UNDER_WAY or act.item != WORDS:
            return None
        found = next(((step, said) for step, said in written(enrolment, held[0]) if step.id == act.step), None)
        if found is None or found[1] == in_one_line(act.given):
            return None
        step, now, place = found[0], self._work.now, message.conversation
        changing, has_words = Paragraph(wording.CHANGING, (), ""), bool(in_one_line(act.given))
        heard = self._words(message, enrolment, entry, step, act.given) if has_words else changing
        answer = (StepAnswer(step.id, WORDS, heard.given, now),) if isinstance(heard, _Heard) else ()

        def rewrite(one: Enrolment) -> Enrolment | None:
            if one.state is not EnrolmentState.UNDER_WAY:
                return None
            others = (said for said in one.answers if (said.step, said.item) != (step.id, WORDS))
            return replace(one, answers=(*others, *answer), active=now, place=place, snoozed=None)

        done, is_kept = changed(enrolment, rewrite, self._work)
        if isinstance(heard, Paragraph):
            return self._showing.one(message, done, heard)
        if heard.written and is_kept:
            write_field(entry, step.field, heard.given, message.person, self._work)
        return self._showing.one(message, done, heard.said if is_kept else NOTHING)

    def _settled(self, enrolment: Enrolment, act: AnswerStep) -> tuple[ChecklistStep, CheckOption] | None:
        """What had to be done elsewhere, was not, and is by this answer; None where that is not what it says."""
        held = self._lessons.held(enrolment.society)
        if held is None or enrolment.state not in (EnrolmentState.UNDER_WAY, EnrolmentState.FINISHED):
            return None
        if not is_admin_still(enrolment, self._work):
            return None
        step = next((one for one in open_checks(enrolment, held[0]) if one.id == act.step), None)
        options = step.options if step else ()
        option = next((one for one in options if one.settles and _folded(one.label) == _folded(act.given)), None)
        return (step, option) if step is not None and option is not None else None

    def _settle(
        self,
        message: Message,
        enrolment: Enrolment,
        entry: RegisterEntry,
        act: AnswerStep,
        step: ChecklistStep,
        option: CheckOption,
    ) -> list[Reply]:
        """Notes that something is done by now; staff, who have the record, hear of it where that was given to them."""
        now, place = self._work.now, message.conversation
        answer = StepAnswer(step.id, "", option.label, now, True)

        def settle(one: Enrolment) -> Enrolment | None:
            said = one.answered(step.id)
            is_open = said is not None and not said.right
            return replace(one, answers=(*one.answers, answer), active=now, place=place) if is_open else None

        done, is_first = changed(enrolment, settle, self._work)
        told = Paragraph(wording.settled(step), (), "")
        replies = self._showing.one(message, done, told)
        if done.state is not EnrolmentState.FINISHED or not is_first:
            return replies
        office = self._offices.of(done.society)
        who = shown_to_staff(done.person, office, self._work)
        shown = Button("show", onboarding_words.SHOW_ENTRY, ShowEntry(entry.id))
        to_staff, mailed = (wording.staff_of_settled(entry, one, step) for one in (who, UNNAMED))
        subject = onboarding_words.subject_of_record(entry)
        return [
            *replies,
            *told_to_staff(office, to_staff, subject, self._work, (shown,), mailed=mailed),
        ]


def _folded(label: str) -> str:
    return " ".join(label.casefold().split()).rstrip(".!")
