"""The values of reading a post: what is given, and the signs that were seen in it."""

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


@dataclass(frozen=True, slots=True)
class Sign:
    """A signal seen in a text, with the words that decided it. Offsets count Unicode code points."""

    name: str
    start: int
    end: int
    span: str
    chance: float  # 1.0 where a rule saw it


@dataclass(frozen=True, slots=True)
class PostReading:
    """What was read off a text. `english` is False where it is mostly in a language that this does not read;
    `instructs` says that it tries to give the bot orders, which are never followed."""

    text: str
    signs: tuple[Sign, ...]
    english: bool = True
    instructs: bool = False

    @property
    def names(self) -> frozenset[str]:
        return frozenset(sign.name for sign in self.signs)
