"""Which flow a message starts: by a phrase, by the clause that it depends on, or by its likeness to what people ask."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from knowledge.answers import Answer, Question, Reason, Unanswered
from knowledge.clauses import Verdict
from knowledge.encoding import Floats
from knowledge.flows.filling import says
from knowledge.flows.flow import Flow
from knowledge.library import Library
from knowledge.questions import Mood, plain, read, spelt_out
from knowledge.vectors import Progress, VectorCache

# Cosine to one of a flow's asks from which a message asks the same. Set on asks of flows held back, and on questions
# that no flow settles.
_LIKE = 0.72
_OPEN_TO_FLOWS = (Reason.OUT_OF_SCOPE, Reason.VAGUE, Reason.GAP)


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

    def started_by(self, question: Question, result: Answer | Unanswered) -> Flow | None:
        """The flow that settles this question better than what the library says of it.

        A no stands, for no flow is asked for what a clause forbids outright, and so does a yes, unless the message says
        a phrase that starts a flow which does not itself settle the clause that says yes: then it leaves open what the
        flow asks for. So does what is not answered for a reason that no flow changes.
        """
        flows = self.of(question.society)
        verdict, first = _said(result)
        if (
            not flows
            or verdict is Verdict.NO
            or (isinstance(result, Unanswered) and result.reason not in _OPEN_TO_FLOWS)
        ):
            return None
        text = plain(question.text)
        asks_of_the_text = read(text).mood is Mood.OPEN  # who, what, how
        if not asks_of_the_text:
            words = " ".join(spelt_out(text).split())
            started = [flow for flow in flows if any(says(words, phrase) for phrase in flow.starts)]
            if len(started) == 1:
                return None if verdict is Verdict.YES and first in started[0].settles else started[0]
        settling = [flow for flow in flows if verdict is Verdict.DEPENDS and first in flow.settles]
        if settling:
            return self._likest(settling, text)[0]
        if asks_of_the_text or verdict is Verdict.YES:
            return None
        flow, likeness = self._likest(flows, text)
        return flow if likeness >= _LIKE else None

    def _likest(self, flows: Sequence[Flow], text: str) -> tuple[Flow, float]:
        """The flow one of whose asks is most like a text, and how like; the first of them where nothing is encoded."""
        vector = self._library.retrieval.vector(text) if self._asks else None
        if vector is None:
            return flows[0], 0.0
        alike = [float((self._asks[flow.id] @ vector).max()) if flow.id in self._asks else 0.0 for flow in flows]
        best = max(range(len(flows)), key=lambda place: alike[place])
        return flows[best], alike[best]


def _said(result: Answer | Unanswered) -> tuple[Verdict, str]:
    """The verdict of the library, and the first clause that it rests on."""
    if isinstance(result, Unanswered):
        return Verdict.NOT_COVERED, ""
    return result.verdict, result.parts[0].clauses[0].id
