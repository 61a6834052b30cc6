"""What a person still has to say before an act can be carried out, asked at a terminal."""

from dataclasses import replace

from adapters.chat.acts_to_fill import AboutAccounts, lacks_words
from adapters.console import wording_of_terminal as wording
from adapters.console.filling import Ask, Choose, filled
from adapters.console.payload import ShownCard
from bot.acts import (
    Act,
    AddStaff,
    AddToQuery,
    AgreeTakeOver,
    AnswerQuery,
    ApproveRequest,
    AskBack,
    AskForName,
    Claim,
    Close,
    CloseEntry,
    DeclineInvitation,
    DropRequest,
    EndEnrolment,
    HandOver,
    Join,
    Leave,
    PutEntry,
    Rate,
    RemoveAdmin,
    RemoveStaff,
    ReopenQuery,
    ReopenTicket,
    RulingDraft,
    ShowGaps,
    ShowQueue,
    ShowRegister,
    ShowReviews,
    ShowRulings,
    ShowStaff,
    ShowWrong,
    Unlink,
    WithdrawRuling,
)
from knowledge.clauses import Verdict

ON_A_CARD = (  # what is done about a query whose card was shown
    Claim | HandOver | AnswerQuery | AskBack | AskForName | Close | ReopenTicket | Join | AgreeTakeOver | ApproveRequest
)
OF_A_DESK = ShowQueue | ShowRulings | ShowGaps | ShowWrong | ShowStaff | ShowRegister | ShowReviews
_VERDICTS = (Verdict.YES, Verdict.NO, Verdict.DEPENDS, Verdict.INFO)


def complete(
    act: Act,
    ask: Ask,
    choose: Choose,
    card: ShownCard | None,
    society: str,
    before: AnswerQuery | None = None,
    asks: bool = False,
) -> Act | None:
    """The act with all the words that it needs; None where the person leaves it.

    `card` is that of the ticket, as it was shown last, and `society` the one at whose desk this is, "" where it may be
    several. `before` is an answer to the same ticket that became no ruling: its words need not be typed again. With
    `asks`, what an act about an account has already is only what an empty line takes.
    """
    match act:
        case AddToQuery(text="") | ReopenQuery(text="") | AskBack(text=""):
            text = ask(_ASKED[type(act)])
            return replace(act, text=text) if text else None
        case Rate(right=False, reason=""):
            return replace(act, reason=ask(wording.WHAT_WAS_WRONG))
        case Close(reason=""):
            reason = ask(wording.WHY_CLOSED)
            return replace(act, reason=reason) if reason else None
        case Join(others=()):
            others = tuple(word.strip(",").lstrip("qQ#") for word in ask(wording.WHICH_QUERIES).split())
            return replace(act, others=others) if others else None
        case WithdrawRuling(tell=False):
            return _withdrawal(act, ask, choose)
        case AnswerQuery(confirmed=False, ruling=None):
            return _answer(act, ask, choose, card, before)
        case AddStaff() | RemoveStaff():
            return _staff(act, ask, society)
        case _ if isinstance(act, AboutAccounts):
            return filled(_at(act, society), ask, choose, asks) if asks or lacks_words(act) else _at(act, society)
        case _ if isinstance(act, _SURE):
            return act if choose(wording.SURE, wording.SURE_OPTIONS) == 1 else None
        case _:
            return act


_SURE = DeclineInvitation | EndEnrolment | RemoveAdmin | CloseEntry | Leave | DropRequest | Unlink
_ASKED = {AddToQuery: wording.ADD, ReopenQuery: wording.UNCLEAR, AskBack: wording.ASK_BACK}


def _answer(
    act: AnswerQuery, ask: Ask, choose: Choose, card: ShownCard | None, before: AnswerQuery | None
) -> AnswerQuery | None:
    """The answer, and the ruling where it is to be one for all."""
    drafted = card.draft if card else ""
    asked = wording.THE_ANSWER_OR_DRAFT if drafted else wording.THE_ANSWER
    text = act.text or _or_before(ask, asked, before.text if before else "")
    if drafted and text.casefold().strip("“”\"'") == "draft":
        text = drafted
    for_all = choose(wording.FOR_ALL, wording.FOR_ALL_OPTIONS) if text else 0
    if not for_all:
        return None
    if for_all == 1:
        return replace(act, text=text)
    ruling = _ruling(text, ask, choose, card, before.ruling if before else None)
    return replace(act, text=text, ruling=ruling) if ruling else None


def _ruling(
    text: str, ask: Ask, choose: Choose, card: ShownCard | None, before: RulingDraft | None
) -> RulingDraft | None:
    question = _or_before(ask, wording.GENERAL_QUESTION, before.question if before else "")
    verdict = choose(wording.VERDICT, wording.VERDICT_OPTIONS) if question else 0
    if not verdict:
        return None
    own = card.clauses if card else ()
    clauses = tuple(word.strip(",;[]") for word in _or_before(ask, wording.CLAUSES, ", ".join(own)).split())
    if not clauses:
        return None
    words = before.words if before else ""
    general = ask(f"{wording.GENERAL_WORDS} {wording.takes(words) if words else wording.TAKES_ANSWER}")
    return RulingDraft(question, _VERDICTS[verdict - 1], clauses, general or words or text)


def _or_before(ask: Ask, question: str, before: str) -> str:
    """What is typed, or what there was before where the line is empty."""
    return ask(f"{question} {wording.takes(before) if before else wording.LEAVES}") or before


def _withdrawal(act: WithdrawRuling, ask: Ask, choose: Choose) -> WithdrawRuling | None:
    reason = act.reason or ask(wording.WHY_WITHDRAWN)
    tell = choose(wording.TELL_ASKERS, wording.TELL_OPTIONS) if reason else 0
    return replace(act, reason=reason, tell=tell == 1) if tell else None


def _staff(act: AddStaff | RemoveStaff, ask: Ask, society: str) -> AddStaff | RemoveStaff | None:
    account = act.account or ask(wording.WHOSE_ACCOUNT)
    return replace(act, account=account, society=act.society or society) if account else None


def _at(act: AboutAccounts, society: str) -> AboutAccounts:
    """The act for the society at whose desk this is, where it names none itself."""
    return replace(act, society=act.society or society) if isinstance(act, PutEntry) else act
