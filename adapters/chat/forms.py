"""Forms that ask for what an act still needs, and what comes back when one is submitted. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from adapters.chat import account_forms
from adapters.chat import wording_of_forms as wording
from adapters.chat.acts_to_fill import AboutAccounts, without_given
from adapters.chat.answer_form import answer_given
from adapters.chat.fields import LONGEST_GIVEN, Choice, Form, FormPart, Given, OneOf, Somebody, Ticked, Written
from adapters.chat.kept import Kept, keeping
from adapters.chat.send_form import sent_so
from bot import wording_of_posts
from bot.acts import (
    Act,
    AddStaff,
    AddToQuery,
    AnswerQuery,
    AskBack,
    CheckDraft,
    Close,
    Rate,
    ReopenQuery,
    Send,
    ShowMyQueries,
    WithdrawRuling,
)
from bot.following import LONGEST_LINE
from bot.ruling_desk import LONGEST_REASON
from bot.staffing import LONGEST_NAME
from knowledge.questions import Account

_WORDS, _TELL, _YES = "words", "tell", "yes"

_Worded = AskBack | Close | AddToQuery | ReopenQuery | Rate | WithdrawRuling


@dataclass(frozen=True, slots=True)
class Submitted:
    """What a form was submitted for. `conversation` is where what comes of it belongs, and `card` the ticket on whose
    card it was opened. With `keeps_form` the form stays open beneath the answer, so that nothing that was written in
    it is lost where the bot cannot take it."""

    act: Act
    conversation: str
    card: str = ""
    keeps_form: bool = False


@dataclass(frozen=True, slots=True)
class Faults:
    """Why a form cannot be taken as it is: a sentence for each field, by its name. Nothing is kept of it."""

    by_field: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Asks:
    """What a form with one field asks. Where nothing is said if it is `missing`, it may be left empty."""

    title: str
    label: str
    hint: str
    submit: str
    most: int
    missing: str = ""


_ASKS: dict[type[_Worded], _Asks] = {
    AskBack: _Asks(
        wording.ASK_BACK_TITLE,
        wording.ASK_BACK_LABEL,
        wording.ASK_BACK_HINT,
        wording.ASK_BACK,
        LONGEST_GIVEN,
        wording.ASK_BACK_MISSING,
    ),
    Close: _Asks(
        wording.CLOSE_TITLE,
        wording.CLOSE_LABEL,
        wording.CLOSE_HINT,
        wording.CLOSE_IT,
        LONGEST_GIVEN,
        wording.CLOSE_MISSING,
    ),
    AddToQuery: _Asks(
        wording.ADD_TITLE, wording.ADD_LABEL, wording.ADD_HINT, wording.ADD, LONGEST_LINE, wording.ADD_MISSING
    ),
    ReopenQuery: _Asks(
        wording.REOPEN_TITLE,
        wording.REOPEN_LABEL,
        wording.REOPEN_HINT,
        wording.REOPEN,
        LONGEST_LINE,
        wording.REOPEN_MISSING,
    ),
    Rate: _Asks(wording.RATE_TITLE, wording.RATE_LABEL, wording.RATE_HINT, wording.RATE, LONGEST_LINE),
    WithdrawRuling: _Asks(
        wording.WITHDRAW_TITLE,
        wording.WITHDRAW_LABEL,
        wording.WITHDRAW_HINT,
        wording.WITHDRAW,
        LONGEST_REASON,
        wording.WITHDRAW_MISSING,
    ),
}


def form_for(act: Act, conversation: str, card: str = "", *, above: Sequence[FormPart] = (), submit: str = "") -> Form:
    """The form that asks for what an act still needs; what it has already stands in the fields.

    What comes of it belongs into this conversation. `above` is said over the fields.

    Raises:
        ValueError: there is none for this act, which is carried out as it is.
    """
    match act:
        case AskBack() | Close() | AddToQuery() | ReopenQuery() | Rate(right=False) | WithdrawRuling():
            asks = _ASKS[type(act)]
            title, named, fields = asks.title, asks.submit, _worded(act, asks)
        case CheckDraft():
            title, named, fields = wording.CHECK_TITLE, wording.CHECK, _draft(act)
        case AddStaff():
            title, named, fields = wording.STAFF_TITLE, wording.STAFF, _staff(act)
        case _ if isinstance(act, AboutAccounts):
            asked = account_forms.asked_for(act)
            title, named, fields = asked.title, asked.submit, list(asked.fields)
        case _:
            raise ValueError(f"no form for {type(act).__name__}")
    kept = keeping(conversation, card, _bare(act), stays=isinstance(act, AboutAccounts))
    return Form(title, submit or named, wording.CANCEL, (*above, *fields), kept)


def check_form(draft: str, conversation: str) -> Form:
    """The form for a draft that is to be checked."""
    return form_for(CheckDraft(draft, Account.PERSONAL), conversation)


def submitted(kept: Kept, given: Given, account_of: Callable[[str], str]) -> Submitted | Faults:
    """What a form was submitted for, or what is wrong with what was given in it. `account_of` makes an account of the
    id of whoever was chosen.

    Raises:
        ValueError: it is none of ours.
    """
    act = _with_given(kept.does(), kept, given, account_of)
    if given.faults:
        return Faults(given.faults)
    return Submitted(act, kept.conversation, kept.card, kept.stays)


def look_at(act: Act) -> Act:
    """What shows what came of a form that had been taken before, and changes nothing. That is mostly the act itself: of
    one that is done, or that came second, the bot says so."""
    return ShowMyQueries() if isinstance(act, AddToQuery | ReopenQuery) else act


def _with_given(act: Act, kept: Kept, given: Given, account_of: Callable[[str], str]) -> Act:
    match act:
        case AskBack() | Close() | AddToQuery() | ReopenQuery() | Rate(right=False) | WithdrawRuling():
            asks = _ASKS[type(act)]
            return _with_words(act, given.words(_WORDS, asks.most, asks.missing), _YES in given.choices(_TELL))
        case CheckDraft():
            draft = given.words("draft", LONGEST_GIVEN, wording.DRAFT_MISSING)
            account = given.choice("account", wording.ACCOUNT_MISSING)
            return CheckDraft(draft, Account(account) if account in set(Account) else act.account)
        case AddStaff():
            user = given.person("who", wording.WHO_MISSING)
            return replace(act, account=account_of(user), title=given.words("title", LONGEST_NAME))
        case Send():
            return sent_so(act, kept.parts, kept.seen, given)
        case AnswerQuery():
            return answer_given(act, kept.seen, given)
        case _ if isinstance(act, AboutAccounts):
            return account_forms.with_given(act, given, account_of)
        case _:
            raise ValueError("no form of ours")


def _bare(act: Act) -> Act:
    """An act without its words, as a form keeps it."""
    match act:
        case AskBack() | Close() | AddToQuery() | ReopenQuery() | Rate() | WithdrawRuling():
            return _with_words(act, "", isinstance(act, WithdrawRuling) and act.tell)
        case CheckDraft():
            return replace(act, draft="")
        case AddStaff():
            return replace(act, account="", name="", title="")
        case _ if isinstance(act, AboutAccounts):
            return without_given(act)
        case _:
            return act


def _with_words(act: _Worded, words: str, tell: bool) -> Act:
    match act:
        case AskBack() | AddToQuery() | ReopenQuery():
            return replace(act, text=words)
        case Close() | Rate():
            return replace(act, reason=words)
        case WithdrawRuling():
            return replace(act, reason=words, tell=tell)


def _worded(act: _Worded, asks: _Asks) -> list[FormPart]:
    before = act.text if isinstance(act, AskBack | AddToQuery | ReopenQuery) else act.reason
    field = Written(_WORDS, asks.label, hint=asks.hint, before=before, most=asks.most, optional=not asks.missing)
    if not isinstance(act, WithdrawRuling):
        return [field]
    return [field, Ticked(_TELL, wording.TELL_LABEL, Choice(_YES, wording.TELL), before=act.tell)]


def _draft(act: CheckDraft) -> list[FormPart]:
    """The account is never chosen beforehand: the findings turn on it."""
    accounts = tuple(Choice(account, label) for label, account in wording_of_posts.ACCOUNTS.items())
    hint = wording.draft_hint(LONGEST_GIVEN)
    return [
        Written("draft", wording.DRAFT, hint=hint, before=act.draft),
        OneOf("account", wording.ACCOUNT, accounts),
    ]


def _staff(act: AddStaff) -> list[FormPart]:
    title = Written(
        "title",
        wording.JOB_TITLE,
        hint=wording.JOB_TITLE_HINT,
        before=act.title,
        most=LONGEST_NAME,
        optional=True,
        lines=False,
    )
    return [Somebody("who", wording.WHO, hint=wording.WHO_HINT), title]
