"""Clauses that change after somebody confirmed them: what they are asked, when, and what is noted."""

from dataclasses import replace

import pytest

from bot import wording_of_onboarding
from bot import wording_of_rechecking as wording
from bot.accounts.rechecking import Rechecking
from bot.acts import ConfirmChange, ShowOnboarding
from bot.people import Person
from bot.register import Admin
from bot.replies import TO_ADMIN, Lesson, Reply, Told
from bot.telling import in_plain_text
from knowledge.clauses import Clause, Force
from knowledge.flows.matching import Guides
from knowledge.library import Library
from tests.bot.accounts.onboarding_room import CARO, FINCH, WREN, Choir, labels, lesson, listing, told

TONE, NEW = "larks/accounts/tone", "Keep every post on a choir account kind."


@pytest.fixture
def choir(sample_library: Library, sample_guides: Guides) -> Choir:
    made = Choir(sample_library, sample_guides)
    made.set_up()
    return made


def in_force(choir: Choir, *without: str, **changed: Clause) -> None:
    """From now on the policy has these clauses in place of those of the same id, and lacks others."""
    index, new = choir.library.index, {one.id: one for one in changed.values()}
    larks, *others = index.policies
    clauses = tuple(new.get(one.id, one) for one in larks.clauses if one.id not in without)
    third = replace(larks, clauses=clauses, edition="third edition")
    choir.library = Library(replace(index, policies=(third, *others)), None)


def tone(choir: Choir, **changes: object) -> Clause:
    return replace(choir.library.index.clauses[TONE], **changes)  # type: ignore[arg-type]


def due(choir: Choir) -> list[Reply]:
    """What is said now of changes."""
    with choir.store.work() as work:
        return Rechecking(choir.library, choir.checklists, choir.offices, work).due()


def is_due(choir: Choir) -> bool:
    with choir.store.work() as work:
        return Rechecking(choir.library, choir.checklists, choir.offices, work).is_due()


def answer(shown: Lesson, words: str) -> ConfirmChange:
    """The act that chooses the wording with these words."""
    lines = [line for line in shown.told.remarks.splitlines() if line[:3] in ("1. ", "2. ")]
    act = shown.buttons[next(place for place, line in enumerate(lines) if words in line)].act
    assert isinstance(act, ConfirmChange)
    return act


def test_nothing_is_said_while_nothing_changes(choir: Choir) -> None:
    assert not is_due(choir)
    assert due(choir) == []


def test_another_edition_with_the_same_words_asks_nobody_anything(choir: Choir) -> None:
    in_force(choir)
    assert due(choir) == []


def test_who_confirmed_a_clause_is_asked_about_its_new_words_and_about_no_other(choir: Choir) -> None:
    in_force(choir, tone=tone(choir, text=NEW))
    assert is_due(choir)
    (shown,) = due(choir)
    assert isinstance(shown, Lesson)
    assert (shown.conversation, shown.about) == ("slack:U1:", TO_ADMIN)
    assert [(one.clause, one.quote, one.edition) for one in shown.told.citations] == [(TONE, NEW, "third edition")]
    assert "It read before: “Keep every post on a choir account friendly.”" in shown.told.remarks
    assert wording.WHICH_STANDS in shown.told.remarks
    assert labels(shown) == ["The first", "The second"]


def test_a_change_is_said_once(choir: Choir) -> None:
    in_force(choir, tone=tone(choir, text=NEW))
    assert len(due(choir)) == 1
    assert not is_due(choir)
    assert due(choir) == []
    in_force(choir, tone=tone(choir, text="Keep every post on a choir account kind and short."))
    assert len(due(choir)) == 1


def test_nothing_is_said_while_the_office_is_closed(choir: Choir) -> None:
    in_force(choir, tone=tone(choir, text=NEW))
    choir.later(hours=12)
    assert not is_due(choir)
    assert due(choir) == []
    choir.later(hours=12)
    assert len(due(choir)) == 1


def test_the_right_answer_confirms_that_clause_alone(choir: Choir) -> None:
    before = choir.enrolment().read
    in_force(choir, tone=tone(choir, text=NEW))
    (shown,) = due(choir)
    assert isinstance(shown, Lesson)
    done = lesson(choir.does(answer(shown, NEW)))
    assert done.before.opening == wording.RIGHT_WORDING
    assert done.buttons == ()
    after = choir.enrolment().read
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [(new.clause, new.text, new.edition, new.at) for _, new in changed] == [
        (TONE, NEW, "third edition", choir.now)
    ]


def test_a_wrong_answer_shows_the_clause_again_and_asks_once_more(choir: Choir) -> None:
    in_force(choir, tone=tone(choir, text=NEW))
    (shown,) = due(choir)
    assert isinstance(shown, Lesson)
    again = lesson(choir.does(answer(shown, "friendly")))
    assert again.before.opening == wording.WRONG_WORDING
    assert (again.told, again.buttons) == (shown.told, shown.buttons)
    assert [one.text for one in choir.enrolment().read if one.clause == TONE] == [
        "Keep every post on a choir account friendly."
    ]
    assert lesson(choir.does(answer(again, NEW))).before.opening == wording.RIGHT_WORDING


def test_an_answer_to_words_that_have_changed_again_confirms_nothing(choir: Choir) -> None:
    in_force(choir, tone=tone(choir, text=NEW))
    (shown,) = due(choir)
    assert isinstance(shown, Lesson)
    in_force(choir, tone=tone(choir, text="Be brief."))
    again = lesson(choir.does(answer(shown, NEW)))
    assert again.before.opening == wording.CHANGED_AGAIN
    assert "Be brief." in again.told.remarks


def test_a_second_press_on_the_right_answer_is_harmless(choir: Choir) -> None:
    in_force(choir, tone=tone(choir, text=NEW))
    (shown,) = due(choir)
    assert isinstance(shown, Lesson)
    choir.does(answer(shown, NEW))
    read = choir.enrolment().read
    again = lesson(choir.does(answer(shown, NEW)))
    assert again.before.opening == wording.CONFIRMED_ALREADY
    assert choir.enrolment().read == read


def test_where_only_the_strength_has_changed_it_is_asked_for(choir: Choir) -> None:
    in_force(choir, tone=tone(choir, force=Force.SHOULD))
    (shown,) = due(choir)
    assert isinstance(shown, Lesson)
    assert wording.HOW_STRONG in shown.told.remarks
    assert lesson(choir.does(answer(shown, "It is put as “must”."))).before.opening == wording.WRONG_WORDING
    right = lesson(choir.does(answer(shown, "It is put as “should”, not as “must”.")))
    assert right.before.opening == wording.RIGHT_WORDING
    assert [one.force for one in choir.enrolment().read if one.clause == TONE] == ["should"]


def test_several_changes_come_in_one_message_and_are_asked_one_after_the_other(choir: Choir) -> None:
    recording = choir.library.index.clauses["larks/rehearsals/recording"]
    in_force(choir, tone=tone(choir, text=NEW), recording=replace(recording, text="Record nothing at all."))
    (shown,) = due(choir)
    assert isinstance(shown, Lesson)
    assert "One more has changed" in shown.told.remarks
    following = lesson(choir.does(answer(shown, NEW)))
    assert [one.clause for one in following.told.citations] == ["larks/rehearsals/recording"]
    assert following.before.opening == wording.RIGHT_WORDING
    assert lesson(choir.does(answer(following, "Record nothing"))).progress == "Done"


def test_a_clause_that_is_gone_is_told_and_nothing_has_to_be_confirmed(choir: Choir) -> None:
    in_force(choir, TONE)
    (said,) = due(choir)
    assert isinstance(said, Told)
    assert "no longer in the policy: larks/accounts/tone. There is nothing to confirm." in said.text
    assert due(choir) == []
    assert in_plain_text(listing(choir.does(ShowOnboarding()))).startswith("Onboarding for @larks_choir: you")


def test_a_question_that_was_not_answered_waits_where_one_looks_for_it(choir: Choir) -> None:
    in_force(choir, tone=tone(choir, text=NEW))
    due(choir)
    assert wording.WHICH_STANDS in lesson(choir.does(ShowOnboarding())).told.remarks
    choir.under_way(name="2")
    listed = choir.does(ShowOnboarding())[0]
    assert "One clause has changed since you confirmed it." in in_plain_text(listed)


def test_who_no_longer_runs_the_account_is_asked_nothing(choir: Choir) -> None:
    in_force(choir, tone=tone(choir, text=NEW))
    choir.changes(admins=())
    assert due(choir) == []


def test_a_further_change_is_asked_about_where_they_answered_the_last_one(choir: Choir) -> None:
    elsewhere = Person("teams:0123", "Wren Ashby")
    choir.link(WREN, elsewhere)
    in_force(choir, tone=tone(choir, text=NEW))
    (shown,) = due(choir)
    assert isinstance(shown, Lesson)
    choir.does(answer(shown, NEW), elsewhere)
    in_force(choir, tone=tone(choir, text="Be brief."))
    assert [one.conversation for one in due(choir)] == ["teams:0123:"]


def test_an_admin_noted_under_a_linked_account_is_still_asked(choir: Choir) -> None:
    elsewhere = Person("teams:0123", "Wren Ashby")
    choir.link(WREN, elsewhere)
    choir.changes(admins=(Admin(elsewhere, choir.now),))
    in_force(choir, tone=tone(choir, text=NEW))
    assert len(due(choir)) == 1


def test_a_first_official_text_beside_the_same_clause_is_no_change(choir: Choir) -> None:
    enrolment = choir.enrolment()
    in_force(choir, tone=tone(choir, text=NEW))
    restated = tuple(replace(one, text=NEW) if one.clause == TONE else one for one in enrolment.read)
    with choir.store.work() as work:
        assert work.enrolments.change(replace(enrolment, read=restated, version=enrolment.version + 1))
    assert due(choir) == []


@pytest.mark.parametrize("who", [FINCH, CARO])
def test_nobody_confirms_for_somebody_else(choir: Choir, who: Person) -> None:
    in_force(choir, tone=tone(choir, text=NEW))
    (shown,) = due(choir)
    assert isinstance(shown, Lesson)
    before = choir.enrolment()
    assert told(choir.does(answer(shown, NEW), who), f"{who.account}:") == wording_of_onboarding.NO_SUCH
    assert choir.enrolment() == before


def test_a_change_that_was_taken_back_is_said_again_when_it_comes_again(choir: Choir) -> None:
    before = choir.library
    in_force(choir, tone=tone(choir, text=NEW))
    after = choir.library
    said = []
    for library in (after, before, after, after, before, after):
        choir.library = library
        said.append(len(due(choir)))
        assert not is_due(choir)

    assert said == [1, 0, 1, 0, 0, 1]


def test_who_confirmed_a_change_is_asked_when_the_words_are_those_of_before_and_again_when_they_are_not(
    choir: Choir,
) -> None:
    before, old = choir.library, tone(choir).text
    in_force(choir, tone=tone(choir, text=NEW))
    after = choir.library
    for library, words in ((after, NEW), (before, old), (after, NEW), (before, old)):
        choir.library = library
        (asked,) = due(choir)
        assert isinstance(asked, Lesson)
        choir.does(answer(asked, words))
        assert due(choir) == []


def test_a_clause_that_is_gone_a_second_time_is_told_of_again(choir: Choir) -> None:
    before = choir.library
    in_force(choir, TONE)
    after, said = choir.library, []
    for library in (after, before, after, after):
        choir.library = library
        said.append(len(due(choir)))

    assert said == [1, 0, 1, 0]
