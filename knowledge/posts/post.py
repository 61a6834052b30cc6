"""The values of reading a post: what is given, and the signs that were seen in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Author(StrEnum):
    """Who wrote a post that somebody wants to share."""

    COMPANY = "company"
    CHARITY = "charity"
    MEMBER = "member"
    POLITICIAN = "politician"
    NEWS = "news"
    SOCIETY = "society"
    UNIVERSITY = "university"
    OTHER = "other"

    @property
    def sign(self) -> str:
        """The name of the sign that a post by such an author shows."""
        return f"by {self}"


# Signs that are not read off the words of a post but said of it, and the one of a post that shows nothing else.
REPRESENTING, NOT_REPRESENTING, NOTHING = "representing", "not representing", "nothing"
SAID_OF_POSTS = frozenset({*(author.sign for author in Author), REPRESENTING, NOT_REPRESENTING, NOTHING})
CONSENT = "consent"
_EXCUSED_BY = {"picture": frozenset({CONSENT}), "copyright": frozenset({CONSENT, "own-work"})}


@dataclass(frozen=True, slots=True)
class Sign:
    """A signal seen in a text, with the words that decided it. Offsets count Unicode code points.

    One that is not `sure` may well be none: enough for caution, too little for a fault.
    """

    name: str
    start: int
    end: int
    span: str
    chance: float  # 1.0 where a rule saw it
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence or so of a text, by its place; `refused` where it says that leave was not given, or not yet."""

    start: int
    end: int
    refused: bool = False

    def meets(self, sign: Sign) -> bool:
        return self.start < sign.end and sign.start < self.end


@dataclass(frozen=True, slots=True)
class PostReading:
    """What was read off a text, signs in the order of their places.

    `english` is False where it is mostly in a language that this does not read; `instructs` says that it tries to give
    the bot orders, which are never followed. `unread` counts the characters at its end that were not read. `parts` are
    in order; where none are given, the text is one.
    """

    text: str
    signs: tuple[Sign, ...]
    english: bool = True
    instructs: bool = False
    unread: int = 0
    parts: tuple[Part, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        return frozenset(sign.name for sign in self.signs)

    @property
    def sure(self) -> tuple[Sign, ...]:
        """The signs that are more than a possibility."""
        return tuple(sign for sign in self.signs if sign.sure)


def without_leave(reading: PostReading, signs: Sequence[Sign]) -> tuple[Sign, ...]:
    """These of its signs but for what is no fault because the text says, as surely, that leave was given for it.

    It has to say so in the same part or in the one beside it, and nothing of the contrary in the part of the fault.
    """
    leaves = [sign for sign in signs if sign.sure]
    return tuple(sign for sign in signs if not any(_excuses(leave, sign, reading.parts) for leave in leaves))


def _excuses(leave: Sign, sign: Sign, parts: Sequence[Part]) -> bool:
    """Whether one sign says that leave was given for the other; what a rule saw is excused by a rule alone."""
    if leave.name not in _EXCUSED_BY.get(sign.name, frozenset()) or leave.chance < sign.chance:
        return False
    own = [at for at, part in enumerate(parts) if part.meets(sign)]
    given = [at for at, part in enumerate(parts) if part.meets(leave)]
    beside = not (own and given) or (min(own) - 1 <= max(given) and min(given) <= max(own) + 1)
    return beside and not any(parts[at].refused for at in own)
