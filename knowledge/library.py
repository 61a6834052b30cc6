"""The front door of this room: opens the policies, answers questions from them, shows their clauses."""

from collections.abc import Sequence
from pathlib import Path
from typing import Self

from langchain_core.embeddings import Embeddings

from knowledge.answering import Answering
from knowledge.answers import Answer, Question, Unanswered
from knowledge.clauses import Clause, Policy
from knowledge.index import Index, open_index
from knowledge.retrieval import ClauseRetriever, Retrieval
from knowledge.vectors import Progress


class Library:
    """The policies that are held, ready to answer from."""

    def __init__(self, index: Index, encoder: Embeddings | None) -> None:
        self.index = index
        self.retrieval = Retrieval(index, encoder)
        self._answering = Answering(index, self.retrieval)

    @classmethod
    def open(
        cls, folders: Sequence[Path], data: Path, encoder: Embeddings | None, encoder_name: str, progress: Progress
    ) -> Self:
        """The shipped policies and those of `folders`; an index is built in `data` where none fits.

        Raises:
            PolicyFileError: a policy is faulty.
        """
        return cls(open_index(folders, data, encoder, encoder_name, progress), encoder)

    @property
    def policies(self) -> tuple[Policy, ...]:
        return self.index.policies

    @property
    def societies(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(policy.society for policy in self.policies))

    def answer(self, question: Question) -> Answer | Unanswered:
        """An answer whose citations have been checked, or the named reason why there is none.

        Raises:
            KeyError: no policy of this society is held.
            CitationFault: a quote is not what stands in the index.
        """
        return self._answering.answer(question)

    def clause(self, name: str) -> Clause | None:
        return self.index.clauses.get(name)

    def policy(self, name: str) -> Policy | None:
        return next((policy for policy in self.policies if policy.id == name), None)

    def policy_of(self, society: str) -> Policy:
        """The society's first policy.

        Raises:
            KeyError: none is held.
        """
        return self._answering.policy_of(society)

    def retriever(self, society: str, k: int = 3) -> ClauseRetriever:
        """The ranked clauses of a society, for LangChain."""
        return ClauseRetriever(retrieval=self.retrieval, society=society, k=k)
