"""How the register is shown: all of it to staff, and to members no more than the accounts and whose they are."""

from dataclasses import replace

import pytest

from adapters.chat.layout import is_for_all
from bot import wording_of_accounts
from bot import wording_of_register as wording
from bot.acts import Invite, PassOn, PutEntry, RemoveAdmin, ShowEntry, ShowRegister, ShowReviews
from bot.enrolments import Enrolment, EnrolmentState
from bot.people import NOBODY
from bot.register import AccountState, Change
from bot.replies import Listed, Told
from bot.telling import buttons_of
from bot.wording_of_desk import REFUSED
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists
from tests.bot.accounts.register_room import (
    CARO,
    DAW,
    FINCH,
    LARK,
    OFFICE,
    ROOK,
    WREN,
    WREN_ELSEWHERE,
    Registry,
    button,
    listing,
    told,
)


@pytest.fixture
def registry(sample_library: Library, sample_checklists: Checklists) -> Registry:
    return Registry(sample_library, sample_checklists)


def headings(shown: Listed) -> list[str]:
    return [entry.heading.partition(" ")[0] for entry in shown.entries]


def test_staff_see_every_account_with_who_runs_it_and_what_is_open(registry: Registry) -> None:
    registry.runs(WREN)
    registry.changes("2", state=AccountState.CLOSED)
    (shown,) = registry.does(ShowRegister())
    assert isinstance(shown, Listed)
    assert headings(shown) == ["@larks_choir", "@larks_late", "@larks_young"]
    choir, late, young = shown.entries
    assert choir.lines[0] == "Run by Wren Ashby"
    assert "never confirmed" in choir.lines[1]
    assert choir.lines[2:] == ("Open: only one admin",)
    assert late.lines[0] == "Nobody is known to run it"
    assert late.lines[1].startswith("Needs an admin; never confirmed")
    assert late.lines[2:] == ()
    assert young.lines[1].startswith("No longer used")
    assert [one.name for one in young.buttons] == ["show_entry"]
    assert [one.act for one in choir.buttons] == [ShowEntry("1"), Invite("1")]
    assert shown.remarks.startswith("Of 2 accounts in use, 2 have fewer than two admins who stay, and 2 were")


def test_an_account_that_nobody_runs_needs_an_admin_however_it_came_to_that(registry: Registry) -> None:
    registry.runs(WREN)
    registry.changes("2", state=AccountState.NEEDS_ADMIN)
    (shown,) = registry.does(ShowRegister())
    assert isinstance(shown, Listed)
    choir, late, young = (entry.lines[1].partition(";")[0] for entry in shown.entries)
    assert (choir, late, young) == ("In use", "Needs an admin", "Needs an admin")


def test_every_account_that_was_never_confirmed_counts_among_the_unconfirmed(registry: Registry) -> None:
    registry.changes("2", state=AccountState.NEEDS_ADMIN)
    (shown,) = registry.does(ShowRegister(only="unconfirmed"))
    assert isinstance(shown, Listed)
    assert len(shown.entries) == 3
    assert all("never confirmed" in entry.lines[1] for entry in shown.entries)
    assert shown.remarks.endswith("and 3 were not confirmed within the last year.")


def test_what_members_are_shown_of_the_register_is_for_whoever_asked_alone(registry: Registry) -> None:
    for act in (ShowRegister(), ShowEntry("1")):
        assert not any(is_for_all(reply) for reply in registry.does(act, LARK))


def test_the_list_of_staff_can_be_narrowed_and_added_to(registry: Registry) -> None:
    registry.runs(WREN, FINCH)
    registry.changes("3", confirmed=registry.now)
    acts = [one.act for one in registry.does(ShowRegister())[0].buttons]  # type: ignore[union-attr]
    assert acts == [
        PutEntry("larks"),
        ShowRegister("larks", "admins"),
        ShowRegister("larks", "unconfirmed"),
        ShowReviews("larks"),
    ]
    assert headings(listing(registry.does(ShowRegister(only="admins")))) == ["@larks_late", "@larks_young"]
    assert headings(listing(registry.does(ShowRegister(only="unconfirmed")))) == ["@larks_choir", "@larks_young"]
    registry.later(days=366)
    assert "@larks_late" in headings(listing(registry.does(ShowRegister(only="unconfirmed"))))


def test_who_is_invited_or_being_set_up_shows_on_the_list(registry: Registry) -> None:
    one = Enrolment("", "larks", "1", WREN, ROOK, EnrolmentState.INVITED, registry.now, registry.now, "slack:U1:")
    with registry.store.work() as work:
        work.enrolments.add(one)
        added = work.enrolments.add(replace(one, person=FINCH))
        assert added is not None
        work.enrolments.change(replace(added, version=2, state=EnrolmentState.ENDED))
    assert "Wren Ashby is invited, since 23 November 2026" in told(registry.does(ShowRegister()))
    shown = registry.does(ShowEntry("1"))
    assert "Wren Ashby is invited" in told(shown)
    assert "Finch" not in told(shown)
    assert button(shown, "end_enrolment").label == wording.END


def test_people_whom_the_office_hides_are_shown_by_their_accounts(
    sample_library: Library, sample_checklists: Checklists
) -> None:
    registry = Registry(sample_library, sample_checklists, replace(OFFICE, hide_names=("Wren Ashby",)))
    registry.runs(WREN)
    shown = told(registry.does(ShowEntry("1")))
    assert "Wren" not in shown
    assert "slack:U1" in shown


def test_members_see_the_accounts_in_use_and_whose_they_are_and_the_clause(registry: Registry) -> None:
    registry.runs(WREN)
    registry.changes("2", state=AccountState.CLOSED)
    cited, shown = registry.does(ShowRegister(), LARK)
    assert isinstance(cited, Told)
    assert [one.clause for one in cited.citations] == ["larks/accounts/tone"]
    assert isinstance(shown, Listed)
    assert [entry.heading for entry in shown.entries] == [
        "@larks_choir · Twitter · The choir",
        "@larks_late · Twitter · The Evening Larks",
    ]
    assert all(not entry.lines for entry in shown.entries)
    assert [one.act for one in buttons_of(shown)] == [PassOn("1"), PassOn("3")]
    assert "Wren" not in told([cited, shown], LARK)


def test_a_member_is_shown_one_account_without_purpose_or_people(registry: Registry) -> None:
    registry.changes("1", purpose="Our concerts", former=("@larks_old",))
    registry.runs(WREN)
    (shown,) = registry.does(ShowEntry("@LARKS_old"), LARK)
    assert isinstance(shown, Told)
    assert shown.text.startswith(
        "@larks_choir on Twitter is the account of the choir. @larks_choir was called @larks_old"
    )
    assert "concerts" not in shown.text
    assert "Wren" not in shown.text
    assert shown.citations
    (unlisted,) = registry.does(ShowEntry("evening"), LARK)
    assert isinstance(unlisted, Told)
    assert not unlisted.citations


def test_whoever_runs_an_account_sees_how_it_stands_and_what_they_can_do_on_any_of_their_platforms(
    registry: Registry,
) -> None:
    registry.changes("1", purpose="Our concerts")
    registry.runs(WREN, FINCH)
    registry.link(WREN, WREN_ELSEWHERE)
    (shown,) = registry.does(ShowEntry("1"), WREN_ELSEWHERE)
    assert "Purpose: Our concerts" in told([shown], WREN_ELSEWHERE)
    assert "Finch" not in told([shown], WREN_ELSEWHERE)
    assert [one.name for one in buttons_of(shown)] == ["confirm_entry", "leave_entry"]


def test_a_link_makes_nobody_staff(registry: Registry) -> None:
    registry.link(ROOK, WREN_ELSEWHERE)
    assert len(registry.does(ShowRegister(), WREN_ELSEWHERE)) == 2
    assert registry.does(ShowReviews("larks"), WREN_ELSEWHERE) == [Told(f"{WREN_ELSEWHERE.account}:1", REFUSED)]


def test_staff_see_one_account_with_its_history_and_all_that_can_be_done(registry: Registry) -> None:
    registry.runs(WREN)
    registry.changes("1", what=Change.CONFIRMED, by=WREN, confirmed=registry.now)
    shown = registry.does(ShowEntry("the choir"))
    text = told(shown)
    assert "23 Nov 10:00: put on the register\n" in text
    assert "23 Nov 10:00: confirmed by Wren Ashby" in text
    names = [one.name for one in buttons_of(shown[0])]
    assert names == ["change_entry", "invite", "add_admin", "close_entry", "remove_admin", "register"]
    assert button(shown, "remove_admin").act == RemoveAdmin("1", 3, WREN.account)


def test_an_account_that_nothing_names_is_not_there_and_of_several_one_is_asked_for(registry: Registry) -> None:
    assert told(registry.does(ShowEntry("@nobody"), LARK), LARK) == wording.NO_ENTRY
    registry.changes("2", group="The Evening Juniors")
    shown = listing(registry.does(ShowEntry("evening"), LARK))
    assert [one.act for one in buttons_of(shown)] == [ShowEntry("3"), ShowEntry("2")]


def test_what_is_another_societys_is_as_if_it_were_not_there(registry: Registry) -> None:
    assert told(registry.does(ShowEntry("4"), LARK), LARK) == wording.NO_ENTRY
    assert told(registry.does(ShowEntry("@oars_crew")), ROOK) == wording.NO_ENTRY
    assert "@oars_crew" not in told(registry.does(ShowRegister("oars"), LARK), LARK)
    assert "@oars_crew" in told(registry.does(ShowRegister("oars"), CARO), CARO)
    assert registry.does(ShowReviews("larks"), CARO) == [Told(f"{CARO.account}:1", REFUSED)]


def test_where_nothing_tells_whose_register_is_meant_it_is_asked(registry: Registry) -> None:
    shown = listing(registry.does(ShowRegister(), LARK, society=None))
    assert [one.act for one in buttons_of(shown)] == [ShowRegister("larks"), ShowRegister("oars")]
    assert listing(registry.does(ShowRegister(), DAW, society=None)).entries[0].heading.startswith("@larks_choir")


def test_without_a_checklist_the_register_is_shown_and_nothing_is_cited(registry: Registry) -> None:
    cited, shown = registry.does(ShowRegister("oars"), LARK, society=None)
    assert isinstance(cited, Told)
    assert not cited.citations
    assert isinstance(shown, Listed)
    assert headings(shown) == ["@oars_crew"]


def test_an_empty_register_says_who_can_tell(sample_library: Library) -> None:
    registry = Registry(sample_library, Checklists({}))
    for name in ("1", "2", "3"):
        registry.changes(name, state=AccountState.CLOSED)
    assert told(registry.does(ShowRegister(), LARK), LARK) == wording_of_accounts.none_listed(OFFICE)


@pytest.mark.parametrize("act", [ShowRegister(), ShowEntry("1"), ShowReviews(), PassOn("1", "Hello", confirmed=True)])
def test_who_is_not_known_is_told_so(registry: Registry, act: ShowRegister | ShowEntry | ShowReviews | PassOn) -> None:
    assert registry.does(act, NOBODY, where="slack:X:") == [Told("slack:X:", wording.NOT_KNOWN)]


@pytest.mark.parametrize("name", ["", "9" * 40, "１", "-1", "<b>", "1; drop", "@", "\x00"])
def test_hostile_names_of_accounts_are_only_names(registry: Registry, name: str) -> None:
    for who in (ROOK, LARK):
        assert registry.does(ShowEntry(name), who)
