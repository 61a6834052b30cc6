"""What takes a minute to learn is learnt by one process of a run, while the others learn what comes next."""

import fcntl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def shared(name: str, lessons: Mapping[str, Callable[[], Any]], folder: Path) -> Any:
    """What the lesson of this name gives, which keeps what it has learnt in `folder`, so that it costs little again.

    Where another process is at it, those that nobody is at are taken first, each of which will be wanted too.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _held(folder / f"{name}.lock", wait=False) as free:
        if free:
            return lessons[name]()
    for other in lessons:
        with _held(folder / f"{other}.lock", wait=False) as free:
            if free:
                lessons[other]()
    with _held(folder / f"{name}.lock", wait=True):
        return lessons[name]()


@contextmanager
def _held(file: Path, wait: bool) -> Iterator[bool]:
    """Holds a file's lock for a while, or says that another process does; the end of a process gives it up too."""
    with file.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True
