"""A reply on its way to a terminal: what is shown, and what can be pressed below it, as JSON and back. Pure."""

from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, TypeAdapter

from adapters.console.queries import letters
from adapters.console.render import as_blocks, visible
from adapters.storage.carried import act_from_json, act_to_json
from bot import telling
from bot.acts import Act
from bot.replies import NEWS, Card, Previewed, Reply, Told

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Press:
    """A button as it waits at a terminal."""

    label: str
    act: Annotated[Act, PlainValidator(act_from_json), PlainSerializer(act_to_json)]


@dataclass(frozen=True, slots=True)
class ShownCard:
    """What a terminal remembers of a card: which version was shown, and what a drafted answer starts from."""

    ticket: str
    version: int
    draft: str = ""
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownPreview:
    """What a terminal remembers of what would go to the office: its parts that can be left out, by letter."""

    exchange: str
    parts: tuple[tuple[str, str], ...]  # letter and id


@dataclass(frozen=True, slots=True)
class Arrival:
    """A reply that has come to a terminal. `blocks` are texts with what can be pressed below each."""

    conversation: str
    blocks: tuple[tuple[str, tuple[Press, ...]], ...]
    options: int = 0  # of a question back, numbered from 1 in the text
    card: ShownCard | None = None
    preview: ShownPreview | None = None
    repeat: bool = False  # it may have come before


_ARRIVAL: TypeAdapter[Arrival] = TypeAdapter(Arrival)


def terminal_payload(reply: Reply, _origin: str = "", _further: bool = False) -> Payload | None:
    """A reply on its way to a terminal; None where it shows that already, for it shows each card anew and whole."""
    return None if isinstance(reply, Told) and reply.about == NEWS else console_payload(reply)


def console_payload(reply: Reply) -> Payload:
    """A reply as a terminal shows it, in values that JSON can carry."""
    asked = telling.follow_up_of(reply)
    arrival = Arrival(
        reply.conversation,
        tuple(
            (block.text, tuple(Press(visible(button.label), button.act) for button in block.buttons))
            for block in as_blocks(reply)
        ),
        len(asked.options) if asked else 0,
        _card(reply) if isinstance(reply, Card) else None,
        _preview(reply) if isinstance(reply, Previewed) else None,
    )
    shape: Payload = _ARRIVAL.dump_python(arrival, mode="json")
    return shape


def arrival_from(payload: Payload, repeat: bool = False) -> Arrival:
    """The same, back from JSON. `repeat` says that it may have come before.

    Raises:
        ValueError: it is none that is known here.
    """
    if payload.keys() == {"conversation", "text"}:  # a plain sentence, as on any platform
        return Arrival(str(payload["conversation"]), ((visible(str(payload["text"])), ()),), repeat=repeat)
    return replace(_ARRIVAL.validate_python(payload), repeat=repeat)


def _card(card: Card) -> ShownCard:
    return ShownCard(card.ticket, card.version, card.draft, tuple(one.clause for one in card.citations))


def _preview(reply: Previewed) -> ShownPreview:
    lettered = zip(letters(reply.parts), reply.parts, strict=True)
    return ShownPreview(reply.exchange, tuple((letter, part.id) for letter, part in lettered if letter))
