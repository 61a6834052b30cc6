"""What stands on a ticket's card at the desk, in words: times, people, moves, deliveries. Plain and short."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from bot.exchanges import Ending
from bot.ports import Delivery, Stage
from bot.replies import CARD, CHANGED_RULING, NOTICE, WITHDRAWN_RULING
from bot.tickets import State, What
from bot.wording import ROLE_NAMES
from bot.wording_of_queries import shown
from knowledge.answers import Reason
from knowledge.clauses import Party, Verdict

WITHHELD = "name withheld"
NO_NAME = "their name is not known here"
NO_TOPIC = "no clause of the policy"
THE_ASKER = "the asker"
THE_BOT = "the bot"
COLLEAGUE = "a colleague"
SOMEBODY = "somebody who is no longer on record"
THE_DESK = "the desk"
WHO_RUNS_IT = "somebody who runs the account"
WHOLE_DESK = "the whole desk"
NOBODY_YET = "nobody yet"
ADDED = "The asker added"
WHY_WRONG = "Why the asker called the answer wrong"

AGREE, APPROVE = "Agree", "Approve"
CLAIM, ANSWER_IT, ASK_BACK, HAND_OVER = "Claim it", "Answer", "Ask the asker", "Hand it over"
ASK_FOR_NAME, CLOSE, REOPEN, JOIN = "Ask for their name", "Close it", "Open it again", "Join those that ask the same"

_ENDINGS: dict[str, str] = {
    Verdict.YES: "yes",
    Verdict.NO: "no",
    Verdict.DEPENDS: "it depends",
    Verdict.INFO: "what the policy says",
    Reason.OUT_OF_SCOPE: "nothing found in the policy",
    Reason.GAP: "a part of the policy that is missing",
    Reason.OTHER_SOCIETY: "nothing found in this society's policy",
    Reason.VAGUE: "the question was not understood",
    Ending.GUIDED: "a guided decision, not ended",
    Ending.CHECKED: "a draft was looked over",
    Ending.FAILED: "something broke",
}
_ABOUT: dict[str, str] = {
    What.SENT: "The confirmation",
    What.ADDED: "That a line was added",
    What.CLAIMED: "That it was taken up",
    What.ASKED_BACK: "The question",
    What.ASKED_FOR_NAME: "The question for their name",
    What.ANSWERED: "The answer",
    What.CLOSED: "That it was closed",
    What.REOPENED: "That it is open again",
    What.TAKEN_UP: "That it was made a query",
    WITHDRAWN_RULING: "That the ruling was withdrawn",
    CHANGED_RULING: "That a clause of the ruling has changed",
    CARD: "The card",
    NOTICE: "The notice",
}
_MOVES = {
    What.SENT: "sent",
    What.TAKEN_UP: "made a query",
    What.CLAIMED: "claimed",
    What.HANDED_OVER: "handed over",
    What.ASKED_BACK: "asked something back",
    What.ASKED_FOR_NAME: "asked for the name",
    What.ADDED: "added to",
    What.NAMED: "name given",
    What.ANSWERED: "answered",
    What.CLOSED: "closed",
    What.WITHDRAWN: "taken back",
    What.REOPENED: "opened again",
    What.JOINED: "joined",
}


def listed(things: Sequence[str]) -> str:
    """Several things in one sentence."""
    return " and ".join(filter(None, [", ".join(things[:-1]), *things[-1:]]))


def age(since: datetime, now: datetime) -> str:
    """How long something has been there, in the largest unit that says it: "3 h"."""
    passed = max(now - since, timedelta())
    if passed < timedelta(minutes=1):
        return "just now"
    if passed < timedelta(hours=1):
        return f"{passed // timedelta(minutes=1)} min"
    if passed < timedelta(days=2):
        return f"{passed // timedelta(hours=1)} h"
    return f"{passed.days} days"


def local(at: datetime, zone: tzinfo, now: datetime) -> str:
    """A time as the office has it, with the year where it is not this one: "21 Nov 10:04"."""
    there, today = at.astimezone(zone), now.astimezone(zone)
    year = "" if there.year == today.year else f" {there.year}"
    return f"{there.day} {there:%b}{year} {there:%H:%M}"


def at_time(at: datetime, zone: tzinfo, now: datetime) -> str:
    """The same as it stands in a sentence, without the day where it is today: "at 10:04", "on 20 Nov at 10:04"."""
    date, _, time = local(at, zone, now).rpartition(" ")
    return f"at {time}" if at.astimezone(zone).date() == now.astimezone(zone).date() else f"on {date} at {time}"


def member(name: str, title: str) -> str:
    """Somebody of the staff, by name and post, as far as they are known."""
    return f"{name} ({title})" if name and title else name or title or COLLEAGUE


def heading(ticket: str, state: State) -> str:
    return f"{shown(ticket)} · {state}"


def facts(
    organisation: str,
    topic: str,
    role: Party,
    name: str,
    posts: Sequence[str],
    holder: str | None,
    sent: str,
    ending: str,
) -> tuple[str, ...]:
    """The short lines of a card. `sent` says when it came; `holder` is None where nobody had it and it is over."""
    answered = _ENDINGS.get(ending)
    return (
        f"Society: {organisation}",
        f"Topic: {topic or NO_TOPIC}",
        f"Asked by: {ROLE_NAMES.get(role, ROLE_NAMES[Party.ANYONE])}, {name}",
        f"For: {listed(posts) or WHOLE_DESK}",
        *([f"Held by: {holder or NOBODY_YET}"] if holder is not None else []),
        sent,
        *([f"The bot's answer: {answered}"] if answered else []),
    )


def sent(when: str) -> str:
    return f"Sent: {when}"


def made_by_staff(when: str) -> str:
    return f"Made a query by staff, not sent: {when}"


def is_joined_to(lead: str) -> str:
    return f"Joined to {shown(lead)}: the answer to that one answers this one as well"


def answers_as_well(joined: Sequence[str]) -> str:
    return (
        f"One answer for all: it goes to {len(joined) + 1} askers, those of {listed(list(map(shown, joined)))} as well"
    )


def said(what: What, when: str, by: str, answers: bool) -> str:
    """The heading of what was said in a move; `answers` says that the asker had been asked something."""
    match what:
        case What.ADDED if answers:
            return f"The asker's answer, {when}"
        case What.ADDED:
            return f"{ADDED}, {when}"
        case What.ASKED_BACK:
            return f"Asked back by {by}, {when}"
        case What.ANSWERED:
            return f"Answered by {by}, {when}"
        case What.CLOSED:
            return f"Why it was closed, {when}"
        case _:
            return f"What is still unclear, {when}"


def move(what: What, by: str, when: str, to: str, text: str) -> str:
    """A line of the history. `to` is whom it was handed to, where that is known; `text` says what was joined."""
    match what:
        case What.HANDED_OVER if to == by:
            return f"held by {by} from {when}"
        case What.HANDED_OVER if to:
            return f"handed over to {to} by {by}, {when}"
        case What.JOINED if not text:
            return f"set free, since what it was joined to waits no longer, {when}"
        case What.JOINED:
            return f"joined {text} by {by}, {when}"
        case _:
            return f"{_MOVES[what]} by {by}, {when}"


def delivery(target: str, one: Delivery, when: str, to_asker: bool) -> str:
    """What one reply is and how far it has come; with what to do where it has come nowhere."""
    going = f"{_ABOUT.get(one.about, 'A reply')}, to {target}"
    fault = f": {one.fault.strip().rstrip('.')}" if one.fault.strip() else ""
    match one.stage:
        case Stage.QUEUED:
            return f"{going}: queued, {when}"
        case Stage.SENT:
            return f"{going}: sent, {when}"
        case Stage.RETRYING:
            tries = "once" if one.attempts == 1 else f"{one.attempts} times"
            return f"{going}: not through yet, tried {tries}{fault}. It is tried again by itself"
        case Stage.FAILED:
            lost = "They do not have it. Reach them another way, or have" if to_asker else "Have"
            return f"{going}: failed, {when}{fault}. {lost} whoever runs the bot send it again"


def asker_of(ticket: str) -> str:
    return f"the asker of {shown(ticket)}"


def at_start(who: str) -> str:
    """Who it is, to begin a sentence: a name or an account stays as it is."""
    return f"{who[:1].upper()}{who[1:]}" if who in (THE_ASKER, THE_BOT, COLLEAGUE, SOMEBODY) else who


def mail_to(title: str) -> str:
    return f"{title or WHOLE_DESK} by e-mail"


def ruling_heading(office: str, made: str, verdict: Verdict, changed: bool, stands: bool) -> str:
    """A ruling as it stands beside a query on the same clauses."""
    since = "; a clause that it rests on has changed since" if changed else ""
    if not stands:
        since = "; withdrawn since"
    return f"Ruling of {office}, {made}: {_ENDINGS.get(verdict, verdict)}{since}"


def alike(tickets: Sequence[str]) -> str:
    if len(tickets) == 1:
        return f"{shown(tickets[0])} asks the same"
    return f"{listed(list(map(shown, tickets)))} ask the same"


def show(ticket: str) -> str:
    """The label of what shows a query."""
    return f"Show {shown(ticket)}"
