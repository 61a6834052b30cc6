"""Drafts in which somebody tells of a link with the society, and do not say whose views they give."""

import re
from collections.abc import Iterable

from knowledge.posts.faults import Examined, Fault, Kind
from knowledge.questions import Account

_PRESCRIBED = re.compile(r"(?<!\w)['‘\"“]([^'‘’\"“”]{12,200})['’\"”](?!\w)")
_LIKELY = 0.5  # of a disclaimer in unusual words: asking for a second one would be a false alarm


def undisclaimed(draft: Examined) -> Iterable[Fault]:
    """The disclaimer that a personal post or profile lacks. An account of the society speaks for it, and needs none."""
    if draft.account is Account.PERSONAL and _tells_of_link(draft) and not _disclaims(draft):
        yield _at_the_end(draft)


def without_line(draft: Examined) -> Iterable[Fault]:
    """The line that a personal profile lacks."""
    if draft.kind is Kind.PROFILE:
        yield from undisclaimed(draft)


def prescribed(clause_text: str) -> str | None:
    """The words that a clause itself prescribes, as a sentence; None where it quotes none."""
    quoted = _PRESCRIBED.search(clause_text)
    if quoted is None:
        return None
    words = quoted[1].strip().rstrip(".")
    return f"{words[0].upper()}{words[1:]}."


def _tells_of_link(draft: Examined) -> bool:
    return any(sign.name == "link" for sign in draft.signs)


def _disclaims(draft: Examined) -> bool:
    return any(sign.name == "disclaimer" and (sign.sure or sign.chance >= _LIKELY) for sign in draft.reading.signs)


def _at_the_end(draft: Examined) -> Fault:
    end = len(draft.reading.text)
    return Fault(end, end)
