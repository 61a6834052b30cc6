"""The staff list: who may act at a desk, who adds whom, and that nobody is left out by mistake."""

from dataclasses import replace

import pytest

from adapters.storage.memory import MemoryStaff, MemoryStore
from bot import wording_of_desk as wording
from bot.acts import AddStaff, Claim, RemoveStaff, ShowQueue, ShowStaff
from bot.messages import Message
from bot.people import NOBODY, Person, StaffMember
from bot.staffing import Staffing, member_at
from bot.telling import in_plain_text
from knowledge.library import Library
from tests.bot.desk_room import ALEX, ANN, BETH, CARO, STRANGER, Room, listing, told


@pytest.fixture
def room(sample_library: Library) -> Room:
    return Room(sample_library)


def accounts(room: Room, society: str = "larks") -> list[str]:
    with room.store.work() as work:
        return [member.person.account for member in work.staff.of(society)]


def test_staff_see_who_is_on_the_list_of_their_own_society(room: Room) -> None:
    shown = listing(room.does(ShowStaff()))
    assert shown.heading == "Who may act at the desk of the choir office"
    assert [entry.heading for entry in shown.entries] == [
        "Alex (Choir Secretary) · chat:alex",
        "Beth (Treasurer) · chat:beth",
    ]


@pytest.mark.parametrize("who", [STRANGER, CARO, NOBODY])
def test_others_neither_see_nor_change_it(room: Room, who: Person) -> None:
    for act in (ShowStaff("larks"), AddStaff("larks", who.account or "x:y"), RemoveStaff("larks", ALEX.account)):
        assert [in_plain_text(one) for one in room.does(act, who)] == [wording.REFUSED]
    assert accounts(room) == [ALEX.account, BETH.account]


def test_staff_add_somebody_who_can_act_from_then_on(room: Room) -> None:
    replies = room.does(AddStaff("", f" {STRANGER.account} ", " Eve\nWren ", "Cellist"))
    assert told(replies) == "Eve Wren (Cellist) may act at the desk of the choir office now."
    asked = room.sends(ANN)
    room.does(Claim(asked, 0), STRANGER)
    assert room.ticket(asked).holder == STRANGER


def test_adding_somebody_again_changes_the_title_and_keeps_what_is_not_said(room: Room) -> None:
    replies = room.does(AddStaff("larks", BETH.account, title="Chair"))
    assert told(replies) == "Noted for the choir office: Beth (Chair)."
    assert "Beth (Chair) · chat:beth" in in_plain_text(listing(replies))
    room.does(AddStaff("larks", BETH.account))
    assert "Beth (Chair) · chat:beth" in in_plain_text(listing(room.does(ShowStaff())))


@pytest.mark.parametrize(
    "account", ["", "eve", "chat:", ":eve", "chat:e ve", "CHAT:eve", "chat:\u202eeve", "c:" + "x" * 201]
)
def test_what_is_no_account_is_not_added(room: Room, account: str) -> None:
    assert told(room.does(AddStaff("larks", account))) == wording.NOT_AN_ACCOUNT
    assert len(accounts(room)) == 2


OBJECT_ID = "01234567-89ab-cdef-0123-456789abcdef"


@pytest.mark.parametrize(
    "account",
    [
        *["slack:@jane", "slack:u0123", "slack:C0123", "slack:U", "slack:U0123:x"],
        *[
            "teams:jane",
            f"teams:{OBJECT_ID.upper()}",
            f"teams:{OBJECT_ID}:x",
            "teams:29%3A1abc",
            "teams:19%3Aa%40thread.v2",
        ],
    ],
)
def test_what_is_no_id_of_its_platform_is_not_added(room: Room, account: str) -> None:
    assert told(room.does(AddStaff("larks", account))) == wording.NOBODY_THERE[account.partition(":")[0]]
    assert len(accounts(room)) == 2


@pytest.mark.parametrize("account", ["slack:U0123", "slack:W0ABC9", "slackish:jane", f"teams:{OBJECT_ID}"])
def test_an_id_of_its_platform_and_any_account_elsewhere_is_added(room: Room, account: str) -> None:
    room.does(AddStaff("larks", account))
    assert account in accounts(room)


def test_what_was_added_by_mistake_before_can_be_taken_off(room: Room) -> None:
    with room.store.work() as work:
        work.staff.add(StaffMember(Person("slack:@jane", ""), "larks"))
    room.does(RemoveStaff("larks", "slack:@jane"))
    assert accounts(room) == [ALEX.account, BETH.account]


def test_somebody_taken_off_can_act_no_longer_and_what_they_hold_is_named(room: Room) -> None:
    held = [room.sends(), room.sends()]
    for asked in held:
        room.does(Claim(asked, 0), BETH)
    assert told(room.does(RemoveStaff("larks", BETH.account))) == (
        "Beth (Treasurer) is off the list. Q1 and Q2 were with them: hand these over."
    )
    assert told(room.does(Claim(room.sends(), 0), BETH), BETH) == wording.REFUSED


def test_the_last_one_cannot_be_taken_off_from_the_desk(room: Room) -> None:
    room.does(RemoveStaff("larks", BETH.account))
    assert told(room.does(RemoveStaff("larks", ALEX.account))) == wording.NOT_ALONE
    assert accounts(room) == [ALEX.account]


def test_who_is_taken_off_at_the_same_moment_takes_nobody_off(room: Room) -> None:
    class TakenOffJustBefore(MemoryStaff):
        def held(self, society: str) -> tuple[StaffMember, ...]:
            self.remove(society, ALEX.account)
            return super().held(society)

    with room.store.work() as work:
        work.staff.add(StaffMember(STRANGER, "larks"))
        work.staff = TakenOffJustBefore(work._kept)
        message = Message("chat:alex:1", "", person=ALEX, act=RemoveStaff("larks", BETH.account))
        assert told(Staffing(room.offices, work).act(message)) == wording.REFUSED
    assert accounts(room) == [BETH.account, STRANGER.account]


def test_who_is_not_on_the_list_cannot_be_taken_off(room: Room) -> None:
    assert told(room.does(RemoveStaff("larks", CARO.account))) == f"{CARO.account} is not on the list of this desk."
    assert accounts(room, "oars") == [CARO.account]


def test_somebody_added_without_a_name_is_shown_by_their_account(room: Room) -> None:
    replies = room.does(AddStaff("larks", STRANGER.account))
    assert told(replies) == f"{STRANGER.account} may act at the desk of the choir office now."
    assert listing(replies).entries[2].heading == STRANGER.account


def test_who_is_at_two_desks_is_asked_which(room: Room) -> None:
    with room.store.work() as work:
        work.staff.add(StaffMember(ALEX, "oars", "Cox"))
    for act in (ShowStaff(), ShowQueue(words="tape")):
        choice = listing(room.does(act))
        assert [entry.heading for entry in choice.entries] == ["the choir office", "the boathouse"]
        assert choice.entries[1].buttons[0].act == replace(act, society="oars")
        assert "boathouse" in listing(room.does(choice.entries[1].buttons[0].act)).heading


def test_nobody_without_an_account_is_staff_even_if_such_a_one_is_listed(room: Room) -> None:
    with MemoryStore().work() as work:
        work.staff.add(StaffMember(NOBODY, "larks"))
        assert member_at("larks", Message("a:b:c", ""), work) is None


def test_an_act_on_a_query_is_none_on_the_list(room: Room) -> None:
    with room.store.work() as work, pytest.raises(TypeError):
        Staffing(room.offices, work).act(Message("a:b:c", "", person=ALEX, act=Claim("1", 1)))
