"""How the tokens of a platform stand, in the words in which whoever watches is told."""

from collections.abc import Iterable

NOT_CHECKED, GOOD, NOT_CONNECTED = "not checked yet", "good", "good, but nothing comes in: not connected"


def refused(setting: str, code: str) -> str:
    """That a platform does not take the one that this setting holds; `code` is its own word for why."""
    return f"refused: {setting} ({code})"


def lacking(scopes: Iterable[str]) -> str:
    """That the platform takes them, but not for all that they are needed for."""
    return f"good, but without the scopes {', '.join(sorted(scopes))}"
