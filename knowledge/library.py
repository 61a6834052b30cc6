"""The front door of this room: opens the policies, answers questions from them, shows their clauses."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Self

from langchain_core.embeddings import Embeddings

from knowledge import editions
from knowledge.answering import Answering
from knowledge.answers import Answer, Citation, Question, Unanswered
from knowledge.clauses import Clause, Option, Policy, TurnsOn
from knowledge.editions import Standing
from knowledge.index import Index, open_index
from knowledge.intake.people import people
from knowledge.official import OfficialText, masked, without_names
from knowledge.retrieval import ClauseRetriever, Retrieval
from knowledge.vectors import Progress


class Library:
    """Policies as they were when it was opened, ready to answer from. `official` is their own words, by policy."""

    def __init__(
        self, index: Index, encoder: Embeddings | None, official: Mapping[str, OfficialText] | None = None
    ) -> None:
        self.index = index
        self.official = official or {}
        self.retrieval = Retrieval(index, encoder)
        self._answering = Answering(index, self.retrieval, self.official)

    @classmethod
    def open(
        cls,
        standing: Sequence[Standing],
        data: Path,
        encoder: Embeddings | None,
        encoder_name: str,
        progress: Progress,
        hidden: Sequence[str] = (),
    ) -> Self:
        """These policies, with the official texts of their editions; an index is built in `data` where none fits.

        `hidden` are names of people, which no answer shows.

        Raises:
            PolicyFileError: a policy is faulty.
        """
        index = open_index([one.file for one in standing], data, encoder, encoder_name, progress)
        official = {one.policy: text for one in standing if (text := editions.official_text(one, hidden)) is not None}
        named = editions.named(index.policies, standing)
        policies = tuple(without_people(policy, official.get(policy.id), hidden) for policy in named)
        return cls(replace(index, policies=policies), encoder, official)

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

    def cite(self, clauses: Sequence[str], society: str) -> tuple[Citation, ...]:
        """These clauses, quoted from the edition in force and checked.

        Raises:
            KeyError: a clause is not held.
            CitationFault: a quote is not what stands in the index, or a clause is another society's.
        """
        return self._answering.cite([self.index.clauses[name] for name in clauses], society)

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


def without_people(policy: Policy, text: OfficialText | None, hidden: Sequence[str]) -> Policy:
    """The policy with people masked in what an answer shows of it, as they are in the quotes of its official text."""
    names = text.names if text else tuple(hidden)
    if text is None and not policy.reviewed:  # nobody has settled yet which of its words are names
        names += people("\n".join(f"{clause.section}\n{clause.text}" for clause in policy.clauses))
    return replace(
        policy,
        title=without_names(policy.title, names),
        known_as=without_names(policy.known_as, names),
        office=without_names(policy.office, names),
        edition=without_names(policy.edition, names),
        clauses=tuple(_masked(clause, names) for clause in policy.clauses),
    )


def _masked(clause: Clause, names: Sequence[str]) -> Clause:
    turns_on = clause.turns_on and TurnsOn(
        masked(clause.turns_on.question, names),
        tuple(Option(masked(option.label, names), option.verdict) for option in clause.turns_on.options),
    )
    return replace(
        clause,
        section=masked(clause.section, names),
        text=masked(clause.text, names),
        note=masked(clause.note, names),
        turns_on=turns_on,
    )
