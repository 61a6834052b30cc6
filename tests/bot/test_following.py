"""What an asker does about a query that was sent, and that nobody else can."""

from dataclasses import replace
from datetime import date

import pytest

from bot.acts import (
    AddToQuery,
    AskersAct,
    Escalate,
    GiveName,
    Rate,
    ReopenQuery,
    Send,
    ShowMyQueries,
    Withdraw,
)
from bot.messages import Message
from bot.people import NOBODY, Person
from bot.replies import NEWS, Card, Listed, Mail, Told
from bot.rulings import Ruling, withdrawn
from bot.telling import in_plain_text
from bot.tickets import State, What, moved
from knowledge.clauses import Party, Verdict
from knowledge.library import Library
from tests.bot.asking import DESK, FINCH, HERE, OFFICE, WREN, Choir, cards, news, told


@pytest.fixture
def choir(sample_library: Library) -> Choir:
    return Choir(sample_library)


@pytest.fixture
def sent(choir: Choir) -> Choir:
    """A choir whose office has Q1 of Wren's."""
    choir.does(Send(choir.heard(clauses=("larks/rehearsals/recording",)).id, named=False))
    return choir


# Whose it is


@pytest.mark.parametrize("who", [FINCH, NOBODY, Person("", "Wren Ashby")])
@pytest.mark.parametrize(
    ("act", "on_nothing"),
    [
        (Escalate("1"), Escalate("999")),
        (Send("1", named=True), Send("999", named=True)),
        (Rate("1", False, "because"), Rate("999", False, "because")),
    ],
)
def test_nobody_else_can_touch_an_exchange(sent: Choir, act: AskersAct, on_nothing: AskersAct, who: Person) -> None:
    assert sent.does(act, who) == sent.does(on_nothing, who)
    assert "I find no such question of yours" in told(sent.does(act, who)).text


@pytest.mark.parametrize("who", [FINCH, NOBODY, Person("", "Wren Ashby")])
@pytest.mark.parametrize("kind", [AddToQuery, Withdraw, ReopenQuery, GiveName])
def test_nobody_else_can_touch_a_query(sent: Choir, kind: type, who: Person) -> None:
    words = ["my words"] if kind in (AddToQuery, ReopenQuery) else []

    assert sent.does(kind("1", *words), who) == [Told(HERE, "I find no such query of yours.")]
    assert sent.does(kind("1", *words), who) == sent.does(kind("no such", *words), who)
    assert sent.texts() == [(What.SENT, "")]


def test_somebody_without_an_account_is_not_shown_the_queries_of_those_who_were_forgotten(choir: Choir) -> None:
    exchange = choir.heard(who=NOBODY)
    with choir.store.work() as work:
        work.tickets.open(choir.ticket_of(exchange))

    assert told(choir.does(ShowMyQueries(), NOBODY)).text == "You have sent no queries."


# Following it


def test_a_line_is_added_to_a_query_and_the_desk_sees_it(sent: Choir) -> None:
    replies = sent.does(AddToQuery("1", " It is on Tuesday. "))

    assert told(replies).text == "I have added that to Q1; the choir office can see it."
    assert cards(replies) == ["1"]
    assert sent.texts()[-1] == (What.ADDED, "It is on Tuesday.")


@pytest.mark.parametrize("what", [What.ANSWERED, What.CLOSED])
def test_a_line_that_crosses_an_answer_opens_the_query_again(sent: Choir, what: What) -> None:
    sent.staff("1", what, "Done.")

    replies = sent.does(AddToQuery("1", "But it is a dress rehearsal."))

    assert "so I have opened it again with what you added" in told(replies).text
    assert sent.texts()[-1] == (What.REOPENED, "But it is a dress rehearsal.")
    assert sent.ticket().state is State.OPEN
    assert cards(replies) == ["1"]


def test_an_empty_line_is_asked_for(sent: Choir) -> None:
    assert told(sent.does(AddToQuery("1", " \n"))).text == "Tell me what to add."
    assert sent.texts() == [(What.SENT, "")]


@pytest.mark.parametrize(
    "act", [AddToQuery("1", "y" * 2001), ReopenQuery("1", "y" * 2001), Rate("1", False, "y" * 2001)]
)
def test_words_that_are_too_long_are_given_back_whole(sent: Choir, act: AddToQuery | ReopenQuery | Rate) -> None:
    assert told(sent.does(act)).words == "y" * 2001
    assert sent.texts() == [(What.SENT, "")]


def test_a_query_is_withdrawn_once(sent: Choir) -> None:
    first, second = sent.does(Withdraw("1")), sent.does(Withdraw("1"))

    assert told(first).text == "You have taken Q1 back. The choir office will not answer it."
    assert cards(first) == ["1"]
    assert [told(second).text, len(second)] == ["You have already taken Q1 back.", 1]
    assert sent.ticket().state is State.CLOSED


def test_what_was_answered_cannot_be_withdrawn(sent: Choir) -> None:
    sent.staff("1", What.ANSWERED, "No.")

    assert told(sent.does(Withdraw("1"))).text == "Q1 has already been answered, so there is nothing to take back."


def test_what_was_joined_to_a_withdrawn_query_is_still_to_be_answered(choir: Choir) -> None:
    for who in (WREN, FINCH, Person("slack:U3"), Person("slack:U4")):
        choir.does(Send(choir.heard(who=who).id, False), who)
    choir.join("1", "2", "3", "4")

    replies = choir.does(Withdraw("1"))

    assert cards(replies) == ["1", "2", "3", "4"]
    assert [choir.ticket(name).joined_to for name in "234"] == ["", "2", "2"]
    assert all(choir.ticket(name).state is State.OPEN for name in "234")
    assert "Finch" not in in_plain_text(told(replies))


def test_an_answered_query_is_opened_again_with_what_is_unclear(sent: Choir) -> None:
    sent.staff("1", What.ANSWERED, "No.")
    sent.later(days=3)

    replies = sent.does(ReopenQuery("1", "Not even softly?"))

    assert told(replies).text.startswith("Q1 is open again, for the Choir Secretary at the choir office.")
    assert [type(reply) for reply in replies] == [Told, Card, Told, Mail]
    assert sent.texts()[-1] == (What.REOPENED, "Not even softly?")


def test_opening_what_is_open_adds_what_was_said_with_it(sent: Choir) -> None:
    assert told(sent.does(ReopenQuery("1"))).text == "Q1 is open. It waits for the Choir Secretary at the choir office."
    sent.does(ReopenQuery("1", "One thing more."))

    assert sent.texts() == [(What.SENT, ""), (What.ADDED, "One thing more.")]


def test_a_name_is_given_once(sent: Choir) -> None:
    first, second = sent.does(GiveName("1")), sent.does(GiveName("1"))

    assert told(first).text == "The choir office can see your name on Q1 now."
    assert cards(first) == ["1"]
    assert told(second).text == "The choir office can see your name on Q1 already."
    assert sent.ticket().named


def test_a_name_is_asked_for_in_the_list_only_while_the_query_waits(sent: Choir) -> None:
    sent.staff("1", What.ASKED_FOR_NAME)

    def offered() -> list[str]:
        (listed,) = sent.does(ShowMyQueries())
        assert isinstance(listed, Listed)
        return [button.name for button in listed.entries[0].buttons]

    assert offered() == ["give_name", "add", "withdraw"]
    sent.does(Withdraw("1"))
    assert offered() == ["reopen"]


def test_an_addition_that_meets_a_rival_move_is_made_all_the_same(sent: Choir) -> None:
    with sent.racing(rivals=1) as work:
        replies = sent.escalating(work).act(Message(HERE, "", person=WREN, act=AddToQuery("1", "Mine")))

    assert "I have added that to Q1" in told(replies).text
    assert [what for what, _ in sent.texts()] == [What.SENT, What.ASKED_BACK, What.ADDED]


def test_an_addition_that_others_are_ahead_of_each_time_is_given_back(sent: Choir) -> None:
    with sent.racing(rivals=9) as work:
        replies = sent.escalating(work).act(Message(HERE, "", person=WREN, act=AddToQuery("1", "Mine")))

    assert told(replies).words == "Mine"
    assert "Please try once more" in told(replies).text


# What became of my queries


def test_nobody_who_sent_nothing_has_queries(choir: Choir) -> None:
    assert told(choir.does(ShowMyQueries())).text == "You have sent no queries."


def ruled(choir: Choir) -> Ruling:
    """A ruling with which Q1 was answered."""
    day = date(2027, 11, 23)
    made = Ruling(
        "", "larks", "Q?", Verdict.YES, "W.", ("c",), ("t",), "1", "Chair", choir.now, FINCH, day, Party.MEMBER
    )
    with choir.store.work() as work:
        ruling = work.rulings.add(made)
        ticket = work.tickets.get("1")
        assert ticket is not None
        assert work.tickets.move(*moved(ticket, What.ANSWERED, FINCH, choir.now, "We may.", ruling=ruling.id))
    return ruling


@pytest.mark.parametrize("act", [ReopenQuery("1", "Why?"), AddToQuery("1", "And?")])
def test_the_desk_is_told_which_ruling_answers_nobody_in_these_words_until_it_answers_again(
    sent: Choir, act: AskersAct
) -> None:
    ruling = ruled(sent)
    (told_desk,) = news(sent.does(act))

    assert told_desk.text.endswith(f" Until you answer, nobody else is answered by ruling {ruling.id} in these words.")


def test_a_ruling_that_was_withdrawn_answered_nobody_and_is_not_spoken_of(sent: Choir) -> None:
    ruling = ruled(sent)
    with sent.store.work() as work:
        assert work.rulings.change(withdrawn(ruling, sent.now))

    assert [one.text for one in news(sent.does(ReopenQuery("1", "Why?")))] == ["The asker opened Q1 again."]


def test_an_answer_whose_ruling_was_withdrawn_since_is_said_no_longer_to_hold(sent: Choir) -> None:
    ruling = ruled(sent)
    assert "withdrew" not in in_plain_text(sent.does(ShowMyQueries())[0])
    with sent.store.work() as work:
        assert work.rulings.change(withdrawn(ruling, sent.now))
    said = "The choir office withdrew this ruling on 23 November 2026. Please do not go by it."
    assert said in in_plain_text(sent.does(ShowMyQueries())[0])


def test_a_query_that_staff_made_is_not_said_to_be_sent(choir: Choir) -> None:
    exchange = choir.heard()
    with choir.store.work() as work:
        work.tickets.open(choir.ticket_of(exchange), by=FINCH)
    assert "Q1 · waiting · taken up 23 November 2026" in in_plain_text(choir.does(ShowMyQueries())[0])


def test_ones_queries_are_listed_latest_first_with_where_they_stand(sent: Choir) -> None:
    sent.does(Send(sent.heard("A secret of Finch's", who=FINCH).id, True), FINCH)
    sent.does(Send(sent.heard("May I film it?").id, True))
    sent.staff("1", What.CLAIMED)
    sent.staff("1", What.ANSWERED, "Only with consent.")

    (listed,) = sent.does(ShowMyQueries())

    assert isinstance(listed, Listed)
    film, tape = listed.entries
    assert film.heading == "Q3 · waiting · sent 23 November 2026"
    assert film.lines == (
        "“May I film it?”",
        "It waits for the choir office.",
        "You can expect an answer by Wednesday 25 November, 10:00 (London time).",
    )
    assert tape.heading == "Q1 · answered · sent 23 November 2026"
    assert tape.lines[1:] == ("It has been answered.", "The choir office says: “Only with consent.”")
    assert [button.name for button in film.buttons] == ["add", "withdraw"]
    assert [button.name for button in tape.buttons] == ["reopen"]
    assert "Finch" not in in_plain_text(listed)


def test_the_list_says_who_has_a_query_by_post_and_what_they_asked(sent: Choir) -> None:
    sent.employ("Choir Secretary")
    sent.staff("1", What.CLAIMED)
    sent.staff("1", What.ASKED_BACK, "Which day?")
    sent.staff("1", What.ASKED_FOR_NAME)

    (listed,) = sent.does(ShowMyQueries())

    assert isinstance(listed, Listed)
    assert listed.entries[0].lines[1] == "The Choir Secretary at the choir office has taken it up."
    assert listed.entries[0].lines[-1] == "The choir office asks you: “Which day?”"
    assert listed.entries[0].buttons[0].name == "give_name"
    assert "Rook" not in in_plain_text(listed)


def test_a_query_that_waits_too_long_is_said_to_be_late(sent: Choir) -> None:
    sent.later(days=7)

    assert "An answer was due by Wednesday 25 November" in in_plain_text(sent.does(ShowMyQueries())[0])


def test_what_was_withdrawn_is_said_to_be(sent: Choir) -> None:
    sent.does(Withdraw("1"))

    assert "You withdrew it." in in_plain_text(sent.does(ShowMyQueries())[0])


# What the desk is told beside the card


def test_the_desk_is_told_of_a_line_in_its_words_right_after_the_card(sent: Choir) -> None:
    replies = sent.does(AddToQuery("1", " It is on Tuesday. "))

    assert news(replies) == [
        Told(DESK, "The asker added a line to Q1.", words="It is on Tuesday.", ticket="1", about=NEWS)
    ]
    assert [type(one) for one in replies] == [Told, Card, Told]


def test_words_that_are_many_stand_on_the_card_alone(sent: Choir) -> None:
    (told_desk,) = news(sent.does(AddToQuery("1", "so long " * 40)))

    assert told_desk.words == ""


def test_lines_in_quick_succession_are_told_once_and_each_edits_the_card(sent: Choir) -> None:
    assert len(news(sent.does(AddToQuery("1", "One.")))) == 1
    assert [type(one) for one in sent.does(AddToQuery("1", "Two."))] == [Told, Card]


@pytest.mark.parametrize(
    ("act", "before", "text", "words"),
    [
        (Withdraw("1"), None, "The asker took Q1 back. It needs no answer.", ""),
        (ReopenQuery("1", "Why?"), What.ANSWERED, "The asker opened Q1 again.", "Why?"),
        (ReopenQuery("1", "Why?"), None, "The asker added a line to Q1.", "Why?"),
        (AddToQuery("1", "And?"), What.CLOSED, "The asker added a line to Q1, which opens it again.", "And?"),
        (GiveName("1"), None, "The asker of Q1 agreed to be named: Wren Ashby.", ""),
    ],
)
def test_the_desk_is_told_what_an_asker_does(
    sent: Choir, act: AskersAct, before: What | None, text: str, words: str
) -> None:
    if before:
        sent.staff("1", before, "Done.")

    (told_desk,) = news(sent.does(act))

    assert (told_desk.text, told_desk.words) == (text, words)


@pytest.mark.parametrize("act", [AddToQuery("1", "And?"), Withdraw("1"), ReopenQuery("1", "Why?")])
def test_an_asker_who_withholds_their_name_is_not_named_at_the_desk(sent: Choir, act: AskersAct) -> None:
    assert "Wren" not in repr(news(sent.does(act)))


def test_nothing_is_told_where_nothing_was_done_nor_where_there_is_no_desk(sample_library: Library) -> None:
    choir = Choir(sample_library, replace(OFFICE, desk=""))
    choir.does(Send(choir.heard().id, named=False))
    first, second = choir.does(Withdraw("1")), choir.does(Withdraw("1"))

    assert len(first) == len(second) == 1


def test_a_new_query_is_told_by_its_card_alone(choir: Choir) -> None:
    replies = choir.does(Send(choir.heard().id, named=False))

    assert news(replies) == []
    assert cards(replies) == ["1"]
