"""The commands `verse forget` and `verse export`: what is kept of one person, erased or handed to them."""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from adapters.console.inbound import BadInput
from adapters.console.render import visible
from adapters.console.terminal import write
from adapters.settings import Settings, from_environment
from bot.staffing import is_account

if TYPE_CHECKING:
    from adapters.storage.database import Database
    from adapters.storage.forgetting import Forgotten

_USER = typer.Argument(
    metavar="USER", help="Their account, platform:id, as in slack:U123, teams:OBJECT-ID or console:NAME."
)

_SWEEP_AGAIN = (
    "The file of the database could not be cleaned of it while others read; run `verse forget --again` later."
)


def forget(
    user: Annotated[str | None, _USER] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether that is meant.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Forget everybody again who was forgotten, after a backup was put back.")
    ] = False,
) -> None:
    """Erase all that somebody wrote, what was written to them, and who they are."""
    if (user is None) == (not again):
        raise BadInput("name one account, platform:id, or give --again")
    account = None if user is None else _account(user)
    # SQLAlchemy: no other command should wait for it
    from adapters.opening import open_database
    from adapters.storage.backup import sweep
    from adapters.storage.forgetting import forget_again
    from adapters.storage.recorded import recorded

    settings = from_environment()
    database = open_database(settings)
    try:
        if account is None:
            count = forget_again(database, recorded(settings.data))
            write(f"{_counted(count, 'person was', 'people were')} forgotten again.")
        else:
            _forget(settings, database, account, yes)
        if not sweep(database):
            write(_SWEEP_AGAIN)
    finally:
        database.close()
    for line in _copies(settings):
        write(visible(line))


def export(
    user: Annotated[str, _USER],
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write to a file that is not there yet.")] = None,
) -> None:
    """Print all that is kept of somebody, as JSON, for them to have."""
    account = _account(user)
    # SQLAlchemy: no other command should wait for it
    from adapters.opening import open_database
    from adapters.storage.exporting import export as exported

    database = open_database(from_environment())
    try:
        kept = exported(database, account, datetime.now(UTC))
    finally:
        database.close()
    if not kept:
        print(visible(f"Nothing is kept of {account}."), file=sys.stderr)
    told = json.dumps(kept, ensure_ascii=False, indent=2)
    if out is None:
        write(told)
    else:
        write_new(out, told + "\n")
        write(visible(f"What is kept of {account} is in {out}."))


def _forget(settings: Settings, database: "Database", account: str, yes: bool) -> None:
    from adapters.storage.exporting import export as exported
    from adapters.storage.forgetting import forget as erase
    from adapters.storage.forgetting import hash_of
    from adapters.storage.recorded import record

    now = datetime.now(UTC).replace(microsecond=0)
    if not yes and sys.stdin.isatty():
        kept = exported(database, account, now)
        asked = f"{_whose(account, kept)} is forgotten, and it cannot be undone. Go on?"
        if not typer.confirm(visible(asked)):
            raise BadInput("nothing was erased")
    record(settings.data, hash_of(account), now)  # first: whatever happens next, a restored backup knows
    write(visible(_done(account, erase(database, account, now))))


def _whose(account: str, kept: dict[str, Any]) -> str:
    named = f"{account} ({kept['name']})" if kept.get("name") else account
    if not kept:
        return f"Nothing is kept of {named}. That they are to be forgotten"
    queries, questions = len(kept["queries"]), len(kept["exchanges"])
    counts = f"{_counted(questions, 'message', 'messages')} and {_counted(queries, 'query', 'queries')}"
    return f"All that is kept of {named}, among it {counts},"


def _done(account: str, erased: "Forgotten") -> str:
    if not erased.known:
        return f"Nothing was kept of {account}. It is noted, so that a backup that is put back forgets them as well."
    counts = ", ".join(
        [
            _counted(erased.exchanges, "message", "messages"),
            _counted(erased.tickets, "query", "queries"),
            _counted(erased.texts, "text in all", "texts in all"),
        ]
    )
    closed = [f"Q{name}" for name in erased.closed]
    still = (
        f" Closed because {'it' if len(closed) == 1 else 'they'} still waited: {', '.join(closed)}." if closed else ""
    )
    alone = f" Nobody runs {', '.join(erased.left)} any more; see the register." if erased.left else ""
    return f"{account} is forgotten: {counts}.{still}{alone} What a platform was sent stays there."


def _copies(settings: Settings) -> list[str]:
    """Which copies beside the database still hold what they held."""
    file = settings.database_file
    if file is None:
        return []
    older = sorted(file.parent.glob(f"{file.name}.*"))
    return [f"{one} is an older copy, and still holds what it held; delete it once it is not needed." for one in older]


def _account(named: str) -> str:
    if not is_account(named):
        raise BadInput(f"'{named}' is no account; write platform:id, as in slack:U123, teams:OBJECT-ID or console:NAME")
    return named


def write_new(file: Path, text: str) -> None:
    """Writes a file that only its owner reads."""
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise BadInput(f"{file} is there already; name a file that is not") from error
    with os.fdopen(opened, "w", encoding="utf-8", errors="replace") as written:
        written.write(text)


def _counted(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"
