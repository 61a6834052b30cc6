"""Drafts as detectors meet them, and what a detector finds there."""

from collections.abc import Callable, Iterable, Sequence

from knowledge.posts.faults import Examined, Fault, Kind
from knowledge.posts.folding import fold
from knowledge.posts.post import PostReading, Sign
from knowledge.questions import Account

Detector = Callable[[Examined], Iterable[Fault]]


def examined(
    text: str,
    signs: Sequence[Sign] = (),
    kind: Kind = Kind.POST,
    account: Account = Account.AFFILIATED,
    english: bool = True,
) -> Examined:
    """A draft in which these signs were read."""
    return Examined(fold(text), PostReading(text, tuple(signs), english), kind, account)


def spans(detector: Detector, text: str) -> list[str]:
    """The words at fault, in the order in which they were found."""
    return [text[fault.start : fault.end] for fault in detector(examined(text))]


def mends(detector: Detector, text: str) -> dict[str, str | None]:
    """The words at fault, each with its mend."""
    return {text[fault.start : fault.end]: fault.mend for fault in detector(examined(text))}
