"""Reminders and digests: when they are due, to whom they go, and that each is said at most once."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.storage.memory import MemoryStore
from bot.acts import Claim, ShowQueue, ShowTicket
from bot.hours import Hours, is_open
from bot.office import Office, Offices, Reminders
from bot.people import Person, StaffMember
from bot.reminding import Reminding
from bot.replies import Mail, Reply, Told
from bot.tickets import Dossier, Ticket, What, moved
from knowledge.clauses import Party
from knowledge.library import Library

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 9:00 in London
ASKER, ROBIN = Person("slack:U1", "Sam Ridley"), Person("slack:S1", "Robin Wetherby")
OFFICE = Office(
    "larks",
    "the choir office",
    desk="slack:C1:",
    addresses={"Choir Secretary": "s@larks.example", "Chair": "c@larks.example", "": "desk@larks.example"},
    reminders=Reminders(timedelta(hours=4), timedelta(hours=10), "Chair", time(9, 30)),
    hours=Hours(holidays=frozenset({date(2026, 12, 25)})),
)


class Desk:
    """A desk whose clock the test sets."""

    def __init__(self, library: Library, office: Office = OFFICE) -> None:
        self.now = MONDAY
        self.library, self.office = library, office
        self.store = MemoryStore(lambda: self.now)

    def opened(self, **changes: object) -> Ticket:
        """A ticket for the Choir Secretary, opened now."""
        with self.store.work() as work:
            key = f"exchange:{len(work.tickets.waiting())}:{self.now}"
            ticket = Ticket(
                "", key, "larks", Party.MEMBER, ASKER, False, "slack:D1:", ("Choir Secretary",), Dossier("?"), self.now
            )
            return work.tickets.open(replace(ticket, **changes))[0]  # type: ignore[arg-type]

    def moves(self, ticket: Ticket, what: What, who: Person = ROBIN, joined_to: str = "") -> None:
        with self.store.work() as work:
            held = work.tickets.get(ticket.id)
            assert held is not None
            assert work.tickets.move(*moved(held, what, who, self.now, joined_to=joined_to))

    def is_due(self) -> bool:
        with self.store.work() as work:
            return Reminding(self.library, Offices({"larks": self.office}), work).is_due()

    def due(self, after: timedelta = timedelta()) -> list[Reply]:
        """What is due that much later."""
        self.now += after
        with self.store.work() as work:
            return Reminding(self.library, Offices({"larks": self.office}), work).due()


@pytest.fixture
def desk(sample_library: Library) -> Desk:
    """A desk that has had the digests of six weeks already."""
    made = Desk(sample_library)
    with made.store.work() as work:
        for day in range(42):
            assert work.first(f"digest:larks:{MONDAY.date() + timedelta(days=day)}")
    return made


@pytest.fixture
def morning(sample_library: Library) -> Desk:
    """A desk that is reminded of nothing for weeks, and has its digest at half past nine."""
    long = replace(OFFICE.reminders, first=timedelta(hours=400), second=timedelta(hours=800))
    return Desk(sample_library, replace(OFFICE, reminders=long))


def told(replies: list[Reply]) -> list[Told]:
    return [reply for reply in replies if isinstance(reply, Told)]


def mailed(replies: list[Reply]) -> list[str]:
    return [reply.conversation for reply in replies if isinstance(reply, Mail)]


class TestReminders:
    def test_nothing_is_said_before_the_time(self, desk: Desk) -> None:
        desk.opened()

        assert desk.due(timedelta(hours=3, minutes=59)) == []

    def test_after_the_first_time_the_desk_and_its_own_post_are_reminded(self, desk: Desk) -> None:
        ticket = desk.opened()

        replies = desk.due(timedelta(hours=4))

        [said] = told(replies)
        assert said.conversation == "slack:C1:"
        assert said.ticket == ticket.id
        assert "Q1 for the Choir Secretary, from a member, has waited for 4 office hours" in said.text
        assert "Nobody has taken it yet." in said.text
        assert [button.act for button in said.buttons] == [ShowTicket("1"), Claim("1", 1)]
        assert mailed(replies) == ["email:larks:Choir Secretary"]

    def test_a_look_tells_whether_something_is_due_and_marks_nothing(self, desk: Desk) -> None:
        desk.opened()
        desk.due()
        assert not desk.is_due()
        desk.now += timedelta(hours=4)

        assert desk.is_due()
        assert desk.is_due()
        assert desk.due()
        assert not desk.is_due()

    def test_a_look_tells_of_a_digest_once_a_day(self, morning: Desk) -> None:
        morning.due()
        assert not morning.is_due()
        morning.now += timedelta(minutes=30)

        assert morning.is_due()
        assert morning.due() == []  # nothing waits
        assert not morning.is_due()

    def test_it_is_said_once(self, desk: Desk) -> None:
        desk.opened()
        desk.due(timedelta(hours=4))

        assert desk.due() == []
        assert desk.due(timedelta(hours=1)) == []

    def test_after_the_second_time_it_goes_to_the_second_post(self, desk: Desk) -> None:
        desk.opened()
        desk.due(timedelta(hours=5))

        replies = desk.due(timedelta(hours=21))  # the next day at 11: ten office hours

        [said] = told(replies)
        assert "10 office hours" in said.text
        assert "This goes to the Chair as well." in said.text
        assert mailed(replies) == ["email:larks:Chair"]

    def test_without_a_second_post_it_goes_to_the_whole_desk(self, sample_library: Library) -> None:
        desk = Desk(sample_library, replace(OFFICE, reminders=replace(OFFICE.reminders, second_post="")))
        desk.opened()
        desk.due(timedelta(hours=5))

        replies = desk.due(timedelta(hours=21))

        assert any("This goes to the whole desk as well." in said.text for said in told(replies))
        assert "email:larks:" in mailed(replies)

    def test_where_both_are_overdue_only_the_second_is_said_and_to_both_posts(self, desk: Desk) -> None:
        desk.opened()

        replies = desk.due(timedelta(days=3))

        assert len(told(replies)) == 1
        assert mailed(replies) == ["email:larks:Choir Secretary", "email:larks:Chair"]
        assert desk.due(timedelta(hours=1)) == []

    def test_what_is_claimed_is_reminded_of_with_the_post_of_its_holder(self, desk: Desk) -> None:
        ticket = desk.opened()
        with desk.store.work() as work:
            work.staff.add(StaffMember(ROBIN, "larks", "Choir Secretary"))
        desk.moves(ticket, What.CLAIMED)

        replies = desk.due(timedelta(hours=4))

        [said] = told(replies)
        assert "It is held by Choir Secretary." in said.text
        assert [button.act for button in said.buttons] == [ShowTicket("1")]

    @pytest.mark.parametrize("title", ["", None])
    def test_nobody_is_named(self, desk: Desk, title: str | None) -> None:
        ticket = desk.opened()
        with desk.store.work() as work:
            if title is not None:
                work.staff.add(StaffMember(ROBIN, "larks", title))
        desk.moves(ticket, What.CLAIMED)

        replies = desk.due(timedelta(hours=4))

        assert "held by somebody at the desk" in told(replies)[0].text
        assert not any(name in str(replies) for name in ("Robin", "Sam"))

    def test_what_is_answered_is_not_reminded_of_until_it_is_opened_again(self, desk: Desk) -> None:
        ticket = desk.opened()
        desk.due(timedelta(hours=4))
        desk.moves(ticket, What.ANSWERED)
        assert desk.due(timedelta(hours=20)) == []

        desk.moves(ticket, What.REOPENED, ASKER)

        assert desk.due(timedelta(hours=3)) == []
        assert len(told(desk.due(timedelta(hours=1)))) == 1

    def test_what_the_asker_adds_unasked_puts_nothing_off(self, desk: Desk) -> None:
        ticket, said = desk.opened(), []
        for _ in range(12):  # until Tuesday at 9, and on to 13
            said += told(desk.due(timedelta(hours=2)))
            desk.moves(ticket, What.ADDED, ASKER)
        said += told(desk.due(timedelta(hours=2)))

        assert ["4 office hours" in said[0].text, "10 office hours" in said[1].text, len(said)] == [True, True, 2]

    def test_what_answers_staff_makes_it_wait_anew_but_no_step_is_said_twice(self, desk: Desk) -> None:
        ticket = desk.opened()
        desk.due(timedelta(hours=4))
        desk.moves(ticket, What.ASKED_BACK)
        desk.moves(ticket, What.ADDED, ASKER)  # on Monday at 13
        desk.due(timedelta(hours=1))
        desk.moves(ticket, What.ADDED, ASKER)  # which puts it off no further

        assert desk.due(timedelta(hours=24)) == []  # on Tuesday at 14: nine office hours since it was answered
        assert "10 office hours" in told(desk.due(timedelta(hours=1)))[0].text

    def test_while_it_waits_for_its_asker_nobody_is_reminded(self, desk: Desk) -> None:
        ticket = desk.opened()
        desk.moves(ticket, What.ASKED_BACK)
        assert desk.due(timedelta(hours=30)) == []

        desk.moves(ticket, What.ADDED, ASKER)

        assert desk.due(timedelta(hours=1)) == []
        assert len(told(desk.due(timedelta(hours=19)))) == 1

    def test_what_is_joined_to_one_that_waits_is_not_reminded_of_by_itself(self, desk: Desk) -> None:
        first, second = desk.opened(), desk.opened()
        desk.moves(second, What.JOINED, joined_to=first.id)

        assert [said.ticket for said in told(desk.due(timedelta(hours=4)))] == [first.id]

    def test_what_is_joined_to_one_that_was_withdrawn_is_reminded_of(self, desk: Desk) -> None:
        first, second = desk.opened(), desk.opened()
        desk.moves(second, What.JOINED, joined_to=first.id)
        desk.moves(first, What.WITHDRAWN, ASKER)

        assert [said.ticket for said in told(desk.due(timedelta(hours=4)))] == [second.id]

    def test_many_at_once_are_said_in_one(self, desk: Desk) -> None:
        for _ in range(6):
            desk.opened()

        replies = desk.due(timedelta(hours=4))

        [said] = told(replies)
        assert "6 queries for the choir office have waited too long:" in said.text
        assert said.text.count("from a member, taken by nobody") == 6
        assert [button.act for button in said.buttons] == [ShowQueue("larks")]
        assert mailed(replies) == ["email:larks:Choir Secretary"]

    def test_very_many_are_not_all_named(self, desk: Desk) -> None:
        for _ in range(23):
            desk.opened()

        [said] = told(desk.due(timedelta(hours=4)))

        assert said.text.startswith("23 queries for the choir office")
        assert said.text.endswith("\nQ10: 4 h, from a member, taken by nobody\nand 13 more")

    def test_without_a_desk_conversation_there_is_mail_alone(self, sample_library: Library) -> None:
        desk = Desk(sample_library, replace(OFFICE, desk=""))
        desk.opened()

        replies = desk.due(timedelta(hours=4))

        assert told(replies) == []
        assert "email:larks:Choir Secretary" in mailed(replies)

    def test_a_society_for_which_nothing_was_decided_harms_nothing(self, desk: Desk) -> None:
        desk.opened(society="kites")

        assert desk.due(timedelta(days=4)) == []

    def test_nights_weekends_and_holidays_do_not_count(self, desk: Desk) -> None:
        desk.now = datetime(2026, 12, 24, 15, 0, tzinfo=UTC)  # a Thursday; Friday is a holiday
        desk.opened()

        assert desk.due(timedelta(days=1)) == []
        desk.now = datetime(2026, 12, 28, 10, 59, tzinfo=UTC)
        assert desk.due() == []
        assert len(told(desk.due(timedelta(minutes=1)))) == 1


class TestDigest:
    def test_it_counts_by_state_and_names_the_oldest(self, morning: Desk) -> None:
        tickets = [morning.opened() for _ in range(7)]
        with morning.store.work() as work:
            work.staff.add(StaffMember(ROBIN, "larks", "Chair"))
        morning.moves(tickets[0], What.CLAIMED)

        replies = morning.due(timedelta(days=1, hours=1))

        [said] = told(replies)
        assert said.text.startswith("7 queries wait for the choir office: 6 open, 1 taken. The oldest:\nQ1: 25 h, from")
        assert "held by Chair" in said.text
        assert said.text.count("\n") == 5
        assert mailed(replies) == ["email:larks:"]

    def test_it_comes_once_a_working_day(self, morning: Desk) -> None:
        morning.opened()

        days = [len(told(morning.due(timedelta(hours=1)))) for _ in range(24 * 7)]

        assert sum(days) == 5

    def test_it_waits_for_its_time(self, morning: Desk) -> None:
        morning.opened()

        assert morning.due(timedelta(minutes=29)) == []
        assert len(told(morning.due(timedelta(minutes=1)))) == 1

    def test_there_is_none_where_nothing_waits_nor_later_that_day(self, morning: Desk) -> None:
        assert morning.due(timedelta(hours=1)) == []

        morning.opened()

        assert morning.due(timedelta(hours=1)) == []

    def test_one_of_an_earlier_day_is_not_caught_up_with(self, morning: Desk) -> None:
        morning.opened()

        assert len(told(morning.due(timedelta(days=3, hours=2)))) == 1
        assert morning.due() == []

    @pytest.mark.parametrize("at", [time(7), time(20)])
    def test_a_time_outside_office_hours_means_when_the_office_opens(self, sample_library: Library, at: time) -> None:
        desk = Desk(sample_library, replace(OFFICE, reminders=replace(OFFICE.reminders, digest=at)))
        desk.opened()

        assert len(told(desk.due())) == 1

    def test_where_the_desk_has_no_address_it_goes_to_every_post(self, sample_library: Library) -> None:
        addresses = {"Choir Secretary": "s@larks.example", "Chair": "c@larks.example"}
        desk = Desk(sample_library, replace(OFFICE, addresses=addresses))
        desk.opened()

        replies = desk.due(timedelta(hours=1))

        assert mailed(replies) == ["email:larks:Choir Secretary", "email:larks:Chair"]


@settings(deadline=None, max_examples=60)
@given(
    steps=st.lists(
        st.tuples(st.integers(1, 4000), st.sampled_from(["open", "claim", "add", "answer", "reopen", "ask"]))
    ),
    zone=st.sampled_from(["Europe/London", "Pacific/Auckland", "America/Los_Angeles", "UTC"]),
    opens=st.integers(0, 11),
    lasts=st.integers(1, 12),
    digest=st.integers(0, 23),
)
def test_nothing_is_said_twice_or_in_closed_hours_however_the_clock_goes(
    sample_library: Library, steps: list[tuple[int, str]], zone: str, opens: int, lasts: int, digest: int
) -> None:
    days = dict.fromkeys(range(5), (time(opens), time(opens + lasts)))
    hours = Hours(ZoneInfo(zone), days, frozenset({date(2026, 11, 25)}))
    reminders = replace(OFFICE.reminders, digest=time(digest))
    desk = Desk(sample_library, replace(OFFICE, hours=hours, reminders=reminders))
    desk.now = datetime(2026, 10, 20, tzinfo=UTC)  # clocks change in between
    tickets: list[Ticket] = []
    digests: Counter[date] = Counter()
    said_of: Counter[str] = Counter()
    spells: Counter[str] = Counter()
    whats = {"claim": What.CLAIMED, "add": What.ADDED, "answer": What.ANSWERED, "reopen": What.REOPENED}
    for minutes, act in steps:
        with desk.store.work() as work:
            if act == "open":
                ticket = Ticket(
                    "", f"{len(tickets)}", "larks", Party.MEMBER, ASKER, False, "a:b:c", (), Dossier("?"), desk.now
                )
                tickets.append(work.tickets.open(ticket)[0])
            elif tickets:
                held = work.tickets.get(tickets[minutes % len(tickets)].id)
                assert held is not None
                what = whats.get(act, What.ASKED_BACK)
                if what is What.REOPENED and not held.waits:
                    spells[held.id] += 1
                if held.waits != (what is What.REOPENED) and (what is not What.CLAIMED or held.state == "open"):
                    assert work.tickets.move(*moved(held, what, ROBIN, desk.now))
        desk.now += timedelta(minutes=minutes)
        looked = desk.is_due()
        first, second = desk.due(), desk.due()  # the second, as after a restart
        replies = first + second
        assert looked or not first
        assert not desk.is_due()
        assert not replies or is_open(hours, desk.now)
        for said in told(replies):
            if " queries wait for " in said.text or "1 query waits for " in said.text:
                digests[desk.now.astimezone(hours.zone).date()] += 1
            for ticket in tickets:
                said_of[ticket.id] += said.ticket == ticket.id
    assert all(count == 1 for count in digests.values())
    assert all(said_of[ticket.id] <= 2 * (1 + spells[ticket.id]) for ticket in tickets)
