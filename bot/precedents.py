"""Rulings of the office taken into answers: beside a clause, or in place of what the policy leaves open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import log
from threading import Lock
from weakref import WeakSet

from bot import wording_of_rulings as wording
from bot.acts import Say
from bot.office import Offices
from bot.ports import Work
from bot.replies import Answered, Button, CitedRuling, Guided, NotAnswered, Paragraph, Reply, Ruled
from bot.rulings import Ruling
from bot.tickets import Ticket
from bot.wording_of_times import day
from knowledge.answers import Citation, Question, Reason
from knowledge.citations import CitationFault
from knowledge.clauses import ROLES, Party, Policy, Verdict
from knowledge.encoding import Floats
from knowledge.lexical import Bm25
from knowledge.library import Library
from knowledge.rulings.precedents import How, Matcher, Near, Precedent

_NEVER = (Reason.SMALL_TALK, Reason.MANIPULATION, Reason.ABUSE)  # reasons beside which no ruling is shown
_RULING = (Verdict.YES, Verdict.NO)
_MOST_LIKE = 2
_FEWEST_WORDS = 4  # of a question in an asker's words, to say enough by itself
_SURE = 1.0  # that the question was understood: it is the one that was ruled on


@dataclass(frozen=True, slots=True)
class _Read:
    """The standing rulings as they were read at one revision."""

    revision: int
    matcher: Matcher
    rulings: dict[str, Ruling]


class Precedents:
    """The standing rulings, for all units of work of a process. They are read again when any of them has changed."""

    def __init__(self, library: Library, offices: Offices | None = None) -> None:
        self._library, self._offices = library, offices or Offices({})
        self._lock = Lock()
        self._last: _Read | None = None
        self._vectors: dict[str, Floats] = {}
        self._unsettled: WeakSet[Work] = WeakSet()
        self._rarity = {society: _rarity(lexicon) for society, lexicon in library.index.lexicons.items()}

    def refreshed(self, work: Work) -> Matcher:
        """What finds the rulings that bear on a question, as they stand in this work."""
        return self._read(work).matcher

    def unsettled(self, work: Work) -> None:
        """Says that rulings are changed in this work. It may be undone, so nothing read in it is remembered."""
        self._unsettled.add(work)

    def nearest(self, text: str, society: str, work: Work) -> Ruling | None:
        """The ruling nearest to a text that still holds, where one is near enough to be shown."""
        read = self._read(work)
        for near in read.matcher.all_near(text, society):
            ruling = read.rulings[near.precedent.id]
            if not self._is_out_of_date(ruling):
                return ruling
        return None

    def covers(self, text: str, society: str, work: Work) -> bool:
        """Whether a ruling that still holds is on this very question, whoever of those asks whom it speaks of."""
        read = self._read(work)
        return any(
            not self._is_out_of_date(read.rulings[precedent.id])
            for role in ROLES
            for precedent in read.matcher.on_same(text, society, role)
        )

    def taken_into(self, replies: list[Reply], question: Question, conversation: str, work: Work) -> list[Reply]:
        """Replies to a question with the rulings that bear on it.

        A ruling on the very same question answers it where the policy leaves it open; beside a clause that answers, it
        is shown. One that is like it is shown beside. None speaks for another society, and none that says yes where a
        clause forbids, or whose clauses have changed, ever answers.
        """
        main = next((reply for reply in replies if isinstance(reply, Answered | NotAnswered | Guided)), None)
        if main is None or (isinstance(main, NotAnswered) and main.reason in _NEVER):
            return list(replies)
        read = self._read(work)
        bearing = [(read.rulings[near.precedent.id], near) for near in read.matcher.bearing(question)]
        if not bearing:
            return list(replies)
        policy = self._library.policy_of(question.society)
        taken = self._taken(main, bearing, policy, conversation)
        return [taken if reply is main else reply for reply in replies]

    def _taken(
        self,
        main: Answered | NotAnswered | Guided,
        bearing: list[tuple[Ruling, Near]],
        policy: Policy,
        conversation: str,
    ) -> Reply:
        office = policy.office
        same = [(ruling, near) for ruling, near in bearing if near.how is How.SAME]
        held = [(ruling, near) for ruling, near in same if not self._is_out_of_date(ruling)]
        verdicts = {ruling.verdict for ruling, _ in held}
        if len(verdicts) == 1:
            ruling, near = held[0]
            if not _said(main) and not self._is_forbidden(ruling, main):
                return self._ruled(main, ruling, near, policy, conversation)
        beside = []
        for ruling, near in same:
            if (ruling, near) not in held:
                remark = wording.out_of_date(office)
            elif len(verdicts) > 1:
                remark = wording.differ(office)
            else:
                remark = self._remark(main, ruling, office)
            beside.append(_cited(near, remark))
        return _with_beside(main, (*beside, *self._like(main, bearing, office)))

    def _ruled(self, main: Reply, ruling: Ruling, near: Near, policy: Policy, conversation: str) -> Ruled:
        told = Paragraph(
            wording.ruled(ruling.verdict, policy.office),
            self._library.cite(ruling.clauses, ruling.society),
            wording.ruled_as_open(policy.known_as),
        )
        buttons = (Button("guide", wording.STEP_BY_STEP, Say(main.title)),) if isinstance(main, Guided) else ()
        return Ruled(conversation, told, _cited(near, ""), ruling.verdict, _SURE, buttons)

    def _remark(self, main: Reply, ruling: Ruling, office: str) -> str:
        """How a ruling on the very same question bears on an answer that stands beside it."""
        said = _said(main)
        if not said:
            return wording.contradicts(office)  # it was kept from answering: it says yes where a clause forbids
        if said == {ruling.verdict}:
            return wording.agrees(office)
        return wording.ruled_as_well(office) if ruling.verdict is Verdict.INFO else wording.contradicts(office)

    def _like(self, main: Reply, bearing: Sequence[tuple[Ruling, Near]], office: str) -> list[CitedRuling]:
        """Rulings on like questions, as far as they help: none beside what was not understood, no yes beside a no."""
        if isinstance(main, NotAnswered) and main.reason is Reason.VAGUE:
            return []
        says_no = Verdict.NO in _said(main)
        like = [
            near
            for ruling, near in bearing
            if near.how is How.LIKE
            and not self._is_out_of_date(ruling)
            and not (says_no and ruling.verdict is Verdict.YES)
        ]
        return [_cited(near, wording.like(office)) for near in like[:_MOST_LIKE]]

    def _is_forbidden(self, ruling: Ruling, main: Reply) -> bool:
        """Whether it says yes where a clause forbids: one that it rests on, or one that answers or opens a flow."""
        if ruling.verdict is not Verdict.YES:
            return False
        names = [*ruling.clauses, *(citation.clause for citation in _leading(main))]
        clauses = [self._library.clause(name) for name in names]
        return any(clause is not None and clause.force.forbids for clause in clauses)

    def _is_out_of_date(self, ruling: Ruling) -> bool:
        if ruling.flagged or changed_clauses(ruling, self._library):
            return True
        try:
            self._library.cite(ruling.clauses, ruling.society)
        except (KeyError, CitationFault):
            return True
        return False

    def _read(self, work: Work) -> _Read:
        revision = work.rulings.revision()
        last = self._last
        if work not in self._unsettled and last is not None and last.revision == revision:
            return last
        with self._lock:
            if work in self._unsettled:
                return self._read_anew(revision, work)
            if self._last is None or self._last.revision != revision:
                self._last = self._read_anew(revision, work)
            return self._last

    def _read_anew(self, revision: int, work: Work) -> _Read:
        held = [ruling for ruling in work.rulings.standing() if ruling.society in self._library.societies]
        precedents = [self._precedent(ruling, work) for ruling in held]
        texts = {text for precedent in precedents for text, _ in precedent.forms}
        self._vectors = {text: vector for text, vector in self._vectors.items() if text in texts}
        return _Read(revision, Matcher(precedents, self._vector, self._rarity), {ruling.id: ruling for ruling in held})

    def _vector(self, text: str) -> Floats | None:
        """The vector of a text; those of rulings are kept, since each takes some milliseconds."""
        kept = self._vectors.get(text)
        return kept if kept is not None else self._library.retrieval.vector(text)

    def _precedent(self, ruling: Ruling, work: Work) -> Precedent:
        ticket = work.tickets.get(ruling.ticket) if ruling.ticket else None
        role = ticket.role if ticket else Party.MEMBER
        forms = [(ruling.question, role)]
        if ticket is not None:
            forms += [(words, one.role) for one in answered_by(ticket, work) if (words := own_words(one))]
        for text, _ in forms:
            vector = self._vector(text)
            if vector is not None:
                self._vectors[text] = vector
        return Precedent(
            ruling.id,
            ruling.society,
            ruling.question,
            ruling.verdict,
            ruling.words,
            ruling.clauses,
            day(ruling.made, self._offices.of(ruling.society)),
            self._library.policy_of(ruling.society).office,
            tuple(dict.fromkeys(forms)),
        )


def contradicted(reply: Reply) -> bool:
    """Whether a ruling of the office stands beside an answer that says otherwise: then the office should settle it."""
    rulings = reply.rulings if isinstance(reply, Answered | NotAnswered) else ()
    remarks = reply.told.remarks if isinstance(reply, Guided) else ""
    return wording.CONTRADICTS in remarks or any(ruling.remark.startswith(wording.CONTRADICTS) for ruling in rulings)


def changed_clauses(ruling: Ruling, library: Library) -> tuple[str, ...]:
    """The clauses that a ruling rests on which no longer read as they did when it was made, or are gone."""
    changed = []
    for name, text in zip(ruling.clauses, ruling.texts, strict=True):
        clause = library.clause(name)
        if clause is None or clause.text != text:
            changed.append(name)
    return tuple(changed)


def answered_by(ticket: Ticket, work: Work) -> tuple[Ticket, ...]:
    """A ticket, and those that its answer answers as well."""
    return (ticket, *work.tickets.joined_to(ticket.id))


def own_words(ticket: Ticket) -> str:
    """What somebody asked, where that says all by itself; empty where it goes with a post or with what was answered
    before, for then the same words may ask of something else."""
    question = ticket.dossier.question.strip()
    told = any(part.id in ("responses", "post") for part in ticket.dossier.parts)
    alone = not told and "\n" not in question and len(question.split()) >= _FEWEST_WORDS
    return question if alone else ""


def _said(main: Reply) -> set[Verdict]:
    """The yeses and noes that the policy gives; none where it leaves the question open."""
    parts = main.answer.parts if isinstance(main, Answered) else ()
    return {part.verdict for part in parts if part.verdict in _RULING}


def _leading(main: Reply) -> tuple[Citation, ...]:
    """The citations of the clauses that lead an answer, or that a guided decision turns on."""
    match main:
        case Answered():
            first = {part.clauses[0].id for part in main.answer.parts}
            return tuple(citation for citation in main.answer.citations if citation.clause in first)
        case Guided():
            return main.told.citations
        case _:
            return ()


def _cited(near: Near, remark: str) -> CitedRuling:
    precedent = near.precedent
    cited = wording.source(precedent.office, precedent.dated)
    return CitedRuling(
        precedent.id, cited, precedent.question, precedent.verdict, precedent.words, precedent.clauses, remark
    )


def _with_beside(main: Answered | NotAnswered | Guided, rulings: tuple[CitedRuling, ...]) -> Reply:
    if not rulings:
        return main
    if not isinstance(main, Guided):
        return replace(main, rulings=(*main.rulings, *rulings))
    if not main.told.opening:  # on the way through it there is nothing to stand beside
        return main
    first = rulings[0]
    said = wording.beside_a_flow(first.remark, first.question, first.words, first.source)
    return replace(main, told=replace(main.told, remarks=f"{main.told.remarks} {said}".strip()))


def _rarity(lexicon: Bm25) -> Callable[[str], float]:
    weights = dict(zip(lexicon.vocabulary, lexicon.rarity.tolist(), strict=True))
    return partial(_weight, weights, log(1 + (lexicon.size + 0.5) / 0.5))


def _weight(weights: dict[str, float], unknown: float, term: str) -> float:
    return weights.get(term, unknown)
