"""The queue of a desk: what waits there, and how it is found."""

from dataclasses import replace

import pytest

from bot import wording_of_desk as wording
from bot.acts import AnswerQuery, Claim, Join, ShowQueue, ShowTicket
from bot.telling import in_plain_text
from bot.tickets import Dossier, State
from knowledge.clauses import Party
from knowledge.library import Library
from tests.bot.desk_room import ALEX, ANN, BEN, BETH, CARO, DAN, STRANGER, Room, card, listing, names, told


@pytest.fixture
def room(sample_library: Library) -> Room:
    return Room(sample_library)


def found(room: Room, act: ShowQueue) -> list[str]:
    return [entry.heading.split(" ")[0] for entry in listing(room.does(act)).entries]


def test_the_queue_shows_age_topic_role_question_and_whose_each_is_oldest_first(room: Room) -> None:
    room.sends(ANN, "May I\ntape it?")
    room.later(200)
    room.sends(BEN, "Why not?", role=Party.FELLOW, dossier=Dossier("Why not?"))
    room.does(Claim("2", 0), BETH)
    shown = listing(room.does(ShowQueue()))
    assert shown.heading == "At the desk of the choir office: 2 queries (open or claimed), oldest first"
    assert [entry.heading for entry in shown.entries] == [
        "Q1 · 3 h · Rehearsals · member",
        "Q2 · 2 min · no clause · Fellow",
    ]
    assert [entry.lines for entry in shown.entries] == [
        ("May I tape it?", "Nobody has it yet"),
        ("Why not?", "With Beth (Treasurer)"),
    ]
    assert [[button.act for button in entry.buttons] for entry in shown.entries] == [
        [ShowTicket("1"), Claim("1", 1)],
        [ShowTicket("2")],
    ]


def test_nobody_else_sees_it(room: Room) -> None:
    room.sends()
    for who in (STRANGER, CARO):
        assert [in_plain_text(one) for one in room.does(ShowQueue("larks"), who)] == [wording.REFUSED]
    assert told(room.does(ShowQueue(), STRANGER), STRANGER) == wording.REFUSED


def test_no_query_of_another_society_is_in_it(room: Room) -> None:
    room.sends(ANN)
    room.sends(BEN, society="oars")
    assert found(room, ShowQueue()) == ["Q1"]
    assert [entry.heading[:2] for entry in listing(room.does(ShowQueue(), CARO)).entries] == ["Q2"]


def test_an_asker_whose_name_is_withheld_is_not_named_in_it(room: Room) -> None:
    room.sends(ANN, named=False)
    assert "Ann" not in in_plain_text(listing(room.does(ShowQueue())))


def test_it_is_found_by_words_topic_role_and_holder_and_says_what_was_looked_for(room: Room) -> None:
    room.sends(ANN, "May I tape the rehearsal?")
    room.sends(BEN, "May I tease them?", dossier=Dossier("May I tease them?", clauses=("larks/accounts/tone",)))
    room.sends(DAN, "May I tape it?", role=Party.TRAINEE)
    room.does(Claim("2", 0))
    assert found(room, ShowQueue(words="  tape REHEARSAL ")) == ["Q1"]
    assert found(room, ShowQueue(topic="larks/accounts")) == ["Q2"]
    assert found(room, ShowQueue(role="trainee")) == ["Q3"]
    assert found(room, ShowQueue(mine=True)) == ["Q2"]
    room.does(Claim("3", 0))
    narrow = ShowQueue(words="tape", topic="larks/re", role="trainee", mine=True)
    shown = listing(room.does(narrow))
    assert shown.remarks == "Only those with “tape”, on larks/re, asked by a trainee and held by you."
    in_vain = listing(room.does(replace(narrow, words="gong")))
    assert in_vain.remarks == (
        "No waiting query has “gong” in it, is on larks/re, was asked by a trainee and is held by you."
    )
    assert names(shown) == ["queue"]


def test_answered_queries_are_shown_where_they_are_asked_for(room: Room) -> None:
    asked = room.sends()
    room.does(AnswerQuery(asked, 0, "Yes."))
    assert found(room, ShowQueue()) == []
    assert found(room, ShowQueue(states=(State.ANSWERED,))) == ["Q1"]
    assert found(room, ShowQueue(states=())) == ["Q1"]


def test_it_is_paged_through_forth_and_back(room: Room) -> None:
    for _ in range(25):
        room.sends()
    first = listing(room.does(ShowQueue()))
    assert first.heading == "At the desk of the choir office: 25 queries (open or claimed), 1 to 10 shown, oldest first"
    [forth] = [button.act for button in first.buttons]
    middle = listing(room.does(forth))
    assert [button.label for button in middle.buttons] == ["Back", "Next"]
    last = listing(room.does(middle.buttons[1].act))
    assert [entry.heading[:3] for entry in last.entries] == ["Q21", "Q22", "Q23", "Q24", "Q25"]
    assert [button.label for button in last.buttons] == ["Back"]
    assert listing(room.does(last.buttons[0].act)).heading == middle.heading


@pytest.mark.parametrize("page", [-3, 0, 7, 10**30])
def test_a_page_that_is_not_there_gives_the_nearest(room: Room, page: int) -> None:
    for _ in range(12):
        room.sends()
    assert len(found(room, ShowQueue(page=page))) == (10 if page < 1 else 2)


def test_an_empty_queue_is_told_kindly_and_a_search_in_vain_as_such(room: Room) -> None:
    assert listing(room.does(ShowQueue())).remarks == wording.EMPTY_QUEUE
    assert listing(room.does(ShowQueue(words="gongs", states=()))).remarks == "No query has “gongs” in it."
    assert listing(room.does(ShowQueue(states=(State.ANSWERED,)))).remarks == "No answered query is at this desk."


def test_a_query_that_is_joined_to_another_says_so_and_is_not_claimed_by_itself(room: Room) -> None:
    lead, second = room.sends(ANN), room.sends(BEN)
    room.does(Join(lead, 0, (second,), confirmed=True))
    first, joined = listing(room.does(ShowQueue())).entries
    assert [button.name for button in first.buttons] == ["show", "claim"]
    assert [button.name for button in joined.buttons] == ["show"]
    assert joined.lines[1] == "Joined to Q1, whose answer goes to this asker as well"
    assert "claim" not in names(card(room.does(ShowTicket(second))))


@pytest.mark.parametrize("text", ["%", "_", "'; --", "\0", "\u202e", "ß" * 5_000])
def test_whatever_is_looked_for_breaks_nothing(room: Room, text: str) -> None:
    room.sends(ANN, "May I tape it?")
    for act in (ShowQueue(words=text), ShowQueue(topic=text), ShowQueue(role=text)):
        assert listing(room.does(act, ALEX))
