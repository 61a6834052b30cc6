"""The command `verse register`: the accounts of a society, who runs them, and who was set up for that."""

import getpass
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from adapters.bootstrap import checklist_folders, flow_folders, in_force
from adapters.console.app import as_line
from adapters.console.chat import account_of
from adapters.console.render import visible
from adapters.console.terminal import write
from adapters.office import offices_of
from adapters.options import AsJson, Society, among_held, society_meant
from adapters.policies import UNUSABLE
from adapters.privacy import write_new
from adapters.register_csv import COLUMNS, MOST_BYTES, BadTable, cells_of, rows_of, table
from adapters.register_import import put_on_register
from adapters.settings import Settings, from_environment
from bot.accounts.entry_standing import stands
from bot.accounts.listed_accounts import put_listed_on_register
from bot.accounts.yearly import is_unconfirmed
from bot.office import Office, Offices
from bot.people import NOBODY, Person
from bot.ports import Work
from bot.register import RegisterEntry
from knowledge import editions
from knowledge.flows import files as flow_files
from knowledge.onboarding import files as checklist_files
from knowledge.onboarding.checklist import Checklists

register_app = typer.Typer(
    help="The register: the accounts that speak in a society's name.", no_args_is_help=True, rich_markup_mode=None
)

RECORD = ("who", "handle", "clause", "edition", "date")
_IN = typer.Argument(metavar="FILE", help="A table as `verse register export` writes it; '-': standard input.")
_OUT = typer.Argument(metavar="FILE", help="A file that is not there yet; '-': standard output.")
_BOM = "\ufeff"  # by which a spreadsheet knows that letters are UTF-8


@register_app.command("list")
def list_register(society: Society = None, as_json: AsJson = False) -> None:
    """Show the register of a society, or of all that are held."""
    held = _held(from_environment())
    where = [among_held(held.societies, society)] if society else held.societies
    with _register(held) as work:
        found = {one: work.register.of(one) for one in where}
        now = work.now
    if as_json:
        accounts = [{"society": one} | _as_json(entry) for one, entries in found.items() for entry in entries]
        write(as_line({"accounts": accounts}))
        return
    for one, entries in found.items():
        write(visible(f"{one}:" if entries else f"{one}: no account; `verse register import` puts some on it"))
        for entry in entries:
            write(visible(f"  {_line(entry, held.offices.of(one), now)}"))


@register_app.command("import")
def import_register(file: Annotated[str, _IN], society: Society = None) -> None:
    """Put the accounts of a CSV file on the register, or change those that are there: all of them, or none."""
    held = _held(from_environment())
    where = held.society(society)
    try:
        rows = rows_of(_content(file))
        with _register(held) as work:
            done = put_on_register(rows, where, held.offices.of(where), _whoever_runs_this(), work)
    except BadTable as error:
        for fault in error.faults:
            print(f"verse: {visible(f'{file}: {fault}')}", file=sys.stderr)
        print("verse: nothing was imported; mend the file and import it again", file=sys.stderr)
        raise typer.Exit(UNUSABLE) from error
    write(f"{where}: {done.added} added, {done.changed} changed, {done.same} as before.")


@register_app.command("export")
def export_register(file: Annotated[str, _OUT], society: Society = None) -> None:
    """Write the register of a society as CSV, which a spreadsheet opens and `verse register import` reads."""
    held = _held(from_environment())
    where = held.society(society)
    with _register(held) as work:
        rows = [cells_of(entry) for entry in work.register.of(where)]
    _put_out(file, COLUMNS, rows)


@register_app.command("records")
def export_records(file: Annotated[str, _OUT], society: Society = None) -> None:
    """Write as CSV who was set up for which account and has read which clauses, in which edition, and when."""
    held = _held(from_environment())
    where = held.society(society)
    with _register(held) as work:
        rows = _records(where, work)
    _put_out(file, RECORD, rows)


def _records(society: str, work: Work) -> list[dict[str, str]]:
    rows = []
    for enrolment in work.enrolments.finished(society):
        entry = work.register.get(enrolment.entry)
        for read in enrolment.read:
            values = (enrolment.person.account, entry.handle if entry else "", read.clause, read.edition, _at(read.at))
            rows.append(dict(zip(RECORD, values, strict=True)))
    return rows


@dataclass(frozen=True, slots=True)
class _Held:
    """What is held, read once and without an index: it takes a second or two."""

    settings: Settings
    societies: list[str]
    offices: Offices
    checklists: Checklists

    def society(self, named: str | None) -> str:
        """The society that is meant. Raises BadInput where that is not clear."""
        return society_meant(self.societies, named or self.settings.society)


def _held(settings: Settings) -> _Held:
    policies = editions.read(in_force(settings))
    clauses = {clause.id: clause for policy in policies for clause in policy.clauses}
    flows = flow_files.load(flow_folders(settings), clauses).flows
    checklists, _ = checklist_files.load(checklist_folders(settings), clauses, flows)
    societies = list(dict.fromkeys(policy.society for policy in policies))
    return _Held(settings, societies, offices_of(settings, policies), checklists)


@contextmanager
def _register(held: _Held) -> Iterator[Work]:
    """A unit of work on the register, with the accounts on it that the policies list."""
    from adapters.opening import one_work  # SQLAlchemy: no other command should wait for it

    with one_work(held.settings) as work:
        put_listed_on_register(held.checklists, held.offices, work)
        yield work


def _content(file: str) -> bytes:
    """As much of a file as can be read, and a byte more where it is too large."""
    with sys.stdin.buffer if file == "-" else Path(file).open("rb") as source:
        return source.read(MOST_BYTES + 1)


def _put_out(file: str, columns: Sequence[str], rows: Sequence[dict[str, str]]) -> None:
    written = table(columns, rows)
    if file == "-":
        sys.stdout.write(written.encode("utf-8", "replace").decode("utf-8"))
        return
    write_new(Path(file), _BOM + written)
    write(visible(f"{len(rows)} {'row is' if len(rows) == 1 else 'rows are'} in {file}."))


def _whoever_runs_this() -> Person:
    """As this system has them; nobody where it does not say."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user, as in some containers
        return NOBODY
    return Person(account_of(name), name)


def _line(entry: RegisterEntry, office: Office, now: datetime) -> str:
    admins = " ".join(admin.person.account for admin in entry.admins) or "nobody"
    unconfirmed = is_unconfirmed(entry, office, now)
    confirmed = f"confirmed {_at(entry.confirmed)[:10]}" if entry.confirmed else "never confirmed"
    due = ", which is due" if unconfirmed and entry.confirmed else ""
    parts = [entry.platform, entry.group, stands(entry).replace("_", " "), f"run by {admins}", f"{confirmed}{due}"]
    return f"{entry.handle}: {'; '.join(parts)}"


def _as_json(entry: RegisterEntry) -> dict[str, Any]:
    cells, admins = cells_of(entry), [admin.person.account for admin in entry.admins]
    dates = {column: cells[column] or None for column in ("confirmed", "review")}
    return cells | dates | {"admins": admins, "former": list(entry.former)}


def _at(at: datetime) -> str:
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"
