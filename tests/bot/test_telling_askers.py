"""What askers are told when staff act, and what they are never told."""

from dataclasses import replace

import pytest

from bot.acts import AddToQuery, GiveName, ReopenQuery, Send
from bot.people import NOBODY
from bot.replies import Told
from bot.telling import in_plain_text
from bot.telling_askers import told_asker, told_of_taking_up, told_of_withdrawn
from bot.tickets import Move, State, Ticket, What
from knowledge.library import Library
from tests.bot.asking import HERE, MONDAY, OFFICE, ROOK, Choir


@pytest.fixture
def ticket(sample_library: Library) -> Ticket:
    choir = Choir(sample_library)
    choir.does(Send(choir.heard().id, named=False))
    return choir.ticket()


def told(ticket: Ticket, what: What, text: str = "", title: str = "Choir Secretary", **changes: object) -> Told:
    after = replace(ticket, **changes)  # type: ignore[arg-type]
    (reply,) = told_asker(after, Move(ticket.id, 2, MONDAY, ROOK, what, text), OFFICE, title)
    assert isinstance(reply, Told)
    return reply


def test_a_claim_is_told_with_the_post_and_not_the_name(ticket: Ticket) -> None:
    reply = told(ticket, What.CLAIMED, state=State.CLAIMED)

    assert reply.text == "The Choir Secretary at the choir office has taken up Q1 (“May I tape it?”)."
    assert (reply.conversation, reply.ticket) == (HERE, "1")
    assert "Rook" not in in_plain_text(reply)


def test_without_a_post_the_office_is_named(ticket: Ticket) -> None:
    assert told(ticket, What.CLAIMED, title="").text.startswith("The choir office has taken up Q1")


def test_a_question_back_comes_with_the_way_to_answer_it(ticket: Ticket) -> None:
    reply = told(ticket, What.ASKED_BACK, "Which day?")

    assert reply.words == "Which day?"
    assert "say “add to Q1:” and your words" in reply.text
    assert [(button.label, button.act) for button in reply.buttons] == [("Reply", AddToQuery("1", ""))]


def test_an_answer_is_in_the_words_of_staff_and_can_be_opened_again(ticket: Ticket) -> None:
    reply = told(ticket, What.ANSWERED, "Only with *consent*.", state=State.ANSWERED, answer="Only with *consent*.")

    assert reply.text == "The Choir Secretary at the choir office has answered Q1 (“May I tape it?”)."
    assert reply.words == "Only with *consent*."
    assert reply.buttons[0].act == ReopenQuery("1")


def test_an_answer_with_a_ruling_says_so_and_cites_its_clauses(ticket: Ticket, sample_library: Library) -> None:
    cited = sample_library.cite(["larks/rehearsals/recording"], "larks")
    after = replace(ticket, state=State.ANSWERED, ruling="4")

    (reply,) = told_asker(after, Move("1", 2, MONDAY, ROOK, What.ANSWERED, "No."), OFFICE, "", cited)

    assert isinstance(reply, Told)
    assert "It is a ruling for everybody, with nothing in it that says who asked." in reply.text
    assert reply.citations == cited


def test_a_closing_comes_with_its_reason(ticket: Ticket) -> None:
    reply = told(ticket, What.CLOSED, "Nothing to rule on.", state=State.CLOSED)

    assert reply.text.endswith("has closed Q1 (“May I tape it?”), for this reason:")
    assert reply.words == "Nothing to rule on."


def test_who_is_asked_for_their_name_may_leave_it(ticket: Ticket) -> None:
    reply = told(ticket, What.ASKED_FOR_NAME)

    assert "Your name stays hidden unless you give it, and you need do nothing." in reply.text
    assert reply.buttons[0].act == GiveName("1")


def test_opening_again_by_staff_is_told(ticket: Ticket) -> None:
    assert "has opened Q1 (“May I tape it?”) again." in told(ticket, What.REOPENED).text


@pytest.mark.parametrize("what", [What.HANDED_OVER, What.JOINED, What.ADDED, What.NAMED, What.WITHDRAWN, What.SENT])
def test_what_does_not_concern_the_asker_is_not_told(ticket: Ticket, what: What) -> None:
    assert told_asker(ticket, Move("1", 2, MONDAY, ROOK, what), OFFICE) == []


def test_nobody_is_told_of_the_query_of_somebody_who_was_forgotten(ticket: Ticket) -> None:
    move = Move("1", 2, MONDAY, ROOK, What.CLAIMED)

    assert told_asker(replace(ticket, asker=NOBODY), move, OFFICE) == []
    assert told_asker(replace(ticket, conversation=""), move, OFFICE) == []


def test_a_withdrawn_ruling_is_told_with_its_reason(ticket: Ticket) -> None:
    (with_reason,) = told_of_withdrawn(ticket, OFFICE, "The clause has changed.")
    (without,) = told_of_withdrawn(ticket, OFFICE)

    assert in_plain_text(with_reason).endswith("Please do not go by it. The reason:\n\nThe clause has changed.")
    assert in_plain_text(without).endswith("Please do not go by it.")


def test_who_called_an_answer_wrong_is_told_that_it_is_looked_into(ticket: Ticket) -> None:
    (reply,) = told_of_taking_up(ticket, OFFICE)

    assert "The choir office is looking into it, as Q1" in in_plain_text(reply)


def test_a_long_question_is_recalled_by_its_beginning_in_one_line(ticket: Ticket) -> None:
    long = replace(ticket, dossier=replace(ticket.dossier, question="May I\n\ntape " + "it " * 500))

    text = told(long, What.CLAIMED).text

    assert "(“May I tape it it" in text
    assert "...”)" in text
    assert len(text) < 220
    assert "\n" not in text
