"""What staff do about a query: who may, who was first, and who is told what."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot import wording_of_desk as wording
from bot.acts import (
    Act,
    AddToQuery,
    AnswerQuery,
    AskBack,
    AskForName,
    Claim,
    Close,
    GiveName,
    HandOver,
    Join,
    ReopenQuery,
    ReopenTicket,
    Say,
    ShowTicket,
    Withdraw,
)
from bot.desk import Desk
from bot.messages import Message
from bot.office import Office
from bot.people import NOBODY, Person
from bot.replies import Card, Told
from bot.tickets import State, What
from knowledge.library import Library
from tests.bot.desk_room import ALEX, ANN, BEN, BETH, CARO, DAN, DESK, STRANGER, Room, card, listing, to, told

ACTS_ON_ONE: list[Callable[[str], Act]] = [
    ShowTicket,
    lambda one: Claim(one, 0),
    lambda one: HandOver(one, 0, ALEX.account),
    lambda one: AnswerQuery(one, 0, "Yes."),
    lambda one: AskBack(one, 0, "When?"),
    lambda one: AskForName(one, 0),
    lambda one: Close(one, 0, "Settled."),
    lambda one: ReopenTicket(one, 0),
    lambda one: Join(one, 0, ("2",), confirmed=True),
]


@pytest.fixture
def room(sample_library: Library) -> Room:
    return Room(sample_library)


@pytest.mark.parametrize("act", ACTS_ON_ONE)
@pytest.mark.parametrize("who", [STRANGER, CARO, ANN, NOBODY])
def test_whoever_is_not_on_the_list_of_the_society_is_refused_and_nothing_is_done(
    room: Room, act: Callable[[str], Act], who: Person
) -> None:
    asked = room.sends()
    room.sends(BEN)
    replies = room.does(act(asked), who, "chat:here:1")
    assert replies == [Told("chat:here:1", wording.REFUSED)]
    assert room.ticket(asked).version == 1


@pytest.mark.parametrize("name", ["99", "", "Q", "x", "１", "-1", "9" * 40, "1; drop"])
@pytest.mark.parametrize("act", ACTS_ON_ONE)
def test_a_query_that_is_not_there_is_told_to_staff_and_to_nobody_else(
    room: Room, act: Callable[[str], Act], name: str
) -> None:
    assert told(room.does(act(name))) == wording.NO_SUCH
    assert told(room.does(act(name), STRANGER), STRANGER) == wording.REFUSED


def test_a_query_can_be_named_as_people_write_it(room: Room) -> None:
    room.sends()
    assert {card(room.does(ShowTicket(name))).ticket for name in ("1", "Q1", " q1 ", "01")} == {"1"}


def test_an_act_of_others_is_a_fault_of_whoever_calls(room: Room) -> None:
    with room.store.work() as work, pytest.raises(TypeError):
        Desk(room.library, room.offices, room.precedents, work).act(Message("a:b:c", "", act=Say("hello")))


def test_a_claim_is_told_to_the_asker_by_post_and_shown_at_the_desk(room: Room) -> None:
    asked = room.sends()
    replies = room.does(Claim(asked, 1))
    assert room.ticket(asked).holder == ALEX
    assert card(replies, "chat:alex:1").state is State.CLAIMED
    assert card(replies, DESK).state is State.CLAIMED
    [heard] = to(replies, room.ticket(asked))
    assert "Choir Secretary" in heard.text
    assert "Alex" not in heard.text


def test_a_claim_by_who_has_it_changes_nothing(room: Room) -> None:
    asked = room.sends()
    room.does(Claim(asked, 0))
    assert told(room.does(Claim(asked, 0))) == "You have Q1 already."
    assert room.ticket(asked).version == 2


def test_at_the_desk_itself_one_card_is_given(room: Room) -> None:
    asked = room.sends()
    replies = room.does(Claim(asked, 1), ALEX, DESK)
    assert len([one for one in replies if isinstance(one, Card)]) == 1


def test_where_there_is_no_desk_conversation_no_card_goes_there(sample_library: Library) -> None:
    room = Room(sample_library, Office("larks", "the choir office"))
    replies = room.does(Claim(room.sends(), 1))
    assert [one.conversation for one in replies if isinstance(one, Card)] == ["chat:alex:1"]


def test_an_answer_goes_to_the_asker_in_the_words_of_staff(room: Room) -> None:
    asked = room.sends()
    replies = room.does(AnswerQuery(asked, 1, "  Ask the conductor.\r\nThen you may.  "))
    assert room.ticket(asked).state is State.ANSWERED
    assert room.ticket(asked).answer == "Ask the conductor.\nThen you may."
    [heard] = to(replies, room.ticket(asked))
    assert heard.words == "Ask the conductor.\nThen you may."
    assert heard.ticket == asked
    assert told(replies) == "Q1 is answered. The answer goes to the asker."


def test_of_two_answers_one_wins_and_the_other_learns_who_was_first_and_keeps_the_words(room: Room) -> None:
    asked = room.sends()
    room.does(AnswerQuery(asked, 1, "Yes."), ALEX)
    replies = room.does(AnswerQuery(asked, 1, "No."), BETH)
    assert room.ticket(asked).answer == "Yes."
    assert "Alex (Choir Secretary) answered Q1 first, at 10:05. Nothing of yours was done." in told(replies, BETH)
    assert [one.words for one in replies if isinstance(one, Told)] == ["No."]
    assert card(replies).state is State.ANSWERED
    assert to(replies, room.ticket(asked)) == []


def test_who_presses_twice_is_told_that_they_were_there_first(room: Room) -> None:
    asked = room.sends()
    room.does(AnswerQuery(asked, 1, "Yes."))
    assert told(room.does(AnswerQuery(asked, 1, "Yes."))).startswith("You answered Q1 at 10:05. Nothing more")


def test_words_that_came_second_to_an_addition_can_be_sent_all_the_same(room: Room) -> None:
    asked = room.sends()
    room.does(AddToQuery(asked, "On Tuesday."), ANN)
    replies = room.does(AnswerQuery(asked, 1, "You may."))
    assert "The asker added to Q1 first, at 10:05." in told(replies)
    assert any(part.text == "On Tuesday." for part in card(replies).parts)
    [again] = [button.act for one in replies if isinstance(one, Told) for button in one.buttons]
    room.does(again)
    assert room.ticket(asked).answer == "You may."


def test_an_act_without_a_version_takes_the_query_as_it_stands_and_is_told_what_does_not_fit(room: Room) -> None:
    asked = room.sends()
    room.does(AddToQuery(asked, "On Tuesday."), ANN)
    room.does(AnswerQuery(asked, 0, "Yes."), ALEX)
    said = told(room.does(Close(room.sends(BEN), 0, "Settled."), BETH), BETH)
    assert said == "Q2 is closed, and the asker is told why."
    late = room.does(AskBack(asked, 0, "When?"), BETH)
    assert "Q1 is answered, so that cannot be done now. Alex (Choir Secretary) answered Q1 first" in told(late, BETH)
    assert room.ticket(asked).version == 3


def test_what_the_asker_took_back_cannot_be_answered_nor_opened_by_staff(room: Room) -> None:
    asked = room.sends()
    room.does(Withdraw(asked), ANN)
    assert "The asker took Q1 back first" in told(room.does(AnswerQuery(asked, 1, "Yes.")))
    assert told(room.does(ReopenTicket(asked, 0))) == wording.taken_back(asked)
    room.does(ReopenQuery(asked, "After all."), ANN)
    room.does(AnswerQuery(asked, 0, "Yes."))
    assert "is open again" in told(room.does(ReopenTicket(asked, 0)))


@pytest.mark.parametrize("words", ["", "  \n ", "\0\x07"])
@pytest.mark.parametrize(
    ("act", "what"), [(AnswerQuery, What.ANSWERED), (AskBack, What.ASKED_BACK), (Close, What.CLOSED)]
)
def test_without_words_nothing_is_sent_and_it_is_said_what_to_do(
    room: Room, act: type[Close], what: What, words: str
) -> None:
    asked = room.sends()
    replies = room.does(act(asked, 1, words))
    assert [one.text for one in replies if isinstance(one, Told)] == [wording.NO_WORDS[what]]
    assert room.ticket(asked).version == 1


def test_an_answer_may_be_long_but_not_too_long_and_is_given_back_then(room: Room) -> None:
    asked = room.sends()
    replies = room.does(AnswerQuery(asked, 1, "x" * 4_001))
    assert "4,001 characters" in told(replies)
    assert [one.words for one in replies if isinstance(one, Told)] == ["x" * 4_001]
    assert room.ticket(asked).version == 1
    room.does(AnswerQuery(asked, 1, "x" * 4_000))
    assert room.ticket(asked).state is State.ANSWERED


def test_asking_back_leaves_the_state_and_reaches_the_asker(room: Room) -> None:
    asked = room.sends()
    replies = room.does(AskBack(asked, 1, "Which rehearsal?"))
    assert room.ticket(asked).state is State.OPEN
    assert [one.words for one in to(replies, room.ticket(asked))] == ["Which rehearsal?"]


def test_a_name_is_asked_for_and_seen_once_it_is_given(room: Room) -> None:
    asked = room.sends(named=False)
    replies = room.does(AskForName(asked, 1))
    assert [one.buttons[0].name for one in to(replies, room.ticket(asked))] == ["give_name"]
    room.does(GiveName(asked), ANN)
    assert "Asked by: a member, Ann Lark" in card(room.does(ShowTicket(asked))).facts
    assert told(room.does(AskForName(asked, 0))) == "You can see already who asks Q1."


def test_closing_tells_the_asker_why_and_opening_again_tells_them_too(room: Room) -> None:
    asked = room.sends()
    replies = room.does(Close(asked, 1, "The choir has settled it."))
    assert [one.words for one in to(replies, room.ticket(asked))] == ["The choir has settled it."]
    replies = room.does(ReopenTicket(asked, 2))
    assert room.ticket(asked).state is State.OPEN
    assert len(to(replies, room.ticket(asked))) == 1


def test_a_query_is_handed_over_only_to_somebody_on_the_list(room: Room) -> None:
    asked = room.sends()
    for nobody in (STRANGER.account, CARO.account):
        replies = room.does(HandOver(asked, 0, nobody))
        assert told(replies) == wording.NOT_ON_LIST
        assert room.ticket(asked).version == 1
    replies = room.does(HandOver(asked, 0, BETH.account))
    assert told(replies) == "Q1 is with Beth (Treasurer) now."
    assert room.ticket(asked).holder == BETH
    assert ["Treasurer" in one.text for one in to(replies, room.ticket(asked))] == [True]
    assert told(room.does(HandOver(asked, 0, BETH.account))) == "Beth (Treasurer) has Q1 already."
    assert to(room.does(HandOver(asked, 0, ALEX.account)), room.ticket(asked)) == []  # it was taken up before


def test_handing_over_to_nobody_in_particular_shows_whom_to_choose_from(room: Room) -> None:
    asked = room.sends()
    room.does(Claim(asked, 0))
    choice = listing(room.does(HandOver(asked, 2, "")))
    assert [entry.heading for entry in choice.entries] == ["Beth (Treasurer)"]
    room.does(choice.entries[0].buttons[0].act)
    assert room.ticket(asked).holder == BETH


def test_every_press_on_a_card_works(room: Room) -> None:
    room.sends(BEN)
    for name in ("claim", "hand_over", "ask_for_name", "join"):
        asked = room.sends(ANN, named=False)
        [act] = [button.act for button in card(room.does(ShowTicket(asked))).buttons if button.name == name]
        assert room.does(act)


def test_who_acts_is_known_by_the_name_on_the_list_where_they_bring_none(room: Room) -> None:
    asked = room.sends()
    room.does(Claim(asked, 0), replace(ALEX, name=""))
    assert room.history(asked)[-1].who == ALEX


def test_whoever_comes_second_a_day_later_is_told_the_day(room: Room) -> None:
    asked = room.sends()
    room.does(AnswerQuery(asked, 1, "Yes."))
    room.later(24 * 60)
    assert "Alex (Choir Secretary) answered Q1 first, on 20 Nov at 10:05." in told(
        room.does(Claim(asked, 1), BETH), BETH
    )


def test_who_does_twice_what_ended_a_query_is_told_when_they_did(room: Room) -> None:
    asked = room.sends()
    room.does(Close(asked, 0, "Settled."))
    assert told(room.does(Close(asked, 0, "Settled."))).startswith("You closed Q1 at 10:05. If need be")


@pytest.mark.parametrize("reason", ["\u200b", " \u2060\ufeff ", "\u202e"])
def test_a_reason_in_which_nothing_can_be_seen_is_none(room: Room, reason: str) -> None:
    asked = room.sends()
    assert told(room.does(Close(asked, 0, reason))) == wording.NO_WORDS[What.CLOSED]
    assert room.ticket(asked).waits


def test_whoever_claims_a_query_has_those_joined_to_it_and_each_asker_is_told(room: Room) -> None:
    lead, second, third = room.sends(ANN), room.sends(BEN), room.sends(DAN)
    room.does(Claim(third, 0), BETH)
    room.does(Join(lead, 0, (second, third), confirmed=True))
    replies = room.does(Claim(lead, 0))
    assert told(replies) == "Q1 and Q2 are yours. The askers are told that each was taken up."
    assert "has taken up Q2" in to(replies, room.ticket(second))[0].text
    assert (room.ticket(second).holder, room.ticket(third).holder) == (ALEX, BETH)
    assert to(replies, room.ticket(third)) == []  # heard it before


def test_what_is_joined_goes_along_when_a_query_is_handed_over(room: Room) -> None:
    lead, second = room.sends(ANN), room.sends(BEN)
    room.does(Join(lead, 0, (second,), confirmed=True))
    room.does(Claim(lead, 0))
    replies = room.does(HandOver(lead, 0, BETH.account))
    assert told(replies) == "Q1 and Q2 are with Beth (Treasurer) now."
    assert room.ticket(second).holder == BETH
    assert to(replies, room.ticket(second)) == []


def test_what_is_joined_to_a_query_that_somebody_has_is_theirs_and_its_asker_is_told(room: Room) -> None:
    lead, second = room.sends(ANN), room.sends(BEN)
    room.does(Claim(lead, 0), BETH)
    replies = room.does(Join(lead, 0, (second,), confirmed=True))
    assert room.ticket(second).holder == BETH
    assert "The Treasurer at the choir office has taken up Q2" in to(replies, room.ticket(second))[0].text
