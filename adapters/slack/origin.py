"""Where in Slack something was written or pressed, as it goes along with a message so that it is answered there."""

from dataclasses import dataclass

from pydantic import TypeAdapter

from adapters.chat.pressing import Becomes


@dataclass(frozen=True, slots=True)
class Origin:
    """What is needed to answer in place.

    `url` is the response URL of a command or of a press. `ts` is that of the message in which something was pressed,
    empty where that is seen by one person alone; with `replaces` the answer takes its place. `view` is the external id
    of a modal that is open and waits for the answer, and `form` what it is to become. `in_thread` says that it was in a
    thread which is shown as one, and `at_desk` that it was at a desk. `card` is the ticket whose card there it was
    pressed on.
    """

    url: str = ""
    ts: str = ""
    replaces: bool = False
    view: str = ""
    form: Becomes | None = None
    in_thread: bool = False
    at_desk: bool = False
    card: str = ""

    @classmethod
    def of(cls, text: str) -> "Origin":
        """The origin that was made into this text; an empty one of an empty text.

        Raises:
            ValueError: it is none.
        """
        return _ORIGIN.validate_json(text) if text else cls()

    def as_text(self) -> str:
        """The origin as JSON."""
        return _ORIGIN.dump_json(self, exclude_defaults=True).decode()


_ORIGIN: TypeAdapter[Origin] = TypeAdapter(Origin)
