"""The clauses of an answer, shown among those of their section."""

from collections.abc import Sequence

from bot import wording_of_context as wording
from bot.exchanges import Exchange
from bot.messages import Message
from bot.replies import Told
from knowledge.clauses import Clause
from knowledge.library import Library

_APART = " / "  # between a heading and the one below it
MOST_OF_SECTION = 8  # clauses of one section that are shown, unless more of it are cited


def in_context(message: Message, exchange: Exchange, library: Library) -> Told:
    """Every section that an answer cites, with its clauses in order, and which of them are cited.

    Of a long section those that stand nearest to the cited ones are shown.
    """
    found = [library.clause(name) for name in exchange.clauses]
    cited = [one for one in found if one is not None and one.society == exchange.society]
    if not cited:
        return Told(message.conversation, wording.NO_CLAUSES)
    own = {one.id for one in cited}
    headings: list[str] = []
    names: list[str] = []
    for policy, section in dict.fromkeys((one.policy, _section(one, library)) for one in cited):
        whole = _held(policy, section, library)
        shown = _nearest(whole, [place for place, one in enumerate(whole) if one.id in own])
        places = [place for place, one in enumerate(shown) if one.id in own]
        first = library.cite([shown[0].id], exchange.society)[0]
        headings.append(wording.section_shown(first, section, len(shown), places, len(whole) - len(shown)))
        names += [one.id for one in shown]
    return Told(message.conversation, "\n".join(headings), library.cite(names, exchange.society))


def _section(clause: Clause, library: Library) -> str:
    """The section of a clause; the one around it where it stands alone there."""
    section = clause.section
    while _APART in section and len(_held(clause.policy, section, library)) == 1:
        section = section.rpartition(_APART)[0]
    return section


def _held(policy: str, section: str, library: Library) -> list[Clause]:
    """The clauses of a section, with those of the sections in it."""
    held = library.policy(policy)
    clauses = held.clauses if held else ()
    return [one for one in clauses if one.section == section or one.section.startswith(f"{section}{_APART}")]


def _nearest(clauses: Sequence[Clause], cited: Sequence[int]) -> list[Clause]:
    """The clauses at these places and those nearest to them, in order."""
    by_distance = sorted(range(len(clauses)), key=lambda place: min(abs(place - one) for one in cited))
    kept = sorted(by_distance[: max(MOST_OF_SECTION, len(cited))])
    return [clauses[place] for place in kept]
