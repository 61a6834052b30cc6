"""What is said about a request for a new account: to the group while it is gathered, and once it is decided."""

from collections.abc import Sequence

from bot.account_requests import Field
from bot.office import Office
from bot.wording_of_accounts import group_named
from bot.wording_of_queries import shown

_LONGEST_NAMED = 60  # characters of a group's name in a sentence

TITLE = "A new account for your group"
FIELDS = {  # as they are listed for whoever asks, and for the desk
    Field.GROUP: "The group",
    Field.PURPOSE: "What the account is for",
    Field.AUDIENCE: "Whom it is to reach",
    Field.CONTENT: "Who provides content",
    Field.WATCHING: "Who watches for interaction",
    Field.HANDLE: "Where, and what it is to be called",
    Field.QUESTIONS: "Questions about naming and branding",
    Field.ADMINS: "Who is to run it",
}
_ASKED = {
    Field.GROUP: "Which group is the account for?",
    Field.PURPOSE: "What is the account for?",
    Field.AUDIENCE: "Whom is it to reach?",
    Field.CONTENT: "Who will provide what is posted?",
    Field.WATCHING: "Who will watch for replies, mentions and questions?",
    Field.HANDLE: "Where is the account to be, and what is it to be called?",
    Field.QUESTIONS: "What would you like to ask about the name, the logo or branding?",
    Field.ADMINS: "Will you run the account yourself?",
}
WRITE = "Write it"
_ON_REGISTER = "If the account is set up, {office} sees this on the register: please name nobody."
_FOR_STAFF = "You may name people here: only {office} sees it, and it does not go on the register."
_EXPLAINED = {
    Field.PURPOSE: _ON_REGISTER,
    Field.AUDIENCE: _ON_REGISTER,
    Field.CONTENT: _FOR_STAFF,
    Field.WATCHING: _FOR_STAFF,
    Field.HANDLE: "It can still change when the request is approved.",
    Field.QUESTIONS: f"You may leave this out. Choose “{WRITE}” to ask; what you simply type I answer myself.",
    Field.ADMINS: "Whoever is to run it is invited once the request is approved. You can name others before it goes.",
}

NONE_TO_ASK = "We have no questions"
I_WILL = "I will run it"
I_WILL_NOT = "I will not run it"
NAME_OTHERS = "Name others"
CHANGE = "Change it"
NOT_SURE = "We are not sure that we need one"
SEND = "Send it"
DROP = "Give this request up"
GO_ON = "Go on with the request"
GO_ON_ONBOARDING = "Go on"
BEGIN = "Request an account"
BEGIN_ANEW = "Begin a new request"
ASK_THEM = "Ask them"
NOT_TAKEN = "Not taken"
YOU = "You"
THE_ASKER = "Whoever asks"  # for the desk
NOBODY_YET = "Nobody yet"
NOTHING_ASKED = "None"

NOT_KNOWN = (
    "I can only do this for somebody whom I can tell from others, and I cannot tell who you are here. Please write to "
    "me from your own account in your society's chat."
)
NO_SUCH_REQUEST = "I find no such request of yours."
WHOSE_POLICY = "Which society is this about? Tell me first, and then ask for the account again."
TRY_AGAIN = "This request was changed elsewhere at the same moment, so nothing was changed now. Please try once more."
NO_SUCH_FIELD = "That is nothing that a request asks for, so nothing was changed."
CHANGED_SINCE = "The request has been changed since you saw it, so it was not sent. This is how it stands now."
YOUR_REQUEST = "Your request, before it goes"
GIVEN_UP = "You have given this request up. Nothing of it was sent."
NOT_KEPT = "What became of this request is no longer kept. You can begin a new one."
NOT_BY_NAME = (
    "I cannot invite people by their names. Give their accounts, such as slack:U0123ABCD, with a blank between, or "
    "leave them out: they can be invited later as well."
)


def no_checklist(society: str, office: Office) -> str:
    """`society` is what it calls itself."""
    return (
        f"No checklist is held for {society}, so I cannot say what a request for an account has to hold. "
        f"{_at_start(office.name)} can tell you."
    )


# While it is gathered


def question(field: Field) -> str:
    return _ASKED[field]


def explained(field: Field, example: str, office: Office) -> str:
    """What a field asks, who sees it, and an example of it."""
    told = f"{_ASKED[field]} {_EXPLAINED.get(field, '').format(office=office.name)}".strip()
    return f"{told} For example: “{example}”" if example else told


def step(number: int, of: int) -> str:
    return f"Step {number} of {of}"


def noted(field: Field, given: str) -> str:
    """What was just said, shown back."""
    said = given if field is Field.ADMINS or given == NOTHING_ASKED else f"“{given}”"
    told = f"Noted. {FIELDS[field]}: {said}"
    return told if given.endswith((".", "!", "?")) else f"{told}."


def goes_on(begun: str) -> str:
    """`begun` is the day on which it was begun."""
    return f"You began this on {begun}. Here is where it stands; nothing was lost, and nothing was sent."


def another(group: str, ticket: str, where: str) -> str:
    """That an earlier request has gone, and where that stands."""
    return f"Your request for {_named(group)} has gone, as {shown(ticket)}. {where} This would be another one."


def nothing_given(field: Field) -> str:
    return f"There were no words in that. {_ASKED[field]}"


def too_long(length: int, most: int) -> str:
    return f"That is too long: {length:,} characters, and at most {most:,} fit. Nothing was changed."


def change(field: Field) -> str:
    """The label of what changes an answer."""
    return f"Change “{FIELDS[field]}”"


def before_it_goes(office: Office, posts: Sequence[str], expected: str) -> str:
    """To whom it goes, with what, and when to expect an answer."""
    return (
        f"This goes to {for_whom(office, posts)}, with your name. {expected} If it is approved, the account goes on "
        "the register, and whoever is to run it is invited. Nothing is sent until you say so."
    )


REQUEST_WAITS = "Your request for an account waits where you left it. To go on with it, say “go on with my request”."


def onboarding_waits(handle: str) -> str:
    """Said to whoever is being set up for an account, and asks something else in between."""
    return f"Your onboarding for {handle} waits where you left it. To go on with it, say “resume my onboarding”."


def given_up_but(ticket: str, where: str) -> str:
    """The same where its group had asked before whether it needs an account."""
    asked = f"What you asked about it went before, as {shown(ticket)}."
    return f"You have given this request up; it was not sent. {asked} {where}"


# Advice


def advisers(office: Office, posts: Sequence[str]) -> str:
    return f"You need not be sure. {_at_start(for_whom(office, posts, 'or'))} can advise your group."


def advice_offer(expected: str, gathered: bool) -> str:
    along = "with your name and with what you have told me so far" if gathered else "with your name"
    return f"{expected} Your request stays as it is meanwhile. Shall I ask them for you, {along}?"


def advice_question(group: str) -> str:
    """What they are asked."""
    return f"{_at_start(_named(group))} is not sure whether it needs an account of its own. Please advise."


# Once it has gone


def request_for(group: str) -> str:
    """What staff are asked, in one line."""
    return f"A new account for {_named(group)}"


def sent_as(ticket: str, where: str) -> str:
    return f"This request has gone already, as {shown(ticket)}. {where}"


def sent_elsewhere(ticket: str, where: str) -> str:
    """The same to somebody who sent it from another account of theirs."""
    return f"{sent_as(ticket, where)} You sent it from another account of yours; the answer comes there."


def refused(ticket: str) -> str:
    return f"This request was closed as {shown(ticket)}. You can open it again there, or begin a new one."


def came_about(handle: str, platform: str) -> str:
    return f"This request was approved: {handle} on {platform} is on the register."


def not_for_this(ticket: str) -> str:
    return f"Your words did not go with it. You can add them to {shown(ticket)}."


def add_to(ticket: str) -> str:
    return f"Add this to {shown(ticket)}"


def questions_heading() -> str:
    """Above what the desk has to answer beside the request itself."""
    return f"{FIELDS[Field.QUESTIONS]}, to be answered"


# What staff decide

APPROVE = "Approve it"
NO_REQUEST = "That query asks for no account, so there is nothing to approve. You can answer it, or close it."
NO_LONGER_KEPT = "What was asked for is no longer kept, so there is nothing to approve. You can close the query."
NO_HANDLE = "Tell me the handle of the account, such as @IPEM_EXAMPLE."
NO_PLATFORM = "Tell me where the account is, such as Twitter."


def on_register_already(handle: str, group: str) -> str:
    return f"{handle} is on the register already, for {group}, so nothing was done. Choose another handle."


def approved_already(handle: str) -> str:
    """Of a query that was opened again after it was granted."""
    return f"This request was approved before, and {handle} is on the register. Answer in words what is still unclear."


def approved(handle: str, platform: str, office: Office, invited: bool) -> str:
    """What the group is told, as the office's words."""
    told = f"Your request is approved. {handle} on {platform} is on {office.name}'s register."
    return f"{told} Whoever is to run it is being invited." if invited else told


def approved_for_staff(ticket: str, handle: str, invited: int) -> str:
    who = {0: "Nobody was named to run it, so it needs an admin", 1: "One person is invited to run it"}
    named = who.get(invited, f"{invited} people are invited to run it")
    return f"{shown(ticket)} is approved, and {handle} is on the register. {named}."


def questions_open(asked: str, ticket: str) -> str:
    """That what was asked about naming and branding has no answer yet."""
    return (
        f"They also asked about naming and branding: “{asked}” That has no answer yet. To give one, open "
        f"{shown(ticket)} again."
    )


INVITE = "Invite somebody"
ANSWER_QUESTIONS = "Open it again to answer"


def for_whom(office: Office, posts: Sequence[str], joined: str = "and") -> str:
    """Posts at the office, or the office where none is named."""
    if not posts:
        return office.name
    *others, last = [f"the {post}" for post in posts]
    listed = f"{', '.join(others)} {joined} {last}" if others else last
    return f"{listed} at {office.name}"


def _named(group: str) -> str:
    group = " ".join(group.split())
    if not group:
        return "our group"
    group = group_named(group)
    return group if len(group) <= _LONGEST_NAMED else f"{group[: _LONGEST_NAMED - 3].rstrip()}..."


def _at_start(words: str) -> str:
    return words[:1].upper() + words[1:]
