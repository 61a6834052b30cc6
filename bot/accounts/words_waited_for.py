"""Words that answer a step of a checklist, or that a request asks for, where they are typed below it."""

import re
from datetime import UTC, datetime

from bot import acts
from bot.account_requests import NEEDED, AccountRequest, RequestState
from bot.accounts.enrolling import is_open_still, own
from bot.accounts.request_steps import buttons, next_field
from bot.accounts.standing import standing
from bot.accounts.waiting import is_next_said, may_be_for
from bot.checking import requested
from bot.enrolments import Enrolment, EnrolmentState
from bot.messages import Message, same_place
from bot.ports import Work
from bot.routing import Way, route
from bot.wording_of_steps import HAVE_READ_ALL
from bot.words_that_act import means_home
from knowledge.flows.matching import Guides
from knowledge.onboarding.checklist import Checklists
from knowledge.questions import Mood, plain, read

_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_LONGEST_PASSING = 80  # characters
_DIGITS = 3  # of the number of an option
_IN_PASSING = re.compile(  # or to a machine: it describes no group and no account
    r"(?:(?:ok(?:ay)?|thanks?|thank you|thx|ta|cheers|great|good|fine|cool|lovely|perfect|yes|yep|yeah|no|nope|sure|hi"
    r"|hello|hey|bye|goodbye|good (?:morning|afternoon|evening|day)|please|so much|very much|a lot|all|you|then|well"
    r"|hm+|wait|stop|cancel|back|undo|exit|quit|menu|start|begin|never ?mind|leave it|forget it|continue|resume|go on"
    r"|done|next|help|desk|why|what|test(?:ing)?|i (?:do not|don['’]?t) know|not sure)[\s,.!]*)+",
    re.IGNORECASE,
)
_YES_OR_NO = re.compile(r"(?:yes|no)[.!]*", re.IGNORECASE)
_SAYS_ROLE = re.compile(r"\s*(?:i am|i['’]?m|as|role|we are|ask as)\b", re.IGNORECASE)


def waited_for(message: Message, society: str, checklists: Checklists, guides: Guides, work: Work) -> acts.Act | None:
    """What a message answers of a step or a request that was shown where it is typed, the latest first."""
    here = [one for one in waiting_here(message, society, work) if may_be_for(message, one.place, work)]
    for one in here:
        if isinstance(one, AccountRequest):
            found = _for_request(message, one, work)
        else:
            found = _for_step(message, one, checklists, guides, work)
        if found is not None:
            return found
    return None


def waiting_here(message: Message, society: str, work: Work) -> list[Enrolment | AccountRequest]:
    """What was shown to whoever writes where they write, and waits for them; what was shown last is first."""
    waiting: list[Enrolment | AccountRequest] = [
        one for one in open_ones(message, society, work) if one.state is EnrolmentState.UNDER_WAY
    ]
    request = under_way(message, society, work)
    waiting += [request] if request else []
    here = [one for one in waiting if same_place(one.place, message.conversation)]
    return sorted(here, key=lambda one: one.active or _LONG_AGO, reverse=True)


def _for_step(
    message: Message, enrolment: Enrolment, checklists: Checklists, guides: Guides, work: Work
) -> acts.Act | None:
    checklist = checklists.of(enrolment.society)
    if checklist is None:
        return None
    at, is_next = standing(enrolment, checklist, guides), is_next_said(message, enrolment.active, work)
    if at is None:
        chosen = _chosen(message.text, (HAVE_READ_ALL,), is_next)
        return acts.ConfirmRead(enrolment.id) if chosen else None
    chosen = _chosen(message.text, at.options, is_next)
    if chosen is not None:
        return acts.AnswerStep(enrolment.id, at.step.id, at.item, chosen)
    if at.in_words and is_next and _is_in_words(message, enrolment.society, work):
        return acts.AnswerStep(enrolment.id, at.step.id, at.item, message.text.strip())
    return None


def _for_request(message: Message, request: AccountRequest, work: Work) -> acts.Act | None:
    field, is_next = next_field(request), is_next_said(message, request.active, work)
    shown = buttons(request, field)
    chosen = _chosen(message.text, tuple(one.label for one in shown), is_next)
    if chosen is not None:
        act = next(one.act for one in shown if one.label == chosen)
        return None if isinstance(act, acts.FillRequest) and not act.given else act
    if field is None or not is_next:
        return None
    short = field not in NEEDED  # "no" and "yes" say something there
    if _is_in_words(message, request.society, work, short):
        return acts.FillRequest(request.id, field, message.text.strip())
    return None


def _chosen(text: str, options: tuple[str, ...], by_number: bool) -> str | None:
    """The option that a whole message is, in its own words or by its number."""
    said = plain(text)
    if said.isascii() and said.isdecimal():
        at = int(said) if len(said) <= _DIGITS else 0
        return options[at - 1] if by_number and 0 < at <= len(options) else None
    bare = said.casefold().rstrip(".! ")
    return next((option for option in options if option.casefold().rstrip(".!") == bare), None)


def _is_in_words(message: Message, society: str, work: Work, short: bool = False) -> bool:
    """Whether a message says something of its own: no question, no command, and nothing said in passing. With `short`
    a yes or a no counts as well."""
    text = plain(message.text)
    if not text or text.endswith("?") or read(text).mood is not Mood.STATEMENT:
        return False
    if len(text) <= _LONGEST_PASSING and _IN_PASSING.fullmatch(text):
        return short and _YES_OR_NO.fullmatch(text) is not None
    if means_home(text) or requested(message.text) is not None:
        return False
    turn = work.conversations.last(message.conversation, message.person.account)
    way = route(message.text, turn, (society,)).way
    return way in (Way.QUESTION, Way.ADDITION) or (way is Way.ROLE and not _SAYS_ROLE.match(text))


def open_ones(message: Message, society: str, work: Work) -> list[Enrolment]:
    """The enrolments of whoever writes that wait for them, latest first."""
    theirs = work.enrolments.of(own(message.person.account, work))
    return [one for one in theirs if one.society == society and is_open_still(one, work)]


def under_way(message: Message, society: str, work: Work) -> AccountRequest | None:
    """The request of whoever writes that is under way."""
    theirs = work.requests.of(own(message.person.account, work))
    return next((one for one in theirs if one.society == society and one.state is RequestState.GATHERING), None)
