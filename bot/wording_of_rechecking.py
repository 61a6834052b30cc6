"""What is asked about clauses that changed since somebody confirmed them."""

from collections.abc import Sequence
from datetime import datetime

from bot.office import Office
from bot.register import RegisterEntry
from bot.wording_of_onboarding import account
from bot.wording_of_times import day
from knowledge.clauses import Clause, Force

_STRENGTH = {
    Force.MUST: "It is put as “must”.",
    Force.MUST_NOT: "It is put as “must not”.",
    Force.SHOULD: "It is put as “should”, not as “must”.",
    Force.SHOULD_NOT: "It is put as “should not”, not as “must not”.",
    Force.MAY: "It is put as “may”.",
    Force.FACT: "It states something, and asks for nothing.",
    Force.GAP: "It says what is missing from the copy held.",
}


def strength(force: str) -> str:
    """How strong a clause is put, by its `Force` as text."""
    return _STRENGTH[Force(force)]


def changed(clause: Clause, confirmed: datetime, office: Office) -> str:
    return (
        f"A clause has changed since you confirmed it on {day(confirmed, office)}: {clause.id}. This is how it stands."
    )


def read_before(words: str) -> str:
    return f"It read before: “{words}”"


WHICH_STANDS = "Which of these stands in the policy now?"
HOW_STRONG = "Its words are the same. How strongly is it put now?"
FIRST, SECOND = "The first", "The second"


def wordings(first: str, second: str) -> str:
    return f"1. “{first}”\n2. “{second}”"


def strengths(first: str, second: str) -> str:
    return f"1. {first}\n2. {second}"


def more_changes(many: int) -> str:
    return "" if not many else f"{'One more has' if many == 1 else f'{many} more have'} changed; I show it next."


RIGHT_WORDING = "Yes, that is how it stands now. I have noted that you confirmed it."
WRONG_WORDING = "Not quite: that is how it was before. Here it is once more."
CHANGED_AGAIN = "It has changed again since I showed it to you."
CONFIRMED_ALREADY = "There is nothing to confirm about that clause now."
ALL_CONFIRMED = "That was all that has changed."


def gone(clauses: Sequence[str], entry: RegisterEntry) -> str:
    one = len(clauses) == 1
    return (
        f"{'A clause' if one else f'{len(clauses)} clauses'} that you confirmed for {account(entry)} "
        f"{'is' if one else 'are'} no longer in the policy: {', '.join(clauses)}. There is nothing to confirm."
    )


def to_confirm(many: int) -> str:
    if many == 1:
        return "One clause has changed since you confirmed it."
    return f"{many} clauses have changed since you confirmed them."
