"""Who was forgotten, beside the database, so that a restored backup forgets them again: in a file of the data folder,
a line each, of the account's hash and the time."""

import os
import re
from datetime import datetime
from pathlib import Path

_NAME = "forgotten"
_LINE = re.compile(r"([0-9a-f]{64}) (\S{10,40})")


def record(folder: Path, account_hash: str, at: datetime) -> None:
    """Adds a forgetting; it is on the disk when this returns. `account_hash` is `forgetting.hash_of` the account.

    Raises:
        OSError: the file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    opened = os.open(folder / _NAME, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(opened, "w", encoding="ascii") as file:
        file.write(f"{account_hash} {at.isoformat()}\n")
        file.flush()
        os.fsync(file.fileno())


def recorded(folder: Path) -> dict[str, datetime]:
    """When whom was forgotten last, by hash; a line that cannot be read is passed over.

    Raises:
        OSError: the file is there and cannot be read.
    """
    try:
        lines = (folder / _NAME).read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return {}
    found: dict[str, datetime] = {}
    for line in filter(None, map(_LINE.search, lines)):
        try:
            at = datetime.fromisoformat(line[2])
        except ValueError:
            continue
        if at.tzinfo is not None:
            found[line[1]] = max(at, found.get(line[1], at))
    return found
