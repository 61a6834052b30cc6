"""What the readers of all formats share: what they take, and how they refuse."""

from collections.abc import Callable

from knowledge.intake.documents import Document


class UnreadableDocument(Exception):
    """A file that cannot be read whole: what is wrong with it, and what to do."""


Tell = Callable[[int, int], None]  # how many pages are read, and of how many
Reader = Callable[[bytes, Tell], Document]
