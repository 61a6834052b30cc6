"""R1: every act from somebody who must not."""
import copy
from dataclasses import replace, fields
import pytest
from adapters.storage.memory import MemoryStore
from bot import acts as A
from bot.accounts.accounts import Accounts
from bot.account_requests import AccountRequest, Field, RequestState
from bot.enrolments import Enrolment, EnrolmentState as S
from bot.messages import Message
from bot.office import Office, Offices, Limits
from bot.people import NOBODY, Person, StaffMember
from bot.precedents import Precedents
from bot.register import Admin, Change, RegisterEntry, RegisterMove, AccountState
from bot.replies import Told
from bot.telling import in_plain_text, buttons_of
from bot.tickets import Dossier, Part, Ticket
from bot.ticket_keys import *
from knowledge.clauses import Party
from tests.bot.accounts.hall import checklists_of
from tests.conftest import guides_of, SAMPLE_FLOWS
from datetime import UTC, datetime, timedelta

ROOK = Person("slack:SROOK", "Rook Marsh")
CARO = Person("slack:SCARO", "Caro Lake")  # oars
WREN = Person("slack:UWREN", "Wren Ashby")
FINCH = Person("slack:UFINCH", "Finch Vale")  # leaving
FORMER = Person("slack:UFORMER", "Fulmar Gone")
OARS = Person("slack:UOARS", "Otter Stream")
INV = {s: Person(f"slack:UE{s.value.upper()}".replace("_", ""), f"Person {s.value.title()}") for s in S}
REQ = Person("slack:UREQ", "Reed Quest")
MEM = Person("slack:UMEM", "Merle Member")
ASK = Person("slack:UASK", "Asker Heron")
SECRETS = ["UWREN", "UFINCH", "Wren Ashby", "Finch Vale", "Asker Heron", "UASK", "Reed Quest", "UREQ", "SECRETWORDS"] + [p.account[6:] for p in INV.values()]


class World:
    def __init__(self, library):
        self.library, self.guides = library, guides_of(library, folder=SAMPLE_FLOWS)
        self.checklists = checklists_of(library, self.guides)
        self.now = datetime(2026, 11, 23, 10, 4, tzinfo=UTC)
        self.store = MemoryStore(lambda: self.now)
        self.offices = Offices({"larks": Office("larks", "the choir office", "slack:CDESK:", limits=Limits(queries_a_day=1000, open_queries=1000, messages_a_minute=100000)), "oars": Office("oars", "the boathouse", "slack:COARS:")})
        self.precedents = Precedents(library)
        t = self.now
        with self.store.work() as w:
            w.staff.add(StaffMember(ROOK, "larks", "Secretary"))
            w.staff.add(StaffMember(CARO, "oars", "Cox"))
            for soc, h, adm, st in (
                ("larks", "@larks_choir", (Admin(WREN, t), Admin(FINCH, t, t)), AccountState.ACTIVE),
                ("larks", "@larks_young", (), AccountState.ACTIVE),
                ("oars", "@oars_crew", (Admin(OARS, t),), AccountState.ACTIVE),
                ("larks", "@larks_shut", (Admin(WREN, t),), AccountState.CLOSED),
            ):
                w.register.add(RegisterEntry("", soc, h, "Twitter", "The group", "To sing", "Town", st, adm), RegisterMove("", 1, t, ROOK, Change.ADDED))
            for s in S:
                e = w.enrolments.add(Enrolment("", "larks", "2", INV[s], WREN if s is S.ASKED_FOR else ROOK, s, t, t, INV[s].account + ":"))
            self.take = w.tickets.open(self.tk(key_of_take_over("1"), WREN))[0].id
            for st in (RequestState.GATHERING, RequestState.SENT):
                r = w.requests.add(AccountRequest("", "larks", REQ, REQ.account + ":", t, ((Field.GROUP, "SECRETWORDS"), (Field.PURPOSE, "p"), (Field.AUDIENCE, "a"), (Field.CONTENT, "c"), (Field.WATCHING, "w"), (Field.HANDLE, "@larks_new on Twitter"), (Field.QUESTIONS, ""), (Field.ADMINS, "me")), st, active=t))
            k = w.tickets.open(self.tk(key_of_request("2"), REQ))[0]
            w.requests.change(replace(r, ticket=k.id, version=2))
            w.tickets.open(self.tk(key_of_message("1", "abc"), ASK, named=False))
            w.tickets.open(self.tk(key_of_query("77"), ASK))
            w.tickets.open(self.tk(key_of_message("3", "abd"), ASK, society="oars"))
            w.tickets.open(self.tk(key_of_advice("1"), REQ))

    def tk(self, key, who, named=True, society="larks"):
        return Ticket(id="", key=key, society=society, role=Party.MEMBER, asker=who, named=named, conversation=who.account + ":", to=(), dossier=Dossier("SECRETWORDS of query", (Part("question", "q", "SECRETWORDS"),), (), alone=True), opened=self.now)

    def does(self, act, who, society="larks"):
        store = copy.copy(self.store)
        with self.store.work() as w:
            acc = Accounts(self.library, self.guides, self.checklists, self.offices, self.precedents, w)
            place = f"{who.account or 'slack:anon'}:"
            replies = acc.act(Message(place, "", society, Party.MEMBER, who, act))
            mine = [r for r in replies if r.conversation == place]
            others = [r for r in replies if r.conversation != place]
        return mine, others

    def snap(self):
        with self.store.work() as w:
            return (
                tuple(w.register.get(str(i)) for i in range(1, 9)),
                tuple(replace(e, active=self.now, place="") if e else None for e in (w.enrolments.get(str(i)) for i in range(1, 12))),
                tuple(w.requests.get(str(i)) for i in range(1, 4)),
                tuple(w.tickets.get(str(i)) for i in range(1, 12)),
            )


def all_acts():
    ids = [str(i) for i in range(0, 9)] + ["", "999999999999999999999", "abc", "٣", "@larks_choir"]
    for i in ids:
        yield A.ShowOnboarding(i); yield A.AcceptInvitation(i); yield A.DeclineInvitation(i); yield A.Snooze(i)
        yield A.EndEnrolment(i, 0); yield A.EndEnrolment(i, 1)
        yield A.AnswerStep(i, "media", "", "I have read this"); yield A.AnswerStep(i, "purpose", "words", "PWNED")
        yield A.ConfirmRead(i); yield A.ConfirmChange(i, "larks/accounts/tone", "x")
        yield A.Invite(i, "slack:UMEM"); yield A.Invite(i, "")
        yield A.AgreeTakeOver(i, 0); yield A.AgreeTakeOver(i, 1)
        yield A.ShowEntry(i); yield A.PutEntry("larks", i, 0, "@pwned", "Twitter", "G"); yield A.PutEntry("", i, 0, "@pwned", "Twitter", "G")
        yield A.CloseEntry(i, 0); yield A.ReopenEntry(i, 0); yield A.AddAdmin(i, 0, "slack:UMEM"); yield A.RemoveAdmin(i, 0, "slack:UWREN")
        yield A.Leave(i); yield A.Stay(i); yield A.ConfirmEntry(i, 0, purpose="PWNED"); yield A.ConfirmEntry(i, 1, active=False)
        yield A.AnswerMessage(i, "PWNED"); yield A.AnswerMessage(i, "")
        yield A.FillRequest(i, "group", "PWNED"); yield A.SendRequest(i, 0); yield A.DropRequest(i); yield A.AskAdvice(i); yield A.AskAdvice(i, True)
        if i: yield A.RequestAccount(i)
        yield A.ApproveRequest(i, 0); yield A.ApproveRequest(i, 1, "@pwned", "Twitter")
        yield A.TakeOver(i, False); yield A.PassOn(i, "", False, False)
    yield A.ShowRegister("larks"); yield A.ShowRegister("oars"); yield A.ShowRegister("", "admins"); yield A.ShowReviews("larks"); yield A.ShowReviews("")


WHO = [("nobody", NOBODY, "larks"), ("nobody-open", NOBODY, None), ("member", MEM, "larks"), ("member-open", MEM, None), ("member-at-oars", MEM, "oars"),
       ("oars staff in larks", CARO, "larks"), ("oars staff open", CARO, None), ("oars admin in larks", OARS, "larks"), ("oars admin open", OARS, None), ("former", FORMER, "larks")]


@pytest.mark.parametrize("name,who,society", WHO)
def test_strangers(sample_library, name, who, society):
    bad = []
    world = World(sample_library)
    before = world.snap()
    base = copy.deepcopy(world.store.__dict__) if False else None
    for act in all_acts():
        try:
            mine, others = world.does(act, who, society)
        except Exception as e:
            bad.append((act, "RAISES", repr(e)[:200])); continue
        after = world.snap()
        if after != before:
            for a, b in zip(before, after):
                for x, y in zip(a, b):
                    if x != y: bad.append((act, "CHANGED", str(x)[:200], str(y)[:300]))
            before = after
        text = "\n".join(in_plain_text(r) for r in mine) + repr([b.act for r in mine for b in buttons_of(r)])
        for s in SECRETS:
            if s in text and s not in repr(act):
                bad.append((act, "LEAK", s, text[:200]))
        if others:
            bad.append((act, "OTHERS", [(o.conversation, in_plain_text(o)[:100]) for o in others]))
        if not mine:
            bad.append((act, "SILENT"))
    for b in bad: print(name, b)
    assert not bad


@pytest.mark.parametrize("who", [WREN, FINCH] + list(INV.values()) + [REQ])
def test_partial(sample_library, who):
    """prints what those with some right can change"""
    seen = set()
    for act in all_acts():
        world = World(sample_library)
        before = world.snap()
        try:
            mine, others = world.does(act, who)
        except Exception as e:
            print("RAISES", act, repr(e)[:200]); continue
        after = world.snap()
        for a, b in zip(before, after):
            for x, y in zip(a, b):
                if x != y:
                    d = [(f.name, getattr(x, f.name) if x else None, getattr(y, f.name)) for f in fields(y) if f.name != "version" and (x is None or getattr(x, f.name) != getattr(y, f.name))] if y else "gone"
                    line = (str(act), type(y).__name__, str(d)[:260])
                    if line not in seen:
                        seen.add(line); print(who.account, *line)
        text = "\n".join(in_plain_text(r) for r in mine) + repr([b.act for r in mine for b in buttons_of(r)])
        for s in SECRETS:
            if s in text and s not in repr(act) and s not in who.account and s not in who.name:
                print("LEAK?", who.account, act, s, text[:300].replace("\n", " / "))
        if not mine: print("SILENT", who.account, act)
    assert 0
