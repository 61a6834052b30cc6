"""The register as a table: what a spreadsheet would run is made harmless and comes back; bad tables are refused."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.register_csv import (
    COLUMNS,
    MOST_BYTES,
    MOST_ROWS,
    BadTable,
    as_it_was,
    cells_of,
    harmless,
    rows_of,
    table,
)
from bot.people import Person
from bot.register import AccountState, Admin, RegisterEntry

NOW = datetime(2026, 11, 23, 9, 0, 7, 123456, tzinfo=UTC)
TRICKY = st.text(st.sampled_from("=+-@\t\r\n;|,'\" aé＝＠"), max_size=12)


def faults(content: bytes | str) -> list[str]:
    with pytest.raises(BadTable) as refused:
        rows_of(content.encode() if isinstance(content, str) else content)
    return list(refused.value.faults)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r'=1"),
        (" =1", "' =1"),
        ("\u00a0=1", "'\u00a0=1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("a;=1", "a;'=1"),
        ("a\n=1", "a\n'=1"),
    ],
)
def test_what_a_spreadsheet_would_run_has_an_apostrophe_before_it(cell: str, written: str) -> None:
    assert harmless(cell) == written
    assert as_it_was(written) == cell


@pytest.mark.parametrize("cell", ["", "plain", "'tis the season", "a-b", "a = b", "3, -4", "1 + 1", "x@y"])
def test_any_other_cell_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == as_it_was(cell) == cell


@settings(max_examples=200, deadline=None)
@given(TRICKY)
def test_every_cell_comes_back_as_it_was_and_none_begins_with_a_sign_that_runs(cell: str) -> None:
    written = harmless(cell)

    assert as_it_was(written) == cell
    parts = re.split(r"[;|\n]", written)
    assert not any(part.lstrip().startswith(tuple("=+-@＝＠")) for part in parts)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(*[TRICKY] * 3).filter(lambda cells: any(cell.strip() for cell in cells)), max_size=4))
def test_a_table_comes_back_as_it_was_whatever_stands_in_its_cells(rows: list[tuple[str, ...]]) -> None:
    columns = ("handle", "group", "purpose")
    given_rows = [dict(zip(columns, cells, strict=True)) for cells in rows]

    read = rows_of(table(columns, given_rows).encode())

    assert [dict(row.cells) for row in read] == given_rows


def test_an_account_stands_in_its_columns_with_nobodys_name() -> None:
    entry = RegisterEntry(
        "1",
        "larks",
        "@larks_choir",
        "Twitter",
        "Choir",
        "To tell of concerts.",
        "Everybody",
        AccountState.NEEDS_ADMIN,
        (Admin(Person("slack:U1", "Ann Lark"), NOW), Admin(Person("teams:7", "Ben Lark"), NOW)),
        NOW,
        date(2027, 11, 23),
    )

    cells = cells_of(entry)

    assert tuple(cells) == COLUMNS
    assert cells["admins"] == "slack:U1 teams:7"
    assert (cells["state"], cells["confirmed"], cells["review"]) == (
        "needs_admin",
        "2026-11-23T09:00:07Z",
        "2027-11-23",
    )
    assert "Lark" not in "".join(cells.values())


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_tables_are_read_as_spreadsheets_save_them(separator: str, ends: str, mark: str) -> None:
    lines = [
        ["Handle", "platform", "GROUP "],
        ["'@larks", "Twitter", '"Choir, of; all"'],
        ["", "", ""],
        ["@b", "X", "B"],
    ]

    rows = rows_of((mark + ends.join(separator.join(line) for line in lines)).encode())

    assert [(row.line, dict(row.cells)) for row in rows] == [
        (2, {"handle": "@larks", "platform": "Twitter", "group": "Choir, of; all"}),
        (4, {"handle": "@b", "platform": "X", "group": "B"}),
    ]


def test_a_cell_may_hold_several_lines_and_rows_are_counted_by_where_they_begin() -> None:
    rows = rows_of(b'handle,purpose\n@a,"one\ntwo"\n@b,x\n')

    assert [(row.line, row.cells["purpose"]) for row in rows] == [(2, "one\ntwo"), (4, "x")]


def test_every_row_that_is_none_is_named_with_its_line() -> None:
    assert faults("handle,group\n@a\n@b,B\n@c,C,c\n") == [
        "line 2: it has 1 cells, and the first line has 2",
        "line 4: it has 3 cells, and the first line has 2",
    ]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("", "no handle"),
        ("platform,group", "no handle"),
        ("handle,owner", "“owner” is no column"),
        ("handle,group,Group", "“group” stands twice"),
    ],
)
def test_a_head_that_is_none_is_refused_with_what_may_stand_there(head: str, said: str) -> None:
    [fault] = faults(head)

    assert fault.startswith(f"line 1: {said}")
    assert "platform, group, purpose, audience, state, admins, confirmed, review" in fault


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_what_was_saved_as_utf_16_is_refused_with_what_to_do(encoding: str) -> None:
    [fault] = faults("handle,group\n@a,A\n".encode(encoding))

    assert "save it as “CSV UTF-8”" in fault


def test_what_is_no_utf_8_is_refused_with_its_line() -> None:
    assert faults("handle,group\n@a,Café\n".encode("cp1252")) == [
        "line 2: it is not UTF-8; save it as “CSV UTF-8”, as spreadsheets call it"
    ]


def test_quotation_marks_that_do_not_fit_are_refused() -> None:
    for content in ('handle,group\n"@a,A\n', 'handle,group\n"@a"b,A\n'):
        assert "its quotation marks do not fit" in faults(content)[-1]


def test_what_is_too_large_is_refused() -> None:
    assert "larger than 1 MB" in faults(b"handle\n" + b"@a\n" * (MOST_BYTES // 3 + 1))[0]
    assert "more than 500 rows" in faults(b"handle\n" + b"@a\n" * (MOST_ROWS + 1))[0]
    assert "more than 5,000 characters" in faults(f"handle,purpose\n@a,{'x' * 5_001}\n")[0]


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f"handle,group\n{text}".encode("utf-8", "replace"))
)
def test_whatever_a_file_holds_it_is_read_or_refused(content: bytes) -> None:
    with suppress(BadTable):
        assert all("handle" in row.cells for row in rows_of(content))
