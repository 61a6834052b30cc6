"""What is said unasked to those who run accounts or are to run them, and to staff where nothing comes of it.

Whoever runs this looks now and then whether something is due, in a work that only reads, and where it is says it in
another. Everything is said once, by a mark that the store keeps, and nothing while the office is closed.
"""

from collections import defaultdict
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
from bot.replies import TO_ADMIN, Button, Entry, Listed, Reply
from bot.wording_of_onboarding import SHOW_ENTRY
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists

MOST_NAMED = 10  # lines of one message to staff, or accounts of one list
LISTED_FROM = 3  # as many things for one person make a list


class Nudging:
    """What is due at the time of one unit of work."""

    def __init__(self, library: Library, checklists: Checklists, offices: Offices, work: Work) -> None:
        self._checklists, self._offices, self._work = checklists, offices, work
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
            replies += _to_people([nudge for nudge in said if isinstance(nudge, ToSomebody)])
            replies += self._to_staff(office, [nudge for nudge in said if isinstance(nudge, ToStaff)])
        return replies

    def _open_offices(self) -> Iterator[Office]:
        offices = (self._offices.of(society) for society in self._societies)
        return (office for office in offices if is_open(office.hours, self._work.now))

    def _marks(self, office: Office) -> Marks:
        return Marks(self._work, self._work.now.astimezone(office.hours.zone).date())

    def _nudges(self, office: Office, marks: Marks) -> Iterator[Nudge]:
        """All that is to be said; what is for staff waits until there is a place where they can be told."""
        has_checklist = self._checklists.of(office.society) is not None
        can_be_told = bool(told_to_staff(office, "", "", self._work, mailed=""))
        for nudges in (
            enrolment_nudges(office, self._work, marks, has_checklist),
            yearly_nudges(office, self._work, marks),
            unreached_nudges(office, self._work, marks),
        ):
            yield from (nudge for nudge in nudges if can_be_told or isinstance(nudge, ToSomebody))

    def _to_staff(self, office: Office, nudges: Sequence[ToStaff]) -> list[Reply]:
        if not nudges:
            return []
        lines, mailed = (list(dict.fromkeys(one)) for one in ([n.line for n in nudges], [n.mailed for n in nudges]))
        entries = {nudge.entry for nudge in nudges}
        button = Button("register", wording.SHOW_REGISTER, ShowRegister(office.society))
        if len(entries) == 1:
            button = Button("show", SHOW_ENTRY, ShowEntry(nudges[0].entry))
        told = wording.for_staff(lines[:MOST_NAMED], len(lines[MOST_NAMED:]))
        unnamed = wording.for_staff(mailed[:MOST_NAMED], len(mailed[MOST_NAMED:]))
        return told_to_staff(office, told, wording.subject(len(lines)), self._work, (button,), mailed=unnamed)


def _to_people(nudges: Sequence[ToSomebody]) -> Iterator[Reply]:
    """What people are told; of many things that can be listed, one list for each of them."""
    listed: dict[str, list[Entry]] = defaultdict(list)
    for nudge in nudges:
        if nudge.listed is not None:
            listed[nudge.told.conversation].append(nudge.listed)
    many = {place: entries for place, entries in listed.items() if len(entries) >= LISTED_FROM}
    yield from (one.told for one in nudges if one.listed is None or one.told.conversation not in many)
    for place, entries in many.items():
        for start in range(0, len(entries), MOST_NAMED):
            some = tuple(entries[start : start + MOST_NAMED])
            yield Listed(place, wording.yearly_of_several(len(entries)), some, about=TO_ADMIN)
