"""Quotes clauses, and checks every quote against the edition in the index before anybody sees it."""

from collections.abc import Iterable, Mapping

from knowledge.answers import Citation
from knowledge.clauses import Clause, Policy


class CitationFault(Exception):
    """A citation that does not stand in the index word for word. An answer that holds one is not given."""


def cite(clauses: Iterable[Clause], policies: Mapping[str, Policy]) -> tuple[Citation, ...]:
    """Each clause once, in the order given."""
    once = {clause.id: clause for clause in clauses}
    return tuple(
        Citation(
            clause=clause.id,
            policy=clause.policy,
            known_as=policies[clause.policy].known_as,
            edition=policies[clause.policy].edition,
            section=clause.section,
            quote=clause.text,
            official=policies[clause.policy].official,
        )
        for clause in once.values()
    )


def check(
    citations: Iterable[Citation], clauses: Mapping[str, Clause], policies: Mapping[str, Policy], society: str
) -> None:
    """Sees that each citation is a clause of this society, in this edition, quoted word for word.

    Raises:
        CitationFault: the first that is not.
    """
    for citation in citations:
        clause = clauses.get(citation.clause)
        if clause is None or clause.society != society or clause.policy != citation.policy:
            raise CitationFault(f"{citation.clause} is no clause of {society}")
        if citation.quote != clause.text or citation.section != clause.section:
            raise CitationFault(f"{citation.clause} is not quoted as it stands in the index")
        if citation.edition != policies[clause.policy].edition:
            raise CitationFault(f"{citation.clause} is quoted from another edition")
