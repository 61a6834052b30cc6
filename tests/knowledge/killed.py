"""Run by a test: brings an edition in and puts it in force, killed by a signal at each step in turn.

    python -m tests.knowledge.killed FOLDER OLD NEW

Each turn has a folder of its own, FOLDER/0, FOLDER/1 ..., in which the edition OLD is in force; the last turn is
killed nowhere.
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from knowledge.editions import POLICY_FILE, Archive

_THEN = datetime(2026, 1, 1, tzinfo=UTC)
_NOW = datetime(2026, 5, 1, tzinfo=UTC)


def put(archive: Archive, file: Path, at: datetime) -> None:
    """What `verse policies put-in-force FILE` does on the disk."""
    history, content = archive.history(), file.read_bytes()
    edition = archive.bring_in({POLICY_FILE: content}, None, file, content, "tester", at)
    archive.put_in_force(edition, "tester", at, history)


def _dying(step: Callable[..., Any], left: list[int]) -> Callable[..., Any]:
    """The same step, before and after which this process may have to die."""

    def stepped(*given: Any, **named: Any) -> Any:
        _die_if_last(left)
        done = step(*given, **named)
        _die_if_last(left)
        return done

    return stepped


def _die_if_last(left: list[int]) -> None:
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left[0] -= 1


def main(folder: Path, old: Path, new: Path) -> None:
    for turn in count():
        archive = Archive(folder / str(turn))
        put(archive, old, _THEN)
        child = os.fork()
        if child == 0:
            left = [turn]
            for name in ("mkdir", "fsync", "rename", "link", "unlink"):
                setattr(os, name, _dying(getattr(os, name), left))
            put(archive, new, _NOW)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            sys.exit(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main(*(Path(word) for word in sys.argv[1:]))
