"""What a detector is given of a draft, and the faults that it finds there."""

from dataclasses import dataclass
from enum import StrEnum

from knowledge.posts.folding import Folded
from knowledge.posts.post import PostReading, Sign
from knowledge.questions import Account


class Kind(StrEnum):
    """What a draft is to become."""

    POST = "post"
    PROFILE = "profile"


_ENOUGH = 0.7  # chance from which on a sign makes a fault: many are looked for, and a false alarm spoils a check


@dataclass(frozen=True, slots=True)
class Examined:
    """A draft as a detector meets it: its plain text with places in the original, and what was read off it."""

    folded: Folded
    reading: PostReading
    kind: Kind
    account: Account

    @property
    def signs(self) -> tuple[Sign, ...]:
        """The signs that are sure enough to find fault by."""
        return tuple(sign for sign in self.reading.sure if sign.chance >= _ENOUGH)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at a place of the original text; at its end, and without length, where something is missing.

    `mend` is what may safely stand there instead. A fault that is `slight` is a warning however strong the clause.
    """

    start: int
    end: int
    mend: str | None = None
    slight: bool = False
