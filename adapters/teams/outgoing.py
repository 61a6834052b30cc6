"""A reply as it waits to be sent to Teams: the JSON between rendering it and delivering it."""

from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter

from adapters.teams.origin import Origin

Card = dict[str, Any]  # an Adaptive Card of version 1.5


@dataclass(frozen=True, slots=True)
class Source:
    """What a citation of Teams shows of the number [n] in the text: a name of up to 80 characters, and up to 160 of the
    words. There is no address where the policy gives none."""

    position: int
    name: str
    abstract: str


@dataclass(frozen=True, slots=True)
class Post:
    """One message. `plain` is what a notification shows, and what is said where nothing else of it is taken: as it
    stands, and whole. `text` is the same in Teams' markdown, escaped, with [n] for each of the `sources`; empty where
    the card says all. With `feedback` people are asked whether it helped; `suggested` are up to three questions to tap.
    """

    plain: str
    text: str = ""
    card: Card | None = None
    sources: tuple[Source, ...] = ()
    suggested: tuple[str, ...] = ()
    feedback: bool = False


@dataclass(frozen=True, slots=True)
class Dialog:
    """What a dialog shows."""

    title: str
    card: Card


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is said in one reply.

    `posts` are the messages that it takes, in order; they are there also where there is a `dialog`, for when nobody
    waits for that any more, and are posted beside it with `posts_too`, since it cannot hold them all. `subject`
    ("card:12") is what it is the latest state of: what was posted of that before is edited; `answer:7` is the exchange
    that feedback on it is about. `beside` is the subject in whose thread it belongs. `for_staff` says that staff who
    look at the card are shown it as it is for them.
    """

    conversation: str
    posts: tuple[Post, ...]
    origin: Origin = field(default_factory=Origin)
    dialog: Dialog | None = None
    subject: str = ""
    beside: str = ""
    posts_too: bool = False
    for_staff: bool = False


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
        return Outgoing(str(payload["conversation"]), (Post(str(payload["text"])),))
    return _OUTGOING.validate_python(payload)
