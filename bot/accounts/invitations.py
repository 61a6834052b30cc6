"""The invitation to run an account, as it comes to somebody who did not just ask for it here, and its end."""

from dataclasses import replace

from bot import wording_of_onboarding as wording
from bot.accounts.enrolling import reached_at
from bot.accounts.lessons import invitation
from bot.enrolments import Enrolment, EnrolmentState
from bot.office import Office
from bot.ports import Work
from bot.register import RegisterEntry
from bot.replies import TO_ADMIN, Lesson, Reply, Told
from knowledge.onboarding.checklist import Checklist


def invited_to(enrolment: Enrolment, entry: RegisterEntry, checklist: Checklist, office: Office, work: Work) -> Lesson:
    """The invitation, for the chat of the person alone with the bot."""
    shown = invitation(enrolment, entry, checklist, office.name, reached_at(enrolment, work))
    return replace(shown, about=TO_ADMIN)


def told_of_ending(enrolment: Enrolment, entry: RegisterEntry, office: Office, work: Work) -> list[Reply]:
    """What the person is told whose being set up is ended by staff, where it stood as `enrolment` says; whoever only
    asked hears it of their query."""
    if enrolment.state is EnrolmentState.ASKED_FOR:
        return []
    return [Told(reached_at(enrolment, work), wording.told_of_ending(entry, office.name), about=TO_ADMIN)]
