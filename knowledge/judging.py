"""What a clause comes to for this asker: its verdict, what it turns on, and what has to be said beside it.

`verdicts.py` reads the clause and the question; here it counts who is asking, from which account, and what they have
answered when they were asked back.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge import phrases
from knowledge.answers import Note, Question
from knowledge.clauses import Clause, Force, Option, Party, Policy, TurnsOn, Verdict
from knowledge.questions import Account, Mood, Reading, spelt_out

_OWN, _SOCIETYS = "My own", "One that carries the society's name, such as a group's"
WHOSE_ACCOUNT = TurnsOn("Whose account would it be?", (Option(_OWN, Verdict.INFO), Option(_SOCIETYS, Verdict.DEPENDS)))
_FOR_SOCIETY = "Yes: from a group's account, or as somebody who speaks for it"
_FOR_MYSELF = "No: my own account, and I do not represent it"
REPRESENTING = TurnsOn(
    "Would you be representing the society in some way?",
    (Option(_FOR_SOCIETY, Verdict.DEPENDS), Option(_FOR_MYSELF, Verdict.YES)),
)
_LONGEST_BARE_QUESTION = 20  # words; what is longer tells of more than what it asks
_PLATFORMS = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "TikTok": r"\btik ?tok\b",
        "Bluesky": r"\bblue ?sky\b",
        "Mastodon": r"\bmastodon\b",
        "Threads": r"\bThreads\b(?= account| app| post|\?|$)",
        "WhatsApp": r"\bwhats ?app\b",
        "Discord": r"\bdiscord\b",
        "Reddit": r"\breddit\b",
        "Snapchat": r"\bsnap ?chat\b",
        "Telegram": r"\btelegram\b",
        "Substack": r"\bsubstack\b",
    }.items()
}
_X = re.compile(r"(?<![\w-])X(?![\w-]| ray)|\bx\.com\b")


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict for this asker; `also` are clauses that it needs beside the first."""

    verdict: Verdict
    notes: tuple[Note, ...] = ()
    turns_on: TurnsOn | None = None
    also: tuple[Clause, ...] = ()


def with_choices(reading: Reading, question: Question) -> Reading:
    """The reading, with what the asker has said when asked back about the account."""
    if _FOR_SOCIETY in question.chosen or _FOR_MYSELF in question.chosen:
        reading = replace(reading, represents=_FOR_SOCIETY in question.chosen)
    if _OWN in question.chosen:
        return replace(reading, account=Account.PERSONAL)
    return replace(reading, account=Account.AFFILIATED) if _SOCIETYS in question.chosen else reading


def judge(
    verdict: Verdict,
    reading: Reading,
    clause: Clause,
    question: Question,
    clauses: Mapping[str, Clause],
    policy: Policy,
) -> Judgement:
    """`verdict` is what the clause says to somebody whom it binds."""
    judgement = _for_this_asker(verdict, reading, clause, question, clauses)
    if clause.turns_on and judgement.verdict is Verdict.DEPENDS and judgement.turns_on is None:
        said = next((option for option in clause.turns_on.options if option.label in question.chosen), None)
        if said is not None:
            judgement = replace(judgement, verdict=said.verdict)
        else:
            judgement = replace(judgement, turns_on=clause.turns_on)
    if clause.unsure and judgement.verdict in (Verdict.YES, Verdict.NO):
        judgement = replace(judgement, verdict=Verdict.INFO)  # nobody has settled how strong it is
    notes = list(judgement.notes)
    if policy.missing_rules and judgement.verdict is Verdict.YES and reading.mood is Mood.PERMISSION:
        notes.append(Note.INCOMPLETE)
    also = list(judgement.also)
    if policy.general_definition and unlisted_platform(question.text, clauses, clause.society):
        notes.append(Note.UNLISTED)
        also.append(clauses[policy.general_definition])
    elif _X.search(question.text):
        notes.append(Note.RENAMED)
    return replace(judgement, notes=tuple(notes), also=tuple(also))


def without_leave_to_sell(
    verdict: Verdict, reading: Reading, text: str, first: Clause, beside: Sequence[Clause], near: Sequence[Clause]
) -> Verdict:
    """The verdict from `first`, but open where it would let somebody post what sells, though a clause forbids it.

    `beside` are the clauses that are always cited with `first`, `near` those that the question may be about too. An
    example of what is fine, told beside what is not, covers no more than itself: no goods, and no pictures of one's
    own. A no lets somebody too, where they ask whether it is a problem or whether they have to leave it. Who says that
    they do not represent the society is not limited here.
    """
    words = spelt_out(text)
    excepted = first.force is Force.MAY and any(clause.force.forbids for clause in beside)
    sells = phrases.SELLING.search(words) and any(clause.force.forbids for clause in (first, *beside, *near))
    if reading.represents is False or not (sells or (excepted and phrases.SHOWING.search(words))):
        return verdict
    if verdict is Verdict.NO:
        no_problem = reading.mood is Mood.CONCERN and not reading.negated
        lets = no_problem or (reading.mood is Mood.DUTY and bool(phrases.LEAVING.search(words)))
    else:
        lets = verdict is Verdict.YES and not first.force.forbids and reading.mood not in (Mood.CONCERN, Mood.DUTY)
    if not lets:
        return verdict
    return Verdict.INFO if first.force is Force.FACT else Verdict.DEPENDS


def unlisted_platform(text: str, clauses: Mapping[str, Clause], society: str) -> str | None:
    """A platform that the text names and no clause of the society does."""
    for name, pattern in _PLATFORMS.items():
        if pattern.search(text) and not any(pattern.search(c.text) for c in clauses.values() if c.society == society):
            return name
    return None


def _for_this_asker(
    verdict: Verdict, reading: Reading, clause: Clause, question: Question, clauses: Mapping[str, Clause]
) -> Judgement:
    runs_account = reading.account in (Account.AFFILIATED, Account.OFFICIAL) or (
        question.role is Party.ACCOUNT_ADMIN and reading.account is not Account.PERSONAL
    )
    rules = verdict in (Verdict.YES, Verdict.NO, Verdict.DEPENDS)
    if clause.binds == (Party.STAFF,) and question.role is not Party.STAFF and verdict is not Verdict.DEPENDS:
        return Judgement(Verdict.INFO)  # what binds staff alone rules on nobody else
    outside = question.role is Party.ANYONE or phrases.OUTSIDER.search(question.text.lower())
    if outside and verdict is Verdict.YES and reading.own and Party.ANYONE not in clause.binds:
        return Judgement(Verdict.INFO)  # "does it cover me?", from somebody who may be nobody that it covers
    if verdict is Verdict.YES and clause.force.forbids and not reading.negated and reading.proposes:
        verdict = Verdict.DEPENDS  # "should I reply?": no yes grows out of what a clause forbids
    told_a_story = len(question.text.split()) > _LONGEST_BARE_QUESTION and reading.mood is Mood.PERMISSION
    if verdict is Verdict.YES and clause.force is Force.FACT and reading.own and told_a_story:
        return Judgement(
            Verdict.INFO
        )  # "I help to run the page. Somebody sent me ... May I post it?": no fact permits that
    if clause.if_representing and not runs_account and rules:
        return _if_representing(verdict, reading, clause, question)
    if clause.binds == (Party.ACCOUNT_ADMIN,) and not runs_account and rules and clause.force is not Force.FACT:
        held = tuple(c for c in clauses.values() if c.holds_to == clause.group and question.role in c.binds)
        if held:
            return Judgement(verdict, (Note.EMPLOYEES,), also=held)
        if reading.account is Account.PERSONAL:
            return Judgement(Verdict.NO if reading.mood is Mood.DUTY else Verdict.INFO, (Note.NOT_BOUND,))
        return Judgement(Verdict.DEPENDS, (), WHOSE_ACCOUNT)
    return Judgement(verdict)


def _if_representing(verdict: Verdict, reading: Reading, clause: Clause, question: Question) -> Judgement:
    """A clause that binds only who represents the society, and an asker who has not said that they do."""
    if reading.represents or reading.mood in (Mood.FACT, Mood.OPEN, Mood.CHOICE):
        return Judgement(verdict)
    if reading.represents is False:
        return Judgement(Verdict.NO if reading.mood in (Mood.DUTY, Mood.CONCERN) else Verdict.YES, (Note.NO_LIMIT,))
    return Judgement(Verdict.DEPENDS, (), REPRESENTING)
