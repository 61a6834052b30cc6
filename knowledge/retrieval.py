"""Ranks the clauses of a society for a question, and says how likely it is that none of them answers it.

Clauses with asks of their own are ranked by what was learnt from these; a clause that nobody has written asks for yet
competes with the calibrated likeness of its text. Likeness is the cosine of the vectors plus half the share of BM25
that is possible: on 273 questions over 651 government rules this beats both, and their reciprocal rank fusion. An ask
counts for less than a text as much like the question: questions are like each other, whatever they are about.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from knowledge.calibrating import log_odds
from knowledge.classifying import OUT_OF_SCOPE, REASON
from knowledge.clauses import Clause
from knowledge.encoding import Floats
from knowledge.index import LEXICAL_WEIGHT, Index
from knowledge.vectors import FaissVectors, unit

# Likeness that an ask loses. On those 273 questions asks by template push right rules down where they lose less, and
# change little where they lose more.
_ASK_FOR_LESS = 0.3
_NEAREST = 64  # entries looked at for a question, by meaning and by words each


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause as retrieved for one question; `score` is the chance that the question is about it."""

    clause: Clause
    score: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """What retrieval makes of one question.

    `passages` are of the asker's society, best first. `reasons` gives the chance of each reason for not answering,
    `elsewhere` the chance that it is about another society's clause. `confidence` is the chance that the first
    passage is right.
    """

    passages: tuple[Passage, ...]
    reasons: Mapping[str, float]
    elsewhere: float
    confidence: float
    vector: Floats | None = field(repr=False, default=None)


class Retrieval:
    """Ranks clauses for questions, by meaning where there is an encoder and by words alone where there is none."""

    def __init__(self, index: Index, encoder: Embeddings | None) -> None:
        self._index, self._encoder = index, encoder
        self._last: tuple[str, Floats] | None = None
        self._clauses = index.clauses
        self._learnt = set(index.classifier.classes)
        self._societies_to_match = {
            clause.society for clause in self._clauses.values() if clause.id not in self._learnt
        }
        self._text_places: dict[str, int] = {}
        for place, entry in enumerate(index.entries):
            self._text_places.setdefault(entry.clause, place)  # a clause's text stands before its asks
        self._store: FaissVectors | None = None
        societies = np.array([entry.clause.split("/", 1)[0] for entry in index.entries])
        self._places_of = {society: np.flatnonzero(societies == society) for society in index.lexicons}
        if encoder is not None:
            self._store = FaissVectors(encoder)
            self._store.add_vectors(self._documents(), index.vectors)

    @property
    def store(self) -> FaissVectors | None:
        """The vectors as a LangChain `VectorStore`; None without an encoder."""
        return self._store

    def vector_of(self, clause: Clause) -> Floats | None:
        """The vector of a clause's text; None without an encoder."""
        if self._encoder is None:
            return None
        vector: Floats = self._index.vectors[self._text_places[clause.id]]
        return vector

    def vector(self, text: str) -> Floats | None:
        """The vector of a text, of unit length; None without an encoder. The last one is remembered."""
        if self._encoder is None:
            return None
        last = self._last  # another thread may replace it meanwhile
        if last is None or last[0] != text:
            self._last = last = text, unit([self._encoder.embed_query(text)])[0]
        return last[1]

    def rank(self, question: str, society: str) -> Ranking:
        vector = self.vector(question)
        chances = self._index.classifier.probabilities(question, vector)
        scores: dict[str, float] = {}
        reasons: dict[str, float] = {}
        elsewhere = 0.0
        for name, chance in zip(self._index.classifier.classes, chances.tolist(), strict=True):
            if name.startswith(REASON):
                reasons[name.removeprefix(REASON)] = chance
            elif name.startswith(f"{society}/"):
                scores[name] = chance
            else:
                elsewhere += chance
        if society in self._societies_to_match:
            alone = (
                not scores
            )  # nothing was learnt of this society, and what was learnt of others says nothing about it
            elsewhere = 0.0 if alone else elsewhere
            like = self.like(question, society, vector)
            matched = _beside_the_first({n: self._index.likeness(s) for n, s in like.items() if n not in self._learnt})
            explained = elsewhere + max(scores.values(), default=0.0)  # what was learnt speaks first
            scores |= {name: chance * max(1 - explained, 0.0) for name, chance in matched.items()}
            unlike = 1 - max(matched.values(), default=0.0)
            reasons[OUT_OF_SCOPE] = unlike if alone else unlike * reasons[OUT_OF_SCOPE]
        best = sorted(scores, key=lambda name: (-scores[name], name))
        confidence = 0.0
        if best:
            first = scores[best[0]]
            confidence = self._index.confidence(log_odds(first)) if best[0] in self._learnt else first
        passages = tuple(Passage(self._clauses[name], scores[name]) for name in best)
        return Ranking(passages, reasons, elsewhere, confidence, vector)

    def like(self, question: str, society: str, vector: Floats | None) -> dict[str, float]:
        """The clauses whose text or asks are most like the question, with their likeness, best first."""
        lexicon, own = self._index.lexicons[society], self._places_of[society]
        words = lexicon.scores(question)
        most = min(_NEAREST, words.size)
        near = np.argpartition(-words, most - 1)[:most]
        places = set(own[near[words[near] > 0]].tolist())
        if self._store is not None and vector is not None:
            places.update(self._store.nearest(vector, _NEAREST, society)[0].tolist())
        found: dict[str, float] = {}
        for place in places:
            score = LEXICAL_WEIGHT * float(words[np.searchsorted(own, place)])
            if vector is not None:
                score += float(self._index.vectors[place] @ vector)
            name = self._index.entries[place].clause
            if place != self._text_places[name]:
                score -= _ASK_FOR_LESS
            found[name] = max(score, found.get(name, -1.0))
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    def known_share(self, text: str) -> float:
        """The largest share of a text's words that the policies of one society know."""
        return max((lexicon.known_share(text) for lexicon in self._index.lexicons.values()), default=0.0)

    def _documents(self) -> list[Document]:
        return [
            Document(
                page_content=entry.text,
                id=str(number),
                metadata={"clause": entry.clause, "society": entry.clause.split("/", 1)[0]},
            )
            for number, entry in enumerate(self._index.entries)
        ]


def _beside_the_first(chances: Mapping[str, float]) -> dict[str, float]:
    """Each chance was told of a text by itself; beside the likeliest, a text is as likely as its odds are to those."""
    first = max(chances.values(), default=0.0)
    return {name: first * exp(log_odds(chance) - log_odds(first)) for name, chance in chances.items()}


class ClauseRetriever(BaseRetriever):
    """The ranked clauses of one society as LangChain documents; the chance of each is in its metadata."""

    retrieval: Retrieval
    society: str
    k: int = 3
    model_config = ConfigDict(arbitrary_types_allowed=True)

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [
            Document(
                page_content=passage.clause.text,
                id=passage.clause.id,
                metadata={"clause": passage.clause.id, "section": passage.clause.section, "score": passage.score},
            )
            for passage in self.retrieval.rank(query, self.society).passages[: self.k]
        ]
