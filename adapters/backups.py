"""The commands `verse backup` and `verse restore`: a copy of what is kept, and putting one back."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from adapters.console.inbound import BadInput
from adapters.console.render import visible
from adapters.console.terminal import write
from adapters.settings import Settings, from_environment

_BACKUP = "what is kept is in PostgreSQL: `pg_dump --format=custom --file FILE` makes a backup of it; see the README"
_RESTORE = (
    "what is kept is in PostgreSQL: `pg_restore --clean --if-exists --dbname NAME FILE` puts a backup back, and then "
    "`verse forget --again`; see the README"
)


def backup(
    file: Annotated[Path, typer.Argument(help="Where to write it.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the file where it is there.")] = False,
) -> None:
    """Copy all that is kept into a file, also while `verse serve` runs."""
    live = _sqlite(from_environment(), _BACKUP)
    # SQLAlchemy: no other command should wait for it
    from adapters.storage.backup import back_up
    from adapters.storage.database import StoreError

    if not live.is_file():
        raise BadInput(f"there is nothing to back up: {live} is not there; see DATA_DIR and DATABASE_URL")
    if file.is_dir() or (file.exists() and not force):
        raise BadInput(f"{file} is there already; name another file, or add --force to replace it")
    if file.exists() and file.samefile(live):
        raise BadInput(f"{file} is the database itself; name another file")
    try:
        back_up(live, file)
    except StoreError as error:
        raise BadInput(str(error)) from error
    size = f"{max(file.stat().st_size // 1024, 1):,} KiB"
    write(visible(f"{file} holds all that is kept ({size}), and was looked over. Keep it as safe as the database."))


def restore(file: Annotated[Path, typer.Argument(help="A backup that `verse backup` made.")]) -> None:
    """Put a backup in the place of what is kept, and keep what was there beside it."""
    settings = from_environment()
    live = _sqlite(settings, _RESTORE)
    # SQLAlchemy: no other command should wait for it
    from adapters.storage.backup import restore as put_back
    from adapters.storage.database import StoreError
    from adapters.storage.recorded import recorded

    if not file.is_file():
        raise BadInput(f"{file} is not there; name a backup that `verse backup` made")
    if live.exists() and file.samefile(live):
        raise BadInput(f"{file} is the database itself; name a backup that `verse backup` made")
    live.parent.mkdir(parents=True, exist_ok=True)
    try:
        done = put_back(file, live, lambda: recorded(settings.data), datetime.now(UTC))
    except StoreError as error:
        raise BadInput(str(error)) from error
    write(visible(f"{live} is as {file} has it."))
    if done.before is not None:
        write(visible(f"What was there before is in {done.before}. Delete that once it is not needed."))
    if done.forgotten:
        write(f"Forgotten again, since they were forgotten after that backup: {done.forgotten}.")
    if done.doubtful:
        write(f"To be sent, and marked as perhaps sent already: {done.doubtful}.")


def _sqlite(settings: Settings, otherwise: str) -> Path:
    if settings.database_file is None:
        raise BadInput(otherwise)
    return settings.database_file
