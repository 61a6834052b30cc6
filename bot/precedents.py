"""PLACEHOLDER by the lead so that imports work; its owner overwrites this file."""

from typing import Any


class Precedents:
    """Placeholder."""

    def __init__(self, library: Any) -> None: ...

    def taken_into(self, replies: Any, question: Any, conversation: str, work: Any) -> Any:
        return list(replies)


def contradicted(reply: Any) -> bool:
    return False
