"""Who runs an account, where somebody asks that: the group, as it is listed, and a way to write to them; no names."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot import wording_of_accounts as wording
from bot.accounts.naming import find, handles_in, named
from bot.accounts.showing_register import ShowingRegister
from bot.acts import PassOn
from bot.messages import Message
from bot.office import Offices
from bot.ports import Turn, Work
from bot.register import AccountState, RegisterEntry
from bot.replies import Answered, Button, NotAnswered, Paragraph, Reply, Ruled
from bot.telling_answers import told_of
from bot.wording_of_messages import PASS_ON
from knowledge.answers import Answer, Part, Reason
from knowledge.clauses import Party, Policy, Verdict
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists
from knowledge.questions import plain, read, spelt_out

_LONGEST = 160  # characters; a longer message says more than that somebody asks who runs an account
_SURE = 0.9  # of what is read off the words by a rule
_LEAD = (
    r"(?:(?:hi|hello|hey|please|so|and|ok|sorry|do you know|does anyone know|(?:can|may|could) i ask"
    r"|(?:can|could|would) you (?:please )?tell me|tell me"
    r"|i (?:wonder|would like to know|want to know|need to know)|any idea),? )*"
)
_ACCESS = (
    r"(?:the )?(?:log ?ins?|logon|access|keys|credentials|admin(?:istrator)? rights|control|responsibility|charge)"
)
_PEOPLE = r"(?:people|person|team|admins?|administrators?|owners?|manager|contact|folks?|ones?)"
_WHO = (
    r"who(?: is| are|'s|'re)?(?: it)?(?: that)?(?: currently| now| actually| really)? ?(?:"
    r"(?:runs?|manages?|maintains?|looks? after|is looking after|operates?|administers?|keeps?|controls?|owns?|updates?"
    r"|handles?|curates?|posts? (?:on|from|for|to)|tweets? (?:on|from|for|as)|writes? (?:on|for)|running|managing"
    r"|maintaining|looking after|operating|administering|behind|on the other end of|in charge of|responsible for)"
    rf"|(?:has|have|got|holds?) {_ACCESS} (?:of|to|for|over)"
    rf"|(?:the )?{_PEOPLE} (?:behind|of|for|on|who runs?|running|at))"
)
_REACH = (
    r"(?:how|where) (?:do|can|could|should|would|might) (?:i|we|you|one|somebody|someone) (?:best )?"
    r"(?:contact|reach|get (?:hold of|in touch with)|write to|message|speak to|talk to|get a message to|e-?mail)"
)
_WHOM = (
    r"(?:whom?|which person) (?:do|can|could|should) (?:i|we) (?:contact|ask|write to|speak to|talk to|message)"
    r"(?: about| at| for)?"
)
_THOSE = (
    rf"(?: (?:the |those )?(?:{_PEOPLE}|whoever|who)(?: (?:who|that))?(?: (?:is|are))?"
    r"(?: (?:behind|of|for|at|on|runs?|running|manages?|looks? after|in charge of))?)?"
)
_AND = r"(?: and .{0,60})?"  # "... and what is their e-mail?"
_ASKED = re.compile(rf"{_LEAD}(?:{_WHO}|{_REACH}|{_WHOM}){_THOSE} (?P<account>.{{1,80}}?){_AND}[\s?!.]*")
_WHOSE = re.compile(rf"{_LEAD}whose (?:account |handle |page |feed )?is (?P<account>.{{1,80}}?)[\s?!.]*")
# What tells that an account is meant, and not a group, a magazine or a course: a word for it, a handle, or letters.
_ACCOUNT = re.compile(
    r"\b(?i:accounts?|pages?|feeds?|handles?|twitter|x|profiles?|channels?|linkedin|facebook|instagram)\b"
    r"|@\w|_\w|\b[A-Z]{2,}\w*$"
)
_POSTS = re.compile(r"\b(?:tweet|post)s? (?:on|from|for|as|to)\b", re.IGNORECASE)


class WhoRuns:
    """Adds to what was answered, in one unit of work, where somebody asks who runs an account."""

    def __init__(self, library: Library, checklists: Checklists, offices: Offices, work: Work) -> None:
        self._library, self._checklists, self._offices, self._work = library, checklists, offices, work
        self._register = ShowingRegister(library, checklists, offices, work)

    def beside(self, message: Message, replies: list[Reply]) -> list[Reply]:
        """What was answered, with whose the account is, that nobody is named, and the button that passes a message on.

        An answer keeps its verdict and its clauses. Where none was found, the clause that lists accounts is cited.
        """
        told = next((one for one in replies if isinstance(one, Answered | NotAnswered | Ruled)), None)
        account = account_asked_after(message.text) if message.act is None else ""
        if told is None or not account:
            return replies
        society = self._society(message, told)
        found = self._named(account, society)
        missing = "" if found else self._missing(account, society)
        if not found and not missing:
            return replies
        changed = self._with(message, told, found, society, missing)
        return [changed if one is told else one for one in replies]

    def _society(self, message: Message, told: Answered | NotAnswered | Ruled) -> str:
        match told:
            case Answered():
                return told.answer.policy.society
            case NotAnswered():
                return told.unanswered.policy.society
            case Ruled():
                turn = self._turn(message)
                return message.society or (turn.society if turn else "")

    def _named(self, account: str, society: str) -> tuple[RegisterEntry, ...]:
        """The accounts in use that are asked after; of a policy's own list where the register has none yet."""
        return named(account, [one for one in self._known(society) if one.state is not AccountState.CLOSED])

    def _known(self, society: str) -> list[RegisterEntry]:
        """All accounts of a society; of a policy's own list where the register has none yet."""
        entries, checklist = list(self._work.register.of(society)), self._checklists.of(society)
        if not entries and checklist is not None:
            return [RegisterEntry("", society, one.handle, one.platform, one.group) for one in checklist.accounts]
        return entries

    def _missing(self, account: str, society: str) -> str:
        """What is said of a handle that no account in use has; empty where none is written, or no account is known."""
        handles, known = handles_in(account), self._known(society)
        if not handles or not known:
            return ""
        closed = find(handles[0], known)
        return wording.not_used(closed[0].handle) if closed else wording.not_on_register(handles[0])

    def _with(
        self,
        message: Message,
        told: Answered | NotAnswered | Ruled,
        found: tuple[RegisterEntry, ...],
        society: str,
        missing: str,
    ) -> Reply:
        """What was answered with what the register says, or what is `missing` there. That is no part of the clause, and
        stands below it."""
        if isinstance(told, NotAnswered):
            told = self._listing(message, told, society) or told
        buttons = self._buttons(message, found)
        remarks = missing or self._remarks(told, found, society, bool(buttons))
        match told:
            case Answered():
                next_step = " ".join(filter(None, [remarks, told.next_step]))
                return replace(told, next_step=next_step, buttons=(*buttons, *told.buttons))
            case Ruled():
                return replace(told, told=_beside(told.told, remarks), buttons=(*buttons, *told.buttons))
            case NotAnswered():
                paragraph = _beside(told.paragraph, remarks)
                return replace(told, paragraph=paragraph, buttons=(*buttons, *told.buttons))

    def _listing(self, message: Message, told: NotAnswered, society: str) -> Answered | None:
        """The answer that the clause which lists accounts gives; None where none is held, or nothing was to be read."""
        cited = self._register.cited(society)
        clause = self._library.clause(cited[0].clause) if cited else None
        if clause is None or told.reason in (Reason.MANIPULATION, Reason.ABUSE):
            return None
        policy: Policy = told.unanswered.policy
        part = Part(message.text, read(message.text), Verdict.INFO, (clause,), (), None, _SURE)
        answer = Answer(policy, self._role(message), (part,), (), cited)
        turn = self._turn(message)
        if turn is not None:  # "who says?" is about this clause then
            self._work.conversations.put(message.conversation, replace(turn, citations=cited))
        answered = told_of(answer, message.text, told.conversation)
        return answered if isinstance(answered, Answered) else None

    def _remarks(
        self,
        told: Answered | NotAnswered | Ruled,
        found: tuple[RegisterEntry, ...],
        society: str,
        can_pass_on: bool,
    ) -> str:
        office = self._offices.of(society)
        said = [wording.runs([(one.handle, one.group) for one in found if one.group])]
        said += [wording.called_now(one.handle, one.former) for one in found if one.former]
        unlisted = [one.handle for one in found if not self._register.is_listed(one)]
        if not isinstance(told, NotAnswered) and unlisted and self._register.cited(society):
            said.append(wording.not_in_policy(unlisted, office))
        elif unlisted:
            said.append(wording.no_clause(office))
        return " ".join(filter(None, [*said, wording.no_names(can_pass_on)]))

    def _buttons(self, message: Message, found: Sequence[RegisterEntry]) -> tuple[Button, ...]:
        """What begins a message to whoever runs them; nothing for who could not be answered."""
        if not message.person.account:
            return ()
        kept = [one for one in found if one.id]
        return tuple(
            Button("pass_on", PASS_ON if len(kept) == 1 else wording.pass_on_to(one.handle), PassOn(one.id))
            for one in kept
        )

    def _role(self, message: Message) -> Party:
        turn = self._turn(message)
        return (turn.role if turn else None) or message.role or Party.MEMBER

    def _turn(self, message: Message) -> Turn | None:
        return self._work.conversations.last(message.conversation, message.person.account)


def account_asked_after(text: str) -> str:
    """The words that name an account in a whole message which asks who runs it, or how to reach them; else empty."""
    said = plain(text)
    if len(said) > _LONGEST or "\n" in said:
        return ""
    for pattern in (_ASKED, _WHOSE):
        found = pattern.fullmatch(spelt_out(said))
        account = _as_written(said, found["account"]) if found is not None else ""
        if account and (_ACCOUNT.search(account) or _POSTS.search(said)):
            return account
    return ""


def _as_written(said: str, account: str) -> str:
    """Words as they stood before they were spelt out: capitals tell "MR" from "Mr"."""
    at = said.casefold().rfind(account.casefold())
    return said[at : at + len(account)] if at >= 0 else account


def _beside(paragraph: Paragraph, remarks: str) -> Paragraph:
    return replace(paragraph, remarks=" ".join(filter(None, [remarks, paragraph.remarks])))
