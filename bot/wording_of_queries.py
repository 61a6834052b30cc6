"""What askers are told of their queries: before they go, when they went, and what became of them."""

from collections.abc import Sequence
from datetime import datetime

from bot.office import Office
from bot.tickets import Part, State, Ticket, What
from bot.wording import ROLE_NAMES
from bot.wording_of_times import day, expected
from knowledge.clauses import Party

_LONGEST_EXCERPT = 120  # characters of a question that remind somebody which one it was

YOUR_QUESTION = "Your question"
YOU_ASKED = "You asked"
I_SAID = "I said"
YOU_ANSWERED = "What you answered"
THE_POST = "The post or draft"
SHORTENED_POST = "The post or draft, which you shortened"
THEIR_MESSAGE = "The message, which somebody else wrote"
SHORTENED_MESSAGE = "The message, which somebody else wrote and you shortened"
OWN_MESSAGE = "The message, which you wrote"
SHORTENED_OWN = "The message, which you wrote and shortened"
I_ANSWERED = "What I answered"
REFERRED = "I refer a message that somebody else wrote. Please look at it."
REFERRED_OWN = "I refer a message of mine. Please look at it."
ABOUT_A_POST = "Please look at this post or draft."  # where nothing was asked beside it
LEFT_OUT = "[left out]"  # in the place of words of a post that does not go along
CHOSEN = "Chosen:"  # of what was offered
_FOR_DESK = {
    YOUR_QUESTION: "The question",
    YOU_ASKED: "They asked",
    I_SAID: "The bot said",
    YOU_ANSWERED: "What they answered",
    THE_POST: "The post or draft",
    SHORTENED_POST: "The post or draft, shortened by the asker",
    THEIR_MESSAGE: "The message that they refer, which somebody else wrote",
    SHORTENED_MESSAGE: "The message that they refer, which somebody else wrote; shortened by the asker",
    OWN_MESSAGE: "The message that they refer, which they wrote",
    SHORTENED_OWN: "The message that they refer, which they wrote; shortened by the asker",
    I_ANSWERED: "What the bot answered",
}

RIGHT = "This is right"
WRONG = "This is wrong"
WITH_NAME = "Send with my name"
WITHOUT_NAME = "Send without my name"
LEAVE = "Leave it"
ADD = "Add a line"
REPLY = "Reply"
WITHDRAW = "Withdraw it"
REOPEN = "Open it again"
GIVE_NAME = "Give my name"
MY_QUERIES = "My queries"

NO_SUCH_QUERY = "I find no such query of yours."
NO_SUCH_ANSWER = "I find no such question of yours; it may no longer be kept. Ask it again, and I can send it."
NOTHING_TO_REFER = "There are no words in that message that I could pass on, so there is nothing to send."
ASK_FIRST = "Tell me first what you would like to know. Whatever I answer, you can then send it on."
WHOSE_POLICY = "Tell me first which society this is about, and ask again; then I know whose office to send it to."
LEFT = "I have sent nothing."
NO_QUERIES = "You have sent no queries."
NOT_SHORTENED = (
    "I can only pass that on with words left out, and none added, changed or moved. Nothing was sent. Here is what you "
    "wrote; what you would like to say yourself can go in the line that you add."
)
YOUR_QUERIES = "Your queries"
RUNNERS = "Those who run the account"
WHAT_TO_ADD = "Tell me what to add."
HEARD_RIGHT = "Thank you. I have noted that it was right."
TRY_AGAIN = "Somebody else was at this query at the same moment, so nothing was changed. Please try once more."


def shown(ticket: str) -> str:
    """A query as people name it."""
    return f"Q{ticket}"


def excerpt(text: str, most: int = _LONGEST_EXCERPT) -> str:
    """The beginning of a text, in one line."""
    line = " ".join(text[: most * 4].split())
    return line if len(line) <= most else f"{line[: most - 3].rstrip()}..."


def for_desk(part: Part) -> Part:
    """A part with a heading for those who did not write it."""
    return Part(part.id, _FOR_DESK.get(part.heading, part.heading), part.text, part.can_go)


def ask(office: Office) -> str:
    """The label of what escalates."""
    return f"Ask {office.name}"


# Before it goes


def preview(office: Office, to: tuple[str, ...]) -> str:
    return f"This would go to {_for_whom(office, to)}. Leave out what they need not see, and add a line if you like."


def asked_before(there: Ticket, where: str) -> str:
    """`where` says where the same question stands that somebody has sent before."""
    return f"You have sent this question already, as {shown(there.id)}. {where} You can add to that one instead."


def add_to(there: Ticket) -> str:
    """The label of what adds to a query that was sent before."""
    return f"Add to {shown(there.id)}"


def preview_remarks(office: Office, role: Party, now: datetime, cited: bool) -> str:
    """When to expect an answer, what goes beside the parts, what a withheld name means, and that nothing has gone.
    `cited` says whether the bot cited any clause."""
    clauses = ", and which clauses I cited" if cited else ""
    return (
        f"{expected(office, now)} Beside this they see that you ask as {ROLE_NAMES.get(role, 'a member')}{clauses}. "
        "If you send it without your name, they may ask you for it; I bring you the answer all the "
        "same. Nothing is sent until you say so."
    )


WITHOUT_POST = "If you leave the post out, or words of it, I leave out what quotes those as well."


def too_long(length: int, most: int) -> str:
    return (
        f"That is too long: {length:,} characters, and at most {most:,} can go. Nothing was sent. "
        "Here it is, for you to shorten."
    )


def too_long_to_refer(length: int, most: int) -> str:
    return (
        f"That message is too long to pass on: {length:,} characters, and at most {most:,} can go. Nothing was sent. "
        "Refer the part of it that matters, or ask in your own words."
    )


# What the asker has done


def sent(ticket: Ticket, office: Office, now: datetime) -> str:
    to = _for_whom(office, ticket.to)
    return f"Sent to {to} as {shown(ticket.id)}, {_name(ticket)}. {expected(office, now)} I bring you the answer."


def sent_before(ticket: Ticket, office: Office, where: str) -> str:
    """`where` says where it stands. Whoever sends a thing twice may have thought better of their name."""
    has = f"{_at_start(office.name)} has this already, as {shown(ticket.id)}, {_name(ticket)}"
    return f"{has}; I have sent nothing more. {where}"


def _name(ticket: Ticket) -> str:
    return "with your name" if ticket.named else "without your name"


def stands(ticket: Ticket, office: Office, title: str = "", withdrawn: bool = False) -> str:
    """Where a query stands. `title` is the job title of whoever holds it."""
    match ticket.state:
        case State.OPEN:
            return f"It waits for {_for_whom(office, ticket.to)}."
        case State.CLAIMED:
            return f"{_who(office, title)} has taken it up."
        case State.ANSWERED:
            return "It has been answered."
        case State.CLOSED:
            return "You withdrew it." if withdrawn else "It has been closed."


def added(ticket: Ticket, office: Office) -> str:
    return f"I have added that to {shown(ticket.id)}; {office.name} can see it."


def added_by_reopening(before: Ticket) -> str:
    state = "answered" if before.state is State.ANSWERED else "closed"
    return f"{shown(before.id)} had already been {state}, so I have opened it again with what you added."


def withdrawn(ticket: Ticket, office: Office) -> str:
    return f"You have taken {shown(ticket.id)} back. {_at_start(office.name)} will not answer it."


def cannot_withdraw(ticket: Ticket, withdrawn_before: bool) -> str:
    if withdrawn_before:
        return f"You have already taken {shown(ticket.id)} back."
    state = "answered" if ticket.state is State.ANSWERED else "closed"
    return f"{shown(ticket.id)} has already been {state}, so there is nothing to take back."


def reopened_by_asker(ticket: Ticket, office: Office, now: datetime) -> str:
    return f"{shown(ticket.id)} is open again, for {_for_whom(office, ticket.to)}. {expected(office, now)}"


def open_already(ticket: Ticket, where: str) -> str:
    return f"{shown(ticket.id)} is open. {where}"


def named(ticket: Ticket, office: Office) -> str:
    return f"{_at_start(office.name)} can see your name on {shown(ticket.id)} now."


def named_already(ticket: Ticket, office: Office) -> str:
    return f"{_at_start(office.name)} can see your name on {shown(ticket.id)} already."


def heard_wrong(office: Office) -> str:
    return f"Thank you. I have noted that it was wrong, and {office.name} can look it up. For an answer, ask them."


def heard_wrong_sent(ticket: Ticket, office: Office) -> str:
    return (
        f"Thank you. I have noted that it was wrong. {_at_start(office.name)} has your question as {shown(ticket.id)}."
    )


# What staff have done


def claimed(ticket: Ticket, office: Office, title: str = "") -> str:
    return f"{_who(office, title)} has taken up {_query(ticket)}."


def asked_back(ticket: Ticket, office: Office, title: str = "") -> str:
    return (
        f"{_who(office, title)} asks you something about {_query(ticket)}. "
        f"To reply, press “{REPLY}”, or say “add to {shown(ticket.id)}:” and your words."
    )


def for_office(ticket: str, question: str, office: Office) -> str:
    """Whether what somebody typed is their reply to what the office asked them."""
    return (
        f"Or is this for {office.name}, about {shown(ticket)}? They asked you: “{excerpt(question)}” "
        "I have not passed it on."
    )


def add_this(ticket: str) -> str:
    """The label of what adds the words that were just typed to a query."""
    return f"Add this to {shown(ticket)}"


def asked_for_name(ticket: Ticket, office: Office, title: str = "") -> str:
    return (
        f"{_who(office, title)} would like to know who asks {_query(ticket)}. "
        "Your name stays hidden unless you give it, and you need do nothing."
    )


def answered(ticket: Ticket, office: Office, title: str = "") -> str:
    told = f"{_who(office, title)} has answered {_query(ticket)}."
    return f"{told} It is a ruling for everybody, with nothing in it that says who asked." if ticket.ruling else told


def closed(ticket: Ticket, office: Office, title: str = "") -> str:
    return f"{_who(office, title)} has closed {_query(ticket)}, for this reason:"


def reopened(ticket: Ticket, office: Office, title: str = "") -> str:
    return f"{_who(office, title)} has opened {_query(ticket)} again."


def ruling_withdrawn(ticket: Ticket, office: Office, reason: str = "") -> str:
    told = f"{_at_start(office.name)} has withdrawn the ruling that answered {_query(ticket)}. Please do not go by it."
    return f"{told} The reason:" if reason else told


def taken_up(ticket: Ticket, office: Office) -> str:
    return (
        f"You said that an answer of mine was wrong. {_at_start(office.name)} is looking into it, as {_query(ticket)}. "
        "I bring you what they say."
    )


# An asker's queries, listed


def entry(ticket: Ticket, office: Office, is_sent: bool = True) -> str:
    """The heading of a query; `is_sent` is false where staff made it, of an answer that its asker called wrong."""
    how = "sent" if is_sent else "taken up"
    return f"{shown(ticket.id)} · {_STATES[ticket.state]} · {how} {day(ticket.opened, office)}"


def no_longer_holds(withdrawn: datetime, office: Office) -> str:
    """Said below an answer whose ruling was withdrawn."""
    return f"{_at_start(office.name)} withdrew this ruling on {day(withdrawn, office)}. Please do not go by it."


def only_the_latest(most: int) -> str:
    return f"These are the latest {most}."


def last_words(what: What, text: str, office: Office, by_staff: bool = True) -> str:
    """What staff said last, as theirs; of a message that was passed on also what those said who run the account."""
    if not by_staff:
        return f"{RUNNERS} say: “{text}”"
    said = {
        What.ASKED_BACK: f"{_at_start(office.name)} asks you:",
        What.CLOSED: f"{_at_start(office.name)} closed it:",
    }.get(what, f"{_at_start(office.name)} says:")
    return f"{said} “{text}”"


_STATES = {
    State.OPEN: "waiting",
    State.CLAIMED: "taken up",
    State.ANSWERED: "answered",
    State.CLOSED: "closed",
}


def _query(ticket: Ticket) -> str:
    """A query with the beginning of what was asked."""
    return f"{shown(ticket.id)} (“{excerpt(ticket.dossier.question)}”)"


def _who(office: Office, title: str) -> str:
    """Who acted, by their post; never by name."""
    return _at_start(_for_whom(office, (title,) if title else ()))


def _for_whom(office: Office, posts: Sequence[str]) -> str:
    if not posts:
        return office.name
    *others, last = [f"the {post}" for post in posts]
    listed = f"{', '.join(others)} and {last}" if others else last
    return f"{listed} at {office.name}"


def _at_start(words: str) -> str:
    return words[:1].upper() + words[1:]
