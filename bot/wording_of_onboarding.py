"""What is said to somebody who takes over an account, step by step, and to staff about it."""

from collections.abc import Sequence
from datetime import datetime

from bot.office import Office
from bot.people import Standing
from bot.register import AccountState, RegisterEntry
from bot.wording_of_cards import at_start
from bot.wording_of_queries import shown
from bot.wording_of_times import day

# What can be pressed
LATER, ACCEPT, DECLINE, GIVE_UP = "Later", "Accept", "Decline", "Give this up"
GO_ON_NOW, LEAVE, SHOW = "Go on now", "I am leaving", "Show"
END_IT, SHOW_ENTRY = "End it", "Show the account"
TAKE_OVER = "I have taken over an account"

NOT_KNOWN = (
    "I cannot tell who you are here, so I cannot set you up to run an account. Please write to me from Slack or Teams, "
    "where you are signed in."
)
NO_SUCH = "I find nothing like that of yours. Say “onboarding” to see where you stand."
WHOSE_ACCOUNT = "Whose accounts do you mean? Please say first which society this is about."
TRY_ONCE_MORE = "Somebody else changed this at the same moment, so nothing was done. Please try once more."


def account(entry: RegisterEntry) -> str:
    """An account as people know it: its handle and whose it is."""
    return f"{entry.handle} ({entry.group})" if entry.group else entry.handle


def sentence(text: str) -> str:
    """The text, with a capital letter at its beginning."""
    return f"{text[:1].upper()}{text[1:]}"


def no_checklist(society: str, office: str) -> str:
    return f"No checklist is held for {society.upper()}, so I cannot set anybody up there; {office} can tell you more."


# Taking an account over


def which_account(office: str) -> str:
    return f"Which account have you taken over? If it is not among these, {office} can tell you more."


def not_on_register(office: str) -> str:
    return (
        f"I find no account of that name on the register. Is it one of these? If not, {office} can tell you more, "
        "or put it there."
    )


def empty_register(office: str) -> str:
    return f"There is no account on the register yet. {sentence(office)} can put yours there."


def is_closed(entry: RegisterEntry, office: str) -> str:
    return f"{account(entry)} is noted as no longer used. {sentence(office)} can open it again."


def renamed(entry: RegisterEntry) -> str:
    return f"It is called {entry.handle} now."


def asked_for_already(entry: RegisterEntry, ticket: str, office: str) -> str:
    return f"{sentence(office)} has been asked to agree that you run {account(entry)}, as {shown(ticket)}."


def would_ask(entry: RegisterEntry, office: str) -> str:
    return (
        f"Before I set you up for {account(entry)}, {office} has to agree. I would send them these words, with your "
        "name. Nothing is sent until you say so."
    )


def take_over(entry: RegisterEntry) -> str:
    """What staff are sent, as its asker says it."""
    on = f" on {entry.platform}" if entry.platform else ""
    return f"I have taken over {account(entry)}{on}. Please agree that I run it, so that I can be set up as its admin."


def proposal(entry: RegisterEntry, person: str) -> str:
    """What staff are sent by an admin who names somebody else."""
    return f"I run {account(entry)}, and propose that {person} runs it as well, or after me. Please agree."


def ask_to_agree(office: str) -> str:
    """The label of what sends it."""
    return f"Ask {office} to agree"


ABOUT_ACCOUNT = "The account"


def facts_of(entry: RegisterEntry, says_so: bool) -> str:
    """What staff see of an account beside a request to run it. Its admins are counted here, and not named. `says_so` is
    where whoever asks only says that they run it."""
    many, leaving = len(entry.admins), len(entry.admins) - len(entry.staying)
    admins = f"{many} {'admin' if many == 1 else 'admins'} on the register" if many else "nobody runs it"
    if leaving:
        who = "who" if many == 1 else f"of whom {leaving}"
        admins = f"{admins}, {who} {'is' if leaving == 1 else 'are'} leaving"
    asked = " This comes from somebody who says that they have taken it over." if says_so else ""
    return f"{account(entry)}, {entry.platform or 'platform not noted'}; {admins}.{asked}"


# Inviting


def whom_to_invite(entry: RegisterEntry) -> str:
    return f"Who is to run {entry.handle}? Give their account: the platform, a colon, and their id there."


NOT_AN_ACCOUNT = (
    "I cannot reach them by that. Give their account in Slack, in Teams or at a terminal: the platform, a colon, and "
    "their id there, without spaces, as in “slack:U0123”, “teams:01234567-89ab-cdef-0123-456789abcdef” or "
    "“console:wren”. Nobody was invited."
)
MAY_NOT_INVITE = (
    "Only staff on the list of that society, or an admin of that account, can invite somebody to run it. Nobody was "
    "invited."
)


def invited(entry: RegisterEntry, person: str) -> str:
    return f"{at_start(person)} is invited to run {account(entry)}. Nothing changes until they accept."


def invited_before(entry: RegisterEntry, person: str) -> str:
    return f"{at_start(person)} is invited to run {account(entry)} already, so I have sent nothing more."


def under_way(entry: RegisterEntry, person: str) -> str:
    return f"{at_start(person)} has accepted already, and is being set up for {account(entry)}."


def set_up_already(entry: RegisterEntry, person: str) -> str:
    return f"{at_start(person)} is set up for {account(entry)} already. Nobody was invited."


def proposed_before(entry: RegisterEntry, office: str) -> str:
    return f"{sentence(office)} knows about them and {account(entry)} already, so I have sent nothing more."


def invitation(entry: RegisterEntry, office: str, steps: int) -> str:
    on = f" on {entry.platform}" if entry.platform else ""
    return (
        f"{sentence(office)} invites you to run {account(entry)}{on}. If you accept, you are noted as an admin of it, "
        f"and I take you through {steps} short steps, about a minute each. It is no exam. Stop whenever you like and "
        "go on days later: I keep your answers."
    )


NOTHING_UNTIL = "Nothing begins until you accept: accept, later or decline?"


def agreed(entry: RegisterEntry, own_wish: bool) -> str:
    """The answer to a request for agreement: to who asked for themselves, or for somebody else."""
    if own_wish:
        return f"Agreed: you can run {account(entry)}. Please accept the invitation that comes to you."
    return f"Agreed: whom you named is invited to run {account(entry)}."


def heard_agreed(entry: RegisterEntry, person: str) -> str:
    """What who agreed is told."""
    return f"Agreed. {invited(entry, person)}"


NOT_ABOUT_AN_ACCOUNT = "That query asks nobody to agree to anything. Please answer it in words."
NOBODY_LEFT = "Whoever that was about is no longer on record. Please close the query."


def cannot_agree_to_closed(entry: RegisterEntry) -> str:
    return f"{account(entry)} is noted as no longer used, so nobody was invited. Open it on the register first."


def stands_already(entry: RegisterEntry, state: str) -> str:
    return f"That is settled already for {account(entry)}: {state}. Nothing was done."


STATES = {
    "asked_for": "waits for agreement",
    "invited": "invited",
    "under_way": "going through the steps",
    "finished": "set up",
    "declined": "declined",
    "ended": "ended",
}

# Accepting and declining


def not_agreed_yet(entry: RegisterEntry, office: str) -> str:
    return f"{sentence(office)} has not agreed yet that you run {account(entry)}. I will tell you when they do."


def over(handle: str, office: str) -> str:
    return f"That is over for {handle}, so there is nothing to answer. If it should not be, please ask {office}."


def declined(entry: RegisterEntry, was_begun: bool) -> str:
    if was_begun:
        return f"You have given it up: you are not noted as an admin of {account(entry)}, and I ask you nothing more."
    return f"Declined. You are not noted as an admin of {account(entry)}, and I ask you nothing more."


def declined_before(handle: str) -> str:
    return f"You have declined {handle} already."


def withdrawn(entry: RegisterEntry) -> str:
    return f"I have taken back what was asked about {account(entry)}."


def finished_already(entry: RegisterEntry) -> str:
    return f"You are set up for {account(entry)}. If you want to stop running it, say that you are leaving."


def staff_of_declined(entry: RegisterEntry, person: str, was_begun: bool) -> str:
    how = "gave up being set up for" if was_begun else "declined the invitation to run"
    return f"{at_start(person)} {how} {account(entry)}. {admins_left(entry)}"


def staff_of_turned_away(entry: RegisterEntry, person: str, standing: Standing) -> str:
    """That somebody who is invited would accept, and is not answered here."""
    guest = standing is Standing.GUEST
    what, key = ("a guest", "guests") if guest else ("of another organisation", "other_organisations")
    return (
        f"{at_start(person)} would accept the invitation to run {account(entry)}, and cannot: they are {what}, and "
        f"office.toml does not admit {'guests' if guest else 'people of other organisations'} ({key}). They are not on "
        "the register. Have them admitted there or made a member, and they can accept; or end the invitation."
    )


def subject_of_turned_away(entry: RegisterEntry) -> str:
    return f"{entry.handle}: an invitation cannot be accepted"


def subject_of_declined(entry: RegisterEntry) -> str:
    return f"{entry.handle}: an invitation was declined"


def admins_left(entry: RegisterEntry) -> str:
    many = len(entry.staying)
    if not many:
        return "Nobody runs it now who stays." if entry.admins else "Nobody runs it now."
    return "One admin runs it." if many == 1 else f"{many} admins run it."


def ended_by_staff(entry: RegisterEntry, person: str) -> str:
    return f"Ended: {person} is no longer being set up for {account(entry)}. {admins_left(entry)}"


def told_of_ending(entry: RegisterEntry, office: str) -> str:
    why = ", since it is noted as no longer used" if entry.state is AccountState.CLOSED else ""
    return (
        f"{sentence(office)} has ended your onboarding for {account(entry)}{why}. You are not noted as an admin of it. "
        "If you think that is a mistake, please ask them."
    )


ENDED_BY_STAFF = "Ended by the office."  # what closes the query by which somebody had asked


def moved_on(person: str, where: str) -> str:
    return f"It has moved on since you saw it: {person}, {where}. Nothing was ended."


# Where one stands


def nothing_yet(office: str) -> str:
    return (
        "You are not being set up for any account just now. If you have taken one over, tell me which, and I ask "
        f"{office} to agree."
    )


YOUR_ACCOUNTS = "Where you stand"


def snoozed(until: datetime, office: Office) -> str:
    return f"I won't remind you before {day(until, office)}. Go on whenever you like: I keep your answers."


# The record

YOU = "you"


def record_heading(entry_handle: str, who: str, at: datetime, office: Office) -> str:
    return f"Onboarding for {entry_handle}: {who}, finished on {day(at, office)}"


def under_way_heading(handle: str, who: str, state: str) -> str:
    return f"Onboarding for {handle}: {who}, {state}"


def section_line(section: str, clauses: Sequence[str]) -> str:
    """A section with those of its clauses that were confirmed; where it is held no more, they alone."""
    return f"{section}: {', '.join(clauses)}" if section else ", ".join(clauses)


def edition_heading(edition: str, on: str, many: int) -> str:
    """`on` is the day on which they were confirmed."""
    clauses = "One clause" if many == 1 else f"{many} clauses"
    return f"{clauses} read and confirmed, in the edition “{edition}”, on {on}"


STILL_OPEN, SETTLED, IN_OWN_WORDS = "Still to be done", "What was answered", "What was said of the account"


def check_line(title: str, given: str) -> str:
    """What had to be done elsewhere, with what was answered."""
    return f"{title}{'' if title.endswith('?') else ':'} {given}"


def field_line(field: str, words: str) -> str:
    return f"{sentence(field)}: “{words}”"


def subject_of_record(entry: RegisterEntry) -> str:
    return f"{entry.handle}: somebody is set up"
