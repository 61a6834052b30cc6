"""Words that mean an act: to send a question on, or to do something about a query. Only whole messages count, since
what is asked about the office is a question like any other. Pure."""

import re

from bot import acts
from bot.exchanges import Ending, Exchange
from knowledge.answers import Reason
from knowledge.clauses import Verdict
from knowledge.questions import plain, spelt_out

_LONGEST = 120  # characters; a longer message says more than that somebody is to be asked
NEVER_SENT = frozenset({Reason.SMALL_TALK, Reason.ABUSE, Reason.MANIPULATION, Ending.TOLD})
RULED = frozenset({Verdict.YES, Verdict.NO, Verdict.DEPENDS, Verdict.INFO})
_UNRATED = NEVER_SENT | {Ending.GUIDED, Ending.ASKED, Ending.CHECKED, Ending.FAILED}

_NUMBERED = r"(?:my )?(?:(?:query |ticket )?(?:q|#) ?|(?:query|ticket) (?:number |no\.? ?)?)"
_QUERY = _NUMBERED + r"(?P<id>[0-9]{1,15})"
_WISH = (
    r"(?:(?:please|ok(?:ay)?|yes|no|then|just|and|so|let us|let me|(?:can|could|would|will) you"
    r"|i(?: want| need| wish| would like|['\u2019]d like) (?:you )?to),? )*"
)
_AFTER = r"(?: (?:please|then|now|instead|for me|about (?:this|that|it)|this|that|it))*[\s.!?]*"
_IT = r"(?:this|that|it|my (?:question|query)|this (?:question|query)|the question)"
_SOMEBODY = (
    r"(?:an? (?:real |actual |live )?(?:person|human|human being|member of staff|colleague)|somebody|someone"
    r"|(?:somebody|someone|a person) (?:real|there|at {office})|{office})"
)
_ESCALATE = (
    _WISH + r"ask {office}" + _AFTER,
    _WISH + rf"escalate(?: {_IT})?(?: to {{office}})?" + _AFTER,
    _WISH + rf"(?:send|pass|forward|put) {_IT}(?: on| over)? to {{office}}" + _AFTER,
    _WISH + rf"(?:(?:can|may|could) i )?(?:please )?(?:speak|talk|chat) (?:to|with) {_SOMEBODY}" + _AFTER,
)
_MINE = r"my (?:\w+ )?(?:query|queries|questions?|tickets?|escalations?)"
_MINE_OR_ONE = rf"(?:{_MINE}|{_NUMBERED}[0-9]{{1,15}})"
_SHOW = re.compile(
    rf"(?:please )?(?:"
    rf"(?:(?:show|list|see)(?: me)?(?: all)? )?{_MINE_OR_ONE}"
    rf"|what(?: has| have| is)? (?:became|become|happened|happens|happening) (?:of|to|with) {_MINE_OR_ONE}"
    rf"|(?:(?:is|are) there |have you )?any (?:news|answers?|word|updates?) (?:on|about|to|of|for) {_MINE_OR_ONE}"
    rf"|(?:where|how) (?:is|are) {_MINE_OR_ONE}(?: doing| now)?"
    rf"|(?:the )?status of {_MINE_OR_ONE}"
    rf")[\s.!?]*"
)
_WITHDRAW = re.compile(rf"(?:please )?(?:withdraw|cancel|take back) {_QUERY}[\s.!?]*", re.IGNORECASE)
_TAKE_BACK = re.compile(rf"(?:please )?take {_QUERY} back[\s.!?]*", re.IGNORECASE)
_GIVE_NAME = re.compile(
    rf"(?:please )?(?:give|show|tell) (?:them )?my name (?:for|on|with|to) {_QUERY}[\s.!?]*", re.IGNORECASE
)
_HOME = re.compile(r"(?:(?:please )?(?:show(?: me)?|go)(?: to)? )?(?:the |my )?home(?: page| tab| screen)?[\s.!]*")
_TAIL = r"(?:\s*[:;,.\u2013\u2014-]+\s*|\s+|\Z)(?P<words>.*)"
_ADD = re.compile(rf"(?:please )?add (?:(?:this|that|it) )?to {_QUERY}{_TAIL}", re.IGNORECASE | re.DOTALL)
_REOPEN = re.compile(rf"(?:please )?(?:reopen|re-open) {_QUERY}{_TAIL}", re.IGNORECASE | re.DOTALL)
_OPEN_AGAIN = re.compile(rf"(?:please )?open {_QUERY} again{_TAIL}", re.IGNORECASE | re.DOTALL)
_WRONG = re.compile(
    r"(?:(?:no|sorry|but|i think),? )*"
    r"(?:(?:that|this|(?:the|your|that|this) answer)(?: is| was| seems| looks|['\u2019]s)"
    r" (?:wrong|incorrect|mistaken|not (?:right|correct|true))"
    r"|you(?: are| were|['\u2019]re) (?:wrong|mistaken|incorrect)|you got (?:that|this|it) wrong|wrong|incorrect)"
    r"(?:\s*[.!]*|(?:\s*[:\u2013\u2014]\s*|\s+-\s+|,? because\s+)(?P<words>.*))",
    re.IGNORECASE | re.DOTALL,
)


def meant(text: str, said: tuple[Exchange, ...], office: str) -> acts.AskersAct | None:
    """The act that a whole message means, or None where it is to be taken as words.

    `said` is what was said last to the same person in the conversation, in order; `office` what their office is called.
    """
    written = text.strip()  # what somebody adds goes on as it was written
    about_query = _about_query(written)
    if about_query is not None:
        return about_query
    wrong = _WRONG.fullmatch(written)
    if wrong and not written.endswith("?"):
        last = _last(said)
        return acts.Rate(last.id, False, _tail(wrong)) if last and last.ending not in _UNRATED else None
    words = spelt_out(plain(written)) if len(written) <= _LONGEST else ""
    if _SHOW.fullmatch(words):
        return acts.ShowMyQueries()
    if any(re.fullmatch(pattern.replace("{office}", _named(office)), words) for pattern in _ESCALATE):
        last = _last(said)
        return acts.Escalate(last.id if last else "")
    return None


def means_home(text: str) -> bool:
    """Whether a whole message asks for what is shown first."""
    return _HOME.fullmatch(spelt_out(plain(text))) is not None if len(text) <= _LONGEST else False


def _about_query(written: str) -> acts.AskersAct | None:
    """An act on a query that the message names by its number."""
    if found := _ADD.fullmatch(written):
        return acts.AddToQuery(_id(found), _tail(found))
    if found := _REOPEN.fullmatch(written) or _OPEN_AGAIN.fullmatch(written):
        return acts.ReopenQuery(_id(found), _tail(found))
    if found := _WITHDRAW.fullmatch(written) or _TAKE_BACK.fullmatch(written):
        return acts.Withdraw(_id(found))
    if found := _GIVE_NAME.fullmatch(written):
        return acts.GiveName(_id(found))
    return None


def _last(said: tuple[Exchange, ...]) -> Exchange | None:
    """What can be sent on of what was said: thanks and the like in between are passed over."""
    return next((one for one in reversed(said) if one.ending not in NEVER_SENT), None)


def _named(office: str) -> str:
    """What an office is called by those who want it asked."""
    own = re.escape(spelt_out(plain(office)).removeprefix("the "))
    return rf"(?:(?:the )?{own}|(?:the |my |our )?(?:national )?office|the desk)"


def _id(found: re.Match[str]) -> str:
    return str(int(found["id"]))


def _tail(found: re.Match[str]) -> str:
    return (found["words"] or "").strip()
