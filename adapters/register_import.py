"""A table of accounts put on a register: all of it, or none where anything in it is wrong."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from adapters.register_csv import BadTable, Row, cells_of
from bot.accounts.changing_entries import Overtaken, kept
from bot.accounts.enrolling import end, own
from bot.accounts.entry_standing import a_year_on
from bot.accounts.entry_texts import fault_in, in_one_line, known_names
from bot.enrolments import EnrolmentState
from bot.office import Office
from bot.people import Person
from bot.ports import Work
from bot.register import AccountState, Admin, Change, RegisterEntry, RegisterMove
from bot.staffing import PLATFORMS, is_reached
from bot.wording_of_register import became

_NEEDED = ("handle", "platform", "group")
_TEXTS = (*_NEEDED, "purpose", "audience")
_DATED = ("confirmed", "review")
_BETWEEN_ACCOUNTS = re.compile(r"[,;]")
_EARLIEST = 2000  # no account is older
_MOST_ADMINS = 50


@dataclass(frozen=True, slots=True)
class Imported:
    """How many accounts a table has added and changed, and how many stand as they did."""

    added: int
    changed: int
    same: int


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A row as it is to stand: what is on the register of it, if anything, and which columns are others."""

    row: Row
    before: RegisterEntry | None
    after: RegisterEntry
    other: tuple[str, ...]


class _BadCell(Exception):
    """A cell that cannot stand: why."""


def put_on_register(rows: Sequence[Row], society: str, office: Office, who: Person, work: Work) -> Imported:
    """Adds accounts and changes those that are there; columns that a table has not stay as they are.

    Raises:
        BadTable: some rows cannot stand; then nothing is done.
    """
    reader = _Reader(rows, society, office, work)
    wanted, faults = reader.read(rows)
    if faults:
        raise BadTable(faults)
    kept_ones = [_put(one, who, work) for one in wanted]
    added = sum(one.before is None for one in wanted)
    same = sum(one.before == after for one, after in zip(wanted, kept_ones, strict=True))
    return Imported(added, len(wanted) - added - same, same)


class _Reader:
    """Reads rows as entries of one society, beside what its register holds."""

    def __init__(self, rows: Sequence[Row], society: str, office: Office, work: Work) -> None:
        self._society, self._office, self._work = society, office, work
        named = [RegisterEntry("", society, row.cells["handle"], "", "") for row in rows]
        self._entries = [*work.register.of(society), *named]
        self._names = known_names(society, office, work)
        self._to_value: Mapping[str, Callable[[str, RegisterEntry | None], object]] = {
            **{column: self._text_in(column) for column in _TEXTS},
            "state": self._state,
            "admins": self._admins,
            "confirmed": self._confirmed,
            "review": self._review,
        }

    def read(self, rows: Sequence[Row]) -> tuple[list[_Wanted], list[str]]:
        """Each row as it is to stand, and what is wrong with the others, in order."""
        wanted: list[_Wanted] = []
        faults: list[str] = []
        lines: dict[str, int] = {}
        for row in rows:
            handle = _bare(row.cells["handle"])
            one, wrong = self._wanted(row)
            if handle and handle in lines:
                wrong = [f"{row.cells['handle']} stands in line {lines[handle]} already"]
            lines.setdefault(handle, row.line)
            faults += [f"line {row.line}: {fault}" for fault in wrong]
            wanted.append(one)
        return wanted, faults

    def _wanted(self, row: Row) -> tuple[_Wanted, list[str]]:
        handle = row.cells["handle"]
        before = self._work.register.of_handle(self._society, handle) if handle.strip() else None
        faults: list[str] = []
        if before is not None and _bare(before.handle) != _bare(handle):
            faults.append(f"{handle} is called {before.handle} now; write that")
        held = cells_of(before) if before else {}
        other = tuple(column for column, cell in row.cells.items() if cell != held.get(column, ""))
        if _without_at(handle) == _without_at(held.get("handle", "")):
            other = tuple(column for column in other if column != "handle")
        values: dict[str, object] = {}
        for column in other:
            try:
                values[column] = self._to_value[column](row.cells[column], before)
            except _BadCell as error:
                faults.append(f"{column}: {error}")
        empty = [column for column in _NEEDED if not in_one_line(row.cells.get(column, held.get(column, "")))]
        faults += [f"{column}: nothing stands there" for column in empty]
        new = RegisterEntry("", self._society, handle, "", "", review=self._a_year_on(row))
        after = replace(before or new, **values) if not faults else before or new  # type: ignore[arg-type]
        return _Wanted(row, before, after, other), faults

    def _a_year_on(self, row: Row) -> date | None:
        """When an account is to be looked at that comes in a table which does not say so of any."""
        return None if "review" in row.cells else a_year_on(self._work.now, self._office.hours.zone)

    def _text_in(self, column: str) -> Callable[[str, RegisterEntry | None], str]:
        def read(cell: str, _: RegisterEntry | None) -> str:
            text = in_one_line(cell)
            fault = fault_in(column, text, self._entries, self._names) if text else ""
            if fault:
                raise _BadCell(fault)
            return text

        return read

    def _state(self, cell: str, _: RegisterEntry | None) -> AccountState:
        name = cell.strip().casefold()
        if name and name not in list(AccountState):
            raise _BadCell(f"“{cell[:60]}” is none; write {', '.join(AccountState)}")
        return AccountState(name) if name else AccountState.ACTIVE

    def _admins(self, cell: str, before: RegisterEntry | None) -> tuple[Admin, ...]:
        accounts = list(dict.fromkeys(cell.split()))
        for one in accounts:
            if not is_reached(one) or _BETWEEN_ACCOUNTS.search(one):
                raise _BadCell(
                    f"“{one[:60]}” is nobody's account; write platform:id, as in slack:U0123 (the platform is one of"
                    f" {', '.join(PLATFORMS)}), with blanks between several, and never a name"
                )
        if len(accounts) > _MOST_ADMINS:
            raise _BadCell(f"{len(accounts)} accounts; {_MOST_ADMINS} can stand there")
        there = {admin.person.account: admin for admin in before.admins} if before else {}
        return tuple(there.get(one) or Admin(Person(one), self._work.now) for one in accounts)

    def _confirmed(self, cell: str, _: RegisterEntry | None) -> datetime | None:
        if not cell.strip():
            return None
        at = _moment(cell.strip())
        if at > self._work.now:
            raise _BadCell(f"“{cell[:60]}” is still to come")
        return at

    def _review(self, cell: str, _: RegisterEntry | None) -> date | None:
        return _moment(cell.strip()).date() if cell.strip() else None


def _moment(cell: str) -> datetime:
    try:
        at = datetime.fromisoformat(cell)
        at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise _BadCell(f"“{cell[:60]}” is no date; write it as in 2027-03-01") from error
    if at.year < _EARLIEST:
        raise _BadCell(f"“{cell[:60]}” is too long ago")
    return at


def _put(wanted: _Wanted, who: Person, work: Work) -> RegisterEntry:
    """Keeps one account with its history: what it is in one move, and each admin in one of their own."""
    standing = wanted.before or _added(wanted, who, work)
    try:
        return _with_admins(_described(standing, wanted, who, work), wanted, who, work)
    except Overtaken as error:
        raise BadTable(
            [f"line {wanted.row.line}: somebody else has just changed {standing.handle}; try again"]
        ) from error


def _added(wanted: _Wanted, who: Person, work: Work) -> RegisterEntry:
    new = replace(wanted.after, admins=())
    added = work.register.add(new, RegisterMove("", 1, work.now, who, Change.ADDED))
    if added is None:
        raise BadTable([f"line {wanted.row.line}: somebody else has just put {new.handle} on the register"])
    return added


def _described(standing: RegisterEntry, wanted: _Wanted, who: Person, work: Work) -> RegisterEntry:
    """The account with all that the table says of it but for its admins."""
    if wanted.before is None:
        return standing
    held, cells = cells_of(wanted.before), cells_of(wanted.after)
    told = [
        became(column, held[column], cells[column]) for column in (*_TEXTS, *_DATED) if held[column] != cells[column]
    ]
    described = replace(wanted.after, admins=standing.admins, state=standing.state, version=standing.version)
    if told:
        standing = kept(described, who, Change.CHANGED, work, text="; ".join(told))
    state = wanted.after.state
    if state is standing.state:
        return standing
    what = Change.CLOSED if state is AccountState.CLOSED else Change.CHANGED
    what = Change.REOPENED if standing.state is AccountState.CLOSED else what
    text = became("state", standing.state, state) if what is Change.CHANGED else ""
    if what is Change.CLOSED:
        _end_of(standing, None, work)
    return kept(replace(standing, state=state), who, what, work, text=text)


def _with_admins(standing: RegisterEntry, wanted: _Wanted, who: Person, work: Work) -> RegisterEntry:
    """The account with the admins of the table. Where that says nothing else of its state, one that nobody runs any
    more needs an admin, and one that needed one is in use."""
    is_said = wanted.before is None or "state" in wanted.other
    accounts = {admin.person.account for admin in wanted.after.admins}
    for admin in standing.admins:
        if admin.person.account not in accounts:
            after = replace(standing, admins=tuple(one for one in standing.admins if one is not admin))
            if not is_said and not after.staying and after.state is AccountState.ACTIVE:
                after = replace(after, state=AccountState.NEEDS_ADMIN)
            standing = kept(after, who, Change.ADMIN_REMOVED, work, admin.person)
            _end_of(standing, admin.person, work)
    there = {admin.person.account for admin in standing.admins}
    for admin in wanted.after.admins:
        if admin.person.account not in there:
            after = replace(standing, admins=(*standing.admins, admin))
            if not is_said and after.state is AccountState.NEEDS_ADMIN:
                after = replace(after, state=AccountState.ACTIVE)
            standing = kept(after, who, Change.ADMIN_ADDED, work, admin.person)
    return standing


def _end_of(entry: RegisterEntry, person: Person | None, work: Work) -> None:
    """Ends what somebody, or everybody, was invited to for an account, so that nobody is back on it by an old
    invitation. What still waits for staff's agreement needs that anyway."""
    accounts = own(person.account, work) if person else ()
    for one in work.enrolments.for_entry(entry.id):
        if one.state is not EnrolmentState.ASKED_FOR and (person is None or one.person.account in accounts):
            end(one, work)


def _bare(handle: str) -> str:
    return _without_at(handle).casefold()


def _without_at(handle: str) -> str:
    return handle.strip().removeprefix("@")
