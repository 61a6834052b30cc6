"""The clauses of an answer, among those that stand around them."""

import pytest

from bot.acts import ShowContext
from bot.context import MOST_OF_SECTION, in_context
from bot.exchanges import Exchange
from bot.messages import Message
from bot.people import NOBODY, Person
from bot.replies import Told
from bot.telling import cited_in
from knowledge.clauses import Party
from knowledge.library import Library
from tests.bot.asking import FINCH, HERE, MONDAY, WREN, Choir, told

RECORDING, INVITE = "larks/rehearsals/recording", "larks/rehearsals/invite"


@pytest.fixture
def choir(sample_library: Library) -> Choir:
    return Choir(sample_library)


def shown(choir: Choir, *clauses: str) -> Told:
    return told(choir.does(ShowContext(choir.heard(clauses=clauses).id)))


def test_a_section_is_shown_whole_and_in_order_with_the_clause_that_was_cited_named(choir: Choir) -> None:
    reply = shown(choir, INVITE)

    assert [one.clause for one in cited_in(reply)] == [RECORDING, INVITE]
    assert reply.text == "The Larks' rules, under “Rehearsals” (second edition): 2 clauses; I cited the second."


def test_each_section_that_was_cited_has_a_line_of_its_own(choir: Choir) -> None:
    reply = shown(choir, "larks/concerts/photographs", INVITE, RECORDING, "larks/about/media")

    assert [line.partition(" (")[0].rpartition("under ")[2] for line in reply.text.splitlines()] == [
        "“Concerts”",
        "“Rehearsals”",
        "“What we mean”",
    ]
    assert "I cited the first and the second." in reply.text
    assert reply.text.endswith("one clause, which I cited.")
    assert len({one.clause for one in reply.citations}) == len(reply.citations)


def test_of_a_long_section_the_nearest_are_shown_and_the_rest_is_counted(library: Library) -> None:
    clause = library.index.clauses["ipem/affiliated/welcome"]
    whole = [one.id for one in library.policy_of("ipem").clauses if one.section.startswith(clause.section)]
    last = whole[-1]
    exchange = Exchange("1", HERE, WREN, "ipem", Party.MEMBER, MONDAY, "May I?", "No.", "no", (whole[0], last))

    reply = in_context(Message(HERE, "", "ipem", person=WREN), exchange, library)

    names = [one.clause for one in reply.citations]
    assert {whole[0], last} <= set(names)
    assert f" {len(whole) - MOST_OF_SECTION} further clauses stand there, not shown here." in reply.text
    assert names == [name for name in whole if name in names]


def test_a_clause_that_stands_alone_below_its_heading_is_shown_among_those_of_the_heading_above(
    library: Library,
) -> None:
    clauses = library.policy_of("ipem").clauses
    below = [one for one in clauses if " / " in one.section]
    found = next(one for one in below if sum(one.section == other.section for other in clauses) == 1)
    alone = found.id
    exchange = Exchange("1", HERE, WREN, "ipem", Party.MEMBER, MONDAY, "May I?", "No.", "no", (alone,))

    reply = in_context(Message(HERE, "", "ipem", person=WREN), exchange, library)

    assert alone in [one.clause for one in reply.citations]
    assert len(reply.citations) > 1
    assert f"under “{found.section.rpartition(' / ')[0]}”" in reply.text


def test_what_is_no_longer_held_is_left_out_and_where_nothing_is_left_that_is_said(choir: Choir) -> None:
    assert [one.clause for one in shown(choir, "larks/gone/clause", "larks/about/media").citations] == [
        "larks/about/media"
    ]
    assert "no longer in force" in shown(choir, "larks/gone/clause").text
    assert "no longer in force" in shown(choir).text


def test_another_society_s_clause_is_never_shown_as_if_it_were_cited(choir: Choir) -> None:
    assert shown(choir, "oars/water/cameras").citations == ()


@pytest.mark.parametrize("who", [FINCH, NOBODY, Person("", "Wren Ashby")])
def test_nobody_sees_the_answers_of_somebody_else(choir: Choir, who: Person) -> None:
    theirs = choir.does(ShowContext(choir.heard(clauses=(RECORDING,)).id), who)

    assert theirs == choir.does(ShowContext("999"), who)
    assert told(theirs).text.startswith("I find no such answer of yours")


def test_it_is_offered_last_below_an_answer_that_cites_something(choir: Choir) -> None:
    said = (choir.heard(clauses=(RECORDING,)), choir.heard(), choir.heard(ending="gap", clauses=(RECORDING,)))
    with choir.store.work() as work:
        offered, of_none, unanswered = (choir.escalating(work).buttons(one, False) for one in said)

    assert [button.name for button in offered] == ["right", "wrong", "escalate", "context"]
    assert offered[-1].label == "Show the clause in context"
    assert "context" not in [button.name for button in (*of_none, *unanswered)]
