"""What an asker types while the office waits for their reply: it is offered to go there, and never goes by itself."""

from dataclasses import dataclass

import pytest

from adapters.alone import Alone
from adapters.storage.memory import MemoryStore
from bot.acts import Act, AddToQuery, AskBack, Claim, Say, Send
from bot.messages import Message
from bot.office import Office, Offices
from bot.people import Person, StaffMember
from bot.replies import Reply, Told
from bot.telling import in_plain_text
from bot.tickets import What
from knowledge.library import Library
from tests.bot.asking import FINCH, MONDAY, ROOK, WREN
from tests.conftest import assistant_of

CHAT = "teams:0a"
OFFICE = Office("larks", "the choir office", desk="teams:desk")


@dataclass
class Choir:
    """Somebody in a chat that never ends, and an office that may ask them back."""

    assistant: Alone
    store: MemoryStore

    def does(self, act: Act | None = None, text: str = "", who: Person = WREN, where: str = CHAT) -> list[Reply]:
        return self.assistant.handle(Message(where, text, "larks", None, who, act))

    def types(self, text: str, who: Person = WREN, where: str = CHAT) -> list[Reply]:
        return self.does(None, text, who, where)

    def asked(self, question: str, who: Person = WREN, where: str = CHAT) -> str:
        """The exchange that a question makes."""
        self.types(question, who, where)
        with self.store.work() as work:
            turn = work.conversations.last(where, who.account)
        assert turn is not None
        return turn.exchange

    def sends(self, question: str = "May I record the rehearsal?") -> None:
        self.does(Send(self.asked(question), named=True))

    def asks_back(self, text: str = "Is it a dress rehearsal?", ticket: str = "1") -> None:
        self.does(AskBack(ticket, 0, text), who=ROOK, where="teams:desk")

    def added(self) -> list[str]:
        with self.store.work() as work:
            return [move.text for move in work.tickets.history("1") if move.what is What.ADDED]


@pytest.fixture
def choir(sample_library: Library) -> Choir:
    store = MemoryStore(lambda: MONDAY)
    with store.work() as work:
        work.staff.add(StaffMember(ROOK, "larks", "Choir Secretary"))
    made = Choir(assistant_of(sample_library, store=store, offices=Offices({"larks": OFFICE})), store)
    made.sends()
    return made


def said(replies: list[Reply]) -> str:
    return " ".join(in_plain_text(one) for one in replies)


def offers(replies: list[Reply]) -> list[Told]:
    return [one for one in replies if isinstance(one, Told) and [button.name for button in one.buttons] == ["add_this"]]


@pytest.mark.parametrize("words", ["yes", "It is for the choir in Hull, twice a year", "I am a trainee", "7"])
def test_what_is_typed_after_a_question_of_the_office_is_offered_to_go_there(choir: Choir, words: str) -> None:
    choir.asks_back()

    (offer,) = offers(choir.types(words))

    assert offer == Told(
        CHAT,
        "Or is this for the choir office, about Q1? They asked you: “Is it a dress rehearsal?” "
        "I have not passed it on.",
        buttons=offer.buttons,
    )
    assert [(button.label, button.act) for button in offer.buttons] == [("Add this to Q1", AddToQuery("1", words))]
    assert choir.added() == []
    choir.does(offer.buttons[0].act)
    assert choir.added() == [words]


def test_the_answer_to_what_was_typed_comes_all_the_same(choir: Choir) -> None:
    choir.asks_back()
    with_offer = choir.types("What may I wear?")
    plain = choir.types("What may I wear?", FINCH, "teams:0b")

    assert [type(one) for one in with_offer] == [*map(type, plain), Told]


def test_one_press_more_adds_nothing_more(choir: Choir) -> None:
    choir.asks_back()
    (offer,) = offers(choir.types("yes"))
    first, second = choir.does(offer.buttons[0].act), choir.does(offer.buttons[0].act)

    assert choir.added() == ["yes"]
    assert second == first[:1]


def test_later_it_is_offered_only_for_what_nothing_was_found_for(choir: Choir) -> None:
    choir.asks_back()
    choir.types("What may I wear?")

    assert offers(choir.types("May I record the rehearsal?")) == []
    assert len(offers(choir.types("yes"))) == 1


def test_nothing_is_offered_once_the_question_is_replied_to(choir: Choir) -> None:
    choir.asks_back()
    choir.does(AddToQuery("1", "It is."))
    assert offers(choir.types("yes")) == []

    choir.asks_back("On which day?")
    (offer,) = offers(choir.types("yes"))
    assert "“On which day?”" in offer.text


def test_nothing_is_offered_where_the_office_asks_nothing(choir: Choir) -> None:
    assert offers(choir.types("yes")) == []
    choir.does(Claim("1", 0), who=ROOK, where="teams:desk")
    assert offers(choir.types("yes")) == []


def test_nothing_is_offered_to_others_and_for_commands_and_presses(choir: Choir) -> None:
    choir.asks_back()

    assert offers(choir.types("yes", FINCH)) == []
    for command in ("help", "my queries", "home", "add to Q1: It is.", "add to Q1: It is."):
        assert offers(choir.types(command)) == []
    choir.asks_back("Really?")
    assert offers(choir.does(Say("What may I wear?"))) == []
    assert len(offers(choir.types("yes"))) == 1


def test_of_two_questions_the_later_is_meant(choir: Choir) -> None:
    choir.sends("What may I wear?")
    choir.asks_back("For Q2?", "2")
    (offer,) = offers(choir.types("yes"))

    assert offer.buttons[0].act == AddToQuery("2", "yes")


def test_what_is_typed_in_another_societys_conversation_is_not_for_this_office(choir: Choir) -> None:
    choir.asks_back()

    assert offers(choir.assistant.handle(Message("teams:0c", "What may I eat?", "oars", None, WREN))) == []


# What staff type where they are askers


@pytest.mark.parametrize("words", ["queue", "show Q1", "claim 1", "rulings", "gaps"])
def test_staff_who_type_beside_the_desk_what_belongs_there_are_told_so(choir: Choir, words: str) -> None:
    told = said(choir.types(words, ROOK, "teams:0d"))

    assert told == "That is for the desk: write it there, or say “home” to see what waits."
    assert "for the desk" not in said(choir.types(words, FINCH, "teams:0b"))


def test_staff_may_ask_for_a_query_of_their_own_and_say_that_they_are_staff(choir: Choir) -> None:
    choir.does(Send(choir.asked("What may I wear?", ROOK, "teams:0d"), named=True), who=ROOK, where="teams:0d")

    assert "for the desk" not in said(choir.types("show Q2", ROOK, "teams:0d"))
    assert "for the desk" not in said(choir.types("I am a member of staff", ROOK, "teams:0d"))


# Courtesies


@pytest.mark.parametrize("courtesy", ["thanks", "Thank you!"])
def test_a_courtesy_does_not_end_what_was_spoken_of(choir: Choir, courtesy: str) -> None:
    choir.types("May I record the rehearsal?", FINCH, "teams:0b")
    before = said(choir.types("who says?", FINCH, "teams:0b"))
    choir.types(courtesy, FINCH, "teams:0b")

    assert said(choir.types("who says?", FINCH, "teams:0b")) == before
