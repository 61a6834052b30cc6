"""A ticket's card: what the desk sees of a query, and what it does not."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from adapters.storage.memory import MemoryTickets, _Kept
from bot.acts import AddToQuery, AnswerQuery, AskBack, Claim, Close, HandOver, Join, ReopenTicket, ShowTicket, Withdraw
from bot.cards import card_of
from bot.office import Office
from bot.people import NOBODY, Person, StaffMember
from bot.ports import Delivery, Stage, Work
from bot.replies import TO_ADMIN, Card
from bot.rulings import Ruling, flagged, withdrawn
from bot.telling import in_plain_text
from bot.tickets import Dossier, What
from bot.wording_of_cards import age, delivery
from knowledge.clauses import Party, Verdict
from knowledge.library import Library
from tests.bot.desk_room import ALEX, ANN, BEN, BETH, DAN, DESK, Room, card, names

RECORDING = "larks/rehearsals/recording"


@pytest.fixture
def room(sample_library: Library) -> Room:
    return Room(sample_library)


class LostDeliveries(MemoryTickets):
    """Tickets about which one thing did not come through."""

    def __init__(self, kept: _Kept, lost: Delivery) -> None:
        super().__init__(kept)
        self._lost = lost

    def deliveries(self, name: str) -> tuple[Delivery, ...]:
        return (self._lost,)


def shown(room: Room, ticket: str) -> Card:
    return card(room.does(ShowTicket(ticket)))


def ruling(room: Room, question: str = "Is taping allowed?", clause: str = RECORDING, society: str = "larks") -> Ruling:
    return Ruling(
        "",
        society,
        question,
        Verdict.NO,
        "No taping.",
        (clause,),
        ("",),
        "1",
        "Chair",
        room.now,
        ALEX,
        date(2027, 11, 20),
        Party.MEMBER,
    )


def test_a_card_says_what_is_asked_by_whom_since_when_and_about_what(room: Room) -> None:
    asked = room.sends(to=("Choir Secretary",))
    room.later(180)
    seen = shown(room, asked)
    assert (seen.heading, seen.age) == ("Q1 · open", "3 h")
    assert "Society: The Larks, a choir" in seen.facts
    assert "Topic: Rehearsals" in seen.facts
    assert "Asked by: a member, Ann Lark" in seen.facts
    assert "For: Choir Secretary" in seen.facts
    assert "Held by: nobody yet" in seen.facts
    assert "Sent: 20 Nov 10:04" in seen.facts
    assert [part.text for part in seen.parts] == ["May I tape it?"]
    assert [part.heading for part in seen.parts] == ["The question"]
    assert [one.clause for one in seen.citations] == [RECORDING]


def test_a_name_that_is_withheld_is_nowhere_on_the_card(room: Room) -> None:
    asked = room.sends(named=False)
    room.does(AddToQuery(asked, "It is on Tuesday."), ANN)
    room.does(Withdraw(asked), ANN)
    seen = in_plain_text(shown(room, asked))
    assert "name withheld" in seen
    assert "Ann" not in seen
    assert ANN.account not in seen


def test_a_clause_that_is_no_longer_held_is_left_out(room: Room) -> None:
    dossier = Dossier("Why?", clauses=("larks/gone/away", "oars/water/cameras", RECORDING))
    seen = shown(room, room.sends(dossier=dossier))
    assert [one.clause for one in seen.citations] == [RECORDING]
    assert shown(room, room.sends(dossier=replace(dossier, clauses=("larks/gone/away",)))).citations == ()


def test_what_was_said_since_stands_in_order_with_answers_to_what_was_asked_back(room: Room) -> None:
    asked = room.sends(dossier=Dossier("May I?", added="Please hurry."))
    room.does(AddToQuery(asked, "On Tuesday."), ANN)
    room.does(AskBack(asked, 0, "Which rehearsal?"))
    room.does(AddToQuery(asked, "The open one."), ANN)
    room.does(AnswerQuery(asked, 0, "You may."))
    said = [(part.heading, part.text) for part in shown(room, asked).parts]
    assert said == [
        ("The asker added", "Please hurry."),
        ("The asker added, 20 Nov 10:05", "On Tuesday."),
        ("Asked back by Alex (Choir Secretary), 20 Nov 10:06", "Which rehearsal?"),
        ("The asker's answer, 20 Nov 10:07", "The open one."),
        ("Answered by Alex (Choir Secretary), 20 Nov 10:08", "You may."),
    ]


def test_the_history_says_who_did_what_and_when_in_the_zone_of_the_office(room: Room) -> None:
    asked = room.sends()
    room.does(Claim(asked, 0))
    room.does(HandOver(asked, 0, BETH.account))
    room.does(HandOver(asked, 0, ALEX.account))
    assert shown(room, asked).history == (
        "sent by the asker, 20 Nov 10:04",
        "claimed by Alex (Choir Secretary), 20 Nov 10:05",
        "handed over by Alex (Choir Secretary), 20 Nov 10:06",
        "held by Alex (Choir Secretary) from 20 Nov 10:07",
    )


def test_a_name_that_nothing_shows_is_not_on_the_card_either(sample_library: Library) -> None:
    room = Room(sample_library, Office("larks", "the choir office", DESK, hide_names=("Ann Lark", "Alex Wren")))
    asked = room.sends()
    room.does(Claim(asked, 0), replace(ALEX, name="Alex Wren"))
    seen = in_plain_text(shown(room, asked))
    assert "Ann Lark" not in seen
    assert "Wren" not in seen
    assert "Held by: Choir Secretary" in seen


def test_earlier_rulings_on_the_same_clauses_stand_beside_the_three_latest_first(room: Room) -> None:
    with room.store.work() as work:
        for number in range(5):
            work.rulings.add(ruling(room, f"Question {number}?"))
        work.rulings.add(ruling(room, "Of another clause?", "larks/accounts/tone"))
        work.rulings.add(ruling(room, "Of others?", RECORDING, "oars"))
        taken_back = work.rulings.add(ruling(room, "Taken back?"))
        assert work.rulings.change(withdrawn(taken_back, room.now))
    beside = shown(room, room.sends()).beside
    assert [part.text.split("\n")[0] for part in beside] == ["Question 4?", "Question 3?", "Question 2?"]
    assert beside[0].heading == "Ruling of the choir office, 20 November 2026: no"


def test_a_ruling_on_a_clause_that_changed_says_so(room: Room) -> None:
    with room.store.work() as work:
        made = work.rulings.add(ruling(room))
        assert work.rulings.change(flagged(made, (RECORDING,)))
    assert "has changed since" in shown(room, room.sends()).beside[0].heading


def test_waiting_queries_that_ask_the_same_stand_beside_and_can_be_joined(room: Room) -> None:
    first = room.sends(ANN, "May I tape the rehearsal on Tuesday?")
    second = room.sends(BEN, "may i tape the rehearsal on  tuesday?")
    room.sends(DAN, "Who pays for the coach to the concert?")
    answered = room.sends(DAN, "May I tape the rehearsal on Tuesday?")
    room.does(AnswerQuery(answered, 0, "No."))
    seen = shown(room, first)
    assert [part.heading for part in seen.beside] == [f"Q{second} asks the same"]
    joins = [button.act for button in seen.buttons if button.name == "join"]
    assert joins == [Join(first, 1, (second,))]


def test_like_queries_of_another_society_are_never_beside(room: Room) -> None:
    first = room.sends()
    room.sends(society="oars")
    assert shown(room, first).beside == ()


@pytest.mark.parametrize(
    ("moves", "expected"),
    [
        ([], ["claim", "answer", "ask_back", "hand_over", "close"]),
        ([Claim("1", 0)], ["answer", "ask_back", "hand_over", "close"]),
        ([AnswerQuery("1", 0, "No.")], ["reopen", "close"]),
        ([Close("1", 0, "Settled.")], ["reopen"]),
        ([Close("1", 0, "Settled."), ReopenTicket("1", 0)], ["claim", "answer", "ask_back", "hand_over", "close"]),
    ],
)
def test_the_buttons_fit_the_state(room: Room, moves: list[Claim], expected: list[str]) -> None:
    room.sends()
    for move in moves:
        room.does(move)
    assert names(shown(room, "1")) == expected


def test_the_name_can_be_asked_for_only_where_it_is_withheld(room: Room) -> None:
    assert "ask_for_name" in names(shown(room, room.sends(named=False)))
    assert "ask_for_name" not in names(shown(room, room.sends(named=True)))


def test_a_query_that_the_asker_took_back_has_no_button_to_open_it(room: Room) -> None:
    asked = room.sends()
    room.does(Withdraw(asked), ANN)
    assert names(shown(room, asked)) == []


def test_an_asker_who_was_forgotten_is_nobody_by_name(room: Room) -> None:
    seen = shown(room, room.sends(NOBODY, role=Party.NATIONAL_OFFICE))
    assert "Asked by: somebody who may be anyone, their name is not known here" in seen.facts


class Nearest:
    """Finds one ruling for every question."""

    def __init__(self, found: Ruling | None) -> None:
        self._found = found

    def nearest(self, _text: str, _society: str, _work: Work) -> Ruling | None:
        return self._found


def test_an_answer_is_drafted_from_the_nearest_ruling_while_the_query_waits(room: Room) -> None:
    asked = room.sends()
    with room.store.work() as work:
        waiting, near = work.tickets.get(asked), Nearest(ruling(room))
        assert waiting is not None
        assert card_of(waiting, DESK, room.library, room.offices, work, near).draft == "No taping."
        assert card_of(waiting, DESK, room.library, room.offices, work, Nearest(None)).draft == ""
        assert card_of(waiting, DESK, room.library, room.offices, work).draft == ""
    room.does(AnswerQuery(asked, 0, "No."))
    with room.store.work() as work:
        answered = work.tickets.get(asked)
        assert answered is not None
        assert card_of(answered, DESK, room.library, room.offices, work, near).draft == ""


@pytest.mark.parametrize(
    ("stage", "fault", "said"),
    [
        (Stage.QUEUED, "", "The answer, to the asker: queued, 10:05"),
        (Stage.SENT, "", "The answer, to the asker: sent, 10:05"),
        (Stage.RETRYING, "no answer.", "The answer, to the asker: not through yet, tried 3 times: no answer. It is"),
        (Stage.FAILED, "channel gone", "The answer, to the asker: failed, 10:05: channel gone. They do not have it"),
    ],
)
def test_a_delivery_says_how_far_it_has_come_and_what_to_do(room: Room, stage: Stage, fault: str, said: str) -> None:
    one = Delivery("1", "chat:ann:1", stage, 3, room.now, fault, What.ANSWERED)
    assert delivery("the asker", one, "10:05", to_asker=True).startswith(said)


@pytest.mark.parametrize(
    ("about", "said"),
    [(What.SENT, "The confirmation, to the asker"), (What.ADDED, "That a line was added, to the asker")],
)
def test_what_an_asker_is_told_of_that_they_did_is_named_for_that(room: Room, about: What, said: str) -> None:
    one = Delivery("1", "chat:ann:1", Stage.SENT, 1, room.now, about=about)
    assert delivery("the asker", one, "10:05", to_asker=True) == f"{said}: sent, 10:05"


def test_what_did_not_reach_who_runs_an_account_is_not_said_to_have_missed_the_desk(room: Room) -> None:
    made = room.sends(ANN)
    lost = Delivery(made, "slack:U7:", Stage.FAILED, 3, room.now, "channel gone", TO_ADMIN)
    with room.store.work() as work:
        work.tickets = LostDeliveries(work._kept, lost)
        ticket = work.tickets.get(made)
        assert ticket is not None
        (said,) = card_of(ticket, DESK, room.library, room.offices, work).delivery
    assert said.startswith("A reply, to somebody who runs the account: failed")


def test_a_delivery_of_nothing_in_particular_is_a_reply(room: Room) -> None:
    one = Delivery("1", "chat:ann:1", Stage.SENT, 1, room.now)
    assert delivery("the asker", one, "10:05", to_asker=True) == "A reply, to the asker: sent, 10:05"


def test_the_card_that_comes_with_an_answer_does_not_say_how_far_that_has_come(room: Room) -> None:
    lead, second = room.sends(ANN), room.sends(BEN)
    room.does(Join(lead, 0, (second,), confirmed=True))
    assert card(room.does(AnswerQuery(lead, 0, "Yes."))).delivery == ()


def test_a_query_that_staff_made_says_who_made_it_and_nothing_was_sent_or_added(room: Room) -> None:
    dossier = Dossier("May I?", added="It never helps.")
    made = room.takes_up(dossier=dossier)
    seen = shown(room, made)
    assert seen.history == ("made a query by Alex (Choir Secretary), 20 Nov 10:04",)
    assert "Made a query by staff, not sent: 20 Nov 10:04" in seen.facts
    assert not any(fact.startswith("Sent") for fact in seen.facts)
    assert [part.heading for part in seen.parts] == ["Why the asker called the answer wrong"]


def test_the_ruling_that_answered_a_query_stands_beside_it_with_its_own_clauses(room: Room) -> None:
    with room.store.work() as work:
        made = work.rulings.add(ruling(room, clause="larks/accounts/tone"))
    seen = shown(room, room.sends(ruling=made.id))
    assert [part.text.split("\n")[-1] for part in seen.beside] == ["Rests on larks/accounts/tone."]
    with room.store.work() as work:
        assert work.rulings.change(withdrawn(made, room.now))
    part = shown(room, room.sends(ruling=made.id)).beside[0]
    assert part.heading.endswith("no; withdrawn since")


def test_a_colleague_of_whom_neither_name_nor_post_is_known_is_shown_by_their_account(sample_library: Library) -> None:
    room = Room(sample_library, Office("larks", "the choir office", DESK, hide_names=("Petra",)))
    with room.store.work() as work:
        for account in ("chat:olga", "chat:petra"):
            work.staff.add(StaffMember(Person(account), "larks"))
    asked = room.sends()
    room.does(Claim(asked, 0), Person("chat:olga"))
    assert "Held by: chat:olga" in shown(room, asked).facts
    room.does(HandOver(asked, 0, "chat:petra"))
    assert "Held by: a colleague" in shown(room, asked).facts


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "just now"), (59, "59 min"), (60, "1 h"), (47 * 60, "47 h"), (72 * 60, "3 days")]
)
def test_an_age_is_put_in_the_largest_unit_that_says_it(minutes: int, said: str, room: Room) -> None:
    assert age(room.now, room.now + timedelta(minutes=minutes)) == said
    assert age(room.now + timedelta(hours=1), room.now) == "just now"


def test_the_year_is_told_where_it_is_another_one(room: Room) -> None:
    asked = room.sends(opened=datetime.fromisoformat("2025-07-01T09:00:00+00:00"))
    assert any("1 Jul 2025 10:00" in fact for fact in shown(room, asked).facts)
