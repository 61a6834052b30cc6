"""Asks the assistant and prints what it says: one question, a file of them, or a conversation."""

import json
import sys
import time
import uuid
from collections.abc import Callable, Iterable
from typing import Any, TextIO

from adapters.console import inbound, render
from bot import wording
from bot.assistant import Assistant
from bot.messages import Message
from bot.replies import Reply

_LEAVING = ("quit", "exit", "bye", "q")


def ask(assistant: Assistant, message: Message) -> tuple[list[Reply], float]:
    """The replies to one message, and how long they took, in milliseconds."""
    started = time.perf_counter()
    replies = assistant.handle(message)
    return replies, (time.perf_counter() - started) * 1000


def answer_lines(assistant: Assistant, lines: Iterable[inbound.Line], write: Callable[[str], None]) -> None:
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


def chat(assistant: Assistant, society: str | None, role: str | None, source: TextIO, out: TextIO, office: str) -> None:
    """A conversation, line by line, until the source ends or somebody says quit. Reads a terminal or a pipe."""
    by_hand = source.isatty()
    conversation = uuid.uuid4().hex
    print(wording.welcome(), file=out)
    while True:
        print("\n> " if by_hand else "", end="", file=out, flush=True)
        line = _read(source)
        if line is None or line.strip().casefold() in _LEAVING:
            print(wording.goodbye(), file=out)
            return
        if not line.strip():
            continue
        if not by_hand:
            print(f"\n> {render.visible(line.strip())}", file=out)
        print(f"\n{_replies(assistant, inbound.message_from(line, conversation, society, role), office)}", file=out)


def _read(source: TextIO) -> str | None:
    """The next line, or None where there is no more."""
    try:
        line = source.readline()
    except KeyboardInterrupt:
        return None
    except UnicodeDecodeError:
        return "?"  # bytes that are no text; the answer says that it cannot tell what is asked
    return line or None


def _replies(assistant: Assistant, message: Message, office: str) -> str:
    try:
        return "\n\n".join(render.as_text(reply) for reply in assistant.handle(message))
    except Exception as error:  # the bot is never silent, whatever broke
        reference = uuid.uuid4().hex[:8]
        print(f"{reference}: {type(error).__name__} while answering", file=sys.stderr)
        return wording.broken(reference, office)
