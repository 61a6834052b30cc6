"""Words that somebody typed while a step or a request waits for some: shown to them first, kept once they say so."""

import re

from bot import wording_of_typed_words as wording
from bot.account_requests import Field
from bot.accounts.offers import KEEP, NO, YES
from bot.accounts.request_words import button_of
from bot.accounts.standing import WORDS
from bot.acts import AcceptInvitation, AnswerStep, DeclineInvitation, FillRequest, Say, ShowOnboarding, Snooze
from bot.enrolments import EnrolmentState
from bot.messages import Message
from bot.ports import Work
from bot.replies import Button, Told
from bot.wording_of_onboarding import ACCEPT, DECLINE, LATER
from bot.wording_of_requests import question
from bot.wording_of_steps import KEEP_IT as AS_IT_STANDS
from knowledge.questions import plain

_PERHAPS_YES = re.compile(
    r"(?:ok(?:ay)?|sure|fine|please|i(?: would|['’]d) (?:love|like)(?: to)?)[\s.!]*", re.IGNORECASE
)


def asked_back(message: Message, work: Work) -> Told | None:
    """What is asked back before typed words count; None for what was pressed, given in a form, or is an option.

    A form is for the step that it was opened from; what is typed may have been meant for anything.
    """
    words = message.text.strip()
    if not words:
        return None
    match message.act:
        case AnswerStep(item=item, given=given) as act if item == WORDS and given == words != AS_IT_STANDS:
            return _whether_meant(message, wording.FOR_REGISTER, act)
        case FillRequest(field=field, given=given) as act if given == words and field in tuple(Field):
            if button_of(Field(field), words) == words:  # "none"
                return None
            return _whether_meant(message, wording.for_request(question(Field(field))), act)
        case ShowOnboarding(enrolment=name) if is_yes_or_no(words):
            return _which(message, name, work)
        case _:
            return None


def is_yes_or_no(text: str) -> bool:
    """Whether a whole message is a yes, a no, or what might be one."""
    return any(pattern.fullmatch(plain(text)) for pattern in (YES, NO, _PERHAPS_YES))


def _whether_meant(message: Message, text: str, act: AnswerStep | FillRequest) -> Told:
    words = act.given
    buttons = (Button(KEEP, wording.KEEP_IT, act), Button("not_meant", wording.NOT_MEANT, Say(words)))
    return Told(message.conversation, text, words=words, buttons=buttons)


def _which(message: Message, name: str, work: Work) -> Told | None:
    """What answers an invitation, said to who answered it with a yes or a no: nobody is enrolled by accident."""
    enrolment = work.enrolments.get(name)
    if enrolment is None or enrolment.state is not EnrolmentState.INVITED:
        return None
    buttons = (
        Button("accept", ACCEPT, AcceptInvitation(name)),
        Button("later", LATER, Snooze(name)),
        Button("decline", DECLINE, DeclineInvitation(name)),
    )
    return Told(message.conversation, wording.ACCEPT_OR, buttons=buttons)
