"""A table put on the register: all of it or nothing, with its history, and exactly as it was written out."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.register_csv import COLUMNS, BadTable, cells_of, rows_of, table
from adapters.register_import import Imported, put_on_register
from adapters.storage.memory import MemoryStore
from bot.enrolments import Enrolment, EnrolmentState
from bot.office import Office
from bot.people import NOBODY, Person, StaffMember
from bot.register import AccountState, Admin, Change, RegisterEntry, RegisterMove

NOW = datetime(2026, 11, 23, 9, 0, 7, 123456, tzinfo=UTC)
OFFICE = Office("larks", "the choir office")
ROBIN = Person("console:robin", "robin")


class Register:
    """The register of a choir."""

    def __init__(self) -> None:
        self.store = MemoryStore(lambda: NOW)

    def takes(self, content: str) -> Imported:
        with self.store.work() as work:
            return put_on_register(rows_of(content.encode()), "larks", OFFICE, ROBIN, work)

    def refuses(self, content: str) -> list[str]:
        before = self.written()
        with pytest.raises(BadTable) as refused:
            self.takes(content)
        assert self.written() == before
        return list(refused.value.faults)

    def written(self) -> str:
        with self.store.work() as work:
            return table(COLUMNS, [cells_of(entry) for entry in work.register.of("larks")])

    def entry(self, handle: str = "@larks") -> RegisterEntry:
        with self.store.work() as work:
            found = work.register.of_handle("larks", handle)
        assert found is not None
        return found

    def history(self, handle: str = "@larks") -> list[tuple[Change, str, str]]:
        with self.store.work() as work:
            moves = work.register.history(self.entry_of(handle))
        return [(move.what, move.whom.account, move.text) for move in moves]

    def entry_of(self, handle: str) -> str:
        return next(entry.id for entry in self.store._kept.accounts.entries.values() if entry.handle == handle)


@pytest.fixture
def register() -> Register:
    return Register()


FULL = """handle,platform,group,purpose,audience,state,admins,confirmed,review
@larks,Twitter,Choir,To tell of concerts.,Everybody,active,slack:U1 slack:U2,2026-03-01,2027-03-01
"""


def test_an_account_is_added_with_all_that_the_table_says(register: Register) -> None:
    assert register.takes(FULL) == Imported(1, 0, 0)

    entry = register.entry()
    assert (entry.platform, entry.group, entry.purpose) == ("Twitter", "Choir", "To tell of concerts.")
    assert entry.audience == "Everybody"
    assert [admin.person for admin in entry.admins] == [Person("slack:U1"), Person("slack:U2")]
    assert (entry.confirmed, entry.review) == (datetime(2026, 3, 1, tzinfo=UTC), date(2027, 3, 1))
    assert register.history() == [
        (Change.ADDED, "", ""),
        (Change.ADMIN_ADDED, "slack:U1", ""),
        (Change.ADMIN_ADDED, "slack:U2", ""),
    ]


def test_what_is_there_already_stays_as_it_is(register: Register) -> None:
    register.takes(FULL)

    assert register.takes(FULL) == register.takes(FULL.replace("@larks", "larks ")) == Imported(0, 0, 1)
    assert register.takes(FULL.replace("slack:U1 slack:U2", "slack:U2 slack:U1")) == Imported(0, 0, 1)
    assert len(register.history()) == 3


def test_what_differs_is_changed_and_the_history_says_what(register: Register) -> None:
    register.takes(FULL)

    assert register.takes(FULL.replace("concerts", "outings").replace("2027", "2028")) == Imported(0, 1, 0)

    assert register.entry().purpose == "To tell of outings."
    assert register.history()[3:] == [
        (
            Change.CHANGED,
            "",
            "purpose: “To tell of concerts.” became “To tell of outings.”; review: “2027-03-01” became “2028-03-01”",
        )
    ]


def test_columns_that_the_table_has_not_stay_as_they_are(register: Register) -> None:
    register.takes(FULL)

    assert register.takes("handle,group\n@LARKS,The choir\n") == Imported(0, 1, 0)

    entry = register.entry()
    assert (entry.handle, entry.group, entry.purpose) == ("@LARKS", "The choir", "To tell of concerts.")
    assert len(entry.admins) == 2


def test_admins_are_added_and_taken_off_with_a_line_each_and_those_who_stay_stay_as_they_were(
    register: Register,
) -> None:
    register.takes(FULL)
    first = register.entry().admins[1]

    register.takes("handle,admins\n@larks,slack:U2 teams:01234567-89ab-cdef-0123-456789abcdef\n")

    assert register.entry().admins[0] is first
    assert register.history()[3:] == [
        (Change.ADMIN_REMOVED, "slack:U1", ""),
        (Change.ADMIN_ADDED, "teams:01234567-89ab-cdef-0123-456789abcdef", ""),
    ]


def test_an_account_that_nobody_runs_any_more_needs_an_admin_and_one_that_has_one_is_in_use(register: Register) -> None:
    register.takes(FULL)

    register.takes("handle,admins\n@larks,\n")
    assert register.entry().state is AccountState.NEEDS_ADMIN

    register.takes("handle,admins\n@larks,slack:U3\n")
    assert register.entry().state is AccountState.ACTIVE


def test_an_account_is_closed_and_opened_again_by_its_state(register: Register) -> None:
    register.takes(FULL)

    register.takes("handle,state\n@larks,Closed\n")
    register.takes("handle,state\n@larks,needs_admin\n")
    register.takes("handle,state\n@larks,\n")

    assert [what for what, *_ in register.history()[3:]] == [Change.CLOSED, Change.REOPENED, Change.CHANGED]
    assert register.entry().state is AccountState.ACTIVE


def test_a_new_account_is_to_be_looked_at_in_a_year_where_the_table_does_not_say(register: Register) -> None:
    register.takes("handle,platform,group\n@larks,Twitter,Choir\n")

    assert register.entry().review == date(2027, 11, 23)


@pytest.mark.parametrize("column", ["confirmed", "review"])
@pytest.mark.parametrize("cell", ["9999-12-31T23:59:59-05:00", "0001-01-01T00:00:00+05:00"])
def test_a_time_that_no_clock_reaches_is_no_date(register: Register, column: str, cell: str) -> None:
    [fault] = register.refuses(f"handle,platform,group,{column}\n@good,X,A,{cell}\n")

    assert f"{column}: “{cell}” is no date" in fault


def test_every_fault_is_named_with_its_line_and_nothing_is_imported(register: Register) -> None:
    faults = register.refuses(
        "handle,platform,group,state,admins,confirmed,review\n"
        "@good,X,A,,,,\n"
        ",X,A,,,,\n"
        "@b b,X,A,,,,\n"
        "@c,X,A,paused,,,\n"
        "@d,X,A,,Ann Lark,,\n"
        "@e,X,A,,slack:robin,,\n"
        "@f,X,A,,,2026-11-24,\n"
        "@g,X,A,,,,22/11/2026\n"
        "@GOOD,X,A,,,,\n"
        "@h,,,,,,1066-10-14\n"
    )

    assert [fault.partition(": ")[0] for fault in faults] == [
        f"line {line}" for line in (3, 4, 5, 6, 7, 8, 9, 10, 11, 11, 11)
    ]
    told = "\n".join(faults)
    for said in (
        "line 3: handle: nothing stands there",
        "line 4: handle: That cannot be a handle",
        "line 5: state: “paused” is none; write active, needs_admin, closed",
        "line 6: admins: “Ann” is nobody's account; write platform:id",
        "line 7: admins: “slack:robin” is nobody's account",
        "line 8: confirmed: “2026-11-24” is still to come",
        "line 9: review: “22/11/2026” is no date; write it as in 2027-03-01",
        "line 10: @GOOD stands in line 2 already",
        "line 11: platform: nothing stands there",
        "line 11: group: nothing stands there",
        "line 11: review: “1066-10-14” is too long ago",
    ):
        assert said in told


def test_nobodys_name_or_address_gets_into_what_everybody_may_see(register: Register) -> None:
    with register.store.work() as work:
        work.staff.add(StaffMember(Person("slack:S1", "Wren Pettigrew"), "larks"))

    faults = register.refuses(
        "handle,platform,group,purpose\n@a,X,A,Ask wren@larks.example\n@b,X,B,Run by Wren Pettigrew\n"
    )

    assert [fault.partition(": ")[0] for fault in faults] == ["line 2", "line 3"]


def test_one_account_may_speak_of_another(register: Register) -> None:
    content = "handle,platform,group,purpose\n@larks,X,Choir,As @larks_young but for grown-ups\n@larks_young,X,B,\n"

    assert register.takes(content) == Imported(2, 0, 0)


def test_a_former_handle_is_refused_with_that_of_today(register: Register) -> None:
    register.takes(FULL)
    with register.store.work() as work:
        entry = replace(register_entry(work.register.of("larks")), handle="@choir", former=("@larks",), version=4)
        assert work.register.change(entry, RegisterMove("", 4, NOW, NOBODY, Change.CHANGED))

    assert register.refuses(FULL) == ["line 2: @larks is called @choir now; write that"]


def register_entry(entries: tuple[RegisterEntry, ...]) -> RegisterEntry:
    [entry] = entries
    return entry


def test_accounts_of_another_society_are_others(register: Register) -> None:
    with register.store.work() as work:
        there = RegisterEntry("", "oars", "@larks", "X", "Rowers")
        assert work.register.add(there, RegisterMove("", 1, NOW, NOBODY, Change.ADDED))

    assert register.takes(FULL) == Imported(1, 0, 0)


@pytest.mark.parametrize(
    "cell", ["slack:U1,slack:U2", "console:ann;console:ben", "@ann", "ann@larks.example", "slack:"]
)
def test_what_is_no_account_runs_nothing(register: Register, cell: str) -> None:
    [fault] = register.refuses(f'handle,platform,group,admins\n@a,X,A,"{cell}"\n')

    assert "is nobody's account" in fault


WORDS = st.text(
    st.characters(exclude_categories=("C", "Z")) | st.sampled_from("=+-@;|' "), min_size=1, max_size=20
).filter(lambda text: text == " ".join(text.split()) and text)
ENTRIES = st.builds(
    RegisterEntry,
    id=st.just(""),
    society=st.just("larks"),
    handle=st.from_regex(r"@?[A-Za-z_]{1,12}", fullmatch=True),
    platform=WORDS,
    group=WORDS,
    purpose=WORDS | st.just(""),
    audience=WORDS | st.just(""),
    state=st.sampled_from(AccountState),
    admins=st.lists(st.from_regex(r"slack:U[A-Z0-9]{1,6}", fullmatch=True), max_size=3, unique=True).map(
        lambda accounts: tuple(Admin(Person(one), NOW) for one in accounts)
    ),
    confirmed=st.none()
    | st.datetimes(datetime(2020, 1, 1), datetime(2026, 1, 1)).map(lambda at: at.replace(tzinfo=UTC)),
    review=st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)


@settings(max_examples=50, deadline=None)
@given(st.lists(ENTRIES, max_size=5, unique_by=lambda entry: entry.handle.removeprefix("@").casefold()))
def test_what_is_written_out_and_read_again_changes_nothing(entries: list[RegisterEntry]) -> None:
    register = Register()
    with register.store.work() as work:
        for entry in entries:
            assert work.register.add(entry, RegisterMove("", 1, NOW, NOBODY, Change.ADDED))
        before = work.register.of("larks")

    assert register.takes(register.written()) == Imported(0, 0, len(entries))

    with register.store.work() as work:
        assert work.register.of("larks") == before


def test_what_is_written_out_stands_so_on_an_empty_register(register: Register) -> None:
    register.takes(FULL)
    register.takes("handle,platform,group,purpose,state\n@old,X,Old; =1+1,'tis over - long ago,closed\n")
    other = Register()

    other.takes(register.written())

    assert other.written() == register.written()


def test_who_is_taken_off_by_a_table_is_not_back_by_an_invitation_that_they_had(register: Register) -> None:
    register.takes(FULL)
    entry = register.entry()
    for account in ("slack:U1", "slack:U2"):
        with register.store.work() as work:
            who = Person(account)
            assert work.enrolments.add(
                Enrolment("", "larks", entry.id, who, ROBIN, EnrolmentState.INVITED, NOW, NOW, f"{account}:")
            )
    register.takes("handle,admins\n@larks,slack:U2\n")
    with register.store.work() as work:
        assert [one.state for one in work.enrolments.of(["slack:U1"])] == [EnrolmentState.ENDED]
        assert [one.state for one in work.enrolments.of(["slack:U2"])] == [EnrolmentState.INVITED]
    register.takes("handle,state\n@larks,closed\n")
    with register.store.work() as work:
        assert [one.state for one in work.enrolments.of(["slack:U2"])] == [EnrolmentState.ENDED]


def test_an_admin_is_known_on_a_platform_where_they_are_reached(register: Register) -> None:
    for account in ("email:ann@larks.example", "foo:bar"):
        (fault,) = register.refuses(FULL.replace("slack:U1", account))
        assert "the platform is one of console, slack, teams" in fault
