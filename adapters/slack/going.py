"""A reply on its way to Slack: its parts, and which of them have been said."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog

from adapters.delivery.platforms import Parcel
from adapters.slack.faults import Means, Turned
from adapters.slack.outgoing import Outgoing, Post
from adapters.slack.places import Place
from adapters.slack.plain import in_plain
from bot.wording import repeated

_MOST_BLOCKS = 50
_FIRST = ("0", "0.0")  # the first part; and the first piece of it, where its form was not taken

Say = Callable[[Post, str], Awaitable[str]]  # says one part of a reply; gives its receipt where it can be edited

_log = structlog.get_logger()


@dataclass(slots=True)
class Progress:
    """Which parts of a reply have been said, as far as is known here, and the receipt of the first."""

    said: set[str] = field(default_factory=set)
    receipt: str = ""


@dataclass(slots=True)
class Going:
    """A reply on its way. Its parts are named "0", "1"...; pieces of one, as plain text, "0.0", "0.1"... `repeats` says
    that whoever gets the next one is to be told that they may have it already."""

    parcel: Parcel
    outgoing: Outgoing
    place: Place
    progress: Progress
    repeats: bool = False

    @property
    def left(self) -> int:
        """How many parts have not been said yet."""
        return sum(str(number) not in self.progress.said for number in range(len(self.outgoing.posts)))

    def found(self, channel: str, there: dict[str, str]) -> None:
        """Some parts have been found in a channel, each with its ts."""
        self.progress.said.update(there)
        first = next((there[part] for part in _FIRST if part in there), "")
        self.progress.receipt = f"{channel}:{first}" if first else self.progress.receipt

    async def each(self, say: Say) -> None:
        """Says the parts that have not been said yet, in order; one whose form is not taken, as plain text."""
        for number, post in enumerate(self.outgoing.posts):
            if str(number) in self.progress.said:
                continue
            try:
                await self._one(say, post, str(number))
            except Turned as error:
                if error.means is not Means.UNFIT:
                    raise
                _log.error("form not taken", conversation=self.place.conversation, fault=error.code)
                for piece, plain in enumerate(in_plain(post)):
                    if f"{number}.{piece}" not in self.progress.said:
                        await self._one(say, plain, f"{number}.{piece}")
                self.progress.said.add(str(number))

    async def _one(self, say: Say, post: Post, part: str) -> None:
        receipt = await say(_repeated(post) if self.repeats else post, part)
        self.repeats = False
        self.progress.said.add(part)
        self.progress.receipt = self.progress.receipt or receipt


def is_first(part: str) -> bool:
    """Whether this is the part that takes the place of what was there before."""
    return part in _FIRST


def _repeated(post: Post) -> Post:
    """The same, with a word that it may have come before."""
    said = {"type": "section", "text": {"type": "plain_text", "text": repeated()}}
    blocks = (said, *post.blocks) if 0 < len(post.blocks) < _MOST_BLOCKS else post.blocks
    return Post(f"{repeated()}\n\n{post.text}", blocks)
