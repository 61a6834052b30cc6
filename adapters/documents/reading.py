"""Reads a document from a file, in a process of its own with limits of time and memory."""

import json
import math
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from adapters.documents.__main__ import LARGEST, MEMORY, SECONDS
from adapters.documents.contract import UnreadableDocument
from knowledge.intake.documents import Block, Document, Kind
from knowledge.vectors import Progress

_LONGEST_LINE = 200_000_000  # characters; more than the largest document that is let through


def read(path: Path, progress: Progress, seconds: float = SECONDS, memory: int = MEMORY) -> Document:
    """The whole document in a file: .txt, .md, .html, .docx or .pdf.

    Progress is told by the page, where the file has any. The reading may take so many `seconds`
    and so many bytes of `memory`.

    Raises:
        UnreadableDocument: the file cannot be read whole; says what to do.
    """
    try:
        with os.fdopen(_opened(path), "rb") as file:
            return _read_apart(file.fileno(), path.suffix, progress, seconds, memory)
    except OSError as error:
        raise UnreadableDocument(f"{path}: {_what_to_do(error)}") from error
    except ValueError as error:  # a zero in the name
        raise UnreadableDocument(f"{str(path)!r} is no name of a file; name a file that there is") from error
    except UnreadableDocument as error:
        raise UnreadableDocument(f"{path}: {error}") from error


def _opened(path: Path) -> int:
    """A descriptor of a file that is one. Opening does not wait, as it else would for somebody to write to a pipe."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
    if path.is_dir():
        raise UnreadableDocument("it is a folder; name a file in it")
    file = os.open(path, flags)
    try:
        status = os.fstat(file)
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableDocument("it is a device or a pipe; save what it gives as a file, and name that")
        if status.st_size > LARGEST:
            raise UnreadableDocument(
                f"it is larger than {LARGEST // 1_000_000} MB; split it, or save it without pictures"
            )
    except UnreadableDocument:
        os.close(file)
        raise
    return file


def _read_apart(file: int, suffix: str, progress: Progress, seconds: float, memory: int) -> Document:
    # Isolated from the environment, which may hold secrets, and from the folder where the command is run.
    command = [sys.executable, "-I", "-m", "adapters.documents", suffix, str(math.ceil(seconds)), str(memory)]
    needed = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    with subprocess.Popen(
        command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=needed, encoding="utf-8"
    ) as child:
        late = threading.Event()

        def stop() -> None:
            late.set()
            child.kill()

        clock = threading.Timer(seconds, stop)
        clock.start()
        try:
            said = _last_word(child, progress)
        finally:
            clock.cancel()
            child.kill()  # whatever it still does is of no use
    if late.is_set() and said is None:
        raise UnreadableDocument(f"reading it takes longer than {seconds:g} seconds; split it, or save it as .docx")
    if said is None:
        raise UnreadableDocument(
            "reading it broke off, as with damaged files or too large ones; save it again, or split it"
        )
    if "refused" in said:
        raise UnreadableDocument(said["refused"])
    return Document(
        tuple(
            Block(Kind(kind), text, level, mark, page, tuple(lines) if lines else None)
            for kind, text, level, mark, page, lines in said["document"]
        )
    )


def _last_word(child: subprocess.Popen[str], progress: Progress) -> dict[str, Any] | None:
    """What the child said at the end, its progress told meanwhile; None where it broke off."""
    if child.stdout is None:
        return None
    while line := child.stdout.readline(_LONGEST_LINE):
        try:
            said: dict[str, Any] = json.loads(line)
        except ValueError:
            return None
        if "progress" not in said:
            return said
        progress("Reading the document", *said["progress"])
    return None


def _what_to_do(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file; look at its name and folder"
    if isinstance(error, PermissionError):
        return "it may not be read; have yourself allowed to, or copy it to a folder of yours"
    return f"it cannot be read ({error.strerror}); copy it to a folder of yours"
