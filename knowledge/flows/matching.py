"""Which flow a message starts: by a phrase, by the clause that it depends on, or by its likeness to what people ask."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from knowledge.answers import Answer, Question, Unanswered
from knowledge.clauses import Force, Verdict
from knowledge.encoding import Floats
from knowledge.flows.filling import says
from knowledge.flows.flow import Flow
from knowledge.library import Library
from knowledge.questions import Mood, plain, read, spelt_out
from knowledge.vectors import Progress, VectorCache

# Cosine to one of a flow's asks from which a message asks the same. Set on asks of flows held back, and on questions
# that no flow settles.
_LIKE = 0.72
_ASKS_OF_THE_TEXT = (Mood.OPEN, Mood.FACT)


class Guides:
    """The flows that stand, and which of them a message starts."""

    def __init__(
        self,
        flows: Sequence[Flow],
        library: Library,
        data: Path,
        encoder: Embeddings | None,
        encoder_name: str,
        progress: Progress,
    ) -> None:
        self.flows, self._library = tuple(flows), library
        self._asks: dict[str, Floats] = {}
        if encoder is not None:
            cache = VectorCache(data / "flows", encoder_name)
            every = [ask for flow in self.flows for ask in flow.asks]
            known = dict(zip(every, cache.encode(every, encoder, progress), strict=True)) if every else {}
            self._asks = {flow.id: np.array([known[ask] for ask in flow.asks]) for flow in self.flows if flow.asks}

    def of(self, society: str) -> tuple[Flow, ...]:
        """The flows of a society, in the order of their titles."""
        return tuple(sorted((flow for flow in self.flows if flow.society == society), key=lambda flow: flow.title))

    def named(self, name: str) -> Flow | None:
        """The flow with this id."""
        return next((flow for flow in self.flows if flow.id == name), None)

    def reading_posts(self, society: str) -> Flow | None:
        """The society's flow that the signs of a post can fill."""
        return next((flow for flow in self.of(society) if flow.reads_post), None)

    def started_by(self, question: Question, result: Answer | Unanswered) -> Flow | None:
        """The flow that settles this question better than what the library says of it.

        A no stands, and so does a yes that a permission gives: no flow is asked for what a clause has said outright.
        """
        flows = self.of(question.society)
        if not flows or _outright(result):
            return None
        words = " ".join(spelt_out(plain(question.text)).split())
        mood = read(plain(question.text)).mood
        if mood not in _ASKS_OF_THE_TEXT:
            started = [flow for flow in flows if any(says(words, phrase) for phrase in flow.starts)]
            if len(started) == 1:
                return started[0]
        if isinstance(result, Answer) and result.verdict is Verdict.DEPENDS:
            first = result.parts[0].clauses[0].id
            settling = [flow for flow in flows if first in flow.settles]
            if settling:
                return self._likest(settling, question.text)[0]
        if mood in _ASKS_OF_THE_TEXT:
            return None
        flow, likeness = self._likest(flows, question.text)
        return flow if likeness >= _LIKE else None

    def _likest(self, flows: Sequence[Flow], text: str) -> tuple[Flow, float]:
        """The flow one of whose asks is most like a text, and how like; the first of them where nothing is encoded."""
        vector = self._library.retrieval.vector(plain(text)) if self._asks else None
        if vector is None:
            return flows[0], 0.0
        alike = [float((self._asks[flow.id] @ vector).max()) if flow.id in self._asks else 0.0 for flow in flows]
        best = max(range(len(flows)), key=lambda place: alike[place])
        return flows[best], alike[best]


def _outright(result: Answer | Unanswered) -> bool:
    if isinstance(result, Unanswered):
        return False
    by_permission = result.parts[0].clauses[0].force is Force.MAY
    return result.verdict is Verdict.NO or (result.verdict is Verdict.YES and by_permission)
