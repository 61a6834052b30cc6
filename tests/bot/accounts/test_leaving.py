"""Whoever runs an account leaves it: what helps whoever comes next, who is told, and how it is taken back."""

from dataclasses import replace

import pytest

from bot import wording_of_leaving as wording
from bot.accounts.enrolling import is_open_still
from bot.acts import Invite, Leave, ShowEntry, ShowOnboarding, Stay
from bot.enrolments import Enrolment, EnrolmentState, StepAnswer
from bot.people import Person
from bot.register import AccountState, Admin, Change
from bot.replies import Mail, Told
from bot.telling import buttons_of
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists
from tests.bot.accounts.choir import ANN, DAY, Choir
from tests.bot.accounts.register_room import (
    CARO,
    FINCH,
    LARK,
    OFFICE,
    ROOK,
    WREN,
    WREN_ELSEWHERE,
    Registry,
    at_desk,
    changed,
    listing,
    told,
)


@pytest.fixture
def registry(sample_library: Library, sample_checklists: Checklists) -> Registry:
    registry = Registry(sample_library, sample_checklists)
    registry.runs(WREN)
    return registry


def test_who_leaves_is_told_what_helps_and_staff_that_the_account_needs_an_admin(registry: Registry) -> None:
    first, *others = registry.does(Leave("1"), WREN)
    assert isinstance(first, Told)
    assert first.text.startswith("Noted: you are leaving @larks_choir (The choir), and the choir office has been told.")
    assert all(line in first.text for line in wording.to_do(OFFICE))
    assert [one.act for one in first.buttons] == [Invite("1"), Stay("1")]
    (heard,) = at_desk(others)
    assert heard.text.endswith("and was told what to hand over. Nobody else is noted as staying: it needs an admin.")
    assert heard.buttons[0].act == ShowEntry("1")
    entry = registry.entry()
    assert entry.state is AccountState.NEEDS_ADMIN
    assert entry.admins[0].leaving == registry.now
    assert registry.history()[-1] == (Change.LEAVING, WREN.account, WREN.account, "")


def test_who_leaves_another_behind_leaves_an_account_in_use(registry: Registry) -> None:
    registry.runs(FINCH)
    assert "One other admin stays." in told(registry.does(Leave("1"), WREN), WREN)
    assert registry.entry().state is AccountState.ACTIVE
    assert registry.entry().staying[0].person == FINCH


def test_saying_it_again_lists_it_again_and_tells_nobody_anew(registry: Registry) -> None:
    registry.does(Leave("1"), WREN)
    version = registry.entry().version
    replies = registry.does(Leave("1"), WREN)
    assert len(replies) == 1
    assert told(replies, WREN).startswith("You said on 23 November 2026 that you are leaving @larks_choir.")
    assert registry.entry().version == version


def test_it_is_taken_back_and_staff_are_told_once(registry: Registry) -> None:
    registry.does(Leave("1"), WREN)
    replies = registry.does(Stay("1"), WREN)
    assert registry.entry().state is AccountState.ACTIVE
    assert registry.entry().admins[0].leaving is None
    assert at_desk(replies)[0].text == "Wren Ashby is staying with @larks_choir after all."
    again = registry.does(Stay("1"), WREN)
    assert told(again, WREN) == wording.staying_already("@larks_choir")
    assert at_desk(again) == []


def test_who_names_no_account_is_asked_first_and_nothing_is_noted(registry: Registry) -> None:
    before = registry.entry()
    (asked,) = registry.does(Leave(), WREN)
    assert isinstance(asked, Told)
    assert asked.text == wording.is_leaving("@larks_choir", "The choir")
    assert [one.act for one in asked.buttons] == [Leave("1"), Stay("1")]
    assert told(registry.does(Stay("1"), WREN), WREN) == wording.staying_already("@larks_choir")
    assert registry.entry() == before
    registry.does(Leave("1"), WREN)
    assert told(registry.does(Leave(), WREN), WREN).startswith("You said on 23 November 2026 that you are leaving")


def is_enrolled(registry: Registry, state: EnrolmentState, who: Person = WREN) -> str:
    one = Enrolment("", "larks", "1", who, ROOK, state, registry.now, registry.now, f"{who.account}:")
    with registry.store.work() as work:
        added = work.enrolments.add(replace(one, answers=(StepAnswer("media", "", "read", registry.now),)))
    assert added is not None
    return added.id


def stands(registry: Registry, enrolment: str) -> tuple[Enrolment, bool]:
    with registry.store.work() as work:
        found = work.enrolments.get(enrolment)
        assert found is not None
        return found, is_open_still(found, work)


def test_what_was_begun_rests_while_somebody_is_leaving_and_goes_on_where_they_stay(registry: Registry) -> None:
    registry.link(WREN, WREN_ELSEWHERE)
    begun = is_enrolled(registry, EnrolmentState.UNDER_WAY, WREN_ELSEWHERE)
    registry.does(Leave("1"), WREN)
    assert not stands(registry, begun)[1]
    registry.later(days=20)
    (stayed, *_) = registry.does(Stay("1"), WREN)
    assert [one.act for one in stayed.buttons] == [ShowOnboarding(begun)]  # type: ignore[union-attr]
    after, is_open = stands(registry, begun)
    assert is_open
    assert (after.active, after.answers[0].given) == (registry.now, "read")


def test_whoever_leaves_is_invited_no_longer_and_others_still_are(registry: Registry) -> None:
    theirs, anothers = (is_enrolled(registry, EnrolmentState.INVITED, who) for who in (WREN, FINCH))
    registry.does(Leave("1"), WREN)
    assert stands(registry, theirs)[0].state is EnrolmentState.DECLINED
    assert stands(registry, anothers)[1]


def test_of_several_accounts_it_is_asked_which(registry: Registry) -> None:
    registry.runs(WREN, name="2")
    shown = listing(registry.does(Leave(), WREN))
    assert shown.heading == wording.WHICH_TO_LEAVE
    assert [one.act for one in buttons_of(shown)] == [Leave("1"), Leave("2")]
    registry.does(Leave("young"), WREN)
    assert registry.entry("1").admins[0].leaving is None
    assert registry.entry("2").admins[0].leaving is not None


def test_a_linked_account_leaves_as_the_same_person(registry: Registry) -> None:
    registry.link(WREN, WREN_ELSEWHERE)
    replies = registry.does(Leave("1"), WREN_ELSEWHERE)
    assert registry.entry().admins[0] == Admin(WREN, registry.entry().admins[0].since, registry.now)
    assert at_desk(replies)


@pytest.mark.parametrize("act", [Leave(), Leave("1"), Leave("@larks_choir"), Leave("99"), Stay("1"), Stay("4")])
def test_whoever_runs_nothing_is_told_that_and_nothing_is_changed(registry: Registry, act: Leave | Stay) -> None:
    before = registry.entry()
    for who in (LARK, CARO):
        assert told(registry.does(act, who), who).startswith("You are not on the register as somebody who runs")
    assert registry.entry() == before


def test_of_an_account_that_others_run_nothing_is_told(registry: Registry) -> None:
    registry.runs(FINCH, name="2")
    assert told(registry.does(Leave("2"), WREN), WREN) == wording.not_yours(OFFICE)
    assert registry.entry("2").admins[0].leaving is None


def test_a_closed_account_is_not_left(registry: Registry) -> None:
    registry.changes("1", state=AccountState.CLOSED)
    assert told(registry.does(Leave("1"), WREN), WREN) == wording.not_yours(OFFICE)
    assert told(registry.does(Stay("1"), WREN), WREN) == wording.closed("@larks_choir")


def test_two_who_leave_at_once_both_leave(registry: Registry) -> None:
    registry.runs(FINCH)
    entry = registry.entry()
    leaving = tuple(replace(one, leaving=registry.now) if one.person == FINCH else one for one in entry.admins)
    replies = registry.overtaken(
        Leave("1"), WREN, lambda work: changed(work, "1", FINCH, Change.LEAVING, admins=leaving)
    )
    assert registry.entry().staying == ()
    assert registry.entry().state is AccountState.NEEDS_ADMIN
    assert "Nobody else is noted as staying" in told(replies, WREN)


def test_who_is_taken_off_at_the_same_moment_does_not_come_back(registry: Registry) -> None:
    replies = registry.overtaken(Leave("1"), WREN, lambda work: changed(work, "1", admins=()))
    assert told(replies, WREN) == wording.not_yours(OFFICE)
    assert registry.entry().admins == ()


def test_without_a_desk_staff_are_told_by_mail(sample_library: Library, sample_checklists: Checklists) -> None:
    office = replace(OFFICE, desk="", addresses={"": "office@larks.example"})
    registry = Registry(sample_library, sample_checklists, office)
    registry.runs(WREN)
    (mail,) = [one for one in registry.does(Leave("1"), WREN) if isinstance(one, Mail)]
    assert mail.subject == wording.SUBJECT
    assert "Somebody is leaving @larks_choir" in mail.text
    assert "Wren" not in mail.text


def test_who_was_noted_by_account_alone_is_known_by_name_once_they_act(registry: Registry) -> None:
    registry.runs(Person(FINCH.account), name="2")
    (heard,) = at_desk(registry.does(Leave("2"), FINCH))
    assert heard.text.startswith("Finch Vale is leaving @larks_young")
    assert "Finch Vale said to be leaving\n" in told(registry.does(ShowEntry("2"))) + "\n"


def test_whoever_is_leaving_is_not_reminded_of_what_they_began(sample_library: Library) -> None:
    choir = Choir(sample_library)
    entry = choir.account(admins=(ANN,))
    choir.invited(entry, state=EnrolmentState.UNDER_WAY)
    choir.changed(entry, admins=(Admin(ANN, choir.now, leaving=choir.now),))
    assert [choir.due(days * DAY) for days in (3, 4, 7, 4)] == [[], [], [], []]
