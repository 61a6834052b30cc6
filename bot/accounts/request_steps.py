"""What a request asks next and how it stands, as it is shown to whoever makes it."""

from collections.abc import Sequence
from datetime import datetime

from bot import wording_of_requests as wording
from bot.account_requests import AccountRequest, Field
from bot.accounts.request_words import REQUESTER
from bot.acts import AskAdvice, DropRequest, FillRequest, RequestAccount, SendRequest
from bot.office import Office
from bot.replies import Button, Entry, Lesson, Listed, Paragraph, Said
from bot.tickets import Part
from bot.wording_of_times import expected
from knowledge.answers import Citation
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklist, RequestRules

NOTHING = Paragraph("", (), "")


def next_field(request: AccountRequest) -> Field | None:
    """What is asked for next; None where all was said, or left."""
    missing, said = request.missing, dict(request.given)
    return missing[0] if missing else next((field for field in Field if field not in said), None)


def shown(field: Field, given: str) -> str:
    """What was said for a field, as people read it."""
    if field is Field.ADMINS:
        named = [wording.YOU if one == REQUESTER else one for one in given.split()]
        return ", ".join(named) or wording.NOBODY_YET
    return given or wording.NOTHING_ASKED


def said_so_far(request: AccountRequest) -> tuple[Said, ...]:
    """All that was said, in the order in which it is asked."""
    given = dict(request.given)
    return tuple(Said(f"{wording.FIELDS[field]}:", shown(field, given[field])) for field in Field if field in given)


def buttons(request: AccountRequest, field: Field | None, last: Field | None = None) -> tuple[Button, ...]:
    """What can be done where this field is asked for, or, with None, where nothing is left to ask. `last` is what was
    said just now, and can be changed."""
    fills = {
        Field.QUESTIONS: (
            _write(request, Field.QUESTIONS),
            _fill(request, Field.QUESTIONS, wording.NONE_TO_ASK, "none"),
        ),
        Field.ADMINS: (
            _fill(request, Field.ADMINS, wording.I_WILL, REQUESTER),
            _fill(request, Field.ADMINS, wording.I_WILL_NOT, f"not {REQUESTER}"),
        ),
    }
    if field is None:
        first: tuple[Button, ...] = (Button("send", wording.SEND, SendRequest(request.id, request.version)),)
    else:
        first = fills.get(field, (_write(request, field),))
    changes = (Button("change", wording.change(last), FillRequest(request.id, last)),) if last else ()
    return (
        *first,
        Button("not_sure", wording.NOT_SURE, AskAdvice(request.id)),
        *changes,
        Button("drop", wording.DROP, DropRequest(request.id)),
    )


def parts_of(request: AccountRequest) -> tuple[Part, ...]:
    """What goes to the desk: a part for each field that holds something; what is to be answered is marked as such."""
    given = dict(request.given)
    return tuple(
        Part(field, wording.questions_heading() if field is Field.QUESTIONS else wording.FIELDS[field], text)
        for field in Field
        if field in given and (text := _for_desk(field, given[field]))
    )


class Steps:
    """Shows requests of one society, with the clauses that they rest on."""

    def __init__(self, library: Library, checklist: Checklist, office: Office) -> None:
        self._library, self._checklist, self._office = library, checklist, office

    @property
    def rules(self) -> RequestRules:
        return self._checklist.request

    def step(
        self,
        request: AccountRequest,
        field: Field,
        conversation: str,
        before: str = "",
        said: tuple[Said, ...] = (),
        last: Field | None = None,
    ) -> Lesson:
        """One field, asked for with an example, and the clause where it first bears on one. `before` is what is said to
        what came before, `said` what of that could not be taken, and `last` what was said just now; where it is none,
        all that was said is shown."""
        rules = self.rules
        clauses = {Field.GROUP: rules.agree, Field.HANDLE: rules.tell}
        example = "" if field is Field.ADMINS else dict(rules.examples).get(field, "")
        return Lesson(
            conversation,
            wording.TITLE,
            wording.step(list(Field).index(field) + 1, len(Field)),
            Paragraph(before, (), ""),
            Paragraph(
                wording.explained(field, example, self._office),
                self.cited(clauses[field]) if field in clauses else (),
                "",
            ),
            said=(*said, *(() if last else said_so_far(request))),
            buttons=buttons(request, field, last),
        )

    def whole(self, request: AccountRequest, conversation: str, now: datetime, before: str = "") -> Listed:
        """All that was said, before it goes: each can be changed."""
        told = wording.before_it_goes(self._office, self.posts(), expected(self._office, now))
        return Listed(
            conversation,
            wording.YOUR_REQUEST,
            tuple(self._entry(request, field, given) for field, given in _in_order(request)),
            f"{before} {told}".strip(),
            buttons(request, None),
        )

    def advice(self, request: AccountRequest, conversation: str, now: datetime) -> Lesson:
        """Who can advise a group that is not sure, and what they would be told."""
        gathered = said_so_far(request)
        return Lesson(
            conversation,
            wording.TITLE,
            "",
            NOTHING,
            Paragraph(
                wording.advisers(self._office, self.advisers()),
                self.cited(self.rules.advice),
                wording.advice_offer(expected(self._office, now), bool(gathered)),
            ),
            said=gathered,
            buttons=(
                Button("ask", wording.ASK_THEM, AskAdvice(request.id, confirmed=True)),
                Button("go_on", wording.GO_ON, RequestAccount(request.id)),
                Button("drop", wording.DROP, DropRequest(request.id)),
            ),
        )

    def cited(self, clause: str) -> tuple[Citation, ...]:
        """A clause, quoted; nothing where an edition has dropped it."""
        held = self._library.clause(clause)
        society = self._checklist.society
        return self._library.cite([clause], society) if held is not None and held.society == society else ()

    def posts(self) -> tuple[str, ...]:
        """To whom a request goes."""
        return self._office.posts_for((self.rules.tell,)) or self._named_in(self.rules.tell)

    def advisers(self) -> tuple[str, ...]:
        """The posts that the clause on advice names, else those to whom queries on it go."""
        advice = self.rules.advice
        return self._named_in(advice) or self._office.posts_for((advice,))

    def _named_in(self, clause: str) -> tuple[str, ...]:
        held = self._library.clause(clause)
        if held is None or held.society != self._checklist.society:
            return ()
        posts = self._library.policy_of(held.society).posts
        return tuple(sorted((post for post in posts if post in held.text), key=held.text.index))

    def _entry(self, request: AccountRequest, field: Field, given: str) -> Entry:
        change = Button("change", wording.CHANGE, FillRequest(request.id, field))
        if field is not Field.ADMINS:
            return Entry(wording.FIELDS[field], (shown(field, given),), (change,))
        runs = REQUESTER in given.split()
        label, words = (wording.I_WILL_NOT, f"not {REQUESTER}") if runs else (wording.I_WILL, REQUESTER)
        others = Button("change", wording.NAME_OTHERS, FillRequest(request.id, field))
        return Entry(wording.FIELDS[field], (shown(field, given),), (others, _fill(request, field, label, words)))


def _in_order(request: AccountRequest) -> Sequence[tuple[Field, str]]:
    given = dict(request.given)
    return [(field, given[field]) for field in Field if field in given]


def _for_desk(field: Field, given: str) -> str:
    if field is not Field.ADMINS:
        return given
    return ", ".join(wording.THE_ASKER if one == REQUESTER else one for one in given.split())


def _write(request: AccountRequest, field: Field) -> Button:
    """Asks for words, which a platform asks for first."""
    return Button("fill", wording.WRITE, FillRequest(request.id, field))


def _fill(request: AccountRequest, field: Field, label: str, given: str) -> Button:
    return Button("fill", label, FillRequest(request.id, field, given))
