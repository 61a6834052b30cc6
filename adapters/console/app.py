"""Asks the assistant and prints what it says: one question, or a file of them."""

import json
import time
from collections.abc import Callable, Iterable
from typing import Any

from adapters.alone import Alone
from adapters.console import inbound, render
from bot.messages import Message
from bot.replies import Reply


def ask(assistant: Alone, message: Message) -> tuple[list[Reply], float]:
    """The replies to one message, and how long they took, in milliseconds."""
    started = time.perf_counter()
    replies = assistant.handle(message)
    return replies, (time.perf_counter() - started) * 1000


def answer_lines(assistant: Alone, lines: Iterable[inbound.Line], write: Callable[[str], None]) -> None:
    """Writes one line of JSON for each line read, in order; a bad one gives its error and the rest goes on."""
    for line in lines:
        if line.message is None:
            write(as_line({"id": line.id, "error": line.error}))
            continue
        if line.message.society is None:
            write(as_line({"id": line.id, "error": inbound.NO_SOCIETY}))
            continue
        try:
            (reply, *_), elapsed = ask(assistant, line.message)
        except KeyError:
            write(as_line({"id": line.id, "error": f"no policy of '{line.message.society}' is held"}))
            continue
        write(as_line(render.as_json(reply, line.message, line.id, elapsed)))


def as_line(shape: dict[str, Any]) -> str:
    """JSON on one line; halves of characters that cannot be written are replaced."""
    return json.dumps(shape, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")
