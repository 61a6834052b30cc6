"""A reply as it waits to be sent to Slack: the JSON between rendering it and delivering it."""

from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter

from adapters.chat.cutting import length
from adapters.slack.origin import Origin

Block = dict[str, Any]
View = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Post:
    """One message. `text` is what a notification shows, and where no blocks can be: escaped, and whole."""

    text: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is said in one reply.

    `posts` are the messages that it takes, in order; they are there also where there is a `view`, for when it can no
    longer be shown, and are posted beside it with `posts_too`, since it cannot hold them all. `view` is a modal for the
    one that waits at the origin, or somebody's Home. `lasting` says that it must still be there tomorrow: what is for
    one person alone in a channel then comes as a direct message. `subject` ("card:12") is what it is the latest state
    of: what was posted of that before is edited. `beside` is the subject in whose thread it belongs.
    """

    conversation: str
    posts: tuple[Post, ...]
    origin: Origin = field(default_factory=Origin)
    view: View | None = None
    lasting: bool = False
    subject: str = ""
    beside: str = ""
    posts_too: bool = False


_OUTGOING: TypeAdapter[Outgoing] = TypeAdapter(Outgoing)


def payload_of(outgoing: Outgoing) -> dict[str, Any]:
    """As JSON has it."""
    shape: dict[str, Any] = _OUTGOING.dump_python(outgoing, mode="json")
    return shape


def outgoing_of(payload: dict[str, Any]) -> Outgoing:
    """Back from JSON. A plain sentence (`conversation` and `text` alone) is one post of it.

    Raises:
        ValueError: it is none that is known here.
    """
    if payload.keys() == {"conversation", "text"}:
        return Outgoing(str(payload["conversation"]), (Post(escaped(str(payload["text"]))),))
    return _OUTGOING.validate_python(payload)


def escaped(text: str) -> str:
    """A text in which Slack reads no mention, no channel call and no link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escaped_length(text: str) -> int:
    """How long a text is when it is escaped, in UTF-16 units: never less than what Slack counts."""
    return length(escaped(text))
