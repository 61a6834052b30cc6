"""Changes of an entry, each kept once with a line of its history; who comes second learns who was first."""

from dataclasses import replace

from bot.people import NOBODY, Person
from bot.ports import Work
from bot.register import Change as What
from bot.register import RegisterEntry, RegisterMove


class Overtaken(Exception):
    """Somebody else changed the entry at the same moment; nothing was kept of this change."""


def kept(
    after: RegisterEntry, who: Person, what: What, work: Work, whom: Person = NOBODY, text: str = ""
) -> RegisterEntry:
    """An entry as it is kept from now on; `after` is how it is to stand, still with the version that it had.

    Raises:
        Overtaken: that version is no longer the one kept, or another entry has its handle.
    """
    after = replace(after, version=after.version + 1)
    if not work.register.change(after, RegisterMove(after.id, after.version, work.now, who, what, whom, text)):
        raise Overtaken(after.id)
    return after


def others_since(entry: RegisterEntry, version: int, accounts: tuple[str, ...], work: Work) -> RegisterMove | None:
    """The last change that somebody else made since the version that was seen; None where nobody did, or where it is
    not known which was seen (0)."""
    if version in (0, entry.version):
        return None
    since = (move for move in reversed(work.register.history(entry.id)) if move.version > version)
    return next((move for move in since if move.who.account not in accounts), None)
