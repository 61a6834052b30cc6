"""What staff change on the register: once, with its history, and never over what somebody else did first."""

from collections.abc import Callable

import pytest

from bot import wording_of_register as wording
from bot.acts import Act, AddAdmin, CloseEntry, PutEntry, RemoveAdmin, ReopenEntry
from bot.people import Person
from bot.register import AccountState, Change
from bot.replies import TO_ADMIN, Told
from bot.wording_of_desk import REFUSED
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists
from tests.bot.accounts.register_room import (
    CARO,
    DAW,
    FINCH,
    LARK,
    ROOK,
    WREN,
    WREN_ELSEWHERE,
    Registry,
    alone,
    button,
    changed,
    listing,
    told,
)

NEW = PutEntry("larks", handle="@larks_junior", platform="Bluesky", group="The Junior Larks")
CHANGES: list[Callable[[str], Act]] = [
    lambda one: PutEntry("larks", one, handle="@larks_new"),
    lambda one: CloseEntry(one, 0),
    lambda one: ReopenEntry(one, 0),
    lambda one: AddAdmin(one, 0, WREN.account),
    lambda one: RemoveAdmin(one, 0, FINCH.account),
]


@pytest.fixture
def registry(sample_library: Library, sample_checklists: Checklists) -> Registry:
    return Registry(sample_library, sample_checklists)


@pytest.mark.parametrize("act", [*CHANGES, lambda _: NEW])
@pytest.mark.parametrize("who", [LARK, CARO, FINCH])
def test_only_staff_of_the_society_change_its_register(
    registry: Registry, act: Callable[[str], Act], who: Person
) -> None:
    registry.runs(FINCH)
    before = registry.entry()
    assert registry.does(act("1"), who) == [Told(f"{who.account}:1", REFUSED)]
    assert registry.does(act("99"), LARK) == [Told(f"{LARK.account}:1", REFUSED)]
    assert registry.entry() == before


@pytest.mark.parametrize("act", CHANGES)
def test_an_account_that_is_not_there_is_told_to_staff(registry: Registry, act: Callable[[str], Act]) -> None:
    for name in ("99", "@nobody", "@oars_crew", "4"):
        assert told(registry.does(act(name))) == wording.NO_ENTRY


def test_an_account_is_put_on_the_register_and_shown(registry: Registry) -> None:
    replies = registry.does(NEW)
    entry = registry.entry("5")
    assert (entry.handle, entry.platform, entry.group) == ("@larks_junior", "Bluesky", "The Junior Larks")
    assert entry.review is not None
    assert entry.review.isoformat() == "2027-11-23"
    assert registry.history("5") == [(Change.ADDED, ROOK.account, "", "")]
    assert told(replies).startswith("@larks_junior is on the register now.")
    again = registry.does(NEW)
    assert told(again).startswith("@larks_junior is on the register already")
    assert listing(again).heading.startswith("@larks_junior")


def test_what_is_missing_of_a_new_account_is_asked_for_and_what_was_said_is_kept(registry: Registry) -> None:
    (asked,) = registry.does(PutEntry("", handle="@larks_junior"))
    assert isinstance(asked, Told)
    assert asked.text == "@larks_junior is not on the register yet. To put it there I need the platform and the group."
    assert asked.buttons[0].act == PutEntry("", handle="@larks_junior")


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (PutEntry("larks", handle="two words", platform="X", group="A"), wording.NO_HANDLE),
        (PutEntry("larks", handle="@" + "a" * 60, platform="X", group="A"), "61 characters"),
        (PutEntry("larks", handle="@", platform="X", group="A"), wording.NO_HANDLE),
        (PutEntry("larks", handle="=1+1", platform="X", group="A"), wording.NO_HANDLE),
        (PutEntry("larks", handle="@ok", platform="X", group="Dr Ann Lark's circle"), wording.identifies("group")),
        (PutEntry("larks", handle="@ok", platform="X", group="A" * 121), "121 characters"),
        (PutEntry("larks", "1", purpose="Write to us at wren@larks.example"), wording.identifies("purpose")),
        (PutEntry("larks", "1", purpose="Ask Wren Ashby"), wording.identifies("purpose")),
        (PutEntry("larks", "1", audience="x" * 501), "501 characters"),
    ],
)
def test_what_cannot_stand_there_is_refused_with_what_was_typed(registry: Registry, act: PutEntry, why: str) -> None:
    registry.runs(WREN)
    before = registry.entry()
    (refused,) = registry.does(act)
    assert isinstance(refused, Told)
    assert why in refused.text
    assert refused.words
    assert refused.buttons[0].act == act
    assert registry.entry() == before


def test_texts_are_kept_on_one_line_without_marks_that_cannot_be_seen(registry: Registry) -> None:
    registry.does(PutEntry("larks", "1", purpose=" Our\n\nconcerts,\u200b and <b>more</b>\t"))
    assert registry.entry().purpose == "Our concerts, and <b>more</b>"


def test_a_change_names_in_the_history_what_became_what_and_leaves_the_rest(registry: Registry) -> None:
    registry.does(PutEntry("larks", "1", 1, group="The whole choir", purpose="Our concerts"))
    entry = registry.entry()
    assert (entry.handle, entry.platform, entry.group) == ("@larks_choir", "Twitter", "The whole choir")
    what, who, _, text = registry.history()[-1]
    assert (what, who) == (Change.CHANGED, ROOK.account)
    assert text == "group: “The choir” became “The whole choir”; purpose: “Our concerts”"


def test_a_renamed_account_keeps_its_former_handle_and_those_who_run_it_are_told(registry: Registry) -> None:
    registry.runs(WREN, FINCH)
    replies = registry.does(PutEntry("larks", "1", 2, handle="@larks_all"))
    assert registry.entry().former == ("@larks_choir",)
    (heard,) = alone(replies, WREN)
    assert heard.about == TO_ADMIN
    assert heard.text.startswith("@larks_choir, which you run, is called @larks_all")
    assert alone(replies, FINCH)
    registry.does(PutEntry("larks", "1", handle="@larks_choir"))
    assert registry.entry().former == ("@larks_all",)
    registry.does(PutEntry("larks", "@Larks_ALL", handle="@Larks_Choir"))  # its capitals alone
    assert (registry.entry().handle, registry.entry().former) == ("@Larks_Choir", ("@larks_all",))


def test_a_handle_that_another_account_has_is_refused_and_one_that_it_had_is_not(registry: Registry) -> None:
    (refused,) = registry.does(PutEntry("larks", "1", handle="@LARKS_young"))
    assert isinstance(refused, Told)
    assert refused.text == wording.taken("@LARKS_young", "The Young Larks")
    registry.changes("2", handle="@larks_teens", former=("@larks_young",))
    registry.does(PutEntry("larks", "1", handle="@larks_young"))
    assert registry.entry().handle == "@larks_young"


def test_a_change_that_changes_nothing_is_told_and_not_kept(registry: Registry) -> None:
    assert told(registry.does(PutEntry("larks", "1", 1, group="The choir"))).startswith(wording.NOTHING_NEW)
    assert told(registry.does(PutEntry("", "@larks_choir"))).startswith("This is how @larks_choir stands.")
    assert registry.entry().version == 1


def test_an_account_is_closed_and_opened_again_once(registry: Registry) -> None:
    registry.runs(WREN)
    replies = registry.does(CloseEntry("1", 2))
    assert registry.entry().state is AccountState.CLOSED
    assert "no longer used" in alone(replies, WREN)[0].text
    assert told(registry.does(CloseEntry("1", 2))).startswith("@larks_choir is noted as no longer used already.")
    assert told(registry.does(AddAdmin("1", 0, FINCH.account))).startswith("@larks_choir is noted as no longer")
    registry.does(ReopenEntry("1", 3))
    assert registry.entry().state is AccountState.ACTIVE
    assert told(registry.does(ReopenEntry("1", 3))).startswith("@larks_choir is noted as in use already.")
    assert [line[0] for line in registry.history()][2:] == [Change.CLOSED, Change.REOPENED]


def test_who_is_noted_as_an_admin_is_told_and_an_account_that_needed_one_is_in_use(registry: Registry) -> None:
    registry.changes("1", state=AccountState.NEEDS_ADMIN)
    replies = registry.does(AddAdmin("1", 2, WREN.account))
    entry = registry.entry()
    assert entry.state is AccountState.ACTIVE
    assert [one.person.account for one in entry.admins] == [WREN.account]
    assert alone(replies, WREN)[0].about == TO_ADMIN
    assert registry.history()[-1] == (Change.ADMIN_ADDED, ROOK.account, WREN.account, "")
    assert told(registry.does(AddAdmin("1", 2, WREN.account))).startswith("slack:U1 is noted as running")
    registry.link(WREN, WREN_ELSEWHERE)
    assert "@larks_choir already" in told(registry.does(AddAdmin("1", 0, WREN_ELSEWHERE.account)))
    assert len(registry.entry().admins) == 1


@pytest.mark.parametrize(
    "account", ["", "Wren Ashby", "slack:wren", "slack:U1 slack:U2", "=cmd", "email:wren@larks.example", "foo:bar"]
)
def test_nobody_is_noted_by_name_or_by_what_is_no_account(registry: Registry, account: str) -> None:
    (refused,) = registry.does(AddAdmin("1", 1, account))
    assert isinstance(refused, Told)
    assert refused.buttons[0].act == AddAdmin("1", 1)
    assert registry.entry().admins == ()


def test_who_is_taken_off_is_told_and_without_anybody_left_it_needs_an_admin(registry: Registry) -> None:
    registry.runs(WREN, FINCH)
    replies = registry.does(RemoveAdmin("1", 2, FINCH.account))
    assert registry.entry().state is AccountState.ACTIVE
    assert "off the register" in alone(replies, FINCH)[0].text
    replies = registry.does(RemoveAdmin("1", 3, WREN.account))
    assert registry.entry().state is AccountState.NEEDS_ADMIN
    assert "marked as needing an admin" in told(replies)
    assert told(registry.does(RemoveAdmin("1", 3, WREN.account))).startswith("They are not noted as running")
    assert registry.history()[-1] == (Change.ADMIN_REMOVED, ROOK.account, WREN.account, "")


def test_who_changes_second_is_told_who_was_first_and_how_it_stands(registry: Registry) -> None:
    seen = registry.entry().version
    registry.does(PutEntry("larks", "1", seen, group="All who sing"), DAW)
    replies = registry.does(PutEntry("larks", "1", seen, group="Everybody"))
    assert told(replies).startswith("Daw Hill changed @larks_choir first, at 10:01. Nothing of yours was done")
    assert registry.entry().group == "All who sing"
    shown = button(replies, "change_entry").act
    assert isinstance(shown, PutEntry)
    assert (shown.version, shown.group) == (2, "All who sing")


def test_what_somebody_did_themselves_since_hinders_nothing(registry: Registry) -> None:
    registry.does(AddAdmin("1", 1, WREN.account))
    registry.does(AddAdmin("1", 1, FINCH.account))
    assert len(registry.entry().admins) == 2


@pytest.mark.parametrize(
    "act", [PutEntry("larks", "1", 1, group="Everybody"), CloseEntry("1", 1), AddAdmin("1", 1, WREN.account)]
)
def test_a_change_at_the_same_moment_is_not_lost(registry: Registry, act: Act) -> None:
    replies = registry.overtaken(act, ROOK, lambda work: changed(work, "1", group="All who sing"))
    assert told(replies).startswith("Daw Hill changed @larks_choir first")
    entry = registry.entry()
    assert (entry.group, entry.version, entry.state, entry.admins) == ("All who sing", 2, AccountState.ACTIVE, ())


def test_a_handle_that_is_taken_at_the_same_moment_is_not_had_twice(registry: Registry) -> None:
    replies = registry.overtaken(
        PutEntry("larks", "1", 1, handle="@larks_new"), ROOK, lambda work: changed(work, "2", handle="@larks_new")
    )
    assert told(replies).startswith(wording.TRY_AGAIN)
    assert registry.entry().handle == "@larks_choir"
