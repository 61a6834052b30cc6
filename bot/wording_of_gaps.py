"""What staff are told of questions that the policy leaves open, and of answers that askers called wrong."""

from collections import Counter
from collections.abc import Mapping, Sequence

from bot.gaps import Gap
from bot.office import Office
from bot.wording_of_queries import shown
from knowledge.answers import Reason
from knowledge.clauses import Verdict

TAKE_UP = "Make a query of it"
SETTLE = "Seen to"
SETTLED = "Noted: that is seen to, and no longer on the list."
SETTLED_BEFORE = "There was nothing left to see to: somebody was first, or nobody called it wrong."
NOT_THERE = "That question is no longer kept, or nothing about it is open, so nothing was done."
NO_GAPS = "Nobody has asked anything that the policy leaves open, as far as is kept."
NO_WRONG = "No answer is waiting that somebody called wrong."
ABOUT_WRONG = (
    "Make a query of one to answer it, with a ruling if need be. Where a clause is at fault, mend the policy and put it"
    " in force; then say that it is seen to."
)
ABOUT_GAPS = (
    "Answer a query with a ruling for all, or mend the policy, and what is settled by that leaves this list. A query"
    " made of one from here has no asker, so nobody is written to."
)

_SENT_ON = "sent to the office all the same"
_ENDED: dict[str, str] = {
    Reason.OUT_OF_SCOPE: "nothing was found",
    Reason.GAP: "the copy held lacks it",
    Reason.OTHER_SOCIETY: "only another society speaks of it",
    Reason.VAGUE: "it was not understood",
}
_SAID: dict[str, str] = {
    Verdict.YES: "yes",
    Verdict.NO: "no",
    Verdict.DEPENDS: "it depends",
    Verdict.INFO: "what the policy says",
}


def gaps_heading(office: Office, found: Sequence[Gap]) -> str:
    questions = sum(gap.count for gap in found)
    many = "1 question" if questions == 1 else f"{questions} questions"
    kinds = "of one kind" if len(found) == 1 else f"of {len(found)} kinds"
    return f"What the policy leaves open: {many} {kinds} for {office.name}"


def about_gaps(more: int) -> str:
    """What to do about them; `more` are not listed."""
    return f"{ABOUT_GAPS} Not listed: {more} more." if more else ABOUT_GAPS


def entry(exchange: str, question: str) -> str:
    """The heading of an entry, with the number by which it can be named."""
    return f"#{exchange} · {question}"


def gap_lines(gap: Gap, last: str) -> tuple[str, ...]:
    """What is known of one kind of question. `last` is how long ago it was asked last."""
    people = "1 person" if gap.askers == 1 else f"{gap.askers} people"
    often = "twice" if gap.count == 2 else f"{gap.count} times"
    asked = "Asked once" if gap.count == 1 else f"Asked {often}, by {people}"
    lines = [f"{asked}, last {_ago(last)}", f"How it ended: {ended(gap.endings)}"]
    if gap.clause:
        lines.append(f"Nearest clause: {clause(gap.section, gap.clause)}")
    return tuple(lines)


def ended(endings: Mapping[str, int]) -> str:
    """How the bot's answers ended, counted."""
    told: Counter[str] = Counter()
    for one, number in endings.items():
        told[_ENDED.get(one, _SENT_ON)] += number
    return "; ".join(f"{words} ({number})" for words, number in told.most_common())


def clause(section: str, name: str) -> str:
    """A clause by its section and its id."""
    return f"{section} [{name}]" if section else f"[{name}], which is no longer held"


def wrong_heading(office: Office) -> str:
    return f"Answers that were called wrong, for {office.name}"


def wrong_lines(ending: str, told: str, reason: str, clauses: Sequence[str], when: str) -> tuple[str, ...]:
    """What was answered, and what its asker says of it."""
    verdict = _SAID.get(ending)
    return (
        f"The answer{f' ({verdict})' if verdict else ''}: {told}",
        f"They say: {reason}" if reason else "They gave no reason",
        f"It rests on: {', '.join(clauses)}" if clauses else "It rests on no clause",
        f"Called wrong {_ago(when)}",
    )


def _ago(when: str) -> str:
    return when if when == "just now" else f"{when} ago"


def is_query(ticket: str) -> str:
    """That there is a query of it already."""
    return f"There is a query of it already: {shown(ticket)}."


def came_of_it(tickets: Sequence[str]) -> str:
    """Which queries came of one kind of question."""
    return f"Queries: {', '.join(tickets)}"
