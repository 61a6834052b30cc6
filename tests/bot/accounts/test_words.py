"""Whole messages that mean an act on accounts, and words that a step or a request waits for."""

from dataclasses import replace

import pytest

from bot import wording_of_requests as wording
from bot.account_requests import Field
from bot.accounts.offers import noted
from bot.accounts.typed_words import asked_back
from bot.accounts.words import meant
from bot.acts import (
    AcceptInvitation,
    Act,
    AnswerStep,
    AskAdvice,
    ConfirmRead,
    DeclineInvitation,
    DropRequest,
    FillRequest,
    Leave,
    Link,
    OfferLink,
    PassOn,
    RequestAccount,
    ShowEntry,
    ShowOnboarding,
    ShowRegister,
    Snooze,
    Stay,
    TakeOver,
    Unlink,
)
from bot.enrolments import EnrolmentState, StepAnswer
from bot.messages import Message
from bot.people import NOBODY
from bot.wording_of_steps import FINE, HAVE_READ, HAVE_READ_ALL
from knowledge import policy_files
from knowledge.library import Library
from tests.bot.accounts.hall import ANN, ANN_THERE, BEN, GIVEN, Hall, home, listing
from tests.conftest import policies_of

CHANNEL = "slack:C1:1700000000.000100:UANN"


@pytest.fixture
def hall(sample_library: Library) -> Hall:
    return Hall(sample_library)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("I've just taken over @larks_choir", TakeOver("@larks_choir")),
        ("I have taken over @larks_choir.", TakeOver("@larks_choir")),
        ("Hi, I've taken over the choir account from Ben", TakeOver("the choir account")),
        ("i am taking over the choir's Twitter account!", TakeOver("the choir's Twitter account")),
        ("I’m the new admin of @larks_choir", TakeOver("@larks_choir")),
        ("I have inherited the choir page", TakeOver("the choir page")),
        ("I've just taken over the account", TakeOver("the account")),
        ("I've just taken over the social media page", TakeOver("the social media page")),
        ("I have taken over @band", TakeOver("@band")),
        ("Pass a message on to @larks_choir", PassOn("1")),
        ("can you tell the choir something for me?", PassOn("1")),
        ("onboarding", ShowOnboarding()),
        ("Resume my onboarding", ShowOnboarding()),
        ("please continue the onboarding.", ShowOnboarding()),
        ("register", ShowRegister("larks")),
        ("The register", ShowRegister("larks")),
        ("show me the register of accounts", ShowRegister("larks")),
        ("show @larks_choir", ShowEntry("@larks_choir")),
        ("Request an account", RequestAccount()),
        ("We would like to request a new account for our group", RequestAccount()),
        ("I want to apply for an account", RequestAccount()),
        ("resume my account request", RequestAccount()),
        ("link my accounts", OfferLink()),
        ("Link", OfferLink()),
        ("link my account with Teams", OfferLink()),
        ("unlink", Unlink()),
        ("code AB2C-3DEF", Link("AB2C-3DEF")),
        ("my code is ab2c 3def", Link("ab2c 3def")),
        ("code", Link("")),
        ("AB2C-3DEF", Link("AB2C-3DEF")),
        ("ab2c-3def", Link("ab2c-3def")),
    ],
)
def test_some_whole_messages_mean_an_act(hall: Hall, text: str, act: Act) -> None:
    hall.has_account()
    assert hall.means(text) == act


@pytest.mark.parametrize(
    "text",
    [
        "Can I take over the account?",
        "I've just taken over @larks_choir. What do I need to know?",
        "I've just taken over @larks_choir, can I retweet this?",
        "I have taken over a flat in Leeds",
        "I've taken over a page",
        "I took over the twitter of my band",
        "I have taken over the band's account",
        "the code is outdated",
        "my code is personal",
        "code question",
        "code practice",
        "code standard",
        "IPEM-2024",
        "ICRP-2007",
        "pass a message on",
        "can you tell the conductor something for me?",
        "I have taken over from Ben",
        "can our group set up an account?",
        "We want an account for our group",
        "our group wants to set up a social media account",
        "Can we request an account?",
        "how do I request an account",
        "what is the register",
        "is there a register of accounts?",
        "who is on the register?",
        "what is onboarding",
        "does the code of conduct apply",
        "code of conduct",
        "well-done",
        "2026-2027",
        "can I link to a company",
        "link to our meeting",
        "can I accept the invitation?",
        "I accept",
        "decline",
        "later",
        "I am leaving",
        "I'm staying",
        "I am leaving the choir next year",
        "drop my request",
        "show me a picture",
        "2",
        "yes",
        "",
        "   ",
        "\u202e",
        "x" * 10_000,
        "I've just taken over " + "@larks " * 2_000,
    ],
)
def test_nothing_else_does_where_nothing_is_under_way(hall: Hall, text: str) -> None:
    assert hall.means(text) is None


def test_nothing_is_taken_from_whoever_is_not_known(hall: Hall) -> None:
    assert hall.means("onboarding", NOBODY, "slack:D1:1") is None


# What is somebody's own


def is_shown(hall: Hall, enrolment: str, place: str = home(ANN)) -> None:
    """What is open of an enrolment is shown to Ann in answer to something that she did there."""
    hall.later(minutes=1)
    with hall.store.work() as work:
        message = Message(place, "", "larks", person=ANN, act=ShowOnboarding(enrolment))
        found = work.enrolments.get(enrolment)
        assert found is not None
        lesson = hall.lessons(work).of(found, place)
        assert lesson is not None
        noted(message, [lesson], work)


def test_an_invitation_is_accepted_and_declined_in_words(hall: Hall) -> None:
    enrolment = hall.is_enrolled(hall.has_account(), state=EnrolmentState.INVITED)
    is_shown(hall, enrolment)
    assert hall.means("Accept") == AcceptInvitation(enrolment)
    assert hall.means("I decline the invitation.") == DeclineInvitation(enrolment)
    assert hall.means("accept", BEN) is None


def test_an_invitation_that_was_not_shown_there_is_shown_before_it_can_be_accepted(hall: Hall) -> None:
    enrolment = hall.is_enrolled(hall.has_account(), state=EnrolmentState.INVITED)
    assert hall.means("accept") == ShowOnboarding(enrolment)
    is_shown(hall, enrolment)
    assert hall.means("accept", place=CHANNEL) == ShowOnboarding(enrolment)
    assert hall.means("decline", place=CHANNEL) == ShowOnboarding(enrolment)
    hall.is_asked("Can I invite a friend?")
    assert hall.means("accept") == ShowOnboarding(enrolment)


@pytest.mark.parametrize("text", ["yes", "yes please", "no thanks", "No, thank you", "I'd love to", "ok"])
def test_a_yes_or_a_no_to_an_invitation_is_asked_about(hall: Hall, text: str) -> None:
    enrolment = hall.is_enrolled(hall.has_account(), state=EnrolmentState.INVITED)
    act = hall.means(text)
    assert act == ShowOnboarding(enrolment)
    with hall.store.work() as work:
        asked = asked_back(Message(home(ANN), text, "larks", person=ANN, act=act), work)
    assert asked is not None
    assert asked.text == "Please say “accept”, “later” or “decline”."
    assert [one.act for one in asked.buttons] == [
        AcceptInvitation(enrolment),
        Snooze(enrolment),
        DeclineInvitation(enrolment),
    ]
    assert hall.means(text, place=CHANNEL) is None


def test_of_several_invitations_the_words_show_all(hall: Hall) -> None:
    for handle in ("@larks_choir", "@larks_young"):
        hall.is_enrolled(hall.has_account(handle), state=EnrolmentState.INVITED)
    assert hall.means("accept") == ShowOnboarding()


def test_later_puts_off_what_is_under_way(hall: Hall) -> None:
    enrolment = hall.is_enrolled(hall.has_account("@larks_choir", ANN))
    assert hall.means("Remind me later") == Snooze(enrolment)
    assert hall.means("later", ANN_THERE) is None
    hall.links(ANN, ANN_THERE)
    assert hall.means("later", ANN_THERE) == Snooze(enrolment)


def test_leaving_is_of_an_account_that_somebody_runs(hall: Hall) -> None:
    entry = hall.has_account("@larks_choir", ANN)
    assert hall.means("I'm leaving @larks_choir") == Leave(entry.id)
    assert hall.means("I'm handing over the choir account") == Leave(entry.id)
    assert hall.means("I am leaving Leeds") is None
    assert hall.means("I am leaving", BEN) is None


@pytest.mark.parametrize(
    "text", ["I'm giving up.", "I'm leaving", "I am stepping down", "I'm handing over", "I am leaving the choir"]
)
def test_whoever_names_no_account_is_asked_before_they_leave_one(hall: Hall, text: str) -> None:
    hall.has_account("@larks_choir", ANN)
    assert hall.means(text) == Leave("")


def test_whoever_runs_several_is_asked_which_they_leave(hall: Hall) -> None:
    hall.has_account("@larks_choir", ANN)
    young = hall.has_account("@larks_young", ANN)
    assert hall.means("I'm leaving") == Leave("")
    assert hall.means("I'm leaving @larks_young") == Leave(young.id)


def test_staying_takes_back_what_was_said_of_leaving(hall: Hall) -> None:
    hall.has_account("@larks_choir", ANN)
    leaving = hall.has_account("@larks_young", ANN, leaving=True)
    assert hall.means("I'm staying") == Stay(leaving.id)
    assert hall.means("I am staying on with @larks_choir") is None


def test_a_request_is_given_up_in_words_while_it_is_gathered(hall: Hall) -> None:
    request = hall.begins()
    assert hall.means("cancel my request") == DropRequest(request.id)
    assert hall.means("cancel my request", BEN) is None


# Steps of a checklist


def test_an_option_of_the_step_that_is_open_answers_it_by_its_label_and_not_by_a_number(hall: Hall) -> None:
    enrolment = hall.is_enrolled(hall.has_account("@larks_choir", ANN))
    answer = AnswerStep(enrolment, "media", "", HAVE_READ)
    assert hall.means(HAVE_READ) == answer
    assert hall.means("i have read this.") == answer
    assert hall.means("1") == ShowOnboarding(enrolment)
    assert hall.means(FINE) is None


def test_the_step_is_answered_also_in_a_message_with_a_place_of_its_own(hall: Hall) -> None:
    enrolment = hall.is_enrolled(hall.has_account("@larks_choir", ANN))
    answer = AnswerStep(enrolment, "media", "", HAVE_READ)
    assert hall.means(HAVE_READ, place="slack:D9:1700000000.000100") == answer
    assert hall.means(HAVE_READ, place="slack:C1:1700000000.000100:UANN") is None


def test_options_of_a_question_asked_since_come_first(hall: Hall) -> None:
    hall.is_enrolled(hall.has_account("@larks_choir", ANN))
    hall.is_asked("can I record the rehearsal", ("Yes, the conductor has", "No"))
    assert hall.means("1") is None
    assert hall.means(HAVE_READ) is None


def test_a_number_is_no_option_of_a_step_once_something_else_was_asked(hall: Hall) -> None:
    enrolment = hall.is_enrolled(hall.has_account("@larks_choir", ANN))
    hall.is_asked("can I invite a friend")
    assert hall.means("1") is None
    assert hall.means(HAVE_READ) == AnswerStep(enrolment, "media", "", HAVE_READ)


def up_to(hall: Hall, *steps: tuple[str, str]) -> str:
    """An enrolment in which these were answered."""
    enrolment = hall.is_enrolled(hall.has_account("@larks_choir", ANN))
    answers = tuple(StepAnswer(step, item, "...", hall.now, True) for step, item in steps)
    hall.answered(enrolment, lambda one: replace(one, answers=answers, active=hall.now))
    return enrolment


PLAYED = [("recording", f"{post}:1:consent") for post in ("shared", "taped", "at-home")]
TO_WRITING = (("media", ""), *(("tone", one) for one in ("thanks", "welcome", "sneer", "grumble")), *PLAYED)


def test_words_of_ones_own_answer_a_step_that_asks_for_them(hall: Hall) -> None:
    enrolment = up_to(hall, *TO_WRITING)
    assert hall.means("To tell of our concerts") == AnswerStep(enrolment, "purpose", "words", "To tell of our concerts")


@pytest.mark.parametrize(
    "text",
    [
        "Can I post this?",
        "may we invite a friend",
        "what is this for",
        "thanks, great!",
        "ok",
        "stop",
        "help",
        "home",
        "check: We sing on Tuesday",
        "I am a trainee",
        "larks",
    ],
)
def test_what_is_a_question_a_command_or_a_courtesy_is_not_taken_for_such_words(hall: Hall, text: str) -> None:
    up_to(hall, *TO_WRITING)
    assert hall.means(text) is None


def test_words_after_a_question_in_between_are_not_taken(hall: Hall) -> None:
    up_to(hall, *TO_WRITING)
    hall.is_asked("can I invite a friend")
    assert hall.means("To tell of our concerts") is None


def test_the_end_is_shown_where_it_was_not_shown_just_now(hall: Hall) -> None:
    enrolment = up_to(hall, *TO_WRITING, ("purpose", "words"), ("credit", ""))
    assert hall.means(HAVE_READ_ALL) == ShowOnboarding(enrolment)
    assert hall.means("1") == ShowOnboarding(enrolment)


def test_giving_it_up_in_words_shows_what_waits_and_takes_nobody_off(hall: Hall) -> None:
    enrolment = hall.is_enrolled(hall.has_account("@larks_choir", ANN))
    assert hall.means("give this up") == ShowOnboarding(enrolment)
    hall.is_asked("can I record the rehearsal")
    assert hall.means("give it up") is None


def test_later_is_for_one_and_where_several_wait_they_are_shown(hall: Hall) -> None:
    first = hall.is_enrolled(hall.has_account("@larks_choir", ANN))
    assert hall.means("later") == Snooze(first)
    hall.is_enrolled(hall.has_account("@larks_young", ANN))
    assert hall.means("later") == ShowOnboarding()


# A request


def test_what_is_typed_answers_what_a_request_asks(hall: Hall) -> None:
    hall.says("request an account")
    for field, words in GIVEN.items():
        act = hall.means(words)
        assert act == FillRequest(hall.request().id, Field(field), words)
        assert act is not None
        hall.does(act)
    hall.says("none")
    whole = listing(hall.says("yes"))
    assert whole.entries[-1].lines == ("You",)
    assert hall.means("1") == RequestAccount(hall.request().id)
    assert hall.means(wording.SEND) is None  # but where it was offered last, which nobody keeps in this hall
    assert hall.means("Something else") is None


def test_a_role_that_is_named_is_an_answer_and_one_that_is_said_is_none(hall: Hall) -> None:
    request = hall.begins()
    assert hall.means("staff") == FillRequest(request.id, Field.GROUP, "staff")
    assert hall.means("I am staff") is None


def test_a_question_asked_in_between_leaves_the_request_as_it_is(hall: Hall) -> None:
    request = hall.begins()
    assert hall.means("Write it") == FillRequest(request.id, Field.GROUP, "")  # which asks for words
    assert hall.means("2") == RequestAccount(request.id)
    assert hall.means("Can I invite a friend?") is None
    hall.is_asked("Can I invite a friend?")
    assert hall.means("The Evening Larks") is None
    assert hall.means(wording.NOT_SURE) == AskAdvice(request.id)
    hall.says("request an account")
    assert hall.means("The Evening Larks") == FillRequest(request.id, Field.GROUP, "The Evening Larks")


def test_options_that_were_offered_before_give_way_to_the_request(hall: Hall) -> None:
    hall.is_asked("can I record the rehearsal", ("Yes, the conductor has", "No"))
    assert hall.means("The Evening Larks") is None
    hall.says("request an account")
    assert hall.means("The Evening Larks") is not None


def test_words_are_for_the_field_that_is_asked_for_and_no_other(hall: Hall) -> None:
    request = hall.begins()
    hall.fills(group="The Evening Larks", purpose="To sing.")
    hall.does(FillRequest(request.id, "purpose"))
    assert hall.means("To sing louder.") is None


def test_of_two_things_that_wait_the_latest_is_answered(hall: Hall) -> None:
    enrolment = up_to(hall, *TO_WRITING)
    hall.later(minutes=1)
    request = hall.begins()
    assert hall.means("The Evening Larks") == FillRequest(request.id, Field.GROUP, "The Evening Larks")
    hall.later(minutes=1)
    hall.answered(enrolment, lambda one: replace(one, active=hall.now))
    assert hall.means("To tell of it") == AnswerStep(enrolment, "purpose", "words", "To tell of it")


def test_another_society_waits_for_nothing(hall: Hall) -> None:
    hall.answered(up_to(hall, *TO_WRITING), lambda one: replace(one, society="oars"))
    assert hall.means("To tell of our concerts") is None
    assert hall.means("later") is None


def test_nothing_that_people_ask_of_the_policies_means_an_act(hall: Hall) -> None:
    with hall.store.work() as work:
        for policy in policies_of(policy_files.SHIPPED):
            for clause in policy.clauses:
                for ask in clause.asks:
                    message = Message(home(ANN), ask.text, policy.society, person=ANN)
                    assert meant(message, policy.society, hall.lessons(work), work) is None, ask.text


# What has changed since it was shown


def in_force(hall: Hall, *without: str, tone: str = "") -> None:
    """From now on the policy lacks these clauses, and says this of the tone."""
    index = hall.library.index
    larks, *others = index.policies
    kept = [one for one in larks.clauses if one.id not in without]
    clauses = tuple(replace(one, text=tone) if tone and one.id == "larks/accounts/tone" else one for one in kept)
    third = replace(larks, clauses=clauses, edition="third edition")
    hall.library = Library(replace(index, policies=(third, *others)), None)


def test_the_end_is_confirmed_in_the_words_that_were_shown_and_in_no_others(hall: Hall) -> None:
    enrolment = up_to(hall, *TO_WRITING, ("purpose", "words"), ("credit", ""))
    is_shown(hall, enrolment)
    with hall.store.work() as work:
        lessons = hall.lessons(work)
        held = lessons.held("larks")
        assert held is not None
        shown = lessons.digest(lessons.cited(held[0].clauses, "larks"))
    in_force(hall, tone="Be kind.")
    assert hall.means(HAVE_READ_ALL) == ConfirmRead(enrolment, shown)
    assert hall.means("1") == ShowOnboarding(enrolment)
    hall.is_asked("Can I invite a friend?")
    assert hall.means(HAVE_READ_ALL) == ShowOnboarding(enrolment)


def test_a_step_that_is_passed_over_is_not_answered(hall: Hall) -> None:
    enrolment = hall.is_enrolled(hall.has_account("@larks_choir", ANN))
    in_force(hall, "larks/about/media")
    assert hall.means(HAVE_READ) is None
    act = hall.means(FINE)
    assert isinstance(act, AnswerStep)
    assert (act.enrolment, act.step) == (enrolment, "tone")
