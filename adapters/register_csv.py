"""The register as a table that spreadsheets open: accounts to lines, and lines to cells. Pure.

A spreadsheet takes a cell that begins with =, +, -, @, a tab or a line's end for something to run, and so might one
that parts cells elsewhere and finds such a sign after a semicolon. An apostrophe before it makes it a text; it is taken
off again when the table is read, so that each cell comes back as it was.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC

from bot.register import RegisterEntry

COLUMNS = ("handle", "platform", "group", "purpose", "audience", "state", "admins", "confirmed", "review")
MOST_BYTES, MOST_ROWS = 1_000_000, 500
LONGEST_CELL = 5_000  # characters

_BEGINS = r"(?:\A|(?<=[;|\t\r\n]))"  # where a cell does, whatever parts it from others
_RUNS = r"(?='*[^\S\t\r\n]*[=+\-@\t\r＝＋－＠])"
_WOULD_RUN, _MADE_HARMLESS = re.compile(_BEGINS + _RUNS), re.compile(f"{_BEGINS}'{_RUNS}")
_SEPARATORS = (",", ";", "\t")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class BadTable(Exception):
    """A table that cannot be read: every fault, each with its line where it has one."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its first line, and its cells by column, of those columns that the table has."""

    line: int
    cells: Mapping[str, str]


def harmless(cell: str) -> str:
    """A cell as it is written, which no spreadsheet runs."""
    return _WOULD_RUN.sub("'", cell)


def as_it_was(cell: str) -> str:
    """A cell as it was before `harmless`; any other as it stands."""
    return _MADE_HARMLESS.sub("", cell)


def cells_of(entry: RegisterEntry) -> dict[str, str]:
    """An account by column. Nobody's name is in it: whoever runs it stands there by their accounts."""
    confirmed = entry.confirmed.astimezone(UTC).replace(tzinfo=None) if entry.confirmed else None
    return {
        "handle": entry.handle,
        "platform": entry.platform,
        "group": entry.group,
        "purpose": entry.purpose,
        "audience": entry.audience,
        "state": entry.state,
        "admins": " ".join(admin.person.account for admin in entry.admins),
        "confirmed": f"{confirmed.isoformat(timespec='seconds')}Z" if confirmed else "",
        "review": entry.review.isoformat() if entry.review else "",
    }


def table(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Rows as lines, under a head."""
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    writer.writerows([harmless(row[column]) for column in columns] for row in rows)
    return written.getvalue()


def rows_of(content: bytes) -> list[Row]:
    """The rows of a table, in order, whatever of comma, semicolon and tab parts its cells. Empty lines are none.

    Raises:
        BadTable: it is no such table, or some of its rows are none.
    """
    text = _text(content)
    separator = _separator(text)
    rows: list[Row] = []
    faults: list[str] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        columns = _columns(next(reader, []))
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            fault = _fault(cells, columns)
            if fault:
                faults.append(f"line {line}: {fault}")
                continue
            rows.append(Row(line, {column: as_it_was(cell) for column, cell in zip(columns, cells, strict=True)}))
            if len(rows) > MOST_ROWS:
                raise BadTable([f"it has more than {MOST_ROWS:,} rows; part it"])
    except csv.Error as error:
        raise BadTable([*faults, f"line {reader.line_num}: its quotation marks do not fit ({error})"]) from error
    if faults:
        raise BadTable(faults)
    return rows


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise BadTable([f"it is larger than {MOST_BYTES // 1_000_000} MB, which no register is"])
    if content.startswith(_UTF_16) or b"\0" in content:
        raise BadTable(["it is UTF-16, or no text; save it as “CSV UTF-8”, as spreadsheets call it"])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadTable([f"line {line}: it is not UTF-8; save it as “CSV UTF-8”, as spreadsheets call it"]) from error


def _separator(text: str) -> str:
    """That of the head, in whose names none of them stands."""
    head = text.lstrip().partition("\n")[0]
    return max(_SEPARATORS, key=head.count)


def _columns(head: Sequence[str]) -> list[str]:
    columns = [name.strip().casefold() for name in head]
    unknown = [name for name in columns if name not in COLUMNS]
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if "handle" not in columns or unknown or twice:
        what = (
            f"“{unknown[0][:60]}” is no column" if unknown else f"“{twice[0]}” stands twice" if twice else "no handle"
        )
        raise BadTable([f"line 1: {what}; the first line names columns, handle and any of {', '.join(COLUMNS[1:])}"])
    return columns


def _fault(cells: Sequence[str], columns: Sequence[str]) -> str:
    if len(cells) != len(columns):
        return f"it has {len(cells)} cells, and the first line has {len(columns)}"
    if any(len(cell) > LONGEST_CELL for cell in cells):
        return f"a cell has more than {LONGEST_CELL:,} characters"
    return ""
