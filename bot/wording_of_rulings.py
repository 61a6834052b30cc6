"""Every sentence about rulings: beside an answer, in place of one, and at the desk."""

import re
from collections.abc import Sequence
from datetime import date

from knowledge.answers import Citation
from knowledge.clauses import Verdict
from knowledge.rulings.identifying import What

STEP_BY_STEP = "Go through it step by step"
CONTRADICTS = "The office's ruling does not agree with what the clauses say."  # how such a remark opens
KEEP_AND_SEND, THIS_CASE_ONLY = "Keep the ruling and send the answer", "Send the answer for this case only"
KEEP, WITHDRAW = "It still holds", "Withdraw it"
THE_QUESTION, THE_RULING, RESTS_ON, THE_ANSWER = "The question", "The ruling", "It rests on", "What the asker is sent"
TAKEN_OUT, MIND, ALSO_FOR = "Taken out, because it may tell who asked", "Please look at this", "Asked in these words"
NO_QUESTION = "Say which question the ruling settles, in general words."
NO_WORDS = "Say what the ruling is, in general words."
NO_CLAUSE = "Name at least one clause that the ruling rests on."
NO_VERDICT = "A ruling says yes, no, that it depends, or what holds."
TELLS_WHO_ASKED = "The wording that was confirmed still tells who somebody is, so nothing was kept or sent."
FIRST_PERSON = "The question speaks of “I” or “we”: it is taken to speak of whoever has the same role as this asker."
NO_SUCH_RULING = "There is no such ruling at this desk."
NO_RULINGS = "No ruling is in force. One is made with an answer to a query."
ALREADY_WITHDRAWN = "That ruling was withdrawn before."
MOVED_ON = "Somebody changed that ruling before you. This is how it stands now."
KEPT = "Noted: the ruling holds until its next review, on the clauses as they read now."
GONE = "I cannot keep it as it is: a clause that it rests on is no longer held. Withdraw it, and rule anew if need be."
TOO_LONG_REASON = "That reason is too long. Put it in a few sentences."

_VERDICTS = {Verdict.YES: "Yes.", Verdict.NO: "No.", Verdict.DEPENDS: "It depends."}
_NAMED = {Verdict.YES: "yes", Verdict.NO: "no", Verdict.DEPENDS: "it depends", Verdict.INFO: "information"}


def source(office: str, dated: str) -> str:
    """How a ruling is cited."""
    return f"ruling of {office}, {dated}"


def ruled(verdict: Verdict, office: str) -> str:
    """The opening of an answer that rests on a ruling."""
    return " ".join(filter(None, [_VERDICTS.get(verdict, ""), f"{_at_start(office)} has ruled on this."]))


def ruled_as_open(known_as: str) -> str:
    """Why a ruling answers: the clauses alone do not."""
    return (
        f"By themselves, {known_as} leave it open."
        if known_as.endswith("s")
        else f"By itself, {known_as} leaves it open."
    )


def agrees(office: str) -> str:
    return f"{_at_start(office)} has ruled the same."


def ruled_as_well(office: str) -> str:
    return f"{_at_start(office)} has ruled on this as well."


def contradicts(office: str) -> str:
    """Said of a ruling beside a clause that says otherwise."""
    return f"{CONTRADICTS} The clause comes first; please ask {office} to settle it."


def out_of_date(office: str) -> str:
    """Said of a ruling whose clause has changed since."""
    return (
        f"{_at_start(office)} ruled on this before, but a clause that the ruling rests on has changed since, so it does"
        f" not settle this. {_at_start(office)} can tell you whether it still holds."
    )


def differ(office: str) -> str:
    """Said of rulings on one question that do not agree."""
    return f"{_at_start(office)} has more than one ruling on this, and they differ; please ask which of them holds."


def like(office: str) -> str:
    return f"{_at_start(office)} ruled on a question like yours; that may differ from yours, so it does not settle it."


def in_same_words(office: str) -> str:
    """Said of a ruling on a question in the very words of this one, which still may ask of something else."""
    return (
        f"{_at_start(office)} ruled on a question in the same words. They may have been about something else, or asked"
        " in another role, so it does not settle yours."
    )


def beside_a_flow(remark: str, question: str, words: str, cited: str) -> str:
    """A ruling in running text, where a guided decision begins."""
    return f"{remark} “{question}” {words} [{cited}]"


def too_long(what: str, most: int) -> str:
    return f"{what}: please keep it to {most:,} characters."


def too_many_clauses(most: int) -> str:
    return f"Name no more than {most} clauses: those that it really rests on."


def answered_otherwise(verdict: Verdict, clauses: Sequence[str]) -> str:
    """Said before a ruling is made that differs from what the bot answers by the clauses alone."""
    return (
        f"By the clauses alone the answer was {_NAMED[verdict]} ({', '.join(clauses)}). A ruling takes no clause's"
        " place: askers go on to see that answer, with the ruling beside it. To change it, mend the policy."
    )


def unknown_clause(name: str) -> str:
    return f"There is no clause “{name}”. Choose one from the form, or take its id from “verse policies show”."


def foreign_clause(name: str, known_as: str) -> str:
    return f"“{name}” is not in {known_as}. A ruling rests on the society's own clauses."


def cannot_be_kept(faults: Sequence[str]) -> str:
    """Why a ruling cannot be made as it is."""
    lines = "\n".join(f"- {fault}" for fault in faults)
    return f"This cannot be a ruling yet, so nothing was kept or sent:\n{lines}"


def before_it_is_kept(ticket: str) -> str:
    return f"Before the answer to Q{ticket} becomes a ruling for all, please look it over"


def in_short(verdict: Verdict, words: str) -> str:
    """A verdict and the words of its ruling, which may open with it themselves."""
    said = _VERDICTS.get(verdict, "")
    opens = re.match(rf"{re.escape(said.rstrip('.'))}\b", words, re.IGNORECASE)
    return words if opens else f"{said} {words}".strip()


def clause_quoted(citation: Citation) -> str:
    quote = f"“{citation.quote}”" if citation.official else citation.quote
    return f"{citation.section} [{citation.clause}]: {quote}"


def was_masked(words: str, what: What) -> str:
    return f"“{words}” became [{what}]"


def yes_on_forbidden(clause: str) -> str:
    return (
        f"It says yes, and {clause} forbids. Askers will be told what the clause says, with your ruling beside it and"
        " the remark that the two differ."
    )


def no_on_allowed(clause: str) -> str:
    return (
        f"It says no, and {clause} allows. Where the clause answers, its yes stands, with your ruling beside it and the"
        " remark that the two differ."
    )


def replaces(question: str, dated: str, verdict: Verdict) -> str:
    named = _NAMED.get(verdict, str(verdict))
    return f"There is a ruling on this already, of {dated} ({named}): “{question}”. This one takes its place."


def also_for(question: str) -> str:
    return f"Whoever asks “{question}” is answered by this ruling."


def points(in_other_words: bool) -> str:
    """Said of a question that is not clear by itself; `in_other_words` says that it was asked in clearer ones."""
    why = "The question says “this”, “it”, “their” or “other”, and I cannot tell what that is"
    return f"{why}, so {_answered(in_other_words)}"


def not_a_question(in_other_words: bool) -> str:
    """Said of what is no whole question; `in_other_words` says that it was asked in words that are."""
    why = "This is no whole question by itself"
    return f"{why}, so {_answered(in_other_words)} Put it as in “May a member …?”."


def _answered(in_other_words: bool) -> str:
    if in_other_words:
        return "nobody who asks in these words will be answered by the ruling, only who asks as it says below."
    return "nobody who asks will be answered by the ruling. It will only be shown beside like questions."


def owned(owner: str, review: str) -> str:
    return f"Owner: {owner}. To be looked at again from {review}."


def on_day(at: date) -> str:
    return f"{at.day} {at:%B %Y}"


def heading(office: str, many: int, shown: int) -> str:
    if not many:
        return f"The rulings of {office}"
    some = f", of which these {shown} come first" if shown < many else ""
    return f"{_at_start(office)}: {many} ruling{'s' if many != 1 else ''}{some}"


def entry(name: str, verdict: Verdict, dated: str) -> str:
    return f"Ruling {name} · {_NAMED.get(verdict, str(verdict))} · {dated}"


def rests_on(clauses: Sequence[str]) -> str:
    return f"Rests on {', '.join(clauses)}."


def has_changed(clauses: Sequence[str]) -> str:
    """The flag of a ruling, as staff see it."""
    one = len(clauses) == 1
    return (
        f"{'A clause' if one else 'Clauses'} that it rests on {'has' if one else 'have'} changed since:"
        f" {', '.join(clauses)}. It answers nobody until somebody says that it still holds."
    )


def is_due(review: str) -> str:
    return f"Due for review since {review}."


def flagged_for_desk(name: str, question: str, clauses: Sequence[str]) -> str:
    return f"Ruling {name} needs a look: “{question}” {has_changed(clauses)}"


def flagged_for_asker(ticket: str, office: str) -> str:
    return (
        f"The answer to your query Q{ticket} came with a ruling, and a clause behind that ruling has changed since."
        f" {_at_start(office)} looks at it again; until then, please ask before you rely on it."
    )


def withdrawn(told: int) -> str:
    """The end of withdrawing; `told` is how many askers are told."""
    askers = {0: "", 1: " The asker whose query it answered is told."}.get(
        told, f" The {told} askers whose queries it answered are told."
    )
    return f"Withdrawn: the ruling is cited no longer.{askers}"


def _at_start(office: str) -> str:
    return office[:1].upper() + office[1:]
