"""The invitation to run an account, as it comes to somebody who did not just ask for it here."""

from dataclasses import replace

from bot.accounts.enrolling import reached_at
from bot.accounts.lessons import invitation
from bot.enrolments import Enrolment
from bot.office import Office
from bot.ports import Work
from bot.register import RegisterEntry
from bot.replies import TO_ADMIN, Lesson
from knowledge.onboarding.checklist import Checklist


def invited_to(enrolment: Enrolment, entry: RegisterEntry, checklist: Checklist, office: Office, work: Work) -> Lesson:
    """The invitation, for the chat of the person alone with the bot."""
    shown = invitation(enrolment, entry, checklist, office.name, reached_at(enrolment, work))
    return replace(shown, about=TO_ADMIN)
