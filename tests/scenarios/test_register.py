"""The register over time: an account that is renamed, left and confirmed, two admins at once, and one who is gone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from adapters.duties import duties_of
from bot.acts import AcceptInvitation, AddAdmin, AnswerStep, ConfirmEntry, Invite, Leave, PutEntry
from bot.hours import Hours
from bot.office import Office
from bot.people import NOBODY, Person
from bot.register import AccountState, Admin, Change, RegisterEntry, RegisterMove
from knowledge.flows.matching import Guides
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists
from tests.adapters.chat.running import Setting, on_a_loop
from tests.adapters.slack.room import SlackRoom, opened
from tests.scenarios.at_terminals import Bot, Clock, at_once

MONDAY = datetime(2026, 11, 23, 10, 4, tzinfo=UTC)
DESK = "slack:CDESK:"
ALWAYS = Hours(days=dict.fromkeys(range(7), (time(0), time(23, 59, 59, 999999))))
READS = AnswerStep("1", "media", "", "I have read this")


@pytest.fixture
def clock() -> Clock:
    return Clock(MONDAY)


@pytest.fixture
def setting(sample_library: Library, sample_guides: Guides, sample_checklists: Checklists) -> Setting:
    staff = {"robin": "Choir Secretary", "alex": "Treasurer"}
    office = Office("larks", "the choir office", DESK)
    return Setting(sample_library, sample_guides, "larks", office, staff, checklists=sample_checklists)


@pytest.fixture
def larks(
    setting: Setting, clock: Clock, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bot]:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    made = Bot(setting, sqlite_url, clock)
    yield made
    made.close()


@pytest.fixture
def both(
    setting: Setting, clock: Clock, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Bot, Bot]]:
    """Two processes' worth of the bot on one database, of either kind."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    one, other = Bot(setting, database_url, clock), Bot(setting, database_url, clock)
    yield one, other
    one.close()
    other.close()


def entry(bot: Bot) -> RegisterEntry:
    with bot.store.reading() as work:
        found = work.register.of_handle("larks", "@larks_choir")
    assert found is not None
    return found


def history(bot: Bot) -> list[Change]:
    held = entry(bot)
    with bot.store.reading() as work:
        return [move.what for move in work.register.history(held.id)]


def run_by(bot: Bot, *names: str) -> RegisterEntry:
    """The account, once staff have noted that these people run it."""
    for name in names:
        bot.does("robin", AddAdmin("@larks_choir", 0, f"console:{name}"))
    return entry(bot)


def test_an_account_that_is_renamed_goes_on_under_its_new_name_and_is_found_by_the_old_one(
    larks: Bot, clock: Clock
) -> None:
    larks.does("robin", Invite("@larks_choir", "console:ann"))
    larks.does("ann", AcceptInvitation("1"), READS)
    with larks.chat("robin") as robin:
        robin.types("desk", "change account @larks_choir", "@larks_of_hull", "", "", "", "")
        assert "Called before: @larks_choir" in robin.types("account @larks_choir")

    with larks.chat("ann") as ann:
        assert "@larks_choir, which you run, is called @larks_of_hull on the register now." in ann.sees
        assert "@larks_of_hull: The tone of a post · Step 2 of 6" in ann.types("resume my onboarding")
    with larks.chat("cyd") as cyd:
        told = cyd.types("Who runs @larks_choir?")
        assert "@larks_of_hull was called @larks_choir before." in told
        assert "I do not give out who" in told
        assert "ann" not in told.casefold().split()
        assert "It is called @larks_of_hull now." in cyd.types("I've just taken over @larks_choir")


def test_what_was_renamed_is_confirmed_a_year_later_under_its_new_name(larks: Bot, clock: Clock) -> None:
    held = run_by(larks, "ann")
    larks.does("robin", PutEntry("larks", held.id, held.version, "@larks_of_hull"))
    clock.later(days=2)
    assert larks.duty("nudge") == 1
    with larks.chat("ann") as ann:
        assert "Once a year I ask those who run @larks_of_hull" in ann.sees
        assert "I ask again after 25 November 2027." in ann.presses("All as it was, and two of us have access")

    clock.later(days=364)
    assert larks.duty("nudge") == 0
    clock.later(days=1)
    assert larks.duty("nudge") == 1
    with larks.chat("ann") as ann:
        ann.presses("It is no longer used")
        assert "The choir office has been asked whether to note @larks_of_hull as no longer used." in ann.sees
    assert "says that it is no longer used. Should it be closed on the register?" in larks.told(DESK)[-1]


def test_of_two_admins_who_confirm_at_once_one_is_first_and_the_other_is_told(both: tuple[Bot, Bot]) -> None:
    one, other = both
    held = run_by(one, "ann", "ben")
    as_it_was = ConfirmEntry(held.id, held.version, access="two")

    told = at_once((one, "ann", as_it_was), (other, "ben", as_it_was))

    first, second = sorted(told, key=lambda text: "Another of those" in text)
    assert "@larks_choir is confirmed on the register" in first
    assert "Another of those who run @larks_choir was first" in second
    assert history(one).count(Change.CONFIRMED) == 1


def test_what_an_admin_says_while_staff_rename_the_account_is_not_lost_unheard(both: tuple[Bot, Bot]) -> None:
    one, other = both
    held = run_by(one, "ann")
    renames = PutEntry("larks", held.id, held.version, "@larks_of_hull")

    told, _ = at_once((one, "ann", ConfirmEntry(held.id, held.version, access="two")), (other, "robin", renames))

    confirmed = Change.CONFIRMED in history(one)
    assert ("is confirmed on the register" in told) is confirmed
    assert ("Please say it once more." in told) is not confirmed


def test_two_admins_who_leave_at_once_leave_an_account_that_needs_one(both: tuple[Bot, Bot]) -> None:
    one, other = both
    held = run_by(one, "ann", "ben")

    told = at_once((one, "ann", Leave(held.id)), (other, "ben", Leave(held.id)))

    assert all("Noted: you are leaving @larks_choir" in text for text in told)
    assert sum("so it is marked as needing an admin" in text for text in told) == 1
    assert entry(one).state is AccountState.NEEDS_ADMIN
    assert history(one).count(Change.LEAVING) == 2


def test_i_am_leaving_leads_to_the_next_admins_first_lesson(larks: Bot, clock: Clock) -> None:
    run_by(larks, "ann")
    with larks.chat("ann") as ann:
        assert "Are you leaving @larks_choir (The choir)?" in ann.types("I am leaving")
        assert larks.told(DESK) == []
        assert "Are you leaving @larks_choir (The choir)?" in ann.types("yes")
        assert "so it is marked as needing an admin." in ann.types("I am leaving it")
        assert "end your own access" in ann.sees
        assert "Sent to the choir office as Q1, with your name." in ann.presses("Invite the next", "console:dee")
    assert "ann is leaving @larks_choir (The choir), and was told what to hand over." in larks.told(DESK)[0]

    with larks.chat("dee") as dee:
        assert "invites you" not in dee.whole  # nothing of it before staff agree
    with larks.chat("robin") as robin:
        at_desk = robin.types("desk", "register admins")
        assert "needs an admin" in at_desk.casefold()
        robin.types("agree 1")
    with larks.chat("ann") as ann:
        assert "whom you named is invited to run @larks_choir" in ann.sees
    with larks.chat("dee") as dee:
        assert "Step 1 of" in dee.presses("Accept")
        assert "What counts as social media" in dee.sees

    after = entry(larks)
    assert after.state is AccountState.ACTIVE
    assert [(one.person.account, one.leaving is not None) for one in after.admins] == [
        ("console:ann", True),
        ("console:dee", False),
    ]


@on_a_loop
async def test_an_admin_who_is_removed_from_the_workspace_is_told_of_once_and_taken_off(
    setting: Setting, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    office, staff = Office("larks", "the choir office", DESK, hours=ALWAYS), {"UALEX": "Choir Secretary"}
    async with opened(replace(setting, office=office, staff=staff), sqlite_url) as room:
        alex = room.person("UALEX")
        room.person("UANN", gone=True)
        since_last_week(room)
        nudge = next(duty.do for duty in duties_of(room.bot) if duty.name == "nudge")

        nudge()  # the yearly question and a reminder, which Slack refuses
        await room.settled()
        assert alex.seen == []
        nudge()
        await room.settled()
        (told,) = alex.seen
        shown = str(told)
        assert "who runs @larks_choir, cannot be reached in Slack" in shown
        assert "Their account there may be gone." in shown
        nudge()
        await room.settled()
        assert len(alex.seen) == 1

        await alex.press("Show the account")
        await alex.press("Take off")
        with room.bot.store.work() as work:
            after = work.register.of_handle("larks", "@larks_choir")
        assert after is not None
        assert (after.admins, after.state) == ((), AccountState.NEEDS_ADMIN)
        seen = len(alex.seen)
        nudge()
        await room.settled()
        assert len(alex.seen) == seen


def since_last_week(room: SlackRoom) -> None:
    """Somebody has run the account for a week, by now without an account of their own in Slack."""
    last_week = datetime.now(UTC) - timedelta(days=7)
    ann = Person("slack:UANN", "Ann")
    with room.bot.store.work() as work:
        held = work.register.of_handle("larks", "@larks_choir")
        assert held is not None
        run = replace(held, admins=(Admin(ann, last_week),), version=held.version + 1)
        assert work.register.change(run, RegisterMove(held.id, run.version, last_week, NOBODY, Change.ADMIN_ADDED, ann))
