"""What is logged: JSON lines with ids, never what people wrote. One door for our own records and those of libraries."""

import logging
import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# What may be logged beside the event. Whatever else is given is left out, so that no text can slip in under a new name.
KEYS = frozenset(
    {
        "act",
        "attempt",
        "attempts",
        "conversation",
        "count",
        "duty",
        "event_id",
        "exchange",
        "fault",
        "key",
        "logger",
        "platform",
        "reference",
        "row",
        "ruling",
        "seconds",
        "society",
        "stage",
        "surface",
        "ticket",
        "trace",
        "version",
        "where",
        "worker",
    }
)
_ALWAYS = ("timestamp", "level", "event")
_LONGEST = 120  # characters of an id
_FRAMES = 6  # of a trace, the innermost ones
_HIDDEN = "[not logged]"
_OF_POST = re.compile(r"email:[\w-]*:[\w ,&()-]*")  # a conversation by mail: with a post, by its title


def set_up(stream: TextIO = sys.stderr, level: int = logging.INFO) -> None:
    """Has everything that is logged from now on written to a stream: as JSON lines, in a terminal for eyes."""
    render: Processor = (
        structlog.dev.ConsoleRenderer(colors=False)
        if stream.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    ours: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*ours, _trace, _ids_alone, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*ours, _of_library, _ids_alone],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
            keep_exc_info=False,
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for chatty in ("aiohttp.access", "alembic", "sqlalchemy", "mail.log"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def _of_library(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """A record of a library: where in its code it was made. Its words may hold anything, and are left out."""
    record: logging.LogRecord = event["_record"]
    kept = {"_record": record, "_from_structlog": event["_from_structlog"], "event": "library", "logger": record.name}
    if record.exc_info and record.exc_info[1] is not None:
        kept |= _of_exception(record.exc_info[1])
        record.exc_info, record.exc_text = None, None
    kept["where"] = f"{record.filename}:{record.lineno}"
    return {**kept, **{key: event[key] for key in ("level", "timestamp")}}


def _trace(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """In the place of an exception, its class and where it was raised: its words may quote what somebody wrote."""
    told = event.pop("exc_info", None)
    error = sys.exc_info()[1] if told is True else told[1] if isinstance(told, tuple) else told
    return {**event, **_of_exception(error)} if isinstance(error, BaseException) else event


def _of_exception(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    places = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}:{frame.name}" for frame in frames]
    return {"fault": type(error).__name__, "trace": " < ".join(reversed(places))}


def _ids_alone(_logger: WrappedLogger, _name: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """The record with nothing but what may be logged."""
    kept = {key: value if key == "trace" else _id(_joined(key, value)) for key, value in event.items() if key in KEYS}
    own = {key: value for key, value in event.items() if key in _ALWAYS or key.startswith("_")}
    return {**own, **kept}


def _joined(key: str, value: object) -> object:
    """A conversation by mail with its title in one piece; whatever else as it is."""
    by_mail = key == "conversation" and isinstance(value, str) and _OF_POST.fullmatch(value)
    return str(value).replace(" ", "_") if by_mail else value


def _id(value: object) -> object:
    """A value, where it can be nobody's words or address."""
    if value is None or isinstance(value, bool | int | float):
        return value
    text = str(value)
    safe = len(text) <= _LONGEST and "@" not in text and not any(letter.isspace() for letter in text)
    return text if safe else _HIDDEN
