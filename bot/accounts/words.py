"""Whole messages that mean an act on accounts. Nothing else is taken: what is asked about accounts is a question like
any other."""

import re

from bot import acts
from bot.accounts.enrolling import own
from bot.accounts.naming import find, named
from bot.accounts.waiting import may_be_for
from bot.accounts.words_waited_for import open_ones, under_way, waited_for
from bot.enrolments import Enrolment, EnrolmentState
from bot.messages import Message
from bot.ports import Work
from bot.register import AccountState, RegisterEntry
from knowledge.flows.matching import Guides
from knowledge.onboarding.checklist import Checklists
from knowledge.questions import plain

_LONGEST = 160  # characters of a message that means an act; a longer one says more than that
_END = r"[\s.!]*"
_HELLO = r"(?:(?:hello|hi|hey|please)[,!.]? )?"
_I_HAVE = r"i(?: have|['’]ve)?(?: just| now| recently)*"
_I_AM = r"i(?: am|['’]m)(?: just| now)*"
_WHICH = r"(?P<which>[^,.;:!?\n]{1,100}?)"
_FROM = r"(?: from [^,.;:!?\n]{1,60})?"
_MINE = r"(?:my |the |our )?"
_WISH = r"(?:(?:i|we)(?: would|['’]d)? (?:like|want|wish|need) to )?"
_AS_ADMIN = r"as (?:the |an )?admin(?:istrator)? (?:of|for) "
_ACCOUNT = r"(?:an? |another )?(?:new )?account"


def _whole(*patterns: str) -> re.Pattern[str]:
    """Any of these as a whole message."""
    return re.compile(rf"{_HELLO}(?:{'|'.join(patterns)}){_END}", re.IGNORECASE)


_TAKE_OVER = (
    _whole(rf"{_I_HAVE} (?:taken over|took over|inherited) {_WHICH}{_FROM}"),
    _whole(rf"(?:{_I_AM} taking over|{_I_AM} going to take over|i will take over) {_WHICH}{_FROM}"),
    _whole(rf"{_I_AM} the new (?:account )?admin(?:istrator)? (?:of|for) {_WHICH}"),
)
_ONBOARDING = _whole(
    rf"(?:(?:show|resume|restart|continue|begin|start|go on with|carry on with|take up)(?: me)? )?{_MINE}onboarding"
)
_LEAVE = _whole(rf"{_I_AM} (?:leaving|handing over|giving up|stepping down)(?: (?:{_AS_ADMIN}|from )?{_WHICH})?")
_STAY = _whole(rf"{_I_AM} staying(?: on)?(?: (?:{_AS_ADMIN}|with |at )?{_WHICH})?")
_REGISTER = _whole(r"(?:(?:show|list)(?: me)? )?(?:the )?register(?: of (?:the )?accounts)?")
_ENTRY = _whole(r"(?:show|look up)(?: me)?(?: the)?(?: account)? (?P<which>@\S{1,80}?)")
_REQUEST = _whole(
    rf"{_WISH}(?:request|apply for|ask for) {_ACCOUNT}(?: (?:for|on behalf of) {_WHICH})?",
    rf"{_WISH}(?:begin|start|make|resume|continue|go on with) {_MINE}(?:an? )?"
    rf"(?:account request|request for {_ACCOUNT})",
    r"(?:new )?account request",
    r"(?:show|resume|continue|go on with) (?:me )?my request",
)
_DROP = _whole(rf"(?:drop|give up|cancel) {_MINE}(?:account )?request(?: for {_ACCOUNT})?")
_LINK = _whole(rf"{_WISH}link (?:{_MINE}accounts?|this account)(?: (?:with|to) \w+)?", r"link")
_UNLINK = _whole(rf"{_WISH}unlink(?: (?:{_MINE}accounts?|this account))?")
_CODE = _whole(
    r"(?:my |the )?(?:link(?:ing)? )?code(?: is)?:? (?P<code>\w{4}[-\s\u2010-\u2015]?\w{4})", r"code(?: is)?:?"
)
_BARE_CODE = re.compile(r"(?=.*[A-Za-z])(?:(?=.*\d)[0-9A-Za-z]{4}-[0-9A-Za-z]{4}|[0-9A-Z]{4}-[0-9A-Z]{4})")
_ACCEPT = _whole(r"(?:i )?accept(?: (?:the|your|this) invitation)?")
_DECLINE = _whole(r"(?:i )?decline(?: (?:the|your|this) invitation)?")
_LATER = _whole(r"(?:maybe |perhaps )?later(?: on)?(?: please)?", r"remind me later", r"not now", r"snooze")
_OF_ACCOUNTS = re.compile(r"@\w|\b(?:accounts?|twitter|page|feed|channel|handle)\b", re.IGNORECASE)


def meant(message: Message, society: str, checklists: Checklists, guides: Guides, work: Work) -> acts.Act | None:
    """The act that a whole message means, or that its words are for; None where it is to be taken as words like any.

    `society` is the one that the message is about. Of somebody who is not known nothing is taken.
    """
    account = message.person.account
    if not account or not message.text.strip():
        return None
    return (
        _said(message, society, work)
        or _of_own(message, society, work)
        or waited_for(message, society, checklists, guides, work)
    )


def _said(message: Message, society: str, work: Work) -> acts.Act | None:
    """An act that a message means whoever writes it."""
    words = plain(message.text)
    if len(words) > _LONGEST:
        return None
    taken_over = next(filter(None, (pattern.fullmatch(words) for pattern in _TAKE_OVER)), None)
    if taken_over:
        return _taken_over(taken_over["which"].strip(), society, work)
    if shown := _ENTRY.fullmatch(words):
        return acts.ShowEntry(shown["which"].rstrip(".!"))
    if code := _CODE.fullmatch(words):
        return acts.Link(code["code"] or "")
    if _BARE_CODE.fullmatch(words):
        return acts.Link(words)
    plainly: tuple[tuple[re.Pattern[str], acts.Act], ...] = (
        (_ONBOARDING, acts.ShowOnboarding()),
        (_REGISTER, acts.ShowRegister(society)),
        (_REQUEST, acts.RequestAccount()),
        (_LINK, acts.OfferLink()),
        (_UNLINK, acts.Unlink()),
    )
    return next((act for pattern, act in plainly if pattern.fullmatch(words)), None)


def _taken_over(which: str, society: str, work: Work) -> acts.TakeOver | None:
    """Taking over an account; somebody may take over other things as well."""
    is_account = _OF_ACCOUNTS.search(which) or named(which, work.register.of(society))
    return acts.TakeOver(which) if is_account else None


def _of_own(message: Message, society: str, work: Work) -> acts.Act | None:
    """An act on what is somebody's own: an invitation, an account that they run, a request."""
    words = plain(message.text)
    if len(words) > _LONGEST:
        return None
    if left := _LEAVE.fullmatch(words):
        return _leaving(left["which"] or "", message, society, work)
    if stays := _STAY.fullmatch(words):
        leaving = [one for one in _run_by(message, society, work) if _is_leaving(one, message, work)]
        found = find(stays["which"], leaving) if stays["which"] else tuple(leaving)
        return acts.Stay(found[0].id) if len(found) == 1 else None
    if _DROP.fullmatch(words):
        request = under_way(message, society, work)
        return acts.DropRequest(request.id) if request else None
    if _ACCEPT.fullmatch(words) or _DECLINE.fullmatch(words):
        return _decided(bool(_ACCEPT.fullmatch(words)), open_ones(message, society, work))
    if _LATER.fullmatch(words):
        theirs = open_ones(message, society, work)
        here = [one for one in theirs if may_be_for(message, one.place, work)] or theirs
        return acts.Snooze(here[0].id) if here else None
    return None


def _leaving(which: str, message: Message, society: str, work: Work) -> acts.Leave | None:
    """Leaving an account: of those that somebody runs the one that is named, or whichever they are asked about."""
    own_ones = _run_by(message, society, work)
    if not own_ones:
        return acts.Leave(which) if "@" in which else None
    if not which:
        return acts.Leave(own_ones[0].id if len(own_ones) == 1 else "")
    found = named(which, own_ones)
    if len(found) == 1:
        return acts.Leave(found[0].id)
    return acts.Leave(which) if _OF_ACCOUNTS.search(which) else None


def _decided(accepts: bool, open_ones: list[Enrolment]) -> acts.Act | None:
    """What becomes of the invitation of somebody; where there are several, they are shown."""
    invited = [one for one in open_ones if one.state is EnrolmentState.INVITED]
    if len(invited) > 1:
        return acts.ShowOnboarding()
    if not invited:
        return None
    return acts.AcceptInvitation(invited[0].id) if accepts else acts.DeclineInvitation(invited[0].id)


def _run_by(message: Message, society: str, work: Work) -> list[RegisterEntry]:
    """The accounts that whoever writes runs."""
    mine = work.register.run_by(own(message.person.account, work))
    return [one for one in mine if one.society == society and one.state is not AccountState.CLOSED]


def _is_leaving(entry: RegisterEntry, message: Message, work: Work) -> bool:
    admin = entry.admin(own(message.person.account, work))
    return admin is not None and admin.leaving is not None
