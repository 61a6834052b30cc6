"""Whoever does nothing is reminded, and at last staff hear of it; over holidays and changes of the clocks."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.acts import AcceptInvitation, AgreeTakeOver, DeclineInvitation, Invite, Snooze, TakeOver
from bot.hours import Hours
from bot.office import Office
from knowledge.flows.matching import Guides
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists
from tests.adapters.chat.running import Setting
from tests.scenarios.at_terminals import Bot, Clock

LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
EASTER = frozenset({date(2027, 3, 26), date(2027, 3, 29)})  # Good Friday and Easter Monday
DESK, ANN = "slack:CDESK:", "console:ann:"
LOOKS = (time(0), time(4), time(8, 59), time(9), time(13), time(16, 59), time(17), time(22))  # of each day
OfficeOf = Callable[[Hours, datetime], Bot]


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2027, 1, 1, tzinfo=UTC))


@pytest.fixture
def bot_of(
    sample_library: Library,
    sample_guides: Guides,
    sample_checklists: Checklists,
    clock: Clock,
    sqlite_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[OfficeOf]:
    """The choir's bot with these office hours, begun at a time; somebody was invited just then."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    made: list[Bot] = []

    def make(hours: Hours, begun: datetime) -> Bot:
        clock.now = begun
        office = Office("larks", "the choir office", DESK, hours=hours)
        staff = {"robin": "Choir Secretary"}
        setting = Setting(sample_library, sample_guides, "larks", office, staff, checklists=sample_checklists)
        made.append(Bot(setting, sqlite_url, clock))
        made[0].does("ann", TakeOver("@larks_choir", confirmed=True))
        made[0].does("robin", AgreeTakeOver("1", 1))
        return made[0]

    yield make
    for bot in made:
        bot.close()


def days_of(bot: Bot, clock: Clock, zone: ZoneInfo, until: date) -> tuple[list[datetime], list[datetime]]:
    """When something is said to Ann, and when to staff, by the clocks there; the bot looks by day and by night."""
    to_ann: list[datetime] = []
    to_staff: list[datetime] = []
    day = clock.now.astimezone(zone).date()
    while day <= until:
        for at in LOOKS:
            moment = datetime.combine(day, at, zone)
            if moment >= clock.now:
                clock.now = moment.astimezone(UTC)
                before = len(bot.told(ANN)), len(bot.told(DESK))
                if bot.duty("nudge"):
                    to_ann += [moment] * (len(bot.told(ANN)) - before[0])
                    to_staff += [moment] * (len(bot.told(DESK)) - before[1])
        day += timedelta(days=1)
    return to_ann, to_staff


def local(zone: ZoneInfo, *days: tuple[int, int]) -> list[datetime]:
    """Nine in the morning on these days of 2027."""
    return [datetime(2027, month, day, 9, tzinfo=zone) for month, day in days]


def test_in_london_reminders_wait_for_the_office_over_easter_and_the_change_of_the_clocks(
    bot_of: OfficeOf, clock: Clock
) -> None:
    begun = datetime(2027, 3, 24, 16, 30, tzinfo=LONDON)  # a Wednesday; the clocks go forward on the 28th
    bot = bot_of(Hours(LONDON, holidays=EASTER), begun.astimezone(UTC))

    to_ann, to_staff = days_of(bot, clock, LONDON, date(2027, 5, 7))

    # after three days it is a Saturday, then come Sunday and Easter Monday
    assert to_ann == local(LONDON, (3, 30), (3, 31), (4, 7))
    assert to_staff == local(LONDON, (4, 12))  # three days after the last it is a Saturday


def test_in_new_york_the_clocks_change_on_another_day(bot_of: OfficeOf, clock: Clock) -> None:
    begun = datetime(2027, 3, 11, 9, 30, tzinfo=NEW_YORK)  # a Thursday; the clocks go forward on the 14th
    bot = bot_of(Hours(NEW_YORK), begun.astimezone(UTC))

    to_ann, to_staff = days_of(bot, clock, NEW_YORK, date(2027, 4, 23))

    assert to_ann == local(NEW_YORK, (3, 15), (3, 18), (3, 25))
    assert [one.astimezone(UTC).hour for one in to_ann] == [13, 13, 13]
    assert to_staff == local(NEW_YORK, (3, 29))


def test_what_is_said_leads_on_and_says_when_it_ends(bot_of: OfficeOf, clock: Clock) -> None:
    bot = bot_of(Hours(LONDON), datetime(2027, 3, 24, 10, tzinfo=UTC))
    days_of(bot, clock, LONDON, date(2027, 4, 13))

    with bot.chat("ann") as ann:
        assert ann.sees.count("You were invited to run @larks_choir, and I have not heard from you since 24 March") == 3
        assert ann.sees.count("I will not remind you again.") == 1
        assert "If it still waits in a few days, I tell the choir office." in ann.sees
        assert "Step 1 of" in ann.presses("Accept")
    (told,) = bot.told(DESK)
    assert "ann, invited to run @larks_choir, has not answered since 24 March 2027." in told


def test_who_puts_it_off_hears_nothing_for_a_week_and_then_only_the_latest(bot_of: OfficeOf, clock: Clock) -> None:
    bot = bot_of(Hours(LONDON), datetime(2027, 4, 5, 10, tzinfo=UTC))  # a Monday
    assert days_of(bot, clock, LONDON, date(2027, 4, 8))[0] == local(LONDON, (4, 8))
    clock.later(hours=1)
    bot.does("ann", Snooze("1"))

    to_ann, to_staff = days_of(bot, clock, LONDON, date(2027, 5, 7))

    assert to_ann == [datetime(2027, 4, 16, 9, tzinfo=LONDON), *local(LONDON, (4, 19))]
    assert to_staff == local(LONDON, (4, 22))


def test_who_goes_on_is_reminded_anew_and_who_declines_never(bot_of: OfficeOf, clock: Clock) -> None:
    bot = bot_of(Hours(LONDON), datetime(2027, 4, 5, 10, tzinfo=UTC))
    days_of(bot, clock, LONDON, date(2027, 4, 12))
    bot.does("ann", AcceptInvitation("1"))
    assert days_of(bot, clock, LONDON, date(2027, 4, 16))[0] == local(LONDON, (4, 15))

    with bot.chat("ann") as ann:
        ann.types("onboarding")
    bot.does("ann", DeclineInvitation("1"))

    assert days_of(bot, clock, LONDON, date(2027, 5, 14)) == ([], [])


def test_after_three_weeks_without_the_bot_only_the_latest_is_sent(bot_of: OfficeOf, clock: Clock) -> None:
    bot = bot_of(Hours(LONDON), datetime(2027, 4, 5, 10, tzinfo=UTC))
    clock.later(days=21)

    to_ann, to_staff = days_of(bot, clock, LONDON, date(2027, 5, 7))

    assert to_ann == [datetime(2027, 4, 26, 13, tzinfo=LONDON)]
    assert to_staff == local(LONDON, (4, 29))


def test_who_declined_and_is_invited_again_is_reminded_as_if_for_the_first_time(bot_of: OfficeOf, clock: Clock) -> None:
    bot = bot_of(Hours(LONDON), datetime(2027, 4, 5, 10, tzinfo=UTC))
    days_of(bot, clock, LONDON, date(2027, 4, 8))
    bot.does("ann", DeclineInvitation("1"))
    bot.does("robin", Invite("@larks_choir", "console:ann"))

    assert days_of(bot, clock, LONDON, date(2027, 4, 23))[0] == local(LONDON, (4, 12), (4, 15), (4, 22))
