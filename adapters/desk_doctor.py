"""Looks over what the desk rests on: the office's file, the database, staff, what was not delivered, e-mail, chats."""

import os
import socket
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from adapters.chat.introducing import NAME
from adapters.email.servers import MailServer
from adapters.findings import Finding
from adapters.office import checked_offices, office_file
from adapters.office_tables import WEEKDAYS
from adapters.opening import open_database, unreachable, wait_for_turn
from adapters.settings import Settings, SettingsError, without_secrets
from adapters.slack.doctor import examine_slack
from adapters.storage.database import Database
from adapters.storage.migrating import State, state
from adapters.storage.outbox import Outbox
from adapters.storage.sql import SqlStore
from adapters.storage.tables import once
from adapters.stored import RENDERS
from adapters.teams.doctor import examine_teams
from adapters.teams.stored_references import SqlReferences
from adapters.workspace import society_of
from bot.office import Office, Offices
from knowledge.clauses import Policy

_ANSWERS_WITHIN = 5.0  # seconds, of a mail server
_MOST_SHOWN = 1000  # deliveries that failed
_SEND_AGAIN = "; then `verse doctor --send-again` tries once more"
_NEWER = "a newer edition of this program has been at it; install that edition, or restore a backup that this one made"
_NO_WAL = (
    "it lies where SQLite cannot keep a log beside it, as on a network drive; set DATA_DIR to a disk of this machine"
)


@dataclass(frozen=True, slots=True)
class _Chat:
    """How a chat platform is called, which of its channels a desk is, and how that and a person there are written, and
    by which id of theirs."""

    name: str
    channel: str
    desk: str
    person: str
    by: str


_SLACK = _Chat(
    "Slack", "a private channel that the bot is in", "slack:C0123ABCD", "slack:U0123", "the member id of whoever does"
)
_TEAMS = _Chat(
    "Teams",
    f"a channel of a team that only the office is in, with {NAME} added to that team",
    "teams:19%3A0123abcd%40thread.tacv2",
    "teams:OBJECT-ID",
    "the object id of whoever does",
)


def examine_desk(settings: Settings, policies: Sequence[Policy]) -> list[Finding]:
    """The office's file, the database, e-mail, Slack and Teams, as they rest on each other and on the policies."""
    chats = _chats(settings)
    try:
        offices, faults = checked_offices(settings, policies)
    except SettingsError as error:
        return [Finding("office", str(error), fault=True), *_database(settings, Offices({}), ())]
    findings = [Finding("office", f"{office_file(settings)}: {fault}", fault=True) for fault in faults]
    served = _served(settings, offices) if chats else ""
    if served:
        findings += _not_served(served, offices, chats)
    looked_over = Offices({served: offices.of(served)}) if served else offices
    asked_in = chats if served else ()
    findings += [one for office in looked_over.by_society.values() for one in _office(office, asked_in)]
    findings += [*_database(settings, looked_over, asked_in), *_mail(settings, looked_over)]
    return [*findings, *examine_slack(settings, offices), *_teams(settings, offices)]


def send_again(settings: Settings) -> int:
    """Has everything tried again that could not be delivered and still has its words; gives how many that is.

    Raises:
        SettingsError: the database cannot be used, or a newer edition of this code has been at it.
    """
    database = open_database(settings)
    try:
        outbox = Outbox(database)
        return sum(outbox.requeue(row.id) for row in outbox.undelivered(_MOST_SHOWN) if row.platform in RENDERS)
    finally:
        database.close()


def _chats(settings: Settings) -> tuple[_Chat, ...]:
    """Those that are on."""
    on = ((_SLACK, settings.slack_bot_token is not None), (_TEAMS, settings.teams_is_on))
    return tuple(chat for chat, is_on in on if is_on)


def _teams(settings: Settings, offices: Offices) -> list[Finding]:
    """Teams, with what the database knows of it."""
    if not settings.may_hold_queries:
        return examine_teams(settings, offices, None)
    database = Database(settings.database_url)
    try:
        known = SqlReferences(database) if state(database) is State.UP_TO_DATE else None
        return examine_teams(settings, offices, known)
    except SQLAlchemyError:  # told with what is said of the database
        return examine_teams(settings, offices, None)
    finally:
        database.close()


def _served(settings: Settings, offices: Offices) -> str:
    """The society whose people are answered in the chats; empty where nobody can say whose."""
    try:
        return society_of(settings, offices.by_society)
    except SettingsError:  # told with what is said of each
        return ""


def _not_served(served: str, offices: Offices, chats: Sequence[_Chat]) -> list[Finding]:
    others = [society for society in offices.by_society if society != served]
    if not others:
        return []
    for_it = f"{_named(chats, 'and')} {'is' if len(chats) == 1 else 'are'} for {served}"
    are = "is" if len(others) == 1 else "are"
    return [Finding("office", f"{for_it}; {' and '.join(others)} {are} held too, and not looked over here")]


def _named(chats: Sequence[_Chat], joint: str) -> str:
    return f" {joint} ".join(chat.name for chat in chats)


def _office(office: Office, chats: Sequence[_Chat]) -> list[Finding]:
    """Desk, routing and hours. `chats` are those in which members ask."""
    what = f"office of {office.society}"
    platform = office.desk.partition(":")[0]
    if not office.desk and chats:
        how = " or ".join(f"{chat.channel}, as {chat.desk}" for chat in chats)
        what_to_do = f"set society.{office.society}.desk in office.toml to {how}"
        nobody = f"no desk, so nobody in {_named(chats, 'or')} sees what members send on"
        findings = [Finding(what, f"{nobody}; {what_to_do}", fault=True)]
    elif not office.desk:
        desk = "no desk conversation, so queries are seen with `verse chat` alone; office.toml can set one"
        findings = [Finding(what, desk)]
    elif platform in RENDERS:
        findings = [Finding(what, f"its desk is {office.desk}")]
    else:
        known = ", ".join(sorted(RENDERS))
        what_to_do = f"nothing reaches it; set society.{office.society}.desk to a conversation of {known}"
        findings = [
            Finding(what, f"its desk is {office.desk}, and '{platform}' is no platform here: {what_to_do}", True)
        ]
    routes = "; ".join(f"{', '.join(route.clauses)} to {' and '.join(route.to)}" for route in office.routing)
    routing = f"{routes}; all else to the whole desk" if routes else "all goes to the whole desk"
    return [*findings, Finding(what, routing), Finding(what, _hours(office))]


def _hours(office: Office) -> str:
    hours, by_span = office.hours, dict[str, list[str]]()
    for day, (opens, closes) in sorted(hours.days.items()):
        by_span.setdefault(f"{opens:%H:%M}-{closes:%H:%M}", []).append(WEEKDAYS[day])
    days = "; ".join(f"{', '.join(days)} {span}" for span, days in by_span.items()) or "never"
    coming = sum(day >= datetime.now(hours.zone).date() for day in hours.holidays)
    return f"there {days} ({hours.zone.key}); holidays still to come: {coming or 'none is set'}"


def _database(settings: Settings, offices: Offices, chats: Sequence[_Chat]) -> list[Finding]:
    shown = without_secrets(settings.database_url)
    database = Database(settings.database_url)
    try:
        file = Path(database.engine.url.database or "")
        if database.is_sqlite and not file.exists():
            nobody = [_nobody(society, chats) for society in offices.by_society if chats]
            return [_not_there_yet(shown, file.parent), *nobody]
        wait_for_turn(database, lambda line: print(line, file=sys.stderr))
        stands = state(database)
        if stands is State.NEWER:
            return [Finding("database", f"{shown}: {_NEWER}", fault=True)]
        if stands is not State.UP_TO_DATE:
            return [Finding("database", f"{shown}: its tables are {stands}; `verse serve` brings them up to date")]
        return [_writable(database, shown), *_staff(database, offices, chats), *_outbox(database)]
    except SQLAlchemyError as error:
        return [Finding("database", unreachable(settings, error), fault=True)]
    finally:
        database.close()


def _not_there_yet(shown: str, folder: Path) -> Finding:
    """What is to be said of a file that is still to be made, and of the folder that it would lie in."""
    if not folder.is_dir():
        return Finding("database", f"{shown}: there is no folder {folder}; make it, or mend DATABASE_URL", fault=True)
    if not os.access(folder, os.W_OK | os.X_OK):
        what = f"{folder} cannot be written; see whose folder it is, or mend DATABASE_URL"
        return Finding("database", f"{shown}: {what}", fault=True)
    return Finding("database", f"{shown} is not there yet; `verse serve` or `verse chat` makes it")


def _writable(database: Database, shown: str) -> Finding:
    """Whether a row can be written; it is not kept."""
    with database.transaction() as connection:
        connection.execute(once.insert().values(key="doctor", at=datetime.now(UTC)))
        connection.rollback()
    if not database.is_sqlite:
        return Finding("database", f"{shown} is up to date and can be written")
    with database.reading() as connection:
        journal = connection.execute(sa.text("PRAGMA journal_mode")).scalar_one()
    if journal != "wal":
        return Finding("database", f"{shown}: {_NO_WAL}", fault=True)
    return Finding("database", f"{shown} is up to date, can be written, and keeps a log for crashes")


def _staff(database: Database, offices: Offices, chats: Sequence[_Chat]) -> list[Finding]:
    with SqlStore(database).work() as work:
        counts = {society: len(work.staff.of(society)) for society in offices.by_society}
    return [
        Finding("staff", f"{count} at the desk of {society}") if count else _nobody(society, chats)
        for society, count in counts.items()
    ]


def _nobody(society: str, chats: Sequence[_Chat]) -> Finding:
    what = f"`verse staff add --society {society}`"
    if chats:
        what = f"`verse staff add {chats[0].person} --society {society}`, with {chats[0].by}"
    nobody = f"nobody at the desk of {society}, so nobody can answer queries"
    return Finding("staff", f"{nobody}; {what}", fault=bool(chats))


def _outbox(database: Database) -> list[Finding]:
    failed = Outbox(database).undelivered(_MOST_SHOWN)
    if not failed:
        return [Finding("outbox", "nothing has failed to be delivered")]
    reasons = Counter((row.platform, row.fault) for row in failed)
    return [
        Finding(
            "outbox",
            f"{count} could not be delivered by {platform}: {fault}{_SEND_AGAIN if platform in RENDERS else ''}",
            fault=True,
        )
        for (platform, fault), count in reasons.most_common()
    ]


def _mail(settings: Settings, offices: Offices) -> list[Finding]:
    addressed = [office for office in offices.by_society.values() if office.addresses]
    if settings.smtp_url is None:
        then = "addresses are set in office.toml, and nothing is sent to them" if addressed else "no notices are sent"
        return [Finding("e-mail", f"off, since SMTP_URL is not set: {then}")]
    server = MailServer.of_url(settings.smtp_url.get_secret_value())
    where = f"{server.host}:{server.port}"
    try:
        socket.create_connection((server.host, server.port), _ANSWERS_WITHIN).close()
    except OSError as error:
        why = error.strerror or type(error).__name__
        findings = [Finding("e-mail", f"{where} cannot be reached ({why}); mend SMTP_URL, or start that server", True)]
    else:
        findings = [Finding("e-mail", f"{where} can be reached")]
    return findings + [finding for office in offices.by_society.values() for finding in _addresses(office, server)]


def _addresses(office: Office, server: MailServer) -> list[Finding]:
    """Which posts of an office mails can go to, and whether there is an address that they come from."""
    what, table = f"e-mail of {office.society}", f"society.{office.society}.addresses"
    if not office.addresses:
        return [Finding(what, f"no address is set, so none is sent; {table} in office.toml sets some")]
    if not server.sender and "" not in office.addresses:
        how = f"write ?from=ADDRESS at the end of SMTP_URL, or set {table}.desk"
        return [Finding(what, f"there is no address that mails could come from; {how}", fault=True)]
    asked = dict.fromkeys([*(post for route in office.routing for post in route.to), office.reminders.second_post, ""])
    names = {post: post or "the desk" for post in asked}
    known = [name for post, name in names.items() if post in office.addresses]
    missing = [name for post, name in names.items() if post not in office.addresses]
    told = f"goes to {', '.join(known) or 'nobody who is asked'}"
    return [Finding(what, f"{told}; no address for {', '.join(missing)}" if missing else told)]
