"""Reminders of enrolments in which nothing happens: to whoever is invited or under way, and at last to staff."""

from collections.abc import Iterator
from datetime import timedelta

from bot import wording_of_nudges as wording
from bot import wording_of_onboarding as onboarding_words
from bot.accounts.enrolling import is_open_still, reached_at
from bot.accounts.nudges import Marks, Nudge, ToSomebody, ToStaff
from bot.accounts.people_shown import shown_to_staff
from bot.acts import AcceptInvitation, DeclineInvitation, ShowOnboarding, Snooze
from bot.enrolments import Enrolment, EnrolmentState
from bot.office import Office
from bot.ports import Work
from bot.register import RegisterEntry
from bot.replies import TO_ADMIN, Button, Told
from bot.wording_of_times import day

REMINDED_AFTER = (3, 7, 14)  # days without anything
UNTIL_STAFF = 3  # days after the last of these
_THEIRS_TO_DO = (EnrolmentState.INVITED, EnrolmentState.UNDER_WAY)


def enrolment_nudges(office: Office, work: Work, marks: Marks) -> Iterator[Nudge]:
    """What is to be said now of the enrolments of one society. Of reminders that were missed only the latest is."""
    for enrolment in work.enrolments.open():
        snoozes = enrolment.snoozed is not None and work.now < enrolment.snoozed
        if enrolment.society != office.society or enrolment.state not in _THEIRS_TO_DO or snoozes:
            continue
        entry = work.register.get(enrolment.entry)
        if entry is None or not is_open_still(enrolment, work):
            continue
        nudge = _nudge(enrolment, entry, office, work, marks)
        if nudge is not None:
            yield nudge


def _nudge(enrolment: Enrolment, entry: RegisterEntry, office: Office, work: Work, marks: Marks) -> Nudge | None:
    passed = _days(enrolment, office, work)
    step = max((after for after in REMINDED_AFTER if after <= passed), default=0)
    key = f"enrolment:{enrolment.id}:{enrolment.active.timestamp():.0f}"  # whoever goes on is reminded anew
    if not step:
        return None
    if not marks.was_said(f"{key}:{step}"):
        return ToSomebody(f"{key}:{step}", _reminder(enrolment, entry, office, work, step == REMINDED_AFTER[-1]))
    if step < REMINDED_AFTER[-1] or marks.was_said_within(f"{key}:{step}", UNTIL_STAFF):
        return None
    if marks.was_said(f"{key}:staff"):
        return None
    who = shown_to_staff(enrolment.person, office, work)
    invited = enrolment.state is EnrolmentState.INVITED
    return ToStaff(f"{key}:staff", wording.stalled(who, entry.handle, day(enrolment.active, office), invited), entry.id)


def _days(enrolment: Enrolment, office: Office, work: Work) -> int:
    """How many days ago, by the calendar of the office, something happened last."""
    zone = office.hours.zone
    passed: timedelta = work.now.astimezone(zone).date() - enrolment.active.astimezone(zone).date()
    return passed.days


def _reminder(enrolment: Enrolment, entry: RegisterEntry, office: Office, work: Work, last: bool) -> Told:
    since = day(enrolment.active, office)
    later = Button("later", onboarding_words.LATER, Snooze(enrolment.id))
    if enrolment.state is EnrolmentState.INVITED:
        text = wording.invited(entry.handle, since, office, last)
        buttons = (
            Button("accept", onboarding_words.ACCEPT, AcceptInvitation(enrolment.id)),
            later,
            Button("decline", onboarding_words.DECLINE, DeclineInvitation(enrolment.id)),
        )
    else:
        text = wording.under_way(entry.handle, since, office, last)
        buttons = (
            Button("go_on", onboarding_words.GO_ON_NOW, ShowOnboarding(enrolment.id)),
            later,
            Button("decline", onboarding_words.GIVE_UP, DeclineInvitation(enrolment.id)),
        )
    return Told(reached_at(enrolment, work), text, buttons=buttons, about=TO_ADMIN)
