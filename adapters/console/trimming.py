"""What an asker takes out of a query and adds to it at a terminal, before it goes."""

import re
from dataclasses import replace

from adapters.console import wording_of_terminal as wording
from adapters.console.payload import ShownPreview
from bot.acts import Act, Send


class Trimming:
    """What is left out of the query that was shown last, and what is added, until another one is shown."""

    def __init__(self) -> None:
        self._shown: ShownPreview | None = None
        self._open = False  # whether lines are still taken for it
        self._left_out: set[str] = set()  # letters
        self._added = ""

    def show(self, preview: ShownPreview) -> None:
        """Begins with a query that was shown."""
        self._shown, self._open, self._left_out, self._added = preview, True, set(), ""

    def rest(self) -> None:
        """Something else is said now: lines are no longer taken for it, and what was trimmed stays so."""
        self._open = False

    def take(self, line: str) -> str | None:
        """What to say to a line that changes what would go; None where it does not."""
        if self._shown is None or not self._open:
            return None
        added = re.fullmatch(r"add(?!\s+to\s+q\d)(?:\s*:\s*|\s+)(.+)", line.strip(), re.IGNORECASE)
        if added:
            self._added = added[1]
            return self._told()
        known = {letter for letter, _ in self._shown.parts}
        if re.fullmatch(r"(?:send )?only (?:my|the) question[.!]?", line.strip(), re.IGNORECASE):
            self._left_out = known
            return self._told()
        moved = re.fullmatch(r"(leave out|put back)\s+(.+)", line.strip(), re.IGNORECASE)
        if moved is None:
            return None
        named = {word.strip(".,").casefold() for word in moved[2].split()} - {"and", ""}
        if named in ({"all"}, {"everything"}):
            named = known
        if not named or not named <= known:
            return wording.no_such_letter(sorted(known))
        self._left_out = self._left_out | named if moved[1].casefold() == "leave out" else self._left_out - named
        return self._told()

    def applied(self, act: Act) -> Act:
        """The act, sending no more than is left and what was added where it sends the query that was shown."""
        if not isinstance(act, Send) or self._shown is None or act.exchange != self._shown.exchange:
            return act
        left_out = tuple(part for letter, part in self._shown.parts if letter in self._left_out)
        return replace(act, left_out=left_out, added=self._added)

    def _told(self) -> str:
        return wording.trimmed(sorted(self._left_out), self._added)
