"""What is said unasked to those who run accounts or are to run them, and to staff where nothing comes of it.

Whoever runs this looks now and then whether something is due, in a work that only reads, and where it is says it in
another. Everything is said once, by a mark that the store keeps, and nothing while the office is closed.
"""

from collections.abc import Iterator, Sequence

from bot import wording_of_nudges as wording
from bot.accounts.nudges import Marks, Nudge, ToSomebody, ToStaff
from bot.accounts.staff_told import told_to_staff
from bot.accounts.unreached import unreached_nudges
from bot.accounts.waiting_enrolments import enrolment_nudges
from bot.accounts.yearly import yearly_nudges
from bot.acts import ShowEntry, ShowRegister
from bot.hours import is_open
from bot.office import Office, Offices
from bot.ports import Work
from bot.replies import Button, Reply
from bot.wording_of_onboarding import SHOW_ENTRY
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists

MOST_NAMED = 10  # lines of one message to staff


class Nudging:
    """What is due at the time of one unit of work."""

    def __init__(self, library: Library, checklists: Checklists, offices: Offices, work: Work) -> None:
        self._offices, self._work = offices, work
        self._societies = dict.fromkeys([*library.societies, *checklists.by_society])

    def is_due(self) -> bool:
        """Whether there is something for `due` to say. Nothing is changed by asking."""
        return any(True for office in self._open_offices() for _ in self._nudges(office, self._marks(office)))

    def due(self) -> list[Reply]:
        """What is due now, marked as said. Asking again at once brings nothing."""
        replies: list[Reply] = []
        for office in self._open_offices():
            marks = self._marks(office)
            said = [nudge for nudge in list(self._nudges(office, marks)) if marks.say(nudge.key)]
            replies += [nudge.told for nudge in said if isinstance(nudge, ToSomebody)]
            replies += self._to_staff(office, [nudge for nudge in said if isinstance(nudge, ToStaff)])
        return replies

    def _open_offices(self) -> Iterator[Office]:
        offices = (self._offices.of(society) for society in self._societies)
        return (office for office in offices if is_open(office.hours, self._work.now))

    def _marks(self, office: Office) -> Marks:
        return Marks(self._work, self._work.now.astimezone(office.hours.zone).date())

    def _nudges(self, office: Office, marks: Marks) -> Iterator[Nudge]:
        """All that is to be said; what is for staff waits until there is a place where they can be told."""
        for nudges in (enrolment_nudges, yearly_nudges, unreached_nudges):
            for nudge in nudges(office, self._work, marks):
                if isinstance(nudge, ToSomebody) or told_to_staff(office, nudge.line, "", self._work):
                    yield nudge

    def _to_staff(self, office: Office, nudges: Sequence[ToStaff]) -> list[Reply]:
        if not nudges:
            return []
        lines = list(dict.fromkeys(nudge.line for nudge in nudges))
        entries = {nudge.entry for nudge in nudges}
        button = Button("register", wording.SHOW_REGISTER, ShowRegister(office.society))
        if len(entries) == 1:
            button = Button("show", SHOW_ENTRY, ShowEntry(nudges[0].entry))
        told = wording.for_staff(lines[:MOST_NAMED], len(lines[MOST_NAMED:]))
        return told_to_staff(office, told, wording.subject(len(lines)), self._work, (button,))
