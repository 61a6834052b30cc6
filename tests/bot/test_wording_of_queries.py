"""What askers read about their queries: whom it is for, when to expect an answer, and where it stands."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot import wording_of_limits
from bot import wording_of_queries as wording
from bot.hours import Hours
from bot.office import Office
from bot.people import Person
from bot.tickets import Dossier, Part, State, Ticket, What
from bot.wording_of_times import day_and_time, expected, expected_since
from knowledge.clauses import Party

OFFICE = Office("larks", "the choir office")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TICKET = Ticket(
    "12", "exchange:1", "larks", Party.MEMBER, Person("slack:U1"), False, "c", (), Dossier("May I tape it?"), MONDAY
)


def with_hours(**changes: object) -> Office:
    return replace(OFFICE, hours=replace(OFFICE.hours, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("posts", "expected_words"),
    [
        ((), "It waits for the choir office."),
        (("Chair",), "It waits for the Chair at the choir office."),
        (("Chair", "Choir Secretary"), "It waits for the Chair and the Choir Secretary at the choir office."),
        (("A", "B", "C"), "It waits for the A, the B and the C at the choir office."),
    ],
)
def test_the_posts_that_a_query_is_for_are_listed(posts: tuple[str, ...], expected_words: str) -> None:
    assert wording.stands(replace(TICKET, to=posts), OFFICE) == expected_words


@pytest.mark.parametrize(
    ("state", "withdrawn", "words"),
    [
        (State.CLAIMED, False, "The Chair at the choir office has taken it up."),
        (State.ANSWERED, False, "It has been answered."),
        (State.CLOSED, False, "It has been closed."),
        (State.CLOSED, True, "You withdrew it."),
    ],
)
def test_each_state_has_its_words(state: State, withdrawn: bool, words: str) -> None:
    assert wording.stands(replace(TICKET, state=state), OFFICE, "Chair", withdrawn) == words


def test_an_expected_time_is_rounded_up_to_the_half_hour() -> None:
    at = MONDAY + timedelta(minutes=7, seconds=3)

    assert "by Wednesday 25 November, 10:30 (London time)" in expected(OFFICE, at)


def test_an_expected_time_on_the_half_hour_stays() -> None:
    assert "by Wednesday 25 November, 10:30 (London time)" in expected(OFFICE, MONDAY + timedelta(minutes=30))


def test_the_time_is_told_in_the_zone_of_the_office() -> None:
    office = with_hours(zone=ZoneInfo("Australia/Lord_Howe"))

    told = expected(office, MONDAY)

    assert "Wednesday 25 November, 17:00 (Lord Howe time)" in told
    assert "The office is closed now and opens on Tuesday 24 November, 09:00 (Lord Howe time)." in told


def test_a_zone_without_a_place_is_told_by_its_short_name() -> None:
    assert day_and_time(MONDAY, with_hours(zone=ZoneInfo("UTC")), MONDAY).endswith("10:00 (UTC)")
    assert day_and_time(MONDAY, with_hours(zone=ZoneInfo("Etc/GMT-3")), MONDAY).endswith("13:00 (+03)")


def test_the_year_is_told_where_it_is_another_one() -> None:
    assert day_and_time(datetime(2027, 1, 4, 9, tzinfo=UTC), OFFICE, MONDAY) == (
        "Monday 4 January 2027, 09:00 (London time)"
    )


def test_an_office_that_is_never_there_promises_nothing() -> None:
    never = with_hours(days={})

    assert expected(never, MONDAY) == (
        "I cannot say when the choir office will answer: it has no office hours coming up."
    )


def test_holidays_put_off_what_is_expected() -> None:
    office = with_hours(holidays=frozenset({date(2026, 11, 24), date(2026, 11, 25)}))

    assert "by Friday 27 November, 10:00" in expected(office, MONDAY)


def test_what_was_due_is_said_to_be_late_only_afterwards() -> None:
    due = datetime(2026, 11, 25, 10, tzinfo=UTC)

    assert expected_since(MONDAY, OFFICE, due).startswith("You can expect an answer by")
    assert expected_since(MONDAY, OFFICE, due + timedelta(minutes=1)).startswith("An answer was due by")


def test_an_office_that_answers_at_once_is_not_late_when_it_is_asked() -> None:
    assert expected(replace(OFFICE, answer_within=timedelta()), MONDAY).startswith("You can expect an answer by Monday")


@pytest.mark.parametrize(
    ("what", "words"),
    [
        (What.ASKED_BACK, "The choir office asks you: “Well?”"),
        (What.CLOSED, "The choir office closed it: “Well?”"),
        (What.ANSWERED, "The choir office says: “Well?”"),
    ],
)
def test_last_words_are_given_to_the_office(what: What, words: str) -> None:
    assert wording.last_words(what, "Well?", OFFICE) == words


def test_an_excerpt_ends_in_dots_only_where_something_is_left_out() -> None:
    assert wording.excerpt("  a\n b ") == "a b"
    assert wording.excerpt("abcdef", 6) == "abcdef"
    assert wording.excerpt("abcdefg", 6) == "abc..."


def test_parts_have_other_headings_for_those_who_did_not_write_them() -> None:
    assert wording.for_desk(Part("told", wording.I_ANSWERED, "No.")).heading == "What the bot answered"
    assert wording.for_desk(Part("x", "Else", "No.")) == Part("x", "Else", "No.")


def test_one_of_a_kind_is_not_counted_in_the_plural() -> None:
    assert wording_of_limits.too_many_messages(1).startswith("1 message in a minute")
    assert wording_of_limits.too_many_queries(2, OFFICE).startswith("2 queries in 24 hours")


def test_short_hours_on_one_day_a_week_are_enough_to_promise_something() -> None:
    office = replace(
        OFFICE, hours=Hours(days={2: (time(12), time(13))}), answer_within=timedelta(hours=3)
    )  # Wednesdays at noon

    assert "by Wednesday 9 December, 13:00" in expected(office, MONDAY)
