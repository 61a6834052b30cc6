"""Making rulings with an answer, and looking at, keeping and withdrawing those that stand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from adapters.storage.memory import MemoryStore, MemoryWork
from bot import wording_of_desk
from bot import wording_of_rulings as wording
from bot.acts import Act, AnswerQuery, KeepRuling, RulingDraft, ShowRulings, WithdrawRuling
from bot.exchanges import Exchange
from bot.messages import Message
from bot.office import Office, Offices
from bot.people import Person, StaffMember
from bot.precedents import Precedents
from bot.proposing_rulings import Proposing
from bot.replies import Listed, Reply, Told
from bot.ruling_desk import RulingDesk, flag_changed
from bot.rulings import Ruling, flagged
from bot.tickets import Dossier, State, Ticket, What, moved
from knowledge.answers import Question
from knowledge.clauses import Party, Verdict
from knowledge.library import Library
from knowledge.rulings.identifying import What as Kind

PROGRAMME, INVITE, RECORDING = "larks/concerts/programme", "larks/rehearsals/invite", "larks/rehearsals/recording"
SECRETARY = StaffMember(Person("chat:sec", "Peregrine Inkwell"), "larks", "Choir Secretary")
COX = StaffMember(Person("chat:cox", "Cordelia Bowside"), "oars")
ASKER = Person("chat:asker", "Wilhelmina Quillfeather")
QUESTION = "Can I print an advert in the programme?"
DRAFT = RulingDraft("May a member print an advert in the programme?", Verdict.NO, (PROGRAMME,), "Adverts stay out.")
DESK = "chat:desk"


class Room:
    """A desk with a clock that the test sets, and one query that waits."""

    def __init__(self, library: Library, **office: object) -> None:
        self.library, self.now = library, datetime(2026, 11, 21, 10, tzinfo=UTC)
        self.store = MemoryStore(lambda: self.now)
        larks = Office("larks", "the choir office", DESK, hide_names=("Barnaby Ledgerwell",))
        self.offices = Offices({"larks": replace(larks, **office)})  # type: ignore[arg-type]
        self.precedents = Precedents(library, self.offices)
        with self.store.work() as work:
            work.staff.add(SECRETARY)
            work.staff.add(COX)

    def desk(self, work: MemoryWork) -> RulingDesk:
        return RulingDesk(self.library, self.offices, self.precedents, work)

    def opens(self, question: str = QUESTION, asker: Person = ASKER, joined_to: str = "") -> Ticket:
        dossier = Dossier(question, alone=True)
        key = f"{asker.account}:{question}"
        new = Ticket(
            "",
            key,
            "larks",
            Party.MEMBER,
            asker,
            True,
            f"{asker.account}:1",
            (),
            dossier,
            self.now,
            joined_to=joined_to,
        )
        with self.store.work() as work:
            return work.tickets.open(new)[0]

    def opens_withheld(self, work: MemoryWork, asker: Person) -> Ticket:
        withheld = Ticket(
            "", "w", "larks", Party.MEMBER, asker, False, f"{asker.account}:1", (), Dossier(QUESTION), self.now
        )
        return work.tickets.open(withheld)[0]

    def proposes(self, ticket: Ticket, act: AnswerQuery) -> list[Reply]:
        with self.store.work() as work:
            return Proposing(self.library, self.offices, self.precedents, work).propose(ticket, act, "chat:sec:1")

    def makes(self, ticket: Ticket, draft: RulingDraft = DRAFT) -> Ruling:
        """A ruling as staff make one, and its ticket and those joined to it answered with it."""
        return self.makes_and_tells(ticket, draft)[0]

    def makes_and_tells(self, ticket: Ticket, draft: RulingDraft = DRAFT) -> tuple[Ruling, list[Reply]]:
        with self.store.work() as work:
            made, told = self.desk(work).make(ticket, answer(draft, confirmed=True), SECRETARY)
            self._answered(work, ticket, made)
        return made, told

    def _answered(self, work: MemoryWork, ticket: Ticket, made: Ruling) -> None:
        for one in (ticket, *work.tickets.joined_to(ticket.id)):
            assert work.tickets.move(*moved(one, What.ANSWERED, SECRETARY.person, self.now, "No.", ruling=made.id))

    def does(self, act: Act, who: Person = SECRETARY.person) -> list[Reply]:
        with self.store.work() as work:
            return self.desk(work).act(Message(f"{who.account}:1", "", person=who, act=act))

    def flags(self, library: Library | None = None) -> list[Reply]:
        with self.store.work() as work:
            return flag_changed(work, library or self.library, self.offices)

    def ruling(self, name: str) -> Ruling:
        with self.store.work() as work:
            found = work.rulings.get(name)
        assert found is not None
        return found


def answer(draft: RulingDraft | None = DRAFT, confirmed: bool = False) -> AnswerQuery:
    return AnswerQuery("1", 1, "No adverts, sorry.", draft, confirmed)


def shown(replies: list[Reply]) -> Listed:
    (reply,) = replies
    assert isinstance(reply, Listed), reply
    return reply


def told(replies: list[Reply]) -> str:
    assert isinstance(replies[0], Told), replies
    return replies[0].text


def lines(listed: Listed, heading: str) -> tuple[str, ...]:
    return next((entry.lines for entry in listed.entries if entry.heading == heading), ())


@pytest.fixture
def room(sample_library: Library) -> Room:
    return Room(sample_library)


def test_a_ruling_is_shown_before_it_is_kept_with_its_clauses_and_the_answer(room: Room) -> None:
    listed = shown(room.proposes(room.opens(), answer()))

    assert lines(listed, wording.THE_QUESTION) == (DRAFT.question,)
    assert lines(listed, wording.THE_RULING) == ("No. Adverts stay out.",)
    assert "the list is absent" in lines(listed, wording.RESTS_ON)[0]
    assert lines(listed, wording.THE_ANSWER) == ("No adverts, sorry.",)
    keep, alone = (button.act for button in listed.buttons)
    assert keep == answer(confirmed=True)
    assert alone == answer(None)
    assert room.does(ShowRulings("larks"))[0] == Listed(
        "chat:sec:1", "The rulings of the choir office", (), wording.NO_RULINGS
    )


def test_nothing_that_identifies_anybody_enters_a_ruling(room: Room) -> None:
    draft = replace(
        DRAFT,
        question="May Wilhelmina (@quill_w) print an advert in the programme?",
        words="Quillfeather may ask Barnaby Ledgerwell, 01632 960123.",
    )
    ticket = room.opens()
    listed = shown(room.proposes(ticket, answer(draft)))

    assert lines(listed, wording.THE_QUESTION) == ("May [name] ([handle]) print an advert in the programme?",)
    assert lines(listed, wording.THE_RULING) == ("No. [name] may ask [name], [number].",)
    assert wording.was_masked("Quillfeather", Kind.NAME) in lines(listed, wording.TAKEN_OUT)
    confirmed = listed.buttons[0].act
    assert isinstance(confirmed, AnswerQuery)
    assert room.proposes(ticket, confirmed) == []


def test_names_of_those_whose_queries_are_joined_are_masked_too(room: Room) -> None:
    ticket = room.opens()
    room.opens("may I put an ad in it", Person("chat:other", "Octavia Pennywhistle"), joined_to=ticket.id)
    listed = shown(room.proposes(ticket, answer(replace(DRAFT, words="Octavia asked."))))

    assert lines(listed, wording.THE_RULING) == ("No. [name] asked.",)


def test_where_a_name_is_withheld_what_is_masked_does_not_tell_whose_it_is(room: Room) -> None:
    with room.store.work() as work:
        for account, name in (("chat:a1", "Osbert Quillfeather"), ("chat:a2", "Ludmila Tarnbeck")):
            work.exchanges.add(
                Exchange("", "chat:x:1", Person(account, name), "larks", Party.MEMBER, room.now, "Hm?", "", "vague")
            )
        asker = Person("chat:a2", "Ludmila Tarnbeck")
        opened = room.opens_withheld(work, asker)

    draft = replace(DRAFT, question="May Osbert Quillfeather or Ludmila Tarnbeck print an advert?")
    listed = shown(room.proposes(opened, answer(draft)))

    assert lines(listed, wording.THE_QUESTION) == ("May [name] or [name] print an advert?",)


def test_staff_are_warned_where_the_clauses_alone_were_answered_otherwise(room: Room) -> None:
    ticket = room.opens()
    said_no = replace(ticket, dossier=replace(ticket.dossier, ending="no", clauses=(PROGRAMME,)))

    warned = lines(shown(room.proposes(said_no, answer(replace(DRAFT, verdict=Verdict.YES)))), wording.MIND)

    assert wording.answered_otherwise(Verdict.NO, (PROGRAMME,)) in warned
    agreeing = shown(room.proposes(said_no, answer()))
    assert wording.answered_otherwise(Verdict.NO, (PROGRAMME,)) not in lines(agreeing, wording.MIND)


def test_a_confirmed_wording_that_identifies_somebody_is_refused_and_shown_again(room: Room) -> None:
    ticket = room.opens()
    act = answer(replace(DRAFT, words="Wilhelmina may not."), confirmed=True)
    listed = shown(room.proposes(ticket, act))

    assert wording.TELLS_WHO_ASKED in lines(listed, wording.MIND)
    with room.store.work() as work, pytest.raises(ValueError, match="confirmed"):
        room.desk(work).make(ticket, act, SECRETARY)


@pytest.mark.parametrize(
    ("draft", "fault"),
    [
        (replace(DRAFT, question=" ?"), wording.NO_QUESTION),
        (replace(DRAFT, words=" … "), wording.NO_WORDS),
        (replace(DRAFT, clauses=()), wording.NO_CLAUSE),
        (replace(DRAFT, clauses=("larks/no/such",)), wording.unknown_clause("larks/no/such")),
        (
            replace(DRAFT, clauses=("oars/water/cameras",)),
            wording.foreign_clause("oars/water/cameras", "the Larks' rules"),
        ),
        (replace(DRAFT, verdict=Verdict.NOT_COVERED), wording.NO_VERDICT),
        (replace(DRAFT, question="word " * 100), wording.too_long(wording.THE_QUESTION, 300)),
    ],
)
@pytest.mark.parametrize("confirmed", [False, True])
def test_what_cannot_be_a_ruling_is_refused_with_the_reason(
    room: Room, draft: RulingDraft, fault: str, confirmed: bool
) -> None:
    (reply,) = room.proposes(room.opens(), answer(draft, confirmed))

    assert isinstance(reply, Told)
    assert fault in reply.text
    assert reply.words == "No adverts, sorry."  # what was written is not lost


def test_staff_are_warned_where_a_ruling_and_a_clause_say_otherwise(room: Room) -> None:
    yes = replace(DRAFT, verdict=Verdict.YES, clauses=(RECORDING,))
    no = replace(DRAFT, clauses=(INVITE,))
    ticket = room.opens()

    assert wording.yes_on_forbidden(RECORDING) in lines(shown(room.proposes(ticket, answer(yes))), wording.MIND)
    assert wording.no_on_allowed(INVITE) in lines(shown(room.proposes(ticket, answer(no))), wording.MIND)


def test_staff_are_warned_of_a_question_that_nobody_else_can_ask(room: Room) -> None:
    ticket = room.opens("Can I print this?")
    listed = shown(room.proposes(ticket, answer(replace(DRAFT, question="Can I print this in the programme?"))))

    assert lines(listed, wording.MIND) == (wording.points(in_other_words=False),)
    assert wording.ALSO_FOR not in [entry.heading for entry in listed.entries]


def test_staff_see_in_which_words_of_askers_it_answers_too_without_names(room: Room) -> None:
    ticket = room.opens("Do Wilhelmina and friends need leave for an ad in the programme")
    listed = shown(room.proposes(ticket, answer()))

    also = wording.also_for("Do [name] and friends need leave for an ad in the programme")
    assert lines(listed, wording.ALSO_FOR) == (also,)


@pytest.mark.parametrize("question", ["Can I print this in the programme?", "Adverts in the programme"])
def test_where_only_the_words_of_askers_are_answered_staff_are_not_told_that_nobody_is(
    room: Room, question: str
) -> None:
    words = "Do members need leave for an ad in the programme?"
    listed = shown(room.proposes(room.opens(words), answer(replace(DRAFT, question=question))))

    (mind,) = lines(listed, wording.MIND)
    assert "nobody who asks in these words will be answered by the ruling, only who asks as it says below." in mind
    assert lines(listed, wording.ALSO_FOR) == (f"Whoever asks “{words}” is answered by this ruling.",)


def test_staff_are_shown_no_words_that_will_answer_nobody(room: Room) -> None:
    ticket = room.opens(DRAFT.question)
    closed = room.opens("Do you object to an ad in the programme?", Person("chat:other"), joined_to=ticket.id)
    with room.store.work() as work:
        work.tickets.move(*moved(closed, What.CLOSED, SECRETARY.person, room.now))
    room.opens("Do you object to these in the programme?", Person("chat:third"), joined_to=ticket.id)

    assert lines(shown(room.proposes(ticket, answer())), wording.ALSO_FOR) == ()


def test_the_asker_s_own_name_is_masked_wherever_it_stands(room: Room) -> None:
    ticket = room.opens(asker=Person("chat:jo", "Jo Marsh"))
    draft = replace(DRAFT, words="Marsh said so, and jo too, as jomarsh99.")
    listed = shown(room.proposes(ticket, answer(draft)))

    assert lines(listed, wording.THE_RULING) == ("No. [name] said so, and [name] too, as [name].",)


def test_a_ruling_is_dated_owned_and_due_for_review_in_a_year(room: Room) -> None:
    made = room.makes(room.opens())

    assert (made.owner, made.made, made.review) == ("Choir Secretary", room.now, date(2027, 11, 21))
    assert made.texts == (room.library.index.clauses[PROGRAMME].text,)
    assert made.ticket == "1"


def test_a_ruling_bears_on_the_next_question_at_once(room: Room) -> None:
    ticket = room.opens()
    with room.store.work() as work:
        assert room.precedents.refreshed(work).bearing(Question(QUESTION, "larks")) == ()
    room.makes(ticket)

    with room.store.work() as work:
        assert room.precedents.covers(QUESTION, "larks", work)


def test_a_ruling_takes_the_place_of_that_on_the_same_question_and_staff_are_told_so(room: Room) -> None:
    before = room.makes(room.opens())
    ticket = room.opens("may one put ads into the programme", Person("chat:other"))
    draft = replace(DRAFT, question="Is a member allowed to print an advert in the programme?", verdict=Verdict.YES)
    listed = shown(room.proposes(ticket, answer(draft)))

    assert lines(listed, wording.MIND) == (wording.replaces(DRAFT.question, "21 November 2026", Verdict.NO),)
    _, told_askers = room.makes_and_tells(ticket, draft)
    assert not room.ruling(before.id).stands
    assert told_askers == []


def test_those_whom_a_replaced_ruling_answered_are_told_where_the_office_says_so(sample_library: Library) -> None:
    room = Room(sample_library, tell_of_withdrawn=True)
    room.makes(room.opens())
    _, (reply,) = room.makes_and_tells(room.opens("may one put an ad into it", Person("chat:other")))

    assert isinstance(reply, Told)
    assert (reply.conversation, reply.ticket) == ("chat:asker:1", "1")


def test_rulings_are_listed_with_those_that_need_a_look_first(room: Room) -> None:
    drafts = [
        DRAFT,
        replace(DRAFT, question="May a member sell cakes at a concert?"),
        replace(DRAFT, question="May a member bring a dog to a concert?"),
    ]
    first, second, third = (
        room.makes(room.opens(draft.question, Person(f"chat:{number}")), draft) for number, draft in enumerate(drafts)
    )
    with room.store.work() as work:
        work.rulings.change(replace(first, review=date(2026, 11, 1), version=2))
        work.rulings.change(flagged(second, (PROGRAMME,)))
    listed = shown(room.does(ShowRulings()))

    assert [entry.lines[1 if number < 2 else 0] for number, entry in enumerate(listed.entries)] == [
        second.question,
        first.question,
        third.question,
    ]
    assert listed.entries[0].lines[0] == wording.has_changed((PROGRAMME,))
    assert [type(button.act) for button in listed.entries[0].buttons] == [KeepRuling, WithdrawRuling]


@pytest.mark.parametrize("who", [COX.person, ASKER, Person("")])
def test_nobody_but_the_society_s_staff_sees_or_changes_its_rulings(room: Room, who: Person) -> None:
    made = room.makes(room.opens())

    for act in (ShowRulings("larks"), KeepRuling(made.id, 1), WithdrawRuling(made.id, 1)):
        assert told(room.does(act, who)) == wording_of_desk.REFUSED
    assert room.ruling(made.id) == made


def test_a_ruling_that_is_not_there_is_told_to_staff_alone(room: Room) -> None:
    act = WithdrawRuling("99", 0)

    assert told(room.does(act)) == wording.NO_SUCH_RULING
    assert told(room.does(act, ASKER)) == wording_of_desk.REFUSED
    assert told(room.does(act, Person(""))) == wording_of_desk.REFUSED


def test_a_ruling_whose_words_open_with_the_verdict_says_it_once() -> None:
    assert wording.in_short(Verdict.NO, "No, not even then.") == "No, not even then."
    assert wording.in_short(Verdict.NO, "Nobody may.") == "No. Nobody may."
    assert wording.in_short(Verdict.INFO, "It is the treasurer.") == "It is the treasurer."


def test_of_two_who_withdraw_or_keep_one_is_told_that_it_moved_on(room: Room) -> None:
    made = room.makes(room.opens())
    assert told(room.does(KeepRuling(made.id, made.version))) == wording.KEPT
    replies = room.does(WithdrawRuling(made.id, made.version))

    assert told(replies) == wording.MOVED_ON
    assert isinstance(replies[1], Listed)
    assert room.ruling(made.id).stands
    assert told(room.does(WithdrawRuling(made.id, 0))) == wording.withdrawn(0)
    assert told(room.does(WithdrawRuling(made.id, 0))) == wording.ALREADY_WITHDRAWN


def test_those_whom_it_answered_are_told_when_it_is_withdrawn_each_in_their_own_conversation(room: Room) -> None:
    ticket = room.opens()
    other = Person("chat:other", "Octavia Pennywhistle")
    room.opens("may I put an ad in it", other, joined_to=ticket.id)
    made = room.makes(ticket)
    mine, *others = room.does(WithdrawRuling(made.id, made.version, "We thought again.", tell=True))

    assert isinstance(mine, Told)
    assert mine.text == wording.withdrawn(2)
    assert [reply.conversation for reply in others] == ["chat:asker:1", "chat:other:1"]
    assert all(isinstance(reply, Told) and reply.words == "We thought again." for reply in others)


def test_nobody_is_told_of_a_withdrawal_unless_staff_or_the_office_say_so(sample_library: Library) -> None:
    quiet, telling = Room(sample_library), Room(sample_library, tell_of_withdrawn=True)
    for room, many in ((quiet, 0), (telling, 1)):
        made = room.makes(room.opens())
        assert len(room.does(WithdrawRuling(made.id, made.version))) == 1 + many


def changed_library(library: Library) -> Library:
    """The library with other words in the clause on programmes."""
    policies = tuple(
        replace(
            policy,
            clauses=tuple(
                replace(clause, text="It reads otherwise.") if clause.id == PROGRAMME else clause
                for clause in policy.clauses
            ),
        )
        for policy in library.policies
    )
    return Library(replace(library.index, policies=policies), None)


def test_a_ruling_is_flagged_once_when_its_clause_changes_and_the_desk_is_told(room: Room) -> None:
    made = room.makes(room.opens())
    assert room.flags() == []
    new = changed_library(room.library)
    (reply,) = room.flags(new)

    assert isinstance(reply, Told)
    assert reply.conversation == DESK
    assert made.question in reply.text
    assert room.ruling(made.id).flagged == (PROGRAMME,)
    assert room.flags(new) == []


def test_those_whom_a_flagged_ruling_answered_are_told_where_the_office_says_so(sample_library: Library) -> None:
    room = Room(sample_library, tell_of_withdrawn=True, desk="")
    room.makes(room.opens())
    (reply,) = room.flags(changed_library(sample_library))

    assert isinstance(reply, Told)
    assert (reply.conversation, reply.ticket) == ("chat:asker:1", "1")


def test_a_flagged_ruling_that_is_kept_answers_again_until_its_next_review(room: Room) -> None:
    made = room.makes(room.opens())
    room.library = changed_library(room.library)
    room.precedents = Precedents(room.library, room.offices)
    room.flags()
    with room.store.work() as work:
        assert not room.precedents.covers(QUESTION, "larks", work)
    room.now += timedelta(days=30)
    room.does(KeepRuling(made.id, 0))

    kept = room.ruling(made.id)
    assert (kept.flagged, kept.texts, kept.review) == ((), ("It reads otherwise.",), date(2027, 12, 21))
    with room.store.work() as work:
        assert room.precedents.covers(QUESTION, "larks", work)


def test_a_ruling_whose_clause_is_gone_cannot_be_kept(room: Room) -> None:
    made = room.makes(room.opens())
    with room.store.work() as work:
        work.rulings.change(replace(made, clauses=("larks/concerts/gone",), version=2))

    assert told(room.does(KeepRuling(made.id, 2))) == wording.GONE


def test_whoever_reopened_their_query_since_is_not_told(room: Room) -> None:
    ticket = room.opens()
    made = room.makes(ticket)
    with room.store.work() as work:
        answered = work.tickets.get(ticket.id)
        assert answered is not None
        assert answered.state is State.ANSWERED
        work.tickets.move(*moved(answered, What.REOPENED, ASKER, room.now))

    assert len(room.does(WithdrawRuling(made.id, 0, tell=True))) == 1
