"""The sentences and labels that chat platforms add to what the bot says."""

from collections.abc import Sequence

from bot.replies import ShownFinding
from bot.tickets import State
from bot.wording import place_of
from knowledge.answers import Citation

TRIM = "Leave something out, or add a line"
SHOW_ALL = "Show all of it"
CHOOSE = "Choose one:"
TO_BEGIN_WITH = "Questions to begin with"
ARE_YOU_SURE, AT_ONCE, LEAVE_IT = "Are you sure?", "It is done at once.", "Leave it as it is"

DRAFTED = "An answer drafted from the nearest ruling, to change and send"
CITED = "The clauses that the bot cited"
SO_FAR = "So far"
ON_ITS_WAY = "What was sent"

_SYMBOLS = {State.OPEN: "○", State.CLAIMED: "◐", State.ANSWERED: "✓", State.CLOSED: "✕"}


def cited(citation: Citation) -> str:
    """Where a quote comes from: the policy, and whether the words are its own, the section, the edition."""
    return f"{_whose(citation)} · {place_of(citation)} · {citation.edition}"


def cited_together(citation: Citation) -> str:
    """The same without the section, for several that stand below their sections."""
    return f"{_whose(citation)} · {citation.edition}"


def _whose(citation: Citation) -> str:
    whose = citation.known_as if citation.official else f"{citation.known_as}, in our summary"
    return f"{whose[:1].upper()}{whose[1:]}"


def cited_by_id(citation: Citation) -> str:
    """The same with the id of the clause, by which staff name it."""
    return f"{cited(citation)} · [{citation.clause}]"


def source(ruling_source: str) -> str:
    """Where a ruling comes from, standing by itself."""
    return f"{ruling_source[:1].upper()}{ruling_source[1:]}"


def finding(one: ShownFinding) -> str:
    """Where something was found in a draft, and how serious it is."""
    return f"Line {one.line}, character {one.column} · {one.severity}"


def help_of_desk(groups: Sequence[tuple[str, Sequence[str]]]) -> str:
    """What staff can type at the desk, by what it is about, where a mention stands for an account."""
    typed = (f"• {heading}: {'; '.join(lines)}".replace("ACCOUNT", "@NAME") for heading, lines in groups)
    return "At the desk you can mention me and type:\n" + "\n".join(typed)


def heading(state: State, text: str) -> str:
    """The first line of a card. Its words say the state, the symbol only helps to find it."""
    return f"{_SYMBOLS[state]} {text}"


def shortened(left_out: int) -> str:
    """Said in a card that has not room for all; `left_out` parts of it are not shown at all."""
    missing = f", and {left_out} more {'is' if left_out == 1 else 'are'} left out" if left_out else ""
    return f"Some of this is shortened here{missing}. “{SHOW_ALL}” shows the rest."


def asks_again(label: str) -> str:
    """Said below a button that cannot carry the words with it."""
    return f"“{label}” will ask you for the words again: they are too long to go with a button. Copy them from above."


def does_not_fit(label: str) -> str:
    """Said in the place of a button that cannot be."""
    return f"“{label}” does not fit on a button here. Please do it once more the way you did before."
