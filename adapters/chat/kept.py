"""What a form or a dialog keeps from when it opens until it is sent off. Pure."""

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from adapters.storage.carried import act_from_json, act_to_json
from bot.acts import Act


@dataclass(frozen=True, slots=True)
class Kept:
    """Ids and versions, and nothing that anybody wrote.

    `conversation` is where what comes of it belongs, and `card` the ticket on whose card it was opened. `act` is what
    sending it off does, without its words; None where there is nothing to send. `parts` are those that can be left out,
    and `seen` stands for the words that were shown to be confirmed. A form that `stays` is kept beneath what it is
    answered with, where the platform can.
    """

    conversation: str
    card: str = ""
    act: dict[str, Any] | None = None
    parts: tuple[str, ...] = ()
    seen: str = ""
    stays: bool = False

    @classmethod
    def of(cls, text: str) -> "Kept":
        """What was made into this text.

        Raises:
            ValueError: it is none of ours.
        """
        try:
            return _KEPT.validate_json(text)
        except (ValidationError, TypeError) as error:
            raise ValueError("nothing of ours") from error

    def does(self) -> Act:
        """What sending it off does, without its words.

        Raises:
            ValueError: nothing, or nothing that is known here.
        """
        if self.act is None:
            raise ValueError("there is nothing to send")
        return act_from_json(self.act)

    def as_text(self) -> str:
        """The same as JSON."""
        return _KEPT.dump_json(self, exclude_defaults=True).decode()


_KEPT: TypeAdapter[Kept] = TypeAdapter(Kept)


def keeping(
    conversation: str, card: str, act: Act, *, parts: tuple[str, ...] = (), seen: str = "", stays: bool = False
) -> Kept:
    """What a form keeps; its act has to be without words."""
    return Kept(conversation, card, act_to_json(act), parts, seen, stays)
