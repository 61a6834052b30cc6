"""Reminders of enrolments in which nothing happens: to whoever is invited or under way, and at last to staff."""

from collections.abc import Iterator
from datetime import datetime, timedelta

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
PUT_OFF_AT_MOST = 28  # days without anything, after which staff hear of it though it is put off
_THEIRS_TO_DO = (EnrolmentState.INVITED, EnrolmentState.UNDER_WAY)


def enrolment_nudges(office: Office, work: Work, marks: Marks, has_checklist: bool) -> Iterator[Nudge]:
    """What is to be said now of the enrolments of one society. Of reminders that were missed only the latest is; where
    no checklist is held, nobody could go on, and staff alone hear of it."""
    for enrolment in work.enrolments.open():
        passed = _days_since(enrolment.active, office, work)
        if enrolment.society != office.society or enrolment.state not in _THEIRS_TO_DO or passed < REMINDED_AFTER[0]:
            continue
        entry = work.register.get(enrolment.entry)
        if entry is None or not is_open_still(enrolment, work):
            continue
        key = f"enrolment:{enrolment.id}:{enrolment.active.timestamp():.0f}"  # whoever goes on is reminded anew
        snoozes = enrolment.snoozed is not None and work.now < enrolment.snoozed
        step = max(after for after in REMINDED_AFTER if after <= passed)
        if has_checklist and not snoozes and not _was_reminded(key, step, marks):
            yield ToSomebody(f"{key}:{step}", _reminder(enrolment, entry, office, work, step == REMINDED_AFTER[-1]))
        elif _is_for_staff(enrolment, key, passed, office, work, marks):
            told, mailed = (
                _stalled(enrolment, entry, office, who, has_checklist)
                for who in (shown_to_staff(enrolment.person, office, work), wording.UNNAMED)
            )
            yield ToStaff(f"{key}:staff", told, mailed, entry.id)


def _was_reminded(key: str, step: int, marks: Marks) -> bool:
    """Whether this was said, or a later one; clocks are set back at times."""
    return any(marks.was_said(f"{key}:{one}") for one in REMINDED_AFTER if one >= step)


def _is_for_staff(enrolment: Enrolment, key: str, passed: int, office: Office, work: Work, marks: Marks) -> bool:
    """Whether staff are to hear of it now: some days after the last reminder, and after the time for which it was put
    off then; but not so late that it could be put off for ever."""
    last = f"{key}:{REMINDED_AFTER[-1]}"
    if passed < REMINDED_AFTER[-1] + UNTIL_STAFF or marks.was_said(f"{key}:staff"):
        return False
    since_put_off = UNTIL_STAFF if enrolment.snoozed is None else _days_since(enrolment.snoozed, office, work)
    if since_put_off < UNTIL_STAFF:
        return since_put_off < 0 and passed >= PUT_OFF_AT_MOST
    return not marks.was_said_within(last, UNTIL_STAFF)


def _stalled(enrolment: Enrolment, entry: RegisterEntry, office: Office, who: str, has_checklist: bool) -> str:
    invited, since = enrolment.state is EnrolmentState.INVITED, day(enrolment.active, office)
    return wording.stalled(who, entry.handle, since, invited, has_checklist)


def _days_since(at: datetime, office: Office, work: Work) -> int:
    """How many days ago that was, by the calendar of the office; less than none where it is still to come."""
    zone = office.hours.zone
    passed: timedelta = work.now.astimezone(zone).date() - at.astimezone(zone).date()
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
