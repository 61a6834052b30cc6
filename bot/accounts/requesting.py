"""A group's request for a new account: gathered piece by piece, shown whole, and sent as a query to the right post."""

from collections.abc import Callable
from dataclasses import replace

from bot import acts
from bot import wording_of_requests as wording
from bot.account_requests import AccountRequest, Field, RequestState
from bot.accounts.approving import Approving
from bot.accounts.entry_texts import known_names
from bot.accounts.finding import Finding
from bot.accounts.request_steps import Steps, next_field, shown
from bot.accounts.request_tickets import RequestTickets, dossier_of
from bot.accounts.request_words import kept
from bot.accounts.waiting import shown_here
from bot.limiting import Limiting
from bot.messages import Message
from bot.office import Office, Offices
from bot.ports import Work
from bot.precedents import Precedents
from bot.replies import Button, Reply, Said, Told
from bot.ticket_keys import key_of_advice, key_of_request
from bot.wording_of_times import day
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklist, Checklists

_ATTEMPTS = 5  # at a change that the same person makes elsewhere at the same moment

_Change = Callable[[AccountRequest], AccountRequest]
_AskersAct = acts.RequestAccount | acts.FillRequest | acts.SendRequest | acts.DropRequest | acts.AskAdvice


class Requesting:
    """Requests for new accounts in one unit of work. Whoever did not begin one is told that there is none."""

    def __init__(
        self, library: Library, checklists: Checklists, offices: Offices, precedents: Precedents, work: Work
    ) -> None:
        self._library, self._checklists, self._offices, self._work = library, checklists, offices, work
        self._tickets = RequestTickets(library, offices, precedents, work)
        self._limiting = Limiting(offices, work)
        self._approving = Approving(library, checklists, offices, precedents, work)

    def act(self, message: Message) -> list[Reply]:
        """What comes of an act on a request, for whoever makes it and for the desk.

        Raises:
            TypeError: it is no such act.
        """
        if isinstance(message.act, acts.ApproveRequest):
            return self._approving.approve(message, message.act)
        if not isinstance(message.act, _AskersAct):
            raise TypeError(f"{type(message.act).__name__} is no act on a request")
        if not message.person.account:
            return [Told(message.conversation, wording.NOT_KNOWN)]
        begins = isinstance(message.act, acts.RequestAccount) and not message.act.request
        request = self._begun(message) if begins else self._own(message, message.act.request)
        if not isinstance(request, AccountRequest):
            return [request]
        checklist = self._checklists.of(request.society)
        if checklist is None:
            return [self._no_checklist(message, request.society)]
        return self._on(message, message.act, request, checklist)

    def _on(self, message: Message, act: _AskersAct, request: AccountRequest, checklist: Checklist) -> list[Reply]:
        steps = Steps(self._library, checklist, self._office(request))
        if request.state is not RequestState.GATHERING:
            words = act.given if isinstance(act, acts.FillRequest) else ""
            return [self._tickets.stands(message, words, request)]
        match act:
            case acts.RequestAccount():
                return [self._changed_and_shown(message, request, steps, _as_it_is, self._goes_on(message, request))]
            case acts.FillRequest():
                return [self._fill(message, act, request, steps)]
            case acts.SendRequest():
                return self._send(message, act, request, steps)
            case acts.AskAdvice():
                return self._advice(message, act, request, steps)
            case acts.DropRequest():
                return [self._drop(message, request)]

    def _begun(self, message: Message) -> AccountRequest | Told:
        """The request of somebody that is under way, else a new one."""
        finding = Finding(self._library, self._offices, self._work, message)
        society = finding.society()
        if not society:
            return self._which_society(message)
        if self._checklists.of(society) is None:
            return self._no_checklist(message, society)
        theirs = [one for one in self._work.requests.of(finding.accounts) if one.society == society]
        under_way = next((one for one in theirs if one.state is RequestState.GATHERING), None)
        if under_way is not None:
            return under_way
        now = self._work.now
        begun = AccountRequest("", society, message.person, message.conversation, now, active=now)
        return self._work.requests.add(begun)

    def _own(self, message: Message, name: str) -> AccountRequest | Told:
        """A request of whoever acts, also by another account of theirs."""
        request, accounts = self._work.requests.get(name), self._work.links.accounts(message.person.account)
        if request is None or not request.person.account or request.person.account not in accounts:
            return Told(message.conversation, wording.NO_SUCH_REQUEST)
        return request

    def _changed_and_shown(
        self,
        message: Message,
        request: AccountRequest,
        steps: Steps,
        change: _Change,
        before: str = "",
        last: Field | None = None,
    ) -> Reply:
        """What is asked next after a change, or the whole where nothing is; typed words are for it from now on. Where
        the same person changed it elsewhere at the same moment, they are told so."""
        now, words = self._work.now, message.act.given if isinstance(message.act, acts.FillRequest) else ""
        here = self._changed(
            request, lambda one: replace(change(one), place=message.conversation, active=now), _ATTEMPTS
        )
        if here is None:
            return Told(message.conversation, wording.TRY_AGAIN, words=words)
        shown_here(message, self._work)
        field = next_field(here)
        if field is None:
            return steps.whole(here, message.conversation, now, before)
        return steps.step(here, field, message.conversation, before, last=last)

    def _goes_on(self, message: Message, request: AccountRequest) -> str:
        """What is said to somebody who comes back to a request, or has one that went before."""
        if request.given:
            return wording.goes_on(day(request.begun, self._office(request)))
        accounts = self._work.links.accounts(message.person.account)
        for one in self._work.requests.of(accounts):
            ticket = self._work.tickets.get(one.ticket) if one.ticket else None
            if one.society == request.society and ticket is not None and ticket.waits:
                return wording.another(one.of(Field.GROUP), ticket.id, self._tickets.where(ticket))
        return ""

    def _fill(self, message: Message, act: acts.FillRequest, request: AccountRequest, steps: Steps) -> Reply:
        if act.field not in tuple(Field):
            return Told(message.conversation, wording.NO_SUCH_FIELD, words=act.given)
        field = Field(act.field)
        if not act.given.strip():
            return self._asked_again(message, request, field, steps)
        office = self._office(request)
        entries = self._work.register.of(request.society)
        names = (*known_names(request.society, office, self._work), *filter(None, (message.person.name,)))
        words, fault = kept(field, act.given, request, entries, names)
        if fault:
            said = (Said(f"{wording.NOT_TAKEN}:", act.given),)
            return self._asked_again(message, request, field, steps, fault, said)
        told = wording.noted(field, shown(field, words))
        return self._changed_and_shown(message, request, steps, lambda one: _with(one, field, words), told, field)

    def _asked_again(
        self,
        message: Message,
        request: AccountRequest,
        field: Field,
        steps: Steps,
        before: str = "",
        said: tuple[Said, ...] = (),
    ) -> Reply:
        """One field once more, where its words could not be taken, or are to be changed. What is typed next is for it
        only where it is the one that is asked for anyway."""
        now, place = self._work.now, message.conversation
        typed = field is next_field(request)
        here = self._changed(request, lambda one: replace(one, place=place, active=now if typed else None), _ATTEMPTS)
        shown_here(message, self._work)
        return steps.step(here or request, field, message.conversation, before, said)

    def _send(self, message: Message, act: acts.SendRequest, request: AccountRequest, steps: Steps) -> list[Reply]:
        if request.missing:
            return [self._changed_and_shown(message, request, steps, _as_it_is)]
        if act.version and act.version != request.version:
            return [self._changed_and_shown(message, request, steps, _as_it_is, wording.CHANGED_SINCE)]
        too_many = self._limiting.too_many_of(message.person.account, request.society)
        if too_many:
            return [Told(message.conversation, too_many)]
        going = self._changed(request, lambda one: replace(one, state=RequestState.SENT))
        if going is None:
            return [Told(message.conversation, wording.TRY_AGAIN)]
        rules, group = steps.rules, request.of(Field.GROUP)
        dossier = dossier_of(wording.request_for(group), request, (rules.tell, rules.agree))
        ticket, replies = self._tickets.opened(message, request, key_of_request(request.id), steps.posts(), dossier)
        self._work.requests.change(replace(going, ticket=ticket.id, version=going.version + 1))
        return replies

    def _advice(self, message: Message, act: acts.AskAdvice, request: AccountRequest, steps: Steps) -> list[Reply]:
        key = key_of_advice(request.id)
        there = self._work.tickets.of_key(key)
        if there is not None:
            return [self._tickets.sent_before(message, there, self._office(request))]
        if not act.confirmed:
            self._changed(request, lambda one: replace(one, active=None), _ATTEMPTS)  # what is typed now is for no step
            return [steps.advice(request, message.conversation, self._work.now)]
        too_many = self._limiting.too_many_of(message.person.account, request.society)
        if too_many:
            return [Told(message.conversation, too_many)]
        rules, question = steps.rules, wording.advice_question(request.of(Field.GROUP))
        dossier = dossier_of(question, request, (rules.advice, rules.agree))
        return self._tickets.opened(message, request, key, steps.advisers(), dossier)[1]

    def _drop(self, message: Message, request: AccountRequest) -> Reply:
        dropped = self._changed(request, lambda one: replace(one, state=RequestState.DROPPED), _ATTEMPTS)
        if dropped is None:
            return Told(message.conversation, wording.TRY_AGAIN)
        return self._tickets.given_up(message, "", dropped)

    def _changed(self, request: AccountRequest, change: _Change, attempts: int = 1) -> AccountRequest | None:
        """A request after a change that was kept, made on what it is by then; None where it could not be made, or the
        request is gathered no longer."""
        for _ in range(attempts):
            if request.state is not RequestState.GATHERING:
                return None
            after = replace(change(request), version=request.version + 1)
            if self._work.requests.change(after):
                return after
            request = self._work.requests.get(request.id) or request
        return None

    def _office(self, request: AccountRequest) -> Office:
        return self._offices.of(request.society)

    def _no_checklist(self, message: Message, society: str) -> Told:
        held = society in self._library.societies
        name = self._library.policy_of(society).organisation if held else society
        return Told(message.conversation, wording.no_checklist(name, self._offices.of(society)))

    def _which_society(self, message: Message) -> Told:
        held = (self._library.policy_of(one) for one in self._library.societies)
        buttons = tuple(Button("suggest", one.organisation, acts.Say(one.society)) for one in held)
        return Told(message.conversation, wording.WHOSE_POLICY, buttons=buttons)


def _with(request: AccountRequest, field: Field, words: str) -> AccountRequest:
    """A request in which this is said for a field."""
    given = {**dict(request.given), field: words}
    return replace(request, given=tuple((one, given[one]) for one in Field if one in given))


def _as_it_is(request: AccountRequest) -> AccountRequest:
    return request
