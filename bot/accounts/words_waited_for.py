"""Words that answer a step of a checklist, or that a request asks for, where they are typed below it."""

import re
from datetime import UTC, datetime

from bot import acts
from bot.account_requests import AccountRequest, RequestState
from bot.accounts.enrolling import is_open_still, own
from bot.accounts.lessons import Lessons
from bot.accounts.offers import NO, YES, is_fresh, offered
from bot.accounts.request_steps import buttons, next_field
from bot.accounts.request_words import button_of
from bot.accounts.standing import Standing
from bot.accounts.waiting import is_next_said, may_be_for
from bot.checking import requested
from bot.enrolments import Enrolment, EnrolmentState
from bot.messages import Message, same_place
from bot.ports import Work
from bot.routing import Way, route
from bot.wording_of_steps import BETTER_NOT, FINE, HAVE_READ_ALL, KEEP_IT, WRITE_IT
from bot.words_that_act import means_home
from knowledge.questions import Mood, plain, read

_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_LONGEST_PASSING = 80  # characters
_IN_PASSING = re.compile(  # or to a machine: it describes no group and no account
    r"(?:(?:ok(?:ay)?|thanks?|thank you|thx|ta|cheers|great|good|fine|cool|lovely|perfect|yes|yep|yeah|no|nope|sure|hi"
    r"|hello|hey|bye|goodbye|good (?:morning|afternoon|evening|day)|please|so much|very much|a lot|all|you|then|well"
    r"|hm+|wait|stop|cancel|back|undo|exit|quit|menu|start|begin|never ?mind|leave it|forget it|continue|resume|go on"
    r"|done|next|help|desk|why|what|test(?:ing)?|i (?:do not|don['’]?t) know|not sure)[\s,.!]*)+",
    re.IGNORECASE,
)
_NOTHING_SAID = re.compile(  # by which somebody gets on with it, and says nothing that could be kept
    r"(?:skip(?: (?:it|this))?|change(?: it)?|none|nothing|n/?a|(?:the )?same(?: as before)?|as before|done|next"
    r"|no change|pass|send(?: it)?|yes|yep|yeah|y|no|nope|n|keep it|that was not meant for it)[\s.!]*|\W+",
    re.IGNORECASE,
)
_GO_ON = re.compile(r"(?:go on|carry on|continue|resume)(?: now| with (?:it|this|that))?[\s.!]*", re.IGNORECASE)
_ASKS = re.compile(
    r"(?:can|could|may|might|do|does|did|is|are|am|was|has|have|should|must|will|would|shall|who|whom|whose|what|how|why"
    r"|where|when|which)\b",
    re.IGNORECASE,
)
_FOR_A_PERSON = re.compile(
    r"(?:(?:please|can|could|may|i|we|let)\b[\w\s,'’]{0,40}?)?"
    r"(?:ask|speak|talk|chat|write|contact|reach|call|phone|e-?mail)\b.{0,30}"
    r"\b(?:human|person|somebody|someone|office|desk)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_CRY = re.compile(  # a report, or a cry for help: it is nothing that a group says of an account that it would like
    r"(?:(?:please|help)[\s,!]+)*(?:i|we|someone|somebody|they|he|she|our|my|the|there|an?|people|it)\b.*\b(?:impersonat\w*"
    r"|hack\w*|abus\w*|harass\w*|threat\w*|bull(?:y|ies|ied|ying)|complain\w*|complaints?|leaked|stolen|phish\w*"
    r"|insult\w*|attack\w*|offensive|rude|fake|scam\w*|urgent\w*|emergency|help me)\b.*|help me\b.*",
    re.IGNORECASE | re.DOTALL,
)
_RULES = re.compile(
    r"(?:the )?(?:code of (?:conduct|practice)|(?:\w+ ){0,3}(?:policy|policies|guidelines?|guidance|rules|clauses?))"
    r"[\s.!]*",
    re.IGNORECASE,
)
_SAYS_ROLE = re.compile(r"\s*(?:i am|i['’]?m|as|role|we are|ask as)\b", re.IGNORECASE)


def waited_for(message: Message, society: str, lessons: Lessons, work: Work, in_words: bool) -> acts.Act | None:
    """What a message answers of a step or a request that was shown where it is typed, the latest first. Without
    `in_words` it can be an option of one, and no words of its own."""
    here = waiting_here(message, society, work)
    for one in (one for one in here if may_be_for(message, one.place, work)):
        if isinstance(one, AccountRequest):
            found = _for_request(message, one, work, in_words)
        else:
            found = _for_step(message, one, lessons, work, in_words)
        if found is not None:
            return found
    return _gone_on_with(message, here, work)


def waiting_here(message: Message, society: str, work: Work) -> list[Enrolment | AccountRequest]:
    """What was shown to whoever writes where they write, and waits for them; what was shown last is first."""
    waiting: list[Enrolment | AccountRequest] = [
        one for one in open_ones(message, society, work) if one.state is EnrolmentState.UNDER_WAY
    ]
    request = under_way(message, society, work)
    waiting += [request] if request else []
    here = [one for one in waiting if same_place(one.place, message.conversation)]
    return sorted(here, key=lambda one: one.active or _LONG_AGO, reverse=True)


def _for_step(message: Message, enrolment: Enrolment, lessons: Lessons, work: Work, in_words: bool) -> acts.Act | None:
    if lessons.held(enrolment.society) is None:
        return None
    at, is_next = lessons.standing(enrolment), is_next_said(message, enrolment.active, work)
    if at is None:
        is_yes = is_next and YES.fullmatch(plain(message.text)) is not None
        if _chosen(message.text, (HAVE_READ_ALL,)) is None:
            return acts.ShowOnboarding(enrolment.id) if is_yes else None
        # What was shown just now is confirmed as it was offered; else nobody knows in which words they have read it.
        there = (one.act for one in offered(message, work) if isinstance(one.act, acts.ConfirmRead))
        return next((one for one in there if one.enrolment == enrolment.id), acts.ShowOnboarding(enrolment.id))
    is_asked = is_fresh(message, work) and any(_is_for(one.act, enrolment) for one in offered(message, work))
    chosen = _chosen(message.text, at.options) or (_by_yes_or_no(message.text, at) if is_asked else None)
    if chosen is not None:
        return acts.AnswerStep(enrolment.id, at.step.id, at.item, chosen)
    if not at.in_words:
        return None
    labelled = _chosen(message.text, (WRITE_IT, KEEP_IT))
    if labelled is None and is_next and _says_nothing(message.text):
        labelled = WRITE_IT
    if labelled is not None:
        return acts.AnswerStep(enrolment.id, at.step.id, at.item, "" if labelled == WRITE_IT else labelled)
    if in_words and is_next and _is_in_words(message, enrolment.society, work):
        return acts.AnswerStep(enrolment.id, at.step.id, at.item, message.text.strip())
    return None


def _by_yes_or_no(text: str, at: Standing) -> str | None:
    """The option that a yes or a no is, where a step asks just that."""
    said = plain(text)
    if at.example is not None and re.fullmatch(r"(?:yes, )?(?:it is )?fine[\s.!]*", said, re.IGNORECASE):
        return FINE
    whole = True if YES.fullmatch(said) else False if NO.fullmatch(said) else None
    if whole is None:
        return None
    if at.example is not None:
        return FINE if whole else BETTER_NOT
    begun = re.compile(rf"{'yes' if whole else 'no'}\b", re.IGNORECASE)
    named = [one for one in at.options if begun.match(one)]
    named = named or [one.label for one in at.step.options if one.settles is whole]
    return named[0] if len(named) == 1 else None


def _for_request(message: Message, request: AccountRequest, work: Work, in_words: bool) -> acts.Act | None:
    if any(isinstance(one.act, acts.AskAdvice) and one.act.confirmed for one in offered(message, work)):
        return None  # who can advise is shown, and no field is asked for
    field, is_next = next_field(request), is_next_said(message, request.active, work)
    # What sends it or gives it up is taken only where it was offered last, as `offers` has it.
    shown = [one for one in buttons(request, field) if not isinstance(one.act, acts.SendRequest | acts.DropRequest)]
    chosen = _chosen(message.text, tuple(one.label for one in shown))
    if chosen is not None:
        return next(one.act for one in shown if one.label == chosen)
    if field is None or not is_next:
        return None
    button = button_of(field, message.text)
    if button or _says_nothing(message.text):
        return acts.FillRequest(request.id, field, button)
    if in_words and _is_in_words(message, request.society, work):
        return acts.FillRequest(request.id, field, message.text.strip())
    return None


def _gone_on_with(
    message: Message, here: list[Enrolment | AccountRequest], work: Work
) -> acts.ShowOnboarding | acts.RequestAccount | None:
    """What waits here, for who only says to go on; a guided decision that was spoken of since comes first."""
    if not here or not _GO_ON.fullmatch(plain(message.text)):
        return None
    turn = work.conversations.last(message.conversation, message.person.account)
    if turn is not None and turn.flow and not is_next_said(message, here[0].active, work):
        return None
    return acts.RequestAccount(here[0].id) if isinstance(here[0], AccountRequest) else acts.ShowOnboarding(here[0].id)


def _is_for(act: acts.Act, enrolment: Enrolment) -> bool:
    return isinstance(act, acts.AnswerStep) and act.enrolment == enrolment.id


def _chosen(text: str, options: tuple[str, ...]) -> str | None:
    """The option that a whole message is in its own words. A number may be one of what was said since."""
    bare = plain(text).casefold().rstrip(".! ")
    return next((option for option in options if option.casefold().rstrip(".!") == bare), None)


def _says_nothing(text: str) -> bool:
    """Whether words only want to get on where words of somebody's own are asked for, or are none at all."""
    return _NOTHING_SAID.fullmatch(plain(text)) is not None


def _is_in_words(message: Message, society: str, work: Work) -> bool:
    """Whether a message may say something of its own: no question, no command, nothing said in passing, and nothing
    that somebody else should hear of. It is shown back before it is kept."""
    text = plain(message.text)
    if not text or text.endswith("?") or (read(text).mood is not Mood.STATEMENT and _ASKS.match(text)):
        return False
    if len(text) <= _LONGEST_PASSING and _IN_PASSING.fullmatch(text):
        return False
    if any(pattern.fullmatch(text) for pattern in (_FOR_A_PERSON, _CRY, _RULES)):
        return False
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
