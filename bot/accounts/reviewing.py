"""What is due to be looked at again: policies, rulings and accounts by their review dates, told to staff once a week.

It is said when the office is first there in a week, which begins on Monday, by a mark that the store
keeps; a week in which nothing is due then has none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot import wording_of_reviews as wording
from bot.accounts.staff_told import mailed_to_staff, places_of_staff
from bot.acts import KeepRuling, ShowEntry, ShowReviews, WithdrawRuling
from bot.hours import is_open
from bot.office import Office, Offices
from bot.ports import Work
from bot.register import AccountState
from bot.replies import Button, Entry, Listed, Reply, Told
from bot.wording_of_onboarding import SHOW_ENTRY
from bot.wording_of_rulings import KEEP, WITHDRAW, in_short
from knowledge.clauses import Policy
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists

AHEAD = timedelta(days=30)
MOST_NAMED = 10  # of a digest
MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class Review:
    """Something that is to be looked at from a day on: what it is, what helps to know it, and what can be done."""

    on: date
    what: str
    lines: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()


class Reviewing:
    """What is due at the time of one unit of work."""

    def __init__(self, library: Library, checklists: Checklists, offices: Offices, work: Work) -> None:
        self._library, self._offices, self._work = library, offices, work
        self._societies = dict.fromkeys([*library.societies, *checklists.by_society])

    def is_due(self) -> bool:
        """Whether a week has begun for `due` to look at. Nothing is changed by asking."""
        marks = [self._mark(office) for office in self._open_offices()]
        return len(self._work.asked(marks)) < len(marks)

    def due(self) -> list[Reply]:
        """The digests of this week, each marked as said. Asking again at once brings nothing."""
        new = [office for office in self._open_offices() if self._work.first(self._mark(office))]
        return [reply for office in new for reply in self._digest(office)]

    def listed(self, society: str, conversation: str) -> Listed:
        """The same of one society at any time, for its staff."""
        office = self._offices.of(society)
        reviews, today = self._reviews(office), self._today(office)
        entries = [Entry(wording.due(one.what, one.on, today), one.lines, one.buttons) for one in reviews[:MOST_LISTED]]
        remarks = [] if entries else [wording.NOTHING_DUE]
        if len(reviews) > len(entries):
            remarks.append(wording.more(len(reviews) - len(entries)))
        undated = [policy.known_as for policy in self._policies(society) if _review_of(policy, office) is None]
        remarks += [wording.without_date(undated)] if undated else []
        return Listed(conversation, wording.heading(office, len(reviews)), tuple(entries), " ".join(remarks))

    def _open_offices(self) -> Iterator[Office]:
        offices = (self._offices.of(society) for society in self._societies)
        return (office for office in offices if is_open(office.hours, self._work.now))

    def _mark(self, office: Office) -> str:
        """The key under which this week's digest is said once."""
        year, week, _ = self._today(office).isocalendar()
        return f"reviews:{office.society}:{year}-W{week:02}"

    def _today(self, office: Office) -> date:
        return self._work.now.astimezone(office.hours.zone).date()

    def _digest(self, office: Office) -> list[Reply]:
        reviews, today = self._reviews(office), self._today(office)
        if not reviews:
            return []
        lines = [wording.due(one.what, one.on, today) for one in reviews[:MOST_NAMED]]
        told = wording.digest(office, lines, len(reviews) - len(lines))
        button = Button("reviews", wording.SHOW_REVIEWS, ShowReviews(office.society))
        at_desk = [Told(place, told, buttons=(button,)) for place in places_of_staff(office, self._work)]
        return [*at_desk, *mailed_to_staff(office, wording.subject(len(reviews)), wording.mail(told))]

    def _reviews(self, office: Office) -> list[Review]:
        """All that is due within the time or was before, the longest due first."""
        until = self._today(office) + AHEAD
        found = [*self._of_policies(office), *self._of_rulings(office), *self._of_accounts(office)]
        return sorted((one for one in found if one.on <= until), key=lambda one: one.on)

    def _policies(self, society: str) -> Iterator[Policy]:
        return (policy for policy in self._library.policies if policy.society == society)

    def _of_policies(self, office: Office) -> Iterator[Review]:
        for policy in self._policies(office.society):
            on = _review_of(policy, office)
            if on is not None:
                yield Review(on, wording.policy(policy.title), (policy.edition,))

    def _of_rulings(self, office: Office) -> Iterator[Review]:
        for ruling in self._work.rulings.of(office.society):
            if ruling.stands:
                keep = Button("keep_ruling", KEEP, KeepRuling(ruling.id, ruling.version))
                withdrawing = WithdrawRuling(ruling.id, ruling.version, tell=office.tell_of_withdrawn)
                withdraw = Button("withdraw_ruling", WITHDRAW, withdrawing)
                said = (ruling.question, in_short(ruling.verdict, ruling.words))
                yield Review(ruling.review, wording.ruling(ruling.id, ruling.owner), said, (keep, withdraw))

    def _of_accounts(self, office: Office) -> Iterator[Review]:
        for entry in self._work.register.of(office.society):
            if entry.state is not AccountState.CLOSED and entry.review is not None:
                show = Button("show", SHOW_ENTRY, ShowEntry(entry.id))
                yield Review(entry.review, wording.account(entry.handle), (entry.group,), (show,))


def _review_of(policy: Policy, office: Office) -> date | None:
    """The day that the office has decided or, where it has not, that stands in the policy itself."""
    return office.policy_review or (date.fromisoformat(policy.review) if policy.review else None)
