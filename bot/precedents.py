"""Rulings of the office taken into answers: beside a clause, or in place of what the policy leaves open."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import log
from threading import Lock
from weakref import WeakSet

from bot import wording_of_rulings as wording
from bot.acts import Say
from bot.askers_words import answered_with, as_it_is_now, is_still_same, own_words
from bot.office import Offices
from bot.ports import Work
from bot.replies import Answered, Button, CitedRuling, Guided, NotAnswered, Paragraph, Reply, Ruled
from bot.rulings import Ruling
from bot.wording_of_times import day
from knowledge.answers import Question, Reason
from knowledge.citations import CitationFault
from knowledge.clauses import ROLES, Force, Party, Policy, Verdict
from knowledge.encoding import Floats
from knowledge.lexical import Bm25
from knowledge.library import Library
from knowledge.questions import plain
from knowledge.rulings.precedents import Form, How, Matcher, Near, Precedent

_NEVER = (Reason.SMALL_TALK, Reason.MANIPULATION, Reason.ABUSE)  # reasons beside which no ruling is shown
_RULING = (Verdict.YES, Verdict.NO)
_MOST_LIKE = 2
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
        rulings = self._read(work).rulings
        return any(
            not self._is_out_of_date(rulings[precedent.id])
            for role in ROLES
            for precedent in self.on_same(text, society, role, work)
        )

    def on_same(self, text: str, society: str, role: Party, work: Work) -> tuple[Precedent, ...]:
        """The standing rulings on the very same question, latest first."""
        found = self._read(work).matcher.on_same(text, society, role)
        return tuple(near.precedent for near in found if is_still_same(near, work))

    def taken_into(self, replies: list[Reply], question: Question, conversation: str, work: Work) -> list[Reply]:
        """Replies to a question with the rulings that bear on it.

        A ruling on the very same question answers it where the policy leaves it open: where it is silent, or where the
        clauses require and forbid nothing. Else it is shown beside, as is one on a like question. None speaks for
        another society, and none that says yes where a clause forbids, or whose clauses have changed, ever answers.
        """
        main = next((reply for reply in replies if isinstance(reply, Answered | NotAnswered | Guided)), None)
        if main is None or (isinstance(main, NotAnswered) and main.reason in _NEVER):
            return list(replies)
        read = self._read(work)
        found = [as_it_is_now(near, work) for near in read.matcher.bearing(question)]
        bearing = [(read.rulings[near.precedent.id], near) for near in found]
        if not bearing:
            return list(replies)
        policy = self._library.policy_of(question.society)
        taken = self._taken(main, question.text, bearing, policy, conversation)
        return [taken if reply is main else reply for reply in replies]

    def _taken(
        self,
        main: Answered | NotAnswered | Guided,
        text: str,
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
            if not _said(main) and not self._is_settled(main) and not self._says_otherwise(ruling, main):
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
        return _with_beside(main, (*beside, *self._like(main, text, bearing, office)))

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
        if said == {ruling.verdict}:
            return wording.agrees(office)
        as_well = ruling.verdict is Verdict.INFO or (not said and ruling.verdict not in _RULING)
        return wording.ruled_as_well(office) if as_well else wording.contradicts(office)

    def _like(self, main: Reply, text: str, bearing: Sequence[tuple[Ruling, Near]], office: str) -> list[CitedRuling]:
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
        remarks = {True: wording.in_same_words(office), False: wording.like(office)}
        return [_cited(near, remarks[_words(near.precedent.question) == _words(text)]) for near in like[:_MOST_LIKE]]

    def _is_settled(self, main: Reply) -> bool:
        """Whether a clause requires or forbids something there, though the answer may still depend on a fact."""
        return not isinstance(main, NotAnswered) and any(
            force.forbids or force.requires for force in self._forces(_clauses_of(main))
        )

    def _says_otherwise(self, ruling: Ruling, main: Reply) -> bool:
        """Whether it says yes where a clause forbids, or no where one allows: one it rests on, or one that is cited."""
        forces = self._forces([*ruling.clauses, *_clauses_of(main)])
        if ruling.verdict is Verdict.YES:
            return any(force.forbids for force in forces)
        return ruling.verdict is Verdict.NO and Force.MAY in forces

    def _forces(self, names: Sequence[str]) -> list[Force]:
        return [clause.force for name in names if (clause := self._library.clause(name)) is not None]

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
        texts = {form.text for precedent in precedents for form in precedent.forms}
        self._vectors = {text: vector for text, vector in self._vectors.items() if text in texts}
        lexicons = {society: self._library.index.lexicons[society] for society in {one.society for one in held}}
        rarity = {society: _rarity(lexicon) for society, lexicon in lexicons.items()}
        return _Read(revision, Matcher(precedents, self._vector, rarity), {ruling.id: ruling for ruling in held})

    def _vector(self, text: str) -> Floats | None:
        """The vector of a text; those of rulings are kept, since each takes some milliseconds."""
        kept = self._vectors.get(text)
        return kept if kept is not None else self._library.retrieval.vector(text)

    def _precedent(self, ruling: Ruling, work: Work) -> Precedent:
        answered = answered_with(ruling, work)
        others = [Form(words, one.role, one.id) for one in answered if (words := own_words(one, work))]
        forms = (Form(ruling.question, ruling.role), *others)
        for form in forms:
            vector = self._vector(form.text)
            if vector is not None:
                self._vectors[form.text] = vector
        return Precedent(
            ruling.id,
            ruling.society,
            ruling.question,
            ruling.verdict,
            ruling.words,
            ruling.clauses,
            day(ruling.made, self._offices.of(ruling.society)),
            self._library.policy_of(ruling.society).office,
            forms,
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


def _said(main: Reply) -> set[Verdict]:
    """The yeses and noes that the policy gives; none where it leaves the question open."""
    parts = main.answer.parts if isinstance(main, Answered) else ()
    return {part.verdict for part in parts if part.verdict in _RULING}


def _clauses_of(main: Reply) -> list[str]:
    """The clauses that an answer cites or rests on, or that a guided decision opens with or settles."""
    match main:
        case Answered():
            held = [clause.id for part in main.answer.parts for clause in part.clauses]
            return [*held, *(citation.clause for citation in main.answer.citations)]
        case NotAnswered():
            return [citation.clause for citation in main.unanswered.citations]
        case Guided():
            return [*(citation.clause for citation in main.told.citations), *main.settles]
        case _:
            return []


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", plain(text).casefold())


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
