"""A ticket as the desk sees it: what was asked, by whom, what was done about it, and what helps to answer it."""

from collections.abc import Sequence
from typing import Protocol

from bot import wording_of_cards as wording
from bot.account_requests import Field, proposed
from bot.acts import (
    AgreeTakeOver,
    AnswerQuery,
    ApproveRequest,
    AskBack,
    AskForName,
    Claim,
    Close,
    HandOver,
    Join,
    ReopenTicket,
    ShowTicket,
)
from bot.dossiers import said_in
from bot.joined import lead_of, led_by, like
from bot.office import Office, Offices
from bot.people import Person
from bot.ports import Delivery, Stage, Work
from bot.replies import TO_ADMIN, Button, Card
from bot.rulings import Ruling
from bot.ticket_keys import came_of
from bot.tickets import Move, Part, State, Ticket, What
from bot.wording_of_queries import excerpt, for_desk, shown
from bot.wording_of_rulings import rests_on
from bot.wording_of_times import day
from knowledge.answers import Citation
from knowledge.clauses import Force
from knowledge.library import Library
from knowledge.official import without_names

_RULINGS = 3
_ADDED, _MOVE = "added", "move"  # how the ids of parts begin that are no part of the dossier
_SHOWN_OF_LIKE = 160  # characters of a like query
_BY_ASKER = (What.SENT, What.ADDED, What.NAMED, What.WITHDRAWN)
_WITH_WORDS = (What.ADDED, What.ASKED_BACK, What.ANSWERED, What.CLOSED, What.REOPENED)


class Drafting(Protocol):
    """Finds what an answer can be drafted from."""

    def nearest(self, text: str, society: str, work: Work) -> Ruling | None:
        """The standing ruling nearest to a question, where one is near."""
        ...


def card_of(
    ticket: Ticket,
    conversation: str,
    library: Library,
    offices: Offices,
    work: Work,
    precedents: Drafting | None = None,
) -> Card:
    """The card of a ticket as it stands in this work, for a conversation of staff; with precedents it has a draft.

    It says how far what was said before has come, and nothing of what this very work says: that goes as the card does.
    """
    office, history = offices.of(ticket.society), work.tickets.history(ticket.id)
    alike = like(ticket, library, work) if ticket.waits else ()
    lead, led = lead_of(ticket, work) if ticket.waits else None, led_by(ticket, work) if ticket.waits else ()
    near = precedents.nearest(said_in(ticket.dossier), ticket.society, work) if precedents and ticket.waits else None
    return Card(
        conversation=conversation,
        ticket=ticket.id,
        version=ticket.version,
        state=ticket.state,
        heading=wording.heading(ticket.id, ticket.state),
        facts=_facts(ticket, history, lead, led, library, office, work),
        parts=_parts(ticket, history, office, work),
        citations=citations_of(ticket, library),
        beside=(*_rulings(ticket, office, work), *_like(alike)),
        history=tuple(line_of(move, history, ticket, office, work) for move in history),
        delivery=_deliveries(ticket, office, work),
        draft=near.words if near else "",
        buttons=_buttons(ticket, lead, alike, history),
        age=wording.age(ticket.opened, work.now),
        clauses=_clauses(ticket, library) if ticket.waits else (),
    )


def said_with(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Of the parts of a card the line that its asker sent along, and what was said about the query since, in order."""
    return tuple(part for part in parts if part.id == _ADDED or part.id.startswith(f"{_MOVE}:"))


def citations_of(ticket: Ticket, library: Library) -> tuple[Citation, ...]:
    """The clauses of a ticket that are still held, quoted."""
    held = [one for one in map(library.clause, ticket.dossier.clauses) if one and one.society == ticket.society]
    return library.cite([clause.id for clause in held], ticket.society)


def _clauses(ticket: Ticket, library: Library) -> tuple[Citation, ...]:
    """All clauses of the society that say something, quoted."""
    policies = (policy for policy in library.policies if policy.society == ticket.society)
    held = [clause.id for policy in policies for clause in policy.clauses if clause.force is not Force.GAP]
    return library.cite(held, ticket.society)


def topic_of(ticket: Ticket, library: Library) -> str:
    """The section of the first of its clauses that is still held; empty where none is."""
    found = citations_of(ticket, library)
    return found[0].section if found else ""


def staff_name(person: Person, society: str, office: Office, work: Work) -> str:
    """Somebody of the staff as their colleagues see them: by name and post, as far as they may be shown, and by their
    account where neither is known."""
    member = work.staff.member(society, person.account) if person.account else None
    known, title = person.name or (member.person.name if member else ""), member.title if member else ""
    name = _unless_hidden(known, office)
    if not name and member is None:
        return wording.SOMEBODY
    if not known and not title:
        return _account(person, office)
    return wording.member(name, title)


def _account(person: Person, office: Office) -> str:
    """The account, unless it may be made of a name that is not to be shown."""
    hidden = {word for name in office.hide_names for word in name.casefold().split()}
    return wording.COLLEAGUE if any(word in person.account.casefold() for word in hidden) else person.account


def _unless_hidden(name: str, office: Office) -> str:
    return name if without_names(name, office.hide_names) == name else ""


def asker_name(ticket: Ticket, office: Office) -> str:
    """The asker as the desk sees them: by name only where they agreed."""
    if not ticket.named:
        return wording.WITHHELD
    name = ticket.asker.name
    return name if name and without_names(name, office.hide_names) == name else wording.NO_NAME


def mover(move: Move, ticket: Ticket, office: Office, work: Work) -> str:
    """Who made a move, as staff see them; the asker is never named by it."""
    reopened = move.what is What.REOPENED and move.who.account == ticket.asker.account
    if move.what in _BY_ASKER or reopened:
        return wording.THE_ASKER
    if move.what is What.JOINED and not move.text:
        return wording.THE_BOT
    return staff_name(move.who, ticket.society, office, work)


def is_withdrawn(history: Sequence[Move]) -> bool:
    """Whether the asker took the query back, and that still holds."""
    ended = [move.what for move in history if move.what in (What.WITHDRAWN, What.REOPENED)]
    return bool(ended) and ended[-1] is What.WITHDRAWN


def _holder(ticket: Ticket, office: Office, work: Work) -> str | None:
    """Who has a query or had it; "" where nobody has it yet, None where it ended without anybody having had it."""
    if ticket.state is State.OPEN:
        return ""
    if ticket.state is not State.CLAIMED and not ticket.holder.account:
        return None
    return staff_name(ticket.holder, ticket.society, office, work)


def _facts(
    ticket: Ticket,
    history: Sequence[Move],
    lead: Ticket | None,
    led: Sequence[Ticket],
    library: Library,
    office: Office,
    work: Work,
) -> tuple[str, ...]:
    held = ticket.society in library.societies
    sent = wording.local(ticket.opened, office.hours.zone, work.now)
    facts = wording.facts(
        organisation=library.policy_of(ticket.society).organisation if held else ticket.society,
        topic=topic_of(ticket, library),
        role=ticket.role,
        name=asker_name(ticket, office),
        posts=ticket.to,
        holder=_holder(ticket, office, work),
        sent=wording.made_by_staff(sent) if _taken_up(history) else wording.sent(sent),
        ending=ticket.dossier.ending,
    )
    joined = [wording.is_joined_to(lead.id)] if lead else []
    return (*facts, *joined, *([wording.answers_as_well([one.id for one in led])] if led else []))


def _parts(ticket: Ticket, history: Sequence[Move], office: Office, work: Work) -> tuple[Part, ...]:
    """The question first, then what went with it, then what was said about it since, in order."""
    dossier = ticket.dossier
    parts = [for_desk(part) for part in dossier.parts]
    if dossier.added:
        heading = wording.WHY_WRONG if _taken_up(history) else wording.ADDED
        parts.append(Part(_ADDED, heading, dossier.added))
    asked = False
    for move in history:
        if move.what in _WITH_WORDS and move.text:
            when = wording.local(move.at, office.hours.zone, work.now)
            heading = wording.said(move.what, when, mover(move, ticket, office, work), asked)
            parts.append(Part(f"{_MOVE}:{move.version}", heading, move.text))
        if move.what in (What.ASKED_BACK, What.ADDED):
            asked = move.what is What.ASKED_BACK
    return tuple(parts)


def _taken_up(history: Sequence[Move]) -> bool:
    """Whether staff made a query of it, so that its asker sent nothing."""
    return bool(history) and history[0].what is What.TAKEN_UP


def _rulings(ticket: Ticket, office: Office, work: Work) -> tuple[Part, ...]:
    """The ruling that answered this ticket, and the latest standing ones that rest on a clause of it."""
    own = work.rulings.get(ticket.ruling) if ticket.ruling else None
    of_clauses = [
        one
        for one in work.rulings.of(ticket.society)
        if one.stands and one.id != ticket.ruling and not set(one.clauses).isdisjoint(ticket.dossier.clauses)
    ]
    return (*([_ruling(own, office)] if own else []), *(_ruling(one, office) for one in of_clauses[:_RULINGS]))


def _ruling(one: Ruling, office: Office) -> Part:
    """A ruling with the clauses that it rests on, which need not be those that the bot cited."""
    heading = wording.ruling_heading(office.name, day(one.made, office), one.verdict, bool(one.flagged), one.stands)
    return Part(f"ruling:{one.id}", heading, f"{one.question}\n{one.words}\n{rests_on(one.clauses)}")


def _like(alike: Sequence[Ticket]) -> tuple[Part, ...]:
    if not alike:
        return ()
    lines = [f"{shown(one.id)}: {excerpt(one.dossier.question, _SHOWN_OF_LIKE)}" for one in alike]
    return (Part("alike", wording.alike([one.id for one in alike]), "\n".join(lines)),)


def line_of(move: Move, history: Sequence[Move], ticket: Ticket, office: Office, work: Work) -> str:
    """A move as the history shows it: what, by whom, when."""
    when = wording.local(move.at, office.hours.zone, work.now)
    taken = [one for one in history if one.what in (What.CLAIMED, What.HANDED_OVER)]
    to_holder = move.what is What.HANDED_OVER and move == taken[-1] and ticket.state is not State.OPEN
    to = staff_name(ticket.holder, ticket.society, office, work) if to_holder else ""
    return wording.move(move.what, mover(move, ticket, office, work), when, to, move.text)


def _deliveries(ticket: Ticket, office: Office, work: Work) -> tuple[str, ...]:
    """A line for each reply to the asker and by e-mail; for staff's own conversations only where it did not arrive.
    Of the queries that are joined to it, what went to their askers."""
    lines = []
    for one in work.tickets.deliveries(ticket.id):
        to_asker, by_mail = one.conversation == ticket.conversation, one.conversation.startswith("email:")
        if not (to_asker or by_mail or one.stage in (Stage.FAILED, Stage.RETRYING)):
            continue
        to_asker = to_asker and one.about != TO_ADMIN
        target = wording.THE_ASKER if to_asker else wording.THE_DESK
        if one.about == TO_ADMIN:
            target = wording.WHO_RUNS_IT
        elif by_mail:
            target = wording.mail_to(one.conversation.split(":", 2)[-1])
        lines.append(_delivery(target, one, to_asker, office, work))
    for joined in work.tickets.joined_to(ticket.id):
        lines += [
            _delivery(wording.asker_of(joined.id), one, True, office, work)
            for one in work.tickets.deliveries(joined.id)
            if one.conversation == joined.conversation
        ]
    return tuple(lines)


def _delivery(target: str, one: Delivery, to_asker: bool, office: Office, work: Work) -> str:
    return wording.delivery(target, one, wording.local(one.at, office.hours.zone, work.now), to_asker)


def _buttons(
    ticket: Ticket, lead: Ticket | None, alike: Sequence[Ticket], history: Sequence[Move]
) -> tuple[Button, ...]:
    name, version = ticket.id, ticket.version
    if not ticket.waits:
        again = () if is_withdrawn(history) else (Button("reopen", wording.REOPEN, ReopenTicket(name, version)),)
        closing = Button("close", wording.CLOSE, Close(name, version, ""))
        return (*again, *([closing] if ticket.state is State.ANSWERED else []))
    to_claim = ticket.state is State.OPEN and not lead
    found = [*_decides(ticket), *([Button("claim", wording.CLAIM, Claim(name, version))] if to_claim else [])]
    if lead:
        found.append(Button("show", wording.show(lead.id), ShowTicket(lead.id)))
    else:
        found.append(Button("answer", wording.ANSWER_IT, AnswerQuery(name, version, "")))
    found.append(Button("ask_back", wording.ASK_BACK, AskBack(name, version, "")))
    found.append(Button("hand_over", wording.HAND_OVER, HandOver(name, version, "")))
    if not ticket.named:
        found.append(Button("ask_for_name", wording.ASK_FOR_NAME, AskForName(name, version)))
    if alike and not lead:
        found.append(Button("join", wording.JOIN, Join(name, version, tuple(one.id for one in alike))))
    return (*found, Button("close", wording.CLOSE, Close(name, version, "")))


def _decides(ticket: Ticket) -> tuple[Button, ...]:
    """What grants it, where more than an answer is asked for."""
    match came_of(ticket.key):
        case "takeover", _:
            return (Button("agree", wording.AGREE, AgreeTakeOver(ticket.id, ticket.version)),)
        case "request", _:
            where = next((part.text for part in ticket.dossier.parts if part.id == Field.HANDLE), "")
            return (Button("approve", wording.APPROVE, ApproveRequest(ticket.id, ticket.version, *proposed(where))),)
        case _:
            return ()
