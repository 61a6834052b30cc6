"""What could not be brought to an asker: the desk hears of it, or the posts by e-mail, once for each failure."""

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.storage.memory import MemoryTickets, MemoryWork
from bot.notices import DESK as WHOLE_DESK
from bot.office import Office
from bot.ports import Delivery, Stage
from bot.replies import CARD, NEWS, NOTICE, WITHDRAWN_RULING, Card, Mail, Reply, Told
from bot.tickets import What
from bot.undelivered import Undelivered
from knowledge.library import Library
from tests.bot.desk_room import ANN, BEN, DESK, Room

GONE = "Slack says that this person cannot be written to (user_disabled); reach them in another way"
ADDRESSES = {WHOLE_DESK: "desk@larks.example", "Treasurer": "treasurer@larks.example"}


class Failing(MemoryTickets):
    """Tickets about which something was given up."""

    def __init__(self, work: MemoryWork, given_up: tuple[Delivery, ...]) -> None:
        super().__init__(work._kept)
        self._given_up = given_up

    def undelivered(self) -> tuple[Delivery, ...]:
        return self._given_up


class Outcome:
    """A room in which some deliveries failed, each of them what is in `failed`."""

    def __init__(self, room: Room) -> None:
        self.room, self.failed = room, list[Delivery]()

    def fails(self, ticket: str, about: str = What.ANSWERED, fault: str = GONE, where: str = "") -> Delivery:
        """What was to be told of a ticket, and was given up."""
        to = where or self.room.ticket(ticket).conversation
        one = Delivery(ticket, to, Stage.FAILED, 3, self.room.now, fault, about, str(len(self.failed) + 1))
        self.failed.append(one)
        return one

    def is_due(self) -> bool:
        with self.room.store.work() as work:
            return self._undelivered(work).is_due()

    def due(self) -> list[Reply]:
        with self.room.store.work() as work:
            return self._undelivered(work).due()

    def _undelivered(self, work: MemoryWork) -> Undelivered:
        work.tickets = Failing(work, tuple(self.failed))
        return Undelivered(self.room.library, self.room.offices, self.room.precedents, work)


@pytest.fixture
def outcome(sample_library: Library) -> Outcome:
    return Outcome(Room(sample_library))


def office(sample_library: Library, desk: str = "", addresses: dict[str, str] | None = None) -> Outcome:
    return Outcome(Room(sample_library, Office("larks", "the choir office", desk, addresses or {})))


def texts(replies: list[Reply]) -> list[str]:
    return [one.text for one in replies if isinstance(one, Told | Mail)]


def test_the_desk_is_told_with_the_card_of_the_query(outcome: Outcome) -> None:
    outcome.fails(outcome.room.sends())

    card, told = outcome.due()

    assert isinstance(card, Card)
    assert (card.conversation, card.ticket) == (DESK, "1")
    assert told == Told(
        DESK,
        f"The answer to Q1 could not be brought to its asker: {GONE}. They do not have it.",
        ticket="1",
        about=NEWS,
    )


@pytest.mark.parametrize(
    ("about", "said"),
    [
        (What.TAKEN_UP, "The word that Q1 was made of what they asked could not"),
        (What.CLAIMED, "The word that Q1 was taken up could not"),
        (What.ASKED_BACK, "The question back about Q1 could not"),
        (What.ASKED_FOR_NAME, "The question who asks Q1 could not"),
        (What.CLOSED, "The word that Q1 was closed could not"),
        (What.REOPENED, "The word that Q1 is open again could not"),
        (WITHDRAWN_RULING, "The word that the ruling on Q1 was withdrawn could not"),
        (What.JOINED, "What was said of Q1 could not"),
    ],
)
def test_it_says_what_it_was(outcome: Outcome, about: str, said: str) -> None:
    outcome.fails(outcome.room.sends(), about)

    assert texts(outcome.due())[0].startswith(said)


@pytest.mark.parametrize("fault", ["", " ", "."])
def test_a_fault_without_words_leaves_a_sentence_that_is_whole(outcome: Outcome, fault: str) -> None:
    outcome.fails(outcome.room.sends(), fault=fault)

    assert texts(outcome.due()) == ["The answer to Q1 could not be brought to its asker. They do not have it."]


def test_it_is_said_once_and_a_look_marks_nothing(outcome: Outcome) -> None:
    assert not outcome.is_due()
    outcome.fails(outcome.room.sends())

    assert outcome.is_due()
    assert outcome.is_due()
    assert outcome.due()
    assert not outcome.is_due()
    assert outcome.due() == []


def test_what_was_sent_again_and_given_up_again_is_said_again(outcome: Outcome) -> None:
    first = outcome.fails(outcome.room.sends())
    outcome.due()
    outcome.failed = [replace(first, at=first.at + timedelta(minutes=5))]

    assert len(texts(outcome.due())) == 1
    assert outcome.due() == []


@pytest.mark.parametrize("about", ["", NEWS, CARD, NOTICE])
def test_what_tells_no_asker_of_anything_is_left_alone(outcome: Outcome, about: str) -> None:
    outcome.fails(outcome.room.sends(), about, where="chat:beth:1")

    assert not outcome.is_due()
    assert outcome.due() == []


def test_nothing_is_said_of_what_is_said_of_it(sample_library: Library) -> None:
    outcome = office(sample_library, DESK, ADDRESSES)
    outcome.fails(outcome.room.sends())
    for one in outcome.due():
        about = one.about if isinstance(one, Told) else CARD
        outcome.fails("1", about, where=one.conversation)

    assert outcome.due() == []


def test_a_query_that_is_no_longer_kept_is_passed_over(outcome: Outcome) -> None:
    outcome.fails("9", where="chat:ann:1")

    assert not outcome.is_due()


def test_two_of_one_query_come_with_one_card(outcome: Outcome) -> None:
    asked = outcome.room.sends()
    outcome.fails(asked, What.CLAIMED)
    outcome.fails(asked)

    assert [type(one) for one in outcome.due()] == [Card, Told, Told]


def test_many_at_once_are_said_in_one(outcome: Outcome) -> None:
    for _ in range(12):
        outcome.fails(outcome.room.sends())

    *cards, told = outcome.due()

    assert [one.ticket for one in cards if isinstance(one, Card)] == [str(number) for number in range(1, 13)]
    assert isinstance(told, Told)
    assert told.about == ""  # a terminal, which shows no news, shows it too
    lines = told.text.splitlines()
    assert lines[0] == "12 messages could not be brought to those who asked. They do not have them:"
    assert lines[1] == f"The answer to Q1: {GONE}"
    assert lines[-1] == "and 2 more"
    assert outcome.due() == []


def test_each_desk_hears_of_its_own(sample_library: Library) -> None:
    outcome = Outcome(Room(sample_library))
    outcome.fails(outcome.room.sends())
    outcome.fails(outcome.room.sends(BEN, society="oars"))  # whose office has neither desk nor address

    assert {one.conversation for one in outcome.due()} == {DESK}


def test_without_a_desk_the_posts_are_told_by_mail_and_nothing_of_what_was_said_is_in_it(
    sample_library: Library,
) -> None:
    outcome = office(sample_library, addresses=ADDRESSES)
    outcome.fails(outcome.room.sends(ANN, "May I tape it?", to=("Treasurer",)))

    (mail,) = outcome.due()

    assert isinstance(mail, Mail)
    assert (mail.conversation, mail.ticket) == ("email:larks:Treasurer", "1")
    assert mail.subject == "The asker of query Q1 could not be reached"
    assert mail.text.startswith("The answer to Q1 could not be brought to its asker: Slack says")
    assert "What was to be said stands with the query, with the command `verse chat`." in mail.text
    assert not any(word in mail.text for word in ("tape", "Ann"))
    assert outcome.due() == []


def test_many_at_once_are_one_mail_to_each_address(sample_library: Library) -> None:
    outcome = office(sample_library, addresses=ADDRESSES)
    for number in range(5):
        outcome.fails(outcome.room.sends(to=("Treasurer",) if number else ()))

    mails = outcome.due()

    assert [one.conversation for one in mails] == ["email:larks:", "email:larks:Treasurer"]
    assert {one.subject for one in mails if isinstance(one, Mail)} == {"The askers of 5 queries could not be reached"}


def test_where_the_desk_itself_cannot_be_reached_it_goes_by_mail(sample_library: Library) -> None:
    outcome = office(sample_library, DESK, ADDRESSES)
    outcome.fails(outcome.room.sends(conversation=DESK))

    assert [one.conversation for one in outcome.due()] == ["email:larks:"]


def test_where_nobody_could_be_told_it_waits_until_somebody_can(sample_library: Library) -> None:
    outcome = office(sample_library)
    outcome.fails(outcome.room.sends())
    assert not outcome.is_due()
    assert outcome.due() == []

    outcome.room.offices = replace(
        outcome.room.offices, by_society={"larks": Office("larks", "the choir office", DESK)}
    )

    assert len(texts(outcome.due())) == 1
