"""What a platform is to the sender: it is handed a parcel, and gives a receipt or says why there is none."""

from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Parcel:
    """One rendered reply on its way. `key` is its own for ever: it goes along where the platform can carry it.

    A `payload` of a `conversation` and a `text` alone is a plain sentence, which every platform can show.
    `attempt` counts from 1. `doubtful` says that an earlier attempt may have arrived: a platform that can be read back
    looks before it posts, and any other tells the person so, in the words of `bot.wording.repeated`. `earlier` is the
    receipt of what was delivered last on the same subject in this conversation (`payload["subject"]`, or the one that
    it goes `"beside"`); empty where nothing was.

    `progress` is the platform's own: it writes there, as JSON, how far it is, and what of that is in doubt. Whoever
    makes the next attempt is handed what was written, unless this one's process dies: then it is what the one before
    wrote, and the parcel is `doubtful`.
    """

    key: str
    platform: str
    conversation: str
    payload: dict[str, Any]
    attempt: int = 1
    ticket: str = ""
    doubtful: bool = False
    earlier: str = ""
    progress: dict[str, Any] = field(default_factory=dict)


class Later(Exception):
    """The platform could not take it now. `after` is in seconds, where the platform said so: that is then waited, and
    the attempt is not counted; `everywhere`, by whatever else is for that platform too. `in_doubt` says whether it may
    have arrived all the same. `away` says that line or server are at fault, which is waited for; otherwise it may be
    this one parcel, which is given up sooner."""

    def __init__(
        self, after: float | None, why: str, in_doubt: bool = True, everywhere: bool = True, away: bool = True
    ) -> None:
        super().__init__(why)
        self.after, self.why, self.in_doubt, self.everywhere, self.away = after, why, in_doubt, everywhere, away


class Refused(Exception):
    """The platform will never take it. Both sentences are shown to staff, and hold nothing of what was written."""

    def __init__(self, why: str, what_to_do: str) -> None:
        super().__init__(why)
        self.why, self.what_to_do = why, what_to_do


class Platform(Protocol):
    """Where parcels go. Any other exception than the two above counts as a fault that may pass."""

    @property
    def pace(self) -> float:
        """How many seconds lie at least between two parcels to one conversation; 0 for no limit."""
        ...

    async def deliver(self, parcel: Parcel) -> str:
        """Delivers it, and gives the platform's receipt.

        Raises:
            Later: it may be taken later.
            Refused: it never will.
        """
        ...
