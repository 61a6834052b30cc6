"""What a person still has to say before an act can be carried out, asked at a terminal."""

from collections.abc import Callable
from dataclasses import replace

from adapters.console import wording_of_terminal as wording
from adapters.console.payload import ShownCard
from bot.acts import (
    Act,
    AddStaff,
    AddToQuery,
    AnswerQuery,
    AskBack,
    Close,
    Join,
    Rate,
    RemoveStaff,
    ReopenQuery,
    RulingDraft,
    WithdrawRuling,
)
from knowledge.clauses import Verdict

Ask = Callable[[str], str]  # shows a question and gives what is typed, "" for an empty line or the end
_VERDICTS = (Verdict.YES, Verdict.NO, Verdict.DEPENDS, Verdict.INFO)


def complete(act: Act, ask: Ask, choose: Callable[[str, int], int], card: ShownCard | None, society: str) -> Act | None:
    """The act with all the words that it needs; None where the person leaves it.

    `choose` asks for a number from 1, and gives 0 where it is left. `card` is that of the ticket, as it was shown last,
    and `society` the one at whose desk this is, "" where it may be several.
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
            return _answer(act, ask, choose, card)
        case AddStaff() | RemoveStaff():
            return _staff(act, ask, society)
        case _:
            return act


_ASKED = {AddToQuery: wording.ADD, ReopenQuery: wording.UNCLEAR, AskBack: wording.ASK_BACK}


def _answer(
    act: AnswerQuery, ask: Ask, choose: Callable[[str, int], int], card: ShownCard | None
) -> AnswerQuery | None:
    """The answer, and the ruling where it is to be one for all."""
    text = act.text or ask(wording.THE_ANSWER_OR_DRAFT if card and card.draft else wording.THE_ANSWER)
    if card and card.draft and text.casefold().strip("“”\"'") == "draft":
        text = card.draft
    for_all = choose(wording.FOR_ALL, 2) if text else 0
    if not for_all:
        return None
    if for_all == 1:
        return replace(act, text=text)
    ruling = _ruling(text, ask, choose, card)
    return replace(act, text=text, ruling=ruling) if ruling else None


def _ruling(text: str, ask: Ask, choose: Callable[[str, int], int], card: ShownCard | None) -> RulingDraft | None:
    question = ask(wording.GENERAL_QUESTION)
    verdict = choose(wording.VERDICT, len(_VERDICTS)) if question else 0
    if not verdict:
        return None
    own = card.clauses if card else ()
    named = ask(wording.clauses_of(own) if own else wording.CLAUSES)
    clauses = tuple(word.strip(",;[]") for word in named.split()) or own
    if not clauses:
        return None
    return RulingDraft(question, _VERDICTS[verdict - 1], clauses, ask(wording.GENERAL_WORDS) or text)


def _withdrawal(act: WithdrawRuling, ask: Ask, choose: Callable[[str, int], int]) -> WithdrawRuling | None:
    reason = act.reason or ask(wording.WHY_WITHDRAWN)
    tell = choose(wording.TELL_ASKERS, 2) if reason else 0
    return replace(act, reason=reason, tell=tell == 1) if tell else None


def _staff(act: AddStaff | RemoveStaff, ask: Ask, society: str) -> AddStaff | RemoveStaff | None:
    account = act.account or ask(wording.WHOSE_ACCOUNT)
    return replace(act, account=account, society=act.society or society) if account else None
