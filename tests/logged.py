"""Watches over what is logged while the tests run: ids, numbers, names of classes and fixed words, never what people
wrote. Every event of our own code is looked at before anything is left out of it."""

import json
import logging
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import structlog
from structlog._base import BoundLoggerBase

from adapters.logs import KEYS

_ROOMS = ("adapters.", "bot.", "knowledge.")
_FOLDERS = tuple(str(Path(__file__).parents[1] / room.rstrip(".")) for room in _ROOMS)
_EVENT = re.compile(r"[a-z]+( [a-z]+){0,4}")
_BARE = re.compile(r"[\w:./|#=+-]{0,120}", re.ASCII)  # no space, and nothing that an address or a quotation has
_SHAPES = {
    "act": re.compile(r"[A-Za-z]*"),
    "conversation": re.compile(  # a post is a job title, and a channel of Teams is escaped as in the link to it
        rf"email:[\w-]*:[\w ,&()-]{{0,80}}|teams:[\w:.%~-]{{0,300}}|{_BARE.pattern}", re.ASCII
    ),
    "duty": re.compile(r"[a-z_]+"),
    # Of Teams with its own id of a channel.
    "event_id": re.compile(rf"teams:[\w:;.,@%~-]{{0,250}}|{_BARE.pattern}", re.ASCII),
    "exchange": re.compile(r"\d*"),
    "fault": re.compile(r"[A-Za-z_]\w*", re.ASCII),
    "level": re.compile(r"[a-z]+"),
    "platform": re.compile(r"[a-z0-9_-]*"),
    "reference": re.compile(r"[0-9a-f]+"),
    "ruling": re.compile(r"\d*"),
    "society": re.compile(r"[a-z0-9_-]*"),
    "stage": re.compile(r"[a-z_]*"),
    "surface": re.compile(r"[a-z_-]*"),
    "ticket": re.compile(r"\d*"),
    "timestamp": re.compile(r"[\dTZ:.+-]+"),
    "trace": re.compile(r"[\w.]+:\d+:[\w<>]+( < [\w.]+:\d+:[\w<>]+)*"),
    "where": re.compile(r"[\w.]+:\d+"),
    "worker": re.compile(r"[a-z0-9-]+"),
}
_WRITTEN = ("level", "timestamp")  # by the log itself
_HIDDEN = "[not logged]"  # in the place of what the log leaves out


def faults_of(event: str, values: Mapping[str, Any]) -> list[str]:
    """What of an event may be somebody's words, or is under a name that may not be logged."""
    faults = [] if _EVENT.fullmatch(event) else [f"the event {event!r} is not a few fixed words"]
    for key, value in values.items():
        if key not in KEYS and key not in _WRITTEN:
            faults.append(f"{key!r} of {event!r} is no key that may be logged")
        elif not (value is None or isinstance(value, bool | int | float)):
            text = value if isinstance(value, str) else repr(value)
            if text != _HIDDEN and not _SHAPES.get(key, _BARE).fullmatch(text):
                faults.append(f"{key!r} of {event!r} may be words: {text!r}")
    return faults


def faults_in(log: str) -> list[str]:
    """What may be somebody's words in the log of a process, one JSON object a line."""
    faults = []
    for line in filter(None, log.splitlines()):
        try:
            record = json.loads(line)
        except ValueError:
            record = None
        if isinstance(record, dict):
            faults += faults_of(str(record.pop("event", "")), record)
        else:
            faults.append(f"a line is no record: {line!r}")
    return faults


class Watch:
    """What was found to be wrong since it was asked last."""

    def __init__(self) -> None:
        self._faults: list[str] = []
        self.seen = 0

    def see(self, room: str, event: object, values: Mapping[str, Any]) -> None:
        """Looks at an event that a room of ours logs."""
        self.seen += 1
        kept = {key: value for key, value in values.items() if key not in ("exc_info", "stack_info")}
        self._faults += [f"{room}: {fault}" for fault in faults_of(str(event), kept)]

    def taken(self) -> list[str]:
        """What was found; it is told once."""
        faults, self._faults = self._faults, []
        return faults


@pytest.fixture(scope="session")
def log_watch() -> Iterator[Watch]:
    """Sees every event of our own code from now on, whatever becomes of it then."""
    watch, process = Watch(), BoundLoggerBase._process_event
    record = logging.getLogRecordFactory()

    def processed(self: BoundLoggerBase, method: str, event: str | None, values: dict[str, Any]) -> Any:
        room = _room_of(sys._getframe(1))
        if room.startswith(_ROOMS):
            watch.see(room, event, {**self._context, **values})
        return process(self, method, event, values)

    def recorded(*arguments: Any, **named: Any) -> logging.LogRecord:
        made = record(*arguments, **named)
        if made.pathname.startswith(_FOLDERS) and not isinstance(made.msg, Mapping | tuple):  # not by way of structlog
            watch.see(made.pathname, made.getMessage(), {})
        return made

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(BoundLoggerBase, "_process_event", processed)
        logging.setLogRecordFactory(recorded)
        yield watch
        logging.setLogRecordFactory(record)


@pytest.fixture(autouse=True)
def logs_hold_no_text(log_watch: Watch) -> Iterator[None]:
    """Fails each test in which our own code logs anything that may be what people wrote. What a test set up for the log
    ends with it: a log that begins with errors would hide the rest from the next."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)
    assert log_watch.taken() == []


def _room_of(frame: FrameType | None) -> str:
    """The module that logs: the first one below structlog's."""
    while frame is not None and str(frame.f_globals.get("__name__", "")).startswith("structlog"):
        frame = frame.f_back
    return str(frame.f_globals.get("__name__", "")) if frame is not None else ""
