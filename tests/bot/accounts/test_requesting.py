"""A group's request for an account: asked for piece by piece, shown whole, sent, and decided."""

from dataclasses import replace

import pytest

from adapters.storage.memory import MemoryWork
from adapters.storage.memory_accounts import MemoryRegister
from bot import wording_of_requests as wording
from bot.account_requests import Field, RequestState, proposed
from bot.accounts.enrolling import Contended
from bot.acts import (
    AddToQuery,
    ApproveRequest,
    AskAdvice,
    Close,
    DropRequest,
    FillRequest,
    ReopenTicket,
    RequestAccount,
    SendRequest,
    ShowHome,
)
from bot.enrolments import EnrolmentState
from bot.messages import Message
from bot.office import Limits
from bot.people import NOBODY, Person
from bot.register import RegisterEntry, RegisterMove
from bot.replies import Card, Lesson, Listed, Reply, Said, Told
from bot.tickets import State, What, moved
from bot.wording_of_desk import REFUSED
from knowledge.library import Library
from tests.bot.accounts.hall import (
    ALEX,
    ANN,
    ANN_THERE,
    BEN,
    DESK,
    GIVEN,
    LATE,
    STRANGER,
    Hall,
    button,
    home,
    labels,
    lesson,
    listing,
    rivalled,
    told,
)
from tests.bot.desk_room import BETH, OvertakenTickets


@pytest.fixture
def hall(sample_library: Library) -> Hall:
    return Hall(sample_library)


def test_a_request_begins_with_a_question_an_example_and_the_clause_that_asks_for_it(hall: Hall) -> None:
    shown = lesson(hall.does(RequestAccount()))
    assert (shown.title, shown.progress) == (wording.TITLE, "Step 1 of 8")
    assert shown.told.opening.startswith(wording.question(Field.GROUP))
    assert "The Evening Larks" in shown.told.opening
    assert [one.clause for one in shown.told.citations] == ["larks/accounts/tone"]
    assert labels(shown) == [wording.WRITE, wording.NOT_SURE, wording.DROP]


def test_each_piece_is_asked_for_once_in_order_and_shown_back_with_a_way_to_change_it(hall: Hall) -> None:
    request = hall.begins()
    asked = []
    for field, words in [*GIVEN.items(), ("questions", "May we draw a lark?")]:
        shown = lesson(hall.does(FillRequest(request.id, field, words)))
        asked.append(shown.told.opening)
        assert f"“{words}”" in shown.before.opening
        assert (shown.said, shown.told.remarks) == ((), "")  # what was said just now is enough
        assert button([shown], wording.change(Field(field))).act == FillRequest(request.id, Field(field))
        if field == "purpose":
            assert "the choir office sees this on the register" in shown.told.opening
            assert "everybody" not in shown.told.opening.casefold()
    assert [opening.partition("?")[0] for opening in asked] == [
        wording.question(field).rstrip("?") for field in list(Field)[1:]
    ]
    assert lesson(hall.does(RequestAccount())).said[-1] == Said("Questions about naming and branding:", words)


def test_a_clause_is_quoted_where_it_first_bears_on_a_request(hall: Hall) -> None:
    request = hall.begins()
    quoted = {"group": bool(lesson(hall.does(RequestAccount())).told.citations)}
    fields = list(Field)
    for field, words in GIVEN.items():
        shown = lesson(hall.does(FillRequest(request.id, field, words)))
        quoted[fields[fields.index(Field(field)) + 1]] = bool(shown.told.citations)

    assert [field for field, cited in quoted.items() if cited] == ["group", "handle"]


def test_what_was_said_is_listed_whole_before_it_goes_and_each_piece_can_be_changed(hall: Hall) -> None:
    request = hall.is_complete(questions="May we draw a lark?", admins="me")
    whole = listing(hall.does(RequestAccount()))
    assert [one.lines for one in whole.entries] == [
        *((words,) for words in GIVEN.values()),
        ("May we draw a lark?",),
        ("You",),
    ]
    assert all(one.buttons for one in whole.entries)
    assert "the Choir Secretary at the choir office" in whole.remarks
    assert "with your name" in whole.remarks
    assert [one.act for one in whole.buttons][:2] == [
        SendRequest(request.id, hall.request().version),
        AskAdvice(request.id),
    ]


def test_a_piece_that_is_changed_takes_the_place_of_the_one_before(hall: Hall) -> None:
    hall.is_complete()
    whole = listing(hall.fills(audience="Everybody who hears us."))
    assert ("Everybody who hears us.",) in [one.lines for one in whole.entries]
    assert hall.request().of(Field.AUDIENCE) == "Everybody who hears us."


def test_questions_may_be_left_and_are_not_asked_again(hall: Hall) -> None:
    hall.begins()
    shown = lesson(hall.fills(**GIVEN))
    assert shown.told.opening.startswith(wording.question(Field.QUESTIONS))
    after = lesson(hall.does(button([shown], wording.NONE_TO_ASK).act))
    assert after.told.opening.startswith(wording.question(Field.ADMINS))


@pytest.mark.parametrize(
    ("said", "kept", "shown"),
    [
        (["me"], "me", "You"),
        (["not me"], "", wording.NOBODY_YET),
        (["me", "slack:UBEN"], "me slack:UBEN", "You, slack:UBEN"),
        (["slack:UBEN", "me"], "me slack:UBEN", "You, slack:UBEN"),
        (["slack:UBEN and me"], "me slack:UBEN", "You, slack:UBEN"),
        (["me", "slack:UBEN", "not me"], "slack:UBEN", "slack:UBEN"),
        (["slack:UBEN, slack:UCYN slack:UBEN"], "slack:UBEN slack:UCYN", "slack:UBEN, slack:UCYN"),
    ],
)
def test_whoever_asks_runs_the_account_or_not_whomever_else_they_name(
    hall: Hall, said: list[str], kept: str, shown: str
) -> None:
    hall.begins()
    hall.fills(**GIVEN, questions="none")
    for words in said:
        replies = hall.fills(admins=words)
    assert hall.request().of(Field.ADMINS) == kept
    assert listing(replies).entries[-1].lines == (shown,)


@pytest.mark.parametrize("named", ["Ben Lark", "slack:ben", "teams:ben", "@ben", "slack:UBEN Ben", "x" * 2_000])
def test_nobody_is_named_for_the_account_by_their_name(hall: Hall, named: str) -> None:
    hall.begins()
    hall.fills(**GIVEN, questions="none")
    shown = lesson(hall.fills(admins=named))
    assert shown.before.opening == wording.NOT_BY_NAME
    assert shown.said[0].label == named
    assert Field.ADMINS not in dict(hall.request().given)


@pytest.mark.parametrize("field", ["group", "purpose", "audience"])
def test_no_person_is_named_in_what_everybody_will_see(hall: Hall, field: str) -> None:
    hall.begins()
    shown = lesson(hall.fills(**{field: "Ask Ann Lark, ann@example.org"}))
    assert shown.before.opening
    assert shown.said[0] == Said(f"{wording.NOT_TAKEN}:", "Ask Ann Lark, ann@example.org")
    assert hall.request().given == ()


@pytest.mark.parametrize("field", ["content", "watching"])
def test_people_may_be_named_where_only_staff_see_it(hall: Hall, field: str) -> None:
    hall.begins()
    hall.fills(**{field: LATE})
    assert hall.request().of(Field(field)) == LATE


@pytest.mark.parametrize("words", ["", "  ", "\u200b\n"])
def test_nothing_said_is_asked_for_again(hall: Hall, words: str) -> None:
    hall.begins()
    shown = lesson(hall.fills(group=words))
    assert shown.told.opening.startswith(wording.question(Field.GROUP))
    assert hall.request().given == ()


def test_what_is_too_long_is_not_cut_but_shown_back(hall: Hall) -> None:
    hall.begins()
    shown = lesson(hall.fills(content="x" * 2_001))
    assert "2,001" in shown.before.opening
    assert shown.said[0].label == "x" * 2_001


def test_hostile_words_are_kept_as_words(hall: Hall) -> None:
    words = "<script>alert(1)</script> *bold* {{x}} '; drop table request; -- ‮"
    hall.is_complete(content=words)
    assert "drop table" in hall.request().of(Field.CONTENT)


def test_a_field_that_no_request_has_changes_nothing(hall: Hall) -> None:
    request = hall.begins()
    assert told(hall.does(FillRequest(request.id, "budget", "None"))) == wording.NO_SUCH_FIELD
    assert hall.request().given == ()


def test_somebody_who_comes_back_goes_on_where_they_were_also_on_another_platform(hall: Hall) -> None:
    hall.begins()
    hall.fills(group=GIVEN["group"], purpose=GIVEN["purpose"])
    hall.later(days=3)
    hall.links(ANN, ANN_THERE)
    shown = lesson(hall.does(RequestAccount(), ANN_THERE))
    assert "20 November 2026" in shown.before.opening
    assert shown.told.opening.startswith(wording.question(Field.AUDIENCE))
    hall.does(FillRequest(hall.request().id, "audience", GIVEN["audience"]), ANN_THERE)
    assert hall.request(ANN).of(Field.AUDIENCE) == GIVEN["audience"]


def test_the_request_of_somebody_else_is_as_if_it_were_not_there(hall: Hall) -> None:
    request = hall.is_complete()
    for act in (
        RequestAccount(request.id),
        FillRequest(request.id, "group", "Ours"),
        SendRequest(request.id, request.version),
        AskAdvice(request.id, confirmed=True),
        DropRequest(request.id),
        DropRequest("99"),
    ):
        assert hall.does(act, BEN) == [Told(home(BEN), wording.NO_SUCH_REQUEST)]
    assert hall.request() == request


@pytest.mark.parametrize("act", [RequestAccount(), FillRequest("1", "group", "Ours"), SendRequest("1", 1)])
def test_whoever_is_not_known_is_told_so_and_nothing_is_begun(hall: Hall, act: RequestAccount) -> None:
    assert hall.does(act, NOBODY, "slack:D1:1") == [Told("slack:D1:1", wording.NOT_KNOWN)]


def test_a_society_without_a_checklist_says_who_can_tell(hall: Hall) -> None:
    text = told(hall.does(RequestAccount(), society="oars"))
    assert text.startswith("No checklist is held for")
    assert "The boathouse can tell you" in text


def test_where_it_is_open_which_society_is_meant_that_is_asked(hall: Hall) -> None:
    replies = hall.does(RequestAccount(), society=None)
    assert told(replies) == wording.WHOSE_POLICY
    assert len(labels(replies[0])) == 2


def test_another_act_is_a_fault_of_whoever_calls(sample_library: Library) -> None:
    hall = Hall(sample_library)
    message = Message(home(ANN), "", "larks", person=ANN, act=ShowHome())
    with hall.store.work() as work, pytest.raises(TypeError):
        hall.requesting(work).act(message)


# Sending


def test_a_request_is_a_query_to_the_post_that_is_told_with_a_part_for_each_piece(hall: Hall) -> None:
    request = hall.is_complete(content=LATE, questions="May we draw a lark?", admins="me slack:UBEN")
    replies = hall.does(SendRequest(request.id, request.version))
    ticket = hall.ticket()
    assert "Q1, with your name" in told(replies, home(ANN))
    assert (ticket.to, ticket.named, ticket.asker) == (("Choir Secretary",), True, ANN)
    assert ticket.dossier.question == "A new account for the Evening Larks"
    assert [part.id for part in ticket.dossier.parts] == ["question", *Field]
    assert ticket.dossier.parts[-2].heading == wording.questions_heading()
    assert ticket.dossier.parts[-1].text == "Whoever asks, slack:UBEN"
    assert "larks/accounts/tone" in ticket.dossier.clauses
    at_desk = next(one for one in replies if isinstance(one, Card))
    assert at_desk.conversation == DESK
    assert (hall.request().state, hall.request().ticket) == (RequestState.SENT, "1")


def test_what_was_left_is_no_part_of_the_query(hall: Hall) -> None:
    request = hall.is_complete(admins="not me")
    hall.does(SendRequest(request.id, request.version))
    assert [part.id for part in hall.ticket().dossier.parts] == ["question", *GIVEN]


def test_what_is_needed_is_asked_for_before_anything_goes(hall: Hall) -> None:
    request = hall.begins()
    shown = lesson(hall.does(SendRequest(request.id, request.version)))
    assert shown.told.opening.startswith(wording.question(Field.GROUP))
    assert hall.request().state is RequestState.GATHERING


def test_what_was_changed_since_it_was_shown_is_shown_again_before_it_goes(hall: Hall) -> None:
    shown = hall.is_complete()
    hall.fills(purpose="To sing.")
    whole = listing(hall.does(SendRequest(shown.id, shown.version)))
    assert whole.remarks.startswith(wording.CHANGED_SINCE)
    assert hall.request().state is RequestState.GATHERING
    hall.does(button([whole], wording.SEND).act)
    assert hall.request().state is RequestState.SENT


def test_sending_twice_sends_once(hall: Hall) -> None:
    request = hall.is_complete()
    hall.does(SendRequest(request.id, request.version))
    again = hall.does(SendRequest(request.id, request.version))
    assert told(again).startswith(wording.sent_as("1", ""))
    assert len(again) == 1


def test_what_is_said_after_it_has_gone_is_offered_to_be_added(hall: Hall) -> None:
    request = hall.is_complete()
    hall.does(SendRequest(request.id, request.version))
    (reply,) = hall.does(FillRequest(request.id, "purpose", "To sing louder."))
    assert isinstance(reply, Told)
    assert reply.words == "To sing louder."
    assert button([reply], wording.add_to("1")).act == AddToQuery("1", "To sing louder.")


def test_somebody_on_another_platform_is_told_where_it_was_sent_from(hall: Hall) -> None:
    request = hall.is_complete()
    hall.does(SendRequest(request.id, request.version))
    hall.links(ANN, ANN_THERE)
    (reply,) = hall.does(SendRequest(request.id, request.version), ANN_THERE)
    assert "another account of yours" in told([reply])
    assert labels(reply) == []


def test_a_second_request_may_follow_and_the_first_is_spoken_of(hall: Hall) -> None:
    request = hall.is_complete()
    hall.does(SendRequest(request.id, request.version))
    shown = lesson(hall.does(RequestAccount()))
    assert "has gone, as Q1" in shown.before.opening
    assert hall.request().id != request.id


def test_whoever_has_sent_as_much_as_they_may_is_told_and_loses_nothing(sample_library: Library) -> None:
    hall = Hall(sample_library, Limits(queries_a_day=0))
    request = hall.is_complete()
    assert "so this one is not sent" in told(hall.does(SendRequest(request.id, request.version)))
    assert "so this one is not sent" in told(hall.does(AskAdvice(request.id, confirmed=True)))
    assert hall.request() == request


def test_a_request_that_was_given_up_is_not_sent_and_another_can_begin(hall: Hall) -> None:
    request = hall.is_complete()
    for _ in range(2):
        assert told(hall.does(DropRequest(request.id))) == wording.GIVEN_UP
    assert told(hall.does(SendRequest(request.id, request.version))) == wording.GIVEN_UP
    assert lesson(hall.does(RequestAccount())).progress == "Step 1 of 8"


def test_a_query_that_staff_close_ends_the_request(hall: Hall) -> None:
    request = hall.is_complete()
    hall.does(SendRequest(request.id, request.version))
    hall.does(Close("1", 1, "Not this year."), ALEX)
    (reply,) = hall.does(RequestAccount(request.id))
    assert told([reply]) == wording.refused("1")
    assert wording.BEGIN_ANEW in labels(reply)
    assert not lesson(hall.does(RequestAccount())).before.opening


# Advice


def test_a_group_that_is_not_sure_sees_who_can_advise_and_nothing_goes(hall: Hall) -> None:
    request = hall.begins()
    hall.fills(group=GIVEN["group"])
    shown = lesson(hall.does(AskAdvice(request.id)))
    assert "The Choir Secretary at the choir office can advise your group" in shown.told.opening
    assert [one.clause for one in shown.told.citations] == ["larks/accounts/tone"]
    assert shown.said == (Said("The group:", GIVEN["group"]),)
    assert labels(shown) == [wording.ASK_THEM, wording.GO_ON, wording.DROP]
    with hall.store.work() as work:
        assert work.tickets.get("1") is None


def test_their_advice_is_asked_for_once_and_the_request_stays(hall: Hall) -> None:
    request = hall.begins()
    hall.fills(group=GIVEN["group"])
    replies = hall.does(AskAdvice(request.id, confirmed=True))
    again = hall.does(AskAdvice(request.id, confirmed=True))
    ticket = hall.ticket()
    assert "Q1" in told(replies, home(ANN))
    assert "as Q1" in told(again)
    assert len(again) == 1
    assert "The Evening Larks is not sure" in ticket.dossier.question
    assert lesson(hall.does(RequestAccount())).told.opening.startswith(wording.question(Field.PURPOSE))


def test_advice_can_be_asked_for_before_anything_was_said(hall: Hall) -> None:
    request = hall.begins()
    hall.does(AskAdvice(request.id, confirmed=True))
    assert hall.ticket().dossier.question.startswith("Our group is not sure")


# Approving


def sent(hall: Hall, **more: str) -> None:
    request = hall.is_complete(**more)
    hall.does(SendRequest(request.id, request.version))


def test_approving_puts_the_account_on_the_register_and_invites_its_admins(hall: Hall) -> None:
    sent(hall, admins="me slack:UBEN")
    replies = hall.does(ApproveRequest("1", 1, "@larks_evening", "Twitter"), ALEX)
    (entry,) = hall.entries()
    assert (entry.handle, entry.platform, entry.group) == ("@larks_evening", "Twitter", GIVEN["group"])
    assert (entry.purpose, entry.audience, entry.admins) == (GIVEN["purpose"], GIVEN["audience"], ())
    assert (hall.ticket().state, hall.request().state) == (State.ANSWERED, RequestState.APPROVED)
    assert hall.request().entry == entry.id
    answer = next(one for one in replies if isinstance(one, Told) and one.conversation == home(ANN) and one.words)
    assert "@larks_evening on Twitter" in answer.words
    with hall.store.work() as work:
        invited = {one.person.account: one.state for one in work.enrolments.for_entry(entry.id)}
    assert invited == {ANN.account: EnrolmentState.INVITED, BEN.account: EnrolmentState.INVITED}
    assert any(one.conversation == home(BEN) for one in replies)
    assert "2 people are invited" in told(replies, home(ALEX))


def test_what_the_group_proposed_stands_where_staff_say_nothing_else(hall: Hall) -> None:
    sent(hall)
    hall.does(ApproveRequest("Q1", 0), ALEX)
    assert [(one.handle, one.platform) for one in hall.entries()] == [("@larks_evening", "Twitter")]


def test_staff_may_choose_another_handle_and_say_something_with_it(hall: Hall) -> None:
    sent(hall, questions="May we draw a lark?")
    replies = hall.does(ApproveRequest("1", 1, "@evening_larks", "Mastodon", "Yes, a small one."), ALEX)
    answer = next(one for one in replies if isinstance(one, Told) and one.conversation == home(ANN) and one.words)
    assert "@evening_larks on Mastodon" in answer.words
    assert answer.words.endswith("Yes, a small one.")
    assert "no answer yet" not in told(replies, home(ALEX))


def test_what_was_asked_about_branding_is_not_lost_where_nobody_answers_it(hall: Hall) -> None:
    sent(hall, questions="May we draw a lark?")
    replies = hall.does(ApproveRequest("1", 1), ALEX)
    assert "“May we draw a lark?” That has no answer yet" in told(replies, home(ALEX))
    assert button(replies, wording.ANSWER_QUESTIONS).act == ReopenTicket("1", 2)


def test_a_handle_that_is_there_already_changes_nothing(hall: Hall) -> None:
    hall.has_account("@LARKS_Evening")
    sent(hall)
    replies = hall.does(ApproveRequest("1", 1), ALEX)
    assert "is on the register already, for The choir" in told(replies)
    assert (hall.ticket().state, hall.request().state) == (State.OPEN, RequestState.SENT)
    assert len(hall.entries()) == 1


@pytest.mark.parametrize(
    ("where", "handle", "platform"),
    [
        ("not settled yet", "", ""),
        ("@larks_evening", "", ""),
        ("on Twitter", "", ""),
        ("@larks_evening on Twitter", "two words", ""),
    ],
)
def test_an_account_without_a_handle_or_a_platform_is_not_approved(
    hall: Hall, where: str, handle: str, platform: str
) -> None:
    sent(hall, handle=where)
    replies = hall.does(ApproveRequest("1", 1, handle, platform), ALEX)
    assert (hall.entries(), hall.ticket().state) == ((), State.OPEN)
    act = button(replies, wording.APPROVE).act
    assert isinstance(act, ApproveRequest)
    assert not (act.handle and act.platform)


def test_an_account_for_which_nobody_was_named_needs_an_admin(hall: Hall) -> None:
    sent(hall, admins="not me")
    replies = hall.does(ApproveRequest("1", 1), ALEX)
    assert "Nobody was named" in told(replies, home(ALEX))
    assert wording.INVITE in labels(replies[0])


def test_approving_twice_is_done_once_and_the_second_learns_who_was_first(hall: Hall) -> None:
    sent(hall)
    hall.does(ApproveRequest("1", 1), ALEX)
    replies = hall.does(ApproveRequest("1", 1, "@other", "Twitter"), ALEX)
    assert len(hall.entries()) == 1
    assert any(isinstance(one, Card) for one in replies)
    assert told(replies)


def test_a_query_that_is_opened_again_after_it_was_granted_makes_no_second_account(hall: Hall) -> None:
    sent(hall)
    hall.does(ApproveRequest("1", 1), ALEX)
    hall.does(ReopenTicket("1", 2), ALEX)
    assert told(hall.does(ApproveRequest("1", 3, "@other", "X"), ALEX)) == wording.approved_already("@larks_evening")
    assert len(hall.entries()) == 1


def test_a_request_that_was_closed_is_not_approved(hall: Hall) -> None:
    sent(hall)
    hall.does(Close("1", 1, "Not this year."), ALEX)
    hall.does(ApproveRequest("1", 2), ALEX)
    assert (hall.entries(), hall.ticket().state) == ((), State.CLOSED)


def test_a_query_that_asks_for_no_account_is_not_approved(hall: Hall) -> None:
    request = hall.begins()
    hall.does(AskAdvice(request.id, confirmed=True))
    assert told(hall.does(ApproveRequest("1", 1), ALEX)) == wording.NO_REQUEST


@pytest.mark.parametrize("who", [STRANGER, ANN, NOBODY])
def test_nobody_but_staff_approves(hall: Hall, who: Person) -> None:
    sent(hall)
    replies = hall.does(ApproveRequest("1", 1), who, "slack:D1:1")
    assert replies == [Told("slack:D1:1", REFUSED)]
    assert hall.entries() == ()


def test_once_approved_whoever_asked_is_told_what_came_of_it(hall: Hall) -> None:
    sent(hall)
    hall.does(ApproveRequest("1", 1), ALEX)
    assert told(hall.does(RequestAccount(hall.request().id))) == wording.came_about("@larks_evening", "Twitter")


def test_every_reply_can_be_pressed_to_the_end(hall: Hall) -> None:
    replies: list[Reply] = hall.does(RequestAccount())
    for words in GIVEN.values():
        act = button(replies, wording.WRITE).act
        assert isinstance(act, FillRequest)
        replies = hall.does(replace(act, given=words))
    replies = hall.does(button(replies, wording.NONE_TO_ASK).act)
    replies = hall.does(button(replies, wording.I_WILL).act)
    assert isinstance(replies[0], Listed)
    replies = hall.does(button(replies, wording.SEND).act)
    assert hall.ticket().waits
    assert not any(isinstance(one, Lesson) for one in replies)


@pytest.mark.parametrize(
    ("text", "handle", "platform"),
    [
        ("@larks_evening on Twitter", "@larks_evening", "Twitter"),
        ("Twitter: @larks_evening", "@larks_evening", "Twitter"),
        ("@larks_evening, on X.", "@larks_evening", "X"),
        ("@larks@choir.example, Mastodon", "@larks@choir.example", "Mastodon"),
        ("A page on Facebook, called The Evening Larks", "", "Facebook"),
        ("We have not decided", "", ""),
        ("ann@choir.example", "", ""),
        ("", "", ""),
    ],
)
def test_a_handle_and_a_platform_are_read_off_what_the_group_proposes(text: str, handle: str, platform: str) -> None:
    assert proposed(text) == (handle, platform)


# At the same moment


def test_what_is_said_on_two_platforms_at_once_is_all_kept(hall: Hall) -> None:
    request = hall.begins()
    elsewhere = ((Field.PURPOSE, "To sing."),)
    act = FillRequest(request.id, "group", "The Evening Larks")
    shown = lesson(rivalled(hall, act, lambda one: replace(one, given=elsewhere)))
    assert dict(hall.request().given) == {Field.GROUP: "The Evening Larks", Field.PURPOSE: "To sing."}
    assert shown.told.opening.startswith(wording.question(Field.AUDIENCE))


def test_what_is_changed_elsewhere_while_it_is_sent_is_not_sent(hall: Hall) -> None:
    request = hall.is_complete()
    elsewhere = ((Field.PURPOSE, "To sing."),)
    replies = rivalled(hall, SendRequest(request.id, request.version), lambda one: replace(one, given=elsewhere))
    assert told(replies) == wording.TRY_AGAIN
    assert hall.request().state is RequestState.GATHERING


def test_words_for_a_request_that_is_sent_elsewhere_meanwhile_are_given_back(hall: Hall) -> None:
    request = hall.is_complete()
    act = FillRequest(request.id, "group", "The Night Larks")
    (reply,) = rivalled(hall, act, lambda one: replace(one, state=RequestState.SENT))
    assert reply == Told(home(ANN), wording.TRY_AGAIN, words="The Night Larks")


def test_a_request_that_never_stands_still_is_left_as_it_is(hall: Hall) -> None:
    request = hall.begins()
    act = FillRequest(request.id, "group", "The Night Larks")
    assert told(rivalled(hall, act, lambda one: one, times=9)) == wording.TRY_AGAIN
    assert hall.request().given == ()


def test_of_two_who_approve_at_once_the_second_puts_nothing_on_the_register(hall: Hall) -> None:
    sent(hall)

    def claims(work: MemoryWork) -> None:
        held = work.tickets.get("1")
        assert held is not None
        assert work.tickets.move(*moved(held, What.CLAIMED, BETH, work.now))

    with hall.store.work() as work:
        work.tickets = OvertakenTickets(work, claims)
        message = Message(home(ALEX), "", "larks", person=ALEX, act=ApproveRequest("1", 1))
        replies = hall.requesting(work).act(message)
    assert hall.entries() == ()
    assert (hall.ticket().state, hall.request().state) == (State.CLAIMED, RequestState.SENT)
    assert any(isinstance(one, Card) for one in replies)


def test_a_handle_that_another_account_is_given_at_the_same_moment_changes_nothing(hall: Hall) -> None:
    sent(hall)

    class Rivalled(MemoryRegister):
        def add(self, entry: RegisterEntry, move: RegisterMove) -> RegisterEntry | None:
            return None  # somebody else was about to add it

    def approves() -> None:
        with hall.store.work() as work:
            work.register = Rivalled(work._kept.accounts)
            message = Message(home(ALEX), "", "larks", person=ALEX, act=ApproveRequest("1", 1))
            hall.requesting(work).act(message)

    with pytest.raises(Contended):
        approves()
    assert (hall.ticket().state, hall.request().state) == (State.OPEN, RequestState.SENT)
    hall.has_account("@larks_evening")
    assert "is on the register already" in told(hall.does(ApproveRequest("1", 1), ALEX))
