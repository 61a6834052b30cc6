"""What Teams answers where it does not do what was asked, and what follows from it."""

from enum import StrEnum

from adapters.delivery.platforms import Later, Refused


class Means(StrEnum):
    """What an answer comes to for which there may be another way."""

    NOT_THERE = "not there"  # conversation, person or message is gone, or may not be written to
    UNFIT = "unfit"  # a fault of ours in its form: once more as plain text
    TOO_LONG = "too long"  # more than a message takes: once more in pieces


_MEANS = {400: Means.UNFIT, 403: Means.NOT_THERE, 404: Means.NOT_THERE, 410: Means.NOT_THERE, 413: Means.TOO_LONG}


class Turned(Exception):
    """Teams turned something down, and nothing was done. `code` is its own word for why."""

    def __init__(self, code: str, means: Means) -> None:
        super().__init__(code)
        self.code, self.means = code, means


class NotKnown(Later):
    """Teams answered with a status that is not known here. Nothing was done; it is tried again, and that counts."""

    def __init__(self, code: str) -> None:
        super().__init__(None, code, in_doubt=False, away=False)


def meaning_of(status: int) -> Means | None:
    """What an answer with this status of HTTP comes to, where there may be another way."""
    return _MEANS.get(status)


def unreachable(code: str) -> Refused:
    """Nobody can write to this person."""
    return Refused(f"Teams says that this person cannot be written to ({code})", "reach them in another way")


def never_met(code: str) -> Refused:
    """It is for one person, and nobody can begin a chat with them."""
    return Refused(
        f"nobody has written to the app in Teams from this account, and no chat could be begun ({code})",
        "reach them in another way, or ask them to write to the app first",
    )


def not_there(code: str) -> Refused:
    """Nothing can be posted in a channel or a group chat."""
    return Refused(
        f"Teams says that the app cannot post in this conversation ({code})",
        "see that it is there and that the app is in it, and have this sent again",
    )


def unfit(code: str) -> Refused:
    """Not even as plain text is it taken."""
    return Refused(f"Teams does not take this message ({code})", "show the query again, and tell whoever runs this")


def unreadable() -> Refused:
    """What waits is no message for Teams."""
    return Refused("another edition of this program made it", "show the query again")
