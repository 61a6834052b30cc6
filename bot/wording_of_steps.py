"""What is said in the steps of a checklist, and at its end."""

from collections.abc import Sequence

from bot.register import RegisterEntry
from bot.wording_of_cards import at_start
from bot.wording_of_onboarding import account
from knowledge.clauses import Policy
from knowledge.flows.flow import Outcome
from knowledge.onboarding.checklist import ChecklistStep, Example

# What answers a step
HAVE_READ = "I have read this"
FINE, BETTER_NOT = "Fine to post", "Better not"
TRY_AGAIN, GO_ON = "Try it again", "Go on"
WRITE_IT, KEEP_IT, CHANGE_IT = "Write it", "Keep it as it stands", "Change it"
HAVE_READ_ALL = "I have read these"


def progress(number: int, of: int) -> str:
    return f"Step {number} of {of}"


DONE = "Done"
WOULD_YOU_POST = "Would you post this from the account?"
ANOTHER_POST = "Here is another post."
NEXT_POST = "The next post."
ONCE_MORE = "Once more, from the beginning."
TRY_OR_GO_ON = "Would you like to try that post again, or go on?"
NOT_OPEN = "That is not the question that is open now; here it is."
ANSWERED_ALREADY = "You have answered that already; nothing was changed."
NOT_AN_OPTION = "I cannot tell which of these you mean."
NO_WORDS_CAME = "No words came with that. Please write a sentence or two."
NOT_SURE_IS_FINE = "Not being sure is a fair answer: in earnest, ask the office before you post."


def judged(example: Example, right: bool) -> str:
    """What is said to whether an example post may go out."""
    said = "fine to post" if example.fine else "better not posted"
    return f"{'Yes' if right else 'Not quite'}: this one is {said}. {example.why}"


def played(outcome: Outcome | None, fits: bool) -> str:
    """What is said where a post has been taken through a flow, by what the answers came to; None: not sure."""
    if outcome is None:
        return NOT_SURE_IS_FINE
    return (
        f"{'That fits this post.' if fits else 'That does not quite fit this post.'}\nBy your answers: {outcome.words}"
    )


def parts_at(ask: str, said: str, fitting: str) -> str:
    """Where the answers about a post leave what fits it."""
    return f"I asked “{ask}” You said “{said}”; for this post it is “{fitting}”."


def comes_to(outcome: Outcome) -> str:
    return f"It should come to this: {outcome.words}"


def stands_on_register(field: str, words: str) -> str:
    return f"On the register its {field} reads: “{words}”"


def such_as(example: str) -> str:
    return f"For example: “{example}”" if example else ""


def what_is(field: str) -> str:
    if field == "purpose":
        return "What is the account for, in your own words?"
    return "Whom is the account for, in your own words?"


def you_wrote(words: str) -> str:
    return f"You wrote: “{words}”"


def noted(field: str, words: str) -> str:
    return f"Noted: its {field} is on the register now. It reads: “{words}”"


def change_field(field: str) -> str:
    """The label of what changes words that were written in a step before."""
    return f"Change the {field}"


CHANGING = "Please write it anew. Until then it stays as it stands."


def kept(field: str) -> str:
    return f"Its {field} stays as it stands."


def passed_over(steps: Sequence[ChecklistStep]) -> str:
    titles = ", ".join(f"“{step.title}”" for step in steps)
    return f"Left out for now, since a clause that it rests on is not in the policy that I hold: {titles}."


# The end


def read_all(many: int, policy: Policy) -> str:
    return (
        f"These are the {many} clauses that you were shown, each in the edition of {policy.known_as} that stands now. "
        "Please look over them once more."
    )


HAVE_YOU_READ = "Have you read them? Your answer goes on record, for you and for staff."
WORDS_CHANGED = "Words of the policy have changed since I showed them to you. Please look once more."


def still_open(steps: Sequence[ChecklistStep]) -> str:
    titles = ", ".join(f"“{step.title}”" for step in steps)
    return f"Still to be done: {titles}. You can finish all the same; it stands in the record until it is done."


def now_done(step: ChecklistStep) -> str:
    """The label of what settles a check."""
    label = f"Done now: {step.title}"
    return label if len(label) <= 75 else f"{label[:72].rstrip()}..."


def settled(step: ChecklistStep) -> str:
    return f"Noted: “{step.title}” is done."


def finished(entry: RegisterEntry) -> str:
    return f"Thank you: you are set up for {account(entry)}. This is your record. Staff can see it as well."


def staff_of_settled(entry: RegisterEntry, person: str, step: ChecklistStep) -> str:
    return f"{at_start(person)} says of {account(entry)} that this is done now: “{step.title}”."


def change_of(field: str, before: str, after: str) -> str:
    """A line of an entry's history."""
    return f"{field}: “{before}” became “{after}”" if before else f"{field}: “{after}”"
