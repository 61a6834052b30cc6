"""Notices by e-mail: who gets one, and what it says."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import wording_of_notices as wording
from bot.notices import notices_of
from bot.office import Office
from bot.people import Person
from bot.ticket_keys import key_of_take_over
from bot.tickets import Dossier, Ticket
from knowledge.clauses import Party

SENT = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)
OFFICE = Office(
    "larks",
    "the choir office",
    desk="slack:C1:",
    addresses={"Choir Secretary": "secretary@larks.example", "": "desk@larks.example", "Treasurer": ""},
)
TICKET = Ticket(
    "12",
    "exchange:3",
    "larks",
    Party.FELLOW,
    Person("slack:U1", "Robin Wetherby"),
    False,
    "slack:C2:1",
    ("Choir Secretary",),
    Dossier("May Robin Wetherby record us? Write to r@larks.example."),
    SENT,
)


def test_the_post_that_it_is_for_is_written_to_once_at_its_address() -> None:
    [mail] = notices_of(TICKET, OFFICE)

    assert mail.conversation == "email:larks:Choir Secretary"
    assert mail.ticket == "12"
    assert mail.subject == "Query Q12 waits for an answer"
    assert "from a Fellow" in mail.text
    assert "since Monday 1 June, 10:30 (London time)" in mail.text
    assert "at the desk in Slack, as Q12" in mail.text


@pytest.mark.parametrize("to", [(), ("Treasurer",), ("Nobody", "Treasurer")])
def test_posts_without_an_address_are_reached_at_that_of_the_desk(to: tuple[str, ...]) -> None:
    [mail] = notices_of(replace(TICKET, to=to), OFFICE)

    assert mail.conversation == "email:larks:"


def test_every_post_that_it_is_for_is_written_to() -> None:
    mails = notices_of(replace(TICKET, to=("Choir Secretary", "Nobody")), OFFICE)

    assert [mail.conversation for mail in mails] == ["email:larks:Choir Secretary", "email:larks:"]


def test_where_no_address_is_known_nobody_is_written_to() -> None:
    assert notices_of(TICKET, replace(OFFICE, addresses={})) == []


def test_the_question_stays_out_unless_the_office_wants_it() -> None:
    assert "record" not in notices_of(TICKET, OFFICE)[0].text
    assert "record us?" in notices_of(TICKET, replace(OFFICE, question_in_mail=True))[0].text


def test_who_asks_and_whom_the_office_hides_are_never_in_it() -> None:
    office = replace(OFFICE, question_in_mail=True, hide_names=("Jay Fenwick",))
    question = "May Robin Wetherby, r@larks.example, and Jay Fenwick sing?"

    text = notices_of(replace(TICKET, named=True, dossier=Dossier(question)), office)[0].text

    assert "Robin" not in text
    assert "Fenwick" not in text
    assert "r@larks" not in text


def test_whom_somebody_proposes_is_not_in_a_mail() -> None:
    office = replace(OFFICE, question_in_mail=True)
    proposal = replace(TICKET, key=key_of_take_over("1"), dossier=Dossier("I propose that console:robin runs it."))

    assert "robin" not in notices_of(proposal, office)[0].text


@given(st.text(max_size=900))
def test_a_question_is_cut_to_three_hundred_characters_on_one_line(question: str) -> None:
    text = notices_of(replace(TICKET, dossier=Dossier(question)), replace(OFFICE, question_in_mail=True))[0].text

    shown = text.partition("What was asked:\n")[2].partition("\n\nIt can be answered")[0]
    assert len(shown) <= wording.LONGEST_QUESTION
    assert "\n" not in shown


@pytest.mark.parametrize(
    ("desk", "where"),
    [
        ("", "with the command `verse chat`"),
        ("teams:19:x", "at the desk in Microsoft Teams"),
        ("console:desk:", "at the desk in the terminal (`verse chat`)"),
        ("post:1", "at the desk, as"),
    ],
)
def test_it_says_where_to_answer(desk: str, where: str) -> None:
    assert where in notices_of(TICKET, replace(OFFICE, desk=desk))[0].text
