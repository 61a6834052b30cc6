"""The asker's side of a query: shown before it goes, sent once, and nobody else's."""

from datetime import date

import pytest

from bot.acts import (
    AddToQuery,
    Escalate,
    LeaveUnsent,
    Rate,
    Send,
)
from bot.exchanges import Ending
from bot.replies import Card, Mail, Previewed, Reply, Told
from bot.rulings import Ruling
from bot.telling import in_plain_text
from bot.tickets import State, What
from knowledge.answers import Reason
from knowledge.clauses import Party, Verdict
from knowledge.library import Library
from tests.bot.asking import DESK, FINCH, HERE, OFFICE, THREAD, WREN, Choir, told


@pytest.fixture
def choir(sample_library: Library) -> Choir:
    return Choir(sample_library)


@pytest.fixture
def sent(choir: Choir) -> Choir:
    """A choir whose office has Q1 of Wren's."""
    choir.does(Send(choir.heard(clauses=("larks/rehearsals/recording",)).id, named=False))
    return choir


def previewed(replies: list[Reply]) -> Previewed:
    (reply,) = replies
    assert isinstance(reply, Previewed)
    return reply


def names(reply: Told) -> list[str]:
    return [button.name for button in reply.buttons]


# Before it goes


def test_what_would_go_is_shown_and_nothing_is_sent(choir: Choir) -> None:
    shown = previewed(choir.does(Escalate(choir.heard(clauses=("larks/rehearsals/recording",)).id)))

    assert shown.opening.startswith("This would go to the Choir Secretary at the choir office.")
    assert [(part.id, part.heading, part.text, part.can_go) for part in shown.parts] == [
        ("question", "Your question", "May I tape it?", False),
        ("told", "What I answered", "About May I tape it?", True),
    ]
    assert [button.label for button in shown.buttons] == ["Send with my name", "Send without my name", "Leave it"]
    with choir.store.work() as work:
        assert work.tickets.waiting() == ()


def test_the_preview_speaks_of_clauses_only_where_some_were_cited(choir: Choir) -> None:
    cited = choir.heard(clauses=("larks/rehearsals/recording",))

    assert "as a member, and which clauses I cited." in previewed(choir.does(Escalate(cited.id))).remarks
    assert "as a member. If" in previewed(choir.does(Escalate(choir.heard().id))).remarks


def test_the_preview_says_when_to_expect_an_answer_and_what_a_withheld_name_means(choir: Choir) -> None:
    remarks = previewed(choir.does(Escalate(choir.heard().id))).remarks

    assert "You can expect an answer by Wednesday 25 November, 10:00 (London time)." in remarks
    assert "you ask as a member" in remarks
    assert "closed" not in remarks


def test_out_of_hours_the_preview_says_when_the_office_opens(choir: Choir) -> None:
    choir.later(days=-2)  # Saturday

    remarks = previewed(choir.does(Escalate(choir.heard().id))).remarks

    assert "The office is closed now and opens on Monday 23 November, 09:00 (London time)." in remarks


def test_earlier_lines_of_the_same_person_and_society_are_shown_and_those_of_others_are_not(choir: Choir) -> None:
    choir.heard("Who was Arne?", "info", conversation=THREAD)
    choir.heard("Finch's own question", who=FINCH, conversation=THREAD)
    choir.heard("About oars", society="oars", conversation=THREAD)
    choir.heard("Elsewhere", conversation="slack:D9:168.2")

    shown = previewed(choir.does(Escalate(choir.heard("May I tape it?", conversation=THREAD).id)))

    text = in_plain_text(shown)
    assert [part.text for part in shown.parts if part.heading == "You asked"] == ["Who was Arne?"]
    assert not any(word in text for word in ("Finch", "oars", "Elsewhere"))


def asked_before(shown: Previewed) -> list[str]:
    return [part.text for part in shown.parts if part.heading == "You asked"]


def test_of_earlier_lines_the_last_five_are_shown(choir: Choir) -> None:
    for number in range(7):
        choir.heard(f"Question {number}?", "info", conversation=THREAD)

    shown = previewed(choir.does(Escalate(choir.heard("And now?", conversation=THREAD).id)))

    assert asked_before(shown) == [f"Question {n}?" for n in range(2, 7)]


@pytest.mark.parametrize("chat", ["teams:0a", "slack:D1:", "console:a", "teams:19%3Aab::0a:open"])
def test_of_a_chat_that_never_ends_only_what_led_to_the_question_goes_along(choir: Choir, chat: str) -> None:
    choir.heard("May I delete old posts?", "info", conversation=chat)
    choir.heard("May I share it?", "depends", conversation=chat)
    last = choir.heard("On my own account", "no", conversation=chat, question="May I share it?\nOn my own account")

    shown = previewed(choir.does(Escalate(last.id)))

    assert asked_before(shown) == ["May I share it?"]
    assert "delete old posts" not in in_plain_text(shown)


@pytest.mark.parametrize("chat", [THREAD, "teams:0a"])
def test_what_went_with_one_query_never_shows_whose_another_one_is(choir: Choir, chat: str) -> None:
    alone = choir.heard("May I delete old posts?", "info", conversation=chat)
    began = choir.heard("May I share it?", "depends", conversation=chat)
    chosen = choir.heard("Mine", "no", conversation=chat, question="May I share it?\nMine")
    choir.does(Send(alone.id, named=True))
    choir.does(Send(chosen.id, named=True))
    assert any(part.text == began.asked for part in choir.ticket("2").dossier.parts)

    choir.does(Send(choir.heard("Theirs", conversation=chat, question="May I share it?\nTheirs").id, named=False))

    assert [part.id for part in choir.ticket("3").dossier.parts] == ["question", "told"]


def test_what_was_left_out_of_one_query_can_go_with_another(choir: Choir) -> None:
    left = choir.heard("Who was Arne?", "info", conversation=THREAD)
    first = choir.heard("May I tape it?", conversation=THREAD)
    choir.does(Send(first.id, False, (f"line:{left.id}:asked", f"line:{left.id}:said")))

    assert asked_before(previewed(choir.does(Escalate(choir.heard("And?", conversation=THREAD).id)))) == [left.asked]


def test_what_was_said_more_than_a_day_before_does_not_go_along_however_late_it_is_sent(choir: Choir) -> None:
    choir.heard("Long ago?", "info", conversation=THREAD)
    choir.later(hours=1)
    choir.heard("This morning?", "info", conversation=THREAD)
    choir.later(hours=23)
    exchange = choir.heard(conversation=THREAD)
    choir.later(hours=20)

    shown = previewed(choir.does(Escalate(exchange.id)))

    assert [part.text for part in shown.parts if part.heading == "You asked"] == ["This morning?"]


def test_what_was_answered_on_the_way_through_a_flow_is_shown_with_the_question_that_began_it(choir: Choir) -> None:
    began = "May I share this?"
    choir.heard(began, Ending.GUIDED)
    choir.heard("1", Ending.GUIDED, said=(("Whose is it?", "A rival choir's"),), question=began)
    last = choir.heard("No", "depends", said=(("Did they agree?", "No"),), post="Come and hear us", question=began)

    parts = {part.id: part.text for part in previewed(choir.does(Escalate(last.id))).parts}

    assert parts["question"] == "May I share this?"
    assert parts["responses"] == "Whose is it? A rival choir's.\nDid they agree? No."
    assert parts["post"] == "Come and hear us"


def test_a_new_question_after_a_flow_stands_by_itself(choir: Choir) -> None:
    choir.heard("May I share this?", Ending.GUIDED)
    last = choir.heard("Who was Arne?", "info")

    assert previewed(choir.does(Escalate(last.id))).parts[0].text == "Who was Arne?"


def test_a_question_asked_again_while_the_first_waits_is_said_to_be_there_and_can_be_added_to(sent: Choir) -> None:
    sent.staff("1", What.CLAIMED)

    shown = previewed(sent.does(Escalate(sent.heard("may I  tape it").id)))

    assert shown.opening.startswith(
        "You have sent this question already, as Q1. The choir office has taken it up. You can add to that one "
        "instead. This would go to the choir office."
    )
    assert [(button.label, button.act) for button in shown.buttons if button.name == "add"] == [
        ("Add to Q1", AddToQuery("1", ""))
    ]


def test_a_question_is_new_where_the_same_was_answered_or_is_of_somebody_else_or_of_another_society(
    sent: Choir,
) -> None:
    other, oars = sent.heard(who=FINCH), sent.heard(society="oars")
    theirs = previewed(sent.does(Escalate(other.id), FINCH))
    elsewhere = previewed(sent.does(Escalate(oars.id)))
    sent.staff("1", What.ANSWERED, "You may.")

    answered = previewed(sent.does(Escalate(sent.heard().id)))

    assert all(shown.opening.startswith("This would go to") for shown in (theirs, elsewhere, answered))
    assert "add" not in [button.name for shown in (theirs, elsewhere, answered) for button in shown.buttons]


def test_a_limit_is_told_before_anything_is_chosen(choir: Choir) -> None:
    for number in range(3):
        choir.does(Send(choir.heard(f"Question {number}?").id, False))

    reply = told(choir.does(Escalate(choir.heard("One more?").id)))
    again = told(choir.does(Escalate(choir.heard("Question 1?").id)))

    assert reply.text.startswith("3 queries in 24 hours is as much as I can pass on from one person")
    assert names(reply) == ["my_queries"]
    assert again.text.startswith("You have sent this question already, as Q2.")
    assert names(again) == ["add", "my_queries"]


def test_leaving_it_sends_nothing(choir: Choir) -> None:
    exchange = choir.heard()

    assert told(choir.does(LeaveUnsent(exchange.id))).text == "I have sent nothing."
    with choir.store.work() as work:
        assert work.tickets.of_key(f"exchange:{exchange.id}") is None


def test_with_nothing_asked_yet_the_question_is_asked_for(choir: Choir) -> None:
    assert "Tell me first what you would like to know" in told(choir.does(Escalate(""))).text


def test_a_question_that_was_sent_before_is_said_to_be_there_instead_of_shown_again(sent: Choir) -> None:
    sent.staff("1", What.CLAIMED)

    reply = told(sent.does(Escalate("1")))

    assert reply.text == (
        "The choir office has this already, as Q1, without your name; I have sent nothing more."
        " The choir office has taken it up."
    )
    assert reply.ticket == "1"


# Sending


def test_sending_tells_the_asker_the_desk_and_the_post_at_once(choir: Choir) -> None:
    exchange = choir.heard(clauses=("larks/rehearsals/recording",))

    replies = choir.does(Send(exchange.id, named=True))

    assert [(type(reply), reply.conversation) for reply in replies] == [
        (Told, HERE),
        (Card, DESK),
        (Mail, "email:larks:Choir Secretary"),
    ]
    reply = told(replies)
    assert reply.text.startswith("Sent to the Choir Secretary at the choir office as Q1, with your name.")
    assert "by Wednesday 25 November, 10:00 (London time)" in reply.text
    assert (reply.ticket, names(reply)) == ("1", ["my_queries", "add", "withdraw"])


def test_a_query_on_clauses_that_no_table_names_goes_to_the_whole_desk(choir: Choir) -> None:
    replies = choir.does(Send(choir.heard(clauses=("larks/about/media",)).id, named=False))

    assert told(replies).text.startswith("Sent to the choir office as Q1, without your name.")
    assert replies[-1].conversation == "email:larks:"


def test_an_office_without_a_desk_or_an_address_still_has_the_query(sample_library: Library) -> None:
    choir = Choir(sample_library, type(OFFICE)("larks", "the choir office"))

    assert len(choir.does(Send(choir.heard().id, named=False))) == 1
    assert choir.ticket().state is State.OPEN


def test_a_second_press_sends_nothing_more(sent: Choir) -> None:
    again = sent.does(Send("1", named=True, added="Twice"))

    assert len(again) == 1
    assert told(again).text.startswith(
        "The choir office has this already, as Q1, without your name; I have sent nothing more."
        " It waits for the Choir Secretary"
    )
    assert "withdraw" in names(told(again))
    assert not sent.ticket().named
    assert sent.texts() == [(What.SENT, "")]


def test_what_the_asker_left_out_does_not_go_and_what_they_added_does(choir: Choir) -> None:
    earlier = choir.heard("My private matter", "info", conversation=THREAD)
    exchange = choir.heard(conversation=THREAD)

    choir.does(Send(exchange.id, False, (f"line:{earlier.id}:asked", f"line:{earlier.id}:said"), "  I sing alto. "))

    dossier = choir.ticket().dossier
    assert [part.id for part in dossier.parts] == ["question", "told"]
    assert (dossier.added, dossier.question, dossier.ending) == ("I sing alto.", "May I tape it?", "no")


def test_the_question_itself_cannot_be_left_out(choir: Choir) -> None:
    choir.does(Send(choir.heard().id, False, ("question", "told", "no such part")))

    assert [part.id for part in choir.ticket().dossier.parts] == ["question"]


def test_a_line_that_is_too_long_is_given_back_with_the_preview_and_nothing_is_sent(choir: Choir) -> None:
    replies = choir.does(Send(choir.heard().id, False, added="x" * 2001))

    assert told(replies).text.startswith("That is too long: 2,001 characters, and at most 2,000 can go.")
    assert told(replies).words == "x" * 2001
    assert isinstance(replies[1], Previewed)
    with choir.store.work() as work:
        assert work.tickets.waiting() == ()


def test_a_line_of_the_greatest_length_goes(choir: Choir) -> None:
    choir.does(Send(choir.heard().id, False, added="x" * 2000))

    assert choir.ticket().dossier.added == "x" * 2000


def test_the_answer_goes_to_where_it_was_asked_wherever_send_was_pressed(choir: Choir) -> None:
    exchange = choir.heard()

    assert choir.does(Send(exchange.id, False), where="slack:HOME:")[0].conversation == "slack:HOME:"
    assert choir.ticket().conversation == HERE


# Whether it was right


def test_right_is_noted(choir: Choir) -> None:
    assert told(choir.does(Rate(choir.heard().id, True))).text == "Thank you. I have noted that it was right."


def test_wrong_is_kept_with_its_reason_and_the_office_is_offered_first(choir: Choir) -> None:
    exchange = choir.heard(clauses=("larks/rehearsals/recording",))

    reply = told(choir.does(Rate(exchange.id, False, " The rule changed. ")))

    with choir.store.work() as work:
        (rating,) = work.ratings.wrong("larks", 9)
    assert (rating.exchange, rating.person, rating.reason) == (exchange, WREN, "The rule changed.")
    assert reply.buttons[0].act == Escalate(exchange.id)


def test_wrong_about_what_was_sent_leads_to_the_query(sent: Choir) -> None:
    reply = told(sent.does(Rate("1", False)))

    assert reply.text.endswith("The choir office has your question as Q1.")
    assert names(reply) == ["my_queries", "add", "withdraw"]


# The buttons under what was said


@pytest.mark.parametrize(
    ("ending", "confidence", "offered_first", "expected"),
    [
        (Verdict.NO, 0.9, False, ["right", "wrong", "escalate"]),
        (Verdict.NO, 0.9, True, ["escalate", "right", "wrong"]),
        (Verdict.YES, 0.2, False, ["escalate", "right", "wrong"]),
        (Reason.OUT_OF_SCOPE, 0.9, True, ["escalate"]),
        (Reason.GAP, 0.9, False, ["escalate"]),
        (Reason.VAGUE, 0.9, False, ["escalate"]),
        (Reason.OTHER_SOCIETY, 0.9, False, ["escalate"]),
        (Ending.GUIDED, 0.9, False, ["escalate"]),
        (Ending.CHECKED, 1.0, False, ["escalate"]),
        (Ending.FAILED, 0.0, True, ["escalate"]),
        (Ending.TOLD, 1.0, True, []),
        (Reason.SMALL_TALK, 0.0, True, []),
        (Reason.ABUSE, 0.0, True, []),
        (Reason.MANIPULATION, 0.0, True, []),
    ],
)
def test_what_is_offered_fits_how_it_ended(
    choir: Choir, ending: str, confidence: float, offered_first: bool, expected: list[str]
) -> None:
    exchange = choir.heard(ending=ending, confidence=confidence)

    with choir.store.work() as work:
        buttons = choir.escalating(work).buttons(exchange, offered_first)

    assert [button.name for button in buttons] == expected
    assert all(button.label == "Ask the choir office" for button in buttons if button.name == "escalate")


def test_the_first_card_at_the_desk_has_an_answer_drafted_from_the_nearest_ruling(
    choir: Choir, sample_library: Library
) -> None:
    recording = "larks/rehearsals/recording"
    with choir.store.work() as work:
        work.rulings.add(
            Ruling(
                id="",
                society="larks",
                question="May a member tape the rehearsal on Tuesday?",
                verdict=Verdict.NO,
                words="No taping on Tuesdays.",
                clauses=(recording,),
                texts=(sample_library.index.clauses[recording].text,),
                ticket="",
                owner="Choir Secretary",
                made=choir.now,
                by=FINCH,
                review=date(2027, 11, 23),
                role=Party.MEMBER,
            )
        )
    exchange = choir.heard("May a member tape the rehearsal on Tuesday?")

    at_desk = [one for one in choir.does(Send(exchange.id, named=False)) if isinstance(one, Card)]

    assert [one.draft for one in at_desk] == ["No taping on Tuesdays."]
