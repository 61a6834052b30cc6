"""Whole messages that mean an act on accounts. Nothing else is taken: what is asked about accounts is a question like
any other."""

import re

from bot import acts
from bot.account_requests import AccountRequest
from bot.accounts.enrolling import own
from bot.accounts.lessons import Lessons
from bot.accounts.naming import find, named
from bot.accounts.offers import offered, taken
from bot.accounts.typed_words import is_yes_or_no
from bot.accounts.waiting import is_next_said, may_be_for
from bot.accounts.words_waited_for import open_ones, under_way, waited_for, waiting_here
from bot.enrolments import EnrolmentState
from bot.link_codes import is_code
from bot.messages import Message
from bot.ports import Work
from bot.register import AccountState, RegisterEntry
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
    r"(?:my |the )?(?:link(?:ing)? )?code(?: is)?:? (?P<code>\S{4}[-\s\u2010-\u2015]?\S{4})", r"code(?: is)?:?"
)
_BARE_CODE = re.compile(r"(?=.*[A-Za-z])(?:(?=.*\d)[0-9A-Za-z]{4}-[0-9A-Za-z]{4}|[0-9A-Z]{4}-[0-9A-Z]{4})")
_ACCEPT = _whole(r"(?:i )?accept(?: (?:the|your|this) invitation)?")
_DECLINE = _whole(r"(?:i )?decline(?: (?:the|your|this) invitation)?")
_LATER = _whole(r"(?:maybe |perhaps )?later(?: on)?(?: please)?", r"remind me later", r"not now", r"snooze")
_GIVE_UP = _whole(r"give (?:this|it) up")
_WOULD_YOU = r"(?:(?:can|could|will|would) you )?(?:please )?"
_PASS_ON = _whole(
    rf"{_WOULD_YOU}(?:pass|send) (?:on )?a message(?: on)?(?: (?:to|for) {_WHICH})?(?: for me)?\??",
    rf"{_WOULD_YOU}tell (?P<whom>[^,.;:!?\n]{{1,100}}?) something(?: for me)?\??",
)
_KINDS = r"social media|twitter|x|linkedin|facebook|instagram|mastodon|bluesky|youtube|society|group|sig|team|official"
_NONE_NAMED = (
    rf"(?:the|this|that|our|a new|another) (?:(?:SOCIETY|{_KINDS}) )*"
    r"(?:accounts?|handle|page|feed|channel|profile|twitter)"
)
_OWN = (_LEAVE, _STAY, _DROP, _GIVE_UP, _ACCEPT, _DECLINE, _LATER)  # what is nobody's purpose where nothing comes of it
_OF_ACCOUNTS = re.compile(r"@\w|\b(?:accounts?|twitter|page|feed|channel|handle)\b", re.IGNORECASE)


def meant(message: Message, society: str, lessons: Lessons, work: Work, typed: bool = True) -> acts.Act | None:
    """The act that a whole message means, or that its words are for; None where it is to be taken as words like any.

    `society` is the one that the message is about. What was not `typed`, but pressed as words to say, is for no step in
    somebody's own words. Of somebody who is not known nothing is taken.
    """
    account = message.person.account
    if not account or not message.text.strip():
        return None
    act = _said(message, society, work) or _of_own(message, society, work) or taken(message, work)
    if act is not None:
        return act
    words = plain(message.text)
    if len(words) <= _LONGEST and (_GIVE_UP.fullmatch(words) or words.isdecimal()):
        return _shown_again(message, society, work)
    is_command = len(words) <= _LONGEST and any(pattern.fullmatch(words) for pattern in _OWN)
    return waited_for(message, society, lessons, work, typed and not is_command) or _of_invitation(
        message, society, work
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
    code = _CODE.fullmatch(words)
    if code is not None and (not code["code"] or is_code(code["code"])):
        return acts.Link(code["code"] or "")
    if _BARE_CODE.fullmatch(words) and is_code(words):
        return acts.Link(words)
    if passed := _PASS_ON.fullmatch(words):
        return _passed_on(passed["which"] or passed["whom"] or "", message, society, work)
    plainly: tuple[tuple[re.Pattern[str], acts.Act], ...] = (
        (_ONBOARDING, acts.ShowOnboarding()),
        (_REGISTER, acts.ShowRegister(society)),
        (_REQUEST, acts.RequestAccount()),
        (_LINK, acts.OfferLink()),
        (_UNLINK, acts.Unlink()),
    )
    return next((act for pattern, act in plainly if pattern.fullmatch(words)), None)


def _taken_over(which: str, society: str, work: Work) -> acts.TakeOver | None:
    """Taking over an account; somebody may take over other things as well, and accounts that are nobody's business
    here: only what names one of the register, or a handle, or nothing at all."""
    entries = work.register.of(society)
    found = (_OF_ACCOUNTS.search(which) and find(which, entries)) or named(which, entries)
    none_named = re.fullmatch(_NONE_NAMED.replace("SOCIETY", re.escape(society or "own")), which, re.IGNORECASE)
    return acts.TakeOver(which) if found or none_named or "@" in which else None


def _passed_on(which: str, message: Message, society: str, work: Work) -> acts.PassOn | None:
    """A message for whoever runs an account: the one that is named or, where none is, that was asked after just now."""
    if which:
        in_use = [one for one in work.register.of(society) if one.state is not AccountState.CLOSED]
        found = find(which, in_use)
        return acts.PassOn(found[0].id) if len(found) == 1 else None
    there = {one.act.entry for one in offered(message, work) if isinstance(one.act, acts.PassOn)}
    return acts.PassOn(there.pop()) if len(there) == 1 else None


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
        return _decided(bool(_ACCEPT.fullmatch(words)), message, society, work)
    if _LATER.fullmatch(words):
        theirs = open_ones(message, society, work)
        if len(theirs) > 1:
            return acts.ShowOnboarding()
        return acts.Snooze(theirs[0].id) if theirs else None
    return None


def _shown_again(message: Message, society: str, work: Work) -> acts.Act | None:
    """What waits here, shown with all that can be pressed: a number, or that it is given up, may be said of something
    else."""
    here = [one for one in waiting_here(message, society, work) if is_next_said(message, one.active, work)]
    if not here:
        return None
    return acts.RequestAccount(here[0].id) if isinstance(here[0], AccountRequest) else acts.ShowOnboarding(here[0].id)


def _leaving(which: str, message: Message, society: str, work: Work) -> acts.Leave | None:
    """Leaving an account: at once only where one is named that they run. Who just says that they are leaving, or names
    a group, may leave something else: they are asked."""
    own_ones = _run_by(message, society, work)
    is_account = _OF_ACCOUNTS.search(which) is not None
    if not own_ones:
        return acts.Leave(which) if "@" in which else None
    if not which:
        return acts.Leave("")
    found = named(which, own_ones)
    if found and not is_account:
        return acts.Leave("")
    if len(found) == 1:
        return acts.Leave(found[0].id)
    return acts.Leave(which) if is_account else None


def _decided(accepts: bool, message: Message, society: str, work: Work) -> acts.Act | None:
    """What becomes of the invitation of somebody, where it was shown in answer to them just now; else it is shown:
    nobody accepts what they have not seen."""
    invited = [one for one in open_ones(message, society, work) if one.state is EnrolmentState.INVITED]
    if not invited:
        return None
    if len(invited) > 1:
        return acts.ShowOnboarding()
    (enrolment,) = invited
    if acts.AcceptInvitation(enrolment.id) not in [one.act for one in offered(message, work)]:
        return acts.ShowOnboarding(enrolment.id)
    return acts.AcceptInvitation(enrolment.id) if accepts else acts.DeclineInvitation(enrolment.id)


def _of_invitation(message: Message, society: str, work: Work) -> acts.ShowOnboarding | None:
    """The invitation that a yes or a no may be said to: what accepts it is told."""
    if not is_yes_or_no(message.text):
        return None
    invited = [one for one in open_ones(message, society, work) if one.state is EnrolmentState.INVITED]
    here = [one for one in invited if may_be_for(message, one.place, work) and is_next_said(message, one.active, work)]
    return acts.ShowOnboarding(here[0].id) if len(here) == 1 else None


def _run_by(message: Message, society: str, work: Work) -> list[RegisterEntry]:
    """The accounts that whoever writes runs."""
    mine = work.register.run_by(own(message.person.account, work))
    return [one for one in mine if one.society == society and one.state is not AccountState.CLOSED]


def _is_leaving(entry: RegisterEntry, message: Message, work: Work) -> bool:
    admin = entry.admin(own(message.person.account, work))
    return admin is not None and admin.leaving is not None
