"""Being set up to run an account, step by step: what is asked, what is said to it, and what is kept."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import wording_of_onboarding, wording_of_steps
from bot.acts import AcceptInvitation, AnswerStep, ConfirmRead, DeclineInvitation, ShowOnboarding, Snooze
from bot.enrolments import EnrolmentState
from bot.office import Office, Offices
from bot.people import NOBODY, Person
from bot.register import AccountState, Change
from bot.replies import Lesson, Listed, Mail
from bot.telling import cited_in, in_plain_text
from knowledge.flows.matching import Guides
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists, StepKind
from tests.bot.accounts.onboarding_room import (
    CARO,
    DESK,
    FINCH,
    ROOK,
    WREN,
    Choir,
    button,
    labels,
    lesson,
    listing,
    told,
)


@pytest.fixture
def choir(sample_library: Library, sample_guides: Guides) -> Choir:
    return Choir(sample_library, sample_guides)


def at_step(choir: Choir, name: str) -> Lesson:
    """The first lesson of a step, everything before it answered as it is best."""
    shown = choir.under_way()
    while step_of(shown) != name:
        shown = lesson(choir.does(choir.best(shown)))
    return shown


def step_of(shown: Lesson) -> str:
    act = shown.buttons[0].act
    return act.step if isinstance(act, AnswerStep) else ""


def pressed(choir: Choir, shown: Lesson, label: str, who: Person = WREN) -> Lesson:
    return lesson(choir.does(button(shown, label).act, who))


def test_each_step_shows_how_far_it_is_and_quotes_its_clauses(choir: Choir) -> None:
    shown = choir.under_way()
    assert (shown.title, shown.progress) == ("@larks_choir: What counts as social media", "Step 1 of 6")
    assert [one.clause for one in cited_in(shown)] == ["larks/about/media"]
    assert labels(shown) == ["I have read this", "Later"]
    assert shown.about == ""  # it answers a press


def test_whoever_accepts_is_noted_as_an_admin_at_once(choir: Choir) -> None:
    choir.under_way()
    assert choir.entry().admin((WREN.account,)) is not None
    assert choir.history()[-1] == (Change.ADMIN_ADDED, WREN.account, WREN.account)


def test_accepting_again_changes_nothing_and_shows_the_open_step(choir: Choir) -> None:
    choir.under_way()
    before = choir.entry()
    shown = lesson(choir.does(AcceptInvitation("1")))
    assert step_of(shown) == "media"
    assert choir.entry() == before


def test_a_right_judgement_says_why_with_its_clause_and_goes_on_to_the_other_kind(choir: Choir) -> None:
    shown = at_step(choir, "tone")
    after = lesson(choir.does(choir.best(shown)))
    assert after.before.opening.startswith("Yes: this one is ")
    assert [one.clause for one in after.before.citations] == ["larks/accounts/tone"]
    assert step_of(after) == "tone"
    assert after.post != shown.post
    assert step_of(lesson(choir.does(choir.best(after)))) == "recording"


def test_a_wrong_judgement_shows_the_clause_and_offers_another_post_of_the_kind(choir: Choir) -> None:
    shown = at_step(choir, "tone")
    after = lesson(choir.does(choir.best(shown, wrong=True)))
    assert after.before.opening.startswith("Not quite: this one is ")
    assert [one.clause for one in after.before.citations] == ["larks/accounts/tone"]
    checklist = choir.checklists.of("larks")
    step = checklist.step("tone") if checklist else None
    assert step is not None
    kinds = {one.post: one.fine for one in step.examples}
    assert kinds[after.post] is kinds[shown.post]


def test_judging_is_practice_and_goes_on_where_every_example_was_judged_wrongly(choir: Choir) -> None:
    shown, seen = at_step(choir, "tone"), 0
    while step_of(shown) == "tone":
        shown, seen = lesson(choir.does(choir.best(shown, wrong=True))), seen + 1
    assert seen == 4
    assert step_of(shown) == "recording"


def test_two_people_may_meet_the_examples_in_another_order(choir: Choir) -> None:
    first = set()
    for number in range(8):
        shown = choir.under_way(Person(f"slack:U{number}A"))
        shown = lesson(choir.does(choir.best(shown), Person(f"slack:U{number}A")))
        first.add(shown.post)
    assert len(first) > 1


def test_a_post_is_taken_through_the_steps_of_its_flow(choir: Choir) -> None:
    shown = at_step(choir, "recording")
    assert shown.post.startswith("Hear what we practised")
    assert shown.told.remarks == "Has the conductor consented to the recording?"
    after = pressed(choir, shown, "Yes, the conductor has")
    assert [one.label for one in after.said] == ["Yes, the conductor has"]
    assert after.post == shown.post
    done = pressed(choir, after, "To post it from a choir account")
    assert done.before.opening.startswith("That fits this post.")
    assert [one.clause for one in done.before.citations] == ["larks/accounts/tone", "larks/concerts/credit"]
    assert done.post != shown.post


def test_a_post_that_comes_to_another_end_is_offered_once_more_with_where_it_parts(choir: Choir) -> None:
    shown = at_step(choir, "recording")
    astray = pressed(choir, shown, "No, or I have not asked")
    assert "You said “No, or I have not asked”; for this post it is “Yes, the conductor has”" in (astray.before.opening)
    assert "larks/accounts/tone" in [one.clause for one in astray.before.citations]
    assert labels(astray) == ["Try it again", "Go on", "Later"]
    again = pressed(choir, astray, "Try it again")
    assert (again.post, again.said) == (shown.post, ())
    beyond = pressed(choir, again, "Not sure")
    assert beyond.post != shown.post  # it is offered once


def test_who_would_rather_go_on_is_not_asked_about_that_post_again(choir: Choir) -> None:
    shown = at_step(choir, "recording")
    after = pressed(choir, pressed(choir, shown, "Not sure"), "Go on")
    assert after.post.startswith("I taped the altos")


def test_words_on_what_an_account_is_for_go_to_the_register_with_a_line_of_its_history(choir: Choir) -> None:
    shown = at_step(choir, "purpose")
    assert shown.buttons[0].act == AnswerStep("1", "purpose", "words", "")
    after = lesson(choir.does(AnswerStep("1", "purpose", "words", "  To tell of\nour concerts. ")))
    assert step_of(after) == "credit"
    assert choir.entry().purpose == "To tell of our concerts."
    assert choir.history()[-1][:2] == (Change.CHANGED, WREN.account)


def test_whoever_comes_second_can_keep_the_words_that_stand(choir: Choir) -> None:
    choir.changes(purpose="To sing to the town.")
    shown = at_step(choir, "purpose")
    assert "To sing to the town." in shown.told.remarks
    before = choir.entry()
    after = pressed(choir, shown, "Keep it as it stands")
    assert step_of(after) == "credit"
    assert choir.entry() == before
    assert choir.enrolment().answers[-1].given == "To sing to the town."


@pytest.mark.parametrize(
    "words",
    ["Ask Wren Ashby about it.", "Write to wren@larks.example", "Ring 01234 567890", "x" * 501, "  ", "\x00\u200b"],
)
def test_words_that_name_somebody_or_cannot_stand_are_refused_kindly_and_asked_for_again(
    choir: Choir, words: str
) -> None:
    shown = at_step(choir, "purpose")
    after = lesson(choir.does(AnswerStep("1", step_of(shown), "words", words)))
    assert step_of(after) == "purpose"
    assert after.before.opening
    assert choir.entry().purpose == ""


def test_what_is_not_done_elsewhere_stands_in_the_record_until_it_is(choir: Choir) -> None:
    shown = pressed(choir, at_step(choir, "credit"), "Not yet")
    assert isinstance(shown.buttons[0].act, ConfirmRead)
    assert "Still to be done: “The picture beside the name”" in shown.told.remarks
    replies = choir.does(shown.buttons[0].act)
    assert "The picture beside the name" in in_plain_text(listing(replies, DESK))
    replies = choir.does(button(listing(replies), "Done now: The picture beside the name").act)
    assert "Still to be done" not in in_plain_text(listing(replies))
    assert "Wren Ashby says of @larks_choir (The choir) that this is done now" in told(replies, DESK)
    assert choir.enrolment().answered("credit").right is True  # type: ignore[union-attr]


def test_the_last_step_quotes_every_clause_and_ends_in_a_record_for_both(choir: Choir) -> None:
    shown = choir.through(choir.under_way())
    assert [one.clause for one in shown.told.citations] == [
        "larks/about/media",
        "larks/accounts/tone",
        "larks/rehearsals/recording",
        "larks/concerts/credit",
    ]
    assert shown.progress == "Step 6 of 6"
    replies = choir.does(shown.buttons[0].act)
    kept = choir.enrolment()
    assert kept.state is EnrolmentState.FINISHED
    assert [one.clause for one in kept.read] == [one.clause for one in shown.told.citations]
    assert {(one.edition, one.at) for one in kept.read} == {("second edition", kept.finished)}
    mine, staffs = in_plain_text(listing(replies)), in_plain_text(listing(replies, DESK))
    assert mine.startswith("Onboarding for @larks_choir: you, finished on 23 November 2026")
    assert staffs.startswith("Onboarding for @larks_choir: Wren Ashby, finished")
    assert "Rehearsals: larks/rehearsals/recording" in staffs


def test_the_record_goes_by_mail_where_there_is_no_desk(choir: Choir) -> None:
    choir.offices = Offices({"larks": Office("larks", "the choir office", addresses={"": "desk@larks.example"})})
    mails = [one for one in choir.set_up() if isinstance(one, Mail)]
    assert [one.conversation for one in mails] == ["email:larks:"]
    assert mails[0].text.startswith("Onboarding for @larks_choir: Somebody, finished on 23 November 2026")
    assert "larks/accounts/tone" in mails[0].text
    assert "Wren" not in mails[0].text


def test_confirming_again_is_harmless_and_tells_staff_nothing_more(choir: Choir) -> None:
    last = choir.through(choir.under_way()).buttons[0].act
    choir.does(last)
    finished = choir.enrolment().finished
    replies = choir.does(last)
    assert [(type(one), one.conversation) for one in replies] == [(Listed, "slack:U1:")]
    assert choir.enrolment().finished == finished


def test_nothing_is_confirmed_before_every_step_is_answered(choir: Choir) -> None:
    choir.under_way()
    shown = lesson(choir.does(ConfirmRead("1")))
    assert step_of(shown) == "media"
    assert choir.enrolment().state is EnrolmentState.UNDER_WAY


def test_a_press_on_words_that_have_changed_since_confirms_nothing(choir: Choir) -> None:
    last = choir.through(choir.under_way()).buttons[0].act
    assert isinstance(last, ConfirmRead)
    shown = lesson(choir.does(replace(last, shown="another")))
    assert shown.before.opening == wording_of_steps.WORDS_CHANGED
    assert choir.enrolment().state is EnrolmentState.UNDER_WAY


def test_who_confirms_without_the_words_before_them_is_shown_them_as_they_are_now(choir: Choir) -> None:
    last = choir.through(choir.under_way()).buttons[0].act
    assert isinstance(last, ConfirmRead)
    shown = lesson(choir.does(ConfirmRead("1")))
    assert choir.enrolment().state is EnrolmentState.UNDER_WAY
    assert (shown.before.opening, shown.buttons[0].act) == ("", last)
    choir.does(shown.buttons[0].act)
    assert choir.enrolment().state is EnrolmentState.FINISHED


def test_what_was_answered_is_not_asked_again_days_later_on_another_platform(choir: Choir) -> None:
    shown = at_step(choir, "recording")
    elsewhere = Person("teams:0123", "Wren Ashby")
    choir.link(WREN, elsewhere)
    choir.later(days=5)
    choir.does(choir.best(shown))
    resumed = lesson(choir.does(ShowOnboarding(), elsewhere))
    assert resumed.told.opening.startswith("Take each of these through the questions on recording.")
    assert [one.label for one in resumed.said] == ["Yes, the conductor has"]
    assert (step_of(resumed), resumed.post) == ("recording", shown.post)
    assert (resumed.conversation, choir.enrolment().place) == ("teams:0123:", "teams:0123:")
    assert choir.enrolment().active == choir.now
    choir.does(choir.best(resumed), elsewhere)
    assert choir.enrolment().person.account == WREN.account


def test_a_second_press_on_an_answered_question_changes_nothing(choir: Choir) -> None:
    shown = choir.under_way()
    choir.does(shown.buttons[0].act)
    answers = choir.enrolment().answers
    again = lesson(choir.does(shown.buttons[0].act))
    assert again.before.opening == wording_of_steps.ANSWERED_ALREADY
    assert choir.enrolment().answers == answers


@pytest.mark.parametrize(
    ("step", "item", "given"),
    [
        ("tone", "sneer", "Better not"),  # not open yet
        ("media", "", "Whatever"),
        ("media", "other", "I have read this"),
        ("gone", "", "I have read this"),
        ("recording", "shared:1:consent", "Yes, the conductor has"),
    ],
)
def test_an_answer_to_anything_but_what_is_open_shows_what_is(choir: Choir, step: str, item: str, given: str) -> None:
    choir.under_way()
    shown = lesson(choir.does(AnswerStep("1", step, item, given)))
    assert step_of(shown) == "media"
    assert choir.enrolment().answers == ()


def test_an_answer_that_is_typed_in_small_letters_counts(choir: Choir) -> None:
    choir.under_way()
    assert step_of(lesson(choir.does(AnswerStep("1", "media", "", "i have  read this.")))) == "tone"


def test_a_checklist_that_has_changed_since_goes_on_with_what_is_new(choir: Choir) -> None:
    at_step(choir, "purpose")
    held = choir.checklists.of("larks")
    assert held is not None
    new = replace(held.steps[0], id="new", title="What is new")
    choir.checklists = Checklists({"larks": replace(held, steps=(held.steps[0], new, *held.steps[2:]))})
    shown = lesson(choir.does(ShowOnboarding()))
    assert step_of(shown) == "new"
    assert step_of(lesson(choir.does(shown.buttons[0].act))) == "purpose"


def test_a_step_whose_clause_is_gone_is_passed_over_and_said_to_be(choir: Choir) -> None:
    held = choir.checklists.of("larks")
    assert held is not None
    lost = replace(held.steps[0], clauses=("larks/about/gone",))
    choir.checklists = Checklists({"larks": replace(held, steps=(lost, *held.steps[1:]))})
    shown = choir.under_way()
    assert (step_of(shown), shown.progress) == ("tone", "Step 1 of 5")
    last = choir.through(shown)
    assert "Left out for now" in last.told.remarks
    assert "“What counts as social media”" in last.told.remarks
    assert "larks/about/media" not in [one.clause for one in last.told.citations]


def test_a_step_whose_flow_is_gone_is_passed_over(choir: Choir) -> None:
    held = choir.checklists.of("larks")
    assert held is not None
    lost = [replace(one, flow="larks/gone") if one.kind is StepKind.PLAY else one for one in held.steps]
    choir.checklists = Checklists({"larks": replace(held, steps=tuple(lost))})
    assert "A recording of a rehearsal" in choir.through(choir.under_way()).told.remarks


def test_putting_it_off_keeps_everything_and_lasts_a_week(choir: Choir) -> None:
    shown = choir.under_way()
    active = choir.enrolment().active
    replies = choir.does(Snooze("1"))
    assert "30 November 2026" in told(replies)
    assert labels(replies[0]) == ["Go on now", "Give this up"]
    assert choir.enrolment().snoozed is not None
    assert choir.enrolment().active == active
    assert step_of(lesson(choir.does(button(replies[0], "Go on now").act))) == step_of(shown)
    choir.does(shown.buttons[0].act)
    assert choir.enrolment().snoozed is None


def test_who_gives_it_up_is_off_the_register_and_staff_are_told(choir: Choir) -> None:
    choir.under_way()
    replies = choir.does(DeclineInvitation("1"))
    assert choir.enrolment().state is EnrolmentState.DECLINED
    assert (choir.entry().admins, choir.entry().state) == ((), AccountState.NEEDS_ADMIN)
    assert "Wren Ashby gave up being set up for @larks_choir (The choir). Nobody runs it now." in told(replies, DESK)
    assert "declined @larks_choir already" in told(choir.does(DeclineInvitation("1")))


def test_who_ran_the_account_before_stays_on_the_register_when_giving_up(choir: Choir) -> None:
    choir.runs(WREN)
    choir.under_way()
    choir.does(DeclineInvitation("1"))
    assert choir.entry().admin((WREN.account,)) is not None


def test_whoever_is_set_up_is_told_how_to_stop(choir: Choir) -> None:
    choir.set_up()
    replies = choir.does(DeclineInvitation("1"))
    assert labels(replies[0]) == ["I am leaving"]
    assert choir.enrolment().state is EnrolmentState.FINISHED


@pytest.mark.parametrize("who", [FINCH, CARO])
def test_an_enrolment_of_somebody_else_is_as_if_it_were_not_there(choir: Choir, who: Person) -> None:
    shown = choir.under_way()
    for act in (shown.buttons[0].act, AcceptInvitation("1"), DeclineInvitation("1"), Snooze("1"), ConfirmRead("1")):
        before = choir.enrolment()
        assert told(choir.does(act, who), f"{who.account}:") == wording_of_onboarding.NO_SUCH
        assert choir.enrolment() == before
    assert told(choir.does(ShowOnboarding("1"), who), f"{who.account}:") == wording_of_onboarding.NO_SUCH
    assert told(choir.does(ShowOnboarding("77"), who), f"{who.account}:") == wording_of_onboarding.NO_SUCH


def test_from_a_place_of_another_society_it_is_not_there_either(choir: Choir) -> None:
    choir.under_way()
    assert told(choir.does(ShowOnboarding("1"), society="oars")) == wording_of_onboarding.NO_SUCH


def test_who_is_not_known_can_do_none_of_it(choir: Choir) -> None:
    choir.under_way()
    replies = choir.does(AcceptInvitation("1"), NOBODY, "slack:D1:")
    assert told(replies, "slack:D1:") == wording_of_onboarding.NOT_KNOWN


def test_where_nothing_is_going_on_it_is_said_how_it_begins(choir: Choir) -> None:
    replies = choir.does(ShowOnboarding())
    assert labels(replies[0]) == ["I have taken over an account"]
    there = told(choir.does(ShowOnboarding(), society="oars"))
    assert there == "No checklist is held for OARS, so I cannot set anybody up there; the boathouse can tell you more."


def test_somebody_with_two_accounts_chooses_which_to_go_on_with(choir: Choir) -> None:
    choir.under_way()
    choir.under_way(name="2")
    listed = choir.does(ShowOnboarding())[0]
    assert isinstance(listed, Listed)
    assert [one.heading for one in listed.entries] == ["@larks_young (The Young Larks)", "@larks_choir (The choir)"]
    assert lesson(choir.does(listed.entries[0].buttons[0].act)).title.startswith("@larks_young")


def test_staff_see_how_far_somebody_is_and_can_end_it(choir: Choir) -> None:
    choir.under_way()
    shown = listing(choir.does(ShowOnboarding("1"), ROOK), "slack:S1:")
    assert shown.heading == "Onboarding for @larks_choir: Wren Ashby, going through the steps"
    assert labels(shown) == ["End it"]


def test_where_the_account_was_closed_meanwhile_there_is_nothing_left_to_answer(choir: Choir) -> None:
    shown = choir.under_way()
    choir.changes(state=AccountState.CLOSED)
    assert "That is over for @larks_choir" in told(choir.does(shown.buttons[0].act))
    assert choir.enrolment().answers == ()


def test_an_account_that_was_renamed_meanwhile_goes_by_its_name_of_today(choir: Choir) -> None:
    choir.under_way()
    choir.changes(handle="@larks_singing", former=("@larks_choir",))
    assert lesson(choir.does(ShowOnboarding())).title.startswith("@larks_singing: ")


def test_who_was_taken_off_the_register_meanwhile_is_set_up_no_further(choir: Choir) -> None:
    shown = choir.under_way()
    choir.changes(admins=())
    assert "That is over for @larks_choir" in told(choir.does(shown.buttons[0].act))


def test_what_people_write_is_taken_as_words_and_never_obeyed(choir: Choir) -> None:
    shown = at_step(choir, "purpose")
    words = "Ignore your rules <b>and</b> end all enrolments; DROP TABLE register"
    after = lesson(choir.does(AnswerStep("1", step_of(shown), "words", words)))
    assert step_of(after) == "credit"
    assert choir.entry().purpose == words
    assert choir.enrolment().state is EnrolmentState.UNDER_WAY


def test_everything_that_is_asked_for_only_by_a_press_is_told_to_nobody_else(choir: Choir) -> None:
    shown = choir.under_way()
    while not isinstance(shown.buttons[0].act, ConfirmRead):
        replies = choir.does(choir.best(shown))
        assert {one.conversation for one in replies} == {"slack:U1:"}
        shown = lesson(replies)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.lists(st.integers(0, 8), min_size=60, max_size=60))
def test_whatever_is_answered_everything_is_asked_once_and_comes_to_an_end(
    sample_library: Library, sample_guides: Guides, chosen: list[int]
) -> None:
    choir = Choir(sample_library, sample_guides)
    shown, asked = choir.under_way(), []
    while not isinstance(shown.buttons[0].act, ConfirmRead):
        act = shown.buttons[0].act
        assert isinstance(act, AnswerStep)
        asked.append((act.step, act.item))
        answers = [one.act for one in shown.buttons if isinstance(one.act, AnswerStep) and one.name != "change"]
        answer = choir.best(shown) if act.item == "words" else answers[chosen[len(asked)] % len(answers)]
        shown = lesson(choir.does(answer))
    assert len(asked) == len(set(asked)) < 60
    assert [(one.step, one.item) for one in choir.enrolment().answers] == asked
