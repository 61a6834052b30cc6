"""Which flow a message starts: by a phrase, by the clause that it depends on, or by its likeness to what people ask."""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from knowledge.answers import Answer, Question, Reason, Unanswered
from knowledge.clauses import Clause, Force, Party, Verdict
from knowledge.encoding import Floats
from knowledge.flows.filling import says, understood
from knowledge.flows.flow import Flow, position
from knowledge.library import Library
from knowledge.posts.post import SAID_OF_POSTS
from knowledge.questions import Mood, plain, read, spelt_out
from knowledge.vectors import Progress, VectorCache

# Cosine to one of a flow's asks from which a message asks the same. Set on asks of flows held back, and on questions
# that no flow settles.
_LIKE = 0.72
_NEEDED = re.compile(r"(?:i|we|(?:our|my) \w+(?: \w+)?) needs? ", re.IGNORECASE)  # is a statement, not a question
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

        A no stands, unless what the message says leads the flow that settles its clause to "it depends": a flow knows
        whose account it is, and never makes a yes of a no. A flow whose phrase the message says tells a no itself, and
        asks where nothing was said of what a post holds. A yes that a permission gives stands too, unless the message
        says a phrase that starts a flow which does not itself settle that clause, or says a phrase as what somebody
        needs, which asks for no yes. So does what is not answered for a reason that no flow changes. A question that
        asks how, what or who starts a flow only where it is one of its phrases, as far as "for" somebody.
        """
        flows = self.of(question.society)
        if not flows or (isinstance(result, Unanswered) and result.reason not in _OPEN_TO_FLOWS):
            return None
        text = plain(question.text)
        reading = read(text)
        verdict, first = _said(result)
        asks_of_the_text = reading.mood is Mood.OPEN  # who, what, how
        started = _asked_by(flows, text) if asks_of_the_text else _started(flows, text)
        if verdict is Verdict.NO:
            told_by = [flow for flow in started if _knows_better_than_no(flow, text, question.role)]
            settling = [flow for flow in flows if first and first.id in flow.settles]
            told_by += [flow for flow in settling if _end(flow, text, question.role) is Verdict.DEPENDS]
            return told_by[0] if told_by else None
        permitted = first is not None and verdict is Verdict.YES and first.force is Force.MAY
        if len(started) == 1:
            settled = first is not None and verdict is Verdict.YES and first.id in started[0].settles
            return None if settled and not _NEEDED.match(text) else started[0]
        settling = [flow for flow in flows if first and verdict is Verdict.DEPENDS and first.id in flow.settles]
        if settling:
            return self._likest(settling, text)[0]
        asks_leave = reading.mood is Mood.PERMISSION and reading.about_posting
        if asks_of_the_text or permitted or (verdict is Verdict.YES and not asks_leave):
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


def _started(flows: Sequence[Flow], text: str) -> list[Flow]:
    """The flows one of whose phrases a message says."""
    words = " ".join(spelt_out(text).split())
    return [flow for flow in flows if any(says(words, phrase) for phrase in flow.starts)]


def _asked_by(flows: Sequence[Flow], text: str) -> list[Flow]:
    """The flows one of whose phrases a message asks, and no more than that but for what."""
    words = " ".join(spelt_out(text).split()).rstrip("?!. ")
    return [flow for flow in flows if any(words == one or words.startswith(f"{one} for ") for one in flow.starts)]


def _end(flow: Flow, text: str, role: Party) -> Verdict | None:
    """The verdict of the end to which what a message says leads; None where it leads to none."""
    end = position(flow, understood(flow, text), role).outcome
    return end.verdict if end else None


def _knows_better_than_no(flow: Flow, text: str, role: Party) -> bool:
    """Whether what a message says leads a flow to an end that is no yes, or leaves open all that the post holds."""
    said = understood(flow, text)
    end = position(flow, said, role).outcome
    if end is not None:
        return end.verdict in (Verdict.NO, Verdict.DEPENDS)
    of_posts = {step.id for step in flow.steps if any(set(option.shows) - SAID_OF_POSTS for option in step.options)}
    return of_posts.isdisjoint(response.step for response in said)


def _said(result: Answer | Unanswered) -> tuple[Verdict, Clause | None]:
    """The verdict of the library, and the first clause that it rests on."""
    if isinstance(result, Unanswered):
        return Verdict.NOT_COVERED, None
    return result.verdict, result.parts[0].clauses[0]
