"""Somebody whom staff invited to run an account, and who is not answered where they write: staff hear of it."""

from bot import wording_of_onboarding as wording
from bot.accounts.enrolling import is_open_still, is_theirs
from bot.accounts.people_shown import shown_to_staff
from bot.accounts.staff_told import told_to_staff
from bot.acts import AcceptInvitation, ShowEntry
from bot.enrolments import EnrolmentState
from bot.messages import Message
from bot.office import Offices
from bot.ports import Work
from bot.replies import Button, Reply
from bot.wording_of_nudges import UNNAMED


def told_of_invited(message: Message, offices: Offices, work: Work) -> list[Reply]:
    """What staff are told, once, of somebody who would accept and is turned away at the door; nothing of others."""
    act = message.act
    enrolment = work.enrolments.get(act.enrolment) if isinstance(act, AcceptInvitation) else None
    entry = work.register.get(enrolment.entry) if enrolment else None
    if enrolment is None or entry is None or not is_theirs(enrolment, message.person.account, work):
        return []
    if enrolment.state is not EnrolmentState.INVITED or not is_open_still(enrolment, work):
        return []
    if not work.first(f"enrolment:{enrolment.id}:turned_away"):
        return []
    office = offices.of(enrolment.society)
    who = shown_to_staff(enrolment.person, office, work)
    told, mailed = (wording.staff_of_turned_away(entry, one, message.standing) for one in (who, UNNAMED))
    show = Button("show", wording.SHOW_ENTRY, ShowEntry(entry.id))
    return told_to_staff(office, told, wording.subject_of_turned_away(entry), work, (show,), mailed=mailed)
