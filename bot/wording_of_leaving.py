"""What is said to those who run an account and leave it, or say once a year how it stands, and to staff of both."""

from collections.abc import Sequence

from bot.office import Office
from bot.wording_of_cards import listed
from bot.wording_of_queries import excerpt

CONFIRM_IT, LEAVE, STAY = "Say how it stands", "I am leaving it", "I am staying after all"
NOT_LEAVING, GO_ON = "I am staying", "Go on with the onboarding"
INVITE_NEXT, CLOSE_IT, SHOW_IT, SOMETHING_CHANGED = "Invite the next", "Close it", "Show it", "Something changed"
AS_IT_STANDS = "It is as it stands there"
WHICH_TO_LEAVE = "Which account are you leaving?"
SUBJECT = "An account, and who runs it"
_EXCERPT = 200  # characters of a purpose


def runs_none(office: Office) -> str:
    return f"You are not on the register as somebody who runs an account. {_start(office.name)} keeps the register."


def not_yours(office: Office) -> str:
    return f"I find no such account that you run. {_start(office.name)} keeps the register."


def closed(handle: str) -> str:
    return f"{handle} stands on the register as no longer used, so there is nothing to do about it."


# Leaving


def is_leaving(handle: str, group: str) -> str:
    """The question to somebody who said that they are leaving, and not what."""
    return f"Are you leaving {handle}{f' ({group})' if group else ''}? Nothing is noted until you say so."


def leaving(handle: str, group: str, others: int, office: Office) -> str:
    """What somebody is told who leaves; `others` stay."""
    left = "Nobody else is noted as staying, so it is marked as needing an admin." if not others else _stay(others)
    whose = f" ({group})" if group else ""
    told = f"Noted: you are leaving {handle}{whose}, and {office.name} has been told. {left}"
    return f"{told} It helps whoever comes next if you:"


def leaving_already(handle: str, since: str) -> str:
    return f"You said on {since} that you are leaving {handle}. What helps whoever comes next:"


def to_do(office: Office) -> tuple[str, ...]:
    """What helps whoever comes next, a line each."""
    return (
        f"1. Say who comes next, if you know: press “Invite the next”. {_start(office.name)} has to agree.",
        "2. Hand over access in a way that keeps it private, and never through me: I ask for no passwords.",
        "3. Then end your own access, in every app and on every device.",
        "4. Tell whoever comes next what is planned, and which messages still wait for a reply.",
    )


def staying(handle: str, office: Office) -> str:
    return f"Good: you are staying with {handle}. {_start(office.name)} has been told."


def staying_already(handle: str) -> str:
    return f"You are noted as staying with {handle} already; nothing was changed."


def for_staff_leaving(name: str, handle: str, group: str, others: int) -> str:
    whose = f" ({group})" if group else ""
    left = "Nobody else is noted as staying: it needs an admin." if not others else _stay(others)
    return f"{name} is leaving {handle}{whose}, and was told what to hand over. {left}"


def for_staff_staying(name: str, handle: str) -> str:
    return f"{name} is staying with {handle} after all."


def _stay(others: int) -> str:
    return "One other admin stays." if others == 1 else f"{others} other admins stay."


# How it stands, once a year


def confirmed(handle: str, until: str, purpose: str, fewer: bool, office: Office) -> str:
    told = [f"Thank you. {handle} is confirmed on the register; I ask again after {until}."]
    if purpose:
        told.append(f"Its purpose there is now: “{excerpt(purpose, _EXCERPT)}”")
    if fewer:
        told.append(f"{_start(office.name)} sees that fewer than two people have access. You can invite one.")
    return " ".join(told)


def leaves_it(handle: str, since: str) -> str:
    """Said to somebody who confirms an account that they are leaving."""
    return (
        f"You said on {since} that you are leaving {handle}, so those who stay say how it stands, and nothing was "
        f"changed. If you are staying after all, press “{STAY}” first."
    )


def not_used(handle: str, office: Office) -> str:
    told = f"{_start(office.name)} has been asked whether to note {handle} as no longer used."
    return f"Thank you. {told} Until then it stays."


def for_staff_not_used(name: str, handle: str) -> str:
    return f"{name}, who runs {handle}, says that it is no longer used. Should it be closed on the register?"


def confirmed_already(handle: str, when: str) -> str:
    return f"You have said so already, {when}. {handle} stands there as you said; nothing more was done."


def another_was_first(handle: str, when: str, said: str) -> str:
    told = f"Another of those who run {handle} was first, {when}, so nothing of yours was done."
    return f"{told} What they said: {said}." if said else f"{told} They confirmed it as it stands."


def moved_on(handle: str, facts: Sequence[str]) -> str:
    return f"{handle} has changed since you were asked. Now: {listed(facts)}. Please say it once more."


def _start(words: str) -> str:
    return words[:1].upper() + words[1:]
