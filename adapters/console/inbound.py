"""Lines of a terminal and lines of a file, read as messages. Pure."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.messages import Message
from knowledge.clauses import ROLES, Party


class BadInput(Exception):
    """Something that cannot be read as a message: what is wrong, and what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file: the message, or what is wrong with it. `id` is the line's own, or its number."""

    id: str | int
    message: Message | None
    error: str = ""


def message_from(text: str, conversation: str, society: str | None, role: str | None) -> Message:
    """What somebody typed.

    Raises:
        BadInput: the role is none that there is.
    """
    return Message(f"console:{conversation}", text, society, role_from(role))


def role_from(name: str | None) -> Party | None:
    if name is None:
        return None
    if name.casefold() not in ROLES:
        raise BadInput(f"the role '{name}' is unknown; it is one of {', '.join(ROLES)}")
    return Party(name.casefold())


def lines_from(rows: Iterable[bytes], society: str | None, role: str | None) -> Iterator[Line]:
    """One line a row that is not blank; a bad row is a line with an error, and the rest goes on."""
    for number, row in enumerate(rows, 1):
        if not row.strip():
            continue
        name: str | int = f"line {number}"
        try:
            data = json.loads(row.decode("utf-8-sig" if number == 1 else "utf-8"))
            if not isinstance(data, dict):
                raise BadInput("not a JSON object; each line is {'id', 'society', 'role', 'question'}")
            if isinstance(data.get("id"), str | int):
                name = data["id"]
            question = data.get("question")
            if not isinstance(question, str):
                raise BadInput("'question' is missing or is not text")
            named = data.get("society") or society
            if named is not None and not isinstance(named, str):
                raise BadInput("'society' is not text")
            asked_as = data.get("role") or role
            if asked_as is not None and not isinstance(asked_as, str):
                raise BadInput("'role' is not text")
            yield Line(name, message_from(question, f"file:{number}", named, asked_as))
        except UnicodeDecodeError:
            yield Line(name, None, "not UTF-8 text")
        except BadInput as error:
            yield Line(name, None, str(error))
        except (ValueError, RecursionError):  # a number may be too long for Python as well
            yield Line(name, None, "not JSON")
