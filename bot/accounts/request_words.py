"""What somebody says for a field of a request: how it is kept, or why it cannot be. Pure."""

import re
from collections.abc import Sequence

from bot import wording_of_requests as wording
from bot.account_requests import AccountRequest, Field
from bot.accounts.entry_texts import fault_in, in_one_line
from bot.people import Person
from bot.register import RegisterEntry
from bot.staffing import is_reached
from knowledge.questions import plain

REQUESTER = "me"  # in the field of admins: whoever asks
ON_REGISTER = (Field.GROUP, Field.PURPOSE, Field.AUDIENCE)  # what becomes of it, beside handle and platform
_LONGEST = {Field.HANDLE: 200, Field.ADMINS: 1_000}  # characters
_LONGEST_WORDS = 2_000  # of any other field that does not go on the register
_MOST_ADMINS = 10
_NONE = re.compile(r"(?:no(?:ne|thing)?|we have none|no questions?|we have no questions?|n/?a|skip|leave it out)[.!]*")
_I_WILL = re.compile(r"(?:yes|me|i will|i will run it|i['’]ll run it|me,? (?:please|myself)|myself)[.!]*")
_I_WILL_NOT = re.compile(
    r"(?:no|not me|i will not|i won['’]t|i will not run it|others|somebody else|someone else)[.!]*"
)
_BETWEEN = re.compile(r"[\s,;]+(?:and[\s,;]+)?")


def kept(
    field: Field, given: str, request: AccountRequest, entries: Sequence[RegisterEntry], names: Sequence[str]
) -> tuple[str, str]:
    """What is kept of words for a field, and why they cannot be; one of the two is empty.

    `entries` are the society's accounts and `names` those of people who are known, which no field may hold that goes on
    the register. A field that may be left is kept as empty where somebody leaves it.
    """
    words = plain(given)
    if field is Field.ADMINS:
        return _admins(words, request.of(field))
    if field is Field.QUESTIONS and _NONE.fullmatch(words.casefold()):
        return "", ""
    if not words:
        return "", wording.nothing_given(field)
    if field in ON_REGISTER:
        line = in_one_line(words)
        fault = fault_in(field, line, entries, names)
        return ("", fault) if fault else (line, "")
    most = _LONGEST.get(field, _LONGEST_WORDS)
    return (words, "") if len(words) <= most else ("", wording.too_long(len(words), most))


def button_of(field: Field, words: str) -> str:
    """What the button gives that says the same for a field which may be left: "none", "me", "not me"; else empty."""
    folded = plain(words).casefold()
    if field is Field.QUESTIONS:
        return "none" if _NONE.fullmatch(folded) else ""
    if field is not Field.ADMINS:
        return ""
    return REQUESTER if _I_WILL.fullmatch(folded) else f"not {REQUESTER}" if _I_WILL_NOT.fullmatch(folded) else ""


def admins_of(request: AccountRequest, requester: Person) -> tuple[Person, ...]:
    """Who is to run the account, as the request names them."""
    named = [requester if one == REQUESTER else Person(one) for one in request.of(Field.ADMINS).split()]
    return tuple({one.account: one for one in named if one.account}.values())


def _admins(words: str, before: str) -> tuple[str, str]:
    """Accounts beside whoever asks: who is named takes the place of those named before, and of nobody else."""
    theirs, others = before.split(), [one for one in before.split() if one != REQUESTER]
    folded = words.casefold()
    if _I_WILL.fullmatch(folded):
        return " ".join([REQUESTER, *others]), ""
    if _I_WILL_NOT.fullmatch(folded):
        return " ".join(others), ""
    named = [one for one in _BETWEEN.split(words) if one]
    also = [REQUESTER] if REQUESTER in theirs or any(one.casefold() in ("me", "myself") for one in named) else []
    accounts = list(dict.fromkeys(one for one in named if one.casefold() not in ("me", "myself", "and", "&")))
    if not accounts and not also:
        return "", wording.nothing_given(Field.ADMINS)
    if len(accounts) > _MOST_ADMINS or not all(is_reached(one) for one in accounts):
        return "", wording.NOT_BY_NAME
    return " ".join([*also, *accounts]), ""
