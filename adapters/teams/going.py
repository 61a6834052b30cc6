"""A reply on its way to Teams: its parts, and which of them have been said."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import structlog
from pydantic import TypeAdapter

from adapters.delivery.platforms import Later, Parcel
from adapters.teams.activities import in_plain
from adapters.teams.faults import Means, Turned
from adapters.teams.outgoing import Outgoing, Post
from adapters.teams.places import Place

Say = Callable[[Post, str, bool], Awaitable[str]]  # says a part, marked as a repeat or not; gives its receipt

_log = structlog.get_logger()


@dataclass(slots=True)
class Progress:
    """Which parts of a reply have been said, and the receipt that is kept of it. `shown` says that whoever waited for
    it has it, `in_doubt` that the next part may have arrived, `turned_down` that Teams had no way to whom it is for."""

    said: set[str] = field(default_factory=set)
    receipt: str = ""
    shown: bool = False
    in_doubt: bool = False
    turned_down: bool = False

    @classmethod
    def of(cls, noted: dict[str, Any]) -> "Progress":
        """How far an earlier attempt came, by what was noted of it; of nothing, a beginning.

        Raises:
            ValueError: that is none of ours.
        """
        return _PROGRESS.validate_python(noted)

    def noted(self) -> dict[str, Any]:
        """As JSON has it."""
        shape: dict[str, Any] = _PROGRESS.dump_python(self, mode="json")
        return shape


_PROGRESS: TypeAdapter[Progress] = TypeAdapter(Progress)


@dataclass(slots=True)
class Going:
    """A reply on its way. Its parts are named "0", "1"...; pieces of one, as plain text, "0.0", "0.1"... Of a doubtful
    parcel each part may have arrived that has not been noted as said."""

    parcel: Parcel
    outgoing: Outgoing
    place: Place
    progress: Progress

    async def each(self, say: Say) -> None:
        """Says the parts that have not been said yet, in order; one whose form is not taken, as plain text."""
        for number, post in enumerate(self.outgoing.posts):
            if str(number) in self.progress.said:
                continue
            try:
                await self._one(say, post, str(number))
            except Turned as error:
                if error.means is Means.NOT_THERE:
                    raise
                _log.error("form not taken", conversation=self.place.conversation, fault=error.code)
                for part, piece in self._pieces(number):
                    await self._one(say, piece, part)
                self.progress.said.add(str(number))

    def _pieces(self, number: int) -> Iterator[tuple[str, Post]]:
        for piece, plain in enumerate(in_plain(self.outgoing.posts[number])):
            if f"{number}.{piece}" not in self.progress.said:
                yield f"{number}.{piece}", plain

    async def _one(self, say: Say, post: Post, part: str) -> None:
        progress, was_in_doubt = self.progress, self.progress.in_doubt
        progress.in_doubt = True  # also where this is ended from without
        try:
            receipt = await say(post, part, was_in_doubt or self.parcel.doubtful)
        except (Later, Turned) as error:
            progress.in_doubt = was_in_doubt or (isinstance(error, Later) and error.in_doubt)
            raise
        progress.in_doubt = progress.turned_down = False
        progress.said.add(part)
        if post.feedback or not progress.receipt:  # what people say of it comes with the message that asks for it
            progress.receipt = receipt


def is_first(part: str) -> bool:
    """Whether this is the part that takes the place of what was there before."""
    return part in ("0", "0.0")
