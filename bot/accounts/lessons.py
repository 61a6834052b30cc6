"""What somebody is shown who is being set up: the invitation, the open step, and the end with all its clauses."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from bot import acts
from bot import wording_of_onboarding as onboarding_words
from bot import wording_of_steps as wording
from bot.accounts.standing import WORDS, Standing, open_checks, standing, written
from bot.enrolments import Enrolment, EnrolmentState
from bot.office import Offices
from bot.ports import Work
from bot.register import RegisterEntry
from bot.replies import Button, Lesson, Paragraph, Said
from bot.wording import NOT_REVIEWED
from bot.wording_of_flows import question, said
from knowledge.answers import Citation
from knowledge.clauses import Clause
from knowledge.flows.matching import Guides
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklist, Checklists, ChecklistStep, StepKind

NOTHING = Paragraph("", (), "")


class Lessons:
    """Shows where an enrolment stands, in one unit of work. Every clause is quoted from the edition in force."""

    def __init__(self, library: Library, guides: Guides, checklists: Checklists, offices: Offices, work: Work) -> None:
        self._library, self._guides, self._checklists = library, guides, checklists
        self._offices, self._work = offices, work

    def held(self, society: str) -> tuple[Checklist, tuple[ChecklistStep, ...]] | None:
        """The checklist of a society with the steps that can be shown, and those passed over: a clause that they rest
        on is not held, or their flow is not. None where the society has no checklist."""
        checklist = self._checklists.of(society)
        if checklist is None:
            return None
        shown = tuple(step for step in checklist.steps if self._can_be_shown(step, society))
        left_out = tuple(step for step in checklist.steps if step not in shown)
        return replace(checklist, steps=shown), left_out

    def standing(self, enrolment: Enrolment) -> Standing | None:
        """The question that is open; None where none is left, or there is no checklist."""
        held = self.held(enrolment.society)
        return standing(enrolment, held[0], self._guides) if held else None

    def of(
        self, enrolment: Enrolment, conversation: str, before: Paragraph = NOTHING, *, anew: bool = True
    ) -> Lesson | None:
        """What is open of an enrolment that was accepted, or the invitation of one that was not; None where nothing
        is. `before` is what is said to what was just answered; `anew` shows the words and clauses of a step also where
        some of it was answered."""
        held, entry = self.held(enrolment.society), self._work.register.get(enrolment.entry)
        if held is None or entry is None:
            return None
        if enrolment.state is EnrolmentState.INVITED:
            return invitation(enrolment, entry, held[0], self._office(enrolment), conversation)
        if enrolment.state is not EnrolmentState.UNDER_WAY:
            return None
        at = standing(enrolment, held[0], self._guides)
        if at is None:
            return self._last(enrolment, entry, *held, conversation, before)
        at = replace(at, fresh=True) if anew else at
        return self._step(enrolment, entry, at, held[0], conversation, before)

    def cited(self, clauses: Sequence[str], society: str) -> tuple[Citation, ...]:
        """These clauses, quoted from the edition in force and checked."""
        return self._library.cite(clauses, society)

    def section(self, clause: str) -> str:
        """The title of the section that a clause is in; empty where it is held no more."""
        found = self._library.clause(clause)
        return found.section if found else ""

    def cautions(self, citations: Sequence[Citation], said_with: Sequence[Citation] = ()) -> str:
        """What goes with these clauses wherever they are cited, so that they are taken for no more than they are;
        without what was said already with others."""
        said = self._cautions(said_with)
        return " ".join(one for one in self._cautions(citations) if one not in said)

    def _cautions(self, citations: Sequence[Citation]) -> list[str]:
        clauses = [self._library.index.clauses[one.clause] for one in citations]
        notes = dict.fromkeys(clause.note for clause in clauses if clause.note)
        return [*notes, *([NOT_REVIEWED] if any(not one.reviewed for one in citations) else [])]

    def _office(self, enrolment: Enrolment) -> str:
        return self._offices.of(enrolment.society).name

    def _can_be_shown(self, step: ChecklistStep, society: str) -> bool:
        clauses = [self._library.clause(name) for name in step.clauses]
        is_held = all(clause is not None and clause.society == society for clause in clauses)
        return is_held and (step.kind is not StepKind.PLAY or self._guides.named(step.flow) is not None)

    def _clause(self, name: str) -> Clause:
        return self._library.index.clauses[name]

    def _step(
        self,
        enrolment: Enrolment,
        entry: RegisterEntry,
        at: Standing,
        checklist: Checklist,
        conversation: str,
        before: Paragraph,
    ) -> Lesson:
        asked = self._asked(at, entry)
        if at.fresh:
            shown = {name for step in checklist.steps[: at.number - 1] for name in step.clauses}
            beside = [name for one in at.step.clauses for name in self._clause(one).see_also if name not in shown]
            cited = self.cited((*at.step.clauses, *beside), enrolment.society)
            opening = "\n".join(filter(None, [at.step.words, self.cautions(cited)]))
            told = Paragraph(opening, cited, asked)
        else:
            told = Paragraph(_leading_on(at), (), asked)
        example = at.example.post if at.example else ""
        return Lesson(
            conversation,
            f"{entry.handle}: {at.step.title}",
            wording.progress(at.number, len(checklist.steps) + 1),
            before,
            told,
            post=example or (at.post.post if at.post else ""),
            said=said_so_far(at),
            buttons=(*_answers(enrolment, at, entry), *_noted(enrolment, checklist, before), later(enrolment)),
        )

    def _asked(self, at: Standing, entry: RegisterEntry) -> str:
        """The question, which stands just above what answers it."""
        if at.example is not None:
            return wording.WOULD_YOU_POST
        if at.post is not None:
            return question(at.ask).text if at.ask else wording.TRY_OR_GO_ON
        if at.in_words:
            there = field_of(entry, at.step)
            stands = wording.stands_on_register(at.step.field, there) if there else wording.such_as(at.step.example)
            return _joined(stands, wording.what_is(at.step.field))
        return ""

    def _last(
        self,
        enrolment: Enrolment,
        entry: RegisterEntry,
        checklist: Checklist,
        left_out: Sequence[ChecklistStep],
        conversation: str,
        before: Paragraph,
    ) -> Lesson:
        cited = self.cited(checklist.clauses, enrolment.society)
        policy, todo = self._library.policy_of(enrolment.society), open_checks(enrolment, checklist)
        unreviewed = NOT_REVIEWED if any(not one.reviewed for one in cited) else ""
        remarks = _joined(
            wording.passed_over(left_out) if left_out else "",
            wording.still_open(todo) if todo else "",
            wording.HAVE_YOU_READ,
        )
        confirm, in_words = acts.ConfirmRead(enrolment.id, self.digest(cited)), written(enrolment, checklist)
        return Lesson(
            conversation,
            entry.handle,
            wording.progress(len(checklist.steps) + 1, len(checklist.steps) + 1),
            before,
            Paragraph(_joined(wording.read_all(len(cited), policy), unreviewed), cited, remarks),
            said=tuple(Said(wording.what_is(step.field), words) for step, words in in_words),
            buttons=(
                Button("confirm_read", wording.HAVE_READ_ALL, confirm),
                *settling(enrolment, todo),
                *(_change(enrolment, step, wording.change_field(step.field)) for step, _ in in_words),
                later(enrolment),
            ),
        )

    def digest(self, cited: Sequence[Citation]) -> str:
        """By what it is known which words were shown: it is another one when any of them, or how strong it is put, has
        changed."""
        shown = [f"{one.clause}\n{one.edition}\n{self._clause(one.clause).force}\n{one.quote}" for one in cited]
        return sha256("\n\n".join(shown).encode()).hexdigest()[:12]


def invitation(
    enrolment: Enrolment, entry: RegisterEntry, checklist: Checklist, office: str, conversation: str
) -> Lesson:
    """What somebody is asked before anything begins."""
    steps = len(checklist.steps) + 1  # with the last, at which all clauses are confirmed
    return Lesson(
        conversation,
        entry.handle,
        "",
        NOTHING,
        Paragraph(onboarding_words.invitation(entry, office, steps), (), onboarding_words.NOTHING_UNTIL),
        buttons=(
            Button("accept", onboarding_words.ACCEPT, acts.AcceptInvitation(enrolment.id)),
            later(enrolment),
            decline(enrolment, onboarding_words.DECLINE),
        ),
    )


def settling(enrolment: Enrolment, todo: Sequence[ChecklistStep]) -> tuple[Button, ...]:
    """What says of each that it is done by now."""
    settled = [(step, next(option.label for option in step.options if option.settles)) for step in todo]
    return tuple(
        Button("settle", wording.now_done(step), acts.AnswerStep(enrolment.id, step.id, "", label))
        for step, label in settled
    )


def _noted(enrolment: Enrolment, checklist: Checklist, before: Paragraph) -> tuple[Button, ...]:
    """What takes back words that were noted just now: `before` says that they were."""
    in_words = written(enrolment, checklist)
    noted = [step for step, words in in_words if before.opening == wording.noted(step.field, words)]
    return tuple(_change(enrolment, step, wording.CHANGE_IT) for step in noted)


def _change(enrolment: Enrolment, step: ChecklistStep, label: str) -> Button:
    return Button("change", label, acts.AnswerStep(enrolment.id, step.id, WORDS, ""))


def later(enrolment: Enrolment) -> Button:
    return Button("later", onboarding_words.LATER, acts.Snooze(enrolment.id))


def decline(enrolment: Enrolment, label: str) -> Button:
    return Button("decline", label, acts.DeclineInvitation(enrolment.id))


def said_so_far(at: Standing) -> tuple[Said, ...]:
    return said(at.flow, at.path) if at.flow else ()


def field_of(entry: RegisterEntry, step: ChecklistStep) -> str:
    """What the register has in the field that a step asks about."""
    return entry.purpose if step.field == "purpose" else entry.audience


def _leading_on(at: Standing) -> str:
    """What opens a further question of a step."""
    if at.example is not None:
        return wording.ANOTHER_POST
    if at.post is None or not at.begins or at.ask is None:
        return ""
    return wording.NEXT_POST if at.attempt == 1 else wording.ONCE_MORE


def _answers(enrolment: Enrolment, at: Standing, entry: RegisterEntry) -> tuple[Button, ...]:
    def answer(name: str, label: str, given: str) -> Button:
        return Button(name, label, acts.AnswerStep(enrolment.id, at.step.id, at.item, given))

    if at.item == WORDS and at.in_words:
        keep = (answer("keep", wording.KEEP_IT, wording.KEEP_IT),) if field_of(entry, at.step) else ()
        return (answer("write", wording.WRITE_IT, ""), *keep)
    return tuple(answer("answer", label, label) for label in at.options)


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))
