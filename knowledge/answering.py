"""From a question to an answer: read it, rank the clauses, decide whether any answers it, rule, quote, check."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from knowledge import citations
from knowledge.answers import Answer, Citation, Part, Question, Reason, Unanswered
from knowledge.clauses import Clause, Force, Policy, Verdict
from knowledge.index import Index
from knowledge.judging import Judgement, judge, with_choices, without_leave_to_sell
from knowledge.official import OfficialText
from knowledge.questions import Mood, Reading, divide, plain, read
from knowledge.retrieval import Passage, Ranking, Retrieval
from knowledge.verdicts import Chances

# Set on asks held back and on questions written for it, never on those that the figures are scored on.
_UNANSWERABLE = 0.5  # chance of all the reasons together from which there is no answer
# The same of a policy that nobody has reviewed: what is like the question is shown rather than passed over, and below
# this chance of having found the right clause it is shown without a ruling.
_UNANSWERABLE_UNREVIEWED, _RULING_UNREVIEWED = 0.7, 0.5
_ELSEWHERE, _OWN_BESIDE_ELSEWHERE = (
    0.5,
    0.18,
)  # chance that it is about another society's clause; least share of its own
_SECOND, _LEAST_SECOND = 0.3, 0.12  # of the first passage's score, and of all; below, a further clause is not cited
# Of having found the right clause, below which nobody is told yes; more where somebody is about to act on it.
_LEAST_SURE, _LEAST_SURE_ELSE = {Mood.PERMISSION: 0.6}, 0.4
_SURE_PART = 0.2  # of a part of a question, to count as a question of its own
_READ_OFF = 0.9  # confidence in what is read off the words by a rule; all ten cases of three sets were right
_FEWEST_KNOWN = 0.5  # of the words; with fewer it is in no language that this reads
_MOST_CLAUSES = 3
_AS_LIKELY = 0.75  # of the first clause's score, from which one that says the opposite counts as much
_MOST_WEIGHED, _WEIGHED = 4, 0.15  # clauses over which a verdict is weighed, and their least share of the first's score

_ENGLISH = re.compile(
    r"\b(?:the|is|are|you|your|what|how|who|why|when|which|my|we|this|that|with|and|does|should|have|has|not|of|to|if)\b",
    re.IGNORECASE,
)
_CONTENT = re.compile(
    r"\b(?:say|says|said|state|states|allow|allows|forbid|forbids|ban|bans|require|requires|let|lets|mention|mentions|cover|covers"
    r"|contain|contains|rule|rules|according to|under the|in the|list|lists|tell|tells|set out|sets out)\b"
)


class Answering:
    """Answers questions from one index."""

    def __init__(self, index: Index, retrieval: Retrieval, official: Mapping[str, OfficialText]) -> None:
        self._index, self._retrieval, self._official = index, retrieval, official
        self._clauses = index.clauses
        self._policies = {policy.id: policy for policy in index.policies}

    def answer(self, question: Question) -> Answer | Unanswered:
        """An answer whose citations have been checked, or the reason why there is none.

        Raises:
            KeyError: no policy of this society is held.
            CitationFault: a quote is not what stands in the index.
        """
        policy = self.policy_of(question.society)
        text = plain(question.text)
        if not re.search(r"\w", text):
            return Unanswered(text, Reason.VAGUE, policy, confidence=1.0)
        if self._foreign(text) and not self._asked_of_document(text, policy):
            return Unanswered(text, Reason.VAGUE, policy, unreadable=True, confidence=_READ_OFF)
        found = [self._part(piece, question, policy) for piece in self._pieces(text, question.society)]
        parts = tuple(part for part in found if isinstance(part, Part))
        unanswered = tuple(part for part in found if isinstance(part, Unanswered))
        if not parts:
            return self._with_citations(unanswered[0], question.society)
        cited = [clause for part in parts for clause in part.clauses]
        cited += [clause for part in unanswered for clause in part.clauses]
        return Answer(policy, question.role, parts, unanswered, self.cite(cited, question.society))

    def cite(self, clauses: Sequence[Clause], society: str) -> tuple[Citation, ...]:
        """Clauses quoted from the edition in force.

        Raises:
            CitationFault: a quote is not what stands in the index, or a clause is another society's.
        """
        quotes = citations.cite(clauses, self._policies, self._official)
        citations.check(quotes, self._clauses, self._policies, self._official, society)
        return quotes

    def policy_of(self, society: str) -> Policy:
        """The society's first policy, by which answers speak of it."""
        found = [policy for policy in self._index.policies if policy.society == society]
        if not found:
            raise KeyError(society)
        return found[0]

    def _with_citations(self, unanswered: Unanswered, society: str) -> Unanswered:
        return replace(unanswered, citations=self.cite(unanswered.clauses, society))

    def _foreign(self, text: str) -> bool:
        """Whether it is in a language that this does not read: few words are known, and none is everyday English."""
        if not re.search(r"[a-zA-Z]", text):
            return bool(re.search(r"[^\W\d_]", text))
        if len(text.split()) < 3 or _ENGLISH.search(text):
            return False
        return self._retrieval.known_share(text) < _FEWEST_KNOWN

    def _pieces(self, text: str, society: str) -> list[str]:
        """The things asked, where at least two are surely about clauses of their own; else the whole.

        A piece that is about nothing by itself ("and what do I add?") stays with the one before it.
        """
        pieces = divide(text)
        if len(pieces) < 2:
            return [text]
        by_clause: dict[str, list[str]] = {}
        waiting: list[str] = []
        for piece in pieces:
            ranking = self._retrieval.rank(piece, society)
            refused = sum(ranking.reasons.values()) >= _UNANSWERABLE
            if refused or not ranking.passages or ranking.passages[0].score < _SURE_PART:
                last = next(reversed(by_clause.values()), waiting)
                last.append(piece)
            else:
                by_clause.setdefault(ranking.passages[0].clause.id, waiting).append(piece)
                waiting = []
        return [" ".join(some) for some in by_clause.values()] if len(by_clause) > 1 else [text]

    def _part(self, text: str, question: Question, policy: Policy) -> Part | Unanswered:
        reading = read(text)
        ranking = self._retrieval.rank(text, question.society)
        refused = self._refused(text, reading, ranking, policy)
        if refused is not None:
            return refused
        first = ranking.passages[0]
        if first.clause.force is Force.GAP:
            gaps = [passage.clause for passage in _close(ranking.passages) if passage.clause.force is Force.GAP]
            return Unanswered(text, Reason.GAP, policy, tuple(gaps[:2]), confidence=ranking.confidence)
        reading = with_choices(reading, question)
        first, verdict = self._ruled(text, reading, ranking)
        beside = [self._clauses[name] for name in first.clause.see_also]
        near = [passage.clause for passage in _close(ranking.passages)]
        verdict = without_leave_to_sell(verdict, reading, text, first.clause, beside, near)
        judgement = judge(verdict, reading, first.clause, question, self._clauses, policy)
        cited = [first.clause, *(self._clauses[name] for name in first.clause.see_also), *judgement.also]
        for passage in _close(ranking.passages):
            if passage.clause.force is not Force.GAP:
                cited += [passage.clause, *(self._clauses[name] for name in passage.clause.see_also)]
        clauses = tuple(dict.fromkeys(cited))[:_MOST_CLAUSES]
        if not self._policies[first.clause.policy].reviewed:
            judgement = _unreviewed(judgement, reading, first.clause)
        return Part(text, reading, judgement.verdict, clauses, judgement.notes, judgement.turns_on, ranking.confidence)

    def _ruled(self, text: str, reading: Reading, ranking: Ranking) -> tuple[Passage, Verdict]:
        """The verdict over all clauses that the question may be about, and the likeliest of them that gives it."""
        likely = [p for p in ranking.passages[:_MOST_WEIGHED] if p.clause.force is not Force.GAP]
        likely = [p for p in likely if p.score >= _WEIGHED * likely[0].score]
        chances = [
            self._index.verdicts.chances(text, reading, p.clause, ranking.vector, self._retrieval.vector_of(p.clause))
            for p in likely
        ]
        verdict = Chances.mixed([(p.score, some) for p, some in zip(likely, chances, strict=True)]).verdict(reading)
        if verdict is Verdict.YES and ranking.confidence < _LEAST_SURE.get(reading.mood, _LEAST_SURE_ELSE):
            verdict = Verdict.INFO
        least = _AS_LIKELY * likely[0].score
        as_likely = {some.likeliest for p, some in zip(likely, chances, strict=True) if p.score >= least}
        if {Verdict.YES, Verdict.NO} <= as_likely and verdict in (Verdict.YES, Verdict.NO):
            return likely[0], Verdict.DEPENDS  # clauses that contradict each other are shown, and the office settles it
        agreeing = (p for p, some in zip(likely, chances, strict=True) if some.likeliest is verdict)
        first = next(agreeing, likely[0])
        if verdict is Verdict.DEPENDS and not first.clause.turns_on and first.clause.force is Force.FACT:
            verdict = Verdict.INFO  # nothing to ask back: tell what is known
        if likely[0].clause.unsure and verdict in (Verdict.YES, Verdict.NO):
            return likely[0], Verdict.INFO
        if not self._policies[first.clause.policy].reviewed and ranking.confidence < _RULING_UNREVIEWED:
            return likely[0], Verdict.INFO
        return first, verdict

    def _refused(self, text: str, reading: Reading, ranking: Ranking, policy: Policy) -> Unanswered | None:
        """Why no clause answers it, if none does."""
        if not ranking.passages:
            return Unanswered(text, Reason.OUT_OF_SCOPE, policy)
        document = self._asked_of_document(text, policy)
        if document is not None:
            naming = [p.clause for p in ranking.passages[:5] if document.casefold() in p.clause.text.casefold()]
            clauses = tuple(naming[:1])
            return Unanswered(text, Reason.OUT_OF_SCOPE, policy, clauses, document=document, confidence=_READ_OFF)
        top = ranking.passages[0]
        refusing = sum(ranking.reasons.values())
        reason = Reason(max(ranking.reasons, key=lambda name: ranking.reasons[name]))
        most = _UNANSWERABLE if policy.reviewed else _UNANSWERABLE_UNREVIEWED
        refuses = refusing >= most and refusing > top.score
        if refuses and reason is not Reason.OUT_OF_SCOPE:
            return Unanswered(text, reason, policy, confidence=refusing)
        others = ranking.elsewhere > _ELSEWHERE and top.score < _OWN_BESIDE_ELSEWHERE * ranking.elsewhere
        if not refuses and not others:
            return None
        if policy.missing_rules and reading.about_posting and reading.mood is not Mood.OPEN:
            missing = (self._clauses[policy.missing_rules],)
            return Unanswered(text, Reason.GAP, policy, missing, confidence=max(refusing, ranking.elsewhere))
        where = Reason.OTHER_SOCIETY if ranking.elsewhere > refusing else Reason.OUT_OF_SCOPE
        return Unanswered(text, where, policy, confidence=max(refusing, ranking.elsewhere))

    @staticmethod
    def _asked_of_document(text: str, policy: Policy) -> str | None:
        """The document not held whose content is asked for."""
        asked = text.casefold()
        if not _CONTENT.search(asked):
            return None
        return next((name for name in policy.named_only if _mentions(asked, name)), None)


def _unreviewed(judgement: Judgement, reading: Reading, clause: Clause) -> Judgement:
    """What may be said while nobody has seen whether the program read the policy rightly: never yes, and no only to
    who asks whether they may do what the clause forbids."""
    forbidden = judgement.verdict is Verdict.NO and clause.force.forbids and reading.mood is Mood.PERMISSION
    if judgement.verdict in (Verdict.YES, Verdict.NO) and not forbidden:
        return replace(judgement, verdict=Verdict.INFO)
    return judgement


def _close(passages: Sequence[Passage]) -> list[Passage]:
    """The first passage, and those that are too likely beside it to be left out."""
    first = passages[0]
    least = max(_SECOND * first.score, _LEAST_SECOND)
    return [first, *(passage for passage in passages[1:_MOST_CLAUSES] if passage.score >= least)]


def _mentions(asked: str, document: str) -> bool:
    words = document.casefold().split()
    return document.casefold() in asked or (len(words) > 2 and " ".join(words[-2:]) in asked)
